package jnp

import (
	"iter"
	"math"
	"strconv"
	"strings"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Arrays from bytes, text, iterators and functions of the index.

// Reading holds the keyword arguments of FromBuffer and FromString. The zero value is NumPy's defaults.
type Reading struct {
	DType  DType // of the elements; Invalid: float64, which becomes float32 while 64-bit types are off
	Count  any   // how many elements, a Go int; nil: all there are
	Offset int   // of FromBuffer: where the first element starts, in bytes
	// of FromString: what stands between two numbers; white space around it is ignored. "": white space alone
	Sep string
}

// FromBuffer is the numbers that b holds one after the other in the machine's byte order, float64 unless Reading says
// otherwise (NumPy frombuffer). The bytes are copied.
//
// Options: Reading (DType, Count, Offset).
func FromBuffer(b []byte) Array { return Reading{}.FromBuffer(b) }

// FromBuffer is the numbers that b holds from r.Offset on.
func (r Reading) FromBuffer(b []byte) Array {
	const op = "jnp.FromBuffer"
	d := r.dtype(op)
	n, limited := r.count(op)
	if r.Offset < 0 || r.Offset > len(b) {
		trace.Fail(op, nil, "the offset, %d, is not in the buffer, which has %d bytes", r.Offset, len(b))
	}
	b = b[r.Offset:]
	switch {
	case !limited && len(b)%d.Size() != 0:
		trace.Fail(op, nil, "%d bytes are not a whole number of elements of %v, which have %d", len(b), d, d.Size())
	case !limited:
		n = len(b) / d.Size()
	case n > len(b)/d.Size():
		trace.Fail(op, nil, "%d elements of %v are asked for, and the buffer has %d bytes", n, d, len(b))
	}
	// The runtime and the conversions want aligned memory, and bool bytes that are 0 or 1.
	data := kit.AlignedBytes(n * d.Size())
	copy(data, b)
	if d == ir.Bool {
		for i, x := range data {
			data[i] = min(x, 1)
		}
	}
	return Wrap(kit.FromHost(op, data, d, []int{n}))
}

func (r Reading) dtype(op string) ir.DType {
	if r.DType == ir.Invalid {
		return ir.Float64
	}
	kit.CheckDType(op, r.DType)
	return r.DType
}

func (r Reading) count(op string) (n int, limited bool) {
	if r.Count == nil {
		return 0, false
	}
	n, ok := r.Count.(int)
	if !ok {
		trace.Fail(op, nil, "the count is a %T; it must be a Go int, or nil for all", r.Count)
	}
	return n, n >= 0 // -1 is NumPy's "all"
}

// FromString is the numbers written in text, separated by white space unless Reading says otherwise, as float64 unless
// it says otherwise (NumPy fromstring with its sep).
//
// Options: Reading (DType, Count, Sep).
func FromString(text string) Array { return Reading{}.FromString(text) }

// FromString is the numbers written in text.
func (r Reading) FromString(text string) Array {
	const op = "jnp.FromString"
	d := r.dtype(op)
	words := strings.Fields(text)
	if sep := strings.TrimSpace(r.Sep); sep != "" {
		if words = strings.Split(text, sep); strings.TrimSpace(words[len(words)-1]) == "" {
			words = words[:len(words)-1] // nothing after the last separator, or nothing at all
		}
	}
	if n, limited := r.count(op); limited {
		if n > len(words) {
			trace.Fail(op, nil, "%d numbers are asked for, and the text has %d", n, len(words))
		}
		words = words[:n]
	}
	b := make([]byte, 0, len(words)*d.Size())
	for i, w := range words {
		l, err := parseNumber(strings.TrimSpace(w), d)
		if err != nil {
			trace.Fail(op, nil, "number %d of the text, %q, cannot be read as %v: %v", i, w, d, err)
		}
		b = l.AppendBytes(b)
	}
	data := kit.AlignedBytes(len(b))
	copy(data, b)
	return Wrap(kit.FromHost(op, data, d, []int{len(words)}))
}

func parseNumber(s string, d ir.DType) (ir.Lit, error) {
	switch {
	case d.IsUnsigned():
		n, err := strconv.ParseUint(s, 10, d.Bits())
		return ir.UintLit(n, d), err
	case d.IsSigned():
		n, err := strconv.ParseInt(s, 10, d.Bits())
		return ir.IntLit(n, d), err
	case d.IsComplex():
		c, err := strconv.ParseComplex(strings.ReplaceAll(s, "j", "i"), 128)
		return ir.ComplexLit(c, d), err
	}
	f, err := strconv.ParseFloat(s, 64)
	if d == ir.Bool {
		return ir.BoolLit(f != 0), err
	}
	if d == ir.Float32 && err == nil {
		f, err = strconv.ParseFloat(s, 32) // rounded once
	}
	if e, ok := err.(*strconv.NumError); ok && e.Err == strconv.ErrRange && math.IsInf(f, 0) {
		err = nil // as in C, too large is infinite
	}
	return ir.FloatLit(f, d), err
}

// FromIter is the elements that seq yields, all or the first count, as an array of one axis (NumPy fromiter). The dtype
// is T's, as in FromSlice. An iterator that ends before count elements is an error.
func FromIter[T Element](seq iter.Seq[T], count ...int) Array {
	const op = "jnp.FromIter"
	if seq == nil {
		trace.Fail(op, nil, "the iterator is nil")
	}
	n := kit.Optional(op, "number", count, -1)
	data := []T{}
	if n != 0 {
		for x := range seq {
			data = append(data, x)
			if len(data) == n {
				break
			}
		}
	}
	if len(data) < n {
		trace.Fail(op, nil, "%d elements are asked for, and the iterator ended after %d", n, len(data))
	}
	return FromSlice(data)
}

// FromFunction is f of the index of every element of an array of the given shape, computed on the device: f is traced
// once, for one element, whose index it is given as one float scalar for each axis, and mapped over all of them as by
// Vmap (NumPy fromfunction, with JAX's rule that f is given scalars). Where f returns an array, its axes follow those
// of shape. FromFunc calls a Go function on the host.
//
// Options: Creation (DType, Device).
func FromFunction(f func(index ...Array) Array, shape ...int) Array {
	return Creation{}.FromFunction(f, shape...)
}

// FromFunction is the package function's, whose indices have dtype c.DType.
func (c Creation) FromFunction(f func(index ...Array) Array, shape ...int) Array {
	const op = "jnp.FromFunction"
	if f == nil {
		trace.Fail(op, nil, "the function is nil; give one from an index to an element")
	}
	d := c.dtype(op, kit.DefaultFloat())
	refuseBoolCount(op, d)
	trace.CheckShape(op, shape, d)
	if len(shape) == 0 {
		return onDevice(op, f(), c.Device)
	}
	n := ir.SizeOf(shape)
	type params struct {
		Shape []int
		DType ir.DType
	}
	at := trace.Whole(op, params{shape, d}, nil, func([]*value) []*value {
		out := make([]*value, len(shape))
		for i := range shape {
			out[i] = ops.Reshape(ops.Iota(d, shape, i), []int{n})
		}
		return out
	})
	y := together(op, n, kit.Map(at, Wrap), func(index []Array) Array { return f(index...) })
	v := y.val(op)
	return onDevice(op, Wrap(ops.Reshape(v, append(append([]int{}, shape...), v.Shape()[1:]...))), c.Device)
}
