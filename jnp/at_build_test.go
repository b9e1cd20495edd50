package jnp_test

import (
	"strings"
	"testing"

	"github.com/gojax/gojax/ir"
	. "github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/trace"
)

// Under a trace, static positions are slices: no gather, no scatter.
func TestStaticIndexLowersToSlices(t *testing.T) {
	x := Arange(12.0).Reshape(3, 4)
	p, _ := trace.Trace("test", []ir.Aval{x.TraceValue().Aval()}, func(in []*trace.Value) []*trace.Value {
		y := Wrap(in[0])
		return []*trace.Value{y.Index(1, S(nil, nil, 2)).TraceValue(), y.At(2, 3).Set(1).TraceValue(),
			y.At(S(0, 2), S(nil, nil, -2)).Add(1).TraceValue()}
	})
	if err := p.Verify(); err != nil {
		t.Fatal(err)
	}
	for _, e := range p.Eqns {
		if n := e.Op.Name(); n == "gather" || strings.HasPrefix(n, "scatter") || n == "dynamic_slice" {
			t.Errorf("a static index makes a %s:\n%v", n, p)
		}
	}
}
