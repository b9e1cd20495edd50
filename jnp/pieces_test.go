package jnp_test

import (
	"fmt"
	"strings"
	"testing"

	. "github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/trace"
)

// TestPieceErrors is the errors of the set functions, the histograms, and those that put in, leave out and choose elements.
func TestPieceErrors(t *testing.T) {
	x, y, i, b := fixture("x"), fixture("y"), Arange(4), FromSlice([]bool{true, false, true, true})
	traced := func(x Array, f func(x Array)) func() {
		return func() {
			trace.Trace("Jit", trace.Avals([]*trace.Value{x.TraceValue()}), func(v []*trace.Value) []*trace.Value { f(Wrap(v[0])); return v })
		}
	}
	for _, r := range []struct {
		f    func()
		want []string
	}{
		{traced(y, func(y Array) { Intersect1D(y, y) }), []string{"jnp.Intersect1D(float32[4], float32[4])", "traced", "Size: n"}},
		{traced(y, func(y Array) { SetDiff1D(y, y) }), []string{"jnp.SetDiff1D", "Size: n"}},
		{func() { Uniqueness{Size: -1}.SetXor1D(y, y) }, []string{"jnp.SetXor1D", "Size is -1"}},
		{func() { BinCount(y) }, []string{"jnp.BinCount(float32[4])", "integers"}},
		{traced(i, func(i Array) { BinCount(i) }), []string{"jnp.BinCount(int32[4])", "Length: n"}},
		{func() { Counting{Weights: x}.BinCount(i) }, []string{"jnp.BinCount(int32[4], float32[3,4])", "one weight"}},
		{func() { Histograms{Bins: "auto"}.Histogram(y) }, []string{"jnp.Histogram(float32[4])", `"auto"`}},
		{func() { Histograms{Bins: x}.Histogram(y) }, []string{"jnp.Histogram(float32[4], float32[3,4])", "[3,4]"}},
		{func() { Histogram(Zeros(0)) }, []string{"jnp.Histogram(float32[0])", "no elements"}},
		{func() { HistogramDD(y) }, []string{"jnp.HistogramDD(float32[4])", "rows of a matrix"}},
		{func() { Histograms{Bins: []any{1, 2, 3}}.Histogram2D(y, y) }, []string{"jnp.Histogram2D", "3 entries for 2 dimensions"}},
		{func() { Insert(x, 1.5, 0) }, []string{"jnp.Insert(float32[3,4]", "integer"}},
		{func() { Insert(y, []int{1, 2}, []float32{1, 2, 3}) }, []string{"jnp.Insert", "3 values do not go with 2 positions"}},
		{func() { Delete(y, 4) }, []string{"jnp.Delete(float32[4])", "position 4"}},
		{func() { Delete(x, b, 0) }, []string{"jnp.Delete(float32[3,4], bool[4])", "[4]"}},
		{traced(i, func(i Array) { Delete(y, i) }), []string{"jnp.Delete(float32[4], int32[4])", "UniqueIndices"}},
		{func() { Resize(y, 2, -1) }, []string{"jnp.Resize", "-1"}},
		{traced(y, func(y Array) { TrimZeros(y) }), []string{"jnp.TrimZeros(float32[4])", "traced"}},
		{func() { Choose(y, y) }, []string{"jnp.Choose(float32[4], float32[4])", "integers"}},
		{func() { Choose(i, y, y) }, []string{"jnp.Choose", "position 2", "ModeWrap"}},
		{func() { Put(y, 1.5, 0) }, []string{"jnp.Put(float32[4]", "integers"}},
		{func() { Place(y, x, 1) }, []string{"jnp.Place", "12 elements and the array 4"}},
		{func() { FillDiagonal(y, 1) }, []string{"jnp.FillDiagonal", "two axes"}},
		{func() { Compress(b, x, 0) }, []string{"jnp.Compress(bool[4], float32[3,4])", "true at 3"}},
		{func() { Sized{Size: 9}.Compress(b, y) }, []string{"jnp.Compress", "Size is 9"}},
		{func() { RavelMultiIndex([]Array{i}, []int{3}) }, []string{"jnp.RavelMultiIndex(int32[4])", "position 3"}},
		{func() { RavelMultiIndex([]Array{i}, []int{3, 4}) }, []string{"1 arrays of positions", "[3,4]"}},
		{func() { UnravelIndex(y, 2, 2) }, []string{"jnp.UnravelIndex(float32[4])", "integers"}},
		{func() { Ix(x) }, []string{"jnp.Ix(float32[3,4])", "vectors"}},
		{func() { ApplyAlongAxis(Neg, 2, x) }, []string{"jnp.ApplyAlongAxis(float32[3,4])", "axis 2"}},
		{func() { ApplyOverAxes(func(x Array, _ int) Array { return x.Sum() }, x, 0) }, []string{"jnp.ApplyOverAxes", "0 axes"}},
		{func() { Piecewise(y, []Array{b}, 1, 2, 3) }, []string{"jnp.Piecewise", "3 functions do not go with 1"}},
	} {
		err := trace.Try(r.f)
		if err == nil {
			t.Errorf("no error; want %q", r.want)
			continue
		}
		if !strings.HasPrefix(err.Error(), "pieces_test.go:") {
			t.Errorf("not at the user's line: %v", err)
		}
		for _, w := range r.want {
			if !strings.Contains(err.Error(), w) {
				t.Errorf("%v\n\twant %q in it", err, w)
			}
		}
	}
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
