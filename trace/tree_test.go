package trace

import (
	"errors"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/gojax/gojax/ir"
)

type arr struct {
	_ [0]func()
	v *Value
}

func (a arr) TraceValue() *Value      { return a.v }
func (a *arr) SetTraceValue(v *Value) { a.v = v }

type keyArr struct{ v *Value }

func (a keyArr) TraceValue() *Value      { return a.v }
func (a *keyArr) SetTraceValue(v *Value) { a.v = v }
func (keyArr) ElementRank() int          { return 1 }

type base struct{ Scale arr }

type mode string

type layer struct {
	base
	W, B arr
	N    int
	Mode mode
	Next *layer
}

type model struct {
	Layers []layer
	ByName map[string]arr
	Any    any
	Pair   [2]arr
	Key    keyArr
	Eps    float64
	Unset  arr
	_      int
}

func leaf(n int) arr { return arr{v: FromLit(ir.IntLit(int64(n), ir.Int32))} }

func number(v *Value) int64 { l, _ := v.Lit(); return l.Int() }

func numbers(x []*Value) (n []int64) {
	for _, v := range x {
		n = append(n, number(v))
	}
	return n
}

func example() model {
	return model{
		Layers: []layer{{base: base{leaf(1)}, W: leaf(2), B: leaf(3), N: 7, Mode: "relu", Next: &layer{W: leaf(4)}}},
		ByName: map[string]arr{"b": leaf(6), "a": leaf(5)},
		Any:    []any{leaf(7), "static", map[int]arr{-1: leaf(8)}, nil},
		Pair:   [2]arr{leaf(9), leaf(10)},
		Key:    keyArr{FromLit(ir.IntLit(11, ir.Int32))},
		Eps:    math.NaN(),
	}
}

func TestTreeRoundTrip(t *testing.T) {
	x := example()
	d, leaves := Flatten(x)
	if got, want := numbers(leaves), []int64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}; !slices.Equal(got, want) {
		t.Fatalf("leaves %v, want %v", got, want)
	}
	wantPaths := []string{"x.Layers[0].base.Scale", "x.Layers[0].W", "x.Layers[0].B", "x.Layers[0].Next.W",
		`x.ByName["a"]`, `x.ByName["b"]`, "x.Any[0]", "x.Any[2][-1]", "x.Pair[0]", "x.Pair[1]", "x.Key"}
	if got := d.Paths(); !slices.Equal(got, wantPaths) {
		t.Errorf("paths %q, want %q", got, wantPaths)
	}
	if got := d.ElementRanks(); got[10] != 1 || got[0] != 0 || d.NumLeaves() != 11 {
		t.Errorf("element ranks %v of %d leaves", got, d.NumLeaves())
	}
	var next []*Value
	for i := range leaves {
		next = append(next, leaf(100+i).v)
	}
	y := Unflatten[model](d, next)
	if number(y.Layers[0].Scale.v) != 100 || number(y.Layers[0].Next.W.v) != 103 || number(y.ByName["b"].v) != 105 ||
		number(y.Any.([]any)[2].(map[int]arr)[-1].v) != 107 || number(y.Pair[1].v) != 109 || number(y.Key.v) != 110 {
		t.Errorf("leaves in the wrong places: %v", y)
	}
	if y.Layers[0].N != 7 || y.Layers[0].Mode != "relu" || y.Any.([]any)[1] != "static" || y.Any.([]any)[3] != nil ||
		!math.IsNaN(y.Eps) || y.Unset.v != nil || y.Layers[0].Next.Next != nil || len(y.Layers[0].Next.Mode) != 0 {
		t.Errorf("statics changed: %+v", y)
	}
	if y.Layers[0].Next == x.Layers[0].Next || &y.Layers[0] == &x.Layers[0] {
		t.Error("the rebuilt tree shares memory with the old one")
	}
	d2, _ := Flatten(y)
	if !d.Equal(d2) {
		t.Errorf("structure changed: %v", d.Diff(d2, "x"))
	}
	// The Def must not see changes of what it was made from.
	x.Layers[0].N = 8
	x.Layers[0].Next.Mode = "other"
	if z := d.Unflatten(next).Interface().(model); z.Layers[0].N != 7 || z.Layers[0].Next.Mode != "" {
		t.Error("a Def changed with the tree it was made from")
	}
	if s := d.String(); !strings.Contains(s, `Layers: [trace.layer{base: trace.base{Scale: *}, W: *, B: *, N: 7, Mode: "relu", Next: &trace.layer{`) {
		t.Errorf("String is %s", s)
	}
}

// Every change of structure changes the key and is named; changes of leaves are not changes of structure.
func TestTreeKeys(t *testing.T) {
	d0, _ := Flatten(example())
	same := example()
	same.Pair[0] = leaf(77)
	if d, _ := Flatten(same); !d.Equal(d0) || len(d.Diff(d0, "x")) != 0 {
		t.Errorf("another leaf changed the structure: %v", d.Diff(d0, "x"))
	}
	for _, c := range []struct {
		change func(*model)
		diff   string
	}{
		{func(m *model) { m.Layers[0].N = 3 }, "m.Layers[0].N: 3 was 7"},
		{func(m *model) { m.Layers[0].Mode = "x" }, `m.Layers[0].Mode: "x" was "relu"`},
		{func(m *model) { m.Layers = append(m.Layers, layer{}) }, "m.Layers: length 2 was 1"},
		{func(m *model) { m.Layers = nil }, "m.Layers: nil was set"},
		{func(m *model) { m.Layers[0].Next = nil }, "m.Layers[0].Next: nil was set"},
		{func(m *model) { m.ByName["c"] = leaf(1) }, `m.ByName: keys ["a", "b", "c"] was ["a", "b"]`},
		{func(m *model) { m.Any = 3 }, "m.Any: int was []interface {}"},
		{func(m *model) { m.Any.([]any)[1] = int64(3) }, "m.Any[1]: int64 was string"},
		{func(m *model) { m.Unset = leaf(0) }, "m.Unset: set was nil"},
		{func(m *model) { m.Eps = math.Copysign(0, -1) }, "m.Eps: -0 was NaN"},
	} {
		m := example()
		c.change(&m)
		d, _ := Flatten(m)
		if d.Equal(d0) {
			t.Errorf("%s: keys are equal", c.diff)
		}
		if got := d.Diff(d0, "m"); !slices.Equal(got, []string{c.diff}) {
			t.Errorf("diff %q, want %q", got, c.diff)
		}
	}
	// Adjacent variable-length parts must not run into each other.
	type two struct{ A, B []int }
	a, _ := Flatten(two{[]int{1, 2}, []int{3}})
	b, _ := Flatten(two{[]int{1}, []int{2, 3}})
	if a.Equal(b) {
		t.Error("[1 2] [3] and [1] [2 3] have one key")
	}
}

func TestTreeInterfaces(t *testing.T) {
	d, leaves := Flatten[any](leaf(5))
	if y, ok := Unflatten[any](d, leaves).(arr); !ok || number(y.v) != 5 {
		t.Errorf("an array in an interface came back as %v", y)
	}
	d, leaves = Flatten[any](nil)
	if y := Unflatten[any](d, leaves); y != nil || d.String() != "nil" {
		t.Errorf("nil came back as %v, %v", y, d)
	}
	p := leaf(6)
	d, leaves = Flatten(&p) // *arr implements Leaf too, but is a pointer
	if y := Unflatten[*arr](d, leaves); y == &p || number(y.v) != 6 {
		t.Error("a pointer to an array is not rebuilt as one")
	}
	if d, l := Flatten((*arr)(nil)); d.NumLeaves() != 0 || l != nil {
		t.Error("a nil pointer to an array has leaves")
	}
	e, l := FlattenTree(reflect.ValueOf(example())) // not addressable
	if !slices.Equal(numbers(l), []int64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}) || e.NumLeaves() != 11 {
		t.Error("a tree that is not addressable flattens differently")
	}
}

func TestTreeRefuses(t *testing.T) {
	type hidden struct {
		X  arr
		mu int
	}
	type loop []any
	l := loop{nil}
	l[0] = l
	type ring struct{ Next *ring }
	r := &ring{}
	r.Next = r
	for _, c := range []struct {
		x    any
		want string
	}{
		{[]hidden{{}}, "x[0]: field mu of trace.hidden is unexported"},
		{struct{ F map[string]func() }{map[string]func(){"f": nil}}, `x.F["f"]: type func() is neither`},
		{struct{ A []any }{[]any{1, make(chan int)}}, "x.A[1]: type chan int is neither"},
		{map[float64]arr{}, "x: type map[float64]trace.arr has keys of type float64"},
		{l, "contains itself"},
		{r, "contains itself"},
	} {
		err := Try(func() { Flatten(c.x) })
		var e *Error
		if !errors.As(err, &e) || !strings.Contains(err.Error(), c.want) || !strings.HasPrefix(e.Src.String(), "tree_test.go:") {
			t.Errorf("%T: got %v, want %q at a line of this file", c.x, err, c.want)
		}
	}
	if err := CheckTree(reflect.TypeFor[map[string]*hidden](), "a"); err == nil || !strings.HasPrefix(err.Error(), "a[...]: field mu") {
		t.Errorf("CheckTree says %v", err)
	}
	if err := CheckTree(reflect.TypeFor[model](), "a"); err != nil {
		t.Errorf("CheckTree refuses a good type: %v", err)
	}
	if MayHoldArrays(reflect.TypeFor[[]int]()) || MayHoldArrays(reflect.TypeFor[ring]()) || !MayHoldArrays(reflect.TypeFor[*layer]()) || !MayHoldArrays(reflect.TypeFor[any]()) {
		t.Error("MayHoldArrays is wrong")
	}
}

func BenchmarkAppendTree20(b *testing.B) {
	type twenty struct{ A, B, C, D, E [4]arr }
	var x twenty
	v := reflect.ValueOf(&x).Elem()
	for i := range 5 {
		for j := range 4 {
			v.Field(i).Index(j).Set(reflect.ValueOf(leaf(i)))
		}
	}
	var lb [24]*Value
	var kb [64]byte
	b.ReportAllocs()
	for b.Loop() {
		AppendTree(v, lb[:0], kb[:0])
	}
}
