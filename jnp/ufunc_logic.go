package jnp

import (
	"math"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Comparisons, logic, bits, and questions about numbers.

// ordered is a comparison that orders complex numbers by their real and then their imaginary parts.
func ordered(f func(x, y *value) *value) func(x, y *value) *value {
	return func(x, y *value) *value {
		if !x.DType().IsComplex() {
			return f(x, y)
		}
		xr, yr := ops.Real(x), ops.Real(y)
		return ops.Select(ops.Eq(xr, yr), f(ops.Imag(x), ops.Imag(y)), f(xr, yr))
	}
}

var (
	lessV         = ordered(ops.Lt)
	lessEqualV    = ordered(ops.Le)
	greaterV      = ordered(ops.Gt)
	greaterEqualV = ordered(ops.Ge)
)

// compare is binary for ordered comparisons, which are several operations on complex numbers.
func compare(op string, x, y *value, f func(x, y *value) *value) Array {
	if x.DType().IsComplex() || y.DType().IsComplex() {
		return binaryAs(op, x, y, f, several)
	}
	return binary(op, x, y, f)
}

// Equal is x == y elementwise, a bool array (NumPy equal). NaN equals nothing.
func Equal[A, B Operand](x A, y B) Array {
	const op = "jnp.Equal"
	return binary(op, wide(x, op), wide(y, op), ops.Eq)
}

// NotEqual is x != y elementwise, a bool array (NumPy not_equal).
func NotEqual[A, B Operand](x A, y B) Array {
	const op = "jnp.NotEqual"
	return binary(op, wide(x, op), wide(y, op), ops.Ne)
}

// Less is x < y elementwise, a bool array (NumPy less). Complex numbers are ordered by their real, then their imaginary parts.
func Less[A, B Operand](x A, y B) Array {
	const op = "jnp.Less"
	return compare(op, wide(x, op), wide(y, op), lessV)
}

// LessEqual is x <= y elementwise, a bool array (NumPy less_equal).
func LessEqual[A, B Operand](x A, y B) Array {
	const op = "jnp.LessEqual"
	return compare(op, wide(x, op), wide(y, op), lessEqualV)
}

// Greater is x > y elementwise, a bool array (NumPy greater).
func Greater[A, B Operand](x A, y B) Array {
	const op = "jnp.Greater"
	return compare(op, wide(x, op), wide(y, op), greaterV)
}

// GreaterEqual is x >= y elementwise, a bool array (NumPy greater_equal).
func GreaterEqual[A, B Operand](x A, y B) Array {
	const op = "jnp.GreaterEqual"
	return compare(op, wide(x, op), wide(y, op), greaterEqualV)
}

func logical(op string, x, y *value, f func(x, y *value) *value) Array {
	if x.DType() == ir.Bool && y.DType() == ir.Bool {
		return binary(op, x, y, f)
	}
	return binaryAs(op, x, y, func(x, y *value) *value { return f(toBool(x), toBool(y)) }, several)
}

// LogicalAnd is the "and" of x != 0 and y != 0 (NumPy logical_and).
func LogicalAnd[A, B Operand](x A, y B) Array {
	const op = "jnp.LogicalAnd"
	return logical(op, wide(x, op), wide(y, op), ops.And)
}

// LogicalOr is the "or" of x != 0 and y != 0 (NumPy logical_or).
func LogicalOr[A, B Operand](x A, y B) Array {
	const op = "jnp.LogicalOr"
	return logical(op, wide(x, op), wide(y, op), ops.Or)
}

// LogicalXor is whether one of x != 0 and y != 0 holds, but not both (NumPy logical_xor).
func LogicalXor[A, B Operand](x A, y B) Array {
	const op = "jnp.LogicalXor"
	return logical(op, wide(x, op), wide(y, op), ops.Xor)
}

// LogicalNot is x == 0 (NumPy logical_not).
func LogicalNot(x Array) Array {
	v := x.val("jnp.LogicalNot")
	if v.DType() == ir.Bool {
		return Wrap(ops.Not(v))
	}
	return whole1("jnp.LogicalNot", nil, v, func(v *value) *value { return ops.Not(toBool(v)) })
}

func bitwise(op string, x, y *value, f func(x, y *value) *value) Array {
	refuseInexact(op, x, y)
	d, _ := promote(trace.X64(x, y), x.Aval(), y.Aval())
	refuseBits(op, x, y, d)
	return binary(op, x, y, f)
}

// refuseBits refuses integers that have no common integer type.
func refuseBits(op string, x, y *value, d ir.DType) {
	if d.IsInexact() {
		trace.Fail(op, []ir.Aval{x.Aval(), y.Aval()}, "uint64 and signed integers have no common integer type (promoted they are %v); convert one of them first, with x.AsType", d)
	}
}

// BitwiseAnd is x & y of integers or bools (NumPy bitwise_and).
func BitwiseAnd[A, B Operand](x A, y B) Array {
	const op = "jnp.BitwiseAnd"
	return bitwise(op, wide(x, op), wide(y, op), ops.And)
}

// BitwiseOr is x | y of integers or bools (NumPy bitwise_or).
func BitwiseOr[A, B Operand](x A, y B) Array {
	const op = "jnp.BitwiseOr"
	return bitwise(op, wide(x, op), wide(y, op), ops.Or)
}

// BitwiseXor is x ^ y of integers or bools (NumPy bitwise_xor).
func BitwiseXor[A, B Operand](x A, y B) Array {
	const op = "jnp.BitwiseXor"
	return bitwise(op, wide(x, op), wide(y, op), ops.Xor)
}

// Invert is the complement of every bit of integers, "not" of bools (NumPy invert, bitwise_not).
func Invert(x Array) Array {
	v := x.val("jnp.Invert")
	refuseInexact("jnp.Invert", v)
	return Wrap(ops.Not(v))
}

// LeftShift is x << y of integers (NumPy left_shift), 0 where y is not below the width of the type.
func LeftShift[A, B Operand](x A, y B) Array {
	const op = "jnp.LeftShift"
	return shift(op, wide(x, op), wide(y, op), ops.ShiftLeft)
}

// RightShift is x >> y of integers, keeping the sign of signed ones (NumPy right_shift).
func RightShift[A, B Operand](x A, y B) Array {
	const op = "jnp.RightShift"
	return shift(op, wide(x, op), wide(y, op), func(x, y *value) *value {
		if x.DType().IsUnsigned() {
			return ops.ShiftRightLogical(x, y)
		}
		return ops.ShiftRightArithmetic(x, y)
	})
}

func shift(op string, x, y *value, f func(x, y *value) *value) Array {
	refuseInexact(op, x, y)
	d, _ := promote(trace.X64(x, y), x.Aval(), y.Aval())
	refuseBits(op, x, y, d)
	if d == ir.Bool {
		return binaryAs(op, x, y, f, toNumeric)
	}
	return binary(op, x, y, f)
}

// BitwiseCount is the number of one bits of |x|, as uint8 (NumPy bitwise_count).
func BitwiseCount(x Array) Array {
	v := x.val("jnp.BitwiseCount")
	refuseInexact("jnp.BitwiseCount", v)
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
	refuseComplex(op, v)
	return whole1(op, nil, v, func(v *value) *value {
		if !v.DType().IsFloat() {
			return boolLike(v, false)
		}
		return strong(ops.Eq(v, konst(v, inf)))
	})
}

// SignBit is whether the sign bit of a float is set (also of -0 and NaN), x < 0 for integers (NumPy signbit). Complex x is refused.
func SignBit(x Array) Array {
	v := x.val("jnp.SignBit")
	refuseComplex("jnp.SignBit", v)
	return whole1("jnp.SignBit", nil, v, func(v *value) *value { return signBit("jnp.SignBit", v) })
}

// IsReal is whether the imaginary part is 0 (NumPy isreal).
func IsReal(x Array) Array {
	return whole1("jnp.IsReal", nil, x.val("jnp.IsReal"), func(v *value) *value {
		im := konst(v, 0) // of reals
		if v.DType().IsComplex() {
			im = ops.Imag(v)
		} else if v.DType() == ir.Bool {
			im = strong(im)
		}
		return strongArray(ops.Eq(im, konst(im, 0)))
	})
}

// IsComplex is whether the imaginary part is not 0 (NumPy iscomplex).
func IsComplex(x Array) Array {
	return whole1("jnp.IsComplex", nil, x.val("jnp.IsComplex"), func(v *value) *value {
		im := konst(v, 0) // of reals
		if v.DType().IsComplex() {
			im = ops.Imag(v)
		} else if v.DType() == ir.Bool {
			im = strong(im)
		}
		return strongArray(ops.Ne(im, konst(im, 0)))
	})
}

// Tolerance is how near numbers must be to count as close: |x - y| <= ATol + RTol * |y|. nil is 1e-5 for RTol and 1e-8 for ATol;
// otherwise each is a Go number or an Array. With EqualNaN, NaN is close to NaN.
type Tolerance struct {
	RTol, ATol any
	EqualNaN   bool
}

// IsClose is whether x and y are nearly equal, elementwise (NumPy isclose with its default tolerances).
func IsClose(x, y Array) Array { return Tolerance{}.IsClose(x, y) }

// IsClose is whether x and y are close to each other as t says, elementwise. Infinities are close to themselves.
func (t Tolerance) IsClose(x, y Array) Array {
	return t.isClose("jnp.IsClose", x, y, func(v *value) *value { return v })
}

// AllClose is whether all elements of x and y are close: a bool scalar (NumPy allclose).
func AllClose(x, y Array) Array { return Tolerance{}.AllClose(x, y) }

// AllClose is whether IsClose holds everywhere: a bool scalar.
func (t Tolerance) AllClose(x, y Array) Array { return t.isClose("jnp.AllClose", x, y, allTrue) }

func (t Tolerance) isClose(op string, x, y Array, then func(*value) *value) Array {
	a, b := x.val(op), y.val(op)
	tol := func(t any, otherwise float64) *value {
		if t == nil {
			t = otherwise
		}
		return wide(t, op)
	}
	d, _ := promote(trace.X64(a, b), a.Aval(), b.Aval())
	d = inexact(d).Real()
	in := []*value{a, b, cheap(op, tol(t.RTol, 1e-5), d, false), cheap(op, tol(t.ATol, 1e-8), d, false)}
	type params struct{ EqualNaN bool }
	p := params{t.EqualNaN}
	return whole(op, p, in, func(in []*value) *value {
		// First as integers where they are, so that what their common type cannot hold wraps around, as in JAX.
		a, b := pair(op, in[0], in[1], 0)
		a, b = asInexact(a), asInexact(b)
		shape := broadcastShapes(op, a.Shape(), in[2].Shape(), in[3].Shape())
		a, b = broadcastTo(a, shape), broadcastTo(b, shape)
		mag := ops.Abs(b)
		like := func(v *value) *value {
			return broadcastTo(convert(op, v, mag.DType(), mag.Aval().Weak), shape)
		}
		near := ops.Le(ops.Abs(ops.Sub(a, b)), ops.Add(like(in[3]), ops.Mul(like(in[2]), mag)))
		out := ops.Or(ops.Eq(a, b), ops.And(isFinite(b), near))
		if p.EqualNaN {
			out = ops.Or(out, ops.And(isNaN(a), isNaN(b)))
		}
		return then(strong(out))
	})
}

func allTrue(v *value) *value {
	axes := make([]int, v.Rank())
	for i := range axes {
		axes[i] = i
	}
	return ops.ReduceAnd(v, axes)
}

// ArrayEquiv is whether x and y are equal once broadcast to one shape: a bool scalar, false where they cannot be (NumPy
// array_equiv).
func ArrayEquiv(x, y Array) Array {
	const op = "jnp.ArrayEquiv"
	a, b := x.val(op), y.val(op)
	n := min(a.Rank(), b.Rank())
	for i := 1; i <= n; i++ {
		if p, q := a.Shape()[a.Rank()-i], b.Shape()[b.Rank()-i]; p != q && p != 1 && q != 1 {
			return onDeviceScalar(lift(false, op))
		}
	}
	return allEqual(op, a, b, false)
}

// ArrayEqual is whether x and y have the same shape and elements: a bool scalar (NumPy array_equal). NaN equals nothing.
func ArrayEqual(x, y Array) Array { return Tolerance{}.ArrayEqual(x, y) }

// ArrayEqual is whether x and y have the same shape and elements; with t.EqualNaN, NaN equals NaN. The tolerances have no part in it.
func (t Tolerance) ArrayEqual(x, y Array) Array {
	const op = "jnp.ArrayEqual"
	a, b := x.val(op), y.val(op)
	if !sameShape(a, b) {
		return onDeviceScalar(lift(false, op))
	}
	return allEqual(op, a, b, t.EqualNaN)
}

func allEqual(op string, a, b *value, equalNaN bool) Array {
	return whole(op, equalNaN, []*value{a, b}, func(in []*value) *value {
		a, b := pair(op, in[0], in[1], 0)
		eq := ops.Eq(a, b)
		if equalNaN {
			eq = ops.Or(eq, ops.And(isNaN(a), isNaN(b)))
		}
		return allTrue(eq)
	})
}
