package linalg_test

import (
	"math"
	"strings"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/linalg"
	"github.com/gojax/gojax/random"
)

// far is the largest difference of two arrays, whose shapes must be equal.
func far(t *testing.T, a, b jnp.Array) float64 {
	t.Helper()
	if a.NDim() != b.NDim() || a.Size() != b.Size() {
		t.Fatalf("shapes %v and %v", a.Shape(), b.Shape())
	}
	if a.Size() == 0 {
		return 0
	}
	return jnp.Abs(a.Sub(b)).Max().Item()
}

// definite are positive definite matrices [..., n, n].
func definite(d jnp.DType, shape ...int) jnp.Array {
	x := random.Dist{DType: d}.Normal(random.Key(1), shape...)
	xh := jnp.Conj(jnp.SwapAxes(x, -1, -2))
	return x.MatMul(xh).Add(jnp.Creation{DType: d}.Eye(shape[len(shape)-1]))
}

func TestFactors(t *testing.T) {
	gojax.WithX64(true, func() {
		for _, d := range []jnp.DType{jnp.Float64, jnp.Complex128} {
			for _, batch := range [][]int{nil, {3}, {0}} {
				n := 4
				a := definite(d, append(append([]int{}, batch...), n, n)...)
				b := random.Dist{DType: d}.Normal(random.Key(2), append(append([]int{}, batch...), n, 2)...)
				v := random.Dist{DType: d}.Normal(random.Key(3), n)
				sign, log := linalg.SLogDet(a)
				inv := linalg.Inv(a)
				cho, lu, qr, eigh, svd := linalg.CholeskyOf(a), linalg.LUOf(a), linalg.QROf(a), linalg.EighOf(a),
					linalg.SVDOf(a)
				s, l := lu.SLogDet()
				rank := svd.Rank().Sub(n)
				for what, c := range map[string][2]jnp.Array{
					"Cholesky Solve": {cho.Solve(b), linalg.Solve(a, b)},
					"Cholesky v":     {cho.Solve(v), linalg.Solve(a, v)},
					"Cholesky Inv":   {cho.Inv(), inv}, "Cholesky LogDet": {cho.LogDet(), log},
					"LU Solve": {lu.Solve(b), linalg.Solve(a, b)}, "LU v": {lu.Solve(v), linalg.Solve(a, v)},
					"LU Inv": {lu.Inv(), inv}, "LU Det": {lu.Det().Div(linalg.Det(a)), jnp.OnesLike(linalg.Det(a))},
					"LU sign": {s, sign}, "LU log": {l, log},
					"QR Solve": {qr.Solve(b), linalg.Solve(a, b)}, "QR v": {qr.Solve(v), linalg.Solve(a, v)},
					"Eigh Solve": {eigh.Solve(b), linalg.Solve(a, b)}, "Eigh v": {eigh.Solve(v), linalg.Solve(a, v)},
					"Eigh Inv": {eigh.Inv(), inv}, "Eigh Sqrt": {eigh.Sqrt().MatMul(eigh.Sqrt()), a},
					"Eigh Apply": {eigh.Apply(func(w jnp.Array) jnp.Array { return w.Mul(w) }), a.MatMul(a)},
					"SVD Solve":  {svd.Solve(b), linalg.Solve(a, b)}, "SVD v": {svd.Solve(v), linalg.Solve(a, v)},
					"SVD PInv": {svd.PInv(), inv}, "SVD Rank": {rank, jnp.ZerosLike(rank)},
				} {
					if e := far(t, c[0], c[1]); !(e < 1e-11) {
						t.Errorf("%v, batch %v: %s is off by %v", d, batch, what, e)
					}
				}
			}
		}
	})()
}

// Oblong and singular matrices, and other dtypes of the right-hand side.
func TestFactorsOf(t *testing.T) {
	a := random.Normal(random.Key(4), 6, 3)
	b := random.Normal(random.Key(5), 6)
	if e := far(t, linalg.QROf(a).Solve(b), linalg.LstSq(a, b).X); !(e < 1e-5) {
		t.Errorf("QR: off by %v", e)
	}
	a = a.MatMul(jnp.FromSlice([]float32{1, 0, 1, 0, 1, 1, 0, 0, 0}, 3, 3)) // of rank 2
	for _, m := range []jnp.Array{a, a.T()} {
		svd, b := linalg.SVDOf(m), random.Normal(random.Key(6), m.Shape()[0], 2)
		if svd.Rank().Item() != 2 {
			t.Errorf("the rank is %v", svd.Rank())
		}
		if e := far(t, svd.Solve(b), linalg.LstSq(m, b).X); !(e < 1e-5) {
			t.Errorf("SVD: off by %v", e)
		}
		if e := far(t, svd.PInv(), linalg.PInv(m)); !(e < 1e-5) {
			t.Errorf("PInv: off by %v", e)
		}
	}
	p := definite(jnp.Float32, 3, 3)
	f := linalg.CholeskyOf(p)
	if x := linalg.LUOf(p).Solve(jnp.Arange(3)); x.DType() != jnp.Float32 ||
		!(far(t, x, f.Solve(jnp.Arange(3))) < 1e-5) {
		t.Error(x)
	}
	if x := linalg.EighOf(p).Solve(jnp.Arange(3).AsType(jnp.Complex64)); x.DType() != jnp.Complex64 ||
		!(far(t, x.Real(), f.Solve(jnp.Arange(3))) < 1e-5) {
		t.Error(x)
	}
	if x := linalg.LUOf(jnp.Eye(3)).Solve(definite(jnp.Float32, 2, 3, 3)); !(x.NDim() == 3) { // of one matrix
		t.Error(x)
	}
	if l := linalg.CholeskyOf(jnp.FromSlice([]float32{1, 2, 2, 1}, 2, 2)).LogDet(); !math.IsNaN(l.Item()) {
		t.Errorf("an indefinite matrix has %v", l)
	}
	for want, f := range map[string]func(){
		"as many rows":       func() { linalg.LUOf(p).Solve(jnp.Ones(4)) },
		"SVDFactors.Solve":   func() { linalg.QROf(jnp.Ones(2, 3)).Solve(jnp.Ones(2)) },
		"takes square":       func() { linalg.LUOf(jnp.Ones(2, 3)) },
		"EighFactors.Solve":  func() { linalg.EighOf(p).Solve(jnp.Ones()) },
		"linalg.SVDFactors.": func() { linalg.SVDOf(p).Solve(jnp.Ones(4, 4)) },
	} {
		if err := gojax.Try(f); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want %q, got %v", want, err)
		}
	}
}

// Factors pass through every transformation as other structs of arrays do.
func TestFactorsAreTrees(t *testing.T) {
	a, b := definite(jnp.Float32, 3, 4, 4), random.Normal(random.Key(2), 3, 4)
	want := linalg.Solve(a, jnp.ExpandDims(b, -1)).Reshape(3, 4)
	lu := gojax.Jit(gojax.Vmap(linalg.LUOf))(a)
	solve := gojax.Vmap(func(f linalg.LUFactors, b jnp.Array) jnp.Array { return f.Solve(b) })
	if e := far(t, solve(lu, b), want); !(e < 1e-4) {
		t.Errorf("LU: off by %v", e)
	}
	cho := gojax.Vmap(gojax.Jit(linalg.CholeskyOf))(a)
	both := gojax.Jit(gojax.Vmap(func(f linalg.CholeskyFactors, b jnp.Array) jnp.Array { return f.Solve(b) }))
	if e := far(t, both(cho, b), want); !(e < 1e-4) {
		t.Errorf("Cholesky: off by %v", e)
	}
	// The gradient in the factors: of log det A by L it is 2 over the diagonal.
	g := gojax.Grad(linalg.CholeskyFactors.LogDet)(linalg.CholeskyFactors{L: cho.L.Index(0)})
	if e := far(t, jnp.Diagonal(g.L), jnp.Div(2, jnp.Diagonal(cho.L.Index(0)))); !(e < 1e-5) {
		t.Errorf("the gradient is %v", g.L)
	}
}

func TestFactorsDerivatives(t *testing.T) {
	gojax.WithX64(true, func() {
		a := definite(jnp.Float64, 3, 3)
		b := random.Normal(random.Key(2), 3, 2)
		sym := func(x jnp.Array) jnp.Array { return x.Add(x.T()).Div(2) }
		for name, f := range map[string]func(x jnp.Array) jnp.Array{
			"Cholesky": func(x jnp.Array) jnp.Array {
				f := linalg.CholeskyOf(sym(x))
				return f.Solve(b).Sum().Add(f.LogDet())
			},
			"LU": func(x jnp.Array) jnp.Array {
				f := linalg.LUOf(x)
				_, l := f.SLogDet()
				return f.Solve(b).Sum().Add(f.Det()).Add(l)
			},
			"QR": func(x jnp.Array) jnp.Array { return linalg.QROf(x).Solve(b).Sum() },
			"Eigh": func(x jnp.Array) jnp.Array {
				f := linalg.EighOf(sym(x))
				return f.Solve(b).Sum().Add(f.Sqrt().Sum())
			},
			"SVD": func(x jnp.Array) jnp.Array { return linalg.SVDOf(x).Solve(b).Sum() },
		} {
			if err := gojax.CheckGrads(f, a, 2); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	})()
}
