package trace

import (
	"fmt"
	"reflect"
	"regexp"
	"strconv"
	"strings"
)

// Def is the structure of a tree with the leaves taken out: types, lengths, map keys, nils and the plain Go values,
// which are static. It never changes and shares no memory with the tree it was made from.
type Def struct {
	t    reflect.Type
	key  string
	root node
}

type node struct {
	p    *plan
	n    int  // leaves in it
	null bool // a nil pointer, interface, slice or map, or a leaf that is not set
	kids []node
	val  reflect.Value   // static values
	keys []reflect.Value // of a map, sorted
}

// describe makes the node of x, which AppendTree has accepted.
func describe(p *plan, x reflect.Value) (n node) {
	n.p = p
	add := func(q *plan, y reflect.Value) {
		k := describe(q, y)
		n.n += k.n
		n.kids = append(n.kids, k)
	}
	switch p.kind {
	case planLeaf:
		if n.null = leafValue(x) == nil; !n.null {
			n.n = 1
		}
	case planStatic:
		n.val = reflect.New(p.t).Elem() // a copy: x may be the user's variable
		n.val.Set(x)
	case planStruct:
		n.kids = make([]node, 0, len(p.fields))
		for _, f := range p.fields {
			add(f.p, x.Field(f.index))
		}
	case planArray:
		for i := range x.Len() {
			add(p.elem, x.Index(i))
		}
	default:
		if n.null = x.IsNil(); n.null {
			return n
		}
		switch p.kind {
		case planPointer:
			add(p.elem, x.Elem())
		case planInterface:
			add(planOf(x.Elem().Type()), x.Elem())
		case planSlice:
			n.kids = make([]node, 0, x.Len())
			for i := range x.Len() {
				add(p.elem, x.Index(i))
			}
		case planMap:
			n.keys = sortedKeys(x)
			for _, k := range n.keys {
				add(p.elem, x.MapIndex(k))
			}
		}
	}
	return n
}

// Type is the Go type of the tree.
func (d *Def) Type() reflect.Type { return d.t }

// Key is the structure as text, which structures of one type share exactly when they are equal.
func (d *Def) Key() string { return d.key }

// NumLeaves counts the leaves.
func (d *Def) NumLeaves() int { return d.root.n }

// Equal reports whether trees of d and o have one type and structure, static values (compared as bits) included.
func (d *Def) Equal(o *Def) bool { return d.t == o.t && d.key == o.key }

// Unflatten rebuilds the tree with new leaves, as many as NumLeaves. Pointers, slices and maps are new at every call.
func (d *Def) Unflatten(leaves []*Value) reflect.Value {
	x := reflect.New(d.t).Elem()
	d.Fill(x, leaves)
	return x
}

// Fill is Unflatten into x, a settable zero value of the tree's type.
func (d *Def) Fill(x reflect.Value, leaves []*Value) {
	if x.Type() != d.t {
		panic(fmt.Sprintf("trace: a tree of %v cannot be rebuilt as %v", d.t, x.Type()))
	}
	if len(leaves) != d.root.n {
		panic(fmt.Sprintf("trace: %d leaves for a tree of %d", len(leaves), d.root.n))
	}
	d.root.fill(x, leaves)
}

func (n *node) fill(x reflect.Value, leaves []*Value) []*Value {
	if n.null {
		return leaves
	}
	p := n.p
	switch p.kind {
	case planLeaf:
		x.Addr().Interface().(leafSetter).SetTraceValue(leaves[0])
		return leaves[1:]
	case planStatic:
		x.Set(n.val)
	case planStruct:
		for i := range n.kids {
			leaves = n.kids[i].fill(x.Field(p.fields[i].index), leaves)
		}
	case planPointer:
		x.Set(reflect.New(p.t.Elem()).Convert(p.t)) // Convert: p.t may be a named pointer type
		return n.kids[0].fill(x.Elem(), leaves)
	case planInterface:
		k := &n.kids[0]
		e := reflect.New(k.p.t).Elem()
		leaves = k.fill(e, leaves)
		x.Set(e)
	case planSlice:
		x.Set(reflect.MakeSlice(p.t, len(n.kids), len(n.kids)))
		fallthrough
	case planArray:
		for i := range n.kids {
			leaves = n.kids[i].fill(x.Index(i), leaves)
		}
	case planMap:
		x.Set(reflect.MakeMapWithSize(p.t, len(n.kids)))
		for i := range n.kids {
			e := reflect.New(p.elem.t).Elem()
			leaves = n.kids[i].fill(e, leaves)
			x.SetMapIndex(n.keys[i], e)
		}
	}
	return leaves
}

// Paths names the leaves in order: "x[0].W".
func (d *Def) Paths() []string { return d.PathsFrom("x") }

// PathsFrom is Paths with another name for the tree itself.
func (d *Def) PathsFrom(root string) []string {
	out := make([]string, 0, d.root.n)
	d.root.each(root, func(path string, n *node) { out = append(out, path) })
	return out
}

// ElementRanks lists, for each leaf, how many of its trailing axes belong to one element: 0 for arrays. See Element.
func (d *Def) ElementRanks() []int {
	out := make([]int, 0, d.root.n)
	d.root.each("", func(_ string, n *node) {
		r := 0
		if e, ok := reflect.Zero(n.p.t).Interface().(Element); ok {
			r = e.ElementRank()
		}
		out = append(out, r)
	})
	return out
}

// each calls f for every leaf that is set.
func (n *node) each(path string, f func(path string, n *node)) {
	if n.null {
		return
	}
	if n.p.kind == planLeaf {
		f(path, n)
		return
	}
	for i := range n.kids {
		n.kids[i].each(n.kidPath(path, i), f)
	}
}

func (n *node) kidPath(path string, i int) string {
	switch n.p.kind {
	case planStruct:
		return path + "." + n.p.fields[i].name
	case planSlice, planArray:
		return path + "[" + strconv.Itoa(i) + "]"
	case planMap:
		return path + "[" + staticString(n.keys[i]) + "]"
	}
	return path
}

// importPath is the path of a package, up to its name, which the arguments of generic types have.
var importPath = regexp.MustCompile(`([\w.~-]+/)+`)

// typeName is t as one writes it: tree.Pair[jnp.Array,int].
func typeName(t reflect.Type) string { return importPath.ReplaceAllString(t.String(), "") }

func staticString(x reflect.Value) string {
	if x.Kind() == reflect.String {
		return strconv.Quote(x.String())
	}
	return fmt.Sprint(x)
}

func keyList(keys []reflect.Value) string {
	s := make([]string, len(keys))
	for i, k := range keys {
		s[i] = staticString(k)
	}
	return "[" + strings.Join(s, ", ") + "]"
}

// String shows the structure, leaves as *: "main.Params{W: *, Layers: [*, *], N: 3}".
func (d *Def) String() string {
	var s strings.Builder
	d.root.print(&s, d.t.Kind() == reflect.Interface)
	return s.String()
}

func (n *node) print(s *strings.Builder, typed bool) {
	switch {
	case n.null:
		s.WriteString("nil")
		return
	case n.p.kind == planLeaf:
		s.WriteByte('*')
		return
	case n.p.kind == planStatic:
		s.WriteString(staticString(n.val))
		return
	case n.p.kind == planPointer:
		s.WriteByte('&')
		n.kids[0].print(s, false)
		return
	case n.p.kind == planInterface:
		n.kids[0].print(s, true)
		return
	}
	from, to := "[", "]"
	if n.p.kind == planStruct {
		from, to = typeName(n.p.t)+"{", "}"
	} else if n.p.kind == planMap {
		from, to = "{", "}"
	}
	s.WriteString(from)
	for i := range n.kids {
		if i > 0 {
			s.WriteString(", ")
		}
		switch n.p.kind {
		case planStruct:
			s.WriteString(n.p.fields[i].name + ": ")
		case planMap:
			s.WriteString(staticString(n.keys[i]) + ": ")
		}
		n.kids[i].print(s, false)
	}
	s.WriteString(to)
}

// Diff says in what d differs from o, an earlier structure of the same argument, which messages call root: "x.N: 3 was
// 2".
func (d *Def) Diff(o *Def, root string) []string {
	var out []string
	for _, c := range d.Changes(o, root) {
		out = append(out, c.String())
	}
	return out
}

// Change is one difference of two structures.
type Change struct {
	Path    string
	Is, Was string
	Static  reflect.Type // of a value that is no array
}

func (c Change) String() string { return c.Path + ": " + c.Is + " was " + c.Was }

// Changes is Diff in parts.
func (d *Def) Changes(o *Def, root string) []Change {
	if d.t != o.t {
		return []Change{{Path: root, Is: typeName(d.t), Was: typeName(o.t)}}
	}
	var out []Change
	d.root.diff(&o.root, root, &out)
	return out
}

func (n *node) diff(o *node, path string, out *[]Change) {
	say := func(is, was string) { *out = append(*out, Change{Path: path, Is: is, Was: was}) }
	switch {
	case n.p != o.p:
		say(typeName(n.p.t), typeName(o.p.t))
	case n.null != o.null:
		is := func(n *node) string {
			if n.null {
				return "nil"
			}
			return "set"
		}
		say(is(n), is(o))
	case n.null || n.p.kind == planLeaf:
	case n.p.kind == planStatic:
		if string(appendStatic(nil, n.val)) != string(appendStatic(nil, o.val)) {
			say(staticString(n.val), staticString(o.val))
			(*out)[len(*out)-1].Static = n.val.Type()
		}
	case n.p.kind == planMap:
		is, was := keyList(n.keys), keyList(o.keys)
		if is != was {
			say("keys "+is, was)
			return
		}
		fallthrough
	default:
		if len(n.kids) != len(o.kids) {
			say(fmt.Sprintf("length %d", len(n.kids)), strconv.Itoa(len(o.kids)))
			return
		}
		for i := range n.kids {
			n.kids[i].diff(&o.kids[i], n.kidPath(path, i), out)
		}
	}
}
