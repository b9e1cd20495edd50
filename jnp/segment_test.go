package jnp_test

import (
	"slices"
	"strings"
	"testing"

	. "github.com/gojax/gojax/jnp"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// Rows of segments that do not exist, with and without buckets and in every mode; the figures are JAX's.
func TestSegmentsOutOfBounds(t *testing.T) {
	data, ids := FromSlice([]int32{1, 2, 3, 4, 5}), FromSlice([]int32{-1, 0, 2, 7, 0})
	for _, bucket := range []int{0, 1, 2, 9} {
		for mode, want := range map[Mode][]int32{
			Mode(0): {7, 0, 3}, ModeDrop: {7, 0, 3}, ModeFill: {7, 0, 3}, ModePromiseInBounds: {7, 0, 3},
			ModeClip: {8, 0, 7},
		} {
			if got := ToSlice[int32](
				Segmenting{BucketSize: bucket, Mode: mode}.SegmentSum(data, ids, 3)); !slices.Equal(got, want) {
				t.Errorf("buckets of %d, %v: %v, want %v", bucket, mode, got, want)
			}
		}
	}
	if got := SegmentMax(Ones(0, 2), []int32{}).Shape(); !slices.Equal(got, []int{0, 2}) {
		t.Errorf("no rows: shape %v", got)
	}
	if got := ToSlice[uint8](SegmentMin(FromSlice([]uint8{3}), []int{1}, 3)); !slices.Equal(got, []uint8{255, 3, 255}) {
		t.Errorf("empty segments of uint8: %v", got)
	}
}

func TestSegmentErrors(t *testing.T) {
	x := Ones(3, 2)
	for _, c := range []struct {
		f    func()
		want []string
	}{
		{func() { SegmentSum(x, []int32{0, 1}, 2) }, []string{"jnp.SegmentSum(float32[3,2], int32[2])", "rows"}},
		{func() { SegmentSum(x, Ones(3), 2) }, []string{"jnp.SegmentSum(float32[3,2], float32[3])", "integers"}},
		{func() { SegmentMin(x, []int32{0, 1, 1}, -2) }, []string{"jnp.SegmentMin", "-2"}},
		{func() { SegmentMax(x, []int32{0, 1, 1}, 2, 3) }, []string{"jnp.SegmentMax", "[2 3]"}},
		{func() { Segmenting{Mode: ModeWrap}.SegmentProd(x, []int32{0, 1, 1}, 2) },
			[]string{"jnp.Segmenting.SegmentProd", "wrap"}},
		{func() {
			trace.Trace("test", []ir.Aval{{Shape: []int{3}, DType: ir.Int32}}, func(in []*trace.Value) []*trace.Value {
				return []*trace.Value{SegmentSum(x, Wrap(in[0])).TraceValue()}
			})
		}, []string{"jnp.SegmentSum", "traced", "last argument"}},
	} {
		err := trace.Try(c.f)
		if err == nil {
			t.Errorf("no error; want %q", c.want)
			continue
		}
		for _, w := range append(c.want, "segment_test.go:") {
			if !strings.Contains(err.Error(), w) {
				t.Errorf("%q does not contain %q", err, w)
			}
		}
	}
}
