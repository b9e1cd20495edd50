package ops

import (
	"fmt"
	"strings"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// lapack is a custom call of a routine of LAPACK's, which backend/kernels answers where OpenBLAS is there. It has the
// name, the options and the order of results of JAX's call of that routine.
type lapack struct {
	routine string // for real elements; of a pair such as "orgqr ungqr" the second is for complex ones
	from    string // the operand that each of the first results may take the memory of; '-' for none
	options string // the attributes, as MLIR writes them
}

// name is the custom call's for elements of dtype d, "" where LAPACK has none.
func (l lapack) name(d ir.DType) string {
	letter, ok := map[ir.DType]string{ir.Float32: "s", ir.Float64: "d", ir.Complex64: "c", ir.Complex128: "z"}[d]
	if !ok {
		return ""
	}
	names := strings.Fields(l.routine)
	name := names[0]
	if d.IsComplex() {
		name = names[len(names)-1]
	}
	return "lapack_" + letter + name + "_ffi"
}

// there reports whether the routine can be called for elements of dtype d.
func (l lapack) there(e trace.Emitter, d ir.DType) bool {
	name := l.name(d)
	return name != "" && onCPU(e, name)
}

// need refuses a platform that has not the routine, for operations that are computed in no other way.
func (l lapack) need(e trace.Emitter, op string, a ir.Aval) {
	if !l.there(e, a.DType) {
		trace.Fail(op, []ir.Aval{a}, "cannot be computed on %s; put the computation on the CPU (gojax.WithDevice, "+
			"GOJAX_PLATFORM=cpu)", e.Platform())
	}
}

// call writes the call.
func (l lapack) call(e trace.Emitter, x []trace.Operand, out ...ir.Aval) []trace.Operand {
	options := "rows = true" // unlike JAX: XLA would compile a kernel for each matrix to be turned
	if l.options != "" {
		options += ", " + l.options
	}
	var alias []string
	for i, j := range l.from {
		if j == '-' {
			continue
		}
		at := fmt.Sprint(i)
		if len(out) == 1 { // a single result is no tuple
			at = ""
		}
		alias = append(alias, fmt.Sprintf("#stablehlo.output_operand_alias<output_tuple_indices = [%s], "+
			"operand_index = %c, operand_tuple_indices = []>", at, j))
	}
	return callLaidOut(e, l.name(x[0].Aval.DType), x, options, rowOrders(x), strings.Join(alias, ", "), out...)
}

// orNaN is the option that has the results of problems without a solution, whose info is not 0, filled with NaN.
const orNaN = "nan = true"

// option is a character among the options.
func option(name string, c byte) string { return fmt.Sprintf("%s = %d : ui8", name, c) }

// batchOf is the type of numbers, one for each matrix of x.
func batchOf(x ir.Aval, d ir.DType) ir.Aval {
	batch, _, _ := matrixSize(x.Shape)
	return ir.Aval{Shape: batch, DType: d}
}
