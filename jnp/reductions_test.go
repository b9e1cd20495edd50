package jnp_test

import (
	"testing"

	"github.com/gojax/gojax"
	. "github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/trace"
)

func TestReductions(t *testing.T) {
	runRows(t, []opRow{
		{"Sum", []string{"x"}, func(a []Array) Array { return Sum(a[0]) },
			"float32[]", []complex128{7.75}},
		{"Sum, axis 0", []string{"x"}, func(a []Array) Array { return Sum(a[0], 0) },
			"float32[4]", []complex128{2.5, 2.5, 0, 2.75}},
		{"Sum, axes -1 0 of 3", []string{"a"}, func(a []Array) Array { return Sum(a[0], -1, 0) },
			"float32[3]", []complex128{-1, 7, 15}},
		{"Sum kept", []string{"a"}, func(a []Array) Array { return Reduction{KeepDims: true}.Sum(a[0], 1) },
			"float32[2,1,4]", []complex128{-3, -2.25, -1.5, -0.75, 6, 6.75, 7.5, 8.25}},
		{"Sum over no axis", []string{"x"}, func(a []Array) Array { return Sum(a[0], []int{}...) },
			"float32[3,4]", []complex128{3, -1.5, 2, 0.5, -2, 4, 1, -0.25, 1.5, 0, -3, 2.5}},
		{"Sum of bools counts", []string{"b"}, func(a []Array) Array { return Sum(a[0]) },
			"int32[]", []complex128{2}},
		{"Sum as float32", []string{"i"}, func(a []Array) Array { return Reduction{DType: Float32}.Sum(a[0], 0) },
			"float32[3,2]", []complex128{8, 5, -6, 14, 11, -6}},
		{"Sum where and initial", []string{"x", "m"},
			func(a []Array) Array { return Reduction{Where: a[1], Initial: 10}.Sum(a[0], 1) },
			"float32[3]", []complex128{15.5, 15, 14}},
		{"Sum of none", []string{"e"}, func(a []Array) Array { return Sum(a[0], 0) },
			"float32[3]", []complex128{0, 0, 0}},
		{"Prod", []string{"x"}, func(a []Array) Array { return Prod(a[0], 1) },
			"float32[3]", []complex128{-4.5, 2, -0}},
		{"Prod complex", []string{"z"}, func(a []Array) Array { return Prod(a[0], 0) },
			"complex64[3]", []complex128{complex(1.5, 0.5), complex(0, -2), complex(-6, 3)}},
		{"Max", []string{"x"}, func(a []Array) Array { return Max(a[0], 0) },
			"float32[4]", []complex128{3, 4, 2, 2.5}},
		{"Max where", []string{"x", "m"},
			func(a []Array) Array { return Reduction{Where: a[1], Initial: -1}.Max(a[0], 0) },
			"float32[4]", []complex128{3, 4, 2, 2.5}},
		{"Max with NaN", []string{"n"}, func(a []Array) Array { return Max(a[0], 1) },
			"float32[3]", []complex128{nanC, nanC, nanC}},
		{"Max of ints", []string{"i"}, func(a []Array) Array { return Max(a[0], 2, 1) },
			"int32[2]", []complex128{6, 11}},
		{"Min", []string{"i"}, func(a []Array) Array { return Min(a[0], 0) },
			"int32[3,2]", []complex128{1, -2, -9, 4, 0, -12}},
		{"All", []string{"b"}, func(a []Array) Array { return All(a[0], 0) },
			"bool[3]", []complex128{0, 0, 0}},
		{"Any", []string{"x"}, func(a []Array) Array { return Any(a[0], 1) },
			"bool[3]", []complex128{1, 1, 1}},
		{"Any of none", []string{"e"}, func(a []Array) Array { return Any(a[0], 0) },
			"bool[3]", []complex128{0, 0, 0}},
		{"CountNonzero", []string{"x"}, func(a []Array) Array { return CountNonzero(a[0], 1) },
			"int32[3]", []complex128{4, 4, 3}},
		{"PTP", []string{"i"}, func(a []Array) Array { return PTP(a[0], 0) },
			"int32[3,2]", []complex128{6, 9, 12, 6, 11, 18}},
		{"NaNSum", []string{"n"}, func(a []Array) Array { return NaNSum(a[0], 1) },
			"float32[3]", []complex128{5.5, 0, -1.5}},
		{"NaNProd", []string{"n"}, func(a []Array) Array { return NaNProd(a[0], 0) },
			"float32[4]", []complex128{4.5, 0, -6, 0.5}},
		{"NaNMax", []string{"n"}, func(a []Array) Array { return NaNMax(a[0], 1) },
			"float32[3]", []complex128{3, nanC, 1.5}},
		{"NaNMin", []string{"n"}, func(a []Array) Array { return NaNMin(a[0], 0) },
			"float32[4]", []complex128{1.5, 0, -3, 0.5}},
	})
}

// Derivatives of a product of which none, one or two factors are 0, and of one whose partial products exceed float16.
func TestProductsOfZeros(t *testing.T) {
	trace.WithX64(true, func() {
		prod := func(x Array) Array { return Prod(x) }
		last := func(x Array) Array { return CumProd(x).Index(-1) }
		all := func(f func(x Array) Array) func(x Array) [4]Array {
			return gojax.Jit(func(x Array) [4]Array {
				df := gojax.Grad(f)
				return [4]Array{df(x), gojax.JacFwd(f)(x), gojax.Hessian(f)(x), gojax.JacRev(df)(x)}
			})
		}
		for name, f := range map[string]func(x Array) [4]Array{"Prod": all(prod), "CumProd": all(last)} {
			for _, v := range [][]float64{{2, -1, 3, 5}, {2, 0, 3, 5}, {2, 0, 3, 0}, {0, 0, 3, 0}} {
				first, second := make([]float64, 4), make([]float64, 16)
				for i := range first {
					first[i] = 1
					for k, x := range v {
						if k != i {
							first[i] *= x
						}
					}
					for j := range first {
						if i == j {
							continue
						}
						second[4*i+j] = 1
						for k, x := range v {
							if k != i && k != j {
								second[4*i+j] *= x
							}
						}
					}
				}
				for i, got := range f(FromSlice(v)) {
					want := FromSlice(first)
					if i > 1 {
						want = FromSlice(second, 4, 4)
					}
					if !ItemOf[bool](ArrayEqual(got, want)) {
						t.Errorf("%s of %v: derivative %d is %v, want %v", name, v, i, got, want)
					}
				}
			}
		}
		x := FromSlice([]float64{1000, 1000, 0.01, 0.01}).AsType(Float16)
		want := gojax.Grad(prod)(x.AsType(Float64))
		for name, f := range map[string]func(x Array) Array{"Prod": prod, "CumProd": last,
			"SegmentProd": func(x Array) Array { return SegmentProd(x, []int{0, 0, 0, 0}, 1).Index(0) }} {
			if got := gojax.Grad(f)(x).AsType(Float64); !ItemOf[bool](Tolerance{RTol: 2e-3}.AllClose(got, want)) {
				t.Errorf("the derivative of %s of float16: %v, want %v", name, got, want)
			}
		}
	})
}

func TestReductionsErrors(t *testing.T) {
	x, y, i, e := fixture("x"), fixture("y"), fixture("i"), fixture("e")
	runErrors(t, []errorRow{
		{func() { Sum(x, 2) }, []string{"jnp.Sum(float32[3,4])", "axis 2 is out of range"}},
		{func() { Sum(x, 0, -2) }, []string{"jnp.Sum", "named twice"}},
		{func() { Max(e, 0) }, []string{"jnp.Max(float32[0,3])", "no elements along axes [0]"}},
		{func() { Reduction{Where: x.Gt(0)}.Min(x) }, []string{"jnp.Reduction.Min", "Where needs Initial"}},
		{func() { Reduction{Where: x}.Sum(x) }, []string{"jnp.Reduction.Sum", "bool array", "float32[3,4]"}},
		{func() { Reduction{DDof: 1}.Sum(x) }, []string{"jnp.Reduction.Sum", "DDof", "does not apply"}},
		{func() { Reduction{Where: fixture("b")}.Sum(x) }, []string{"jnp.Reduction.Sum", "cannot be broadcast"}},
		{func() { Reduction{Initial: y}.Sum(x) }, []string{"Initial must be a scalar"}},
		{func() { i.Sum(0, 1, 2, 3) }, []string{"jnp.Sum(int32[2,3,2])", "axis 3"}},
		{func() { Array{}.Sum() }, []string{"jnp.Sum", "never set"}},
	})
}
