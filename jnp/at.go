package jnp

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Mode says what happens at elements of an index that are out of bounds.
type Mode uint8

const (
	modeDefault         Mode = iota
	ModePromiseInBounds      // there are none (should there be: Get clips, updates drop)
	ModeClip                 // the nearest element is meant
	ModeDrop                 // Get gives the fill value, updates leave them out; the default of updates
	ModeFill                 // the same as ModeDrop
	ModeWrap                 // counted on from the start again, as often as needed; for Take alone
)

// String is JAX's name of the mode.
func (m Mode) String() string {
	if int(m) < 6 {
		return [...]string{"default", "promise_in_bounds", "clip", "drop", "fill", "wrap"}[m]
	}
	return "Mode(" + strconv.Itoa(int(m)) + ")"
}

// gather and scatter are lax's modes for m. Get clips unless it fills: lax's PromiseInBounds, which XLA clips as well,
// would have the derivative left out.
func (m Mode) gather() ops.IndexMode {
	if m == ModeDrop || m == ModeFill {
		return ops.Fill
	}
	return ops.Clip
}

func (m Mode) scatter() ops.IndexMode {
	if m == ModeClip {
		return ops.Clip
	}
	return ops.Fill
}

// Ref is the elements of an array that an index selects, to be read or replaced: what x.At(idx...) gives, JAX's
// x.at[idx].
//
//	y := x.At(2).Set(5)                     // x with x[2] = 5
//	y = x.At(jnp.All, 0).Add(col)           // x with x[:, 0] += col
//	v := x.At(i).Mode(jnp.ModeFill).Get()   // x[i], NaN where i is out of bounds
//
// Every method returns a new array; x itself never changes. A call whose result is dropped has no effect, and Go's
// compiler and vet cannot tell: write x = x.At(i).Set(v). Under Jit the update is done in place where x is not used
// again.
//
// Where an index names an element several times, Add, Sub, Mul, Div, Pow, Min and Max apply each update, and of several
// Sets one stays, which is not specified. The updated array keeps x's dtype: the arithmetic is done in the common dtype
// of x and v, and the result converted. Of a wider kind v must not be, since the result would be cut without a word:
// floats do not go into an array of integers, nor complex numbers into one of floats, but for Go numbers that x's dtype
// has too (2.0). Convert x or v first, with AsType.
type Ref struct {
	x              Array
	idx            []any
	mode           Mode
	noWrap         bool
	sorted, unique bool
	fill           *ir.Lit
}

// At is the elements x[idx...] (see Index), to be read or replaced: JAX's x.at[idx].
func (x Array) At(idx ...any) Ref { return Ref{x: x, idx: idx} }

// String says what r is, and what to do with it.
func (r Ref) String() string {
	if r.x.v == nil {
		return "jnp.Ref of an array that was never set"
	}
	parts := make([]string, len(r.idx))
	for i, x := range r.idx {
		switch x := x.(type) {
		case func(Array, ...int) Array:
			parts[i] = ":"
		case Array:
			if x.v != nil {
				parts[i] = x.v.Aval().String()
			}
		default:
			parts[i] = fmt.Sprint(x)
		}
	}
	return fmt.Sprintf(
		"jnp.Ref(%v[%s]): Get() reads these elements; Set(v), Add(v) and the others give a new array, and the old "+
			"one stays as it is", r.x.v.Aval(), strings.Join(parts, ", "))
}

// Mode sets what happens at elements of the index that are out of bounds, Go ints among them. By default Get clips them
// and updates leave them out.
func (r Ref) Mode(m Mode) Ref {
	if m == ModeWrap || m > ModeWrap {
		trace.Fail("jnp.Ref.Mode", nil,
			"%v is not a mode of At; take positions modulo the length (jnp.Mod), or use jnp.Taking{Mode: jnp.ModeWrap}",
			m)
	}
	r.mode = m
	return r
}

// FillValue sets what Get gives for elements out of bounds, a Go scalar, and chooses ModeFill if no mode is set. By
// default it is NaN for floats and complex numbers, the smallest signed and the largest unsigned integer, and true.
func (r Ref) FillValue(v any) Ref {
	l, ok := lift("jnp.Ref.FillValue", v).Lit()
	if !ok {
		trace.Fail("jnp.Ref.FillValue", nil, "the fill value is a Go scalar, not %T; jnp.Where chooses between arrays",
			v)
	}
	if r.mode == modeDefault {
		r.mode = ModeFill
	}
	r.fill = &l
	return r
}

// UniqueIndices promises that no element is named twice, which may be faster; if one is, the result is not defined.
func (r Ref) UniqueIndices() Ref { r.unique = true; return r }

// IndicesAreSorted promises that the positions ascend, which may be faster; if they do not, the result is not defined.
func (r Ref) IndicesAreSorted() Ref { r.sorted = true; return r }

// NoWrap makes negative positions out of bounds, instead of counted from the end (JAX's wrap_negative_indices=False).
func (r Ref) NoWrap() Ref { r.noWrap = true; return r }

// Get is the elements: x[idx...].
func (r Ref) Get() Array { return r.get("jnp.Ref.Get") }

func (r Ref) get(op string) Array {
	v := r.x.val(op)
	if len(r.idx) == 0 {
		return r.x
	}
	if y, ok := r.getMasked(op, v); ok {
		return y
	}
	p := parse(op, v, r, false)
	if p.trivial() {
		return r.x
	}
	return Wrap(p.run(op, v, nil, func(x *trace.Value, _ *trace.Value, ins []*trace.Value) *trace.Value {
		return p.get(x, ins)
	}))
}

// run runs build on x, v (unless nil) and the inputs of p.
func (p *plan) run(op string, x, v *trace.Value,
	build func(x, v *trace.Value, ins []*trace.Value) *trace.Value) *trace.Value {
	n := 1
	in := make([]*trace.Value, 0, 2+len(p.ins))
	in = append(in, x)
	if v != nil {
		in = append(in, v)
		n = 2
	}
	in = append(in, p.ins...)
	var buf [96]byte
	key := string(p.appendKey(buf[:0]))
	return trace.Whole(op, key, in, func(in []*trace.Value) []*trace.Value {
		var v *trace.Value
		if n == 2 {
			v = in[1]
		}
		return []*trace.Value{build(in[0], v, in[n:])}
	})[0]
}

// update is a way to replace elements: how the new ones come from the old and v.
type update struct {
	op      string
	numeric bool // refuses bool
	apply   func(old, v *trace.Value) *trace.Value
	scatter func(x, indices, updates *trace.Value, dims ops.ScatterDims, o ops.ScatterOptions) *trace.Value
	factors bool // collects the factors of Div and Pow, and has their name
}

var (
	updateSet = update{"jnp.Ref.Set", false, nil, ops.Scatter, false}
	updateAdd = update{"jnp.Ref.Add", true, ops.Add, ops.ScatterAdd, false}
	updateSub = update{"jnp.Ref.Sub", true, ops.Sub, ops.ScatterSub, false}
	updateMul = update{"jnp.Ref.Mul", true, ops.Mul, ops.ScatterMul, false}
	updateMin = update{"jnp.Ref.Min", false, ops.Min, ops.ScatterMin, false}
	updateMax = update{"jnp.Ref.Max", false, ops.Max, ops.ScatterMax, false}
	updateDiv = update{"jnp.Ref.Div", true, ops.Div, nil, false}
	updatePow = update{"jnp.Ref.Pow", true, ops.Pow, nil, false}
)

// Set is x with the elements replaced by v, a Go scalar or an Array that broadcasts to their shape. v is converted to
// x's dtype.
func (r Ref) Set(v any) Array { return r.update(updateSet, v) }

// setCut is Set that cuts what x's dtype does not hold, as NumPy's functions do which are named after what they put.
func (r Ref) setCut(v Array) Array { return r.Set(v.AsType(r.x.DType())) }

// Add is x with v added to the elements.
func (r Ref) Add(v any) Array { return r.update(updateAdd, v) }

// Sub is x with v subtracted from the elements.
func (r Ref) Sub(v any) Array { return r.update(updateSub, v) }

// Mul is x with the elements multiplied by v.
func (r Ref) Mul(v any) Array { return r.update(updateMul, v) }

// Min is x with the elements replaced by the smaller of themselves and v. CPUs take subnormal numbers for 0 in it.
func (r Ref) Min(v any) Array { return r.update(updateMin, v) }

// Max is x with the elements replaced by the larger of themselves and v. CPUs take subnormal numbers for 0 in it.
func (r Ref) Max(v any) Array { return r.update(updateMax, v) }

// Div is x with the elements divided by v. The division is true division: for an integer x the result is float, as in
// JAX.
func (r Ref) Div(v any) Array { return r.byFactors(updateDiv, v, Div[Array, Array]) }

// Pow is x with the elements raised to the power v.
func (r Ref) Pow(v any) Array { return r.byFactors(updatePow, v, Power[Array, Array]) }

// Apply is x with the elements replaced by f of them, f being applied element by element (NumPy ufunc.at). An element
// that the index names several times has f applied as often, and the result then has no derivative, as in JAX; with
// UniqueIndices, or an index that has no array of positions, it is x.At(idx...).Set(f(x.Index(idx...))), which has one.
func (r Ref) Apply(f func(Array) Array) Array {
	const op = "jnp.Ref.Apply"
	if f == nil {
		trace.Fail(op, nil, "the function is nil; give one from arrays to arrays, such as jnp.Exp")
	}
	if !r.repeats() || r.unique {
		return r.Set(f(r.get(op)))
	}
	v := r.x.val(op)
	p := parse(op, v, r, true)
	l := p.layout(p.ins)
	if ir.SizeOf(l.shape) == 0 || v.Aval().Size() == 0 {
		return r.x
	}
	return Wrap(p.scatterWith(v, l, func(x *trace.Value, d ops.ScatterDims, o ops.ScatterOptions) *trace.Value {
		each := func(v *trace.Value) *trace.Value { return f(Wrap(v)).val(op) }
		return ops.ScatterApply(x, l.indices, each, l.without, d, o)
	}))
}

// byFactors does Div and Pow as JAX does: it multiplies v into an array of ones at the index and returns f(x, that
// array). So an element that the index names twice, with the values 2 and 3, is divided by 6. Where x is of floats and
// the index cannot name an element twice, f of the elements themselves gives the same for less.
func (r Ref) byFactors(u update, v any, f func(x, y Array) Array) Array {
	x := r.x.val(u.op)
	y := kit.LiftFor(u.op, v, x.Aval())
	d, _ := kit.CommonType(trace.X64(x, y), x.Aval(), y.Aval())
	if d == x.DType() && d.IsFloat() && !r.repeats() {
		return r.update(u, v)
	}
	m := updateMul
	m.op, m.factors = u.op, true
	ones := r
	ones.x = OnesLike(r.x)
	if u.op == updateDiv.op && d.IsInexact() && !x.DType().IsInexact() { // whose result is not of x's dtype
		ones.x = ones.x.AsType(d)
	}
	factors := ones.update(m, v)
	if u.op == updateDiv.op || !x.DType().IsInexact() {
		return f(r.x, factors)
	}
	// Elsewhere x stays, and the derivative by the exponent, log(x), is not asked for.
	here := r
	here.x = Creation{DType: Bool}.Zeros(r.x.Shape()...)
	at := here.update(updateSet, true)
	return Where(at, f(Where(at, r.x, 1), factors), r.x)
}

// repeats reports whether the index may name an element twice: whether it holds an array of positions.
func (r Ref) repeats() bool {
	for _, x := range r.idx {
		switch x := x.(type) {
		case int, Slice, DynamicSlice, newAxis, ellipsis, bool, func(Array, ...int) Array:
		case Array:
			if x.v == nil || x.v.Rank() > 0 && x.v.DType() != ir.Bool {
				return true
			}
		default:
			return true
		}
	}
	return false
}

func (r Ref) update(u update, v any) Array {
	x := r.x.val(u.op)
	a := x.Aval()
	y := u.fits(a, kit.LiftFor(u.op, v, a))
	d, _ := kit.CommonType(trace.X64(x, y), a, y.Aval())
	refused := u.numeric && d == ir.Bool
	if out, ok := r.updateMasked(u, x, y, refused); ok {
		return out
	}
	p := parse(u.op, x, r, true)
	p.factors = u.factors
	if refused && !p.nothing() {
		u.refuse(a, y.Aval())
	}
	return Wrap(p.run(u.op, x, y, func(x, y *trace.Value, ins []*trace.Value) *trace.Value {
		return p.update(u, x, y, ins)
	}))
}

// fits is v, refused if it is of a wider kind than a: bools, integers, floats and complex numbers, each holds those
// before. A literal that a holds all the same comes in a's dtype.
func (u update) fits(a ir.Aval, v *value) *value {
	kind := func(d ir.DType) int {
		switch {
		case d == ir.Bool:
			return 0
		case d.IsInteger():
			return 1
		case d.IsFloat():
			return 2
		}
		return 3
	}
	if kind(v.DType()) <= kind(a.DType) {
		return v
	}
	if l, ok := v.Lit(); ok {
		if c := l.Convert(a.DType); c.Complex() == l.Complex() {
			return trace.FromLit(c)
		}
	}
	trace.Fail(u.op, []ir.Aval{a, v.Aval()}, "what %v holds would be cut to fit %v; convert the array first, with "+
		"x.AsType, or the value, with AsType or jnp.Round", v.DType(), a.DType)
	return nil
}

// refuse is the error of arithmetic on bools.
func (u update) refuse(in ...ir.Aval) {
	trace.Fail(u.op, in, "bool arrays have no arithmetic; use Set, Min (and) or Max (or), or convert with AsType")
}

// combine is u's new elements, in x's dtype, from the old ones and v, of the same shape.
func (u update) combine(old, v *trace.Value) *trace.Value {
	a := old.Aval()
	if u.apply == nil {
		return retype(promoteTo(u.op, a, v), a)
	}
	vs := kit.Promote(u.op, old, v)
	return retype(u.apply(vs[0], vs[1]), a)
}

// promoteTo is v in the common dtype of a and v.
func promoteTo(op string, a ir.Aval, v *trace.Value) *trace.Value {
	d, weak := kit.CommonType(trace.X64(v), a, v.Aval())
	return kit.Convert(op, v, d, weak)
}

// retype is v as a's dtype and weakness.
func retype(v *trace.Value, a ir.Aval) *trace.Value {
	if v.DType() != a.DType {
		v = ops.Convert(v, a.DType)
	}
	return kit.Convert("jnp.At", v, a.DType, a.Weak)
}

// fitTo broadcasts v to the shape of the elements that are to be replaced.
func fitTo(op string, x ir.Aval, v *trace.Value, shape []int) *trace.Value {
	if s := v.Shape(); !kit.BroadcastsTo(s, shape) {
		trace.Fail(op, []ir.Aval{x, v.Aval()},
			"a value of shape %v does not broadcast to the indexed elements, of shape %v; reshape it, or index other "+
				"elements", ir.ShapeString(s), ir.ShapeString(shape))
	}
	return kit.BroadcastTo(v, slices.Clone(shape))
}
