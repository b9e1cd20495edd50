package ops

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// The kernels of backend/kernels that operations call on CPUs, by name.
const (
	sortKernel       = "gojax_sort"
	selectKernel     = "gojax_select"
	partitionKernel  = "gojax_partition"
	extremeKernel    = "gojax_extreme"
	topKernel        = "gojax_top"
	searchKernel     = "gojax_search"
	cumulativeKernel = "gojax_cumulative"
	convolveKernel   = "gojax_convolve"
	featuresKernel   = "gojax_convolve_features"
	streamKernel     = "gojax_stream"
	reduceKernel     = "gojax_reduce"
	countKernel      = "gojax_count"
	scatterKernel    = "gojax_scatter_add"
	fftKernel        = "gojax_fft"
)

// maxSortKeys is the number of keys that the kernel of sorting takes: it goes deeper with each.
const maxSortKeys = 64

// onCPU reports whether a custom call that backend/kernels answers on CPUs is there.
func onCPU(e trace.Emitter, name string) bool { return e.Platform() == "cpu" && e.HasKernel(name) }

// hasKernel reports whether a kernel is there and takes axes of n elements. It is called for all sizes: even the calls
// for 8 float32 are no slower than what XLA makes of the operations, those for 1000 ten times as fast.
func hasKernel(e trace.Emitter, name string, n int) bool {
	return positionType(n) == ir.Int32 && onCPU(e, name)
}

// callKernel writes the call of a kernel, which has its arrays row by row; options are its attributes, as MLIR writes
// them.
func callKernel(e trace.Emitter, name string, x []trace.Operand, options string, out ...ir.Aval) []trace.Operand {
	return callLaidOut(e, name, x, options, rowOrders(x), "", out...)
}

// rowOrders are the orders of axes of arrays that lie row by row.
func rowOrders(x []trace.Operand) [][]int {
	orders := make([][]int, len(x))
	for i, o := range x {
		orders[i] = arange(0, o.Aval.Rank())
	}
	return orders
}

// callLaidOut is callKernel for operands whose axes lie in orders of their own; aliases say which results may take the
// memory of which operands.
func callLaidOut(e trace.Emitter, name string, x []trace.Operand, options string, orders [][]int, aliases string,
	out ...ir.Aval) []trace.Operand {
	list := func(orders [][]int) string {
		all := make([]string, len(orders))
		for i, o := range orders {
			all[i] = layout(o)
		}
		return "[" + strings.Join(all, ", ") + "]"
	}
	results := make([][]int, len(out))
	for i, t := range out {
		results[i] = arange(0, t.Rank())
	}
	return e.Op("stablehlo.custom_call", x, fmt.Sprintf("call_target_name = %q, api_version = 4 : i32, "+
		"backend_config = {%s}, operand_layouts = %s, result_layouts = %s, output_operand_aliases = [%s]", name,
		options, list(orders), list(results), aliases), out...)
}

// layout is that of an array whose axes lie in that order, the last one moving by single elements.
func layout(order []int) string {
	minor := slices.Clone(order)
	slices.Reverse(minor)
	if len(minor) == 0 {
		return "dense<> : tensor<0xindex>"
	}
	return fmt.Sprintf("dense<[%s]> : tensor<%dxindex>", commas(minor), len(minor))
}

// flag is how an option of a kernel that is on or off is written.
func flag(on bool) string {
	if on {
		return i64(1)
	}
	return i64(0)
}

// stepsOf are how far apart in memory the neighbours along each axis are, in an array whose axes lie in that order.
func stepsOf(shape, order []int) []int {
	s, n := make([]int, len(order)), 1
	for _, a := range slices.Backward(order) {
		s[a] = n
		n *= shape[a]
	}
	return s
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
