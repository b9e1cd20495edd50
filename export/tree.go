package export

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"github.com/gojax/gojax/ir"
)

// Type is the type of an input or output: a dtype, and a shape whose lengths are known, or expressions of variables.
type Type struct {
	kind     dtypeCode
	shape    []int    // -1: an expression
	text     []string // of the shape
	symbolic bool
}

func typeOf(a ir.Aval) Type {
	t := Type{shape: a.Shape}
	for _, n := range a.Shape {
		t.text = append(t.text, strconv.Itoa(n))
	}
	for _, d := range dtypeCodes {
		if d.dtype == a.DType && d.name != "float0" && d.words == 0 {
			t.kind = d
		}
	}
	return t
}

// Shape is the shape; -1 stands for lengths that depend on variables. The slice is shared: do not change it. (the shape
// of JAX's ShapedArray)
func (t Type) Shape() []int { return t.shape }

// DType is the dtype: uint32 of random keys, whose words are one more axis of the array, and bool of JAX's float0. (the
// dtype of JAX's ShapedArray)
func (t Type) DType() ir.DType { return t.kind.dtype }

// Words are the uint32 that a random key takes, which are one more axis of the array; 0 of other dtypes. It has no
// counterpart in JAX.
func (t Type) Words() int { return t.kind.words }

// String is like "float32[2,n]", "key<fry>[]".
func (t Type) String() string { return t.kind.name + "[" + strings.Join(t.text, ",") + "]" }

// aval is the type of the array that stands for a value of type t.
func (t Type) aval() ir.Aval {
	shape := t.shape
	if t.kind.words > 0 {
		shape = append(shape[:len(shape):len(shape)], t.kind.words)
	}
	return ir.Aval{Shape: shape, DType: t.kind.dtype}
}

func avals(types []Type) []ir.Aval {
	out := make([]ir.Aval, len(types))
	for i, t := range types {
		out[i] = t.aval()
	}
	return out
}

// TreeKind is a kind of node in a Tree.
type TreeKind uint8

// The kinds of nodes, as JAX numbers them: an array; nothing (Python's None); a tuple; a list; a dict, or a struct; and
// a class that was registered with JAX, such as a named tuple.
const (
	Leaf TreeKind = iota
	None
	Tuple
	List
	Dict
	Custom
)

// Tree is the structure of arguments or results.
type Tree struct {
	Kind     TreeKind
	Children []*Tree
	Names    []string // of the children of a Dict, sorted, and of those of a Custom that has names

	custom string // the class of a Custom
	aux    []byte
	leaves int
}

// count sets how many leaves n has.
func (n *Tree) count() *Tree {
	n.leaves = 0
	if n.Kind == Leaf {
		n.leaves = 1
	}
	for _, k := range n.Children {
		n.leaves += k.leaves
	}
	return n
}

// namesOfCustom reads the names of a named tuple's fields, or an OrderedDict's keys, which JAX writes as JSON.
func (n *Tree) namesOfCustom() {
	var names []string
	if json.Unmarshal(n.aux, &names) == nil && len(names) == len(n.Children) {
		n.Names = names
	}
}

// String shows the structure, arrays as *: "(*, {W: *, b: *}, [*, nil])".
func (n *Tree) String() string {
	var s strings.Builder
	n.print(&s)
	return s.String()
}

func (n *Tree) print(s *strings.Builder) {
	from, to := "(", ")"
	switch n.Kind {
	case Leaf:
		s.WriteByte('*')
		return
	case None:
		s.WriteString("nil")
		return
	case List:
		from, to = "[", "]"
	case Dict:
		from, to = "{", "}"
	case Custom:
		from = n.custom + "("
	}
	s.WriteString(from)
	for i, k := range n.Children {
		if i > 0 {
			s.WriteString(", ")
		}
		if n.Names != nil {
			s.WriteString(n.Names[i] + ": ")
		}
		k.print(s)
	}
	s.WriteString(to)
}

// kidPath is the path of a child of what has the given path.
func (n *Tree) kidPath(path string, i int) string {
	if n.Names != nil {
		return path + "[" + strconv.Quote(n.Names[i]) + "]"
	}
	return path + "[" + strconv.Itoa(i) + "]"
}

// pathsFrom names the leaves in order, beginning at root.
func (n *Tree) pathsFrom(root string) []string {
	var out []string
	n.each(root, func(path string) { out = append(out, path) })
	return out
}

func (n *Tree) each(path string, f func(path string)) {
	if n.Kind == Leaf {
		f(path)
	}
	for i, k := range n.Children {
		k.each(n.kidPath(path, i), f)
	}
}

// matches says how the parts of the Go type t, a struct, belong to the children of n: the number of the field for each
// child. path is for errors.
func (n *Tree) matches(t reflect.Type, path string) ([]int, error) {
	var fields []int
	for i := range t.NumField() {
		if f := t.Field(i); f.Name != "_" && f.IsExported() {
			fields = append(fields, i)
		}
	}
	if n.Names == nil { // by position
		var arrays []int
		for _, i := range fields {
			if holdsArrays(t.Field(i).Type) {
				arrays = append(arrays, i)
			}
		}
		if len(arrays) != len(n.Children) {
			return nil,
				fmt.Errorf("%s: %v has %d fields with arrays, and the program has %v there", path, t, len(arrays), n)
		}
		return arrays, nil
	}
	out := make([]int, len(n.Names))
	taken := map[int]bool{}
	for k, name := range n.Names {
		out[k] = -1
		for _, i := range fields {
			if f := t.Field(i).Name; f == name || out[k] < 0 && plainName(f) == plainName(name) {
				out[k] = i
			}
		}
		if out[k] < 0 {
			if n.Children[k].leaves == 0 {
				continue
			}
			return nil, fmt.Errorf("%s: %v has no field for %q; the program has %v there", path, t, name, n)
		}
		taken[out[k]] = true
	}
	for _, i := range fields {
		if !taken[i] && holdsArrays(t.Field(i).Type) {
			return nil, fmt.Errorf("%s.%s: the program has no such part: it has %v there", path, t.Field(i).Name, n)
		}
	}
	return out, nil
}

// plainName is a name without what Go and Python write differently: Dense_0 is Dense0 is dense0.
func plainName(s string) string { return strings.ToLower(strings.ReplaceAll(s, "_", "")) }
