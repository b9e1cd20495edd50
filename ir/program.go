package ir

import (
	"fmt"
	"sync/atomic"
)

// Value is an operand of an equation: a *Var or a Lit.
type Value interface{ Aval() Aval }

// Var is a variable of one program, defined once: as an input or as an output of one equation. It is its own identity.
type Var struct{ Ty Aval }

// Aval is the variable's type.
func (v *Var) Aval() Aval { return v.Ty }

// Op is an operation with its parameters: its fields are the parameters, its methods its rules. Ops are never changed
// once bound. Name is unique among operation types. Infer gives the types of the outputs, or says what is wrong with
// the operands.
type Op interface {
	Name() string
	Infer(in []Aval) ([]Aval, error)
}

// Nested is implemented by every operation that holds programs.
type Nested interface {
	Op
	Programs() []*Program
}

// DCEr drops unused outputs of an operation that holds programs: it returns the smaller operation and which of the
// inputs and outputs it keeps.
type DCEr interface {
	Op
	DCE(usedOut []bool) (op Op, keptIn, keptOut []bool)
}

// Effectful operations are never dropped, merged or reordered; Effect names what they do.
type Effectful interface {
	Op
	Effect() string
}

// Eqn is one application of an operation.
type Eqn struct {
	Op  Op
	In  []Value
	Out []*Var
	Src Src
}

// Program is a straight-line, typed, single-assignment program. It is not changed once built, so that it may be shared
// between goroutines and between operations that hold it.
type Program struct {
	In   []*Var
	Eqns []Eqn
	Out  []Value

	key    atomic.Pointer[string]
	extent atomic.Pointer[extent]
}

const (
	// MaxDepth is how deep programs can hold programs. What XLA needs grows faster than the depth.
	MaxDepth = 1000
	// MaxEqns is how many equations a program can have, those of the programs that it holds counted where they are
	// used: functions that call others twice each are soon more than memory holds.
	MaxEqns = 1 << 20
)

// extent is how deep a program holds others, and how many equations it has with theirs, where that is less than 1<<60.
type extent struct{ depth, eqns int }

// measure is p's extent, which is found once: a program that is held by another does not change.
func (p *Program) measure() extent {
	if e := p.extent.Load(); e != nil {
		return *e
	}
	m := extent{1, len(p.Eqns)}
	for i := range p.Eqns {
		if n, ok := p.Eqns[i].Op.(Nested); ok {
			for _, q := range n.Programs() {
				k := q.measure()
				m.depth, m.eqns = max(m.depth, k.depth+1), min(m.eqns+k.eqns, 1<<60)
			}
		}
	}
	p.extent.Store(&m)
	return m
}

// CheckExtent says why p cannot be compiled, or held by another program: it is too deep or too large.
func (p *Program) CheckExtent() error {
	m := p.measure()
	if m.depth > MaxDepth {
		return fmt.Errorf("functions and loops are nested more than %d deep; does a function call itself without end?",
			MaxDepth)
	}
	if m.eqns > MaxEqns {
		return fmt.Errorf("the program has more than %d operations, counted wherever a function is called; use "+
			"lax.Scan or lax.ForiLoop for what repeats", MaxEqns)
	}
	return nil
}

// InTypes lists the types of the inputs.
func (p *Program) InTypes() []Aval {
	t := make([]Aval, len(p.In))
	for i, v := range p.In {
		t[i] = v.Ty
	}
	return t
}

// OutTypes lists the types of the outputs.
func (p *Program) OutTypes() []Aval {
	t := make([]Aval, len(p.Out))
	for i, v := range p.Out {
		t[i] = v.Aval()
	}
	return t
}

// NumEqns counts the equations, those of nested programs included.
func (p *Program) NumEqns() int {
	n := 0
	p.Walk(func(*Eqn) { n++ })
	return n
}

// Walk calls f for every equation, those of nested programs after the one that holds them.
func (p *Program) Walk(f func(*Eqn)) {
	for i := range p.Eqns {
		e := &p.Eqns[i]
		f(e)
		if n, ok := e.Op.(Nested); ok {
			for _, q := range n.Programs() {
				q.Walk(f)
			}
		}
	}
}

// Effects reports whether p or a program in it holds an effectful operation.
func (p *Program) Effects() bool {
	for i := range p.Eqns {
		if OpEffects(p.Eqns[i].Op) {
			return true
		}
	}
	return false
}

// OpEffects reports whether op is effectful or holds a program that is.
func OpEffects(op Op) bool {
	if _, ok := op.(Effectful); ok {
		return true
	}
	if n, ok := op.(Nested); ok {
		for _, q := range n.Programs() {
			if q.Effects() {
				return true
			}
		}
	}
	return false
}

// SmallLoopsAttribute is the attribute of a module that says below how many bytes in a round a loop is small: then it
// is made one function, where the compiler can.
const SmallLoopsAttribute = "gojax.small_loops"
