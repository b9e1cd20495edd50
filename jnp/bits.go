package jnp

import (
	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Bits holds the keyword arguments of PackBits and UnpackBits. The zero value is NumPy's defaults.
type Bits struct {
	Little bool // the first bit of eight is the lowest of its byte (NumPy's bitorder "little"), not the highest
	// Count is the number of bits that UnpackBits returns, zeros added where there are fewer, or, below 0, by how many
	// bits fewer than there are: a Go int, nil for all.
	Count any
}

// PackBits is the elements of x, integers or bools, as bits, eight to a byte: a uint8 array. It packs along an axis, by
// default all elements flattened; the last byte is filled up with zeros (NumPy packbits).
//
// Options: Bits (Little).
func PackBits(x Array, axis ...int) Array { return Bits{}.PackBits(x, axis...) }

// PackBits is the elements of x as bits, eight to a byte.
func (o Bits) PackBits(x Array, axis ...int) Array {
	const op = "jnp.PackBits"
	v := x.val(op)
	kit.RefuseInexact(op, v)
	p := bitsParams{Little: o.Little}
	p.Axis, p.Flat = kit.OneAxisOrFlat(op, axis, v.Rank(), v.Aval())
	return whole1(op, p, v, func(v *value) *value {
		v = p.last(ops.Convert(truth(op, v), ir.Uint8))
		s := v.Shape()
		last := len(s) - 1
		if r := s[last] % 8; r > 0 {
			hi := make([]int, len(s))
			hi[last] = 8 - r
			v = ops.Pad(v, trace.FromLit(ir.IntLit(0, ir.Uint8)), make([]int, len(s)), hi, make([]int, len(s)))
			s = v.Shape()
		}
		v = ops.Reshape(v, append(append([]int{}, s[:last]...), s[last]/8, 8))
		v = ops.ShiftLeft(v, p.places(v.Shape()))
		return p.back(ops.ReduceSum(v, []int{last + 1}))
	})
}

// UnpackBits is the bits of the uint8 array x, each a uint8 of its own, 0 or 1: along an axis eight times as long, by
// default of all elements flattened (NumPy unpackbits).
//
// Options: Bits (Little, Count).
func UnpackBits(x Array, axis ...int) Array { return Bits{}.UnpackBits(x, axis...) }

// UnpackBits is the bits of the uint8 array x, each a uint8 of its own.
func (o Bits) UnpackBits(x Array, axis ...int) Array {
	const op = "jnp.UnpackBits"
	v := x.val(op)
	if v.DType() != ir.Uint8 {
		trace.Fail(op, []ir.Aval{v.Aval()}, "bytes are needed, an array of uint8; convert it with x.AsType(jnp.Uint8)")
	}
	p := bitsParams{Little: o.Little}
	p.Axis, p.Flat = kit.OneAxisOrFlat(op, axis, v.Rank(), v.Aval())
	if o.Count != nil {
		n, ok := o.Count.(int)
		if !ok {
			trace.Fail(op, nil, "the count is a %T; it must be a Go int, or nil", o.Count)
		}
		p.Count, p.HasCount = n, true
	}
	return whole1(op, p, v, func(v *value) *value {
		v = p.last(v)
		s := v.Shape()
		last := len(s) - 1
		v = ops.BroadcastInDim(v, append(append([]int{}, s...), 8), kit.UpTo(len(s)))
		v = ops.And(ops.ShiftRightLogical(v, p.places(v.Shape())), ops.FullLike(v, 1))
		n := s[last] * 8
		v = ops.Reshape(v, append(append([]int{}, s[:last]...), n))
		switch {
		case !p.HasCount:
		case p.Count > n:
			hi := make([]int, len(s))
			hi[last] = p.Count - n
			v = ops.Pad(v, trace.FromLit(ir.IntLit(0, ir.Uint8)), make([]int, len(s)), hi, make([]int, len(s)))
		case p.Count >= 0:
			v = ops.SliceInDim(v, 0, p.Count, 1, last)
		default:
			v = ops.SliceInDim(v, 0, max(0, n+p.Count), 1, last)
		}
		return p.back(v)
	})
}

type bitsParams struct {
	Little, Flat, HasCount bool
	Axis, Count            int
}

// last is v with the axis that is packed as its last, back the inverse.
func (p bitsParams) last(v *value) *value {
	if p.Flat {
		return ops.Reshape(v, []int{v.Aval().Size()})
	}
	return p.back(v)
}

func (p bitsParams) back(v *value) *value {
	if p.Flat || p.Axis == v.Rank()-1 {
		return v
	}
	perm := kit.UpTo(v.Rank())
	perm[p.Axis], perm[v.Rank()-1] = v.Rank()-1, p.Axis
	return ops.Transpose(v, perm)
}

// places is the place in its byte of each of eight bits along the last axis.
func (p bitsParams) places(shape []int) *value {
	v := ops.Iota(ir.Uint8, shape, len(shape)-1)
	if !p.Little {
		v = ops.Sub(ops.FullLike(v, 7), v)
	}
	return v
}
