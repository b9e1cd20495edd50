package gojax_test

import (
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/tests/fails"
)

func TestSpmdAxisName(t *testing.T) {
	fails.With(t, func() { gojax.SpmdAxisName() }, "gojax.SpmdAxisName", "names no axis of a mesh")
	fails.With(t, func() { gojax.SpmdAxisName("x", "x") }, `["x" "x"]`, "different axes")
	fails.With(t, func() { gojax.SpmdAxisName("") }, "different axes")
	mesh := gojax.NewMesh([]int{1}, []string{"x"})
	f := func(x jnp.Array) jnp.Array {
		return lax.WithShardingConstraint(x.Mul(2), gojax.NamedSharding(mesh, gojax.P()))
	}
	fails.With(t, func() { gojax.Vmap(f, gojax.SpmdAxisName("y"))(jnp.Zeros(2, 3)) }, "gojax.SpmdAxisName",
		`Mesh(x: 1) has no axis "y"`)
}
