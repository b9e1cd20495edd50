package jit

import (
	"bytes"
	"errors"
	"os"
	"strings"
	"sync"
	"testing"
	"unsafe"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Where programs cannot call kernels, they run on the CPU, and are given copies.
func TestKernelsElsewhere(t *testing.T) {
	var out bytes.Buffer
	kernelPlatform, notices, hostNotice = "none", &out, sync.Once{}
	defer func() { kernelPlatform, notices = "cpu", os.Stderr }()
	k := trace.KernelHandle("sum", func(in, out []ir.HostArray) error {
		x := unsafe.Slice((*float32)(unsafe.Pointer(&in[0].Data[0])), 3)
		if x[0] < 0 {
			return errors.New("negative")
		}
		*(*float32)(unsafe.Pointer(&out[0].Data[0])) = x[0] + x[1] + x[2]
		return nil
	}, nil)
	f := func(x *trace.Value) *trace.Value { return ops.Kernel("sum", k, []ir.Aval{ir.Scalar(ir.Float32)}, x)[0] }
	x := FromHost(unsafe.Pointer(&[]float32{1, 2, 3}[0]), ir.Aval{Shape: []int{3}, DType: ir.Float32}, nil)
	wrap := func(v *trace.Value) *trace.Value { return v }
	jitted := &arraysCall[*trace.Value]{fn: &Func{Name: "f"}, wrap: wrap, unwrap: wrap,
		f: func(x []*trace.Value) []*trace.Value {
			return []*trace.Value{ops.Add(f(ops.Neg(ops.Neg(x[0]))), f(x[0]))}
		}}
	for range 2 {
		var y, z [4]byte
		ToHost(f(x), y[:])
		ToHost(jitted.one([]*trace.Value{x}), z[:])
		if a, b := *(*float32)(unsafe.Pointer(&y)), *(*float32)(unsafe.Pointer(&z)); a != 6 || b != 12 {
			t.Errorf("got %v, %v", a, b)
		}
	}
	if err := trace.Try(func() { jitted.one([]*trace.Value{ops.Neg(x)}) }); err == nil ||
		!strings.Contains(err.Error(), "kernel sum: negative") {
		t.Error(err)
	}
	if s := out.String(); strings.Count(s, "said once") != 1 || !strings.Contains(s, "f calls kernels") {
		t.Errorf("said %q", s)
	}
}
