package jnp_test

import (
	"bufio"
	"os"
	"strings"
	"testing"

	. "github.com/gojax/gojax/jnp"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

var shortNames = map[string]ir.Aval{
	"b1": {DType: Bool}, "i1": {DType: Int8}, "i2": {DType: Int16}, "i4": {DType: Int32}, "i8": {DType: Int64},
	"u1": {DType: Uint8}, "u2": {DType: Uint16}, "u4": {DType: Uint32}, "u8": {DType: Uint64},
	"f2": {DType: Float16}, "bf": {DType: BFloat16}, "f4": {DType: Float32}, "f8": {DType: Float64},
	"c8": {DType: Complex64}, "c16": {DType: Complex128},
}

// goScalars are what the columns named after Python's types are in Go.
var goScalars = map[string]any{"int": 1, "float": 1.0, "complex": 1i}

func TestPromotion(t *testing.T) {
	f, err := os.Open("testdata/promotion.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	aval := func(name string) ir.Aval {
		if g, ok := goScalars[name]; ok {
			return kit.Lift("test", g).Aval()
		}
		a, ok := shortNames[name]
		if !ok {
			t.Fatalf("no type %q", name)
		}
		return a
	}
	var cols []string
	x64, pairs := false, 0
	for s := bufio.NewScanner(f); s.Scan(); {
		w := strings.Fields(s.Text())
		if w[0] == "#" {
			continue
		}
		if on, ok := strings.CutPrefix(w[0], "x64="); ok {
			x64, cols = on == "on", w[1:]
			continue
		}
		for i, want := range w[1:] {
			name, weak := strings.CutPrefix(want, "~")
			trace.WithX64(x64, func() {
				d, isWeak := kit.CommonType(trace.X64(), aval(w[0]), aval(cols[i]))
				if d != shortNames[name].DType || isWeak != weak {
					t.Errorf("x64 %v: %s with %s is %v, weak %v; want %s", x64, w[0], cols[i], d, isWeak, want)
				}
				if d2, w2 := kit.CommonType(trace.X64(), aval(cols[i]), aval(w[0])); d2 != d || w2 != isWeak {
					t.Errorf("x64 %v: %s with %s depends on the order", x64, w[0], cols[i])
				}
			})
			pairs++
		}
	}
	if pairs != 14*14+18*18 {
		t.Errorf("%d pairs in the table", pairs)
	}
}

// The arrays that come out have the promoted types, not only the table.
func TestPromotedArrays(t *testing.T) {
	typesOnly(func() { checkPromotedArrays(t) })
	trace.WithX64(true, func() { typesOnly(func() { checkWidePromotedArrays(t) }) })
	if d := ResultType(Int8, 2.5, Creation{DType: Uint8}.Ones(1)); d != Float32 {
		t.Errorf("ResultType is %v", d)
	}
	if d := PromoteTypes(Float16, BFloat16); d != Float32 {
		t.Errorf("PromoteTypes is %v", d)
	}
	for _, c := range []struct {
		from, to DType
		want     bool
	}{{Int32, Int64, true}, {Int64, Float64, true}, {Int32, Float32, false}, {Uint8, Int8, false}, {Uint8, Int16, true},
		{Bool, Int8, true}, {Int8, Bool, false}, {Float32, Complex64, true}, {Complex64, Float64, false},
		{Float64, Complex64, false},
		{Int16, Float32, true}, {Int8, Uint64, false}, {Float16, BFloat16, false}} {
		if got := CanCast(c.from, c.to); got != c.want {
			t.Errorf("CanCast(%v, %v) is %v", c.from, c.to, got)
		}
	}
}

func checkPromotedArrays(t *testing.T) {
	i8, u32 := Creation{DType: Int8}.Ones(2), Creation{DType: Uint32}.Ones(2)
	b := Creation{DType: Bool}.Ones(2)
	for _, c := range []struct {
		name string
		got  Array
		want string
	}{
		{"int8 + int", i8.Add(1), "int8[2]"},
		{"int8 + float", i8.Add(1.5), "~float32[2]"},
		{"int8 + int32(1)", i8.Add(int32(1)), "int32[2]"},
		{"int8 + uint32", i8.Add(u32), "int32[2]"},
		{"uint32 + 3e9 as int", u32.Add(3_000_000_000), "uint32[2]"},
		{"uint32 + uint", u32.Add(uint(7)), "uint32[2]"},
		{"bool + bool", b.Add(b), "bool[2]"},
		{"bool + int", b.Add(1), "~int32[2]"},
		{"int8 / int8", i8.Div(i8), "float32[2]"},
		{"float32 + complex", Ones(2).Add(1i), "complex64[2]"},
		{"float16 + float32(1)", Creation{DType: Float16}.Ones(2).Add(float32(1)), "float32[2]"},
		{"bfloat16 * 0.1", Creation{DType: BFloat16}.Ones(2).Mul(0.1), "bfloat16[2]"},
		{"1 + 2", Add(1, 2), "~int32[]"},
		{"1 + 2.5", Add(1, 2.5), "~float32[]"},
		{"uint8 array ** 2", Creation{DType: Uint8}.Ones(2).Pow(2), "uint8[2]"},
		{"slice operand", Ones(3).Add([]float32{1, 2, 3}), "float32[3]"},
		{"nested slice", Ones(3).Add([][]int{{1, 2, 3}, {4, 5, 6}}), "float32[2,3]"},
	} {
		if got := c.got.TraceValue().Aval().String(); got != c.want {
			t.Errorf("%s is %s, want %s", c.name, got, c.want)
		}
	}
}

func checkWidePromotedArrays(t *testing.T) {
	for _, c := range []struct {
		name string
		got  Array
		want string
	}{
		{"int32 + uint32", Creation{DType: Int32}.Ones(2).Add(Creation{DType: Uint32}.Ones(2)), "int64[2]"},
		{"int64 + uint64", Creation{DType: Int64}.Ones(2).Add(Creation{DType: Uint64}.Ones(2)), "~float64[2]"},
		{"float32 + float64", Creation{DType: Float32}.Ones(2).Add(2.5), "float32[2]"},
		{"int32 / int32", Creation{DType: Int32}.Ones(2).Div(2), "float32[2]"},
		{"int64 / int", Arange(3).Div(2), "float64[3]"},
	} {
		if got := c.got.TraceValue().Aval().String(); got != c.want {
			t.Errorf("x64: %s is %s, want %s", c.name, got, c.want)
		}
	}
}

// TestResultTypes checks dtypes and weakness under both settings of 64-bit types.
func TestResultTypes(t *testing.T) {
	weak := func() Array { return Wrap(Full([]int{2, 2}, 1.5).TraceValue().WithWeak(true)) }
	half := func() Array { return Ones(2, 2).AsType(BFloat16) }
	for _, r := range []struct {
		name    string
		f       func() Array
		off, on string
	}{
		{"Sum of int8", func() Array { return fixture("i").AsType(Int8).Sum() }, "int32[]", "int64[]"},
		{"Sum of uint8", func() Array { return fixture("i").AsType(Uint8).Sum(0) }, "uint32[3,2]", "uint64[3,2]"},
		{"Sum of bools", func() Array { return fixture("b").Sum() }, "int32[]", "int64[]"},
		{"Sum as bool", func() Array { return Reduction{DType: Bool}.Sum(fixture("b")) }, "bool[]", "bool[]"},
		{"Sum of halves", func() Array { return half().Sum() }, "bfloat16[]", "bfloat16[]"},
		{"Sum of weak", func() Array { return weak().Sum() }, "float32[]", "float64[]"},
		{"Max of weak", func() Array { return weak().Max() }, "float32[]", "float64[]"},
		{"Sort of weak", func() Array { return weak().Sort() }, "~float32[2,2]", "~float64[2,2]"},
		{"Reshape of weak", func() Array { return weak().Reshape(4) }, "~float32[4]", "~float64[4]"},
		{"MatMul of weak", func() Array { return weak().MatMul(weak()) }, "~float32[2,2]", "~float64[2,2]"},
		{"MatMul of weak and half", func() Array { return weak().MatMul(half()) }, "bfloat16[2,2]", "bfloat16[2,2]"},
		{"MatMul preferred", func() Array { return Contraction{PreferredType: Float32}.MatMul(half(), half()) },
			"float32[2,2]", "float32[2,2]"},
		{"Concatenate of weak", func() Array { return Concatenate([]Array{weak(), half()}) }, "bfloat16[4,2]",
			"bfloat16[4,2]"},
		{"Mean of int32", func() Array { return fixture("i").Mean() }, "float32[]", "float32[]"},
		{"Mean of default ints", func() Array { return Arange(3).Mean() }, "float32[]", "float64[]"},
		{"Mean as float64", func() Array { return Reduction{DType: Float64}.Mean(fixture("x")) }, "float32[]",
			"float64[]"},
		{"Std of complex", func() Array { return fixture("z").Std() }, "float32[]", "float32[]"},
		{"CumSum of int8", func() Array { return fixture("i").AsType(Int8).CumSum() }, "int8[12]", "int8[12]"},
		{"CumSum of bools", func() Array { return fixture("b").CumSum(0) }, "int32[2,3]", "int64[2,3]"},
		{"ArgMax", func() Array { return fixture("x").ArgMax(0) }, "int32[4]", "int64[4]"},
		{"ArgSort", func() Array { return fixture("x").ArgSort() }, "int32[3,4]", "int64[3,4]"},
		{"CountNonzero", func() Array { return CountNonzero(fixture("x")) }, "int32[]", "int64[]"},
		{"SearchSorted", func() Array { return SearchSorted(fixture("y"), 1.0) }, "int32[]", "int32[]"},
		{"Einsum", func() Array { return Einsum("ij,ij", fixture("x"), fixture("m")) }, "float32[]", "float32[]"},
		{"Trace of int8", func() Array { return Trace(fixture("i").AsType(Int8)) }, "int32[2]", "int64[2]"},
	} {
		for _, on := range []bool{false, true} {
			want := r.off
			if on {
				want = r.on
			}
			trace.WithX64(on, func() {
				typesOnly(func() {
					if got := r.f().TraceValue().Aval().String(); got != want {
						t.Errorf("%s, x64 %v: %s, want %s", r.name, on, got, want)
					}
				})
			})
		}
	}
}
