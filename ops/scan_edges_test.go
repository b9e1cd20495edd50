package ops_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/lower"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

func TestScanEdges(t *testing.T) {
	// No step at all: the carry comes back, the results are empty; forward, back, mapped.
	empty := nums(float64Type, []int{0, 2})
	f := func(in []*trace.Value) []*trace.Value {
		c, y := lax.Scan(func(c, x A) (A, pair) {
			return A{ops.Add(c.v, ops.Mul(in[0], x.v))}, pair{c, A{ops.Gt(x.v, c.v)}, "static"}
		}, A{in[0]}, A{in[1]})
		if y.Name != "static" {
			t.Errorf("the static part of the result is %q", y.Name)
		}
		return []*trace.Value{c.v, y.X.v, y.Y.v}
	}
	in := []arr{vec(float64Type, 3, 4), empty}
	got := runBoth(t, f, in)
	want := []arr{in[0], empty, nums(ir.Bool, []int{0, 2})}
	for i := range got {
		if s := got[i].closeTo(want[i], 0); s != "" {
			t.Errorf("no steps, output %d: %s", i, s)
		}
	}
	id := func(in []*trace.Value) []*trace.Value {
		return []*trace.Value{in[0], ops.Mul(in[1], in[1]), ops.Gt(in[1], in[1])}
	}
	sameAsUnrolled(t, f, id, in, true)

	// What passes through: an element comes out as the array itself, a fixed carry as its start, and neither is in the loop.
	g := func(in []*trace.Value) []*trace.Value {
		c, y := lax.Scan(func(c [2]A, x A) ([2]A, [2]A) {
			return [2]A{c[0], {ops.Add(c[1].v, ops.Mul(c[0].v, x.v))}}, [2]A{x, c[0]}
		}, [2]A{{in[0]}, {in[0]}}, A{in[1]}, lax.ScanOptions{Reverse: true})
		return []*trace.Value{c[0].v, c[1].v, y[0].v, y[1].v}
	}
	h := func(in []*trace.Value) []*trace.Value {
		return []*trace.Value{in[0], ops.Add(in[0], ops.Mul(in[0], ops.ReduceSum(in[1], []int{0}))), in[1], ops.Broadcast(in[0], []int{3})}
	}
	in = []arr{scalar(float64Type, 0.5), vec(float64Type, 1, 2, 4)}
	sameAsUnrolled(t, g, h, in, true)
	if p := program(t, g, avals(in)); p.Out[0] != ir.Value(p.In[0]) || p.Out[2] != ir.Value(p.In[1]) || len(p.Eqns[0].Out) != 2 {
		t.Errorf("what passes through is in the loop:\n%v", p)
	}

	// Unused results and carries, and what only they need, are dropped.
	p := program(t, func(in []*trace.Value) []*trace.Value {
		c, _ := lax.Scan(func(c [3]A, x [2]A) ([3]A, A) {
			return [3]A{{ops.Add(c[0].v, c[1].v)}, {ops.Mul(c[1].v, x[0].v)}, {ops.Add(c[2].v, x[1].v)}}, A{ops.Sin(c[2].v)}
		}, [3]A{{in[0]}, {in[0]}, {in[0]}}, [2]A{{in[1]}, {in[1]}})
		return []*trace.Value{c[0].v}
	}, avals(in)).DCE()
	verify(t, p)
	if e := p.Eqns[len(p.Eqns)-1]; len(e.Out) != 2 || len(e.In) != 3 || p.NumEqns() != 3 {
		t.Errorf("dead parts of a scan stay:\n%v", p)
	}

	// Weakly typed starts take the type that the step gives them; Go numbers stay weak where it can.
	k := func(in []*trace.Value) []*trace.Value {
		weak := trace.FromLit(ir.IntLit(0, ir.Int32).AsWeak())
		c, _ := lax.Scan(func(c [2]A, x A) ([2]A, struct{}) {
			return [2]A{{ops.Add(ops.Convert(c[0].v, float64Type), x.v)}, {ops.Add(c[1].v, trace.FromLit(ir.IntLit(1, ir.Int32).AsWeak()))}}, struct{}{}
		}, [2]A{{weak}, {weak}}, A{in[1]})
		if !c[1].v.Aval().Weak || c[0].v.Aval().Weak {
			t.Errorf("the carries come out as %v and %v", c[0].v.Aval(), c[1].v.Aval())
		}
		return []*trace.Value{c[0].v, c[1].v}
	}
	for i, w := range []arr{scalar(float64Type, 7), scalar(ir.Int32, 3)} {
		if s := runBoth(t, k, in)[i].closeTo(w, 0); s != "" {
			t.Errorf("weak carry %d: %s", i, s)
		}
	}
}

func TestMapInBatches(t *testing.T) {
	for _, n := range []int{0, 1, 4, 6, 7} {
		in := []arr{ramp(float64Type, -1, 0.5, n, 2), scalar(float64Type, 3)}
		want := getAll([]*trace.Value{ops.Mul(ops.Sin(in[0].put()), ops.Broadcast(in[1].put(), []int{n, 2}))})[0]
		for _, b := range []int{0, 1, 3, 4, 100} {
			got := runBoth(t, func(in []*trace.Value) []*trace.Value {
				return []*trace.Value{lax.Map(func(x A) A { return A{ops.Mul(ops.Sin(x.v), ops.Broadcast(in[1], []int{2}))} }, A{in[0]}, lax.MapOptions{BatchSize: b}).v}
			}, in)
			if s := got[0].closeTo(want, 1e-15); s != "" {
				t.Errorf("map over %d in batches of %d: %s", n, b, s)
			}
		}
	}
}

func TestReduceTree(t *testing.T) {
	// The largest number and where it is, together.
	f := func(in []*trace.Value) []*trace.Value {
		type at struct{ V, I A }
		idx := ops.Iota(ir.Int32, in[0].Shape(), 1)
		r := lax.ReduceTree(at{A{in[0]}, A{idx}}, at{A{litOf(float64Type, -1e300)}, A{ScalarInt(-1)}}, func(a, b at) at {
			first := ops.Or(ops.Gt(a.V.v, b.V.v), ops.And(ops.Eq(a.V.v, b.V.v), ops.Lt(a.I.v, b.I.v)))
			return at{A{ops.Select(first, a.V.v, b.V.v)}, A{ops.Select(first, a.I.v, b.I.v)}}
		}, -1)
		return []*trace.Value{r.V.v, r.I.v}
	}
	got := runBoth(t, f, []arr{nums(float64Type, []int{2, 3}, 1, 5, 2, 9, 7, 9)})
	for i, w := range []arr{vec(float64Type, 5, 9), vec(ir.Int32, 1, 0)} {
		if s := got[i].closeTo(w, 0); s != "" {
			t.Errorf("output %d: %s", i, s)
		}
	}
	// Complex products of pairs, reduced together, forward and back.
	g := func(in []*trace.Value) []*trace.Value {
		y := lax.ReduceTree([2]A{{in[0]}, {in[1]}}, [2]A{{litOf(float64Type, 1)}, {litOf(float64Type, 0)}}, func(a, b [2]A) [2]A {
			return [2]A{
				{ops.Sub(ops.Mul(a[0].v, b[0].v), ops.Mul(a[1].v, b[1].v))},
				{ops.Add(ops.Mul(a[0].v, b[1].v), ops.Mul(a[1].v, b[0].v))}}
		}, 0)
		return []*trace.Value{y[0].v, y[1].v}
	}
	h := func(in []*trace.Value) []*trace.Value {
		z := ops.ReduceProd(ops.Complex(in[0], in[1]), []int{0})
		return []*trace.Value{ops.Real(z), ops.Imag(z)}
	}
	in := []arr{ramp(float64Type, 0.3, 0.21, 5, 2), ramp(float64Type, -0.7, 0.17, 5, 2)}
	p, q := program(t, g, avals(in)), program(t, h, avals(in))
	sameProgram(t, "values", p, q, in)
	sameProgram(t, "jvp", jvpProgram(t, p), jvpProgram(t, q), in)
	sameProgram(t, "vjp", vjpProgram(t, p, false), vjpProgram(t, q, false), in)
	sameProgram(t, "vmap", vmapProgram(t, p, 2, []int{0, -1}), vmapProgram(t, q, 2, []int{0, -1}), nil)
}

func TestScanErrors(t *testing.T) {
	x, y := A{vec(ir.Float32, 1, 2, 3).put()}, A{vec(ir.Float32, 1, 2).put()}
	s := A{scalar(ir.Float32, 1).put()}
	keep := func(c, x A) (A, A) { return c, x }
	for _, c := range []struct {
		f    func()
		want []string
	}{
		{func() { lax.Scan(func(c, x A) (A, A) { return A{ops.Convert(c.v, ir.Int32)}, x }, s, x) },
			[]string{"lax.Scan", "the carry enters as float32[] and the body returns int32[]"}},
		{func() {
			lax.Scan(func(c pair, x A) (pair, A) { return pair{c.X, x, ""}, x }, pair{s, y, ""}, x)
		}, []string{"lax.Scan", "the carry.Y enters as float32[2] and the body returns float32[]"}},
		{func() {
			lax.Scan(func(c pair, x A) (pair, A) { return pair{c.X, c.Y, "other"}, x }, pair{s, s, "n"}, x)
		}, []string{"lax.Scan", "another structure", "the carry.Name"}},
		{func() { lax.Scan(keep, s, s) }, []string{"lax.Scan", "xs is a scalar, float32[]"}},
		{func() {
			lax.Scan(func(c A, x [2]A) (A, A) { return c, x[0] }, s, [2]A{x, y})
		}, []string{"3 in xs[0]", "2 in xs[1]"}},
		{func() { lax.Scan(func(c A, x any) (A, A) { return c, c }, s, nil) }, []string{"lax.ScanOptions{Length: n}"}},
		{func() { lax.Scan(keep, s, x, lax.ScanOptions{Length: 4}) }, []string{"Length: 4", "size 3"}},
		{func() { lax.Scan(keep, s, x, lax.ScanOptions{Unroll: -1}) }, []string{"Unroll: -1"}},
		{func() { lax.Scan(keep, s, x, lax.ScanOptions{}, lax.ScanOptions{}) }, []string{"takes one lax.ScanOptions, not 2"}},
		{func() { lax.Scan[A, A, A](nil, s, x) }, []string{"nil"}},
		{func() { lax.Map(func(x A) A { return x }, x, lax.MapOptions{BatchSize: -1}) }, []string{"BatchSize: -1"}},
		{func() { lax.AssociativeScan(func(a, b A) A { return A{ops.Gt(a.v, b.v)} }, x) }, []string{"lax.AssociativeScan", "the result is bool[1]"}},
		{func() { lax.AssociativeScan(func(a, b A) A { return a }, x, lax.AssociativeScanOptions{Axis: 1}) }, []string{"no axis 1"}},
		{func() {
			trace.Trace("Jit", nil, func([]*trace.Value) []*trace.Value {
				lax.ForiLoop(0, 3, func(i, c A) A { return A{ops.Convert(c.v, float64Type)} }, s)
				return nil
			})
		}, []string{"lax.ForiLoop", "the carry enters as float32[] and the body returns float64[]"}},
	} {
		wantText(t, trace.Try(c.f), append(c.want, "scan_edges_test.go:")...)
	}
}

// TestScanCompilesOnce: the text is as long for a million steps as for ten.
func TestScanCompilesOnce(t *testing.T) {
	text := func(n int) int {
		f := func(in []*trace.Value) []*trace.Value {
			c, y := lax.Scan(func(c, x A) (A, A) { return A{ops.Sin(ops.Mul(c.v, x.v))}, c }, A{in[0]}, A{in[1]})
			return []*trace.Value{c.v, y.v}
		}
		p := program(t, f, []ir.Aval{ir.Scalar(ir.Float32), {Shape: []int{n}, DType: ir.Float32}})
		m := lower.Text(vjpProgram(t, p, false), lower.Options{Platform: "cpu"})
		return len(strings.ReplaceAll(string(m.Text), fmt.Sprint(n), "n"))
	}
	if a, b := text(10), text(1000000); b > a+200 {
		t.Errorf("the text of 10 steps has %d bytes, that of 1000000 steps %d", a, b)
	}
}

// ping has an effect.
type ping struct{}

func (ping) Name() string                          { return "test_ping" }
func (ping) Infer(in []ir.Aval) ([]ir.Aval, error) { return in, nil }
func (ping) Effect() string                        { return "test" }

// TestScanKeepsEffects: an effect that happens at every step is not moved out of the loop with the work that is the same each
// time, and happens once a step.
func TestScanKeepsEffects(t *testing.T) {
	p := program(t, func(in []*trace.Value) []*trace.Value {
		c, _ := lax.Scan(func(c A, _ struct{}) (A, struct{}) {
			trace.Bind(ping{}, in[1])
			w := ops.Exp(ops.Mul(in[0], in[0]))
			return A{ops.Mul(ops.Sin(c.v), w)}, struct{}{}
		}, A{in[0]}, struct{}{}, lax.ScanOptions{Length: 3})
		return []*trace.Value{c.v}
	}, []ir.Aval{ir.Scalar(float64Type), ir.Scalar(ir.Int32)})
	for _, whole := range []bool{false, true} {
		q := vjpProgram(t, p, whole)
		inside, outside, exps := 0, 0, 0
		for _, e := range q.Eqns {
			if _, ok := e.Op.(ping); ok {
				outside++
			}
			if n, ok := e.Op.(ir.Nested); ok {
				n.Programs()[0].Walk(func(e *ir.Eqn) {
					if _, ok := e.Op.(ping); ok {
						inside++
					}
					if e.Op.Name() == "exp" {
						exps++
					}
				})
			}
		}
		if inside != 1 || outside != 0 || exps != 0 {
			t.Errorf("whole %v: %d effects in loops and %d outside, want 1 and 0; %d invariant exps in loops:\n%v", whole, inside, outside, exps, q)
		}
	}
}
