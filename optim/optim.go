package optim

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/trace"
	"github.com/gojax/gojax/transforms/grad"
	"github.com/gojax/gojax/tree"
)

// Transform turns gradients into updates of parameters of type P, a tree of arrays (optax.GradientTransformation). It
// is a value without state of its own: what it must remember from step to step is a State, which goes in and comes out.
//
// Arrays of floats and complex numbers are updated. Others, and random keys, stay as they are: they have no place in
// the state, and in gradients and updates theirs is unset, as gojax.Grad with AllowInt leaves it.
type Transform[P any] struct {
	init   func(p P) State[P]
	update func(g P, s State[P], at At[P]) (P, State[P])
}

// State is what a Transform remembers. It is a tree, to be carried through lax.Scan, in and out of jitted functions,
// mapped, donated and saved.
type State[P any] struct {
	Count  jnp.Array            // of the steps so far, int32; unset where nothing depends on it
	Trees  map[string]P         // what is kept of every array, by optax's names: "mu", "nu", "trace"
	Values map[string]jnp.Array // what is kept once: "learning_rate", "value"
	Inner  []State[P]           // of the parts of a Chain, or of what is wrapped
}

// At is where an update is made, for transformations of one's own (New).
type At[P any] struct {
	Params    P
	Gradient  P                        // as it was given to Update, before earlier parts of a chain changed it
	Value     jnp.Array                // of the objective at Params; unset where it was not given
	Objective func(params P) jnp.Array // nil where it was not given
}

// Tree is the first tree of that name in s, searched depth first (optax.tree.get). One that is not there is refused.
func (s State[P]) Tree(name string) P {
	return found("optim.State.Tree", s, name, func(s State[P]) (P, bool) { t, ok := s.Trees[name]; return t, ok })
}

// Value is the first value of that name in s, searched depth first (optax.tree.get). One that is not there is refused.
func (s State[P]) Value(name string) jnp.Array {
	return found("optim.State.Value", s, name,
		func(s State[P]) (jnp.Array, bool) { v, ok := s.Values[name]; return v, ok })
}

// found is what get finds in s or in its parts.
func found[P, T any](op string, s State[P], name string, get func(s State[P]) (T, bool)) T {
	var names []string
	var search func(s State[P]) (T, bool)
	search = func(s State[P]) (T, bool) {
		if x, ok := get(s); ok {
			return x, true
		}
		names = append(slices.AppendSeq(names, maps.Keys(s.Trees)), slices.Collect(maps.Keys(s.Values))...)
		for _, part := range s.Inner {
			if x, ok := search(part); ok {
				return x, true
			}
		}
		var none T
		return none, false
	}
	x, ok := search(s)
	if !ok {
		slices.Sort(names)
		trace.Fail(op, nil, "the state has no %q; it has %q", name, slices.Compact(names))
	}
	return x
}

// New is a transformation of one's own (optax.GradientTransformation). init gives the state to begin with, update the
// updates and the next state from the gradients, or from the updates of the part before in a chain, and a state of the
// same structure, shapes and dtypes. Both may be nil: no state, and updates that are the gradients (optax.identity).
func New[P any](init func(params P) State[P], update func(g P, s State[P], at At[P]) (P, State[P])) Transform[P] {
	if init == nil {
		init = func(P) State[P] { return State[P]{} }
	}
	if update == nil {
		update = func(g P, s State[P], _ At[P]) (P, State[P]) { return g, s }
	}
	return Transform[P]{init, update}
}

// Init is the state before the first step (init of optax's transformations). Called eagerly it runs as one program.
func (t Transform[P]) Init(params P) State[P] {
	const op = "optim.Transform.Init"
	t.check(op)
	trace.Must(trace.CheckTree(reflect.TypeFor[P](), "params"), op, nil)
	return once(op, params, func(params P) State[P] {
		p, _ := inexact(params)
		return t.init(p)
	})
}

// Update gives the updates for the gradient g at params, and the next state (update of optax's transformations). g has
// the structure and shapes of params; Apply adds the updates to them. Called eagerly it runs as one program, which is
// found again for the same types whatever the rates are; in a training loop put the whole step into gojax.Jit.
func (t Transform[P]) Update(g P, s State[P], params P) (P, State[P]) {
	return t.run("optim.Transform.Update", g, s, At[P]{Params: params})
}

// UpdateWith is Update for a Transform with a line search (LBFGS), which needs the value of the objective at params
// and the objective, whose gradient g is (the keywords value, grad and value_fn of optax's updates).
func (t Transform[P]) UpdateWith(g P, s State[P], params P, value jnp.Array, objective func(params P) jnp.Array) (P,
	State[P]) {
	const op = "optim.Transform.UpdateWith"
	if objective == nil {
		trace.Fail(op, nil, "the objective is a nil function")
	}
	if v := value.TraceValue(); v == nil || v.Rank() != 0 || !v.DType().IsFloat() {
		trace.Fail(op, nil, "value must be the float scalar that the objective is at params")
	}
	return t.run(op, g, s, At[P]{Params: params, Value: value, Objective: objective})
}

func (t Transform[P]) check(op string) {
	if t.init == nil {
		trace.Fail(op, nil, "the Transform was never set; make one, such as optim.Adam[Params](1e-3)")
	}
}

// run is an update of the arrays that can be updated.
func (t Transform[P]) run(op string, g P, s State[P], at At[P]) (P, State[P]) {
	t.check(op)
	type args struct {
		Gradient P
		State    State[P]
		Params   P
		Value    jnp.Array
	}
	type results struct {
		Updates P
		State   State[P]
	}
	r := once(op, args{g, s, at.Params, at.Value}, func(a args) results {
		p, keep := inexact(a.Params)
		same(op, "the gradient", a.Gradient, "params", p)
		madeFor(op, a.State, t.init(p))
		here := At[P]{Params: p, Gradient: a.Gradient, Value: a.Value}
		if f := at.Objective; f != nil {
			here.Objective = func(q P) jnp.Array { return f(merge(a.Params, q, keep)) }
		}
		u, next := t.update(a.Gradient, a.State, here)
		return results{u, next}
	})
	return r.Updates, r.State
}

// Apply adds updates to params; the result has the dtypes of params (optax.apply_updates).
func Apply[P any](params, updates P) P {
	const op = "optim.Apply"
	type args struct{ Params, Updates P }
	return once(op, args{params, updates}, func(a args) P {
		p, keep := inexact(a.Params)
		same(op, "updates", a.Updates, "params", p)
		return merge(a.Params, tree.Map2(func(p, u jnp.Array) jnp.Array { return p.Add(u).AsType(p.DType()) },
			p, a.Updates), keep)
	})
}

// IncrementalUpdate is step*params + (1-step)*old, array by array: a slow average of parameters, such as those of a
// target network (optax.incremental_update).
func IncrementalUpdate[P any, N Number](params, old P, step N) P {
	const op = "optim.IncrementalUpdate"
	by := number(op, "step", step, nil)
	type args struct{ Params, Old P }
	return once(op, args{params, old}, func(a args) P {
		same(op, "old", a.Old, "params", a.Params)
		return tree.Map2(func(p, old jnp.Array) jnp.Array { return p.Mul(by).Add(old.Mul(minus(1.0, by))) },
			a.Params, a.Old)
	})
}

// Chain applies parts one after the other: each is given the updates of the one before (optax.chain). Its State has
// theirs in Inner.
func Chain[P any](parts ...Transform[P]) Transform[P] {
	const op = "optim.Chain"
	for _, t := range parts {
		t.check(op)
	}
	return Transform[P]{
		init: func(p P) (s State[P]) {
			for _, t := range parts {
				s.Inner = append(s.Inner, t.init(p))
			}
			return s
		},
		update: func(g P, s State[P], at At[P]) (P, State[P]) {
			inner := innerStates(s, len(parts))
			var next State[P]
			for i, t := range parts {
				var n State[P]
				g, n = t.update(g, inner[i], at)
				next.Inner = append(next.Inner, n)
			}
			return g, next
		},
	}
}

// innerStates are the n states in s.
func innerStates[P any](s State[P], n int) []State[P] {
	if len(s.Inner) != n {
		wrongState(fmt.Sprintf("it has %d parts, and the Transform %d", len(s.Inner), n))
	}
	return s.Inner
}

// madeFor checks that the arrays of a state have the shapes of those that it began with. Another structure is for the
// transformation to find, which knows what it keeps.
func madeFor[P any](op string, s, first State[P]) {
	def, x := trace.Flatten(s)
	want, y := trace.Flatten(first)
	if !def.Equal(want) {
		return
	}
	for i, v := range x {
		if !slices.Equal(v.Shape(), y[i].Shape()) {
			trace.Fail(op, []ir.Aval{v.Aval(), y[i].Aval()}, "the state was made for other parameters: %s is %v, and "+
				"for these it is %v; begin with what Init gives for these parameters", def.PathsFrom("state")[i],
				v.Aval(), y[i].Aval())
		}
	}
}

func wrongState(why string) {
	trace.Fail("optim.Transform.Update", nil, "the state is not one of this Transform: %s; begin with what its Init "+
		"gives for these parameters", why)
}

// once is f(a): in a trace what f records, run eagerly one program.
func once[A, R any](op string, a A, f func(a A) R) (r R) {
	in, x := trace.Flatten(a)
	if trace.AnyTraced(x...) {
		return f(a)
	}
	var out *trace.Def
	y := grad.Run(op, x, func(x []*trace.Value) (y []*trace.Value) {
		out, y = trace.Flatten(f(trace.Unflatten[A](in, x)))
		return y
	})
	return trace.Unflatten[R](out, y)
}

// inexact is p without the arrays that are not floats or complex numbers, and which it keeps.
func inexact[P any](p P) (P, []bool) {
	return prune(p, func(_ string, a jnp.Array) bool { return a.DType().IsInexact() })
}

// prune is x without the arrays that are not to be kept, whose places are unset, and which it keeps.
func prune[P any](x P, keeps func(path string, a jnp.Array) bool) (P, []bool) {
	def, leaves := trace.Flatten(x)
	keep := make([]bool, len(leaves))
	for i, path := range def.PathsFrom("") {
		keep[i] = keeps(path, jnp.Wrap(leaves[i]))
	}
	return only(x, keep), keep
}

// only is x with the arrays that keep says, and the places of the others unset.
func only[P any](x P, keep []bool) P {
	if !slices.Contains(keep, false) {
		return x
	}
	def, leaves := trace.Flatten(x)
	for i, k := range keep {
		if !k {
			leaves[i] = nil
		}
	}
	return trace.Unflatten[P](def, leaves)
}

// merge is x with the arrays of part, which prune left of a tree like it.
func merge[P any](x, part P, keep []bool) P {
	def, leaves := trace.Flatten(x)
	_, kept := trace.Flatten(part)
	for i := range leaves {
		if keep[i] {
			leaves[i], kept = kept[0], kept[1:]
		}
	}
	return trace.Unflatten[P](def, leaves)
}

// same refuses an x that has another structure than like, or arrays of other shapes.
func same[P any](op, what string, x P, whose string, like P) {
	def, a := trace.Flatten(x)
	want, b := trace.Flatten(like)
	if !def.Equal(want) {
		trace.Fail(op, nil, "%s has another structure than the floats of %s:\n\t%s", what, whose,
			strings.Join(def.Diff(want, what), "\n\t"))
	}
	for i, v := range a {
		if !slices.Equal(v.Shape(), b[i].Shape()) {
			trace.Fail(op, []ir.Aval{v.Aval(), b[i].Aval()}, "%s is %v where %s has %v", def.PathsFrom(what)[i],
				v.Aval(), whose, b[i].Aval())
		}
	}
}
