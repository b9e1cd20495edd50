package jnp

import (
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// Promotion is a lattice: the dtypes and, between them, the three weak types that Go's int, float64 and complex128 have. The
// result of several types is their least upper bound. This is JAX's lattice.

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

// promoteTypes is the common type of avals under the x64 setting in force; shapes do not matter.
func promoteTypes(avals ...ir.Aval) (d ir.DType, weak bool) { return promote(trace.X64(), avals...) }

func promote(x64 bool, avals ...ir.Aval) (d ir.DType, weak bool) {
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
		// Types that are all weak are joined as strong ones, so that the result is not their kind's default but the larger of
		// them; it is weak again afterwards.
		n := nodeOf(d, weak && !allWeak)
		for _, a := range avals[1:] {
			n = joins[n][nodeOf(a.DType, a.Weak && !allWeak)]
		}
		d, weak = n.dtype()
		weak = weak || allWeak
	}
	return d.Canonical(x64), weak && d != ir.Bool
}

// inexact is d, or the float type that a function of d computes in: float64 for 64-bit integers, float32 for the others and
// for bool.
func inexact(d ir.DType) ir.DType {
	switch {
	case d.IsInexact():
		return d
	case d == ir.Int64 || d == ir.Uint64:
		return ir.Float64
	}
	return ir.Float32
}

// numeric is d, or int32 for bool.
func numeric(d ir.DType) ir.DType {
	if d == ir.Bool {
		return ir.Int32
	}
	return d
}

// PromoteTypes is the dtype that an operation on strongly typed arrays of a and b computes in (NumPy promote_types, with
// JAX's rules: int32 with float16 is float16, int32 with uint32 is int64, which is int32 while 64-bit types are off).
func PromoteTypes(a, b DType) DType {
	d, _ := promoteTypes(ir.Scalar(a), ir.Scalar(b))
	return d
}

// ResultType is the dtype that an operation on x would compute in (NumPy result_type). Each of x is an Array, a DType, a Go
// scalar or a nested slice; weakly typed ones give way to the others.
func ResultType(x ...any) DType {
	if len(x) == 0 {
		trace.Fail("jnp.ResultType", nil, "at least one array or dtype is needed")
	}
	t := make([]ir.Aval, len(x))
	for i, a := range x {
		if d, ok := a.(DType); ok {
			if !d.Valid() {
				trace.Fail("jnp.ResultType", nil, "argument %d is not a dtype", i)
			}
			t[i] = ir.Scalar(d)
			continue
		}
		t[i] = wide(a, "jnp.ResultType").Aval()
	}
	d, _ := promoteTypes(t...)
	return d
}

// CanCast reports whether every value of from is kept when converted to to: NumPy's can_cast with casting "safe".
func CanCast(from, to DType) bool {
	if from == to {
		return from.Valid()
	}
	fk, tk := from.Kind(), to.Kind()
	// What each real type holds exactly, in bits of whole numbers: NumPy lets 64-bit integers be cast to float64.
	switch {
	case fk == ir.KindInvalid || tk == ir.KindInvalid || tk == ir.KindBool:
		return false
	case fk == ir.KindBool:
		return true
	case fk == ir.KindComplex:
		return tk == ir.KindComplex && to.Bits() > from.Bits()
	case fk == ir.KindFloat:
		t := to.Real()
		return t == from || t.IsFloat() && t.Bits() > from.Bits()
	case fk == ir.KindInt && tk == ir.KindUint:
		return false
	case tk == ir.KindInt && fk == ir.KindUint:
		return to.Bits() > from.Bits()
	case tk == fk:
		return to.Bits() > from.Bits()
	}
	t := to.Real()
	switch t {
	case ir.Float64:
		return true
	case ir.Float32:
		return from.Bits() <= 16
	case ir.Float16, ir.BFloat16:
		return from.Bits() <= 8
	}
	return false
}
