package trace

import (
	"testing"

	"github.com/gojax/gojax/ir"
)

func TestEval(t *testing.T) {
	r := withRuntime(t)
	outside := concrete()
	TraceOf("outer", []*Value{concrete()}, func(x []*Value) []*Value {
		TraceOf("inner", []*Value{x[0], FromLit(ir.FloatLit(1, ir.Float32))}, func(y []*Value) []*Value {
			a := Bind(sum{}, y[0], y[1])[0]
			b := Bind(sum{}, a, a, outside, x[0])[0]
			Bind(sum{}, b) // nobody asks for it
			if r.count() != 0 {
				t.Error("operations were run that nobody asked about")
			}
			for range 2 { // the second time nothing is left to do
				if v, unknown := b.Eval(); v == nil || unknown != nil || v.Traced() || r.count() != 2 {
					t.Errorf("%v after %d operations", v, r.count())
				}
			}
			c := Bind(sum{}, b, a)[0]
			if v, _ := c.Eval(); v == nil || r.count() != 3 {
				t.Errorf("%v after %d operations", v, r.count())
			}
			if Current() == nil || len(Current().p.Eqns) != 4 {
				t.Error("reading a value changed the trace")
			}
			Trace("abstract", f32s(1), func(z []*Value) []*Value {
				if v, unknown := Bind(sum{}, z[0], b)[0].Eval(); v != nil || unknown.What() != "abstract" {
					t.Errorf("%v is known", v)
				}
				if v, _ := c.Eval(); v == nil {
					t.Error("a known value is not known from within another trace")
				}
				// An inner trace of unknown values says whose they are.
				TraceOf("innermost", z, func(z []*Value) []*Value {
					if v, unknown := Bind(sum{}, z[0])[0].Eval(); v != nil || unknown.What() != "abstract" {
						t.Errorf("%v is known", v)
					}
					return z
				})
				return z
			})
			return y
		})
		return x
	})
	if v, unknown := outside.Eval(); v != outside || unknown != nil {
		t.Error("a concrete value is not its own")
	}
	// Long chains need no deep stack, and are walked once.
	TraceOf("long", []*Value{concrete()}, func(x []*Value) []*Value {
		y := x[0]
		for range 100000 {
			y = Bind(sum{}, y)[0]
		}
		if v, _ := y.Eval(); v == nil {
			t.Error("not known")
		}
		return []*Value{y}
	})
}
