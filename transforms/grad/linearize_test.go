package grad_test

import (
	"strings"
	"testing"

	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/transforms/grad"
)

// TestLinearizeSorts: what depends on tangents alone is in the map, what does not is computed outside, and nothing
// twice.
func TestLinearizeSorts(t *testing.T) {
	var m *grad.LinearMap
	p := program(1, func(x []*value) []*value { return []*value{ops.Sin(ops.Mul(x[0], x[0]))} })
	q := program(1, func(x []*value) []*value {
		y, l := grad.Linearize(p, x, []bool{true})
		m = l
		return append(y, l.Res...)
	})
	verify(t, q)
	verify(t, m.P)
	if strings.Contains(opNames(m.P), "sin") || strings.Count(opNames(q), "sin") != 1 || len(m.P.In) != 1+len(m.Res) {
		t.Errorf("known:\n%v\nlinear:\n%v", q, m.P)
	}
	for _, e := range m.P.Eqns { // every equation has a tangent among its operands
		if e.Src == 0 {
			t.Errorf("an equation without a line: %v", e.Op.Name())
		}
	}
}
