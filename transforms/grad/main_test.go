package grad_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
	_ "github.com/gojax/gojax/transforms/jit" // the runtime
)

type value = trace.Value

var vec3 = ir.Aval{Shape: []int{3}, DType: ir.Float32}

func program(n int, f func(x []*value) []*value) *ir.Program {
	p, _ := trace.Trace("test", slices.Repeat([]ir.Aval{vec3}, n), f)
	return p
}

// opNames lists the operations of p.
func opNames(p *ir.Program) string {
	var s []string
	for _, e := range p.Eqns {
		s = append(s, e.Op.Name())
	}
	return strings.Join(s, " ")
}

func verify(t *testing.T, p *ir.Program) {
	t.Helper()
	if err := p.Verify(); err != nil {
		t.Errorf("%v\n%v", err, p)
	}
}
