package ops

import (
	"fmt"
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// ormqr multiplies from the left with Left, by the adjoint with Transposed.
type ormqr struct{ Left, Transposed bool }

func (ormqr) Name() string { return "ormqr" }

// Ormqr is the product of c with Q, the m by m product of the reflectors that Geqrf leaves in the matrices packed,
// [..., m, n], and taus, [..., k], or with its adjoint where transpose says so: from the left or from the right (LAPACK
// ormqr and unmqr, lax.linalg.ormqr).
func Ormqr(packed, taus, c *Value, left, transpose bool) *Value {
	return one(ormqr{left, transpose}, packed, taus, c)
}

func (o ormqr) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if err := wantOperands(in, 3); err != nil {
		return nil, err
	}
	a, t, c := in[0], in[1], in[2]
	if err := firstError(wantKind(a, kInexact), wantMatrices(a), wantMatrices(c), oneDType(in)); err != nil {
		return nil, err
	}
	batch, m, n := matrixSize(a.Shape)
	batchC, rows, columns := matrixSize(c.Shape)
	r := len(batch)
	side := columns
	if o.Left {
		side = rows
	}
	switch {
	case t.Rank() != r+1 || !slices.Equal(t.Shape[:r], batch) || !slices.Equal(batchC, batch):
		return nil, fmt.Errorf("the axes before those of one matrix differ: the reflectors are %s, the factors %s and "+
			"the other matrices %s", ir.ShapeString(a.Shape), ir.ShapeString(t.Shape), ir.ShapeString(c.Shape))
	case side != m:
		return nil, fmt.Errorf("reflectors of %d rows cannot multiply matrices of %d by %d from that side", m, rows,
			columns)
	case t.Shape[r] > min(m, n):
		return nil, fmt.Errorf("there are %d factors for reflectors in matrices of %d by %d", t.Shape[r], m, n)
	}
	c.Weak = allWeak(in)
	return []ir.Aval{c}, nil
}

func (ormqr) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	return batchMatrices(c, x, d)
}

func (o ormqr) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	if e.Out()[0].Size() == 0 || x[1].Aval.Size() == 0 {
		return x[2:]
	}
	return widenedAll(e, x, e.Out(), func(x []trace.Operand, out []ir.Aval) []trace.Operand {
		call := lapack{"ormqr unmqr", "2",
			fmt.Sprintf("left = %t, transpose = %t", o.Left, o.Transposed)}
		if call.there(e, out[0].DType) {
			return call.call(e, x, out...)
		}
		return lowerFun(e, x, o.compose)
	})
}

// JVP: linear in c. By the reflectors there is none, as in JAX.
func (o ormqr) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	if t[0] != nil || t[1] != nil {
		trace.Fail(o.Name(), trace.Avals(x), "has a derivative by the last operand alone, not by the reflectors; "+
			"multiply by the Q of lax.QR, which has one")
	}
	if t[2] == nil {
		return jvpZero(c, x)
	}
	return c.Self(x...), c.Self(x[0], x[1], t[2])
}

// Transpose multiplies by the transpose of Q, the conjugate of its adjoint.
func (o ormqr) Transpose(_ trace.TransposeCtx, ct []*Value, x []trace.Linear) []*Value {
	if ct[0] == nil {
		return make([]*Value, 3)
	}
	y := Ormqr(x[0].X, x[1].X, conjugate(ct[0]), o.Left, !o.Transposed)
	return []*Value{nil, nil, conjugate(y)}
}

// compose applies the reflectors I - tau·v·vᴴ one after the other.
func (o ormqr) compose(x []*Value) []*Value {
	batch, m, _ := matrixSize(x[0].Shape())
	k := x[1].Shape()[len(batch)]
	b := ir.SizeOf(batch)
	_, rows, columns := matrixSize(x[2].Shape())
	packed := firstColumns(Reshape(x[0], []int{b, m, x[0].Shape()[len(batch)+1]}), k)
	v := Add(triangle(packed, true, -1), firstColumns(eyeLike(packed, m), k))
	taus := Reshape(x[1], []int{b, k, 1})
	if o.Transposed {
		taus = conjugate(taus)
	}
	y := ForiN("ormqr", k, []*Value{Reshape(x[2], []int{b, rows, columns})}, func(i *Value, c []*Value) []*Value {
		i = Convert(i, ir.Int32)
		if o.Left != o.Transposed {
			i = Sub(ScalarLit(ir.IntLit(int64(k-1), ir.Int32)), i)
		}
		u, tau := DynamicSliceInDim(v, i, 1, 2), DynamicSliceInDim(taus, i, 1, 1)
		uh := matrixAdjoint(Mul(u, BroadcastInDim(conjugate(tau), u.Shape(), arange(0, 3))))
		if o.Left {
			return []*Value{Sub(c[0], matmul(u, matmul(uh, c[0])))}
		}
		return []*Value{Sub(c[0], matmul(matmul(c[0], u), uh))}
	})[0]
	return []*Value{Reshape(y, x[2].Shape())}
}
