package ops

import (
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// A loop over rows of a few numbers each, mapped, runs fastest with the rows' axis last: then a vector instruction
// takes one number of many rows, where along an axis of three it could take no more than those three. XLA keeps the
// axes in the order it is given, so a mapped loop chooses.

const (
	laneRows    = 64
	laneNumbers = 16
)

// lanes reports whether a loop of these programs, mapped over so many rows, has their axis last: nothing in it then
// needs it elsewhere, and no row has numbers enough to fill a vector by itself.
func lanes(rows int, programs ...*ir.Program) bool {
	some := false
	narrow := func(t ir.Aval) bool {
		n := ir.SizeOf(t.Shape)
		some = some || n > 1
		return n < laneNumbers
	}
	for _, p := range programs {
		for _, t := range p.InTypes() {
			if !narrow(t) {
				return false
			}
		}
		for i := range p.Eqns {
			e := &p.Eqns[i]
			if !anyAxis(e) {
				return false
			}
			for _, v := range e.Out {
				if !narrow(v.Ty) {
					return false
				}
			}
		}
	}
	return some && rows >= laneRows
}

// anyAxis reports whether the equation can have a mapped axis anywhere.
func anyAxis(e *ir.Eqn) bool {
	switch op := e.Op.(type) {
	case reduction, iotaOp, threefry2x32, optimizationBarrier:
		return true
	case bitcast:
		return op.To.Bits() == e.In[0].Aval().DType.Bits()
	}
	return perElement(e.Op) || moves(e.Op)
}

// lastAxes is the axis list of values of these types, of one row, mapped along their last axis where marked.
func lastAxes(t []ir.Aval, m []bool) []int {
	d := make([]int, len(m))
	for i := range m {
		if d[i] = trace.NotMapped; m[i] {
			d[i] = t[i].Rank()
		}
	}
	return d
}
