package trace

import (
	"strings"
	"testing"

	"github.com/gojax/gojax/ir"
)

func TestEverythingIsStagedInsideATrace(t *testing.T) {
	r := withRuntime(t)
	outside := concrete()
	p, caps := Trace("f", f32s(1), func(x []*Value) []*Value {
		c := Bind(sum{}, outside, outside)[0] // of concrete operands alone
		k := Bind(sum{})[0]                   // of no operands
		return Bind(sum{}, x[0], c, k, FromLit(ir.FloatLit(2, ir.Float32)))
	})
	if r.count() != 0 {
		t.Errorf("%d operations were run while tracing", r.count())
	}
	if err := p.Verify(); err != nil {
		t.Fatal(err)
	}
	if len(p.Eqns) != 3 || len(caps) != 1 || caps[0] != outside || len(p.In) != 2 {
		t.Errorf("recorded\n%v\nwith %d captures", p, len(caps))
	}
	if src := p.Eqns[0].Src.String(); !strings.HasPrefix(src, "builder_test.go:") {
		t.Errorf("the equation's line is %s", src)
	}
	Bind(sum{}, outside)
	if r.count() != 1 {
		t.Error("outside a trace nothing was run")
	}
}

func TestNestedTracesCapture(t *testing.T) {
	withRuntime(t)
	outside := concrete()
	var inner *ir.Program
	var innerCaps []*Value
	p, caps := Trace("outer", f32s(1), func(x []*Value) []*Value {
		inner, innerCaps = Trace("inner", f32s(1), func(y []*Value) []*Value {
			return Bind(sum{}, y[0], x[0], outside)
		})
		return Bind(sum{Tag: "call"}, append([]*Value{x[0]}, innerCaps...)...)
	})
	if len(innerCaps) != 2 || innerCaps[1] != outside || len(caps) != 1 || caps[0] != outside {
		t.Errorf("captures: inner %v, outer %v", innerCaps, caps)
	}
	for _, q := range []*ir.Program{p, inner} {
		if err := q.Verify(); err != nil {
			t.Error(err)
		}
	}
}

func BenchmarkTraceEquation(b *testing.B) {
	Trace("f", f32s(1), func(x []*Value) []*Value {
		for b.Loop() {
			Bind(sum{}, x[0], x[0])
		}
		return nil
	})
}
