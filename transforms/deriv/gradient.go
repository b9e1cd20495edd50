package deriv

import (
	"reflect"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
	"github.com/gojax/gojax/transforms/grad"
)

// Value is an array as the engine sees it.
type Value = trace.Value

// Option changes what is accepted.
type Option func(*options)

type options struct{ holomorphic, allowInt bool }

// Holomorphic is gojax.Holomorphic.
func Holomorphic() Option { return func(o *options) { o.holomorphic = true } }

// AllowInt is gojax.AllowInt.
func AllowInt() Option { return func(o *options) { o.allowInt = true } }

// function is a function to be differentiated.
type function struct {
	*trace.Function
	options
}

func functionOf(op string, f any, opts []Option) *function {
	fn := &function{Function: trace.FunctionOf(op, f)}
	for i, opt := range opts {
		if opt == nil {
			trace.Fail(fn.Op, nil, "option %d is nil", i)
		}
		opt(&fn.options)
	}
	return fn
}

// Gradient is a function that is differentiated in its first arguments.
type Gradient function

// Of is the Gradient of f, which returns a scalar and, where it returns two results, a tree that is not differentiated.
// op is the function of package gojax that was called.
func Of(op string, f any, opts []Option) *Gradient { return (*Gradient)(functionOf(op, f, opts)) }

// Into are pointers to where results go: the value and what comes with it, nil where they are not wanted, and the
// gradients in the first arguments.
type Into struct {
	Value, Aux any
	Grads      []any
}

// At computes value and gradients where args point to.
func (g *Gradient) At(to Into, args ...any) {
	f := (*function)(g)
	in, x := f.take(args...)
	by := in[:len(to.Grads)]
	f.NeedSet(by, trace.ArgName)
	n := 0
	for _, d := range by {
		n += d.NumLeaves()
	}
	x, rest := x[:n], x[n:]
	diff := make([]bool, len(x))
	for i, v := range x {
		diff[i] = f.differentiates(v, func() string { return in.Paths(trace.ArgName)[i] })
	}
	var out trace.Trees
	y, dx := grad.Reverse(f.Op, x, diff, func(x []*Value) (y []*Value) {
		out, y = f.Apply(in, append(x[:len(x):len(x)], rest...))
		f.NeedSet(out[:1], trace.ResultName)
		return y
	}, f.checkScalar)
	for i, d := range by {
		fill(to.Grads[i], d, dx[:d.NumLeaves()])
		dx = dx[d.NumLeaves():]
	}
	fill(to.Value, out[0], y[:1])
	if to.Aux != nil {
		fill(to.Aux, out[1], y[1:])
	}
}

// take flattens the arguments, which args point to. The first must not be an array that was never set.
func (f *function) take(args ...any) (trace.Trees, []*Value) { return take(f.Function, args...) }

func take(f *trace.Function, args ...any) (trace.Trees, []*Value) {
	x := make([]reflect.Value, len(args))
	for i, a := range args {
		x[i] = reflect.ValueOf(a).Elem()
	}
	in, leaves := f.Flatten(x...)
	f.NeedSet(in[:1], trace.ArgName)
	return in, leaves
}

// fill rebuilds a tree where p points to, if it does.
func fill(p any, d *trace.Def, leaves []*Value) {
	if p != nil {
		d.Fill(reflect.ValueOf(p).Elem(), leaves)
	}
}

// differentiates reports whether the leaf v, which messages call path, has a gradient.
func (f *function) differentiates(v *Value, path func() string) bool {
	t := v.Aval()
	switch d := t.DType; {
	case d.IsInexact() && (!f.holomorphic || d.IsComplex()):
		return true
	case d.IsInexact():
		trace.Fail(f.Op, []ir.Aval{t}, "with Holomorphic all arguments are complex; %s is %v", path(), t)
	case !f.allowInt:
		trace.Fail(f.Op, []ir.Aval{t},
			"%s holds integers or bools (%v), which have no gradient; convert it with AsType(jnp.Float32), take it "+
				"from outside the function or as a further argument (Grad2), or allow it with gojax.AllowInt()", path(),
			t)
	}
	return false
}

// checkScalar refuses a result that has no gradient.
func (f *function) checkScalar(y *Value) {
	t := y.Aval()
	switch d := t.DType; {
	case t.Rank() != 0:
		trace.Fail(f.Op, []ir.Aval{t},
			"differentiates functions that return a scalar, and this one returns %v; sum it (jnp.Sum), or use "+
				"gojax.VJP or JacRev", t)
	case f.holomorphic && !d.IsComplex():
		trace.Fail(f.Op, []ir.Aval{t}, "with Holomorphic the function returns a complex number; this one returns %v", t)
	case d.IsComplex() && !f.holomorphic:
		trace.Fail(f.Op, []ir.Aval{t},
			"the function returns a complex number (%v); differentiate its real part, its absolute value, or, if it "+
				"is holomorphic, pass gojax.Holomorphic()", t)
	case !d.IsInexact():
		trace.Fail(f.Op, []ir.Aval{t}, "the function returns %v, which does not vary continuously; return a float", t)
	}
}
