package jnp_test

import (
	"fmt"
	"testing"

	. "github.com/gojax/gojax/jnp"
)

func TestPad(t *testing.T) {
	runRows(t, []opRow{
		{"Pad", []string{"x"}, func(a []Array) Array { return Padding{Value: 7}.Pad(a[0], [2]int{1, 0}, [2]int{0, 2}) },
			"float32[4,6]",
			[]complex128{7, 7, 7, 7, 7, 7, 3, -1.5, 2, 0.5, 7, 7, -2, 4, 1, -0.25, 7, 7, 1.5, 0, -3, 2.5, 7, 7}},
		{"Pad values", []string{"y"},
			func(a []Array) Array { return Padding{Values: [][2]float64{{8, 9}}}.Pad(a[0], [2]int{1, 2}) },
			"float32[7]", []complex128{8, 0.5, -2, 1.5, 3, 9, 9}},
		{"Pad edge", []string{"x"}, func(a []Array) Array { return Padding{Mode: PadEdge}.Pad(a[0], [2]int{1, 2}) },
			"float32[6,7]",
			[]complex128{3, 3, -1.5, 2, 0.5, 0.5, 0.5, 3, 3, -1.5, 2, 0.5, 0.5, 0.5, -2, -2, 4, 1, -0.25, -0.25, -0.25,
				1.5, 1.5, 0, -3, 2.5, 2.5, 2.5, 1.5, 1.5, 0, -3, 2.5, 2.5, 2.5, 1.5, 1.5, 0, -3, 2.5, 2.5, 2.5}},
		{"Pad reflect", []string{"x"},
			func(a []Array) Array { return Padding{Mode: PadReflect}.Pad(a[0], [2]int{3, 5}) },
			"float32[11,12]",
			[]complex128{-0.25, 1, 4, -2, 4, 1, -0.25, 1, 4, -2, 4, 1, 2.5, -3, 0, 1.5, 0, -3, 2.5, -3, 0, 1.5, 0, -3,
				-0.25, 1, 4, -2, 4, 1, -0.25, 1, 4, -2, 4, 1, 0.5, 2, -1.5, 3, -1.5, 2, 0.5, 2, -1.5, 3, -1.5, 2, -0.25,
				1, 4, -2, 4, 1, -0.25, 1, 4, -2, 4, 1, 2.5, -3, 0, 1.5, 0, -3, 2.5, -3, 0, 1.5, 0, -3, -0.25, 1, 4, -2,
				4, 1, -0.25, 1, 4, -2, 4, 1, 0.5, 2, -1.5, 3, -1.5, 2, 0.5, 2, -1.5, 3, -1.5, 2, -0.25, 1, 4, -2, 4, 1,
				-0.25, 1, 4, -2, 4, 1, 2.5, -3, 0, 1.5, 0, -3, 2.5, -3, 0, 1.5, 0, -3, -0.25, 1, 4, -2, 4, 1, -0.25, 1,
				4, -2, 4, 1}},
		{"Pad reflect odd", []string{"y"},
			func(a []Array) Array { return Padding{Mode: PadReflect, Odd: true}.Pad(a[0], [2]int{2, 3}) },
			"float32[9]", []complex128{-0.5, 3, 0.5, -2, 1.5, 3, 4.5, 8, 5.5}},
		{"Pad symmetric", []string{"x"},
			func(a []Array) Array { return Padding{Mode: PadSymmetric}.Pad(a[0], [2]int{2, 1}) },
			"float32[6,7]",
			[]complex128{4, -2, -2, 4, 1, -0.25, -0.25, -1.5, 3, 3, -1.5, 2, 0.5, 0.5, -1.5, 3, 3, -1.5, 2, 0.5, 0.5, 4,
				-2, -2, 4, 1, -0.25, -0.25, 0, 1.5, 1.5, 0, -3, 2.5, 2.5, 0, 1.5, 1.5, 0, -3, 2.5, 2.5}},
		{"Pad wrap", []string{"y"}, func(a []Array) Array { return Padding{Mode: PadWrap}.Pad(a[0], [2]int{5, 6}) },
			"float32[15]", []complex128{3, 0.5, -2, 1.5, 3, 0.5, -2, 1.5, 3, 0.5, -2, 1.5, 3, 0.5, -2}},
		{"Pad ramp", []string{"x"}, func(a []Array) Array {
			return Padding{Mode: PadLinearRamp, Ends: [][2]float64{{1, -1}}}.Pad(a[0], [2]int{2, 3})
		},
			"float32[8,9]",
			[]complex128{1, 1, 1, 1, 1, 1, 0.333333333, -0.333333333, -1, 1, 1.5, 2, -0.25, 1.5, 0.75, 0.166666667,
				-0.416666667, -1, 1, 2, 3, -1.5, 2, 0.5, 0, -0.5, -1, 1, -0.5, -2, 4, 1, -0.25, -0.5, -0.75, -1, 1,
				1.25, 1.5, 0, -3, 2.5, 1.33333333, 0.166666667, -1, 1, 0.833333333, 0.666666667, -0.333333333,
				-2.33333333, 1.33333333, 0.555555556, -0.222222222, -1, 1, 0.416666667, -0.166666667, -0.666666667,
				-1.66666667, 0.166666667, -0.222222222, -0.611111111, -1, 1, 0, -1, -1, -1, -1, -1, -1, -1}},
		{"Pad mean", []string{"y"}, func(a []Array) Array {
			return Padding{Mode: PadMean, StatLength: [][2]int{{2, 3}}}.Pad(a[0], [2]int{1, 1})
		},
			"float32[6]", []complex128{-0.75, 0.5, -2, 1.5, 3, 0.833333333}},
		{"Pad maximum", []string{"i"},
			func(a []Array) Array { return Padding{Mode: PadMaximum}.Pad(a[0], [2]int{1, 0}) },
			"int32[3,4,3]",
			[]complex128{11, 11, 10, 7, 7, 7, 10, 3, 10, 11, 11, 6, 6, 3, 6, 1, 1, -2, 4, 3, 4, 6, 0, 6, 11, 11, 10, 7,
				7, 7, 10, -9, 10, 11, 11, -12}},
	})
}

func TestPadErrors(t *testing.T) {
	x, e := fixture("x"), fixture("e")
	runErrors(t, []errorRow{
		{func() { Pad(x, [2]int{-1, 0}) }, []string{"jnp.Pad", "cut elements off"}},
		{func() { Padding{Mode: PadEdge}.Pad(e, [2]int{1, 1}) },
			[]string{"jnp.Padding.Pad(float32[0,3])", "axis 0 is empty"}},
		{func() { Padding{Odd: true}.Pad(x, [2]int{1, 1}) }, []string{"Odd", "does not apply"}},
	})
}

// TestPadOneSide mirrors at one end alone.
func TestPadOneSide(t *testing.T) {
	x := Arange(3)
	for _, r := range []struct {
		o    Padding
		w    [2]int
		want string
	}{
		{Padding{Mode: PadReflect}, [2]int{4, 0}, "[0 1 2 1 0 1 2]"},
		{Padding{Mode: PadReflect, Odd: true}, [2]int{0, 3}, "[0 1 2 3 4 5]"},
		{Padding{Mode: PadSymmetric}, [2]int{0, 2}, "[0 1 2 2 1]"},
	} {
		if got := fmt.Sprint(r.o.Pad(x, r.w)); got != r.want {
			t.Errorf("%v by %v: %s, want %s", r.o, r.w, got, r.want)
		}
	}
}
