package trace

import (
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"
)

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
	if s := d.String(); !strings.Contains(s,
		`Layers: [trace.layer{base: trace.base{Scale: *}, W: *, B: *, N: 7, Mode: "relu", Next: &trace.layer{`) {
		t.Errorf("String is %s", s)
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
