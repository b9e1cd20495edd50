package jnp

import (
	"reflect"
	"slices"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
	"github.com/gojax/gojax/transforms/jit"
)

// Boolean masks. How many elements a mask selects is known only from its data, so a mask that selects must be concrete;
// a mask that says which elements an update changes need not be: then the update is a choice between old and new.

// soleMask is the mask that is the whole index, nil if the index is anything else.
func (r Ref) soleMask(op string) *trace.Value {
	if len(r.idx) == 0 {
		return nil
	}
	for _, x := range r.idx[1:] {
		if _, ok := x.(ellipsis); !ok {
			return nil
		}
	}
	switch x := r.idx[0].(type) {
	case int, Slice, newAxis, ellipsis, DynamicSlice, bool, nil, func(Array, ...int) Array:
		return nil
	case Array:
		if v := x.val(op); v.DType() == ir.Bool && v.Rank() > 0 {
			return v
		}
		return nil
	case trace.Leaf:
		return nil
	default:
		t := reflect.TypeOf(x)
		if k := t.Kind(); k != reflect.Slice && k != reflect.Array {
			return nil
		}
		for k := t.Kind(); k == reflect.Slice || k == reflect.Array; k = t.Kind() {
			t = t.Elem()
		}
		if t.Kind() != reflect.Bool {
			return nil
		}
		return kit.LiftAlone(op, x)
	}
}

// leads reports whether the shape of m is that of x's first axes.
func leads(m, x ir.Aval) bool {
	return m.Rank() <= x.Rank() && slices.Equal(m.Shape, x.Shape[:m.Rank()])
}

func concreteMask(op string, m *trace.Value, in []ir.Aval) *trace.Value {
	known, b := m.Eval()
	if b != nil {
		trace.Fail(op, in,
			"the mask %v is traced (%s at %v), so how many elements it selects, and the shape of the result, are not "+
				"known; use jnp.Where(mask, x, y), x.At(mask).Set(v) with a v that broadcasts to x, or "+
				"jnp.Sized{Size: n}.Nonzero(mask)", m.Aval(), b.What(), b.Src())
	}
	return known
}

// getMasked is x[mask] of concrete arrays, made on the host: as a program it would compile anew for every number of
// elements.
func (r Ref) getMasked(op string, x *trace.Value) (Array, bool) {
	if trace.AnyTraced(x) {
		return Array{}, false
	}
	m := r.soleMask(op)
	if m == nil || !leads(m.Aval(), x.Aval()) {
		return Array{}, false
	}
	a := x.Aval()
	mask := hostBytes(op, concreteMask(op, m, []ir.Aval{a}))
	data := hostBytes(op, x)
	rest := a.Shape[m.Rank():]
	row := ir.Aval{Shape: rest, DType: a.DType}.Bytes()
	n := 0
	for _, b := range mask {
		n += int(b & 1)
	}
	out := make([]byte, 0, n*row)
	for i, b := range mask {
		if b != 0 {
			out = append(out, data[i*row:(i+1)*row]...)
		}
	}
	y := trace.TheRuntime().FromHost(out, ir.Aval{Shape: append([]int{n}, rest...), DType: a.DType, Weak: a.Weak})
	if d := jit.DeviceOf(x); d != nil && d != jit.DeviceOf(y) {
		y = jit.DevicePut(y, d)
	}
	return Wrap(y), true
}

// updateMasked is x with v where a mask is true, for v that is one value for all of them. refused: there is no such
// arithmetic.
func (r Ref) updateMasked(u update, x, v *trace.Value, refused bool) (Array, bool) {
	m := r.soleMask(u.op)
	a := x.Aval()
	if m == nil || !leads(m.Aval(), a) {
		return Array{}, false
	}
	rest := a.Shape[m.Rank():]
	if s := v.Shape(); len(s) > len(rest) && !(len(s) == len(rest)+1 && s[0] == 1) {
		if m.Traced() {
			trace.Fail(u.op, []ir.Aval{a, v.Aval()},
				"the mask %v is traced, so the value must be one for all the elements it selects, of a shape that "+
					"broadcasts to %s; jnp.Where(mask, v, x) takes a v of x's shape", m.Aval(), ir.ShapeString(rest))
		}
		return Array{}, false
	}
	if refused {
		u.refuse(a, v.Aval())
	}
	rank := m.Rank()
	type params struct{ Factors bool }
	return whole(u.op, params{u.factors}, []*trace.Value{x, v, m}, func(in []*trace.Value) *trace.Value {
		x, v, m := in[0], in[1], in[2]
		if v.Rank() > len(rest) {
			v = ops.Reshape(v, v.Shape()[1:])
		}
		v = kit.BroadcastTo(fitTo(u.op, a, v, rest), a.Shape)
		if rank < a.Rank() {
			m = ops.BroadcastInDim(m, a.Shape, kit.UpTo(rank))
		}
		return ops.Select(m, u.combine(x, v), x)
	}), true
}

// mask is the positions at which a concrete mask, which stands for the axes from axis on, is true: one array for each
// axis.
func (p *plan) mask(m *trace.Value, axis int) []*trace.Value {
	shape := m.Shape()
	for i, n := range shape {
		if n != 0 && n != p.shape[axis+i] {
			p.fail("the bool array of the index, of shape %s, stands for axes of shape %s; the two must be equal",
				ir.ShapeString(shape), ir.ShapeString(p.shape[axis:axis+len(shape)]))
		}
	}
	return nonzeroOf(hostBytes(p.op, concreteMask(p.op, m, []ir.Aval{p.aval})), shape)
}

// nonzeroOf is the positions, by axis, of the true elements of a mask on the host: int32 arrays of one axis.
func nonzeroOf(mask []byte, shape []int) []*trace.Value {
	pos := make([][]int32, len(shape))
	at := make([]int32, len(shape))
	for _, b := range mask {
		if b != 0 {
			for i, n := range at {
				pos[i] = append(pos[i], n)
			}
		}
		for i := len(at) - 1; i >= 0; i-- {
			if at[i]++; int(at[i]) < shape[i] {
				break
			}
			at[i] = 0
		}
	}
	out := make([]*trace.Value, len(shape))
	for i, p := range pos {
		out[i] = trace.TheRuntime().FromHost(kit.Bytes(p), ir.Aval{Shape: []int{len(p)}, DType: ir.Int32})
	}
	return out
}
