package ops

import "github.com/gojax/gojax/trace"

type add struct{ binaryNum }

func (add) Name() string { return "add" }

// Add is x + y of two numbers of one shape and dtype; integers wrap around.
func Add(x, y *Value) *Value { return one(add{}, x, y) }

func (add) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "stablehlo.add", x, "")
}

func (add) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return c.Self(x...), []*Value{AddTangents(t[0], t[1])}
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

type sub struct{ binaryNum }

func (sub) Name() string { return "sub" }

// Sub is x - y; integers wrap around.
func Sub(x, y *Value) *Value { return one(sub{}, x, y) }

func (sub) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "stablehlo.subtract", x, "")
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

type mul struct{ binaryNum }

func (mul) Name() string { return "mul" }

// Mul is x * y; integers wrap around.
func Mul(x, y *Value) *Value { return one(mul{}, x, y) }

func (mul) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "stablehlo.multiply", x, "")
}

func (mul) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp2(c, x, t,
		func(g, _ *Value) *Value { return Mul(g, x[1]) },
		func(g, _ *Value) *Value { return Mul(x[0], g) })
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

type div struct{ binaryNum }

func (div) Name() string { return "div" }

// Div is x / y. The quotient of integers is truncated towards zero; x / 0 is -1 (all ones, unsigned), and the smallest
// integer over -1 is itself.
func Div(x, y *Value) *Value { return one(div{}, x, y) }

func (div) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "stablehlo.divide", x, "")
}

func (div) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp2(c, x, t,
		func(g, _ *Value) *Value { return Div(g, x[1]) },
		func(g, y *Value) *Value { return Neg(Mul(g, overOnce(y, x[1]))) })
}

func (div) Transpose(_ trace.TransposeCtx, ct []*Value, x []trace.Linear) []*Value {
	if ct[0] == nil {
		return make([]*Value, 2)
	}
	linearIn("div", x, 0)
	return []*Value{Div(ct[0], x[1].X), nil}
}

// overOnce is y/x of a quotient y whose denominator is x: XLA would make (a/x)/x of it a/(x·x), where the product can
// overflow or be 0.
func overOnce(y, x *Value) *Value { return Mul(y, Reciprocal(x)) }

type rem struct{ binaryReal }

func (rem) Name() string { return "rem" }

// Rem is the remainder of Div, of x's sign, for integers and floats (C's fmod); of integers, x rem 0 is x.
func Rem(x, y *Value) *Value { return one(rem{}, x, y) }

func (rem) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "stablehlo.remainder", x, "")
}

func (rem) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp2(c, x, t,
		func(g, _ *Value) *Value { return g },
		func(g, _ *Value) *Value {
			q := Div(x[0], x[1])
			return Mul(Neg(g), Mul(Sign(q), Floor(Abs(q))))
		})
}
