package ops

import (
	"fmt"
	"math"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// cumulative combines by Monoid, along Axis, all elements up to each one, or with Reverse all from it on.
type cumulative struct {
	Monoid  monoid
	Axis    int
	Reverse bool
}

func (c cumulative) Name() string {
	switch c.Monoid {
	case monoidAdd:
		return "cumsum"
	case monoidMul:
		return "cumprod"
	case monoidMax:
		return "cummax"
	case monoidMin:
		return "cummin"
	}
	return "cumlogsumexp"
}

// CumSum is the sum of the elements up to and with each one along axis (reverse: from it to the end), as lax.cumsum.
// Numbers only. float16 and bfloat16 are added up in float32 and rounded once; on CPUs float32 and float64 are added up
// in twice their precision.
func CumSum(x *Value, axis int, reverse bool) *Value {
	return one(cumulative{monoidAdd, axis, reverse}, x)
}

// CumProd is CumSum for the product.
func CumProd(x *Value, axis int, reverse bool) *Value {
	return one(cumulative{monoidMul, axis, reverse}, x)
}

// CumMax is CumSum for the greatest element, NaN from the first NaN on. Not for bool.
func CumMax(x *Value, axis int, reverse bool) *Value {
	return one(cumulative{monoidMax, axis, reverse}, x)
}

// CumMin is CumMax for the least element.
func CumMin(x *Value, axis int, reverse bool) *Value {
	return one(cumulative{monoidMin, axis, reverse}, x)
}

// CumLogSumExp is log(CumSum(exp(x))) without overflow or underflow, of floats.
func CumLogSumExp(x *Value, axis int, reverse bool) *Value {
	return one(cumulative{monoidLogAddExp, axis, reverse}, x)
}

func (c cumulative) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if err := wantOperands(in, 1); err != nil {
		return nil, err
	}
	allow := kNum
	if c.Monoid == monoidLogAddExp {
		allow = kFloat
	}
	if err := firstError(wantKind(in[0], allow), checkAxes("axis", []int{c.Axis}, in[0].Rank())); err != nil {
		return nil, err
	}
	return in[:1:1], nil
}

func (c cumulative) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	t := x[0].Aval
	d, extreme := t.DType, c.Monoid == monoidMax || c.Monoid == monoidMin
	wide := d
	if (d == ir.Float16 || d == ir.BFloat16) && !extreme {
		wide = ir.Float32
	}
	convert := func(x []trace.Operand, to ir.DType) []trace.Operand {
		return lowerFun(e, x, func(v []*Value) []*Value { return []*Value{Convert(v[0], to)} })
	}
	operation, ok := cumulativeOperations[c.Monoid]
	if ok && !(extreme && d.IsComplex()) && t.Size() > 0 && onCPU(e, cumulativeKernel) {
		options := fmt.Sprintf("operation = %s, axis = %s, reverse = %s", i64(operation), i64(c.Axis), flag(c.Reverse))
		return convert(callKernel(e, cumulativeKernel, convert(x, wide), options, t.As(wide)), d)
	}
	return lowerFun(e, x, func(v []*Value) []*Value {
		if extreme && flushes(e, d) {
			y := scanMonoid(c.Monoid, totalBits(v[0], c.Monoid == monoidMax), c.Axis, c.Reverse)
			return []*Value{Bitcast(flipNegative(y), d)}
		}
		return []*Value{Convert(scanMonoid(c.Monoid, Convert(v[0], wide), c.Axis, c.Reverse), d)}
	})
}

// cumulativeOperations are as backend/kernels/cumulative.c numbers them.
var cumulativeOperations = map[monoid]int{monoidAdd: 0, monoidMul: 1, monoidMax: 2, monoidMin: 3}

func (c cumulative) Batch(_ trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	h := c
	if d[0] <= c.Axis {
		h.Axis++
	}
	return []*Value{one(h, x[0])}, d
}

// JVP: a cumulative sum is linear. The others are scans of pairs of a value and its tangent.
func (c cumulative) JVP(ctx trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	if c.Monoid == monoidAdd {
		return jvpLinear(ctx, x, t)
	}
	if t[0] == nil {
		return jvpZero(ctx, x)
	}
	wide := []*Value{x[0], t[0]}
	d := x[0].DType()
	if d == ir.Float16 || d == ir.BFloat16 { // as the values are
		wide = mapEach(wide, func(v *Value) *Value { return Convert(v, ir.Float32) })
	}
	v := AssociativeScan(wide, c.Axis, c.Reverse, c.combinePairs)
	return ctx.Self(x...), []*Value{Convert(v[1], d)}
}

// Transpose of a cumulative sum runs the other way.
func (c cumulative) Transpose(_ trace.TransposeCtx, ct []*Value, _ []trace.Linear) []*Value {
	return transpose1(ct, func(g *Value) *Value {
		return one(cumulative{c.Monoid, c.Axis, !c.Reverse}, g)
	})
}

// combinePairs is the JVP of the monoid's operation.
func (c cumulative) combinePairs(a, b []*Value) []*Value {
	x, tx, y, ty := a[0], a[1], b[0], b[1]
	var z *Value
	switch c.Monoid {
	case monoidMax:
		z = MaxExact(x, y)
	case monoidMin:
		z = MinExact(x, y)
	default:
		z = c.Monoid.apply(x, y)
	}
	switch c.Monoid {
	case monoidMul:
		return []*Value{z, Add(Mul(tx, y), Mul(x, ty))}
	case monoidLogAddExp:
		// An infinite value has all of the weight, or none.
		finite := func(v *Value) *Value {
			return Select(Eq(v, FullLike(v, math.Inf(1))), ZerosLike(v), v)
		}
		w := func(v *Value) *Value { return Exp(Sub(finite(v), finite(z))) }
		low := Eq(z, FullLike(z, math.Inf(-1))) // of -inf and -inf: neither counts
		sum := Add(Mul(tx, w(x)), Mul(ty, w(y)))
		return []*Value{z, Select(low, ZerosLike(sum), sum)}
	}
	// Extrema: the tangent of the one that is it, of equal ones the mean.
	half := FullLike(tx, 0.5)
	both := Mul(Add(tx, ty), half)
	pick := Select(EqExact(x, z), Select(EqExact(y, z), both, tx), ty)
	return []*Value{z, pick}
}

// scanBlock is the length of the blocks that a cumulative operation works in where no kernel is there. Measured on the
// CPU plugin for float32 sums:
//
//	                        4e6      2000x2000 axis 0   axis 1
//	blocks of 16         6.9 ms                3.0 ms   5.2 ms
//	associativeScan      6.7 ms                7.7 ms   7.9 ms
//	of exp(x): blocks    7.4 ms, associativeScan 22 ms, which computes exp once for each of its slices
//
// Blocks of 8 have more levels and are slower everywhere; those of 32 are no faster and compile longer.
const scanBlock = 16

// scanMonoid is the cumulative operation itself, of a numeric x.
func scanMonoid(m monoid, x *Value, axis int, reverse bool) *Value {
	// A block needs an identity that is exact and an operation cheap enough to be done again for every later element of
	// it.
	if m == monoidLogAddExp || m == monoidMul && x.DType().IsComplex() {
		return AssociativeScan([]*Value{x}, axis, reverse, func(a, b []*Value) []*Value {
			return []*Value{m.apply(a[0], b[0])}
		})[0]
	}
	if reverse {
		return Rev(blockScan(m, Rev(x, []int{axis}), axis), []int{axis})
	}
	return blockScan(m, x, axis)
}

// blockScan scans each block, then what the blocks come to, and puts that before the blocks.
func blockScan(m monoid, x *Value, axis int) *Value {
	shape, rank := x.Shape(), x.Rank()
	n := shape[axis]
	switch {
	case n < 2 || ir.SizeOf(shape) == 0:
		return x
	case n <= scanBlock:
		return Concatenate(running(m, x, axis), axis)
	case n <= 64 && ir.SizeOf(shape)*n <= 1<<16:
		return smallScan(m, x, axis)
	}
	blocks := (n + scanBlock - 1) / scanBlock
	unit := trace.FromLit(exactIdentity(m, x.DType()))
	none := repeated(0, rank)
	if more := blocks*scanBlock - n; more > 0 {
		hi := repeated(0, rank)
		hi[axis] = more
		x = Pad(x, unit, none, hi, none)
	}
	split := inserted(x.Shape(), axis+1, scanBlock)
	split[axis] = blocks
	parts := running(m, Reshape(x, split), axis+1)
	whole := blockScan(m, Squeeze(parts[scanBlock-1], []int{axis + 1}), axis)
	lo, hi := repeated(0, rank), repeated(0, rank)
	lo[axis], hi[axis] = 1, -1
	before := BroadcastInDim(Pad(whole, unit, lo, hi, none), split, rest(rank+1, []int{axis + 1}))
	joined := own(x.Shape())
	y := Reshape(m.apply(before, Concatenate(parts, axis+1)), joined)
	return SliceInDim(y, 0, n, 1, axis)
}

// running are the combinations of the first, the first two, ... of the slices of x along axis.
func running(m monoid, x *Value, axis int) []*Value {
	y := make([]*Value, x.Shape()[axis])
	for i := range y {
		y[i] = SliceInDim(x, i, i+1, 1, axis)
		if i > 0 {
			y[i] = m.apply(y[i-1], y[i])
		}
	}
	return y
}

// smallScan compares all places along a short axis with all others: one reduction, quickly compiled.
func smallScan(m monoid, x *Value, axis int) *Value {
	shape := inserted(x.Shape(), axis+1, x.Shape()[axis])
	upTo := Ge(Iota(ir.Int32, shape, axis), Iota(ir.Int32, shape, axis+1))
	unit := exactIdentity(m, x.DType())
	all := Select(upTo, BroadcastInDim(x, shape, rest(len(shape), []int{axis})), Full(shape, unit))
	fold := func(a, b []*Value) []*Value { return []*Value{m.apply(a[0], b[0])} }
	return Reduce([]*Value{all}, []*Value{trace.FromLit(unit)}, fold, []int{axis + 1})[0]
}
