package trace

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/gojax/gojax/ir"
)

// Error is what gojax panics with when a computation is asked for that cannot be: gojax.Try turns it into an error.
type Error struct {
	// Op is the function of the library that the user called, as the call stack tells: package and name, "jnp.Add",
	// "gojax.Vmap", "lax.Cond". A method has its type's name too, "stats.Norm.PDF", "jnp.Reduction.Sum"; but those of
	// jnp.Array that are functions as well go by the function's name, "jnp.Sum" for x.Sum(). Only an operation from
	// outside gojax that is bound directly has the name that it gives itself.
	Op   string
	Func string    // the user's function that Op transforms, where it is known: "step"
	In   []ir.Aval // the types of the operands, where there are any
	Src  ir.Src    // the user's line
	Err  error     // what is wrong, and a way out
}

// Error is "file.go:12: jnp.Add(float32[3], float32[4]): what is wrong".
func (e *Error) Error() string {
	var s strings.Builder
	if e.Src != 0 {
		s.WriteString(e.Src.String() + ": ")
	}
	s.WriteString(e.Op)
	if e.Func != "" {
		s.WriteString("(" + e.Func + ")")
	}
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

// NewError is the error that op found in a call at src, with operands of the types in. Error.Op is the function that
// the user called at src. op may be another one, or an operation that it is made of: then the message begins with it,
// unless the two are the same word ("" is never named). Where src does not tell the function, Error.Op is op; so it is
// for "gojax.Jit(step)", which gives Error.Func too.
func NewError(op string, in []ir.Aval, src ir.Src, err error) *Error {
	e := &Error{Op: op, In: in, Src: src, Err: err}
	call := src.Call()
	of, fn, ok := strings.Cut(op, "(")
	switch {
	case ok:
		e.Op, e.Func = of, strings.TrimSuffix(fn, ")")
	case call == "":
		e.Op = cmp.Or(op, "gojax")
	default:
		e.Op = call
		if op != "" && lastWord(op) != lastWord(call) {
			e.Err = fmt.Errorf("%s: %w", op, err)
		}
	}
	return e
}

// lastWord is what names of one thing have in common: "topk" for "top_k" and "lax.TopK".
func lastWord(op string) string {
	return strings.ToLower(strings.ReplaceAll(op[strings.LastIndexByte(op, '.')+1:], "_", ""))
}

// Fail panics with an *Error at the user's line. op is as for NewError.
func Fail(op string, in []ir.Aval, format string, args ...any) {
	panic(NewError(op, in, where(1), fmt.Errorf(format, args...)))
}

// Must panics with an *Error at the user's line unless err is nil. An *Error passes as it is.
func Must(err error, op string, in []ir.Aval) {
	if err == nil {
		return
	}
	if e, ok := err.(*Error); ok {
		panic(e)
	}
	panic(NewError(op, in, where(1), err))
}

// CheckShape is a copy of shape if an array of it and of dtype d can be (see Aval.Check); else op fails.
func CheckShape(op string, shape []int, d ir.DType) []int {
	Must(ir.Aval{Shape: shape, DType: d}.Check(), op, nil)
	return slices.Clone(shape)
}

// CheckHost is CheckShape for an array that is made in Go's memory, and then on a device: there must be room for both.
func CheckHost(op string, shape []int, d ir.DType) []int {
	const small = 1 << 26
	shape = CheckShape(op, shape, d)
	t := ir.Aval{Shape: shape, DType: d}
	if n := int64(t.Bytes()); n > small {
		Must(TheRuntime().CheckHost(n, t.String()), op, nil)
	}
	return shape
}

// maxMany bounds the arrays that a call gives and the steps that it records: a program of more takes minutes to
// compile, and hours.
const maxMany = 1 << 16

// CheckMany refuses so many of what a call of op would make: results, or steps of a program.
func CheckMany(op string, n int, what string, in ...ir.Aval) {
	if n > maxMany {
		Fail(op, in, "it would make %d %s, where a program can have %d; work in larger pieces, with lax.Scan or "+
			"gojax.Vmap", n, what, maxMany)
	}
}

// CheckSteps refuses a count of which each one is several operations in a program.
func CheckSteps(op string, n int, in ...ir.Aval) {
	const each = 32
	CheckMany(op, min(n, maxMany+1)*each, "operations at least", in...)
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
