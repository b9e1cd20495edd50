package gojax

import (
	"errors"

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

// CostAnalysis is the work of the program from its operations alone, as Compiled.CostAnalysis describes it.
func (l *Lowered[F]) CostAnalysis() map[string]float64 { return costs(l.l.Program()) }

// costs is the work of p by the names of plugins, and by operation.
func costs(p *ir.Program) map[string]float64 {
	by := p.Costs()
	all := ir.Total(by)
	m := map[string]float64{"flops": all.Flops, "bytes accessed": all.Bytes}
	for name, c := range by {
		m["flops "+name], m["bytes accessed "+name] = c.Flops, c.Bytes
	}
	return m
}

// Compile compiles the program for the device of the arguments that it was lowered with.
func (l *Lowered[F]) Compile() (*Compiled[F], error) {
	call, x, err := l.l.Compile()
	if err != nil {
		return nil, err
	}
	return &Compiled[F]{Call: call.Interface().(F), x: x, p: l.Program()}, nil
}

// Compiled is a function compiled ahead of time.
type Compiled[F any] struct {
	// Call runs the program. Arguments of other types or structure than it was lowered for are an *Error.
	Call F

	x *pjrt.Executable
	p *ir.Program
}

// Text is the optimized program as the plugin prints it (HLO); an error where it does not.
func (c *Compiled[F]) Text() (string, error) { return c.x.Text() }

// CostAnalysis is an estimate of the work: the compiler's, by the plugin's names ("flops", "bytes accessed"), or where
// the plugin has none, as those for the CPU, one from the operations of the program. That has the two names, and both
// once more for each operation ("flops dot_general"). Flops are counted as in textbooks: a multiplication and an
// addition are two, a function of an element is one, data that are moved none; a loop whose rounds are not known is one
// round, and a Cond its dearest branch. Bytes are those of all operands and results, of which a compiler saves many.
func (c *Compiled[F]) CostAnalysis() (map[string]float64, error) {
	if m, err := c.x.CostAnalysis(); err == nil && m["flops"] > 0 {
		return m, nil
	} else if errors.Is(err, pjrt.ErrDeleted) {
		return nil, err
	}
	return costs(c.p), nil
}

// CompiledMemory is what the compiler knows about a program's memory, in bytes.
type CompiledMemory = pjrt.CompiledMemory

// MemoryAnalysis is the memory that the program takes for arguments, results and temporaries.
func (c *Compiled[F]) MemoryAnalysis() (CompiledMemory, error) { return c.x.Memory() }
