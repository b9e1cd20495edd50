package jnp

import (
	"math"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Comparisons, logic, bits, and questions about numbers.

var (
	equalOp        = binaryOp{"jnp.Equal", ops.EqExact, compares}
	notEqualOp     = binaryOp{"jnp.NotEqual", ops.NeExact, compares}
	lessOp         = binaryOp{"jnp.Less", lessV, compares | severalForComplex}
	lessEqualOp    = binaryOp{"jnp.LessEqual", lessEqualV, compares | severalForComplex}
	greaterOp      = binaryOp{"jnp.Greater", greaterV, compares | severalForComplex}
	greaterEqualOp = binaryOp{"jnp.GreaterEqual", greaterEqualV, compares | severalForComplex}
	logicalAndOp   = binaryOp{"jnp.LogicalAnd", logical("jnp.LogicalAnd", ops.And), severalForNumbers}
	logicalOrOp    = binaryOp{"jnp.LogicalOr", logical("jnp.LogicalOr", ops.Or), severalForNumbers}
	logicalXorOp   = binaryOp{"jnp.LogicalXor", logical("jnp.LogicalXor", ops.Xor), severalForNumbers}
	bitwiseAndOp   = binaryOp{"jnp.BitwiseAnd", ops.And, refusesInexact}
	bitwiseOrOp    = binaryOp{"jnp.BitwiseOr", ops.Or, refusesInexact}
	bitwiseXorOp   = binaryOp{"jnp.BitwiseXor", ops.Xor, refusesInexact}
	leftShiftOp    = binaryOp{"jnp.LeftShift", ops.ShiftLeft, refusesInexact | toNumeric}
	rightShiftOp   = binaryOp{"jnp.RightShift", rightShiftV, refusesInexact | toNumeric}
)

// logical is f of x != 0 and y != 0.
func logical(op string, f func(x, y *value) *value) func(x, y *value) *value {
	return func(x, y *value) *value { return f(truth(op, x), truth(op, y)) }
}

// ordered is a comparison that orders complex numbers by their real and then their imaginary parts.
func ordered(f func(x, y *value) *value) func(x, y *value) *value {
	return func(x, y *value) *value {
		if !x.DType().IsComplex() {
			return f(x, y)
		}
		xr, yr := ops.Real(x), ops.Real(y)
		return ops.Select(ops.EqExact(xr, yr), f(ops.Imag(x), ops.Imag(y)), f(xr, yr))
	}
}

var (
	lessV         = ordered(ops.LtExact)
	lessEqualV    = ordered(ops.LeExact)
	greaterV      = ordered(ops.GtExact)
	greaterEqualV = ordered(ops.GeExact)
)

// Equal is x == y elementwise, a bool array (NumPy equal). NaN equals nothing. Integers of all types are compared as
// the numbers they are, also with Go integers that the other operand's dtype cannot hold; integers and floats are
// brought to their common dtype first. This holds for the other comparisons, too.
func Equal[A, B Operand](x A, y B) Array { return equalOp.call(x, y) }

// NotEqual is x != y elementwise, a bool array (NumPy not_equal).
func NotEqual[A, B Operand](x A, y B) Array { return notEqualOp.call(x, y) }

// Less is x < y elementwise, a bool array (NumPy less). Complex numbers are ordered by their real, then their imaginary
// parts.
func Less[A, B Operand](x A, y B) Array { return lessOp.call(x, y) }

// LessEqual is x <= y elementwise, a bool array (NumPy less_equal).
func LessEqual[A, B Operand](x A, y B) Array { return lessEqualOp.call(x, y) }

// Greater is x > y elementwise, a bool array (NumPy greater).
func Greater[A, B Operand](x A, y B) Array { return greaterOp.call(x, y) }

// GreaterEqual is x >= y elementwise, a bool array (NumPy greater_equal).
func GreaterEqual[A, B Operand](x A, y B) Array { return greaterEqualOp.call(x, y) }

// LogicalAnd is the "and" of x != 0 and y != 0 (NumPy logical_and).
func LogicalAnd[A, B Operand](x A, y B) Array { return logicalAndOp.call(x, y) }

// LogicalOr is the "or" of x != 0 and y != 0 (NumPy logical_or).
func LogicalOr[A, B Operand](x A, y B) Array { return logicalOrOp.call(x, y) }

// LogicalXor is whether one of x != 0 and y != 0 holds, but not both (NumPy logical_xor).
func LogicalXor[A, B Operand](x A, y B) Array { return logicalXorOp.call(x, y) }

// LogicalNot is x == 0 (NumPy logical_not).
func LogicalNot(x Array) Array {
	const op = "jnp.LogicalNot"
	v := x.val(op)
	if v.DType() == ir.Bool {
		return Wrap(ops.Not(v))
	}
	return whole1(op, nil, v, func(v *value) *value { return ops.Not(truth(op, v)) })
}

// BitwiseAnd is x & y of integers or bools (NumPy bitwise_and).
func BitwiseAnd[A, B Operand](x A, y B) Array { return bitwiseAndOp.call(x, y) }

// BitwiseOr is x | y of integers or bools (NumPy bitwise_or).
func BitwiseOr[A, B Operand](x A, y B) Array { return bitwiseOrOp.call(x, y) }

// BitwiseXor is x ^ y of integers or bools (NumPy bitwise_xor).
func BitwiseXor[A, B Operand](x A, y B) Array { return bitwiseXorOp.call(x, y) }

// Invert is the complement of every bit of integers, "not" of bools (NumPy invert, bitwise_not).
func Invert(x Array) Array {
	v := x.val("jnp.Invert")
	kit.RefuseInexact("jnp.Invert", v)
	return Wrap(ops.Not(v))
}

// LeftShift is x << y of integers (NumPy left_shift), 0 where y is not below the width of the type.
func LeftShift[A, B Operand](x A, y B) Array { return leftShiftOp.call(x, y) }

// RightShift is x >> y of integers, keeping the sign of signed ones (NumPy right_shift).
func RightShift[A, B Operand](x A, y B) Array { return rightShiftOp.call(x, y) }

func rightShiftV(x, y *value) *value {
	if x.DType().IsUnsigned() {
		return ops.ShiftRightLogical(x, y)
	}
	return ops.ShiftRightArithmetic(x, y)
}

// BitwiseCount is the number of one bits of |x|, as uint8 (NumPy bitwise_count).
func BitwiseCount(x Array) Array {
	v := x.val("jnp.BitwiseCount")
	kit.RefuseInexact("jnp.BitwiseCount", v)
	return whole1("jnp.BitwiseCount", nil, v, func(v *value) *value {
		if v.DType() == ir.Bool {
			v = ops.Convert(v, ir.Int32)
		}
		if v.DType().IsSigned() {
			v = ops.Abs(v)
		}
		return ops.Convert(ops.PopulationCount(v), ir.Uint8)
	})
}

// IsNaN is whether x is not a number, either part of a complex one (NumPy isnan).
func IsNaN(x Array) Array {
	v := x.val("jnp.IsNaN")
	return Wrap(ops.Ne(v, v))
}

// IsInf is whether x is infinite, either part of a complex one (NumPy isinf).
func IsInf(x Array) Array { return whole1("jnp.IsInf", nil, x.val("jnp.IsInf"), isInf) }

// IsFinite is whether x is neither infinite nor NaN (NumPy isfinite).
func IsFinite(x Array) Array {
	v := x.val("jnp.IsFinite")
	if v.DType().IsFloat() {
		return Wrap(ops.IsFinite(v))
	}
	return whole1("jnp.IsFinite", nil, v, isFinite)
}

// IsPosInf is whether x is +inf (NumPy isposinf). Complex x is refused.
func IsPosInf(x Array) Array { return isOneInf("jnp.IsPosInf", x, math.Inf(1)) }

// IsNegInf is whether x is -inf (NumPy isneginf). Complex x is refused.
func IsNegInf(x Array) Array { return isOneInf("jnp.IsNegInf", x, math.Inf(-1)) }

func isOneInf(op string, x Array, inf float64) Array {
	v := x.val(op)
	kit.RefuseComplex(op, v)
	return whole1(op, nil, v, func(v *value) *value {
		if !v.DType().IsFloat() {
			return boolLike(v, false)
		}
		return kit.Strong(ops.Eq(v, ops.FullLike(v, inf)))
	})
}

// SignBit is whether the sign bit of a float is set (also of -0 and NaN), x < 0 for integers (NumPy signbit). Complex x
// is refused.
func SignBit(x Array) Array {
	v := x.val("jnp.SignBit")
	kit.RefuseComplex("jnp.SignBit", v)
	return whole1("jnp.SignBit", nil, v, signBit)
}

// IsReal is whether the imaginary part is 0 (NumPy isreal).
func IsReal(x Array) Array { return imaginaryPart("jnp.IsReal", x, ops.Eq) }

// IsComplex is whether the imaginary part is not 0 (NumPy iscomplex).
func IsComplex(x Array) Array { return imaginaryPart("jnp.IsComplex", x, ops.Ne) }

// imaginaryPart compares the imaginary part of x with 0.
func imaginaryPart(op string, x Array, compare func(x, y *value) *value) Array {
	return whole1(op, nil, x.val(op), func(v *value) *value {
		im := ops.FullLike(v, 0) // of reals
		if v.DType().IsComplex() {
			im = ops.Imag(v)
		} else if v.DType() == ir.Bool {
			im = kit.Strong(im)
		}
		return strongArray(compare(im, ops.FullLike(im, 0)))
	})
}

// Tolerance is how near numbers must be to count as close: |x - y| <= ATol + RTol * |y|. nil is 1e-5 for RTol and 1e-8
// for ATol; otherwise each is a Go number or an Array. With EqualNaN, NaN is close to NaN.
type Tolerance struct {
	RTol, ATol any
	EqualNaN   bool
}

// IsClose is whether x and y are nearly equal, elementwise (NumPy isclose with its default tolerances).
//
// Options: Tolerance (RTol, ATol, EqualNaN).
func IsClose[A, B Operand](x A, y B) Array { return Tolerance{}.IsClose(x, y) }

// IsClose is whether x and y are close to each other as t says, elementwise. Infinities are close to themselves.
func (t Tolerance) IsClose(x, y any) Array {
	return t.isClose("jnp.IsClose", x, y, func(v *value) *value { return v })
}

// AllClose is whether all elements of x and y are close: a bool scalar (NumPy allclose).
//
// Options: Tolerance (RTol, ATol, EqualNaN).
func AllClose[A, B Operand](x A, y B) Array { return Tolerance{}.AllClose(x, y) }

// AllClose is whether IsClose holds everywhere: a bool scalar.
func (t Tolerance) AllClose(x, y any) Array { return t.isClose("jnp.AllClose", x, y, allTrue) }

func (t Tolerance) isClose(op string, x, y any, then func(*value) *value) Array {
	a, b := kit.LiftAlone(op, x), kit.LiftAlone(op, y)
	tol := func(t any, otherwise float64) *value {
		if t == nil {
			t = otherwise
		}
		return lift(op, t)
	}
	d, _ := kit.CommonType(trace.X64(a, b), a.Aval(), b.Aval())
	d = kit.Inexact(d).Real()
	in := []*value{a, b, kit.Settle(op, tol(t.RTol, 1e-5), d, false), kit.Settle(op, tol(t.ATol, 1e-8), d, false)}
	type params struct{ EqualNaN bool }
	p := params{t.EqualNaN}
	return whole(op, p, in, func(in []*value) *value {
		// First as integers where they are, so that what their common type cannot hold wraps around, as in JAX.
		t := commonType(op, in[0], in[1], 0)
		a, b := t.fit(op, in[0]), t.fit(op, in[1])
		a, b = kit.AsInexact(a), kit.AsInexact(b)
		shape := kit.BroadcastShapes(op, nil, a.Shape(), in[2].Shape(), in[3].Shape())
		a, b = kit.BroadcastTo(a, shape), kit.BroadcastTo(b, shape)
		mag := ops.Abs(b)
		like := func(v *value) *value {
			return kit.BroadcastTo(kit.Convert(op, v, mag.DType(), mag.Aval().Weak), shape)
		}
		near := ops.Le(ops.Abs(ops.Sub(a, b)), ops.Add(like(in[3]), ops.Mul(like(in[2]), mag)))
		out := ops.Or(ops.Eq(a, b), ops.And(isFinite(b), near))
		if p.EqualNaN {
			out = ops.Or(out, ops.And(isNaN(a), isNaN(b)))
		}
		return then(kit.Strong(out))
	})
}

func allTrue(v *value) *value {
	return ops.ReduceAnd(v, kit.UpTo(v.Rank()))
}

// ArrayEquiv is whether x and y are equal once broadcast to one shape: a bool scalar, false where they cannot be (NumPy
// array_equiv).
func ArrayEquiv[A, B Operand](x A, y B) Array {
	const op = "jnp.ArrayEquiv"
	a, b := kit.LiftAlone(op, x), kit.LiftAlone(op, y)
	n := min(a.Rank(), b.Rank())
	for i := 1; i <= n; i++ {
		if p, q := a.Shape()[a.Rank()-i], b.Shape()[b.Rank()-i]; p != q && p != 1 && q != 1 {
			return onDeviceScalar(kit.LiftAlone(op, false))
		}
	}
	return allEqual(op, a, b, false)
}

// ArrayEqual is whether x and y have the same shape and elements: a bool scalar (NumPy array_equal). NaN equals
// nothing.
//
// Options: Tolerance (EqualNaN).
func ArrayEqual[A, B Operand](x A, y B) Array { return Tolerance{}.ArrayEqual(x, y) }

// ArrayEqual is whether x and y have the same shape and elements; with t.EqualNaN, NaN equals NaN. The tolerances have
// no part in it.
func (t Tolerance) ArrayEqual(x, y any) Array {
	const op = "jnp.ArrayEqual"
	a, b := kit.LiftAlone(op, x), kit.LiftAlone(op, y)
	if !sameShape(a, b) {
		return onDeviceScalar(kit.LiftAlone(op, false))
	}
	return allEqual(op, a, b, t.EqualNaN)
}

func allEqual(op string, a, b *value, equalNaN bool) Array {
	return whole(op, equalNaN, []*value{a, b}, func(in []*value) *value {
		eq := comparedAs(op, ops.EqExact, in[0], in[1])
		if equalNaN {
			t := commonType(op, in[0], in[1], 0)
			eq = ops.Or(eq, ops.And(isNaN(t.fit(op, in[0])), isNaN(t.fit(op, in[1]))))
		}
		return allTrue(eq)
	})
}
