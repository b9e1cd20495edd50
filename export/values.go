package export

import (
	"fmt"
	"maps"
	"reflect"
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/trace"
)

var leafType = reflect.TypeFor[trace.Leaf]()

// isLeaf reports whether values of type t are arrays or keys.
func isLeaf(t reflect.Type) bool {
	k := t.Kind()
	return k != reflect.Pointer && k != reflect.Interface && t.Implements(leafType)
}

func holdsArrays(t reflect.Type) bool { return trace.MayHoldArrays(t) }

// indirect is what x points to or holds, the zero Value if that is nothing.
func indirect(x reflect.Value) reflect.Value {
	for range maxNest {
		if k := x.Kind(); k != reflect.Pointer && k != reflect.Interface {
			return x
		}
		x = x.Elem()
	}
	return reflect.Value{}
}

// taker takes Go values apart into the leaves of a tree.
type taker struct {
	leaves []*trace.Value
	types  []Type // of the leaves, for Go numbers
}

// take appends the leaves of x, which messages call path and which must have the structure n.
func (w *taker) take(n *Tree, x reflect.Value, path string) error {
	if x = indirect(x); !x.IsValid() {
		if n.leaves > 0 {
			return fmt.Errorf("%s is nil, and the program has %v there", path, n)
		}
		return nil
	}
	t := x.Type()
	if n.Kind == Leaf {
		return w.leaf(x, path)
	}
	if n.leaves == 0 {
		return nothingIn(n, x, path)
	}
	switch {
	case isLeaf(t):
		return fmt.Errorf("%s is an array, and the program has %v there", path, n)
	case t.Kind() == reflect.Struct:
		fields, err := n.matches(t, path)
		if err != nil {
			return err
		}
		for i, k := range n.Children {
			if fields[i] < 0 {
				continue
			}
			if err := w.take(k, x.Field(fields[i]), path+"."+t.Field(fields[i]).Name); err != nil {
				return err
			}
		}
	case n.Names != nil && t.Kind() == reflect.Map:
		parts, err := n.keys(x, path)
		if err != nil {
			return err
		}
		for i, k := range n.Children {
			if err := w.take(k, parts[i], n.kidPath(path, i)); err != nil {
				return err
			}
		}
	case n.Kind != Dict && (t.Kind() == reflect.Slice || t.Kind() == reflect.Array):
		if x.Len() != len(n.Children) {
			return fmt.Errorf("%s has length %d, and the program has %v there", path, x.Len(), n)
		}
		for i, k := range n.Children {
			if err := w.take(k, x.Index(i), fmt.Sprintf("%s[%d]", path, i)); err != nil {
				return err
			}
		}
	default:
		return fmt.Errorf("%s is a %v, and the program has %v there", path, t, n)
	}
	return nil
}

// nothingIn says why x is not n, which has no arrays.
func nothingIn(n *Tree, x reflect.Value, path string) error {
	if isLeaf(x.Type()) && x.Interface().(trace.Leaf).TraceValue() == nil || !holdsArrays(x.Type()) {
		return nil
	}
	if k := x.Kind(); (k == reflect.Slice || k == reflect.Map) && x.Len() == 0 {
		return nil
	}
	if _, leaves := trace.FlattenTree(x); len(leaves) > 0 {
		return fmt.Errorf("%s has %d arrays, and the program has none there: %v", path, len(leaves), n)
	}
	return nil
}

// leaf appends an array, or a Go number as one of the type that is asked for.
func (w *taker) leaf(x reflect.Value, path string) error {
	t := w.types[len(w.leaves)]
	var v *trace.Value
	switch {
	case isLeaf(x.Type()):
		if v = x.Interface().(trace.Leaf).TraceValue(); v == nil {
			return fmt.Errorf("%s is an array that was never set, and the program takes %v there", path, t)
		}
	case len(t.shape) == 0 && t.kind.words == 0 &&
		(x.CanInt() || x.CanUint() || x.CanFloat() || x.Kind() == reflect.Bool):
		lit, err := literal(x, t, path)
		if err != nil {
			return err
		}
		v = trace.FromLit(lit)
	default:
		return fmt.Errorf("%s is a %v, and the program takes an array there: %v", path, x.Type(), t)
	}
	if a := t.aval(); !t.takes(v.Aval()) {
		hint := ""
		if a.DType.Real().Bits() == 64 && !trace.X64() && slices.Equal(a.Shape, v.Shape()) {
			hint = "; turn 64-bit types on with gojax.EnableX64(true)"
		}
		return fmt.Errorf("%s is %v, and the program takes %v there%s", path, v.Aval().Strong(), t, hint)
	}
	w.leaves = append(w.leaves, v)
	return nil
}

// keys are the values of the map x for the names of n, which must be its keys.
func (n *Tree) keys(x reflect.Value, path string) ([]reflect.Value, error) {
	parts := make([]reflect.Value, len(n.Names))
	for _, k := range x.MapKeys() {
		i := slices.Index(n.Names, fmt.Sprint(k))
		if i < 0 {
			return nil, fmt.Errorf("%s has the key %q, and the program has %v there", path, fmt.Sprint(k), n)
		}
		parts[i] = x.MapIndex(k)
	}
	for i, p := range parts {
		if !p.IsValid() && n.Children[i].leaves > 0 {
			return nil, fmt.Errorf("%s has no key %q, and the program has %v there", path, n.Names[i], n)
		}
	}
	return parts, nil
}

// accepts says why values of type t cannot have the structure n; what is known at a call alone is not looked at.
func (n *Tree) accepts(t reflect.Type, path string, depth int) error {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	var kids func(i int) (reflect.Type, string)
	switch {
	case t.Kind() == reflect.Interface || n.leaves == 0 || depth > maxNest:
		return nil
	case n.Kind == Leaf:
		if k := t.Kind(); !isLeaf(t) && (k < reflect.Bool || k > reflect.Float64) {
			return fmt.Errorf("%s is a %v, and the program has an array there", path, t)
		}
		return nil
	case isLeaf(t):
		return fmt.Errorf("%s is an array, and the program has %v there", path, n)
	case t.Kind() == reflect.Struct:
		fields, err := n.matches(t, path)
		if err != nil {
			return err
		}
		kids = func(i int) (reflect.Type, string) {
			if fields[i] < 0 {
				return nil, ""
			}
			f := t.Field(fields[i])
			return f.Type, path + "." + f.Name
		}
	case n.Names != nil && t.Kind() == reflect.Map && t.Key().Kind() == reflect.String,
		n.Kind != Dict && t.Kind() == reflect.Slice,
		n.Kind != Dict && t.Kind() == reflect.Array && t.Len() == len(n.Children):
		kids = func(i int) (reflect.Type, string) { return t.Elem(), n.kidPath(path, i) }
	default:
		return fmt.Errorf("%s is a %v, and the program has %v there", path, t, n)
	}
	for i, k := range n.Children {
		if t, path := kids(i); t != nil {
			if err := k.accepts(t, path, depth+1); err != nil {
				return err
			}
		}
	}
	return nil
}

// build makes a value of n of interfaces: arrays, []any, map[string]any, nil.
func (n *Tree) build(leaves []*trace.Value) (any, []*trace.Value) {
	switch {
	case n.Kind == Leaf:
		return jnp.Wrap(leaves[0]), leaves[1:]
	case n.Kind == None:
		return nil, leaves
	case n.Names != nil:
		m := make(map[string]any, len(n.Names))
		for i, k := range n.Children {
			m[n.Names[i]], leaves = k.build(leaves)
		}
		return m, leaves
	}
	list := make([]any, len(n.Children))
	for i, k := range n.Children {
		list[i], leaves = k.build(leaves)
	}
	return list, leaves
}

// fill sets x, a zero value that can be set and whose type n accepts, and returns the leaves that are left.
func (n *Tree) fill(x reflect.Value, leaves []*trace.Value) []*trace.Value {
	for x.Kind() == reflect.Pointer {
		if n.Kind == None {
			return leaves
		}
		x.Set(reflect.New(x.Type().Elem()))
		x = x.Elem()
	}
	t := x.Type()
	switch {
	case t.Kind() == reflect.Interface:
		y, rest := n.build(leaves)
		if y != nil && reflect.TypeOf(y).AssignableTo(t) {
			x.Set(reflect.ValueOf(y))
		}
		return rest
	case n.Kind == Leaf:
		x.Addr().Interface().(interface{ SetTraceValue(*trace.Value) }).SetTraceValue(leaves[0])
		return leaves[1:]
	case n.leaves == 0:
	case t.Kind() == reflect.Struct:
		fields, _ := n.matches(t, "")
		for i, k := range n.Children {
			if fields[i] >= 0 {
				leaves = k.fill(x.Field(fields[i]), leaves)
			}
		}
	case t.Kind() == reflect.Map:
		x.Set(reflect.MakeMap(t))
		for i, k := range n.Children {
			y := reflect.New(t.Elem()).Elem()
			leaves = k.fill(y, leaves)
			x.SetMapIndex(reflect.ValueOf(n.Names[i]).Convert(t.Key()), y)
		}
	default:
		if t.Kind() == reflect.Slice {
			x.Set(reflect.MakeSlice(t, len(n.Children), len(n.Children)))
		}
		for i, k := range n.Children {
			leaves = k.fill(x.Index(i), leaves)
		}
	}
	return leaves
}

// describer makes the Tree of a Go value.
type describer struct {
	number map[*trace.Value]int // of each leaf, in Go's order
	order  []int                // of the leaves in the tree's order
}

// describe is the structure of x: structs and maps are dicts, in the order of their keys, slices are lists. What is no
// array is left out: the program has it as it was.
func (w *describer) describe(x reflect.Value) *Tree {
	if x = indirect(x); !x.IsValid() {
		return &Tree{Kind: None}
	}
	t := x.Type()
	switch {
	case isLeaf(t):
		v := x.Interface().(trace.Leaf).TraceValue()
		if v == nil {
			return &Tree{Kind: None}
		}
		w.order = append(w.order, w.number[v])
		return (&Tree{Kind: Leaf}).count()
	case t.Kind() == reflect.Slice || t.Kind() == reflect.Array:
		n := &Tree{Kind: List}
		for i := range x.Len() {
			n.Children = append(n.Children, w.describe(x.Index(i)))
		}
		return n.count()
	case t.Kind() != reflect.Struct && t.Kind() != reflect.Map:
		return &Tree{Kind: None}
	}
	parts := map[string]reflect.Value{}
	if t.Kind() == reflect.Map {
		for k, v := range x.Seq2() {
			parts[fmt.Sprint(k)] = v
		}
	} else {
		for i := range t.NumField() {
			if f := t.Field(i); f.Name != "_" && holdsArrays(f.Type) {
				parts[f.Name] = x.Field(i)
			}
		}
	}
	n := &Tree{Kind: Dict}
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		n.Names, n.Children = append(n.Names, name), append(n.Children, w.describe(parts[name]))
	}
	return n.count()
}

// literal is a Go number as a scalar of type t.
func literal(x reflect.Value, t Type, path string) (l ir.Lit, err error) {
	d := t.kind.dtype
	switch {
	case x.Kind() == reflect.Bool && d == ir.Bool:
		return ir.BoolLit(x.Bool()), nil
	case x.CanInt() && d.IsInteger():
		return ir.IntLit(x.Int(), d), nil
	case x.CanUint() && d.IsInteger():
		return ir.UintLit(x.Uint(), d), nil
	case d.IsFloat() && x.CanInt():
		return ir.FloatLit(float64(x.Int()), d), nil
	case d.IsFloat() && x.CanUint():
		return ir.FloatLit(float64(x.Uint()), d), nil
	case d.IsFloat() && x.CanFloat():
		return ir.FloatLit(x.Float(), d), nil
	}
	return l, fmt.Errorf("%s is a %v, and the program takes %v there", path, x.Type(), t)
}
