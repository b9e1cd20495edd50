package ops

import (
	"strings"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// eigh gives the eigenvalues and, with Vectors, the eigenvectors after them.
type eigh struct{ Vectors bool }

func (eigh) Name() string { return "eigh" }

// Eigh is the decomposition x = v·diag(w)·vᴴ of each symmetric or Hermitian matrix on the last two axes (LAPACK syevd,
// lax.linalg.eigh): w real and rising, the columns of v orthonormal. Only the lower triangle of x is read: symmetrise
// first where the upper one counts (jnp does); tangents must be symmetric. Of a matrix that holds NaN or infinities
// everything is NaN. float16 and bfloat16 are computed in float32.
func Eigh(x *Value) (w, v *Value) {
	y := trace.Bind(eigh{true}, x)
	return y[0], y[1]
}

// EigValsH is w of Eigh alone.
func EigValsH(x *Value) *Value { return one(eigh{}, x) }

func (o eigh) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if err := wantOneMatrix(in); err != nil {
		return nil, err
	}
	if err := squareMatrices(in[0]); err != nil {
		return nil, err
	}
	w := in[0].As(in[0].DType.Real())
	w.Shape = own(w.Shape[:w.Rank()-1])
	if !o.Vectors {
		return []ir.Aval{w}, nil
	}
	return []ir.Aval{w, in[0]}, nil
}

func (o eigh) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	y := c.Self(front(c, x, d)...)
	return y, make([]int, len(y))
}

func (o eigh) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	out := e.Out()
	if out[0].Size() == 0 {
		return []trace.Operand{e.Const(ir.FloatLit(0, out[0].DType), out[0].Shape), x[0]}[:len(out)]
	}
	return widenedAll(e, x, out, func(x []trace.Operand, out []ir.Aval) []trace.Operand {
		a := x[0].Aval
		mode := byte('N')
		if o.Vectors {
			mode = 'V'
		}
		syevd := lapack{"syevd heevd", "0", strings.Join([]string{option("mode", mode),
			option("uplo", 'L'), orNaN}, ", ")}
		if syevd.there(e, a.DType) {
			r := syevd.call(e, x, a, out[0], batchOf(a, ir.Int32))
			return []trace.Operand{r[1], r[0]}[:len(out)]
		}
		return lowerFun(e, x, func(v []*Value) []*Value { return o.compute(v[0]) })
	})
}

// compute is the decomposition by that of a matrix so far shifted that it has no negative eigenvalue: then its singular
// vectors are eigenvectors. The eigenvalues are Rayleigh's quotients. (XLA has rotations of its own, the custom call
// Eigh, which end when half of the digits are right: the squares outside of the diagonal are the difference of two sums
// there.)
func (o eigh) compute(x *Value) []*Value {
	a := Symmetrize(x, true, false)
	last := a.Rank() - 1
	size := ReduceMax(ReduceSum(Abs(a), []int{last}), []int{last - 1}) // no eigenvalue is larger
	shift := Select(Eq(size, ZerosLike(size)), FullLike(size, 1), size)
	shift = Convert(BroadcastInDim(shift, a.Shape(), arange(0, last-1)), a.DType())
	_, _, vh := SVD(Add(a, Mul(shift, eyeLike(a, a.Shape()[last]))), false)
	v := Rev(matrixAdjoint(vh), []int{last})
	w := ReduceSum(realPart(Mul(conjugate(v), matmul(a, v))), []int{last - 1})
	y := Sort([]*Value{w}, last-1, false, 1)
	if o.Vectors {
		y = append(y, v)
	}
	return y
}

// JVP: dw is the diagonal of vᴴ·dx·v, and dv = v·(f∘(vᴴ·dx·v)) with f 1 over the differences of the eigenvalues and 0
// on the diagonal (M. B. Giles, An extended collection of matrix derivative results, 2008).
func (o eigh) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	if t[0] == nil {
		y := c.Self(x...)
		return y, make([]*Value, len(y))
	}
	w, v := Eigh(x[0])
	last := x[0].Rank() - 1
	turned := matmul(matmul(matrixAdjoint(v), t[0]), v)
	diagonal := triangle(triangle(realPart(turned), true, 0), false, 0)
	dw := ReduceSum(diagonal, []int{last})
	if !o.Vectors {
		return []*Value{w}, []*Value{dw}
	}
	row := BroadcastInDim(w, x[0].Shape(), append(arange(0, last-1), last))
	eye := eyeLike(row, x[0].Shape()[last])
	f := Sub(Div(FullLike(row, 1), Add(Sub(row, matrixTranspose(row)), eye)), eye)
	return []*Value{w, v}, []*Value{dw, matmul(v, Mul(Convert(f, v.DType()), turned))}
}
