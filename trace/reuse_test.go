package trace

import (
	"slices"
	"testing"
)

// Where the elements of an array of keys go.
func TestKeysPick(t *testing.T) {
	root := &keyRoot{n: 6}
	k := Keys{root: root}
	for name, c := range map[string]struct {
		got  Keys
		want []int32
	}{
		"all":        {k, []int32{0, 1, 2, 3, 4, 5}},
		"some":       {k.Pick([]int32{4, 1}), []int32{4, 1}},
		"a row":      {k.Row(1, 3), []int32{2, 3}},
		"transposed": {k.Strided([]int{2, 3}, []int{1, 2}, 0), []int32{0, 2, 4, 1, 3, 5}},
		"reversed":   {k.Strided([]int{3, 2}, []int{-2, 1}, 4), []int32{4, 5, 2, 3, 0, 1}},
		"of some":    {k.Pick([]int32{5, 3, 1}).Row(2, 3), []int32{1}},
		"none":       {k.Strided([]int{0, 2}, []int{2, 1}, 0), []int32{}},
		"outside":    {k.Pick([]int32{6}), []int32{}},
	} {
		got := []int32{}
		for i := range c.got.len() {
			got = append(got, int32(c.got.elem(i)))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

// A use is one on one way, and another on each other.
func TestKeyWalkUse(t *testing.T) {
	a, b := NewKeyUse("a"), NewKeyUse("b")
	for name, c := range map[string]struct {
		walk func(w *KeyWalk, k Keys)
		bad  bool
	}{
		"twice the same":   {func(w *KeyWalk, k Keys) { w.Use(k, a); w.Use(k, a) }, false},
		"two":              {func(w *KeyWalk, k Keys) { w.Use(k, a); w.Use(k, b) }, true},
		"of other rows":    {func(w *KeyWalk, k Keys) { w.Use(k.Row(0, 2), a); w.Use(k.Row(1, 2), b) }, false},
		"by turns":         {func(w *KeyWalk, k Keys) { w.Turns(-1, func(int) { w.Use(k, a) }) }, true},
		"in one turn":      {func(w *KeyWalk, k Keys) { w.Turns(1, func(int) { w.Use(k, a) }) }, false},
		"row by row":       {func(w *KeyWalk, k Keys) { w.Turns(2, func(i int) { w.Use(k.Row(i, 2), a) }) }, false},
		"of nothing known": {func(w *KeyWalk, _ Keys) { w.Use(Keys{}, a); w.Use(Keys{}, b) }, false},
		"by two calls": {func(w *KeyWalk, k Keys) {
			for _, u := range []*KeyUse{NewKeyUse("f"), NewKeyUse("f")} {
				w.Call(u, func() { w.Use(k, a) })
			}
		}, true},
		"in the last of many rows": {func(w *KeyWalk, k Keys) {
			w.Rows([]Keys{k}, 10, func(row func(int) []Keys) {
				w.Turns(10, func(i int) { w.Use(row(i)[0], a) })
			})
			w.Use(k.Row(9, 10), b)
		}, true},
	} {
		err := Try(func() { c.walk(&KeyWalk{}, Keys{root: &keyRoot{n: 20}}) })
		if (err != nil) != c.bad {
			t.Errorf("%s: %v", name, err)
		}
	}
}
