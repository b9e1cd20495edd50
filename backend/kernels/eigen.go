package kernels

/*
#include "lapack.h"
*/
import "C"

import (
	"cmp"
	"math"
	"math/cmplx"
	"slices"
	"unsafe"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/lapack"
	"gonum.org/v1/gonum/lapack/gonum"
)

// LAPACK's geev, gees and syevd, for where OpenBLAS is not there. All is computed in double precision: real matrices by
// gonum's LAPACK, complex ones by schur.go.

// elements are an array of LAPACK's type s, d, c or z.
type elements struct {
	of C.int
	p  unsafe.Pointer
}

func (e elements) at(i int) complex128 {
	switch p := unsafe.Add(e.p, i*[]int{4, 8, 8, 16}[e.of]); e.of {
	case 0:
		return complex(float64(*(*float32)(p)), 0)
	case 1:
		return complex(*(*float64)(p), 0)
	case 2:
		return complex128(*(*complex64)(p))
	default:
		return *(*complex128)(p)
	}
}

// set sets an element, of a real array to the real part.
func (e elements) set(i int, z complex128) {
	switch p := unsafe.Add(e.p, i*[]int{4, 8, 8, 16}[e.of]); e.of {
	case 0:
		*(*float32)(p) = float32(real(z))
	case 1:
		*(*float64)(p) = real(z)
	case 2:
		*(*complex64)(p) = complex64(z)
	default:
		*(*complex128)(p) = z
	}
}

// setMatrix writes a matrix column by column.
func (e elements) setMatrix(a []complex128, n int, scale float64) {
	for i, z := range a {
		e.set(i%n*n+i/n, z*complex(scale, 0))
	}
}

// eigen is what is computed of an n by n matrix: its eigenvalues and either the Schur form t and its vectors q, or
// eigenvectors. Those of a real matrix are LAPACK's, where a pair of conjugate ones is two columns, the real and the
// imaginary part.
type eigen struct {
	w            []complex128
	t, q, vl, vr []complex128
}

// gojaxEigen does what e asks for and returns LAPACK's info: 0, or another number where the iteration has not ended.
//
//export gojaxEigen
func gojaxEigen(e *C.gk_eigen) (info C.int) {
	defer func() {
		if recover() != nil { // gonum panics on arguments that LAPACK gives a negative info for
			info = -1
		}
	}()
	n := int(e.n)
	x, isReal := elements{e._type, e.a}, e._type < 2
	a, size := make([]complex128, n*n), 0.0
	for i := range a {
		a[i] = x.at(i%n*n + i/n)
		size = max(size, math.Abs(real(a[i])), math.Abs(imag(a[i])))
	}
	scale := 1.0 // a power of 2, by which nothing is rounded
	if size > 0 {
		scale = math.Ldexp(1, max(min(-math.Ilogb(size), 1000), -1000))
	}
	for i := range a {
		a[i] *= complex(scale, 0)
	}
	var r eigen
	ok := false
	switch {
	case e.routine == C.GK_SYEVD:
		r, ok = hermitianEigen(a, n, isReal, e.option[1] == 'U')
	case isReal:
		r, ok = realEigen(a, n, e.routine == C.GK_GEES, e.option[0] == 'V', e.option[1] == 'V')
	default:
		r, ok = complexEigen(a, n, e.routine == C.GK_GEES, e.option[0] == 'V', e.option[1] == 'V')
	}
	if !ok {
		return 1
	}
	w := elements{e._type, e.w}
	if e.routine == C.GK_SYEVD {
		w.of %= 2 // they are real
	}
	for i, z := range r.w {
		z /= complex(scale, 0)
		w.set(i, z)
		if e.wi != nil && isReal {
			elements{e._type, e.wi}.set(i, complex(imag(z), 0))
		}
	}
	vl, vr := elements{e._type, e.vl}, elements{e._type, e.vr}
	switch e.routine {
	case C.GK_SYEVD:
		x.setMatrix(r.q, n, 1)
	case C.GK_GEES:
		x.setMatrix(r.t, n, 1/scale)
		vr.setMatrix(r.q, n, 1)
	default:
		vl.setMatrix(r.vl, n, 1)
		vr.setMatrix(r.vr, n, 1)
	}
	return 0
}

// hermitianEigen is eigen of the Hermitian matrix of which a has one triangle: w rising, and q.
func hermitianEigen(a []complex128, n int, isReal, upper bool) (r eigen, ok bool) {
	for i := range n {
		for j := range i {
			if upper {
				a[i*n+j] = cmplx.Conj(a[j*n+i])
			} else {
				a[j*n+i] = cmplx.Conj(a[i*n+j])
			}
		}
		a[i*n+i] = complex(real(a[i*n+i]), 0)
	}
	if isReal {
		x, w, work := reals(a), make([]float64, n), make([]float64, 64*n)
		ok = gonum.Implementation{}.Dsyev(lapack.EVCompute, blas.Lower, n, x, n, w, work, len(work))
		return eigen{w: complexes(w), q: complexes(x)}, ok
	}
	s := newSchur(a, n)
	ok = s.iterate()
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int { return cmp.Compare(real(s.t[i*n+i]), real(s.t[j*n+j])) })
	r.q = make([]complex128, n*n)
	for to, from := range order {
		r.w = append(r.w, complex(real(s.t[from*n+from]), 0))
		for i := range n {
			r.q[i*n+to] = s.q[i*n+from]
		}
	}
	return r, ok
}

func reals(z []complex128) []float64 {
	x := make([]float64, len(z))
	for i, v := range z {
		x[i] = real(v)
	}
	return x
}

// realEigen is eigen of a real matrix.
func realEigen(a []complex128, n int, schur, left, right bool) (r eigen, ok bool) {
	x, wr, wi := reals(a), make([]float64, n), make([]float64, n)
	impl := gonum.Implementation{}
	var vl, vr []float64
	work := make([]float64, 64*n)
	if schur {
		tau := make([]float64, max(n-1, 0))
		impl.Dgehrd(n, 0, n-1, x, n, tau, work, len(work))
		vr = append(vr, x...)
		impl.Dorghr(n, 0, n-1, vr, n, tau, work, len(work))
		ok = impl.Dhseqr(lapack.EigenvaluesAndSchur, lapack.SchurOrig, n, 0, n-1, x, n, wr, wi, vr, n, work,
			len(work)) == 0
		r.t, r.q = complexes(x), complexes(vr)
	} else {
		l, g := lapack.LeftEVNone, lapack.RightEVNone
		if left {
			l, vl = lapack.LeftEVCompute, make([]float64, n*n)
		}
		if right {
			g, vr = lapack.RightEVCompute, make([]float64, n*n)
		}
		ok = impl.Dgeev(l, g, n, x, n, wr, wi, vl, n, vr, n, work, len(work)) == 0
		r.vl, r.vr = complexes(vl), complexes(vr)
	}
	r.w = complexes(wr)
	for i := range r.w {
		r.w[i] += complex(0, wi[i])
	}
	return r, ok
}

func complexes(x []float64) []complex128 {
	z := make([]complex128, len(x))
	for i, v := range x {
		z[i] = complex(v, 0)
	}
	return z
}

// complexEigen is eigen of a complex matrix, which it destroys.
func complexEigen(a []complex128, n int, schur, left, right bool) (r eigen, ok bool) {
	s := newSchur(a, n)
	if !s.iterate() {
		return r, false
	}
	r.t, r.q = s.t, s.q
	for i := range n {
		r.w = append(r.w, s.t[i*n+i])
	}
	if !schur && left {
		r.vl = s.vectors(true)
	}
	if !schur && right {
		r.vr = s.vectors(false)
	}
	return r, true
}

// normalised makes a vector's norm 1 and its largest element real.
func normalised(v []complex128) {
	norm, largest := 0.0, complex128(0)
	for _, z := range v {
		norm = math.Hypot(norm, cmplx.Abs(z))
		if cmplx.Abs(z) > cmplx.Abs(largest) {
			largest = z
		}
	}
	turn := cmplx.Conj(largest) / complex(cmplx.Abs(largest)*norm, 0)
	for i, z := range v {
		if v[i] = z * turn; z == largest {
			v[i] = complex(real(v[i]), 0)
		}
	}
}
