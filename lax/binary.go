package lax

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
)

// Add is x + y of two numbers of one shape and dtype; integers wrap around.
func Add(x, y jnp.Array) jnp.Array { return jnp.Wrap(ops.Add(val("lax.Add", x), val("lax.Add", y))) }

// Sub is x - y; integers wrap around.
func Sub(x, y jnp.Array) jnp.Array { return jnp.Wrap(ops.Sub(val("lax.Sub", x), val("lax.Sub", y))) }

// Mul is x * y; integers wrap around.
func Mul(x, y jnp.Array) jnp.Array { return jnp.Wrap(ops.Mul(val("lax.Mul", x), val("lax.Mul", y))) }

// Div is x / y. The quotient of integers is truncated towards zero; x / 0 is -1 (all ones, unsigned), and the smallest
// integer over -1 is itself.
func Div(x, y jnp.Array) jnp.Array { return jnp.Wrap(ops.Div(val("lax.Div", x), val("lax.Div", y))) }

// Rem is the remainder of Div, of x's sign, for integers and floats (C's fmod); of integers, x rem 0 is x.
func Rem(x, y jnp.Array) jnp.Array { return jnp.Wrap(ops.Rem(val("lax.Rem", x), val("lax.Rem", y))) }

// Max is the larger of x and y; NaN where either is NaN. Complex numbers are ordered by their real, then imaginary parts.
func Max(x, y jnp.Array) jnp.Array { return jnp.Wrap(ops.Max(val("lax.Max", x), val("lax.Max", y))) }

// Min is the smaller of x and y; NaN where either is NaN. Complex numbers are ordered by their real, then imaginary parts.
func Min(x, y jnp.Array) jnp.Array { return jnp.Wrap(ops.Min(val("lax.Min", x), val("lax.Min", y))) }

// Atan2 is the angle of the point (y, x) in radians, for floats and complex numbers.
func Atan2(y, x jnp.Array) jnp.Array {
	return jnp.Wrap(ops.Atan2(val("lax.Atan2", y), val("lax.Atan2", x)))
}

// NextAfter is the float next to x in the direction of y.
func NextAfter(x, y jnp.Array) jnp.Array {
	return jnp.Wrap(ops.NextAfter(val("lax.NextAfter", x), val("lax.NextAfter", y)))
}
