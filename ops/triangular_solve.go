package ops

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// TriangularOptions are the options of TriangularSolve. The zero value solves x·a = b for an upper triangular a.
type TriangularOptions struct {
	LeftSide     bool // a·x = b rather than x·a = b
	Lower        bool // a is lower rather than upper triangular; the other triangle is not read
	Transpose    bool // aᵀ in place of a
	Conjugate    bool // the conjugate of a, or with Transpose its adjoint
	UnitDiagonal bool // the diagonal counts as ones and is not read
}

// triangularSolve has its options in a field: embedded, their Transpose would hide the rule of that name.
type triangularSolve struct{ Options TriangularOptions }

func (triangularSolve) Name() string { return "triangular_solve" }

// TriangularSolve solves a·x = b or x·a = b for each pair of matrices on the last two axes of a and b, as
// lax.linalg.triangular_solve: one float or complex dtype, and the axes before the last two the same.
func TriangularSolve(a, b *Value, o TriangularOptions) *Value {
	o.Conjugate = o.Conjugate && a.DType().IsComplex()
	return one(triangularSolve{o}, a, b)
}

func (s triangularSolve) Infer(in []ir.Aval) ([]ir.Aval, error) {
	o := s.Options
	if err := wantOperands(in, 2); err != nil {
		return nil, err
	}
	a, b := in[0], in[1]
	if err := firstError(wantKind(a, kInexact), squareMatrices(a)); err != nil {
		return nil, err
	}
	if a.DType != b.DType {
		return nil,
			fmt.Errorf("takes operands of one dtype, not %v and %v; convert one with lax.ConvertElementType", a.DType,
				b.DType)
	}
	r := a.Rank()
	if b.Rank() != r || !slices.Equal(a.Shape[:r-2], b.Shape[:r-2]) {
		return nil, fmt.Errorf("the axes before the last two differ: %s and %s; broadcast first with "+
			"lax.BroadcastInDim", ir.ShapeString(a.Shape), ir.ShapeString(b.Shape))
	}
	axis, side := r-1, "right"
	if o.LeftSide {
		axis, side = r-2, "left"
	}
	if b.Shape[axis] != a.Shape[r-1] {
		return nil, fmt.Errorf("with the matrix %s on the %s, axis %d of %s must have size %d", ir.ShapeString(a.Shape),
			side, axis, ir.ShapeString(b.Shape), a.Shape[r-1])
	}
	b.Weak = a.Weak && b.Weak
	return []ir.Aval{b}, nil
}

func (s triangularSolve) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	o := s.Options
	if e.Out()[0].Size() == 0 {
		return x[1:]
	}
	transpose := "NO_TRANSPOSE"
	switch {
	case o.Transpose && o.Conjugate:
		transpose = "ADJOINT"
	case o.Transpose:
		transpose = "TRANSPOSE"
	case o.Conjugate:
		a := lowerFun(e, x[:1], func(v []*Value) []*Value { return []*Value{Conj(v[0])} })
		x = []trace.Operand{a[0], x[1]}
	}
	text := fmt.Sprintf("left_side = %t, lower = %t, transpose_a = #stablehlo<transpose %s>, unit_diagonal = %t",
		o.LeftSide, o.Lower, transpose, o.UnitDiagonal)
	return widened(e, x, e.Out()[0], func(x []trace.Operand, out ir.Aval) trace.Operand {
		if writtenOut(e, x[0].Aval) {
			return lowerFun(e, x, func(v []*Value) []*Value { return []*Value{smallSolve(v[0], v[1], o)} })[0]
		}
		if trsm := o.trsm(); trsm.there(e, out.DType) {
			return trsm.call(e, x, out)[0]
		}
		return e.Op("stablehlo.triangular_solve", x, text, out)[0]
	})
}

// trsm is LAPACK's routine, but for a conjugate that is not transposed.
func (o TriangularOptions) trsm() lapack {
	choose := func(name string, b bool, yes, no byte) string {
		if b {
			return option(name, yes)
		}
		return option(name, no)
	}
	transpose := option("trans_x", 'N')
	if o.Transpose {
		transpose = choose("trans_x", o.Conjugate, 'C', 'T')
	}
	return lapack{"trsm", "1", strings.Join([]string{choose("side", o.LeftSide, 'L', 'R'),
		choose("uplo", o.Lower, 'L', 'U'), transpose, choose("diag", o.UnitDiagonal, 'U', 'N')}, ", ")}
}

// Batch: several right sides of one matrix are one solve with more columns (rows, from the right).
func (s triangularSolve) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	o := s.Options
	if d[0] != trace.NotMapped {
		return batchMatrices(c, x, d)
	}
	b := x[1]
	at := b.Rank() - 2
	if o.LeftSide {
		at = b.Rank() - 1
	}
	b = moveTo(b, d[1], at)
	first := at - 1 // the mapped axis joins the one before it
	shape := own(b.Shape())
	joined := slices.Delete(own(shape), first, first+1)
	joined[first] = shape[first] * shape[first+1]
	y := c.Self(x[0], Reshape(b, joined))[0]
	return []*Value{Reshape(y, shape)}, []int{at}
}

// JVP: linear in b; by a, the solution of the equation for -dA·X.
func (s triangularSolve) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp2(c, x, t,
		func(g, y *Value) *Value { return s.tangentByA(c, x[0], g, y) },
		func(g, _ *Value) *Value { return c.Self(x[0], g)[0] })
}

// Transpose solves with the transposed matrix.
func (s triangularSolve) Transpose(_ trace.TransposeCtx, ct []*Value, x []trace.Linear) []*Value {
	if ct[0] == nil {
		return []*Value{nil, nil}
	}
	o := s.Options
	o.Transpose = !o.Transpose
	return []*Value{nil, one(triangularSolve{o}, x[0].X, ct[0])}
}

// tangentByA is the tangent of the solution y where the matrix a has the tangent g.
func (s triangularSolve) tangentByA(c trace.JVPCtx, a, g, y *Value) *Value {
	o := s.Options
	k := 0
	if o.UnitDiagonal {
		k = 1
	}
	if o.Lower {
		g = triangle(g, true, -k)
	} else {
		g = triangle(g, false, k)
	}
	g = Neg(g)
	if o.Transpose {
		r := g.Rank()
		perm := arange(0, r)
		perm[r-1], perm[r-2] = r-2, r-1
		g = Transpose(g, perm)
	}
	if o.Conjugate {
		g = Conj(g)
	}
	solve := func(v *Value) *Value { return c.Self(a, v)[0] }
	r := y.Rank()
	m, n := y.Shape()[r-2], y.Shape()[r-1]
	// The cheaper order of the product and the solve.
	switch {
	case o.LeftSide && m > n:
		return solve(matmul(g, y))
	case o.LeftSide:
		return matmul(solve(g), y)
	case m < n:
		return solve(matmul(y, g))
	}
	return matmul(y, solve(g))
}
