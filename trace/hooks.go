package trace

import (
	"fmt"

	"github.com/gojax/gojax/ir"
)

// Hooks are what packages above this one do for it and for the operations. transforms/jit installs them: a program that
// computes anything links it in.
type Hooks struct {
	// Runtime runs programs and moves arrays.
	Runtime Runtime
	// Vmap maps p over an axis of the given size: in[i] is where input i has it, or NotMapped, and out[i] where output
	// i is to have it (nil: where it falls); the second result is where each output has it. what names the function in
	// messages.
	Vmap func(p *ir.Program, size int, in, out []int, what string) (*ir.Program, []int)
}

// Runtime is how concrete Values are run and moved.
type Runtime interface {
	// Bind runs one operation. Literals among in become inputs of its program.
	Bind(op ir.Op, in []*Value) []*Value
	// Run runs a program, found again by its structural key.
	Run(p *ir.Program, in []*Value) []*Value
	// RunNamed is Run with a name for messages: "gojax.Vmap".
	RunNamed(name string, p *ir.Program, in []*Value) []*Value
	// Whole runs what build records, found again by name, params and the types of in. See Whole.
	Whole(name string, params any, in []*Value, build func(x []*Value) []*Value) []*Value
	// CallKernel calls the kernel of that name, of which h is the handle, for results of the types out.
	CallKernel(name string, h *Value, out []ir.Aval, in []*Value) []*Value
	// FromHost copies size(aval) bytes, row-major, to the default device (or that of the goroutine).
	FromHost(data []byte, aval ir.Aval) *Value
	// CheckHost refuses an array of so many bytes that there is no room for in Go's memory and on a device.
	CheckHost(bytes int64, what string) error
	// ToHost waits for v and copies its bytes, row-major.
	ToHost(v *Value, dst []byte)
}

var hooks Hooks

// SetHooks installs the hooks. It is called once, before main.
func SetHooks(h Hooks) { hooks = h }

// TheRuntime is the installed runtime.
func TheRuntime() Runtime {
	if hooks.Runtime == nil {
		notLinked()
	}
	return hooks.Runtime
}

// Vmap is Hooks.Vmap.
func Vmap(p *ir.Program, size int, in, out []int, what string) (*ir.Program, []int) {
	if hooks.Vmap == nil {
		notLinked()
	}
	return hooks.Vmap(p, size, in, out, what)
}

func notLinked() {
	panic(NewError("", nil, where(1),
		fmt.Errorf("no runtime is linked in: import github.com/gojax/gojax (or its jnp or "+
			"transforms/jit)")))
}
