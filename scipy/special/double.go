package special

import (
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// inFloat64 is f of x, computed in float64 and rounded to the type of x. tol is what f may leave out of sums.
func inFloat64(x []array, f func(x []array, tol accuracy) array) array {
	d := x[0].DType()
	tol := accuracy(0x1p-58)
	if d != ir.Float64 {
		tol = 0x1p-32
	}
	wide := make([]array, len(x))
	for i, a := range x {
		wide[i] = convert(strong(a), ir.Float64)
	}
	var y array
	trace.Wide(func() { y = f(wide, tol) })
	return convert(y, d)
}

// convert is x in the type d, also where 64-bit types are off.
func convert(x array, d ir.DType) array {
	if x.DType() == d {
		return x
	}
	return jnp.Wrap(ops.Convert(x.TraceValue(), d))
}

// double is a number of twice the digits of float64: the sum of hi and of lo, which is less than half a unit in the
// last place of hi. Without lo it is a plain number.
type double struct{ hi, lo array }

func (a double) plain() bool { return a.lo.TraceValue() == nil }

// exactSum is a+b.
func exactSum(a, b array) double {
	s := a.Add(b)
	t := s.Sub(a)
	return double{s, a.Sub(s.Sub(t)).Add(b.Sub(t))}
}

// exactProduct is a·b. The factors are split by their bits: compilers turn the usual way, a multiplication and
// differences, into fused operations that lose the parts.
func exactProduct(a, b array) double {
	high := func(x array) array { // its first 26 digits
		bits := ops.Bitcast(x.TraceValue(), ir.Int64)
		return jnp.Wrap(ops.Bitcast(ops.And(bits, int64Like(bits, -1<<27)), ir.Float64))
	}
	p := rounded(a.Mul(b))
	ah, bh := high(a), high(b)
	al, bl := a.Sub(ah), b.Sub(bh)
	return double{p, ah.Mul(bh).Sub(p).Add(ah.Mul(bl)).Add(al.Mul(bh)).Add(al.Mul(bl))}
}

// rounded is x, which compilers do not see: they would fuse a product with a sum that it is used in.
func rounded(x array) array {
	return derivedBy([]array{x}, func(x []array) array {
		bits := ops.Bitcast(x[0].TraceValue(), ir.Int64)
		// What is added is 0 for finite numbers.
		exponent := ops.And(ops.ShiftRightLogical(bits, int64Like(bits, 52)), int64Like(bits, 0x7ff))
		none := ops.ShiftRightLogical(ops.Add(exponent, int64Like(bits, 1)), int64Like(bits, 11))
		return jnp.Wrap(ops.Bitcast(ops.Add(bits, none), ir.Float64))
	}, func(x []array, _ int) array { return fill(x[0], 1) })
}

// int64Like is n in the shape of x.
func int64Like(x *value, n int64) *value { return ops.Full(x.Shape(), ir.IntLit(n, ir.Int64)) }

// arith computes with doubles: in all their digits if it is true, else in those of float64 alone, where a sum still has
// the digits of its operands.
type arith bool

// pack is the double of a sum of two numbers, the second much smaller than the first.
func pack(hi, lo array) double {
	s := hi.Add(lo)
	return double{s, lo.Sub(s.Sub(hi))}
}

func (w arith) add(a, b double) double {
	s := double{hi: a.hi.Add(b.hi)}
	if w {
		s = exactSum(a.hi, b.hi)
	}
	for _, x := range []double{a, b} {
		switch {
		case x.plain():
		case bool(w):
			s.lo = s.lo.Add(x.lo)
		default:
			s.hi = s.hi.Add(x.lo)
		}
	}
	if w {
		s = pack(s.hi, s.lo)
	}
	return s
}

func (w arith) mul(a, b double) double {
	if !w {
		return double{hi: a.hi.Mul(b.hi)}
	}
	p := exactProduct(a.hi, b.hi)
	if !b.plain() {
		p.lo = p.lo.Add(a.hi.Mul(b.lo))
	}
	if !a.plain() {
		p.lo = p.lo.Add(a.lo.Mul(b.hi))
	}
	return pack(p.hi, p.lo)
}

func (w arith) div(a, b double) double {
	q := a.hi.Div(b.hi)
	if !w {
		return double{hi: q}
	}
	p := w.mul(double{hi: q}, b)
	rest := a.hi.Sub(p.hi).Sub(p.lo)
	if !a.plain() {
		rest = rest.Add(a.lo)
	}
	return pack(q, rest.Div(b.hi))
}
