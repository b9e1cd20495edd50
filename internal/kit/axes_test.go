package kit_test

import (
	"slices"
	"testing"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/tests/fails"
)

func TestAxes(t *testing.T) {
	for _, c := range []struct{ axes, want []int }{
		{[]int{0, 2, 1}, []int{0, 2, 1}}, {[]int{-1, 0}, []int{2, 0}}, {nil, []int{}}, {[]int{-3}, []int{0}},
	} {
		if got := kit.Axes("f.F", c.axes, 3); !slices.Equal(got, c.want) {
			t.Errorf("Axes(%v) is %v, want %v", c.axes, got, c.want)
		}
	}
	fails.With(t, func() { kit.Axes("f.F", []int{1, -2}, 3) }, "f.F", "axis 1 is named twice in axes [1 -2]")
	fails.With(t, func() { kit.Axis("f.F", 3, 3) }, "f.F", "axis 3 is out of range", "want -3 to 2")
	fails.With(t, func() { kit.Axis("f.F", -2, 1) }, "an array of 1 axis")
	fails.With(t, func() { kit.Axis("f.F", 0, 0) }, "a scalar has no axes")
}

func TestAxesOrAll(t *testing.T) {
	v := jnp.Zeros(2, 3, 4).TraceValue()
	for _, c := range []struct{ axes, want []int }{{nil, []int{0, 1, 2}}, {[]int{}, []int{}}, {[]int{-1}, []int{2}}} {
		if got := kit.AxesOrAll("f.F", c.axes, v); !slices.Equal(got, c.want) {
			t.Errorf("AxesOrAll(%#v) is %v, want %v", c.axes, got, c.want)
		}
	}
}

func TestOneAxis(t *testing.T) {
	if a := kit.OneAxis("f.F", nil, -1, 3); a != 2 {
		t.Errorf("no axis given, otherwise -1: %d", a)
	}
	if a := kit.OneAxis("f.F", []int{-3}, -1, 3); a != 0 {
		t.Errorf("axis -3 of 3: %d", a)
	}
	if a, flat := kit.OneAxisOrFlat("f.F", nil, 3); a != 0 || !flat {
		t.Errorf("no axis: %d, flat %v", a, flat)
	}
	fails.With(t, func() { kit.OneAxis("f.F", []int{0, 1}, 0, 3) }, "f.F", "takes one axis or none, not [0 1]")
}

func TestOptional(t *testing.T) {
	if got := kit.Optional("f.F", "step", nil, 1.5); got != 1.5 {
		t.Errorf("none given: %v", got)
	}
	if got := kit.Optional("f.F", "step", []float64{2}, 1.5); got != 2 {
		t.Errorf("2 given: %v", got)
	}
	fails.With(t, func() { kit.Optional("f.F", "step", []int{1, 2}, 0) }, "f.F", "takes one step, not 2")
}

func TestWithout(t *testing.T) {
	rest, kept := kit.Without([]int{2, 3, 4}, []int{1})
	if !slices.Equal(rest, []int{2, 4}) || !slices.Equal(kept, []int{0, 2}) {
		t.Errorf("without axis 1: lengths %v, axes %v", rest, kept)
	}
	if rest, kept = kit.Without([]int{2}, kit.UpTo(1)); rest == nil || kept == nil || len(rest)+len(kept) > 0 {
		t.Errorf("without any axis: lengths %#v, axes %#v", rest, kept)
	}
}
