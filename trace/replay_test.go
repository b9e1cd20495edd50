package trace

import (
	"testing"

	"github.com/gojax/gojax/ir"
)

func TestReplayKeepsLines(t *testing.T) {
	withRuntime(t)
	p, _ := Trace("f", f32s(2), func(x []*Value) []*Value {
		y := Bind(sum{Tag: "a"}, x...)
		return Bind(sum{Tag: "b"}, y[0], FromLit(ir.FloatLit(1, ir.Float32)))
	})
	q, _ := Trace("g", f32s(2), func(x []*Value) []*Value { return Inline(p, x) })
	if p.Key() != q.Key() {
		t.Errorf("replayed\n%v\nas\n%v", p, q)
	}
	for i := range p.Eqns {
		if p.Eqns[i].Src != q.Eqns[i].Src {
			t.Errorf("equation %d moved from %v to %v", i, p.Eqns[i].Src, q.Eqns[i].Src)
		}
	}
	// An error in a rule reports the line of the equation it was about.
	bad := &ir.Program{In: p.In, Out: p.Out, Eqns: p.Eqns}
	err := Try(func() {
		Trace("h", f32s(2), func(x []*Value) []*Value {
			return Replay(bad, x, func(e *ir.Eqn, x []*Value) []*Value {
				Fail("rule", nil, "no rule for %s", e.Op.Name())
				return nil
			})
		})
	})
	if e, ok := err.(*Error); !ok || e.Src != p.Eqns[0].Src {
		t.Errorf("error %v, want it at %v", err, p.Eqns[0].Src)
	}
}
