package lax

import (
	"fmt"
	"maps"
	"slices"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Cond returns onTrue() where pred is true and onFalse() where it is false (jax.lax.cond). pred is a scalar, bool or a
// real number of which 0 is false. Both functions are traced, in and out of Jit alike, and must return trees of one
// structure with arrays of equal shapes and dtypes; what they use from outside is passed to them. Only the chosen one
// runs, except under Vmap with a mapped pred, where both run on every row and the results are selected.
func Cond[R any](pred jnp.Array, onTrue, onFalse func() R) R {
	ops.CheckFuncs("lax.Cond", onTrue != nil && onFalse != nil)
	p := ops.Condition("lax.Cond", pred.TraceValue())
	def, y := ops.Branches("lax.Cond", p, []string{"onFalse", "onTrue"}, flatResult(onFalse), flatResult(onTrue))
	return trace.Unflatten[R](def, y)
}

// CondWith is Cond with an operand for both functions.
func CondWith[A, R any](pred jnp.Array, onTrue, onFalse func(A) R, x A) R {
	ops.CheckFuncs("lax.CondWith", onTrue != nil && onFalse != nil)
	p := ops.Condition("lax.CondWith", pred.TraceValue())
	def, y := ops.Branches("lax.CondWith", p, []string{"onFalse", "onTrue"},
		flatResult(func() R { return onFalse(x) }), flatResult(func() R { return onTrue(x) }))
	return trace.Unflatten[R](def, y)
}

// Switch returns the result of the branch that index, an integer scalar, picks (jax.lax.switch): the first for an index
// below 0, the last for one too large. The branches are as those of Cond.
func Switch[R any](index jnp.Array, branch ...func() R) R {
	const op = "lax.Switch"
	i := index.TraceValue()
	ops.CheckSet(op, "the index", i)
	if t := i.Aval(); len(branch) == 0 || t.Rank() != 0 || !t.DType.IsInteger() {
		if len(branch) == 0 {
			trace.Fail(op, nil, "there are no branches to choose from; give one or more functions")
		}
		trace.Fail(op, []ir.Aval{t}, "the index must be an integer scalar, not %v", t)
	}
	for _, b := range branch {
		ops.CheckFuncs(op, b != nil)
	}
	if len(branch) == 1 {
		return branch[0]()
	}
	fs := make([]func() (*trace.Def, []*trace.Value), len(branch))
	names := make([]string, len(branch))
	for j, b := range branch {
		fs[j], names[j] = flatResult(b), fmt.Sprintf("branch %d", j)
	}
	def, y := ops.Branches(op, ops.ClampIndex(i, len(branch)), names, fs...)
	return trace.Unflatten[R](def, y)
}

// WhileLoop returns the carry after repeating c = body(c), from c = init, as long as cond(c) is true
// (jax.lax.while_loop). cond returns a bool scalar. body must return a tree of init's structure with arrays of init's
// shapes and dtypes; only a weakly typed array of init (one made of Go numbers) takes the dtype that body gives it.
func WhileLoop[C any](cond func(C) jnp.Array, body func(C) C, init C) C {
	ops.CheckFuncs("lax.WhileLoop", cond != nil && body != nil)
	def, x := trace.Flatten(init)
	y := ops.Loop("lax.WhileLoop", def, x,
		func(c []*trace.Value) *trace.Value { return cond(trace.Unflatten[C](def, c)).TraceValue() },
		func(c []*trace.Value) (*trace.Def, []*trace.Value) {
			return trace.Flatten(body(trace.Unflatten[C](def, c)))
		})
	return trace.Unflatten[C](def, y)
}

// ForiLoop returns the carry after c = body(i, c) for i = lo, lo+1, ..., hi-1, from c = init (jax.lax.fori_loop). lo
// and hi are Go integers, or integer scalars of one dtype, which is that of i. The carry is as that of WhileLoop. Where
// the number of steps is known, between Go integers or values known to a function that is being differentiated, the
// loop is a Scan, and can be differentiated in reverse; otherwise only forward.
func ForiLoop[C any, L, H Index](lo L, hi H, body func(i jnp.Array, c C) C, init C) C {
	const op = "lax.ForiLoop"
	ops.CheckFuncs(op, body != nil)
	return fori(op, lo, hi, body, init)
}

// Repeat returns f(f(...f(init))), f applied n times: a ForiLoop whose body does without the number of the step. n is a
// Go integer, or an integer scalar array, which may be traced; below 1 the result is init. The carry is as that of
// WhileLoop, and Repeat can be differentiated as ForiLoop can.
func Repeat[C any, N Index](n N, f func(c C) C, init C) C {
	const op = "lax.Repeat"
	ops.CheckFuncs(op, f != nil)
	if a, ok := any(n).(jnp.Array); ok {
		if t := kit.Value(op, a).Aval(); t.Rank() != 0 || !t.DType.IsInteger() {
			trace.Fail(op, []ir.Aval{t}, "the number of times must be an integer scalar, not %v", t)
		}
	}
	return fori(op, 0, n, func(_ jnp.Array, c C) C { return f(c) }, init)
}

// fori is ForiLoop for the function op that the user called.
func fori[C any](op string, lo, hi any, body func(i jnp.Array, c C) C, init C) C {
	def, x := trace.Flatten(init)
	y := ops.Fori(op, def, bound(op, lo), bound(op, hi), x, func(c []*trace.Value) (*trace.Def, []*trace.Value) {
		return trace.Flatten(body(jnp.Wrap(c[0]), trace.Unflatten[C](def, c[1:])))
	})
	return trace.Unflatten[C](def, y)
}

// bound is an end of a ForiLoop as the engine takes it: an array, or an int for every Go integer.
func bound(op string, x any) any {
	switch x.(type) {
	case jnp.Array, int:
		return x
	}
	l, _ := number(op, x)
	return int(l.Int())
}

// flatResult is f with its result taken apart.
func flatResult[R any](f func() R) func() (*trace.Def, []*trace.Value) {
	return func() (*trace.Def, []*trace.Value) { return trace.Flatten(f()) }
}

// PlatformDependent is what the function for the platform ("cpu", "cuda") returns that the program is compiled for, and
// for one that has none what otherwise returns (jax.lax.platform_dependent). All functions are traced, and return trees
// of one structure and type; the compiler drops those for other platforms.
func PlatformDependent[R any](otherwise func() R, platforms map[string]func() R) R {
	const op = "lax.PlatformDependent"
	ops.CheckFuncs(op, otherwise != nil)
	names := slices.Sorted(maps.Keys(platforms))
	fs := make([]func() R, 0, len(names)+1)
	for _, n := range names {
		ops.CheckFuncs(op, platforms[n] != nil)
		fs = append(fs, platforms[n])
	}
	if len(names) == 0 {
		return otherwise()
	}
	flat := make([]func() (*trace.Def, []*trace.Value), 0, len(fs)+1)
	what := make([]string, 0, len(fs)+1)
	for i, f := range append(fs, otherwise) {
		flat = append(flat, flatResult(f))
		what = append(what, "the function for "+append(names, "other platforms")[i])
	}
	def, y := ops.Branches(op, ops.PlatformIndex(names), what, flat...)
	return trace.Unflatten[R](def, y)
}
