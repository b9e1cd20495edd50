package ops_test

import (
	"strings"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

func TestCallKeepsItsName(t *testing.T) {
	f64 := ir.Aval{Shape: []int{3}, DType: ir.Float64}
	p := program(t, func(x []*trace.Value) []*trace.Value { return []*trace.Value{ops.Mul(x[0], x[1])} },
		[]ir.Aval{f64, f64})
	f := func(x []*trace.Value) []*trace.Value {
		return ops.Call("g", p, []*trace.Value{ops.Call("g", p, x)[0], x[1]})
	}
	in := []arr{vec(ir.Float64, 1, 2, 3), vec(ir.Float64, 4, 5, 6)}
	if s := runBoth(t, f, in)[0].closeTo(vec(ir.Float64, 16, 50, 108), 0); s != "" {
		t.Error(s)
	}
	checkVmap(t, f, in)
	q := mapProgram(t, program(t, f, avals(in)), 2, []int{1, 0})
	// The operand is passed on with its axis where it lies: nothing is transposed outside the function.
	if s := q.Format(false); strings.Count(s, "call[Func=g]") != 2 ||
		strings.Contains(strings.Split(s, "call[")[0], "transpose") {
		t.Errorf("want two calls of g and no transposition before them:\n%s", s)
	}
}
