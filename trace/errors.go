package trace

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gojax/gojax/ir"
)

// Error is what gojax panics with when a computation is asked for that cannot be: gojax.Try turns it into an error.
type Error struct {
	Op  string    // the operation, as the user wrote it: "jnp.Add", "Vmap"
	In  []ir.Aval // the types of its operands, where it has any
	Src ir.Src    // the user's line
	Err error     // what is wrong, and a way out
}

// Error is "file.go:12: jnp.Add(float32[3], float32[4]): what is wrong".
func (e *Error) Error() string {
	var s strings.Builder
	if e.Src != 0 {
		s.WriteString(e.Src.String() + ": ")
	}
	s.WriteString(e.Op)
	if len(e.In) > 0 {
		s.WriteByte('(')
		for i, a := range e.In {
			if i > 0 {
				s.WriteString(", ")
			}
			s.WriteString(a.String())
		}
		s.WriteByte(')')
	}
	s.WriteString(": " + e.Err.Error())
	return s.String()
}

// Unwrap is the cause.
func (e *Error) Unwrap() error { return e.Err }

// Fail panics with an *Error at the user's line.
func Fail(op string, in []ir.Aval, format string, args ...any) {
	panic(&Error{Op: op, In: in, Src: where(1), Err: fmt.Errorf(format, args...)})
}

// Must panics with an *Error at the user's line unless err is nil. An *Error passes as it is.
func Must(err error, op string, in []ir.Aval) {
	if err == nil {
		return
	}
	if e, ok := err.(*Error); ok {
		panic(e)
	}
	panic(&Error{Op: op, In: in, Src: where(1), Err: err})
}

// CheckShape is a copy of shape if its lengths are not negative and an array of it and of dtype d fits the address space; else
// op fails.
func CheckShape(op string, shape []int, d ir.DType) []int {
	for _, n := range shape {
		if n < 0 {
			Fail(op, nil, "shape %v has a negative length", shape)
		}
	}
	if (ir.Aval{Shape: shape, DType: d}).Bytes() < 0 {
		Fail(op, nil, "an array of shape %v and dtype %v has more bytes than memory can address", shape, d)
	}
	return slices.Clone(shape)
}

// where is the user's line: that of the equation being replayed, if any, else that of the caller.
func where(skip int) ir.Src {
	if b := Current(); b != nil && b.at != 0 {
		return b.at
	}
	return ir.Sure(skip + 1)
}

// Try runs f and returns the *Error it panics with, if any; other panics pass.
func Try(f func()) (err error) {
	defer func() {
		if r := recover(); r != nil {
			e, ok := r.(*Error)
			if !ok {
				panic(r)
			}
			err = e
		}
	}()
	f()
	return nil
}
