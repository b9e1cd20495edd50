package optim

import (
	"math"
	"reflect"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/trace"
)

// Most transformations treat every array by itself. They are rules: what is kept of an array, and how its update is
// made. Of a rule and a type of parameters leafwise makes the Transform.

// rule is a transformation of single arrays.
type rule struct {
	keeps  []keep
	counts bool
	rate   any // a rate (see rateOf) that step finds as leaf.rate; nil: none
	step   func(x *leaf) jnp.Array
}

// keep is something that is kept of every array: its name in State.Trees, and what it is before the first step.
type keep struct {
	name  string
	first func(p jnp.Array) jnp.Array
}

// leaf is an array in a step.
type leaf struct {
	g, p  jnp.Array            // the gradient, or what the parts before made of it; the parameters
	kept  map[string]jnp.Array // by name; a rule puts there what is kept for the next step
	count jnp.Array            // of steps, this one included
	rate  any                  // a float64 or an Array
}

// leafwise is the Transform of a rule.
func leafwise[P any](r rule) Transform[P] {
	schedule, scheduled := r.rate.(Schedule)
	counts := r.counts || scheduled
	init := func(p P) (s State[P]) {
		if counts {
			s.Count = jnp.Creation{DType: jnp.Int32}.Zeros()
		}
		def, x := apart(p)
		for _, k := range r.keeps {
			s.keep(k.name, treeOf[P](def, kit.Map(x, k.first)))
		}
		return s
	}
	update := func(g P, s State[P], at At[P]) (_ P, next State[P]) {
		rate := r.rate
		if scheduled {
			rate = number("optim.Transform.Update", "what the schedule gives", schedule(countOf(s)), nil)
		}
		if counts {
			next.Count = after(countOf(s))
		}
		def, out := apart(g)
		_, p := apart(at.Params)
		kept := kit.Map(r.keeps, func(k keep) []jnp.Array {
			d, x := apart(s.Trees[k.name])
			if !d.Equal(def) {
				wrongState("its tree \"" + k.name + "\" is not like the parameters")
			}
			return x
		})
		for i := range out {
			x := leaf{out[i], p[i], map[string]jnp.Array{}, next.Count, rate}
			for j, k := range r.keeps {
				x.kept[k.name] = kept[j][i]
			}
			out[i] = r.step(&x)
			for j, k := range r.keeps {
				kept[j][i] = x.kept[k.name].AsType(kept[j][i].DType())
			}
		}
		for j, k := range r.keeps {
			next.keep(k.name, treeOf[P](def, kept[j]))
		}
		return treeOf[P](def, out), next
	}
	return Transform[P]{init, update}
}

// keep puts a tree into s.
func (s *State[P]) keep(name string, t P) {
	if s.Trees == nil {
		s.Trees = map[string]P{}
	}
	s.Trees[name] = t
}

// apart is the structure of t and its arrays.
func apart[P any](t P) (*trace.Def, []jnp.Array) {
	def, x := trace.Flatten(t)
	return def, kit.Map(x, jnp.Wrap)
}

// treeOf puts a tree together.
func treeOf[P any](def *trace.Def, x []jnp.Array) P {
	return trace.Unflatten[P](def, kit.Map(x, jnp.Array.TraceValue))
}

func countOf[P any](s State[P]) jnp.Array {
	if s.Count.TraceValue() == nil {
		wrongState("it has no Count")
	}
	return s.Count
}

// after is count and 1, which stays at the largest integer.
func after(count jnp.Array) jnp.Array { return jnp.Minimum(count, math.MaxInt32-1).Add(1) }

// zeros are zeros of dtype d, or of p's own.
func zeros(d jnp.DType) func(p jnp.Array) jnp.Array { return filled(0.0, d) }

// filled are arrays of v like p, strongly typed, of dtype d or of p's own.
func filled(v any, d jnp.DType) func(p jnp.Array) jnp.Array {
	return func(p jnp.Array) jnp.Array {
		c := jnp.Creation{DType: d}
		if !d.Valid() {
			c.DType = p.DType()
		}
		return c.Full(p.Shape(), v)
	}
}

// Number is what hyperparameters are: a Go number, or an array without axes, whose value may be traced.
type Number interface {
	jnp.Array | ~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64 |
		~float32 | ~float64
}

// Rate is a learning rate: a number, or a Schedule.
type Rate interface {
	Number | ~func(count jnp.Array) jnp.Array
}

// rateOf is a rate as transformations have it: a float64, an Array or a Schedule. nil is otherwise.
func rateOf(op, what string, x, otherwise any) any {
	if x == nil {
		return otherwise
	}
	if v := reflect.ValueOf(x); v.Kind() == reflect.Func {
		if t := reflect.TypeFor[Schedule](); v.Type().ConvertibleTo(t) {
			if v.IsNil() {
				trace.Fail(op, nil, "%s is a nil Schedule; give a number, or make a Schedule, such as "+
					"optim.CosineDecay(1e-3, 500)", what)
			}
			return v.Convert(t).Interface()
		}
	}
	return number(op, what, x, otherwise)
}

// number is a hyperparameter as rules have it: a float64 for every Go number, or an Array without axes. nil is
// otherwise.
func number(op, what string, x, otherwise any) any {
	if x == nil {
		return otherwise
	}
	if a, ok := x.(jnp.Array); ok {
		if v := kit.Value(op, a); v.Rank() == 0 && (v.DType().IsFloat() || v.DType().IsInteger()) {
			return a
		}
		trace.Fail(op, nil, "%s is %v; it must be a number, or an array of one without axes", what,
			a.TraceValue().Aval())
	}
	switch v := reflect.ValueOf(x); {
	case v.CanInt():
		return float64(v.Int())
	case v.CanUint():
		return float64(v.Uint())
	case v.CanFloat():
		return v.Float()
	}
	trace.Fail(op, nil, "%s is a %T; it must be a number, or an array of one without axes", what, x)
	return nil
}

// array is a number as an Array.
func array(x any) jnp.Array {
	if a, ok := x.(jnp.Array); ok {
		return a
	}
	return jnp.AsArray(x)
}

// minus, times and over compute with numbers, in Go where both are Go's.
func minus(x, y any) any {
	return combine(x, y, func(x, y float64) float64 { return x - y }, jnp.Array.Sub)
}

func times(x, y any) any {
	return combine(x, y, func(x, y float64) float64 { return x * y }, jnp.Array.Mul)
}

func over(x, y any) any {
	return combine(x, y, func(x, y float64) float64 { return x / y }, jnp.Array.Div)
}

func combine(x, y any, inGo func(x, y float64) float64, on func(x jnp.Array, y any) jnp.Array) any {
	a, ok := x.(float64)
	b, also := y.(float64)
	if ok && also {
		return inGo(a, b)
	}
	return on(array(x), y)
}

// oneOption is the options of a function that takes one value of them or none.
func oneOption[T any](op string, options []T) (o T) {
	if len(options) > 1 {
		trace.Fail(op, nil, "takes one %T, not %d", o, len(options))
	}
	for _, o = range options {
	}
	return o
}
