package ops

import (
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// EigOptions are the parameters of Eig.
type EigOptions struct {
	Left, Right bool // which eigenvectors come after the eigenvalues
	Derivatives bool // of the eigenvectors
}

type eig struct{ EigOptions }

func (eig) Name() string { return "eig" }

// Eig is the eigenvalues w of each square matrix on the last two axes, and the left eigenvectors and the right ones
// that o asks for (LAPACK geev, lax.linalg.eig): x·vr = vr·diag(w) and vlᴴ·x = diag(w)·vlᴴ, all complex. Columns have
// norm 1, and their largest element is real. A matrix that holds NaN or infinities, or on which the iteration does not
// end, gives NaN. float16 and bfloat16 are computed in float32 and give complex64.
func Eig(x *Value, o EigOptions) []*Value { return trace.Bind(eig{o}, x) }

func (o eig) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if err := firstError(wantOneMatrix(in), squareMatrices(in[0])); err != nil {
		return nil, err
	}
	v := in[0].As(complexOf(in[0].DType))
	w := v
	w.Shape = own(v.Shape[:v.Rank()-1])
	out := []ir.Aval{w}
	for _, want := range []bool{o.Left, o.Right} {
		if want {
			out = append(out, v)
		}
	}
	return out, nil
}

// complexOf is the dtype of complex numbers whose parts have the precision of d, or float32's.
func complexOf(d ir.DType) ir.DType {
	if d.Real() == ir.Float64 {
		return ir.Complex128
	}
	return ir.Complex64
}

func (eig) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	y := c.Self(front(c, x, d)...)
	return y, make([]int, len(y))
}

func (o eig) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	out := e.Out()
	if out[0].Size() == 0 {
		return zerosOf(e, out)
	}
	w := writer{e}
	a := x[0]
	if d := a.Aval.DType; d == ir.Float16 || d == ir.BFloat16 {
		a = w.to("stablehlo.convert", a, ir.Float32)
	}
	mode := func(want bool) byte {
		if want {
			return 'V'
		}
		return 'N'
	}
	geev := lapack{"geev", "", option("compute_left", mode(o.Left)) + ", " +
		option("compute_right", mode(o.Right)) + ", " + orNaN}
	v := a.Aval.As(out[0].DType)
	types := []ir.Aval{out[0].As(a.Aval.DType), v, v, batchOf(v, ir.Int32)}
	real := !a.Aval.DType.IsComplex()
	if real { // the parts of the eigenvalues are two results
		types = append(types[:1:1], types...)
	}
	geev.need(e, o.Name(), a.Aval)
	r := geev.call(e, []trace.Operand{a}, types...)
	values, vectors := r[0], r[len(r)-3:len(r)-1]
	if real {
		values = w.complexOf(r[0], r[1])
	}
	y := []trace.Operand{values}
	for i, want := range []bool{o.Left, o.Right} {
		if want {
			y = append(y, vectors[i])
		}
	}
	return y
}

// JVP as JAX's. Eigenvectors have a derivative only where the eigenvalues differ and the largest element of each is the
// only one of its size, which is for the user to say.
func (o eig) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	if t[0] == nil {
		return jvpZero(c, x)
	}
	if (o.Left || o.Right) && !o.Derivatives {
		trace.Fail(o.Name(), trace.Avals(x), "eigenvectors of matrices that are not symmetric have derivatives only "+
			"where the eigenvalues differ and no vector has two elements of the largest size; say that it is so with "+
			"lax.EigOptions{EnableEigVecDerivs: true}, take the eigenvalues alone (linalg.EigVals), or cut the "+
			"derivative off with gojax.StopGradient")
	}
	// The vectors' own derivatives, by which the eigenvalues' second ones go, say nothing of how long they are.
	y := Eig(x[0], EigOptions{o.Left, true, true})
	w, vr := y[0], y[len(y)-1]
	da := Convert(t[0], vr.DType())
	dw, dvr := eigTangents(w, vr, da)
	tangents := []*Value{dw}
	if o.Left {
		_, dvl := eigTangents(Conj(w), y[1], matrixAdjoint(da))
		tangents = append(tangents, dvl)
	}
	if o.Right {
		tangents = append(tangents, dvr)
	} else {
		y = y[:len(y)-1]
	}
	return y, tangents
}

// eigTangents are the tangents of the eigenvalues w and of their right eigenvectors v: dw is the diagonal of p =
// v⁻¹·da·v, and dv = v·(f∘p) with f 1 over the differences of the eigenvalues and 0 on the diagonal (M. B. Giles, An
// extended collection of matrix derivative results, 2008), to which a multiple of each vector is added that keeps its
// norm and its largest element real.
func eigTangents(w, v, da *Value) (dw, dv *Value) {
	last := v.Rank() - 1
	packed, _, permutation := LU(v)
	p := matmul(SolveLU(packed, permutation, da, false, false), v)
	eye := eyeLike(v, v.Shape()[last])
	dw = ReduceSum(Mul(p, eye), []int{last})
	row := BroadcastInDim(w, v.Shape(), append(arange(0, last-1), last))
	f := Sub(Div(FullLike(row, 1), Add(Sub(row, matrixTranspose(row)), eye)), eye)
	u := matmul(v, Mul(f, p))
	alongColumns := append(arange(0, last-1), last)
	ofColumn := func(x *Value) *Value { return ReduceSum(x, []int{last - 1}) }
	k := BroadcastInDim(ArgMax(Abs(v), last-1, ir.Int32), v.Shape(), alongColumns)
	largest := Convert(Eq(Iota(ir.Int32, v.Shape(), last-1), k), v.DType())
	turn := Div(Imag(ofColumn(Mul(largest, u))), Real(ofColumn(Mul(largest, v))))
	c := Neg(Complex(Real(ofColumn(Mul(Conj(v), u))), turn))
	return dw, Add(u, Mul(v, BroadcastInDim(c, v.Shape(), alongColumns)))
}

// schur gives the form and, with Vectors, the vectors after it.
type schur struct{ Vectors bool }

func (schur) Name() string { return "schur" }

// Schur is the decomposition x = q·t·qᴴ of each square matrix on the last two axes, q unitary (LAPACK gees,
// lax.linalg.schur): of complex matrices t is upper triangular; of real ones it is real, with blocks of two rows on its
// diagonal for pairs of conjugate eigenvalues. q comes after t where vectors says so. Of a matrix that holds NaN or
// infinities both are NaN. float16 and bfloat16 are computed in float32.
func Schur(x *Value, vectors bool) []*Value { return trace.Bind(schur{vectors}, x) }

func (o schur) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if err := firstError(wantOneMatrix(in), squareMatrices(in[0])); err != nil {
		return nil, err
	}
	if o.Vectors {
		return []ir.Aval{in[0], in[0]}, nil
	}
	return in[:1:1], nil
}

func (schur) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	y := c.Self(front(c, x, d)...)
	return y, make([]int, len(y))
}

func (o schur) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	if e.Out()[0].Size() == 0 {
		return zerosOf(e, e.Out())
	}
	return widenedAll(e, x, e.Out(), func(x []trace.Operand, out []ir.Aval) []trace.Operand {
		a := x[0].Aval
		mode := byte('N')
		if o.Vectors {
			mode = 'V'
		}
		gees := lapack{"gees", "0", option("mode", mode) + ", " + option("sort", 'N') + ", " + orNaN}
		w, count := a, batchOf(a, ir.Int32)
		w.Shape = own(a.Shape[:a.Rank()-1])
		types := []ir.Aval{a, a, w, count, count}
		if !a.DType.IsComplex() {
			types = []ir.Aval{a, a, w, w, count, count}
		}
		gees.need(e, o.Name(), a)
		return gees.call(e, x, types...)[:len(out)]
	})
}

// zerosOf are results of size 0.
func zerosOf(e trace.Emitter, out []ir.Aval) []trace.Operand {
	y := make([]trace.Operand, len(out))
	for i, t := range out {
		y[i] = e.Const(ir.FloatLit(0, t.DType), t.Shape)
	}
	return y
}
