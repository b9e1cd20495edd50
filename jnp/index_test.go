package jnp_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/gojax/gojax/ir"
	. "github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/trace"
	"github.com/gojax/gojax/transforms/jit"
)

// compareIndex checks x.Index, At.Set and At.Add at idx against the reference, eagerly and, if traced, under a trace.
func compareIndex(t *testing.T, shape []int, idx []any, under bool) {
	t.Helper()
	n := ir.SizeOf(shape)
	data := make([]int32, n)
	for i := range data {
		data[i] = int32(i + 1)
	}
	x := FromSlice(data, shape...)
	out, from := reference(shape, idx)
	name := fmt.Sprintf("shape %v index %+v", shape, idx)
	want := make([]int32, len(from))
	v := make([]int32, len(from))
	sum := slices.Clone(data)
	for i, f := range from {
		want[i], v[i] = data[f], int32(1000*(i+1))
		sum[f] += v[i]
	}
	update := FromSlice(v, append([]int{}, out...)...)
	if len(out) == 0 {
		update = FromSlice(v, 1).Reshape()
	}
	li := toIndex(idx)
	got := []Array{x.Index(li...), x.At(li...).Add(update), x.At(li...).Set(update)}
	if under {
		tr := traced(func(x ...Array) []Array {
			return []Array{x[0].Index(li...), x[0].At(li...).Add(x[1]), x[0].At(li...).Set(x[1])}
		}, x, update)
		for i, y := range tr {
			if !slices.Equal(ToSlice[int32](y), ToSlice[int32](got[i])) && i < 2 || !slices.Equal(y.Shape(), got[i].Shape()) {
				t.Errorf("%s: result %d differs under a trace: %v, eagerly %v", name, i, y, got[i])
			}
		}
	}
	if !slices.Equal(got[0].Shape(), append([]int{}, out...)) || !slices.Equal(ToSlice[int32](got[0]), want) {
		t.Errorf("%s: Index gives %v of shape %v, want %v of shape %v", name, ToSlice[int32](got[0]), got[0].Shape(), want, out)
	}
	if !slices.Equal(ToSlice[int32](got[1]), sum) {
		t.Errorf("%s: At.Add gives %v, want %v", name, ToSlice[int32](got[1]), sum)
	}
	// Of several updates of one element any may stay; the others must be as they were.
	set := ToSlice[int32](got[2])
	for e := range set {
		ok := set[e] == data[e] && !slices.Contains(from, e)
		for i, f := range from {
			ok = ok || f == e && set[e] == v[i]
		}
		if !ok {
			t.Errorf("%s: At.Set leaves %d at element %d", name, set[e], e)
		}
	}
	if !slices.Equal(ToSlice[int32](x), data) {
		t.Errorf("%s: x itself has changed", name)
	}
}

// Indexing is NumPy's, on random arrays and indices of every kind.
func TestIndexAgainstReference(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	n := 70
	if testing.Short() {
		n = 20
	}
	for i := range n {
		shape := make([]int, 1+r.IntN(4))
		for d := range shape {
			shape[d] = 1 + r.IntN(4)
		}
		if i%17 == 0 {
			shape[r.IntN(len(shape))] = 0
		}
		compareIndex(t, shape, randomIndex(r, shape), i%4 == 0)
	}
}

// The cases that NumPy's documentation singles out, and masks.
func TestIndexTable(t *testing.T) {
	a := func(v ...int) refArray { return refArray{[]int{len(v)}, v} }
	col := refArray{[]int{2, 1}, []int{0, 2}}
	mask := refMask{[]int{3}, []int{1, 0, 1}}
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
		compareIndex(t, []int{3, 4, 2}, idx, true)
	}
}

// The forms of index beside the reference's.
func TestIndexForms(t *testing.T) {
	x := Arange(12).Reshape(3, 4)
	i := Asarray(1)
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
		{"uint8 positions", x.Index(0, Creation{DType: Uint8}.Asarray([]int{3, 200})), []int32{3, 3}},
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

// What JAX 0.10.2 gives for positions out of bounds, at x = arange(5.) and positions 7, -6, -1.
func TestModes(t *testing.T) {
	x := Arange(5.0)
	at := FromSlice([]int32{7, -6, -1})
	nan := float32(math.NaN())
	eq := func(a, b []float32) bool {
		return slices.EqualFunc(a, b, func(x, y float32) bool { return x == y || x != x && y != y })
	}
	dropped, clipped := []float32{0, 1, 2, 3, 9}, []float32{9, 1, 2, 3, 9}
	for _, c := range []struct {
		mode     Mode
		get, set []float32
		int7     float32 // Get at the Go int 7
	}{
		{Mode(0), []float32{4, 0, 4}, dropped, 4},
		{ModePromiseInBounds, []float32{4, 0, 4}, dropped, 4},
		{ModeClip, []float32{4, 0, 4}, clipped, 4},
		{ModeDrop, []float32{nan, nan, 4}, dropped, nan},
		{ModeFill, []float32{nan, nan, 4}, dropped, nan},
	} {
		r := x.At(at)
		if c.mode != Mode(0) {
			r = r.Mode(c.mode)
		}
		if got := ToSlice[float32](r.Get()); !eq(got, c.get) {
			t.Errorf("%v: Get gives %v, want %v", c.mode, got, c.get)
		}
		if got := ToSlice[float32](r.Set(9)); !eq(got, c.set) {
			t.Errorf("%v: Set gives %v, want %v", c.mode, got, c.set)
		}
		// One position that is an Array takes another way than several, and each update must agree with Set.
		for k, i := range []int{7, -6, -1} {
			s := x.At(Asarray(i)).Mode(c.mode)
			if got := float32(s.Get().Item()); !eq([]float32{got}, c.get[k:k+1]) {
				t.Errorf("%v: Get at %d gives %v, want %v", c.mode, i, got, c.get[k])
			}
			want := ToSlice[float32](x.At(FromSlice([]int32{int32(i)})).Mode(c.mode).Add(10))
			if got := ToSlice[float32](s.Add(10)); !eq(got, want) {
				t.Errorf("%v: Add at %d gives %v, want %v", c.mode, i, got, want)
			}
		}
		if got := float32(x.At(7).Mode(c.mode).Get().Item()); !eq([]float32{got}, []float32{c.int7}) {
			t.Errorf("%v: Get at the Go int 7 gives %v, want %v", c.mode, got, c.int7)
		}
		if got := ToSlice[float32](x.At([]int{7, -6, -1}).Mode(c.mode).Get()); !eq(got, c.get) {
			t.Errorf("%v: Get at a Go slice gives %v, want %v", c.mode, got, c.get)
		}
		for _, i := range []int{7, -6} {
			want := ToSlice[float32](x.At(Asarray(i)).Mode(c.mode).Add(10))
			if got := ToSlice[float32](x.At(i).Mode(c.mode).Add(10)); !eq(got, want) {
				t.Errorf("%v: Add at the Go int %d gives %v, want %v", c.mode, i, got, want)
			}
		}
	}
	if got := ToSlice[float32](x.At(at).FillValue(-1).Get()); !eq(got, []float32{-1, -1, 4}) {
		t.Errorf("FillValue gives %v", got)
	}
	if got := ToSlice[float32](x.At(at).NoWrap().Mode(ModeFill).Get()); !eq(got, []float32{nan, nan, nan}) {
		t.Errorf("NoWrap gives %v", got)
	}
	if got := ToSlice[float32](x.At(FromSlice([]int32{0, 2})).UniqueIndices().IndicesAreSorted().Set(9)); !eq(got, []float32{9, 1, 9, 3, 4}) {
		t.Errorf("promises give %v", got)
	}
	for d, want := range map[DType]string{Int8: "-128", Uint16: "65535", Bool: "True", Int32: "-2147483648"} {
		if got := fmt.Sprint(x.AsType(d).At(Asarray(9)).Mode(ModeFill).Get()); got != want {
			t.Errorf("%v is filled with %s, want %s", d, got, want)
		}
	}
}

// Every update, at positions named twice too; dtypes stay x's. The figures are JAX's.
func TestUpdates(t *testing.T) {
	x := FromSlice([]float32{1, 2, 3, 4})
	twice := FromSlice([]int32{1, 1, 3})
	v := FromSlice([]float32{2, 4, 0.5})
	i := FromSlice([]int32{1, 2, 3, 4})
	mask := x.Gt(2)
	for _, c := range []struct {
		name string
		got  Array
		d    DType
		want []float64
	}{
		{"add", x.At(twice).Add(v), Float32, []float64{1, 8, 3, 4.5}},
		{"sub", x.At(twice).Sub(v), Float32, []float64{1, -4, 3, 3.5}},
		{"mul", x.At(twice).Mul(v), Float32, []float64{1, 16, 3, 2}},
		{"div", x.At(twice).Div(v), Float32, []float64{1, 0.25, 3, 8}},
		{"pow", x.At(twice).Pow(v), Float32, []float64{1, 256, 3, 2}},
		{"min", x.At(twice).Min(v), Float32, []float64{1, 2, 3, 0.5}},
		{"max", x.At(twice).Max(v), Float32, []float64{1, 4, 3, 4}},
		{"div of one", x.At(1).Div(4), Float32, []float64{1, 0.5, 3, 4}},
		{"pow of a slice", x.At(S(1, 3)).Pow(2), Float32, []float64{1, 4, 9, 4}},
		{"apply", x.At(S(1, 3)).Apply(Sqrt), Float32, []float64{1, math.Sqrt2, math.Sqrt(3), 4}},
		{"int set to float", i.At(1).Set(2.5), Int32, []float64{1, 2, 3, 4}},
		{"int plus float", i.At(1).Add(2.5), Int32, []float64{1, 4, 3, 4}},
		{"int plus floats", i.At(twice).Add(v), Int32, []float64{1, 8, 3, 4}},
		{"int divided", i.At(1).Div(2), Float32, []float64{1, 1, 3, 4}},
		{"mask set", x.At(mask).Set(0), Float32, []float64{1, 2, 0, 0}},
		{"mask set to as many", x.At(mask).Set(FromSlice([]float32{7, 8})), Float32, []float64{1, 2, 7, 8}},
		{"mask add", x.At(mask).Add(10), Float32, []float64{1, 2, 13, 14}},
		{"mask div of int", i.At(mask).Div(2), Float32, []float64{1, 2, 1.5, 2}},
		{"pow of a mask beside an int", x.Reshape(2, 2).At(-1, FromSlice([]bool{false, true})).Pow(2).Ravel(), Float32, []float64{1, 2, 3, 16}},
		{"applied twice", x.At(twice).Apply(func(v Array) Array { return v.Mul(2).Add(1) }), Float32, []float64{1, 11, 3, 9}},
		{"every second", x.At(S(nil, nil, 2)).Add(FromSlice([]float32{10, 20})), Float32, []float64{11, 2, 23, 4}},
		{"backwards", x.At(S(nil, nil, -1)).Set(FromSlice([]float32{1, 2, 3, 4})), Float32, []float64{4, 3, 2, 1}},
		{"nothing", x.At(S(2, 2)).Set(5), Float32, []float64{1, 2, 3, 4}},
		{"bool max", mask.At(0).Max(true), Bool, []float64{1, 0, 1, 1}},
	} {
		if c.got.DType() != c.d {
			t.Errorf("%s: dtype %v, want %v", c.name, c.got.DType(), c.d)
		}
		got := ToSlice[float64](c.got.AsType(Float32))
		if !slices.EqualFunc(got, c.want, func(a, b float64) bool { return math.Abs(a-b) < 1e-6*(1+math.Abs(b)) }) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
	// A Set that promotes does not touch the other elements.
	if got := ToSlice[int32](FromSlice([]int32{16777217, 5}).At(1).Set(2.5)); got[0] != 16777217 {
		t.Errorf("Set of a float turned 16777217 into %d", got[0])
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
		{"of nothing", func() { Ones(0, 4).Index(3) }, []string{"Index(float32[0,4])", "index 3 is out of bounds for axis 0 of length 0"}},
		{"update of nothing", func() { Ones(4, 0).At(0, 4).Set(1) }, []string{"jnp.Ref.Set(float32[4,0])", "index 4 is out of bounds for axis 1"}},
		{"array into nothing", func() { Ones(4, 0).Index(All, [][]int{{0}, {4}}) }, []string{"Index(float32[4,0])", "axis 1 has length 0"}},
		{"too many", func() { x.Index(0, 0, 0) }, []string{"2 axes", "3 axes are indexed"}},
		{"two ellipses", func() { x.Index(Ellipsis, Ellipsis) }, []string{"one Ellipsis"}},
		{"float", func() { x.Index(1.5) }, []string{"float64 is not an index"}},
		{"float array", func() { x.Index(x) }, []string{"integer or bool", "AsType"}},
		{"string", func() { x.Index("a") }, []string{`"a" is not an index`}},
		{"nil", func() { x.Index(nil) }, []string{"jnp.NewAxis"}},
		{"function", func() { x.Index(Sum) }, []string{"jnp.All"}},
		{"shapes", func() { x.Index([]int{0, 1}, []int{0, 1, 2}) }, []string{"[2]", "[3]", "broadcast"}},
		{"mask shape", func() { x.Index(FromSlice([]bool{true, false})) }, []string{"[2]", "[3]", "equal"}},
		{"value shape", func() { x.At(0).Set(Ones(3)) }, []string{"jnp.Ref.Set(float32[3,4], float32[3])", "[3] does not broadcast", "[4]"}},
		{"bool add", func() { x.Gt(0).At(0).Add(true) }, []string{"jnp.Ref.Add(bool[3,4], bool[])", "no arithmetic"}},
		{"step", func() { S(nil, nil, 0) }, []string{"jnp.S", "cannot be 0"}},
		{"array in a slice", func() { S(Asarray(1), 3) }, []string{"jnp.S", "jnp.DS"}},
		{"mode", func() { x.At(0).Mode(ModeWrap) }, []string{"jnp.Ref.Mode", "wrap"}},
		{"window", func() { x.Index(DS(2, 4)) }, []string{"a slice of 4 elements", "axis 0"}},
		{"take from nothing", func() { Take(Ones(0, 4), 0, 0) }, []string{"jnp.Take(float32[0,4]", "axis of length 0"}},
		{"take at a huge position", func() { Take(x, 1<<40) }, []string{"jnp.Take", "does not fit int32"}},
		{"take at a float", func() { Take(x, 1.5) }, []string{"jnp.Take(float32[3,4]", "positions must be integers"}},
		{"along a scalar", func() { TakeAlongAxis(x, 7, 0) }, []string{"jnp.TakeAlongAxis(float32[3,4]", "2, not 0"}},
		{"take axis", func() { Take(x, 0, 2) }, []string{"axis 2 is out of range"}},
		{"along", func() { TakeAlongAxis(x, Creation{DType: Int32}.Zeros(2, 1), 1) }, []string{"axis 0", "length 3", "indices 2"}},
		{"traced mask", func() { traced(func(x ...Array) []Array { return []Array{x[0].Index(x[0].Gt(1))} }, x) },
			[]string{"Index(float32[3,4])", "mask bool[3,4] is traced", "jnp.Where"}},
		{"traced mask, many values", func() {
			traced(func(x ...Array) []Array { return []Array{x[0].At(x[0].Gt(1)).Set(Ones(3, 4))} }, x)
		}, []string{"jnp.Ref.Set", "traced", "jnp.Where"}},
		{"traced, of nothing", func() { traced(func(x ...Array) []Array { return []Array{x[0].Index(S(3, 3), 0).Index(5)} }, x) }, []string{"index 5 is out of bounds"}},
		{"traced nonzero", func() { traced(func(x ...Array) []Array { return Nonzero(x[0]) }, x) }, []string{"jnp.Nonzero", "Sized"}},
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

// Under a trace, static positions are slices: no gather, no scatter.
func TestStaticIndexLowersToSlices(t *testing.T) {
	x := Arange(12.0).Reshape(3, 4)
	p, _ := trace.Trace("test", []ir.Aval{x.TraceValue().Aval()}, func(in []*trace.Value) []*trace.Value {
		y := Wrap(in[0])
		return []*trace.Value{y.Index(1, S(nil, nil, 2)).TraceValue(), y.At(2, 3).Set(1).TraceValue(), y.At(S(0, 2), S(nil, nil, -2)).Add(1).TraceValue()}
	})
	if err := p.Verify(); err != nil {
		t.Fatal(err)
	}
	for _, e := range p.Eqns {
		if n := e.Op.Name(); n == "gather" || strings.HasPrefix(n, "scatter") || n == "dynamic_slice" {
			t.Errorf("a static index makes a %s:\n%v", n, p)
		}
	}
}

// A Ref that is printed instead of used says what to do with it.
func TestRefString(t *testing.T) {
	got := fmt.Sprint(Ones(3, 4, 2).At(1, S(nil, nil, -1), Ellipsis))
	if !strings.Contains(got, "float32[3,4,2][1, ::-1, ...]") || !strings.Contains(got, "Set(v)") {
		t.Error(got)
	}
}

func TestTake(t *testing.T) {
	x := Arange(6.0).Reshape(2, 3)
	nan := math.NaN()
	for _, c := range []struct {
		name  string
		got   Array
		shape []int
		want  []float64
	}{
		{"flat", Take(x, []int{5, 0, -1}), []int{3}, []float64{5, 0, 5}},
		{"axis", Take(x, []int{2, 0}, 1), []int{2, 2}, []float64{2, 0, 5, 3}},
		{"negative axis", Take(x, [][]int{{0}, {1}}, -2), []int{2, 1, 3}, []float64{0, 1, 2, 3, 4, 5}},
		{"scalar", x.Take(1, 0), []int{3}, []float64{3, 4, 5}},
		{"out of bounds", Take(x, []int{3, -4, 0}, 1), []int{2, 3}, []float64{nan, nan, 0, nan, nan, 3}},
		{"clip", Taking{Mode: ModeClip}.Take(x, []int{9, -9}, 1), []int{2, 2}, []float64{2, 0, 5, 3}},
		{"wrap", Taking{Mode: ModeWrap}.Take(x, []int{9, -2}, 1), []int{2, 2}, []float64{0, 1, 3, 4}},
		{"fill", Taking{FillValue: -1}.Take(x, 7), []int{}, []float64{-1}},
		{"a Go int out of bounds", Take(x, 6), []int{}, []float64{nan}},
		{"a Go int out of bounds, along", x.Take(3, 1), []int{2}, []float64{nan, nan}},
		{"a Go int before the first", x.Take(-3, 0), []int{3}, []float64{nan, nan, nan}},
		{"a negative Go int", x.Take(-2, 0), []int{3}, []float64{0, 1, 2}},
		{"the least Go int", Take(x, math.MinInt32), []int{}, []float64{nan}},
		{"a Go byte out of bounds", Take(x, uint8(200)), []int{}, []float64{nan}},
		{"a Go int, clipped", Taking{Mode: ModeClip}.Take(x, 7), []int{}, []float64{5}},
		{"a Go int, wrapped", Taking{Mode: ModeWrap}.Take(x, -7), []int{}, []float64{5}},
		{"a scalar out of bounds", Take(Asarray(2.0), 5), []int{}, []float64{nan}},
		{"int32 out of bounds", x.AsType(Int32).Take(6), []int{}, []float64{math.MinInt32}},
		{"uint8 out of bounds", x.AsType(Uint8).Take(6), []int{}, []float64{255}},
		{"bool out of bounds", x.Lt(0).Take(6), []int{}, []float64{1}},
		{"traced", traced(func(x ...Array) []Array { return []Array{x[0].Take(6)} }, x)[0], []int{}, []float64{nan}},
		{"a position of nothing", Take(Ones(0, 3), 5, 1), []int{0}, []float64{}},
		{"none", Take(x, []int{}, 0), []int{0, 3}, []float64{}},
		{"along 1", TakeAlongAxis(x, [][]int{{2}, {0}}, 1), []int{2, 1}, []float64{2, 3}},
		{"along 0", TakeAlongAxis(x, [][]int{{1, 0, -1}}, 0), []int{1, 3}, []float64{3, 1, 5}},
		{"along, broadcast", TakeAlongAxis(x, [][]int{{2, 1}}, 1), []int{2, 2}, []float64{2, 1, 5, 4}},
		{"along, out of bounds", TakeAlongAxis(x, [][]int{{3, -4, -1}}, 1), []int{2, 3}, []float64{nan, nan, 2, nan, nan, 5}},
		{"along, int32 out of bounds", TakeAlongAxis(x.AsType(Int32), [][]int{{9}}, 1), []int{2, 1}, []float64{math.MinInt32, math.MinInt32}},
		{"along flat", TakeAlongAxis(x, []int{4, 9}), []int{2}, []float64{4, nan}},
		{"put", PutAlongAxis(x, [][]int{{2}, {0}}, 9, 1), []int{2, 3}, []float64{0, 1, 9, 9, 4, 5}},
		{"put flat", PutAlongAxis(x, []int{1}, 9), []int{2, 3}, []float64{0, 9, 2, 3, 4, 5}},
		{"nonzero", Nonzero(x.Gt(3))[1], []int{2}, []float64{1, 2}},
		{"nonzero, sized", Sized{Size: 3, FillValue: -1}.Nonzero(x.Gt(3))[0], []int{3}, []float64{1, 1, -1}},
		{"nonzero, fewer", Sized{Size: 1}.FlatNonzero(x), []int{1}, []float64{1}},
		{"argwhere", ArgWhere(x.Gt(3)), []int{2, 2}, []float64{1, 1, 1, 2}},
		{"argwhere of a scalar", ArgWhere(Asarray(1.0)), []int{1, 0}, []float64{}},
	} {
		got := ToSlice[float64](c.got.AsType(Float32))
		same := slices.EqualFunc(got, c.want, func(a, b float64) bool { return a == b || a != a && b != b })
		if !same || !slices.Equal(c.got.Shape(), c.shape) {
			t.Errorf("%s: %v of shape %v, want %v of shape %v", c.name, got, c.got.Shape(), c.want, c.shape)
		}
	}
}
