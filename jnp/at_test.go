package jnp_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/gojax/gojax"
	. "github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/trace"
)

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
			s := x.At(AsArray(i)).Mode(c.mode)
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
			want := ToSlice[float32](x.At(AsArray(i)).Mode(c.mode).Add(10))
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
	if got := ToSlice[float32](x.At(FromSlice([]int32{0, 2})).UniqueIndices().IndicesAreSorted().Set(9)); !eq(got,
		[]float32{9, 1, 9, 3, 4}) {
		t.Errorf("promises give %v", got)
	}
	for d, want := range map[DType]string{Int8: "-128", Uint16: "65535", Bool: "True", Int32: "-2147483648"} {
		if got := fmt.Sprint(x.AsType(d).At(AsArray(9)).Mode(ModeFill).Get()); got != want {
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
		{"int set to a whole float", i.At(1).Set(7.0), Int32, []float64{1, 7, 3, 4}},
		{"int plus a whole float", i.At(twice).Add(2.0), Int32, []float64{1, 6, 3, 6}},
		{"int divided by floats", i.At(twice).Div(v), Float32, []float64{1, 0.25, 3, 8}},
		{"int divided by a fraction", i.At(1).Div(2.5), Float32, []float64{1, 0.8, 3, 4}},
		{"bool set to 1", mask.At(0).Set(1), Bool, []float64{1, 0, 1, 1}},
		{"int divided", i.At(1).Div(2), Float32, []float64{1, 1, 3, 4}},
		{"mask set", x.At(mask).Set(0), Float32, []float64{1, 2, 0, 0}},
		{"mask set to as many", x.At(mask).Set(FromSlice([]float32{7, 8})), Float32, []float64{1, 2, 7, 8}},
		{"mask add", x.At(mask).Add(10), Float32, []float64{1, 2, 13, 14}},
		{"mask div of int", i.At(mask).Div(2), Float32, []float64{1, 2, 1.5, 2}},
		{"pow of a mask beside an int", x.Reshape(2, 2).At(-1, FromSlice([]bool{false, true})).Pow(2).Ravel(), Float32,
			[]float64{1, 2, 3, 16}},
		{"applied twice", x.At(twice).Apply(func(v Array) Array { return v.Mul(2).Add(1) }), Float32,
			[]float64{1, 11, 3, 9}},
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
	// A whole float is an integer beside integers.
	if got := ToSlice[int32](FromSlice([]int32{16777217, 5}).At(0).Mul(3.0)); got[0] != 3*16777217 {
		t.Errorf("16777217 times 3.0: %d", got[0])
	}
}

// What an array's dtype does not hold is refused, not cut.
func TestUpdatesThatWouldBeCut(t *testing.T) {
	i, b, x := Arange(5), Zeros(5).AsType(Bool), Ones(5)
	at := FromSlice([]int32{0, 1})
	var rows []errorRow
	for name, f := range map[string]func(r Ref, v any) Array{
		"Set": Ref.Set, "Add": Ref.Add, "Sub": Ref.Sub, "Mul": Ref.Mul, "Min": Ref.Min, "Max": Ref.Max, "Pow": Ref.Pow,
	} {
		for _, r := range []Ref{i.At(0), i.At(at), i.At(S(0, 2)), i.At(i.Lt(2)), i.AsType(Uint8).At(0)} {
			for _, v := range []any{2.7, math.NaN(), float32(0.5), FromSlice([]float32{1, 2}).Index(0), 1i} {
				rows = append(rows, errorRow{func() { f(r, v) }, []string{"jnp.Ref." + name, "AsType"}})
			}
		}
		rows = append(rows, errorRow{func() { f(x.At(0), 1+1i) }, []string{"jnp.Ref." + name, "AsType"}})
	}
	rows = append(rows, errorRow{func() { b.At(0).Set(2) }, []string{"jnp.Ref.Set", "AsType"}},
		errorRow{func() { b.At(0).Set(i) }, []string{"jnp.Ref.Set", "AsType"}})
	runErrors(t, rows)
}

// Derivatives at positions out of bounds, static and not, are those of what the mode makes of them.
func TestModesHaveDerivatives(t *testing.T) {
	x := FromSlice([]float64{1, 2, 3, 4, 5})
	w := FromSlice([]float64{1, -2, 4, 0.5, 3})
	trace.WithX64(true, func() {
		x, w := x.AsType(Float64), w.AsType(Float64)
		for _, idx := range []any{7, -9, 4, math.MaxInt, math.MinInt, AsArray(7), AsArray(-9), []int{7, -9, 1},
			FromSlice([]int32{-6, 3, 5}), DS(3, 3), DS(-9, 3), DS(AsArray(4), 3), DS(AsArray(-9), 2)} {
			for _, m := range []Mode{Mode(0), ModeClip, ModeFill} {
				at := func(x Array) Ref {
					r := x.At(idx)
					if m != Mode(0) {
						r = r.Mode(m)
					}
					if m >= ModeDrop {
						r = r.FillValue(0.5)
					}
					return r
				}
				for name, f := range map[string]func(x Array) Array{
					"Get": func(x Array) Array { y := at(x).Get(); return y.Mul(w.Index(S(0, max(1, y.Size())))) },
					"Set": func(x Array) Array { return at(x).Set(x.Index(0).Mul(3)).Mul(w) },
					"Add": func(x Array) Array { return at(x).Add(x.Index(0).Mul(3)).Mul(w) },
					"Mul": func(x Array) Array { return at(x).Mul(x.Index(0).Mul(3)).Mul(w) },
				} {
					sum := func(x Array) Array { return f(x).Sum() }
					all := gojax.Jit(func(x Array) [3]Array {
						step := func(e Array) Array { return sum(x.Add(e)).Sub(sum(x.Sub(e))) }
						return [3]Array{gojax.Grad(sum)(x), gojax.JacFwd(sum)(x), gojax.Vmap(step)(Eye(5).Mul(0.5))}
					})(x)
					for i, got := range all[:2] {
						if !ItemOf[bool](AllClose(got, all[2])) {
							t.Errorf("%v, %v: derivative %d of %s is %v, want %v", x.At(idx), m, i, name, got, all[2])
						}
					}
				}
			}
		}
	})
}

// Derivatives of products whose factors are 0, once and several times, are those of the product written out.
func TestUpdatesByRepeatedProducts(t *testing.T) {
	at := FromSlice([]int32{1, 3, 1, 9, -1, 3, 3, -2})
	hit := Equal(ExpandDims(Where(at.Lt(0), at.Add(5), at), 0), ExpandDims(Arange(5), 1))
	product := func(u Array) Array { return Prod(Where(hit, ExpandDims(u, 0), 1), 1) }
	w := FromSlice([]float64{1, -2, 3, 0.5, 4})
	trace.WithX64(true, func() {
		for _, c := range []struct {
			name    string
			f, want func(x, u Array) Array
		}{
			{"Mul", func(x, u Array) Array { return x.At(at).Mul(u) },
				func(x, u Array) Array { return x.Mul(product(u)) }},
			{"Div", func(x, u Array) Array { return x.At(at).Div(u.Add(1)) },
				func(x, u Array) Array { return x.Div(product(u.Add(1))) }},
			{"Pow", func(x, u Array) Array { return x.At(at).Pow(u.Add(0.5)) }, func(x, u Array) Array {
				p := product(u.Add(0.5))
				y := func(i int) Array { return Power(x.Index(i), p.Index(i)) }
				return Stack([]Array{x.Index(0), y(1), x.Index(2), y(3), y(4)})
			}},
			{"SegmentProd", func(_, u Array) Array { return SegmentProd(u, Where(at.Lt(0), at.Add(5), at), 5) },
				func(_, u Array) Array { return product(u) }},
			{"SegmentProd in buckets", func(_, u Array) Array {
				return Segmenting{BucketSize: 3}.SegmentProd(u, Where(at.Lt(0), at.Add(5), at), 5)
			}, func(_, u Array) Array { return product(u) }},
		} {
			all := func(f func(x, u Array) Array) func(x, u Array) []Array {
				g := func(x, u Array) Array { return f(x, u).Mul(w).Sum() }
				return func(x, u Array) []Array {
					byU := func(u Array) Array { return g(x, u) }
					mixed := func(x Array) Array { return gojax.Grad2(func(u, x Array) Array { return g(x, u) })(u, x) }
					return []Array{f(x, u), gojax.Grad(byU)(u), gojax.Grad2(g)(x, u), gojax.JacFwd(byU)(u),
						gojax.Hessian(byU)(u), gojax.JacRev(gojax.Grad(byU))(u), gojax.JacRev(mixed)(x),
						gojax.Vmap(func(u Array) Array { return gojax.Grad(byU)(u) })(Stack([]Array{u, u.Mul(2)}))}
				}
			}
			got, want := gojax.Jit(all(c.f)), gojax.Jit(all(c.want))
			x := FromSlice([]float64{-2, 0.5, -1.5, 3, 0.75})
			for _, u := range [][]float64{{0.5, 2, 0.25, 4, 1, 0.5, 1.5, 1}, {0.5, 0, 2, 4, 1, 0.5, 1.5, 1},
				{0, 0, 0, 0, 0, 0, 0.5, 1}} {
				a, b := got(x, FromSlice(u)), want(x, FromSlice(u))
				for i := range a {
					if !ItemOf[bool](AllClose(a[i], b[i])) {
						t.Errorf("%s by %v, derivative %d: %v, want %v", c.name, u, i, a[i], b[i])
					}
				}
			}
		}
	})
}

// A Ref that is printed instead of used says what to do with it.
func TestRefString(t *testing.T) {
	got := fmt.Sprint(Ones(3, 4, 2).At(1, S(nil, nil, -1), Ellipsis))
	if !strings.Contains(got, "float32[3,4,2][1, ::-1, ...]") || !strings.Contains(got, "Set(v)") {
		t.Error(got)
	}
}

// An element that is not the extremum has no part in its derivative, to the bit; nor have updates out of bounds.
func TestDerivativeOfExtremaAt(t *testing.T) {
	x := FromSlice([]float32{2, 3})
	u := FromSlice([]float32{9, 9, 5, 0, 1})
	at := []int{0, 0, 1, 7, 0}
	for _, r := range []struct {
		f        func(x, u Array) Array
		byX, byU []float32
	}{
		{func(x, u Array) Array { return x.At(at).Max(u) }, []float32{0, 0}, []float32{0.5, 0.5, 1, 0, 0}},
		{func(x, u Array) Array { return x.At(at).Min(u) }, []float32{0, 1}, []float32{0, 0, 0, 0, 1}},
		{func(x, u Array) Array { return x.At(at).Min(u.Add(1)) }, []float32{0.5, 1}, []float32{0, 0, 0, 0, 0.5}},
	} {
		sum := func(x, u Array) Array { return r.f(x, u).Sum() }
		gx := ToSlice[float32](gojax.Grad(func(x Array) Array { return sum(x, u) })(x))
		gu := ToSlice[float32](gojax.Grad(func(u Array) Array { return sum(x, u) })(u))
		if !slices.Equal(gx, r.byX) || !slices.Equal(gu, r.byU) {
			t.Errorf("%v by the elements, %v by the updates, want %v and %v", gx, gu, r.byX, r.byU)
		}
	}
}
