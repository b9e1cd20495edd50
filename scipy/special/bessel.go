package special

import (
	"github.com/gojax/gojax/internal/arrays"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// I0e is exp(-|x|)·I0(x): jax.scipy.special.i0e. It takes real numbers.
func I0e(x jnp.Array) jnp.Array { return unary("special.I0e", x, i0e) }

// I1e is exp(-|x|)·I1(x): jax.scipy.special.i1e. It takes real numbers.
func I1e(x jnp.Array) jnp.Array { return unary("special.I1e", x, i1e) }

var i0e, i1e = of1(ops.BesselI0e), of1(ops.BesselI1e)

// I0 is the modified Bessel function of the first kind of order 0: jax.scipy.special.i0. It takes real numbers.
func I0(x jnp.Array) jnp.Array {
	return unary("special.I0", x, func(x array) array { return jnp.Exp(x.Abs()).Mul(i0e(x)) })
}

// I1 is the modified Bessel function of the first kind of order 1: jax.scipy.special.i1. It takes real numbers.
func I1(x jnp.Array) jnp.Array {
	return unary("special.I1", x, func(x array) array { return jnp.Exp(x.Abs()).Mul(i1e(x)) })
}

// Recurrence holds the keyword argument of BesselJn.
type Recurrence struct {
	// Iterations is the order at which the recurrence starts, jax's n_iter; 50 if 0. It must be well above the order
	// and |z|.
	Iterations int
}

// BesselJn is the Bessel functions of the first kind of the orders 0 to v at z, real and not 0, along a new first axis:
// jax.scipy.special.bessel_jn.
//
// Options: Recurrence (Iterations).
func BesselJn(z jnp.Array, v int) jnp.Array { return Recurrence{}.BesselJn(z, v) }

// BesselJn is special.BesselJn with options.
//
// The method is Miller's: the recurrence downwards from an order at which the function is as good as 0, scaled by
// J0 + 2·(J2 + J4 + ...) = 1 (Zhang and Jin, Computation of Special Functions, 1996).
func (o Recurrence) BesselJn(z jnp.Array, v int) jnp.Array {
	const op = "special.BesselJn"
	n := o.Iterations
	if n == 0 {
		n = 50
	}
	if v < 0 || n < 0 {
		trace.Fail(op, nil, "the order is %d and the iterations %d; they must not be negative", v, n)
	}
	type state struct{ F0, F1, Sum array }
	return arrays.Whole(op, [2]int{v, n}, func(x []array) array {
		z := real(arrays.StrongInexact(op, x[0])[0])
		turns := jnp.Wrap(ops.Iota(z.DType(), []int{n + 1}, 0))
		end, f := lax.Scan(func(s state, k array) (state, array) {
			f := k.Add(1).Mul(2).Mul(s.F1).Div(z).Sub(s.F0)
			even := jnp.Mod(k, 2).Eq(0)
			return state{s.F1, f, jnp.Where(even, s.Sum.Add(f.Mul(2)), s.Sum)}, f
		}, state{fill(z, 0), fill(z, 1e-16), fill(z, 0)}, turns, lax.ScanOptions{Reverse: true})
		first := end.F1 // that of order 0
		orders := jnp.Wrap(ops.SliceInDim(f.TraceValue(), 0, min(v, n)+1, 1, 0))
		return orders.Div(end.Sum.Sub(first))
	}, z)
}
