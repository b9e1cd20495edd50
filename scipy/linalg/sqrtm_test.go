package linalg_test

import (
	"math"
	"math/cmplx"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	. "github.com/gojax/gojax/scipy/linalg"
	"github.com/gojax/gojax/tests/fails"
	"github.com/gojax/gojax/tests/grads"
)

func TestSqrtm(t *testing.T) {
	for _, x := range general() {
		y := Sqrtm(x)
		if x.Size() == 9 && x.DType() == jnp.Int32 {
			x = x.AsType(jnp.Complex64)
		}
		if d := apart(y.MatMul(y), x); d > 5e-6 || !y.DType().IsComplex() {
			t.Errorf("%v: the square of the root is off by %g", x.TraceValue().Aval(), d)
		}
	}
	// The principal root: SciPy's.
	if err := check(Sqrtm(floats([]int{2, 2}, 1, 3, 1, 4)), "complex64[2,2]",
		[]complex128{0.755928946, 1.13389342, 0.377964473, 1.88982237}, 1e-6); err != nil {
		t.Error(err)
	}
	if y := elements(Sqrtm(floats([]int{2, 2}, 0, 1, 0, 0))); !cmplx.IsNaN(y[1]) {
		t.Errorf("a matrix without a root has %v", y)
	}
	if d := apart(Sqrtm(floats([]int{2, 2}, -4, 0, 0, 9)), jnp.Diag(jnp.FromSlice([]complex64{2i, 3}))); d > 1e-6 {
		t.Errorf("the root of a negative number is off by %g", d)
	}
	fails.With(t, func() { Sqrtm(tall()) }, "sqrtm_test.go:", "linalg.Sqrtm(float32[3,2])", "square")
}

func TestFunm(t *testing.T) {
	for _, x := range []jnp.Array{three(), hermitian(), jnp.Stack([]jnp.Array{three(), three().T()})} {
		y, err := FunmError(x, jnp.Exp)
		if d := apart(y, Expm(x)); d > 2e-5 {
			t.Errorf("%v: the exponential is off by %g", x.TraceValue().Aval(), d)
		}
		if e := jnp.Max(err).Item(); e < 1e-7 || e > 1e-5 || err.NDim() != x.NDim()-2 {
			t.Errorf("%v: the estimate of the error is %v", x.TraceValue().Aval(), err)
		}
	}
	sin := func(w jnp.Array) jnp.Array { return jnp.Sin(w).Add(jnp.Cos(w).Mul(2)) }
	// SciPy's figures.
	if err := check(Funm(floats([]int{2, 2}, 1, 2, 3, 4), sin), "complex64[2,2]",
		[]complex128{1.24526515, -0.370177216, -0.555265824, 0.689999325}, 1e-5); err != nil {
		t.Error(err)
	}
	if y, err := FunmError(floats([]int{2, 2}, 1, 1, 0, 1), jnp.Exp); math.IsNaN(real(elements(y)[1])) ||
		err.Item() != 1 {
		t.Errorf("of equal eigenvalues: %v, %v", y, err)
	}
	if y := Funm(three(), func(w jnp.Array) jnp.Array { return w.Real() }); !y.DType().IsComplex() {
		t.Errorf("of real values: %v", y)
	}
	fails.With(t, func() { Funm(tall(), jnp.Exp) }, "sqrtm_test.go:", "linalg.Funm(float32[3,2])", "square")
	fails.With(t, func() { FunmError(three(), func(w jnp.Array) jnp.Array { return w.Sum() }) }, "sqrtm_test.go:",
		"linalg.FunmError(float32[3,3])", "as many numbers as it takes, [3], not []")
}

func TestSolveSylvester(t *testing.T) {
	x, z := three(), three().AsType(jnp.Complex64).Mul(1+0.5i)
	for i, c := range [][3]jnp.Array{{x, hermitian(), tall()}, {z, x, x}, {x, jnp.Eye(2), tall()},
		{jnp.Stack([]jnp.Array{x, x.Mul(2)}), jnp.Eye(2), tall()},
		{floats([]int{0, 0}), jnp.Eye(2), floats([]int{0, 2})},
		{jnp.FromSlice([]int32{1}, 1, 1), jnp.FromSlice([]int32{1}, 1, 1), jnp.FromSlice([]int32{3}, 1, 1)}} {
		y := SolveSylvester(c[0], c[1], c[2])
		got := c[0].MatMul(y).Add(y.MatMul(c[1]))
		if d := apart(got, jnp.BroadcastTo(c[2], got.Shape()...)); d > 1e-5 {
			t.Errorf("case %d: a·x + x·b is off by %g", i, d)
		}
	}
	for _, y := range []jnp.Array{SolveSylvester(x, x.Neg(), x), Sylvester{Tol: 5}.SolveSylvester(x, jnp.Eye(3), x)} {
		if n := jnp.Sum(jnp.IsNaN(y)).Item(); n != 9 {
			t.Errorf("where the sums of eigenvalues are 0: %v", y)
		}
	}
	fails.With(t, func() { SolveSylvester(x, x, tall()) }, "sqrtm_test.go:", "linalg.SolveSylvester",
		"not 3 by 2")
	fails.With(t, func() { SolveSylvester(x, x, floats([]int{3}, 1, 2, 3)) }, "two axes")
}

func TestEquationGradients(t *testing.T) {
	gojax.WithX64(true, func() {
		x := jnp.FromSlice([]float64{2.5, -1, 2, 3, 2, 4, 0.25, 1, 4}, 3, 3)
		b := jnp.FromSlice([]float64{1, 0.5, -1, 2}, 2, 2)
		c := jnp.Arange(6.0).Reshape(3, 2)
		z := x.AsType(jnp.Complex128).Mul(1 + 0.5i)
		root := func(a []jnp.Array) jnp.Array { return Sqrtm(a[0]) }
		for name, err := range map[string]error{
			"Sqrtm":         grads.Check(func(a []jnp.Array) jnp.Array { return root(a).Real() }, []jnp.Array{x}, 2),
			"Sqrtm complex": grads.Check(root, []jnp.Array{z}, 1),
			"SolveSylvester": grads.Check(func(a []jnp.Array) jnp.Array { return SolveSylvester(a[0], a[1], a[2]) },
				[]jnp.Array{x, b, c}, 2),
		} {
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	})()
}
