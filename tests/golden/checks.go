package golden

import (
	"cmp"
	"fmt"
	"math"
	"math/cmplx"
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
)

// CompareBy checks outputs that are not unique by what makes them right, as the case's check says. arg is the first
// argument. Shapes and dtypes must be equal all the same.
func CompareBy(check string, arg, got, want any, tol Tolerance) error {
	outs, stored, err := checkedArrays(got, want)
	if err != nil {
		return err
	}
	c := checker{tol: tol}
	a := matricesOf(arg)
	switch {
	case check == "finite_shape":
		for i, o := range outs {
			for _, z := range o.e {
				if cmplx.IsInf(z) || cmplx.IsNaN(z) {
					return fmt.Errorf("output %d holds %v", i, z)
				}
			}
		}
	case check == "multiset" && len(outs) == 1:
		c.sorted("the values", outs[0].e, stored[0].e)
	case check == "qr_r" && len(outs) == 1:
		for i, r := range outs[0].split() {
			c.near("RᴴR", r.adjoint().times(r), a[i].adjoint().times(a[i]))
			c.triangular(r)
		}
	case check == "qr" && len(outs) == 2:
		q, r := outs[0].split(), outs[1].split()
		for i := range q {
			c.near("QR", q[i].times(r[i]), a[i])
			c.orthonormal("Q", q[i])
			c.triangular(r[i])
		}
	case check == "svd" && len(outs) == 3:
		c.near("S", outs[1].flat(), stored[1].flat())
		u, s, vh := outs[0].split(), outs[1].rows(), outs[2].split()
		for i := range u {
			k := s[i].c
			c.near("U S Vᴴ", u[i].columns(k).scaled(s[i].e).times(vh[i].top(k)), a[i])
			c.orthonormal("U", u[i])
			c.orthonormal("V", vh[i].adjoint())
		}
	case (check == "eigh" || check == "eigh_lax") && len(outs) == 2:
		at := 0
		if check == "eigh_lax" {
			at = 1
		}
		c.near("the eigenvalues", outs[at].flat(), stored[at].flat())
		w, v := outs[at].rows(), outs[1-at].split()
		for i := range v {
			c.near("AV", a[i].times(v[i]), v[i].scaled(w[i].e))
			c.orthonormal("V", v[i])
		}
	case (check == "eig" || check == "eig_left") && len(outs) == 2:
		w, v, from := outs[0].rows(), outs[1].split(), stored[0].rows()
		for i := range v {
			c.sorted("the eigenvalues", w[i].e, from[i].e)
			by := slices.Clone(w[i].e)
			if check == "eig_left" { // the right ones of Aᴴ, of the conjugate values
				a[i] = a[i].adjoint()
				for j := range by {
					by[j] = cmplx.Conj(by[j])
				}
			}
			c.near("AV", a[i].times(v[i]), v[i].scaled(by))
			c.near("the norms", v[i].norms(), newMatrix(1, v[i].c, func(_, _ int) complex128 { return 1 }))
		}
	default:
		return fmt.Errorf("unknown check %q of %d outputs", check, len(outs))
	}
	return c.err
}

// matrix is row-major; batches lie one after the other in a stack.
type matrix struct {
	r, c int
	e    []complex128
}

// stack is an array of any number of axes.
type stack struct {
	shape []int
	e     []complex128
}

// checkedArrays takes outputs apart: the arrays of got and those of want, of equal types.
func checkedArrays(got, want any) (outs, stored []stack, err error) {
	g, ok := eachLeaf(got, func(x any) any { return x }).([]any) // a list of arrays counts as one of anything
	w, list := want.([]any)
	if !list {
		g, w = []any{got}, []any{want}
	} else if !ok || len(g) != len(w) {
		return nil, nil, fmt.Errorf("out is %T, want %d arrays", got, len(w))
	}
	for i := range w {
		m, ok := w[i].(map[string]any)
		if !ok || !isArray(m) {
			return nil, nil, fmt.Errorf("cannot read output %d", i)
		}
		s, err := ReadStored(m)
		if err != nil {
			return nil, nil, err
		}
		v, err := valueOf(fmt.Sprintf("out[%d]", i), g[i], s)
		if err != nil {
			return nil, nil, err
		}
		outs = append(outs, stack{s.Shape, complexes(elements(v))})
		stored = append(stored, stack{s.Shape, complexes(s.Data)})
	}
	return outs, stored, nil
}

func complexes(l []ir.Lit) []complex128 {
	z := make([]complex128, len(l))
	for i := range l {
		z[i] = l[i].Complex()
	}
	return z
}

func matricesOf(arg any) []matrix {
	a, ok := arg.(jnp.Array)
	if !ok || a.NDim() < 2 {
		return nil
	}
	return stack{a.Shape(), complexes(elements(a.TraceValue()))}.split()
}

// split is the matrices of the last two axes.
func (s stack) split() (m []matrix) {
	n := len(s.shape)
	r, c := s.shape[n-2], s.shape[n-1]
	for i := range ir.SizeOf(s.shape[:n-2]) {
		m = append(m, matrix{r, c, s.e[i*r*c : (i+1)*r*c]})
	}
	return m
}

// rows is the vectors of the last axis.
func (s stack) rows() []matrix {
	n := len(s.shape)
	return stack{slices.Concat(s.shape[:n-1], []int{1, s.shape[n-1]}), s.e}.split()
}

func (s stack) flat() matrix { return matrix{1, len(s.e), s.e} }

func newMatrix(r, c int, f func(i, j int) complex128) matrix {
	m := matrix{r, c, make([]complex128, 0, r*c)}
	for i := range r {
		for j := range c {
			m.e = append(m.e, f(i, j))
		}
	}
	return m
}

func (m matrix) at(i, j int) complex128 { return m.e[i*m.c+j] }

func (m matrix) adjoint() matrix {
	return newMatrix(m.c, m.r, func(i, j int) complex128 { return cmplx.Conj(m.at(j, i)) })
}

func (m matrix) times(o matrix) matrix {
	return newMatrix(m.r, o.c, func(i, j int) (s complex128) {
		for k := range m.c {
			s += m.at(i, k) * o.at(k, j)
		}
		return s
	})
}

// norms are those of the columns.
func (m matrix) norms() matrix {
	return newMatrix(1, m.c, func(_, j int) complex128 {
		sum := 0.0
		for i := range m.r {
			sum = math.Hypot(sum, cmplx.Abs(m.at(i, j)))
		}
		return complex(sum, 0)
	})
}

// scaled multiplies the columns.
func (m matrix) scaled(w []complex128) matrix {
	return newMatrix(m.r, m.c, func(i, j int) complex128 { return m.at(i, j) * w[j] })
}

func (m matrix) columns(n int) matrix { return newMatrix(m.r, n, m.at) }

func (m matrix) top(n int) matrix { return newMatrix(n, m.c, m.at) }

// checker keeps the first thing that is wrong.
type checker struct {
	tol Tolerance
	err error
}

// near compares with a tolerance relative to the largest element.
func (c *checker) near(what string, got, want matrix) {
	if c.err != nil {
		return
	}
	if got.r != want.r || got.c != want.c {
		c.err = fmt.Errorf("%s is %d by %d, want %d by %d", what, got.r, got.c, want.r, want.c)
		return
	}
	largest := 0.0
	for _, z := range want.e {
		largest = max(largest, cmplx.Abs(z))
	}
	for i, z := range want.e {
		if d := cmplx.Abs(got.e[i] - z); !(d <= c.tol.Atol+c.tol.Rtol*largest) || math.IsNaN(d) {
			c.err = fmt.Errorf("%s is %v, want %v", what, got.e, want.e)
			return
		}
	}
}

func (c *checker) orthonormal(what string, m matrix) {
	one := newMatrix(m.c, m.c, func(i, j int) complex128 {
		if i == j {
			return 1
		}
		return 0
	})
	c.near(what+"ᴴ"+what, m.adjoint().times(m), one)
}

func (c *checker) triangular(m matrix) {
	c.near("R below its diagonal", newMatrix(m.r, m.c, func(i, j int) complex128 {
		if i > j {
			return m.at(i, j)
		}
		return 0
	}), matrix{m.r, m.c, make([]complex128, m.r*m.c)})
}

// sorted compares as multisets: each wanted value, in order of size, takes the nearest one that is left.
func (c *checker) sorted(what string, got, want []complex128) {
	left := slices.Clone(got)
	want = slices.SortedFunc(slices.Values(want),
		func(a, b complex128) int { return cmp.Compare(cmplx.Abs(a), cmplx.Abs(b)) })
	var match []complex128
	for _, w := range want {
		i := 0
		for j := range left {
			if cmplx.Abs(left[j]-w) < cmplx.Abs(left[i]-w) {
				i = j
			}
		}
		match = append(match, left[i])
		left = slices.Delete(left, i, i+1)
	}
	c.near(what, matrix{1, len(match), match}, matrix{1, len(want), want})
}
