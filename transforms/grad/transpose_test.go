package grad_test

import (
	"strings"
	"testing"

	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/transforms/grad"
)

func TestTranspose(t *testing.T) {
	// y0 = a·x + x, y1 = -x: the cotangent of x is a·c0 + c0 - c1, and a is a matter of its own.
	p := program(2, func(x []*value) []*value {
		return []*value{ops.Add(ops.Mul(ops.Sin(x[0]), x[1]), x[1]), ops.Neg(x[1])}
	})
	q := grad.Transpose(p, []bool{false, true})
	verify(t, q)
	if len(q.In) != 3 || len(q.Out) != 1 || strings.Count(opNames(q), "add") != 2 ||
		strings.Count(opNames(q), "sin") != 1 {
		t.Errorf("%v", q)
	}
	// An output that is linear in nothing, an input that nothing uses.
	p = program(3, func(x []*value) []*value { return []*value{ops.Sin(x[0]), ops.Neg(x[1])} })
	q = grad.Transpose(p, []bool{false, true, true})
	verify(t, q)
	if len(q.Out) != 2 || opNames(q) != "neg full" {
		t.Errorf("%v", q)
	}
}
