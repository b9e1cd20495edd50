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

// bernoulliRatios are (2k)!/B(2k) for k = 1, 2, ..., where B are Bernoulli's numbers.
var bernoulliRatios = []float64{12, -720, 30240, -1209600, 47900160, -1307674368000.0 / 691, 74724249600,
	-10670622842880000.0 / 3617, 5109094217170944000.0 / 43867, -802857662698291200000.0 / 174611,
	14101100039391805440000.0 / 77683, -1693824136731743669452800000.0 / 236364091,
	186134520519971831808000000.0 / 657931, -37893265687455865519472640000000.0 / 3392780147,
	759790291646040068357842010112000000.0 / 1723168255201,
	-134196726836183700385281186201600000000.0 / 7709321041217}

// Zeta is the Hurwitz zeta function, the sum of 1/(q+i)^x over i >= 0: jax.scipy.special.zeta. It takes real numbers,
// promoted and broadcast.
func Zeta[X, Q jnp.Operand](x X, q Q) jnp.Array {
	return binary("special.Zeta", x, q, func(x, q array) array {
		return derived2(real(x), real(q), of2(ops.Zeta), zetaTangent)
	})
}

// zetaTangent differentiates the Euler-Maclaurin formula (Johansson, Rigorous high-precision computation of the
// Hurwitz zeta function and its derivatives, 2015, formula 5): the first n terms, the integral of the rest, and its
// corrections.
func zetaTangent(s, a, _, ds, da array) array {
	n := 16
	if s.DType() == ir.Float32 {
		n = 8
	}
	var slopeS, slopeA array
	add := func(x, y array) array {
		if x.TraceValue() == nil {
			return y
		}
		return x.Add(y)
	}
	for k := range n {
		b := a.Add(k)
		p := jnp.Power(b, s.Neg())
		slopeS = add(slopeS, jnp.Log(b).Mul(p).Neg())
		slopeA = add(slopeA, s.Neg().Mul(jnp.Power(b, s.Neg().Sub(1))))
	}
	b := a.Add(n)
	log, p := jnp.Log(b), jnp.Power(b, s.Neg())
	s1 := s.Sub(1)
	slopeS = slopeS.Sub(jnp.Power(b, s1.Neg()).Div(s1).Mul(log.Add(jnp.Reciprocal(s1))))
	slopeA = slopeA.Sub(p)

	// The corrections are 1/2 + the sum of products of (s+i)/b over their ratios, times p.
	prod, slope := s.Div(b), jnp.Reciprocal(b) // the product and its derivative by s
	sum, sumS, sumA := fill(s, 0.5), fill(s, 0), fill(s, 0)
	most := jnp.FInfo(s.DType()).Max
	for k := range n {
		if k > 0 {
			for i := 2*k - 1; i <= 2*k; i++ {
				f := s.Add(i).Div(b)
				prod, slope = prod.Mul(f), slope.Mul(f).Add(prod.Div(b))
			}
		}
		in := prod.Le(most)
		c := bernoulliRatios[k]
		sum = sum.Add(jnp.Minimum(prod, most).Div(c))
		sumS = sumS.Add(jnp.Where(in, slope, 0).Div(c))
		sumA = sumA.Sub(jnp.Where(in, prod, 0).Mul(2*k + 1).Div(b).Div(c))
	}
	slopeS = slopeS.Add(p.Mul(sumS.Sub(log.Mul(sum))))
	slopeA = slopeA.Add(p.Mul(sumA.Sub(s.Div(b).Mul(sum))))
	return slopeS.Mul(ds).Add(slopeA.Mul(da))
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
