package lax_test

import (
	"fmt"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

func ExamplePSum() {
	// Each element sees all of them: shares of the total.
	share := func(x jnp.Array) jnp.Array { return x.Div(lax.PSum(x, "i")) }
	fmt.Println(gojax.Vmap(share, gojax.AxisName("i"))(jnp.FromSlice([]float32{1, 2, 5}, 3)))
	// Output: [0.125 0.25  0.625]
}

func ExamplePMean() {
	f := func(x jnp.Array) []jnp.Array {
		return []jnp.Array{lax.PMean(x, "i"), lax.PMax(x, "i"), lax.PMin(x, "i")}
	}
	fmt.Println(gojax.Vmap(f, gojax.AxisName("i"))(jnp.FromSlice([]float32{1, 2, 6}, 3)))
	// Output: [[3. 3. 3.] [6. 6. 6.] [1. 1. 1.]]
}

func ExampleAxisIndex() {
	f := func(x jnp.Array) jnp.Array { return lax.Eq(lax.AxisIndex("i"), lax.AxisSize("i")-1) } // the last element
	fmt.Println(gojax.Vmap(f, gojax.AxisName("i"))(jnp.Zeros(3)))
	// Output: [False False  True]
}

func ExampleAllGather() {
	f := func(x jnp.Array) jnp.Array { return lax.AllGather(x, "i", 0) }
	fmt.Println(gojax.Vmap(f, gojax.AxisName("i"))(jnp.FromSlice([]int32{10, 11}, 2)))
	// Output:
	// [[10 11]
	//  [10 11]]
}

func ExamplePPermute() {
	// Each element passes its array on to the next.
	f := func(x jnp.Array) jnp.Array { return lax.PPermute(x, "i", [][2]int{{0, 1}, {1, 2}, {2, 0}}) }
	fmt.Println(gojax.Vmap(f, gojax.AxisName("i"))(jnp.FromSlice([]int32{10, 11, 12}, 3)))
	// Output: [12 10 11]
}

func ExampleAllToAll() {
	// Each element has a part for each one of them: together, the two axes change places.
	f := func(x jnp.Array) jnp.Array { return lax.AllToAll(x, "i", 0, 0) }
	fmt.Println(gojax.Vmap(f, gojax.AxisName("i"))(jnp.Arange(9).Reshape(3, 3)))
	// Output:
	// [[0 3 6]
	//  [1 4 7]
	//  [2 5 8]]
}

func ExampleAllToAll_tiled() {
	f := func(x jnp.Array) jnp.Array { return lax.AllToAll(x, "i", 0, 0, lax.CollectiveOptions{Tiled: true}) }
	fmt.Println(gojax.Vmap(f, gojax.AxisName("i"))(jnp.Arange(8).Reshape(2, 4)))
	// Output:
	// [[0 1 4 5]
	//  [2 3 6 7]]
}

func ExamplePSwapAxes() {
	f := func(x jnp.Array) jnp.Array { return lax.PSwapAxes(x, "i", 0) }
	fmt.Println(gojax.Vmap(f, gojax.AxisName("i"))(jnp.Arange(4).Reshape(2, 2)))
	// Output:
	// [[0 2]
	//  [1 3]]
}

func ExamplePSumScatter() {
	f := func(x jnp.Array) jnp.Array { return lax.PSumScatter(x, "i", 0) }
	fmt.Println(gojax.Vmap(f, gojax.AxisName("i"))(jnp.Arange(9).Reshape(3, 3))) // element i has the sum of all parts i
	// Output: [ 9 12 15]
}

func ExamplePSumScatter_tiled() {
	f := func(x jnp.Array) jnp.Array { return lax.PSumScatter(x, "i", 0, lax.CollectiveOptions{Tiled: true}) }
	fmt.Println(gojax.Vmap(f, gojax.AxisName("i"))(jnp.Arange(8).Reshape(2, 4)))
	// Output:
	// [[ 4  6]
	//  [ 8 10]]
}

func ExamplePShuffle() {
	f := func(x jnp.Array) jnp.Array { return lax.PShuffle(x, "i", []int{2, 0, 1}) }
	fmt.Println(gojax.Vmap(f, gojax.AxisName("i"))(jnp.FromSlice([]int32{10, 11, 12}, 3)))
	// Output: [12 10 11]
}

func ExamplePSumGroups() {
	f := func(x jnp.Array) jnp.Array { return lax.PSumGroups(x, "i", [][]int{{0, 1}, {2, 3}}) }
	fmt.Println(gojax.Vmap(f, gojax.AxisName("i"))(jnp.Arange(4)))
	// Output: [1 1 5 5]
}

func ExamplePMeanGroups() {
	groups := [][]int{{0, 2}, {1, 3}}
	f := func(x jnp.Array) []jnp.Array {
		mean, most := lax.PMeanGroups(x, "i", groups), lax.PMaxGroups(x, "i", groups)
		return []jnp.Array{mean, most, lax.PMinGroups(x, "i", groups)}
	}
	fmt.Println(gojax.Vmap(f, gojax.AxisName("i"))(jnp.FromSlice([]float32{1, 2, 6, 8}, 4)))
	// Output: [[3.5 5.  3.5 5. ] [6. 8. 6. 8.] [1. 2. 1. 2.]]
}

func ExamplePBroadcast() {
	f := func(x jnp.Array) jnp.Array { return lax.PBroadcast(x, "i", 1) }
	fmt.Println(gojax.Vmap(f, gojax.AxisName("i"))(jnp.FromSlice([]int32{10, 11, 12}, 3)))
	// Output: [11 11 11]
}

func ExampleAxisIndex_several() {
	f := func() jnp.Array { return lax.AxisIndex("i", "j") } // i counts most
	rows := gojax.Vmap(gojax.Vmap(f, gojax.AxisName("j"), gojax.AxisSize(3)), gojax.AxisName("i"), gojax.AxisSize(2))
	fmt.Println(rows())
	// Output:
	// [[0 1 2]
	//  [3 4 5]]
}
