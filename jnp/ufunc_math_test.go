package jnp_test

import (
	"maps"
	"math"
	"slices"
	"testing"

	"github.com/gojax/gojax"
	. "github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/trace"
)

func TestUFuncMathErrors(t *testing.T) {
	runErrors(t, []errorRow{
		{func() { Exp(Array{}) }, []string{"jnp.Exp", "never set"}},
	})
}

// Every real function of one argument is, eagerly and in a program, what Go's math says, special values included.
func TestUnaryAgainstMath(t *testing.T) {
	tests := map[string]struct {
		f    func(Array) Array
		want func(float64) float64
	}{
		"Exp": {Exp, math.Exp}, "Exp2": {Exp2, math.Exp2}, "Expm1": {Expm1, math.Expm1}, "Log": {Log, math.Log},
		"Log1p": {Log1p, math.Log1p}, "Log2": {Log2, math.Log2}, "Log10": {Log10, math.Log10},
		"Sqrt": {Sqrt, math.Sqrt},
		"Cbrt": {Cbrt, math.Cbrt}, "Arcsin": {Arcsin, math.Asin},
		"Arccos": {Arccos, math.Acos}, "Arctan": {Arctan, math.Atan}, "Sinh": {Sinh, math.Sinh},
		"Cosh": {Cosh, math.Cosh},
		"Tanh": {Tanh, math.Tanh}, "Arcsinh": {Arcsinh, math.Asinh}, "Arccosh": {Arccosh, math.Acosh},
		"Arctanh": {Arctanh, math.Atanh},
		"Floor":   {Floor, math.Floor}, "Ceil": {Ceil, math.Ceil}, "Trunc": {Trunc, math.Trunc},
		"Rint": {Rint, math.RoundToEven},
		"Abs":  {Abs, math.Abs}, "Square": {Square, func(x float64) float64 { return x * x }},
		"Neg":        {Neg, func(x float64) float64 { return -x }},
		"Reciprocal": {Reciprocal, func(x float64) float64 { return 1 / x }},
		"Sign": {Sign, func(x float64) float64 {
			switch {
			case x > 0:
				return 1
			case x < 0:
				return -1
			}
			return x
		}},
		"Sinc": {Sinc, func(x float64) float64 {
			switch {
			case x == 0:
				return 1
			case math.IsInf(x, 0):
				return 0
			}
			return math.Sin(math.Pi*x) / (math.Pi * x)
		}},
		"NaNToNum": {NaNToNum, func(x float64) float64 {
			switch {
			case math.IsNaN(x):
				return 0
			case math.IsInf(x, 0):
				return math.Copysign(math.MaxFloat64, x)
			}
			return x
		}},
		"Frexp": {func(x Array) Array { m, _ := Frexp(x); return m },
			func(x float64) float64 { m, _ := math.Frexp(x); return m }},
		"Modf":     {func(x Array) Array { _, w := Modf(x); return w }, math.Trunc},
		"IsNaN":    {IsNaN, func(x float64) float64 { return zeroOne(math.IsNaN(x)) }},
		"IsInf":    {IsInf, func(x float64) float64 { return zeroOne(math.IsInf(x, 0)) }},
		"IsFinite": {IsFinite, func(x float64) float64 { return zeroOne(!math.IsNaN(x) && !math.IsInf(x, 0)) }},
		"SignBit":  {SignBit, func(x float64) float64 { return zeroOne(math.Signbit(x)) }},
		"IsNegInf": {IsNegInf, func(x float64) float64 { return zeroOne(math.IsInf(x, -1)) }},
	}
	trace.WithX64(true, func() {
		x := FromSlice(specials)
		names := slices.Sorted(maps.Keys(tests))
		all := traced(func(x ...Array) (y []Array) {
			for _, name := range names {
				y = append(y, tests[name].f(x[0]))
			}
			return y
		}, x)
		for n, name := range names {
			c := tests[name]
			for how, y := range map[string]Array{"eager": c.f(x), "traced": all[n]} {
				for i, got := range ToSlice[float64](y.AsType(Float64)) {
					if want := c.want(specials[i]); !sameFloat(got, want, 2e-14) ||
						math.Signbit(got) != math.Signbit(want) && want == 0 && name != "Reciprocal" {
						t.Errorf("%s(%v), %s, is %v, want %v", name, specials[i], how, got, want)
					}
				}
			}
		}
	})
}

// Functions whose formula has no derivative where the function has one: their slopes have closed forms.
func TestDerivativesAtSpecialPoints(t *testing.T) {
	inf := math.Inf(1)
	type f1 = func(x Array) Array
	rows := []struct {
		name string
		f    f1
		x    float64
		want float64
	}{
		{"I0 at 0", I0, 0, 0},
		{"I0", I0, 1.5, 0.981666428},
		{"I0, below 0", I0, -1.5, -0.981666428},
		{"Frexp's mantissa", func(x Array) Array { m, _ := Frexp(x); return m }, 12, 1.0 / 16},
		{"Ldexp", func(x Array) Array { return Ldexp(x, 3) }, 5, 8},
		{"Sinc at 0", Sinc, 0, 0},
		{"Sinc twice at 0", gojax.Grad(Sinc), 0, -math.Pi * math.Pi / 3},
		{"LogAddExp of equals", func(x Array) Array { return LogAddExp(x, 2.0) }, 2, 0.5},
		{"LogAddExp of infinities", func(x Array) Array { return LogAddExp(x, inf) }, inf, 0.5},
		{"LogAddExp below an infinity", func(x Array) Array { return LogAddExp(x, inf) }, 1, 0},
		{"LogAddExp far below", func(x Array) Array { return LogAddExp(x, 0.0) }, -inf, 0},
		{"LogAddExp2", func(x Array) Array { return LogAddExp2(x, 1.0) }, 2, 2.0 / 3},
	}
	in := make([]Array, len(rows))
	for i, c := range rows {
		in[i] = Creation{DType: Float32}.AsArray(c.x)
	}
	jitted := gojax.Jit(func(in []Array) []Array {
		out := make([]Array, len(rows))
		for i, c := range rows {
			out[i] = gojax.Grad(c.f)(in[i])
		}
		return out
	})(in)
	for i, c := range rows {
		for how, y := range map[string]Array{"eager": gojax.Grad(c.f)(in[i]), "jitted": jitted[i]} {
			got := y.Item()
			if !(math.Abs(got-c.want) <= 2e-6*max(1, math.Abs(c.want))) {
				t.Errorf("%s, %s: %v, want %v", c.name, how, got, c.want)
			}
		}
	}
}
