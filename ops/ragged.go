package ops

import (
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// RaggedDims says which axes of RaggedDotGeneral's operands belong together, as JAX's RaggedDotDimensionNumbers.
type RaggedDims struct {
	Dot       DotDims
	LHSRagged int // the axis of the first operand that falls into groups of different sizes
	// RHSGroups is the axis of the second that counts the groups, where LHSRagged is neither contracted nor batch; else
	// none.
	RHSGroups []int
}

// raggedMode says what the ragged axis is.
type raggedMode uint8

const (
	raggedFree     raggedMode = iota // kept: each group is multiplied with a part of the second operand
	raggedContract                   // summed over: one product for each group, along a new first axis
	raggedBatch                      // a batch axis: the groups do not matter
)

// mode is what the ragged axis is in d.
func (d RaggedDims) mode() raggedMode {
	switch {
	case slices.Contains(d.Dot.LHSContract, d.LHSRagged):
		return raggedContract
	case slices.Contains(d.Dot.LHSBatch, d.LHSRagged):
		return raggedBatch
	}
	return raggedFree
}

// prefix are the axes of an operand of the given rank that group sizes may be given for one by one: its batch axes and,
// where the ragged axis is an axis of the result, those before it; where it is contracted, the contracted ones before
// it.
func (m raggedMode) prefix(rank, ragged int, batch, contract []int) []int {
	before := func(axes []int) []int {
		if i := slices.Index(axes, ragged); i >= 0 {
			return axes[:i]
		}
		return axes
	}
	switch m {
	case raggedFree:
		return slices.Concat(batch, before(rest(rank, batch, contract)))
	case raggedContract:
		return slices.Concat(batch, before(contract))
	}
	return before(batch)
}

// RaggedDot multiplies groups of rows of x (m, k), one after the other, groupSizes[i] of them, with the i-th matrix of
// y (g, k, n), as lax.ragged_dot: the result is (m, n), and rows behind the last group are zero. groupSizes is of an
// integer type.
func RaggedDot(x, y, groupSizes *Value, o DotOptions) *Value {
	return RaggedDotGeneral(x, y, groupSizes, RaggedDims{
		Dot: DotDims{LHSContract: []int{1}, RHSContract: []int{1}}, RHSGroups: []int{0},
	}, o)
}

// RaggedDotGeneral is DotGeneral of operands that fall into groups of the given sizes along an axis of x, as
// lax.ragged_dot_general. Where that axis is contracted there is a product for each group, along a new first axis;
// where it is a batch axis the groups do not matter. groupSizes has one axis, or is given for each element of the axes
// before.
func RaggedDotGeneral(x, y, groupSizes *Value, d RaggedDims, o DotOptions) *Value {
	const op = "ragged_dot_general"
	in := []ir.Aval{x.Aval(), y.Aval(), groupSizes.Aval()}
	dot := d.Dot
	trace.Must(firstError(
		checkAxes("the ragged axis", []int{d.LHSRagged}, x.Rank()),
		checkAxes("the axes of the first operand: axis", slices.Concat(dot.LHSBatch, dot.LHSContract), x.Rank()),
		checkAxes("the axes of the second operand: axis", slices.Concat(dot.RHSBatch, dot.RHSContract, d.RHSGroups),
			y.Rank()),
	), op, in)
	trace.Must(firstError(
		samePairs("batch", in[0], in[1], dot.LHSBatch, dot.RHSBatch),
		samePairs("contracted", in[0], in[1], dot.LHSContract, dot.RHSContract),
	), op, in)
	if !groupSizes.DType().IsInteger() || groupSizes.Rank() < 1 {
		trace.Fail(op, in, "the group sizes must be integers along one axis or more, not %v", in[2])
	}
	m := d.mode()
	prefix := m.prefix(x.Rank(), d.LHSRagged, dot.LHSBatch, dot.LHSContract)
	sizes := sizesAt(x.Shape(), prefix)
	groups := groupSizes.Shape()[groupSizes.Rank()-1]
	if groupSizes.Rank() > 1 && !slices.Equal(groupSizes.Shape(), append(own(sizes), groups)) {
		trace.Fail(op, in, "the group sizes must have shape %s, one list of sizes for each element of the axes %v "+
			"before the ragged one, not %s",
			ir.ShapeString(append(own(sizes), groups)), prefix, ir.ShapeString(groupSizes.Shape()))
	}
	if want := map[raggedMode]int{raggedFree: 1}[m]; len(d.RHSGroups) != want {
		trace.Fail(op, in, "the second operand must have %d axis for the groups (RHSGroups), not %d: one where the "+
			"ragged axis is kept, none where it is contracted or batch", want, len(d.RHSGroups))
	}
	if m == raggedFree && y.Shape()[d.RHSGroups[0]] != groups {
		trace.Fail(op, in, "axis %d of the second operand has size %d, but there are %d groups", d.RHSGroups[0],
			y.Shape()[d.RHSGroups[0]], groups)
	}
	if groupSizes.Rank() == 1 {
		groupSizes = Broadcast(groupSizes, sizes)
	}
	next := func(axes []int) []int { return shifted(axes, 0) }
	switch m {
	case raggedFree:
		return DotGeneral(inGroups(x, groupSizes, d.LHSRagged, prefix), y, DotDims{
			LHSContract: append(next(dot.LHSContract), 0), RHSContract: append(own(dot.RHSContract), d.RHSGroups[0]),
			LHSBatch: next(dot.LHSBatch), RHSBatch: dot.RHSBatch,
		}, o)
	case raggedContract:
		ragged := dot.RHSContract[slices.Index(dot.LHSContract, d.LHSRagged)]
		return DotGeneral(inGroups(x, groupSizes, d.LHSRagged, prefix),
			inGroups(y, groupSizes, ragged, m.prefix(y.Rank(), ragged, dot.RHSBatch, dot.RHSContract)), DotDims{
				LHSContract: next(dot.LHSContract), RHSContract: next(dot.RHSContract),
				LHSBatch: append([]int{0}, next(dot.LHSBatch)...), RHSBatch: append([]int{0}, next(dot.RHSBatch)...),
			}, o)
	}
	return DotGeneral(x, y, dot, o)
}

// inGroups is x once for each group, along a new first axis, with zeros at the elements along axis ragged that are not
// in it. The group sizes are given for each element of the axes prefix.
func inGroups(x, groupSizes *Value, ragged int, prefix []int) *Value {
	last := groupSizes.Rank() - 1
	ends := CumSum(groupSizes, last, false)
	starts := Sub(ends, groupSizes)
	shape := append([]int{groupSizes.Shape()[last]}, x.Shape()...)
	dims := append(shifted(prefix, 0), 0) // of the sizes within shape
	spread := func(v *Value) *Value {
		perm := arange(0, len(dims)) // broadcast_in_dim wants ascending axes
		slices.SortFunc(perm, func(a, b int) int { return dims[a] - dims[b] })
		return BroadcastInDim(Transpose(v, perm), shape, sizesAt(dims, perm))
	}
	at := Iota(groupSizes.DType(), shape, ragged+1)
	x = BroadcastInDim(x, shape, arange(1, len(shape)))
	return Select(And(Le(spread(starts), at), Lt(at, spread(ends))), x, ZerosLike(x))
}
