package ops_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/tests/fails"
	"github.com/gojax/gojax/trace"
)

func counts(n int, d ir.DType) fn {
	return one(func(x *trace.Value) *trace.Value { return ops.BinCount(x, n, d) })
}

// Whether there is a kernel or not, and however the kernel cuts a row.
func TestBinCount(t *testing.T) {
	for k, d := range []ir.DType{ir.Int32, ir.Int64, ir.Uint32, ir.Int8} {
		for _, shape := range [][]int{{0}, {1}, {3, 50}, {40001}} {
			for _, bins := range []int{0, 5, 600} {
				as := []ir.DType{ir.Int32, ir.Int64}[(k+bins)%2]
				x := ramp(d, 0, 0, shape...)
				n := shape[len(shape)-1]
				want := ramp(as, 0, 0, append(shape[:len(shape)-1:len(shape)-1], bins)...)
				for i := range x.e {
					v := int64(i*i%11) - 2
					if !d.IsSigned() {
						v = max(v, 0)
					}
					x.e[i] = ir.IntLit(v, d)
					if b := int(max(v, 0)); b < bins {
						at := i/n*bins + b
						want.e[at] = ir.IntLit(want.e[at].Int()+1, as)
					}
				}
				what, f, in := fmt.Sprint(d, shape, bins), counts(bins, as), []arr{x}
				if s := runBoth(t, f, in)[0].closeTo(want, 0); s != "" {
					t.Error(what, s)
				}
				if len(x.e) == 0 || len(want.e) == 0 || len(x.e) > 1000 {
					continue
				}
				if s := want.decode(withoutKernels(t, f, in)[0]).closeTo(want, 0); s != "" {
					t.Error(what, "without kernels", s)
				}
			}
		}
	}
}

func TestBinCountRules(t *testing.T) {
	x := nums(ir.Int32, []int{2, 4}, 0, 1, 1, -3, 4, 9, 2, 1)
	checkVmap(t, counts(3, ir.Int32), []arr{x})
	fails.With(t, func() { ops.BinCount(vec(ir.Float32, 1).put(), 3, ir.Int32) }, "bin_count_test.go", "float32")
	fails.With(t, func() { ops.BinCount(nums(ir.Int32, nil, 1).put(), 3, ir.Int32) }, "counts the elements of vectors")
	fails.With(t, func() { ops.BinCount(x.put(), 3, ir.Int8) }, "counts the elements of vectors")
}

// Many updates of few places are added up by a kernel. Whole numbers, so that every order of sums gives the same.
func TestScatterAddMany(t *testing.T) {
	for k, d := range []ir.DType{ir.Float32, ir.Float64, ir.Int32, ir.Int64, ir.Uint32, ir.Uint64} {
		index := []ir.DType{ir.Int32, ir.Int64, ir.Uint8}[k%3]
		for _, bins := range []int{1, 9, 1500} {
			const n = 40003
			x, at, up := ramp(d, 3, 2, bins), ramp(index, 0, 0, n, 1), ramp(d, 0, 0, n)
			sums := make([]float64, bins)
			for i := range at.e {
				place := i*7%(bins+4) - 2
				if index == ir.Uint8 {
					place = max(place, 0) % 256
				}
				at.e[i], up.e[i] = ir.IntLit(int64(place), index), nums(d, nil, float64(i%5)).e[0]
				if place >= 0 && place < bins {
					sums[place] += float64(i % 5)
				}
			}
			for i := range sums {
				sums[i] += 3 + 2*float64(i)
			}
			if s := runBoth(t, f3(addMany), []arr{x, at, up})[0].closeTo(vec(d, sums...), 0); s != "" {
				t.Error(d, index, bins, s)
			}
		}
	}
}

func addMany(x, i, u *trace.Value) *trace.Value {
	return ops.ScatterAdd(x, i, u, ops.ScatterDims{InsertedWindowDims: []int{0}, ScatterDimsToOperandDims: []int{0}},
		ops.ScatterOptions{})
}

// Where nothing is added, -0 stays; NaN and infinities reach their places alone.
func TestScatterAddEnds(t *testing.T) {
	const n = 1 << 16
	for _, d := range []ir.DType{ir.Float32, ir.Float64} {
		zero := math.Copysign(0, -1)
		x, at, up := vec(d, zero, zero, 1, 1, 1), ramp(ir.Int32, 0, 0, n, 1), ramp(d, 0, 0, n)
		for i := range at.e {
			place := 1 + i%4
			at.e[i] = ir.IntLit(int64(place), ir.Int32)
			up.e[i] = ir.FloatLit([]float64{0, zero, inf, nan, 0}[place], d)
			if place == 4 && i%8 == 3 {
				up.e[i] = ir.FloatLit(-inf, d)
			}
		}
		y := runBoth(t, f3(addMany), []arr{x, at, up})[0]
		if s := y.closeTo(vec(d, zero, zero, inf, nan, -inf), 0); s != "" || !math.Signbit(y.e[0].Float()) ||
			!math.Signbit(y.e[1].Float()) {
			t.Error(d, s, y)
		}
	}
}

func ExampleBinCount() {
	show(ops.BinCount(value([]int32{1, 0, 1, 7, -2}), 3, ir.Int32))
	// Output: [2 2 0]
}
