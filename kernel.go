package gojax

import (
	"reflect"
	"unsafe"

	"github.com/gojax/gojax/internal/callback"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/trace"
)

// Aval is the type of an array: its shape and dtype (jax.ShapeDtypeStruct).
type Aval = ir.Aval

// HostArray is an array that a kernel reads or fills: its Shape and DType, and its elements (see Elements).
type HostArray = ir.HostArray

// Kernel is a Go function on slices that can be called with arrays, alone or in any program: see NewKernel.
type Kernel struct{ k *callback.Kernel }

// KernelOption changes what NewKernel does.
type KernelOption func(*kernelOptions)

type kernelOptions struct{ batch trace.BatchFunc }

// NewKernel makes an operation of run, a Go function on slices (what RawKernel is in CuPy, and a function under
// guvectorize in Numba). out tells the types of its results for those of its operands, or what is wrong with them. run
// reads the elements of in and fills those of out, which are 0 at first: row-major, in place, without a copy.
//
//	var cumulativeMax = gojax.NewKernel("cumulative_max",
//		func(in []gojax.Aval) ([]gojax.Aval, error) { return in, nil },
//		func(in, out []gojax.HostArray) error {
//			x, y := gojax.Elements[float32](in[0]), gojax.Elements[float32](out[0])
//			for i, v := range x {
//				y[i] = v
//				if i > 0 {
//					y[i] = max(y[i-1], v)
//				}
//			}
//			return nil
//		})
//
// Under Vmap run is called once for each row, by several goroutines where that takes long, unless KernelBatch gives
// another rule. It has no derivative: put CustomJVP or CustomVJP around a function that calls it.
//
// run must be a pure function of in, must not write to it or keep a slice, and may be called by several goroutines at
// once. It may start goroutines, and must not use gojax (PureCallback is for functions that do): within it, to run a
// program is an error. If it returns an error or panics, so does the call, with *Error at the caller's line and the
// kernel's name, which may have letters, digits and the characters _ . and -.
//
// Programs that call kernels are waited for. They run on the CPU: a program on another device has its arguments copied
// there and its results back, which is said once on stderr.
func NewKernel(name string, out func(in []Aval) ([]Aval, error), run func(in, out []HostArray) error,
	opts ...KernelOption) *Kernel {
	var o kernelOptions
	for i, opt := range opts {
		if opt == nil {
			trace.Fail("gojax.NewKernel", nil, "kernel %s: option %d is nil", name, i)
		}
		opt(&o)
	}
	return &Kernel{callback.NewKernel("gojax.NewKernel", name, out, run, o.batch)}
}

// KernelBatch gives a kernel a function for all rows of a mapped axis at once, instead of one for each (as
// jax.custom_batching.custom_vmap does): for what the rows share, say a table that is built once. The operands that
// mapped marks, and all results, have one more axis in front, of the given size.
func KernelBatch(run func(size int, mapped []bool, in, out []HostArray) error) KernelOption {
	if run == nil {
		trace.Fail("gojax.KernelBatch", nil, "the function is nil; without KernelBatch each row is a call")
	}
	return func(o *kernelOptions) {
		o.batch = func(l ir.Level, in, out []HostArray) error { return run(l.Size, l.In, in, out) }
	}
}

// Call is what the kernel makes of the arrays x.
func (k *Kernel) Call(x ...jnp.Array) []jnp.Array {
	const op = "gojax.Kernel.Call"
	if k == nil || k.k == nil {
		trace.Fail(op, nil, "the kernel is not set; gojax.NewKernel makes one")
	}
	v := make([]*trace.Value, len(x))
	for i, a := range x {
		if v[i] = a.TraceValue(); v[i] == nil {
			trace.FailUnset(op, trace.ArgName(i))
		}
	}
	y := k.k.Call(op, v)
	out := make([]jnp.Array, len(y))
	for i, v := range y {
		out[i] = jnp.Wrap(v)
	}
	return out
}

// Elements are the elements of an array that a kernel was given, row-major: to read where it is an operand, to fill
// where it is a result. T is the Go type of the array's dtype (int and uint are 64 bits wide; ir.F16 and ir.BF16 are
// halves); for another one it panics, which is the kernel's error.
func Elements[T jnp.Element](a HostArray) []T {
	t := reflect.TypeFor[T]()
	if d, err := ir.DTypeOf(t); err != nil || d != a.DType {
		trace.Fail("gojax.Elements", []ir.Aval{a.Aval}, "its elements are no %v; convert the argument of the kernel "+
			"(AsType), or take them as what they are", t)
	}
	return unsafe.Slice((*T)(unsafe.Pointer(unsafe.SliceData(a.Data))), a.Size())
}
