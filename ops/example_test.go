package ops_test

import (
	"fmt"
	"math"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
)

// value is a Go number or slice as the engine has it, and show prints one.
func value(x any) *ops.Value { return jnp.Asarray(x).TraceValue() }

func show(x ...*ops.Value) {
	for _, v := range x {
		fmt.Println(jnp.Wrap(v))
	}
}

func ExampleAdd() {
	show(ops.Add(value([]float32{1, 2}), value([]float32{10, 20})))
	// Output: [11. 22.]
}

func ExampleDotGeneral() {
	x, y := value([][]float32{{1, 2}, {3, 4}}), value([][]float32{{1, 1}, {0, 2}})
	show(ops.DotGeneral(x, y, ops.DotDims{LhsContract: []int{1}, RhsContract: []int{1}}, ops.DotOptions{}))
	// Output:
	// [[3. 4.]
	//  [7. 8.]]
}

func ExampleDot() {
	show(ops.Dot(value([][]float32{{1, 2}, {3, 4}}), value([]float32{1, 10})))
	// Output: [21. 43.]
}

func ExampleBatchMatMul() {
	x := ops.Full([]int{2, 1, 3}, ir.FloatLit(2, ir.Float32))
	y := ops.Iota(ir.Float32, []int{2, 3, 1}, 1)
	show(ops.Reshape(ops.BatchMatMul(x, y), []int{2}))
	// Output: [6. 6.]
}

func ExampleRaggedDot() {
	rows := value([][]float32{{1}, {1}, {1}})
	matrices := value([][][]float32{{{10}}, {{20}}})
	sizes := value([]int{2, 1}) // rows of each matrix
	show(ops.Reshape(ops.RaggedDot(rows, matrices, sizes, ops.DotOptions{}), []int{3}))
	// Output: [10. 10. 20.]
}

func ExampleRaggedDotGeneral() {
	// The ragged axis is summed over: one product for each group.
	x, y := value([][]float32{{1, 2, 3}}), value([][]float32{{1}, {1}, {1}})
	dims := ops.RaggedDims{Dot: ops.DotDims{LhsContract: []int{1}, RhsContract: []int{0}}, LhsRagged: 1}
	show(ops.Reshape(ops.RaggedDotGeneral(x, y, value([]int{2, 1}), dims, ops.DotOptions{}), []int{2}))
	// Output: [3. 3.]
}

func ExampleConvGeneralDilated() {
	x := value([][][]float32{{{1, 2, 3, 4}}}) // batch, feature, position
	w := value([][][]float32{{{1, -1}}})      // output feature, input feature, position
	show(ops.ConvGeneralDilated(x, w, nil, ops.PadValid))
	// Output: [[[-1. -1. -1.]]]
}

func ExampleConvTranspose() {
	x := value([][][]float32{{{1}, {2}}}) // batch, position, feature
	w := value([][][]float32{{{1}}, {{1}}})
	show(ops.Reshape(ops.ConvTranspose(x, w, []int{2}, ops.PadSame), []int{4}))
	// Output: [1. 1. 2. 2.]
}

func ExampleReduceWindow() {
	least := ops.ScalarLit(ir.FloatLit(math.Inf(-1), ir.Float32))
	show(ops.ReduceWindow(value([]float32{1, 5, 2, 4}), least, ops.Max, []int{2}, []int{2}, ops.PadValid))
	// Output: [5. 4.]
}

func ExampleReduce() {
	x := value([][]int{{1, 2}, {3, 4}})
	show(ops.Reduce([]*ops.Value{x}, []*ops.Value{ops.ScalarLit(ir.IntLit(1, x.DType()))}, func(a, b []*ops.Value) []*ops.Value {
		return []*ops.Value{ops.Mul(a[0], b[0])}
	}, []int{1})...)
	// Output: [ 2 12]
}

func ExampleReduceSum() {
	show(ops.ReduceSum(value([][]int{{1, 2}, {3, 4}}), []int{0}))
	// Output: [4 6]
}

func ExampleSort() {
	keys, values := value([]int{2, 1, 2}), value([]float32{0.5, 7, 0.25})
	show(ops.Sort([]*ops.Value{keys, values}, 0, true, 2)...) // by the keys, then by the values
	// Output:
	// [1 2 2]
	// [7.   0.25 0.5 ]
}

func ExampleSortKeyVal() {
	k, v := ops.SortKeyVal(value([]int{3, 1, 2}), value([]int{30, 10, 20}), 0, true)
	show(k, v)
	// Output:
	// [1 2 3]
	// [10 20 30]
}

func ExampleTopK() {
	v, i := ops.TopK(value([]float32{1, 9, 5}), 2)
	show(v, i)
	// Output:
	// [9. 5.]
	// [1 2]
}

func ExampleGather() {
	x := value([][]int{{1, 2}, {3, 4}, {5, 6}})
	rows := value([][]int{{2}, {0}}) // one position, on axis 0, for each window
	show(ops.Gather(x, rows, ops.GatherDims{OffsetDims: []int{1}, CollapsedSliceDims: []int{0}, StartIndexMap: []int{0}}, []int{1, 2}, ops.GatherOptions{}))
	// Output:
	// [[5 6]
	//  [1 2]]
}

var elements = ops.ScatterDims{InsertedWindowDims: []int{0}, ScatterDimsToOperandDims: []int{0}} // single elements of a vector

func ExampleScatter() {
	show(ops.Scatter(value([]int{1, 2, 3}), value([][]int{{2}, {9}}), value([]int{7, 8}), elements, ops.ScatterOptions{}))
	// Output: [1 2 7]
}

func ExampleScatterAdd() {
	show(ops.ScatterAdd(value([]int{1, 2, 3}), value([][]int{{1}, {1}}), value([]int{10, 100}), elements, ops.ScatterOptions{}))
	// Output: [  1 112   3]
}

func ExampleScatterSub() {
	show(ops.ScatterSub(value([]int{1, 2, 3}), value([][]int{{1}, {1}}), value([]int{1, 1}), elements, ops.ScatterOptions{}))
	// Output: [1 0 3]
}

func ExampleScatterApply() {
	double := func(v *ops.Value) *ops.Value { return ops.Add(v, v) }
	show(ops.ScatterApply(value([]int{1, 2, 3}), value([][]int{{1}, {1}, {0}}), double, []int{3}, elements, ops.ScatterOptions{}))
	// Output: [2 8 3]
}

func ExampleDynamicSlice() {
	x := value([]int{0, 1, 2, 3, 4})
	show(ops.DynamicSlice(x, []*ops.Value{value(1)}, []int{2}), ops.DynamicSlice(x, []*ops.Value{value(9)}, []int{2}))
	// Output:
	// [1 2]
	// [3 4]
}

func ExampleDynamicUpdateSlice() {
	show(ops.DynamicUpdateSlice(value([]int{0, 0, 0, 0}), value([]int{7, 8}), []*ops.Value{value(1)}))
	// Output: [0 7 8 0]
}

func ExampleSlice() {
	show(ops.Slice(value([]int{0, 1, 2, 3, 4}), []int{1}, []int{5}, []int{2}))
	// Output: [1 3]
}

func ExamplePad() {
	show(ops.Pad(value([]int{1, 2}), value(0), []int{1}, []int{2}, []int{1})) // before, behind, between
	// Output: [0 1 0 2 0 0]
}

func ExampleSelect() {
	show(ops.Select(value([]bool{true, false}), value([]int{1, 2}), value([]int{10, 20})))
	// Output: [ 1 20]
}

func ExampleSelectN() {
	a, b, c := value([]int{1, 2, 3}), value([]int{10, 20, 30}), value([]int{100, 200, 300})
	show(ops.SelectN(value([]int{0, 2, 1}), a, b, c))
	// Output: [  1 200  30]
}

func ExampleClamp() {
	show(ops.Clamp(value(0), value([]int{-5, 1, 7}), value(3)))
	// Output: [0 1 3]
}

func ExampleTile() {
	show(ops.Tile(value([]int{1, 2}), []int{3}))
	// Output: [1 2 1 2 1 2]
}

func ExampleCollapse() {
	fmt.Println(ops.Collapse(ops.Iota(ir.Int32, []int{2, 3, 4}, 0), 1, 3).Shape())
	// Output: [2 12]
}

func ExampleIndexTake() {
	x := value([][]int{{1, 2}, {3, 4}})
	show(ops.IndexTake(x, []*ops.Value{value([]int{0, -1}), value([]int{1, 0})}, []int{0, 1}))
	// Output: [2 3]
}

func ExampleBroadcastInDim() {
	show(ops.BroadcastInDim(value([]int{1, 2}), []int{2, 3}, []int{0}))
	// Output:
	// [[1 1 1]
	//  [2 2 2]]
}

func ExampleCumSum() {
	show(ops.CumSum(value([]int{1, 2, 3}), 0, false), ops.CumSum(value([]int{1, 2, 3}), 0, true))
	// Output:
	// [1 3 6]
	// [6 5 3]
}

func ExampleConvert() {
	show(ops.Convert(value([]float32{1.9, -1.9}), ir.Int8))
	// Output: [ 1 -1]
}

func ExampleBitcast() {
	show(ops.Bitcast(value([]float32{1}), ir.Int32))
	// Output: [1065353216]
}

func ExampleIntegerPow() {
	show(ops.IntegerPow(value([]float32{2, 4}), -1))
	// Output: [0.5  0.25]
}
