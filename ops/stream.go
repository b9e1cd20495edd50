package ops

import (
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// streamBytes is the size from which on a result is no longer found in the processor's caches by what reads it next.
// The kernel looks how large they are.
const streamBytes = 32 << 20

type streamedOp struct {
	name  string
	types []ir.DType
}

// streamed are the operations of backend/kernels/stream.c, in its order, and the types that it has them for.
var streamed = []streamedOp{
	{"stablehlo.add", streamedTypes},
	{"stablehlo.subtract", streamedTypes},
	{"stablehlo.multiply", streamedTypes[:6]},
	{"stablehlo.divide", streamedTypes[:2]},
}

var streamedTypes = []ir.DType{ir.Float32, ir.Float64, ir.Int32, ir.Int64, ir.Uint32, ir.Uint64, ir.Complex64,
	ir.Complex128}

// stream writes an operation on large arrays that is all that a program does as a call of the kernel; nil where it is
// not such a one. In a larger program XLA reads and writes less, since it computes several at once.
func stream(e trace.Emitter, name string, x []trace.Operand) []trace.Operand {
	out := e.Out()[0]
	if out.Bytes() < streamBytes {
		return nil
	}
	operation := slices.IndexFunc(streamed, func(s streamedOp) bool {
		return s.name == name && slices.Contains(s.types, out.DType)
	})
	if operation < 0 || !e.Alone() || !onCPU(e, streamKernel) {
		return nil
	}
	in := make([]trace.Operand, len(x))
	for i := range x {
		switch op, from := e.Maker(x[i]); op := op.(type) {
		case nil: // an input
			in[i] = x[i]
		case full:
			in[i] = e.Const(op.Lit, nil)
		case broadcastInDim:
			in[i] = from[0]
			if in[i].Aval.Size() != 1 {
				return nil
			}
		default:
			return nil
		}
	}
	return callKernel(e, streamKernel, in, "operation = "+i64(operation), out)
}
