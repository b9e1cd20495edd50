package jnp

import (
	"math"
	"slices"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// An index without arrays selects a box: on each axis a range of positions, some of them apart. It is read by slice or
// dynamic_slice and written by dynamic_update_slice, never by gather and scatter, which are loops on a CPU.

// trivial reports whether the index selects the whole array as it is.
func (p *plan) trivial() bool {
	for _, t := range p.terms {
		if t.Kind != termSlice || t.In >= 0 || t.Size != p.shape[t.Axis] || t.Rev {
			return false
		}
	}
	return true
}

// nothing reports whether the index selects no element, whatever the positions.
func (p *plan) nothing() bool {
	for _, t := range p.terms {
		if t.Kind == termArray {
			if p.ins[t.In].Aval().Size() == 0 {
				return true
			}
		} else if t.Size == 0 {
			return true
		}
	}
	return false
}

// starts is where the box begins on each axis, clipped to it, and whether it lay inside; ok is nil if that is certain.
func (p *plan) starts(ins []*trace.Value) (at []*trace.Value, ok *trace.Value) {
	at = make([]*trace.Value, len(p.shape))
	for i := range at {
		at[i] = p.position(0)
	}
	for _, t := range p.terms {
		if t.In < 0 {
			continue
		}
		i, inside := p.start(t, ins[t.In])
		at[t.Axis] = i
		if inside != nil {
			if ok == nil {
				ok = inside
			} else {
				ok = ops.And(ok, inside)
			}
		}
	}
	return at, ok
}

// start is the position of t's slice or scalar, i wrapped and clipped, and whether it lay inside (nil: certainly).
func (p *plan) start(t term, i *trace.Value) (at, inside *trace.Value) {
	at = p.wrapped(t, i)
	if t.Checked {
		return at, nil
	}
	lo, hi := p.position(0), p.position(p.shape[t.Axis]-t.Size)
	// Clipped here: dynamic_slice would count negative ones from the end once more.
	return ops.Clamp(lo, at, hi), ops.And(ops.Ge(at, lo), ops.Le(at, hi))
}

// wrapped is positions i on t's axis, of dtype idxD, negative ones counted from the end.
func (p *plan) wrapped(t term, i *trace.Value) *trace.Value {
	signed := !i.DType().IsUnsigned()
	if i.DType() == ir.Uint64 { // the largest are no negative positions
		i = ops.Min(i, ops.Full(i.Shape(), ir.UintLit(math.MaxInt64, ir.Uint64)))
	}
	i = kit.As(i, p.idxD)
	if t.Checked || p.noWrap || !signed {
		return i
	}
	c := func(n int) *trace.Value { return kit.BroadcastTo(p.position(n), i.Shape()) }
	return ops.Select(ops.Lt(i, c(0)), ops.Add(i, c(p.shape[t.Axis])), i)
}

// box is the shape of the box with every axis of x, and of the window that it spans; apart tells whether they differ.
func (p *plan) box() (size, window []int, apart bool) {
	size, window = make([]int, len(p.shape)), make([]int, len(p.shape))
	for _, t := range p.terms {
		if t.Axis >= 0 {
			size[t.Axis], window[t.Axis] = t.Size, t.window()
			apart = apart || t.Step != 1
		}
	}
	return size, window, apart
}

// result is the shape of the selected elements of a box.
func (p *plan) result() []int {
	out := make([]int, 0, len(p.terms))
	for _, t := range p.terms {
		if t.Kind != termScalar {
			out = append(out, t.Size)
		}
	}
	return out
}

func (p *plan) reversed() (axes []int) {
	for _, t := range p.terms {
		if t.Rev {
			axes = append(axes, t.Axis)
		}
	}
	return axes
}

func (p *plan) steps() []int {
	s := make([]int, len(p.shape))
	for _, t := range p.terms {
		if t.Axis >= 0 {
			s[t.Axis] = t.Step
		}
	}
	return s
}

// static is the values of at where all are literals.
func static(at []*trace.Value) ([]int, bool) {
	out := make([]int, len(at))
	for i, v := range at {
		l, ok := v.Lit()
		if !ok {
			return nil, false
		}
		out[i] = int(l.Int())
	}
	return out, true
}

// read is the elements of the box that begins at the positions at, still in ascending order and with every axis.
func (p *plan) read(x *trace.Value, at []*trace.Value) *trace.Value {
	_, window, apart := p.box()
	s, ok := static(at)
	if !apart {
		return p.window(x, at, window)
	}
	if ok {
		return ops.Slice(x, s, plus(s, window), p.steps())
	}
	x = p.window(x, at, window)
	return ops.Slice(x, make([]int, len(window)), window, p.steps())
}

// window is the part of x of the given shape that begins at the positions at.
func (p *plan) window(x *trace.Value, at []*trace.Value, window []int) *trace.Value {
	if slices.Equal(window, p.shape) {
		return x
	}
	if s, ok := static(at); ok {
		return ops.Slice(x, s, plus(s, window), nil)
	}
	return ops.DynamicSlice(x, at, window)
}

func plus(a, b []int) []int {
	out := make([]int, len(a))
	for i := range a {
		out[i] = a[i] + b[i]
	}
	return out
}

// get is x at the index.
func (p *plan) get(x *trace.Value, ins []*trace.Value) *trace.Value {
	if p.arrays {
		return p.gather(x, ins)
	}
	at, ok := p.starts(ins)
	y := p.read(x, at)
	if rev := p.reversed(); rev != nil {
		y = ops.Rev(y, rev)
	}
	y = ops.Reshape(y, p.result())
	if ok != nil && p.mode.gather() == ops.Fill {
		y = ops.Select(ok, y, fullOf(y.Aval(), p.fillLit()))
	}
	return y
}

// fillLit is what stands for elements out of bounds, of x's dtype.
func (p *plan) fillLit() ir.Lit {
	d := p.aval.DType
	if p.fill != nil {
		return p.fill.Convert(d)
	}
	switch d.Kind() {
	case ir.KindInt:
		return ir.IntLit(-1<<(d.Bits()-1), d)
	case ir.KindUint:
		return ir.UintLit(1<<d.Bits()-1, d)
	case ir.KindBool:
		return ir.BoolLit(true)
	}
	return ir.FloatLit(math.NaN(), d)
}

func fullOf(a ir.Aval, l ir.Lit) *trace.Value {
	l.Weak = a.Weak
	return ops.Full(a.Shape, l)
}

// update is x with the elements at the index changed by u.
func (p *plan) update(u update, x, v *trace.Value, ins []*trace.Value) *trace.Value {
	if p.arrays {
		return p.scatter(u, x, v, ins)
	}
	a := x.Aval()
	size, window, apart := p.box()
	if ir.SizeOf(size) == 0 || a.Size() == 0 {
		return x // whatever v's shape, as in JAX
	}
	v = ops.Reshape(fitTo(u.op, a, v, p.result()), size)
	if rev := p.reversed(); rev != nil {
		v = ops.Rev(v, rev)
	}
	at, ok := p.starts(ins)
	if p.mode == ModeClip {
		ok = nil // reading and writing clip alike
	}
	var old *trace.Value
	if u.apply != nil || ok != nil {
		old = p.read(x, at)
	}
	var y *trace.Value
	if u.apply == nil {
		y = retype(promoteTo(u.op, a, v), a)
	} else {
		y = u.combine(old, v)
	}
	if ok != nil {
		y = ops.Select(ok, y, old)
	}
	if apart {
		y = p.between(x, y, at, window)
	}
	if slices.Equal(window, p.shape) {
		return y
	}
	return ops.DynamicUpdateSlice(x, y, at)
}

// between is the window of x at the positions at, with y laid over it at the steps.
func (p *plan) between(x, y *trace.Value, at []*trace.Value, window []int) *trace.Value {
	n := len(window)
	steps := p.steps()
	holes := make([]int, n)
	var on *trace.Value
	for axis, s := range steps {
		if s == 1 {
			continue
		}
		holes[axis] = s - 1
		c := func(v int) *trace.Value { return ops.Full(window, ir.IntLit(int64(v), ir.Int32)) }
		here := ops.Eq(ops.Rem(ops.Iota(ir.Int32, window, axis), c(s)), c(0))
		if on == nil {
			on = here
		} else {
			on = ops.And(on, here)
		}
	}
	zero := trace.FromLit(ir.Lit{DType: y.DType(), Weak: y.Aval().Weak})
	return ops.Select(on, ops.Pad(y, zero, make([]int, n), make([]int, n), holes), p.window(x, at, window))
}
