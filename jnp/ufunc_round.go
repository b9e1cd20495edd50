package jnp

import (
	"math"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Rounding, and the replacement of numbers.

// rounding is what Floor, Ceil and Trunc share: integers and bool are whole already, complex numbers have no order.
func rounding(op string, x Array, f func(*value) *value) Array {
	v := x.val(op)
	kit.RefuseComplex(op, v)
	if !v.DType().IsInexact() {
		return x
	}
	return Wrap(f(v))
}

// Floor is the largest whole number not above x (NumPy floor). Complex x is refused.
func Floor(x Array) Array { return rounding("jnp.Floor", x, ops.Floor) }

// Ceil is the smallest whole number not below x (NumPy ceil). Complex x is refused.
func Ceil(x Array) Array { return rounding("jnp.Ceil", x, ops.Ceil) }

// Trunc is x without its fraction (NumPy trunc, fix). Complex x is refused.
func Trunc(x Array) Array {
	return rounding("jnp.Trunc", x, func(v *value) *value { return whole1("jnp.Trunc", nil, v, truncV).v })
}

// Fix is Trunc (NumPy fix).
func Fix(x Array) Array { return Trunc(x) }

func truncV(x *value) *value {
	return ops.Select(signBit(x), ops.Ceil(x), ops.Floor(x)) // which sees a subnormal number, unlike a comparison
}

func nearest(x *value) *value { return ops.Round(x, ops.ToNearestEven) }

// Rint is the nearest whole number, halves to even, in floating point (NumPy rint); complex numbers by their parts.
func Rint(x Array) Array {
	v := x.val("jnp.Rint")
	if v.DType().IsFloat() {
		return Wrap(nearest(v))
	}
	return whole1("jnp.Rint", nil, v, func(v *value) *value {
		if v.DType().IsComplex() {
			return partwise(v, nearest)
		}
		return ops.Convert(v, kit.DefaultFloat())
	})
}

// Round is x rounded to the given number of decimals, 0 by default, halves to even (NumPy round, around). Integers are
// rounded to negative decimals exactly, and wrap around where the result does not fit; bool is refused. The derivative
// is 0.
func Round(x Array, decimals ...int) Array {
	const op = "jnp.Round"
	v := x.val(op)
	type params struct{ Decimals int }
	p := params{kit.Optional(op, "number of decimals", decimals, 0)}
	d := v.DType()
	switch {
	case d == ir.Bool:
		trace.Fail(op, []ir.Aval{v.Aval()}, "a bool cannot be rounded; convert it first with x.AsType(jnp.Float32)")
	case d.IsInteger() && p.Decimals < 0:
		return whole1(op, p, v, func(v *value) *value { return roundInteger(v, -p.Decimals) })
	case d.IsInteger():
		return x
	case p.Decimals == 0 && d.IsFloat():
		return Wrap(nearest(v))
	}
	return whole1(op, p, v, func(v *value) *value {
		return partwise(ops.StopGradient(v), func(x *value) *value { return roundTo(x, p.Decimals) })
	})
}

// roundInteger is the multiple of 10 to the power of zeros that is nearest to each integer of x, of two the even one.
func roundInteger(x *value, zeros int) *value {
	d := x.DType()
	most := uint64(math.MaxUint64) >> (64 - d.Bits())
	if d.IsSigned() {
		most /= 2
	}
	if zeros >= 20 { // above twice the largest integer
		return ops.ZerosLike(x)
	}
	unit := uint64(1)
	for range zeros {
		unit *= 10
	}
	if unit/2 > most {
		return ops.ZerosLike(x)
	}
	full := func(n int64) *value {
		l := ir.IntLit(n, d)
		l.Weak = x.Aval().Weak
		return ops.Full(x.Shape(), l)
	}
	whole, rest := full(0), x // whole times unit and rest are x
	if unit <= most {
		whole, rest = ops.Div(x, full(int64(unit))), ops.Rem(x, full(int64(unit)))
	}
	half, odd := full(int64(unit/2)), ops.Ne(ops.And(whole, full(1)), full(0))
	beyond := func(than *value, f func(x, y *value) *value) *value {
		return ops.Or(f(rest, than), ops.And(ops.Eq(rest, than), odd))
	}
	step := ops.Select(beyond(half, ops.Gt), full(int64(unit)), full(0))
	if d.IsSigned() {
		step = ops.Select(beyond(ops.Neg(half), ops.Lt), full(-int64(unit)), step)
	}
	return ops.Add(ops.Mul(whole, full(int64(unit))), step)
}

// roundTo is floats x rounded to decimals, those of 16 bits in float32. What the decimals cannot change stays as it is,
// to the bit.
func roundTo(x *value, decimals int) *value {
	d, weak := x.DType(), x.Aval().Weak
	l := FInfo(d)
	switch far := float64(decimals); {
	case decimals == 0:
		return nearest(x)
	case far > 1+float64(l.NMant-l.MinExp)*math.Log10(2): // finer than the least number
		return x
	case -far > math.Log10(l.Max)+math.Log10(2): // all round to 0
		return ops.Select(isFinite(x), copySignV(ops.FullLike(x, 0), x), x)
	case far > -math.Log10(l.Tiny) && d != ir.Float16:
		return roundTiny(x, decimals)
	}
	w := ops.ConvertWeak(x, upcastHalf(d), weak)
	return ops.ConvertWeak(roundBy(w, math.Pow10(max(decimals, -decimals)), decimals > 0), d, weak)
}

// opaque is v, NaN where x is, so that XLA does not know what it is: it would multiply by the reciprocal of a constant
// in place of a quotient, and join two products or quotients to one.
func opaque(x, v *value) *value { return ops.Select(ops.Eq(x, x), v, x) }

// roundBy is x rounded to multiples of 1/unit, or of unit itself.
func roundBy(x *value, unit float64, fraction bool) *value {
	f := opaque(x, ops.FullLike(x, unit))
	if !fraction {
		return ops.Mul(nearest(ops.Div(x, f)), f)
	}
	y := ops.Mul(x, f)
	whole := ops.FullLike(x, math.Ldexp(1, FInfo(x.DType()).NMant))
	return ops.Select(ops.Lt(ops.Abs(y), whole), ops.Div(nearest(y), f), x)
}

// roundTiny is roundTo of so many decimals that results may be subnormal: near 0 the numbers are counted in units of
// the least one, by their bits. Others are scaled in two steps, as the power of ten itself may be infinite.
func roundTiny(x *value, decimals int) *value {
	d := x.DType()
	l := FInfo(d)
	b := floatBits(x)
	like := func(n int64) *value { return litLike(b, ir.IntLit(n, b.DType())) }
	sign := ops.And(b, like(int64(-1)<<(d.Bits()-1)))
	size := ops.Xor(b, sign)
	near := ops.Lt(size, like(int64(2)<<l.NMant)) // here the bits are that count
	w := upcastHalf(d)
	count := ops.Convert(ops.Select(near, size, like(0)), w)
	half := decimals / 2 // whose power of ten is finite
	perOne := math.Ldexp(math.Pow10(half), l.MinExp-l.NMant) * math.Pow10(decimals-half)
	unit := opaque(count, ops.FullLike(count, perOne))
	count = nearest(ops.Div(nearest(ops.Mul(count, unit)), unit))
	small := kit.Convert("jnp.Round", ops.Bitcast(ops.Or(ops.Convert(count, b.DType()), sign), d), d, x.Aval().Weak)

	wide := ops.Convert(x, w)
	scale := func(n int) *value { return opaque(wide, ops.FullLike(wide, math.Pow10(n))) }
	f, g := scale(half), scale(decimals-half)
	y := ops.Mul(opaque(wide, ops.Mul(wide, f)), g)
	whole := ops.FullLike(wide, math.Ldexp(1, FInfo(w).NMant))
	y = ops.Select(ops.Lt(ops.Abs(y), whole), ops.Div(opaque(wide, ops.Div(nearest(y), g)), f), wide)
	return ops.Select(near, small, ops.ConvertWeak(y, d, x.Aval().Weak))
}

// Clip is x limited to [lo, hi] (NumPy clip). Each bound is an Array, a Go number, or nil for none; where lo > hi the
// result is hi. Complex numbers are refused.
func Clip(x Array, lo, hi any) Array {
	const op = "jnp.Clip"
	v := x.val(op)
	kit.RefuseComplex(op, v)
	in := []*value{v}
	for _, b := range []any{lo, hi} {
		if b != nil {
			w := lift(op, b)
			kit.RefuseComplex(op, v, w)
			in = append(in, w)
		}
	}
	if len(in) == 1 {
		return x
	}
	// Each bound is promoted in turn, as Maximum and Minimum do.
	t := in[0].Aval()
	shape := t.Shape
	for i := 1; i < len(in); i++ {
		b := in[i].Aval()
		d, weak := kit.CommonType(trace.X64(in...), t, b)
		shape = kit.BroadcastShapes(op, []ir.Aval{t, b}, shape, b.Shape)
		in[i] = kit.Settle(op, in[i], d, weak)
		t = ir.Aval{Shape: shape, DType: d, Weak: weak}
	}
	type params struct{ Lo, Hi bool }
	p := params{lo != nil, hi != nil}
	return whole(op, p, in, func(in []*value) *value {
		y, rest := in[0], in[1:]
		if p.Lo {
			y = maximumOp.apply(rest[0], y).v
			rest = rest[1:]
		}
		if p.Hi {
			y = minimumOp.apply(rest[0], y).v
		}
		return y
	})
}

// NaNReplacement says what NaNToNum puts in place of NaN and the infinities: nil fields are 0, the largest and the most
// negative finite number of the dtype. Each is a Go number or an Array.
type NaNReplacement struct{ NaN, PosInf, NegInf any }

// NaNToNum is x with NaN as 0 and the infinities as the largest finite numbers (NumPy nan_to_num).
//
// Options: NaNReplacement (NaN, PosInf, NegInf).
func NaNToNum(x Array) Array { return NaNReplacement{}.NaNToNum(x) }

// NaNToNum is x with NaN and the infinities replaced as r says; complex numbers part by part.
func (r NaNReplacement) NaNToNum(x Array) Array {
	const op = "jnp.NaNToNum"
	v := x.val(op)
	if !v.DType().IsInexact() {
		return x
	}
	d := v.DType().Real()
	huge := FInfo(d).Max
	in := []*value{v}
	for i, a := range []any{r.NaN, r.PosInf, r.NegInf} {
		if a == nil {
			a = []float64{0, huge, -huge}[i]
		}
		w := lift(op, a)
		kit.RefuseComplex(op, w)
		if !kit.BroadcastsTo(w.Shape(), v.Shape()) {
			trace.Fail(op, []ir.Aval{v.Aval(), w.Aval()},
				"a replacement must have the array's shape, or one that broadcasts to it")
		}
		in = append(in, kit.Settle(op, w, d, v.Aval().Weak))
	}
	return whole(op, nil, in, func(in []*value) *value {
		return partwise(in[0], func(x *value) *value {
			with := func(cond, y *value) {
				y = kit.BroadcastTo(kit.Convert(op, y, x.DType(), x.Aval().Weak), x.Shape())
				x = ops.Select(cond, y, x)
			}
			with(isNaN(x), in[1])
			with(ops.Eq(x, ops.FullLike(x, math.Inf(1))), in[2])
			with(ops.Eq(x, ops.FullLike(x, math.Inf(-1))), in[3])
			return kit.Strong(x)
		})
	})
}
