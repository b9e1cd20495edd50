package ops

import (
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// The families of elementwise operations. An operation that embeds elementwise has Batch; one that embeds another
// family has Infer too, for one operand (unary) or two (binary) of the dtypes that the family is named after.
type (
	elementwise struct{}

	unaryNum     struct{ elementwise }
	unaryFloat   struct{ elementwise }
	unaryInexact struct{ elementwise }
	unaryInt     struct{ discrete }
	unaryLogic   struct{ discrete }

	binaryAny     struct{ elementwise }
	binaryNum     struct{ elementwise }
	binaryReal    struct{ elementwise }
	binaryFloat   struct{ elementwise }
	binaryInexact struct{ elementwise }
	binaryInt     struct{ discrete }
	binaryLogic   struct{ discrete }

	// discrete operations do not vary differentiably: their tangents are zero.
	discrete struct{ elementwise }
)

// PerElement says that the operation can be done in parts.
func (elementwise) PerElement() {}

// perElement reports whether each element of op's result depends on the same element of operands, or on scalars.
func perElement(op ir.Op) bool {
	switch op.(type) {
	case trace.PerElement, selectOp, clamp, convert:
		return true
	}
	return false
}

// Batch aligns the mapped axes and applies the same operation.
func (elementwise) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	if len(x) == 1 {
		return c.Self(x...), d
	}
	y, dim := alignBatch(c, x, d)
	return c.Self(y...), []int{dim}
}

// JVP gives zero tangents.
func (discrete) JVP(c trace.JVPCtx, x, _ []*Value) (y, yt []*Value) { return jvpZero(c, x) }

func (unaryNum) Infer(in []ir.Aval) ([]ir.Aval, error)     { return inferSame(in, 1, kNum) }
func (unaryFloat) Infer(in []ir.Aval) ([]ir.Aval, error)   { return inferSame(in, 1, kFloat) }
func (unaryInexact) Infer(in []ir.Aval) ([]ir.Aval, error) { return inferSame(in, 1, kInexact) }
func (unaryInt) Infer(in []ir.Aval) ([]ir.Aval, error)     { return inferSame(in, 1, kInt) }
func (unaryLogic) Infer(in []ir.Aval) ([]ir.Aval, error)   { return inferSame(in, 1, kLogic) }

func (binaryAny) Infer(in []ir.Aval) ([]ir.Aval, error)     { return inferSame(in, 2, kAny) }
func (binaryNum) Infer(in []ir.Aval) ([]ir.Aval, error)     { return inferSame(in, 2, kNum) }
func (binaryReal) Infer(in []ir.Aval) ([]ir.Aval, error)    { return inferSame(in, 2, kReal) }
func (binaryFloat) Infer(in []ir.Aval) ([]ir.Aval, error)   { return inferSame(in, 2, kFloat) }
func (binaryInexact) Infer(in []ir.Aval) ([]ir.Aval, error) { return inferSame(in, 2, kInexact) }
func (binaryInt) Infer(in []ir.Aval) ([]ir.Aval, error)     { return inferSame(in, 2, kInt) }
func (binaryLogic) Infer(in []ir.Aval) ([]ir.Aval, error)   { return inferSame(in, 2, kLogic) }
