package linalg_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	numpy "github.com/gojax/gojax/jnp/linalg"
	. "github.com/gojax/gojax/scipy/linalg"
	"github.com/gojax/gojax/tests/fails"
	"github.com/gojax/gojax/tests/grads"
	"github.com/gojax/gojax/tests/sample"
)

// row is a function of an array of one dtype, the type and the elements of what it returns.
type row struct {
	name string
	x    jnp.Array
	f    func(x jnp.Array) jnp.Array
	want string
	data []complex128
}

func floats(shape []int, v ...float32) jnp.Array { return jnp.FromSlice(v, shape...) }

func three() jnp.Array { return floats([]int{3, 3}, 2, -1, 0.5, 1, 3, -2, 0.25, 1, 4) }
func tall() jnp.Array  { return floats([]int{3, 2}, 1, 2, -1, 0.5, 3, 0) }
func hermitian() jnp.Array {
	return jnp.FromSlice([]complex64{3, 1 - 1i, 1 + 1i, 4}, 2, 2)
}

// joined puts all elements of results one after the other.
func joined(xs ...jnp.Array) jnp.Array {
	for i, x := range xs {
		xs[i] = jnp.Ravel(x)
	}
	return jnp.Concatenate(xs)
}

// rows give SciPy 1.17.1's figures.
func rows() []row {
	return []row{
		{"LU", tall(), func(x jnp.Array) jnp.Array { return joined(three3(LU(x))...) }, "float32[19]",
			[]complex128{0, 1, 0, 0, 0, 1, 1, 0, 0, 1, 0, 1. / 3, 1, -1. / 3, 0.25, 3, 0, 0, 2}},
		{"LU complex", hermitian(), func(x jnp.Array) jnp.Array { return joined(three3(LU(x))...) }, "complex64[12]",
			[]complex128{1, 0, 0, 1, 1, 0, (1 + 1i) / 3, 1, 3, 1 - 1i, 0, 10. / 3}},
		{"LUPermuted", tall(), func(x jnp.Array) jnp.Array { return joined(two(LUPermuted(x))...) }, "float32[10]",
			[]complex128{1. / 3, 1, -1. / 3, 0.25, 1, 0, 3, 0, 0, 2}},
		{"LUFactor", tall(), func(x jnp.Array) jnp.Array { return joined(two(LUFactor(x))...) }, "float32[8]",
			[]complex128{3, 0, 1. / 3, 2, -1. / 3, 0.25, 2, 2}},
		{"LUSolve", three(), func(x jnp.Array) jnp.Array { lu, p := LUFactor(x); return LUSolve(lu, p, tall()) },
			"float32[3,2]",
			[]complex128{0.337164751, 0.927203065, 0.0344827586, -0.155172414, 0.720306513, -0.0191570881}},
		{"LUSolve transposed", three(), func(x jnp.Array) jnp.Array {
			lu, p := LUFactor(x)
			return Equation{Transpose: true}.LUSolve(lu, p, tall())
		}, "float32[3,2]", []complex128{0.590038314, 0.789272031, -0.310344828, 0.396551724, 0.521072797,
			0.0996168582}},
		{"LUSolve adjoint", hermitian(), func(x jnp.Array) jnp.Array {
			lu, p := LUFactor(x)
			return Equation{Transpose: true, Conjugate: true}.LUSolve(lu, p, x.Index(0))
		}, "complex64[2]", []complex128{1.2 + 0.2i, -0.6i}},
		{"LUSolve batch", three(), func(x jnp.Array) jnp.Array {
			lu, p := LUFactor(jnp.Stack([]jnp.Array{x, x.Mul(2)}))
			return LUSolve(lu, p, jnp.FromSlice([]int32{1, 2, -4}))
		}, "float32[2,3]",
			[]complex128{0.643678161, -0.206896552, -0.988505747, 0.3218390805, -0.103448276, -0.4942528735}},
		{"ChoFactor", three(), ChoFactor, "float32[3,3]",
			[]complex128{1.41421356, 0, 0, 0.707106781, 1.58113883, 0, 0.176776695, 0.553398591, 1.91376592}},
		{"QRMultiply", tall(), func(x jnp.Array) jnp.Array {
			return joined(two(QRMultiply(x, jnp.Arange(6).Reshape(2, 3)))...)
		}, "float32[8]", []complex128{-1.50755672, 0.0903969229, -4.22115882, -3.02829692, -3.31662479, -0.452267017, 0,
			-2.01133154}},
		{"QRMultiply left", tall(), func(x jnp.Array) jnp.Array {
			y, _ := Product{Left: true, Conjugate: true}.QRMultiply(x, jnp.Arange(4).Reshape(2, 2))
			return y
		}, "float32[3,2]", []complex128{-1.85313692, -3.08121673, -0.632778461, -0.647656346, 0.406786153,
			-0.294354804}},
		{"QRMultiply of a vector", tall(), func(x jnp.Array) jnp.Array {
			y, _ := QRMultiply(x, jnp.Arange(3))
			return y
		}, "float32[2]", []complex128{-1.50755672, 0.0903969229}},
		{"Polar", tall(), func(x jnp.Array) jnp.Array { return joined(two(Polar(x))...) }, "float32[10]",
			[]complex128{0.222060382, 0.948750436, -0.327191563, 0.2897532, 0.918495981, -0.126157418, 3.30473989,
				0.280524982,
				0.280524982, 2.04237747}},
		{"Polar left", tall(), func(x jnp.Array) jnp.Array { _, p := Side{Left: true}.Polar(x); return p },
			"float32[3,3]", []complex128{2.11956125, 0.252314836, 0.666181145, 0.252314836, 0.472068163, -0.98157469,
				0.666181145, -0.98157469, 2.75548794}},
		{"EighTridiagonal", floats([]int{2}, 0.5, -1), func(x jnp.Array) jnp.Array {
			w, v := EighTridiagonal(jnp.Arange(1, 4), x)
			return joined(w, v.Mul(w).MatMul(v.T()))
		}, "float32[12]", []complex128{0.707887278, 1.64714018, 3.64497254, 1, 0.5, 0, 0.5, 2, -1, 0, -1, 3}},
		{"EighTridiagonal complex", jnp.FromSlice([]complex64{2i}), func(x jnp.Array) jnp.Array {
			w, v := EighTridiagonal(jnp.Ones(2), x)
			return joined(w, v.Mul(w).MatMul(jnp.Conj(v).T()))
		}, "complex64[6]", []complex128{-1, 3, 1, 2i, -2i, 1}},
		{"EighTridiagonal of nothing", floats([]int{0}), func(x jnp.Array) jnp.Array {
			return joined(two(EighTridiagonal(x, x))...)
		}, "float32[0]", nil},
		{"Expm", three(), Expm, "float32[3,3]", []complex128{6.78493947, -1.5189876, 24.3227135, 1.5189876, -5.61979365,
			-41.5959711, 12.1613567, 20.7979855, 26.9598017}},
		{"Expm complex", hermitian(), Expm, "complex64[2,2]",
			[]complex128{54.3970904, 47.0080343 - 47.0080343i, 47.0080343 + 47.0080343i, 101.405125}},
		{"Expm upper", three(), func(x jnp.Array) jnp.Array {
			u := jnp.Triu(x)
			return Exponential{UpperTriangular: true}.Expm(u).Sub(Expm(u))
		}, "float32[3,3]", make([]complex128, 9)},
		{"Expm of integers", jnp.FromSlice([]int32{0, 1, 0, 0}, 2, 2), Expm, "float32[2,2]", []complex128{1, 1, 0, 1}},
		{"Expm of nothing", floats([]int{2, 0, 0}), Expm, "float32[2,0,0]", nil},
		{"Expm of too much", three(), func(x jnp.Array) jnp.Array {
			return Expm(jnp.Stack([]jnp.Array{x.Mul(1e6), x.Mul(0)})).Index(jnp.All, 0, 0)
		}, "float32[2]", []complex128{complex(math.NaN(), 0), 1}},
		{"Expm of infinities", three(), func(x jnp.Array) jnp.Array { return Expm(x.Mul(math.Inf(1))).Index(0, 0) },
			"float32[]", []complex128{complex(math.NaN(), 0)}},
		{"Expm in bfloat16", floats([]int{1, 1}, 1).AsType(jnp.BFloat16), Expm,
			"bfloat16[1,1]", []complex128{2.71875}},
		{"ExpmFrechet", three(), func(x jnp.Array) jnp.Array {
			return joined(two(ExpmFrechet(x, jnp.Arange(9).Reshape(3, 3)))...)
		}, "float32[18]", []complex128{6.78493947, -1.5189876, 24.3227135, 1.5189876, -5.61979365, -41.5959711,
			12.1613567, 20.7979855, 26.9598017, 64.2762795, 77.1259633, 71.6995123, -98.8974544, -101.660722,
			-104.206839,
			223.382008,
			235.760561, 210.622831}},
	}
}

func two(a, b jnp.Array) []jnp.Array       { return []jnp.Array{a, b} }
func three3(a, b, c jnp.Array) []jnp.Array { return []jnp.Array{a, b, c} }

func elements(x jnp.Array) []complex128 {
	var out []complex128
	for _, v := range jnp.ToSlice[complex64](x.AsType(jnp.Complex64)) {
		out = append(out, complex128(v))
	}
	return out
}

func check(x jnp.Array, want string, data []complex128, tol float64) error {
	if got := x.TraceValue().Aval().String(); got != want {
		return fmt.Errorf("type %s, want %s", got, want)
	}
	got := elements(x)
	largest := 1.0
	for _, w := range data {
		largest = max(largest, math.Abs(real(w)), math.Abs(imag(w)))
	}
	near := func(g, w float64) bool { return g == w || g != g && w != w || math.Abs(g-w) <= tol*largest }
	for i, w := range data {
		if !near(real(got[i]), real(w)) || !near(imag(got[i]), imag(w)) {
			return fmt.Errorf("%v\nwant %v", got, data)
		}
	}
	return nil
}

func TestLinalg(t *testing.T) {
	var mapped sample.Kinds
	for _, r := range rows() {
		if err := check(r.f(r.x), r.want, r.data, 5e-6); err != nil {
			t.Errorf("%s: %v", r.name, err)
			continue
		}
		if !mapped.Add(r.name[:min(len(r.name), 6)]) {
			continue
		}
		both := jnp.Stack([]jnp.Array{r.x, r.x.Mul(2).AsType(r.x.DType())}, 1)
		got := gojax.Vmap(r.f, gojax.InAxes(1))(both)
		for i := range 2 {
			want := r.f(jnp.Take(both, i, 1))
			if err := check(got.Index(i), want.TraceValue().Aval().String(), elements(want), 5e-5); err != nil {
				t.Errorf("%s, mapped: %v", r.name, err)
			}
		}
	}
}

func TestGradients(t *testing.T) {
	gojax.WithX64(true, func() {
		x := jnp.FromSlice([]float64{0.5, -1, 2, 3, -2, 4, 0.25, 1, -0.5}, 3, 3)
		z := jnp.FromSlice([]complex128{1, 2 + 1i, 1i, 3, 0.5, 1 - 1i, 2, 1i, 1}, 3, 3)
		b := jnp.Arange(6.0).Reshape(3, 2)
		on := func(f func(x jnp.Array) jnp.Array) func(a []jnp.Array) jnp.Array {
			return func(a []jnp.Array) jnp.Array { return f(a[0]) }
		}
		solve := func(a []jnp.Array) jnp.Array {
			lu, p := LUFactor(a[0])
			return Equation{Transpose: true}.LUSolve(lu, p, a[1])
		}
		lu := func(x jnp.Array) jnp.Array { _, l, u := LU(x); return jnp.Concatenate([]jnp.Array{l, u}) }
		polar := func(x jnp.Array) jnp.Array { u, p := Polar(x); return jnp.Concatenate([]jnp.Array{u, p}) }
		for name, err := range map[string]error{
			"Expm":         grads.Check(on(Expm), []jnp.Array{x}, 2),
			"Expm complex": grads.Check(on(Expm), []jnp.Array{z}, 1),
			"LU":           grads.Check(on(lu), []jnp.Array{x}, 2),
			"LUSolve":      grads.Check(solve, []jnp.Array{x, b}, 1),
			"ChoFactor":    grads.Check(on(ChoFactor), []jnp.Array{x.MatMul(x.T()).Add(jnp.Eye(3))}, 1),
			"Polar":        grads.Check(on(polar), []jnp.Array{x}, 1),
		} {
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
		y := Expm(x.Mul(-5))
		off := jnp.Max(jnp.Abs(y.MatMul(Expm(x.Mul(5))).Sub(jnp.Eye(3)))).Item()
		if size := jnp.Max(jnp.Abs(y)).Item() * jnp.Max(jnp.Abs(Expm(x.Mul(5)))).Item(); off > 1e-11*size {
			t.Errorf("exp(x)·exp(-x) is off by %v of %v", off, size)
		}
	})()
}

func TestErrors(t *testing.T) {
	x, r, v := three(), tall(), floats([]int{3}, 1, 2, 3)
	lu, pivots := LUFactor(x)
	for _, c := range []struct {
		f    func()
		want []string
	}{
		{func() { LU(v) }, []string{"linalg.LU(float32[3])", "two axes"}},
		{func() { LUPermuted(v) }, []string{"linalg.LUPermuted(float32[3])"}},
		{func() { LUFactor(v) }, []string{"linalg.LUFactor(float32[3])"}},
		{func() { LUSolve(r, pivots, v) }, []string{"linalg.LUSolve(float32[3,2])", "square"}},
		{func() { LUSolve(lu, v, v) }, []string{"linalg.LUSolve(float32[3,3], float32[3], float32[3])", "3 integers"}},
		{func() { LUSolve(lu, pivots, r.T()) }, []string{"as many rows as the matrix, 3"}},
		{func() { Equation{Conjugate: true}.LUSolve(lu, pivots, v) }, []string{"Conjugate goes with Transpose"}},
		{func() { ChoFactor(r) }, []string{"linalg.ChoFactor(float32[3,2])", "square"}},
		{func() { QRMultiply(r, v.Index(jnp.S(0, 2))) }, []string{"axis 0 of the factor must have size 3"}},
		{func() { Polar(v) }, []string{"linalg.Polar(float32[3])"}},
		{func() { EighTridiagonal(v, v) },
			[]string{"linalg.EighTridiagonal(float32[3], float32[3])", "one number shorter"}},
		{func() { Expm(r) }, []string{"linalg.Expm(float32[3,2])", "square matrices, not 3 by 2"}},
		{func() { ExpmFrechet(x, jnp.Eye(2)) }, []string{"linalg.ExpmFrechet", "one shape"}},
		{func() { Expm(jnp.Array{}) }, []string{"linalg.Expm", "never set"}},
		{func() { Hilbert(-1) }, []string{"linalg.Hilbert", "negative: -1"}},
		{func() { Triangle{Lower: true, Upper: true}.Pascal(2) }, []string{"linalg.Triangle.Pascal", "ask for one"}},
		{func() { Helmert(0) }, []string{"linalg.Helmert", "positive, not 0"}},
		{func() { Hadamard(6) }, []string{"linalg.Hadamard", "power of 2, not 6"}},
		{func() { Fourier{Scale: "m"}.DFT(2) }, []string{"linalg.Fourier.DFT", `not "m"`}},
		{func() { Fourier{DType: jnp.Float32}.DFT(2) }, []string{"complex, not float32"}},
		{func() { BlockDiag(v, jnp.Zeros(1, 1, 1)) }, []string{"linalg.BlockDiag", "operand 1 has 3 axes"}},
		{func() { Leslie(v, v) }, []string{"linalg.Leslie", "one rate of survival less"}},
		{func() { Companion(jnp.Ones(1)) }, []string{"linalg.Companion", "two coefficients"}},
		{func() { FiedlerCompanion(jnp.Ones(0)) }, []string{"linalg.FiedlerCompanion", "one coefficient"}},
		{func() { ConvolutionMatrix(v, 0) }, []string{"linalg.ConvolutionMatrix", "positive size, not 0"}},
		{func() { Convolution{Mode: "half"}.ConvolutionMatrix(v, 1) }, []string{`not "half"`}},
	} {
		fails.With(t, c.f, append(c.want, "linalg_test.go:")...)
	}
}

// What the two packages of linear algebra have to do with each other.
func TestFactors(t *testing.T) {
	x := three().MatMul(three().T())
	y := numpy.ChoSolve(ChoFactor(x), tall())
	if err := check(y, "float32[3,2]", elements(numpy.Solve(x, tall())), 1e-5); err != nil {
		t.Error(err)
	}
}
