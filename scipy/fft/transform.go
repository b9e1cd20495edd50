package fft

import (
	"slices"

	"github.com/gojax/gojax/internal/arrays"
	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/trace"
)

// transform is what a function of this package has of its own.
type transform struct {
	name                   string
	sine, inverse, several bool
}

// plan is a transform of an array of a known shape: what its program depends on.
type plan struct {
	Sine, Inverse bool
	Type          int
	Axes, Lengths []int // the axes are counted from the front
	Norm          Norm
}

// run transforms x along axes.
func (t transform) run(o Options, x jnp.Array, axes []int) jnp.Array {
	a := kit.Value(t.name, x).Aval()
	t.check(o, a, axes)
	switch {
	case !t.several && len(axes) == 0:
		axes = []int{-1}
	case t.several && axes == nil:
		n := a.Rank()
		if o.Shape != nil {
			n = min(n, len(o.Shape)) // of fewer lengths, the last axes
		}
		axes = kit.From(a.Rank()-n, n)
	}
	p := plan{Sine: t.sine, Inverse: t.inverse, Type: o.Type, Norm: o.Norm}
	if p.Type == 0 {
		p.Type = 2
	}
	p.Axes = kit.Axes(t.name, axes, a.Rank(), a)
	p.Lengths = t.lengths(o, a, p.Axes)
	if least := slices.Min(append(slices.Clone(p.Lengths), 2)); p.Type == 1 && !t.sine && least < 2 {
		trace.Fail(t.name, []ir.Aval{a}, "the transform of type 1 takes at least 2 elements along each axis; set Type "+
			"to 2, 3 or 4 for fewer")
	}
	return arrays.Whole(t.name, p, func(x []jnp.Array) jnp.Array { return p.build(t.name, x[0]) }, x)
}

// check refuses what no shape is needed to refuse.
func (t transform) check(o Options, a ir.Aval, axes []int) {
	fail := func(format string, args ...any) { trace.Fail(t.name, []ir.Aval{a}, format, args...) }
	switch {
	case o.Type < 0 || o.Type > 4:
		fail("Type is 1, 2, 3 or 4, not %d", o.Type)
	case o.Norm > Forward:
		fail("Norm is Backward, Ortho or Forward, not %d", o.Norm)
	case o.N < 0:
		fail("N is %d; a length is at least 1", o.N)
	case !t.several && o.Shape != nil:
		fail("Shape is for several axes; give N")
	case t.several && o.N != 0:
		fail("N is for one axis; give Shape")
	case !t.several && len(axes) > 1:
		fail("takes one axis, not %v; %sN takes several", axes, t.name)
	}
}

// lengths are the lengths at which axes are transformed: those of the options, or as they are.
func (t transform) lengths(o Options, a ir.Aval, axes []int) []int {
	lengths := o.Shape
	switch {
	case o.N != 0:
		lengths = []int{o.N}
	case o.Shape == nil:
		lengths = kit.Map(axes, func(axis int) int { return a.Shape[axis] })
	case len(o.Shape) != len(axes):
		trace.Fail(t.name, []ir.Aval{a}, "there are %d lengths (%v) for %d axes", len(o.Shape), o.Shape, len(axes))
	}
	for i, n := range lengths {
		if n < 1 {
			trace.Fail(t.name, []ir.Aval{a}, "axis %d would be transformed at length %d; a length is at least 1",
				axes[i], n)
		}
	}
	return slices.Clone(lengths)
}

// build is the transform of x.
func (p plan) build(op string, x jnp.Array) jnp.Array {
	x = arrays.StrongInexact(op, x)[0]
	if d := x.DType(); d.Bits() == 16 {
		x = x.AsType(jnp.Float32)
	}
	if x.DType().IsComplex() {
		return lax.Complex(p.build(op, x.Real()), p.build(op, x.Imag()))
	}
	for i, axis := range p.Axes {
		x = jnp.MoveAxis(p.line(resized(jnp.MoveAxis(x, axis, -1), p.Lengths[i])), -1, axis)
	}
	return x
}
