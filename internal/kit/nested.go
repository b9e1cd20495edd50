package kit

import (
	"reflect"
	"slices"
	"unsafe"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Nested puts a slice or array of Go values, of slices of them and so on, on the device; []any may mix kinds of
// numbers, and arrays may be among the elements. to is the dtype that elements are converted to on the host; ir.Invalid
// is their own.
func Nested(op string, x any, to ir.DType) *trace.Value {
	r := reflect.ValueOf(x)
	if !r.IsValid() {
		trace.Fail(op, nil, "nil is not an array: give a jnp.Array, a Go number or bool, or a slice of them")
	}
	if k := r.Kind(); k != reflect.Slice && k != reflect.Array {
		trace.Fail(op, nil, "a %T is not an array: give a jnp.Array, a Go number or bool, or a slice of them", x)
	}
	n := nest{op: op, x64: trace.X64(), to: to}
	n.measure(r, 0)
	d := n.dtype
	switch {
	case n.values:
		v := n.stack(r)
		if to != ir.Invalid {
			v = ops.Convert(v, to)
		}
		return v
	case to != ir.Invalid:
		return n.converted(r)
	case n.mixed:
		if d = ir.Float64; len(n.lits) > 0 {
			d, _ = CommonType(n.x64, n.lits...)
		}
		n.to = d.Canonical(n.x64)
		return n.converted(r)
	case !d.Valid():
		d = ir.Float64 // no element says otherwise, as in NumPy
	}
	b := n.appendTyped(make([]byte, 0, max(ir.SizeOf(n.shape), 0)*d.Size()), r)
	if len(b) == 0 {
		return trace.TheRuntime().FromHost(nil, ir.Aval{Shape: n.shape, DType: d.Canonical(n.x64)})
	}
	return FromHost(op, b, d, n.shape)
}

// converted is the elements of r as dtype n.to.
func (n *nest) converted(r reflect.Value) *trace.Value {
	return trace.TheRuntime().FromHost(n.appendAny(nil, r), ir.Aval{Shape: n.shape, DType: n.to})
}

// nest is the shape and element type of a nested slice as far as measure has seen it.
type nest struct {
	op     string
	x64    bool
	shape  []int
	known  bool     // shape is complete: a scalar was met
	dtype  ir.DType // of a slice with typed elements
	mixed  bool     // there are interfaces: elements are converted one by one to the common type of lits
	lits   []ir.Aval
	values bool // there are Arrays among the elements
	to     ir.DType
}

func (n *nest) measure(r reflect.Value, depth int) {
	if depth > ir.MaxRank {
		trace.Fail(n.op, nil, "the slices are nested more than %d deep, or one contains itself", ir.MaxRank)
	}
	if r.Kind() == reflect.Interface {
		n.mixed = true
		r = r.Elem()
	}
	if !r.IsValid() {
		trace.Fail(n.op, nil, "an element at depth %d is nil", depth)
	}
	if isArray(r.Type()) {
		n.values = true
		n.end(depth)
		return
	}
	if k := r.Kind(); k == reflect.Slice || k == reflect.Array {
		if depth == len(n.shape) && !n.known {
			n.shape = append(n.shape, r.Len())
		} else if depth >= len(n.shape) || n.shape[depth] != r.Len() {
			trace.Fail(n.op, nil, "the nested slices are ragged: at depth %d one has length %d where %v was expected",
				depth, r.Len(), n.shape)
		}
		e := r.Type().Elem()
		if d, err := ir.DTypeOf(e); err == nil && e.Kind() != reflect.Interface {
			n.end(depth + 1)
			n.dtype = d
			n.note(ir.Aval{DType: d})
			return
		}
		for i := range r.Len() {
			n.measure(r.Index(i), depth+1)
		}
		if r.Len() == 0 {
			n.known = true
		}
		return
	}
	l, ok := LitOf(r)
	if !ok {
		trace.Fail(n.op, nil, "an element at depth %d is a %v, which is not a number, a bool or an Array", depth,
			r.Type())
	}
	n.end(depth)
	n.note(l.Aval())
}

func (n *nest) note(t ir.Aval) {
	for _, o := range n.lits {
		if o.Equal(t) {
			return
		}
	}
	n.lits = append(n.lits, t)
}

// end is told the depth of an element: all must be as deep.
func (n *nest) end(depth int) {
	if depth != len(n.shape) {
		trace.Fail(n.op, nil, "the nested slices are ragged: an element at depth %d, where others lie at depth %d",
			depth, len(n.shape))
	}
	if !n.known { // slices of slices that share parts can be more than memory holds
		trace.CheckHost(n.op, n.shape, ir.Float64)
	}
	n.known = true
}

func (n *nest) appendTyped(b []byte, r reflect.Value) []byte {
	e := r.Type().Elem()
	if _, err := ir.DTypeOf(e); err != nil {
		for i := range r.Len() {
			b = n.appendTyped(b, r.Index(i))
		}
		return b
	}
	if r.Len() == 0 {
		return b
	}
	if r.Kind() == reflect.Array && !r.CanAddr() {
		c := reflect.New(r.Type()).Elem()
		c.Set(r)
		r = c
	}
	var p unsafe.Pointer
	if r.Kind() == reflect.Array {
		p = r.Addr().UnsafePointer()
	} else {
		p = r.UnsafePointer()
	}
	return append(b, unsafe.Slice((*byte)(p), r.Len()*int(e.Size()))...)
}

func (n *nest) appendAny(b []byte, r reflect.Value) []byte {
	if r.Kind() == reflect.Interface {
		r = r.Elem()
	}
	if k := r.Kind(); k == reflect.Slice || k == reflect.Array {
		for i := range r.Len() {
			b = n.appendAny(b, r.Index(i))
		}
		return b
	}
	l, _ := LitOf(r)
	if n.to.IsInteger() && l.DType.IsInteger() && !Fits(l, n.to) {
		FailWide(n.op, l, n.to)
	}
	return l.Convert(n.to).AppendBytes(b)
}

// stack joins nested slices that hold Arrays.
func (n *nest) stack(r reflect.Value) *trace.Value {
	var vs []*trace.Value
	var walk func(r reflect.Value)
	walk = func(r reflect.Value) {
		if r.Kind() == reflect.Interface {
			r = r.Elem()
		}
		if k := r.Kind(); !isArray(r.Type()) && (k == reflect.Slice || k == reflect.Array) {
			for i := range r.Len() {
				walk(r.Index(i))
			}
			return
		}
		vs = append(vs, Lift(n.op, r.Interface()))
	}
	walk(r)
	for _, v := range vs[1:] {
		if !slices.Equal(v.Shape(), vs[0].Shape()) {
			trace.Fail(n.op, trace.Avals(vs), "the arrays in the slice have different shapes")
		}
	}
	type params struct{ Shape []int }
	return Whole(n.op, params{n.shape}, vs, func(in []*trace.Value) *trace.Value {
		return stack(n.op, in, n.shape)
	})
}

// stack joins vs, of one shape, along new leading axes of lengths lead.
func stack(op string, vs []*trace.Value, lead []int) *trace.Value {
	vs = Promote(op, vs...)
	elem := vs[0].Shape()
	rows := make([]*trace.Value, len(vs))
	for i, v := range vs {
		rows[i] = ops.Reshape(v, append([]int{1}, elem...))
	}
	return ops.Reshape(ops.Concatenate(rows, 0), append(slices.Clone(lead), elem...))
}
