package kit_test

import (
	"slices"
	"testing"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/tests/fails"
)

func TestBroadcastShapes(t *testing.T) {
	for _, c := range []struct {
		shapes [][]int
		want   []int
	}{
		{nil, []int{}},
		{[][]int{{}, {}}, []int{}},
		{[][]int{{3}, {2, 1}}, []int{2, 3}},
		{[][]int{{2, 3}, {}, {1}}, []int{2, 3}},
		{[][]int{{0}, {1}}, []int{0}},
		{[][]int{{4, 1, 1}, {5, 1}, {6}}, []int{4, 5, 6}},
	} {
		got := kit.BroadcastShapes("f.F", nil, c.shapes...)
		if !slices.Equal(got, c.want) {
			t.Errorf("%v: %v, want %v", c.shapes, got, c.want)
		}
		for _, s := range c.shapes {
			if !kit.BroadcastsTo(s, got) {
				t.Errorf("%v does not broadcast to the common shape %v", s, got)
			}
		}
	}
	fails.With(t, func() { kit.BroadcastShapes("f.F", nil, []int{2, 3}, []int{2}) }, "f.F", "[2,3] and [2]",
		"axis 1 from the end", "3 and 2")
}

func TestBroadcastsTo(t *testing.T) {
	for _, c := range []struct{ from, to []int }{{[]int{2}, []int{3}}, {[]int{1, 2}, []int{2}}, {[]int{2}, []int{1}},
		{[]int{2}, []int{}}} {
		if kit.BroadcastsTo(c.from, c.to) {
			t.Errorf("%v is said to broadcast to %v", c.from, c.to)
		}
	}
}

func TestBroadcastTo(t *testing.T) {
	x := jnp.Arange(3).Reshape(3, 1)
	if v := x.TraceValue(); kit.BroadcastTo(v, []int{3, 1}) != v {
		t.Error("an array of the shape already is another one")
	}
	got := jnp.Wrap(kit.BroadcastTo(x.TraceValue(), []int{2, 3, 2}))
	if want := []int32{0, 0, 1, 1, 2, 2, 0, 0, 1, 1, 2, 2}; !slices.Equal(jnp.ToSlice[int32](got), want) {
		t.Errorf("got %v", got)
	}
}
