package lax

import (
	"encoding/binary"
	"fmt"
	"math"
	"strings"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// Control flow over trees: structs, slices, maps of arrays, as package trace flattens them.

// Cond returns onTrue() where pred is true and onFalse() where it is false (jax.lax.cond). pred is a scalar, bool or a real
// number of which 0 is false. Both functions are traced, in and out of Jit alike, and must return trees of one structure with
// arrays of equal shapes and dtypes; what they use from outside is passed to them. Only the chosen one runs, except under
// Vmap with a mapped pred, where both run on every row and the results are selected.
func Cond[L trace.Leaf, R any](pred L, onTrue, onFalse func() R) R {
	checkFuncs("lax.Cond", onTrue != nil && onFalse != nil)
	p := condition("lax.Cond", pred.TraceValue())
	def, y := branches("lax.Cond", p, []string{"onFalse", "onTrue"}, flatResult(onFalse), flatResult(onTrue))
	return trace.Unflatten[R](def, y)
}

// CondWith is Cond with an operand for both functions.
func CondWith[L trace.Leaf, A, R any](pred L, onTrue, onFalse func(A) R, x A) R {
	checkFuncs("lax.CondWith", onTrue != nil && onFalse != nil)
	p := condition("lax.CondWith", pred.TraceValue())
	def, y := branches("lax.CondWith", p, []string{"onFalse", "onTrue"},
		flatResult(func() R { return onFalse(x) }), flatResult(func() R { return onTrue(x) }))
	return trace.Unflatten[R](def, y)
}

// Switch returns the result of the branch that index, an integer scalar, picks (jax.lax.switch): the first for an index below 0,
// the last for one too large. The branches are as those of Cond.
func Switch[L trace.Leaf, R any](index L, branch ...func() R) R {
	const op = "lax.Switch"
	i := index.TraceValue()
	checkSet(op, "the index", i)
	if t := i.Aval(); len(branch) == 0 || t.Rank() != 0 || !t.DType.IsInteger() {
		if len(branch) == 0 {
			trace.Fail(op, nil, "there are no branches to choose from; give one or more functions")
		}
		trace.Fail(op, []ir.Aval{t}, "the index must be an integer scalar, not %v", t)
	}
	for _, b := range branch {
		checkFuncs(op, b != nil)
	}
	if len(branch) == 1 {
		return branch[0]()
	}
	fs := make([]func() (*trace.Def, []*Value), len(branch))
	names := make([]string, len(branch))
	for j, b := range branch {
		fs[j], names[j] = flatResult(b), fmt.Sprintf("branch %d", j)
	}
	def, y := branches(op, clampIndex(i, len(branch)), names, fs...)
	return trace.Unflatten[R](def, y)
}

// WhileLoop returns the carry after repeating c = body(c), from c = init, as long as cond(c) is true (jax.lax.while_loop). cond
// returns a bool scalar. body must return a tree of init's structure with arrays of init's shapes and dtypes; only a weakly
// typed array of init (one made of Go numbers) takes the dtype that body gives it.
func WhileLoop[C any, L trace.Leaf](cond func(C) L, body func(C) C, init C) C {
	checkFuncs("lax.WhileLoop", cond != nil && body != nil)
	def, x := trace.Flatten(init)
	y := loop("lax.WhileLoop", def, x,
		func(c []*Value) *Value { return cond(trace.Unflatten[C](def, c)).TraceValue() },
		func(c []*Value) (*trace.Def, []*Value) { return trace.Flatten(body(trace.Unflatten[C](def, c))) })
	return trace.Unflatten[C](def, y)
}

// ForiLoop returns the carry after c = body(i, c) for i = lo, lo+1, ..., hi-1, from c = init (jax.lax.fori_loop). lo and hi are Go
// ints, or arrays: signed or unsigned integer scalars of one dtype. Where they are Go ints, or known to a function being differentiated,
// the loop can be differentiated in reverse. The carry is as WhileLoop's. Between Go ints the number of
// steps is known, and the loop can be differentiated in reverse (it is a Scan); otherwise only forward.
func ForiLoop[I trace.Leaf, C any](lo, hi any, body func(i I, c C) C, init C) C {
	const op = "lax.ForiLoop"
	checkFuncs(op, body != nil)
	from, to := bounds(op, lo, hi)
	def, x := trace.Flatten(init)
	idef, _ := trace.Flatten(leafOf[I](from))
	step := trace.FromLit(oneOf(from.Aval()))
	if l, ok := knownBound(lo, from); ok {
		// Run at once, nothing is differentiated, and as a while loop it is one program for all numbers of steps.
		if h, ok := knownBound(hi, to); ok && trace.AnyTraced(x...) {
			y, _ := scanOver(op, "the body", def, 1, append([]*Value{from}, x...), nil, max(h-l, 0), scanOptions{unroll: 1},
				func(c, _ []*Value) (*trace.Def, []*Value, []*Value) {
					d, y := trace.Flatten(body(trace.Unflatten[I](idef, c[:1]), trace.Unflatten[C](def, c[1:])))
					return d, append([]*Value{Add(c[0], step)}, y...), nil
				})
			return trace.Unflatten[C](def, y[1:])
		}
	}
	y := loop(op, def, append([]*Value{from}, x...),
		func(c []*Value) *Value { return Lt(c[0], to) },
		func(c []*Value) (*trace.Def, []*Value) {
			d, y := trace.Flatten(body(trace.Unflatten[I](idef, c[:1]), trace.Unflatten[C](def, c[1:])))
			return d, append([]*Value{Add(c[0], step)}, y...)
		})
	return trace.Unflatten[C](def, y[1:])
}

// flatResult is f with its result taken apart.
func flatResult[R any](f func() R) func() (*trace.Def, []*Value) {
	return func() (*trace.Def, []*Value) { return trace.Flatten(f()) }
}

// leafOf makes a leaf of the user's type.
func leafOf[I trace.Leaf](v *Value) (x I) {
	any(&x).(interface{ SetTraceValue(*Value) }).SetTraceValue(v)
	return x
}

func oneOf(t ir.Aval) ir.Lit {
	l := ir.IntLit(1, t.DType)
	l.Weak = t.Weak
	return l
}

// checkFuncs refuses functions that are nil before anything is traced.
func checkFuncs(op string, set bool) {
	if !set {
		trace.Fail(op, nil, "a function is nil; give one that returns what the operation needs")
	}
}

func checkSet(op, what string, v *Value) {
	if v == nil {
		trace.Fail(op, nil, "%s is an array that was never set", what)
	}
}

// condition is pred as a bool scalar.
func condition(op string, pred *Value) *Value {
	checkSet(op, "the predicate", pred)
	t := pred.Aval()
	switch {
	case t.Rank() != 0:
		trace.Fail(op, []ir.Aval{t}, "the predicate must be a scalar, not %v; reduce it with jnp.All or jnp.Any, or choose element by element with jnp.Where", t)
	case t.DType.IsComplex():
		trace.Fail(op, []ir.Aval{t}, "the predicate must be a bool or a real number, not %v", t)
	case t.DType != ir.Bool:
		zero := ir.IntLit(0, t.DType)
		zero.Weak = t.Weak
		return Ne(pred, trace.FromLit(zero))
	}
	return pred
}

// clampIndex brings an index into 0..n-1, as int32.
func clampIndex(i *Value, n int) *Value {
	clamp := func(x *Value) *Value {
		d := x.DType()
		return Clamp(trace.FromLit(ir.IntLit(0, d)), x, trace.FromLit(ir.IntLit(int64(n-1), d)))
	}
	if i.DType().Bits() >= 32 { // a narrower type may not hold n-1, a wider one must be clamped before it is cut
		return Convert(clamp(i), ir.Int32)
	}
	return clamp(Convert(i, ir.Int32))
}

// branches traces the functions, gives all of them the captures of all, and binds the operation.
func branches(op string, index *Value, names []string, fs ...func() (*trace.Def, []*Value)) (*trace.Def, []*Value) {
	progs := make([]*ir.Program, len(fs))
	defs := make([]*trace.Def, len(fs))
	captured := make([][]*Value, len(fs))
	for i, f := range fs {
		progs[i], captured[i] = trace.Trace(names[i]+" of "+op, nil, func([]*Value) (y []*Value) {
			defs[i], y = f()
			return y
		})
		progs[i], captured[i] = liftNumbers(progs[i], captured[i])
	}
	for i := 1; i < len(fs); i++ {
		sameResult(op, names[0], names[i], defs[0], defs[i], progs[0].OutTypes(), progs[i].OutTypes())
	}
	all := shareCaptures(progs, captured)
	return defs[0], trace.Bind(cond{progs}, append([]*Value{index}, all...)...)
}

// sameResult panics unless two branches return trees of one structure and type.
func sameResult(op, nameA, nameB string, a, b *trace.Def, ta, tb []ir.Aval) {
	if !a.Equal(b) {
		trace.Fail(op, nil, "the branches return different structures: of %s and of %s it is\n\t%s",
			nameB, nameA, strings.Join(b.Diff(a, "the result"), "\n\t"))
	}
	paths := b.PathsFrom("the result")
	var diff []string
	for i := range ta {
		if !ta[i].SameType(tb[i]) {
			diff = append(diff, fmt.Sprintf("%s is %v in %s and %v in %s", paths[i], ta[i], nameA, tb[i], nameB))
		}
	}
	if diff != nil {
		trace.Fail(op, nil, "the branches must return equal shapes and dtypes:\n\t%s\nConvert or broadcast the arrays so that they agree", strings.Join(diff, "\n\t"))
	}
}

// loop traces condition and body over the carry x and binds the loop. The leaves of the user's carry are the last of x; an
// index may stand before them.
func loop(op string, def *trace.Def, x []*Value, cond func(c []*Value) *Value, body func(c []*Value) (*trace.Def, []*Value)) []*Value {
	if len(x) == 0 {
		trace.Fail(op, nil, "the carry holds no arrays, so the condition can never change")
	}
	own := len(x) - def.NumLeaves()
	var bp *ir.Program
	var bc []*Value
	for {
		bp, bc = trace.Trace("the body of "+op, trace.Avals(x), func(c []*Value) []*Value {
			d, y := body(c)
			if !d.Equal(def) {
				trace.Fail(op, nil, "the body returns another structure than the carry it is given: returned and given are\n\t%s",
					strings.Join(d.Diff(def, "the carry"), "\n\t"))
			}
			return y
		})
		y, changed := promoteWeak(x, bp.OutTypes())
		if !changed {
			break
		}
		x = y
	}
	sameCarry(op, def, own, trace.Avals(x), bp.OutTypes())
	cp, cc := trace.Trace("the condition of "+op, trace.Avals(x), func(c []*Value) []*Value {
		p := cond(c)
		checkSet(op, "what the condition returns", p)
		if t := p.Aval(); t.Rank() != 0 || t.DType != ir.Bool {
			trace.Fail(op, []ir.Aval{t}, "the condition must return a bool scalar, not %v", t)
		}
		return []*Value{p}
	})
	bp, bc = liftNumbers(bp, bc)
	cp, cc = liftNumbers(cp, cc)
	n := len(x)
	w := while{constantsFirst(cp, n), constantsFirst(bp, n), len(cc), len(bc)}
	in := make([]*Value, 0, len(cc)+len(bc)+n)
	return trace.Bind(w, append(append(append(in, cc...), bc...), x...)...)
}

// liftNumbers makes the float literals of a traced program captures, so that outside Jit a Go number that the function takes
// from outside may change without a new program. Under Jit the compiler puts them back.
func liftNumbers(p *ir.Program, captured []*Value) (*ir.Program, []*Value) {
	q, lits := ir.LiftFloats(p)
	for _, l := range lits {
		captured = append(captured, trace.FromLit(l))
	}
	return q, captured
}

// constantsFirst puts the captures of a program, which follow its n arguments, before them.
func constantsFirst(p *ir.Program, n int) *ir.Program {
	in := make([]*ir.Var, 0, len(p.In))
	return &ir.Program{In: append(append(in, p.In[n:]...), p.In[:n]...), Eqns: p.Eqns, Out: p.Out}
}

// promoteWeak gives a weakly typed array of the initial carry the dtype that the body returns for it, as promotion has it.
func promoteWeak(x []*Value, out []ir.Aval) ([]*Value, bool) {
	changed := false
	y := make([]*Value, len(x))
	for i, v := range x {
		y[i] = v
		t := v.Aval()
		if !t.Weak || i >= len(out) || out[i].DType == t.DType { // as in JAX, the carry stays weak inside the body
			continue
		}
		d := t.DType
		if rankOfKind(out[i].DType) >= rankOfKind(d) {
			d = out[i].DType
		}
		changed = true
		y[i] = ConvertWeak(v, d, false)
	}
	return y, changed
}

func rankOfKind(d ir.DType) int {
	switch d.Kind() {
	case ir.KindBool:
		return 0
	case ir.KindInt, ir.KindUint:
		return 1
	case ir.KindFloat:
		return 2
	}
	return 3
}

func sameCarry(op string, def *trace.Def, own int, in, out []ir.Aval) {
	paths := def.PathsFrom("the carry")
	var diff []string
	for i := range in {
		if in[i].SameType(out[i]) {
			continue
		}
		name := "the index"
		if i >= own {
			name = paths[i-own]
		}
		diff = append(diff, fmt.Sprintf("%s enters as %v and the body returns %v", name, in[i], out[i]))
	}
	if diff != nil {
		trace.Fail(op, nil, "the body must return arrays of the shapes and dtypes it is given:\n\t%s\nConvert the initial value or what the body returns", strings.Join(diff, "\n\t"))
	}
}

// bounds makes the two ends of a ForiLoop, of one type. Go ints are weak: they take the dtype of the other.
func bounds(op string, lo, hi any) (*Value, *Value) {
	a, b := bound(op, "lo", lo), bound(op, "hi", hi)
	ta, tb := a.Aval(), b.Aval()
	switch {
	case ta.DType == tb.DType:
	case ta.Weak && !tb.Weak:
		a = ConvertWeak(a, tb.DType, false)
	case tb.Weak && !ta.Weak:
		b = ConvertWeak(b, ta.DType, false)
	default:
		trace.Fail(op, []ir.Aval{ta, tb}, "lo and hi must have one dtype, not %v and %v; convert one of them", ta.DType, tb.DType)
	}
	return a, b
}

// knownBound is the bound x, which v is the Value of, as a number: a Go int, or, inside a function being differentiated, an array
// whose element is known there.
func knownBound(x any, v *Value) (n int, ok bool) {
	if n, ok := x.(int); ok {
		return n, true
	}
	if !trace.Differentiating() {
		return 0, false
	}
	known, _ := v.Eval()
	if known == nil {
		return 0, false
	}
	l, ok := known.Lit()
	if !ok {
		b := make([]byte, 8)
		trace.Suspended(func() { trace.TheRuntime().ToHost(known, b[:known.DType().Size()]) })
		l = ir.Lit{Lo: binary.LittleEndian.Uint64(b), DType: known.DType()}
	}
	return int(l.Int()), true
}

func bound(op, what string, x any) *Value {
	if n, ok := x.(int); ok {
		d := ir.Int64.Canonical(trace.X64())
		if d == ir.Int32 && (n > math.MaxInt32 || n < math.MinInt32) {
			trace.Fail(op, nil, "%s = %d does not fit int32; switch 64-bit types on (gojax.EnableX64)", what, n)
		}
		return trace.FromLit(ir.IntLit(int64(n), d).AsWeak())
	}
	l, ok := x.(trace.Leaf)
	if !ok {
		trace.Fail(op, nil, "%s is a %T; want an int or an integer scalar array", what, x)
	}
	v := l.TraceValue()
	checkSet(op, what, v)
	if t := v.Aval(); t.Rank() != 0 || !t.DType.IsInteger() {
		trace.Fail(op, []ir.Aval{t}, "%s must be an integer scalar, not %v", what, t)
	}
	return v
}
