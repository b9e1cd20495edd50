package ops_test

import (
	"testing"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

func TestMapInBatches(t *testing.T) {
	for _, n := range []int{0, 1, 4, 6, 7} {
		in := []arr{ramp(float64Type, -1, 0.5, n, 2), scalar(float64Type, 3)}
		want := getAll([]*trace.Value{ops.Mul(ops.Sin(in[0].put()), ops.Broadcast(in[1].put(), []int{n, 2}))})[0]
		for _, b := range []int{0, 1, 3, 4, 100} {
			got := runBoth(t, func(in []*trace.Value) []*trace.Value {
				return []*trace.Value{
					lax.Map(func(x A) A {
						return jnp.Wrap(ops.Mul(ops.Sin(x.TraceValue()), ops.Broadcast(in[1], []int{2})))
					}, jnp.Wrap(in[0]), lax.MapOptions{BatchSize: b}).TraceValue()}
			}, in)
			if s := got[0].closeTo(want, 1e-15); s != "" {
				t.Errorf("map over %d in batches of %d: %s", n, b, s)
			}
		}
	}
}
