package linalg_test

import (
	"math/cmplx"
	"strings"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/scipy/sparse/linalg"
)

type array = jnp.Array

// near fails unless the arrays are equal within 1e-6.
func near(t *testing.T, what string, got, want array) {
	t.Helper()
	g, w := jnp.ToSlice[complex128](got.AsType(jnp.Complex128)), jnp.ToSlice[complex128](want.AsType(jnp.Complex128))
	if len(g) != len(w) {
		t.Fatalf("%s is %v, want %v", what, got, want)
	}
	for i := range g {
		if !(cmplx.Abs(g[i]-w[i]) < 1e-6) {
			t.Fatalf("%s is %v, want %v", what, got, want)
		}
	}
}

// inverse of [[4,1],[1,3]] is [[3,-1],[-1,4]]/11.
var (
	matrix  = []float64{4, 1, 1, 3}
	inverse = []float64{3. / 11, -1. / 11, -1. / 11, 4. / 11}
)

func solve(a, b array) array {
	return linalg.Krylov[array]{Tol: 1e-12}.CG(func(x array) array { return a.MatMul(x) }, b)
}

func TestCG(t *testing.T) {
	gojax.WithX64(true, func() {
		a, inv := jnp.FromSlice(matrix, 2, 2), jnp.FromSlice(inverse, 2, 2)
		b, c := jnp.FromSlice([]float64{1, -2}), jnp.FromSlice([]float64{0.5, 3})
		x := inv.MatMul(b)
		near(t, "x", solve(a, b), x)
		near(t, "x under Jit", gojax.Jit(solve)(a, b), x)
		each := gojax.Vmap(solve, gojax.InAxes(nil, 0))(a, jnp.Stack([]array{b, c}))
		near(t, "x under Vmap", each, jnp.Stack([]array{x, inv.MatMul(c)}))

		// L = c·x: dL/db is A⁻¹c, and dL/dA is -(A⁻¹c) xᵀ.
		type args struct{ A, B array }
		g := gojax.Grad(func(p args) array { return jnp.Dot(c, solve(p.A, p.B)) })(args{a, b})
		back := inv.MatMul(c)
		near(t, "dL/db", g.B, back)
		near(t, "dL/dA", g.A, jnp.Outer(back, x).Neg())
		_, dx := gojax.JVP(func(b array) array { return solve(a, b) }, b, c)
		near(t, "dx", dx, back)
		hessian := gojax.Hessian(func(b array) array { x := solve(a, b); return jnp.Dot(x, x) })(b)
		near(t, "the Hessian of x·x", hessian, inv.MatMul(inv).Mul(2))

		// Options, and trees.
		times := func(x array) array { return a.MatMul(x) }
		one := linalg.Krylov[array]{MaxIter: 1}.CG(times, b)
		if d := jnp.Max(jnp.Abs(one.Sub(x))).Item(); d < 1e-3 {
			t.Errorf("one step is %g from the solution, want more", d)
		}
		start := x
		near(t, "what begins at the solution", linalg.Krylov[array]{Start: &start, MaxIter: 1}.CG(times, b), x)
		jacobi := func(r array) array { return r.Div(jnp.Diag(a)) }
		near(t, "what is preconditioned", linalg.Krylov[array]{Tol: 1e-12, Precondition: jacobi}.CG(times, b), x)
		two := linalg.CG(func(x [2]array) [2]array { return [2]array{x[0].Mul(2), x[1].Mul(5)} }, [2]array{b, c})
		near(t, "the first of a tree", two[0], b.Div(2))
		near(t, "the second of a tree", two[1], c.Div(5))
	})()
}

func TestCGOfHermitian(t *testing.T) {
	gojax.WithX64(true, func() {
		a := jnp.FromSlice([]complex128{2, 1i, -1i, 3}, 2, 2)
		inv := jnp.FromSlice([]complex128{3. / 5, -1i / 5, 1i / 5, 2. / 5}, 2, 2)
		b := jnp.FromSlice([]complex128{1 + 2i, -1})
		near(t, "x", solve(a, b), inv.MatMul(b))
		// The gradient of Re(sum(A⁻¹b)), in JAX's convention, is the sum of the columns of A⁻¹.
		g := gojax.Grad(func(b array) array { return jnp.Sum(jnp.Real(solve(a, b))) })(b)
		near(t, "the gradient", g, jnp.Sum(inv, 0))
	})()
}

// What is refused names the function that was called, and what is wrong.
func TestCGRefuses(t *testing.T) {
	id := func(x array) array { return x }
	for name, row := range map[string]struct {
		f        func()
		op, want string
	}{
		"integers":    {func() { linalg.CG(id, jnp.Arange(3)) }, "linalg.CG", "floats, not int32"},
		"no function": {func() { linalg.CG(nil, jnp.Ones(3)) }, "linalg.CG", "nil function"},
		"other shapes": {func() { linalg.CG(func(x array) array { return x.Index(jnp.S(nil, 1)) }, jnp.Ones(3)) },
			"linalg.CG", "the product with the matrix holds float32[1] where b has float32[3]"},
		"other start": {func() {
			s := jnp.Ones(2)
			linalg.Krylov[array]{Start: &s}.CG(id, jnp.Ones(3))
		}, "linalg.Krylov.CG", "Start holds float32[2] where b has float32[3]"},
	} {
		err := gojax.Try(row.f)
		if err == nil {
			t.Errorf("%s: no error", name)
			continue
		}
		if e := err.(*gojax.Error); e.Op != row.op || !strings.Contains(e.Error(), row.want) {
			t.Errorf("%s: the error of %s lacks %q: %v", name, e.Op, row.want, err)
		}
	}
}
