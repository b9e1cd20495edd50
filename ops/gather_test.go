package ops_test

import (
	"math"
	"slices"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/tests/fails"
	"github.com/gojax/gojax/trace"
)

// counter goes over all positions of an array.
func counter(shape []int, f func(at []int)) {
	at := make([]int, len(shape))
	for range ir.SizeOf(shape) {
		f(at)
		for i := len(at) - 1; i >= 0; i-- {
			if at[i]++; at[i] < shape[i] {
				break
			}
			at[i] = 0
		}
	}
}

func flat(shape, at []int) int {
	n := 0
	for i, a := range at {
		n = n*shape[i] + a
	}
	return n
}

// window is where an index vector puts the start of a window in an array, by the definition of XLA's gather and
// scatter, and whether the window lies inside. batch is the position in the indices without their last axis.
func window(shape, sizes []int, idx arr, batch, startMap, xb, ib []int, mode ops.IndexMode) (start []int, inside bool) {
	start, inside = make([]int, len(shape)), true
	for k, a := range startMap {
		l := idx.e[flat(idx.shape, append(slices.Clone(batch), k))]
		v := l.Int()
		if l.DType == ir.Uint64 && l.Lo > math.MaxInt64 {
			v = math.MaxInt64
		}
		most := int64(shape[a] - sizes[a])
		if mode != ops.Fill {
			v = min(max(v, 0), most)
		}
		inside = inside && v >= 0 && v <= most
		start[a] = int(v)
	}
	for k, a := range xb {
		start[a] = batch[ib[k]]
	}
	return start, inside
}

func others(rank int, lists ...[]int) (out []int) {
	for a := range rank {
		if !slices.Contains(slices.Concat(lists...), a) {
			out = append(out, a)
		}
	}
	return out
}

func pick(at, axes []int) (out []int) {
	for _, a := range axes {
		out = append(out, at[a])
	}
	return out
}

func refGather(x, idx arr, d ops.GatherDims, sizes []int, mode ops.IndexMode, fill ir.Lit) arr {
	win := others(len(x.shape), d.CollapsedSliceDims, d.OperandBatchingDims)
	rank := len(d.OffsetDims) + len(idx.shape) - 1
	batchDims := others(rank, d.OffsetDims)
	out := arr{d: x.d, shape: make([]int, rank)}
	for i, a := range d.OffsetDims {
		out.shape[a] = sizes[win[i]]
	}
	for i, a := range batchDims {
		out.shape[a] = idx.shape[i]
	}
	counter(out.shape, func(at []int) {
		start, inside := window(x.shape, sizes, idx, pick(at, batchDims), d.StartIndexMap, d.OperandBatchingDims,
			d.StartIndicesBatchingDims, mode)
		if !inside {
			out.e = append(out.e, fill)
			return
		}
		for i, a := range win {
			start[a] += at[d.OffsetDims[i]]
		}
		out.e = append(out.e, x.e[flat(x.shape, start)])
	})
	return out
}

// gatherRows: windows inside, partly and wholly outside, with negative and repeated starts.
var gatherRows = []struct {
	name  string
	x     []int
	idx   arr
	d     ops.GatherDims
	sizes []int
}{
	{"rows", []int{4, 3}, nums(ir.Int32, []int{5, 1}, 2, 0, -1, 4, 2),
		ops.GatherDims{OffsetDims: []int{1}, CollapsedSliceDims: []int{0}, StartIndexMap: []int{0}}, []int{1, 3}},
	{"windows", []int{6}, nums(ir.Int64, []int{4, 1}, 0, 5, -3, 4),
		ops.GatherDims{OffsetDims: []int{1}, StartIndexMap: []int{0}}, []int{2}},
	{"points", []int{3, 4}, nums(ir.Int8, []int{2, 2, 2}, 0, 1, 2, 3, 3, 0, -1, 2),
		ops.GatherDims{CollapsedSliceDims: []int{0, 1}, StartIndexMap: []int{1, 0}}, []int{1, 1}},
	{"offsets first", []int{3, 4, 2}, nums(ir.Uint8, []int{3, 1}, 1, 200, 3),
		ops.GatherDims{OffsetDims: []int{0, 2}, CollapsedSliceDims: []int{1}, StartIndexMap: []int{1}}, []int{2, 1, 2}},
	{"batching", []int{2, 5, 3}, nums(ir.Uint32, []int{3, 2, 1}, 0, 4, 4294967295, 5, 1, 2),
		ops.GatherDims{OffsetDims: []int{1}, CollapsedSliceDims: []int{1}, StartIndexMap: []int{1},
			OperandBatchingDims: []int{0}, StartIndicesBatchingDims: []int{1}}, []int{1, 1, 2}},
	{"no index", []int{3}, nums(ir.Uint64, []int{2, 0}), ops.GatherDims{OffsetDims: []int{1}}, []int{2}},
	{"no indices", []int{3, 2}, nums(ir.Int32, []int{0, 1}),
		ops.GatherDims{OffsetDims: []int{1}, CollapsedSliceDims: []int{0}, StartIndexMap: []int{0}}, []int{1, 2}},
	{"empty windows", []int{3, 2}, nums(ir.Int32, []int{2, 1}, 0, 1),
		ops.GatherDims{OffsetDims: []int{1}, CollapsedSliceDims: []int{0}, StartIndexMap: []int{0}}, []int{1, 0}},
	{"single", []int{4, 2}, nums(ir.Int16, []int{1}, 3),
		ops.GatherDims{OffsetDims: []int{0}, CollapsedSliceDims: []int{0}, StartIndexMap: []int{0}}, []int{1, 2}},
}

func TestGather(t *testing.T) {
	for _, r := range gatherRows {
		for _, mode := range []ops.IndexMode{ops.Fill, ops.Clip} {
			t.Run(r.name+"/"+mode.String(), func(t *testing.T) {
				t.Parallel()
				x := ramp(ir.Float64, 1, 1, r.x...)
				f := f2(func(x, i *trace.Value) *trace.Value {
					return ops.Gather(x, i, r.d, r.sizes, ops.GatherOptions{Mode: mode})
				})
				in := []arr{x, r.idx}
				onBench(t, func(b *bench) {
					b.values(f, in, func(got []arr) {
						want := refGather(x, r.idx, r.d, r.sizes, mode, ir.FloatLit(nan, ir.Float64))
						if s := got[0].closeTo(want, 0); s != "" {
							t.Error(s)
						}
					})
					if mode == ops.Clip { // the rules do not look at the mode; a test's compilations take its time
						return
					}
					b.vmap(f, in)
					g := f2(func(x, i *trace.Value) *trace.Value {
						zero := ir.FloatLit(0, ir.Float64)
						return ops.Gather(x, i, r.d, r.sizes, ops.GatherOptions{Mode: mode, FillValue: &zero})
					})
					b.jvp(g, in)
					b.transpose(g, in, 0)
				})
			})
		}
	}
}

// The element that stands for one outside is JAX's, by dtype.
func TestGatherFill(t *testing.T) {
	want := map[ir.DType]ir.Lit{ir.Bool: ir.BoolLit(true), ir.Uint64: ir.UintLit(math.MaxUint64, ir.Uint64),
		ir.Int64: ir.IntLit(math.MinInt64, ir.Int64),
		ir.Int8:  ir.IntLit(-128, ir.Int8), ir.Uint16: ir.IntLit(65535, ir.Uint16)}
	d := ops.GatherDims{CollapsedSliceDims: []int{0}, StartIndexMap: []int{0}}
	b, run := newBench(t), sampleOf(every)
	for _, dt := range every {
		x, idx := ramp(dt, 0, 1, 2), nums(ir.Int32, []int{2, 1}, 1, 2)
		fill, ok := want[dt]
		switch {
		case ok:
		case dt.IsInexact():
			fill = ir.FloatLit(nan, dt)
		case dt.IsSigned():
			fill = ir.IntLit(math.MinInt64>>(64-dt.Bits()), dt)
		default:
			fill = ir.UintLit(math.MaxUint64, dt)
		}
		take := func(x, i *trace.Value) *trace.Value { return ops.Gather(x, i, d, []int{1}, ops.GatherOptions{}) }
		b.valuesIf(slices.Contains(run, dt), f2(take), []arr{x, idx}, func(got []arr) {
			if s := got[0].closeTo(refGather(x, idx, d, []int{1}, ops.Fill, fill), 0); s != "" {
				t.Errorf("%v: %s", dt, s)
			}
		})
	}
	b.run()
}

func TestIndexingErrors(t *testing.T) {
	x, idx := ramp(ir.Float32, 0, 1, 4, 3).put(), nums(ir.Int32, []int{2, 1}, 0, 1).put()
	g := func(x, i *trace.Value, d ops.GatherDims, sizes ...int) func() {
		return func() { ops.Gather(x, i, d, sizes, ops.GatherOptions{}) }
	}
	row := ops.GatherDims{OffsetDims: []int{1}, CollapsedSliceDims: []int{0}, StartIndexMap: []int{0}}
	for _, r := range []struct {
		f    func()
		want []string
	}{
		{g(x, x, row, 1, 3), []string{"gather_test.go", "ops.Gather(float32[4,3], float32[4,3])", "integer"}},
		{g(x, idx, row, 1, 4), []string{"window size 4 on axis 1", "3"}},
		{g(x, idx, row, 2, 3), []string{"axis 0 is collapsed", "not 2"}},
		{g(x, idx, row, 1), []string{"one window size for each of the operand's 2 axes"}},
		{g(x, idx, ops.GatherDims{OffsetDims: []int{1}, CollapsedSliceDims: []int{0}, StartIndexMap: []int{0, 1}}, 1,
			3), []string{"StartIndexMap has 2 axes", "1 elements"}},
		{g(x, idx, ops.GatherDims{OffsetDims: []int{2}, CollapsedSliceDims: []int{0}, StartIndexMap: []int{0}}, 1, 3),
			[]string{"OffsetDims", "2 is out of range"}},
		{g(x, idx,
			ops.GatherDims{OffsetDims: []int{1}, CollapsedSliceDims: []int{0}, StartIndexMap: []int{0},
				OperandBatchingDims: []int{0}, StartIndicesBatchingDims: []int{0}}, 1, 3),
			[]string{"axis 0", "batching"}},
		{func() {
			ops.Scatter(x, idx, ramp(ir.Float64, 0, 1, 2, 3).put(),
				ops.ScatterDims{UpdateWindowDims: []int{1}, InsertedWindowDims: []int{0},
					ScatterDimsToOperandDims: []int{0}}, ops.ScatterOptions{})
		}, []string{"ops.Scatter(float32[4,3], int32[2,1], float64[2,3])", "float64"}},
		{func() {
			ops.Scatter(x, idx, ramp(ir.Float32, 0, 1, 3, 3).put(),
				ops.ScatterDims{UpdateWindowDims: []int{1}, InsertedWindowDims: []int{0},
					ScatterDimsToOperandDims: []int{0}}, ops.ScatterOptions{})
		}, []string{"axis 0 of the updates has size 3", "indices has 2"}},
		{func() {
			ops.ScatterAdd(x, idx, ramp(ir.Float32, 0, 1, 2, 4).put(),
				ops.ScatterDims{UpdateWindowDims: []int{1}, InsertedWindowDims: []int{0},
					ScatterDimsToOperandDims: []int{0}}, ops.ScatterOptions{})
		}, []string{"axis 1 of the updates has size 4", "3 of axis 1"}},
	} {
		fails.With(t, r.f, r.want...)
	}
}

func ExampleGather() {
	x := value([][]int{{1, 2}, {3, 4}, {5, 6}})
	rows := value([][]int{{2}, {0}}) // one position, on axis 0, for each window
	show(ops.Gather(x, rows,
		ops.GatherDims{OffsetDims: []int{1}, CollapsedSliceDims: []int{0}, StartIndexMap: []int{0}}, []int{1, 2},
		ops.GatherOptions{}))
	// Output:
	// [[5 6]
	//  [1 2]]
}

func ExampleIndexTake() {
	x := value([][]int{{1, 2}, {3, 4}})
	show(ops.IndexTake(x, []*ops.Value{value([]int{0, -1}), value([]int{1, 0})}, []int{0, 1}))
	// Output: [2 3]
}
