package trace

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
)

// None, in a tree prefix, stands for no integer, as nil does.
const None noInteger = "None"

type noInteger string

// Prefix spreads a tree prefix of integers over the leaves, as Spread does; nil and None are no integer. The result has
// an *int, nil for none, for each leaf.
func (d *Def) Prefix(spec any, root string) ([]*int, error) {
	return Spread(d, spec, root, func(spec reflect.Value) (*int, bool) {
		switch {
		case !spec.IsValid() || spec.Type() == reflect.TypeFor[noInteger]():
			return nil, true
		case spec.CanInt():
			v := int(spec.Int())
			return &v, true
		}
		return nil, false
	})
}

// Spread spreads a tree prefix over the leaves of d: what leaf takes (the zero Value where nothing is given) stands for
// every leaf of the part it is given for. A slice or array gives one entry for each element of a slice or array, a map
// one for each key of a map, and a map with string keys, or a struct, one for each field of a struct. root is the name
// of the tree in errors.
func Spread[V any](d *Def, spec any, root string, leaf func(spec reflect.Value) (v V, ok bool)) ([]V, error) {
	p := prefix[V]{make([]V, 0, d.root.n), leaf}
	err := p.spread(&d.root, reflect.ValueOf(spec), root)
	return p.out, err
}

// prefix is a tree prefix that is being spread.
type prefix[V any] struct {
	out  []V
	leaf func(spec reflect.Value) (V, bool)
}

// spread appends what spec says to the leaves of n, which messages call path.
func (p *prefix[V]) spread(n *node, spec reflect.Value, path string) error {
	spec = dereferenced(spec)
	if n.n == 0 { // nothing in it to say something about
		return nil
	}
	if v, ok := p.leaf(spec); ok {
		p.out = append(p.out, slices.Repeat([]V{v}, n.n)...)
		return nil
	}
	if !spec.IsValid() {
		return fmt.Errorf("nothing is said about %s", path)
	}
	if n.p.kind == planPointer || n.p.kind == planInterface {
		return p.spread(&n.kids[0], spec, path)
	}
	parts, err := n.prefixParts(spec, path)
	if err != nil {
		return err
	}
	for i, part := range parts {
		kid, at := &n.kids[i], n.kidPath(path, i)
		if !part.IsValid() && kid.n > 0 {
			return fmt.Errorf("nothing is said about %s", at)
		}
		if err := p.spread(kid, part, at); err != nil {
			return err
		}
	}
	return nil
}

// dereferenced is what spec holds or points to, the zero Value where that is nothing. A pointer to itself stays a
// pointer.
func dereferenced(spec reflect.Value) reflect.Value {
	for range maxDepth {
		if k := spec.Kind(); k != reflect.Interface && k != reflect.Pointer {
			return spec
		}
		spec = spec.Elem()
	}
	return spec
}

// prefixParts is what spec says about each of the parts of n, which messages call path; the zero Value where it says
// nothing.
func (n *node) prefixParts(spec reflect.Value, path string) ([]reflect.Value, error) {
	kind := spec.Kind()
	list := kind == reflect.Slice || kind == reflect.Array
	byName := kind == reflect.Map && spec.Type().Key().Kind() == reflect.String
	switch is := n.p.kind; {
	case (is == planSlice || is == planArray) && list:
		return n.elementPrefixes(spec, path)
	case is == planMap && kind == reflect.Map && spec.Type().Key().Kind() == n.keys[0].Kind():
		return n.keyPrefixes(spec, path)
	case is == planStruct && (kind == reflect.Struct || byName):
		return n.fieldPrefixes(spec, path)
	}
	return nil, fmt.Errorf("%s is %s (%v) but is given as a %v", path, n.p.kind, n.p.t, spec.Type())
}

func (n *node) elementPrefixes(spec reflect.Value, path string) ([]reflect.Value, error) {
	if spec.Len() != len(n.kids) {
		return nil, fmt.Errorf("%s has %d elements but is given %d", path, len(n.kids), spec.Len())
	}
	parts := make([]reflect.Value, len(n.kids))
	for i := range parts {
		parts[i] = spec.Index(i)
	}
	return parts, nil
}

func (n *node) keyPrefixes(spec reflect.Value, path string) ([]reflect.Value, error) {
	known := map[string]bool{}
	parts := make([]reflect.Value, len(n.kids))
	for i, k := range n.keys {
		known[staticString(k)] = true
		parts[i] = spec.MapIndex(k.Convert(spec.Type().Key()))
	}
	for _, k := range spec.MapKeys() {
		if s := staticString(k); !known[s] {
			return nil, fmt.Errorf("%s has no key %s", path, s)
		}
	}
	return parts, nil
}

func (n *node) fieldPrefixes(spec reflect.Value, path string) ([]reflect.Value, error) {
	given := map[string]reflect.Value{}
	if spec.Kind() == reflect.Map {
		for _, k := range spec.MapKeys() {
			given[k.String()] = spec.MapIndex(k)
		}
	} else {
		for i := range spec.NumField() {
			given[spec.Type().Field(i).Name] = spec.Field(i)
		}
	}
	parts := make([]reflect.Value, len(n.kids))
	for i, f := range n.p.fields {
		parts[i] = given[f.name]
		delete(given, f.name)
	}
	if len(given) > 0 {
		return nil, fmt.Errorf("%s (%v) has no field %s", path, n.p.t, slices.Min(slices.Collect(maps.Keys(given))))
	}
	return parts, nil
}

// String names the kind in messages.
func (k planKind) String() string {
	return [...]string{"an array", "a plain value", "a struct", "a slice", "an array of Go", "a map", "a pointer",
		"an interface", "no tree"}[k]
}
