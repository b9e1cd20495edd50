package ops

import (
	"math"

	"github.com/gojax/gojax/ir"
)

// iterated repeats step on the elements of v that are active, until none is: step returns the next v and which elements
// go on. It stops after limit rounds (0: never).
func iterated(v []*Value, active *Value, limit int, step func(v []*Value) (next []*Value, goOn *Value)) []*Value {
	n := len(v)
	carry := append(append([]*Value{}, v...), active, Full(nil, ir.IntLit(0, ir.Int32)))
	all := arange(0, active.Rank())
	out := While("igamma", carry,
		func(c []*Value) *Value {
			more := ReduceOr(c[n], all)
			if limit > 0 {
				more = And(more, Lt(c[n+1], ScalarLit(ir.IntLit(int64(limit), ir.Int32))))
			}
			return more
		},
		func(c []*Value) []*Value {
			next, goOn := step(c[:n:n])
			out := make([]*Value, 0, len(c))
			for i, y := range next {
				out = append(out, Select(c[n], y, c[i]))
			}
			return append(out, And(c[n], goOn), Add(c[n+1], ScalarLit(ir.IntLit(1, ir.Int32))))
		})
	return out[:n]
}

// epsilon and largest are the spacing of floats at 1 and the largest float, of float32 and float64.
func epsilon(d ir.DType) float64 {
	if d == ir.Float64 {
		return 0x1p-52
	}
	return 0x1p-23
}

func largest(d ir.DType) float64 {
	if d == ir.Float64 {
		return math.MaxFloat64
	}
	return math.MaxFloat32
}

func isNaN(x *Value) *Value { return Ne(x, x) }
