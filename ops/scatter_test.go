package ops_test

import (
	"slices"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/tests/fails"
	"github.com/gojax/gojax/trace"
)

func refScatter(x, idx, up arr, d ops.ScatterDims, mode ops.IndexMode, f func(a, b ir.Lit) ir.Lit) arr {
	win := others(len(x.shape), d.InsertedWindowDims, d.OperandBatchingDims)
	sizes := make([]int, len(x.shape))
	for i := range sizes {
		sizes[i] = 1
	}
	for i, a := range win {
		sizes[a] = up.shape[d.UpdateWindowDims[i]]
	}
	out := arr{d: x.d, shape: x.shape, e: slices.Clone(x.e)}
	batchDims := others(len(up.shape), d.UpdateWindowDims)
	counter(up.shape, func(at []int) {
		start, inside := window(x.shape, sizes, idx, pick(at, batchDims), d.ScatterDimsToOperandDims,
			d.OperandBatchingDims, d.ScatterIndicesBatchingDims, mode)
		if !inside {
			return
		}
		for i, a := range win {
			start[a] += at[d.UpdateWindowDims[i]]
		}
		k := flat(x.shape, start)
		out.e[k] = f(out.e[k], up.e[flat(up.shape, at)])
	})
	return out
}

var scatterKinds = []struct {
	name string
	f    func(x, i, u *trace.Value, d ops.ScatterDims, o ops.ScatterOptions) *trace.Value
	ref  func(a, b complex128) complex128
}{
	{"set", ops.Scatter, func(a, b complex128) complex128 { return b }},
	{"add", ops.ScatterAdd, func(a, b complex128) complex128 { return a + b }},
	{"mul", ops.ScatterMul, func(a, b complex128) complex128 { return a * b }},
	{"min", ops.ScatterMin, func(a, b complex128) complex128 { return complex(min(real(a), real(b)), 0) }},
	{"max", ops.ScatterMax, func(a, b complex128) complex128 { return complex(max(real(a), real(b)), 0) }},
}

var scatterRows = []struct {
	name   string
	x      []int
	idx    arr
	up     []int
	d      ops.ScatterDims
	unique bool // no window overlaps another
}{
	{"rows", []int{5, 3}, nums(ir.Int32, []int{4, 1}, 2, 0, -1, 5), []int{4, 3},
		ops.ScatterDims{UpdateWindowDims: []int{1}, InsertedWindowDims: []int{0}, ScatterDimsToOperandDims: []int{0}},
		true},
	{"duplicates", []int{4}, nums(ir.Int64, []int{5, 1}, 2, 0, 2, 4, 2), []int{5},
		ops.ScatterDims{InsertedWindowDims: []int{0}, ScatterDimsToOperandDims: []int{0}}, false},
	{"part outside", []int{6}, nums(ir.Int16, []int{2, 1}, 5, 1), []int{2, 3},
		ops.ScatterDims{UpdateWindowDims: []int{1}, ScatterDimsToOperandDims: []int{0}}, true},
	{"points", []int{3, 4}, nums(ir.Uint32, []int{2, 2, 2}, 0, 1, 2, 2, 3, 4294967295, 1, 0), []int{2, 2},
		ops.ScatterDims{InsertedWindowDims: []int{0, 1}, ScatterDimsToOperandDims: []int{1, 0}}, true},
	{"batching", []int{2, 5, 3}, nums(ir.Uint8, []int{3, 2, 1}, 0, 4, 200, 5, 1, 2), []int{3, 2, 2},
		ops.ScatterDims{UpdateWindowDims: []int{2}, InsertedWindowDims: []int{1}, ScatterDimsToOperandDims: []int{1},
			OperandBatchingDims: []int{0}, ScatterIndicesBatchingDims: []int{1}}, true},
	{"windows first", []int{3, 4}, nums(ir.Int32, []int{2, 1}, 3, 1), []int{3, 2},
		ops.ScatterDims{UpdateWindowDims: []int{0}, InsertedWindowDims: []int{1}, ScatterDimsToOperandDims: []int{1}},
		true},
	{"nothing", []int{3}, nums(ir.Int32, []int{0, 1}), []int{0},
		ops.ScatterDims{InsertedWindowDims: []int{0}, ScatterDimsToOperandDims: []int{0}}, true},
	{"one", []int{3, 2}, nums(ir.Int32, []int{1}, 1), []int{2},
		ops.ScatterDims{UpdateWindowDims: []int{0}, InsertedWindowDims: []int{0}, ScatterDimsToOperandDims: []int{0}},
		true},
}

func TestScatter(t *testing.T) {
	for _, k := range scatterKinds {
		for _, r := range scatterRows {
			for _, mode := range []ops.IndexMode{ops.Fill, ops.Clip} {
				switch {
				case k.name == "add":
				case mode == ops.Clip:
					continue // no kind of its own
				case k.name == "set" && !r.unique:
					continue // which update wins is not specified; TestScatterJVP has one
				case k.name != "set" && r.name != "rows" && r.name != "duplicates":
					continue
				}
				t.Run(k.name+"/"+r.name+"/"+mode.String(), func(t *testing.T) {
					t.Parallel()
					x, up := ramp(ir.Float64, 1, 0.5, r.x...), ramp(ir.Float64, 2.25, 0.75, r.up...)
					in := []arr{x, r.idx, up}
					f := f3(func(x, i, u *trace.Value) *trace.Value {
						return k.f(x, i, u, r.d, ops.ScatterOptions{Mode: mode})
					})
					want := refScatter(x, r.idx, up, r.d, mode,
						func(a, b ir.Lit) ir.Lit { return ir.ComplexLit(k.ref(a.Complex(), b.Complex()), a.DType) })
					onBench(t, func(b *bench) {
						b.values(f, in, func(got []arr) {
							if s := got[0].closeTo(want, 1e-12); s != "" {
								t.Error(s)
							}
						})
						if k.name == "add" && mode == ops.Fill && len(in[1].shape)+len(r.up) > 2 &&
							r.name != "part outside" {
							b.vmap(f, in) // the rule looks at neither the kind nor the mode
						}
					})
				})
			}
		}
	}
}

func TestScatterJVP(t *testing.T) {
	for _, k := range scatterKinds {
		for _, r := range scatterRows {
			if k.name != "set" && k.name != "mul" && r.name != "rows" && r.name != "duplicates" &&
				r.name != "batching" {
				continue
			}
			t.Run(k.name+"/"+r.name, func(t *testing.T) {
				t.Parallel()
				in := []arr{ramp(ir.Float64, 1, 0.5, r.x...), r.idx, ramp(ir.Float64, 2.3, 0.7, r.up...)}
				f := func(unique bool) fn {
					return f3(func(x, i, u *trace.Value) *trace.Value {
						return k.f(x, i, u, r.d, ops.ScatterOptions{UniqueIndices: unique})
					})
				}
				onBench(t, func(b *bench) {
					b.again = k.name == "set" && r.name != "rows" && r.name != "duplicates"
					b.jvp(f(r.unique), in)
					b.again = b.again || r.unique
					b.jvp(f(false), in)
					switch k.name {
					case "add":
						b.transpose(f(r.unique), in, 0, 2)
					case "set":
						if r.unique {
							b.transpose(f(true), in, 0, 2)
						}
					case "mul":
						b.transpose(f(r.unique), in, 0)
						if r.unique {
							b.transpose(f(true), in, 2)
						}
					}
				})
			})
		}
	}
}

// Every dtype that a kind takes, and the tangent shared by equal extrema.
func TestScatterTypes(t *testing.T) {
	d := ops.ScatterDims{InsertedWindowDims: []int{0}, ScatterDimsToOperandDims: []int{0}}
	idx := nums(ir.Int32, []int{3, 1}, 1, 7, 0)
	b, run := newBench(t), sampleOf(every)
	for _, k := range scatterKinds {
		for _, dt := range every {
			x, up := ramp(dt, 0, 1, 3), ramp(dt, 1, 1, 3)
			f := f3(func(x, i, u *trace.Value) *trace.Value { return k.f(x, i, u, d, ops.ScatterOptions{}) })
			if dt == ir.Bool && (k.name == "add" || k.name == "mul") {
				fails.With(t, func() { f(putAll([]arr{x, idx, up})) },
					"ops.Scatter"+map[string]string{"add": "Add", "mul": "Mul"}[k.name]+"(", "bool", "ScatterMax")
				continue
			}
			want := refScatter(x, idx, up, d, ops.Fill,
				func(a, b ir.Lit) ir.Lit { return ir.ComplexLit(k.ref(a.Complex(), b.Complex()), dt) })
			if dt == ir.Bool {
				for i := range want.e {
					want.e[i].Lo = min(want.e[i].Lo, 1)
				}
			}
			b.valuesIf(slices.Contains(run, dt), f, []arr{x, idx, up}, func(got []arr) {
				if s := got[0].closeTo(want, tolOf(dt)); s != "" {
					t.Errorf("%s of %v: %s", k.name, dt, s)
				}
			})
		}
	}
	b.run()
	// max of an old 1 and updates 1, 1, 0 at one place: the mean of three tangents.
	f := f3(func(x, i, u *trace.Value) *trace.Value { return ops.ScatterMax(x, i, u, d, ops.ScatterOptions{}) })
	in := []arr{vec(ir.Float64, 1), nums(ir.Int32, []int{3, 1}, 0, 0, 0), vec(ir.Float64, 1, 1, 0)}
	x := putAll(in)
	_, yt := jvpOf(t, program(t, f, avals(in)), x, putAll([]arr{vec(ir.Float64, 3), in[1], vec(ir.Float64, 6, 9, 100)}))
	if s := get(yt[0]).closeTo(vec(ir.Float64, 6), 1e-12); s != "" {
		t.Error(s)
	}
}

// single elements of a vector
var elements = ops.ScatterDims{InsertedWindowDims: []int{0}, ScatterDimsToOperandDims: []int{0}}

func ExampleScatter() {
	show(ops.Scatter(value([]int{1, 2, 3}), value([][]int{{2}, {9}}), value([]int{7, 8}), elements,
		ops.ScatterOptions{}))
	// Output: [1 2 7]
}

func ExampleScatterAdd() {
	show(ops.ScatterAdd(value([]int{1, 2, 3}), value([][]int{{1}, {1}}), value([]int{10, 100}), elements,
		ops.ScatterOptions{}))
	// Output: [  1 112   3]
}

func ExampleScatterSub() {
	show(ops.ScatterSub(value([]int{1, 2, 3}), value([][]int{{1}, {1}}), value([]int{1, 1}), elements,
		ops.ScatterOptions{}))
	// Output: [1 0 3]
}
