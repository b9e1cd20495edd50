package jnp

import (
	"math"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Polynomials are vectors of coefficients, the highest power first, as in NumPy.

// unrolledPoly is how many coefficients PolyVal writes out; of more it makes a loop.
const unrolledPoly = 32

// PolyVal is the polynomial of coefficients p at x: NumPy's polyval, in the common type of both, integers too. Further
// axes of p are broadcast against x. At infinities it is NaN, as in JAX: Horner's scheme begins with 0·x.
func PolyVal[X Operand](p Array, x X) Array {
	const op = "jnp.PolyVal"
	in := []*trace.Value{p.val(op), kit.LiftAlone(op, x)}
	if in[0].Rank() == 0 {
		trace.Fail(op, trace.Avals(in), "the coefficients are a vector")
	}
	shape := kit.BroadcastShapes(op, trace.Avals(in), in[0].Shape()[1:], in[1].Shape())
	return whole(op, nil, in, func(in []*trace.Value) *trace.Value {
		in = kit.Promote(op, in...)
		d := in[0].DType()
		p, x := kit.Convert(op, in[0], d, false), kit.BroadcastTo(kit.Convert(op, in[1], d, false), shape)
		n := p.Shape()[0]
		y := ops.Full(shape, ir.FloatLit(0, d))
		step := func(y, c *trace.Value) *trace.Value {
			return ops.Add(ops.Mul(y, x), kit.BroadcastTo(c, shape))
		}
		if d == ir.Bool {
			step = func(y, c *trace.Value) *trace.Value { return ops.Or(ops.And(y, x), kit.BroadcastTo(c, shape)) }
		}
		if n > unrolledPoly {
			last, _ := ops.Scan(op, []*value{y}, []*value{p}, ops.ScanOptions{}, func(y, c []*value) (_, _ []*value) {
				return []*value{step(y[0], c[0])}, nil
			})
			return last[0]
		}
		for i := range n {
			y = step(y, ops.IndexInDim(p, i, 0, false))
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
			trace.Fail(op, trace.Avals(in), "operand %d has %d axes; a polynomial is a vector of coefficients", i,
				v.Rank())
		}
	}
	return in
}

// PolyAdd is the sum of two polynomials: NumPy's polyadd.
func PolyAdd(a, b Array) Array { return polySum("jnp.PolyAdd", a, b, ops.Add) }

// PolySub is the difference of two polynomials: NumPy's polysub.
func PolySub(a, b Array) Array { return polySum("jnp.PolySub", a, b, ops.Sub) }

func polySum(op string, a, b Array, f func(x, y *trace.Value) *trace.Value) Array {
	in := polynomials(op, a, b)
	if n, m := in[0].Shape()[0], in[1].Shape()[0]; n != m && min(n, m) == 0 {
		trace.Fail(op, trace.Avals(in), "a polynomial beside another has at least one coefficient")
	}
	return whole(op, nil, in, func(in []*trace.Value) *trace.Value {
		in = kit.Promote(op, in...)
		n := max(in[0].Shape()[0], in[1].Shape()[0])
		return f(leading(in[0], n), leading(in[1], n))
	})
}

// leading is v with zeros before it, n elements in all.
func leading(v *trace.Value, n int) *trace.Value {
	return ops.Pad(v, ops.ScalarLit(ir.FloatLit(0, v.DType())), []int{n - v.Shape()[0]}, []int{0}, []int{0})
}

// Polynomials holds the keyword arguments of PolyMul, PolyDiv and PolyInt.
type Polynomials struct {
	// TrimLeadingZeros leaves out the zeros before the first coefficient that is not zero: PolyMul those of the
	// factors, PolyDiv those of the remainder, numbers up to the root of the dtype's epsilon included. The operands
	// must be concrete then.
	TrimLeadingZeros bool
	// K is the constants of integration of PolyInt, those of the last integral last: a number, or an Array or slice of
	// one for each integral; unset, they are 0.
	K any
}

// PolyMul is the product of two polynomials: NumPy's polymul, floating-point as Convolve. A vector of no coefficients
// is 0.
//
// Options: Polynomials (TrimLeadingZeros).
func PolyMul(a, b Array) Array { return Polynomials{}.PolyMul(a, b) }

// PolyMul is jnp.PolyMul with the option TrimLeadingZeros.
func (o Polynomials) PolyMul(a, b Array) Array {
	const op = "jnp.PolyMul"
	in := polynomials(op, a, b)
	if o.TrimLeadingZeros && (in[0].Shape()[0] > 1 || in[1].Shape()[0] > 1) {
		for i, v := range in {
			in[i] = Trimming{KeepBack: true}.TrimZeros(Wrap(v)).v
		}
	}
	return whole(op, nil, in, func(in []*trace.Value) *trace.Value {
		in = kit.PromoteInexact(op, in...)
		for i, v := range in {
			if v.Shape()[0] == 0 {
				in[i] = ops.Full([]int{1}, ir.FloatLit(0, v.DType()))
			}
		}
		return Convolve(Wrap(in[0]), Wrap(in[1])).v
	})
}

// PolyDiv is the quotient and the remainder of two polynomials: NumPy's polydiv, with a remainder as long as a, zeros
// (or what rounding left of them) first.
//
// Options: Polynomials (TrimLeadingZeros).
func PolyDiv(a, b Array) (quotient, remainder Array) { return Polynomials{}.PolyDiv(a, b) }

// PolyDiv is jnp.PolyDiv with the option TrimLeadingZeros.
func (o Polynomials) PolyDiv(a, b Array) (quotient, remainder Array) {
	const op = "jnp.PolyDiv"
	in := polynomials(op, a, b)
	if in[0].Shape()[0] == 0 || in[1].Shape()[0] == 0 {
		trace.Fail(op, trace.Avals(in), "a polynomial has at least one coefficient")
	}
	y := trace.Whole(op, nil, in, func(in []*trace.Value) []*trace.Value {
		in = kit.PromoteInexact(op, in...)
		r, b := in[0], in[1]
		n, m := r.Shape()[0], b.Shape()[0]
		scale := ops.SliceInDim(b, 0, 1, 1, 0)
		scale = ops.Div(ops.FullLike(scale, 1), scale)
		if n < m {
			return []*trace.Value{ops.Full([]int{1}, ir.FloatLit(0, r.DType())), r}
		}
		var q []*trace.Value
		for i := range n - m + 1 {
			d := ops.Mul(scale, ops.SliceInDim(r, i, i+1, 1, 0))
			q = append(q, d)
			part := ops.Mul(b, kit.BroadcastTo(ops.Neg(d), []int{m}))
			r = ops.Add(r,
				ops.Pad(part, ops.ScalarLit(ir.FloatLit(0, r.DType())), []int{i}, []int{n - m - i}, []int{0}))
		}
		return []*trace.Value{ops.Concatenate(q, 0), r}
	})
	quotient, remainder = Wrap(y[0]), Wrap(y[1])
	if o.TrimLeadingZeros {
		small := LessEqual(Abs(remainder), math.Sqrt(FInfo(remainder.DType()).Eps))
		rest := Trimming{KeepBack: true}.TrimZeros(LogicalNot(small))
		remainder = remainder.Index(S(remainder.Shape()[0]-rest.Shape()[0], nil))
	}
	return quotient, remainder
}

// PolyDer is the m-th derivative (the first unless given) of a polynomial: NumPy's polyder.
func PolyDer(p Array, m ...int) Array {
	const op = "jnp.PolyDer"
	order := orderOf(op, m)
	return whole(op, order, polynomials(op, p), func(in []*trace.Value) *trace.Value {
		v := kit.PromoteInexact(op, in[0])[0]
		n := v.Shape()[0]
		if order == 0 {
			return v
		}
		if order >= n {
			return ops.SliceInDim(v, 0, 0, 1, 0)
		}
		return ops.Mul(ops.SliceInDim(v, 0, n-order, 1, 0), falling(v.DType(), n-order, order, order))
	})
}

// falling is i·(i-1)···(i-order+1) for the n numbers i from first on, the last one first; factors below 1 count as 1.
func falling(d ir.DType, n, first, order int) *trace.Value {
	y := ops.Full([]int{n}, ir.FloatLit(1, d))
	i := ops.Rev(ops.Iota(d, []int{n}, 0), []int{0})
	for k := range order {
		factor := ops.Add(i, ops.Full([]int{n}, ir.FloatLit(float64(first-k), d)))
		if first < order && !d.IsComplex() {
			factor = ops.Max(factor, ops.Full([]int{n}, ir.FloatLit(1, d)))
		} else if first < order {
			real := ops.Max(ops.Real(factor), ops.Full([]int{n}, ir.FloatLit(1, d.Real())))
			factor = ops.Convert(real, d)
		}
		y = ops.Mul(y, factor)
	}
	return y
}

// PolyInt is the m-th integral (the first unless given) of a polynomial, with the integration constants 0: NumPy's
// polyint.
//
// Options: Polynomials (K).
func PolyInt(p Array, m ...int) Array { return Polynomials{}.PolyInt(p, m...) }

// PolyInt is jnp.PolyInt with the option K.
func (o Polynomials) PolyInt(p Array, m ...int) Array {
	const op = "jnp.PolyInt"
	order := orderOf(op, m)
	trace.CheckSteps(op, order)
	in := polynomials(op, p)
	if o.K != nil {
		k := kit.LiftAlone(op, o.K)
		if s := k.Shape(); len(s) > 1 || len(s) == 1 && s[0] != 1 && s[0] != order {
			trace.Fail(op, trace.Avals(append(in, k)),
				"the constants of integration K are one number, or a vector of %d, one for each integral", order)
		}
		in = append(in, k)
	}
	return whole(op, order, in, func(in []*trace.Value) *trace.Value {
		in = kit.PromoteInexact(op, in...)
		v := in[0]
		if order == 0 {
			return v
		}
		k := ops.Full([]int{order}, ir.FloatLit(0, v.DType()))
		if len(in) > 1 {
			k = kit.BroadcastTo(in[1], []int{order})
		}
		return ops.Div(ops.Concatenate([]*trace.Value{v, k}, 0), falling(v.DType(), v.Shape()[0]+order, 0, order))
	})
}

func orderOf(op string, m []int) int {
	order := kit.Optional(op, "order", m, 1)
	if order < 0 {
		trace.Fail(op, nil, "the order is %d; it must not be negative", order)
	}
	return order
}

// Poly is the coefficients of the polynomial that has the given roots and 1 as its highest coefficient: NumPy's poly of
// a vector. Without roots it is the number 1. (NumPy's poly of a matrix takes its eigenvalues: give them.)
func Poly(roots Array) Array {
	const op = "jnp.Poly"
	v := roots.val(op)
	if v.Rank() > 1 {
		trace.Fail(op, []ir.Aval{v.Aval()},
			"takes a vector of roots, not an array of %d axes; of a matrix give the eigenvalues", v.Rank())
	}
	return whole(op, nil, []*trace.Value{v}, func(in []*trace.Value) *trace.Value {
		r := kit.PromoteInexact(op, in[0])[0]
		if r.Rank() == 0 {
			r = ops.Reshape(r, []int{1})
		}
		r = kit.Convert(op, r, r.DType(), false)
		if r.Shape()[0] == 0 {
			return ops.Full(nil, ir.FloatLit(1, r.DType()))
		}
		y := ops.Full([]int{1}, ir.FloatLit(1, r.DType()))
		zero := ops.ScalarLit(ir.FloatLit(0, r.DType()))
		for i := range r.Shape()[0] {
			n := y.Shape()[0]
			x := kit.BroadcastTo(ops.SliceInDim(r, i, i+1, 1, 0), []int{n})
			y = ops.Sub(ops.Pad(y, zero, []int{0}, []int{1}, []int{0}),
				ops.Pad(ops.Mul(y, x), zero, []int{1}, []int{0}, []int{0}))
		}
		return y
	})
}
