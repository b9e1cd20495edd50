package jnp_test

import (
	"fmt"
	"math"
	"slices"
	"sync"
	"testing"

	. "github.com/gojax/gojax/jnp"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

func roundTrip[T Element](t *testing.T, d DType, data ...T) {
	t.Helper()
	x := FromSlice(data)
	if x.DType() != d || x.Weak() {
		t.Errorf("FromSlice of %T is %v", data, x.TraceValue())
	}
	if got := ToSlice[T](x); !slices.Equal(got, data) {
		t.Errorf("%v came back as %v", data, got)
	}
	out := make([]T, len(data))
	CopyTo(out, x)
	if !slices.Equal(out, data) {
		t.Errorf("CopyTo gave %v of %v", out, data)
	}
	if got := ItemOf[T](FromSlice(data[:1])); got != data[0] {
		t.Errorf("ItemOf gave %v of %v", got, data[0])
	}
}

type celsius float32

func TestHostRoundTrip(t *testing.T) {
	SetNarrowing(NarrowSilent)
	defer SetNarrowing(NarrowOnce)
	roundTrip(t, Bool, true, false)
	roundTrip(t, Int8, int8(-128), 127)
	roundTrip(t, Int16, int16(-5), 7)
	roundTrip(t, Int32, int32(math.MinInt32), math.MaxInt32)
	roundTrip(t, Int32, 1, -2, 3)
	roundTrip(t, Uint8, uint8(255), 0)
	roundTrip(t, Uint16, uint16(65535))
	roundTrip(t, Uint32, uint32(math.MaxUint32))
	roundTrip(t, Uint32, uint64(math.MaxUint32))
	roundTrip(t, Float32, float32(1.5), -0.25)
	roundTrip(t, Float32, celsius(36.6))
	roundTrip(t, Complex64, complex64(1+2i))
	roundTrip(t, Float16, ir.F16(0x3c00))
	roundTrip(t, BFloat16, ir.BF16(0x3f80))
	trace.WithX64(true, func() {
		roundTrip(t, Int64, int64(math.MinInt64), math.MaxInt64)
		roundTrip(t, Int64, 1<<40)
		roundTrip(t, Uint64, uint64(math.MaxUint64))
		roundTrip(t, Float64, 0.1, math.MaxFloat64)
		roundTrip(t, Complex128, 0.1+0.2i)
	})
	// To a wider type, exactly.
	if got := ToSlice[int](FromSlice([]int32{-1, 2})); !slices.Equal(got, []int{-1, 2}) {
		t.Errorf("int32 to int gave %v", got)
	}
	if got := ToSlice[float64](FromSlice([]float32{0.1})); got[0] != float64(float32(0.1)) {
		t.Errorf("float32 to float64 gave %v", got)
	}
	if got := ToSlice[float64](Creation{DType: BFloat16}.Asarray([]float64{-1.5})); got[0] != -1.5 {
		t.Errorf("bfloat16 to float64 gave %v", got)
	}
	if got := Ones(3).Gt(0).Any().Item(); got != 1 {
		t.Errorf("Item of true is %v", got)
	}
}

func TestAsarray(t *testing.T) {
	SetNarrowing(NarrowSilent)
	defer SetNarrowing(NarrowOnce)
	one := Ones(2)
	for _, c := range []struct {
		in   any
		want string
		vals string
	}{
		{2, "~int32[]", "2"}, {2.5, "~float32[]", "2.5"}, {true, "bool[]", "True"}, {1i, "~complex64[]", "1j"},
		{float32(2), "float32[]", "2.0"}, {int8(3), "int8[]", "3"}, {uint(3), "~uint32[]", "3"},
		{[]int{1, 2}, "int32[2]", "[1 2]"}, {[]any{1, 2.5}, "float32[2]", "[1.  2.5]"}, {[]any{true, 2}, "int32[2]", "[1 2]"},
		{[][]float64{{1, 2}, {3, 4}}, "float32[2,2]", "[[1. 2.]\n [3. 4.]]"}, {[2][2]int8{{1, 2}, {3, 4}}, "int8[2,2]", "[[1 2]\n [3 4]]"},
		{[][]float32{}, "float32[0]", "[]"}, {[][]float32{{}, {}}, "float32[2,0]", "[]"}, {[]any{}, "float32[0]", "[]"},
		{[]Array{one, one.Mul(2)}, "float32[2,2]", "[[1. 1.]\n [2. 2.]]"}, {[]any{Asarray(1), 2.5}, "~float32[2]", "[1.  2.5]"},
		{one, "float32[2]", "[1. 1.]"},
	} {
		x := Asarray(c.in)
		if got := x.TraceValue().Aval().String(); got != c.want {
			t.Errorf("Asarray(%v) is %s, want %s", c.in, got, c.want)
		}
		if got := fmt.Sprint(x); got != c.vals {
			t.Errorf("Asarray(%v) holds %s, want %s", c.in, got, c.vals)
		}
	}
	// The conversion is made from the Go values, with one rounding.
	if got := (Creation{DType: Float16}).Asarray([]float64{1 + 1.0/2048 + 1e-9}); ToSlice[float64](got)[0] != 1+1.0/1024 {
		t.Errorf("a float64 became %v in float16", got)
	}
	data := []float32{1, 2}
	x := FromSlice(data)
	data[0] = 9
	if got := ToSlice[float32](x); got[0] != 1 {
		t.Error("an array shares the caller's memory")
	}
	if got := FromSlice([]int32{1, 2, 3, 4, 5, 6}, -1, 3).Shape(); !slices.Equal(got, []int{2, 3}) {
		t.Errorf("shape -1, 3 became %v", got)
	}
}

func TestNarrowing(t *testing.T) {
	SetNarrowing(NarrowError)
	defer SetNarrowing(NarrowOnce)
	for name, f := range map[string]func(){
		"data":  func() { FromSlice([]float64{1}) },
		"dtype": func() { Creation{DType: Float64}.Zeros(2) },
		"type":  func() { Ones(2).AsType(Int64) },
	} {
		if err := trace.Try(f); err == nil {
			t.Errorf("%s: no error", name)
		}
		trace.WithX64(true, func() {
			if err := trace.Try(f); err != nil {
				t.Errorf("%s with x64: %v", name, err)
			}
		})
	}
	if err := trace.Try(func() { FromSlice([]int64{1}); Asarray(2.5) }); err != nil {
		t.Errorf("what loses nothing: %v", err)
	}
}

// The setting of one goroutine does not show in another, and programs compiled under one setting are not used under the other.
func TestX64Concurrently(t *testing.T) {
	SetNarrowing(NarrowSilent)
	defer SetNarrowing(NarrowOnce)
	var wg sync.WaitGroup
	for g := range 8 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			want := []DType{Float32, Float64}[g%2]
			for i := range 50 {
				trace.WithX64(g%2 == 1, func() {
					x := FromSlice([]float64{1, 2, float64(i)})
					y := Exp(x.Add(0.1)).Mul(Arange(3))
					if x.DType() != want || y.DType() != want || Zeros(2).DType() != want {
						t.Errorf("goroutine %d: %v, %v", g, x.DType(), y.DType())
					}
					if got, exact := y.Sum().Item(), math.Exp(2.1)+2*math.Exp(float64(i)+0.1); !sameFloat(got/exact, 1, []float64{1e-5, 1e-14}[g%2]) {
						t.Errorf("goroutine %d: %v, want %v", g, got, exact)
					}
				})
			}
		}()
	}
	wg.Wait()
	if Zeros(1).DType() != Float32 {
		t.Error("the process's setting changed")
	}
}
