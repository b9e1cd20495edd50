package trace

import (
	"fmt"
	"reflect"
)

// Transposed is a tree of type t with the leaves of one of structure d the other way round: d is like outer, with parts
// of one structure in the places of outer's leaves; the result has that structure, with a tree like outer in the place
// of each leaf. Leaves of outer need not be set. Trees are alike where lengths, keys and the names of fields are; Go
// types may differ, and pointers and interfaces count for nothing.
func (d *Def) Transposed(outer *Def, t reflect.Type, leaves []*Value) (reflect.Value, error) {
	x := reflect.New(t).Elem()
	parts, err := outer.root.parts(part{n: &d.root}, "", nil)
	switch {
	case err != nil:
		return x, err
	case len(parts) == 0:
		return x, fmt.Errorf("the outer structure has no leaves, so nothing says what the inner one is")
	}
	inner := parts[0].n
	for i, p := range parts {
		var changes []Change
		if p.n.diff(inner, "", &changes); len(changes) > 0 {
			c := changes[0]
			return x, fmt.Errorf("the parts in the places of the outer structure's leaves differ: %q has %s in part "+
				"%d and %s in the first", c.Path, c.Is, i+1, c.Was)
		}
	}
	j := -1 // the leaf of inner
	err = inner.build(x, "", func(x reflect.Value, in *node, path string) error {
		if in.null {
			return nil
		}
		j++
		i := -1 // the leaf of outer
		return outer.root.build(x, path, func(x reflect.Value, _ *node, path string) error {
			i++
			if x = allocated(x); x.Type() != in.p.t {
				return fmt.Errorf("%s of the result is %v, and the leaf that comes there is %v", path, x.Type(), in.p.t)
			}
			x.Addr().Interface().(leafSetter).SetTraceValue(leaves[parts[i].first+j])
			return nil
		})
	})
	return x, err
}

// part is a part of a tree.
type part struct {
	n     *node
	first int // of its leaves among those of the tree
}

// within is n without the pointers and interfaces around it.
func (n *node) within() *node {
	for !n.null && (n.p.kind == planPointer || n.p.kind == planInterface) {
		n = &n.kids[0]
	}
	return n
}

// parts appends what p, which must be like n, has in the places of n's leaves.
func (n *node) parts(p part, path string, out []part) ([]part, error) {
	o := n.within()
	if o.p.kind == planLeaf {
		return append(out, p), nil
	}
	n = p.n.within()
	kids := map[string]part{}
	for i := range n.kids {
		kids[n.kidPath("", i)] = part{&n.kids[i], p.first}
		p.first += n.kids[i].n
	}
	alike := n.null == o.null && len(n.kids) == len(o.kids) && (n.p.kind == planStatic) == (o.p.kind == planStatic)
	for i := range o.kids {
		kid, ok := kids[o.kidPath("", i)]
		if alike = alike && ok; !alike {
			break
		}
		var err error
		if out, err = o.kids[i].parts(kid, o.kidPath(path, i), out); err != nil {
			return nil, err
		}
	}
	if !alike {
		return nil, fmt.Errorf("the tree is not like the outer structure: at %q one is %v and the other %v, or their "+
			"lengths, keys or fields differ", path, typeName(n.p.t), typeName(o.p.t))
	}
	return out, nil
}

// build makes x, which can be set, like n, and hands the places of n's leaves to leaf, in their order, those that are
// not set too.
func (n *node) build(x reflect.Value, path string, leaf func(x reflect.Value, n *node, path string) error) error {
	n = n.within()
	switch {
	case n.p.kind == planLeaf:
		return leaf(x, n, path)
	case n.null:
		return nil
	}
	x = allocated(x)
	kind, t := x.Kind(), x.Type()
	fits := false
	switch n.p.kind {
	case planStatic:
		if fits = n.p.t.AssignableTo(t); fits {
			x.Set(n.val)
		}
	case planStruct:
		fits = kind == reflect.Struct
	case planSlice, planArray:
		if fits = kind == reflect.Slice || kind == reflect.Array && x.Len() == len(n.kids); kind == reflect.Slice {
			x.Set(reflect.MakeSlice(t, len(n.kids), len(n.kids)))
		}
	case planMap:
		if fits = kind == reflect.Map && t.Key().Kind() == n.p.t.Key().Kind(); fits {
			x.Set(reflect.MakeMapWithSize(t, len(n.kids)))
		}
	}
	if !fits {
		return fmt.Errorf("%s of the result is %s, which cannot be made like %s", path, typeName(t), typeName(n.p.t))
	}
	for i := range n.kids {
		if err := n.buildKid(x, i, n.kidPath(path, i), leaf); err != nil {
			return err
		}
	}
	return nil
}

// buildKid makes part i of x, which is like n.
func (n *node) buildKid(x reflect.Value, i int, path string, leaf func(reflect.Value, *node, string) error) error {
	switch x.Kind() {
	case reflect.Struct:
		f := x.FieldByName(n.p.fields[i].name)
		if !f.IsValid() {
			return fmt.Errorf("the result has no field for %s in %s", path, typeName(x.Type()))
		}
		return n.kids[i].build(f, path, leaf)
	case reflect.Map:
		e := reflect.New(x.Type().Elem()).Elem()
		err := n.kids[i].build(e, path, leaf)
		x.SetMapIndex(n.keys[i].Convert(x.Type().Key()), e)
		return err
	}
	return n.kids[i].build(x.Index(i), path, leaf)
}

// allocated is what x, once the pointers in it are set, points to.
func allocated(x reflect.Value) reflect.Value {
	for x.Kind() == reflect.Pointer {
		x.Set(reflect.New(x.Type().Elem()).Convert(x.Type()))
		x = x.Elem()
	}
	return x
}
