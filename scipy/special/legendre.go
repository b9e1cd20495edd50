package special

import (
	"math"

	"github.com/gojax/gojax/internal/arrays"
	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Lpmn is the associated Legendre functions of the first kind of all orders m and degrees l up to n at the points z,
// a vector of float32 or float64 in [-1, 1], and their derivatives, each an array [order, degree, point]:
// jax.scipy.special.lpmn. The orders and the degrees must be as many: m = n. At -1 and 1 the derivatives of order 1 are
// infinite, and the gradients of p are NaN.
func Lpmn(m, n int, z jnp.Array) (p, dp jnp.Array) {
	const op = "special.Lpmn"
	y := arrays.Several(op, n, func(x []array) []array {
		p := legendre(n, x[0], false, sineOf)
		return []array{p, legendreSlopes(p, x[0])}
	}, legendreArg(op, m, n, z))
	return y[0], y[1]
}

// LpmnValues is Lpmn without derivatives: jax.scipy.special.lpmn_values. With normalized, the functions are those of
// orthonormal spherical harmonics.
func LpmnValues(m, n int, z jnp.Array, normalized bool) jnp.Array {
	const op = "special.LpmnValues"
	type params struct {
		N          int
		Normalized bool
	}
	return arrays.Whole(op, params{n, normalized}, func(x []array) array {
		return legendre(n, x[0], normalized, sineOf)
	}, legendreArg(op, m, n, z))
}

// legendreArg is z, checked.
func legendreArg(op string, m, n int, z array) array {
	in := []ir.Aval{float32Or64(op, z).TraceValue().Aval()}
	switch {
	case z.NDim() != 1:
		trace.Fail(op, in, "the points must be a vector")
	case m != n:
		trace.Fail(op, in, "the greatest order is %d and the greatest degree %d; they must be equal", m, n)
	case n < 0:
		trace.Fail(op, in, "the greatest degree is %d; it must not be negative", n)
	}
	trace.CheckSteps(op, n, in...)
	return z
}

// grid is the orders and the degrees up to n as columns and rows that broadcast to [order, degree].
func grid(n int, d ir.DType) (m, l array) {
	i := jnp.Wrap(ops.Iota(d, []int{n + 1}, 0))
	return i.Reshape(n+1, 1), i.Reshape(1, n+1)
}

// sines gives the powers 0, 1, ... of scale·sin(t), one a row, each with a scale of its own, where x = cos(t).
type sines func(x array, scale []float64) array

// column is the numbers c as a column in the type d.
func column(c []float64, d ir.DType) array {
	return jnp.Wrap(ops.Constants(c, d)).Reshape(len(c), 1)
}

// sineOf takes the sine from its cosine.
func sineOf(x array, scale []float64) array {
	square := make([]float64, len(scale))
	half := make([]float64, len(scale))
	for i, s := range scale {
		square[i], half[i] = s*s, float64(i)/2
	}
	w := derived1(x, func(x array) array { return jnp.Sub(1, x).Mul(x.Add(1)) },
		func(x, _ array) array { return x.Mul(-2) })
	return jnp.Power(w.Mul(column(square, x.DType())), column(half, x.DType()))
}

// legendre is [order, degree, point], degree by degree: P(l, l) and P(l-1, l) in closed form, those of lower order by
// the recurrence in the degree.
func legendre(n int, x array, normalized bool, power sines) array {
	x = x.AsType(x.DType())
	d := x.DType()
	m := jnp.Wrap(ops.Iota(d, []int{n + 1, 1}, 0)) // orders
	// P(l, l) is first·(-scale·sin)^l: the product of 2l-1, or if normalized of sqrt(1+1/(2l)), is in the power.
	first, log := 1.0, 0.0
	scale, sign := make([]float64, n+1), make([]float64, n+1)
	if normalized {
		first = 0.5 / math.Sqrt(math.Pi)
	}
	for l := range n + 1 {
		scale[l], sign[l] = 1, first
		if l > 0 {
			if normalized {
				log += math.Log1p(0.5/float64(l)) / 2
			} else {
				log += math.Log(float64(2*l - 1))
			}
			scale[l], sign[l] = math.Exp(log/float64(l)), -sign[l-1]
		}
	}
	diag := column(sign, d).Mul(power(x, scale))
	// off is P(l, l+1).
	off := m.Mul(2).Add(1)
	if normalized {
		off = jnp.Sqrt(m.Mul(2).Add(3))
	}
	off = off.Mul(x).Mul(diag)

	type state struct{ P1, P2 array } // of the two degrees before, [order, point]
	_, p := lax.Scan(func(s state, l array) (state, array) {
		inner := m.Lt(l.Sub(1))
		at := l
		l = jnp.Maximum(l, 2)
		safe := jnp.Where(inner, m, l.Sub(2)) // at which nothing is divided by 0
		var c1, c2 array
		if normalized {
			l2, m2 := l.Mul(l), safe.Mul(safe)
			before := l.Sub(1).Mul(l.Sub(1))
			c1 = jnp.Sqrt(l2.Mul(4).Sub(1).Div(l2.Sub(m2)))
			c2 = jnp.Sqrt(l.Mul(2).Add(1).Mul(before.Sub(m2)).Div(l.Mul(2).Sub(3).Mul(l2.Sub(m2))))
		} else {
			c1 = l.Mul(2).Sub(1).Div(l.Sub(safe))
			c2 = l.Add(safe).Sub(1).Div(l.Sub(safe))
		}
		rec := c1.Mul(s.P1.Mul(x)).Sub(c2.Mul(s.P2))
		zero := fill(rec, 0)
		p := choose([]array{inner, m.Eq(at.Sub(1)), m.Eq(at)}, rec, off, diag, zero)
		return state{p, s.P1}, p
	}, state{fill(diag, 0), fill(diag, 0)}, jnp.Wrap(ops.Iota(d, []int{n + 1}, 0)))
	return jnp.SwapAxes(p, 0, 1)
}

// legendreSlopes is the derivatives of p = legendre(n, x, false), from functions of the orders and degrees next to
// each.
func legendreSlopes(p, x array) array {
	n := p.Shape()[0] - 1
	m, l := grid(n, x.DType())
	at := func(low, high [3]int) array { // p shifted, zeros moved in
		v := p.TraceValue()
		return jnp.Wrap(ops.Pad(v, ops.ScalarLit(ir.FloatLit(0, v.DType())), low[:], high[:], []int{0, 0, 0}))
	}
	below := at([3]int{0, 1, 0}, [3]int{0, -1, 0})   // of degree l-1
	above2 := at([3]int{-2, 1, 0}, [3]int{2, -1, 0}) // and of order m+2
	if n == 0 {
		above2 = fill(p, 0)
	}
	under2 := fill(p, 0) // of order m-2; orders -1 and -2 from their positive counterparts
	if n > 0 {
		under2 = at([3]int{2, 1, 0}, [3]int{-2, -1, 0})
	}
	degrees := func(a array) array { return a.Reshape(1, n+1, 1) }
	row := func(i int) array { return jnp.Wrap(ops.SliceInDim(below.TraceValue(), i, i+1, 1, 0)) }
	order := m.Reshape(n+1, 1, 1)
	if n > 0 {
		c := jnp.Div(-1, jnp.Where(l.Ge(2), l.Mul(l.Sub(1)), 1))
		under2 = jnp.Where(order.Eq(1).And(degrees(l).Ge(2)), degrees(c).Mul(row(1)), under2)
	}
	if n > 1 {
		c := jnp.Div(1, jnp.Where(l.Ge(3), l.Add(1).Mul(l).Mul(l.Sub(1)).Mul(l.Sub(2)), 1))
		under2 = jnp.Where(order.Eq(0).And(degrees(l).Ge(3)), degrees(c).Mul(row(2)), under2)
	}

	times := func(on, coef, p array) array { return jnp.ExpandDims(jnp.Where(on, coef, 0), 2).Mul(p) }
	upper, single := l.Ge(m), m.Eq(1)
	most := upper.And(single.Not())
	sum := l.Add(m)
	a := jnp.Div(-0.5, jnp.Where(single, 1, m.Sub(1)))
	down := times(most, a, below).Add(times(most, a.Mul(sum.Sub(2)).Mul(sum.Sub(1)), under2))
	b := jnp.Div(-0.5, m.Add(1))
	up := times(upper, b, above2).Add(times(upper, b.Mul(sum).Mul(sum.Add(1)), below))
	dp := times(upper, sum.Mul(l.Sub(m).Add(1)).Div(2), down).Sub(up.Mul(0.5))
	if n == 0 {
		return dp
	}
	// Order 1, at which the formula divides by 0.
	r := func(i int) array { return jnp.Wrap(ops.SliceInDim(p.TraceValue(), i, i+1, 1, 0)) }
	g := degrees(l.Add(1).Mul(l)).Mul(r(0))
	if n > 1 {
		g = g.Sub(r(2))
	}
	g = jnp.Where(degrees(l).Eq(0), 0, g.Mul(jnp.Div(0.5, jnp.Sqrt(jnp.Sub(1, x).Mul(x.Add(1))))))
	return jnp.Where(order.Eq(1), g, dp)
}

// Harmonics holds the keyword argument of SphHarmY.
type Harmonics struct {
	// NMax is the greatest degree, to which degrees are limited; nil: the greatest of n, whose values must then be
	// known.
	NMax *int
}

// SphHarmY is the spherical harmonics of the degrees n >= 0 and orders |m| <= n (vectors of integers) at the polar
// angles theta and the azimuths phi (vectors): jax.scipy.special.sph_harm_y. The result is a complex vector.
//
// Options: Harmonics (NMax).
func SphHarmY(n, m, theta, phi jnp.Array) jnp.Array { return Harmonics{}.SphHarmY(n, m, theta, phi) }

// SphHarmY is special.SphHarmY with options.
func (o Harmonics) SphHarmY(n, m, theta, phi jnp.Array) jnp.Array {
	const op = "special.SphHarmY"
	in := make([]*value, 4)
	for i, a := range []array{n, m, theta, phi} {
		in[i] = kit.LiftAlone(op, a)
		if i < 2 && !in[i].DType().IsInteger() {
			trace.Fail(op, trace.Avals(in[:i+1]), "degrees and orders are integers, not %v", in[i].DType())
		}
	}
	if in[0].Rank() != 1 || in[2].Rank() > 1 {
		trace.Fail(op, trace.Avals(in), "the degrees and the angles are vectors")
	}
	most := 0
	if o.NMax != nil {
		most = *o.NMax
	} else if in[0].Aval().Size() > 0 {
		most = int(n.Max().Item())
	}
	if most < 0 {
		trace.Fail(op, trace.Avals(in), "the greatest degree is %d; it must not be negative", most)
	}
	trace.CheckSteps(op, most, trace.Avals(in)...)
	return arrays.Whole(op, most, func(x []array) array {
		n, m := x[0], x[1]
		theta, phi := jnp.AtLeast1D(real(arrays.StrongInexact(op, x[2])[0])), real(arrays.StrongInexact(op, x[3])[0])
		size := m.Abs()
		sine := jnp.Sin(theta).Abs() // of small angles the cosine does not have it
		p := legendre(most, jnp.Cos(theta), true, func(x array, scale []float64) array {
			m := jnp.Wrap(ops.Iota(x.DType(), []int{most + 1, 1}, 0))
			return jnp.Power(sine.Mul(column(scale, x.DType())), m)
		})
		at := jnp.Wrap(ops.Iota(ir.Int32, []int{n.Size()}, 0))
		r := p.At(size, n, at).Mode(jnp.ModeClip).Get()
		r = jnp.Where(size.Le(n), r, 0)
		angle := size.Mul(phi)
		y := complexOf(r.Mul(jnp.Cos(angle)), r.Mul(jnp.Sin(angle)))
		// The power of -1 is of the default float type in JAX, and the result of that at least.
		sign := jnp.Where(jnp.Mod(size, 2).Eq(0), 1.0, -1.0).AsType(kit.DefaultFloat(size.TraceValue()))
		return jnp.Where(m.Lt(0), y.Conj().Mul(sign), y)
	}, n, m, theta, phi)
}
