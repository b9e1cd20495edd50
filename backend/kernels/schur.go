package kernels

import (
	"math"
	"math/cmplx"
)

// schurForm is q·t·qᴴ of a complex matrix, row by row: t is made upper triangular.
type schurForm struct {
	n    int
	t, q []complex128
}

const epsilon = 0x1p-52

// newSchur is the Hessenberg form of a: one reflection I - 2·u·uᴴ a column leaves zeros below its second element.
func newSchur(a []complex128, n int) *schurForm {
	s := &schurForm{n, a, make([]complex128, n*n)}
	for i := range n {
		s.q[i*n+i] = 1
	}
	u := make([]complex128, n)
	for k := range n - 2 {
		norm := 0.0
		for i := k + 1; i < n; i++ {
			u[i] = a[i*n+k]
			norm = math.Hypot(norm, cmplx.Abs(u[i]))
		}
		first := u[k+1]
		if norm == cmplx.Abs(first) {
			continue
		}
		turn := complex128(1)
		if first != 0 {
			turn = first / complex(cmplx.Abs(first), 0)
		}
		u[k+1] += turn * complex(norm, 0)
		// The square of u's norm is 2·norm·(norm + |first|).
		by := complex(1/(norm*(norm+cmplx.Abs(first))), 0)
		for j := k; j < n; j++ {
			sum := complex128(0)
			for i := k + 1; i < n; i++ {
				sum += cmplx.Conj(u[i]) * a[i*n+j]
			}
			for i := k + 1; i < n; i++ {
				a[i*n+j] -= sum * by * u[i]
			}
		}
		for _, m := range [][]complex128{a, s.q} {
			for i := range n {
				row, sum := m[i*n:i*n+n], complex128(0)
				for j := k + 1; j < n; j++ {
					sum += row[j] * u[j]
				}
				for j := k + 1; j < n; j++ {
					row[j] -= sum * by * cmplx.Conj(u[j])
				}
			}
		}
		for i := k + 2; i < n; i++ {
			a[i*n+k] = 0
		}
	}
	return s
}

// iterate makes t triangular, by steps of QR with a shift (LAPACK lahqr), and reports whether so many suffice as LAPACK
// allows.
func (s *schurForm) iterate() bool {
	n, t := s.n, s.t
	size := 0.0
	for _, z := range t {
		size = max(size, cmplx.Abs(z))
	}
	if math.IsNaN(size) || math.IsInf(size, 0) {
		return false
	}
	steps, since := 30*max(n, 10), 0
	for last := n - 1; last > 0; {
		first := last
		for ; first > 0; first-- {
			near := cmplx.Abs(t[first*n+first]) + cmplx.Abs(t[(first-1)*n+first-1])
			if near == 0 {
				near = size
			}
			if cmplx.Abs(t[first*n+first-1]) <= epsilon*near {
				t[first*n+first-1] = 0
				break
			}
		}
		if first == last {
			last, since = last-1, 0
			continue
		}
		if steps--; steps < 0 {
			return false
		}
		if since++; since%10 == 0 { // where the usual shift goes round in circles
			s.step(first, last, t[last*n+last]+complex(0.75*cmplx.Abs(t[last*n+last-1]), 0))
		} else {
			s.step(first, last, s.shift(last))
		}
	}
	return true
}

// shift is the eigenvalue of the last two rows that is nearer to the last element.
func (s *schurForm) shift(last int) complex128 {
	n := s.n
	a, b := s.t[(last-1)*n+last-1], s.t[(last-1)*n+last]
	c, d := s.t[last*n+last-1], s.t[last*n+last]
	half := (a - d) / 2
	root := cmplx.Sqrt(half*half + b*c)
	if real(half)*real(root)+imag(half)*imag(root) < 0 {
		root = -root
	}
	if half+root == 0 {
		return d
	}
	return d - b*c/(half+root)
}

// step is a step of QR on rows first to last: rotations of neighbouring rows and columns, the first of which is that of
// the shifted matrix, while the others drive the element which that leaves below the form out of it.
func (s *schurForm) step(first, last int, shift complex128) {
	n, t := s.n, s.t
	x, y := t[first*n+first]-shift, t[(first+1)*n+first]
	for k := first; k < last; k++ {
		r := complex(math.Hypot(cmplx.Abs(x), cmplx.Abs(y)), 0)
		if r != 0 {
			c, d := x/r, y/r
			ch, dh := cmplx.Conj(c), cmplx.Conj(d)
			upper, lower := t[k*n:k*n+n], t[(k+1)*n:(k+1)*n+n]
			for j := max(k-1, first); j < n; j++ {
				upper[j], lower[j] = ch*upper[j]+dh*lower[j], c*lower[j]-d*upper[j]
			}
			for i := range min(k+2, last) + 1 {
				l, r := t[i*n+k], t[i*n+k+1]
				t[i*n+k], t[i*n+k+1] = l*c+r*d, r*ch-l*dh
			}
			for i := range n {
				l, r := s.q[i*n+k], s.q[i*n+k+1]
				s.q[i*n+k], s.q[i*n+k+1] = l*c+r*d, r*ch-l*dh
			}
		}
		if k > first {
			t[(k+1)*n+k-1] = 0
		}
		if k+1 < last {
			x, y = t[(k+1)*n+k], t[(k+2)*n+k]
		}
	}
}

// vectors are the eigenvectors, in columns: those of t, by substitution, turned by q.
func (s *schurForm) vectors(left bool) []complex128 {
	n, t := s.n, s.t
	size := 0.0
	for _, z := range t {
		size = max(size, cmplx.Abs(z))
	}
	least := epsilon * size
	if size == 0 {
		least = 1
	}
	v, x, column := make([]complex128, n*n), make([]complex128, n), make([]complex128, n)
	at := func(i, j int) complex128 { // of t, or of tᴴ
		if left {
			return cmplx.Conj(t[j*n+i])
		}
		return t[i*n+j]
	}
	for k := range n {
		clear(x)
		x[k] = 1
		for m := 1; m < n; m++ { // upwards from row k, or for left ones downwards
			i := k - m
			if left {
				i = k + m
			}
			if i < 0 || i >= n {
				break
			}
			sum, by := complex128(0), at(i, i)-at(k, k)
			for j := min(i, k); j <= max(i, k); j++ {
				if j != i {
					sum += at(i, j) * x[j]
				}
			}
			if cmplx.Abs(by) < least { // a multiple eigenvalue
				by = complex(least, 0)
			}
			x[i] = -sum / by
			if big := cmplx.Abs(x[i]); big > 1e100 {
				for j := range x {
					x[j] /= complex(big, 0)
				}
			}
		}
		for i := range n {
			column[i] = 0
			for j, z := range x {
				column[i] += s.q[i*n+j] * z
			}
		}
		normalised(column)
		for i, z := range column {
			v[i*n+k] = z
		}
	}
	return v
}
