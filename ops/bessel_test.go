package ops_test

import (
	"math"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// besselSeries is exp(-|x|) times the power series of the modified Bessel function of order n.
func besselSeries(n int) func(x float64) float64 {
	return func(x float64) float64 {
		term := 1.0
		for k := 1; k <= n; k++ {
			term *= x / 2 / float64(k)
		}
		sum := 0.0
		for k := 1; k < 200; k++ {
			sum += term
			term *= x / 2 * x / 2 / float64(k) / float64(k+n)
		}
		return sum * math.Exp(-math.Abs(x))
	}
}

func TestBessel(t *testing.T) {
	for n, f := range []func(x *trace.Value) *trace.Value{ops.BesselI0e, ops.BesselI1e} {
		a := vec(ir.Float64, 0, 0.3, -1, 2.5, 7.9, 8.1, -15, 30)
		want := a.map1(a.d, func(x complex128) complex128 { return complex(besselSeries(n)(real(x)), 0) })
		if s := runBoth(t, f1(f), []arr{a})[0].closeTo(want, 1e-14); s != "" {
			t.Errorf("order %d: %s", n, s)
		}
		in := []arr{vec(ir.Float64, 0.3, -1, 2.5, 8.1, -15)}
		checkVmap(t, f1(f), in)
		checkJVP(t, f1(f), in)
	}
	at0 := []arr{vec(ir.Float64, 0)}
	_, yt := jvpOf(t, program(t, f1(ops.BesselI1e), avals(at0)), putAll(at0), []*trace.Value{vec(ir.Float64, 1).put()})
	if s := get(yt[0]).closeTo(vec(ir.Float64, 0.5), 0); s != "" {
		t.Errorf("the derivative of I1 at 0: %s", s)
	}
}
