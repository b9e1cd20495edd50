package ops

import (
	"slices"

	"github.com/gojax/gojax/internal/mask"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// isMapped marks the operands that have a mapped axis.
func isMapped(d []int) []bool {
	return mask.Of(d, func(axis int) bool { return axis != trace.NotMapped })
}

// frontAxes is the axis list of operands mapped at axis 0 where marked.
func frontAxes(m []bool) []int {
	d := make([]int, len(m))
	for i := range m {
		if !m[i] {
			d[i] = trace.NotMapped
		}
	}
	return d
}

// shifted is axes of an unbatched array as they are once an axis is inserted at position d.
func shifted(axes []int, d int) []int {
	out := make([]int, len(axes))
	for i, a := range axes {
		if a >= d {
			a++
		}
		out[i] = a
	}
	return out
}

// batchedAxes are reduced axes once an axis is inserted at d, and where that axis is once they are gone.
func batchedAxes(axes []int, d int) (moved []int, at int) {
	moved = shifted(axes, d)
	at = d
	for _, a := range moved {
		if a < d {
			at--
		}
	}
	return moved, at
}

// moveTo moves one axis of x; the others keep their order.
func moveTo(x *Value, from, to int) *Value {
	if from == to {
		return x
	}
	perm := slices.Delete(arange(0, x.Rank()), from, from+1)
	return Transpose(x, slices.Insert(perm, to, from))
}

// bdimAt brings the mapped axis of x from d to position to: by moving it, or, where x is not mapped, by broadcasting x.
func bdimAt(c trace.BatchCtx, x *Value, d, to int) *Value {
	if d == trace.NotMapped {
		dims := shifted(arange(0, x.Rank()), to)
		return BroadcastInDim(x, inserted(x.Shape(), to, c.AxisSize()), dims)
	}
	return moveTo(x, d, to)
}

// front is bdimAt position 0 for every operand.
func front(c trace.BatchCtx, x []*Value, d []int) []*Value {
	y := make([]*Value, len(x))
	for i := range x {
		y[i] = bdimAt(c, x[i], d[i], 0)
	}
	return y
}

// frontWhere is front for the operands marked. The others are not mapped and stay as they are.
func frontWhere(c trace.BatchCtx, x []*Value, d []int, marked []bool) []*Value {
	return placedWhere(c, x, d, make([]int, len(x)), marked)
}

// placedWhere brings the mapped axes of the operands marked to these positions.
func placedWhere(c trace.BatchCtx, x []*Value, d, to []int, marked []bool) []*Value {
	y := slices.Clone(x)
	for i := range x {
		if marked[i] {
			y[i] = bdimAt(c, x[i], d[i], to[i])
		}
	}
	return y
}

// mappedToFront moves the mapped axes to position 0 and leaves operands without one as they are.
func mappedToFront(x []*Value, d []int) []*Value {
	y := make([]*Value, len(x))
	for i := range x {
		y[i] = x[i]
		if d[i] > 0 {
			y[i] = moveTo(x[i], d[i], 0)
		}
	}
	return y
}

// alignBatch brings operands of one shape to one batched shape: the mapped axis stays where the first mapped operand of
// the highest rank has it, so that operands which agree are not transposed.
func alignBatch(c trace.BatchCtx, x []*Value, d []int) (y []*Value, dim int) {
	dim, rank := 0, -1
	for i := range x {
		if d[i] != trace.NotMapped && x[i].Rank() > rank {
			dim, rank = d[i], x[i].Rank()
		}
	}
	y = make([]*Value, len(x))
	for i := range x {
		y[i] = bdimAt(c, x[i], d[i], dim)
	}
	return y, dim
}

// scalarsBatch batches operations some of whose operands may be scalars: those at full have the whole shape.
func scalarsBatch(c trace.BatchCtx, x []*Value, d []int, full ...int) ([]*Value, []int) {
	unbatched := func(i int) int {
		if d[i] == trace.NotMapped {
			return x[i].Rank()
		}
		return x[i].Rank() - 1
	}
	rank := unbatched(full[0])
	dim := 0
	if c.IsLast() {
		dim = rank
	}
	for i := range x { // the mapped axis stays where the first mapped operand of whole shape has it
		if d[i] != trace.NotMapped && unbatched(i) == rank {
			dim = d[i]
			break
		}
	}
	y := make([]*Value, len(x))
	var shape []int
	for _, i := range full {
		y[i] = bdimAt(c, x[i], d[i], dim)
		shape = y[i].Shape()
	}
	for i := range x {
		switch {
		case y[i] != nil:
		case unbatched(i) == rank && rank > 0:
			y[i] = bdimAt(c, x[i], d[i], dim)
		case d[i] == trace.NotMapped: // a scalar for all
			y[i] = x[i]
		case rank == 0:
			y[i] = x[i]
		default: // a scalar for each
			y[i] = BroadcastInDim(x[i], shape, []int{dim})
		}
	}
	return c.Self(y...), []int{dim}
}

// oneByOne binds op for each example and stacks what comes out, for operands that op cannot take mapped.
func oneByOne(c trace.BatchCtx, op ir.Op, x []*Value, d []int) ([]*Value, []int) {
	in := make([]ir.Aval, len(x))
	for i, v := range x {
		in[i] = v.Aval()
		if d[i] != trace.NotMapped {
			in[i].Shape = without(v.Shape(), []int{d[i]})
		}
	}
	types, err := op.Infer(in)
	trace.Must(err, op.Name(), in)
	parts := make([][]*Value, len(types))
	for b := range c.AxisSize() {
		y := slices.Clone(x)
		for i, v := range x {
			if d[i] != trace.NotMapped {
				y[i] = IndexInDim(v, b, d[i], false)
			}
		}
		for i, v := range trace.Bind(op, y...) {
			parts[i] = append(parts[i], ExpandDims(v, []int{0}))
		}
	}
	out := make([]*Value, len(types))
	for i, t := range types {
		if c.AxisSize() > 0 {
			out[i] = Concatenate(parts[i], 0)
		} else {
			out[i] = Zeros(t.With(inserted(t.Shape, 0, 0)))
		}
	}
	return out, repeated(0, len(out))
}
