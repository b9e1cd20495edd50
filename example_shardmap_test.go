package gojax_test

import (
	"fmt"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

// The rows of a matrix are on four devices; what is computed of all of them goes through a collective operation.
func ExampleShardMap() {
	mesh := gojax.NewMesh([]int{4}, []string{"data"})
	normalize := gojax.ShardMap(func(x jnp.Array) jnp.Array { // x is two of the eight elements
		return x.Div(lax.PSum(x.Sum(), "data"))
	}, mesh, gojax.P("data"), gojax.P("data"))
	y := normalize(jnp.Repeat(jnp.AsArray([]float32{1, 3}), 4))
	s, _ := y.Sharding()
	fmt.Println(y)
	fmt.Println(s)
	// Output:
	// [0.0625 0.0625 0.0625 0.0625 0.1875 0.1875 0.1875 0.1875]
	// P("data") over Mesh(data: 4)
}

// A product whose contracted dimension is cut: each device multiplies its blocks, and the sum over them is everywhere.
func ExampleShardMap_matmul() {
	mesh := gojax.NewMesh([]int{2, 2}, []string{"rows", "inner"})
	matMul := gojax.ShardMap(func(a, b jnp.Array) jnp.Array { return lax.PSum(a.MatMul(b), "inner") },
		mesh, gojax.Specs{gojax.P("rows", "inner"), gojax.P("inner", nil)}, gojax.P("rows", nil))
	fmt.Println(matMul(jnp.Arange(8.0).Reshape(2, 4), jnp.Ones(4, 3)))
	// Output:
	// [[ 6.  6.  6.]
	//  [22. 22. 22.]]
}

// Trees have a Spec for all their arrays, or one for each part; plain Go values need none.
func ExampleSpecs() {
	type Layer struct{ W, B jnp.Array }
	mesh := gojax.NewMesh([]int{2}, []string{"out"})
	apply := gojax.ShardMap(func(l Layer, x jnp.Array, relu bool) jnp.Array {
		y := x.MatMul(l.W).Add(l.B)
		if relu {
			y = jnp.Maximum(y, 0)
		}
		return y
	}, mesh, gojax.Specs{map[string]any{"W": gojax.P(nil, "out"), "B": gojax.P("out")}, gojax.P(), nil},
		gojax.P(nil, "out"))
	l := Layer{W: jnp.AsArray([][]float32{{1, -1, 2, 0}, {0, 3, -2, 1}}), B: jnp.Ones(4)}
	fmt.Println(apply(l, jnp.AsArray([][]float32{{1, 2}}), true))
	// Output: [[2. 6. 0. 3.]]
}

// The function sees one axis of the mesh; how arrays lie along the other is the compiler's.
func ExampleManualAxes() {
	mesh := gojax.NewMesh([]int{2, 2}, []string{"data", "model"})
	center := gojax.ShardMap(func(x jnp.Array) jnp.Array { return x.Sub(lax.PMean(x, "data")) }, mesh,
		gojax.P("data"), gojax.P("data"), gojax.ManualAxes("data"))
	fmt.Println(gojax.Jit(center)(jnp.AsArray([][]float32{{1, 2}, {3, 8}})))
	// Output:
	// [[-1. -3.]
	//  [ 1.  3.]]
}

// Every device has the weights and a part of the data. The gradient of the loss of all of them is that of the whole,
// without a sum of one's own.
func ExampleCheckVMA() {
	mesh := gojax.NewMesh([]int{2}, []string{"data"})
	loss := func(w, x jnp.Array) jnp.Array { return lax.PSum(x.MatMul(w).Sum(), "data") }
	grad := gojax.ShardMap(gojax.Grad2(loss), mesh, gojax.Specs{gojax.P(), gojax.P("data")}, gojax.P(),
		gojax.CheckVMA())
	fmt.Println(grad(jnp.Zeros(2), jnp.AsArray([][]float32{{1, 2}, {3, 8}})))
	// Output: [ 4. 10.]
}

// Each device has one element of the first axis.
func ExamplePmap() {
	center := gojax.Pmap(func(x jnp.Array) jnp.Array { return x.Sub(lax.PMean(x, "i")) }, gojax.AxisName("i"))
	y := center(jnp.AsArray([][]float32{{1, 2}, {3, 8}}))
	s, _ := y.Sharding()
	fmt.Println(y)
	fmt.Println(s)
	// Output:
	// [[-1. -3.]
	//  [ 1.  3.]]
	// P("i") over Mesh(i: 2)
}

func ExamplePmapDevices() {
	devices, _ := gojax.Devices()
	double := gojax.Pmap(func(x jnp.Array) jnp.Array { return x.Mul(2) }, gojax.PmapDevices(devices[3], devices[1]))
	y := double(jnp.AsArray([]float32{1, 2}))
	for _, s := range y.Shards() {
		fmt.Println(s.Device.ID(), s.Index, s.Data)
	}
	// Output:
	// 3 [[0 1]] [2.]
	// 1 [[1 2]] [4.]
}
