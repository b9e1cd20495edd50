package kernels

import (
	"math"
	"math/cmplx"
	"slices"
	"testing"
)

func TestRealEigen(t *testing.T) {
	for _, n := range []int{1, 2, 3, 10, 60} {
		for name, a := range general(n) {
			norm := 1.0
			for i, z := range a {
				a[i] = complex(real(z), 0)
				norm = math.Hypot(norm, cmplx.Abs(z))
			}
			r, ok := realEigen(slices.Clone(a), n, true, false, false)
			if !ok {
				t.Errorf("%s, %d rows: the iteration does not end", name, n)
				continue
			}
			if d := apart(times(times(r.q, r.t, n), adjointOf(r.q, n), n), a); d > norm*float64(n+5)*epsilon {
				t.Errorf("%s, %d rows: q·t·qᵀ is off by %g", name, n, d/norm)
			}
			for i := 2; i < n; i++ {
				if r.t[i*n+i-1] != 0 && r.t[(i-1)*n+i-2] != 0 || slices.ContainsFunc(r.t[i*n:i*n+i-1],
					func(z complex128) bool { return z != 0 }) {
					t.Errorf("%s, %d rows: t has more than blocks of two below its diagonal", name, n)
				}
			}
		}
	}
}
