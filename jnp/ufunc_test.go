package jnp_test

import (
	"fmt"
	"maps"
	"math"
	"math/cmplx"
	"slices"
	"testing"

	"github.com/gojax/gojax"
	. "github.com/gojax/gojax/jnp"

	"github.com/gojax/gojax/tests/sample"
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

func zeroOne(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

func TestComplex(t *testing.T) {
	trace.WithX64(true, func() {
		z := []complex128{1 + 2i, -0.5 - 0.25i, 3i, -2}
		x := FromSlice(z)
		for name, c := range map[string]struct {
			f    func(Array) Array
			want func(complex128) complex128
		}{
			"Exp": {Exp, cmplx.Exp}, "Log": {Log, cmplx.Log}, "Sqrt": {Sqrt, cmplx.Sqrt}, "Sin": {Sin, cmplx.Sin},
			"Tanh": {Tanh, cmplx.Tanh},
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
		{"LogAddExp of -inf", LogAddExp(AsArray(-inf), AsArray(-inf)), -inf},
		{"Hypot", Hypot(AsArray(3e30), 4e30), 5e30},
		{"Ldexp", Ldexp(AsArray(0.75), 3), 6},
		{"Pow of half", AsArray(2.0).Pow(0.5), math.Sqrt2},
		{"FloatPower of ints", FloatPower(2, -1), 0.5},
		{"Clip above", AsArray(5.0).Clip(nil, 2), 2},
		{"Clip below", AsArray(5).Clip(7, nil), 7},
		{"Clip, lo above hi", AsArray(5).Clip(9, 3), 3},
		{"Round 2", Round(AsArray(2.675), 2), 2.68},
		{"Round -1", Round(AsArray(25.0), -1), 20},
		{"Heaviside", Heaviside(0.0, 0.25), 0.25},
		{"Deg2Rad", Deg2Rad(AsArray(180)), math.Pi},
		{"Where", Where(true, 1, 2.5), 1},
		{"Select", Select([]Array{AsArray(false), AsArray(true)}, []Array{AsArray(1), AsArray(2)}, 3), 2},
		{"Select otherwise", Select([]Array{AsArray(false)}, []Array{AsArray(1)}, 3), 3},
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
	if got := ToSlice[bool](Tolerance{RTol: 0.1, EqualNaN: true}.IsClose(x, y)); !slices.Equal(got,
		[]bool{true, true, true, true}) {
		t.Errorf("IsClose with tolerance is %v", got)
	}
	if ItemOf[bool](AllClose(x, y)) || ItemOf[bool](ArrayEqual(x, y)) || !ItemOf[bool](ArrayEqual(Ones(2), Ones(2))) ||
		ItemOf[bool](ArrayEqual(Ones(2), Ones(2, 1))) {
		t.Error("AllClose or ArrayEqual is wrong")
	}
}

// Arrays without elements and scalars go through every kind of function.
func TestEmptyAndScalar(t *testing.T) {
	for _, shape := range [][]int{{0}, {0, 3}, {}} {
		x := Zeros(shape...)
		for name, y := range map[string]Array{"Add": x.Add(x), "AddScalar": x.Add(1), "Exp": Exp(x), "Log2": Log2(x),
			"Where": Where(x.Gt(0), x, 1.5),
			"Clip":  Clip(x, 0, 1), "DivMod": x.FloorDiv(2), "Broadcast": Zeros(1).Mul(x)} {
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

// Elementwise functions are the same eagerly, jitted, and mapped over any axis: by default each in one of these ways.
func TestElementwiseTransforms(t *testing.T) {
	type arrays = func(x, y Array) Array
	one := func(f func(Array) Array) arrays { return func(x, _ Array) Array { return f(x) } }
	isInt := func(f arrays) arrays {
		return func(x, y Array) Array {
			return f(x.Mul(10).AsType(Int32), y.Mul(10).AsType(Int32))
		}
	}
	x := FromSlice([]float32{-1.5, 0.25, 0.5, 2, -0.75, 3}, 2, 3)
	y := FromSlice([]float32{0.5, 2, -3, 0.25, 1, -0.125}, 2, 3)
	functions := map[string]arrays{
		"Exp": one(Exp), "Log2": one(Log2), "Log10": one(Log10), "Sinc": one(Sinc), "Trunc": one(Trunc),
		"Rint":  one(Rint),
		"Angle": one(Angle), "NaNToNum": one(NaNToNum), "SignBit": one(SignBit), "Spacing": one(Spacing),
		"IsInf":      one(IsInf),
		"LogicalNot": one(LogicalNot), "Cbrt": one(Cbrt), "Deg2Rad": one(Deg2Rad), "Reciprocal": one(Reciprocal),
		"Frexp":     one(func(x Array) Array { m, e := Frexp(x); return m.Add(e) }),
		"Modf":      one(func(x Array) Array { m, w := Modf(x); return m.Sub(w) }),
		"Round":     one(func(x Array) Array { return x.Round(1) }),
		"Clip":      one(func(x Array) Array { return x.Clip(-1, nil) }),
		"Pow3":      one(func(x Array) Array { return x.Pow(3) }),
		"AddScalar": one(func(x Array) Array { return Sub(2.5, x) }),
		"OnesLike":  one(OnesLike), "Complex": one(func(x Array) Array { return Abs(Exp(x.Mul(1i))) }),
		"Add": Add[Array, Array], "Div": Div[Array, Array], "Power": Power[Array, Array],
		"Arctan2":     Arctan2[Array, Array],
		"FloorDivide": FloorDivide[Array, Array], "Mod": Mod[Array, Array], "Hypot": Hypot[Array, Array],
		"LogAddExp": LogAddExp[Array, Array], "CopySign": CopySign[Array, Array], "Heaviside": Heaviside[Array, Array],
		"NextAfter": NextAfter[Array, Array], "Fmax": Fmax[Array, Array], "Less": Less[Array, Array],
		"IsClose": IsClose[Array, Array], "Where": func(x, y Array) Array { return Where(x.Gt(0), x, y) },
		"Ldexp": func(x, y Array) Array { return Ldexp(x, y.AsType(Int32)) },
		"GCD":   isInt(GCD[Array, Array]), "LCM": isInt(LCM[Array, Array]),
		"IntPower":   isInt(func(x, y Array) Array { return Power(x, Abs(y)) }),
		"BitwiseXor": isInt(BitwiseXor[Array, Array]), "IntFloorDivide": isInt(FloorDivide[Array, Array]),
	}
	near := func(name string, got, want Array) {
		same := got.DType() == want.DType() && fmt.Sprint(got.Shape()) == fmt.Sprint(want.Shape())
		if !same || ItemOf[bool](Tolerance{RTol: 1e-5, EqualNaN: true}.AllClose(got, want)) == false {
			t.Errorf("%s:\n%v\nwant\n%v", name, got, want)
		}
	}
	names := slices.Sorted(maps.Keys(functions))
	in := func(i, way, ways int) bool { return sample.All() || i%ways == way }
	// What is under Jit is one program.
	type results struct{ Jit, Twice, None, Rows, Each Array }
	jitted := gojax.Jit(func(x, y Array) []results {
		all := make([]results, len(names))
		for i, name := range names {
			f, r := functions[name], &all[i]
			r.Jit, r.Twice, r.None, r.Rows, r.Each = x, x, x, x, x
			if in(i, 0, 3) {
				r.Jit = f(x, y)
			}
			if in(i, 2, 3) {
				r.Twice = gojax.Vmap(gojax.Vmap(f))(x, y)
			}
			if in(i, 0, 2) { // an axis of length 0, and a scalar for one operand of a broadcast
				r.None = gojax.Vmap(f)(Zeros(0, 3), Zeros(0, 3))
				r.Rows = gojax.Vmap(f, gojax.InAxes(0, nil))(x, y.Index(0))
				r.Each = f(x, y.Index(0))
			}
		}
		return all
	})(x, y)
	for i, name := range names {
		f, r := functions[name], jitted[i]
		want := f(x, y)
		if in(i, 0, 3) {
			near(name+", jit", r.Jit, want)
		}
		if in(i, 1, 3) {
			near(name+", vmap of 1", gojax.Vmap(f, gojax.InAxes(1, 1), gojax.OutAxes(1))(x, y), want)
		}
		if in(i, 2, 3) {
			near(name+", vmap of vmap", r.Twice, want)
		}
		if in(i, 0, 2) {
			if fmt.Sprint(r.None.Shape()) != "[0 3]" || r.None.DType() != want.DType() {
				t.Errorf("%s over no rows is %v of %v", name, r.None.DType(), r.None.Shape())
			}
			near(name+" with one operand not mapped", r.Rows, r.Each)
		}
	}
}
