package jnp

import (
	"math"
	"slices"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// What NumPy's universal functions are made of. The functions on values work on values of one type and shape, in a
// trace or in a program that kit.Whole makes.

type value = trace.Value

// binaryOp is a function of two operands: f of them brought to their common dtype and shape.
type binaryOp struct {
	name  string
	f     func(x, y *value) *value
	flags flags
}

// flags say what a binaryOp does with its operands.
type flags uint16

const (
	toInexact         flags = 1 << iota // promotes to an inexact dtype
	toNumeric                           // promotes bool to int32
	several                             // f is several operations: run eagerly as one program
	severalForComplex                   // f is several operations on complex numbers
	severalForNumbers                   // f is several operations on all but bools
	refusesComplex
	refusesInexact // and integers whose common dtype is none
	integersOnly   // refuses operands whose common dtype is not an integer one
	compares       // f is a comparison: exact of all integers
	chooses        // f is one of the operands: chosen exactly of all integers
)

// call is the function of two operands: Arrays, Go numbers or nested slices.
func (b *binaryOp) call(x, y any) Array { return b.apply(lift(b.name, x), lift(b.name, y)) }

// method is the function as a method of x.
func (b *binaryOp) method(x Array, y any) Array {
	v := x.val(b.name)
	return b.apply(v, liftSecond(b.name, v, y))
}

// apply checks the operands, and says whether f is several operations for them.
func (b *binaryOp) apply(x, y *value) Array {
	fl := b.flags
	if fl&(compares|chooses) != 0 {
		if y, ok := b.exactly(x, y); ok {
			return y
		}
		fl &^= compares | chooses
	}
	if fl&^(toInexact|toNumeric|several) == 0 {
		return binary(b.name, x, y, b.f, fl)
	}
	dx, dy := x.DType(), y.DType()
	switch {
	case fl&refusesComplex != 0:
		kit.RefuseComplex(b.name, x, y)
	case fl&refusesInexact != 0:
		kit.RefuseInexact(b.name, x, y)
		if d, _ := kit.CommonType(trace.X64(x, y), x.Aval(), y.Aval()); d.IsInexact() {
			trace.Fail(b.name, []ir.Aval{x.Aval(), y.Aval()},
				"uint64 and signed integers have no common integer type (promoted they are %v); "+
					"convert one of them first, with x.AsType", d)
		}
	case fl&integersOnly != 0:
		if d, _ := kit.CommonType(trace.X64(x, y), x.Aval(), y.Aval()); !d.IsInteger() {
			trace.Fail(b.name, []ir.Aval{x.Aval(), y.Aval()},
				"integers of a common integer type are needed (promoted, these are %v); "+
					"convert first, with x.AsType(jnp.Int32)", d)
		}
	}
	if fl&severalForComplex != 0 && (dx.IsComplex() || dy.IsComplex()) || fl&severalForNumbers != 0 &&
		(dx != ir.Bool || dy != ir.Bool) {
		fl |= several
	}
	return binary(b.name, x, y, b.f, fl)
}

// binary is f of x and y brought to their common dtype and shape. Run eagerly it is one program, named op, whatever
// conversions and broadcasts it takes; where there are none, and f is one operation, it is that operation's own
// program.
func binary(op string, x, y *value, f func(x, y *value) *value, fl flags) Array {
	ax, ay := x.Aval(), y.Aval()
	x64 := trace.X64(x, y)
	if d := ax.DType; d == ay.DType && ax.Weak == ay.Weak && slices.Equal(ax.Shape, ay.Shape) && fl&several == 0 &&
		(x64 || d.Canonical(false) == d) && (fl&toInexact == 0 || d.IsInexact()) &&
		(d != ir.Bool || fl&toNumeric == 0 && !ax.Weak) {
		return Wrap(f(x, y))
	}
	t := commonType(op, x, y, fl)
	if trace.AnyTraced(x, y) {
		return Wrap(f(t.fit(op, x), t.fit(op, y)))
	}
	x, y = kit.Settle(op, x, t.DType, t.Weak), kit.Settle(op, y, t.DType, t.Weak)
	if fl&several == 0 && x.Aval().Equal(t.Aval) && y.Aval().Equal(t.Aval) {
		return Wrap(f(x, y))
	}
	// As whole, less one closure for each eager x.Add(2.5).
	return Wrap(trace.Whole(op, nil, []*value{x, y}, func(in []*value) []*value {
		return []*value{f(t.fit(op, in[0]), t.fit(op, in[1]))}
	})[0])
}

// binary2 is binary for several operations with two results.
func binary2(op string, x, y *value, f func(x, y *value) (*value, *value), fl flags) (Array, Array) {
	t := commonType(op, x, y, fl)
	x, y = kit.Settle(op, x, t.DType, t.Weak), kit.Settle(op, y, t.DType, t.Weak)
	out := trace.Whole(op, nil, []*value{x, y}, func(in []*value) []*value {
		p, q := f(t.fit(op, in[0]), t.fit(op, in[1]))
		return []*value{p, q}
	})
	return Wrap(out[0]), Wrap(out[1])
}

// target is a type that operands are brought to.
type target struct{ ir.Aval }

// fit is v in the dtype and shape of t.
func (t target) fit(op string, v *value) *value {
	return kit.BroadcastTo(kit.Convert(op, v, t.DType, t.Weak), t.Shape)
}

// commonType is the type in which fl has the function op of x and y computed.
func commonType(op string, x, y *value, fl flags) target {
	in := []ir.Aval{x.Aval(), y.Aval()}
	d, weak := kit.CommonType(trace.X64(x, y), in...)
	if fl&toInexact != 0 {
		d = kit.Inexact(d)
	}
	if fl&toNumeric != 0 {
		d = kit.Numeric(d)
	}
	return target{ir.Aval{Shape: kit.BroadcastShapes(op, in, in[0].Shape, in[1].Shape), DType: d, Weak: weak}}
}

// unaryInexact is f, one operation, of x brought to an inexact dtype.
func unaryInexact(op string, x Array, f func(*value) *value) Array {
	v := x.val(op)
	if v.DType().IsInexact() {
		return Wrap(f(v))
	}
	return wholeInexact(op, x, f)
}

// wholeInexact is f, several operations, of x brought to an inexact dtype.
func wholeInexact(op string, x Array, f func(*value) *value) Array {
	return whole1(op, nil, x.val(op), func(v *value) *value { return f(kit.AsInexact(v)) })
}

// realInexact is unaryInexact of a function that takes no complex numbers.
func realInexact(op string, x Array, f func(*value) *value) Array {
	kit.RefuseComplex(op, x.val(op))
	return unaryInexact(op, x, f)
}

// whole2 is trace.Whole for one value in and two out.
func whole2(op string, v *value, f func(*value) (*value, *value)) (Array, Array) {
	out := trace.Whole(op, nil, []*value{v}, func(in []*value) []*value {
		p, q := f(in[0])
		return []*value{p, q}
	})
	return Wrap(out[0]), Wrap(out[1])
}

// strongArray is x, strongly typed unless it is a scalar: what JAX makes of results that it computes with constants.
func strongArray(x *value) *value {
	if x.Rank() == 0 {
		return x
	}
	return kit.Strong(x)
}

// litLike is the literal l with the shape and weakness of x.
func litLike(x *value, l ir.Lit) *value {
	l.Weak = x.Aval().Weak && l.DType != ir.Bool
	return ops.Full(x.Shape(), l)
}

// boolLike is b in the shape of x.
func boolLike(x *value, b bool) *value { return litLike(x, ir.BoolLit(b)) }

// truth is x != 0. Run eagerly it is a program of op.
func truth(op string, x *value) *value {
	if x.DType() == ir.Bool {
		return x
	}
	return kit.Whole1(op, "truth", x, func(x *value) *value { return strongArray(ops.NeExact(x, ops.FullLike(x, 0))) })
}

// isNaN is weakly typed where x is; isInf is not, and isFinite only for floating point: so it is in JAX.
func isNaN(x *value) *value { return ops.Ne(x, x) }

func isInf(x *value) *value {
	switch {
	case x.DType().IsFloat():
		return kit.Strong(ops.Eq(ops.Abs(x), ops.FullLike(x, math.Inf(1))))
	case x.DType().IsComplex():
		return ops.Or(isInf(ops.Real(x)), isInf(ops.Imag(x)))
	}
	return boolLike(x, false)
}

func isFinite(x *value) *value {
	switch {
	case x.DType().IsFloat():
		return ops.IsFinite(x)
	case x.DType().IsComplex():
		return ops.And(ops.IsFinite(ops.Real(x)), ops.IsFinite(ops.Imag(x)))
	}
	return boolLike(x, true)
}

// signBit is the sign bit of a float, x < 0 of an integer.
func signBit(x *value) *value {
	d := x.DType()
	switch {
	case d.IsUnsigned() || d == ir.Bool:
		return boolLike(x, false)
	case d.IsSigned():
		return kit.Strong(ops.Lt(x, ops.FullLike(x, 0)))
	}
	b := floatBits(x)
	return ops.Lt(b, ops.FullLike(b, 0))
}

// floatBits is the bits of floats as signed integers of their width.
func floatBits(x *value) *value {
	d := map[int]ir.DType{16: ir.Int16, 32: ir.Int32, 64: ir.Int64}[x.DType().Bits()]
	return ops.Bitcast(x, d)
}
