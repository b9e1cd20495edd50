package jnp_test

import (
	"testing"

	. "github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/trace"
)

func TestCumulative(t *testing.T) {
	runRows(t, []opRow{
		{"CumSum", []string{"x"}, func(a []Array) Array { return CumSum(a[0], 1) },
			"float32[3,4]", []complex128{3, 1.5, 3.5, 4, -2, 2, 3, 2.75, 1.5, 1.5, -1.5, 1}},
		{"CumSum flat", []string{"b"}, func(a []Array) Array { return CumSum(a[0]) },
			"int32[6]", []complex128{1, 1, 2, 2, 2, 2}},
		{"CumProd", []string{"a"}, func(a []Array) Array { return CumProd(a[0], -1) },
			"float32[2,3,4]",
			[]complex128{-2, 3.5, -5.25, 6.5625, -1, 0.75, -0.375, 0.09375, 0, 0, 0, 0, 1, 1.25, 1.875, 3.28125, 2, 4.5,
				11.25, 30.9375, 3, 9.75, 34.125, 127.96875}},
		{"NaNCumSum", []string{"n"}, func(a []Array) Array { return NaNCumSum(a[0], 0) },
			"float32[3,4]", []complex128{3, 0, 2, 0.5, 3, 0, 2, 0.5, 4.5, 0, -1, 0.5}},
		{"CumulativeSum", []string{"i"},
			func(a []Array) Array { return Cumulative{IncludeInitial: true}.CumulativeSum(a[0], 1) },
			"int32[2,4,2]", []complex128{0, 0, 1, -2, 4, 2, 4, 8, 0, 0, 7, 7, -2, 17, 9, 5}},
		{"Diff", []string{"x"}, func(a []Array) Array { return Diff(a[0]) },
			"float32[3,3]", []complex128{-4.5, 3.5, -1.5, 6, -3, -1.25, -1.5, -3, 5.5}},
		{"Diff twice", []string{"a"}, func(a []Array) Array { return Differences{N: 2, Prepend: 1}.Diff(a[0], 1) },
			"float32[2,2,4]", []complex128{4, 3.75, 3.5, 3.25, 0, 0, 0, 0, 1, 0.75, 0.5, 0.25, 0, 0, 0, 0}},
		{"Diff of bools", []string{"m"}, func(a []Array) Array { return Diff(a[0], 0) },
			"bool[2,4]", []complex128{1, 1, 0, 1, 1, 0, 1, 1}},
	})
}

// JAX's types, of every dtype: those of CumSum and CumulativeSum.
func TestCumulativeTypes(t *testing.T) {
	for _, x64 := range []bool{false, true} {
		trace.WithX64(x64, func() {
			wide := func(d DType) DType { return Sum(Zeros(1).AsType(d)).DType() }
			for _, d := range []DType{Bool, Int8, Uint8, Int16, Uint16, Int32, Uint32, Float16, BFloat16, Float32,
				Complex64} {
				x := FromSlice([]int32{1, 2, 3}).AsType(d)
				same := d
				if d == Bool {
					same = wide(d)
				}
				for _, c := range []struct {
					name string
					got  Array
					want DType
				}{
					{"CumSum", CumSum(x), same}, {"CumProd", CumProd(x), same}, {"NaNCumSum", NaNCumSum(x), same},
					{"NaNCumProd", NaNCumProd(x), same}, {"CumulativeSum", CumulativeSum(x), wide(d)},
					{"CumulativeProd", CumulativeProd(x), same},
					{"CumulativeProd from 1", Cumulative{IncludeInitial: true}.CumulativeProd(x), same},
					{"CumulativeProd in int16", Cumulative{DType: Int16}.CumulativeProd(x), Int16},
					{"CumulativeSum in bool", Cumulative{DType: Bool}.CumulativeSum(x), Bool},
				} {
					if c.got.DType() != c.want {
						t.Errorf("%s of %v: %v, want %v", c.name, d, c.got.DType(), c.want)
					}
				}
			}
		})
	}
	if got := CumulativeProd(FromSlice([]uint8{20, 20, 2})); ToSlice[uint8](got)[2] != 32 {
		t.Errorf("CumulativeProd of uint8: %v, want 800 mod 256", got)
	}
}

func TestCumulativeErrors(t *testing.T) {
	x := fixture("x")
	runErrors(t, []errorRow{
		{func() { CumulativeSum(x) }, []string{"jnp.CumulativeSum", "needs the axis"}},
	})
}
