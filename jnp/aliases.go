package jnp

// Names that NumPy has beside those of the functions that they call.

// AMax is Max: the largest element along axes, all without any (NumPy amax).
func AMax(x Array, axes ...int) Array { return Max(x, axes...) }

// AMin is Min: the smallest element along axes, all without any (NumPy amin).
func AMin(x Array, axes ...int) Array { return Min(x, axes...) }

// Absolute is Abs: the absolute value (NumPy absolute).
func Absolute(x Array) Array { return Abs(x) }

// Acos is Arccos: the inverse cosine (NumPy acos).
func Acos(x Array) Array { return Arccos(x) }

// Acosh is Arccosh: the inverse hyperbolic cosine (NumPy acosh).
func Acosh(x Array) Array { return Arccosh(x) }

// Around is Round: x to the given number of decimals, 0 by default, halves to even (NumPy around).
func Around(x Array, decimals ...int) Array { return Round(x, decimals...) }

// AsType is x converted to dtype d (NumPy astype): see the method AsType.
func AsType(x Array, d DType) Array { return x.AsType(d) }

// Asin is Arcsin: the inverse sine (NumPy asin).
func Asin(x Array) Array { return Arcsin(x) }

// Asinh is Arcsinh: the inverse hyperbolic sine (NumPy asinh).
func Asinh(x Array) Array { return Arcsinh(x) }

// Atan is Arctan: the inverse tangent (NumPy atan).
func Atan(x Array) Array { return Arctan(x) }

// Atan2 is Arctan2: the angle of the point (x, y) (NumPy atan2).
func Atan2[A, B Operand](y A, x B) Array { return Arctan2(y, x) }

// Atanh is Arctanh: the inverse hyperbolic tangent (NumPy atanh).
func Atanh(x Array) Array { return Arctanh(x) }

// BitwiseInvert is Invert: the complement of every bit (NumPy bitwise_invert).
func BitwiseInvert(x Array) Array { return Invert(x) }

// BitwiseLeftShift is LeftShift: x << y (NumPy bitwise_left_shift).
func BitwiseLeftShift[A, B Operand](x A, y B) Array { return LeftShift(x, y) }

// BitwiseNot is Invert: the complement of every bit (NumPy bitwise_not).
func BitwiseNot(x Array) Array { return Invert(x) }

// BitwiseRightShift is RightShift: x >> y (NumPy bitwise_right_shift).
func BitwiseRightShift[A, B Operand](x A, y B) Array { return RightShift(x, y) }

// Conjugate is Conj: the complex conjugate (NumPy conjugate).
func Conjugate(x Array) Array { return Conj(x) }

// Copy is x in memory of its own (NumPy copy): see the method Copy.
func Copy(x Array) Array { return x.Copy() }

// Degrees is Rad2Deg: x radians in degrees (NumPy degrees).
func Degrees(x Array) Array { return Rad2Deg(x) }

// Divide is Div: x / y (NumPy divide).
func Divide[A, B Operand](x A, y B) Array { return Div(x, y) }

// Multiply is Mul: x * y (NumPy multiply).
func Multiply[A, B Operand](x A, y B) Array { return Mul(x, y) }

// Negative is Neg: -x (NumPy negative).
func Negative(x Array) Array { return Neg(x) }

// Pow is Power: x to the power y (NumPy pow).
func Pow[A, B Operand](x A, y B) Array { return Power(x, y) }

// Radians is Deg2Rad: x degrees in radians (NumPy radians).
func Radians(x Array) Array { return Deg2Rad(x) }

// Remainder is Mod: the remainder of FloorDivide (NumPy remainder).
func Remainder[A, B Operand](x A, y B) Array { return Mod(x, y) }

// Subtract is Sub: x - y (NumPy subtract).
func Subtract[A, B Operand](x A, y B) Array { return Sub(x, y) }

// TrueDivide is Div: x / y (NumPy true_divide).
func TrueDivide[A, B Operand](x A, y B) Array { return Div(x, y) }
