package ops

import (
	"math"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// JVP. A scatter-add is linear. The others follow JAX: a scatter whose windows may overlap finds by a scatter of numbers which
// update has won; minima and maxima share the tangent among those that tie; products need unique indices.
func (s scatter) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	if t[0] == nil && t[2] == nil {
		return jvpZero(c, x)
	}
	to, tu := materialize(t[0], x[0]), materialize(t[2], x[2])
	switch s.Kind {
	case scatterAdd:
		return c.Self(x...), c.Self(to, x[1], tu)
	case scatterMul:
		if t[2] != nil && !s.Unique {
			trace.Fail(s.Name(), trace.Avals(x), "has no derivative by the updates unless UniqueIndices promises that they do not overlap; set it, or multiply by a gathered product")
		}
		var a, b *Value
		if t[0] != nil {
			a = one(s, t[0], x[1], x[2])
		}
		if t[2] != nil {
			add := s
			add.Kind = scatterAdd
			b = Mul(x[0], one(add, ZerosLike(x[0]), x[1], tu))
		}
		return c.Self(x...), []*Value{AddTangents(a, b)}
	case scatterMin, scatterMax:
		y := c.Self(x...)
		return y, []*Value{s.extremalTangent(x, to, tu, y[0])}
	}
	if s.Unique {
		return c.Self(x...), c.Self(to, x[1], tu)
	}
	return s.setJVP(x, to, tu)
}

// setJVP numbers the updates from 1 and scatters the numbers: what is read back says which update has won where. The outputs
// are then scatter-adds of the winners, of which there is one at each place.
func (s scatter) setJVP(x []*Value, to, tu *Value) ([]*Value, []*Value) {
	shape := own(x[2].Shape())
	for _, a := range s.Dims.UpdateWindowDims {
		shape[a] = 1
	}
	d := ir.Uint32
	if ir.SizeOf(shape) >= math.MaxInt32 {
		d = ir.Uint64
	}
	n := ir.SizeOf(shape)
	ids := Add(Reshape(Iota(d, []int{n}, 0), shape), Full(shape, ir.IntLit(1, d)))
	ids = BroadcastInDim(ids, x[2].Shape(), arange(0, len(shape)))
	won := one(s, Full(x[0].Shape(), ir.IntLit(0, d)), x[1], ids)
	read := one(s.gather(x[0].Rank(), x[2].Shape(), d), won, x[1])
	kept, wins := Eq(won, ZerosLike(won)), Eq(ids, read)
	add := s
	add.Kind = scatterAdd
	masked := func(o, u *Value) *Value {
		return one(add, Select(kept, o, ZerosLike(o)), x[1], Select(wins, u, ZerosLike(u)))
	}
	y := masked(x[0], x[2])
	if x[0].Aval().Weak {
		y = ConvertWeak(y, y.DType(), true)
	}
	return []*Value{y}, []*Value{masked(to, tu)}
}

// extremalTangent gives each place the mean of the tangents of the values, old and new, that equal the extremum there.
func (s scatter) extremalTangent(x []*Value, to, tu, y *Value) *Value {
	idx, up := x[1], x[2]
	g := s.gather(x[0].Rank(), up.Shape(), up.DType())
	add := s
	add.Kind = scatterAdd
	read := func(v *Value) *Value { return one(g, v, idx) }
	sum := func(v *Value) *Value { return read(one(add, ZerosLike(x[0]), idx, v)) }
	ones, zeros := Ones(up.Aval()), ZerosLike(up)
	target := read(y)
	wins, kept := Eq(up, target), Eq(read(x[0]), target)
	winners, all := sum(Select(wins, ones, zeros)), sum(ones)
	// Out of bounds nothing is read or written; 1 keeps the quotients finite there.
	winners1 := Add(winners, ones)
	none := Eq(winners, zeros)
	all = Select(Eq(all, zeros), ones, all)
	share := Select(kept, Div(ones, winners1), Div(ones, Select(none, ones, winners)))
	ofUpdate := Select(wins, share, zeros)
	ofOld := Div(Sub(Select(kept, Div(ones, winners1), zeros), ones), all)
	// Windows without a winner keep the old value, whose tangent stays.
	ofOld = Select(none, zeros, ofOld)
	return one(add, to, idx, Add(Mul(read(to), ofOld), Mul(tu, ofUpdate)))
}

// Transpose, by which of the operands s is linear in.
func (s scatter) Transpose(_ trace.TransposeCtx, ct []*Value, x []trace.Linear) []*Value {
	out := make([]*Value, 3)
	if ct[0] == nil {
		return out
	}
	idx := x[1].X
	if x[0].X == nil {
		switch s.Kind {
		case scatterAdd:
			out[0] = ct[0]
		case scatterMul:
			out[0] = one(s, ct[0], idx, x[2].X)
		default: // what was overwritten does not matter
			out[0] = one(s, ct[0], idx, Zeros(x[2].Aval))
		}
	}
	if x[2].X == nil {
		g := s.gather(len(x[0].Aval.Shape), x[2].Aval.Shape, ct[0].DType())
		if s.Kind == scatterMul {
			out[2] = one(g, Mul(ct[0], x[0].X), idx)
		} else {
			out[2] = one(g, ct[0], idx)
		}
	}
	return out
}
