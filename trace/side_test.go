package trace

import (
	"testing"

	"github.com/gojax/gojax/ir"
)

// TestSide: a side trace takes what has an operand of it, the open trace all else.
func TestSide(t *testing.T) {
	r := withRuntime(t)
	outside := concrete()
	var side *ir.Program
	var caps []*Value
	var known *Value
	p, outer := Trace("f", f32s(1), func(x []*Value) []*Value {
		b, s := Side("beside", f32s(1))
		known = Bind(sum{}, x[0], outside)[0]
		Bind(sum{})
		a := Bind(sum{}, s[0], known)[0]
		a = Bind(sum{}, a, FromLit(ir.FloatLit(2, ir.Float32)), outside)[0]
		side, caps = b.Close([]*Value{a, known})
		if err := Try(func() { Bind(sum{}, a) }); err == nil {
			t.Error("a value of a side trace is used after its end")
		}
		return []*Value{known}
	})
	for _, q := range []*ir.Program{p, side} {
		if err := q.Verify(); err != nil {
			t.Error(err)
		}
	}
	if r.count() != 0 || len(p.Eqns) != 2 || len(outer) != 1 || len(side.Eqns) != 2 || len(side.In) != 3 ||
		len(caps) != 2 || caps[0] != known || caps[1] != outside {
		t.Errorf("open trace:\n%v\nside trace:\n%v", p, side)
	}
}

// TestSideLines: equations of a side trace report the line that is set for the open one.
func TestSideLines(t *testing.T) {
	withRuntime(t)
	at := ir.Here(0)
	Trace("f", f32s(1), func(x []*Value) []*Value {
		b, s := Side("beside", f32s(1))
		report, done := Lines()
		report(&ir.Eqn{Src: at})
		y := Bind(sum{}, s[0], x[0])
		done()
		z := Bind(sum{}, s[0], x[0])
		p, _ := b.Close([]*Value{y[0], z[0]})
		if p.Eqns[0].Src != at || p.Eqns[1].Src == at || p.Eqns[1].Src == 0 {
			t.Errorf("lines %v and %v", p.Eqns[0].Src, p.Eqns[1].Src)
		}
		return x
	})
}
