package serve

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"unsafe"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/gojax/gojax/export"
	"github.com/gojax/gojax/ir"
)

// A call as JSON is {"args": [...], "kwargs": {...}}, and a result {"result": ...}: trees as the program has them, with
// dicts as objects, tuples and lists as arrays, None as null, and arrays as nested lists of numbers. What JSON has no
// number for is "NaN", "Infinity" and "-Infinity", as in the JSON of protocol buffers.

const maxAxes = 32 // nothing has more

// jsonReader reads the arrays of a call.
type jsonReader struct {
	d    *jsontext.Decoder
	m    *model
	in   []*array
	list elements
}

func (m *model) readJSON(body []byte) ([]*array, error) {
	r := &jsonReader{d: jsontext.NewDecoder(bytes.NewBuffer(body)), m: m, in: make([]*array, len(m.paths))}
	args, kwargs := m.first.In, m.first.Keywords
	err := r.object("the body", func(name string) error {
		switch name {
		case "args":
			return r.tree(args, 0)
		case "kwargs":
			return r.tree(kwargs, leaves(args))
		}
		return fmt.Errorf("the body has the member %.100q; it should have args, and kwargs where there are some", name)
	})
	if err != nil {
		return nil, err
	}
	if _, err := r.d.ReadToken(); err != io.EOF {
		return nil, errors.New("something follows the call in the body")
	}
	for i, a := range r.in {
		if a == nil {
			return nil, fmt.Errorf("%s is missing", m.paths[i])
		}
	}
	return r.in, nil
}

// leaves is how many arrays a tree has.
func leaves(t *export.Tree) int {
	if t.Kind == export.Leaf {
		return 1
	}
	n := 0
	for _, k := range t.Children {
		n += leaves(k)
	}
	return n
}

// object reads an object, whose members each reads.
func (r *jsonReader) object(what string, each func(name string) error) error {
	if k := r.d.PeekKind(); k != '{' {
		return r.unlike(what, "an object")
	}
	if _, err := r.d.ReadToken(); err != nil {
		return err
	}
	for r.d.PeekKind() == '"' {
		t, err := r.d.ReadToken()
		if err != nil {
			return err
		}
		if err := each(t.String()); err != nil {
			return err
		}
	}
	_, err := r.d.ReadToken()
	return err
}

// unlike is the error of a value that is of another kind than it should be, or no JSON.
func (r *jsonReader) unlike(what, want string) error {
	at := r.d.StackPointer()
	t, err := r.d.ReadToken()
	if err != nil {
		if err == io.EOF {
			err = io.ErrUnexpectedEOF
		}
		return err
	}
	found := map[jsontext.Kind]string{'n': "null", 'f': "false", 't': "true", '"': "a string", '0': "a number",
		'{': "an object", '[': "a list", '}': "the end of an object", ']': "the end of a list"}[t.Kind()]
	if p := string(r.d.StackPointer()); p != "" {
		at = jsontext.Pointer(p)
	}
	if at == "" { // the whole body
		return fmt.Errorf("%s: %s, and it should be %s", what, found, want)
	}
	return fmt.Errorf("%s: %s, and it should be %s (at %.100s)", what, found, want, at)
}

// tree reads what has the structure t; at is the number of its first array.
func (r *jsonReader) tree(t *export.Tree, at int) error {
	switch {
	case t.Kind == export.Leaf:
		return r.leaf(at)
	case t.Kind == export.None:
		if r.d.PeekKind() != 'n' {
			return r.unlike("where the program has nothing", "null")
		}
		_, err := r.d.ReadToken()
		return err
	case t.Names != nil || t.Kind == export.Dict:
		return r.object(t.String(), func(name string) error {
			at := at
			for i, k := range t.Children {
				if t.Names[i] == name {
					return r.tree(k, at)
				}
				at += leaves(k)
			}
			return fmt.Errorf("there is a member %.100q, and the program has %v there", name, t)
		})
	}
	if r.d.PeekKind() != '[' {
		return r.unlike(t.String(), "a list")
	}
	_, err := r.d.ReadToken()
	n := 0
	for ; err == nil && r.d.PeekKind() != ']'; n++ {
		if n == len(t.Children) {
			return fmt.Errorf("a list has more than %d elements, and the program has %v there", n, t)
		}
		k := t.Children[n]
		err = r.tree(k, at)
		at += leaves(k)
	}
	if err != nil {
		return err
	}
	if n < len(t.Children) && r.d.PeekKind() == ']' {
		return fmt.Errorf("a list has %d elements, and the program has %v there", n, t)
	}
	_, err = r.d.ReadToken()
	return err
}

// leaf reads array i.
func (r *jsonReader) leaf(i int) error {
	path, s := r.m.paths[i], r.m.lanes[0].in[i]
	if s.dtype.IsComplex() {
		return fmt.Errorf("%s is %v, which has no form in JSON: send %s or %s", path, s, npyKind, npzKind)
	}
	r.list = elements{dtype: s.dtype, rank: -1}
	if err := r.nested(path, 0); err != nil {
		return err
	}
	a := &array{dtype: s.dtype, shape: r.list.shape, data: r.list.data}
	r.in[i] = a
	return nil
}

// nested reads a number, or a list of such, at so many lists' depth.
func (r *jsonReader) nested(path string, depth int) error {
	l := &r.list
	if r.d.PeekKind() != '[' {
		if l.rank < 0 {
			l.rank = depth
		}
		if depth != l.rank {
			return fmt.Errorf("%s: lists of different depth (at %.100s)", path, r.d.StackPointer())
		}
		return r.element(path)
	}
	switch {
	case depth == maxAxes:
		return fmt.Errorf("%s: lists in lists beyond %d axes", path, maxAxes)
	case l.rank >= 0 && depth >= l.rank:
		return fmt.Errorf("%s: lists of different depth (at %.100s)", path, r.d.StackPointer())
	}
	if depth == len(l.shape) {
		l.shape = append(l.shape, -1)
	}
	if _, err := r.d.ReadToken(); err != nil {
		return err
	}
	n := 0
	for ; r.d.PeekKind() != ']'; n++ {
		if err := r.nested(path, depth+1); err != nil {
			return err
		}
	}
	if l.rank < 0 { // an empty list
		l.rank = depth + 1
	}
	if l.shape[depth] >= 0 && l.shape[depth] != n {
		return fmt.Errorf("%s: lists of %d and %d elements along axis %d (at %.100s)", path, l.shape[depth], n, depth,
			r.d.StackPointer())
	}
	l.shape[depth] = n
	_, err := r.d.ReadToken()
	return err
}

// elements are those of an array that is read.
type elements struct {
	dtype ir.DType
	rank  int // -1: no element has come
	shape []int
	data  []byte
}

// element reads a number.
func (r *jsonReader) element(path string) error {
	kind := r.d.PeekKind()
	switch kind {
	case '0', '"', 't', 'f':
	default:
		return r.unlike(path, "a "+r.list.dtype.String())
	}
	v, err := r.d.ReadValue()
	if err != nil {
		return err
	}
	// The text is read before the next value is, so it need not be copied.
	if err := r.list.add(kind, unsafe.String(unsafe.SliceData(v), len(v))); err != nil {
		return fmt.Errorf("%s: %w (at %.100s)", path, err, r.d.StackPointer())
	}
	return nil
}

// named are the floats that JSON has no number for.
var named = map[string]float64{`"NaN"`: math.NaN(), `"Infinity"`: math.Inf(1), `"-Infinity"`: math.Inf(-1)}

// add appends an element. Errors do not keep text.
func (l *elements) add(kind jsontext.Kind, text string) error {
	d := l.dtype
	wrong := func() error { return fmt.Errorf("%.50s is no %v", text, d) }
	switch {
	case d == ir.Bool:
		if kind != 't' && kind != 'f' {
			return wrong()
		}
		l.data = append(l.data, map[jsontext.Kind]byte{'t': 1, 'f': 0}[kind])
	case d.IsFloat():
		bits := 64
		if d == ir.Float32 {
			bits = 32
		}
		v, special := 0.0, false
		if kind == '"' {
			v, special = named[text]
		}
		if !special {
			var err error
			if kind != '0' {
				return wrong()
			}
			if v, err = strconv.ParseFloat(text, bits); err != nil {
				return fmt.Errorf("%.50s does not fit into a %v", text, d)
			}
		}
		if d == ir.Float32 {
			l.data = binary.LittleEndian.AppendUint32(l.data, math.Float32bits(float32(v)))
			return nil
		}
		n := len(l.data)
		l.data = ir.FloatLit(v, d).AppendBytes(l.data)
		if !special && math.IsInf(floatAt(l.data[n:], d), 0) {
			return fmt.Errorf("%.50s does not fit into a %v", text, d)
		}
	default:
		if kind != '0' {
			return wrong()
		}
		var lit ir.Lit
		if d.IsUnsigned() {
			v, err := strconv.ParseUint(text, 10, d.Bits())
			if err != nil {
				return wrong()
			}
			lit = ir.UintLit(v, d)
		} else {
			v, err := strconv.ParseInt(text, 10, d.Bits())
			if err != nil {
				return wrong()
			}
			lit = ir.IntLit(v, d)
		}
		l.data = lit.AppendBytes(l.data)
	}
	return nil
}

func (m *model) writeJSON(out []*array) ([]byte, error) {
	for i, a := range out {
		if a.dtype.IsComplex() {
			return nil, statusf(406, "%s is %v, which has no form in JSON: ask for %s or %s", m.results[i], a, npyKind,
				npzKind)
		}
	}
	b, _ := appendTree([]byte(`{"result":`), m.first.Out, out)
	return append(b, "}\n"...), nil
}

// appendTree appends a result of the structure t, and returns the arrays that are left.
func appendTree(b []byte, t *export.Tree, out []*array) ([]byte, []*array) {
	switch t.Kind {
	case export.Leaf:
		at := 0
		return appendNested(b, out[0], 0, &at), out[1:]
	case export.None:
		return append(b, "null"...), out
	}
	open, end := byte('['), byte(']')
	if t.Names != nil || t.Kind == export.Dict {
		open, end = '{', '}'
	}
	b = append(b, open)
	for i, k := range t.Children {
		if i > 0 {
			b = append(b, ',')
		}
		if open == '{' {
			b, _ = jsontext.AppendQuote(b, t.Names[i]) // which replaces what is no UTF-8
			b = append(b, ':')
		}
		b, out = appendTree(b, k, out)
	}
	return append(b, end), out
}

// appendNested appends what a has along the axes from k on, beginning with the byte at.
func appendNested(b []byte, a *array, k int, at *int) []byte {
	if k == len(a.shape) {
		b = appendElement(b, a.dtype, a.data[*at:])
		*at += a.dtype.Size()
		return b
	}
	b = append(b, '[')
	for i := range a.shape[k] {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendNested(b, a, k+1, at)
	}
	return append(b, ']')
}

func appendElement(b []byte, d ir.DType, data []byte) []byte {
	l := ir.LitFromBytes(data[:d.Size()], d)
	switch {
	case d == ir.Bool:
		return strconv.AppendBool(b, data[0] != 0)
	case d.IsUnsigned():
		return strconv.AppendUint(b, uint64(l.Int()), 10)
	case d.IsInteger():
		return strconv.AppendInt(b, l.Int(), 10)
	}
	v := l.Float()
	switch {
	case math.IsNaN(v):
		return append(b, `"NaN"`...)
	case math.IsInf(v, 1):
		return append(b, `"Infinity"`...)
	case math.IsInf(v, -1):
		return append(b, `"-Infinity"`...)
	}
	bits := 64
	if d.Bits() <= 32 {
		bits = 32
	}
	return strconv.AppendFloat(b, v, 'g', -1, bits)
}
