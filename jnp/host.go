package jnp

import (
	"fmt"
	"os"
	"reflect"
	"slices"
	"sync"
	"sync/atomic"
	"unsafe"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Element is the Go type of an element of a slice that goes to or comes from an array. Slices of ir.F16 and ir.BF16 are
// float16 and bfloat16 arrays.
type Element interface {
	~bool | ~int | ~int8 | ~int16 | ~int32 | ~int64 |
		~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64 |
		~float32 | ~float64 | ~complex64 | ~complex128
}

// Narrowing says what happens to float64 and complex128 slices, and to 64-bit dtypes asked for, while 64-bit types are off.
type Narrowing int32

const (
	NarrowOnce   Narrowing = iota // rounded to 32-bit parts; the first time says so on stderr
	NarrowSilent                  // rounded without a word
	NarrowError                   // an error
)

var (
	narrowing atomic.Int32
	narrowSay sync.Once
)

// SetNarrowing sets for the whole process what happens to float64 and complex128 slices while 64-bit types are off (it has no counterpart in JAX, which says so each time).
func SetNarrowing(n Narrowing) { narrowing.Store(int32(n)) }

// FromSlice is an array of data's elements in row-major order (NumPy array). Without a shape it has one axis; one length of
// shape may be -1 and is then computed. The data are copied. The dtype is T's (int is int64, uint is uint64); while 64-bit types
// are off, int64 and uint64 become 32 bits wide and refuse values that do not fit, and float64 and complex128 are rounded to
// float32 and complex64, which is said once on stderr (see SetNarrowing).
func FromSlice[T Element](data []T, shape ...int) Array {
	const op = "jnp.FromSlice"
	d, err := ir.DTypeOf(reflect.TypeFor[T]())
	trace.Must(err, op, nil)
	if len(shape) == 0 {
		shape = []int{len(data)}
	}
	shape = inferShape(op, shape, len(data))
	return Wrap(fromHost(op, sliceBytes(data), d, d.Canonical(trace.X64()), shape))
}

// inferShape fills in one -1 and checks that shape has n elements.
func inferShape(op string, shape []int, n int) []int {
	out := slices.Clone(shape)
	hole, known := -1, 1
	for i, s := range out {
		switch {
		case s == -1 && hole < 0:
			hole = i
		case s < 0:
			trace.Fail(op, nil, "shape %v: lengths cannot be negative, and only one may be -1", shape)
		default:
			known *= s
		}
	}
	if hole >= 0 && known != 0 && n%known == 0 {
		out[hole] = n / known
	}
	if ir.SizeOf(out) != n || hole >= 0 && out[hole] < 0 {
		trace.Fail(op, nil, "%d elements cannot have shape %v", n, shape)
	}
	return out
}

func sliceBytes[T Element](data []T) []byte {
	if len(data) == 0 {
		return nil
	}
	return unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(data))), len(data)*int(unsafe.Sizeof(data[0])))
}

// view reads bytes, which must be aligned for T, as a slice.
func view[T any](b []byte) []T {
	if len(b) == 0 {
		return nil
	}
	var t T
	return unsafe.Slice((*T)(unsafe.Pointer(unsafe.SliceData(b))), len(b)/int(unsafe.Sizeof(t)))
}

// fromHost puts the elements of dtype from in b on the device as dtype to, which is from or its 32-bit counterpart.
func fromHost(op string, b []byte, from, to ir.DType, shape []int) *trace.Value {
	if from != to {
		if from.IsInexact() {
			sayNarrowing(op, "%v data are rounded to %v", from, to)
		}
		b = narrow(op, b, from, to)
	}
	return trace.TheRuntime().FromHost(b, ir.Aval{Shape: shape, DType: to})
}

// sayNarrowing reports, in the way chosen, that something of dtype from becomes dtype to; what says it in two verbs.
func sayNarrowing(op, what string, from, to ir.DType) {
	const way = "turn 64-bit types on with gojax.EnableX64(true) or GOJAX_ENABLE_X64=1"
	switch Narrowing(narrowing.Load()) {
	case NarrowError:
		trace.Fail(op, nil, what+", since 64-bit types are off; %s, or ask for %v", from, to, way, to)
	case NarrowOnce:
		narrowSay.Do(func() {
			fmt.Fprintf(os.Stderr, "gojax: %s: "+what+", since 64-bit types are off; %s (said once; see jnp.SetNarrowing)\n", op, from, to, way)
		})
	}
}

func narrow(op string, b []byte, from, to ir.DType) []byte {
	switch from {
	case ir.Float64:
		return convertBytes(b, func(x float64) float32 { return float32(x) })
	case ir.Complex128:
		return convertBytes(b, func(x complex128) complex64 { return complex64(x) })
	case ir.Int64:
		return convertBytes(b, func(x int64) int32 {
			if int64(int32(x)) != x {
				failWide(op, x, to)
			}
			return int32(x)
		})
	case ir.Uint64:
		return convertBytes(b, func(x uint64) uint32 {
			if uint64(uint32(x)) != x {
				failWide(op, x, to)
			}
			return uint32(x)
		})
	}
	panic("jnp: narrow from " + from.String())
}

func failWide(op string, x any, to ir.DType) {
	trace.Fail(op, nil, "element %v does not fit %v, the widest integer of its kind while 64-bit types are off; turn them on with gojax.EnableX64(true) or GOJAX_ENABLE_X64=1", x, to)
}

func convertBytes[S, D any](b []byte, f func(S) D) []byte {
	src := view[S](b)
	dst := make([]D, len(src))
	for i, x := range src {
		dst[i] = f(x)
	}
	var t D
	if len(dst) == 0 {
		return nil
	}
	return unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(dst))), len(dst)*int(unsafe.Sizeof(t)))
}

// hostBytes waits for v and copies its elements out; the slice is aligned for every element type.
func hostBytes(op string, v *trace.Value) []byte {
	n := v.Aval().Bytes()
	words := make([]complex128, (n+15)/16)
	b := sliceBytes(words)[:n]
	copyOut(op, v, b)
	return b
}

func copyOut(op string, v *trace.Value, dst []byte) {
	t := v.Aval()
	v, b := v.Eval()
	if b != nil {
		trace.Fail(op, []ir.Aval{t}, "the elements of a traced value are not known while %s at %v is being traced; choose with jnp.Where or lax.Cond, return it from the function and read it there, or make what it depends on a plain Go argument", b.What(), b.Src())
	}
	if l, ok := v.Lit(); ok {
		copy(dst, l.AppendBytes(nil))
		return
	}
	if len(dst) == 0 {
		if err := v.Buffer().Ready(); err != nil {
			trace.Must(err, op, []ir.Aval{v.Aval()})
		}
		return
	}
	trace.TheRuntime().ToHost(v, dst)
}

// exact reports whether every value of from is kept by to.
func exact(from, to ir.DType) bool {
	if from.Bits() == 64 && from.IsInteger() && to.IsInexact() {
		return false // 53 bits
	}
	if from == ir.Uint16 && (to == ir.Float16 || to == ir.BFloat16) {
		return false
	}
	if from.Bits() == 8 && from.IsInteger() && to == ir.BFloat16 {
		return true // 8 bits of significand
	}
	return CanCast(from, to)
}

// ToSlice waits for x and copies its elements, in row-major order, into a new slice (as NumPy ndarray.tolist, without the nesting). T must hold every value of x's dtype
// exactly (int32 to int, float32 to float64): convert on the device first (x.AsType) to round. It panics for a traced x.
func ToSlice[T Element](x Array) []T {
	v := x.val("jnp.ToSlice")
	dst := make([]T, v.Aval().Size())
	copyTo("jnp.ToSlice", v, dst)
	return dst
}

// CopyTo is ToSlice into the slice dst, whose length must be x.Size().
func CopyTo[T Element](dst []T, x Array) {
	v := x.val("jnp.CopyTo")
	if len(dst) != v.Aval().Size() {
		trace.Fail("jnp.CopyTo", []ir.Aval{v.Aval()}, "the array has %d elements, the slice has length %d", v.Aval().Size(), len(dst))
	}
	copyTo("jnp.CopyTo", v, dst)
}

func copyTo[T Element](op string, v *trace.Value, dst []T) {
	from := v.DType()
	t := reflect.TypeFor[T]()
	to, err := ir.DTypeOf(t)
	trace.Must(err, op, []ir.Aval{v.Aval()})
	if from == to {
		copyOut(op, v, sliceBytes(dst))
		return
	}
	if !exact(from, to) {
		trace.Fail(op, []ir.Aval{v.Aval()}, "%v does not hold every %v; ask for %v, or convert the array first (x.AsType)", t, from, from.GoType())
	}
	src := hostBytes(op, v)
	out := sliceBytes(dst)
	size := to.Size()
	for i := range dst {
		l := elemLit(src, from, i).Convert(to)
		copy(out[i*size:(i+1)*size], l.AppendBytes(make([]byte, 0, 16)))
	}
}

// elemLit is element i of the bytes b as a literal.
func elemLit(b []byte, d ir.DType, i int) ir.Lit {
	size := d.Size()
	return ir.LitFromBytes(b[i*size:(i+1)*size], d)
}

// item is the one element of x.
func item(op string, x Array) ir.Lit {
	v := x.val(op)
	if v.Aval().Size() != 1 {
		trace.Fail(op, []ir.Aval{v.Aval()}, "the array has %d elements, and only that of a one-element array can be read so; index it first (x.At(i).Get()), reduce it (x.Sum()), or use jnp.ToSlice", v.Aval().Size())
	}
	if l, ok := v.Lit(); ok {
		return l
	}
	return elemLit(hostBytes(op, v), v.DType(), 0)
}

// Item waits for a, which must have one element, and returns it (NumPy item); false is 0 and true is 1. Complex elements and
// 64-bit integers that float64 cannot hold are read with ItemOf. It panics for a traced array.
func (a Array) Item() float64 {
	l := item("Item", a)
	switch {
	case l.DType.IsComplex():
		trace.Fail("Item", []ir.Aval{l.Aval()}, "the element is complex: use jnp.ItemOf[complex128](x), or take x.Real() first")
	case l.DType.IsUnsigned() && (l.Lo > 1<<53 && uint64(l.Float()) != l.Lo):
		trace.Fail("Item", []ir.Aval{l.Aval()}, "%v is not a float64: use jnp.ItemOf[uint64](x)", l)
	case l.DType.IsSigned() && int64(l.Float()) != l.Int():
		trace.Fail("Item", []ir.Aval{l.Aval()}, "%v is not a float64: use jnp.ItemOf[int64](x)", l)
	}
	return l.Float()
}

// ItemOf is the one element of x as a T, which must hold every value of x's dtype (NumPy ndarray.item).
func ItemOf[T Element](x Array) T {
	item("jnp.ItemOf", x)
	var out [1]T
	copyTo("jnp.ItemOf", x.v, out[:])
	return out[0]
}

// nested puts a slice or array of Go values, of slices of them and so on, on the device; []any may mix kinds of scalars.
func nested(x any, op string) *trace.Value { return nestedAs(x, op, ir.Invalid) }

// nestedAs is nested with elements converted to dtype to on the host; Invalid is their own type.
func nestedAs(x any, op string, to ir.DType) *trace.Value {
	r := reflect.ValueOf(x)
	if !r.IsValid() {
		trace.Fail(op, nil, "nil is not an array: give a jnp.Array, a Go number or bool, or a slice of them")
	}
	if k := r.Kind(); k != reflect.Slice && k != reflect.Array {
		trace.Fail(op, nil, "a %T is not an array: give a jnp.Array, a Go number or bool, or a slice of them", x)
	}
	n := nest{op: op, x64: trace.X64()}
	n.measure(r, 0)
	if n.values {
		v := n.stack(r)
		if to != ir.Invalid {
			v = Wrap(v).AsType(to).v
		}
		return v
	}
	if to != ir.Invalid {
		n.to = to
		return trace.TheRuntime().FromHost(n.appendAny(nil, r), ir.Aval{Shape: n.shape, DType: to})
	}
	d := n.dtype
	switch {
	case !d.Valid() && !n.mixed:
		d = ir.Float64 // no element says otherwise, as in NumPy
	case n.mixed:
		if len(n.lits) > 0 {
			d, _ = promote(n.x64, n.lits...)
		} else {
			d = ir.Float64
		}
		n.to = d.Canonical(n.x64)
		b := n.appendAny(nil, r)
		return trace.TheRuntime().FromHost(b, ir.Aval{Shape: n.shape, DType: n.to})
	}
	b := n.appendTyped(make([]byte, 0, max(ir.SizeOf(n.shape), 0)*d.Size()), r)
	to = d.Canonical(n.x64)
	if len(b) == 0 {
		return trace.TheRuntime().FromHost(nil, ir.Aval{Shape: n.shape, DType: to})
	}
	return fromHost(op, b, d, to, n.shape)
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

var arrayType = reflect.TypeFor[Array]()

// maxNest bounds how deep slices may be nested: one that contains itself would have no end.
const maxNest = 1000

func (n *nest) measure(r reflect.Value, depth int) {
	if depth > maxNest {
		trace.Fail(n.op, nil, "the slices are nested more than %d deep: one contains itself", maxNest)
	}
	if r.Kind() == reflect.Interface {
		n.mixed = true
		r = r.Elem()
	}
	if !r.IsValid() {
		trace.Fail(n.op, nil, "an element at depth %d is nil", depth)
	}
	if r.Type() == arrayType {
		n.values = true
		n.end(depth)
		return
	}
	if k := r.Kind(); k == reflect.Slice || k == reflect.Array {
		if depth == len(n.shape) && !n.known {
			n.shape = append(n.shape, r.Len())
		} else if depth >= len(n.shape) || n.shape[depth] != r.Len() {
			trace.Fail(n.op, nil, "the nested slices are ragged: at depth %d one has length %d where %v was expected", depth, r.Len(), n.shape)
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
	l, ok := scalarLit(r)
	if !ok {
		trace.Fail(n.op, nil, "an element at depth %d is a %v, which is not a number, a bool or an Array", depth, r.Type())
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
		trace.Fail(n.op, nil, "the nested slices are ragged: an element at depth %d, where others lie at depth %d", depth, len(n.shape))
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
	l, _ := scalarLit(r)
	if n.to.IsInteger() && l.DType.IsInteger() && !fits(l, n.to) {
		failWide(n.op, l, n.to)
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
		if k := r.Kind(); r.Type() != arrayType && (k == reflect.Slice || k == reflect.Array) {
			for i := range r.Len() {
				walk(r.Index(i))
			}
			return
		}
		vs = append(vs, wide(r.Interface(), n.op))
	}
	walk(r)
	for _, v := range vs[1:] {
		if !slices.Equal(v.Shape(), vs[0].Shape()) {
			trace.Fail(n.op, trace.Avals(vs), "the arrays in the slice have different shapes")
		}
	}
	type params struct{ Shape []int }
	return whole(n.op, params{n.shape}, vs, func(in []*trace.Value) *trace.Value {
		return stackValues(n.op, in, n.shape)
	}).v
}

// stackValues joins vs, of one shape, along new leading axes of lengths lead.
func stackValues(op string, vs []*trace.Value, lead []int) *trace.Value {
	vs = promoteValues(op, vs...)
	elem := vs[0].Shape()
	rows := make([]*trace.Value, len(vs))
	for i, v := range vs {
		rows[i] = ops.Reshape(v, append([]int{1}, elem...))
	}
	return ops.Reshape(ops.Concatenate(rows, 0), append(slices.Clone(lead), elem...))
}
