package ir

import "encoding/binary"

// CSE is p with each computation done once: equations of equal operation (parameters and held programs by value) and
// equal operands become the first of them. Effectful equations are never merged, nor is anything inside held programs.
func (p *Program) CSE() *Program {
	num := make(map[*Var]uint64, len(p.In)+len(p.Eqns))
	instead := map[*Var]*Var{}
	for _, v := range p.In {
		num[v] = uint64(len(num))
	}
	first := make(map[string][]*Var, len(p.Eqns))
	var eqns []Eqn // nil until something differs from p.Eqns
	var key []byte
	for i := range p.Eqns {
		e := p.Eqns[i]
		if len(instead) > 0 {
			if in, changed := replaceAll(e.In, instead); changed {
				e.In = in
			}
		}
		if !OpEffects(e.Op) {
			key = appendDistinct(AppendOpKey(key[:0], e.Op), e.Op)
			for _, v := range e.In {
				switch v := v.(type) {
				case *Var:
					key = binary.AppendUvarint(append(key, 'v'), num[v])
				case Lit:
					key = v.AppendKey(append(key, 'l'))
				}
			}
			if before, ok := first[string(key)]; ok && len(before) == len(e.Out) {
				for j, o := range e.Out {
					instead[o] = before[j]
				}
				if eqns == nil {
					eqns = append(make([]Eqn, 0, len(p.Eqns)), p.Eqns[:i]...)
				}
				continue
			}
			first[string(key)] = e.Out
		}
		for _, o := range e.Out {
			num[o] = uint64(len(num))
		}
		if eqns != nil {
			eqns = append(eqns, e)
		}
	}
	if eqns == nil {
		return p
	}
	out, _ := replaceAll(p.Out, instead)
	return &Program{In: p.In, Eqns: eqns, Out: out}
}

// appendDistinct appends the numbers of the distinct operations in op.
func appendDistinct(key []byte, op Op) []byte {
	if d, ok := op.(Distinct); ok {
		key = binary.AppendUvarint(key, d.Distinct())
	}
	if n, ok := op.(Nested); ok {
		for _, p := range n.Programs() {
			for i := range p.Eqns {
				key = appendDistinct(key, p.Eqns[i].Op)
			}
		}
	}
	return key
}

func replaceAll(x []Value, instead map[*Var]*Var) ([]Value, bool) {
	changed := false
	for i, v := range x {
		w, ok := v.(*Var)
		if !ok {
			continue
		}
		if r, ok := instead[w]; ok {
			if !changed {
				changed = true
				x = append([]Value(nil), x...)
			}
			x[i] = r
		}
	}
	return x, changed
}
