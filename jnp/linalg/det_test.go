package linalg_test

import (
	"math"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	. "github.com/gojax/gojax/jnp/linalg"
	"github.com/gojax/gojax/tests/grads"
)

// four is a matrix of which rows must be exchanged, with the determinant -42.
func four(a []jnp.Array) jnp.Array {
	return jnp.FromSlice([]float32{0, 2, 1, 3, 1, 0, 2, 0, 4, 1, 0, 1, 0, 3, 1, 2}, 4, 4).Add(a[0].Sum().Mul(0))
}

func slogdet(x jnp.Array) jnp.Array {
	sign, log := SLogDet(x)
	return jnp.Stack([]jnp.Array{sign, log.AsType(sign.DType())})
}

// detRows give NumPy 2.4.6's figures; TestLinalg runs them.
var detRows = []row{
	{"Det", "t", func(a []jnp.Array) jnp.Array { return Det(a[0]) }, "float32[]", []complex128{32.625}},
	{"Det complex", "h", func(a []jnp.Array) jnp.Array { return Det(a[0]) }, "complex64[]", []complex128{10}},
	{"Det of integers", "i", func(a []jnp.Array) jnp.Array { return Det(a[0]) }, "float32[]", []complex128{-2}},
	{"Det of four rows", "i", func(a []jnp.Array) jnp.Array { return Det(four(a)) }, "float32[]", []complex128{-42}},
	{"Det of one number", "v", func(a []jnp.Array) jnp.Array { return Det(a[0].Reshape(3, 1, 1)) }, "float32[3]",
		[]complex128{1, 2, -4}},
	{"Det of nothing", "v", func(a []jnp.Array) jnp.Array { return Det(jnp.Zeros(2, 0, 0)).Add(a[0].Sum().Mul(0)) },
		"float32[2]", []complex128{1, 1}},
	{"Det of a product out of range", "v", func(a []jnp.Array) jnp.Array {
		return Det(jnp.Diag(jnp.FromSlice([]float32{1e30, 1e30, -1e-30, 1e-30, 2})).Add(a[0].Sum().Mul(0)))
	}, "float32[]", []complex128{-2}},
	{"Det in float16", "v", func(a []jnp.Array) jnp.Array { return Det(four(a).AsType(jnp.Float16)) }, "float16[]",
		[]complex128{-42}},
	{"Det singular", "v", func(a []jnp.Array) jnp.Array { return Det(jnp.Ones(4, 4).Add(a[0].Sum().Mul(0))) },
		"float32[]", []complex128{0}},
	{"SLogDet", "t", func(a []jnp.Array) jnp.Array { return slogdet(a[0]) }, "float32[2]", []complex128{1, 3.4850789}},
	{"SLogDet of four rows", "i", func(a []jnp.Array) jnp.Array { return slogdet(four(a)) }, "float32[2]",
		[]complex128{-1, 3.7376696}},
	{"SLogDet complex", "h", func(a []jnp.Array) jnp.Array { return slogdet(a[0].Mul(1i)) }, "complex64[2]",
		[]complex128{-1, 2.3025851}},
	{"SLogDet singular", "i", func(a []jnp.Array) jnp.Array { return slogdet(a[0].Mul(0)) }, "float32[2]",
		[]complex128{0, complex(math.Inf(-1), 0)}},
	{"SLogDet of nothing", "i", func(a []jnp.Array) jnp.Array {
		return slogdet(jnp.Zeros(0, 0)).Add(a[0].Sum().Mul(0))
	}, "float32[2]", []complex128{1, 0}},
}

func TestDetGradients(t *testing.T) {
	gojax.WithX64(true, func() {
		x := jnp.FromSlice([]float64{0.5, -1, 2, 1, 3, -2, 4, 1, 0.25, 1, -0.5, 2, 3, 1, -1, 1}, 4, 4)
		z := jnp.FromSlice([]complex128{1, 2 + 1i, 1i, 3, 0.5, 1 - 1i, 2, 1i, 1}, 3, 3)
		det := func(a []jnp.Array) jnp.Array { return Det(a[0]) }
		log := func(a []jnp.Array) jnp.Array { return slogdet(a[0]) }
		for _, c := range []struct {
			name  string
			f     func(a []jnp.Array) jnp.Array
			x     jnp.Array
			order int
		}{
			{"of four rows", det, x, 2},
			{"of three rows", det, x.Index(jnp.S(0, 3), jnp.S(0, 3)), 2},
			{"of two rows", det, x.Index(jnp.S(0, 2), jnp.S(0, 2)), 2},
			{"of one row", det, x.Index(jnp.S(0, 1), jnp.S(0, 1)), 2},
			{"of a batch", det, jnp.Stack([]jnp.Array{x, x.T()}), 1},
			{"logarithm", log, x, 2},
			{"complex logarithm", log, z, 1},
			{"of rank 3", det, x.At(3).Set(x.Index(0).Add(x.Index(1))), 1},
			{"of rank 3, a row of zeros", det, x.At(0).Set(0), 1},
			{"of rank 2", det, jnp.Arange(16.0).Reshape(4, 4), 1},
		} {
			if err := grads.Check(c.f, []jnp.Array{c.x}, c.order); err != nil {
				t.Errorf("%s: %v", c.name, err)
			}
		}
	})()
}
