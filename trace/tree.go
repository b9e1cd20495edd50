package trace

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"reflect"
	"slices"

	"github.com/gojax/gojax/ir"
)

// Leaf is an array as the user sees it (jnp.Array, random.KeyArray). The pointer to an implementing type must have
// SetTraceValue(*Value). A leaf whose TraceValue is nil (the zero jnp.Array) is part of the structure, as a nil pointer
// is: a struct may leave arrays unset.
type Leaf interface{ TraceValue() *Value }

type leafSetter interface{ SetTraceValue(*Value) }

// Element is implemented by leaves whose elements are themselves arrays: ElementRank trailing axes belong to one
// element (1 for keys, which are uint32[..., 2]). Axes that a user names count before them.
type Element interface{ ElementRank() int }

const (
	maxDepth  = 10000   // bounds the nesting of a tree: one that contains itself would have no end
	maxKey    = 1 << 26 // bounds its structure, in bytes: parts that share parts can be more than memory holds
	maxLeaves = 1 << 20
)

// AppendTree appends the leaves of x and the key of everything else: lengths, map keys, nils, dynamic types and plain
// Go values. For one type of x, keys are equal exactly when the structures are. It panics with an *Error that has the
// path of what is refused (unexported fields, functions, channels, a tree that contains itself).
func AppendTree(x reflect.Value, leaves []*Value, key []byte) ([]*Value, []byte) {
	return appendTree("", "x", x, leaves, key)
}

// appendTree is AppendTree for op ("": what the user called); messages call x by the name root.
func appendTree(op, root string, x reflect.Value, leaves []*Value, key []byte) ([]*Value, []byte) {
	p := planOf(x.Type())
	if p.kind == planStruct && !x.CanAddr() { // else every leaf is copied to the heap to be seen as a Leaf
		c := reflect.New(p.t).Elem()
		c.Set(x)
		x = c
	}
	w := walker{leaves: leaves, key: key, root: root, p: p, x: x}
	w.walk(p, x, 0)
	if w.err != nil {
		panic(NewError(op, nil, where(1), w.err))
	}
	return w.leaves, w.key
}

type walker struct {
	leaves []*Value
	key    []byte

	root string // what is walked, to find the path of what is refused
	p    *plan
	x    reflect.Value
	err  error // what is refused; raised at the end, where the user's frame is near
}

func (w *walker) walk(p *plan, x reflect.Value, depth int) {
	if w.err != nil {
		return
	}
	if len(w.key) > maxKey || len(w.leaves) > maxLeaves {
		w.err = fmt.Errorf("%s: it has more than %d arrays, or its structure and plain values take more than %d MB; "+
			"pass large data as arrays, and no parts that hold others many times over", w.root, maxLeaves, maxKey>>20)
		return
	}
	switch p.kind {
	case planLeaf:
		v := leafValue(x)
		if v == nil {
			w.key = append(w.key, 'z')
			return
		}
		w.key = append(w.key, 'a')
		w.leaves = append(w.leaves, v)
	case planStatic:
		w.key = appendStatic(w.key, x)
	case planStruct:
		for i := range p.fields {
			f := &p.fields[i]
			w.walk(f.p, x.Field(f.index), depth)
		}
	case planPointer:
		if w.ends(p, x, depth) {
			return
		}
		w.key = append(w.key, 1)
		w.walk(p.elem, x.Elem(), depth+1)
	case planInterface:
		if w.ends(p, x, depth) {
			return
		}
		e := x.Elem()
		q := planOf(e.Type())
		w.key = binary.AppendUvarint(w.key, q.id)
		w.walk(q, e, depth+1)
	case planSlice:
		if w.ends(p, x, depth) {
			return
		}
		w.key = binary.AppendUvarint(w.key, uint64(x.Len())+1)
		fallthrough
	case planArray:
		for i := range x.Len() {
			w.walk(p.elem, x.Index(i), depth+1)
		}
	case planMap:
		if w.ends(p, x, depth) {
			return
		}
		w.key = binary.AppendUvarint(w.key, uint64(x.Len())+1)
		for _, k := range sortedKeys(x) {
			w.key = appendStatic(w.key, k)
			w.walk(p.elem, x.MapIndex(k), depth+1)
		}
	case planBad: // the first, which findRefused finds again before it comes to what has no end
		w.err = fmt.Errorf("%s: %s", findRefused(w.p, w.x, w.root), p.bad)
	}
}

// ends writes the key of a nil x, and reports whether there is nothing more to walk.
func (w *walker) ends(p *plan, x reflect.Value, depth int) bool {
	if x.IsNil() {
		w.key = append(w.key, 0)
		return true
	}
	if depth > maxDepth {
		w.err = fmt.Errorf("%s: a value of type %v contains itself, or is nested more than %d deep; trees must end",
			w.root, p.t, maxDepth)
	}
	return w.err != nil
}

func leafValue(x reflect.Value) *Value {
	if x.CanAddr() {
		return x.Addr().Interface().(Leaf).TraceValue()
	}
	return x.Interface().(Leaf).TraceValue()
}

func appendStatic(b []byte, x reflect.Value) []byte {
	b, ok := ir.AppendScalarKey(b, x)
	if !ok {
		panic("trace: " + x.Type().String() + " is not static")
	}
	return b
}

// sortedKeys lists the keys of a map in order. Their kinds are those that makePlan lets through.
func sortedKeys(m reflect.Value) []reflect.Value {
	k := m.MapKeys()
	slices.SortFunc(k, func(a, b reflect.Value) int {
		switch {
		case a.Kind() == reflect.String:
			return cmp.Compare(a.String(), b.String())
		case a.CanInt():
			return cmp.Compare(a.Int(), b.Int())
		case a.CanUint():
			return cmp.Compare(a.Uint(), b.Uint())
		case a.Bool() == b.Bool():
			return 0
		case b.Bool():
			return -1
		}
		return 1
	})
	return k
}

// FlattenTree takes x apart into its structure and its leaves, in the order of fields, indices and sorted map keys. It
// panics as AppendTree does.
func FlattenTree(x reflect.Value) (*Def, []*Value) { return flatten("", "x", x) }

func flatten(op, root string, x reflect.Value) (*Def, []*Value) {
	leaves, key := appendTree(op, root, x, nil, nil)
	d := &Def{t: x.Type(), key: string(key)}
	d.root = describe(planOf(d.t), x)
	return d, leaves
}

// findRefused is the path of the first part of x that is refused, "" if there is none.
func findRefused(p *plan, x reflect.Value, path string) string {
	switch p.kind {
	case planBad:
		return path
	case planStruct:
		for _, f := range p.fields {
			if s := findRefused(f.p, x.Field(f.index), path+"."+f.name); s != "" {
				return s
			}
		}
	case planPointer:
		if !x.IsNil() {
			return findRefused(p.elem, x.Elem(), path)
		}
	case planInterface:
		if !x.IsNil() {
			return findRefused(planOf(x.Elem().Type()), x.Elem(), path)
		}
	case planSlice, planArray:
		for i := range x.Len() {
			if s := findRefused(p.elem, x.Index(i), fmt.Sprintf("%s[%d]", path, i)); s != "" {
				return s
			}
		}
	case planMap:
		for _, k := range sortedKeys(x) {
			if s := findRefused(p.elem, x.MapIndex(k), path+"["+staticString(k)+"]"); s != "" {
				return s
			}
		}
	}
	return ""
}

// Flatten is FlattenTree for a Go value; T itself may be an interface.
func Flatten[T any](x T) (*Def, []*Value) { return FlattenTree(reflect.ValueOf(&x).Elem()) }

// Unflatten rebuilds the tree that Flatten took apart, with new leaves.
func Unflatten[T any](d *Def, leaves []*Value) (x T) {
	d.Fill(reflect.ValueOf(&x).Elem(), leaves)
	return x
}
