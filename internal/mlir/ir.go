package mlir

import (
	"errors"
	"slices"
	"strconv"
	"strings"
)

// ErrFormat is what errors are (errors.Is) of bytes that are no module, or a damaged one.
var ErrFormat = errors.New("the bytecode of MLIR contradicts itself, or is cut off")

// Kind is a kind of type.
type Kind uint8

// The kinds of types: an array; a type of elements alone; a function; several types; a token of effects; nothing.
const (
	Tensor Kind = iota
	Element
	Function
	Tuple
	Token
	None
)

// Dynamic is a length that the module does not know.
const Dynamic = -1

// Type is a type of MLIR's.
type Type struct {
	Kind    Kind
	Elem    string // as MLIR writes it: "f32", "i32", "ui8", "complex<f32>"
	Shape   []int  // of a Tensor
	In, Out []Type // of a Function; of a Tuple Out
}

// TensorOf is the type of arrays.
func TensorOf(elem string, shape ...int) Type { return Type{Elem: elem, Shape: shape} }

// Static reports whether all lengths are known.
func (t Type) Static() bool {
	return !slices.Contains(t.Shape, Dynamic) && !slices.ContainsFunc(t.Out, func(t Type) bool { return !t.Static() })
}

// Equal reports whether t and u are the same.
func (t Type) Equal(u Type) bool {
	return t.Kind == u.Kind && t.Elem == u.Elem && slices.Equal(t.Shape, u.Shape) &&
		slices.EqualFunc(t.In, u.In, Type.Equal) && slices.EqualFunc(t.Out, u.Out, Type.Equal)
}

// String is t as MLIR writes it.
func (t Type) String() string {
	var w strings.Builder
	switch t.Kind {
	case Tensor:
		w.WriteString("tensor<")
		for _, n := range t.Shape {
			if n == Dynamic {
				w.WriteString("?x")
			} else {
				w.WriteString(strconv.Itoa(n) + "x")
			}
		}
		w.WriteString(t.Elem + ">")
	case Function:
		w.WriteString(typeList(t.In) + " -> " + typeList(t.Out))
	case Tuple:
		w.WriteString("tuple" + strings.NewReplacer("(", "<", ")", ">").Replace(typeList(t.Out)))
	case Token:
		w.WriteString("!stablehlo.token")
	case None:
		w.WriteString("none")
	default:
		w.WriteString(t.Elem)
	}
	return w.String()
}

func typeList(t []Type) string {
	s := make([]string, len(t))
	for i := range t {
		s[i] = t[i].String()
	}
	return "(" + strings.Join(s, ", ") + ")"
}

// bits is how many bits an element takes in a dense constant, 0 where it is not known.
func (t Type) bits() int {
	e, twice := t.Elem, 1
	if c, ok := strings.CutPrefix(e, "complex<"); ok {
		e, twice = strings.TrimSuffix(c, ">"), 2
	}
	switch e {
	case "i1":
		return 8
	case "index":
		return 64
	}
	n, err := strconv.Atoi(strings.TrimLeft(e, "uibf"))
	if err != nil {
		return 0
	}
	return n * twice
}

// integer says how wide an integer type is, and whether it is signed; 0 for others.
func (t Type) integer() (bits int, signed bool) {
	if t.Elem == "index" {
		return 64, true
	}
	if n, ok := strings.CutPrefix(t.Elem, "ui"); ok {
		bits, _ = strconv.Atoi(n)
		return bits, false
	}
	if n, ok := strings.CutPrefix(t.Elem, "i"); ok {
		bits, _ = strconv.Atoi(n)
	}
	return bits, bits > 1
}

// size is the number of elements, -1 if a length is not known or they are too many.
func (t Type) size() int {
	n := 1
	for _, k := range t.Shape {
		if k < 0 || k > 0 && n > (1<<40)/k {
			return -1
		}
		n *= k
	}
	return n
}

// Attr is an attribute: bool, string, Number, Enum, Dense, Type, []Attr, Dict, Alias, or nil for what is not known.
type Attr any

// Number is an integer or a float; bits of these.
type Number struct {
	Type Type
	Bits int64
}

// Enum is a value of one of StableHLO's enumerations.
type Enum struct{ Kind, Value string }

// Dense is an array of numbers; one element stands for all where it has but one.
type Dense struct {
	Type Type
	Data []byte // little endian; a byte for each bool
}

// Alias says that an output of a custom call is one of its operands.
type Alias struct {
	Out     []int
	Operand int
	In      []int
}

// NamedAttr is an attribute under its name.
type NamedAttr struct {
	Name  string
	Value Attr
}

// Dict are attributes by name.
type Dict []NamedAttr

// Get is the attribute of a name, nil if there is none.
func (d Dict) Get(name string) Attr {
	for _, a := range d {
		if a.Name == name {
			return a.Value
		}
	}
	return nil
}

// without is d without some of its names.
func (d Dict) without(names ...string) Dict {
	var out Dict
	for _, a := range d {
		if !slices.Contains(names, a.Name) {
			out = append(out, a)
		}
	}
	return out
}

// text is an attribute that is a string, "" if there is none.
func (d Dict) text(name string) string { s, _ := d.Get(name).(string); return s }

// number is an attribute that is an integer.
func (d Dict) number(name string) (int, bool) {
	n, ok := d.Get(name).(Number)
	return int(n.Bits), ok
}

// ints are the elements of an attribute that is an array of integers.
func (d Dict) ints(name string) ([]int, bool) {
	t, ok := d.Get(name).(Dense)
	if !ok {
		return nil, false
	}
	v, ok := t.Ints()
	out := make([]int, len(v))
	for i, x := range v {
		out[i] = int(x)
	}
	return out, ok
}

// Ints are the elements of an array of integers or bools.
func (t Dense) Ints() ([]int64, bool) {
	bits, signed := t.Type.integer()
	n, width := t.Type.size(), max(bits/8, 1)
	if bits == 0 || n < 0 || n > maxElements {
		return nil, false
	}
	one := len(t.Data) == width
	if !one && len(t.Data) != n*width {
		return nil, false
	}
	out := make([]int64, n)
	for i := range out {
		at := i * width
		if one {
			at = 0
		}
		var x uint64
		for k := range width {
			x |= uint64(t.Data[at+k]) << (8 * k)
		}
		if out[i] = int64(x); signed {
			out[i] = int64(x<<(64-bits)) >> (64 - bits)
		}
	}
	return out, true
}

// maxElements bounds the arrays whose elements are looked at.
const maxElements = 1 << 16

// Value is what an operation gives, or an argument of a block.
type Value struct {
	Type Type
	id   int
}

// Op is an operation.
type Op struct {
	Name     string // without dialect and version: "add"
	Attrs    Dict
	In, Out  []*Value
	Regions  []*Region
	location int // the attribute of its place in the source
}

// Region is a block of operations; all of StableHLO's have one.
type Region struct {
	Args []*Value
	Ops  []*Op
}

// Func is a function of a module.
type Func struct {
	Name    string
	Attrs   Dict // those of VHLO's func: sym_visibility, arg_attrs, ...
	Type    Type
	Body    *Region
	Private bool
}

// Module is a program.
type Module struct {
	Name  string
	Funcs []*Func

	file *file // that it was read from; nil for another
}

// Main is the function that is called; nil if there is none.
func (m *Module) Main() *Func { return m.function("main") }

func (m *Module) function(name string) *Func {
	for _, f := range m.Funcs {
		if f.Name == name {
			return f
		}
	}
	return nil
}

// each calls f with the operations of a region, also the inner ones.
func (r *Region) each(f func(o *Op)) {
	for _, o := range r.Ops {
		f(o)
		for _, k := range o.Regions {
			k.each(f)
		}
	}
}
