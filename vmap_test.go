package gojax_test

import (
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/tests/fails"
)

func TestSPMDAxisName(t *testing.T) {
	fails.With(t, func() { gojax.SPMDAxisName() }, "gojax.SPMDAxisName", "names no axis of a mesh")
	fails.With(t, func() { gojax.SPMDAxisName("x", "x") }, `["x" "x"]`, "different axes")
	fails.With(t, func() { gojax.SPMDAxisName("") }, "different axes")
	mesh := gojax.NewMesh([]int{1}, []string{"x"})
	f := func(x jnp.Array) jnp.Array {
		return lax.WithShardingConstraint(x.Mul(2), gojax.NamedSharding(mesh, gojax.P()))
	}
	fails.With(t, func() { gojax.Vmap(f, gojax.SPMDAxisName("y"))(jnp.Zeros(2, 3)) }, "gojax.SPMDAxisName",
		`Mesh(x: 1) has no axis "y"`)
}
