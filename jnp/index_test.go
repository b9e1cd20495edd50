package jnp_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	. "github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/trace"
	"github.com/gojax/gojax/transforms/jit"
)

// The cases that NumPy's documentation singles out, and masks.
func TestIndexTable(t *testing.T) {
	a := func(v ...int) refArray { return refArray{[]int{len(v)}, v} }
	col := refArray{[]int{2, 1}, []int{0, 2}}
	mask := refMask{[]int{3}, []int{1, 0, 1}}
	var cases []indexCase
	for _, idx := range [][]any{
		{},
		{a(0, 2), Slice{}, a(1, 0)}, // arrays apart: their axis in front
		{Slice{}, a(0, 2), a(1, 0)}, // arrays together: in place
		{0, Slice{}, a(1, 1)},       // an int beside an array counts as one
		{a(1), NewAxis, a(0)},       // a new axis parts them
		{Ellipsis, a(1, 0)},
		{a(1, 2), Ellipsis, a(0, 1)}, // an ellipsis parts them, even when it stands for no axis
		{a(1, 2), a(0, 1), Ellipsis, a(0, 1)},
		{col, a(0, 1)},
		{mask},
		{Slice{}, refMask{[]int{4}, []int{0, 1, 1, 0}}},
		{mask, 1},
		{mask, Slice{}, a(1)},
		{refMask{[]int{3, 4}, []int{1, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0}}},
		{refMask{[]int{3}, []int{0, 0, 0}}},
		{S(nil, nil, -1), S(3, 0, -2), S(1, nil)},
		{S(2, 2), 0},
		{a(), 1},
		{S(nil, nil, -2), a(1, 0, 1), S(nil, nil, 2)},
	} {
		cases = append(cases, newIndexCase([]int{3, 4, 2}, idx))
	}
	checkIndexes(t, cases)
}

// Bounds and steps as far as Go's ints go are Python's, read and written, beside arrays too.
func TestSlicesOfLargeSteps(t *testing.T) {
	const most, least = math.MaxInt, math.MinInt
	x := Arange(10)
	all := ToSlice[int32](x)
	for _, c := range []struct {
		s    Slice
		want []int32
	}{
		{S(1, nil, most-1), []int32{1}}, {S(1, nil, most), []int32{1}}, {S(nil, nil, least), []int32{9}},
		{S(nil, nil, least+1), []int32{9}}, {S(8, least, -most), []int32{8}}, {S(least, most), all},
		{S(least, nil, most), []int32{0}}, {S(most, least, -3), []int32{9, 6, 3, 0}}, {S(most, nil), nil},
		{S(least, least+1), nil}, {S(-3, most, 2), []int32{7, 9}}, {S(most, most, least), nil},
		{S(nil, uint64(math.MaxUint64), 4), []int32{0, 4, 8}},
	} {
		if got := ToSlice[int32](x.Index(c.s)); !slices.Equal(got, c.want) {
			t.Errorf("%v: %v, want %v", c.s, got, c.want)
		}
		if got := ToSlice[int32](Stack([]Array{x, x}).Index([]int{1}, c.s).Ravel()); !slices.Equal(got, c.want) {
			t.Errorf("%v beside an array: %v, want %v", c.s, got, c.want)
		}
		want := slices.Clone(all)
		for _, i := range c.want {
			want[i] = 99
		}
		if got := ToSlice[int32](x.At(c.s).Set(99)); !slices.Equal(got, want) {
			t.Errorf("%v set: %v, want %v", c.s, got, want)
		}
	}
	trace.WithX64(true, func() {
		if got := x.Index(FromSlice([]uint64{math.MaxUint64, 2})); got.Index(0).Item() != 9 {
			t.Errorf("at the largest uint64: %v, want 9", got)
		}
	})
}

// The forms of index beside the reference's.
func TestIndexForms(t *testing.T) {
	x := Arange(12).Reshape(3, 4)
	i := AsArray(1)
	for _, c := range []struct {
		name string
		got  Array
		want []int32
	}{
		{"All", x.Index(All, 1), []int32{1, 5, 9}},
		{"no index", x.Index(), ToSlice[int32](x)},
		{"Go slices", x.Index([]int{2, 0}, []int{1, 1}), []int32{9, 1}},
		{"nested Go slices", x.Index([][]int{{2}, {0}}, []int{1, 3}), []int32{9, 11, 1, 3}},
		{"Go bools", x.Index([]bool{false, false, true}), []int32{8, 9, 10, 11}},
		{"empty Go slice", x.Index([]int{}), []int32{}},
		{"small ints", x.Index(uint8(2), int64(-1)), []int32{11}},
		{"scalar Array", x.Index(i), []int32{4, 5, 6, 7}},
		{"DS", x.Index(1, DS(1, 2)), []int32{5, 6}},
		{"DS of an Array", x.Index(DS(i, 2), 0), []int32{4, 8}},
		{"true", x.Index(true, 0), []int32{0, 1, 2, 3}},
		{"false", x.Index(false), []int32{}},
		{"set at true", x.At(true, 0, 0).Set(5).Index(0), []int32{5, 1, 2, 3}},
		{"uint8 positions", x.Index(0, Creation{DType: Uint8}.AsArray([]int{3, 200})), []int32{3, 3}},
		{"mask of part", x.Index(1, FromSlice([]bool{true, false, false, true})), []int32{4, 7}},
		{"add at DS", x.At(DS(i, 2), 0).Add(10).Index(All, 0), []int32{0, 14, 18}},
	} {
		if got := ToSlice[int32](c.got); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
	if s := x.Index(true).Shape(); !slices.Equal(s, []int{1, 3, 4}) {
		t.Errorf("x[True] has shape %v", s)
	}
}

// Mistakes name the user's line, what is wrong and a way out.
func TestIndexErrors(t *testing.T) {
	x := Arange(12.0).Reshape(3, 4)
	for _, c := range []struct {
		name string
		f    func()
		want []string
	}{
		{"of nothing", func() { Ones(0, 4).Index(3) },
			[]string{"Index(float32[0,4])", "index 3 is out of bounds for axis 0 of length 0"}},
		{"update of nothing", func() { Ones(4, 0).At(0, 4).Set(1) },
			[]string{"jnp.Ref.Set(float32[4,0])", "index 4 is out of bounds for axis 1"}},
		{"array into nothing", func() { Ones(4, 0).Index(All, [][]int{{0}, {4}}) },
			[]string{"Index(float32[4,0])", "axis 1 has length 0"}},
		{"too many", func() { x.Index(0, 0, 0) }, []string{"2 axes", "3 axes are indexed"}},
		{"two ellipses", func() { x.Index(Ellipsis, Ellipsis) }, []string{"one Ellipsis"}},
		{"float", func() { x.Index(1.5) }, []string{"float64 is not an index"}},
		{"float array", func() { x.Index(x) }, []string{"integer or bool", "AsType"}},
		{"string", func() { x.Index("a") }, []string{`"a" is not an index`}},
		{"nil", func() { x.Index(nil) }, []string{"jnp.NewAxis"}},
		{"function", func() { x.Index(Sum) }, []string{"jnp.All"}},
		{"shapes", func() { x.Index([]int{0, 1}, []int{0, 1, 2}) }, []string{"[2]", "[3]", "broadcast"}},
		{"mask shape", func() { x.Index(FromSlice([]bool{true, false})) }, []string{"[2]", "[3]", "equal"}},
		{"value shape", func() { x.At(0).Set(Ones(3)) },
			[]string{"jnp.Ref.Set(float32[3,4], float32[3])", "[3] does not broadcast", "[4]"}},
		{"bool add", func() { x.Gt(0).At(0).Add(true) }, []string{"jnp.Ref.Add(bool[3,4], bool[])", "no arithmetic"}},
		{"step", func() { S(nil, nil, 0) }, []string{"jnp.S", "cannot be 0"}},
		{"array in a slice", func() { S(AsArray(1), 3) }, []string{"jnp.S", "jnp.DS"}},
		{"mode", func() { x.At(0).Mode(ModeWrap) }, []string{"jnp.Ref.Mode", "wrap"}},
		{"window", func() { x.Index(DS(2, 4)) }, []string{"a slice of 4 elements", "axis 0"}},
		{"take from nothing", func() { Take(Ones(0, 4), 0, 0) }, []string{"jnp.Take(float32[0,4]", "axis of length 0"}},
		{"take at a huge position", func() { Take(x, 1<<40) }, []string{"jnp.Take", "does not fit int32"}},
		{"take at a float", func() { Take(x, 1.5) }, []string{"jnp.Take(float32[3,4]", "positions must be integers"}},
		{"along a scalar", func() { TakeAlongAxis(x, 7, 0) }, []string{"jnp.TakeAlongAxis(float32[3,4]", "2, not 0"}},
		{"take axis", func() { Take(x, 0, 2) }, []string{"axis 2 is out of range"}},
		{"along", func() { TakeAlongAxis(x, Creation{DType: Int32}.Zeros(2, 1), 1) },
			[]string{"axis 0", "length 3", "indices 2"}},
		{"traced mask", func() { traced(func(x ...Array) []Array { return []Array{x[0].Index(x[0].Gt(1))} }, x) },
			[]string{"Index(float32[3,4])", "mask bool[3,4] is traced", "jnp.Where"}},
		{"traced mask, many values", func() {
			traced(func(x ...Array) []Array { return []Array{x[0].At(x[0].Gt(1)).Set(Ones(3, 4))} }, x)
		}, []string{"jnp.Ref.Set", "traced", "jnp.Where"}},
		{"traced, of nothing",
			func() { traced(func(x ...Array) []Array { return []Array{x[0].Index(S(3, 3), 0).Index(5)} }, x) },
			[]string{"index 5 is out of bounds"}},
		{"traced nonzero", func() { traced(func(x ...Array) []Array { return Nonzero(x[0]) }, x) },
			[]string{"jnp.Nonzero", "Sized"}},
	} {
		err := trace.Try(c.f)
		if err == nil {
			t.Errorf("%s: no error", c.name)
			continue
		}
		for _, w := range append(c.want, "index_test.go:") {
			if !strings.Contains(err.Error(), w) {
				t.Errorf("%s: %q does not contain %q", c.name, err, w)
			}
		}
	}
}

// New positions, slices of the same length and new values do not compile again.
func TestIndexCompilesOnce(t *testing.T) {
	x := Arange(20.0).Reshape(5, 4)
	loop := func(lo, hi int) {
		for i := lo; i < hi; i++ {
			x.Index(i)
			x.Index(i, -1)
			x.Index(S(i, i+2))
			x.At(i, 0).Set(float64(i))
			x.At(i).Add(i)
			x.Index([]int{i, 0})
			x.At(S(i, i+2), 1).Mul(0.5)
		}
	}
	loop(0, 1)
	allow := jit.ForbidCompiles()
	defer allow()
	loop(1, 4)
}
