package jit

import (
	"fmt"
	"math"
	"sync/atomic"

	"github.com/gojax/gojax/backend/pjrt"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// Finding where a NaN comes from: with the switch on, results are searched, and a program that made a NaN is run again,
// one operation at a time, loops and branches included, until one has a NaN in its result.

var debugNaNs atomic.Bool

func init() { debugNaNs.Store(pjrt.Flag("GOJAX_DEBUG_NANS", false)) }

// DebugNaNs sets whether results are searched for NaN, and returns what was set before.
func DebugNaNs(on bool) (before bool) { return debugNaNs.Swap(on) }

// checkNaNs searches out, the results of p (nil: of one operation) on in; both are of the call of op at the user's line
// src.
func checkNaNs(op string, p *ir.Program, in, out []*trace.Value, src ir.Src) {
	at, where := findNaN(out)
	if at < 0 {
		return
	}
	if p != nil {
		replayNaN(p, in)
		panic(trace.NewError(op, trace.Avals(in), src, fmt.Errorf(
			"result %d, %v, has a NaN%s, which the same operations, run one by one, do not make: it comes from how "+
				"the compiler joins them", at, out[at].Aval(), where)))
	}
	panic(nanError(op, in, out, at, where, src))
}

func nanError(op string, in, out []*trace.Value, at int, where string, src ir.Src) *trace.Error {
	from := ""
	if i, w := findNaN(in); i >= 0 {
		from = fmt.Sprintf(". Its operand %d has one%s already, which came from outside", i, w)
	} else {
		for i, v := range in {
			if v.Rank() == 0 && v.DType().IsInexact() {
				from += fmt.Sprintf(", operand %d is %v", i, ir.LitFromBytes(bytesOf(v), v.DType()))
			}
		}
	}
	result := "its result"
	if len(out) > 1 {
		result = fmt.Sprintf("result %d", at)
	}
	return trace.NewError(op, trace.Avals(in), src,
		fmt.Errorf("%s, %v, has a NaN%s%s (GOJAX_DEBUG_NANS is on)", result, out[at].Aval(), where, from))
}

// replayNaN runs p operation by operation and panics at the first that makes a NaN.
func replayNaN(p *ir.Program, in []*trace.Value) {
	trace.Suspended(func() { stepwise(p, in) })
}

func stepwise(p *ir.Program, in []*trace.Value) []*trace.Value {
	var src ir.Src
	return trace.Replay(p, in, func(e *ir.Eqn, x []*trace.Value) []*trace.Value {
		if e.Src != 0 {
			src = e.Src
		}
		if s, ok := e.Op.(trace.Stepper); ok {
			return s.Step(x, stepwise)
		}
		if _, effect := e.Op.(ir.Effectful); effect { // it has happened
			return nil
		}
		y := quietly(e.Op, x)
		if at, where := findNaN(y); at >= 0 {
			panic(nanError(e.Op.Name(), x, y, at, where, src))
		}
		return y
	})
}

// quietly runs one operation without searching its results.
func quietly(op ir.Op, x []*trace.Value) []*trace.Value { return engine{}.bind(op, x) }

// findNaN is the first of v with a NaN among its elements, and where, as " at [1,2]"; -1 if there is none. Values that
// failed are left to who waits for them.
func findNaN(vs []*trace.Value) (i int, where string) {
	for i, v := range vs {
		t := v.Aval()
		if !t.DType.IsInexact() || t.Size() == 0 || v.Traced() {
			continue
		}
		if b, ok := v.Buffer().(*pjrt.Buffer); ok && (b.Deleted() || b.Ready() != nil) {
			continue
		}
		if k := firstNaN(bytesOf(v), t.DType); k >= 0 {
			return i, position(k, t.Shape)
		}
	}
	return -1, ""
}

func bytesOf(v *trace.Value) []byte {
	b := make([]byte, v.Aval().Bytes())
	ToHost(v, b)
	return b
}

func firstNaN(b []byte, d ir.DType) int {
	n := d.Size()
	part := d.Real()
	m := part.Size()
	for k := 0; k+m <= len(b); k += m {
		if math.IsNaN(ir.LitFromBytes(b[k:k+m], part).Float()) {
			return k / n
		}
	}
	return -1
}

func position(k int, shape []int) string {
	if len(shape) == 0 {
		return ""
	}
	at := make([]int, len(shape))
	for i := len(shape) - 1; i >= 0; i-- {
		at[i], k = k%shape[i], k/shape[i]
	}
	return " at " + ir.ShapeString(at)
}
