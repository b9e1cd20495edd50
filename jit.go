package gojax

import (
	"fmt"
	"reflect"
	"runtime"
	"strings"

	"github.com/gojax/gojax/trace"
	"github.com/gojax/gojax/transforms/jit"
)

// JitOption changes what Jit does.
type JitOption func(*jit.Func)

// DonateArgs gives the arrays of the arguments with these numbers (from 0) to the compiled program, which may use their memory
// for its results. They are gone after the call: using one again is an *Error, as is passing one twice. Where the call is part of
// another trace it has no effect.
func DonateArgs(i ...int) JitOption {
	return func(f *jit.Func) { f.Donate = append(f.Donate, i...) }
}

// OnDevice runs the function on device d: arguments that are elsewhere are copied there.
func OnDevice(d *Device) JitOption {
	return func(f *jit.Func) { f.Device = d }
}

// Named sets the name that messages, compile events and profiles have for the function.
func Named(name string) JitOption {
	return func(f *jit.Func) { f.Name = name }
}

// Jit is f compiled: the function that runs f's operations as one program. It has f's signature, which may be any whose arguments
// are trees of arrays and plain Go values and whose results are trees with arrays. f is traced once for each structure, types
// and static values of the arguments (see the package comment); arrays that f uses from outside are kept as inputs of its
// program. Calls may come from several goroutines at once. Inside another trace the call is recorded there as one.
//
// It panics with *Error for a signature that cannot be jitted.
func Jit[F any](f F, opts ...JitOption) F {
	fv, fn := newFunc("Jit", f, opts)
	if g := jitArrays(f, fn); g != nil {
		return g.(F)
	}
	j := &jitted{fn: fn, f: fv, args: argNames(fv.Type())}
	return makeFunc[F](fv.Type(), j.call)
}

// newFunc checks f's signature and makes its jit.Func.
func newFunc[F any](op string, f F, opts []JitOption) (reflect.Value, *jit.Func) {
	fv := reflect.ValueOf(f)
	if fv.Kind() != reflect.Func || fv.IsNil() {
		trace.Fail(op, nil, "want a function, not %s", describe(fv))
	}
	fn := &jit.Func{Name: funcName(fv)}
	for i, o := range opts {
		if o == nil {
			trace.Fail(op+"("+fn.Name+")", nil, "option %d is nil", i)
		}
		o(fn)
	}
	t := fv.Type()
	for i := range t.NumIn() {
		trace.Must(trace.CheckTree(t.In(i), fmt.Sprintf("args[%d]", i)), op+"("+fn.Name+")", nil)
	}
	if t.NumOut() == 0 {
		trace.Fail(op+"("+fn.Name+")", nil, "the function returns nothing; return the arrays that it computes")
	}
	for i := range t.NumOut() {
		name := fmt.Sprintf("result %d", i)
		trace.Must(trace.CheckTree(t.Out(i), name), op+"("+fn.Name+")", nil)
		if o := t.Out(i); !trace.MayHoldArrays(o) || o == reflect.TypeFor[error]() {
			trace.Fail(op+"("+fn.Name+")", nil, "%s is %v, which is not an array nor a tree of arrays; return a jnp.Array, or a struct, slice or map of them", name, o)
		}
	}
	for _, i := range fn.Donate {
		if i < 0 || i >= t.NumIn() {
			trace.Fail(op+"("+fn.Name+")", nil, "DonateArgs(%d): the function has %d arguments", i, t.NumIn())
		}
	}
	return fv, fn
}

// describe says what was given for a function: "int", "a nil func()".
func describe(f reflect.Value) string {
	switch {
	case !f.IsValid():
		return "nil"
	case f.Kind() == reflect.Func:
		return "a nil " + f.Type().String()
	}
	return f.Type().String()
}

// funcName is "step" for main.step, "main.func1" for a literal in main, "Grad" for what Grad returned.
func funcName(f reflect.Value) string {
	r := runtime.FuncForPC(f.Pointer())
	if r == nil {
		return "func"
	}
	n := r.Name()
	if own, ok := strings.CutPrefix(n, "github.com/gojax/gojax."); ok { // what Grad and its like return
		n, _, _ = strings.Cut(own, "[...].")
		return n
	}
	n = n[strings.LastIndexByte(n, '/')+1:]
	if _, rest, ok := strings.Cut(n, "."); ok {
		n = rest
	}
	return strings.TrimSuffix(n, "-fm")
}

func argNames(t reflect.Type) []string {
	names := make([]string, t.NumIn())
	for i := range names {
		names[i] = fmt.Sprintf("args[%d]", i)
	}
	return names
}

// jitted is a jitted function of any signature.
type jitted struct {
	fn   *jit.Func
	f    reflect.Value
	args []string
}

func (j *jitted) call(args []reflect.Value) []reflect.Value {
	var lb [32]*trace.Value
	var kb [256]byte
	leaves, key := lb[:0], kb[:0]
	for i, a := range args {
		leaves, key = trace.AppendTreeAs(j.args[i], a, leaves, key)
	}
	en := j.fn.Find(leaves, key)
	if en == nil {
		en = j.make(args, leaves, key)
	}
	return rebuild(en.Out.([]*trace.Def), en.Call(leaves))
}

func (j *jitted) make(args []reflect.Value, leaves []*trace.Value, key []byte) *jit.Entry {
	defs := j.defs(args)
	return j.fn.Make(leaves, key, defs, j.body(defs))
}

func (j *jitted) defs(args []reflect.Value) []*trace.Def {
	defs := make([]*trace.Def, len(args))
	for i, a := range args {
		defs[i], _ = trace.FlattenTree(a)
	}
	return defs
}

// body is f on leaves.
func (j *jitted) body(defs []*trace.Def) func(x []*trace.Value) ([]*trace.Value, any) {
	return func(x []*trace.Value) ([]*trace.Value, any) {
		results := callFunc(j.f, rebuild(defs, x))
		out := make([]*trace.Def, len(results))
		var leaves []*trace.Value
		for i, r := range results {
			var l []*trace.Value
			out[i], l = trace.FlattenTree(r)
			if k := r.Kind(); len(l) == 0 && (k == reflect.Interface || r.Type().Implements(reflect.TypeFor[trace.Leaf]())) {
				trace.Fail("Jit("+j.fn.Name+")", nil, "result %d of the function (%v) is not an array: it is %v", i, r.Type(), out[i])
			}
			leaves = append(leaves, l...)
		}
		return leaves, out
	}
}

func rebuild(defs []*trace.Def, leaves []*trace.Value) []reflect.Value {
	out := make([]reflect.Value, len(defs))
	for i, d := range defs {
		n := d.NumLeaves()
		out[i] = d.Unflatten(leaves[:n])
		leaves = leaves[n:]
	}
	return out
}
