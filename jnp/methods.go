package jnp

import (
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Arithmetic and comparisons as methods. y is an Array, a Go number or bool, or a (nested) slice of them; anything else
// panics with a message.

// Add is x + y elementwise. See the function Add.
func (x Array) Add(y any) Array {
	const op = "jnp.Add"
	return binary(op, x.val(op), beside(x.v, y, op), addV)
}

// Sub is x - y elementwise. See the function Sub.
func (x Array) Sub(y any) Array { return subArrays(x.val("jnp.Sub"), beside(x.v, y, "jnp.Sub")) }

// Mul is x * y elementwise. See the function Mul.
func (x Array) Mul(y any) Array {
	const op = "jnp.Mul"
	return binary(op, x.val(op), beside(x.v, y, op), mulV)
}

// Div is x / y elementwise, in floating point. See the function Div.
func (x Array) Div(y any) Array {
	const op = "jnp.Div"
	return binaryAs(op, x.val(op), beside(x.v, y, op), ops.Div, toInexact)
}

// FloorDiv is the largest integer not above x / y. See FloorDivide.
func (x Array) FloorDiv(y any) Array {
	return floorDivide("jnp.FloorDivide", x.val("jnp.FloorDivide"), wide(y, "jnp.FloorDivide"))
}

// Mod is the remainder of FloorDiv, with the sign of y. See the function Mod.
func (x Array) Mod(y any) Array { return mod("jnp.Mod", x.val("jnp.Mod"), wide(y, "jnp.Mod")) }

// Pow is x to the power y. See Power.
func (x Array) Pow(y any) Array { return power("jnp.Power", x.val("jnp.Power"), y) }

// Neg is -x.
func (x Array) Neg() Array { return Neg(x) }

// Abs is the absolute value of x.
func (x Array) Abs() Array { return Abs(x) }

// Eq is x == y elementwise, a bool array. See Equal.
func (x Array) Eq(y any) Array {
	const op = "jnp.Equal"
	return binary(op, x.val(op), beside(x.v, y, op), ops.Eq)
}

// Ne is x != y elementwise, a bool array. See NotEqual.
func (x Array) Ne(y any) Array {
	const op = "jnp.NotEqual"
	return binary(op, x.val(op), beside(x.v, y, op), ops.Ne)
}

// Lt is x < y elementwise, a bool array. See Less.
func (x Array) Lt(y any) Array {
	const op = "jnp.Less"
	return compare(op, x.val(op), beside(x.v, y, op), lessV)
}

// Le is x <= y elementwise, a bool array. See LessEqual.
func (x Array) Le(y any) Array {
	const op = "jnp.LessEqual"
	return compare(op, x.val(op), beside(x.v, y, op), lessEqualV)
}

// Gt is x > y elementwise, a bool array. See Greater.
func (x Array) Gt(y any) Array {
	const op = "jnp.Greater"
	return compare(op, x.val(op), beside(x.v, y, op), greaterV)
}

// Ge is x >= y elementwise, a bool array. See GreaterEqual.
func (x Array) Ge(y any) Array {
	const op = "jnp.GreaterEqual"
	return compare(op, x.val(op), beside(x.v, y, op), greaterEqualV)
}

// And is x & y of bools or integers, bit by bit. See BitwiseAnd.
func (x Array) And(y any) Array {
	const op = "jnp.BitwiseAnd"
	return bitwise(op, x.val(op), beside(x.v, y, op), ops.And)
}

// Or is x | y of bools or integers, bit by bit. See BitwiseOr.
func (x Array) Or(y any) Array {
	const op = "jnp.BitwiseOr"
	return bitwise(op, x.val(op), beside(x.v, y, op), ops.Or)
}

// Xor is x ^ y of bools or integers, bit by bit. See BitwiseXor.
func (x Array) Xor(y any) Array {
	const op = "jnp.BitwiseXor"
	return bitwise(op, x.val(op), beside(x.v, y, op), ops.Xor)
}

// Not is the complement of bools or of the bits of integers. See Invert.
func (x Array) Not() Array { return Invert(x) }

// Real is the real part of x.
func (x Array) Real() Array { return Real(x) }

// Imag is the imaginary part of x.
func (x Array) Imag() Array { return Imag(x) }

// Conj is the complex conjugate of x.
func (x Array) Conj() Array { return Conj(x) }

// Clip is x limited to [lo, hi]; nil is no limit. See the function Clip.
func (x Array) Clip(lo, hi any) Array { return Clip(x, lo, hi) }

// Round is x rounded to decimals, 0 by default, halves to even. See the function Round.
func (x Array) Round(decimals ...int) Array { return Round(x, decimals...) }

// AsType is x converted to dtype d (NumPy astype), strongly typed: floats are cut to integers towards zero, and what does not
// fit is limited to the range; numbers become bool by != 0; complex numbers lose their imaginary part. While 64-bit types are
// off, a 64-bit d is its 32-bit counterpart, which is said once on stderr.
func (x Array) AsType(d DType) Array {
	v := x.val("jnp.AsType")
	d = canonical("jnp.AsType", d, v.Aval())
	if a := v.Aval(); a.DType == d && !a.Weak {
		return x
	}
	return Wrap(ops.Convert(v, d))
}

// checkDType refuses a d that is no dtype, in a call on operands of types in.
func checkDType(op string, d DType, in ...ir.Aval) {
	if !d.Valid() {
		trace.Fail(op, in, "dtype %d is not one of the dtypes, such as jnp.Float32", uint8(d))
	}
}

// canonical is the dtype a user asked for under the x64 setting in force.
func canonical(op string, d DType, in ...ir.Aval) DType {
	checkDType(op, d, in...)
	c := d.Canonical(trace.X64())
	if c != d {
		sayNarrowing(op, "dtype %v is taken as %v", d, c)
	}
	return c
}
