package lax

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
)

// Eq is x == y as bool, for any one dtype; as in IEEE, NaN equals nothing (so for all but the total orders).
func Eq(x, y jnp.Array) jnp.Array { return jnp.Wrap(ops.Eq(val("lax.Eq", x), val("lax.Eq", y))) }

// Ne is x != y as bool, for any one dtype.
func Ne(x, y jnp.Array) jnp.Array { return jnp.Wrap(ops.Ne(val("lax.Ne", x), val("lax.Ne", y))) }

// Lt is x < y as bool, for bool, integers and floats.
func Lt(x, y jnp.Array) jnp.Array { return jnp.Wrap(ops.Lt(val("lax.Lt", x), val("lax.Lt", y))) }

// Le is x <= y as bool, for bool, integers and floats.
func Le(x, y jnp.Array) jnp.Array { return jnp.Wrap(ops.Le(val("lax.Le", x), val("lax.Le", y))) }

// Gt is x > y as bool, for bool, integers and floats.
func Gt(x, y jnp.Array) jnp.Array { return jnp.Wrap(ops.Gt(val("lax.Gt", x), val("lax.Gt", y))) }

// Ge is x >= y as bool, for bool, integers and floats.
func Ge(x, y jnp.Array) jnp.Array { return jnp.Wrap(ops.Ge(val("lax.Ge", x), val("lax.Ge", y))) }

// EqTo is Eq in the total order of floats, in which -0 and +0 differ and NaNs compare by their bits.
func EqTo(x, y jnp.Array) jnp.Array {
	return jnp.Wrap(ops.EqTo(val("lax.EqTo", x), val("lax.EqTo", y)))
}

// LtTo is Lt in the total order of floats.
func LtTo(x, y jnp.Array) jnp.Array {
	return jnp.Wrap(ops.LtTo(val("lax.LtTo", x), val("lax.LtTo", y)))
}

// LeTo is Le in the total order of floats.
func LeTo(x, y jnp.Array) jnp.Array {
	return jnp.Wrap(ops.LeTo(val("lax.LeTo", x), val("lax.LeTo", y)))
}
