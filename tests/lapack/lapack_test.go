// Package lapack tests factorisations as the tests of LAPACK and of gonum's port of it do: a test takes the
// implementation as an argument, and looks at residuals, orthogonality and what gonum finds. The implementations are
// gojax with OpenBLAS, gojax without it, and gonum, by which the tests are tested.
package lapack

import (
	"fmt"
	"math"
	"os"
	"os/exec"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/backend/kernels"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/linalg"
	slinalg "github.com/gojax/gojax/scipy/linalg"
	"github.com/gojax/gojax/tests/leak"
	"github.com/gojax/gojax/tests/sample"
	"github.com/gojax/gojax/transforms/jit"
)

func TestMain(m *testing.M) {
	gojax.EnableX64(true)
	leak.Main(m, jit.LiveBuffers)
}

// child is set in the process that runs the tests without OpenBLAS.
const child = "GOJAX_TEST_CHILD"

func TestGonum(t *testing.T) {
	testAll(t, gonumAlgebra{}, sizes())
}

func TestOpenBLAS(t *testing.T) {
	if !kernels.HasRoutine("lapack_dpotrf_ffi") {
		t.Skip("there is no OpenBLAS")
	}
	testAll(t, gojaxAlgebra{}, sizes())
}

// TestNative runs in another process, since which way an operation goes is decided once. XLA takes seconds to compile
// some of its own ways.
func TestNative(t *testing.T) {
	if os.Getenv(child) == "" {
		cmd := exec.Command(os.Args[0], "-test.run=TestNative", "-test.v", "-test.timeout=30m")
		cmd.Env = append(os.Environ(), child+"=1", "GOJAX_OPENBLAS=0")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%v\n%s", err, out)
		}
		return
	}
	if kernels.HasRoutine("lapack_dpotrf_ffi") {
		t.Fatal("OpenBLAS is there")
	}
	n := sizes()
	if !sample.All() {
		n = []int{1, 10}
	}
	testAll(t, gojaxAlgebra{}, n)
}

func sizes() []int { return []int{1, 2, 3, 10, 50, 101} }

// testAll runs every test on every matrix that it is for.
func testAll(t *testing.T, impl algebra, sizes []int) {
	for _, n := range sizes {
		for _, m := range matrices(n) {
			t.Run(fmt.Sprintf("%s %d", m.name, n), func(t *testing.T) {
				testQR(t, impl, m)
				testSVD(t, impl, m)
				testPInv(t, impl, m)
				testLU(t, impl, m)
				if m.r >= m.c && m.cond < 1e10 {
					testLstSq(t, impl, m)
				}
				if m.r != m.c {
					return
				}
				testDet(t, impl, m)
				testExp(t, impl, m)
				testEigenSym(t, impl, m)
				testCholesky(t, impl, m)
				if m.cond < 1e14 {
					testSolve(t, impl, m)
					testInv(t, impl, m)
				}
			})
		}
	}
}

// matrix is one to be factored. cond is about its condition, infinite for a singular one.
type matrix struct {
	*mat.Dense
	name       string
	r, c, rank int
	cond       float64
}

// eps is the distance of 1 to the next number, times what rounding adds up to in matrices of n rows.
func eps(n int) float64 { return 0x1p-52 * float64(20+8*n) }

// close checks that a is b within tol times the norm of b or 1.
func closeTo(t *testing.T, what string, a, b mat.Matrix, tol float64) {
	t.Helper()
	var d mat.Dense
	d.Sub(a, b)
	scale := mat.Norm(b, 2)
	if e := mat.Norm(&d, 2); !(e <= tol*scale) && !(scale == 0 && e <= tol) {
		t.Errorf("%s: off by %.3g of %.3g, more than %.3g of it", what, e, scale, tol)
	}
}

// orthogonal checks that the columns of q are orthonormal.
func orthogonal(t *testing.T, what string, q *mat.Dense, tol float64) {
	t.Helper()
	_, c := q.Dims()
	closeTo(t, what+" is orthogonal", product(q.T(), q), eye(c), tol)
}

// triangular checks that a has nothing below its diagonal (above, for Lower).
func triangular(t *testing.T, what string, a mat.Matrix, kind mat.TriKind) {
	t.Helper()
	r, c := a.Dims()
	for i := range r {
		for j := range c {
			if (kind == mat.Upper && i > j || kind == mat.Lower && i < j) && a.At(i, j) != 0 {
				t.Errorf("%s: element %d, %d is %v", what, i, j, a.At(i, j))
				return
			}
		}
	}
}

func product(a ...mat.Matrix) *mat.Dense {
	p := mat.DenseCopyOf(a[0])
	for _, b := range a[1:] {
		var q mat.Dense
		q.Mul(p, b)
		p = &q
	}
	return p
}

func eye(n int) *mat.Dense {
	d := mat.NewDense(n, n, nil)
	for i := range n {
		d.Set(i, i, 1)
	}
	return d
}

func diagonal(s []float64) mat.Matrix { return mat.NewDiagDense(len(s), slices.Clone(s)) }

func testLU(t *testing.T, impl algebra, m matrix) {
	p, l, u := impl.LU(m.Dense)
	closeTo(t, "PLU", product(p, l, u), m, eps(m.r))
	triangular(t, "L", l, mat.Lower)
	triangular(t, "U", u, mat.Upper)
	for i := range min(m.r, m.c) {
		if l.At(i, i) != 1 {
			t.Errorf("L has %v on its diagonal", l.At(i, i))
		}
	}
	if largest := mat.Max(l); largest > 1 {
		t.Errorf("a pivot is not the largest of its column: L has %v", largest)
	}
}

func testQR(t *testing.T, impl algebra, m matrix) {
	q, r := impl.QR(m.Dense)
	closeTo(t, "QR", product(q, r), m, eps(m.r))
	orthogonal(t, "Q", q, eps(m.r))
	triangular(t, "R", r, mat.Upper)
}

func testSVD(t *testing.T, impl algebra, m matrix) {
	u, s, v := impl.SVD(m.Dense)
	closeTo(t, "USVᵀ", product(u, diagonal(s), v.T()), m, eps(m.r))
	orthogonal(t, "U", u, eps(m.r))
	orthogonal(t, "V", v, eps(m.r))
	_, want, _ := gonumAlgebra{}.SVD(m.Dense)
	for i := range s {
		if s[i] < 0 || i > 0 && s[i] > s[i-1] {
			t.Errorf("singular values are in no order: %v", s)
		}
		if !(math.Abs(s[i]-want[i]) <= eps(m.r)*want[0]) {
			t.Errorf("singular value %d is %v, gonum's %v", i, s[i], want[i])
		}
	}
	if rank := impl.Rank(m.Dense); rank != m.rank && m.cond < 1e12 {
		t.Errorf("the rank is %d, not %d", m.rank, rank)
	}
}

// testPInv checks what Penrose asks of a pseudoinverse.
func testPInv(t *testing.T, impl algebra, m matrix) {
	if m.cond > 1e10 && m.rank == min(m.r, m.c) {
		return
	}
	p := impl.PInv(m.Dense)
	tol := 1e4 * eps(m.r)
	if m.rank == min(m.r, m.c) {
		tol = m.cond * eps(m.r)
	}
	closeTo(t, "A A⁺ A", product(m, p, m), m, tol)
	closeTo(t, "A⁺ A A⁺", product(p, m, p), p, tol)
	a := product(m, p)
	closeTo(t, "A A⁺ is symmetric", a.T(), a, tol)
}

func testCholesky(t *testing.T, impl algebra, m matrix) {
	a := product(m.T(), m)
	for i := range m.c { // definite whatever m is, and as ill conditioned as rounding lets it be
		a.Set(i, i, a.At(i, i)*(1+100*eps(m.r))+1e-300)
	}
	l, ok := impl.Cholesky(a)
	if !ok {
		if m.rank == m.c && m.cond < 1e6 {
			t.Error("a definite matrix has no Cholesky factor")
		}
		return
	}
	closeTo(t, "LLᵀ", product(l, l.T()), a, eps(m.r))
	triangular(t, "L", l, mat.Lower)
	a.Scale(-1, a)
	if _, ok := impl.Cholesky(a); ok {
		t.Error("a negative matrix has a Cholesky factor")
	}
}

func testEigenSym(t *testing.T, impl algebra, m matrix) {
	a := product(m.T(), m)
	var b mat.Dense
	b.Sub(a, eye(m.c)) // of both signs
	w, v := impl.EigenSym(&b)
	want, _ := gonumAlgebra{}.EigenSym(&b)
	closeTo(t, "VWVᵀ", product(v, diagonal(w), v.T()), &b, eps(m.r))
	orthogonal(t, "V", v, eps(m.r))
	scale := math.Max(math.Abs(want[0]), math.Abs(want[len(want)-1]))
	for i := range w {
		if i > 0 && w[i] < w[i-1] {
			t.Errorf("eigenvalues are in no order: %v", w)
		}
		if !(math.Abs(w[i]-want[i]) <= eps(m.r)*scale) {
			t.Errorf("eigenvalue %d is %v, gonum's %v", i, w[i], want[i])
		}
	}
}

func testSolve(t *testing.T, impl algebra, m matrix) {
	b := random(m.r, 3, 7)
	x := impl.Solve(m.Dense, b)
	var d mat.Dense
	d.Sub(product(m, x), b)
	if e, most := mat.Norm(&d, 2), eps(m.r)*mat.Norm(m, 2)*mat.Norm(x, 2); !(e <= most) {
		t.Errorf("Ax - b is %.3g, more than %.3g", e, most)
	}
	closeTo(t, "x", x, gonumAlgebra{}.Solve(m.Dense, b), m.cond*eps(m.r))
}

func testInv(t *testing.T, impl algebra, m matrix) {
	closeTo(t, "A A⁻¹", product(m, impl.Inv(m.Dense)), eye(m.r), m.cond*eps(m.r))
}

func testLstSq(t *testing.T, impl algebra, m matrix) {
	if m.rank < m.c {
		return
	}
	b := random(m.r, 2, 8)
	x := impl.LstSq(m.Dense, b)
	closeTo(t, "least squares", x, gonumAlgebra{}.LstSq(m.Dense, b), m.cond*m.cond*eps(m.r))
}

func testDet(t *testing.T, impl algebra, m matrix) {
	det := impl.Det(m.Dense)
	sign, log := impl.SLogDet(m.Dense)
	if m.rank < m.r {
		// What rounding leaves of 0 is small beside the product of the norms of the columns.
		most := 0.0
		for j := range m.c {
			most += math.Log(mat.Norm(m.ColView(j), 2))
		}
		least := math.Log(eps(m.r)) + most
		if !(math.Log(math.Abs(det)) <= least && log <= least) {
			t.Errorf("the determinant of a singular matrix is %v, its logarithm %v", det, log)
		}
		return
	}
	if m.cond > 1e12 {
		return
	}
	want, wantSign := mat.LogDet(m)
	if sign != wantSign || !(math.Abs(log-want) <= m.cond*eps(m.r)+eps(m.r)*math.Abs(want)) {
		t.Errorf("the logarithm of the determinant is %v, %v; gonum's %v, %v", sign, log, wantSign, want)
	}
	value := math.Exp(want)
	if e := math.Abs(det - wantSign*value); !math.IsInf(value, 0) && !(e <= (m.cond+math.Abs(want))*eps(m.r)*value) {
		t.Errorf("the determinant is %v, not %v", det, wantSign*value)
	}
}

func testExp(t *testing.T, impl algebra, m matrix) {
	var a mat.Dense
	a.Scale(3/math.Max(1, mat.Norm(m, 2)), m)
	var want mat.Dense
	want.Exp(&a)
	closeTo(t, "the exponential", impl.Exp(&a), &want, 100*eps(m.r))
}

// Matrices without elements, which gonum does not have.
func TestEmpty(t *testing.T) {
	zero, wide := jnp.Zeros(0, 0), jnp.Zeros(0, 3)
	shapes := func(x ...jnp.Array) string {
		s := ""
		for _, a := range x {
			s += fmt.Sprint(a.Shape())
		}
		return s
	}
	q, r := linalg.QR(wide)
	u, s, v := linalg.SVD(wide)
	p, l, up := slinalg.LU(wide)
	w, vectors := linalg.Eigh(zero)
	sign, log := linalg.SLogDet(zero)
	for what, c := range map[string][2]string{
		"QR":           {shapes(q, r), "[0 0][0 3]"},
		"SVD":          {shapes(u, s, v), "[0 0][0][3 3]"},
		"LU":           {shapes(p, l, up), "[0 0][0 0][0 3]"},
		"Eigh":         {shapes(w, vectors), "[0][0 0]"},
		"Cholesky":     {shapes(linalg.Cholesky(zero)), "[0 0]"},
		"Solve":        {shapes(linalg.Solve(zero, wide)), "[0 3]"},
		"Inv":          {shapes(linalg.Inv(zero)), "[0 0]"},
		"PInv":         {shapes(linalg.PInv(wide)), "[3 0]"},
		"Expm":         {shapes(slinalg.Expm(zero)), "[0 0]"},
		"LstSq":        {shapes(linalg.LstSq(wide, zero).X), "[3 0]"},
		"determinants": {fmt.Sprint(linalg.Det(zero), sign, log), "1.0 1.0 0.0"},
	} {
		if c[0] != c[1] {
			t.Errorf("%s: %s, want %s", what, c[0], c[1])
		}
	}
}
