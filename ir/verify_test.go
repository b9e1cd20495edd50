package ir

import (
	"strings"
	"testing"
)

func TestVerify(t *testing.T) {
	if err := chain(testOp{N: "f", Body: chain(testOp{N: "g"}, 2)}, 3).Verify(); err != nil {
		t.Fatal(err)
	}
	break_ := map[string]func(p *Program){
		"used before it is defined": func(p *Program) { p.Eqns[0], p.Eqns[1] = p.Eqns[1], p.Eqns[0] },
		"defined twice":             func(p *Program) { p.Eqns[1].Out[0] = p.Eqns[0].Out[0] },
		"infers float32[3]":         func(p *Program) { p.Eqns[1].Out[0].Ty = vec(5) },
		"differ":                    func(p *Program) { p.Eqns[1].In[1] = FloatLit(1, Float32) },
		"not an operand":            func(p *Program) { p.Out[0] = nil },
		"negative size":             func(p *Program) { p.In[0].Ty = vec(-1) },
	}
	for want, f := range break_ {
		p := chain(testOp{N: "f"}, 3)
		f(p)
		if err := p.Verify(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want an error with %q, got %v", want, err)
		}
	}
	p := chain(testOp{N: "f"}, 3)
	inner := chain(testOp{N: "g"}, 3)
	inner.Out[0] = &Var{Ty: vec(3)}
	p.Eqns[1].Op = testOp{N: "f", Body: inner}
	if err := p.Verify(); err == nil || !strings.Contains(err.Error(), "equation 1, f") {
		t.Errorf("a broken nested program gives %v", err)
	}
}
