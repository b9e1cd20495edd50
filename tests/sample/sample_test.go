package sample

import (
	"slices"
	"testing"
	"time"
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

func TestLate(t *testing.T) {
	t.Setenv("GOJAX_TEST_ALL", "")
	defer func(d time.Time) { begun = d }(begun)
	now := time.Now()
	begun = now.Add(-8 * time.Minute)
	for _, c := range []struct {
		deadline time.Time
		limited  bool
		all      string
		want     bool
	}{{now.Add(time.Minute), true, "", true}, {now.Add(4 * time.Minute), true, "", false},
		{now.Add(time.Minute), false, "", false}, {now.Add(time.Minute), true, "1", false}} {
		t.Setenv("GOJAX_TEST_ALL", c.all)
		if got := Late(c.deadline, c.limited); got != c.want {
			t.Errorf("%v before the deadline, limited %t, GOJAX_TEST_ALL=%s: late is %t",
				c.deadline.Sub(now), c.limited, c.all, got)
		}
	}
}
