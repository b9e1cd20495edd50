package ops_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/lower"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/tests/fails"
	"github.com/gojax/gojax/trace"
)

func refDot(x, y arr, d ops.DotDims, t ir.DType) arr {
	kx, ky := others(len(x.shape), d.LHSBatch, d.LHSContract), others(len(y.shape), d.RHSBatch, d.RHSContract)
	out := arr{d: t, shape: slices.Concat([]int{}, pick(x.shape, d.LHSBatch), pick(x.shape, kx), pick(y.shape, ky))}
	nb := len(d.LHSBatch)
	counter(out.shape, func(at []int) {
		var sum complex128
		ax, ay := make([]int, len(x.shape)), make([]int, len(y.shape))
		for i := range nb {
			ax[d.LHSBatch[i]], ay[d.RHSBatch[i]] = at[i], at[i]
		}
		for i, a := range kx {
			ax[a] = at[nb+i]
		}
		for i, a := range ky {
			ay[a] = at[nb+len(kx)+i]
		}
		counter(pick(x.shape, d.LHSContract), func(c []int) {
			for i := range c {
				ax[d.LHSContract[i]], ay[d.RHSContract[i]] = c[i], c[i]
			}
			sum += times(x.e[flat(x.shape, ax)].Complex(), y.e[flat(y.shape, ay)].Complex())
		})
		if t == ir.Bool && sum != 0 {
			sum = 1
		}
		out.e = append(out.e, asLit(sum, t))
	})
	return out
}

var dotRows = []struct {
	name string
	x, y []int
	d    ops.DotDims
}{
	{"matrices", []int{2, 3}, []int{3, 4}, ops.DotDims{LHSContract: []int{1}, RHSContract: []int{0}}},
	{"vectors", []int{3}, []int{3}, ops.DotDims{LHSContract: []int{0}, RHSContract: []int{0}}},
	{"batch", []int{2, 3, 4}, []int{4, 5, 2},
		ops.DotDims{LHSContract: []int{2}, RHSContract: []int{0}, LHSBatch: []int{0}, RHSBatch: []int{2}}},
	{"two of each", []int{2, 3, 4, 2}, []int{4, 3, 2, 2},
		ops.DotDims{LHSContract: []int{2, 1}, RHSContract: []int{0, 1}, LHSBatch: []int{3, 0}, RHSBatch: []int{2, 3}}},
	{"outer", []int{2}, []int{3}, ops.DotDims{}},
	{"scalars", []int{}, []int{2}, ops.DotDims{}},
	{"over nothing", []int{2, 0}, []int{0, 3}, ops.DotDims{LHSContract: []int{1}, RHSContract: []int{0}}},
	{"of nothing", []int{0, 2}, []int{2, 3}, ops.DotDims{LHSContract: []int{1}, RHSContract: []int{0}}},
	{"neighbours", []int{2, 3, 2, 4}, []int{2, 3, 5, 2},
		ops.DotDims{LHSContract: []int{1, 0}, RHSContract: []int{1, 0}, LHSBatch: []int{2}, RHSBatch: []int{3}}},
	{"neighbours and another", []int{2, 3, 4, 2}, []int{2, 5, 2, 3},
		ops.DotDims{LHSContract: []int{3, 0, 1}, RHSContract: []int{0, 2, 3}}},
	{"neighbours of nothing", []int{2, 0, 2}, []int{2, 0, 3},
		ops.DotDims{LHSContract: []int{0, 1}, RHSContract: []int{0, 1}}},
}

func TestDotGeneral(t *testing.T) {
	for _, r := range dotRows {
		t.Run(r.name, func(t *testing.T) {
			t.Parallel()
			in := []arr{ramp(ir.Float64, -2, 0.5, r.x...), ramp(ir.Float64, 1, -0.25, r.y...)}
			f := f2(func(x, y *trace.Value) *trace.Value { return ops.DotGeneral(x, y, r.d, ops.DotOptions{}) })
			onBench(t, func(b *bench) {
				b.values(f, in, func(got []arr) {
					if s := got[0].closeTo(refDot(in[0], in[1], r.d, ir.Float64), 1e-12); s != "" {
						t.Error(s)
					}
				})
				b.vmap(f, in)
				b.jvp(f, in)
				b.transpose(f, in, 0)
				b.transpose(f, in, 1)
			})
		})
	}
}

// Contracted axes that are neighbours in both operands reach XLA as one, on CPUs and where XLA cuts no arrays.
func TestContractedNeighboursAreJoined(t *testing.T) {
	pairs := func(l, r []int) ops.DotDims { return ops.DotDims{LHSContract: l, RHSContract: r} }
	for _, c := range []struct {
		platform string
		x, y     []int
		d        ops.DotDims
		want     string
	}{
		{"cpu", []int{8, 9, 10}, []int{8, 9, 11}, pairs([]int{0, 1}, []int{0, 1}),
			"lhs_contracting_dimensions = [0], rhs_contracting_dimensions = [0]"},
		{"cpu", []int{8, 9, 10}, []int{11, 8, 9}, pairs([]int{1, 0}, []int{2, 1}),
			"lhs_contracting_dimensions = [0], rhs_contracting_dimensions = [1]"},
		{"cpu", []int{8, 9, 10}, []int{9, 8, 11}, pairs([]int{0, 1}, []int{1, 0}),
			"lhs_contracting_dimensions = [0, 1], rhs_contracting_dimensions = [1, 0]"},
		{"cuda", []int{8, 9, 10}, []int{8, 9, 11}, pairs([]int{0, 1}, []int{0, 1}),
			"lhs_contracting_dimensions = [0, 1], rhs_contracting_dimensions = [0, 1]"},
	} {
		f := f2(func(x, y *trace.Value) *trace.Value { return ops.DotGeneral(x, y, c.d, ops.DotOptions{}) })
		in := []ir.Aval{{Shape: c.x, DType: ir.Float32}, {Shape: c.y, DType: ir.Float32}}
		text := string(lower.Text(program(t, f, in), lower.Options{Platform: c.platform}).Text)
		if !strings.Contains(text, c.want) {
			t.Errorf("%s, %v and %v: the text has no %s:\n%s", c.platform, c.x, c.y, c.want, text)
		}
	}
}

func TestDotTypes(t *testing.T) {
	d := dotRows[0].d
	b := newBench(t)
	run := func(dx, dy, want ir.DType, o ops.DotOptions) {
		t.Helper()
		x, y := ramp(dx, -1, 1, 2, 3), ramp(dy, 0, 1, 3, 4)
		if dx.IsUnsigned() || dx == ir.Bool {
			x = nums(dx, []int{2, 3}, 1, 0, 1, 0, 0, 0)
		}
		f := f2(func(x, y *trace.Value) *trace.Value { return ops.DotGeneral(x, y, d, o) })
		b.values(f, []arr{x, y}, func(got []arr) {
			if s := got[0].closeTo(refDot(x, y, d, want), tolOf(want)); s != "" {
				t.Errorf("%v by %v, %v asked for: %s", dx, dy, o.PreferredType, s)
			}
		})
	}
	for _, dt := range every {
		run(dt, dt, dt, ops.DotOptions{Precision: ops.PrecisionHighest})
	}
	for _, r := range [][3]ir.DType{
		{ir.Int8, ir.Int8, ir.Int32}, {ir.BFloat16, ir.BFloat16, ir.Float32}, {ir.Float16, ir.Float16, ir.Float32},
		{ir.Float32, ir.Float32, ir.Float64},
		{ir.Float32, ir.Float32, ir.BFloat16}, {ir.Int32, ir.Int32, ir.Float32}, {ir.Float32, ir.Float32, ir.Complex64},
		{ir.BFloat16, ir.BFloat16, ir.Float16},
	} {
		run(r[0], r[1], r[2], ops.DotOptions{PreferredType: r[2]})
	}
	for _, r := range [][3]ir.DType{{ir.Int32, ir.Uint32, ir.Int32}, {ir.Float16, ir.Float32, ir.Float32},
		{ir.BFloat16, ir.Float16, ir.BFloat16}, {ir.Int8, ir.Float32, ir.Float32},
		{ir.Float32, ir.Complex64, ir.Complex64}, {ir.Bool, ir.Int32, ir.Int32}} {
		run(r[0], r[1], r[2], ops.DotOptions{})
	}
	b.run()
	x, y := ramp(ir.Float32, 0, 1, 2, 3).put(), ramp(ir.Float32, 0, 1, 2, 3).put()
	fails.With(t, func() { ops.DotGeneral(x, y, d, ops.DotOptions{}) }, "dot_test.go",
		"ops.DotGeneral(float32[2,3], float32[2,3])", "axis 1 of the first operand", "3", "axis 0 of the second", "2")
	fails.With(t, func() { ops.DotGeneral(x, y, ops.DotDims{LHSContract: []int{1}}, ops.DotOptions{}) },
		"1 contracted axes", "0")
	fails.With(t, func() {
		ops.DotGeneral(x, y,
			ops.DotDims{LHSContract: []int{0}, RHSContract: []int{0}, LHSBatch: []int{0}, RHSBatch: []int{1}},
			ops.DotOptions{})
	}, "axis 0 is named twice")
	fails.With(t, func() { ops.DotGeneral(x, y, dotRows[4].d, ops.DotOptions{PreferredType: ir.Int32}) }, "float32",
		"int32")
	fails.With(t, func() { ops.Dot(x, y) }, "ops.Dot(float32[2,3], float32[2,3])", "DotGeneral")
}

func ExampleDotGeneral() {
	x, y := value([][]float32{{1, 2}, {3, 4}}), value([][]float32{{1, 1}, {0, 2}})
	show(ops.DotGeneral(x, y, ops.DotDims{LHSContract: []int{1}, RHSContract: []int{1}}, ops.DotOptions{}))
	// Output:
	// [[3. 4.]
	//  [7. 8.]]
}

func ExampleDot() {
	show(ops.Dot(value([][]float32{{1, 2}, {3, 4}}), value([]float32{1, 10})))
	// Output: [21. 43.]
}
