package ops

import (
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// Casts: what CheckVMA makes of derivatives that are taken inside a ShardMap.
//
// A value that is equal on all devices along an axis, such as a weight, meets one that varies, such as a device's part
// of the data. Each device's cotangent of it is then a part of the whole one, which is their sum. So before a function
// is differentiated, Casts puts an operation where such values meet, which passes the value on and whose transpose is
// the sum over the axes that are new. A psum in turn, whose result is equal on all devices, transposes to such a cast.
//
// What varies over what is known only when the function on blocks has been recorded as a whole, since loops and jitted
// functions are recorded before it is known what they are given. So a cast names values that tell over which axes it
// casts, and SettleCasts decides at the end: casts go, and their transposes become sums over axes.

// cast is what a cast and its transpose have in common. Both have the operand that they cast, then the value to which
// that belongs (itself, or of a tangent or cotangent the value it is of), and then others. The cast is to what the
// value varies over, to Axes, and to what the others vary over; with Of, to what output Out of Of varies over, of which
// the others are the operands.
type cast struct {
	Over []string // the axes that are asked about, outermost last
	Axes []string
	Of   *ir.Op
	Out  int
	// Found has the transpose sum over what the cotangent varies over and the value does not, and the cast change
	// nothing: for functions whose rules may have summed.
	Found bool
}

// pcast is its first operand as a value that varies over more axes of a mesh.
type pcast struct{ cast }

// pcastSum is the transpose of a pcast: the sum over the axes that are new.
type pcastSum struct{ cast }

// PCast is v as a value that varies over the axes, though it may be equal on all devices (jax.lax.pcast). It is v
// itself, but for derivatives taken inside a ShardMap with CheckVMA.
func PCast(v *Value, a Across) *Value {
	over := trace.CastAxes()
	axes := common(over, a.Axes)
	if len(axes) == 0 {
		return v
	}
	return one(pcast{cast{Over: over, Axes: axes}}, v, v)
}

// common are those of names that are among a.
func common(names, a []string) []string {
	return slices.DeleteFunc(slices.Clone(names), func(n string) bool { return !slices.Contains(a, n) })
}

func (pcast) Name() string    { return "pcast" }
func (pcastSum) Name() string { return "pcast_sum" }

func (cast) Infer(in []ir.Aval) ([]ir.Aval, error) { return in[:1:1], nil }

func (cast) Lower(_ trace.Emitter, x []trace.Operand) []trace.Operand { return x[:1] }

// Lower: SettleCasts replaces it.
func (o pcastSum) Lower(_ trace.Emitter, x []trace.Operand) []trace.Operand {
	trace.Fail(o.Name(), []ir.Aval{x[0].Aval}, "a derivative inside of a ShardMap with gojax.CheckVMA is run before "+
		"the function has been recorded: this is a fault of gojax")
	return nil
}

func (cast) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	return c.Self(x...), d[:1]
}

// JVP casts the tangent as its value.
func (cast) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) {
	y = c.Self(x...)
	if t[0] == nil {
		return y, []*Value{nil}
	}
	return y, c.Self(slices.Concat(t[:1], x[1:])...)
}

func (o pcast) Transpose(_ trace.TransposeCtx, ct []*Value, x []trace.Linear) []*Value {
	return o.transpose(pcastSum(o), ct, x)
}

func (o pcastSum) Transpose(_ trace.TransposeCtx, ct []*Value, x []trace.Linear) []*Value {
	return o.transpose(pcast(o), ct, x)
}

func (o cast) transpose(to ir.Op, ct []*Value, x []trace.Linear) []*Value {
	in := []*Value{ct[0]}
	for _, v := range x[1:] {
		if v.X == nil {
			trace.Fail(to.Name(), nil, "a value that tells what varies is itself linear: this is a fault of gojax")
		}
		in = append(in, v.X)
	}
	r := make([]*Value, len(x))
	if ct[0] != nil {
		r[0] = one(to, in...)
	}
	return r
}

// added are the axes over which the cast is.
func (o cast) added(w *trace.VaryWalk, x []trace.AxisSet) trace.AxisSet {
	var to trace.AxisSet
	switch {
	case o.Found:
		to = x[0]
	case o.Of != nil:
		to = w.Outputs(o.Of, x[2:])[o.Out]
	default:
		to = w.Set(o.Axes) | trace.Union(x[2:])
	}
	return to & w.Set(o.Over) &^ x[1]
}

func (o pcast) Vary(w *trace.VaryWalk, x []trace.AxisSet) []trace.AxisSet {
	if o.Found {
		return x[:1]
	}
	return []trace.AxisSet{x[0] | x[1] | o.added(w, x)}
}

func (o pcastSum) Vary(w *trace.VaryWalk, x []trace.AxisSet) []trace.AxisSet {
	return []trace.AxisSet{x[0] &^ o.added(w, x)}
}

// What the outputs of other operations vary over.

func (o preduce) Vary(w *trace.VaryWalk, x []trace.AxisSet) []trace.AxisSet {
	if o.Groups != nil {
		return []trace.AxisSet{x[0] | w.Set(o.Axes)}
	}
	return []trace.AxisSet{x[0] &^ w.Set(o.Axes)}
}

func (optimizationBarrier) Vary(_ *trace.VaryWalk, x []trace.AxisSet) []trace.AxisSet { return x }

func (b body) Vary(w *trace.VaryWalk, x []trace.AxisSet) []trace.AxisSet { return w.Run(b.Body, x) }

// Vary: an inner ShardMap is over other axes.
func (o shardMap) Vary(w *trace.VaryWalk, x []trace.AxisSet) []trace.AxisSet { return w.Run(o.Body, x) }

func (o cond) Vary(w *trace.VaryWalk, x []trace.AxisSet) []trace.AxisSet {
	out := make([]trace.AxisSet, len(o.Branches[0].Out))
	for i := range out {
		out[i] = x[0]
	}
	for _, b := range o.Branches {
		out = trace.Joined(out, w.Run(b, x[1:]))
	}
	return out
}

// Vary: devices whose loops end at different times have different carries.
func (o while) Vary(w *trace.VaryWalk, x []trace.AxisSet) []trace.AxisSet {
	condConsts, bodyConsts, carry := whileParts(o, x)
	for {
		next := trace.Joined(carry, w.Run(o.Body, slices.Concat(bodyConsts, carry)))
		ends := w.Run(o.Cond, slices.Concat(condConsts, carry))[0]
		for i := range next {
			next[i] |= ends
		}
		if slices.Equal(carry, next) {
			return carry
		}
		carry = next
	}
}

func (o scan) Vary(w *trace.VaryWalk, x []trace.AxisSet) []trace.AxisSet {
	consts, carry, xs := scanParts(o, x)
	for {
		out := w.Run(o.Body, slices.Concat(consts, carry, xs))
		next := trace.Joined(carry, out[:o.Carry])
		if slices.Equal(carry, next) {
			return slices.Concat(carry, out[o.Carry:])
		}
		carry = next
	}
}

// Vary: the transposed system is solved for cotangents of the solution.
func (o linearSolve) Vary(w *trace.VaryWalk, x []trace.AxisSet) []trace.AxisSet {
	consts, b := solveParts(o, x)
	out := w.Run(o.Solve, slices.Concat(consts[1], b))
	solution := trace.Joined(out, b)
	for i, p := range o.all() {
		if p != nil && p != o.Solve {
			w.Run(p, slices.Concat(consts[i], solution))
		}
	}
	return out
}
