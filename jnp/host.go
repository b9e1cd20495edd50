package jnp

import (
	"math"
	"reflect"
	"slices"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// Element is the Go type of an element of a slice that goes to or comes from an array. Slices of ir.F16 and ir.BF16 are
// float16 and bfloat16 arrays.
type Element interface {
	~bool | ~int | ~int8 | ~int16 | ~int32 | ~int64 |
		~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64 |
		~float32 | ~float64 | ~complex64 | ~complex128
}

// Narrowing says what happens to float64 and complex128 slices, and to 64-bit dtypes asked for, while 64-bit types are
// off.
type Narrowing int32

const (
	NarrowOnce   = Narrowing(kit.NarrowOnce)   // rounded to 32-bit parts; the first time says so on stderr
	NarrowSilent = Narrowing(kit.NarrowSilent) // rounded without a word
	NarrowError  = Narrowing(kit.NarrowError)  // an error
)

// SetNarrowing sets for the whole process what happens to float64 and complex128 slices while 64-bit types are off (it
// has no counterpart in JAX, which says so each time).
func SetNarrowing(n Narrowing) { kit.SetNarrowing(kit.Narrowing(n)) }

// FromSlice is an array of data's elements in row-major order (NumPy array). Without a shape it has one axis; one
// length of shape may be -1 and is then computed. The data are copied. The dtype is T's (int is int64, uint is uint64);
// while 64-bit types are off, int64 and uint64 become 32 bits wide and refuse values that do not fit, and float64 and
// complex128 are rounded to float32 and complex64, which is said once on stderr (see SetNarrowing).
func FromSlice[T Element](data []T, shape ...int) Array {
	const op = "jnp.FromSlice"
	d, err := ir.DTypeOf(reflect.TypeFor[T]())
	trace.Must(err, op, nil)
	if len(shape) == 0 {
		shape = []int{len(data)}
	}
	shape = inferShape(op, shape, len(data))
	return Wrap(kit.FromHost(op, kit.Bytes(data), d, shape))
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

// hostBytes waits for v and copies its elements out.
func hostBytes(op string, v *trace.Value) []byte { return kit.HostBytes(op, v) }

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

// ToSlice waits for x and copies its elements, in row-major order, into a new slice (as NumPy ndarray.tolist, without
// the nesting). T must hold every value of x's dtype exactly (int32 to int, float32 to float64): convert on the device
// first (x.AsType) to round. It panics for a traced x.
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
		trace.Fail("jnp.CopyTo", []ir.Aval{v.Aval()}, "the array has %d elements, the slice has length %d",
			v.Aval().Size(), len(dst))
	}
	copyTo("jnp.CopyTo", v, dst)
}

func copyTo[T Element](op string, v *trace.Value, dst []T) {
	from := v.DType()
	t := reflect.TypeFor[T]()
	to, err := ir.DTypeOf(t)
	trace.Must(err, op, []ir.Aval{v.Aval()})
	if from == to {
		kit.CopyOut(op, v, kit.Bytes(dst))
		return
	}
	if !exact(from, to) {
		trace.Fail(op, []ir.Aval{v.Aval()},
			"%v does not hold every %v; ask for %v, or convert the array first (x.AsType)", t, from, from.GoType())
	}
	src := hostBytes(op, v)
	out := kit.Bytes(dst)
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
		trace.Fail(op, []ir.Aval{v.Aval()},
			"the array has %d elements, and only that of a one-element array can be read so; index it first "+
				"(x.Index(i)), reduce it (x.Sum(), x.All(), x.Any()), or use jnp.ToSlice", v.Aval().Size())
	}
	if l, ok := v.Lit(); ok {
		return l
	}
	return elemLit(hostBytes(op, v), v.DType(), 0)
}

// Item waits for a, which must have one element, and returns it (NumPy item); false is 0 and true is 1. Complex
// elements and 64-bit integers that float64 cannot hold are read with ItemOf. It panics for a traced array.
func (a Array) Item() float64 {
	l := item("jnp.Array.Item", a)
	switch {
	case l.DType.IsComplex():
		trace.Fail("jnp.Array.Item", []ir.Aval{l.Aval()},
			"the element is complex: use jnp.ItemOf[complex128](x), or take x.Real() first")
	case l.DType.IsUnsigned() && (l.Lo > 1<<53 && uint64(l.Float()) != l.Lo):
		trace.Fail("jnp.Array.Item", []ir.Aval{l.Aval()}, "%v is not a float64: use jnp.ItemOf[uint64](x)", l)
	case l.DType.IsSigned() && int64(l.Float()) != l.Int():
		trace.Fail("jnp.Array.Item", []ir.Aval{l.Aval()}, "%v is not a float64: use jnp.ItemOf[int64](x)", l)
	}
	return l.Float()
}

// Bool waits for a, which must have one element, and reports whether that is not 0, as Python's bool(a); NaN is not 0.
// It is for Go's if and for: for err.Gt(tol).Bool() { ... }. A traced array is an error as in Item: in a jitted
// function choose with jnp.Where or lax.Cond, and loop with lax.WhileLoop.
func (a Array) Bool() bool { return item("jnp.Array.Bool", a).Complex() != 0 }

// Float waits for a, which must have one element, and returns that as the nearest float64, as Python's float(a); see
// Item, which refuses integers that it would have to round. Complex a, and a traced one, are errors.
func (a Array) Float() float64 { return realItem("jnp.Array.Float", a).Float() }

// Int waits for a, which must have one element, and returns that as an int, floats without their fraction, as Python's
// int(a). NaN, infinities and what an int cannot hold are errors; so are complex a, and a traced one.
func (a Array) Int() int {
	const op = "jnp.Array.Int"
	l := realItem(op, a)
	switch f := l.Float(); {
	case l.DType.IsFloat() && f >= math.MinInt && f < -math.MinInt:
		return int(f)
	case !l.DType.IsFloat() && !(l.DType.IsUnsigned() && l.Lo > math.MaxInt) && int64(int(l.Int())) == l.Int():
		return int(l.Int())
	}
	trace.Fail(op, []ir.Aval{l.Aval()}, "%v is no int: use x.Float, or jnp.ItemOf", l)
	return 0
}

// realItem is the one element of x, which is not complex.
func realItem(op string, x Array) ir.Lit {
	l := item(op, x)
	if l.DType.IsComplex() {
		trace.Fail(op, []ir.Aval{l.Aval()}, "the element is complex: take x.Real() or x.Abs() first, or use "+
			"jnp.ItemOf[complex128](x)")
	}
	return l
}

// ItemOf is the one element of x as a T, which must hold every value of x's dtype (NumPy ndarray.item).
func ItemOf[T Element](x Array) T {
	item("jnp.ItemOf", x)
	var out [1]T
	copyTo("jnp.ItemOf", x.v, out[:])
	return out[0]
}
