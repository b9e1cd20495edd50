package jnp

// The functions of one array that formulas are made of, as methods, so that a chain reads from left to right:
// x.Sub(y).Square().Sum().Neg().Exp(). They are NumPy's powers, exponentials, logarithms, circular and hyperbolic
// functions, rounding, and questions about single numbers; each is the function of its name, with the same program.

// Square is x times x, elementwise. See the function Square.
func (x Array) Square() Array { return Square(x) }

// Sqrt is the square root of x, NaN below 0, elementwise. See the function Sqrt.
func (x Array) Sqrt() Array { return Sqrt(x) }

// Cbrt is the cube root of x, elementwise. See the function Cbrt.
func (x Array) Cbrt() Array { return Cbrt(x) }

// Reciprocal is 1 / x, elementwise. See the function Reciprocal.
func (x Array) Reciprocal() Array { return Reciprocal(x) }

// Sign is -1, 0 or 1 by the sign of x, elementwise. See the function Sign.
func (x Array) Sign() Array { return Sign(x) }

// Exp is e to the power x, elementwise. See the function Exp.
func (x Array) Exp() Array { return Exp(x) }

// Exp2 is 2 to the power x, elementwise. See the function Exp2.
func (x Array) Exp2() Array { return Exp2(x) }

// Expm1 is exp(x) - 1, accurate near 0, elementwise. See the function Expm1.
func (x Array) Expm1() Array { return Expm1(x) }

// Log is the natural logarithm of x, elementwise. See the function Log.
func (x Array) Log() Array { return Log(x) }

// Log2 is the logarithm of x to base 2, elementwise. See the function Log2.
func (x Array) Log2() Array { return Log2(x) }

// Log10 is the logarithm of x to base 10, elementwise. See the function Log10.
func (x Array) Log10() Array { return Log10(x) }

// Log1p is log(1 + x), accurate near 0, elementwise. See the function Log1p.
func (x Array) Log1p() Array { return Log1p(x) }

// Sin is the sine of x in radians, elementwise. See the function Sin.
func (x Array) Sin() Array { return Sin(x) }

// Cos is the cosine of x in radians, elementwise. See the function Cos.
func (x Array) Cos() Array { return Cos(x) }

// Tan is the tangent of x in radians, elementwise. See the function Tan.
func (x Array) Tan() Array { return Tan(x) }

// Arcsin is the inverse sine of x, elementwise. See the function Arcsin.
func (x Array) Arcsin() Array { return Arcsin(x) }

// Arccos is the inverse cosine of x, elementwise. See the function Arccos.
func (x Array) Arccos() Array { return Arccos(x) }

// Arctan is the inverse tangent of x, elementwise. See the function Arctan.
func (x Array) Arctan() Array { return Arctan(x) }

// Sinh is the hyperbolic sine of x, elementwise. See the function Sinh.
func (x Array) Sinh() Array { return Sinh(x) }

// Cosh is the hyperbolic cosine of x, elementwise. See the function Cosh.
func (x Array) Cosh() Array { return Cosh(x) }

// Tanh is the hyperbolic tangent of x, elementwise. See the function Tanh.
func (x Array) Tanh() Array { return Tanh(x) }

// Arcsinh is the inverse hyperbolic sine of x, elementwise. See the function Arcsinh.
func (x Array) Arcsinh() Array { return Arcsinh(x) }

// Arccosh is the inverse hyperbolic cosine of x, elementwise. See the function Arccosh.
func (x Array) Arccosh() Array { return Arccosh(x) }

// Arctanh is the inverse hyperbolic tangent of x, elementwise. See the function Arctanh.
func (x Array) Arctanh() Array { return Arctanh(x) }

// Floor is the largest whole number not above x, elementwise. See the function Floor.
func (x Array) Floor() Array { return Floor(x) }

// Ceil is the smallest whole number not below x, elementwise. See the function Ceil.
func (x Array) Ceil() Array { return Ceil(x) }

// Trunc is x without its fraction, elementwise. See the function Trunc.
func (x Array) Trunc() Array { return Trunc(x) }

// IsNaN is whether x is NaN, elementwise. See the function IsNaN.
func (x Array) IsNaN() Array { return IsNaN(x) }

// IsInf is whether x is infinite, elementwise. See the function IsInf.
func (x Array) IsInf() Array { return IsInf(x) }

// IsFinite is whether x is neither infinite nor NaN, elementwise. See the function IsFinite.
func (x Array) IsFinite() Array { return IsFinite(x) }
