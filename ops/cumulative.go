package ops

import (
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// cumulative combines by Monoid, along Axis, all elements up to each one, or with Reverse all from it on.
type cumulative struct {
	Monoid  monoid
	Axis    int
	Reverse bool
}

func (c cumulative) Name() string {
	switch c.Monoid {
	case monoidAdd:
		return "cumsum"
	case monoidMul:
		return "cumprod"
	case monoidMax:
		return "cummax"
	case monoidMin:
		return "cummin"
	}
	return "cumlogsumexp"
}

// CumSum is the sum of the elements up to and with each one along axis (reverse: from it to the end), as lax.cumsum. Numbers
// only. float16 and bfloat16 are added up in float32 and rounded once.
func CumSum(x *Value, axis int, reverse bool) *Value {
	return one(cumulative{monoidAdd, axis, reverse}, x)
}

// CumProd is CumSum for the product.
func CumProd(x *Value, axis int, reverse bool) *Value {
	return one(cumulative{monoidMul, axis, reverse}, x)
}

// CumMax is CumSum for the greatest element, NaN from the first NaN on. Not for bool.
func CumMax(x *Value, axis int, reverse bool) *Value {
	return one(cumulative{monoidMax, axis, reverse}, x)
}

// CumMin is CumMax for the least element.
func CumMin(x *Value, axis int, reverse bool) *Value {
	return one(cumulative{monoidMin, axis, reverse}, x)
}

// CumLogSumExp is log(CumSum(exp(x))) without overflow or underflow, of floats.
func CumLogSumExp(x *Value, axis int, reverse bool) *Value {
	return one(cumulative{monoidLogAddExp, axis, reverse}, x)
}

func (c cumulative) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if err := wantOperands(in, 1); err != nil {
		return nil, err
	}
	allow := kNum
	if c.Monoid == monoidLogAddExp {
		allow = kFloat
	}
	if err := firstError(wantKind(in[0], allow), checkAxes("axis", []int{c.Axis}, in[0].Rank())); err != nil {
		return nil, err
	}
	return in[:1:1], nil
}

func (c cumulative) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return lowerFun(e, x, func(v []*Value) []*Value {
		x := v[0]
		d := x.DType()
		if (d == ir.Float16 || d == ir.BFloat16) && c.Monoid != monoidMax && c.Monoid != monoidMin {
			x = Convert(x, ir.Float32)
		}
		y := scanMonoid(c.Monoid, x, c.Axis, c.Reverse)
		if y.DType() != d {
			y = Convert(y, d)
		}
		return []*Value{y}
	})
}

func (c cumulative) Batch(_ trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	h := c
	if d[0] <= c.Axis {
		h.Axis++
	}
	return []*Value{one(h, x[0])}, d
}

// JVP: a cumulative sum is linear. The others are scans of pairs of a value and its tangent.
func (c cumulative) JVP(ctx trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	if c.Monoid == monoidAdd {
		return jvpLinear(ctx, x, t)
	}
	if t[0] == nil {
		return jvpZero(ctx, x)
	}
	v := AssociativeScan([]*Value{x[0], t[0]}, c.Axis, c.Reverse, c.combinePairs)
	return ctx.Self(x...), v[1:]
}

// combinePairs is the JVP of the monoid's operation.
func (c cumulative) combinePairs(a, b []*Value) []*Value {
	x, tx, y, ty := a[0], a[1], b[0], b[1]
	z := c.Monoid.apply(x, y)
	switch c.Monoid {
	case monoidMul:
		return []*Value{z, Add(Mul(tx, y), Mul(x, ty))}
	case monoidLogAddExp:
		// An infinite value has all of the weight, or none.
		finite := func(v *Value) *Value {
			return Select(Eq(v, FullLike(v, posInf)), ZerosLike(v), v)
		}
		w := func(v *Value) *Value { return Exp(Sub(finite(v), finite(z))) }
		low := Eq(z, FullLike(z, negInf)) // of -inf and -inf: neither counts
		sum := Add(Mul(tx, w(x)), Mul(ty, w(y)))
		return []*Value{z, Select(low, ZerosLike(sum), sum)}
	}
	// Extrema: the tangent of the one that is it, of equal ones the mean.
	half := FullLike(tx, 0.5)
	both := Mul(Add(tx, ty), half)
	pick := Select(Eq(x, z), Select(Eq(y, z), both, tx), ty)
	return []*Value{z, pick}
}

// Transpose of a cumulative sum runs the other way.
func (c cumulative) Transpose(_ trace.TransposeCtx, ct []*Value, _ []trace.Linear) []*Value {
	return transpose1(ct, func(g *Value) *Value {
		return one(cumulative{c.Monoid, c.Axis, !c.Reverse}, g)
	})
}
