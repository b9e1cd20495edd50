package jit

import (
	"fmt"
	"runtime"
	"slices"
	"sync"
	"unsafe"

	"github.com/gojax/gojax/backend/pjrt"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// kernelPlatform is where programs can call kernels.
var kernelPlatform = "cpu" // another in tests

var hostNotice sync.Once

// hostFor is the device of the CPU on which o, which calls kernels, is run for a device that cannot.
func hostFor(o *spec) *pjrt.Device {
	c, err := pjrt.Open("cpu")
	if err != nil {
		panic(trace.NewError(o.errorOp(o.src), o.p.InTypes(), o.src,
			fmt.Errorf("a program that calls kernels runs on the CPU: %w", err)))
	}
	hostNotice.Do(func() {
		fmt.Fprintf(notices, "gojax: %v: %s calls kernels, which are Go functions: all of it runs on the CPU, and its "+
			"arguments and results are copied from %v and back (said once)\n", o.src, o.name, o.dev)
	})
	return c.Devices()[0]
}

// runKernels runs e, which calls kernels, and waits for its end. So the functions, which handles among the inputs and
// captures keep, are there as long as it runs, and what fails is this call's error. The inputs are waited for before:
// what is ready starts no program on a thread that has promised not to call Go.
func (e *exe) runKernels(d *pjrt.Device, in, out []*pjrt.Buffer) (err error) {
	donate, given := e.donate, in
	if e.host != nil {
		donate = nil
		in = slices.Clone(in)
	}
	for i, b := range in {
		if e.host != nil {
			if in[i], err = b.CopyTo(e.host); err != nil {
				return operandError{i, err}
			}
			defer in[i].Delete()
		}
		if err := in[i].Ready(); err != nil {
			return operandError{i, err}
		}
	}
	if err := e.x.ExecuteCallbacks(in, out, donate); err != nil {
		return err
	}
	for i, b := range out {
		if err := b.Ready(); err != nil {
			return err
		}
		if e.host != nil {
			if out[i], err = b.CopyTo(d); err != nil {
				return err
			}
			b.Delete()
		}
	}
	if e.host != nil {
		e.giveUp(given)
	}
	return nil
}

// CallKernel calls a kernel on the memory of its operands, where the CPU sees that.
func (engine) CallKernel(name string, h *trace.Value, out []ir.Aval, in []*trace.Value) []*trace.Value {
	d, err := deviceOf(in, nil)
	x, y := make([]ir.HostArray, len(in)), make([]ir.HostArray, len(out))
	for i := 0; err == nil && i < len(in); i++ {
		x[i].Aval = in[i].Aval().Clone() // a kernel may write to it
		if b, ok := in[i].Buffer().(*pjrt.Buffer); ok && d.Client().Platform() == kernelPlatform {
			if x[i].Data, err = b.Hold(); err == nil {
				defer b.Release()
			}
			continue
		}
		x[i].Data = make([]byte, x[i].Bytes())
		ToHost(in[i], x[i].Data)
	}
	for i := 0; err == nil && i < len(out); i++ {
		y[i].Aval = out[i].Clone()
		if err = pjrt.CheckHost(int64(out[i].Bytes()), "a kernel's result"); err == nil {
			y[i].Data = pjrt.AlignedBytes(out[i].Bytes())
		}
	}
	if err == nil {
		if err = trace.HostFuncOf(h).Recovered(x, y); err != nil {
			err = fmt.Errorf("kernel %s: %w", name, err)
		}
	}
	res := make([]*trace.Value, len(out))
	for i := 0; err == nil && i < len(out); i++ {
		p := unsafe.Pointer(unsafe.SliceData(y[i].Data))
		var b *pjrt.Buffer
		if b, err = d.Client().FromHostNoCopy(p, out[i].DType, out[i].Shape, d, nil); err == nil {
			res[i] = trace.Concrete(out[i], b, 0)
		}
	}
	if err != nil {
		raise(err, "gojax.Kernel.Call", in, nil)
	}
	runtime.KeepAlive(in)
	return res
}
