package jnp

import (
	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Comparisons of integers whose common dtype cannot hold them all: with 64-bit types off that of uint32 and int32 is
// int32, with them on that of uint64 and int64 is a float one.

// mixed reports whether no dtype of at most bits bits holds the numbers of both integer dtypes.
func mixed(a, b ir.DType, bits int) bool {
	if b.IsUnsigned() {
		a, b = b, a
	}
	return a.IsUnsigned() && b.IsSigned() && a.Bits() >= b.Bits() && 2*a.Bits() > bits
}

// widest is the number of bits of the widest integers.
func widest(x64 bool) int { return ir.Int64.Canonical(x64).Bits() }

// exactly is the comparison, or the choice between x and y, where these are integers of different dtypes that have no
// integer dtype in common, or a Go integer that the array's dtype cannot hold.
func (b *binaryOp) exactly(x, y *value) (r Array, ok bool) {
	dx, dy := x.DType(), y.DType()
	if dx == dy || !dx.IsInteger() || !dy.IsInteger() {
		return r, false
	}
	lx, isLitX := x.Lit()
	ly, isLitY := y.Lit()
	compare := b.flags&compares != 0
	switch {
	case compare && isLitX && !isLitY:
		return b.withGoInteger(lx, y, true), true
	case compare && isLitY && !isLitX:
		return b.withGoInteger(ly, x, false), true
	case isLitX || isLitY || !mixed(dx, dy, widest(trace.X64(x, y))):
		return r, false
	}
	return whole(b.name, "exactly", []*value{x, y}, func(in []*value) *value {
		if compare {
			return comparedAs(b.name, b.f, in[0], in[1])
		}
		less := comparedAs(b.name, ops.Lt, in[0], in[1])
		t := commonType(b.name, in[0], in[1], 0)
		x, y := t.fit(b.name, in[0]), t.fit(b.name, in[1])
		if b == &minimumOp || b == &fminOp {
			x, y = y, x
		}
		return ops.Select(less, y, x)
	}), true
}

// withGoInteger is the comparison of an array of integers with a Go integer, which comes first or not: it is brought to
// the array's dtype, or, where that cannot hold it, lies on the one side of all that it can.
func (b *binaryOp) withGoInteger(l ir.Lit, x *value, first bool) Array {
	of := func(y, l *value) *value {
		if first {
			return b.f(l, y)
		}
		return b.f(y, l)
	}
	d := x.DType()
	if kit.Fits(l, d) {
		l = l.Convert(d)
		l.Weak = x.Aval().Weak
		x, y := x, trace.FromLit(l)
		if first {
			x, y = y, x
		}
		return binary(b.name, x, y, b.f, 0)
	}
	type params struct{ Above, First bool }
	p := params{l.DType.IsUnsigned() || l.Int() > 0, first}
	return whole1(b.name, p, x, func(x *value) *value {
		side := int64(0)
		if p.Above {
			side = 2
		}
		at := func(n int64) *value { return ops.Full(x.Shape(), ir.IntLit(n, ir.Int32)) }
		return of(at(1), at(side))
	})
}

// liftBeside is kit.LiftFor of an operand that is compared with the elements of like: a Go integer that like's dtype
// cannot hold has the default one, strongly.
func liftBeside(op string, x any, like *value) *value {
	v := kit.Lift(op, x)
	if l, ok := v.Lit(); ok && l.DType.IsInteger() && like.DType().IsInteger() && !kit.Fits(l, like.DType()) {
		v = kit.LiftAlone(op, x, like)
		return kit.As(v, v.DType())
	}
	return kit.LiftFor(op, x, like.Aval())
}

// promoteBoth brings x and y to their common dtype, unless comparedAs does without.
func promoteBoth(op string, x, y *value) (a, b *value) {
	if dx, dy := x.DType(), y.DType(); dx.IsInteger() && dy.IsInteger() && mixed(dx, dy, widest(trace.X64(x, y))) {
		return x, y
	}
	v := kit.Promote(op, x, y)
	return v[0], v[1]
}

// comparedAs is the comparison f of x and y brought to their common shape and dtype. Integers that have none in common
// are compared as unsigned ones, and below all of those where they are negative.
func comparedAs(op string, f func(x, y *value) *value, x, y *value) *value {
	t := commonType(op, x, y, 0)
	dx, dy := x.DType(), y.DType()
	if !dx.IsInteger() || !dy.IsInteger() || !mixed(dx, dy, widest(trace.X64(x, y))) {
		return f(t.fit(op, x), t.fit(op, y))
	}
	x, y = kit.BroadcastTo(x, t.Shape), kit.BroadcastTo(y, t.Shape)
	u, s, less := x, y, []int64{1, 0}
	if dx.IsSigned() {
		u, s, less = y, x, []int64{0, 1}
	}
	as := func(n int64) *value { return ops.Full(t.Shape, ir.IntLit(n, u.DType())) }
	both := f(ops.Convert(x, u.DType()), ops.Convert(y, u.DType()))
	both = ops.Select(ops.Lt(s, ops.ZerosLike(s)), f(as(less[0]), as(less[1])), both)
	return kit.Convert(op, both, ir.Bool, t.Weak)
}
