package ops

import (
	"fmt"
	"math"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

type pow struct{ elementwise }

func (pow) Name() string { return "pow" }

// Pow is x to the power of y: x float or complex, y of x's dtype or of any integer type.
func Pow(x, y *Value) *Value { return one(pow{}, x, y) }

func (pow) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if err := wantOperands(in, 2); err != nil {
		return nil, err
	}
	if err := wantKind(in[0], kInexact); err != nil {
		return nil, err
	}
	if in[1].DType.IsInteger() {
		if err := sameTypes([]ir.Aval{in[0], {Shape: in[1].Shape, DType: in[0].DType}}); err != nil {
			return nil, err
		}
		out := in[0]
		out.Weak = allWeak(in)
		return []ir.Aval{out}, nil
	}
	return inferSame(in, 2, kInexact)
}

// Lower converts an integer exponent: StableHLO's power takes one dtype.
func (pow) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	base, y := x[0], x[1]
	d, by := base.Aval.DType, y.Aval.DType
	power := func(x ...trace.Operand) []trace.Operand {
		if z := inDouble(e, x, func(v []*Value) *Value { return powerOf(v[0], v[1]) }); z != nil {
			return z
		}
		return hlo(e, "stablehlo.power", x, "")
	}
	if by == d {
		return power(x...)
	}
	z := power(base, writer{e}.to("stablehlo.convert", y, d))
	if !d.IsFloat() || by.Bits() <= mantissa(d) {
		return z
	}
	return lowerFun(e, []trace.Operand{base, y, z[0]}, func(v []*Value) []*Value {
		return []*Value{wholePower(v[0], v[1], v[2])}
	})
}

// wholePower is z, x to the power of integers y rounded to x's dtype, with what the rounding lost: the sign, and, of
// numbers near 1 and -1, as others have no finite power of such a size, the last digits.
func wholePower(x, y, z *Value) *Value {
	d, by := x.DType(), y.DType()
	used := ConvertWeak(y, d, x.Aval().Weak)
	near := Mul(Convert(Sub(y, Convert(used, by)), d), Sub(Abs(x), FullLike(x, 1)))
	ok := And(IsFinite(z), Lt(Abs(near), FullLike(x, 0.5)))
	z = Select(ok, Add(z, Mul(z, near)), z)
	one := Full(y.Shape(), ir.IntLit(1, by))
	wasOdd := And(Eq(And(y, one), one), Ge(Abs(used), FullLike(x, math.Ldexp(1, mantissa(d)))))
	return Select(And(wasOdd, isNegative(x)), Neg(z), z)
}

// isNegative is where the sign bits of floats x are set.
func isNegative(x *Value) *Value {
	b := Bitcast(x, signedOf(x.DType()))
	return Lt(b, ZerosLike(b))
}

// mantissa is the number of bits that integers of float dtype d may have and be exact.
func mantissa(d ir.DType) int {
	return map[ir.DType]int{ir.Float16: 11, ir.BFloat16: 8, ir.Float32: 24, ir.Float64: 53}[d]
}

func (pow) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp2(c, x, t,
		func(g, _ *Value) *Value {
			// The power 0 has the derivative 0 everywhere, at x = 0 too: its exponent stays 0.
			y := x[1]
			less := Pow(x[0], Select(Eq(y, ZerosLike(y)), y, Sub(y, FullLike(y, 1))))
			return Mul(g, timesPower(ConvertWeak(y, x[0].DType(), y.Aval().Weak), less))
		},
		func(g, y *Value) *Value { return Mul(g, timesPower(Log(replaceZero(x[0])), y)) })
}

// timesPower is v·y of a power y, of which v is the exponent or the logarithm of the base: 0 where y is, v infinite or
// not.
func timesPower(v, y *Value) *Value {
	if y.DType().IsFloat() {
		v = Select(And(Eq(y, ZerosLike(y)), Eq(Abs(v), infinity(v))), ZerosLike(v), v)
	}
	return Mul(v, y)
}

type integerPow struct {
	elementwise
	Y int
}

func (integerPow) Name() string { return "integer_pow" }

// IntegerPow is x to the power of the Go integer n, by repeated multiplication, for any number type; integers take no
// negative n.
func IntegerPow(x *Value, n int) *Value { return one(integerPow{Y: n}, x) }

// Reciprocal is 1/x of floats and complex numbers, as lax.reciprocal.
func Reciprocal(x *Value) *Value { return IntegerPow(x, -1) }

func (o integerPow) Infer(in []ir.Aval) ([]ir.Aval, error) {
	out, err := inferSame(in, 1, kNum)
	if err == nil && o.Y < 0 && in[0].DType.IsInteger() {
		return nil, fmt.Errorf("integers cannot be raised to the negative power %d; convert to float first", o.Y)
	}
	return out, err
}

// Lower squares and multiplies. A negative power is 1 over the positive one, which rounds least, or the power of the
// reciprocal where that one leaves the range of the type.
func (o integerPow) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	w := writer{e}
	n, base := o.Y, x[0]
	switch {
	case n == 0:
		return []trace.Operand{w.like(base, 1)}
	case n > 0:
		return []trace.Operand{w.power(base, uint(n))}
	}
	one := w.like(base, 1)
	y := w.bin("stablehlo.divide", one, w.power(base, -uint(n)))
	switch c := base.Aval.DType.IsComplex(); {
	case n == -1 && c:
		return []trace.Operand{w.signedAs(y, conj{}.Lower(e, x)[0], true)}
	case n == -1 || c:
		return []trace.Operand{y}
	}
	size := w.un("stablehlo.abs", y)
	inf, zero := w.like(y, math.Inf(1)), w.like(y, 0)
	left := w.Op("stablehlo.or", []trace.Operand{w.cmp("EQ", size, inf), w.cmp("EQ", size, zero)}, "",
		y.Aval.As(ir.Bool))[0]
	return []trace.Operand{w.sel(left, w.power(w.bin("stablehlo.divide", one, base), -uint(n)), y)}
}

// power is x to the power n of 1 or more.
func (w writer) power(x trace.Operand, n uint) (y trace.Operand) {
	for first := true; ; x = w.bin("stablehlo.multiply", x, x) {
		switch {
		case n&1 == 1 && first:
			y, first = x, false
		case n&1 == 1:
			y = w.bin("stablehlo.multiply", y, x)
		}
		if n >>= 1; n == 0 {
			return y
		}
	}
}

func (o integerPow) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	if o.Y == 0 {
		return jvpZero(c, x)
	}
	return jvp1(c, x, t, func(g, y *Value) *Value {
		switch n := FullLike(x[0], float64(o.Y)); o.Y {
		case 1:
			return g
		case 2:
			return Mul(g, Mul(n, x[0]))
		case -1, -2, -3:
			return Mul(g, Mul(n, overOnce(y, x[0]))) // the next power could overflow below the line
		default:
			return Mul(g, Mul(n, IntegerPow(x[0], o.Y-1)))
		}
	})
}

// Transpose of the first power, which is the identity.
func (o integerPow) Transpose(_ trace.TransposeCtx, ct []*Value, x []trace.Linear) []*Value {
	if o.Y != 1 {
		trace.Fail(o.Name(), []ir.Aval{x[0].Aval}, "is not linear in its operand for the power %d", o.Y)
	}
	return ct[:1:1]
}

type square struct{ unaryNum }

func (square) Name() string { return "square" }

// Square is x*x for any number type.
func Square(x *Value) *Value { return one(square{}, x) }

func (square) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	if x[0].Aval.DType.IsComplex() {
		return hlo(e, "chlo.square", x, "")
	}
	return hlo(e, "stablehlo.multiply", []trace.Operand{x[0], x[0]}, "")
}

func (square) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp1(c, x, t, func(g, _ *Value) *Value { return Mul(g, Mul(FullLike(x[0], 2), x[0])) })
}
