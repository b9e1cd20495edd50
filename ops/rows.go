package ops

import "github.com/gojax/gojax/ir"

// holdsLoop reports whether p has a loop in it, which may not end on operands that it was not meant for.
func holdsLoop(p *ir.Program) bool {
	found := false
	p.Walk(func(e *ir.Eqn) {
		if _, ok := e.Op.(while); ok {
			found = true
		}
	})
	return found
}

// liveRows replaces, in the operands that are mapped (at axis 0), the rows that are not live by the first one that is.
// Some row must be.
func liveRows(live *Value, x []*Value, mapped []bool) []*Value {
	n := live.Shape()[0]
	if n == 0 {
		return x
	}
	first := ArgMax(Convert(live, ir.Int32), 0, ir.Int32)
	rows := Reshape(Select(live, Iota(ir.Int32, []int{n}, 0), Broadcast(first, []int{n})), []int{n, 1})
	y := make([]*Value, len(x))
	for i, v := range x {
		if y[i] = v; !mapped[i] {
			continue
		}
		sizes := append([]int{1}, v.Shape()[1:]...)
		d := GatherDims{OffsetDims: arange(1, v.Rank()), CollapsedSliceDims: []int{0}, StartIndexMap: []int{0}}
		y[i] = Gather(v, rows, d, sizes, GatherOptions{Mode: PromiseInBounds})
	}
	return y
}
