package ir

import "slices"

// Coster tells how many arithmetic operations on elements an operation takes, as they are counted in textbooks: a
// multiplication and an addition are two, a function of an element is one. Operations that are no Coster compute
// nothing, but for the programs that they hold.
type Coster interface {
	Op
	Flops(in, out []Aval) float64
}

// Repeater is an operation that runs its programs so many times.
type Repeater interface {
	Nested
	Rounds(in []Aval) int
}

// Chooser is an operation that runs one of its programs.
type Chooser interface {
	Nested
	Chooses()
}

// Cost is the work of equations.
type Cost struct {
	Calls int     // how often they are run
	Flops float64 // see Coster
	Bytes float64 // of operands and results, each of which is counted wherever it is read or written
}

func (c Cost) plus(d Cost, times int) Cost {
	return Cost{c.Calls + d.Calls*times, c.Flops + d.Flops*float64(times), c.Bytes + d.Bytes*float64(times)}
}

// Costs is the work of a program by the names of its operations, from their types alone: before a compiler fuses what
// it can, which saves bytes. A loop whose rounds are not known counts as one round, and a choice as its dearest branch.
func (p *Program) Costs() map[string]Cost {
	all := map[string]Cost{}
	for i := range p.Eqns {
		e := &p.Eqns[i]
		in := make([]Aval, len(e.In))
		for j, v := range e.In {
			in[j] = v.Aval()
		}
		out := make([]Aval, len(e.Out))
		for j, v := range e.Out {
			out[j] = v.Ty
		}
		if n, ok := e.Op.(Nested); ok {
			if _, ok := e.Op.(Coster); !ok {
				addCosts(all, nestedCosts(n, in))
				continue
			}
		}
		c := Cost{Calls: 1}
		for _, t := range slices.Concat(in, out) {
			c.Bytes += float64(max(t.Bytes(), 0))
		}
		if f, ok := e.Op.(Coster); ok {
			c.Flops = f.Flops(in, out)
		}
		all[e.Op.Name()] = all[e.Op.Name()].plus(c, 1)
	}
	return all
}

func addCosts(all, more map[string]Cost) {
	for name, c := range more {
		all[name] = all[name].plus(c, 1)
	}
}

// nestedCosts is the work of the programs that an operation holds.
func nestedCosts(n Nested, in []Aval) map[string]Cost {
	_, one := n.(Chooser)
	times := 1
	if r, ok := n.(Repeater); ok {
		times = r.Rounds(in)
	}
	all, most := map[string]Cost{}, -1.0
	for _, p := range n.Programs() {
		costs := p.Costs()
		if !one {
			addCosts(all, costs)
		} else if f := Total(costs); f.Flops+f.Bytes > most {
			all, most = costs, f.Flops+f.Bytes
		}
	}
	for name, c := range all {
		all[name] = Cost{}.plus(c, times)
	}
	return all
}

// Total adds costs up.
func Total(costs map[string]Cost) (all Cost) {
	for _, c := range costs {
		all = all.plus(c, 1)
	}
	return all
}
