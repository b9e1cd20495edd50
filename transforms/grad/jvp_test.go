package grad_test

import (
	"slices"
	"testing"

	"github.com/gojax/gojax/internal/mask"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/transforms/grad"
)

func TestJVPMasks(t *testing.T) {
	p := program(3, func(x []*value) []*value {
		return []*value{ops.Mul(x[0], x[1]), ops.Sin(x[2]), x[1]}
	})
	for _, c := range []struct {
		nonzero, force, out []bool
		in                  int
		ops                 string
	}{
		{[]bool{false, false, false}, nil, []bool{false, false, false}, 3, "mul sin"},
		{[]bool{true, false, false}, nil, []bool{true, false, false}, 4, "mul mul sin"},
		{[]bool{true, true, false}, nil, []bool{true, false, true}, 5, "mul mul mul add sin"},
		{[]bool{false, false, true}, []bool{true, false, false}, []bool{true, true, false}, 4, "mul sin cos mul full"},
	} {
		q, out := grad.JVP(p, c.nonzero, c.force)
		verify(t, q)
		if !slices.Equal(out, c.out) || len(q.In) != c.in || len(q.Out) != 3+len(mask.Pick(out, out)) ||
			opNames(q) != c.ops {
			t.Errorf("JVP for %v, %v: %v, want %v, in\n%v", c.nonzero, c.force, out, c.out, q)
		}
	}
}
