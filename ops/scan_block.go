package ops

import (
	"math"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// scanBlock is the length of the blocks that a cumulative operation works in. Measured on the CPU plugin for float32 sums:
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
	// A block needs an identity that is exact and an operation cheap enough to be done again for every later element of it.
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

// exactIdentity is the identity to the bit: of float addition that is -0, since +0 and -0 make +0.
func exactIdentity(m monoid, d ir.DType) ir.Lit {
	if m == monoidAdd && d.IsFloat() {
		return ir.FloatLit(math.Copysign(0, -1), d)
	}
	if m == monoidAdd && d.IsComplex() {
		z := math.Copysign(0, -1)
		return ir.ComplexLit(complex(z, z), d)
	}
	return m.identity(d)
}
