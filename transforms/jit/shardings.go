package jit

import (
	"fmt"
	"reflect"
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// shardings are what InShardings and OutShardings say of en, nil if they say nothing.
func (f *Func) shardings(en *Entry, leaves []*trace.Value) *over {
	o := &over{in: make([]*ir.Spec, len(en.p.In)), out: make([]*ir.Spec, len(en.p.Out))}
	f.ask(o, "gojax.InShardings", f.In, en.defs, trace.ArgName, en.in, o.in[:len(leaves)])
	f.ask(o, "gojax.OutShardings", f.Out, en.Out, trace.ResultName, en.p.OutTypes(), o.out)
	if o.mesh == nil {
		return nil
	}
	return o
}

// ask fills specs, and the mesh of o, with the tree prefixes that an option was given for trees of the types.
func (f *Func) ask(o *over, option string, given []any, defs trace.Trees, name func(int) string, types []ir.Aval,
	specs []*ir.Spec) {
	if given == nil {
		return
	}
	all, err := prefixes(given, defs, len(specs), name)
	if err != nil {
		trace.Fail(f.op(), nil, "%s does not fit: %v. Give a sharding for each, or for all one", option, err)
	}
	for i, s := range all {
		if s == nil {
			continue
		}
		if o.mesh == nil {
			o.mesh = s.Mesh
		}
		err := s.Check(types[i].Shape)
		if err == nil && !o.mesh.Equal(s.Mesh) {
			err = fmt.Errorf("%v is another mesh than %v; the shardings of one function are over one", s.Mesh, o.mesh)
		}
		if err != nil {
			trace.Fail(f.op(), types[i:i+1], "%s: %v", option, err)
		}
		specs[i] = &s.Spec
	}
}

// prefixes spreads tree prefixes of shardings over n leaves; defs are nil where each leaf is a tree. One entry stands
// for everything.
func prefixes(given []any, defs trace.Trees, n int, name func(int) string) (all []*ir.Sharding, err error) {
	trees := n
	if defs != nil {
		trees = len(defs)
	}
	if len(given) == 1 && trees != 1 {
		given = slices.Repeat(given, trees)
	}
	if len(given) != trees {
		return nil, fmt.Errorf("it has %d entries for %d", len(given), trees)
	}
	for i, g := range given {
		s := make([]*ir.Sharding, 1)
		if defs != nil {
			s, err = spreadShardings(defs[i], g, name(i))
		} else if one, ok := shardingIn(nil, reflect.ValueOf(g)); ok {
			s[0] = one
		} else {
			err = fmt.Errorf("%s is an array but is given as a %T", name(i), g)
		}
		if err != nil {
			return nil, err
		}
		all = append(all, s...)
	}
	return all, nil
}

// spreadShardings spreads a tree prefix of shardings, or a ShardingTree, over the leaves of d, nil where it says
// nothing.
func spreadShardings(d *trace.Def, prefix any, root string) ([]*ir.Sharding, error) {
	t, ok := prefix.(ShardingTree)
	if !ok {
		t.Prefix = prefix
	}
	return trace.Spread(d, t.Prefix, root, func(v reflect.Value) (*ir.Sharding, bool) { return shardingIn(t.Mesh, v) })
}

// shardingIn is the sharding that v is, nil for none; a Spec is over mesh, unless that is nil.
func shardingIn(mesh *ir.Mesh, v reflect.Value) (s *ir.Sharding, ok bool) {
	if !v.IsValid() || !v.CanInterface() {
		return nil, !v.IsValid()
	}
	switch v := v.Interface().(type) {
	case ShardingTree:
		return shardingIn(v.Mesh, reflect.ValueOf(v.Prefix))
	case ir.Spec:
		return &ir.Sharding{Mesh: mesh, Spec: v}, mesh != nil
	case ir.Sharding:
		if v.Mesh == nil {
			return nil, true
		}
		return &v, true
	}
	return nil, false
}
