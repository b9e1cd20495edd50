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
	if s := got.closeTo(vec(ir.Float32, nan, nan, nan, nan, -0.5772157), 1e-6); s != "" {
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
