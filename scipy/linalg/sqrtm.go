package linalg

import (
	"math"

	"github.com/gojax/gojax/internal/arrays"
	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/linalg"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Sqrtm is the principal square root X of square matrices, X·X = A, SciPy's linalg.sqrtm: [..., n, n] to the same
// shape, complex always. It is found from the Schur form (Å. Björck and S. Hammarling, A Schur method for the square
// root of a matrix, 1983). Of singular matrices that have no root it holds infinities and NaN. Its derivatives, which
// JAX has not, exist where no two eigenvalues of X add up to 0.
func Sqrtm(a jnp.Array) jnp.Array {
	const op = "linalg.Sqrtm"
	matrices(op, a, true)
	return run(op, nil, func(x []jnp.Array) []jnp.Array {
		y := kit.Derived1(op, func(x []*trace.Value) *trace.Value {
			t, z := lax.Schur(jnp.Wrap(x[0]))
			return product(product(z, triangularRoot(t)), adjoint(z)).TraceValue()
		}, func(_ []*trace.Value, y *trace.Value, t []*trace.Value) *trace.Value { // x·dx + dx·x = da
			x := jnp.Wrap(y)
			dx, _, _ := sylvester(x, x, jnp.Wrap(t[0]))
			return dx.TraceValue()
		}, asComplex(x[0]).TraceValue())
		return []jnp.Array{jnp.Wrap(y)}
	}, a)[0]
}

// triangularRoot is the upper triangular u with u·u = t, column by column: what is above the diagonal in column j
// solves (u + u[j, j])·x = t[:, j].
func triangularRoot(t jnp.Array) jnp.Array {
	n, _ := size(t)
	diagonal := jnp.Sqrt(jnp.Diagonal(t, 0, -2, -1))
	row, column := jnp.ExpandDims(jnp.Arange(n), 1), jnp.Arange(n)
	onIt := row.Eq(column)
	u := jnp.Where(onIt, jnp.ExpandDims(diagonal, -1), 0.0)
	if n < 2 {
		return u
	}
	return lax.ForiLoop(1, n, func(j, u jnp.Array) jnp.Array {
		sums := jnp.ExpandDims(diagonal.Add(lax.DynamicSliceInDim(diagonal, j, 1, -1)), -1)
		none := sums.Eq(0) // of two zeros: there is a root where nothing is to be divided
		above := jnp.LogicalAnd(row.Lt(j), column.Lt(j))
		m := jnp.Where(onIt, jnp.Where(jnp.LogicalOr(none, row.Ge(j)), 1.0, sums), jnp.Where(above, u, 0.0))
		rhs := jnp.Where(row.Lt(j), lax.DynamicSliceInDim(t, j, 1, -1), 0.0)
		x := lax.TriangularSolve(m, rhs, lax.TriangularOptions{LeftSide: true})
		x = jnp.Where(jnp.LogicalAnd(none, x.Ne(0)), math.Inf(1), x)
		return jnp.Where(jnp.LogicalAnd(row.Lt(j), column.Eq(j)), x, u)
	}, u)
}

// Funm is the function f, of numbers, of square matrices, SciPy's linalg.funm: [..., n, n] to the same shape, complex
// always. f takes the eigenvalues, [..., n] and complex, and gives as many numbers; the rest follows by the recurrence
// of Parlett, which divides by the differences of the eigenvalues and fails where two are close (G. H. Golub and C. F.
// Van Loan, Matrix Computations, algorithm 11.1.1). FunmError tells how far. There is no derivative.
func Funm(a jnp.Array, f func(eigenvalues jnp.Array) jnp.Array) jnp.Array {
	y, _ := funm("linalg.Funm", a, f)
	return y
}

// FunmError is Funm and an estimate of the error, [...], relative to the largest column sum, SciPy's linalg.funm with
// disp=False.
func FunmError(a jnp.Array, f func(eigenvalues jnp.Array) jnp.Array) (y, err jnp.Array) {
	return funm("linalg.FunmError", a, f)
}

func funm(op string, a jnp.Array, f func(w jnp.Array) jnp.Array) (y, err jnp.Array) {
	matrices(op, a, true)
	s := run(op+" (Schur form)", nil, func(x []jnp.Array) []jnp.Array {
		t, z := lax.Schur(asComplex(x[0]))
		return []jnp.Array{t, z, jnp.Diagonal(t, 0, -2, -1)}
	}, a)
	w := f(s[2])
	if got, want := kit.Value(op, w).Shape(), s[2].Shape(); ir.ShapeString(got) != ir.ShapeString(want) {
		trace.Fail(op, []ir.Aval{kit.Value(op, a).Aval()}, "the function must give as many numbers as it takes, %s, "+
			"not %s", ir.ShapeString(want), ir.ShapeString(got))
	}
	r := arrays.Several(op, nil, func(x []jnp.Array) []jnp.Array {
		return parlett(x[0], x[1], x[2].AsType(x[0].DType()))
	}, s[0], s[1], w)
	return r[0], r[1]
}

// parlett is the function of z·t·zᴴ whose values at the eigenvalues are w, and the error's estimate. Where f is known
// up to a diagonal, the elements of the next are those of t·f - f·t over the differences of the eigenvalues.
func parlett(t, z, w jnp.Array) []jnp.Array {
	n, _ := size(t)
	if n == 0 {
		s := t.Shape()
		return []jnp.Array{t, jnp.Zeros(s[:len(s)-2]...)}
	}
	row, column := jnp.ExpandDims(jnp.Arange(n), 1), jnp.Arange(n)
	values := jnp.Diagonal(t, 0, -2, -1)
	apart := jnp.ExpandDims(values, -2).Sub(jnp.ExpandDims(values, -1))
	same := apart.Eq(0)
	f := jnp.Where(row.Eq(column), jnp.ExpandDims(w, -1), 0.0)
	f = lax.ForiLoop(1, n, func(p, f jnp.Array) jnp.Array {
		next := product(t, f).Sub(product(f, t)).Div(jnp.Where(same, 1.0, apart))
		return jnp.Where(column.Sub(row).Eq(p), next, f)
	}, f)
	y := product(product(z, f), adjoint(z))
	eps := jnp.FInfo(t.DType()).Eps
	all := jnp.Where(column.Gt(row), jnp.Abs(apart), jnp.Abs(t.Index(jnp.Ellipsis, jnp.S(0, 1), jnp.S(0, 1))))
	least := jnp.Min(all, -2, -1)
	norm := linalg.Norms{Order: linalg.Ord(1)}.MatrixNorm(jnp.Triu(t, 1))
	err := jnp.Clip(norm.Mul(eps).Div(jnp.Where(least.Eq(0), eps, least)), eps, 1)
	return []jnp.Array{y, jnp.Where(jnp.Any(jnp.IsInf(y), -2, -1), math.Inf(1), err)}
}

// Sylvester holds the keyword arguments of SolveSylvester.
type Sylvester struct {
	// Tol is below what size the sum of an eigenvalue of A and one of B counts as 0 (JAX's tol, 1e-8 there). Unset, it
	// is ten times the dtype's epsilon, times the largest of both.
	Tol float64
}

// SolveSylvester is X with A·X + X·B = C, SciPy's linalg.solve_sylvester: A is [..., m, m], B [..., n, n] and C and X
// [..., m, n]; the batch axes broadcast. It goes by the Schur forms of A and B (R. H. Bartels and G. W. Stewart,
// Solution of the matrix equation AX + XB = C, 1972). Where an eigenvalue of A is the negative of one of B, X is NaN.
// Its derivatives are solutions of such equations, which JAX has not.
//
// Options: Sylvester (Tol).
func SolveSylvester(a, b, c jnp.Array) jnp.Array { return Sylvester{}.SolveSylvester(a, b, c) }

// SolveSylvester is linalg.SolveSylvester with options.
func (o Sylvester) SolveSylvester(a, b, c jnp.Array) jnp.Array {
	const op = "linalg.SolveSylvester"
	matrices(op, a, true)
	matrices(op, b, true)
	matrices(op, c, false)
	in := []ir.Aval{kit.Value(op, a).Aval(), kit.Value(op, b).Aval(), kit.Value(op, c).Aval()}
	ma, _ := size(a)
	nb, _ := size(b)
	m, n := size(c)
	if ma != m || nb != n {
		trace.Fail(op, in, "matrices of %d and %d rows go with one of %d by %d, not %d by %d", ma, nb, ma, nb, m, n)
	}
	var lead [][]int
	for _, t := range in {
		lead = append(lead, t.Shape[:t.Rank()-2])
	}
	batch := kit.BroadcastShapes(op, in, lead...)
	return run(op, o, func(x []jnp.Array) []jnp.Array {
		real := !x[0].DType().IsComplex()
		for i, v := range x {
			s := v.Shape()
			x[i] = asComplex(jnp.BroadcastTo(v, append(batch[:len(batch):len(batch)], s[len(s)-2:]...)...))
		}
		y, wa, wb := sylvester(x[0], x[1], x[2])
		if m > 0 && n > 0 {
			sums := jnp.Abs(jnp.ExpandDims(wa, -1).Add(jnp.ExpandDims(wb, -2)))
			tol := jnp.Add(jnp.Max(jnp.Abs(wa), -1), jnp.Max(jnp.Abs(wb), -1)).Mul(10 * jnp.FInfo(wa.DType()).Eps)
			if o.Tol > 0 {
				tol = jnp.FullLike(tol, o.Tol)
			}
			singular := jnp.Any(jnp.LessEqual(sums, jnp.ExpandDims(tol, -1, -2)), -2, -1)
			y = jnp.Where(jnp.ExpandDims(singular, -1, -2), math.NaN(), y)
		}
		if real {
			y = y.Real()
		}
		return []jnp.Array{y}
	}, a, b, c)[0]
}

// sylvester is x with a·x + x·b = c for complex matrices of one batch, and the eigenvalues of a and b.
func sylvester(a, b, c jnp.Array) (x, wa, wb jnp.Array) {
	form := func(x jnp.Array) schurForm {
		t, z := lax.Schur(jnp.Wrap(ops.StopGradient(x.TraceValue())))
		return schurForm{t, z}
	}
	fa, fb := form(a), form(b)
	transposed := linalg.MatrixTranspose
	x = lax.CustomLinearSolve(lax.LinearSystem[jnp.Array]{
		MatVec: func(x jnp.Array) jnp.Array { return product(a, x).Add(product(x, b)) },
		Solve:  func(_ func(jnp.Array) jnp.Array, c jnp.Array) jnp.Array { return bySchur(fa, fb, c) },
		VecMat: func(x jnp.Array) jnp.Array { return product(transposed(a), x).Add(product(x, transposed(b))) },
		TransSolve: func(_ func(jnp.Array) jnp.Array, c jnp.Array) jnp.Array {
			return transposed(bySchur(fb, fa, transposed(c)))
		},
	}, c)
	return x, jnp.Diagonal(fa.t, 0, -2, -1), jnp.Diagonal(fb.t, 0, -2, -1)
}

// schurForm is the matrix z·t·zᴴ, t upper triangular.
type schurForm struct{ t, z jnp.Array }

// bySchur is x with a·x + x·b = c: y = zaᴴ·x·zb solves ta·y + y·tb = zaᴴ·c·zb, column by column.
func bySchur(a, b schurForm, c jnp.Array) jnp.Array {
	m, n := size(c)
	if m == 0 || n == 0 {
		return c
	}
	f := product(product(adjoint(a.z), c), b.z)
	eye := jnp.Creation{DType: f.DType()}.Eye(m)
	y := lax.ForiLoop(0, n, func(j, y jnp.Array) jnp.Array {
		column := lax.DynamicSliceInDim(b.t, j, 1, -1)
		rhs := lax.DynamicSliceInDim(f, j, 1, -1).Sub(product(y, column))
		shifted := a.t.Add(eye.Mul(lax.DynamicSliceInDim(column, j, 1, -2)))
		solved := lax.TriangularSolve(shifted, rhs, lax.TriangularOptions{LeftSide: true})
		return lax.DynamicUpdateSliceInDim(y, solved, j, -1)
	}, jnp.ZerosLike(f))
	return product(product(a.z, y), adjoint(b.z))
}
