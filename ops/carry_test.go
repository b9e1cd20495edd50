package ops_test

import (
	"strings"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

func TestWeakCarry(t *testing.T) {
	weak := func(d ir.DType, v float64) A { return jnp.Wrap(trace.FromLit(ir.FloatLit(v, d).AsWeak())) }
	run := func(init A, body func(c *trace.Value) *trace.Value) *trace.Value {
		return lax.ForiLoop(0, 3, func(_ A, c A) A { return jnp.Wrap(body(c.TraceValue())) }, init).TraceValue()
	}
	half := func(c *trace.Value) *trace.Value { return ops.Add(ops.Convert(c, ir.Float32), litOf(ir.Float32, .5)) }
	for _, c := range []struct {
		what string
		got  *trace.Value
		want string
		x    arr
	}{
		{"a weak int that the body makes float32", run(weak(ir.Int64, 1), half), "float32[]", scalar(ir.Float32, 2.5)},
		{"a weak float that stays weak",
			run(weak(ir.Float32, 1), func(c *trace.Value) *trace.Value { return ops.Neg(c) }), "~float32[]",
			scalar(ir.Float32, -1)},
		{"a weak float made strong",
			run(weak(ir.Float32, 1), func(c *trace.Value) *trace.Value { return ops.Add(c, litOf(ir.Float32, 1)) }),
			"float32[]", scalar(ir.Float32, 4)},
		{"a strong one with a weak body",
			run(jnp.Wrap(litOf(ir.Float32, 1)),
				func(c *trace.Value) *trace.Value { return weak(ir.Float32, 9).TraceValue() }), "float32[]",
			scalar(ir.Float32, 9)},
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
	v := func(d ir.DType, shape ...int) A { return jnp.Wrap(ramp(d, 0, 1, shape...).put()) }
	yes := jnp.Wrap(nums(ir.Bool, nil, 1).put())
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
		{func() { lax.Cond(v(ir.Bool, 3), konst(yes), konst(yes)) },
			[]string{"lax.Cond(bool[3]): the predicate must be a scalar", "jnp.Where"}},
		{func() { lax.Cond(v(ir.Complex64), konst(yes), konst(yes)) },
			[]string{"lax.Cond(complex64[]): the predicate must be a bool or a real number"}},
		{func() { lax.Cond(jnp.Array{}, konst(yes), konst(yes)) },
			[]string{"lax.Cond: the predicate is an array that was never set"}},
		{func() { lax.Cond(yes, konst(v(ir.Float32, 3)), konst(v(ir.Float32, 4))) },
			[]string{"results[0] is float32[4] in onFalse and float32[3] in onTrue"}},
		{func() { lax.Cond(yes, konst(v(ir.Float32, 3)), konst(v(ir.Int32, 3))) },
			[]string{"int32[3] in onFalse and float32[3] in onTrue"}},
		{func() {
			lax.Cond(yes, func() named { return named{yes, 1} }, func() named { return named{yes, 2} })
		}, []string{"different structures", "results[0].N: 1 was 2"}},
		{func() { lax.Cond(yes, func() []A { return []A{yes} }, func() []A { return nil }) },
			[]string{"different structures", "set was nil"}},
		{func() { lax.Switch(v(ir.Float32), konst(yes), konst(yes)) },
			[]string{"lax.Switch(float32[]): the index must be an integer scalar"}},
		{func() { lax.Switch(v(ir.Int32), []func() A{}...) }, []string{"lax.Switch: there are no branches"}},
		{func() { lax.Switch(v(ir.Int32), konst(yes), konst(yes), konst(v(ir.Int8))) },
			[]string{"bool[] in branch 0 and int8[] in branch 2"}},
		{func() {
			lax.WhileLoop(func(c named) A { return yes },
				func(c named) named { return named{jnp.Wrap(ops.Convert(c.W.TraceValue(), ir.Int32)), c.N} },
				named{v(ir.Float32, 2), 3})
		}, []string{"lax.WhileLoop: the body must return",
			"the carry.W enters as float32[2] and the body returns int32[2]"}},
		{func() {
			lax.WhileLoop(func(c named) A { return yes }, func(c named) named { return named{c.W, 4} },
				named{v(ir.Float32, 2), 3})
		}, []string{"the carry.N: 4 was 3"}},
		{func() { lax.WhileLoop(func(c A) A { return v(ir.Float32) }, stay, v(ir.Float32)) },
			[]string{"lax.WhileLoop(float32[]): the condition must return a bool scalar"}},
		{func() { lax.WhileLoop(func(c A) A { return v(ir.Bool, 2) }, stay, v(ir.Float32)) },
			[]string{"(bool[2]): the condition must return a bool scalar"}},
		{func() { lax.WhileLoop(func(c int) A { return yes }, func(c int) int { return c }, 3) },
			[]string{"the carry holds no arrays"}},
		{func() { lax.ForiLoop(0, v(ir.Float32), func(i, c A) A { return c }, yes) },
			[]string{"lax.ForiLoop(float32[]): hi must be an integer scalar"}},
		{func() { lax.ForiLoop(v(ir.Int32), v(ir.Int8), func(i, c A) A { return c }, yes) },
			[]string{"lo and hi must have one dtype, not int32 and int8"}},
		{func() { ops.Fori("lax.ForiLoop", nil, "0", 3, []*trace.Value{yes.TraceValue()}, nil) },
			[]string{"lo is a string; want an int"}},
		{func() { lax.ForiLoop(0, 3, func(i, c A) A { return v(ir.Float32, 2) }, v(ir.Float32, 3)) },
			[]string{"the carry enters as float32[3] and the body returns float32[2]"}},
	} {
		err := trace.Try(c.f)
		if err == nil {
			t.Errorf("no error, want %q", c.want)
			continue
		}
		for _, w := range append(c.want, "carry_test.go:") {
			if !strings.Contains(err.Error(), w) {
				t.Errorf("got %v\nwant %q", err, w)
			}
		}
	}
}
