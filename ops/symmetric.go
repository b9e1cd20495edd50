package ops

import (
	"fmt"
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

type choleskyUpdate struct{}

func (choleskyUpdate) Name() string { return "cholesky_update" }

// CholeskyUpdate is the upper triangular factor of rᵀ·r + w·wᵀ for upper triangular matrices r on the last two axes and
// vectors w on the last, floats (lax.linalg.cholesky_update): one plane rotation a row. r's lower triangle is not read.
func CholeskyUpdate(r, w *Value) *Value { return one(choleskyUpdate{}, r, w) }

func (choleskyUpdate) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if err := wantOperands(in, 2); err != nil {
		return nil, err
	}
	r, w := in[0], in[1]
	if err := firstError(wantKind(r, kFloat), oneDType(in), squareMatrices(r)); err != nil {
		return nil, err
	}
	if !slices.Equal(w.Shape, r.Shape[:r.Rank()-1]) {
		return nil, fmt.Errorf("the vectors for matrices %s must be %s, not %s", ir.ShapeString(r.Shape),
			ir.ShapeString(r.Shape[:r.Rank()-1]), ir.ShapeString(w.Shape))
	}
	r.Weak = allWeak(in)
	return []ir.Aval{r}, nil
}

func (choleskyUpdate) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	return batchMatrices(c, x, d)
}

func (choleskyUpdate) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	if e.Out()[0].Size() == 0 {
		return x[:1]
	}
	return widenedAll(e, x, e.Out(), func(x []trace.Operand, _ []ir.Aval) []trace.Operand {
		return lowerFun(e, x, updated)
	})
}

// JVP is that of the factor of rᵀ·r + w·wᵀ.
func (choleskyUpdate) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	y := c.Self(x...)
	r := triangle(x[0], false, 0)
	var half *Value // of the tangent of that
	if t[0] != nil {
		half = matmul(matrixTranspose(r), triangle(t[0], false, 0))
	}
	if t[1] != nil {
		at := x[1].Rank()
		half = AddTangents(half, matmul(ExpandDims(x[1], []int{at}), ExpandDims(t[1], []int{at - 1})))
	}
	if half == nil {
		return y, []*Value{nil}
	}
	dl := factorTangent(Add(half, matrixTranspose(half)), matrixTranspose(y[0]))
	return y, []*Value{matrixTranspose(dl)}
}

// updated turns, for each row k of r, that row and w so that w's element k is 0.
func updated(x []*Value) []*Value {
	shape := x[0].Shape()
	batch, n, _ := matrixSize(shape)
	b := ir.SizeOf(batch)
	r, w := triangle(Reshape(x[0], []int{b, n, n}), false, 0), Reshape(x[1], []int{b, 1, n})
	out := ForiN("cholesky_update", n, []*Value{r, w}, func(k *Value, v []*Value) []*Value {
		r, w := v[0], v[1]
		row := DynamicSliceInDim(r, k, 1, 1)
		p, q := DynamicSliceInDim(row, k, 1, 2), DynamicSliceInDim(w, k, 1, 2)
		done := Eq(q, ZerosLike(q))
		largest := Select(done, FullLike(q, 1), Max(Abs(p), Abs(q)))
		p, q = Div(p, largest), Div(q, largest)
		size := Sqrt(Select(done, FullLike(q, 1), Add(Square(p), Square(q))))
		cos, sin := Select(done, FullLike(q, 1), Div(p, size)), Div(q, size)
		wide := func(v *Value) *Value { return BroadcastInDim(v, w.Shape(), arange(0, 3)) }
		cos, sin = wide(cos), wide(sin)
		turned := Add(Mul(cos, row), Mul(sin, w))
		return []*Value{DynamicUpdateSliceInDim(r, turned, k, 1), Sub(Mul(cos, w), Mul(sin, row))}
	})
	return []*Value{Reshape(out[0], shape)}
}

// symmetricProduct is Alpha·a·aᵀ + Beta·c.
type symmetricProduct struct{ Alpha, Beta float64 }

func (symmetricProduct) Name() string { return "symmetric_product" }

// SymmetricProduct is alpha·a·aᵀ + beta·c for matrices a, [..., m, n], and symmetric c, [..., m, m], floats
// (lax.linalg.symmetric_product).
func SymmetricProduct(a, c *Value, alpha, beta float64) *Value {
	return one(symmetricProduct{alpha, beta}, a, c)
}

func (symmetricProduct) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if err := wantOperands(in, 2); err != nil {
		return nil, err
	}
	a, c := in[0], in[1]
	if err := firstError(wantKind(a, kFloat), oneDType(in), wantMatrices(a)); err != nil {
		return nil, err
	}
	batch, m, _ := matrixSize(a.Shape)
	if !slices.Equal(c.Shape, matrixShape(batch, m, m)) {
		return nil, fmt.Errorf("the matrices to be added to products of %s must be %s, not %s", ir.ShapeString(a.Shape),
			ir.ShapeString(matrixShape(batch, m, m)), ir.ShapeString(c.Shape))
	}
	c.Weak = allWeak(in)
	return []ir.Aval{c}, nil
}

func (symmetricProduct) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	return batchMatrices(c, x, d)
}

func (o symmetricProduct) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return lowerFun(e, x, o.compose)
}

func (o symmetricProduct) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvpWritten(c, x, t, o.compose)
}

func (o symmetricProduct) compose(x []*Value) []*Value {
	y := matmul(x[0], matrixTranspose(x[0]))
	return []*Value{Add(Mul(FullLike(y, o.Alpha), y), Mul(FullLike(y, o.Beta), x[1]))}
}
