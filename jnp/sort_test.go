package jnp_test

import (
	"math"
	"testing"

	"github.com/gojax/gojax"
	. "github.com/gojax/gojax/jnp"
)

func TestSort(t *testing.T) {
	runRows(t, []opRow{
		{"Sort", []string{"x"}, func(a []Array) Array { return Sort(a[0]) },
			"float32[3,4]", []complex128{-1.5, 0.5, 2, 3, -2, -0.25, 1, 4, -3, 0, 1.5, 2.5}},
		{"Sort NaN last", []string{"n"}, func(a []Array) Array { return Sort(a[0], 1) },
			"float32[3,4]", []complex128{0.5, 2, 3, nanC, nanC, nanC, nanC, nanC, -3, 0, 1.5, nanC}},
		{"Sort down", []string{"i"}, func(a []Array) Array { return Sorting{Descending: true}.Sort(a[0], 1) },
			"int32[2,3,2]", []complex128{3, 6, 1, 4, 0, -2, 11, 10, 7, 7, -9, -12}},
		{"ArgSort", []string{"q"}, func(a []Array) Array { return ArgSort(a[0]) },
			"int32[7]", []complex128{6, 2, 4, 5, 0, 1, 3}},
		{"ArgSort down", []string{"q"}, func(a []Array) Array { return Sorting{Descending: true}.ArgSort(a[0]) },
			"int32[7]", []complex128{3, 0, 1, 2, 4, 5, 6}},
		{"ArgSort axis", []string{"a"}, func(a []Array) Array { return ArgSort(a[0].Neg(), 0) },
			"int32[2,3,4]", []complex128{1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}},
		{"LexSort", []string{"q", "q"}, func(a []Array) Array { return LexSort([]Array{Arange(7).Neg(), a[0]}) },
			"int32[7]", []complex128{6, 5, 4, 2, 1, 0, 3}},
		{"SearchSorted", []string{"y", "x"}, func(a []Array) Array { return SearchSorted(Sort(a[0]), a[1]) },
			"int32[3,4]", []complex128{3, 1, 3, 1, 0, 4, 2, 1, 2, 1, 0, 3}},
		{"SearchSorted right", []string{"q", "q"},
			func(a []Array) Array { return Search{Right: true}.SearchSorted(Sort(a[0]), a[1]) },
			"int32[7]", []complex128{6, 6, 4, 7, 4, 4, 1}},
		{"SearchSorted NaN", []string{"y", "n"}, func(a []Array) Array { return SearchSorted(Sort(a[0]), a[1]) },
			"int32[3,4]", []complex128{3, 4, 3, 1, 4, 4, 4, 4, 2, 1, 0, 4}},
		{"SearchSorted complex", nil, func([]Array) Array {
			nan := math.NaN()
			a := FromSlice([]complex64{1 + 1i, 1 + 2i, 2 - 1i, 2, complex64(complex(3, nan)),
				complex64(complex(nan, 0))})
			return SearchSorted(a, FromSlice([]complex64{1 + 1i, 1 + 1.5i, 2 + 5i, 0, 3 + 7i,
				complex64(complex(nan, 1))}))
		}, "int32[6]", []complex128{0, 1, 4, 0, 4, 6}},
		{"Digitize down", []string{"x", "y"}, func(a []Array) Array { return Digitize(a[0], Flip(Sort(a[1]))) },
			"int32[3,4]", []complex128{0, 3, 1, 2, 3, 0, 2, 3, 1, 3, 4, 1}},
	})
}

// Vectors long enough to be partitioned and not sorted, along any axis: what is at kth and on either side of it.
func TestPartitionLong(t *testing.T) {
	x := Mod(Arange(600).Mul(77), 101).Reshape(200, 3)
	for _, axis := range []int{0, -1} {
		for _, kth := range []int{0, 70, -1} {
			v := x
			if axis == -1 {
				v = x.T()
			}
			want, y, from := Sort(v, axis), Partition(v, kth, axis), ArgPartition(v, kth, axis)
			k := (kth + 200) % 200
			part := func(a Array, lo, hi int) Array {
				if axis == -1 {
					return a.Index(All, S(lo, hi))
				}
				return a.Index(S(lo, hi))
			}
			for _, got := range []Array{y, TakeAlongAxis(v, from, axis),
				gojax.Vmap(func(v Array) Array { return Partition(v, kth) }, gojax.InAxes(1+axis),
					gojax.OutAxes(1+axis))(v)} {
				for _, b := range [][2]int{{0, k}, {k, k + 1}, {k, 200}} {
					a, w := Sort(part(got, b[0], b[1]), axis), part(want, b[0], b[1])
					if ArrayEqual(a, w).Item() != 1 {
						t.Errorf("axis %d at %d: %v of the elements %v, want %v", axis, kth, a, b, w)
					}
				}
			}
		}
	}
	g := gojax.Grad(func(v Array) Array { return Partition(v, 70).Index(70) })(Arange(200.))
	if g.Index(70).Item() != 1 || Sum(g).Item() != 1 {
		t.Error("the derivative of the element at 70:", g)
	}
}

func TestSortErrors(t *testing.T) {
	x := fixture("x")
	runErrors(t, []errorRow{
		{func() { Sort(x, 2) }, []string{"jnp.Sort(float32[3,4])", "axis 2"}},
		{func() { SearchSorted(x, 1.0) }, []string{"jnp.SearchSorted", "one axis"}},
	})
}

// inf - inf is a NaN whose sign is set on x86. What orders sees no difference.
func TestOrderSeesNoSignOfNaN(t *testing.T) {
	inf := math.Inf(1)
	plus := FromSlice([]float32{1, float32(math.NaN()), 3, float32(-inf), 0, float32(inf), float32(math.NaN()), 2}, 8)
	minus := Where(IsNaN(plus), Neg(Abs(plus)), plus)
	if SignBit(minus).Index(1).Item() != 1 {
		t.Fatal("the NaN has no sign")
	}
	sorted := Sort(plus)
	for _, d := range []DType{Float32, Float64, Float16, BFloat16} {
		for name, f := range map[string]func(x Array) Array{
			"Sort": func(x Array) Array { return Sort(x) }, "ArgSort": func(x Array) Array { return ArgSort(x) },
			"descending":         func(x Array) Array { return Sorting{Descending: true}.Sort(x) },
			"ArgSort descending": func(x Array) Array { return Sorting{Descending: true}.ArgSort(x) },
			"LexSort":            func(x Array) Array { return LexSort([]Array{Ones(8), x}) },
			"Partition":          func(x Array) Array { return Partition(x, 3) },
			"Max":                func(x Array) Array { return Max(x) }, "Min": func(x Array) Array { return Min(x) },
			"ArgMax": func(x Array) Array { return ArgMax(x) }, "ArgMin": func(x Array) Array { return ArgMin(x) },
			"NaNArgMax":    func(x Array) Array { return NaNArgMax(x) },
			"Unique":       func(x Array) Array { return Uniqueness{Size: 8}.Unique(x) },
			"distinct":     func(x Array) Array { return Uniqueness{Size: 8, DistinctNaN: true}.Unique(x) },
			"SearchSorted": func(x Array) Array { return SearchSorted(sorted.AsType(x.DType()), x) },
			"in":           func(x Array) Array { return SearchSorted(Sort(x), 1e3) },
			"Digitize":     func(x Array) Array { return Digitize(sorted.AsType(x.DType()), Sort(x)) },
			"Median":       func(x Array) Array { return NaNMedian(x) },
			"Maximum":      func(x Array) Array { return Maximum(x, 1) },
			"Fmin":         func(x Array) Array { return Fmin(x, 1) },
			"Clip":         func(x Array) Array { return Clip(x, 0, 1) },
			"complex":      func(x Array) Array { return Sort(x.AsType(Complex64).Mul(1i)).Imag() },
		} {
			both := func(x Array) Array { return f(x.AsType(d)) }
			want := both(plus)
			modes := map[string]Array{"eager": both(minus)}
			if d == Float32 {
				modes["Jit"] = gojax.Jit(both)(minus)
				modes["Vmap"] = gojax.Vmap(both)(Stack([]Array{plus, minus})).Index(1)
			}
			for mode, got := range modes {
				if (Tolerance{EqualNaN: true}).ArrayEqual(got, want).Item() != 1 {
					t.Errorf("%s of %v, %s: %v, want %v", name, d, mode, got, want)
				}
			}
		}
	}
	if got := Digitize(AsArray([]float32{0, 5}), Sort(minus)); got.Index(0).Item() != 2 {
		t.Errorf("Digitize with a NaN as last edge: %v", got)
	}
}
