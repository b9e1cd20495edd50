package callback

import (
	"fmt"
	"regexp"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Kernel is a Go function on slices as an operation.
type Kernel struct {
	name   string
	out    func(in []ir.Aval) ([]ir.Aval, error)
	handle *trace.Value
}

// The name of a kernel is part of programs' texts.
var kernelName = regexp.MustCompile(`^[\pL\pN_.-]+$`)

// NewKernel is the kernel of run, with results of the types that out gives. batch may be nil.
func NewKernel(op, name string, out func(in []ir.Aval) ([]ir.Aval, error), run trace.HostFunc,
	batch trace.BatchFunc) *Kernel {
	if !kernelName.MatchString(name) {
		trace.Fail(op, nil, "the name %q: letters, digits, and the characters _ . - make one", name)
	}
	if out == nil || run == nil {
		trace.Fail(op, nil, "kernel %s: a function is nil", name)
	}
	if f := batch; f != nil {
		batch = func(l ir.Level, in, out []ir.HostArray) error {
			return filled(name, out, func() error { return f(l, in, out) })
		}
	}
	return &Kernel{name, out, trace.KernelHandle(name, func(in, out []ir.HostArray) error {
		return filled(name, out, func() error { return run(in, out) })
	}, batch)}
}

// filled calls f, which is to fill the slices of out.
func filled(name string, out []ir.HostArray, f func() error) error {
	if s := trace.BeginSpan(); s.Recorder() != nil {
		defer s.End(trace.SpanCallback, name, 0, 0)
	}
	var few [4]ir.HostArray
	before := append(few[:0], out...)
	if err := f(); err != nil {
		return err
	}
	for i, a := range before {
		b := out[i].Data
		if len(a.Data) != len(b) || len(b) > 0 && &a.Data[0] != &b[0] {
			return fmt.Errorf("the Go function has set the slice of result %d; it must fill the one that is there", i)
		}
	}
	return nil
}

// Call is what the kernel makes of x. The user's function has shapes of its own to read, and to give away: what it does
// with them later is nothing to arrays.
func (k *Kernel) Call(op string, x []*trace.Value) []*trace.Value {
	in := make([]ir.Aval, len(x))
	for i, v := range x {
		in[i] = v.Aval().Strong().Clone()
	}
	given, err := k.out(in)
	out := make([]ir.Aval, len(given))
	for i := 0; err == nil && i < len(out); i++ {
		if err = given[i].Check(); err == nil && !given[i].DType.Valid() {
			err = fmt.Errorf("its result %d has no dtype", i)
		}
		out[i] = given[i].Strong().Clone()
	}
	if err != nil {
		trace.Must(fmt.Errorf("kernel %s: %w", k.name, err), op, trace.Avals(x))
	}
	return ops.Kernel(k.name, k.handle, out, x...)
}
