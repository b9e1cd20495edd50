package vmap_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
	"github.com/gojax/gojax/transforms/jit"
	"github.com/gojax/gojax/transforms/vmap"
)

func TestAxes(t *testing.T) {
	x := arange(2, 3) // 0 1 2 / 3 4 5
	for _, c := range []struct {
		in, out []any
		want    string
	}{
		{nil, nil, "[2,3]0 1 3 3 7 12"},
		{[]any{0}, []any{0}, "[2,3]0 1 3 3 7 12"},
		{[]any{-2}, []any{-2}, "[2,3]0 1 3 3 7 12"},
		{[]any{0}, []any{1}, "[3,2]0 3 1 7 3 12"},
		{[]any{0}, []any{-1}, "[3,2]0 3 1 7 3 12"},
		{[]any{1}, []any{1}, "[2,3]0 1 2 3 5 7"},
		{[]any{-1}, []any{0}, "[3,2]0 3 1 5 2 7"},
		{[]any{int8(1)}, []any{int64(1)}, "[2,3]0 1 2 3 5 7"},
	} {
		y := mapped(prefixes, inOut(c.in, c.out))(x)
		expect(t, fmt.Sprintf("in %v out %v", c.in, c.out), y.v, c.want)
	}
	y := from([]float32{1, 10}, 2)
	z := from([]float32{1, 10, 100}, 3)
	expect(t, "columns with a shared operand", mapped(dot, in(1, nil))(x, y).v, "[3]30 41 52")
	expect(t, "rows with a shared operand", mapped(dot, in(0, nil))(x, z).v, "[2]210 543")
	expect(t, "a shared operand first", mapped(dot, in(nil, -1))(y, x).v, "[3]30 41 52")
	expect(t, "two axes", mapped(dot, in(1, 0))(x, arange(3, 2)).v, "[3]3 14 33")
	expect(t, "one axis for both", mapped(dot, in(1))(x, x).v, "[3]9 17 29")
}

func TestSizes(t *testing.T) {
	expect(t, "size 0", mapped(prefixes, in(0))(arange(0, 3)).v, "[0,3]")
	expect(t, "size 0 of axis 1", mapped(prefixes, inOut([]any{1}, []any{1}))(arange(3, 0)).v, "[3,0]")
	expect(t, "size 1", mapped(prefixes, in(0))(arange(1, 3)).v, "[1,3]0 1 3")
	expect(t, "empty elements", mapped(prefixes, in(0))(arange(3, 0)).v, "[3,0]")
	expect(t, "scalars", mapped(func(x A) A { return A{ops.Neg(x.v)} }, in(0))(arange(2)).v, "[2]-0 -1")

	seven := func(x A) A { return A{ops.Full(nil, ir.FloatLit(7, ir.Float32))} }
	o := inOut([]any{nil}, []any{0})
	o.Size = 3
	expect(t, "nothing mapped", mapped(seven, o)(arange(2)).v, "[3]7 7 7")
	o.Out = []any{nil}
	expect(t, "nothing mapped, in or out", mapped(seven, o)(arange(2)).v, "[]7")
	o = in(0)
	o.Size = 2
	expect(t, "a size that is also given", mapped(prefixes, o)(arange(2, 1)).v, "[2,1]0 1")
}

func TestNesting(t *testing.T) {
	x, y := arange(2, 3), arange(2, 3)
	// All pairs of rows: the inner function maps y, the outer x.
	table := mapped(mapped(dot, in(nil, 0)), in(0, nil))
	expect(t, "all pairs", table(x, y).v, "[2,2]5 14 14 50")
	table = mapped(mapped(dot, in(nil, 0)), inOut([]any{0, nil}, []any{1}))
	expect(t, "all pairs, transposed", table(x, from([]float32{1, 0, 0, 0, 0, 1}, 2, 3)).v, "[2,2]0 3 2 5")
	twice := mapped(mapped(func(x A) A { return A{ops.Neg(x.v)} }, inOut([]any{-1}, []any{0})),
		inOut([]any{-1}, []any{-1}))
	expect(t, "both axes", twice(x).v, "[2,3]-0 -1 -2 -3 -4 -5")

	// Captures: of a value of the outer trace, which is also the argument; of an array; and one array mapped over two
	// axes.
	outer := mapped(func(a A) A {
		return mapped(func(b A) A {
			return A{ops.ReduceSum(ops.Mul(a.v, ops.BroadcastInDim(b.v, []int{3}, nil)), []int{0})}
		}, in(0))(a)
	}, in(0))
	expect(t, "an argument that is captured", outer(x).v, "[2,3]0 3 6 36 48 60")
	sq := arange(2, 2)
	rowcol := mapped(dot, in(0, 1))
	expect(t, "one array over two axes", rowcol(sq, sq).v, "[2]2 11")
	one := mapped(func(s A) A { return rowcol(s, s) }, in(0))
	expect(t, "one traced array over two axes", one(arange(1, 2, 2)).v, "[1,2]2 11")
	ten := from([]float32{10, 10, 10}, 3)
	expect(t, "a captured array", mapped(func(a A) A { return A{ops.Add(a.v, ten.v)} }, in(0))(x).v,
		"[2,3]10 11 12 13 14 15")
}

type layer struct {
	W, B A
	Act  string
}

type net struct {
	Layers []layer
	Scale  map[string]A
	Opt    *A
	Unset  A
	N      int
}

func TestTrees(t *testing.T) {
	mk := func() net {
		return net{
			Layers: []layer{{arange(2, 3), arange(2), "relu"}, {arange(3, 2), arange(3), "tanh"}},
			Scale:  map[string]A{"a": arange(2), "b": arange(4)},
			N:      3,
		}
	}
	var seen []string
	f := func(n net, k int) (map[string]A, net, string) {
		seen = nil
		for _, l := range n.Layers {
			seen = append(seen, fmt.Sprintf("%v %v %s", l.W.v.Shape(), l.B.v.Shape(), l.Act))
		}
		seen = append(seen,
			fmt.Sprintf("%v %v %d %t %d", n.Scale["a"].v.Shape(), n.Scale["b"].v.Shape(), n.N, n.Opt == nil, k))
		return map[string]A{"sum": {ops.ReduceSum(n.Layers[0].W.v, []int{0})}, "b": n.Scale["b"]}, n, "static"
	}
	axes := map[string]any{
		"Layers": []any{map[string]any{"W": 0, "B": 0}, struct{ W, B any }{-1, nil}},
		"Scale":  map[string]any{"a": -1, "b": nil},
	}
	out := []any{map[string]any{"sum": 0, "b": nil}, struct{ Layers, Scale any }{0, map[string]any{"a": nil, "b": nil}},
		nil}
	out[1] = struct{ Layers, Scale any }{[]any{0, map[string]int{"W": 0, "B": 1}}, map[string]any{"a": 0, "b": nil}}
	m, n, s := mapped(f, inOut([]any{axes, nil}, out))(mk(), 5)
	if want := []string{"[3] [] relu", "[3] [3] tanh", "[] [4] 3 true 5"}; !slices.Equal(seen, want) {
		t.Errorf("the function sees %v, want %v", seen, want)
	}
	expect(t, "sum", m["sum"].v, "[2]3 12")
	expect(t, "not mapped", m["b"].v, "[4]0 1 2 3")
	expect(t, "W", n.Layers[1].W.v, "[2,3]0 2 4 1 3 5")
	expect(t, "B", n.Layers[1].B.v, "[3,2]0 0 1 1 2 2")
	expect(t, "Scale.a", n.Scale["a"].v, "[2]0 1")
	if s != "static" || n.N != 3 || n.Layers[1].Act != "tanh" || n.Opt != nil || n.Unset.v != nil {
		t.Errorf("the static parts come out as %q, %+v", s, n)
	}

	// Variadic functions: axes for the slice as a whole, or one by one.
	sum := func(first A, rest ...A) A {
		for _, r := range rest {
			first = A{ops.Add(first.v, r.v)}
		}
		return first
	}
	one := arange(2)
	for _, axes := range [][]any{{0, []any{0, nil}}, {0, 0, nil}} {
		expect(t, "variadic", mapped(sum, in(axes...))(one, one, A{lit(10)}).v, "[2]10 12")
	}
	expect(t, "variadic, all", mapped(sum, in(0))(one, one, one).v, "[2]0 3")

	// Keys: the axes that a user counts come before those of an element.
	key := K{arange(3, 2, 2).v} // 3x2 keys
	for axis, want := range map[int]string{-1: "[3,2]", 1: "[3,2]", 0: "[2,2]", -2: "[2,2]"} {
		var inner []int
		y := mapped(func(k K) K { inner = k.v.Shape(); return k }, inOut([]any{axis}, []any{-1}))(key)
		if ir.ShapeString(inner) != want {
			t.Errorf("keys mapped over %d: the function sees %v, want %s", axis, inner, want)
		}
		if want := []int{inner[0], y.v.Shape()[1], 2}; !slices.Equal(y.v.Shape(), want) {
			t.Errorf("keys mapped over %d come out as %v", axis, y.v.Shape())
		}
	}
}

func TestErrors(t *testing.T) {
	x := arange(2, 3)
	id := func(x A) A { return x }
	type params struct{ W, B A }
	p := params{x, arange(4)}
	idp := func(p params) params { return p }
	unsized := vmap.Options{Size: 5, In: []any{0}}
	for _, c := range []struct {
		f    func()
		want []string
	}{
		{func() { mapped(dot, in(0, 0))(x, arange(3)) },
			[]string{"gojax.Vmap(dot): mapped axes have different sizes:\n",
				"args[0], float32[2,3], over axis 0 of size 2\n", "args[1], float32[3], over axis 0 of size 3\n"}},
		{func() { mapped(idp, in(0))(p) },
			[]string{"args[0].W, float32[2,3], over axis 0 of size 2\n",
				"args[0].B, float32[4], over axis 0 of size 4\n"}},
		{func() { mapped(id, in(2))(x) },
			[]string{
				"gojax.Vmap(TestErrors.func1)(float32[2,3]): axis 2 of args[0] is out of range: it has 2 axes (-2 to " +
					"1)"}},
		{func() { mapped(id, in(-3))(x) }, []string{"axis -3 of args[0] is out of range"}},
		{func() { mapped(id, in(0))(A{lit(1)}) },
			[]string{"args[0] is a scalar, so it has no axis 0 to map over", "InAxes"}},
		{func() { mapped(id, in(nil))(x) }, []string{"no argument is mapped", "AxisSize"}},
		{func() { mapped(id, unsized)(x) },
			[]string{"AxisSize is 5 but an argument has another size:\n", "float32[2,3], over axis 0 of size 2"}},
		{func() { mapped(id, inOut([]any{0}, []any{nil}))(x) },
			[]string{"results[0] is mapped, but the out axes say it is not"}},
		{func() { mapped(id, inOut([]any{0}, []any{2}))(x) },
			[]string{"out axis 2 of results[0] is out of range: with the mapped axis it has 2 axes (-2 to 1)"}},
		{func() { mapped(id, inOut([]any{0}, []any{-3}))(x) }, []string{"out axis -3 of results[0] is out of range"}},
		{func() { mapped(dot, in(0, 0, 0)) }, []string{"InAxes has 3 entries for 2 arguments"}},
		{func() { mapped(dot, in(nil)) }, []string{"InAxes has 1 entries for 2 arguments"}},
		{func() { mapped(id, inOut(nil, []any{0, 0})) }, []string{"OutAxes has 2 entries for 1 results"}},
		{func() { mapped(idp, in(map[string]any{"W": 0}))(p) },
			[]string{"InAxes does not fit: nothing is said about args[0].B"}},
		{func() { mapped(idp, in(map[string]any{"W": 0, "B": nil, "C": 0}))(p) },
			[]string{"args[0] (vmap_test.params) has no field C"}},
		{func() { mapped(idp, in([]any{0, 0}))(p) },
			[]string{"args[0] is a struct (vmap_test.params) but is given as a []interface {}"}},
		{func() { mapped(idp, in("W"))(p) },
			[]string{"args[0] is a struct (vmap_test.params) but is given as a string"}},
		{func() { mapped(func(x []A) A { return x[0] }, in([]any{0}))([]A{x, x}) },
			[]string{"args[0] has 2 elements but is given 1"}},
		{func() {
			mapped(func(x map[string]A) A { return x["a"] }, in(map[string]any{"a": 0, "c": 0}))(map[string]A{"a": x})
		}, []string{`args[0] has no key "c"`}},
		{func() { mapped(idp, inOut(nil, []any{map[string]any{"W": 0}}))(params{x, x}) },
			[]string{"OutAxes does not fit: nothing is said about results[0].B"}},
		{func() { mapped(func(x A, ch chan int) A { return x }, in(0)) }, []string{"args[1]: ", "chan int"}},
		{func() { mapped(3, in(0)) }, []string{"gojax.Vmap: want a function, not int"}},
		{func() { mapped((func(A) A)(nil), in(0)) },
			[]string{"want a function, not a nil func(vmap_test.A) vmap_test.A"}},
		{func() { mapped(id, vmap.Options{Size: -2}) }, []string{"AxisSize(-2)"}},
		{func() { mapped(func(x A) A { return A{ops.Add(x.v, y7().v)} }, in(0))(x) },
			[]string{"ops.Add(float32[3], float32[7])"}},
	} {
		err := trace.Try(c.f)
		if err == nil {
			t.Errorf("no error, want %q", c.want)
			continue
		}
		for _, w := range append(c.want, "func_test.go:") {
			if !strings.Contains(err.Error()+"\n", w) {
				t.Errorf("got %v\nwant %q", err, w)
			}
		}
	}
}

func y7() A { return arange(7) }

// A number or an array that the function takes from outside changes at each call: nothing is compiled anew, in and out
// of nested functions.
func TestNoRecompilation(t *testing.T) {
	x := arange(2, 3)
	call := func(rate float64, w A) *trace.Value {
		return mapped(func(x A) A {
			s := mapped(func(e A) A { return A{ops.Mul(e.v, lit(rate))} }, in(0))(x)
			return A{ops.Add(s.v, w.v)}
		}, in(0))(x).v
	}
	expect(t, "first", call(2, from([]float32{1, 1, 1}, 3)), "[2,3]1 3 5 7 9 11")
	before := jit.Compilations()
	expect(t, "second", call(3, from([]float32{2, 2, 2}, 3)), "[2,3]2 5 8 11 14 17")
	expect(t, "third", call(1, from([]float32{0, 0, 1}, 3)), "[2,3]0 1 3 3 4 6")
	if n := jit.Compilations() - before; n != 0 {
		t.Errorf("%d programs are compiled for new numbers", n)
	}
}

func mapped[F any](f F, o vmap.Options) F {
	return vmap.Vmap(f, []vmap.Option{func(p *vmap.Options) { *p = o }})
}
