package jnp

import (
	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ops"
)

// Arithmetic and comparisons as methods. y is an Array, a Go number or bool, or a (nested) slice of them; anything else
// panics with a message.

// Add is x + y elementwise. See the function Add.
func (x Array) Add(y any) Array { return addOp.method(x, y) }

// Sub is x - y elementwise. See the function Sub.
func (x Array) Sub(y any) Array {
	v := x.val(subOp.name)
	return subArrays(v, liftSecond(subOp.name, v, y))
}

// Mul is x * y elementwise. See the function Mul.
func (x Array) Mul(y any) Array { return mulOp.method(x, y) }

// Div is x / y elementwise, in floating point. See the function Div.
func (x Array) Div(y any) Array { return divOp.method(x, y) }

// FloorDiv is the largest integer not above x / y. See FloorDivide.
func (x Array) FloorDiv(y any) Array { return floorDivideOp.method(x, y) }

// Mod is the remainder of FloorDiv, with the sign of y. See the function Mod.
func (x Array) Mod(y any) Array { return modOp.method(x, y) }

// Pow is x to the power y. See Power.
func (x Array) Pow(y any) Array { return power("jnp.Power", x.val("jnp.Power"), y) }

// Neg is -x.
func (x Array) Neg() Array { return Neg(x) }

// Abs is the absolute value of x.
func (x Array) Abs() Array { return Abs(x) }

// Eq is x == y elementwise, a bool array. See Equal.
func (x Array) Eq(y any) Array { return equalOp.method(x, y) }

// Ne is x != y elementwise, a bool array. See NotEqual.
func (x Array) Ne(y any) Array { return notEqualOp.method(x, y) }

// Lt is x < y elementwise, a bool array. See Less.
func (x Array) Lt(y any) Array { return lessOp.method(x, y) }

// Le is x <= y elementwise, a bool array. See LessEqual.
func (x Array) Le(y any) Array { return lessEqualOp.method(x, y) }

// Gt is x > y elementwise, a bool array. See Greater.
func (x Array) Gt(y any) Array { return greaterOp.method(x, y) }

// Ge is x >= y elementwise, a bool array. See GreaterEqual.
func (x Array) Ge(y any) Array { return greaterEqualOp.method(x, y) }

// And is x & y of bools or integers, bit by bit. See BitwiseAnd.
func (x Array) And(y any) Array { return bitwiseAndOp.method(x, y) }

// Or is x | y of bools or integers, bit by bit. See BitwiseOr.
func (x Array) Or(y any) Array { return bitwiseOrOp.method(x, y) }

// Xor is x ^ y of bools or integers, bit by bit. See BitwiseXor.
func (x Array) Xor(y any) Array { return bitwiseXorOp.method(x, y) }

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

// AsType is x converted to dtype d (NumPy astype), strongly typed: floats are cut to integers towards zero, and what
// does not fit is limited to the range; numbers become bool by != 0; complex numbers lose their imaginary part. While
// 64-bit types are off, a 64-bit d is its 32-bit counterpart, which is said once on stderr.
func (x Array) AsType(d DType) Array {
	v := x.val("jnp.AsType")
	d = kit.AskedDType("jnp.AsType", d, v.Aval())
	if a := v.Aval(); a.DType == d && !a.Weak {
		return x
	}
	return Wrap(ops.Convert(v, d))
}

// PTP is jnp.PTP.
func (x Array) PTP(axes ...int) Array { return PTP(x, axes...) }

// Nonzero is jnp.Nonzero.
func (x Array) Nonzero() []Array { return Nonzero(x) }

// Repeat is jnp.Repeat; repeats is an int, a []int or an Array of integers.
func (x Array) Repeat(repeats any, axis ...int) Array {
	return Repetition{}.Repeat(x, repeats, axis...)
}

// ArgPartition is jnp.ArgPartition.
func (x Array) ArgPartition(kth int, axis ...int) Array { return ArgPartition(x, kth, axis...) }

// SearchSorted is jnp.SearchSorted: x is the sorted array.
func (x Array) SearchSorted(v any) Array { return Search{}.SearchSorted(x, v) }

// Choose is jnp.Choose: x says which of choices.
func (x Array) Choose(choices ...Array) Array { return Choose(x, choices...) }

// Compress is jnp.Compress of x.
func (x Array) Compress(condition Array, axis ...int) Array { return Compress(condition, x, axis...) }

// Diagonal is jnp.Diagonal.
func (x Array) Diagonal(kAxes ...int) Array { return Diagonal(x, kAxes...) }

// Trace is jnp.Trace.
func (x Array) Trace(axes ...int) Array { return Trace(x, axes...) }
