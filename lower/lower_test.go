package lower_test

import (
	"bytes"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/lower"
	"github.com/gojax/gojax/trace"
)

// The operations of these tests: lower knows none of lax's.
type (
	add    struct{}
	apply  struct{ P *ir.Program } // a call
	loop   struct{ P *ir.Program } // a while that runs P until its first output is false
	consts struct {
		L     []ir.Lit
		Shape []int
		Dense bool
	}
	linear  struct{}
	foreign struct{}
)

func (add) Name() string                          { return "add" }
func (add) Infer(in []ir.Aval) ([]ir.Aval, error) { return in[:1], nil }
func (add) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return e.Op("stablehlo.add", x, "", e.Out()...)
}

func (apply) Name() string                            { return "apply" }
func (o apply) Infer(in []ir.Aval) ([]ir.Aval, error) { return o.P.OutTypes(), nil }
func (o apply) Programs() []*ir.Program               { return []*ir.Program{o.P} }
func (o apply) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return e.Call(o.P, "my func-1", x)
}

func (loop) Name() string                            { return "loop" }
func (o loop) Infer(in []ir.Aval) ([]ir.Aval, error) { return in, nil }
func (o loop) Programs() []*ir.Program               { return []*ir.Program{o.P} }
func (o loop) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	t := e.Out()
	c := e.Region(t,
		func(a []trace.Operand) []trace.Operand { return []trace.Operand{e.Const(ir.BoolLit(false), nil)} })
	b := e.Region(t, func(a []trace.Operand) []trace.Operand { return e.Inline(o.P, a) })
	return e.OpRegions("stablehlo.while", x, "", []trace.Region{c, b}, t...)
}

func (consts) Name() string { return "consts" }
func (o consts) Infer(in []ir.Aval) ([]ir.Aval, error) {
	return []ir.Aval{{Shape: o.Shape, DType: o.L[0].DType}}, nil
}
func (o consts) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	if o.Dense {
		return []trace.Operand{e.Dense(o.L[:max(ir.SizeOf(o.Shape), 0)], o.L[0].DType, o.Shape)}
	}
	return []trace.Operand{e.Const(o.L[0], o.Shape)}
}

func (linear) Name() string                          { return "linear" }
func (linear) Infer(in []ir.Aval) ([]ir.Aval, error) { return in, nil }

func (foreign) Name() string                          { return "foreign" }
func (foreign) Infer(in []ir.Aval) ([]ir.Aval, error) { return in, nil }
func (foreign) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return e.Op("stablehlo.custom_call", x, `call_target_name = "k", api_version = 4 : i32`, e.Out()...)
}

func f32(shape ...int) ir.Aval { return ir.Aval{Shape: shape, DType: ir.Float32} }

func bind(op ir.Op, x ...*trace.Value) *trace.Value { return trace.Bind(op, x...)[0] }

func prog(in []ir.Aval, f func(x []*trace.Value) []*trace.Value) *ir.Program {
	p, _ := trace.Trace("f", in, f)
	if err := p.Verify(); err != nil {
		panic(err)
	}
	return p
}

func lit(v float64) *trace.Value { return trace.FromLit(ir.FloatLit(v, ir.Float32)) }

// whole is a module with a bit of everything.
func whole() (*ir.Program, lower.Options) {
	mk := func() *ir.Program {
		return prog([]ir.Aval{f32()}, func(x []*trace.Value) []*trace.Value {
			return []*trace.Value{bind(add{}, x[0], lit(2)), lit(2)}
		})
	}
	inner, same := mk(), mk()
	outer := prog([]ir.Aval{f32()}, func(x []*trace.Value) []*trace.Value {
		return trace.Bind(apply{inner}, bind(add{}, x[0], lit(3)))
	})
	body := prog([]ir.Aval{f32(2, 13)}, func(x []*trace.Value) []*trace.Value {
		return []*trace.Value{bind(add{}, x[0], x[0])}
	})
	p := prog([]ir.Aval{f32(), f32(2, 13), f32(4)}, func(x []*trace.Value) []*trace.Value {
		a := bind(add{}, x[0], lit(2))
		b := bind(add{}, a, lit(2)) // the literal again: one constant
		c := trace.Bind(apply{outer}, b)
		d := trace.Bind(apply{same}, c[0])
		e := bind(loop{body}, x[1])
		return []*trace.Value{d[1], e, lit(math.Inf(1)), c[1], x[2]}
	})
	return p, lower.Options{Platform: "cpu", Name: "jit f·g", Donate: []bool{false, true, false}}
}

func TestGolden(t *testing.T) {
	p, o := whole()
	golden(t, "whole", lower.Text(p, o).Text)
	o.Locations = true
	lines := regexp.MustCompile(`("lower_test.go"):\d+`)
	golden(t, "whole_loc", lines.ReplaceAll(lower.Text(p, o).Text, []byte("$1:LINE")))
}

func TestLocation(t *testing.T) {
	_, _, line, _ := runtime.Caller(0)
	p := prog([]ir.Aval{f32(3)}, func(x []*trace.Value) []*trace.Value { return trace.Bind(add{}, x[0], x[0]) })
	want := fmt.Sprintf("-> (tensor<3xf32>) loc(\"lower_test.go\":%d:0)\n", line+1)
	if s := string(lower.Text(p, lower.Options{Locations: true}).Text); !strings.Contains(s, want) {
		t.Errorf("no %q in\n%s", want, s)
	}
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	file := filepath.Join("testdata", name+".mlir")
	if os.Getenv("GOJAX_UPDATE_GOLDEN") != "" {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s: the text is now\n%s\nwas\n%s", file, got, want)
	}
}

func TestDeterministic(t *testing.T) {
	p, o := whole()
	want := lower.Text(p, o)
	for range 20 {
		q, _ := whole()
		if got := lower.Text(q, o); !bytes.Equal(got.Text, want.Text) {
			t.Fatalf("two texts of one program:\n%s\n%s", got.Text, want.Text)
		}
	}
	if s := string(want.Text); strings.Contains(s, "loc(") || strings.Count(s, "func.func private") != 2 {
		t.Errorf("want two private functions and no locations:\n%s", s)
	}
}

func TestAliases(t *testing.T) {
	in := []ir.Aval{f32(2), f32(2), f32(3), f32(2)}
	p := prog(in, func(x []*trace.Value) []*trace.Value {
		return []*trace.Value{bind(add{}, x[0], x[1]), bind(add{}, x[1], x[3])}
	})
	m := lower.Text(p, lower.Options{Donate: []bool{true, false, true, true}})
	if got, want := fmt.Sprint(m.Alias), "[0 -1 -1 1]"; got != want {
		t.Errorf("aliases are %s, want %s", got, want)
	}
	for _, want := range []string{
		"%0: tensor<2xf32> {tf.aliasing_output = 0 : i32}, %1: tensor<2xf32>, ",
		"%2: tensor<3xf32> {jax.buffer_donor = true}, %3: tensor<2xf32> {tf.aliasing_output = 1 : i32})",
	} {
		if !strings.Contains(string(m.Text), want) {
			t.Errorf("no %q in\n%s", want, m.Text)
		}
	}
	if m := lower.Text(p, lower.Options{}); m.Alias != nil || m.CustomCalls {
		t.Errorf("nothing donated gives %+v", m)
	}
}

func TestConstants(t *testing.T) {
	nan := ir.Lit{Lo: 0x7FC00001, DType: ir.Float32}
	for _, c := range []struct {
		o    consts
		want string
	}{
		{consts{L: []ir.Lit{ir.FloatLit(0.1, ir.Float32)}}, "dense<1.0e-01> : tensor<f32>"},
		{consts{L: []ir.Lit{ir.FloatLit(math.Copysign(0, -1), ir.Float64)}}, "dense<-0.0e+00> : tensor<f64>"},
		{consts{L: []ir.Lit{ir.FloatLit(1.0/3, ir.Float64)}}, "dense<3.333333333333333e-01> : tensor<f64>"},
		{consts{L: []ir.Lit{nan}}, "dense<0x7FC00001> : tensor<f32>"},
		{consts{L: []ir.Lit{ir.FloatLit(math.Inf(-1), ir.BFloat16)}}, "dense<0xFF80> : tensor<bf16>"},
		{consts{L: []ir.Lit{ir.FloatLit(math.Inf(1), ir.Float16)}}, "dense<0x7C00> : tensor<f16>"},
		{consts{L: []ir.Lit{ir.FloatLit(math.Inf(1), ir.Float64)}}, "dense<0x7FF0000000000000> : tensor<f64>"},
		{consts{L: []ir.Lit{ir.FloatLit(1.5, ir.BFloat16)}, Shape: []int{2, 10}}, "dense<1.5e+00> : tensor<2x10xbf16>"},
		{consts{L: []ir.Lit{ir.ComplexLit(complex(1, math.Inf(1)), ir.Complex64)}},
			"dense<(1.0e+00, 0x7F800000)> : tensor<complex<f32>>"},
		{consts{L: []ir.Lit{ir.ComplexLit(complex(-2, 0.5), ir.Complex128)}, Shape: []int{2}},
			"dense<(-2.0e+00, 5.0e-01)> : tensor<2xcomplex<f64>>"},
		{consts{L: []ir.Lit{ir.IntLit(-7, ir.Int8)}}, "dense<-7> : tensor<i8>"},
		{consts{L: []ir.Lit{ir.UintLit(math.MaxUint64, ir.Uint64)}}, "dense<18446744073709551615> : tensor<ui64>"},
		{consts{L: []ir.Lit{ir.BoolLit(true)}, Shape: []int{3}}, "dense<true> : tensor<3xi1>"},
		{consts{L: []ir.Lit{ir.FloatLit(1, ir.Float32)}, Shape: []int{2, 0}}, "dense<> : tensor<2x0xf32>"},
		{consts{
			L: []ir.Lit{ir.IntLit(1, ir.Int32), ir.IntLit(2, ir.Int32), ir.IntLit(3, ir.Int32),
				ir.IntLit(4, ir.Int32)},
			Shape: []int{2, 2}, Dense: true}, "dense<[[1, 2], [3, 4]]> : tensor<2x2xi32>"},
		{consts{L: []ir.Lit{ir.BoolLit(true), ir.BoolLit(false)}, Shape: []int{2}, Dense: true},
			"dense<[true, false]> : tensor<2xi1>"},
		{consts{L: []ir.Lit{ir.IntLit(5, ir.Int32), ir.IntLit(5, ir.Int32)}, Shape: []int{2}, Dense: true},
			"dense<5> : tensor<2xi32>"},
		{consts{L: []ir.Lit{ir.IntLit(5, ir.Int32)}, Shape: []int{0, 3}, Dense: true}, "dense<> : tensor<0x3xi32>"},
		{consts{L: iota16(33), Shape: []int{33}, Dense: true}, `dense<"0x000001000200`},
	} {
		p := prog(nil, func([]*trace.Value) []*trace.Value { return []*trace.Value{bind(c.o), bind(c.o)} })
		s := string(lower.Text(p, lower.Options{}).Text)
		if !strings.Contains(s, "stablehlo.constant "+c.want) {
			t.Errorf("no %q in\n%s", c.want, s)
		}
		if n := strings.Count(s, "stablehlo.constant"); n != 1 {
			t.Errorf("%q is written %d times:\n%s", c.want, n, s)
		}
	}
}

func iota16(n int) (l []ir.Lit) {
	for i := range n {
		l = append(l, ir.IntLit(int64(i), ir.Uint16))
	}
	return l
}

func TestCannotRun(t *testing.T) {
	p := prog([]ir.Aval{f32(3)}, func(x []*trace.Value) []*trace.Value { return trace.Bind(linear{}, x[0]) })
	err := trace.Try(func() { lower.Text(p, lower.Options{}) })
	if err == nil || !strings.Contains(err.Error(), "linear(float32[3]): this operation cannot be run") ||
		!strings.HasPrefix(err.Error(), "lower_test.go:") {
		t.Errorf("got %v", err)
	}
}

func TestCustomCallIsReported(t *testing.T) {
	inner := prog([]ir.Aval{f32(3)}, func(x []*trace.Value) []*trace.Value { return trace.Bind(foreign{}, x[0]) })
	p := prog([]ir.Aval{f32(3)}, func(x []*trace.Value) []*trace.Value { return trace.Bind(apply{inner}, x[0]) })
	if !lower.Text(p, lower.Options{}).CustomCalls {
		t.Error("a custom call in a function that is called is not reported")
	}
}

func BenchmarkText(b *testing.B) {
	const n = 1000
	p := prog([]ir.Aval{f32(3, 4)}, func(x []*trace.Value) []*trace.Value {
		y := x[0]
		for range n {
			y = bind(add{}, y, x[0])
		}
		return []*trace.Value{y}
	})
	for _, loc := range []bool{false, true} {
		b.Run(fmt.Sprintf("locations=%v", loc), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				lower.Text(p, lower.Options{Locations: loc})
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/n, "ns/eqn")
		})
	}
}
