package ops_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
	"github.com/gojax/gojax/transforms/vmap"
)

// A is a leaf of trees, as jnp.Array is.
type A struct{ v *trace.Value }

func (a A) TraceValue() *trace.Value      { return a.v }
func (a *A) SetTraceValue(v *trace.Value) { a.v = v }

func scalar(d ir.DType, v float64) arr { return nums(d, nil, v) }

func litOf(d ir.DType, v float64) *trace.Value { return trace.FromLit(ir.FloatLit(v, d)) }

func litLike(x *trace.Value, v float64) *trace.Value {
	return ops.Full(x.Shape(), ir.FloatLit(v, x.DType()))
}

// pair is a carry with a static part.
type pair struct {
	X, Y A
	Name string
}

func TestCond(t *testing.T) {
	// Each branch uses what the other does not, one returns an operand as it is, one a constant.
	f := func(x []*trace.Value) []*trace.Value {
		p := lax.Cond(A{x[0]}, func() pair {
			return pair{A{ops.Mul(x[1], x[1])}, A{x[2]}, "n"}
		}, func() pair {
			return pair{A{ops.Add(x[1], x[3])}, A{litLike(x[2], 7)}, "n"}
		})
		if p.Name != "n" {
			t.Errorf("the static part of the result is %q", p.Name)
		}
		return []*trace.Value{p.X.v, p.Y.v}
	}
	for _, c := range []struct {
		pred arr
		yes  bool
	}{
		{nums(ir.Bool, nil, 1), true}, {nums(ir.Bool, nil, 0), false},
		{scalar(ir.Int32, -3), true}, {scalar(ir.Int32, 0), false}, {scalar(ir.Float32, 0.5), true}, {scalar(ir.Float64, 0), false},
	} {
		in := []arr{c.pred, vec(ir.Float64, 1, 2, 3), vec(ir.Int32, 4, 5), vec(ir.Float64, 10, 20, 30)}
		want := []arr{vec(ir.Float64, 11, 22, 33), vec(ir.Int32, 7, 7)}
		if c.yes {
			want = []arr{vec(ir.Float64, 1, 4, 9), vec(ir.Int32, 4, 5)}
		}
		for i, g := range runBoth(t, f, in) {
			if s := g.closeTo(want[i], 0); s != "" {
				t.Errorf("pred %v, output %d: %s", c.pred, i, s)
			}
		}
	}
	checkVmap(t, f, []arr{nums(ir.Bool, nil, 1), vec(ir.Float64, 1, 2, 3), vec(ir.Int32, 4, 5), vec(ir.Float64, 10, 20, 30)})
	// A mapped predicate: rows of both kinds, on every kind of mapping of the operands.
	g := func(x []*trace.Value) []*trace.Value {
		return f(append([]*trace.Value{ops.Gt(ops.ReduceSum(x[0], []int{0}), litOf(ir.Float64, 0))}, x[1:]...))
	}
	rows := []arr{vec(ir.Float64, 1, -2), vec(ir.Float64, 1, 2, 3), vec(ir.Int32, 4, 5), vec(ir.Float64, 10, 20, 30)}
	p := program(t, g, avals(rows))
	rows[0] = nums(ir.Float64, []int{2, 3}, 1, -1, 2, -2, 3, 0)
	for _, axes := range [][]int{{1, -1, -1, -1}, {1, -1, 0, -1}} {
		checkVmapRows(t, p, g, rows, axes)
	}
}

// checkVmapRows maps over the given axes of in, of any size, and compares with a loop over slices.
func checkVmapRows(t *testing.T, p *ir.Program, f fn, in []arr, axes []int) {
	t.Helper()
	// Slices along the axes are examples of their own.
	size := -1
	for i, a := range axes {
		if a >= 0 && i == 0 {
			size = in[i].shape[a]
		}
	}
	batched := slices.Clone(in)
	for i, a := range axes {
		if a >= 0 && i > 0 {
			parts := make([]arr, size)
			for j := range parts {
				parts[j] = in[i].example(j)
			}
			batched[i] = stackArr(in[i], parts, a)
		}
	}
	got := getAll(trace.TheRuntime().Run(mapProgram(t, p, size, axes), putAll(batched)))
	for k := range got {
		var col []arr
		for j := range size {
			one := slices.Clone(in)
			one[0] = column(in[0], axes[0], j)
			for i := 1; i < len(in); i++ {
				if axes[i] >= 0 {
					one[i] = in[i].example(j)
				}
			}
			col = append(col, getAll(f(putAll(one)))[k])
		}
		if s := got[k].closeTo(stackArr(col[0], col, 0), tolOf(col[0].d)); s != "" {
			t.Errorf("axes %v, output %d: vmap differs from a loop: %s", axes, k, s)
		}
	}
}

func column(a arr, axis, j int) arr {
	out := arr{d: a.d, shape: slices.Delete(slices.Clone(a.shape), axis, axis+1)}
	inner := ir.SizeOf(a.shape[axis+1:])
	for o := range ir.SizeOf(a.shape[:axis]) {
		at := (o*a.shape[axis] + j) * inner
		out.e = append(out.e, a.e[at:at+inner]...)
	}
	return out
}

func TestSwitch(t *testing.T) {
	for _, c := range []struct {
		d    ir.DType
		i    float64
		want float64
	}{
		{ir.Int32, 0, 10}, {ir.Int32, 1, 11}, {ir.Int32, 2, 12}, {ir.Int32, 3, 12}, {ir.Int32, -1, 10},
		{ir.Int8, 100, 12}, {ir.Int8, -100, 10}, {ir.Uint8, 255, 12}, {ir.Int64, 1 << 40, 12}, {ir.Int64, -1 << 40, 10}, {ir.Uint64, 1 << 63, 12},
	} {
		f := func(x []*trace.Value) []*trace.Value {
			b := func(v float64) func() A { return func() A { return A{ops.Add(x[1], litOf(ir.Float32, v))} } }
			return []*trace.Value{lax.Switch(A{x[0]}, b(10), b(11), b(12)).v}
		}
		in := []arr{scalar(c.d, c.i), scalar(ir.Float32, 0)}
		if s := runBoth(t, f, in)[0].closeTo(scalar(ir.Float32, c.want), 0); s != "" {
			t.Errorf("Switch(%v): %s", in[0], s)
		}
		if c.d == ir.Int32 {
			checkVmap(t, f, in)
		}
	}
	// Rows that take different branches.
	f := func(x []*trace.Value) []*trace.Value {
		return []*trace.Value{lax.Switch(A{ops.ReduceSum(x[0], []int{0})},
			func() A { return A{ops.Neg(x[1])} }, func() A { return A{x[1]} }, func() A { return A{litLike(x[1], 3)} }).v}
	}
	in := []arr{vec(ir.Int32, 0), vec(ir.Float32, 1, 2)}
	p := program(t, f, avals(in))
	in[0] = nums(ir.Int32, []int{1, 5}, 2, 0, 1, -9, 9)
	checkVmapRows(t, p, f, in, []int{1, -1})
	checkVmapRows(t, p, f, in, []int{1, 1})
}

func TestCondWith(t *testing.T) {
	for _, pred := range []float64{0, 1} {
		f := func(x []*trace.Value) []*trace.Value {
			r := lax.CondWith(A{x[0]}, func(m map[string]A) A { return m["a"] }, func(m map[string]A) A { return m["b"] },
				map[string]A{"a": {x[1]}, "b": {x[2]}})
			return []*trace.Value{r.v}
		}
		if s := runBoth(t, f, []arr{nums(ir.Bool, nil, pred), vec(ir.Float32, 1), vec(ir.Float32, 0)})[0].closeTo(vec(ir.Float32, pred), 0); s != "" {
			t.Error(s)
		}
	}
}

// collatz counts the steps to 1; rows end at different times.
func collatz(x []*trace.Value) []*trace.Value {
	one, two, three := litOf(ir.Int32, 1), litOf(ir.Int32, 2), litOf(ir.Int32, 3)
	r := lax.WhileLoop(func(c []A) A { return A{ops.Ne(c[0].v, one)} }, func(c []A) []A {
		odd := ops.Eq(ops.Rem(c[0].v, two), one)
		n := ops.Select(odd, ops.Add(ops.Mul(c[0].v, three), one), ops.Div(c[0].v, two))
		return []A{{n}, {ops.Add(c[1].v, x[1])}}
	}, []A{{x[0]}, {ops.Sub(x[1], x[1])}})
	return []*trace.Value{r[0].v, r[1].v}
}

func TestWhileLoop(t *testing.T) {
	got := runBoth(t, collatz, []arr{scalar(ir.Int32, 27), scalar(ir.Int32, 1)})
	if s := got[1].closeTo(scalar(ir.Int32, 111), 0); s != "" {
		t.Error(s)
	}
	p := program(t, collatz, []ir.Aval{ir.Scalar(ir.Int32), ir.Scalar(ir.Int32)})
	for _, axes := range [][]int{{0, -1}, {0, 0}} {
		q := mapProgram(t, p, 5, axes)
		step := scalar(ir.Int32, 1)
		want := vec(ir.Int32, 0, 1, 111, 7, 8)
		if axes[1] == 0 {
			step, want = vec(ir.Int32, 1, 2, 3, 4, 5), vec(ir.Int32, 0, 2, 333, 28, 40)
		}
		out := getAll(trace.TheRuntime().Run(q, putAll([]arr{vec(ir.Int32, 1, 2, 27, 3, 6), step})))
		if s := out[1].closeTo(want, 0); s != "" {
			t.Errorf("axes %v: %s", axes, s)
		}
	}
	checkVmap(t, collatz, []arr{scalar(ir.Int32, 6), scalar(ir.Int32, 1)})

	// A carry that becomes mapped on the way, through a second carry, while the condition is not mapped.
	chain := func(x []*trace.Value) []*trace.Value {
		r := lax.ForiLoop(0, 3, func(i A, c []A) []A {
			return []A{{ops.Add(c[0].v, c[1].v)}, {ops.Mul(c[1].v, x[1])}, c[2]}
		}, []A{{x[0]}, {x[0]}, {x[0]}})
		return []*trace.Value{r[0].v, r[1].v, r[2].v}
	}
	checkVmap(t, chain, []arr{vec(ir.Float64, 1, 2), vec(ir.Float64, 3, 5)})
	q := mapProgram(t, program(t, chain, []ir.Aval{{Shape: []int{2}, DType: ir.Float64}, {Shape: []int{2}, DType: ir.Float64}}), 4, []int{-1, 0})
	if n := q.Out[2].Aval().Rank(); n != 1 {
		t.Errorf("the carry that depends on nothing mapped comes out with %d axes, want 1", n)
	}
}

// TestNested has loops that end at different times inside branches that differ inside a loop.
func TestNested(t *testing.T) {
	f := func(x []*trace.Value) []*trace.Value {
		r := lax.ForiLoop(0, A{x[0]}, func(i A, c A) A {
			odd := ops.Eq(ops.Rem(i.v, litOf(ir.Int32, 2)), litOf(ir.Int32, 1))
			return lax.Cond(A{odd}, func() A {
				return lax.WhileLoop(func(c A) A { return A{ops.Lt(c.v, x[1])} }, func(c A) A { return A{ops.Add(c.v, litOf(ir.Float64, 3))} }, c)
			}, func() A { return A{ops.Mul(c.v, litOf(ir.Float64, .5))} })
		}, A{litOf(ir.Float64, 1)})
		return []*trace.Value{r.v}
	}
	in := []arr{scalar(ir.Int32, 4), scalar(ir.Float64, 10)}
	if s := runBoth(t, f, in)[0].closeTo(scalar(ir.Float64, 12.25), 0); s != "" {
		t.Error(s) // .5, then by threes to 12.5, half of it, then to 12.25
	}
	p := program(t, f, avals(in))
	ns, limits := []float64{4, 0, 3, 2, 7}, []float64{10, 1, 2, 30, 5}
	got := getAll(trace.TheRuntime().Run(mapProgram(t, p, 5, []int{0, 0}), putAll([]arr{vec(ir.Int32, ns...), vec(ir.Float64, limits...)})))[0]
	for i := range ns {
		want := getAll(f(putAll([]arr{scalar(ir.Int32, ns[i]), scalar(ir.Float64, limits[i])})))[0]
		if s := (arr{d: got.d, e: got.e[i : i+1]}).closeTo(want, 0); s != "" {
			t.Errorf("row %d: %s", i, s)
		}
	}
}

func TestForiLoop(t *testing.T) {
	sum := func(lo, hi any) (*trace.Value, ir.Aval) {
		var index ir.Aval
		r := lax.ForiLoop(lo, hi, func(i A, c A) A {
			index = i.v.Aval()
			return A{ops.Add(c.v, ops.Convert(i.v, ir.Float64))}
		}, A{litOf(ir.Float64, 0)})
		return r.v, index
	}
	v := func(d ir.DType, x float64) A { return A{scalar(d, x).put()} }
	for _, c := range []struct {
		lo, hi any
		want   float64
		index  string
	}{
		{0, 5, 10, "~int64[]"}, {-3, 2, -5, "~int64[]"}, {5, 5, 0, "~int64[]"}, {7, -7, 0, "~int64[]"},
		{2, v(ir.Int32, 5), 9, "int32[]"}, {v(ir.Uint8, 250), 255, 1260, "uint8[]"}, {v(ir.Int16, 1), v(ir.Int16, 4), 6, "int16[]"},
	} {
		got, index := sum(c.lo, c.hi)
		if s := get(got).closeTo(scalar(ir.Float64, c.want), 0); s != "" || index.String() != c.index {
			t.Errorf("from %v to %v: %s; the index is %v, want %s", c.lo, c.hi, s, index, c.index)
		}
	}
	trace.WithX64(false, func() {
		if _, index := sum(0, 3); index.String() != "~int32[]" {
			t.Errorf("without x64 the index is %v", index)
		}
		want := "does not fit int32"
		if err := trace.Try(func() { sum(0, 1<<40) }); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
	})
}

func TestWeakCarry(t *testing.T) {
	weak := func(d ir.DType, v float64) A { return A{trace.FromLit(ir.FloatLit(v, d).AsWeak())} }
	run := func(init A, body func(c *trace.Value) *trace.Value) *trace.Value {
		return lax.ForiLoop(0, 3, func(_ A, c A) A { return A{body(c.v)} }, init).v
	}
	half := func(c *trace.Value) *trace.Value { return ops.Add(ops.Convert(c, ir.Float32), litOf(ir.Float32, .5)) }
	for _, c := range []struct {
		what string
		got  *trace.Value
		want string
		x    arr
	}{
		{"a weak int that the body makes float32", run(weak(ir.Int64, 1), half), "float32[]", scalar(ir.Float32, 2.5)},
		{"a weak float that stays weak", run(weak(ir.Float32, 1), func(c *trace.Value) *trace.Value { return ops.Neg(c) }), "~float32[]", scalar(ir.Float32, -1)},
		{"a weak float made strong", run(weak(ir.Float32, 1), func(c *trace.Value) *trace.Value { return ops.Add(c, litOf(ir.Float32, 1)) }), "float32[]", scalar(ir.Float32, 4)},
		{"a strong one with a weak body", run(A{litOf(ir.Float32, 1)}, func(c *trace.Value) *trace.Value { return weak(ir.Float32, 9).v }), "float32[]", scalar(ir.Float32, 9)},
	} {
		if c.got.Aval().String() != c.want {
			t.Errorf("%s: the result is %v, want %s", c.what, c.got.Aval(), c.want)
		}
		if s := get(c.got).closeTo(c.x, 0); s != "" {
			t.Errorf("%s: %s", c.what, s)
		}
	}
}

func TestControlErrors(t *testing.T) {
	v := func(d ir.DType, shape ...int) A { return A{ramp(d, 0, 1, shape...).put()} }
	yes := A{nums(ir.Bool, nil, 1).put()}
	konst := func(a A) func() A { return func() A { return a } }
	type named struct {
		W A
		N int
	}
	stay := func(c A) A { return c }
	for _, c := range []struct {
		f    func()
		want []string
	}{
		{func() { lax.Cond(v(ir.Bool, 3), konst(yes), konst(yes)) }, []string{"lax.Cond(bool[3]): the predicate must be a scalar", "jnp.Where"}},
		{func() { lax.Cond(v(ir.Complex64), konst(yes), konst(yes)) }, []string{"lax.Cond(complex64[]): the predicate must be a bool or a real number"}},
		{func() { lax.Cond(A{}, konst(yes), konst(yes)) }, []string{"lax.Cond: the predicate is an array that was never set"}},
		{func() { lax.Cond(yes, konst(v(ir.Float32, 3)), konst(v(ir.Float32, 4))) }, []string{"the result is float32[4] in onFalse and float32[3] in onTrue"}},
		{func() { lax.Cond(yes, konst(v(ir.Float32, 3)), konst(v(ir.Int32, 3))) }, []string{"int32[3] in onFalse and float32[3] in onTrue"}},
		{func() {
			lax.Cond(yes, func() named { return named{yes, 1} }, func() named { return named{yes, 2} })
		}, []string{"different structures", "the result.N: 1 was 2"}},
		{func() { lax.Cond(yes, func() []A { return []A{yes} }, func() []A { return nil }) }, []string{"different structures", "set was nil"}},
		{func() { lax.Switch(v(ir.Float32), konst(yes), konst(yes)) }, []string{"lax.Switch(float32[]): the index must be an integer scalar"}},
		{func() { lax.Switch[A, A](v(ir.Int32)) }, []string{"lax.Switch: there are no branches"}},
		{func() { lax.Switch(v(ir.Int32), konst(yes), konst(yes), konst(v(ir.Int8))) }, []string{"bool[] in branch 0 and int8[] in branch 2"}},
		{func() {
			lax.WhileLoop(func(c named) A { return yes }, func(c named) named { return named{A{ops.Convert(c.W.v, ir.Int32)}, c.N} }, named{v(ir.Float32, 2), 3})
		}, []string{"lax.WhileLoop: the body must return", "the carry.W enters as float32[2] and the body returns int32[2]"}},
		{func() {
			lax.WhileLoop(func(c named) A { return yes }, func(c named) named { return named{c.W, 4} }, named{v(ir.Float32, 2), 3})
		}, []string{"the carry.N: 4 was 3"}},
		{func() { lax.WhileLoop(func(c A) A { return v(ir.Float32) }, stay, v(ir.Float32)) }, []string{"lax.WhileLoop(float32[]): the condition must return a bool scalar"}},
		{func() { lax.WhileLoop(func(c A) A { return v(ir.Bool, 2) }, stay, v(ir.Float32)) }, []string{"(bool[2]): the condition must return a bool scalar"}},
		{func() { lax.WhileLoop(func(c int) A { return yes }, func(c int) int { return c }, 3) }, []string{"the carry holds no arrays"}},
		{func() { lax.ForiLoop(0, v(ir.Float32), func(i, c A) A { return c }, yes) }, []string{"lax.ForiLoop(float32[]): hi must be an integer scalar"}},
		{func() { lax.ForiLoop(v(ir.Int32), v(ir.Int8), func(i, c A) A { return c }, yes) }, []string{"lo and hi must have one dtype, not int32 and int8"}},
		{func() { lax.ForiLoop("0", 3, func(i, c A) A { return c }, yes) }, []string{"lo is a string; want an int"}},
		{func() { lax.ForiLoop(0, 3, func(i, c A) A { return v(ir.Float32, 2) }, v(ir.Float32, 3)) }, []string{"the carry enters as float32[3] and the body returns float32[2]"}},
	} {
		err := trace.Try(c.f)
		if err == nil {
			t.Errorf("no error, want %q", c.want)
			continue
		}
		for _, w := range append(c.want, "control_test.go:") {
			if !strings.Contains(err.Error(), w) {
				t.Errorf("got %v\nwant %q", err, w)
			}
		}
	}
}

func TestControlDCE(t *testing.T) {
	f64 := ir.Scalar(ir.Float64)
	for _, c := range []struct {
		what string
		f    fn
		in   []ir.Aval
		want string // the operands of the one equation left, and its outputs
	}{
		{"while: a carry that only itself needs goes, one that the condition or a used carry needs stays", func(x []*trace.Value) []*trace.Value {
			r := lax.WhileLoop(func(c []A) A { return A{ops.Lt(c[0].v, x[1])} }, func(c []A) []A {
				return []A{{ops.Add(c[0].v, x[2])}, {ops.Add(c[1].v, c[2].v)}, {ops.Mul(c[2].v, x[2])}, {ops.Add(c[3].v, x[3])}}
			}, []A{{x[0]}, {x[0]}, {x[0]}, {x[0]}})
			return []*trace.Value{r[1].v}
		}, []ir.Aval{f64, f64, f64, f64}, "5 3"},
		{"cond: what no branch needs goes", func(x []*trace.Value) []*trace.Value {
			r := lax.Cond(A{ops.Lt(x[0], x[0])}, func() []A { return []A{{ops.Neg(x[1])}, {x[2]}} }, func() []A { return []A{{x[0]}, {ops.Exp(x[3])}} })
			return []*trace.Value{r[0].v}
		}, []ir.Aval{f64, f64, f64, f64}, "3 1"},
		{"call", func(x []*trace.Value) []*trace.Value {
			p := program(t, func(x []*trace.Value) []*trace.Value { return []*trace.Value{ops.Neg(x[0]), ops.Exp(x[1])} }, []ir.Aval{f64, f64})
			return ops.Call("g", p, x)[1:]
		}, []ir.Aval{f64, f64}, "1 1"},
	} {
		p := program(t, c.f, c.in)
		q := p.DCE()
		if err := q.Verify(); err != nil {
			t.Errorf("%s: %v\n%v", c.what, err, q)
		}
		e := q.Eqns[len(q.Eqns)-1]
		if got := fmt.Sprint(len(e.In), " ", len(e.Out)); got != c.want {
			t.Errorf("%s: %s operands and outputs are left, want %s:\n%v", c.what, got, c.want, q)
		}
		x := make([]arr, len(c.in))
		for i := range x {
			x[i] = scalar(ir.Float64, []float64{1, 5, 1.5, 2}[i])
		}
		a, b := getAll(trace.TheRuntime().Run(p, putAll(x))), getAll(trace.TheRuntime().Run(q, putAll(x)))
		if s := b[0].closeTo(a[0], 0); s != "" {
			t.Errorf("%s: %s", c.what, s)
		}
	}
}

func TestCallKeepsItsName(t *testing.T) {
	f64 := ir.Aval{Shape: []int{3}, DType: ir.Float64}
	p := program(t, func(x []*trace.Value) []*trace.Value { return []*trace.Value{ops.Mul(x[0], x[1])} }, []ir.Aval{f64, f64})
	f := func(x []*trace.Value) []*trace.Value {
		return ops.Call("g", p, []*trace.Value{ops.Call("g", p, x)[0], x[1]})
	}
	in := []arr{vec(ir.Float64, 1, 2, 3), vec(ir.Float64, 4, 5, 6)}
	if s := runBoth(t, f, in)[0].closeTo(vec(ir.Float64, 16, 50, 108), 0); s != "" {
		t.Error(s)
	}
	checkVmap(t, f, in)
	q := mapProgram(t, program(t, f, avals(in)), 2, []int{1, 0})
	// The operand is passed on with its axis where it lies: nothing is transposed outside the function.
	if s := q.Format(false); strings.Count(s, "call[Func=g]") != 2 || strings.Contains(strings.Split(s, "call[")[0], "transpose") {
		t.Errorf("want two calls of g and no transposition before them:\n%s", s)
	}
}

// nestedJVP is a JVP of programs, enough to test the rules of control flow.
type nestedJVP struct{ op ir.Op }

func (c nestedJVP) Self(x ...*trace.Value) []*trace.Value { return trace.Bind(c.op, x...) }

func (c nestedJVP) Program(p *ir.Program, nonzero, forceOut []bool) (*ir.Program, []bool) {
	types := p.InTypes()
	n := len(types)
	for i := range nonzero {
		if nonzero[i] {
			types = append(types, types[i])
		}
	}
	out := make([]bool, len(p.Out))
	q, _ := trace.Trace("jvp", types, func(x []*trace.Value) []*trace.Value {
		tan := make([]*trace.Value, n)
		k := n
		for i := range nonzero {
			if nonzero[i] {
				tan[i] = x[k]
				k++
			}
		}
		y, yt := applyJVP(p, x[:n], tan)
		r := slices.Clone(y)
		for i := range y {
			if out[i] = yt[i] != nil || forceOut != nil && forceOut[i]; out[i] {
				if yt[i] == nil {
					yt[i] = ops.ZerosLike(y[i])
				}
				r = append(r, yt[i])
			}
		}
		return r
	})
	return q, out
}

func applyJVP(p *ir.Program, x, tan []*trace.Value) (y, yt []*trace.Value) {
	tangents := map[*trace.Value]*trace.Value{}
	for i, v := range x {
		tangents[v] = tan[i]
	}
	y = trace.Replay(p, x, func(e *ir.Eqn, x []*trace.Value) []*trace.Value {
		in := make([]*trace.Value, len(x))
		some := false
		for i, v := range x {
			in[i] = tangents[v]
			some = some || in[i] != nil
		}
		if !some {
			return trace.Bind(e.Op, x...)
		}
		y, yt := e.Op.(trace.JVPer).JVP(nestedJVP{e.Op}, x, in)
		for i := range y {
			tangents[y[i]] = yt[i]
		}
		return y
	})
	for _, v := range y {
		yt = append(yt, tangents[v])
	}
	return y, yt
}

func TestControlJVP(t *testing.T) {
	half := litOf(ir.Float64, .5)
	for name, f := range map[string]fn{
		"cond": func(x []*trace.Value) []*trace.Value {
			// The first result has a tangent in one branch only.
			r := lax.Cond(A{ops.Gt(x[0], half)}, func() []A { return []A{{ops.Mul(x[0], x[1])}, {x[1]}} }, func() []A { return []A{{half}, {ops.Sin(x[0])}} })
			return []*trace.Value{r[0].v, r[1].v}
		},
		"while": func(x []*trace.Value) []*trace.Value {
			// The second carry takes its tangent from the first, one round later; the third has none.
			r := lax.ForiLoop(0, 3, func(i A, c []A) []A {
				return []A{{ops.Mul(c[0].v, ops.Sin(x[1]))}, {ops.Add(c[1].v, c[0].v)}, {ops.Add(c[2].v, half)}}
			}, []A{{x[0]}, {half}, {half}})
			return []*trace.Value{r[0].v, r[1].v, r[2].v}
		},
		"call": func(x []*trace.Value) []*trace.Value {
			p := program(t, func(x []*trace.Value) []*trace.Value { return []*trace.Value{ops.Mul(x[0], ops.Sin(x[1])), half} }, []ir.Aval{ir.Scalar(ir.Float64), ir.Scalar(ir.Float64)})
			return ops.Call("g", p, x)
		},
	} {
		p := program(t, f, []ir.Aval{ir.Scalar(ir.Float64), ir.Scalar(ir.Float64)})
		for _, at := range [][2]float64{{.8, .3}, {.2, -.7}} {
			for i := range 2 {
				const h = 1e-6
				val := func(s float64) []arr {
					x := []arr{scalar(ir.Float64, at[0]), scalar(ir.Float64, at[1])}
					x[i] = scalar(ir.Float64, at[i]+s)
					return getAll(f(putAll(x)))
				}
				tan := make([]*trace.Value, 2)
				tan[i] = scalar(ir.Float64, 1).put()
				y, yt := applyJVP(p, putAll([]arr{scalar(ir.Float64, at[0]), scalar(ir.Float64, at[1])}), tan)
				up, down, mid := val(h), val(-h), val(0)
				for k := range y {
					if s := get(y[k]).closeTo(mid[k], 1e-12); s != "" {
						t.Errorf("%s, output %d: %s", name, k, s)
					}
					got := scalar(ir.Float64, 0)
					if yt[k] != nil {
						got = get(yt[k])
					}
					if s := got.closeTo(scalar(ir.Float64, (up[k].e[0].Float()-down[k].e[0].Float())/(2*h)), 1e-7); s != "" {
						t.Errorf("%s at %v, tangent of output %d by input %d: %s", name, at, k, i, s)
					}
				}
			}
		}
	}
}

// mapProgram is the mapped program, verified; outputs that are mapped are so at axis 0.
func mapProgram(t *testing.T, p *ir.Program, size int, axes []int) *ir.Program {
	t.Helper()
	_, at := vmap.Program(p, size, axes, nil, "the test's function")
	for i := range at {
		if at[i] > 0 {
			at[i] = 0
		}
	}
	q, _ := vmap.Program(p, size, axes, at, "the test's function")
	if err := q.Verify(); err != nil {
		t.Fatalf("the mapped program does not verify: %v\n%v", err, q)
	}
	return q
}

// TestEnds maps loops that would never end on rows that must not enter them.
func TestEnds(t *testing.T) {
	f64 := func(v float64) *trace.Value { return litOf(ir.Float64, v) }
	// count counts to x, which it never meets below 0.
	count := func(x *trace.Value) A {
		return lax.WhileLoop(func(c A) A { return A{ops.Ne(c.v, x)} }, func(c A) A { return A{ops.Add(c.v, f64(1))} }, A{f64(0)})
	}
	for name, c := range map[string]struct {
		f        fn
		in, want []float64
	}{
		"a loop in a loop, on rows that have ended": {func(x []*trace.Value) []*trace.Value {
			r := lax.WhileLoop(func(c A) A { return A{ops.Lt(c.v, f64(100))} }, func(c A) A {
				return A{ops.Add(c.v, ops.Add(ops.Min(count(ops.Sub(f64(100), c.v)).v, f64(30)), f64(1)))}
			}, A{x[0]})
			return []*trace.Value{r.v}
		}, []float64{0, 93, 500, 60}, []float64{101, 101, 500, 101}},
		"a loop in a branch, on rows that do not take it": {func(x []*trace.Value) []*trace.Value {
			return []*trace.Value{lax.Cond(A{ops.Ge(x[0], f64(0))}, func() A { return count(x[0]) }, func() A { return A{f64(-9)} }).v}
		}, []float64{3, -1, 5, -2}, []float64{3, -9, 5, -9}},
		"a loop in a branch that no row takes": {func(x []*trace.Value) []*trace.Value {
			return []*trace.Value{lax.Switch(A{ops.Convert(x[0], ir.Int32)}, func() A { return A{f64(-9)} }, func() A { return count(f64(-1)) }, func() A { return count(x[0]) }).v}
		}, []float64{-3, 2, -1, 7}, []float64{-9, 2, -9, 7}},
	} {
		p := program(t, c.f, []ir.Aval{ir.Scalar(ir.Float64)})
		q := mapProgram(t, p, 4, []int{0})
		done := make(chan arr, 1)
		go func() { done <- getAll(trace.TheRuntime().Run(q, putAll([]arr{vec(ir.Float64, c.in...)})))[0] }()
		select {
		case got := <-done:
			if s := got.closeTo(vec(ir.Float64, c.want...), 0); s != "" {
				t.Errorf("%s: %s", name, s)
			}
		case <-time.After(20 * time.Second):
			t.Fatalf("%s: does not end", name)
		}
		// The same rows in a second, outer mapping: the conditions of the guards are then mapped themselves.
		o := mapProgram(t, q, 2, []int{0})
		got := getAll(trace.TheRuntime().Run(o, putAll([]arr{nums(ir.Float64, []int{2, 4}, slices.Concat(c.in, c.in)...)})))[0]
		if s := got.closeTo(nums(ir.Float64, []int{2, 4}, slices.Concat(c.want, c.want)...), 0); s != "" {
			t.Errorf("%s, mapped twice: %s", name, s)
		}
		checkVmapAt(t, p, c.f, []arr{scalar(ir.Float64, 1)}, []int{0}, 0)
	}
}
