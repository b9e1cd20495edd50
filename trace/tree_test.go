package trace

import (
	"math"
	"reflect"
	"slices"
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
