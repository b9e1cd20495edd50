package ops

import (
	"fmt"
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

// streamCopy is the operation of the kernel that has one operand, of any type.
var streamCopy = len(streamed)

// How an operand of the kernel lies, as it numbers that.
const (
	wholeView = iota
	turnedView
	joinedView
)

// view is how the kernel finds what an operand has for each place of the result: list says it, of arrays.
type view struct {
	list   []int
	of     []trace.Operand
	turned []int // how many matrices of how many rows and columns lie there, whose transposes the result has
}

// stream writes an operation on large arrays that is all that a program does as a call of the kernel; nil where it is
// not such a one. In a larger program XLA reads and writes less, since it computes several at once.
func stream(e trace.Emitter, name string, x []trace.Operand) []trace.Operand {
	out := e.Out()[0]
	operation := slices.IndexFunc(streamed, func(s streamedOp) bool {
		return s.name == name && slices.Contains(s.types, out.DType)
	})
	if operation < 0 || out.Bytes() < joinBytes || !e.Alone() {
		return nil
	}
	views, least := make([]view, len(x)), streamBytes
	for i := range x {
		views[i] = viewOf(e, x[i])
		if views[i].list == nil {
			return nil
		}
		if views[i].list[0] == joinedView {
			least = joinBytes
		}
	}
	for i := range views { // beside another array, one transposed was copied, see transpose.apart
		if views[i].turned != nil && (i > 0 || views[1].of[0].Aval.Size() > 1) {
			views[i], least = view{list: []int{wholeView}, of: []trace.Operand{x[i]}}, streamBytes
		}
	}
	return streamViews(e, operation, views, least)
}

// viewOf is how the kernel finds x in what it is made of; nothing where that is computed.
func viewOf(e trace.Emitter, x trace.Operand) view {
	op, from := e.Maker(x)
	switch op := op.(type) {
	case nil: // an input
		return view{list: []int{wholeView}, of: []trace.Operand{x}}
	case full:
		return view{list: []int{wholeView}, of: []trace.Operand{e.Const(op.Lit, nil)}}
	case broadcastInDim:
		if from[0].Aval.Size() == 1 {
			return view{list: []int{wholeView}, of: from}
		}
	case transpose:
		return op.view(from[0]).ofInputs(e)
	case concatenate:
		return op.view(e, from).ofInputs(e)
	}
	return view{}
}

// ofInputs is v where nothing computes its arrays: XLA would compute them, and the result, in one loop.
func (v view) ofInputs(e trace.Emitter) view {
	for _, x := range v.of {
		if op, _ := e.Maker(x); op != nil {
			return view{}
		}
	}
	return v
}

// streamCopied calls the kernel to copy a large result, as v finds it, where that is all that a program does; otherwise
// it is nil.
func streamCopied(e trace.Emitter, v func() view) []trace.Operand {
	if e.Out()[0].Bytes() < streamBytes || !e.Alone() {
		return nil
	}
	return streamViews(e, streamCopy, []view{v().ofInputs(e)}, streamBytes)
}

// streamViews calls the kernel for results of so many bytes at least; nil for others, and where there are no views.
func streamViews(e trace.Emitter, operation int, views []view, least int) []trace.Operand {
	out := e.Out()[0]
	if out.Bytes() < least || !onCPU(e, streamKernel) {
		return nil
	}
	options := "operation = " + i64(operation)
	var in []trace.Operand
	var list, turned []int
	for _, v := range views {
		if v.list == nil {
			return nil
		}
		in, list = append(in, v.of...), append(list, v.list...)
		if v.turned != nil {
			turned = v.turned
		}
	}
	options += fmt.Sprintf(", views = array<i64: %s>", commas(list))
	if turned != nil {
		options += fmt.Sprintf(", turned = array<i64: %s>", commas(turned))
	}
	return callKernel(e, streamKernel, in, options, out)
}

// leastTurned is how many rows and columns a matrix has that the kernel transposes faster than XLA does.
const leastTurned = 64

// view is that of x transposed, where each of a batch of matrices is, into rows of whole vectors.
func (o transpose) view(x trace.Operand) view {
	shape := x.Aval.Shape
	var perm []int // of the axes of more than one element
	for _, a := range o.Perm {
		if shape[a] != 1 {
			perm = append(perm, a)
		}
	}
	axes := slices.Sorted(slices.Values(perm))
	b := 0
	for b < len(perm) && perm[b] == axes[b] {
		b++
	}
	if b == len(perm) {
		return view{}
	}
	k := slices.Index(perm, axes[b]) // what follows from here on stood before what is there now
	if !slices.Equal(slices.Concat(perm[k:], perm[b:k]), axes[b:]) {
		return view{}
	}
	size := func(axes []int) int { return ir.SizeOf(sizesAt(shape, axes)) }
	batch, rows, columns := size(perm[:b]), size(perm[k:]), size(perm[b:k])
	if w := x.Aval.DType.Size(); w < 4 || rows*w%32 != 0 || min(rows, columns) < leastTurned {
		return view{}
	}
	return view{[]int{turnedView}, []trace.Operand{x}, []int{batch, rows, columns}}
}

// view is that of arrays joined, where they lie one behind the other. Of operands that are slices it takes the arrays
// that they were taken from, which need not be copied: so is one rolled.
func (o concatenate) view(e trace.Emitter, x []trace.Operand) view {
	v := view{list: []int{joinedView, len(x)}}
	for i := range x {
		if ir.SizeOf(x[i].Aval.Shape[:o.Axis]) != 1 {
			return view{}
		}
		start, in := 0, x[i]
		op, of := e.Maker(x[i])
		if s, ok := op.(slice); ok && s.Strides[0] == 1 && in.Aval.Rank() == 1 {
			in, start = of[0], s.Start[0]
		}
		v.of, v.list = append(v.of, in), append(v.list, start, x[i].Aval.Size())
	}
	return v
}
