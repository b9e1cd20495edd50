package lax

import "github.com/gojax/gojax/transforms/jit"

// WithShardingConstraint is the tree x, whose arrays lie over the devices of a mesh as where says, a gojax.Sharding or
// gojax.NamedShardings: in a jitted function it tells the compiler, which chooses for what nothing is said about;
// outside of one it is gojax.DevicePut (jax.lax.with_sharding_constraint). Unconstrained dimensions stay the
// compiler's. It panics with *Error where a dimension does not divide, which JAX ignores inside jit.
func WithShardingConstraint[T any](x T, where jit.Placement) T {
	return jit.PutTree("lax.WithShardingConstraint", x, where)
}
