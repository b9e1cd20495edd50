package trace

import (
	"fmt"
	"reflect"
	"slices"
)

// Prefix spreads a tree prefix of integers over the leaves: an integer stands for every leaf of the part it is given for, as does
// nil. A slice or array gives one entry for each element of a slice or array, a map one for each key of a map, and a map with
// string keys, or a struct, one for each field of a struct. root is the name of the tree in errors. The result has an *int, nil
// for none, for each leaf.
func (d *Def) Prefix(spec any, root string) ([]*int, error) {
	out := make([]*int, 0, d.root.n)
	err := d.root.prefix(reflect.ValueOf(spec), root, &out)
	return out, err
}

func (n *node) prefix(spec reflect.Value, path string, out *[]*int) error {
	for spec.IsValid() && (spec.Kind() == reflect.Interface || spec.Kind() == reflect.Pointer) {
		spec = spec.Elem()
	}
	all := func(v *int) error {
		*out = append(*out, slices.Repeat([]*int{v}, n.n)...)
		return nil
	}
	switch {
	case n.n == 0: // nothing in it to say something about
		return nil
	case !spec.IsValid():
		return all(nil)
	case spec.CanInt():
		v := int(spec.Int())
		return all(&v)
	case n.p.kind == planPointer || n.p.kind == planInterface:
		return n.kids[0].prefix(spec, path, out)
	}
	wrong := func() error {
		is := map[planKind]string{planLeaf: "an array", planStruct: "a struct", planMap: "a map", planSlice: "a slice", planArray: "an array of Go"}[n.p.kind]
		return fmt.Errorf("%s is %s (%v) but is given as a %v", path, is, n.p.t, spec.Type())
	}
	each := func(get func(i int) reflect.Value) error {
		for i := range n.kids {
			k := get(i)
			if !k.IsValid() && n.kids[i].n > 0 {
				return fmt.Errorf("nothing is said about %s", n.kidPath(path, i))
			}
			if err := n.kids[i].prefix(k, n.kidPath(path, i), out); err != nil {
				return err
			}
		}
		return nil
	}
	switch n.p.kind {
	case planSlice, planArray:
		if spec.Kind() != reflect.Slice && spec.Kind() != reflect.Array {
			return wrong()
		}
		if spec.Len() != len(n.kids) {
			return fmt.Errorf("%s has %d elements but is given %d", path, len(n.kids), spec.Len())
		}
		return each(spec.Index)
	case planMap:
		if spec.Kind() != reflect.Map || !n.keys[0].CanConvert(spec.Type().Key()) || n.keys[0].Kind() != spec.Type().Key().Kind() {
			return wrong()
		}
		for _, k := range spec.MapKeys() {
			if !slices.ContainsFunc(n.keys, func(h reflect.Value) bool { return staticString(h) == staticString(k) }) {
				return fmt.Errorf("%s has no key %s", path, staticString(k))
			}
		}
		return each(func(i int) reflect.Value { return spec.MapIndex(n.keys[i].Convert(spec.Type().Key())) })
	case planStruct:
		field := func(name string) reflect.Value { return spec.FieldByName(name) }
		var names []string
		switch {
		case spec.Kind() == reflect.Struct:
			for _, f := range reflect.VisibleFields(spec.Type()) {
				if len(f.Index) == 1 {
					names = append(names, f.Name)
				}
			}
		case spec.Kind() == reflect.Map && spec.Type().Key().Kind() == reflect.String:
			field = func(name string) reflect.Value {
				return spec.MapIndex(reflect.ValueOf(name).Convert(spec.Type().Key()))
			}
			for _, k := range spec.MapKeys() {
				names = append(names, k.String())
			}
		default:
			return wrong()
		}
		for _, s := range names {
			if !slices.ContainsFunc(n.p.fields, func(f planField) bool { return f.name == s }) {
				return fmt.Errorf("%s (%v) has no field %s", path, n.p.t, s)
			}
		}
		return each(func(i int) reflect.Value { return field(n.p.fields[i].name) })
	}
	return wrong()
}
