package lapack

import (
	"errors"
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/mat"

	"github.com/gojax/gojax/interop/gonum"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/linalg"
	slinalg "github.com/gojax/gojax/scipy/linalg"
)

// algebra is an implementation of linear algebra.
type algebra interface {
	LU(a *mat.Dense) (p, l, u *mat.Dense)
	QR(a *mat.Dense) (q, r *mat.Dense)
	SVD(a *mat.Dense) (u *mat.Dense, s []float64, v *mat.Dense)
	Rank(a *mat.Dense) int
	PInv(a *mat.Dense) *mat.Dense
	Cholesky(a *mat.Dense) (l *mat.Dense, ok bool)
	EigenSym(a *mat.Dense) (w []float64, v *mat.Dense)
	Solve(a, b *mat.Dense) *mat.Dense
	LstSq(a, b *mat.Dense) *mat.Dense
	Inv(a *mat.Dense) *mat.Dense
	Det(a *mat.Dense) float64
	SLogDet(a *mat.Dense) (sign, log float64)
	Exp(a *mat.Dense) *mat.Dense
}

type gojaxAlgebra struct{}

// of is a function of one array on a matrix.
func of(f func(jnp.Array) jnp.Array, a *mat.Dense) *mat.Dense {
	return gonum.ToDense(f(gonum.FromMatrix(a)))
}

func (gojaxAlgebra) LU(a *mat.Dense) (p, l, u *mat.Dense) {
	x, y, z := slinalg.LU(gonum.FromMatrix(a))
	return gonum.ToDense(x), gonum.ToDense(y), gonum.ToDense(z)
}

func (gojaxAlgebra) QR(a *mat.Dense) (q, r *mat.Dense) {
	x, y := linalg.QR(gonum.FromMatrix(a))
	return gonum.ToDense(x), gonum.ToDense(y)
}

func (gojaxAlgebra) SVD(a *mat.Dense) (u *mat.Dense, s []float64, v *mat.Dense) {
	x, y, z := linalg.SVDs{Reduced: true}.SVD(gonum.FromMatrix(a))
	return gonum.ToDense(x), jnp.ToSlice[float64](y), gonum.ToDense(z.T())
}

func (gojaxAlgebra) Rank(a *mat.Dense) int {
	return int(linalg.MatrixRank(gonum.FromMatrix(a)).Item())
}

func (gojaxAlgebra) PInv(a *mat.Dense) *mat.Dense { return of(linalg.PInv, a) }

func (gojaxAlgebra) Cholesky(a *mat.Dense) (l *mat.Dense, ok bool) {
	l = of(linalg.Cholesky, a)
	return l, !math.IsNaN(mat.Sum(l))
}

func (gojaxAlgebra) EigenSym(a *mat.Dense) (w []float64, v *mat.Dense) {
	x, y := linalg.Eigh(gonum.FromMatrix(a))
	return jnp.ToSlice[float64](x), gonum.ToDense(y)
}

func (gojaxAlgebra) Solve(a, b *mat.Dense) *mat.Dense {
	return gonum.ToDense(linalg.Solve(gonum.FromMatrix(a), gonum.FromMatrix(b)))
}

func (gojaxAlgebra) LstSq(a, b *mat.Dense) *mat.Dense {
	return gonum.ToDense(linalg.LstSq(gonum.FromMatrix(a), gonum.FromMatrix(b)).X)
}

func (gojaxAlgebra) Inv(a *mat.Dense) *mat.Dense { return of(linalg.Inv, a) }

func (gojaxAlgebra) Det(a *mat.Dense) float64 { return linalg.Det(gonum.FromMatrix(a)).Item() }

func (gojaxAlgebra) SLogDet(a *mat.Dense) (sign, log float64) {
	s, l := linalg.SLogDet(gonum.FromMatrix(a))
	return s.Item(), l.Item()
}

func (gojaxAlgebra) Exp(a *mat.Dense) *mat.Dense { return of(slinalg.Expm, a) }

type gonumAlgebra struct{}

func (gonumAlgebra) LU(a *mat.Dense) (p, l, u *mat.Dense) {
	r, c := a.Dims()
	if r != c { // mat.LU takes square ones
		return squareLU(a)
	}
	var f mat.LU
	f.Factorize(a)
	var lower, upper mat.TriDense
	f.LTo(&lower)
	f.UTo(&upper)
	p = mat.NewDense(r, r, nil)
	p.Permutation(r, f.RowPivots(nil))
	return p, mat.DenseCopyOf(&lower), mat.DenseCopyOf(&upper)
}

// squareLU is the LU decomposition of an oblong matrix by that of a square one: with columns of the identity where
// columns are missing, and without those that are too many.
func squareLU(a *mat.Dense) (p, l, u *mat.Dense) {
	r, c := a.Dims()
	s := mat.NewDense(r, r, nil)
	for i := range r {
		for j := range r {
			if j < c {
				s.Set(i, j, a.At(i, j))
			}
		}
	}
	p, l, _ = gonumAlgebra{}.LU(s)
	u = mat.NewDense(min(r, c), c, nil)
	l = mat.DenseCopyOf(l.Slice(0, r, 0, min(r, c)))
	pa := product(p.T(), a)
	for i := range min(r, c) { // U = L⁻¹ PᵀA, row by row
		for j := i; j < c; j++ {
			v := pa.At(i, j)
			for k := range i {
				v -= l.At(i, k) * u.At(k, j)
			}
			u.Set(i, j, v)
		}
	}
	return p, l, u
}

func (gonumAlgebra) QR(a *mat.Dense) (q, r *mat.Dense) {
	m, n := a.Dims()
	k := min(m, n)
	if m < n { // mat.QR takes tall ones; Q is that of the first columns
		q, _ = gonumAlgebra{}.QR(mat.DenseCopyOf(a.Slice(0, m, 0, m)))
		r = product(q.T(), a)
		for i := range m {
			for j := range i {
				r.Set(i, j, 0)
			}
		}
		return q, r
	}
	var f mat.QR
	f.Factorize(a)
	var x, y mat.Dense
	f.QTo(&x)
	f.RTo(&y)
	return mat.DenseCopyOf(x.Slice(0, m, 0, k)), mat.DenseCopyOf(y.Slice(0, k, 0, n))
}

func (gonumAlgebra) SVD(a *mat.Dense) (u *mat.Dense, s []float64, v *mat.Dense) {
	var f mat.SVD
	f.Factorize(a, mat.SVDThin)
	u, v = new(mat.Dense), new(mat.Dense)
	f.UTo(u)
	f.VTo(v)
	return u, f.Values(nil), v
}

func (g gonumAlgebra) Rank(a *mat.Dense) int {
	_, s, _ := g.SVD(a)
	r, c := a.Dims()
	n := 0
	for _, v := range s {
		if v > s[0]*float64(max(r, c))*0x1p-52 {
			n++
		}
	}
	return n
}

func (g gonumAlgebra) PInv(a *mat.Dense) *mat.Dense {
	u, s, v := g.SVD(a)
	n := g.Rank(a)
	for i := range s {
		if s[i] = 1 / s[i]; i >= n {
			s[i] = 0
		}
	}
	return product(v, diagonal(s), u.T())
}

func (gonumAlgebra) Cholesky(a *mat.Dense) (l *mat.Dense, ok bool) {
	var f mat.Cholesky
	if !f.Factorize(gonum.ToSymDense(gonum.FromMatrix(a))) {
		return nil, false
	}
	var t mat.TriDense
	f.LTo(&t)
	return mat.DenseCopyOf(&t), true
}

func (gonumAlgebra) EigenSym(a *mat.Dense) (w []float64, v *mat.Dense) {
	n, _ := a.Dims()
	s := mat.NewSymDense(n, nil)
	for i := range n {
		for j := i; j < n; j++ {
			s.SetSym(i, j, a.At(i, j))
		}
	}
	var f mat.EigenSym
	f.Factorize(s, true)
	v = new(mat.Dense)
	f.VectorsTo(v)
	return f.Values(nil), v
}

func (gonumAlgebra) Solve(a, b *mat.Dense) *mat.Dense {
	x := new(mat.Dense)
	must(x.Solve(a, b))
	return x
}

func (g gonumAlgebra) LstSq(a, b *mat.Dense) *mat.Dense { return g.Solve(a, b) }

func (gonumAlgebra) Inv(a *mat.Dense) *mat.Dense {
	x := new(mat.Dense)
	must(x.Inverse(a))
	return x
}

// must panics with an error that is no warning of a large condition.
func must(err error) {
	if err != nil && !errors.As(err, new(mat.Condition)) {
		panic(err)
	}
}

func (gonumAlgebra) Det(a *mat.Dense) float64 { return mat.Det(a) }

func (gonumAlgebra) SLogDet(a *mat.Dense) (sign, log float64) {
	log, sign = mat.LogDet(a)
	return sign, log
}

func (gonumAlgebra) Exp(a *mat.Dense) *mat.Dense {
	x := new(mat.Dense)
	x.Exp(a)
	return x
}

// random is a matrix of normal numbers.
func random(r, c int, seed uint64) *mat.Dense {
	g := rand.New(rand.NewPCG(seed, uint64(1000*r+c)))
	d := mat.NewDense(r, c, nil)
	for i := range r {
		for j := range c {
			d.Set(i, j, g.NormFloat64())
		}
	}
	return d
}

// rotated is a matrix with the singular values s.
func rotated(r, c int, s []float64) *mat.Dense {
	u, _ := gonumAlgebra{}.QR(random(r, len(s), 1))
	v, _ := gonumAlgebra{}.QR(random(c, len(s), 2))
	return product(u, diagonal(s), v.T())
}

// graded are n numbers from 1 down to least.
func graded(n int, least float64) []float64 {
	s := make([]float64, n)
	for i := range s {
		s[i] = math.Pow(least, float64(i)/math.Max(1, float64(n-1)))
	}
	return s
}

// matrices are those of n rows or about as many.
func matrices(n int) []matrix {
	fill := func(f func(i, j int) float64) *mat.Dense {
		d := mat.NewDense(n, n, nil)
		d.Apply(func(i, j int, _ float64) float64 { return f(i, j) }, d)
		return d
	}
	inf := math.Inf(1)
	flat := graded(n, 1e-1)
	scaled := rotated(n, n, flat)
	scaled.Scale(1e50, scaled)
	all := []matrix{
		{rotated(n, n, flat), "square", n, n, n, 10},
		{rotated(2*n+1, n, flat), "tall", 2*n + 1, n, n, 10},
		{rotated(n, 2*n+1, flat), "wide", n, 2*n + 1, n, 10},
		{scaled, "large", n, n, n, 10},
		{eye(n), "identity", n, n, n, 1},
		{mat.NewDense(n, n, nil), "zero", n, n, 0, inf},
		{rotated(n, n, graded(n, 1e-9)), "graded", n, n, n, 1e9},
		{fill(func(i, j int) float64 { return math.Pow(10, -float64(i)/10) * random(1, 1, uint64(n*i+j)).At(0, 0) }),
			"graded rows", n, n, n, 1e13},
	}
	if n <= 10 {
		conds := map[int]float64{1: 1, 2: 19.3, 3: 524, 10: 1.6e13}
		all = append(all,
			matrix{fill(func(i, j int) float64 { return 1 / float64(i+j+1) }), "Hilbert", n, n, n, conds[n]})
	}
	if n > 1 {
		s := graded(n, 1e-2)
		s[n-1] = 0
		all = append(all, matrix{rotated(n, n, s), "singular", n, n, n - 1, inf},
			matrix{rotated(2*n, n, s), "tall, of less rank", 2 * n, n, n - 1, inf})
	}
	return all
}
