package ops

import "github.com/gojax/gojax/trace"

type maxOp struct{ binaryAny }

func (maxOp) Name() string { return "max" }

// Max is the larger of x and y; NaN where either is NaN. Complex numbers are ordered by their real, then imaginary
// parts.
func Max(x, y *Value) *Value { return one(maxOp{}, x, y) }

func (maxOp) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return []trace.Operand{writer{e}.extreme(true, x[0], x[1])}
}

func (maxOp) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) { return extremeJVP(c, x, t) }

type minOp struct{ binaryAny }

func (minOp) Name() string { return "min" }

// Min is the smaller of x and y; NaN where either is NaN. Complex numbers are ordered by their real, then imaginary
// parts.
func Min(x, y *Value) *Value { return one(minOp{}, x, y) }

func (minOp) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return []trace.Operand{writer{e}.extreme(false, x[0], x[1])}
}

func (minOp) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) { return extremeJVP(c, x, t) }

// extreme writes the larger or smaller of x and y, of complex numbers lexicographically. Regions of reductions use it
// too.
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
