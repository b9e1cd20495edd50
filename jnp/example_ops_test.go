package jnp_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
)

func matrix() jnp.Array { return jnp.Asarray([][]float32{{1, 4, 2}, {3, -1, 5}}) }

func ExampleSum() {
	x := matrix()
	fmt.Println(jnp.Sum(x))
	fmt.Println(jnp.Sum(x, 0))
	fmt.Println(jnp.Reduction{KeepDims: true}.Sum(x, 1))
	fmt.Println(jnp.Reduction{Where: x.Gt(0), Initial: 100}.Sum(x, 1))
	// Output:
	// 14.0
	// [4. 3. 7.]
	// [[7.]
	//  [7.]]
	// [107. 108.]
}

func ExampleMax() {
	x := matrix()
	fmt.Println(x.Max(), x.Min(1), x.ArgMax(), x.ArgMin(0))
	// Output: 5.0 [ 1. -1.] 5 [0 1 0]
}

func ExampleAll() {
	x := matrix()
	fmt.Println(x.Gt(0).All(), x.Gt(0).Any(0), jnp.CountNonzero(x.Gt(2)))
	// Output: False [ True  True  True] 3
}

func ExampleMean() {
	x := jnp.Asarray([][]float32{{1, 3}, {2, 6}})
	fmt.Println(x.Mean(0), x.Std(1), jnp.Reduction{DDof: 1}.Var(x, 1))
	// Output: [1.5 4.5] [1. 2.] [2. 8.]
}

func ExampleAverage() {
	w := jnp.Asarray([]float32{3, 1})
	fmt.Println(jnp.Reduction{Weights: w}.Average(matrix(), 0))
	// Output: [1.5  2.75 2.75]
}

func ExampleQuantile() {
	x := matrix()
	fmt.Println(jnp.Median(x, 1), jnp.Quantile(x, 0.25))
	fmt.Println(jnp.Reduction{Method: jnp.Nearest}.Percentile(x, jnp.Asarray([]float32{10, 90})))
	// Output:
	// [2. 3.] 1.25
	// [-1.  4.]
}

func ExampleCumSum() {
	x := matrix()
	fmt.Println(x.CumSum())
	fmt.Println(x.CumProd(1))
	fmt.Println(jnp.Diff(x, 0))
	// Output:
	// [ 1.  5.  7. 10.  9. 14.]
	// [[  1.   4.   8.]
	//  [  3.  -3. -15.]]
	// [[ 2. -5.  3.]]
}

func ExampleReshape() {
	x := jnp.Arange(6)
	fmt.Println(x.Reshape(2, -1))
	fmt.Println(jnp.Layout{ColumnMajor: true}.Reshape(x, 2, 3))
	fmt.Println(x.Reshape(2, 3).T())
	// Output:
	// [[0 1 2]
	//  [3 4 5]]
	// [[0 2 4]
	//  [1 3 5]]
	// [[0 3]
	//  [1 4]
	//  [2 5]]
}

func ExampleMoveAxis() {
	x := jnp.Zeros(2, 3, 4)
	fmt.Println(jnp.MoveAxis(x, 0, -1).Shape(), x.Transpose(1, 0, 2).Shape(), jnp.ExpandDims(x, 1).Shape())
	// Output: [3 4 2] [3 2 4] [2 1 3 4]
}

func ExampleRoll() {
	x := jnp.Arange(5)
	fmt.Println(jnp.Roll(x, 2), jnp.Flip(x), jnp.Tile(x, 2), jnp.Repeat(x, []int{0, 1, 2, 0, 1}))
	// Output: [3 4 0 1 2] [4 3 2 1 0] [0 1 2 3 4 0 1 2 3 4] [1 2 2 4]
}

func ExamplePad() {
	x := jnp.Asarray([]int32{1, 2, 3})
	fmt.Println(jnp.Pad(x, [2]int{1, 2}))
	fmt.Println(jnp.Padding{Mode: jnp.PadReflect}.Pad(x, [2]int{2, 2}))
	// Output:
	// [0 1 2 3 0 0]
	// [3 2 1 2 3 2 1]
}

func ExampleConcatenate() {
	x, y := jnp.Asarray([]int32{1, 2}), jnp.Asarray([]int32{3, 4})
	fmt.Println(jnp.Concatenate([]jnp.Array{x, y}))
	fmt.Println(jnp.Stack([]jnp.Array{x, y}, 1))
	fmt.Println(jnp.VStack(x, y))
	// Output:
	// [1 2 3 4]
	// [[1 3]
	//  [2 4]]
	// [[1 2]
	//  [3 4]]
}

func ExampleSplit() {
	for _, part := range jnp.Split(jnp.Arange(6), []int{1, 4}) {
		fmt.Println(part)
	}
	// Output:
	// [0]
	// [1 2 3]
	// [4 5]
}

func ExampleSort() {
	x := jnp.Asarray([]float32{3, 1, 2, 1})
	fmt.Println(x.Sort(), x.ArgSort())
	fmt.Println(jnp.Sorting{Descending: true}.Sort(x))
	fmt.Println(jnp.SearchSorted(x.Sort(), 1.0), jnp.Search{Right: true}.SearchSorted(x.Sort(), 1.0))
	// Output:
	// [1. 1. 2. 3.] [1 3 2 0]
	// [3. 2. 1. 1.]
	// 0 2
}

func ExampleMatMul() {
	x := matrix()
	fmt.Println(x.MatMul(x.T()))
	fmt.Println(x.Dot(jnp.Asarray([]float32{1, 0, -1})), jnp.VDot(x, x), jnp.Trace(x))
	fmt.Println(jnp.MatMul(jnp.Zeros(5, 1, 2, 3), jnp.Zeros(4, 3, 7)).Shape())
	// Output:
	// [[21.  9.]
	//  [ 9. 35.]]
	// [-1. -2.] 56.0 0.0
	// [5 4 2 7]
}

func ExampleEinsum() {
	x := matrix()
	fmt.Println(jnp.Einsum("ij,kj->ik", x, x)) // x·xᵀ
	fmt.Println(jnp.Einsum("ij->j", x))        // column sums
	fmt.Println(jnp.Einsum("i,ij,ij->", x.Sum(1), x, x))
	fmt.Println(jnp.Einsum("...ij,jk->...ik", jnp.Zeros(5, 4, 2, 3), x.T()).Shape())
	// Output:
	// [[21.  9.]
	//  [ 9. 35.]]
	// [4. 3. 7.]
	// 392.0
	// [5 4 2 2]
}

func ExampleUnique() {
	x := jnp.Asarray([]int32{3, 1, 3, 2, 1})
	values, counts := jnp.UniqueCounts(x)
	fmt.Println(values, counts)
	fmt.Println(jnp.Uniqueness{Size: 4, Fill: 0}.Unique(x)) // of a fixed size: works in Jit too
	// Output:
	// [1 2 3] [2 1 2]
	// [1 2 3 0]
}
