package fft

import (
	"math"
	"slices"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// plan is a transform of an array of a known shape: what its program depends on.
type plan struct {
	Kind      ops.FFTType
	Axes      []int // counted from the front; the last one is that of the kinds for real numbers
	Lengths   []int // at which they are transformed
	Norm      Norm
	Hermitian bool
}

// run transforms x along axes.
func (t transform) run(o Options, x jnp.Array, axes []int) jnp.Array {
	v := kit.Value(t.name, x)
	a := v.Aval()
	t.check(o, a)
	p := plan{Kind: t.kind, Norm: o.Norm, Hermitian: t.hermitian}
	p.Axes = kit.Axes(t.name, t.given(o, a, axes), a.Rank(), a)
	p.Lengths = t.lengths(o, a, p.Axes)
	return jnp.Wrap(kit.Whole1(t.name, p, v, p.build))
}

// check refuses what no axes are needed to refuse.
func (t transform) check(o Options, a ir.Aval) {
	fail := func(format string, args ...any) { trace.Fail(t.name, []ir.Aval{a}, format, args...) }
	switch real := t.kind == ops.FFTReal; {
	case o.Norm > Forward:
		fail("Norm is Backward, Ortho or Forward, not %d", o.Norm)
	case t.axes == one && o.Shape != nil:
		fail("Shape is for several axes; give N")
	case t.axes != one && o.N != 0:
		fail("N is for one axis; give Shape")
	case o.N < 0:
		fail("N is %d; a length is at least 1", o.N)
	case real && a.DType.IsFloat() && a.DType.Bits() == 16:
		fail("transforms float32 or float64, not %v; convert first with AsType", a.DType)
	case real && a.DType.IsComplex():
		fail("transforms real numbers; use FFT for complex ones, or take x.Real()")
	}
}

// given is the axes that the user names, or those that stand for none.
func (t transform) given(o Options, a ir.Aval, axes []int) []int {
	switch {
	case t.axes == one && len(axes) > 1:
		trace.Fail(t.name, []ir.Aval{a}, "takes one axis, not %v; FFTN takes several", axes)
	case t.axes == one && len(axes) == 0:
		return []int{-1}
	case t.axes == two && axes == nil:
		return []int{-2, -1}
	case t.axes == two && len(axes) != 2:
		trace.Fail(t.name, []ir.Aval{a}, "takes two axes, not %v", axes)
	case t.axes == several && axes == nil:
		n := a.Rank()
		if o.Shape != nil {
			n = min(n, len(o.Shape)) // of fewer lengths, the last axes
		}
		axes = kit.From(a.Rank()-n, n)
	}
	if len(axes) == 0 && (t.kind == ops.FFTReal || t.kind == ops.FFTRealInverse) {
		trace.Fail(t.name, []ir.Aval{a}, "needs at least one axis")
	}
	return axes
}

// lengths is the lengths at which axes are transformed: those of the options, or as they are.
func (t transform) lengths(o Options, a ir.Aval, axes []int) []int {
	lengths, own := slices.Clone(o.Shape), false
	switch {
	case o.N != 0:
		lengths = []int{o.N}
	case o.Shape == nil:
		own = true
		lengths = kit.Map(axes, func(axis int) int { return a.Shape[axis] })
		if last := len(axes) - 1; t.kind == ops.FFTRealInverse {
			lengths[last] = 2 * (lengths[last] - 1)
		}
	case len(o.Shape) != len(axes):
		trace.Fail(t.name, []ir.Aval{a}, "there are %d lengths (%v) for %d axes", len(o.Shape), o.Shape, len(axes))
	}
	for i, n := range lengths {
		if n < 1 && !(own && n == 0 && t.kind == ops.FFTRealInverse) {
			trace.Fail(t.name, []ir.Aval{a}, "axis %d would be transformed at length %d; a length is at least 1",
				axes[i], n)
		}
	}
	return lengths
}

// build is the transform of v.
func (p plan) build(v *trace.Value) *trace.Value {
	if p.Hermitian && p.Kind == ops.FFTRealInverse && v.DType().IsComplex() {
		v = ops.Conj(v)
	}
	v = p.resized(ops.Convert(v, p.dtype(v.DType())))
	for _, s := range p.steps() {
		v = s.transform(v)
	}
	if scale := p.scale(); scale != 1 {
		v = ops.Mul(v, ops.FullLike(v, scale))
	}
	if p.Hermitian && p.Kind == ops.FFTReal {
		v = ops.Conj(v)
	}
	return v
}

// dtype is what an array of dtype d is transformed in.
func (p plan) dtype(d ir.DType) ir.DType {
	if d = kit.Inexact(d); d.Bits() == 16 {
		d = ir.Float32
	}
	if p.Kind != ops.FFTReal {
		d = d.Complex()
	}
	return d
}

// resized is v cut or padded with zeros, along each axis, to as many elements as its transform takes.
func (p plan) resized(v *trace.Value) *trace.Value {
	for i, a := range p.Axes {
		n := p.Lengths[i]
		if p.Kind == ops.FFTRealInverse && i == len(p.Axes)-1 {
			n = n/2 + 1
		}
		switch m := v.Shape()[a]; {
		case m > n:
			v = ops.SliceInDim(v, 0, n, 1, a)
		case m < n:
			none, high := make([]int, v.Rank()), make([]int, v.Rank())
			high[a] = n - m
			v = ops.Pad(v, ops.ScalarLit(ir.FloatLit(0, v.DType())), none, high, none)
		}
	}
	return v
}

// step is a transform along at most three axes, which is what the operation takes.
type step struct {
	kind          ops.FFTType
	axes, lengths []int
}

// steps are what the transform is made of. The kinds for real numbers have the last axis first (FFTReal) or last
// (FFTRealInverse).
func (p plan) steps() []step {
	rest := p.Kind // of the axes that the kinds for real numbers leave
	switch p.Kind {
	case ops.FFTReal:
		rest = ops.FFTForward
	case ops.FFTRealInverse:
		rest = ops.FFTInverse
	}
	var steps []step
	for hi := len(p.Axes); hi > 0; hi -= 3 {
		lo := max(hi-3, 0)
		s := step{rest, p.Axes[lo:hi], p.Lengths[lo:hi]}
		if hi == len(p.Axes) {
			s.kind = p.Kind
		}
		steps = append(steps, s)
	}
	if p.Kind == ops.FFTRealInverse {
		steps = append(steps[1:], steps[0])
	}
	return steps
}

// transform moves the axes to the end, transforms them, and moves them back.
func (s step) transform(v *trace.Value) *trace.Value {
	_, before := kit.Without(v.Shape(), s.axes)
	order := append(before, s.axes...)
	back := make([]int, len(order))
	for i, a := range order {
		back[a] = i
	}
	return ops.Transpose(ops.FFT(ops.Transpose(v, order), s.kind, s.lengths), back)
}

// scale is the factor that Norm asks for.
func (p plan) scale() float64 {
	n := 1.0
	for _, m := range p.Lengths {
		n *= float64(m)
	}
	inverse := p.Kind == ops.FFTInverse || p.Kind == ops.FFTRealInverse // which the operation divides by n
	norm := p.Norm
	if p.Hermitian { // computed by a transform of the other direction
		norm = map[Norm]Norm{Backward: Forward, Forward: Backward, Ortho: Ortho}[norm]
	}
	switch {
	case norm == Ortho && inverse:
		return math.Sqrt(n)
	case norm == Ortho:
		return 1 / math.Sqrt(n)
	case norm == Forward && inverse:
		return n
	case norm == Forward:
		return 1 / n
	}
	return 1
}
