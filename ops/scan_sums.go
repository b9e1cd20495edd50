package ops

import (
	"slices"

	"github.com/gojax/gojax/ir"
)

// The cotangent of a constant of a scan is a sum over the steps. Where each step adds a product, as for the weights of
// a recurrent network, the sum is one product that is contracted over the steps too: the loop stacks the factors, which
// are small, and need not read and write the whole sum each time.

// laterSums are sums over the steps that are computed after the loop.
type laterSums struct {
	made    map[*ir.Var]*ir.Eqn
	stacked map[ir.Value]*Value // arrays that the loop goes through, by the elements in its body
	fixed   map[ir.Value]bool   // what is the same in every step
	fresh   []ir.Value          // factors that the loop must stack
}

// sumsLater looks at the body p of a loop, of whose inputs fixed are the same in every step and elems are elements of
// these arrays.
func sumsLater(p *ir.Program, fixed, elems []*ir.Var, arrays []*Value) *laterSums {
	s := &laterSums{made: map[*ir.Var]*ir.Eqn{}, stacked: map[ir.Value]*Value{}, fixed: map[ir.Value]bool{}}
	for i := range p.Eqns {
		for _, v := range p.Eqns[i].Out {
			s.made[v] = &p.Eqns[i]
		}
	}
	for _, v := range fixed {
		s.fixed[v] = true
	}
	for i, v := range elems {
		s.stacked[v] = arrays[i]
	}
	return s
}

// stepProduct is a product that each step computes, and what is done to it then.
type stepProduct struct {
	dot  dotGeneral
	of   [2]ir.Value
	then []ir.Op // each takes the one before it
}

// products are those that a step adds to the sum so far, to make sum; none where it adds something else, or where
// stacking the factors takes more memory than the sum. Then nothing is to be stacked for it.
func (s *laterSums) products(sum ir.Value) (all []stepProduct) {
	w, _ := sum.(*ir.Var)
	e := s.made[w]
	if e == nil {
		return nil
	}
	if _, ok := e.Op.(add); !ok {
		return nil
	}
	v, before := e.In[1], len(s.fresh)
	if all = s.terms(v, nil, nil); all == nil {
		s.fresh = s.fresh[:before]
		return nil
	}
	size := 0
	for _, f := range s.fresh[before:] {
		size += ir.SizeOf(f.Aval().Shape)
	}
	if size > 2*ir.SizeOf(v.Aval().Shape) {
		s.fresh = s.fresh[:before]
		return nil
	}
	return all
}

// terms appends the products of which v, to which then is done, is the sum; nil where it is not such a sum.
func (s *laterSums) terms(v ir.Value, then []ir.Op, all []stepProduct) []stepProduct {
	w, _ := v.(*ir.Var)
	e := s.made[w]
	if e == nil {
		return nil
	}
	switch op := e.Op.(type) {
	case add:
		if all = s.terms(e.In[0], then, all); all != nil {
			all = s.terms(e.In[1], then, all)
		}
		return all
	case transpose, reshape, convert:
		return s.terms(e.In[0], append([]ir.Op{op}, then...), all)
	case dotGeneral:
		for _, f := range e.In {
			_, literal := f.(ir.Lit)
			switch {
			case literal || s.fixed[f]:
				return nil
			case s.stacked[f] == nil && !slices.Contains(s.fresh, f):
				s.fresh = append(s.fresh, f)
			}
		}
		return append(all, stepProduct{op, [2]ir.Value{e.In[0], e.In[1]}, then})
	}
	return nil
}

// overSteps is the sum of p over the steps, from its stacked factors.
func (p stepProduct) overSteps(x, y *Value) *Value {
	d := p.dot.Dims
	steps := func(contract []int) []int { return append([]int{0}, shifted(contract, 0)...) }
	v := DotGeneral(x, y, DotDims{LHSContract: steps(d.LHSContract), RHSContract: steps(d.RHSContract),
		LHSBatch: shifted(d.LHSBatch, 0), RHSBatch: shifted(d.RHSBatch, 0)}, p.dot.DotOptions)
	for _, op := range p.then {
		v = one(op, v)
	}
	return v
}

// sums are all sums: those of products, and in the places of the others those of the loop.
func (s *laterSums) sums(inLoop []*Value, products [][]stepProduct) []*Value {
	all := make([]*Value, len(products))
	for i, of := range products {
		if of == nil {
			all[i], inLoop = inLoop[0], inLoop[1:]
		}
		for _, p := range of {
			v := p.overSteps(s.stacked[p.of[0]], s.stacked[p.of[1]])
			if all[i] != nil {
				v = Add(all[i], v)
			}
			all[i] = v
		}
	}
	return all
}
