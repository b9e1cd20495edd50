package ops

import (
	"fmt"
	"strings"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// What the functions that trace control flow share. They work on the leaves of the user's trees and are given the
// structure with them, so that messages name the part of the tree that is wrong.

// CheckFuncs refuses functions that are nil before anything is traced.
func CheckFuncs(op string, set bool) {
	if !set {
		trace.Fail(op, nil, "a function is nil; give one that returns what the operation needs")
	}
}

// CheckSet refuses an array that was never set; what names it.
func CheckSet(op, what string, v *Value) {
	if v == nil {
		trace.FailUnset(op, what)
	}
}

// promoteWeak gives a weakly typed array of the initial carry the dtype that the body returns for it, as promotion has
// it.
func promoteWeak(x []*Value, out []ir.Aval) ([]*Value, bool) {
	changed := false
	y := make([]*Value, len(x))
	for i, v := range x {
		y[i] = v
		t := v.Aval()
		if !t.Weak || i >= len(out) || out[i].DType == t.DType { // as in JAX, the carry stays weak inside the body
			continue
		}
		d := t.DType
		if rankOfKind(out[i].DType) >= rankOfKind(d) {
			d = out[i].DType
		}
		changed = true
		y[i] = ConvertWeak(v, d, false)
	}
	return y, changed
}

// rankOfKind orders the kinds of dtypes as promotion does.
func rankOfKind(d ir.DType) int {
	switch d.Kind() {
	case ir.KindBool:
		return 0
	case ir.KindInt, ir.KindUint:
		return 1
	case ir.KindFloat:
		return 2
	}
	return 3
}

// sameCarry refuses a body that returns a carry of other types than it is given. The leaves of the user's carry follow
// own others.
func sameCarry(op string, def *trace.Def, own int, in, out []ir.Aval) {
	paths := def.PathsFrom("the carry")
	var diff []string
	for i := range in {
		if in[i].SameType(out[i]) {
			continue
		}
		name := "the index"
		if i >= own {
			name = paths[i-own]
		}
		diff = append(diff, fmt.Sprintf("%s enters as %v and the body returns %v", name, in[i], out[i]))
	}
	if diff != nil {
		trace.Fail(op, nil, "the body must return arrays of the shapes and dtypes it is given:\n\t%s\nConvert the "+
			"initial value or what the body returns", strings.Join(diff, "\n\t"))
	}
}

// flatDef is the structure of a list of n values.
func flatDef(n int) *trace.Def {
	leaves := make([]valueLeaf, n)
	for i := range leaves {
		leaves[i].v = trace.FromLit(ir.BoolLit(false))
	}
	def, _ := trace.Flatten(leaves)
	return def
}

// valueLeaf makes a tree of Values.
type valueLeaf struct{ v *Value }

func (l valueLeaf) TraceValue() *Value      { return l.v }
func (l *valueLeaf) SetTraceValue(v *Value) { l.v = v }
