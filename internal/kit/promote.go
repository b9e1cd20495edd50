package kit

import (
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// Promotion is a lattice: the dtypes and, between them, the three weak types that Go's int, float64 and complex128
// have. The result of several types is their least upper bound. This is JAX's lattice.

// node is a point of the lattice: a DType, or one of the weak types after them.
type node uint8

const (
	weakInt node = node(ir.Complex128) + 1 + iota
	weakFloat
	weakComplex
	numNodes
)

// above lists the direct successors of each node.
var above = [numNodes][]node{
	node(ir.Bool):      {weakInt},
	weakInt:            {node(ir.Uint8), node(ir.Int8)},
	node(ir.Uint8):     {node(ir.Int16), node(ir.Uint16)},
	node(ir.Uint16):    {node(ir.Int32), node(ir.Uint32)},
	node(ir.Uint32):    {node(ir.Int64), node(ir.Uint64)},
	node(ir.Uint64):    {weakFloat},
	node(ir.Int8):      {node(ir.Int16)},
	node(ir.Int16):     {node(ir.Int32)},
	node(ir.Int32):     {node(ir.Int64)},
	node(ir.Int64):     {weakFloat},
	weakFloat:          {node(ir.BFloat16), node(ir.Float16), weakComplex},
	node(ir.BFloat16):  {node(ir.Float32)},
	node(ir.Float16):   {node(ir.Float32)},
	node(ir.Float32):   {node(ir.Float64), node(ir.Complex64)},
	node(ir.Float64):   {node(ir.Complex128)},
	weakComplex:        {node(ir.Complex64)},
	node(ir.Complex64): {node(ir.Complex128)},
}

// joins[a][b] is the least upper bound of a and b, computed once from above.
var joins = func() (t [numNodes][numNodes]node) {
	var up [numNodes]uint32 // the nodes at or above each
	var reach func(n node) uint32
	reach = func(n node) uint32 {
		if up[n] == 0 {
			up[n] = 1 << n
			for _, m := range above[n] {
				up[n] |= reach(m)
			}
		}
		return up[n]
	}
	for a := node(1); a < numNodes; a++ {
		for b := node(1); b < numNodes; b++ {
			common := reach(a) & reach(b)
			for c := node(1); c < numNodes; c++ {
				// The least: every common upper bound is above it.
				if common&(1<<c) != 0 && common&^reach(c) == 0 {
					t[a][b] = c
				}
			}
		}
	}
	return t
}()

func nodeOf(d ir.DType, weak bool) node {
	if weak {
		switch d.Kind() {
		case ir.KindInt, ir.KindUint:
			return weakInt
		case ir.KindFloat:
			return weakFloat
		case ir.KindComplex:
			return weakComplex
		}
	}
	return node(d)
}

func (n node) dtype() (d ir.DType, weak bool) {
	switch n {
	case weakInt:
		return ir.Int64, true
	case weakFloat:
		return ir.Float64, true
	case weakComplex:
		return ir.Complex128, true
	}
	return ir.DType(n), false
}

// CommonType is the type that values of the types avals are brought to, under the setting x64 of 64-bit types; shapes
// do not matter.
func CommonType(x64 bool, avals ...ir.Aval) (d ir.DType, weak bool) {
	d, weak = avals[0].DType, avals[0].Weak
	same, allWeak := true, true
	for _, a := range avals {
		same = same && a.DType == d
		allWeak = allWeak && a.Weak
	}
	switch {
	case len(avals) == 1:
	case same && !allWeak:
		weak = false
	default:
		// Types that are all weak are joined as strong ones, so that the result is not their kind's default but the
		// larger of them; it is weak again afterwards.
		n := nodeOf(d, weak && !allWeak)
		for _, a := range avals[1:] {
			n = joins[n][nodeOf(a.DType, a.Weak && !allWeak)]
		}
		d, weak = n.dtype()
		weak = weak || allWeak
	}
	return d.Canonical(x64), weak && d != ir.Bool
}

// Inexact is d, or the float dtype that a function of d computes in: float64 for 64-bit integers, float32 for the
// others and for bool.
func Inexact(d ir.DType) ir.DType {
	switch {
	case d.IsInexact():
		return d
	case d == ir.Int64 || d == ir.Uint64:
		return ir.Float64
	}
	return ir.Float32
}

// Numeric is d, or int32 for bool.
func Numeric(d ir.DType) ir.DType {
	if d == ir.Bool {
		return ir.Int32
	}
	return d
}

// Promote brings vs to their common dtype.
func Promote(op string, vs ...*trace.Value) []*trace.Value {
	d, weak := CommonType(trace.X64(vs...), trace.Avals(vs)...)
	return Map(vs, func(v *trace.Value) *trace.Value { return Convert(op, v, d, weak) })
}

// PromoteInexact brings vs to their common inexact dtype.
func PromoteInexact(op string, vs ...*trace.Value) []*trace.Value {
	d, weak := CommonType(trace.X64(vs...), trace.Avals(vs)...)
	return Map(vs, func(v *trace.Value) *trace.Value { return Convert(op, v, Inexact(d), weak) })
}

// DefaultInt is the dtype of Go's int, under the setting of 64-bit types that is in force for the values in with.
func DefaultInt(with ...*trace.Value) ir.DType { return ir.Int64.Canonical(trace.X64(with...)) }

// DefaultFloat is the dtype of Go's float64. See DefaultInt.
func DefaultFloat(with ...*trace.Value) ir.DType { return ir.Float64.Canonical(trace.X64(with...)) }
