package special

import (
	"math"

	"github.com/gojax/gojax/internal/arrays"
	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Zeta is the Hurwitz zeta function, the sum of 1/(q+i)^x over i >= 0: jax.scipy.special.zeta. It takes real numbers,
// promoted and broadcast. Below x = 1 it is NaN, as where q is negative and x not whole; its derivative in x is known for
// q > 0.
func Zeta[X, Q jnp.Operand](x X, q Q) jnp.Array {
	return binary("special.Zeta", x, q, of2(ops.ZetaOfBoth))
}

// Bernoulli is Bernoulli's numbers 0 to n, of which the one at 1 is -1/2, in the default float type:
// jax.scipy.special.bernoulli.
func Bernoulli(n int) jnp.Array {
	const op = "special.Bernoulli"
	if n < 0 {
		trace.Fail(op, nil, "n is %d; it must not be negative", n)
	}
	d := kit.DefaultFloat()
	type params struct {
		N int
		D ir.DType
	}
	return arrays.Whole(op, params{n, d}, func([]array) array {
		first := jnp.AsArray([]float64{1, -0.5, 1.0 / 6}[:min(n, 2)+1]).AsType(d)
		if n < 3 {
			return first
		}
		// From B(m) = -2·m!/(2·pi·i)^m·zeta(m) for even m (Chowla and Hartung, 1972).
		count := n/2 - 1
		rest := jnp.Creation{DType: d}.Zeros(n - 2)
		if count > 0 {
			m := jnp.Wrap(ops.Iota(d, []int{count}, 0)).Mul(2).Add(4)
			q := jnp.CumProd(m.Sub(1).Neg().Mul(m).Div(4).Div(math.Pi*math.Pi), 0).Mul(1 / (math.Pi * math.Pi))
			zeta := fill(m, 1)
			for k := 49; k >= 2; k-- { // 2^-50 is less than any difference that could be seen
				zeta = zeta.Add(jnp.Power(float64(k), m.Neg()))
			}
			v := q.Mul(zeta).TraceValue()
			rest = jnp.Wrap(ops.Pad(v, ops.ScalarLit(ir.FloatLit(0, d)), []int{1}, []int{n - 2 - 2*count}, []int{1}))
		}
		return jnp.Concatenate([]array{first, rest})
	})
}
