package jnp_test

import (
	"math"
	"math/bits"
	"math/cmplx"
	"slices"
	"testing"

	. "github.com/gojax/gojax/jnp"

	"github.com/gojax/gojax/trace"
)

var (
	nan, inf = math.NaN(), math.Inf(1)
	specials = []float64{nan, inf, -inf, 0, math.Copysign(0, -1), 1, -1, 0.5, -2.5, 3, 1e-30, -1e30}
)

// traced runs f as one program of its operands, as Jit does.
func traced(f func(x ...Array) []Array, x ...Array) []Array {
	in := make([]*trace.Value, len(x))
	for i, a := range x {
		in[i] = a.TraceValue()
	}
	p, caps := trace.Trace("test", trace.Avals(in), func(in []*trace.Value) []*trace.Value {
		args := make([]Array, len(in))
		for i, v := range in {
			args[i] = Wrap(v)
		}
		var out []*trace.Value
		for _, y := range f(args...) {
			out = append(out, y.TraceValue())
		}
		return out
	})
	if err := p.Verify(); err != nil {
		panic(err)
	}
	var out []Array
	for _, v := range trace.TheRuntime().Run(p, append(in, caps...)) {
		out = append(out, Wrap(v))
	}
	return out
}

func sameFloat(a, b, tol float64) bool {
	if math.IsNaN(a) || math.IsNaN(b) {
		return math.IsNaN(a) && math.IsNaN(b)
	}
	return a == b || math.Abs(a-b) <= tol*math.Max(1, math.Abs(b))
}

// Every real function of one argument is, eagerly and in a program, what Go's math says, special values included.
func TestUnaryAgainstMath(t *testing.T) {
	tests := map[string]struct {
		f    func(Array) Array
		want func(float64) float64
	}{
		"Exp": {Exp, math.Exp}, "Exp2": {Exp2, math.Exp2}, "Expm1": {Expm1, math.Expm1}, "Log": {Log, math.Log},
		"Log1p": {Log1p, math.Log1p}, "Log2": {Log2, math.Log2}, "Log10": {Log10, math.Log10}, "Sqrt": {Sqrt, math.Sqrt},
		"Cbrt": {Cbrt, math.Cbrt}, "Arcsin": {Arcsin, math.Asin},
		"Arccos": {Arccos, math.Acos}, "Arctan": {Arctan, math.Atan}, "Sinh": {Sinh, math.Sinh}, "Cosh": {Cosh, math.Cosh},
		"Tanh": {Tanh, math.Tanh}, "Arcsinh": {Arcsinh, math.Asinh}, "Arccosh": {Arccosh, math.Acosh}, "Arctanh": {Arctanh, math.Atanh},
		"Floor": {Floor, math.Floor}, "Ceil": {Ceil, math.Ceil}, "Trunc": {Trunc, math.Trunc}, "Rint": {Rint, math.RoundToEven},
		"Abs": {Abs, math.Abs}, "Square": {Square, func(x float64) float64 { return x * x }}, "Neg": {Neg, func(x float64) float64 { return -x }},
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
			if x == 0 {
				return 1
			}
			return math.Sin(math.Pi*x) / (math.Pi * x)
		}},
		"NanToNum": {NanToNum, func(x float64) float64 {
			switch {
			case math.IsNaN(x):
				return 0
			case math.IsInf(x, 0):
				return math.Copysign(math.MaxFloat64, x)
			}
			return x
		}},
		"Frexp": {func(x Array) Array { m, _ := Frexp(x); return m }, func(x float64) float64 { m, _ := math.Frexp(x); return m }},
		"Modf":  {func(x Array) Array { _, w := Modf(x); return w }, math.Trunc},
		"IsNaN": {IsNaN, func(x float64) float64 { return zeroOne(math.IsNaN(x)) }}, "IsInf": {IsInf, func(x float64) float64 { return zeroOne(math.IsInf(x, 0)) }},
		"IsFinite": {IsFinite, func(x float64) float64 { return zeroOne(!math.IsNaN(x) && !math.IsInf(x, 0)) }},
		"SignBit":  {SignBit, func(x float64) float64 { return zeroOne(math.Signbit(x)) }},
		"IsNegInf": {IsNegInf, func(x float64) float64 { return zeroOne(math.IsInf(x, -1)) }},
	}
	trace.WithX64(true, func() {
		x := FromSlice(specials)
		for name, c := range tests {
			for how, y := range map[string]Array{"eager": c.f(x), "traced": traced(func(x ...Array) []Array { return []Array{c.f(x[0])} }, x)[0]} {
				for i, got := range ToSlice[float64](y.AsType(Float64)) {
					if want := c.want(specials[i]); !sameFloat(got, want, 2e-14) || math.Signbit(got) != math.Signbit(want) && want == 0 && name != "Reciprocal" {
						t.Errorf("%s(%v), %s, is %v, want %v", name, specials[i], how, got, want)
					}
				}
			}
		}
	})
}

func zeroOne(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// Every real function of two arguments is what Go says, on all pairs of special values.
func TestBinaryAgainstMath(t *testing.T) {
	floorDiv := func(x, y float64) float64 { // Python's float floor division
		m := math.Mod(x, y)
		d := (x - m) / y
		if m != 0 && (m < 0) != (y < 0) {
			d--
		}
		return math.Round(d)
	}
	tests := map[string]struct {
		f    func(x, y Array) Array
		want func(x, y float64) float64
		skip func(x, y float64) bool
	}{
		"Add": {Add[Array, Array], func(x, y float64) float64 { return x + y }, nil}, "Sub": {Sub[Array, Array], func(x, y float64) float64 { return x - y }, nil},
		"Mul": {Mul[Array, Array], func(x, y float64) float64 { return x * y }, nil}, "Div": {Div[Array, Array], func(x, y float64) float64 { return x / y }, nil},
		"Arctan2": {Arctan2[Array, Array], math.Atan2, nil}, "Maximum": {Maximum[Array, Array], func(x, y float64) float64 {
			if math.IsNaN(x) || math.IsNaN(y) {
				return nan
			}
			return math.Max(x, y)
		}, nil},
		"Fmod": {Fmod[Array, Array], math.Mod, nil},
		"Fmax": {Fmax[Array, Array], func(x, y float64) float64 {
			if math.IsNaN(x) || y > x {
				return y
			}
			return x
		}, nil},
		"Hypot": {Hypot[Array, Array], math.Hypot, nil}, "CopySign": {CopySign[Array, Array], math.Copysign, nil},
		"NextAfter": {NextAfter[Array, Array], math.Nextafter, func(x, y float64) bool { return x == y }},
		"Power":     {Power[Array, Array], math.Pow, nil},
		"FloorDivide": {FloorDivide[Array, Array], floorDiv, func(x, y float64) bool {
			return y == 0 || math.IsInf(y, 0) || math.Abs(x/y) > 1e15 // JAX differs from Python, or the quotient is not exact
		}},
		"Equal":        {Equal[Array, Array], func(x, y float64) float64 { return zeroOne(x == y) }, nil},
		"Less":         {Less[Array, Array], func(x, y float64) float64 { return zeroOne(x < y) }, nil},
		"GreaterEqual": {GreaterEqual[Array, Array], func(x, y float64) float64 { return zeroOne(x >= y) }, nil},
		"LogicalXor":   {LogicalXor[Array, Array], func(x, y float64) float64 { return zeroOne((x != 0) != (y != 0)) }, nil},
	}
	trace.WithX64(true, func() {
		n := len(specials)
		x, y := FromSlice(specials, n, 1), FromSlice(specials, 1, n)
		for name, c := range tests {
			for how, z := range map[string]Array{"eager": c.f(x, y), "traced": traced(func(x ...Array) []Array { return []Array{c.f(x[0], x[1])} }, x, y)[0]} {
				for i, got := range ToSlice[float64](z.AsType(Float64)) {
					a, b := specials[i/n], specials[i%n]
					if want := c.want(a, b); !(c.skip != nil && c.skip(a, b)) && !sameFloat(got, want, 1e-13) {
						t.Errorf("%s(%v, %v), %s, is %v, want %v", name, a, b, how, got, want)
					}
				}
			}
		}
	})
}

// Integers: the quotient is floored, the remainder has the divisor's sign, and powers are exact.
func TestIntegers(t *testing.T) {
	a, b := []int32{7, -7, 7, -7, 6, -6, 0, math.MinInt32}, []int32{3, 3, -3, -3, 3, -3, 5, 7}
	x, y := FromSlice(a), FromSlice(b)
	q, r := DivMod(x, y)
	quo, rem, fm := ToSlice[int32](q), ToSlice[int32](r), ToSlice[int32](Fmod(x, y))
	if got := ToSlice[int32](x.FloorDiv(y)); !slices.Equal(got, quo) {
		t.Errorf("FloorDiv is %v, DivMod %v", got, quo)
	}
	if got := ToSlice[int32](x.Mod(y)); !slices.Equal(got, rem) {
		t.Errorf("Mod is %v, DivMod %v", got, rem)
	}
	for i := range a {
		want := int32(math.Floor(float64(a[i]) / float64(b[i])))
		if quo[i] != want || rem[i] != a[i]-want*b[i] || fm[i] != a[i]%b[i] {
			t.Errorf("%d and %d: quotient %d, remainder %d, fmod %d", a[i], b[i], quo[i], rem[i], fm[i])
		}
	}
	if got := ToSlice[int32](x.Mod(0)); !slices.Equal(got, make([]int32, len(a))) {
		t.Errorf("x mod 0 is %v", got)
	}
	base := FromSlice([]int32{0, 1, -1, 2, -3, 10})
	for _, e := range []int{0, 1, 2, 3, 9, 31} {
		want := ToSlice[int32](base)
		for i, v := range want {
			p := int32(1)
			for range e {
				p *= v
			}
			want[i] = p
		}
		if got := ToSlice[int32](base.Pow(e)); !slices.Equal(got, want) {
			t.Errorf("power %d is %v, want %v", e, got, want)
		}
		exps := Creation{DType: Int32}.Full([]int{6}, e)
		if got := ToSlice[int32](Power(base, exps)); !slices.Equal(got, want) {
			t.Errorf("power by an array of %d is %v, want %v", e, got, want)
		}
	}
	v := []uint32{0, 1, 0xff, math.MaxUint32}
	for i, n := range ToSlice[uint8](BitwiseCount(FromSlice(v))) {
		if int(n) != bits.OnesCount32(v[i]) {
			t.Errorf("BitwiseCount(%d) is %d", v[i], n)
		}
	}
	if got := ToSlice[int32](RightShift(FromSlice([]int32{-8, 8}), 1)); !slices.Equal(got, []int32{-4, 4}) {
		t.Errorf("RightShift is %v", got)
	}
}

func TestComplex(t *testing.T) {
	trace.WithX64(true, func() {
		z := []complex128{1 + 2i, -0.5 - 0.25i, 3i, -2}
		x := FromSlice(z)
		for name, c := range map[string]struct {
			f    func(Array) Array
			want func(complex128) complex128
		}{
			"Exp": {Exp, cmplx.Exp}, "Log": {Log, cmplx.Log}, "Sqrt": {Sqrt, cmplx.Sqrt}, "Sin": {Sin, cmplx.Sin}, "Tanh": {Tanh, cmplx.Tanh},
			"Conj": {Conj, cmplx.Conj}, "Abs": {Abs, func(z complex128) complex128 { return complex(cmplx.Abs(z), 0) }},
			"Angle": {Angle, func(z complex128) complex128 { return complex(cmplx.Phase(z), 0) }},
			"Log10": {Log10, cmplx.Log10}, "Square": {Square, func(z complex128) complex128 { return z * z }},
			"Pow 3": {func(x Array) Array { return x.Pow(3) }, func(z complex128) complex128 { return z * z * z }},
		} {
			for i, got := range ToSlice[complex128](c.f(x).AsType(Complex128)) {
				if cmplx.Abs(got-c.want(z[i])) > 1e-13*(1+cmplx.Abs(got)) {
					t.Errorf("%s(%v) is %v, want %v", name, z[i], got, c.want(z[i]))
				}
			}
		}
		// Ordered by real, then imaginary parts.
		y := FromSlice([]complex128{1 + 1i, -0.5 + 0.25i, 3i, -3})
		if got := ToSlice[bool](x.Gt(y)); !slices.Equal(got, []bool{true, false, false, true}) {
			t.Errorf("Gt is %v", got)
		}
	})
}

// What would overflow on the way does not.
func TestNoOverflow(t *testing.T) {
	for _, c := range []struct {
		name string
		got  Array
		want float64
	}{
		{"LogAddExp", LogAddExp(Full([]int{}, 1000), 1000.0), 1000 + math.Ln2},
		{"LogAddExp2", LogAddExp2(Full([]int{}, 1000), 1000.0), 1001},
		{"LogAddExp of -inf", LogAddExp(Asarray(-inf), Asarray(-inf)), -inf},
		{"Hypot", Hypot(Asarray(3e30), 4e30), 5e30},
		{"Ldexp", Ldexp(Asarray(0.75), 3), 6},
		{"Pow of half", Asarray(2.0).Pow(0.5), math.Sqrt2},
		{"FloatPower of ints", FloatPower(2, -1), 0.5},
		{"Clip above", Asarray(5.0).Clip(nil, 2), 2},
		{"Clip below", Asarray(5).Clip(7, nil), 7},
		{"Clip, lo above hi", Asarray(5).Clip(9, 3), 3},
		{"Round 2", Round(Asarray(2.675), 2), 2.68},
		{"Round -1", Round(Asarray(25.0), -1), 20},
		{"Heaviside", Heaviside(0.0, 0.25), 0.25},
		{"Deg2Rad", Deg2Rad(Asarray(180)), math.Pi},
		{"Where", Where(true, 1, 2.5), 1},
		{"Select", Select([]Array{Asarray(false), Asarray(true)}, []Array{Asarray(1), Asarray(2)}, 3), 2},
		{"Select otherwise", Select([]Array{Asarray(false)}, []Array{Asarray(1)}, 3), 3},
	} {
		if got := c.got.AsType(Float32).Item(); !sameFloat(got, c.want, 1e-6) {
			t.Errorf("%s is %v, want %v", c.name, got, c.want)
		}
	}
	x := FromSlice([]float32{1, 1 + 1e-7, 2, float32(nan)})
	y := FromSlice([]float32{1, 1, 2.1, float32(nan)})
	if got := ToSlice[bool](IsClose(x, y)); !slices.Equal(got, []bool{true, true, false, false}) {
		t.Errorf("IsClose is %v", got)
	}
	if got := ToSlice[bool](Tolerance{RTol: 0.1, EqualNaN: true}.IsClose(x, y)); !slices.Equal(got, []bool{true, true, true, true}) {
		t.Errorf("IsClose with tolerance is %v", got)
	}
	if ItemOf[bool](AllClose(x, y)) || ItemOf[bool](ArrayEqual(x, y)) || !ItemOf[bool](ArrayEqual(Ones(2), Ones(2))) || ItemOf[bool](ArrayEqual(Ones(2), Ones(2, 1))) {
		t.Error("AllClose or ArrayEqual is wrong")
	}
}

// Arrays without elements and scalars go through every kind of function.
func TestEmptyAndScalar(t *testing.T) {
	for _, shape := range [][]int{{0}, {0, 3}, {}} {
		x := Zeros(shape...)
		for name, y := range map[string]Array{"Add": x.Add(x), "AddScalar": x.Add(1), "Exp": Exp(x), "Log2": Log2(x), "Where": Where(x.Gt(0), x, 1.5),
			"Clip": Clip(x, 0, 1), "DivMod": x.FloorDiv(2), "Broadcast": Zeros(1).Mul(x)} {
			want := shape
			if name == "Broadcast" && len(shape) == 0 {
				want = []int{1}
			}
			if !slices.Equal(y.Shape(), want) {
				t.Errorf("%s of shape %v has shape %v", name, shape, y.Shape())
			}
			y.BlockUntilReady()
		}
		if got := len(ToSlice[float32](x)); got != x.Size() {
			t.Errorf("%d elements of shape %v", got, shape)
		}
	}
}

func TestGcd(t *testing.T) {
	x, y := FromSlice([]int8{12, -18, 0, 0, -128, 7, -128}), FromSlice([]int8{8, 12, 5, 0, 3, -7, 64})
	if got := ToSlice[int8](Gcd(x, y)); !slices.Equal(got, []int8{4, 6, 5, 0, 1, 7, 64}) {
		t.Errorf("Gcd is %v", got)
	}
	a, b := FromSlice([]int32{4, -6, 0, 21}), FromSlice([]int32{10, 4, 5, 6})
	if got := ToSlice[int32](Lcm(a, b)); !slices.Equal(got, []int32{20, 12, 0, 42}) {
		t.Errorf("Lcm is %v", got)
	}
}
