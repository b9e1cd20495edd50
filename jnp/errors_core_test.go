package jnp_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	. "github.com/gojax/gojax/jnp"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// Mistakes panic with a *trace.Error that names this file, the operation and what is wrong.
func TestErrors(t *testing.T) {
	x, i := Ones(3), Creation{DType: Int32}.Ones(3)
	u8 := Creation{DType: Uint8}.Ones(3)
	c := x.Mul(1i)
	for _, k := range []struct {
		name string
		f    func()
		want []string
	}{
		{"shapes", func() { x.Add(Ones(4)) }, []string{"jnp.Add(float32[3], float32[4])", "[3] and [4] cannot be broadcast", "Reshape"}},
		{"shapes, div", func() { Div(Ones(2, 3), Ones(2)) }, []string{"jnp.Div(float32[2,3], float32[2])", "cannot be broadcast"}},
		{"string", func() { x.Add("2") }, []string{"jnp.Add", "string"}},
		{"nil", func() { x.Mul(nil) }, []string{"jnp.Mul", "nil"}},
		{"zero array", func() { x.Add(Array{}) }, []string{"jnp.Add", "never set"}},
		{"zero receiver", func() { Array{}.Add(x) }, []string{"jnp.Add", "never set"}},
		{"zero unary", func() { Exp(Array{}) }, []string{"jnp.Exp", "never set"}},
		{"zero shape", func() { Array{}.Shape() }, []string{"Shape", "never set"}},
		{"zero wait", func() { Array{}.BlockUntilReady() }, []string{"never set"}},
		{"zero item", func() { Array{}.Item() }, []string{"never set"}},
		{"integer too large", func() { u8.Add(300) }, []string{"jnp.Add", "300", "uint8"}},
		{"integer negative", func() { u8.Add(-1) }, []string{"jnp.Add", "-1", "uint8"}},
		{"integer past 32 bits", func() { i.Add(1 << 40) }, []string{"1099511627776", "int32", "EnableX64"}},
		{"scalar past 32 bits", func() { Asarray(1 << 31) }, []string{"2147483648", "int32"}},
		{"slice past 32 bits", func() { FromSlice([]int{1, 1 << 31}) }, []string{"jnp.FromSlice", "2147483648", "int32"}},
		{"negative power", func() { i.Pow(-1) }, []string{"jnp.Power(int32[3])", "negative power"}},
		{"bool minus bool", func() { x.Gt(0).Sub(x.Gt(0)) }, []string{"jnp.Sub", "LogicalXor"}},
		{"bits of floats", func() { x.And(x) }, []string{"jnp.BitwiseAnd(float32[3]", "AsType"}},
		{"floor of complex", func() { Floor(c) }, []string{"jnp.Floor(complex64[3])", "jnp.Real"}},
		{"sign of bool", func() { Sign(x.Gt(0)) }, []string{"jnp.Sign(bool[3])"}},
		{"item of many", func() { x.Item() }, []string{"3 elements", "ToSlice"}},
		{"item of complex", func() { c.Sum().Item() }, []string{"complex", "ItemOf"}},
		{"lossy slice", func() { ToSlice[float32](i) }, []string{"jnp.ToSlice(int32[3])", "float32", "int32"}},
		{"wrong length", func() { CopyTo(make([]float32, 2), x) }, []string{"3 elements", "length 2"}},
		{"ragged", func() { Asarray([][]int{{1, 2}, {3}}) }, []string{"ragged"}},
		{"not a number", func() { Asarray([]string{"a"}) }, []string{"string"}},
		{"shape of slice", func() { FromSlice([]float32{1, 2, 3}, 2, 2) }, []string{"3 elements", "[2 2]"}},
		{"negative shape", func() { Zeros(-1, 2) }, []string{"jnp.Zeros", "negative"}},
		{"huge shape", func() { Zeros(1<<40, 1<<40) }, []string{"jnp.Zeros", "memory"}},
		{"full", func() { Full([]int{2}, Ones(3)) }, []string{"jnp.Full(float32[3])", "broadcast"}},
		{"arange of step 0", func() { Arange(0, 5, 0) }, []string{"step is 0"}},
		{"arange without end", func() { Arange(0, math.Inf(1)) }, []string{"jnp.Arange"}},
		{"linspace", func() { Linspace(0, 1, -1) }, []string{"jnp.Linspace", "negative"}},
		{"eye", func() { Eye(-1) }, []string{"jnp.Eye", "negative"}},
		{"tril", func() { Tril(x) }, []string{"jnp.Tril(float32[3])"}},
		{"where", func() { Where(x.Gt(0), x, Ones(2)) }, []string{"jnp.Where(bool[3], float32[3], float32[2])"}},
		{"select", func() { Select(nil, []Array{x}, 0) }, []string{"jnp.Select", "0 conditions and 1 choices"}},
		{"dtype", func() { x.AsType(DType(99)) }, []string{"jnp.AsType", "99"}},
		{"deleted", func() { y := x.Add(1); y.Delete(); y.Add(1) }, []string{"delete"}},
	} {
		err := trace.Try(k.f)
		var e *trace.Error
		if !errors.As(err, &e) {
			t.Errorf("%s: error is %v", k.name, err)
			continue
		}
		for _, w := range append(k.want, "errors_core_test.go:") {
			if !strings.Contains(err.Error(), w) {
				t.Errorf("%s: %q does not say %q", k.name, err, w)
			}
		}
	}
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
		if err == nil || !strings.Contains(err.Error(), "errors_core_test.go:") || !strings.Contains(err.Error(), "traced") {
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
