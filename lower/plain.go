package lower

import (
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// Plain tells of a module that compiling it takes far longer than running it, and that its results are the same, to
// the bit, however little the compiler does: no function is approximated, and none of what compilers make one of two
// meets: a product and a sum, a comparison and a choice, arithmetic and a constant.
type Plain int

const (
	// NotPlain is any other module.
	NotPlain Plain = iota
	// PlainLoop is one operation, element by element, on arrays of any size: there is nothing to fuse.
	PlainLoop
	// PlainSmall is up to three operations on up to 128 elements: fusing and vectorizing save nothing.
	PlainSmall
)

// What PlainSmall means: of more, calls were found to take measurably longer.
const (
	fewLoops    = 3
	fewElements = 128
)

// role is what an operation is in a plain module.
type role int

const (
	unfit    role = iota // any that is not listed
	view                 // no code is made for it
	moving               // its code is as fast only for small arrays
	loop                 // its loop is as fast without the compiler's efforts
	quotient             // the same, but for integers
	product              // a loop, and becomes one with a sum
	sum
	comparison // a loop, and becomes one with a choice
	choice
	roles
)

// roleOf is by StableHLO's names. Not here, on purpose: transposition, as XLA merges a copy to another layout into a
// bitcast, wrongly, where it may not fuse them; and exponentials and the like, which are approximated by code that the
// compiler's efforts round differently. TestEfforts of backend/pjrt compares.
var roleOf = map[string]role{
	"stablehlo.reshape": view, "stablehlo.slice": moving, "stablehlo.broadcast_in_dim": moving,
	"stablehlo.iota": moving, "stablehlo.convert": moving,
	"stablehlo.multiply": product, "stablehlo.add": sum, "stablehlo.subtract": sum, "stablehlo.divide": quotient,
	"stablehlo.negate": loop, "stablehlo.abs": loop, "stablehlo.sqrt": loop, "stablehlo.floor": loop,
	"stablehlo.ceil": loop, "stablehlo.maximum": loop, "stablehlo.minimum": loop, "stablehlo.compare": comparison,
	"stablehlo.select": choice, "stablehlo.and": loop, "stablehlo.or": loop, "stablehlo.xor": loop,
	"stablehlo.not": loop,
}

// weight is what a module has so far of what makes it plain or not.
type weight struct {
	unfit, fast    bool        // fast: its loops are as fast without efforts, whatever their size
	floats         [roles]bool // what it does with floats
	constants      bool        // of floats
	loops, largest int
}

// add counts an operation.
func (w *weight) add(name string, x, out []trace.Operand) {
	r := roleOf[name]
	// Broadcasts of more than a number may give their results a layout.
	w.unfit = w.unfit || r == unfit || len(out) != 1 ||
		name == "stablehlo.broadcast_in_dim" && len(x[0].Aval.Shape) > 0
	if w.unfit {
		return
	}
	for _, o := range x {
		w.operand(o.Aval)
	}
	w.operand(out[0].Aval)
	float := out[0].Aval.DType.Kind() == ir.KindFloat
	if r == comparison {
		float = x[0].Aval.DType.Kind() == ir.KindFloat
	}
	w.floats[r] = w.floats[r] || float
	if r != view {
		w.loops++
		w.fast = r > moving && (r != quotient || float)
	}
}

// constant counts one that the text holds; an array is a loop that fills it.
func (w *weight) constant(t ir.Aval) {
	w.operand(t)
	w.constants = w.constants || t.DType.Kind() == ir.KindFloat
	if len(t.Shape) > 0 {
		w.loops++
	}
}

// operand looks at the type of an operand or a result. Narrow floats are computed as wider ones, and complex numbers
// by products and sums.
func (w *weight) operand(t ir.Aval) {
	switch t.DType {
	case ir.Bool, ir.Int8, ir.Int16, ir.Int32, ir.Int64, ir.Uint8, ir.Uint16, ir.Uint32, ir.Uint64, ir.Float32,
		ir.Float64:
	default:
		w.unfit = true
	}
	w.largest = max(w.largest, t.Size())
}

func (w *weight) plain() Plain {
	f := &w.floats
	merges := f[product] && f[sum] || f[comparison] && f[choice]
	for r := loop; r < roles; r++ {
		merges = merges || f[r] && w.constants
	}
	switch {
	case w.unfit || merges || w.loops == 0:
		return NotPlain
	case w.largest <= fewElements && w.loops <= fewLoops:
		return PlainSmall
	case w.loops == 1 && w.fast:
		return PlainLoop
	}
	return NotPlain
}
