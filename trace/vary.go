package trace

import (
	"slices"

	"github.com/gojax/gojax/ir"
)

// Over which axes of a mesh a value varies. A function that runs on each device is given some arrays that are equal on
// all devices along an axis. From what it is given, and from its equations, follows what it computes equally on all of
// them, and what may differ. That is asked only where a ShardMap has the option CheckVMA.

// AxisSet is a set of axes of a mesh, by their numbers in VaryWalk.Axes.
type AxisSet uint64

// VaryWalk is a walk through programs that run on each device of a mesh, for some of its axes.
type VaryWalk struct {
	Axes []string

	inputs  Inputs // of the programs that the operation at hand has run
	outputs map[*ir.Op][]outputs
}

// outputs are what an operation's outputs vary over, by what its operands do.
type outputs struct{ in, out []AxisSet }

// Inputs are what the inputs of programs vary over.
type Inputs map[*ir.Program][]AxisSet

// Set is the set of those of the axes that are named.
func (w *VaryWalk) Set(names []string) (s AxisSet) {
	for i, a := range w.Axes {
		if slices.Contains(names, a) {
			s |= 1 << i
		}
	}
	return s
}

// Names are the axes of s.
func (w *VaryWalk) Names(s AxisSet) (names []string) {
	for i, a := range w.Axes {
		if s>>i&1 != 0 {
			names = append(names, a)
		}
	}
	return names
}

// Run walks p and returns what its outputs vary over, given that of its inputs.
func (w *VaryWalk) Run(p *ir.Program, in []AxisSet) []AxisSet {
	if w.inputs == nil {
		w.inputs = Inputs{}
	}
	if before, ok := w.inputs[p]; ok { // in an earlier turn of a loop, or because the operation has it twice
		in = Joined(before, in)
	}
	w.inputs[p] = in
	env := make(map[*ir.Var]AxisSet, len(p.In)+len(p.Eqns))
	for i, v := range p.In {
		env[v] = in[i]
	}
	for i := range p.Eqns {
		e := &p.Eqns[i]
		out, _ := w.Eqn(e.Op, len(e.Out), SetsOf(env, e.In))
		for j, s := range out {
			env[e.Out[j]] = s
		}
	}
	return SetsOf(env, p.Out)
}

// SetsOf are the sets of operands; literals are equal everywhere.
func SetsOf(env map[*ir.Var]AxisSet, x []ir.Value) []AxisSet {
	s := make([]AxisSet, len(x))
	for i, v := range x {
		if v, ok := v.(*ir.Var); ok {
			s[i] = env[v]
		}
	}
	return s
}

// Eqn is what the n outputs of op vary over, of which x is that of the operands: what any of these varies over, and the
// axes that op works across, where it has no rule of its own. within is the same of the inputs of programs that it
// holds.
func (w *VaryWalk) Eqn(op ir.Op, n int, x []AxisSet) (out []AxisSet, within Inputs) {
	if r, ok := op.(Varier); ok {
		around := w.inputs
		w.inputs = nil
		out, within = r.Vary(w, x), w.inputs
		w.inputs = around
		return out, within
	}
	s := Union(x)
	for i, a := range w.Axes {
		if s>>i&1 == 0 && UsesAxis(op, a) {
			s |= 1 << i
		}
	}
	return slices.Repeat([]AxisSet{s}, n), nil
}

// Outputs is Eqn of an operation of which it is asked many times.
func (w *VaryWalk) Outputs(op *ir.Op, x []AxisSet) []AxisSet {
	for _, o := range w.outputs[op] {
		if slices.Equal(o.in, x) {
			return o.out
		}
	}
	out, _ := w.Eqn(*op, 1, x)
	if w.outputs == nil {
		w.outputs = map[*ir.Op][]outputs{}
	}
	w.outputs[op] = append(w.outputs[op], outputs{slices.Clone(x), out})
	return out
}

// Union is all axes of the sets.
func Union(x []AxisSet) (s AxisSet) {
	for _, y := range x {
		s |= y
	}
	return s
}

// Joined are the unions of a[i] and b[i].
func Joined(a, b []AxisSet) []AxisSet {
	c := slices.Clone(a)
	for i := range c {
		c[i] |= b[i]
	}
	return c
}
