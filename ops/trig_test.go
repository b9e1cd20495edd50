package ops_test

import (
	"math"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// XLA makes atan2(y, 1) an arc tangent.
func TestAtan2OfOne(t *testing.T) {
	f := func(y *trace.Value) *trace.Value { return ops.Atan2(y, ops.FullLike(y, 1)) }
	in := ramp(ir.Float32, -3, 0.01, 600)
	if s := runBoth(t, f1(f), []arr{in})[0].closeTo(in.map1(ir.Float32, re(math.Atan)), 1e-6); s != "" {
		t.Errorf("%.300s", s)
	}
}
