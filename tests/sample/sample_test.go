package sample

import (
	"slices"
	"testing"
)

func TestKinds(t *testing.T) {
	defer func(old bool) { all = old }(all)
	items := [][]string{{"sin", "float"}, {"sin", "int"}, {"sin", "float"}, {"cos", "int"}, {"sin", "cos", "int"}}
	for _, c := range []struct {
		all  bool
		want []int
	}{{false, []int{0, 1, 3}}, {true, []int{0, 1, 2, 3, 4}}} {
		all = c.all
		var k Kinds
		var in []int
		for i, kinds := range items {
			if k.Add(kinds...) {
				in = append(in, i)
			}
		}
		if !slices.Equal(in, c.want) || All() != c.all {
			t.Errorf("all: %v: %v are in, want %v", c.all, in, c.want)
		}
	}
}
