package ops_test

import (
	"math"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

func TestDigammaPoles(t *testing.T) {
	got := runBoth(t, f1(ops.Digamma), []arr{vec(ir.Float32, 0, math.Copysign(0, -1), -1, -2, 1)})[0]
	if s := got.closeTo(vec(ir.Float32, -inf, inf, nan, nan, -0.5772157), 1e-6); s != "" {
		t.Error(s)
	}
}

func TestPolygamma(t *testing.T) {
	one, x := vec(ir.Float64, 1, 1), vec(ir.Float64, 1, 2)
	want := vec(ir.Float64, math.Pi*math.Pi/6, math.Pi*math.Pi/6-1)
	if s := runBoth(t, f2(ops.Polygamma), []arr{one, x})[0].closeTo(want, 1e-12); s != "" {
		t.Error(s)
	}
	if s := runBoth(t, f2(ops.Zeta), []arr{vec(ir.Float64, 2, 2), x})[0].closeTo(want, 1e-12); s != "" {
		t.Error(s)
	}
	checkJVP(t, func(v []*trace.Value) []*trace.Value {
		return []*trace.Value{ops.Polygamma(ops.FullLike(v[0], 2), v[0])}
	}, []arr{x})
	checkJVP(t, func(v []*trace.Value) []*trace.Value { return []*trace.Value{ops.Zeta(ops.FullLike(v[0], 2), v[0])} },
		[]arr{x})
}

// gammas is what a case at x wants, where JAX's logarithm of gamma has few digits around 1 and 2, digamma is NaN at 0,
// and the derivative of digamma has no digits far to the left.
func (c specialCase) gammas(x, want arr) arr {
	switch {
	case c.Op == "lgamma" && c.Tangent == nil:
		return x.map1(want.d, re(func(x float64) float64 { y, _ := math.Lgamma(max(x, -math.MaxFloat64)); return y }))
	case c.Op == "digamma" && c.Tangent != nil:
		return x.map1(want.d, re(trigamma))
	case c.Op == "digamma" || c.Op == "lgamma":
		i := -1
		return want.map1(want.d, re(func(y float64) float64 {
			i++
			if v := real(x.e[i].Complex()); math.Abs(v) < 1e-38 {
				return -1 / v
			}
			return y
		}))
	}
	return want
}

// trigamma is the derivative of digamma.
func trigamma(x float64) float64 {
	switch {
	case math.IsInf(x, -1):
		return nan
	case x <= 0 && x == math.Floor(x):
		return inf
	case x < 0:
		s := math.Sin(math.Pi * (x - math.Round(x)))
		return math.Pi*math.Pi/(s*s) - trigamma(1-x)
	case x < 20:
		return 1/(x*x) + trigamma(x+1)
	}
	r := 1 / x
	return r + r*r/2 + r*r*r/6 - r*r*r*r*r/30
}
