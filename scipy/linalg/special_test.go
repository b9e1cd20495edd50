package linalg_test

import (
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	. "github.com/gojax/gojax/scipy/linalg"
)

// TestSpecial compares with SciPy 1.17.1.
func TestSpecial(t *testing.T) {
	v := func(x ...float32) jnp.Array { return jnp.FromSlice(x) }
	half := complex(0, 0.8660254037844386)
	for _, c := range []struct {
		name string
		x    jnp.Array
		want string
		data []complex128
	}{
		{"Hilbert", Hilbert(3), "float32[3,3]", []complex128{1, 0.5, 1. / 3, 0.5, 1. / 3, 0.25, 1. / 3, 0.25, 0.2}},
		{"InvHilbert", InvHilbert(4), "float32[4,4]", []complex128{16, -120, 240, -140, -120, 1200, -2700, 1680, 240,
			-2700, 6480, -4200, -140, 1680, -4200, 2800}},
		{"Pascal", Pascal(4), "float32[4,4]", []complex128{1, 1, 1, 1, 1, 2, 3, 4, 1, 3, 6, 10, 1, 4, 10, 20}},
		{"Pascal lower", Triangle{Lower: true}.Pascal(3), "float32[3,3]", []complex128{1, 0, 0, 1, 1, 0, 1, 2, 1}},
		{"Pascal upper", Triangle{Upper: true}.Pascal(3), "float32[3,3]", []complex128{1, 1, 1, 0, 1, 2, 0, 0, 1}},
		{"InvPascal", InvPascal(4), "float32[4,4]", []complex128{4, -6, 4, -1, -6, 14, -11, 3, 4, -11, 10, -3, -1, 3,
			-3, 1}},
		{"InvPascal lower", Triangle{Lower: true}.InvPascal(3), "float32[3,3]",
			[]complex128{1, 0, 0, -1, 1, 0, 1, -2, 1}},
		{"Helmert", Helmert(3), "float32[2,3]",
			[]complex128{0.707106781, -0.707106781, 0, 0.40824829, 0.40824829, -0.816496581}},
		{"Helmert full", Contrasts{Full: true}.Helmert(3), "float32[3,3]", []complex128{0.577350269, 0.577350269,
			0.577350269, 0.707106781, -0.707106781, 0, 0.40824829, 0.40824829, -0.816496581}},
		{"Hadamard", Hadamard(4), "int32[4,4]", []complex128{1, 1, 1, 1, 1, -1, 1, -1, 1, 1, -1, -1, 1, -1, -1, 1}},
		{"Hadamard of floats", Signs{DType: jnp.Float16}.Hadamard(1), "float16[1,1]", []complex128{1}},
		{"DFT", DFT(3), "complex64[3,3]",
			[]complex128{1, 1, 1, 1, -0.5 - half, -0.5 + half, 1, -0.5 + half, -0.5 - half}},
		{"DFT scaled", Fourier{Scale: "n"}.DFT(4), "complex64[4,4]", []complex128{0.25, 0.25, 0.25, 0.25, 0.25, -0.25i,
			-0.25, 0.25i, 0.25, -0.25, 0.25, -0.25, 0.25, 0.25i, -0.25, -0.25i}},
		{"BlockDiag", BlockDiag(floats([]int{2, 2}, 1, 2, 3, 4), jnp.FromSlice([]int32{5, 6}), jnp.AsArray(7)),
			"float32[4,5]", []complex128{1, 2, 0, 0, 0, 3, 4, 0, 0, 0, 0, 0, 5, 6, 0, 0, 0, 0, 0, 7}},
		{"BlockDiag of nothing", BlockDiag(), "float32[1,0]", nil},
		{"Toeplitz", Toeplitz(v(1, 2, 3), v(9, 4, 5, 6)), "float32[3,4]",
			[]complex128{1, 4, 5, 6, 2, 1, 4, 5, 3, 2, 1, 4}},
		{"Toeplitz Hermitian", Toeplitz(jnp.FromSlice([]complex64{1 + 1i, 2i})), "complex64[2,2]",
			[]complex128{1 + 1i, -2i, 2i, 1 + 1i}},
		{"Toeplitz batch", Toeplitz(jnp.Arange(4).Reshape(2, 2), v(0, 7)), "float32[2,2,2]",
			[]complex128{0, 7, 1, 0, 2, 7, 3, 2}},
		{"Toeplitz of nothing", Toeplitz(v()), "float32[0,0]", nil},
		{"Hankel", Hankel(v(1, 2, 3), v(9, 4, 5, 6)), "float32[3,4]", []complex128{1, 2, 3, 4, 2, 3, 4, 5, 3, 4, 5, 6}},
		{"Hankel with zeros", Hankel(v(1, 2, 3)), "float32[3,3]", []complex128{1, 2, 3, 2, 3, 0, 3, 0, 0}},
		{"Circulant", Circulant(v(1, 2, 3)), "float32[3,3]", []complex128{1, 3, 2, 2, 1, 3, 3, 2, 1}},
		{"Leslie", Leslie(v(0.1, 2, 1), v(0.2, 0.8)), "float32[3,3]", []complex128{0.1, 2, 1, 0.2, 0, 0, 0, 0.8, 0}},
		{"Companion", Companion(jnp.FromSlice([]int32{2, -3, 4, 1})), "float32[3,3]",
			[]complex128{1.5, -2, -0.5, 1, 0, 0, 0, 1, 0}},
		{"Fiedler", Fiedler(v(1, 4, 2)), "float32[3,3]", []complex128{0, 3, 1, 3, 0, 2, 1, 2, 0}},
		{"FiedlerCompanion", FiedlerCompanion(v(2, -3, 4, 1, 7, 5)), "float32[5,5]", []complex128{1.5, -2, 1, 0, 0, 1,
			0, 0, 0, 0, 0, -0.5, 0, -3.5, 1, 0, 1, 0, 0, 0, 0, 0, 0, -2.5, 0}},
		{"FiedlerCompanion of one root", FiedlerCompanion(v(2, 3)), "float32[1,1]", []complex128{-1.5}},
		{"FiedlerCompanion of none", FiedlerCompanion(v(2)), "float32[0,0]", nil},
		{"ConvolutionMatrix", ConvolutionMatrix(v(1, 2, 3), 4), "float32[6,4]", []complex128{1, 0, 0, 0, 2, 1, 0, 0, 3,
			2, 1, 0, 0, 3, 2, 1, 0, 0, 3, 2, 0, 0, 0, 3}},
		{"ConvolutionMatrix same", Convolution{Mode: "same"}.ConvolutionMatrix(v(1, 2, 3, 4), 2), "float32[4,2]",
			[]complex128{1, 0, 2, 1, 3, 2, 4, 3}},
		{"ConvolutionMatrix valid", Convolution{Mode: "valid"}.ConvolutionMatrix(v(1, 2, 3), 4), "float32[2,4]",
			[]complex128{3, 2, 1, 0, 0, 3, 2, 1}},
	} {
		if err := check(c.x, c.want, c.data, 1e-7); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	g := gojax.Grad(func(x jnp.Array) jnp.Array {
		return jnp.Sum(Toeplitz(x)).Add(jnp.Sum(BlockDiag(x, x).Mul(2)))
	})(v(1, 2, 3))
	if err := check(g, "float32[3]", []complex128{7, 8, 6}, 0); err != nil {
		t.Errorf("the gradient: %v", err)
	}
}
