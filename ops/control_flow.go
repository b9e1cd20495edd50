package ops

import (
	"encoding/binary"
	"fmt"
	"math"
	"strings"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// Control flow on values. What is traced here are functions between the leaves of trees, and the structure of a tree comes back with its
// leaves: so messages name the part of the user's tree that is wrong. Package lax has the same for whole trees.

// Step is a function of the leaves of a tree that returns a tree: its structure and its leaves.
type Step = func(c []*Value) (*trace.Def, []*Value)

// Branch is a function that returns a tree: its structure and its leaves.
type Branch = func() (*trace.Def, []*Value)

func oneOf(t ir.Aval) ir.Lit {
	l := ir.IntLit(1, t.DType)
	l.Weak = t.Weak
	return l
}

// CheckFuncs refuses functions that are nil before anything is traced.
func CheckFuncs(op string, set bool) {
	if !set {
		trace.Fail(op, nil, "a function is nil; give one that returns what the operation needs")
	}
}

// CheckSet refuses an array that was never set; what names it.
func CheckSet(op, what string, v *Value) {
	if v == nil {
		trace.Fail(op, nil, "%s is an array that was never set", what)
	}
}

// Condition is pred as a bool scalar.
func Condition(op string, pred *Value) *Value {
	CheckSet(op, "the predicate", pred)
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

// ClampIndex brings an index into 0..n-1, as int32.
func ClampIndex(i *Value, n int) *Value {
	clamp := func(x *Value) *Value {
		d := x.DType()
		return Clamp(trace.FromLit(ir.IntLit(0, d)), x, trace.FromLit(ir.IntLit(int64(n-1), d)))
	}
	if i.DType().Bits() >= 32 { // a narrower type may not hold n-1, a wider one must be clamped before it is cut
		return Convert(clamp(i), ir.Int32)
	}
	return clamp(Convert(i, ir.Int32))
}

// Branches traces the functions, gives all of them the captures of all, and binds the operation.
func Branches(op string, index *Value, names []string, fs ...Branch) (*trace.Def, []*Value) {
	progs := make([]*ir.Program, len(fs))
	defs := make([]*trace.Def, len(fs))
	captured := make([][]*Value, len(fs))
	for i, f := range fs {
		progs[i], captured[i] = trace.Trace(names[i]+" of "+op, nil, func([]*Value) (y []*Value) {
			defs[i], y = f()
			return y
		})
		progs[i], captured[i] = LiftNumbers(progs[i], captured[i])
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

// Loop traces condition and body over the carry x and binds the loop. The leaves of the user's carry are the last of x; an
// index may stand before them.
func Loop(op string, def *trace.Def, x []*Value, cond func(c []*Value) *Value, body Step) []*Value {
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
		CheckSet(op, "what the condition returns", p)
		if t := p.Aval(); t.Rank() != 0 || t.DType != ir.Bool {
			trace.Fail(op, []ir.Aval{t}, "the condition must return a bool scalar, not %v", t)
		}
		return []*Value{p}
	})
	bp, bc = LiftNumbers(bp, bc)
	cp, cc = LiftNumbers(cp, cc)
	n := len(x)
	w := while{constantsFirst(cp, n), constantsFirst(bp, n), len(cc), len(bc)}
	in := make([]*Value, 0, len(cc)+len(bc)+n)
	return trace.Bind(w, append(append(append(in, cc...), bc...), x...)...)
}

// LiftNumbers makes the float literals of a traced program captures, so that outside Jit a Go number that the function takes
// from outside may change without a new program. Under Jit the compiler puts them back.
func LiftNumbers(p *ir.Program, captured []*Value) (*ir.Program, []*Value) {
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

// Bounds makes the two ends of a ForiLoop, of one type. Go ints are weak: they take the dtype of the other.
func Bounds(op string, lo, hi any) (*Value, *Value) {
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
	CheckSet(op, what, v)
	if t := v.Aval(); t.Rank() != 0 || !t.DType.IsInteger() {
		trace.Fail(op, []ir.Aval{t}, "%s must be an integer scalar, not %v", what, t)
	}
	return v
}

// While is Loop on a list of values.
func While(op string, carry []*Value, cond func(c []*Value) *Value, body func(c []*Value) []*Value) []*Value {
	def := flatDef(len(carry))
	return Loop(op, def, carry, cond, func(c []*Value) (*trace.Def, []*Value) { return def, body(c) })
}

// Fori is Loop over c = body(i, c) for i from lo to hi, as Bounds has made them of Go ints or arrays x and y. Where the number of steps is known
// it is a Scan, which can be differentiated in reverse.
func Fori(op string, def *trace.Def, x, y any, carry []*Value, body Step) []*Value {
	lo, hi := Bounds(op, x, y)
	step := trace.FromLit(oneOf(lo.Aval()))
	carry = append([]*Value{lo}, carry...)
	next := func(c []*Value) (*trace.Def, []*Value) {
		d, y := body(c)
		return d, append([]*Value{Add(c[0], step)}, y...)
	}
	if l, ok := knownBound(x, lo); ok {
		// Run at once, nothing is differentiated, and as a while loop it is one program for all numbers of steps.
		if h, ok := knownBound(y, hi); ok && trace.AnyTraced(carry[1:]...) {
			z, _ := ScanOver(op, "the body", def, 1, carry, nil, max(h-l, 0), ScanOptions{}, func(c, _ []*Value) (*trace.Def, []*Value, []*Value) {
				d, y := next(c)
				return d, y, nil
			})
			return z[1:]
		}
	}
	return Loop(op, def, carry, func(c []*Value) *Value { return Lt(c[0], hi) }, next)[1:]
}

// ForiN is Fori over 0, 1, ..., n-1 on a list of values.
func ForiN(op string, n int, carry []*Value, body func(i *Value, c []*Value) []*Value) []*Value {
	def := flatDef(len(carry))
	return Fori(op, def, 0, n, carry, func(c []*Value) (*trace.Def, []*Value) { return def, body(c[0], c[1:]) })
}

// flatDef is the structure of a list of n values.
func flatDef(n int) *trace.Def {
	leaves := make([]valueLeaf, n)
	for i := range leaves {
		leaves[i].v = trace.FromLit(ir.BoolLit(false))
	}
	def, _ := trace.Flatten(leaves)
	return def
}

// valueLeaf makes a tree of Values.
type valueLeaf struct{ v *Value }

func (l valueLeaf) TraceValue() *Value      { return l.v }
func (l *valueLeaf) SetTraceValue(v *Value) { l.v = v }
