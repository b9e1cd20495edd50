package ops

import (
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// LiftNumbers makes the float literals of a traced program captures, so that outside Jit a Go number that the function
// takes from outside may change without a new program. Under Jit the compiler puts them back.
func LiftNumbers(p *ir.Program, captured []*Value) (*ir.Program, []*Value) {
	q, lits := ir.LiftFloats(p)
	for _, l := range lits {
		captured = append(captured, trace.FromLit(l))
	}
	return q, captured
}

// constantsFirst puts the captures of a program, which follow its n arguments, before them.
func constantsFirst(p *ir.Program, n int) *ir.Program {
	return withInputs(p, p.In[n:], p.In[:n])
}

// shareCaptures gives every program, whose last inputs are its captures, the captures of all, and returns them.
func shareCaptures(progs []*ir.Program, captured [][]*Value) []*Value {
	var all []*Value
	at := map[*Value]int{}
	for _, c := range captured {
		for _, v := range c {
			if _, ok := at[v]; !ok {
				at[v] = len(all)
				all = append(all, v)
			}
		}
	}
	if len(all) == 0 {
		return nil
	}
	for i, p := range progs {
		n := len(p.In) - len(captured[i])
		extra := make([]*ir.Var, len(all))
		for j, v := range captured[i] {
			extra[at[v]] = p.In[n+j]
		}
		for j := range extra {
			if extra[j] == nil {
				extra[j] = &ir.Var{Ty: all[j].Aval()}
			}
		}
		progs[i] = withInputs(p, p.In[:n], extra)
	}
	return all
}
