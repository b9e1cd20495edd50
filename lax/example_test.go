package lax_test

import (
	"fmt"
	"math"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

// value is a Go number or slice as the engine has it, and show prints one.
func value(x any) *lax.Value { return jnp.Asarray(x).TraceValue() }

func show(x ...*lax.Value) {
	for _, v := range x {
		fmt.Println(jnp.Wrap(v))
	}
}

func ExampleAdd() {
	show(lax.Add(value([]float32{1, 2}), value([]float32{10, 20})))
	// Output: [11. 22.]
}

func ExampleDotGeneral() {
	x, y := value([][]float32{{1, 2}, {3, 4}}), value([][]float32{{1, 1}, {0, 2}})
	show(lax.DotGeneral(x, y, lax.DotDims{LhsContract: []int{1}, RhsContract: []int{1}}, lax.DotOptions{}))
	// Output:
	// [[3. 4.]
	//  [7. 8.]]
}

func ExampleDot() {
	show(lax.Dot(value([][]float32{{1, 2}, {3, 4}}), value([]float32{1, 10})))
	// Output: [21. 43.]
}

func ExampleBatchMatMul() {
	x := lax.Full([]int{2, 1, 3}, ir.FloatLit(2, ir.Float32))
	y := lax.Iota(ir.Float32, []int{2, 3, 1}, 1)
	show(lax.Reshape(lax.BatchMatMul(x, y), []int{2}))
	// Output: [6. 6.]
}

func ExampleRaggedDot() {
	rows := value([][]float32{{1}, {1}, {1}})
	matrices := value([][][]float32{{{10}}, {{20}}})
	sizes := value([]int{2, 1}) // rows of each matrix
	show(lax.Reshape(lax.RaggedDot(rows, matrices, sizes, lax.DotOptions{}), []int{3}))
	// Output: [10. 10. 20.]
}

func ExampleRaggedDotGeneral() {
	// The ragged axis is summed over: one product for each group.
	x, y := value([][]float32{{1, 2, 3}}), value([][]float32{{1}, {1}, {1}})
	dims := lax.RaggedDims{Dot: lax.DotDims{LhsContract: []int{1}, RhsContract: []int{0}}, LhsRagged: 1}
	show(lax.Reshape(lax.RaggedDotGeneral(x, y, value([]int{2, 1}), dims, lax.DotOptions{}), []int{2}))
	// Output: [3. 3.]
}

func ExampleConvGeneralDilated() {
	x := value([][][]float32{{{1, 2, 3, 4}}}) // batch, feature, position
	w := value([][][]float32{{{1, -1}}})      // output feature, input feature, position
	show(lax.ConvGeneralDilated(x, w, nil, lax.PadValid))
	// Output: [[[-1. -1. -1.]]]
}

func ExampleConvTranspose() {
	x := value([][][]float32{{{1}, {2}}}) // batch, position, feature
	w := value([][][]float32{{{1}}, {{1}}})
	show(lax.Reshape(lax.ConvTranspose(x, w, []int{2}, lax.PadSame), []int{4}))
	// Output: [1. 1. 2. 2.]
}

func ExampleReduceWindow() {
	least := lax.ScalarLit(ir.FloatLit(math.Inf(-1), ir.Float32))
	show(lax.ReduceWindow(value([]float32{1, 5, 2, 4}), least, lax.Max, []int{2}, []int{2}, lax.PadValid))
	// Output: [5. 4.]
}

func ExampleReduce() {
	x := value([][]int{{1, 2}, {3, 4}})
	show(lax.Reduce([]*lax.Value{x}, []*lax.Value{lax.ScalarLit(ir.IntLit(1, x.DType()))}, func(a, b []*lax.Value) []*lax.Value {
		return []*lax.Value{lax.Mul(a[0], b[0])}
	}, []int{1})...)
	// Output: [ 2 12]
}

func ExampleReduceSum() {
	show(lax.ReduceSum(value([][]int{{1, 2}, {3, 4}}), []int{0}))
	// Output: [4 6]
}

func ExampleSort() {
	keys, values := value([]int{2, 1, 2}), value([]float32{0.5, 7, 0.25})
	show(lax.Sort([]*lax.Value{keys, values}, 0, true, 2)...) // by the keys, then by the values
	// Output:
	// [1 2 2]
	// [7.   0.25 0.5 ]
}

func ExampleSortKeyVal() {
	k, v := lax.SortKeyVal(value([]int{3, 1, 2}), value([]int{30, 10, 20}), 0, true)
	show(k, v)
	// Output:
	// [1 2 3]
	// [10 20 30]
}

func ExampleTopK() {
	v, i := lax.TopK(value([]float32{1, 9, 5}), 2)
	show(v, i)
	// Output:
	// [9. 5.]
	// [1 2]
}

func ExampleGather() {
	x := value([][]int{{1, 2}, {3, 4}, {5, 6}})
	rows := value([][]int{{2}, {0}}) // one position, on axis 0, for each window
	show(lax.Gather(x, rows, lax.GatherDims{OffsetDims: []int{1}, CollapsedSliceDims: []int{0}, StartIndexMap: []int{0}}, []int{1, 2}, lax.GatherOptions{}))
	// Output:
	// [[5 6]
	//  [1 2]]
}

var elements = lax.ScatterDims{InsertedWindowDims: []int{0}, ScatterDimsToOperandDims: []int{0}} // single elements of a vector

func ExampleScatter() {
	show(lax.Scatter(value([]int{1, 2, 3}), value([][]int{{2}, {9}}), value([]int{7, 8}), elements, lax.ScatterOptions{}))
	// Output: [1 2 7]
}

func ExampleScatterAdd() {
	show(lax.ScatterAdd(value([]int{1, 2, 3}), value([][]int{{1}, {1}}), value([]int{10, 100}), elements, lax.ScatterOptions{}))
	// Output: [  1 112   3]
}

func ExampleScatterSub() {
	show(lax.ScatterSub(value([]int{1, 2, 3}), value([][]int{{1}, {1}}), value([]int{1, 1}), elements, lax.ScatterOptions{}))
	// Output: [1 0 3]
}

func ExampleScatterApply() {
	double := func(v *lax.Value) *lax.Value { return lax.Add(v, v) }
	show(lax.ScatterApply(value([]int{1, 2, 3}), value([][]int{{1}, {1}, {0}}), double, []int{3}, elements, lax.ScatterOptions{}))
	// Output: [2 8 3]
}

func ExampleDynamicSlice() {
	x := value([]int{0, 1, 2, 3, 4})
	show(lax.DynamicSlice(x, []*lax.Value{value(1)}, []int{2}), lax.DynamicSlice(x, []*lax.Value{value(9)}, []int{2}))
	// Output:
	// [1 2]
	// [3 4]
}

func ExampleDynamicUpdateSlice() {
	show(lax.DynamicUpdateSlice(value([]int{0, 0, 0, 0}), value([]int{7, 8}), []*lax.Value{value(1)}))
	// Output: [0 7 8 0]
}

func ExampleSlice() {
	show(lax.Slice(value([]int{0, 1, 2, 3, 4}), []int{1}, []int{5}, []int{2}))
	// Output: [1 3]
}

func ExamplePad() {
	show(lax.Pad(value([]int{1, 2}), value(0), []int{1}, []int{2}, []int{1})) // before, behind, between
	// Output: [0 1 0 2 0 0]
}

func ExampleSelect() {
	show(lax.Select(value([]bool{true, false}), value([]int{1, 2}), value([]int{10, 20})))
	// Output: [ 1 20]
}

func ExampleSelectN() {
	a, b, c := value([]int{1, 2, 3}), value([]int{10, 20, 30}), value([]int{100, 200, 300})
	show(lax.SelectN(value([]int{0, 2, 1}), a, b, c))
	// Output: [  1 200  30]
}

func ExampleClamp() {
	show(lax.Clamp(value(0), value([]int{-5, 1, 7}), value(3)))
	// Output: [0 1 3]
}

func ExampleTile() {
	show(lax.Tile(value([]int{1, 2}), []int{3}))
	// Output: [1 2 1 2 1 2]
}

func ExampleCollapse() {
	fmt.Println(lax.Collapse(lax.Iota(ir.Int32, []int{2, 3, 4}, 0), 1, 3).Shape())
	// Output: [2 12]
}

func ExampleIndexTake() {
	x := value([][]int{{1, 2}, {3, 4}})
	show(lax.IndexTake(x, []*lax.Value{value([]int{0, -1}), value([]int{1, 0})}, []int{0, 1}))
	// Output: [2 3]
}

func ExampleBroadcastInDim() {
	show(lax.BroadcastInDim(value([]int{1, 2}), []int{2, 3}, []int{0}))
	// Output:
	// [[1 1 1]
	//  [2 2 2]]
}

func ExampleCumSum() {
	show(lax.CumSum(value([]int{1, 2, 3}), 0, false), lax.CumSum(value([]int{1, 2, 3}), 0, true))
	// Output:
	// [1 3 6]
	// [6 5 3]
}

func ExampleConvert() {
	show(lax.Convert(value([]float32{1.9, -1.9}), ir.Int8))
	// Output: [ 1 -1]
}

func ExampleBitcast() {
	show(lax.Bitcast(value([]float32{1}), ir.Int32))
	// Output: [1065353216]
}

func ExampleIntegerPow() {
	show(lax.IntegerPow(value([]float32{2, 4}), -1))
	// Output: [0.5  0.25]
}
