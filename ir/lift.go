package ir

// LiftFloats is p with its floating-point and complex literals turned into inputs, after the others, in order of use,
// and the literals to be passed for them. An input keeps its literal's type, the weak flag included, so every equation
// stays as it was. Each use has an input of its own: were equal literals to share one, programs that differ only in
// their numbers would not always have one structure, and so one key. Literals inside held programs stay.
func LiftFloats(p *Program) (*Program, []Lit) {
	n := 0
	count := func(vs []Value) bool {
		k := n
		for _, v := range vs {
			if l, ok := v.(Lit); ok && l.DType.IsInexact() {
				n++
			}
		}
		return n > k
	}
	for i := range p.Eqns {
		count(p.Eqns[i].In)
	}
	if count(p.Out); n == 0 {
		return p, nil
	}
	q := &Program{Eqns: make([]Eqn, len(p.Eqns))}
	q.In = append(make([]*Var, 0, len(p.In)+n), p.In...)
	lits := make([]Lit, 0, n)
	vars := make([]Var, n)
	lift := func(vs []Value) []Value {
		copied := false
		for i, v := range vs {
			l, ok := v.(Lit)
			if !ok || !l.DType.IsInexact() {
				continue
			}
			if !copied {
				copied = true
				vs = append([]Value(nil), vs...)
			}
			w := &vars[len(lits)]
			w.Ty = l.Aval()
			lits = append(lits, l)
			q.In = append(q.In, w)
			vs[i] = w
		}
		return vs
	}
	for i, e := range p.Eqns {
		e.In = lift(e.In)
		q.Eqns[i] = e
	}
	q.Out = lift(p.Out)
	return q, lits
}
