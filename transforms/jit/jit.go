package jit

import (
	"reflect"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// Option changes how a function is jitted.
type Option func(*Func)

// Jit is f, of any signature, compiled: see gojax.Jit. wrap and unwrap make arrays of the user's type A of values and
// back. The common signatures, one to four arrays in and one or two out, do without reflection.
func Jit[F, A any](f F, wrap func(*trace.Value) A, unwrap func(A) *trace.Value, opts []Option) F {
	j := newJitted("gojax.Jit", f, opts)
	c, v := &arraysCall[A]{fn: j.fn, wrap: wrap, unwrap: unwrap}, unwrap
	var h any // its closures are here because errors name the function that holds them
	switch g := any(f).(type) {
	case func(A) A:
		c.f = func(x []A) []A { return list(g(x[0])) }
		h = func(a A) A { return c.one([]*trace.Value{v(a)}) }
	case func(A, A) A:
		c.f = func(x []A) []A { return list(g(x[0], x[1])) }
		h = func(a, b A) A { return c.one([]*trace.Value{v(a), v(b)}) }
	case func(A, A, A) A:
		c.f = func(x []A) []A { return list(g(x[0], x[1], x[2])) }
		h = func(a, b, d A) A { return c.one([]*trace.Value{v(a), v(b), v(d)}) }
	case func(A, A, A, A) A:
		c.f = func(x []A) []A { return list(g(x[0], x[1], x[2], x[3])) }
		h = func(a, b, d, e A) A { return c.one([]*trace.Value{v(a), v(b), v(d), v(e)}) }
	case func(A) (A, A):
		c.f = func(x []A) []A { return list(g(x[0])) }
		h = func(a A) (A, A) { return c.two([]*trace.Value{v(a)}) }
	case func(A, A) (A, A):
		c.f = func(x []A) []A { return list(g(x[0], x[1])) }
		h = func(a, b A) (A, A) { return c.two([]*trace.Value{v(a), v(b)}) }
	case func(A, A, A) (A, A):
		c.f = func(x []A) []A { return list(g(x[0], x[1], x[2])) }
		h = func(a, b, d A) (A, A) { return c.two([]*trace.Value{v(a), v(b), v(d)}) }
	case func(A, A, A, A) (A, A):
		c.f = func(x []A) []A { return list(g(x[0], x[1], x[2], x[3])) }
		h = func(a, b, d, e A) (A, A) { return c.two([]*trace.Value{v(a), v(b), v(d), v(e)}) }
	default:
		h = j.f.Make(func(args []reflect.Value) []reflect.Value { return j.call(args) }).Interface()
	}
	return h.(F)
}

// MakeProgram is the program that f is traced to for given arguments, as f was written: see gojax.MakeProgram.
func MakeProgram(f any) func(args ...any) *ir.Program {
	j := newJitted("gojax.MakeProgram", f, nil)
	return func(args ...any) *ir.Program {
		in, leaves := j.f.Flatten(j.f.Pack(args)...)
		return j.fn.Trace(leaves, in, j.body(in))
	}
}

// jitted is a jitted function of any signature.
type jitted struct {
	fn *Func
	f  *trace.Function
}

// newJitted checks the signature of f, which op compiles.
func newJitted(op string, f any, opts []Option) *jitted {
	j := &jitted{f: trace.FunctionOf(op, f)}
	j.fn = &Func{Op: op, Name: j.f.Name}
	for i, o := range opts {
		if o == nil {
			trace.Fail(j.f.Op, nil, "option %d is nil", i)
		}
		o(j.fn)
	}
	if j.fn.Device != nil && (j.fn.In != nil || j.fn.Out != nil) {
		trace.Fail(j.f.Op, nil, "OnDevice runs the function on one device, and InShardings and OutShardings run it "+
			"over a mesh; give one of them")
	}
	j.f.Rename(j.fn.Name)
	t := j.f.Type()
	if t.NumOut() == 0 {
		trace.Fail(j.f.Op, nil, "the function returns nothing; return the arrays that it computes")
	}
	for i := range t.NumOut() {
		if o := t.Out(i); !trace.MayHoldArrays(o) || o == reflect.TypeFor[error]() {
			trace.Fail(j.f.Op, nil,
				"%s is %v, which is not an array nor a tree of arrays; return a jnp.Array, or a struct, slice or map "+
					"of them", trace.ResultName(i), o)
		}
	}
	for _, i := range j.fn.Donate {
		if i < 0 || i >= t.NumIn() {
			trace.Fail(j.f.Op, nil, "DonateArgs(%d): the function has %d arguments", i, t.NumIn())
		}
	}
	if j.fn.InPlace && len(j.fn.Donate) == 0 {
		trace.Fail(j.f.Op, nil,
			"RequireInPlace says that given arrays are not copied, and none is given; add DonateArgs")
	}
	return j
}

func (j *jitted) call(args []reflect.Value) []reflect.Value {
	var lb [32]*trace.Value
	var kb [256]byte
	leaves, key := j.f.AppendTrees(args, lb[:0], kb[:0])
	en := j.fn.Find(leaves, key)
	if en == nil {
		en = j.make(args, leaves, key)
	}
	return en.Out.Unflatten(en.Call(leaves))
}

func (j *jitted) make(args []reflect.Value, leaves []*trace.Value, key []byte) *Entry {
	in, _ := j.f.Flatten(args...)
	return j.fn.Make(leaves, key, in, j.body(in))
}

// body is the function on leaves.
func (j *jitted) body(in trace.Trees) Body {
	return func(x []*trace.Value) ([]*trace.Value, trace.Trees) {
		out, y := j.f.Apply(in, x)
		j.f.NeedSet(out, trace.ResultName)
		for i, d := range out {
			if d.NumLeaves() == 0 && d.Type().Kind() == reflect.Interface {
				trace.Fail(j.f.Op, nil, "%s (%v) is not an array: it is %v", trace.ResultName(i), d.Type(), d)
			}
		}
		return y, out
	}
}
