package ops_test

import (
	"fmt"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/ops"
)

// rowsOf is the numbers from 0 on in an array of a shape.
func rowsOf(shape ...int) jnp.Array {
	n := 1
	for _, k := range shape {
		n *= k
	}
	return jnp.Arange(n).Reshape(shape...)
}

func ExampleAllToAll() {
	// Each element has a part for each one of them: together, the two axes change places.
	f := func(x jnp.Array) jnp.Array { return lax.AllToAll(x, "i", 0, 0) }
	fmt.Println(gojax.Vmap(f, gojax.AxisName("i"))(rowsOf(3, 3)))
	// Output:
	// [[0 3 6]
	//  [1 4 7]
	//  [2 5 8]]
}

func ExampleAllToAllTiled() {
	f := func(x jnp.Array) jnp.Array { return lax.AllToAllTiled(x, "i", 0, 0) }
	fmt.Println(gojax.Vmap(f, gojax.AxisName("i"))(rowsOf(2, 4)))
	// Output:
	// [[0 1 4 5]
	//  [2 3 6 7]]
}

func ExamplePSwapAxes() {
	f := func(x jnp.Array) jnp.Array { return lax.PSwapAxes(x, "i", 0) }
	fmt.Println(gojax.Vmap(f, gojax.AxisName("i"))(rowsOf(2, 2)))
	// Output:
	// [[0 2]
	//  [1 3]]
}

func ExamplePSumScatter() {
	f := func(x jnp.Array) jnp.Array { return lax.PSumScatter(x, "i", 0) }
	fmt.Println(gojax.Vmap(f, gojax.AxisName("i"))(rowsOf(3, 3))) // element i has the sum of all parts i
	// Output: [ 9 12 15]
}

func ExamplePSumScatterTiled() {
	f := func(x jnp.Array) jnp.Array { return lax.PSumScatterTiled(x, "i", 0) }
	fmt.Println(gojax.Vmap(f, gojax.AxisName("i"))(rowsOf(2, 4)))
	// Output:
	// [[ 4  6]
	//  [ 8 10]]
}

func ExamplePShuffle() {
	f := func(x jnp.Array) jnp.Array { return lax.PShuffle(x, "i", []int{2, 0, 1}) }
	fmt.Println(gojax.Vmap(f, gojax.AxisName("i"))(jnp.FromSlice([]int32{10, 11, 12}, 3)))
	// Output: [12 10 11]
}

func ExamplePlatformDependent() {
	x := jnp.Asarray(2.)
	y := lax.PlatformDependent(
		func() jnp.Array { return x.Mul(0) },
		map[string]func() jnp.Array{"cpu": func() jnp.Array { return x.Add(1) }, "cuda": func() jnp.Array { return x.Add(1) }})
	fmt.Println(y)
	// Output: 3.0
}

func ExampleSplit() {
	for _, part := range ops.Split(rowsOf(2, 3).TraceValue(), []int{1, 2}, 1) {
		fmt.Println(jnp.Wrap(part))
	}
	// Output:
	// [[0]
	//  [3]]
	// [[1 2]
	//  [4 5]]
}

func ExampleStack() {
	x := rowsOf(3).TraceValue()
	fmt.Println(jnp.Wrap(ops.Stack([]*ops.Value{x, ops.Neg(x)}, 1)))
	// Output:
	// [[ 0  0]
	//  [ 1 -1]
	//  [ 2 -2]]
}

func ExampleUnstack() {
	for _, column := range ops.Unstack(rowsOf(2, 3).TraceValue(), 1) {
		fmt.Println(jnp.Wrap(column))
	}
	// Output:
	// [0 3]
	// [1 4]
	// [2 5]
}

func ExampleBroadcastLike() {
	row, like := rowsOf(3).TraceValue(), rowsOf(2, 3).TraceValue()
	fmt.Println(jnp.Wrap(ops.BroadcastLike(row, like)))
	// Output:
	// [[0 1 2]
	//  [0 1 2]]
}

func ExampleBroadcastToRank() {
	fmt.Println(ops.BroadcastToRank(rowsOf(3).TraceValue(), 3).Shape())
	// Output: [1 1 3]
}

func ExampleReciprocal() {
	fmt.Println(jnp.Wrap(ops.Reciprocal(jnp.FromSlice([]float32{1, 2, 4}, 3).TraceValue())))
	// Output: [1.   0.5  0.25]
}

func ExampleMulHi() {
	x := jnp.FromSlice([]int8{100, -100, 3}, 3).TraceValue()
	fmt.Println(jnp.Wrap(ops.MulHi(x, x))) // 10000 is 39*256 + 16
	// Output: [39 39  0]
}

func ExampleApproxMaxK() {
	values, places := ops.ApproxMaxK(jnp.FromSlice([]float32{3, 9, 4, 7}, 4).TraceValue(), 2, 0)
	fmt.Println(jnp.Wrap(values), jnp.Wrap(places))
	// Output: [9. 7.] [1 3]
}

func ExampleApproxMinK() {
	values, places := ops.ApproxMinK(jnp.FromSlice([]float32{3, 9, 4, 7}, 4).TraceValue(), 2, 0, ops.ApproxOptions{Recall: 0.9})
	fmt.Println(jnp.Wrap(values), jnp.Wrap(places))
	// Output: [3. 4.] [0 2]
}

func ExampleRngBitGenerator() {
	key := jnp.FromSlice([]uint32{1, 2, 3, 4}, 4).TraceValue()
	next, bits := ops.RngBitGenerator(key, []int{2}, jnp.Uint16, ops.RngThreeFry)
	fmt.Println(jnp.Wrap(next), jnp.Wrap(bits))
	// Output: [1 2 4 4] [13292  6542]
}

func ExampleRngUniform() {
	lo, hi := jnp.Asarray(float32(2)).TraceValue(), jnp.Asarray(float32(3)).TraceValue()
	x := jnp.Wrap(ops.RngUniform(lo, hi, []int{4, 5}))
	fmt.Println(x.Shape(), jnp.All(x.Ge(2).And(x.Le(3))))
	// Output: [4 5] True
}

func ExampleConvGeneralDilatedPatches() {
	x := jnp.Arange(4.).Reshape(1, 1, 4) // batch, feature, place
	fmt.Println(jnp.Wrap(ops.ConvGeneralDilatedPatches(x.TraceValue(), []int{2}, nil, ops.PadValid)))
	// Output:
	// [[[0. 1. 2.]
	//   [1. 2. 3.]]]
}

func ExampleConvGeneralDilatedLocal() {
	x := jnp.Arange(4.).Reshape(1, 1, 4)
	w := jnp.FromSlice([]float32{1, 10, 100, 1, 10, 100}, 1, 2, 3) // a kernel of two numbers for each of three places
	fmt.Println(jnp.Wrap(ops.ConvGeneralDilatedLocal(x.TraceValue(), w.TraceValue(), []int{2}, nil, ops.PadValid)))
	// Output: [[[  1.  30. 500.]]]
}

func ExampleConvShape() {
	layout := ops.ConvOptions{Dims: ops.ConvLayout("NHWC", "HWIO", "NHWC")}
	fmt.Println(ops.ConvShape([]int{8, 32, 32, 3}, []int{3, 3, 3, 16}, []int{2, 2}, ops.PadSame, layout))
	// Output: [8 16 16 16]
}

func ExampleConvTransposeShape() {
	fmt.Println(ops.ConvTransposeShape([]int{8, 16, 16, 4}, []int{3, 3, 4, 3}, []int{2, 2}, ops.PadSame))
	// Output: [8 32 32 3]
}

func ExampleReduceWindowShape() {
	fmt.Println(ops.ReduceWindowShape([]int{5, 6}, []int{2, 2}, []int{2, 2}, ops.PadValid))
	// Output: [2 3]
}

func ExampleWindowPadding_Pairs() {
	fmt.Println(ops.PadSame.Pairs([]int{5, 6}, []int{3, 2}, []int{2, 1}))
	// Output: [[1 1] [0 1]]
}
