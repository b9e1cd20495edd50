package ops

import (
	"fmt"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// The kernels of backend/kernels that operations call on CPUs, by name.
const (
	sortKernel    = "gojax_sort"
	selectKernel  = "gojax_select"
	extremeKernel = "gojax_extreme"
)

// maxSortKeys is the number of keys that the kernel of sorting takes: it goes deeper with each.
const maxSortKeys = 64

// hasKernel reports whether a kernel is there and takes axes of n elements. It is called for all sizes: even the calls
// for 8 float32 are no slower than what XLA makes of the operations, those for 1000 ten times as fast.
func hasKernel(e trace.Emitter, name string, n int) bool {
	return positionType(n) == ir.Int32 && e.Platform() == "cpu" && e.HasKernel(name)
}

// callKernel writes the call of a kernel, which has its arrays row by row; options are its attributes, as MLIR writes
// them.
func callKernel(e trace.Emitter, name string, x []trace.Operand, options string, out ...ir.Aval) []trace.Operand {
	in := make([]ir.Aval, len(x))
	for i, o := range x {
		in[i] = o.Aval
	}
	return e.Op("stablehlo.custom_call", x, fmt.Sprintf("call_target_name = %q, api_version = 4 : i32, "+
		"backend_config = {%s}, operand_layouts = %s, result_layouts = %s", name, options, layouts(in), layouts(out)),
		out...)
}

// alongLast has call compute on x, and give results, with the axis moved to the end. The results have that axis too.
func alongLast(e trace.Emitter, x []trace.Operand, axis int, out []ir.Aval,
	call func(x []trace.Operand, out []ir.Aval) []trace.Operand) []trace.Operand {
	last := x[0].Aval.Rank() - 1
	if axis == last {
		return call(x, out)
	}
	move := func(x []trace.Operand, from, to int) []trace.Operand {
		return lowerFun(e, x, func(v []*Value) []*Value {
			return mapEach(v, func(v *Value) *Value { return moveTo(v, from, to) })
		})
	}
	y := move(x, axis, last)
	moved := make([]ir.Aval, len(out))
	for i, t := range out {
		moved[i] = ir.Aval{Shape: y[0].Aval.Shape, DType: t.DType}
	}
	return move(call(y, moved), last, axis)
}
