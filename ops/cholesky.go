package ops

import (
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

type cholesky struct{}

func (cholesky) Name() string { return "cholesky" }

// Cholesky is the lower triangular L with L·Lᴴ = x for each matrix on the last two axes of x, float or complex, zero
// above the diagonal. Only the lower triangle of x is read: symmetrise first where the upper one counts (jnp does). For
// a matrix that is not positive definite L's lower triangle is NaN. float16 and bfloat16 are computed in float32.
func Cholesky(x *Value) *Value { return one(cholesky{}, x) }

func (cholesky) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if err := wantOperands(in, 1); err != nil {
		return nil, err
	}
	if err := firstError(wantKind(in[0], kInexact), squareMatrices(in[0])); err != nil {
		return nil, err
	}
	return in[:1:1], nil
}

func (cholesky) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	if e.Out()[0].Size() == 0 {
		return x
	}
	return widened(e, x, e.Out()[0], func(x []trace.Operand, out ir.Aval) trace.Operand {
		if writtenOut(e, out) {
			return lowerFun(e, x, func(v []*Value) []*Value { return []*Value{smallCholesky(v[0])} })[0]
		}
		if potrf := (lapack{"potrf", "0", option("uplo", 'L') + ", clear = true, " + orNaN}); potrf.there(e,
			out.DType) {
			return potrf.call(e, x, out, batchOf(out, ir.Int32))[0]
		}
		y := e.Op("stablehlo.cholesky", x, "lower = true", out)
		return lowerFun(e, y, func(v []*Value) []*Value { return []*Value{triangle(v[0], true, 0)} })[0]
	})
}

func (cholesky) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	return batchMatrices(c, x, d)
}

// JVP after I. Murray, Differentiation of the Cholesky decomposition (2016): L·Φ(L⁻¹·dA·L⁻ᴴ), Φ the lower triangle with
// half of the diagonal.
func (cholesky) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp1(c, x, t, factorTangent)
}

// factorTangent is the tangent of the lower triangular l, given that g of l·lᴴ.
func factorTangent(g, l *Value) *Value {
	u := TriangularSolve(l, g, TriangularOptions{Lower: true, Transpose: true, Conjugate: true})
	u = TriangularSolve(l, u, TriangularOptions{LeftSide: true, Lower: true})
	half := FullLike(u, 0.5)
	phi := Add(Mul(triangle(u, true, 0), half), Mul(triangle(u, true, -1), half))
	return matmul(l, phi)
}
