package gojax

import (
	"github.com/gojax/gojax/backend/pjrt"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/transforms/jit"
)

// MakeProgram is the program that f is traced to for the given arguments, as f was written: nothing is left out or
// merged yet.
func MakeProgram[F any](f F) func(args ...any) *ir.Program { return jit.MakeProgram(f) }

// Lower traces f for the given arguments, without running it: Lower(f)(x, y) is what Jit(f)(x, y) would compile. The
// arguments must be assignable to f's parameters.
func Lower[F any](f F, opts ...JitOption) func(args ...any) *Lowered[F] {
	lower := jit.Lower(f, opts)
	return func(args ...any) *Lowered[F] { return &Lowered[F]{lower(args...)} }
}

// Lowered is a function traced for arguments of certain types.
type Lowered[F any] struct{ l *jit.Lowered }

// Program is the traced program. Its inputs are the arrays of the arguments in order, and then those that the function
// uses from outside.
func (l *Lowered[F]) Program() *ir.Program { return l.l.Program() }

// Text is the StableHLO text, with the user's file and line on every operation.
func (l *Lowered[F]) Text() string { return l.l.Text() }

// Compile compiles the program for the device of the arguments that it was lowered with.
func (l *Lowered[F]) Compile() (*Compiled[F], error) {
	call, x, err := l.l.Compile()
	if err != nil {
		return nil, err
	}
	return &Compiled[F]{Call: call.Interface().(F), x: x}, nil
}

// Compiled is a function compiled ahead of time.
type Compiled[F any] struct {
	// Call runs the program. Arguments of other types or structure than it was lowered for are an *Error.
	Call F

	x *pjrt.Executable
}

// Text is the optimized program as the plugin prints it (HLO); an error where it does not.
func (c *Compiled[F]) Text() (string, error) { return c.x.Text() }

// CostAnalysis is the compiler's estimate of the work, by the plugin's names ("flops", "bytes accessed"); an error
// where it has none.
func (c *Compiled[F]) CostAnalysis() (map[string]float64, error) { return c.x.CostAnalysis() }

// CompiledMemory is what the compiler knows about a program's memory, in bytes.
type CompiledMemory = pjrt.CompiledMemory

// MemoryAnalysis is the memory that the program takes for arguments, results and temporaries.
func (c *Compiled[F]) MemoryAnalysis() (CompiledMemory, error) { return c.x.Memory() }
