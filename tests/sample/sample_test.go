package sample

import (
	"slices"
	"testing"
)

func TestKinds(t *testing.T) {
	items := [][]string{{"sin", "float"}, {"sin", "int"}, {"sin", "float"}, {"cos", "int"}, {"sin", "cos", "int"}}
	for _, c := range []struct {
		all  string
		want []int
	}{{"", []int{0, 1, 3}}, {"1", []int{0, 1, 2, 3, 4}}} {
		t.Setenv("GOJAX_TEST_ALL", c.all)
		var k Kinds
		var in []int
		for i, kinds := range items {
			if k.Add(kinds...) {
				in = append(in, i)
			}
		}
		if !slices.Equal(in, c.want) || All() != (c.all != "") {
			t.Errorf("GOJAX_TEST_ALL=%s: %v are in, want %v", c.all, in, c.want)
		}
	}
}
