package ops

import (
	"fmt"
	"math/cmplx"
	"strings"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// lapack is a custom call of a routine of LAPACK's, which backend/kernels answers where OpenBLAS is there. It has the
// name, the options and the order of results of JAX's call of that routine.
type lapack struct {
	routine string // for real elements; of a pair such as "orgqr ungqr" the second is for complex ones
	in, out string // the ranks of one problem's operands and results, a digit each
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
	return name != "" && e.Platform() == "cpu" && e.HasKernel(name)
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
	in := make([]ir.Aval, len(x))
	for i, o := range x {
		in[i] = o.Aval
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
	return e.Op("stablehlo.custom_call", x, fmt.Sprintf("call_target_name = %q, api_version = 4 : i32, "+
		"backend_config = {%s}, operand_layouts = %s, result_layouts = %s, output_operand_aliases = [%s]",
		l.name(x[0].Aval.DType), l.options, layouts(in, l.in), layouts(out, l.out), strings.Join(alias, ", ")), out...)
}

// layouts are those of arrays whose matrices lie column by column, as LAPACK has them; core are the ranks of one
// problem's arrays.
func layouts(a []ir.Aval, core string) string {
	all := make([]string, len(a))
	for i, t := range a {
		r := t.Rank()
		minor := make([]int, r)
		for j := range minor {
			minor[j] = r - 1 - j
		}
		if core[i] == '2' {
			minor[0], minor[1] = minor[1], minor[0]
		}
		all[i] = fmt.Sprintf("dense<[%s]> : tensor<%dxindex>", commas(minor), r)
		if r == 0 {
			all[i] = "dense<> : tensor<0xindex>"
		}
	}
	return "[" + strings.Join(all, ", ") + "]"
}

// option is a character among the options.
func option(name string, c byte) string { return fmt.Sprintf("%s = %d : ui8", name, c) }

// failed is NaN in place of y's problems for which LAPACK's info, a number each, is not 0.
func failed(e trace.Emitter, info, y trace.Operand) trace.Operand {
	w := writer{e}
	ok := w.cmp("EQ", info, w.Const(ir.IntLit(0, ir.Int32), info.Aval.Shape))
	ok = w.Op("stablehlo.broadcast_in_dim", []trace.Operand{ok}, "broadcast_dimensions = "+
		i64s(arange(0, info.Aval.Rank())), y.Aval.As(ir.Bool))[0]
	return w.sel(ok, y, w.Const(ir.ComplexLit(cmplx.NaN(), y.Aval.DType), y.Aval.Shape))
}

// batchOf is the type of numbers, one for each matrix of x.
func batchOf(x ir.Aval, d ir.DType) ir.Aval {
	batch, _, _ := matrixSize(x.Shape)
	return ir.Aval{Shape: batch, DType: d}
}
