package ops

import (
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// reduction reduces its operand over Axes by Monoid.
type reduction struct {
	Monoid monoid
	Axes   []int
}

func (r reduction) Name() string {
	return [...]string{"reduce_sum", "reduce_prod", "reduce_max", "reduce_min", "reduce_and", "reduce_or",
		"reduce_xor", monoidMaxLoose: "reduce_max_loose"}[r.Monoid]
}

// ReduceSum sums x over axes; over none, x comes back, and over an axis of size 0 the sum is 0. Numbers only. float16
// and bfloat16 are added up in float32 and rounded once.
func ReduceSum(x *Value, axes []int) *Value { return one(reduction{monoidAdd, sortedAxes(axes)}, x) }

// ReduceProd multiplies x over axes; the product of nothing is 1. Numbers only.
func ReduceProd(x *Value, axes []int) *Value { return one(reduction{monoidMul, sortedAxes(axes)}, x) }

// ReduceMax is the greatest element over axes, NaN where there is one; of nothing, -inf or the least integer. Complex
// numbers are ordered by their real and then imaginary parts.
func ReduceMax(x *Value, axes []int) *Value { return one(reduction{monoidMax, sortedAxes(axes)}, x) }

// ReduceMaxLoose is ReduceMax, but NaN where there is one only perhaps: XLA's library passes over some, and fuses
// better. It is for what is subtracted from all elements that are added up in the end, where a NaN is found again.
func ReduceMaxLoose(x *Value, axes []int) *Value {
	return one(reduction{monoidMaxLoose, sortedAxes(axes)}, x)
}

// ReduceMin is the least element over axes, NaN where there is one; of nothing, +inf or the greatest integer.
func ReduceMin(x *Value, axes []int) *Value { return one(reduction{monoidMin, sortedAxes(axes)}, x) }

// ReduceAnd is the bitwise (of bools, logical) and over axes; of nothing, all ones. Bools and integers only.
func ReduceAnd(x *Value, axes []int) *Value { return one(reduction{monoidAnd, sortedAxes(axes)}, x) }

// ReduceOr is the bitwise (of bools, logical) or over axes; of nothing, 0. Bools and integers only.
func ReduceOr(x *Value, axes []int) *Value { return one(reduction{monoidOr, sortedAxes(axes)}, x) }

// ReduceXor is the bitwise (of bools, logical) exclusive or over axes; of nothing, 0. Bools and integers only.
func ReduceXor(x *Value, axes []int) *Value { return one(reduction{monoidXor, sortedAxes(axes)}, x) }

func (r reduction) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if err := wantOperands(in, 1); err != nil {
		return nil, err
	}
	allow := kAny
	switch r.Monoid {
	case monoidAdd, monoidMul:
		allow = kNum
	case monoidAnd, monoidOr, monoidXor:
		allow = kLogic
	}
	if err := firstError(wantKind(in[0], allow), checkAxes("axis", r.Axes, in[0].Rank())); err != nil {
		return nil, err
	}
	out := in[0].With(without(in[0].Shape, r.Axes))
	if allow == kLogic {
		out = out.Strong()
	}
	return []ir.Aval{out}, nil
}

func (r reduction) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	if len(r.Axes) == 0 {
		return x
	}
	if y := r.byKernel(e, x[0]); y != nil {
		return y
	}
	if y := r.lowerBools(e, x[0]); y != nil {
		return y
	}
	if d := x[0].Aval.DType; e.Mesh() != nil && r.Monoid.isExtreme() && d.IsFloat() { // see preduce
		return lowerFun(e, x, func(v []*Value) []*Value {
			y := one(r, totalBits(v[0], r.Monoid == monoidMax))
			return []*Value{Bitcast(flipNegative(y), d)}
		})
	}
	v, out := x[0], e.Out()[0]
	wide := out
	if d := out.DType; (r.Monoid == monoidAdd || r.Monoid == monoidMul) && (d == ir.Float16 || d == ir.BFloat16) {
		wide = out.As(ir.Float32)
		v = writer{e}.to("stablehlo.convert", v, ir.Float32)
	}
	y := writeReduce(e, r.Monoid, v, r.Axes, wide)
	if wide.DType != out.DType {
		y = writer{e}.to("stablehlo.convert", y, out.DType)
	}
	return []trace.Operand{y}
}

func (r reduction) Batch(_ trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	axes, at := batchedAxes(r.Axes, d[0])
	return []*Value{one(reduction{r.Monoid, axes}, x[0])}, []int{at}
}

// JVP: sums are linear; the tangent of an extremum is the mean of those of the elements that reach it, as in JAX; that
// of a product is the sum over its factors of the product of the others.
func (r reduction) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	shape := x[0].Shape()
	switch r.Monoid {
	case monoidAdd:
		return jvpLinear(c, x, t)
	case monoidMax, monoidMaxLoose, monoidMin:
		return jvp1(c, x, t, func(g, y *Value) *Value {
			at := Convert(Eq(x[0], backOver(y, shape, r.Axes)), g.DType())
			return Div(ReduceSum(Mul(g, at), r.Axes), ReduceSum(at, r.Axes))
		})
	case monoidMul:
		return jvp1(c, x, t, func(g, y *Value) *Value {
			return ReduceSum(Mul(g, productOfOthers(x[0], r.Axes)), r.Axes)
		})
	}
	return jvpZero(c, x)
}

// Transpose of a sum is a broadcast; of the others there is none, they are not linear.
func (r reduction) Transpose(_ trace.TransposeCtx, ct []*Value, x []trace.Linear) []*Value {
	return transpose1(ct, func(g *Value) *Value { return backOver(g, x[0].Aval.Shape, r.Axes) })
}

// writeReduce writes a reduction of x to the type out.
func writeReduce(e trace.Emitter, m monoid, x trace.Operand, axes []int, out ir.Aval) trace.Operand {
	body := m.region(e, out.DType, fusesBetter(e, m, x.Aval, axes) || losesNaN(e, m, x.Aval))
	init := e.Const(m.identity(out.DType), nil)
	return e.OpRegions("stablehlo.reduce", []trace.Operand{x, init}, "dimensions = "+i64s(axes), []trace.Region{body},
		out)[0]
}

// fusesBetter reports whether XLA's own loop reduces x faster than the library that XLA's CPU compiler calls for sums
// and extrema of floats. The library is good at long rows and the loop at short ones, which it fuses with what makes
// their elements; it takes 2.3 times as long to compile, so small arrays stay with the library. The library does not
// know bodies with a barrier.
func fusesBetter(e trace.Emitter, m monoid, x ir.Aval, axes []int) bool {
	row := ir.SizeOf(sizesAt(x.Shape, axes))
	most := map[monoid]int{monoidAdd: 16, monoidMax: 8, monoidMaxLoose: 8, monoidMin: 8}[m]
	last := axes[0] == x.Rank()-len(axes)
	return e.Platform() == "cpu" && x.DType.IsFloat() && last && row <= most &&
		ir.SizeOf(x.Shape) >= 1<<15
}

// losesNaN reports whether the library would find extremes of x: it goes on from NaN with the number that comes next.
// So the bodies of these have a barrier, or the kernel finds them.
func losesNaN(e trace.Emitter, m monoid, x ir.Aval) bool {
	const least = 1 << 12 // elements that the library is called for
	return e.Platform() == "cpu" && m.isExtreme() && x.DType.IsFloat() && x.Size() >= least
}

// lowerBools writes a reduction of bools, or a sum of bools as numbers, by way of counts in blocks of the array, which
// fit 8 bits and are 4 to 20 times as fast on CPUs: nil where x is not made of bools, or the array has no such blocks.
func (r reduction) lowerBools(e trace.Emitter, x trace.Operand) []trace.Operand {
	d := x.Aval.DType
	if r.Monoid == monoidAdd && !d.IsComplex() {
		op, in := e.Maker(x)
		if _, ok := op.(convert); ok && in != nil && in[0].Aval.DType == ir.Bool {
			x = in[0]
		}
	}
	axis, block := r.block(x.Aval)
	if e.Platform() != "cpu" || x.Aval.DType != ir.Bool || block == 0 || r.Monoid == monoidXor {
		return nil
	}
	shape := slices.Insert(own(x.Aval.Shape), axis+1, block)
	shape[axis] /= block
	return lowerFun(e, []trace.Operand{x}, func(v []*Value) []*Value {
		bits, to := v[0], d
		if !d.IsInteger() {
			to = positionType(x.Aval.Size())
		}
		if r.Monoid == monoidAnd {
			bits = Not(bits)
		}
		blocks := ReduceSum(Reshape(Convert(bits, ir.Int8), shape), []int{axis + 1})
		count := ReduceSum(Convert(blocks, to), r.Axes)
		switch r.Monoid {
		case monoidAdd:
			return []*Value{Convert(count, d)}
		case monoidAnd:
			return []*Value{Eq(count, ZerosLike(count))}
		}
		return []*Value{Ne(count, ZerosLike(count))}
	})
}

// block is how long the blocks of a reduction of bools are, and along which axis; 0 where there are none that are worth
// the while. Those of the last axis are vectors.
func (r reduction) block(x ir.Aval) (axis, block int) {
	for _, a := range r.Axes {
		for b := 32; b >= 8 && x.Size() >= 1<<15; b-- {
			vector := a < x.Rank()-1 || b&(b-1) == 0
			if n := x.Shape[a]; vector && n%b == 0 && n > b && b > block {
				axis, block = a, b
			}
		}
	}
	return axis, block
}

// backOver is y, a reduction of x over axes, broadcast back to x's shape.
func backOver(y *Value, shape, axes []int) *Value {
	return BroadcastInDim(y, shape, rest(len(shape), axes))
}

// productOfOthers has at each place the product over axes of the other elements: what is before times what is after.
func productOfOthers(x *Value, axes []int) *Value {
	shape := x.Shape()
	if ir.SizeOf(sizesAt(shape, axes)) == 0 || len(axes) == 0 {
		return Ones(x.Aval())
	}
	perm := append(rest(len(shape), axes), axes...)
	flat := append(without(shape, axes), ir.SizeOf(sizesAt(shape, axes)))
	last := len(flat) - 1
	v := Reshape(Transpose(x, perm), flat)
	d := x.DType()
	if d == ir.Float16 || d == ir.BFloat16 { // partial products may exceed the range of the whole
		v = Convert(v, ir.Float32)
	}
	others := Mul(exclusive(monoidMul, v, last, false), exclusive(monoidMul, v, last, true))
	back := make([]int, len(perm))
	for i, p := range perm {
		back[p] = i
	}
	return Transpose(Reshape(Convert(others, d), sizesAt(shape, perm)), back)
}

// exclusive is the cumulative operation of what comes before each element along axis, itself left out.
func exclusive(m monoid, x *Value, axis int, reverse bool) *Value {
	lo, hi := repeated(0, x.Rank()), repeated(0, x.Rank())
	if reverse {
		lo[axis], hi[axis] = -1, 1
	} else {
		lo[axis], hi[axis] = 1, -1
	}
	pad := trace.FromLit(m.identity(x.DType()))
	return one(cumulative{m, axis, reverse}, Pad(x, pad, lo, hi, repeated(0, x.Rank())))
}
