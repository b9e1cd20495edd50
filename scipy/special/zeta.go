package special

import (
	"math"
	"math/big"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Zeta is the Hurwitz zeta function, the sum of 1/(q+i)^x over i >= 0: jax.scipy.special.zeta. It takes real numbers,
// promoted and broadcast. Below x = 1 it is NaN, as where q is negative and x not whole; its derivative in x is known
// for q > 0.
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
	trace.CheckHost(op, []int{n}, ir.Float64)
	return jnp.Wrap(kit.Floats(bernoulli(n)))
}

// bernoulli is Bernoulli's numbers 0 to n, by the tangent numbers (Brent and Harvey, Fast computation of Bernoulli,
// tangent and secant numbers, 2013). Those beyond the largest float are infinite.
func bernoulli(n int) []float64 {
	b := make([]float64, n+1)
	b[0] = 1
	if n > 0 {
		b[1] = -0.5
	}
	const finite = 258 // the last number that is
	count := min(n, finite) / 2
	t := make([]*big.Int, count+1)
	for k := 1; k <= count; k++ {
		t[k] = new(big.Int).MulRange(1, int64(k-1))
	}
	part := new(big.Int)
	for k := 2; k <= count; k++ {
		for j := k; j <= count; j++ {
			part.Mul(t[j-1], big.NewInt(int64(j-k)))
			t[j].Add(t[j].Mul(t[j], big.NewInt(int64(j-k+2))), part)
		}
	}
	sign := 1.0
	for k := 1; 2*k <= n; k++ {
		b[2*k] = math.Inf(1)
		if k <= count {
			power := new(big.Int).Lsh(big.NewInt(1), uint(2*k))
			below := new(big.Int).Mul(power, new(big.Int).Sub(power, big.NewInt(1)))
			b[2*k], _ = new(big.Rat).SetFrac(t[k].Mul(t[k], big.NewInt(int64(2*k))), below).Float64()
		}
		b[2*k] *= sign
		sign = -sign
	}
	return b
}
