package ir

import "github.com/gojax/gojax/internal/mask"

// DCE is p without the equations that no output needs. Effectful equations stay, as do all inputs. Operations that hold
// programs give up the outputs that nobody uses, and what only those needed, where they know how (DCEr).
func (p *Program) DCE() *Program {
	q, _ := p.prune(p.Out)
	return q
}

// DCEOut is p with only the outputs marked in used, dead equations and the inputs that are then unused left out. keptIn
// marks the inputs that stay.
func (p *Program) DCEOut(used []bool) (q *Program, keptIn []bool) {
	return p.DCEKeeping(used, nil)
}

// DCEKeeping is DCEOut where the inputs marked in keep stay even if nothing uses them; nil marks none.
func (p *Program) DCEKeeping(used, keep []bool) (q *Program, keptIn []bool) {
	out := p.Out
	if used != nil {
		out = mask.Pick(out, used)
	}
	q, live := p.prune(out)
	keptIn = mask.Of(p.In, func(v *Var) bool { return live[v] })
	if keep != nil {
		keptIn = mask.Or(keptIn, keep)
	}
	if !mask.All(keptIn) {
		q = &Program{In: mask.Pick(p.In, keptIn), Eqns: q.Eqns, Out: q.Out}
	}
	return q, keptIn
}

// prune drops what out does not need and returns the variables in use. Where nothing is dropped the result is p itself.
func (p *Program) prune(out []Value) (*Program, map[*Var]bool) {
	live := make(map[*Var]bool, len(p.Eqns)+len(p.In))
	mark := func(v Value) {
		if w, ok := v.(*Var); ok {
			live[w] = true
		}
	}
	for _, v := range out {
		mark(v)
	}
	eqns := make([]Eqn, len(p.Eqns)) // filled from the end
	at := len(eqns)
	same := len(out) == len(p.Out)
	for i := len(p.Eqns) - 1; i >= 0; i-- {
		e := p.Eqns[i]
		d, nested := e.Op.(DCEr)
		used := make([]bool, 0, 8)
		some, all := false, true
		for _, o := range e.Out {
			u := live[o]
			used = append(used, u)
			some, all = some || u, all && u
		}
		if !some && !OpEffects(e.Op) {
			same = false
			continue
		}
		if nested {
			op, keptIn, keptOut := d.DCE(used)
			if changed := !mask.All(keptIn) || !mask.All(keptOut); changed || !SamePrograms(op, e.Op) {
				same = false
				e = Eqn{Op: op, In: mask.Pick(e.In, keptIn), Out: mask.Pick(e.Out, keptOut), Src: e.Src}
			}
		}
		for _, v := range e.In {
			mark(v)
		}
		at--
		eqns[at] = e
	}
	if same {
		return p, live
	}
	return &Program{In: p.In, Eqns: eqns[at:len(eqns):len(eqns)], Out: out}, live
}

// SamePrograms reports whether two operations hold the very same programs (by identity).
func SamePrograms(a, b Op) bool {
	x, ok := a.(Nested)
	y, ok2 := b.(Nested)
	if !ok || !ok2 {
		return ok == ok2
	}
	p, q := x.Programs(), y.Programs()
	if len(p) != len(q) {
		return false
	}
	for i := range p {
		if p[i] != q[i] {
			return false
		}
	}
	return true
}
