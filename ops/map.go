package ops

import (
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// MapOver stacks what f makes of each of the n elements of x, along their leading axes. With batch > 0, f is applied to so many at a
// time, as under Vmap.
func MapOver(op string, f func(x []*Value) []*Value, x []*Value, n, batch int, o ScanOptions) []*Value {
	if batch > 0 && vmapProgram != nil {
		return mapBatched(op, f, x, n, batch, o)
	}
	none := flatDef(0)
	_, ys := ScanOver(op, "f", none, 0, nil, x, n, o, func(_, x []*Value) (*trace.Def, []*Value, []*Value) {
		return none, nil, f(x)
	})
	return ys
}

// mapBatched is MapOver with f applied to batch elements at a time, and to the rest together.
func mapBatched(op string, f func(x []*Value) []*Value, x []*Value, n, batch int, o ScanOptions) []*Value {
	p, captured := trace.Trace("the function of "+op, elementTypes(x), f)
	p, captured = LiftNumbers(p, captured)
	in := append(make([]int, len(x)), repeated(trace.NotMapped, len(captured))...)
	b := min(batch, max(n, 1))
	q := n / b
	many := func(size int, x []*Value) []*Value {
		m, _ := vmapProgram(p, size, in, make([]int, len(p.Out)), op)
		return Call("map", m, slices.Concat(x, captured))
	}
	rows := func(from, to int) []*Value {
		return mapped(x, func(v *Value) *Value { return SliceInDim(v, from, to, 1, 0) })
	}
	switch {
	case q <= 1 && q*b == n:
		return many(n, x)
	case q == 0:
		return many(n, x)
	}
	m, _ := vmapProgram(p, b, in, make([]int, len(p.Out)), op)
	blocks := mapped(rows(0, q*b), func(v *Value) *Value { return Reshape(v, append([]int{q, b}, v.Shape()[1:]...)) })
	_, ys := bindScan(m, nil, blocks, captured, q, o)
	ys = mapped(ys, func(v *Value) *Value { return Reshape(v, append([]int{q * b}, v.Shape()[2:]...)) })
	if q*b < n {
		for i, v := range many(n-q*b, rows(q*b, n)) {
			ys[i] = Concatenate([]*Value{ys[i], v}, 0)
		}
	}
	return ys
}

// vmapProgram is transforms/vmap's Program, which is above this package and installs itself.
var vmapProgram func(p *ir.Program, size int, in, out []int, what string) (*ir.Program, []int)

// SetVmap installs the transform that maps a program over an axis: transforms/vmap's Program, called once, before main.
func SetVmap(f func(p *ir.Program, size int, in, out []int, what string) (*ir.Program, []int)) {
	vmapProgram = f
}
