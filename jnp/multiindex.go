package jnp

import (
	"slices"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// MultiIndex holds the keyword arguments of RavelMultiIndex.
type MultiIndex struct {
	// Mode says what happens to positions outside of the shape: by default they are refused, for which they must be
	// concrete; ModeClip, ModeWrap, or ModePromiseInBounds, which takes them as they are (NumPy's "ignore").
	Mode Mode
	// ColumnMajor counts along the first axis fastest (order='F').
	ColumnMajor bool
	// DType of the result; unset, that of the positions.
	DType DType
}

// RavelMultiIndex is the position in the flattened array of elements at the positions at, an integer array for each
// axis of shape, which are broadcast together. NumPy's ravel_multi_index. Positions outside of the shape are refused,
// so they must be concrete: see MultiIndex.
//
// Options: MultiIndex (Mode, ColumnMajor, DType).
func RavelMultiIndex(at []Array, shape []int) Array { return MultiIndex{}.RavelMultiIndex(at, shape) }

// RavelMultiIndex is jnp.RavelMultiIndex with options.
func (o MultiIndex) RavelMultiIndex(at []Array, shape []int) Array {
	const op = "jnp.RavelMultiIndex"
	in := nonempty(op, at)
	avals := trace.Avals(in)
	if len(at) != len(shape) {
		trace.Fail(op, avals, "%d arrays of positions do not go with shape %s", len(at), ir.ShapeString(shape))
	}
	kit.BroadcastTypes(op, avals)
	for i, v := range in {
		if !v.DType().IsInteger() {
			trace.Fail(op, avals, "positions must be integers; those along axis %d are %v", i, v.DType())
		}
		if shape[i] < 0 {
			trace.Fail(op, avals, "%s is not a shape", ir.ShapeString(shape))
		}
	}
	d, _ := kit.CommonType(trace.X64(in...), avals...)
	if o.DType != ir.Invalid {
		if d = kit.AskedDType(op, o.DType, avals...); !d.IsInteger() {
			trace.Fail(op, avals, "DType must be an integer type, not %v", d)
		}
	}
	if n := ir.SizeOf(shape); n < 0 || n > 0 && !kit.Fits(ir.IntLit(int64(n-1), ir.Int64), d) {
		trace.Fail(op, avals, "%v cannot hold the positions in an array of shape %s; ask for another DType", d,
			ir.ShapeString(shape))
	}
	switch o.Mode {
	case modeDefault:
		for i, v := range in {
			checkWithin(op, v, shape[i], avals, "ModeWrap or ModeClip of jnp.MultiIndex")
		}
	case ModeClip, ModeWrap, ModePromiseInBounds:
	default:
		trace.Fail(op, avals, "the mode is ModeWrap, ModeClip or ModePromiseInBounds, not %v", o.Mode)
	}
	strides := make([]int, len(shape))
	n := 1
	for i := range shape {
		k := i
		if !o.ColumnMajor {
			k = len(shape) - 1 - i
		}
		strides[k] = n
		n *= shape[k]
	}
	p := struct {
		Shape, Strides []int
		Mode           Mode
		DType          ir.DType
	}{slices.Clone(shape), strides, o.Mode, d}
	return whole(op, p, in, func(in []*trace.Value) *trace.Value {
		sum := Wrap(ops.ScalarLit(ir.IntLit(0, d)))
		for i, v := range in {
			x := Wrap(atLeast32(v))
			switch p.Mode {
			case ModeClip:
				x = Clip(x, 0, shape[i]-1)
			case ModeWrap:
				x = Mod(x, shape[i])
			}
			sum = sum.Add(Wrap(ops.Mul(ops.Convert(x.v, d), ops.Full(x.Shape(), ir.IntLit(int64(strides[i]), d)))))
		}
		return sum.v
	})
}

// checkWithin refuses integers v that are not all from 0 to n-1. They must be concrete; otherwise says how to do
// without.
func checkWithin(op string, v *trace.Value, n int, avals []ir.Aval, otherwise string) {
	known, b := v.Eval()
	if b != nil {
		trace.Fail(op, avals, "positions that are traced (%s at %v) cannot be checked; use %s", b.What(), b.Src(),
			otherwise)
	}
	trace.Suspended(func() {
		for _, i := range hostPositions(known) {
			if i < 0 || i >= n {
				trace.Fail(op, avals, "position %d lies outside of 0 to %d; use %s", i, n-1, otherwise)
			}
		}
	})
}

// atLeast32 is integers v in a type that holds the length of an axis.
func atLeast32(v *trace.Value) *trace.Value {
	if v.DType().Bits() < 32 {
		return ops.Convert(v, ir.Int32)
	}
	return v
}

// hostPositions is the elements of a concrete v of integers.
func hostPositions(v *trace.Value) []int {
	return ToSlice[int](Wrap(ops.Convert(v, kit.DefaultInt(v))))
}

// UnravelIndex is the positions along each axis of shape of the elements at positions at of the flattened array: an
// array of at's shape for each axis. NumPy's unravel_index. Negative positions count from the end, and ones outside of
// the array are those of its first or last element.
func UnravelIndex(at Array, shape ...int) []Array {
	const op = "jnp.UnravelIndex"
	v := at.val(op)
	avals := []ir.Aval{v.Aval()}
	if !v.DType().IsInteger() {
		trace.Fail(op, avals, "positions must be integers, not %v", v.DType())
	}
	for _, n := range shape {
		if n < 0 {
			trace.Fail(op, avals, "%s is not a shape", ir.ShapeString(shape))
		}
	}
	if len(shape) == 0 {
		return nil
	}
	p := struct{ Shape []int }{slices.Clone(shape)}
	return kit.Map(trace.Whole(op, p, []*trace.Value{v}, func(in []*trace.Value) []*trace.Value {
		rest := Wrap(in[0])
		out := make([]Array, len(shape))
		for i := len(shape) - 1; i >= 0; i-- {
			rest, out[i] = DivMod(rest, shape[i])
		}
		over := rest.Gt(0)
		under := Wrap(ops.Full(rest.Shape(), ir.BoolLit(false)))
		if rest.DType().IsSigned() {
			under = rest.Lt(-1)
		}
		vs := make([]*trace.Value, len(shape))
		for i, x := range out {
			vs[i] = Where(over, shape[i]-1, Where(under, 0, x)).v
		}
		return vs
	}), Wrap)
}

// Ix shapes vectors of integers so that together they index a grid: x.Index(jnp.Ix(rows, cols)...) is the elements
// where the given rows and columns meet. NumPy's ix_; vectors of bools are refused, as in JAX.
func Ix(xs ...Array) []any {
	const op = "jnp.Ix"
	if len(xs) == 0 {
		return nil
	}
	vs := nonempty(op, xs)
	for i, v := range vs {
		if v.Rank() != 1 || v.DType() == ir.Bool {
			trace.Fail(op, trace.Avals(vs), "takes vectors of positions; operand %d is %v", i, v.Aval())
		}
	}
	y := trace.Whole(op, nil, vs, func(vs []*trace.Value) []*trace.Value {
		out := make([]*trace.Value, len(vs))
		for i, v := range vs {
			shape := slices.Repeat([]int{1}, len(vs))
			shape[i] = v.Shape()[0]
			if shape[i] == 0 {
				out[i] = ops.Full(shape, ir.IntLit(0, kit.DefaultInt(v)))
				continue
			}
			out[i] = ops.Convert(ops.Reshape(v, shape), v.DType())
		}
		return out
	})
	out := make([]any, len(y))
	for i, v := range y {
		out[i] = Wrap(v)
	}
	return out
}
