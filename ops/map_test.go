package ops_test

import (
	"fmt"
	"math/cmplx"
	"testing"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/tests/sample"
	"github.com/gojax/gojax/trace"
)

func TestMapInBatches(t *testing.T) {
	bench, kinds := newBench(t), sample.Kinds{}
	for _, n := range []int{0, 1, 4, 6, 7} {
		in := []arr{ramp(float64Type, -1, 0.5, n, 2), scalar(float64Type, 3)}
		want := in[0].map1(float64Type, func(x complex128) complex128 { return 3 * cmplx.Sin(x) })
		for _, b := range []int{0, 1, 3, 4, 100} {
			// Of each form one: nothing, no batches, one batch, some, some and a rest.
			form := fmt.Sprint(n == 0, b == 0, n <= b, b > 0 && n%b == 0)
			bench.valuesIf(kinds.Add(form), func(in []*trace.Value) []*trace.Value {
				return []*trace.Value{
					lax.Map(func(x A) A {
						return jnp.Wrap(ops.Mul(ops.Sin(x.TraceValue()), ops.Broadcast(in[1], []int{2})))
					}, jnp.Wrap(in[0]), lax.MapOptions{BatchSize: b}).TraceValue()}
			}, in, func(got []arr) {
				if s := got[0].closeTo(want, 1e-15); s != "" {
					t.Errorf("map over %d in batches of %d: %s", n, b, s)
				}
			})
		}
	}
	bench.run()
}
