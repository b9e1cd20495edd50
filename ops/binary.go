package ops

import (
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// Arithmetic of two operands.
type (
	add       struct{ binaryNum }
	sub       struct{ binaryNum }
	mul       struct{ binaryNum }
	div       struct{ binaryNum }
	rem       struct{ binaryReal }
	maxOp     struct{ binaryAny }
	minOp     struct{ binaryAny }
	atan2     struct{ binaryInexact }
	nextAfter struct{ binaryFloat }
)

func (add) Name() string       { return "add" }
func (sub) Name() string       { return "sub" }
func (mul) Name() string       { return "mul" }
func (div) Name() string       { return "div" }
func (rem) Name() string       { return "rem" }
func (maxOp) Name() string     { return "max" }
func (minOp) Name() string     { return "min" }
func (atan2) Name() string     { return "atan2" }
func (nextAfter) Name() string { return "nextafter" }

// Add is x + y of two numbers of one shape and dtype; integers wrap around.
func Add(x, y *Value) *Value { return one(add{}, x, y) }

// Sub is x - y; integers wrap around.
func Sub(x, y *Value) *Value { return one(sub{}, x, y) }

// Mul is x * y; integers wrap around.
func Mul(x, y *Value) *Value { return one(mul{}, x, y) }

// Div is x / y. The quotient of integers is truncated towards zero; x / 0 is -1 (all ones, unsigned), and the smallest
// integer over -1 is itself.
func Div(x, y *Value) *Value { return one(div{}, x, y) }

// Rem is the remainder of Div, of x's sign, for integers and floats (C's fmod); of integers, x rem 0 is x.
func Rem(x, y *Value) *Value { return one(rem{}, x, y) }

// Max is the larger of x and y; NaN where either is NaN. Complex numbers are ordered by their real, then imaginary parts.
func Max(x, y *Value) *Value { return one(maxOp{}, x, y) }

// Min is the smaller of x and y; NaN where either is NaN. Complex numbers are ordered by their real, then imaginary parts.
func Min(x, y *Value) *Value { return one(minOp{}, x, y) }

// Atan2 is the angle of the point (y, x) in radians, for floats and complex numbers.
func Atan2(y, x *Value) *Value { return one(atan2{}, y, x) }

// NextAfter is the float next to x in the direction of y.
func NextAfter(x, y *Value) *Value { return one(nextAfter{}, x, y) }

func (add) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "stablehlo.add", x, "")
}

func (sub) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "stablehlo.subtract", x, "")
}

func (mul) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "stablehlo.multiply", x, "")
}

func (div) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "stablehlo.divide", x, "")
}

func (rem) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "stablehlo.remainder", x, "")
}

func (maxOp) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return []trace.Operand{writer{e}.extreme(true, x[0], x[1])}
}

func (minOp) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return []trace.Operand{writer{e}.extreme(false, x[0], x[1])}
}

// extreme writes the larger or smaller of x and y, of complex numbers lexicographically. Regions of reductions use it too.
func (w writer) extreme(larger bool, x, y trace.Operand) trace.Operand {
	name, dir := "stablehlo.minimum", "LT"
	if larger {
		name, dir = "stablehlo.maximum", "GT"
	}
	d := x.Aval.DType
	if !d.IsComplex() {
		return w.bin(name, x, y)
	}
	rx, ry := w.to("stablehlo.real", x, d.Real()), w.to("stablehlo.real", y, d.Real())
	ix, iy := w.to("stablehlo.imag", x, d.Real()), w.to("stablehlo.imag", y, d.Real())
	return w.sel(w.sel(w.cmp("EQ", rx, ry), w.cmp(dir, ix, iy), w.cmp(dir, rx, ry)), x, y)
}

// Lower hides the second operand from XLA on the CPU. There (plugin of jaxlib 0.11.2) atan2(y, 1) is simplified to an atan whose
// vector code gives garbage from some 30 elements on. A choice that depends on y, and changes nothing, keeps it from that.
func (atan2) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	if e.Platform() == "cpu" && x[0].Aval.DType.IsFloat() {
		w := writer{e}
		x = []trace.Operand{x[0], w.sel(w.cmp("EQ", x[0], x[0]), x[1], x[0])} // where y is NaN, so is the result
	}
	return hlo(e, "stablehlo.atan2", x, "")
}

func (nextAfter) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "chlo.next_after", x, "")
}

func (add) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return c.Self(x...), []*Value{AddTangents(t[0], t[1])}
}

func (sub) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	y := c.Self(x...)
	switch {
	case t[1] == nil:
		return y, t[:1:1]
	case t[0] == nil:
		return y, []*Value{Neg(t[1])}
	}
	return y, []*Value{Sub(t[0], t[1])}
}

func (mul) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp2(c, x, t,
		func(g, _ *Value) *Value { return Mul(g, x[1]) },
		func(g, _ *Value) *Value { return Mul(x[0], g) })
}

func (div) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp2(c, x, t,
		func(g, _ *Value) *Value { return Div(g, x[1]) },
		func(g, _ *Value) *Value { return Mul(Mul(Neg(g), x[0]), IntegerPow(x[1], -2)) })
}

func (rem) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp2(c, x, t,
		func(g, _ *Value) *Value { return g },
		func(g, _ *Value) *Value {
			q := Div(x[0], x[1])
			return Mul(Neg(g), Mul(Sign(q), Floor(Abs(q))))
		})
}

func (maxOp) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) { return extremeJVP(c, x, t) }
func (minOp) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) { return extremeJVP(c, x, t) }

// extremeJVP gives each operand its tangent where it is the result, half of it where both are.
func extremeJVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	share := func(y, mine, other *Value) *Value {
		one := FullLike(y, 1)
		return Div(Select(Eq(mine, y), one, FullLike(y, 0)), Select(Eq(other, y), FullLike(y, 2), one))
	}
	return jvp2(c, x, t,
		func(g, y *Value) *Value { return Mul(g, share(y, x[0], x[1])) },
		func(g, y *Value) *Value { return Mul(g, share(y, x[1], x[0])) })
}

func (atan2) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	norm := func() *Value { return Add(Square(x[0]), Square(x[1])) }
	return jvp2(c, x, t,
		func(g, _ *Value) *Value { return Mul(g, Div(x[1], norm())) },
		func(g, _ *Value) *Value { return Mul(g, Div(Neg(x[0]), norm())) })
}

// Transpose gives the cotangent to each linear operand.
func (add) Transpose(_ trace.TransposeCtx, ct []*Value, x []trace.Linear) []*Value {
	out := make([]*Value, 2)
	for i := range out {
		if x[i].X == nil {
			out[i] = ct[0]
		}
	}
	return out
}

func (sub) Transpose(_ trace.TransposeCtx, ct []*Value, x []trace.Linear) []*Value {
	out := make([]*Value, 2)
	if ct[0] == nil {
		return out
	}
	if x[0].X == nil {
		out[0] = ct[0]
	}
	if x[1].X == nil {
		out[1] = Neg(ct[0])
	}
	return out
}

func (mul) Transpose(_ trace.TransposeCtx, ct []*Value, x []trace.Linear) []*Value {
	switch {
	case ct[0] == nil:
		return make([]*Value, 2)
	case x[0].X == nil:
		linearIn("mul", x, 0)
		return []*Value{Mul(ct[0], x[1].X), nil}
	}
	return []*Value{nil, Mul(x[0].X, ct[0])}
}

func (div) Transpose(_ trace.TransposeCtx, ct []*Value, x []trace.Linear) []*Value {
	if ct[0] == nil {
		return make([]*Value, 2)
	}
	linearIn("div", x, 0)
	return []*Value{Div(ct[0], x[1].X), nil}
}

// linearIn is for the transposes of operations of two operands that are linear in each but not in both: only operand i may be
// linear. A rule given to CustomJVP that is not linear in the tangents ends here.
func linearIn(op string, x []trace.Linear, i int) {
	if x[1-i].X == nil {
		trace.Fail(op, []ir.Aval{x[0].Aval, x[1].Aval}, "a product or quotient of two tangents cannot be run in reverse: the derivative given to gojax.CustomJVP must be linear in the tangents")
	}
}
