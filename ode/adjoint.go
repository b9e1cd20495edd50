package ode

import (
	"slices"

	"github.com/gojax/gojax/internal/arrays"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/transforms/deriv"
)

// sensitivity is the state of the adjoint equation: the state itself, and the derivatives of the result by it, by the
// time at which it is, and by the floats that the right-hand side takes from outside.
type sensitivity struct {
	Y, ByY, ByT jnp.Array
	ByFrom      []jnp.Array
}

// at is where the right-hand side is evaluated.
type at struct {
	Y, T jnp.Array
	From []jnp.Array // the floats alone
}

// backward takes a derivative by the states at the times back to what they depend on: from the last time to the first,
// adding on the way what each state itself contributes.
func (s adaptive) backward(r residuals, ct jnp.Array) problem {
	p := r.Problem
	n := p.Ts.Size()
	a := adjoint{s, floats(p.From[:s.outside])}
	row := func(x, i jnp.Array) jnp.Array {
		return lax.DynamicIndexInDim(x, i, 0, lax.IndexOptions{DropAxis: true})
	}
	zero := jnp.ZerosLike(row(p.Ts, jnp.AsArray(0)))
	from := pick(p.From, a.floats)
	start := sensitivity{row(r.Ys, jnp.AsArray(n-1)), row(ct, jnp.AsArray(n-1)), zero, make([]jnp.Array, len(from))}
	for i, x := range from {
		start.ByFrom[i] = jnp.ZerosLike(x)
	}
	last := start
	byTs := jnp.Zeros(0).AsType(p.Ts.DType())
	if n > 1 {
		last, byTs = lax.Scan(func(c sensitivity, i jnp.Array) (sensitivity, jnp.Array) {
			c.Y = row(r.Ys, i)
			t := row(p.Ts, i)
			// A later time is a later state.
			byT := jnp.Real(jnp.Sum(s.f(c.Y, t, p.From).Mul(row(ct, i)))).AsType(p.Ts.DType())
			c.ByT = c.ByT.Sub(byT)
			c = a.back(c, t, row(p.Ts, i.Sub(1)), p.From)
			c.ByY = c.ByY.Add(row(ct, i.Sub(1)))
			return c, byT
		}, start, jnp.Arange(n-1, 0, -1))
		byTs = jnp.Flip(byTs)
	}
	g := problem{Y0: last.ByY, Ts: jnp.Concatenate([]jnp.Array{jnp.ExpandDims(last.ByT, 0), byTs}),
		From: make([]jnp.Array, len(p.From))}
	for i, k := range a.floats {
		g.From[k] = last.ByFrom[i]
	}
	return g
}

// adjoint is the adjoint equation of a system. floats are the places in From of those arrays that have derivatives.
type adjoint struct {
	adaptive
	floats []int
}

// back takes a sensitivity from a time to an earlier one.
func (a adjoint) back(c sensitivity, t, earlier jnp.Array, from []jnp.Array) sensitivity {
	const op = "ode.Odeint"
	z, unravel := arrays.Ravel(op, "the sensitivity", c)
	// In -t, since times increase.
	f := func(z, t jnp.Array, from []jnp.Array) jnp.Array {
		c := unravel(z)
		dy, pull := deriv.VJP(func(x at) jnp.Array {
			all := slices.Clone(from)
			for i, k := range a.floats {
				all[k] = x.From[i]
			}
			return a.f(x.Y, x.T, all)
		}, at{c.Y, t.Neg(), pick(from, a.floats)})
		g := pull(c.ByY)
		d, _ := arrays.Ravel(op, "the sensitivity", sensitivity{dy.Neg(), g.Y, g.T, g.From})
		return d.AsType(z.DType())
	}
	ts := jnp.Stack([]jnp.Array{t.Neg(), earlier.Neg()})
	zs := adaptive{f, a.outside, a.OdeintOptions}.solution(problem{z, ts, from})
	return unravel(lax.IndexInDim(zs, 1, 0, lax.IndexOptions{DropAxis: true}))
}

// floats are the places of arrays of floats.
func floats(x []jnp.Array) (at []int) {
	for i, v := range x {
		if v.DType().IsInexact() {
			at = append(at, i)
		}
	}
	return at
}

func pick(x []jnp.Array, at []int) []jnp.Array {
	y := make([]jnp.Array, len(at))
	for i, k := range at {
		y[i] = x[k]
	}
	return y
}
