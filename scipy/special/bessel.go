package special

import (
	"math"
	"slices"

	"github.com/gojax/gojax/internal/arrays"
	"github.com/gojax/gojax/ir"
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
	return unary("special.I0", x, func(x array) array { return besselI(real(x), 0) })
}

// I1 is the modified Bessel function of the first kind of order 1: jax.scipy.special.i1. It takes real numbers.
func I1(x jnp.Array) jnp.Array {
	return unary("special.I1", x, func(x array) array { return besselI(real(x), 1) })
}

// besselI is the power series in x²/4 up to 8, whose derivatives are as good at 0 as elsewhere, and beyond what the
// scaled function gives.
func besselI(x array, order int) array {
	return inFloat32(x, func(x array) array {
		near := x.Abs().Le(8)
		in, out := jnp.Where(near, x, 0), jnp.Where(near, 8, x)
		series := besselSeries(in.Mul(in.Mul(0.25)), order)
		if order == 1 {
			series = series.Mul(in)
		}
		coef := [][]float64{{1}, {0}}
		return jnp.Where(near, series, besselFar(out, coef[order], coef[1-order]))
	})
}

// besselFar is a·I0(x) + b·I1(x), of polynomials a and b in 1/x, the lowest power first. By I0' = I1 and
// I1' = I0 - I1/x its derivatives are of the same kind, and overflow where they must.
func besselFar(x array, a, b []float64) array {
	return derived1(x, func(x array) array {
		r := jnp.Reciprocal(x)
		at := func(c []float64) array {
			c = slices.Clone(c)
			slices.Reverse(c)
			return poly(r, c...)
		}
		y := expHalves(x.Abs(), at(a).Mul(i0e(x)).Add(at(b).Mul(i1e(x))))
		return jnp.Where(jnp.IsInf(x), jnp.Sign(x).Mul(b[0]).Add(a[0]).Mul(x.Abs()), y)
	}, func(x, _ array) array {
		n := max(len(a), len(b)) + 1
		da, db := make([]float64, n), make([]float64, n)
		for k := range n {
			at := func(c []float64, k int) float64 {
				if k < 0 || k >= len(c) {
					return 0
				}
				return c[k]
			}
			before := float64(k - 1)
			da[k] = at(b, k) - before*at(a, k-1)
			db[k] = at(a, k) - before*at(b, k-1) - at(b, k-1)
		}
		return besselFar(x, da, db)
	})
}

// besselSeries is the sum of (1/2)^n·t^k/(k!·(k+n)!).
func besselSeries(t array, n int) array {
	terms := 24
	if t.DType() != ir.Float64 {
		terms = 16
	}
	c := make([]float64, terms)
	f := math.Pow(0.5, float64(n))
	for k := range c {
		c[terms-1-k] = f
		f /= float64((k + 1) * (k + 1 + n))
	}
	return poly(t, c...)
}

// Recurrence holds the keyword argument of BesselJn.
type Recurrence struct {
	// Iterations is the order at which the recurrence starts, jax's n_iter, where that is more than is needed.
	Iterations int
}

// BesselJn is the Bessel functions of the first kind of the orders 0 to v at real z, along a new first axis:
// jax.scipy.special.bessel_jn, but for all z: JAX's needs n_iter to be well above |z|, and is NaN at 0. Errors are some
// units in the last place of the larger of the function and sqrt(2/(pi·z)), the size of its waves.
//
// Options: Recurrence (Iterations).
func BesselJn(z jnp.Array, v int) jnp.Array { return Recurrence{}.BesselJn(z, v) }

// BesselJn is special.BesselJn with options.
func (o Recurrence) BesselJn(z jnp.Array, v int) jnp.Array {
	const op = "special.BesselJn"
	if v < 0 || o.Iterations < 0 {
		trace.Fail(op, nil, "the order is %d and the iterations %d; they must not be negative", v, o.Iterations)
	}
	return arrays.Whole(op, [2]int{v, o.Iterations}, func(x []array) array {
		z := real(arrays.StrongInexact(op, x[0])[0])
		return besselJn(z, v, o.Iterations)
	}, z)
}

// besselJn has the derivatives (J(n-1) - J(n+1))/2, and -J(1) of order 0.
func besselJn(z array, v, start int) array {
	return derived([]array{z}, func(x []array) []array {
		return []array{inFloat32(x[0], func(z array) array { return besselJnValue(z, v, start) })}
	}, func(x, y, t []array) []array {
		j := besselJn(x[0], v+1, start)
		part := func(from, to int) array { return jnp.Wrap(ops.SliceInDim(j.TraceValue(), from, to, 1, 0)) }
		below := part(1, 2).Neg()
		if v > 0 {
			below = jnp.Concatenate([]array{below, part(0, v)})
		}
		return []array{below.Sub(part(1, v+2)).Mul(0.5).Mul(t[0]).AsType(y[0].DType())}
	})[0]
}

// besselJnValue is the power series up to 1. From there to the order or 25, Miller's recurrence: downwards from an
// order at which the function is as good as 0, scaled by J0 + 2·(J2 + J4 + ...) = 1 (Zhang and Jin, Computation of
// Special Functions, 1996). Beyond, the recurrence upwards from the asymptotic values of J0 and J1.
func besselJnValue(z array, v, start int) array {
	size := z.Abs()
	to := max(v, 25)
	orders := jnp.Wrap(ops.Iota(z.DType(), []int{v + 1}, 0)).Reshape(append([]int{v + 1}, ones(z.NDim())...)...)
	near, far := size.Lt(1), size.Gt(float64(to))

	miller := besselMiller(jnp.Where(near.Or(far), 1, size), v, max(start, to+30+to/8))
	up := besselUpwards(jnp.Where(far, size, 25), v)
	y := jnp.Where(near, besselPowers(jnp.Where(near, size, 0), orders), jnp.Where(far, up, miller))
	y = jnp.Where(jnp.IsInf(z), 0, jnp.Where(jnp.IsNaN(z), z, y))
	return jnp.Where(z.Lt(0).And(jnp.Mod(orders, 2).Eq(1)), y.Neg(), y)
}

// ones are n axes of length 1.
func ones(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = 1
	}
	return out
}

// besselPowers is the power series of all orders, for z < 1.
func besselPowers(z, orders array) array {
	half := z.Mul(0.5)
	first := jnp.CumProd(jnp.Where(orders.Eq(0), 1, half.Div(jnp.Maximum(orders, 1))), 0) // (z/2)^n/n!
	t := half.Mul(half)
	sum := fill(first, 1)
	for k := 9; k > 0; k-- {
		sum = jnp.Sub(1, sum.Mul(t).Div(orders.Add(k).Mul(k)))
	}
	return first.Mul(sum)
}

// besselMiller is the recurrence downwards.
func besselMiller(z array, v, start int) array {
	// The function, but for a factor, of two orders, the sum, and how often all were scaled down.
	type state struct{ F0, F1, Sum, Scale array }
	most := 1e30
	if z.DType() == ir.Float64 {
		most = 1e200
	}
	r := jnp.Reciprocal(z).Mul(2)
	down := func(s state, k array) state { // k is the order of F1
		big := s.F1.Abs().Gt(most / 1e10)
		by := jnp.Where(big, 1/most, 1)
		f0, f1 := s.F0.Mul(by), s.F1.Mul(by)
		sum := s.Sum.Mul(by).Add(jnp.Where(jnp.Mod(k, 2).Eq(0), f1.Mul(2), 0))
		return state{f1, k.Mul(r).Mul(f1).Sub(f0), sum, jnp.Where(big, s.Scale.Add(1), s.Scale)}
	}
	first := state{fill(z, 0), fill(z, 1/most), fill(z, 0), fill(z, 0)}
	above := lax.ForiLoop(0, start-v, func(i jnp.Array, s state) state {
		return down(s, jnp.Sub(start, i).AsType(z.DType()))
	}, first)
	type order struct{ F, Scale array }
	end, all := lax.Scan(func(s state, k array) (state, order) {
		return down(s, k), order{s.F1, s.Scale}
	}, above, jnp.Wrap(ops.Iota(z.DType(), []int{v + 1}, 0)), lax.ScanOptions{Reverse: true})
	// What was computed before the last scaling is smaller. The sum has twice that of order 0.
	behind := end.Scale.Sub(all.Scale)
	f := all.F.Div(end.Sum.Sub(end.F0))
	for i := range 3 {
		f = f.Mul(jnp.Where(behind.Gt(i), 1/most, 1))
	}
	return f
}

// besselUpwards is the recurrence upwards from J0 and J1 by Hankel's expansion, for z >= 25.
func besselUpwards(z array, v int) array {
	sin, cos := jnp.Sin(z), jnp.Cos(z)
	w := jnp.Reciprocal(z.Mul(8))
	hankel := func(mu float64) (p, q array) {
		terms := 17
		if z.DType() != ir.Float64 {
			terms = 7
		}
		c := make([]float64, terms)
		c[0] = 1
		for k := 1; k < terms; k++ {
			c[k] = c[k-1] * (mu - float64((2*k-1)*(2*k-1))) / float64(k)
		}
		var even, odd []float64 // the highest power first, with alternating signs
		for k := terms - 1; k >= 0; k-- {
			v := c[k]
			if k/2%2 == 1 {
				v = -v
			}
			if k%2 == 0 {
				even = append(even, v)
			} else {
				odd = append(odd, v)
			}
		}
		w2 := w.Mul(w)
		return poly(w2, even...), w.Mul(poly(w2, odd...))
	}
	front := jnp.Reciprocal(jnp.Sqrt(z.Mul(math.Pi)))
	p0, q0 := hankel(0)
	p1, q1 := hankel(4)
	sum, diff := sin.Add(cos), sin.Sub(cos)
	j0 := front.Mul(p0.Mul(sum).Sub(q0.Mul(diff)))
	j1 := front.Mul(p1.Mul(diff).Add(q1.Mul(sum)))
	type state struct{ J0, J1 array }
	_, all := lax.Scan(func(s state, k array) (state, array) {
		return state{s.J1, k.Add(1).Mul(2).Div(z).Mul(s.J1).Sub(s.J0)}, s.J0
	}, state{j0, j1}, jnp.Wrap(ops.Iota(z.DType(), []int{v + 1}, 0)))
	return all
}
