package kernels

import (
	"math"
	"math/cmplx"
	"math/rand/v2"
	"slices"
	"testing"
)

// general are n by n matrices: some, and those on which an iteration may go wrong.
func general(n int) map[string][]complex128 {
	rng := rand.New(rand.NewPCG(7, uint64(n)))
	of := func(f func(i, j int) complex128) []complex128 {
		a := make([]complex128, n*n)
		for i := range a {
			a[i] = f(i/n, i%n)
		}
		return a
	}
	is := func(b bool) complex128 {
		if b {
			return 1
		}
		return 0
	}
	return map[string][]complex128{
		"some":     of(func(i, j int) complex128 { return complex(rng.NormFloat64(), rng.NormFloat64()) }),
		"real":     of(func(i, j int) complex128 { return complex(rng.NormFloat64(), 0) }),
		"shift":    of(func(i, j int) complex128 { return is(j == (i+1)%n) }),
		"jordan":   of(func(i, j int) complex128 { return 2*is(i == j) + is(j == i+1) }),
		"graded":   of(func(i, j int) complex128 { return complex(rng.NormFloat64()*math.Pow(10, float64(-i-j)), 0) }),
		"zeros":    of(func(i, j int) complex128 { return 0 }),
		"rank one": of(func(i, j int) complex128 { return complex(float64(i+1), float64(j)) }),
	}
}

func times(a, b []complex128, n int) []complex128 {
	c := make([]complex128, n*n)
	for i := range n {
		for k := range n {
			for j := range n {
				c[i*n+j] += a[i*n+k] * b[k*n+j]
			}
		}
	}
	return c
}

func adjointOf(a []complex128, n int) []complex128 {
	b := make([]complex128, n*n)
	for i := range a {
		b[i] = cmplx.Conj(a[i%n*n+i/n])
	}
	return b
}

// apart is the largest difference.
func apart(a, b []complex128) (d float64) {
	for i := range a {
		d = max(d, cmplx.Abs(a[i]-b[i]))
		if cmplx.IsNaN(a[i]) {
			return math.Inf(1)
		}
	}
	return d
}

func TestSchurForm(t *testing.T) {
	for _, n := range []int{1, 2, 3, 10, 60} {
		for name, a := range general(n) {
			norm := 1.0
			for _, z := range a {
				norm = math.Hypot(norm, cmplx.Abs(z))
			}
			tol := norm * float64(n+5) * epsilon
			r, ok := complexEigen(slices.Clone(a), n, true, false, false)
			if !ok {
				t.Errorf("%s, %d rows: the iteration does not end", name, n)
				continue
			}
			if d := apart(times(times(r.q, r.t, n), adjointOf(r.q, n), n), a); d > tol {
				t.Errorf("%s, %d rows: q·t·qᴴ is off by %g", name, n, d/norm)
			}
			for i := range r.t {
				if i/n > i%n && r.t[i] != 0 {
					t.Errorf("%s, %d rows: t is not triangular", name, n)
				}
			}
			v, _ := complexEigen(slices.Clone(a), n, false, true, true)
			for _, side := range []struct {
				name string
				a, v []complex128
				conj bool
			}{{"right", a, v.vr, false}, {"left", adjointOf(a, n), v.vl, true}} {
				scaled := slices.Clone(side.v)
				for i := range scaled {
					w := v.w[i%n]
					if side.conj {
						w = cmplx.Conj(w)
					}
					scaled[i] *= w
				}
				if d := apart(times(side.a, side.v, n), scaled); d > tol {
					t.Errorf("%s, %d rows: %s eigenvectors are off by %g", name, n, side.name, d/norm)
				}
			}
		}
	}
	for _, bad := range []complex128{cmplx.NaN(), cmplx.Inf()} {
		if _, ok := complexEigen([]complex128{1, bad, 2, 3}, 2, false, false, true); ok {
			t.Errorf("a matrix with %v has a Schur form", bad)
		}
	}
}
