package jnp_test

import (
	"math"
	"slices"
	"strings"
	"sync"
	"testing"

	. "github.com/gojax/gojax/jnp"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/tests/fails"
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
	if got := ToSlice[float64](Creation{DType: BFloat16}.AsArray([]float64{-1.5})); got[0] != -1.5 {
		t.Errorf("bfloat16 to float64 gave %v", got)
	}
	if got := Ones(3).Gt(0).Any().Item(); got != 1 {
		t.Errorf("Item of true is %v", got)
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
	if err := trace.Try(func() { FromSlice([]int64{1}); AsArray(2.5) }); err != nil {
		t.Errorf("what loses nothing: %v", err)
	}
}

// The setting of one goroutine does not show in another, and programs compiled under one setting are not used under the
// other.
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
					if got, exact := y.Sum().Item(),
						math.Exp(2.1)+
							2*math.Exp(float64(i)+0.1); !sameFloat(got/exact, 1, []float64{1e-5, 1e-14}[g%2]) {
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

func TestHostErrors(t *testing.T) {
	x, i, c := Ones(3), Creation{DType: Int32}.Ones(3), Ones(3).Mul(1i)
	runErrors(t, []errorRow{
		{func() { Array{}.Item() }, []string{"never set"}},
		{func() { FromSlice([]int{1, 1 << 31}) }, []string{"jnp.FromSlice", "2147483648", "int32"}},
		{func() { x.Item() }, []string{"3 elements", "ToSlice"}},
		{func() { c.Sum().Item() }, []string{"complex", "ItemOf"}},
		{func() { ToSlice[float32](i) }, []string{"jnp.ToSlice(int32[3])", "float32", "int32"}},
		{func() { CopyTo(make([]float32, 2), x) }, []string{"3 elements", "length 2"}},
		{func() { FromSlice([]float32{1, 2, 3}, 2, 2) }, []string{"3 elements", "[2 2]"}},
	})
}

// Inside a trace the elements are not known, and the message says what to do instead.
func TestTracedAsGoValue(t *testing.T) {
	for name, f := range map[string]func(x Array){
		"Item":    func(x Array) { x.Item() },
		"ItemOf":  func(x Array) { ItemOf[float32](x) },
		"ToSlice": func(x Array) { ToSlice[float32](x) },
		"CopyTo":  func(x Array) { CopyTo(make([]float32, 1), x) },
		"Device":  func(x Array) { x.Device() },
		"Arange":  func(x Array) { Creation{}.Arange(x) },
	} {
		err := trace.Try(func() {
			trace.Trace("the test", []ir.Aval{{DType: Float32}}, func(x []*trace.Value) []*trace.Value {
				f(Wrap(x[0]))
				return x
			})
		})
		if err == nil || !strings.Contains(err.Error(), "host_test.go:") || !strings.Contains(err.Error(), "traced") {
			t.Errorf("%s of a traced array: %v", name, err)
		}
	}
	// A concrete array that the function closes over is known.
	y := Full([]int{}, 3)
	trace.Trace("the test", nil, func([]*trace.Value) []*trace.Value {
		if y.Item() != 3 {
			t.Error("a closed-over array has lost its value")
		}
		return nil
	})
}

// Numbers for the host, as Python's bool, int and float make them.
func TestHostConditions(t *testing.T) {
	x := AsArray([]float32{0, 2.75, -2.75, float32(math.NaN())})
	for i, want := range []struct {
		b bool
		n int
	}{{false, 0}, {true, 2}, {true, -2}} {
		if e := x.Index(i); e.Bool() != want.b || e.Int() != want.n || e.Float() != e.Item() {
			t.Errorf("%v is %v, %v and %v", e, e.Bool(), e.Int(), e.Float())
		}
	}
	if e := x.Index(S(3, 4)); !e.Bool() || !math.IsNaN(e.Float()) {
		t.Errorf("NaN is %v and %v", e.Bool(), e.Float())
	}
	if z := AsArray(complex64(2i)); !z.Bool() {
		t.Error("2i is false")
	}
	if b := AsArray(true); !b.Bool() || b.Int() != 1 || b.Float() != 1 || AsArray(false).Bool() {
		t.Error("bools")
	}
	trace.WithX64(true, func() {
		if n := FromSlice([]int64{1<<53 + 1}); n.Int() != 1<<53+1 || n.Float() != 1<<53 {
			t.Errorf("%v is %v and %v", n, n.Int(), n.Float())
		}
		fails.With(t, func() { FromSlice([]uint64{1 << 63}).Int() }, "jnp.Array.Int(uint64[])", "no int")
	})
	two, z := Ones(2), AsArray(complex64(1i))
	runErrors(t, []errorRow{
		{func() { x.Index(3).Int() }, []string{"jnp.Array.Int(float32[])", "NaN is no int"}},
		{func() { AsArray(float32(1e30)).Int() }, []string{"no int"}},
		{func() { z.Int() }, []string{"jnp.Array.Int(complex64[])", "x.Real()"}},
		{func() { z.Float() }, []string{"jnp.Array.Float(complex64[])", "ItemOf[complex128]"}},
		{func() { two.Bool() }, []string{"jnp.Array.Bool(float32[2])", "x.All()", "x.Any()"}},
		{func() { Zeros(0).Bool() }, []string{"0 elements"}},
		{whileTracing(two, func(x Array) { x.Sum().Bool() }), []string{"jnp.Array.Bool(float32[])", "jnp.Where"}},
		{whileTracing(two, func(x Array) { x.Sum().Int() }), []string{"jnp.Array.Int", "lax.Cond"}},
		{whileTracing(two, func(x Array) { x.Sum().Float() }), []string{"jnp.Array.Float", "traced"}},
	})
}
