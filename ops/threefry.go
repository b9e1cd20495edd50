package ops

import (
	"fmt"
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

type threefry2x32 struct{}

func (threefry2x32) Name() string { return "threefry2x32" }

// Threefry2x32 is the block cipher Threefry-2x32 with 20 rounds (Salmon et al., Parallel random numbers: as easy as 1,
// 2, 3, 2011), to the bit as in JAX: the counter words x1 and x2 enciphered under the key words k1 and k2. All are
// uint32, each a scalar or of one common shape.
func Threefry2x32(k1, k2, x1, x2 *Value) (*Value, *Value) {
	y := trace.Bind(threefry2x32{}, k1, k2, x1, x2)
	return y[0], y[1]
}

func (threefry2x32) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if err := wantOperands(in, 4); err != nil {
		return nil, err
	}
	var shape []int
	for _, a := range in {
		if a.DType != ir.Uint32 {
			return nil, fmt.Errorf("takes uint32 operands, not %v; convert first with lax.ConvertElementType", a.DType)
		}
		switch {
		case a.Rank() == 0:
		case len(shape) == 0:
			shape = a.Shape
		case !slices.Equal(shape, a.Shape):
			return nil, fmt.Errorf("takes scalars and arrays of one shape, not %s and %s; broadcast first with "+
				"lax.BroadcastInDim",
				ir.ShapeString(shape), ir.ShapeString(a.Shape))
		}
	}
	t := ir.Aval{Shape: shape, DType: ir.Uint32}
	return []ir.Aval{t, t}, nil
}

func (threefry2x32) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	shape := e.Out()[0].Shape
	if ir.SizeOf(shape) == 0 {
		zero := e.Const(ir.UintLit(0, ir.Uint32), shape)
		return []trace.Operand{zero, zero}
	}
	// Unrolled: one fused loop whose state stays in registers. Key words that are scalars stay scalars until they are
	// added.
	return lowerFun(e, x, func(v []*Value) []*Value {
		lit := func(n int) *Value { return trace.FromLit(ir.UintLit(uint64(n), ir.Uint32)) }
		full := func(v *Value) *Value {
			if v.Rank() == len(shape) {
				return v
			}
			return BroadcastInDim(v, shape, nil)
		}
		keyed := v[:2]
		if v[0].Rank() != v[1].Rank() {
			keyed = []*Value{full(v[0]), full(v[1])}
		}
		parity := lit(0x1BD11BDA)
		if keyed[0].Rank() > 0 {
			parity = Full(keyed[0].Shape(), ir.UintLit(0x1BD11BDA, ir.Uint32))
		}
		ks := []*Value{keyed[0], keyed[1], Xor(Xor(keyed[0], keyed[1]), parity)}
		rotations := [2][4]int{{13, 15, 26, 6}, {17, 29, 16, 24}}
		a, b := Add(full(v[2]), full(ks[0])), Add(full(v[3]), full(ks[1]))
		for i := range 5 {
			for _, r := range rotations[i%2] {
				a = Add(a, b)
				b = Or(ShiftLeft(b, full(lit(r))), ShiftRightLogical(b, full(lit(32-r))))
				b = Xor(a, b)
			}
			k := ks[(i+2)%3]
			round := lit(i + 1)
			if k.Rank() > 0 {
				round = full(round)
			}
			a, b = Add(a, full(ks[(i+1)%3])), Add(b, full(Add(k, round)))
		}
		return []*Value{a, b}
	})
}

// Batch broadcasts arrays that are not mapped, and mapped scalars to go with arrays. Other scalars stay scalars.
func (threefry2x32) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	unbatched := func(i int) int {
		if d[i] == trace.NotMapped {
			return x[i].Rank()
		}
		return x[i].Rank() - 1
	}
	var shape []int
	at := 0
	for i := range x {
		if unbatched(i) > 0 {
			if d[i] != trace.NotMapped {
				shape, at = x[i].Shape(), d[i]
				break
			}
			if c.IsLast() {
				at = x[i].Rank()
			}
			shape = inserted(x[i].Shape(), at, c.AxisSize())
		}
	}
	// Keys are often made by another cipher (random.Split). Two ciphers in one fusion are compiled for ever: a key is
	// in each round, and what makes it would be written anew for each.
	x = slices.Clone(x)
	for i := range 2 {
		if d[i] != trace.NotMapped {
			x[i] = OptimizationBarrier(x[i])[0]
		}
	}
	y := make([]*Value, 4)
	for i := range x {
		switch {
		case shape == nil || d[i] == trace.NotMapped && x[i].Rank() == 0:
			y[i] = x[i]
		case unbatched(i) == 0:
			y[i] = BroadcastInDim(x[i], shape, []int{at})
		default:
			y[i] = bdimAt(c, x[i], d[i], at)
		}
	}
	return c.Self(y...), []int{at, at}
}

// JVP: bits do not vary.
func (threefry2x32) JVP(c trace.JVPCtx, x, _ []*Value) ([]*Value, []*Value) { return jvpZero(c, x) }
