package ops

import (
	"math"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// Fori is Loop over c = body(i, c) for i from lo to hi, as Bounds has made them of Go ints or arrays x and y. Where the
// number of steps is known it is a Scan, which can be differentiated in reverse.
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
			z, _ := ScanOver(op, "the body", def, 1, carry, nil, max(h-l, 0), ScanOptions{},
				func(c, _ []*Value) (*trace.Def, []*Value, []*Value) {
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

func oneOf(t ir.Aval) ir.Lit {
	l := ir.IntLit(1, t.DType)
	l.Weak = t.Weak
	return l
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
		trace.Fail(op, []ir.Aval{ta, tb}, "lo and hi must have one dtype, not %v and %v; convert one of them", ta.DType,
			tb.DType)
	}
	return a, b
}

// knownBound is the bound x, which v is the Value of, as a number: a Go int, or, inside a function being
// differentiated, an array whose element is known there.
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
	return int(litOf(known).Int()), true
}

// bound is an end of the loop as a scalar; what names it in messages.
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
