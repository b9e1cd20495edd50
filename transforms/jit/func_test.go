package jit

import (
	"slices"
	"strings"
	"testing"

	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/tests/fails"
	"github.com/gojax/gojax/trace"
)

func TestReasons(t *testing.T) {
	f := &Func{Name: "reasons"}
	body := func(x *val) *val { return ops.Sinh(ops.Cosh(x)) }
	r := compiles(func() {
		call1(f, vec(1, 2, 3, 4), body)
		call1(f, vec(1, 2, 3), body)
		call1(f, vec(1, 2, 3, 4), body)
		trace.WithX64(true, func() { call1(f, vec(1, 2, 3, 4), body) })
	})
	want := []string{"first call", "args[0]: float32[3] was float32[4]"}
	// With x64 on the program is the same: traced again, not compiled again.
	if !slices.Equal(r, want) {
		t.Errorf("reasons %q, want %q", r, want)
	}
	if n := len(*f.entries.Load()); n != 3 {
		t.Errorf("%d entries, want 3: x64 is part of the key", n)
	}
}

func TestNestedCallsAndCaptures(t *testing.T) {
	outside := vec(10, 20, 30)
	inner := &Func{Name: "inner"}
	traces := 0
	in := func(x *val) *val {
		return call1(inner, x, func(x *val) *val { traces++; return ops.Add(x, outside) })
	}
	outer := &Func{Name: "outer"}
	y := call1(outer, vec(1, 2, 3), func(x *val) *val { return ops.Mul(in(x), in(x)) })
	if got := host(y); !slices.Equal(got, []float32{121, 484, 1089}) {
		t.Errorf("nested: %v", got)
	}
	if traces != 1 {
		t.Errorf("the inner function was traced %d times", traces)
	}
	p := outer.last.Load().Program()
	if s := p.String(); strings.Count(s, "= call") != 1 { // the second is the same computation
		t.Errorf("want one call in\n%v", p)
	}
	if got := host(in(vec(1, 1, 1))); !slices.Equal(got, []float32{11, 21, 31}) {
		t.Errorf("the inner function on its own: %v", got)
	}

	// What captures a traced value belongs to one trace only.
	for i := range 2 {
		k := &Func{Name: "closure"}
		z := call1(&Func{Name: "outer2"}, vec(float32(i), 2, 3), func(x *val) *val {
			return call1(k, outside, func(o *val) *val { return ops.Sub(o, x) })
		})
		if got := host(z); got[0] != 10-float32(i) {
			t.Errorf("captured traced value: %v", got)
		}
		if k.entries.Load() != nil {
			t.Error("a trace that captured a traced value was kept")
		}
	}
}

func TestDonation(t *testing.T) {
	f := &Func{Name: "step", Donate: []int{0}}
	body := func(x *val) *val { return ops.Add(x, x) }
	x := vec(1, 2, 3)
	y := call1(f, x, body)
	if got := host(y); !slices.Equal(got, []float32{2, 4, 6}) {
		t.Fatalf("donated: %v", got)
	}
	fails.With(t, func() { call1(f, x, body) }, "gojax.Jit(step)(float32[3])", "args[0]", "donated", "main_test.go:")
	fails.With(t, func() { ops.Neg(x) }, "ops.Neg(float32[3])", "donated", "func_test.go:")
	fails.With(t, func() { host(x) }, "donated", "main_test.go:")

	// Twice in one call, captured and given away: refused before anything happens.
	g := &Func{Name: "two", Donate: []int{0}}
	two := func(a, b *val) *val {
		in := []*val{a, b}
		en := g.Find(in, nil)
		if en == nil {
			en = g.Make(in, nil, nil, func(x []*val) ([]*val, trace.Trees) { return []*val{ops.Add(x[0], x[1])}, nil })
		}
		return en.Call(in)[0]
	}
	fails.With(t, func() { two(y, y) }, "args[0]", "args[1] is the same array")
	h := &Func{Name: "capturing", Donate: []int{0}}
	fails.With(t, func() { call1(h, y, func(x *val) *val { return ops.Add(x, y) }) }, "captures the same array")
	if got := host(y); got[2] != 6 {
		t.Errorf("a refused donation took the array: %v", got)
	}
	if got := host(two(y, vec(1, 1, 1))); got[2] != 7 {
		t.Errorf("donated first of two: %v", got)
	}

	// A donated scalar must not take the shared copy with it.
	s := &Func{Name: "scalar", Donate: []int{0}}
	for range 2 {
		if got := host(call1(s, lit(1.25), body)); got[0] != 2.5 {
			t.Errorf("donated scalar: %v", got)
		}
	}
	// Inside a trace nothing is given away.
	w := vec(5, 5, 5)
	z := call1(&Func{Name: "around"}, w, func(x *val) *val { return ops.Mul(call1(f, x, body), x) })
	if got := host(z); got[0] != 50 || w.Buffer().Deleted() {
		t.Errorf("donation inside a trace: %v", got)
	}
}

func TestManyEntries(t *testing.T) {
	defer func(n int) { maxEntries = n }(maxEntries)
	maxEntries = 16
	f := &Func{Name: "shapes"}
	for i := range 40 {
		x := vec(make([]float32, i)...)
		if got := host(call1(f, x, ops.Neg)); len(got) != i {
			t.Fatalf("call with %d elements: %v", i, got)
		}
		if n := len(*f.entries.Load()); n > maxEntries {
			t.Fatalf("%d entries", n)
		}
	}
	if f.Find([]*val{vec(make([]float32, 39)...)}, nil) == nil || f.Find([]*val{vec(1)}, nil) != nil {
		t.Error("the wrong entries were dropped")
	}
	// What was dropped is traced again, and found by its structure.
	if r := compiles(func() { call1(f, vec(1), ops.Neg) }); len(r) != 0 {
		t.Errorf("compiled again: %q", r)
	}
}
