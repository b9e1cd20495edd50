package kit

import (
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"unsafe"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// Narrowing says what happens to inexact data of 64-bit parts, and to 64-bit dtypes asked for, while 64-bit types are
// off.
type Narrowing int32

// See jnp.Narrowing.
const (
	NarrowOnce   Narrowing = iota // rounded; the first time says so on stderr
	NarrowSilent                  // rounded without a word
	NarrowError                   // an error
)

var (
	narrowing atomic.Int32
	narrowSay sync.Once
)

// SetNarrowing sets it for the whole process.
func SetNarrowing(n Narrowing) { narrowing.Store(int32(n)) }

// sayNarrowing reports, in the way chosen, that something of dtype from becomes dtype to; what says it in two verbs.
func sayNarrowing(op, what string, from, to ir.DType) {
	const way = "turn 64-bit types on with gojax.EnableX64(true) or GOJAX_ENABLE_X64=1"
	switch Narrowing(narrowing.Load()) {
	case NarrowError:
		trace.Fail(op, nil, what+", since 64-bit types are off; %s, or ask for %v", from, to, way, to)
	case NarrowOnce:
		narrowSay.Do(func() {
			fmt.Fprintf(os.Stderr,
				"gojax: %s: "+what+", since 64-bit types are off; %s (said once; see jnp.SetNarrowing)\n",
				op, from, to, way)
		})
	}
}

// CheckDType refuses a d that is no dtype, in a call of op on operands of types in.
func CheckDType(op string, d ir.DType, in ...ir.Aval) {
	if !d.Valid() {
		trace.Fail(op, in, "dtype %d is not one of the dtypes, such as jnp.Float32", uint8(d))
	}
}

// AskedDType is the dtype d that a user asked op for, or its 32-bit counterpart while 64-bit types are off, which is
// said.
func AskedDType(op string, d ir.DType, in ...ir.Aval) ir.DType {
	CheckDType(op, d, in...)
	c := d.Canonical(trace.X64())
	if c != d {
		sayNarrowing(op, "dtype %v is taken as %v", d, c)
	}
	return c
}

// FromHost puts the elements of dtype from in b on the device as an array of shape, of dtype from or, while 64-bit
// types are off, its 32-bit counterpart. b must be aligned for the elements.
func FromHost(op string, b []byte, from ir.DType, shape []int) *trace.Value {
	to := from.Canonical(trace.X64())
	shape = trace.CheckShape(op, shape, to)
	if from != to {
		if from.IsInexact() {
			sayNarrowing(op, "%v data are rounded to %v", from, to)
		}
		b = narrow(op, b, from, to)
	}
	return trace.TheRuntime().FromHost(b, ir.Aval{Shape: shape, DType: to})
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
				FailWide(op, x, to)
			}
			return int32(x)
		})
	case ir.Uint64:
		return convertBytes(b, func(x uint64) uint32 {
			if uint64(uint32(x)) != x {
				FailWide(op, x, to)
			}
			return uint32(x)
		})
	}
	panic("kit: narrow from " + from.String())
}

// FailWide is the error of an element x of data that does not fit the integer dtype to.
func FailWide(op string, x any, to ir.DType) {
	trace.Fail(op, nil, "element %v does not fit %v, the widest integer of its kind while 64-bit types are off; "+
		"turn them on with gojax.EnableX64(true) or GOJAX_ENABLE_X64=1", x, to)
}

func convertBytes[S, D any](b []byte, f func(S) D) []byte {
	if len(b) == 0 {
		return nil
	}
	var s S
	return Bytes(Map(unsafe.Slice((*S)(unsafe.Pointer(unsafe.SliceData(b))), len(b)/int(unsafe.Sizeof(s))), f))
}

// Bytes are the bytes of data's elements, which must hold no pointers.
func Bytes[T any](data []T) []byte {
	if len(data) == 0 {
		return nil
	}
	return unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(data))), len(data)*int(unsafe.Sizeof(data[0])))
}

// AlignedBytes are n zero bytes that are aligned for every element type.
func AlignedBytes(n int) []byte { return Bytes(make([]complex128, (n+15)/16))[:n] }

// HostBytes waits for v and copies its elements out; the slice is aligned for every element type.
func HostBytes(op string, v *trace.Value) []byte {
	b := AlignedBytes(v.Aval().Bytes())
	CopyOut(op, v, b)
	return b
}

// CopyOut waits for v and copies its elements to dst, which has their size and is aligned for them.
func CopyOut(op string, v *trace.Value, dst []byte) {
	t := v.Aval()
	v, b := v.Eval()
	if b != nil {
		trace.Fail(op, []ir.Aval{t},
			"the elements of a traced value are not known while %s at %v is being traced; choose with jnp.Where or "+
				"lax.Cond, return it from the function and read it there, or make what it depends on a plain Go "+
				"argument", b.What(), b.Src())
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

// Floats are the numbers v in the default float dtype, which is on purpose where that is float32.
func Floats(v []float64) *trace.Value {
	t := ir.Aval{Shape: []int{len(v)}, DType: DefaultFloat()}
	return trace.TheRuntime().FromHost(ir.FloatBytes(v, t.DType), t)
}
