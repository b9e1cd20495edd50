package lax

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
)

// Eq is x == y, as bools, of any one dtype; NaN equals nothing (jax.lax.eq).
func Eq[X, Y jnp.Operand](x X, y Y) jnp.Array { return binary("lax.Eq", ops.Eq, x, y) }

// Ne is x != y, as bools, of any one dtype; NaN differs from everything (jax.lax.ne).
func Ne[X, Y jnp.Operand](x X, y Y) jnp.Array { return binary("lax.Ne", ops.Ne, x, y) }

// Lt is x < y, as bools, of real numbers or bools; false where either is NaN (jax.lax.lt).
func Lt[X, Y jnp.Operand](x X, y Y) jnp.Array { return binary("lax.Lt", ops.Lt, x, y) }

// Le is x <= y, as bools, of real numbers or bools; false where either is NaN (jax.lax.le).
func Le[X, Y jnp.Operand](x X, y Y) jnp.Array { return binary("lax.Le", ops.Le, x, y) }

// Gt is x > y, as bools, of real numbers or bools; false where either is NaN (jax.lax.gt).
func Gt[X, Y jnp.Operand](x X, y Y) jnp.Array { return binary("lax.Gt", ops.Gt, x, y) }

// Ge is x >= y, as bools, of real numbers or bools; false where either is NaN (jax.lax.ge).
func Ge[X, Y jnp.Operand](x X, y Y) jnp.Array { return binary("lax.Ge", ops.Ge, x, y) }
