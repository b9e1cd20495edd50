package ops

import "github.com/gojax/gojax/trace"

// maxOp and minOp tell subnormal numbers from 0 on CPUs too if Exact.
type maxOp struct {
	binaryAny
	Exact bool
}

func (maxOp) Name() string { return "max" }

// Max is the larger of x and y; NaN where either is NaN. Complex numbers are ordered by their real, then imaginary
// parts.
func Max(x, y *Value) *Value { return one(maxOp{}, x, y) }

// MaxExact is Max that takes no subnormal numbers for 0, where Max does if the processor does.
func MaxExact(x, y *Value) *Value { return one(maxOp{Exact: true}, x, y) }

func (o maxOp) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	if o.Exact && flushes(e, x[0].Aval.DType) {
		return lowerFun(e, x, func(v []*Value) []*Value {
			return []*Value{Select(Ge(OrderKey(v[0]), OrderKey(v[1])), v[0], v[1])}
		})
	}
	return []trace.Operand{writer{e}.extreme(true, x[0], x[1])}
}

func (o maxOp) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return extremeJVP(c, x, t, o.Exact)
}

type minOp struct {
	binaryAny
	Exact bool
}

func (minOp) Name() string { return "min" }

// Min is the smaller of x and y; NaN where either is NaN. Complex numbers are ordered by their real, then imaginary
// parts.
func Min(x, y *Value) *Value { return one(minOp{}, x, y) }

// MinExact is to Min what MaxExact is to Max.
func MinExact(x, y *Value) *Value { return one(minOp{Exact: true}, x, y) }

func (o minOp) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	if o.Exact && flushes(e, x[0].Aval.DType) {
		return lowerFun(e, x, func(v []*Value) []*Value { // NaN comes last downwards, too
			return []*Value{Select(Ge(OrderKey(Neg(v[0])), OrderKey(Neg(v[1]))), v[0], v[1])}
		})
	}
	return []trace.Operand{writer{e}.extreme(false, x[0], x[1])}
}

func (o minOp) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return extremeJVP(c, x, t, o.Exact)
}

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
	first := w.sel(w.cmp("EQ", rx, ry), w.cmp(dir, ix, iy), w.cmp(dir, rx, ry))
	// The first operand with a NaN, if there is one.
	either, isNaN := "stablehlo.or", func(z trace.Operand) trace.Operand { return w.cmp("NE", z, z) }
	return w.sel(w.sel(isNaN(y), isNaN(x), w.bin(either, first, isNaN(x))), x, y)
}

// extremeJVP gives each operand its tangent where it is the result, half of it where both are.
func extremeJVP(c trace.JVPCtx, x, t []*Value, exact bool) ([]*Value, []*Value) {
	is := func(x, y *Value) *Value { return one(compare{Dir: "EQ", Exact: exact}, x, y) }
	share := func(y, mine, other *Value) *Value {
		one := FullLike(y, 1)
		return Div(Select(is(mine, y), one, FullLike(y, 0)), Select(is(other, y), FullLike(y, 2), one))
	}
	return jvp2(c, x, t,
		func(g, y *Value) *Value { return Mul(g, share(y, x[0], x[1])) },
		func(g, y *Value) *Value { return Mul(g, share(y, x[1], x[0])) })
}
