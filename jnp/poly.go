package jnp

import (
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/trace"
)

// Polynomials are vectors of coefficients, the highest power first, as in NumPy.

// unrolledPoly is how many coefficients PolyVal writes out; of more it makes a loop.
const unrolledPoly = 32

// PolyVal is the polynomial of coefficients p at x: NumPy's polyval. Further axes of p are broadcast against x.
func PolyVal[X Operand](p Array, x X) Array {
	const op = "jnp.PolyVal"
	in := []*trace.Value{p.val(op), lift(x, op)}
	if in[0].Rank() == 0 {
		trace.Fail(op, trace.Avals(in), "the coefficients are a vector")
	}
	shape := broadcastShapesOf(op, trace.Avals(in), in[0].Shape()[1:], in[1].Shape())
	return whole(op, nil, in, func(in []*trace.Value) *trace.Value {
		in = promoteInexact(op, in...)
		p, x := in[0], broadcastTo(in[1], shape)
		n := p.Shape()[0]
		y := full(shape, number(0, p.DType()))
		step := func(y, c *trace.Value) *trace.Value {
			return lax.Add(lax.Mul(y, x), broadcastTo(c, shape))
		}
		if n > unrolledPoly {
			y := Wrap(y)
			y, _ = lax.Scan(func(y, c Array) (Array, struct{}) { return Wrap(step(y.v, c.v)), struct{}{} }, y, Wrap(p))
			return y.v
		}
		for i := range n {
			c := lax.IndexInDim(p, i, 0, false)
			if i == 0 {
				y = broadcastTo(c, shape)
				continue
			}
			y = step(y, c)
		}
		return y
	})
}

// polynomials checks that each operand is a vector.
func polynomials(op string, a ...Array) []*trace.Value {
	in := make([]*trace.Value, len(a))
	for i, p := range a {
		in[i] = p.val(op)
	}
	for i, v := range in {
		if v.Rank() != 1 {
			trace.Fail(op, trace.Avals(in), "operand %d has %d axes; a polynomial is a vector of coefficients", i, v.Rank())
		}
	}
	return in
}

// PolyAdd is the sum of two polynomials: NumPy's polyadd.
func PolyAdd(a, b Array) Array { return polySum("jnp.PolyAdd", a, b, lax.Add) }

// PolySub is the difference of two polynomials: NumPy's polysub.
func PolySub(a, b Array) Array { return polySum("jnp.PolySub", a, b, lax.Sub) }

func polySum(op string, a, b Array, f func(x, y *trace.Value) *trace.Value) Array {
	return whole(op, nil, polynomials(op, a, b), func(in []*trace.Value) *trace.Value {
		in = promoteValues(op, in...)
		n := max(in[0].Shape()[0], in[1].Shape()[0])
		return f(leading(in[0], n), leading(in[1], n))
	})
}

// leading is v with zeros before it, n elements in all.
func leading(v *trace.Value, n int) *trace.Value {
	return lax.Pad(v, lax.ScalarLit(number(0, v.DType())), []int{n - v.Shape()[0]}, []int{0}, []int{0})
}

// PolyMul is the product of two polynomials: NumPy's polymul, floating-point as Convolve.
func PolyMul(a, b Array) Array {
	const op = "jnp.PolyMul"
	in := polynomials(op, a, b)
	if in[0].Shape()[0] == 0 || in[1].Shape()[0] == 0 {
		trace.Fail(op, trace.Avals(in), "a polynomial has at least one coefficient")
	}
	return whole(op, nil, in, func(in []*trace.Value) *trace.Value { return Convolve(Wrap(in[0]), Wrap(in[1])).v })
}

// PolyDiv is the quotient and the remainder of two polynomials: NumPy's polydiv, with a remainder as long as a, zeros first.
func PolyDiv(a, b Array) (quotient, remainder Array) {
	const op = "jnp.PolyDiv"
	in := polynomials(op, a, b)
	if in[0].Shape()[0] == 0 || in[1].Shape()[0] == 0 {
		trace.Fail(op, trace.Avals(in), "a polynomial has at least one coefficient")
	}
	y := trace.Whole(op, nil, in, func(in []*trace.Value) []*trace.Value {
		in = promoteInexact(op, in...)
		r, b := in[0], in[1]
		n, m := r.Shape()[0], b.Shape()[0]
		lead := lax.SliceInDim(b, 0, 1, 1, 0)
		if n < m {
			return []*trace.Value{full([]int{0}, number(0, r.DType())), r}
		}
		var q []*trace.Value
		for i := range n - m + 1 {
			d := lax.Div(lax.SliceInDim(r, i, i+1, 1, 0), lead)
			q = append(q, d)
			part := lax.Mul(b, broadcastTo(d, []int{m}))
			r = lax.Sub(r, lax.Pad(part, lax.ScalarLit(number(0, r.DType())), []int{i}, []int{n - m - i}, []int{0}))
		}
		return []*trace.Value{lax.Concatenate(q, 0), r}
	})
	return Wrap(y[0]), Wrap(y[1])
}

// PolyDer is the m-th derivative (the first unless given) of a polynomial: NumPy's polyder.
func PolyDer(p Array, m ...int) Array {
	const op = "jnp.PolyDer"
	order := orderOf(op, m)
	return whole(op, order, polynomials(op, p), func(in []*trace.Value) *trace.Value {
		v := promoteInexact(op, in[0])[0]
		for range order {
			n := v.Shape()[0]
			if n < 2 {
				return lax.SliceInDim(v, 0, 0, 1, 0)
			}
			power := lax.Rev(lax.Iota(v.DType(), []int{n - 1}, 0), []int{0})
			power = lax.Add(power, full([]int{n - 1}, number(1, v.DType())))
			v = lax.Mul(lax.SliceInDim(v, 0, n-1, 1, 0), power)
		}
		return v
	})
}

// PolyInt is the m-th integral (the first unless given) of a polynomial, with the integration constants 0: NumPy's polyint.
func PolyInt(p Array, m ...int) Array {
	const op = "jnp.PolyInt"
	order := orderOf(op, m)
	return whole(op, order, polynomials(op, p), func(in []*trace.Value) *trace.Value {
		v := promoteInexact(op, in[0])[0]
		for range order {
			n := v.Shape()[0]
			power := lax.Rev(lax.Iota(v.DType(), []int{n}, 0), []int{0})
			power = lax.Add(power, full([]int{n}, number(1, v.DType())))
			v = lax.Pad(lax.Div(v, power), lax.ScalarLit(number(0, v.DType())), []int{0}, []int{1}, []int{0})
		}
		return v
	})
}

func orderOf(op string, m []int) int {
	switch {
	case len(m) == 0:
		return 1
	case len(m) > 1:
		trace.Fail(op, nil, "takes one order, not %v", m)
	case m[0] < 0:
		trace.Fail(op, nil, "the order is %d; it must not be negative", m[0])
	}
	return m[0]
}

// Poly is the coefficients of the polynomial that has the given roots and 1 as its highest coefficient: NumPy's poly of a vector.
func Poly(roots Array) Array {
	const op = "jnp.Poly"
	return whole(op, nil, polynomials(op, roots), func(in []*trace.Value) *trace.Value {
		r := promoteInexact(op, in[0])[0]
		y := full([]int{1}, number(1, r.DType()))
		zero := lax.ScalarLit(number(0, r.DType()))
		for i := range r.Shape()[0] {
			n := y.Shape()[0]
			x := broadcastTo(lax.SliceInDim(r, i, i+1, 1, 0), []int{n})
			y = lax.Sub(lax.Pad(y, zero, []int{0}, []int{1}, []int{0}), lax.Pad(lax.Mul(y, x), zero, []int{1}, []int{0}, []int{0}))
		}
		return y
	})
}
