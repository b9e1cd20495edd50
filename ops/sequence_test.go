package ops_test

import (
	"testing"

	"github.com/gojax/gojax/internal/callback"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// leaf is an array as trees of this test hold it.
type seqLeaf struct{ v *trace.Value }

func (l seqLeaf) TraceValue() *trace.Value      { return l.v }
func (l *seqLeaf) SetTraceValue(v *trace.Value) { l.v = v }

// A sequenced program is well formed, has one more result, and takes its token through every operation that holds programs.
func TestSequence(t *testing.T) {
	say := func(x seqLeaf) { callback.Debug(func(seqLeaf) {}, x) }
	type L = seqLeaf
	less := func(x L, n float64) L { return L{ops.Lt(x.v, ops.FullLike(x.v, n))} }
	for name, f := range map[string]func(x L) L{
		"plain": func(x L) L { say(x); say(x); return x },
		"cond": func(x L) L {
			return lax.Cond(less(x, 1), func() L { say(x); return x }, func() L { return L{ops.Neg(x.v)} })
		},
		"while": func(x L) L {
			return lax.WhileLoop(func(c L) L { return less(c, 5) }, func(c L) L { say(c); return c }, x)
		},
		"condition": func(x L) L {
			return lax.WhileLoop(func(c L) L { say(x); return less(c, 5) }, func(c L) L { return c }, x)
		},
		"both": func(x L) L {
			return lax.WhileLoop(func(c L) L { say(c); return less(c, 5) }, func(c L) L { say(x); return c }, x)
		},
		"scan": func(x L) L {
			c, _ := lax.Scan(func(c, y L) (L, L) { say(c); return L{ops.Add(c.v, y.v)}, c }, x, L{ops.Iota(ir.Float32, []int{4}, 0)})
			return c
		},
		"nested": func(x L) L {
			return lax.ForiLoop(0, 3, func(_, c L) L {
				return lax.Cond(less(c, 1), func() L {
					return lax.WhileLoop(func(c L) L { return less(c, 5) }, func(c L) L { say(c); return c }, c)
				}, func() L { return c })
			}, x)
		},
	} {
		p, _ := trace.Trace("test", []ir.Aval{ir.Scalar(ir.Float32)}, func(x []*trace.Value) []*trace.Value {
			return []*trace.Value{f(L{x[0]}).v}
		})
		q := p.Sequence()
		if err := q.Verify(); err != nil {
			t.Errorf("%s: %v\n%v", name, err, q)
			continue
		}
		if n := len(p.Out); len(q.Out) != n+1 || !q.Out[n].Aval().SameType(ir.TokenType) {
			t.Errorf("%s: returns %v", name, q.OutTypes())
		}
		if _, literal := q.Out[len(q.Out)-1].(ir.Lit); literal {
			t.Errorf("%s: the token has been through nothing", name)
		}
		before, after := 0, 0
		count := func(n *int) func(e *ir.Eqn) {
			return func(e *ir.Eqn) {
				if e.Op.Name() == "callback" {
					*n += 1
				}
			}
		}
		p.Walk(count(&before))
		q.Walk(count(&after))
		if after < before || name != "condition" && name != "both" && after != before {
			t.Errorf("%s: %d callbacks were %d", name, after, before)
		}
	}
}
