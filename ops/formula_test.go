package ops_test

import (
	"fmt"
	"math"
	"math/cmplx"
)

// rightSlopes are derivatives that JAX computes wrongly at some of the points of specialFile, because they saturate,
// overflow, or multiply 0 by an infinity; by operation and operand.
var rightSlopes = map[string]func(x ...float64) float64{
	"expm1 0":    func(x ...float64) float64 { return math.Exp(x[0]) },
	"logistic 0": func(x ...float64) float64 { return tanhSlope(x[0]/2) / 4 },
	"tanh 0":     func(x ...float64) float64 { return tanhSlope(x[0]) },
	"asinh 0":    func(x ...float64) float64 { return 1 / math.Hypot(1, x[0]) },
	"acosh 0":    func(x ...float64) float64 { return 1 / math.Sqrt(x[0]-1) / math.Sqrt(x[0]+1) },
	"div 1":      func(x ...float64) float64 { return -x[0] / x[1] / x[1] },
	// What vanishes at infinity does so with its derivatives.
	"pow 0": func(x ...float64) float64 {
		less := math.Pow(x[0], x[1]-1)
		if x[1] == 0 || less == 0 && math.IsInf(x[1], 0) {
			return 0
		}
		return x[1] * less
	},
	"atan2 0": func(x ...float64) float64 { return cosine(x[1], x[0]) / math.Hypot(x[0], x[1]) },
	"atan2 1": func(x ...float64) float64 { return -cosine(x[0], x[1]) / math.Hypot(x[0], x[1]) },
}

func tanhSlope(x float64) float64 { return 1 / math.Cosh(x) / math.Cosh(x) }

// cosine is x over the hypotenuse.
func cosine(x, y float64) float64 {
	switch {
	case math.IsInf(x, 0) && !math.IsInf(y, 0) && y == y:
		return math.Copysign(1, x)
	case x == 0 && y == 0:
		return 0
	}
	return x / math.Hypot(x, y)
}

// rightSides say for inverse functions of complex numbers x which signs of their value y are x's. JAX is on the wrong
// side of a cut where the imaginary part is -0, and of acosh's left half.
var rightSides = map[string]func(y, x complex128) complex128{
	"sqrt":  func(y, x complex128) complex128 { return complex(real(y), math.Copysign(imag(y), imag(x))) },
	"acos":  func(y, x complex128) complex128 { return complex(real(y), math.Copysign(imag(y), -imag(x))) },
	"acosh": func(y, x complex128) complex128 { return complex(math.Abs(real(y)), math.Copysign(imag(y), imag(x))) },
	"asin":  bothSigns, "asinh": bothSigns, "atan": bothSigns, "atanh": bothSigns,
	// What is nearly 0 is not 0.
	"sinh": func(y, x complex128) complex128 { return ifSmall(x, cmplx.Sinh(x), y) },
	"cosh": func(y, x complex128) complex128 { return ifSmall(x, cmplx.Cosh(x), y) },
}

// rightEnds are the values at complex numbers that are not finite, as C99 has them; JAX makes NaN of many.
var rightEnds = map[string]func(x complex128) complex128{
	"exp": cmplx.Exp, "log": cmplx.Log, "sin": cmplx.Sin, "cos": cmplx.Cos, "sinh": cmplx.Sinh, "cosh": cmplx.Cosh,
	"asin": cmplx.Asin, "acos": cmplx.Acos,
	"atan": cmplx.Atan, "asinh": cmplx.Asinh, "acosh": cmplx.Acosh, "atanh": cmplx.Atanh,
	"abs": func(x complex128) complex128 { return complex(cmplx.Abs(x), 0) },
	"exp2": func(x complex128) complex128 {
		return cmplx.Exp(complex(real(x)*math.Ln2, float64(float32(imag(x)*math.Ln2))))
	},
	"sqrt": func(x complex128) complex128 {
		if math.IsNaN(real(x)) && !math.IsInf(imag(x), 0) {
			return complex(nan, nan)
		}
		return cmplx.Sqrt(x)
	},
	"tan": func(x complex128) complex128 { // real where x is
		return complex(real(cmplx.Tan(x)), ifZero(imag(x), imag(cmplx.Tan(x))))
	},
	"tanh": func(x complex128) complex128 {
		return complex(ifZero(real(x), real(cmplx.Tanh(x))), imag(cmplx.Tanh(x)))
	},
	"log1p": func(x complex128) complex128 { return cmplx.Log(complex(real(x)+1, imag(x))) },
	"sign": func(x complex128) complex128 { // as NumPy, but that zeros have signs
		switch re, im := math.IsInf(real(x), 0), math.IsInf(imag(x), 0); {
		case re && !im:
			return complex(math.Copysign(1, real(x)), math.Copysign(0, imag(x)))
		case im && !re:
			return complex(math.Copysign(0, real(x)), math.Copysign(1, imag(x)))
		}
		return complex(nan, nan)
	},
}

func bothSigns(y, x complex128) complex128 {
	return complex(math.Copysign(real(y), real(x)), math.Copysign(imag(y), imag(x)))
}

// ifZero is x where that is a zero of either sign.
func ifZero(x, otherwise float64) float64 {
	if x == 0 {
		return x
	}
	return otherwise
}

func ifSmall(x, then, otherwise complex128) complex128 {
	if math.Abs(real(x)) < 1e-3 && !math.IsInf(imag(x), 0) {
		return then
	}
	return otherwise
}

// right is what a case wants, by the right slope or side where JAX's is not.
func (c specialCase) right(x []arr, want arr) arr {
	if end := rightEnds[c.Op]; end != nil && c.Tangent == nil && x[0].d.IsComplex() {
		i := -1
		want = want.map1(want.d, func(y complex128) complex128 {
			i++
			if z := x[0].e[i].Complex(); cmplx.IsNaN(z) || cmplx.IsInf(z) {
				return end(z)
			}
			return y
		})
	}
	if f := rightSides[c.Op]; f != nil && c.Tangent == nil && want.d.IsComplex() {
		i := -1
		return want.map1(want.d, func(y complex128) complex128 {
			i++
			return f(y, x[0].e[i].Complex())
		})
	}
	if c.Tangent == nil || want.d.IsComplex() {
		return want
	}
	f := rightSlopes[fmt.Sprint(c.Op, " ", *c.Tangent)]
	if f == nil {
		return want
	}
	i := -1
	return want.map1(want.d, func(complex128) complex128 {
		i++
		var at []float64
		for _, x := range x {
			at = append(at, real(x.e[i].Complex()))
		}
		return complex(f(at...), 0)
	})
}
