package ops_test

import (
	"math"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// ofSubnormal is what operations, and their derivatives, are of numbers that JAX takes for 0 on CPUs.
var ofSubnormal = map[string]struct{ f, slope func(x float64) float64 }{
	"sign":  {func(x float64) float64 { return math.Copysign(1, x) }, nil},
	"abs":   {math.Abs, func(x float64) float64 { return math.Copysign(1, x) }},
	"floor": {math.Floor, nil}, "ceil": {math.Ceil, nil},
	"log":  {math.Log, nil},
	"sqrt": {math.Sqrt, func(x float64) float64 { return 0.5 / math.Sqrt(x) }},
	"rsqrt": {func(x float64) float64 { return 1 / math.Sqrt(x) },
		func(x float64) float64 { return -inf * math.Sqrt(x) }},
	"cbrt": {math.Cbrt, func(x float64) float64 { return 1 / (3 * math.Cbrt(x) * math.Cbrt(x)) }},
}

// corrected is element i of what JAX has, or the truth where that differs.
func (c specialCase) corrected(x []arr, want arr, i int) ir.Lit {
	l := x[0].e[i]
	if x[0].d.IsComplex() {
		for _, a := range x {
			z := a.e[i].Complex()
			re, im := real(z), imag(z)
			if (c.Op == "max" || c.Op == "min") && c.Tangent == nil && (re != re || im != im) {
				return a.e[i]
			}
		}
	}
	if c.Op == "pow" && c.Tangent != nil && *c.Tangent == 1 && l.Float() == inf && x[1].e[i].Float() < 0 {
		return ir.FloatLit(0, want.d) // x^y·log(x) vanishes as x goes to infinity
	}
	if v := l.Float(); l.DType == ir.Float32 && v != 0 && math.Abs(v) < 0x1p-126 {
		switch {
		case c.Op == "pow" && c.Tangent == nil:
			return ir.FloatLit(math.Pow(v, x[1].e[i].Float()), want.d)
		case c.Op == "atan2" && c.Tangent == nil:
			return ir.FloatLit(math.Atan2(v, x[1].e[i].Float()), want.d)
		}
		f := ofSubnormal[c.Op].f
		if c.Tangent != nil {
			f = ofSubnormal[c.Op].slope
		}
		if f != nil {
			return ir.FloatLit(f(v), want.d)
		}
	}
	return want.e[i]
}

// What the bits of subnormal numbers say, whatever the processor takes them for.
func TestSubnormal(t *testing.T) {
	bit := func(b bool) float64 { return map[bool]float64{true: 1}[b] }
	type unary = func(x *trace.Value) *trace.Value
	with := func(f func(x, y *trace.Value) *trace.Value, y float64) unary {
		return func(x *trace.Value) *trace.Value { return f(x, ops.FullLike(x, y)) }
	}
	for _, d := range sampleOf(floats) {
		least := jnp.FInfo(d).SmallestSubnormal
		x := vec(d, 3*least, -least, 0, 7*least, math.Copysign(0, -1), least, 1, nan, -inf)
		for name, r := range map[string]struct {
			f    unary
			want func(x float64) float64
		}{
			"sign": {ops.Sign, func(x float64) float64 { return math.Max(-1, math.Min(1, x/least)) }},
			"ceil": {ops.Ceil, math.Ceil}, "floor": {ops.Floor, math.Floor},
			// Go's own takes them all for the same number.
			"log":   {ops.Log, func(x float64) float64 { return math.Log(x*0x1p200) - 200*math.Ln2 }},
			"log1p": {ops.Log1p, math.Log1p},
			"sqrt":  {ops.Sqrt, math.Sqrt}, "cbrt": {ops.Cbrt, math.Cbrt},
			"max":  {with(ops.MaxExact, 0), func(x float64) float64 { return math.Max(x, 0) }},
			"min":  {with(ops.MinExact, 2*least), func(x float64) float64 { return math.Min(x, 2*least) }},
			"eq":   {with(ops.EqExact, 0), func(x float64) float64 { return bit(x == 0) }},
			"ne":   {with(ops.NeExact, 0), func(x float64) float64 { return bit(x != 0) }},
			"lt":   {with(ops.LtExact, 0), func(x float64) float64 { return bit(x < 0) }},
			"le":   {with(ops.LeExact, 0), func(x float64) float64 { return bit(x <= 0) }},
			"gt":   {with(ops.GtExact, 0), func(x float64) float64 { return bit(x > 0) }},
			"ge":   {with(ops.GeExact, 3*least), func(x float64) float64 { return bit(x >= 3*least) }},
			"up":   {with(ops.NextAfter, 4*least), func(x float64) float64 { return step(x, 4*least, least) }},
			"down": {with(ops.NextAfter, -4*least), func(x float64) float64 { return step(x, -4*least, least) }},
			"wide": {func(x *trace.Value) *trace.Value { return ops.Convert(x, ir.Float64) },
				func(x float64) float64 { return x }},
			"true": {func(x *trace.Value) *trace.Value { return ops.Convert(x, ir.Bool) },
				func(x float64) float64 { return bit(x != 0) }},
		} {
			if x.d == ir.Float16 && name == "log" { // rounded twice
				continue
			}
			y := runBoth(t, f1(r.f), []arr{x})[0]
			for i, l := range x.e {
				v := r.want(l.Float())
				if (name == "up" || name == "down") && math.Abs(l.Float()) > 9*least {
					continue
				}
				want, got := ir.FloatLit(v, y.d), y.e[i]
				if g, w := got.Float(), want.Float(); g != w && !(g != g && w != w) &&
					!(math.Abs(g-w) <= 2*tolOf(y.d)*math.Abs(w) && math.Abs(w) > 9*least) {
					t.Errorf("%s of %v(%v): %v, want %v", name, d, l, got, want)
				}
			}
		}
	}
}

// step is the number next to x in the direction of y among multiples of least.
func step(x, y, least float64) float64 {
	if x < y {
		return x + least
	}
	return x - least
}
