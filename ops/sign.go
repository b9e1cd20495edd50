package ops

import (
	"math"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

type neg struct{ unaryNum }

func (neg) Name() string { return "neg" }

// Neg is -x for any number type; unsigned integers wrap around.
func Neg(x *Value) *Value { return one(neg{}, x) }

func (neg) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "stablehlo.negate", x, "")
}

func (neg) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) { return jvpLinear(c, x, t) }

func (neg) Transpose(_ trace.TransposeCtx, ct []*Value, _ []trace.Linear) []*Value {
	return transpose1(ct, Neg)
}

type sign struct{ unaryNum }

func (sign) Name() string { return "sign" }

// Sign is -1, 0 or 1 (NaN of NaN, x/|x| of a complex x) for any number type.
func Sign(x *Value) *Value { return one(sign{}, x) }

func (sign) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	if x[0].Aval.DType.IsUnsigned() { // stablehlo.sign takes none
		w := writer{e}
		zero := w.like(x[0], 0)
		return []trace.Operand{w.sel(w.cmp("EQ", x[0], zero), zero, w.like(x[0], 1))}
	}
	if x[0].Aval.DType.IsComplex() {
		x = lowerFun(e, x, func(v []*Value) []*Value { return []*Value{inReach(v[0])} })
		return hlo(e, "stablehlo.sign", x, "")
	}
	y := hlo(e, "stablehlo.sign", x, "")
	if !flushes(e, x[0].Aval.DType) {
		return y
	}
	return lowerFun(e, []trace.Operand{x[0], y[0]}, func(v []*Value) []*Value {
		whole, small := WholeSubnormals(v[0])
		return []*Value{Select(small, Clamp(ScalarLit(ir.FloatLit(-1, v[0].DType())), whole,
			ScalarLit(ir.FloatLit(1, v[0].DType()))), v[1])}
	})
}

// inReach is complex x or a positive multiple of it, so that the squares of its parts, where they count, are neither
// infinite nor subnormal. Of an infinity it is the direction, which two infinite parts do not have.
func inReach(x *Value) *Value {
	re, im := Real(x), Imag(x)
	d := re.DType()
	far := -leastPower(d) / 4
	most := Max(Abs(re), Abs(im)) // subnormal numbers may count as 0 here
	large := Gt(most, FullLike(most, math.Ldexp(1, far)))
	small := Lt(most, FullLike(most, math.Ldexp(1, -far)))
	part := func(x, other *Value) *Value {
		y, subnormal := WholeSubnormals(x)
		up := Select(subnormal, FullLike(y, math.Ldexp(1, leastPower(d)+2*far)), FullLike(y, math.Ldexp(1, 2*far)))
		scale := Select(large, FullLike(x, math.Ldexp(1, -2*far)), FullLike(x, 1))
		y = Select(small, Mul(y, up), Mul(x, scale))
		onAxis := Select(isInf(x), nan(x), ZerosLike(x))
		ofInfinity := Select(isInf(other), onAxis, FullLike(x, 1))
		ofInfinity = Select(isNegative(x), Neg(ofInfinity), ofInfinity)
		return Select(Or(isInf(x), isInf(other)), ofInfinity, y)
	}
	return Complex(part(re, im), part(im, re))
}

func (sign) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) { return jvpZero(c, x) }

type abs struct{ elementwise }

func (abs) Name() string { return "abs" }

// Abs is |x| of signed integers, floats and complex numbers, whose result is real. Unsigned integers and bool are
// refused.
func Abs(x *Value) *Value { return one(abs{}, x) }

func (abs) Infer(in []ir.Aval) ([]ir.Aval, error) {
	out, err := inferSame(in, 1, kSigned|kInexact)
	if err != nil {
		return nil, err
	}
	if d := in[0].DType; d.IsComplex() {
		a := out[0]
		a.DType = d.Real()
		return []ir.Aval{a}, nil
	}
	return out, nil
}

func (abs) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	y := hlo(e, "stablehlo.abs", x, "")
	if !x[0].Aval.DType.IsComplex() {
		return y
	}
	return lowerFun(e, []trace.Operand{x[0], y[0]}, func(v []*Value) []*Value { // of NaN beside an infinity, too
		infinite := Or(isInf(Real(v[0])), isInf(Imag(v[0])))
		return []*Value{Select(infinite, FullLike(v[1], math.Inf(1)), v[1])}
	})
}

func (abs) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) {
	return jvp1(c, x, t, func(g, y *Value) *Value {
		x := x[0]
		if x.DType().IsComplex() {
			return Real(Mul(g, Div(Conj(x), replaceZero(ConvertWeak(y, x.DType(), y.Aval().Weak)))))
		}
		if x.DType().IsFloat() {
			x = Sign(x) // which sees the subnormal ones
		}
		return Select(Ge(x, ZerosLike(x)), g, Neg(g))
	})
}

// replaceZero is x with 1 where it is 0.
func replaceZero(x *Value) *Value { return Select(Eq(x, ZerosLike(x)), Ones(x.Aval()), x) }
