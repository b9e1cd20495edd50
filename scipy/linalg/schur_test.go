package linalg_test

import (
	"math"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	numpy "github.com/gojax/gojax/jnp/linalg"
	. "github.com/gojax/gojax/scipy/linalg"
	"github.com/gojax/gojax/tests/fails"
)

// around is z·t·zᴴ.
func around(t, z jnp.Array) jnp.Array {
	return z.MatMul(t).MatMul(jnp.Conj(numpy.MatrixTranspose(z)))
}

// apart is the largest difference of two arrays, beside the largest element of the second; NaN is infinitely far.
func apart(x, y jnp.Array) float64 {
	if y.Size() == 0 {
		return 0
	}
	far := func(x jnp.Array) float64 { return jnp.Max(jnp.Abs(x)).Item() }
	if d := far(x.Sub(y)) / max(far(y), 1e-30); !math.IsNaN(d) {
		return d
	}
	return math.Inf(1)
}

func general() []jnp.Array {
	return []jnp.Array{three(), hermitian(), three().AsType(jnp.Complex64).Mul(2i), floats([]int{1, 1}, -3),
		floats([]int{2, 0, 0}), jnp.Stack([]jnp.Array{three(), three().T(), three().Mul(0)}),
		jnp.FromSlice([]int32{0, 1, 0, 0, 0, 1, 1, 0, 0}, 3, 3), jnp.Eye(2).AsType(jnp.BFloat16)}
}

func TestSchur(t *testing.T) {
	for _, x := range general() {
		what := x.TraceValue().Aval()
		s, z := Schur(x)
		if d := apart(around(s, z), x); d > 3e-6 {
			t.Errorf("%v: z·t·zᴴ is off by %g", what, d)
		}
		if below := jnp.Sum(jnp.Abs(jnp.Tril(s, -2))).Item(); below != 0 {
			t.Errorf("%v: t has elements far below its diagonal: %v", what, s)
		}
		c, zc := Form{Complex: true}.Schur(x)
		r, zr := RSF2CSF(s, z)
		for i, y := range [][2]jnp.Array{{c, zc}, {r, zr}} {
			if d := apart(around(y[0], y[1]), x); d > 3e-6 || !y[0].DType().IsComplex() {
				t.Errorf("%v: the complex form is off by %g, case %d", what, d, i)
			}
			if below := jnp.Sum(jnp.Abs(jnp.Tril(y[0], -1))).Item(); below > 3e-6 {
				t.Errorf("%v: the complex form is not triangular, case %d: %v", what, i, y[0])
			}
		}
		h, q := HessenbergQ(x)
		if d := apart(around(h, q), x); d > 3e-6 || apart(Hessenberg(x), h) != 0 {
			t.Errorf("%v: q·h·qᴴ is off by %g", what, d)
		}
		if below := jnp.Sum(jnp.Abs(jnp.Tril(h, -2))).Item(); below != 0 {
			t.Errorf("%v: h has elements below its first subdiagonal", what)
		}
	}
	f := func(x jnp.Array) jnp.Array {
		s, z := Schur(x)
		return joined(append(two(RSF2CSF(s, z)), two(HessenbergQ(x))...)...)
	}
	both := jnp.Stack([]jnp.Array{three(), three().T()}, 1)
	y := gojax.Vmap(f, gojax.InAxes(1))(both)
	for i := range 2 {
		if d := apart(y.Index(i), f(both.Index(jnp.All, i))); d > 1e-6 {
			t.Errorf("mapped it differs by %g", d)
		}
	}
	x := three()
	for _, c := range []struct {
		f    func()
		want []string
	}{
		{func() { Schur(tall()) }, []string{"linalg.Schur(float32[3,2])", "square"}},
		{func() { RSF2CSF(x, jnp.Eye(2)) }, []string{"linalg.RSF2CSF", "one shape"}},
		{func() { Hessenberg(tall()) }, []string{"linalg.Hessenberg(float32[3,2])", "square"}},
		{func() { HessenbergQ(tall()) }, []string{"linalg.HessenbergQ(float32[3,2])", "square"}},
		{func() {
			gojax.Grad(func(x jnp.Array) jnp.Array { s, _ := Schur(x); return s.Sum() })(x)
		}, []string{"schur"}},
	} {
		fails.With(t, c.f, append(c.want, "schur_test.go:")...)
	}
}
