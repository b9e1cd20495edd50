// Package trace records Go functions into programs.
//
// Its Value is the one handle on an array that the engine knows: concrete (a buffer on a device), a scalar literal, or
// traced (a variable of a program being recorded). Bind applies an operation to Values: it records an equation where a
// trace is open and runs at once where none is. The rules that transforms ask of operations are declared in rules.go.
package trace

import (
	"fmt"

	"github.com/gojax/gojax/ir"
)

// Buffer is what a concrete Value holds; backend/pjrt's buffers implement it without importing trace.
type Buffer interface {
	// Ready waits until the buffer is computed and returns the error of the execution that was to make it.
	Ready() error
	// Delete frees the device memory at once; the buffer must not be used afterwards.
	Delete()
	// Deleted reports whether the memory was freed or given away by donation.
	Deleted() bool
}

// Value is an array as the engine sees it. Values are immutable; a Value that is no longer reachable frees its buffer.
type Value struct {
	aval ir.Aval
	b    *Builder // whose variable v is; nil when concrete or literal
	v    ir.Value // *ir.Var when traced, ir.Lit when literal, nil when concrete
	buf  Buffer   // when concrete
	src  ir.Src   // of the call that launched the computation of buf, where it is worth keeping
}

// Concrete makes the Value of a buffer. src, the line that launched its computation, may be 0.
func Concrete(aval ir.Aval, buf Buffer, src ir.Src) *Value {
	return &Value{aval: aval, buf: buf, src: src}
}

// SetConcrete fills v, which must be new, as Concrete does: it saves an allocation where Values are made in blocks.
func (v *Value) SetConcrete(aval ir.Aval, buf Buffer, src ir.Src) {
	v.aval, v.buf, v.src = aval, buf, src
}

// FromLit makes a scalar Value of a literal. In a trace it stays a literal; run eagerly it becomes an input.
func FromLit(l ir.Lit) *Value { return &Value{aval: l.Aval(), v: l} }

// Aval is the type of a.
func (a *Value) Aval() ir.Aval { return a.aval }

// Shape is the shape of a; it must not be changed.
func (a *Value) Shape() []int { return a.aval.Shape }

// DType is the element type of a.
func (a *Value) DType() ir.DType { return a.aval.DType }

// Rank is the number of axes of a.
func (a *Value) Rank() int { return len(a.aval.Shape) }

// Buffer is the device buffer, nil unless a is concrete.
func (a *Value) Buffer() Buffer { return a.buf }

// Traced reports whether a is a variable of a program being recorded.
func (a *Value) Traced() bool { return a.b != nil }

// Builder is the trace that a is a variable of, nil unless a is traced.
func (a *Value) Builder() *Builder { return a.b }

// Src is the line that launched the computation of a concrete Value, or that recorded a traced one, where known.
func (a *Value) Src() ir.Src {
	if a.b != nil {
		return a.b.srcOf(a.v)
	}
	return a.src
}

// Lit returns the literal that a is.
func (a *Value) Lit() (ir.Lit, bool) {
	if a.b != nil {
		return ir.Lit{}, false
	}
	l, ok := a.v.(ir.Lit)
	return l, ok
}

// WithWeak returns a with its weak flag set or cleared, for concrete and literal Values, whose data do not depend on
// it. The buffer is shared; the result keeps a alive.
func (a *Value) WithWeak(weak bool) *Value {
	if a.aval.Weak == weak {
		return a
	}
	if a.b != nil {
		panic("trace: WithWeak on a traced value: use lax.ConvertWeak")
	}
	c := *a
	c.aval.Weak = weak
	if l, ok := a.v.(ir.Lit); ok {
		l.Weak = weak
		c.v = l
	}
	return &c
}

// Alias is another Value for the same array, for whoever tells Values apart by their address.
func (a *Value) Alias() *Value {
	c := *a
	return &c
}

// String tells what kind of Value a is, and its type.
func (a *Value) String() string {
	switch {
	case a == nil:
		return "no value"
	case a.b != nil:
		return fmt.Sprintf("traced %v (%s)", a.aval, a.b.what)
	case a.buf == nil:
		if l, ok := a.v.(ir.Lit); ok {
			return "literal " + l.String()
		}
		return "no value"
	}
	return a.aval.String()
}

// Avals lists the types of x.
func Avals(x []*Value) []ir.Aval {
	t := make([]ir.Aval, len(x))
	for i, v := range x {
		t[i] = v.aval
	}
	return t
}

// AnyTraced reports whether x must be recorded rather than run: one of x is traced, or this goroutine has an open
// trace.
func AnyTraced(x ...*Value) bool {
	for _, v := range x {
		if v.b != nil {
			return true
		}
	}
	return Current() != nil
}
