package lax_test

import (
	"fmt"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

func ExampleWithShardingConstraint() {
	mesh := gojax.NewMesh([]int{1}, []string{"data"}) // with more devices: []int{4}
	rows := gojax.NamedSharding(mesh, gojax.P("data"))
	f := gojax.Jit(func(x, w jnp.Array) jnp.Array {
		h := lax.WithShardingConstraint(x.Dot(w), rows) // each device has some rows of the product
		return jnp.Tanh(h)
	})
	y := f(jnp.Ones(4, 2), jnp.Ones(2, 3))
	fmt.Println(y.Shape(), len(y.Devices()))
	// Output: [4 3] 1
}

// Each device's own gradient, though all have the same w; without PCast it would be their sum.
func ExamplePCast() {
	mesh := gojax.NewMesh([]int{2}, []string{"data"})
	loss := func(w, x jnp.Array) jnp.Array { return w.Mul(x).Sum() }
	own := gojax.ShardMap(func(w, x jnp.Array) jnp.Array { return gojax.Grad2(loss)(lax.PCast(w, "data"), x) }, mesh,
		gojax.Specs{gojax.P(), gojax.P("data")}, gojax.P("data"), gojax.CheckVMA())
	fmt.Println(own(jnp.AsArray(2.0).Reshape(1), jnp.FromSlice([]float32{3, 4})))
	// Output: [3. 4.]
}
