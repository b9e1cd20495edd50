package ir

import (
	"fmt"
	"math"
	"reflect"
	"strings"
	"sync"
	"testing"
)

// testOp is elementwise over equal types; its fields exercise the key and the printer.
type testOp struct {
	N    string
	Axes []int
	Body *Program
}

func (o testOp) Name() string { return o.N }
func (o testOp) Infer(in []Aval) ([]Aval, error) {
	for _, a := range in[1:] {
		if !a.SameType(in[0]) {
			return nil, fmt.Errorf("%v and %v differ", in[0], a)
		}
	}
	return in[:1], nil
}
func (o testOp) Programs() []*Program {
	if o.Body == nil {
		return nil
	}
	return []*Program{o.Body}
}

func vec(n int) Aval { return Aval{Shape: []int{n}, DType: Float32} }

// chain builds x -> op(op(x, x), x).
func chain(op Op, n int) *Program {
	x, y, z := &Var{Ty: vec(n)}, &Var{Ty: vec(n)}, &Var{Ty: vec(n)}
	return &Program{
		In:   []*Var{x},
		Eqns: []Eqn{{Op: op, In: []Value{x, x}, Out: []*Var{y}, Src: Here(0)}, {Op: op, In: []Value{y, x}, Out: []*Var{z}}},
		Out:  []Value{z},
	}
}

func TestDTypes(t *testing.T) {
	for _, d := range AllDTypes() {
		if back, err := ParseDType(d.String()); err != nil || back != d {
			t.Errorf("ParseDType(%q) = %v, %v", d, back, err)
		}
		got, err := DTypeOf(d.GoType())
		if err != nil || got != d {
			t.Errorf("DTypeOf(%v) = %v, %v; want %v", d.GoType(), got, err, d)
		}
		if int(d.GoType().Size()) != d.Size() {
			t.Errorf("%v takes %d bytes, its Go type %d", d, d.Size(), d.GoType().Size())
		}
		if c := d.Canonical(false); c.Size() > 4 && c != Complex64 {
			t.Errorf("%v without x64 is %v", d, c)
		}
	}
	if _, err := ParseDType("float31"); err == nil {
		t.Error("float31 was taken for a dtype")
	}
	type meters float32
	if d, err := DTypeOf(reflect.TypeFor[meters]()); err != nil || d != Float32 {
		t.Errorf("a named float32 is %v, %v", d, err)
	}
	if _, err := DTypeOf(reflect.TypeFor[string]()); err == nil {
		t.Error("string was taken for an element type")
	}
}

func TestSizes(t *testing.T) {
	for _, c := range []struct {
		shape []int
		size  int
	}{{nil, 1}, {[]int{3, 4}, 12}, {[]int{0, math.MaxInt}, 0}, {[]int{math.MaxInt, 2}, -1}, {[]int{1 << 40, 1 << 40, 0}, 0}} {
		if got := SizeOf(c.shape); got != c.size {
			t.Errorf("SizeOf(%v) = %d, want %d", c.shape, got, c.size)
		}
	}
	if b := (Aval{Shape: []int{1 << 61}, DType: Float64}).Bytes(); b != -1 {
		t.Errorf("2^61 float64 take %d bytes", b)
	}
}

func TestLitRoundTrip(t *testing.T) {
	for _, d := range AllDTypes() {
		for _, v := range []float64{0, 1, 3} {
			l := FloatLit(v, d)
			want := v
			if d == Bool && v != 0 {
				want = 1
			}
			if l.Float() != want || l.Int() != int64(want) || l.Complex() != complex(want, 0) {
				t.Errorf("%v literal of %v reads %v, %v, %v", d, v, l.Float(), l.Int(), l.Complex())
			}
			if got := len(l.AppendBytes(nil)); got != d.Size() {
				t.Errorf("%v literal has %d bytes, want %d", d, got, d.Size())
			}
		}
	}
	if l := IntLit(-1, Int8); l.Int() != -1 || l.Lo != 0xff {
		t.Errorf("int8(-1) is %v, bits %x", l.Int(), l.Lo)
	}
	if l := IntLit(-1, Uint16); l.Float() != 65535 {
		t.Errorf("uint16(-1) is %v", l.Float())
	}
	if l := UintLit(math.MaxUint64, Uint64); l.String() != "18446744073709551615" || l.Convert(Float64).Float() != math.MaxUint64 {
		t.Errorf("max uint64 is %v, as float64 %v", l, l.Convert(Float64))
	}
	if l := ComplexLit(1-2i, Complex64); l.Complex() != 1-2i {
		t.Errorf("complex64(1-2i) is %v", l)
	}
	negZero := FloatLit(math.Copysign(0, -1), Float32)
	if negZero == FloatLit(0, Float32) || !math.Signbit(negZero.Float()) {
		t.Error("-0 and 0 are one literal")
	}
	if nan := FloatLit(math.NaN(), Float64); nan != FloatLit(math.NaN(), Float64) {
		t.Error("a NaN literal differs from itself")
	}
}

func TestKey(t *testing.T) {
	a, b := chain(testOp{N: "f"}, 3), chain(testOp{N: "f"}, 3)
	if a.Key() != b.Key() {
		t.Error("programs that differ in variables and lines alone have different keys")
	}
	distinct := map[string]string{}
	for name, p := range map[string]*Program{
		"base":        a,
		"shape":       chain(testOp{N: "f"}, 4),
		"op":          chain(testOp{N: "g"}, 3),
		"empty axes":  chain(testOp{N: "f", Axes: []int{}}, 3),
		"axes":        chain(testOp{N: "f", Axes: []int{0}}, 3),
		"nested":      chain(testOp{N: "f", Body: a}, 3),
		"nested more": chain(testOp{N: "f", Body: chain(testOp{N: "g"}, 3)}, 3),
		"weak":        {In: []*Var{{Ty: Aval{DType: Float32, Weak: true}}}},
		"strong":      {In: []*Var{{Ty: Aval{DType: Float32}}}},
		"lit":         {Out: []Value{FloatLit(0, Float32)}},
		"lit -0":      {Out: []Value{FloatLit(math.Copysign(0, -1), Float32)}},
	} {
		if other, ok := distinct[p.Key()]; ok {
			t.Errorf("%q and %q have one key", name, other)
		}
		distinct[p.Key()] = name
	}
	var wg sync.WaitGroup
	fresh := chain(testOp{N: "f"}, 3)
	for range 8 {
		wg.Go(func() {
			if fresh.Key() != a.Key() {
				t.Error("keys made at the same time differ")
			}
		})
	}
	wg.Wait()
}

func TestVerify(t *testing.T) {
	if err := chain(testOp{N: "f", Body: chain(testOp{N: "g"}, 2)}, 3).Verify(); err != nil {
		t.Fatal(err)
	}
	break_ := map[string]func(p *Program){
		"used before it is defined": func(p *Program) { p.Eqns[0], p.Eqns[1] = p.Eqns[1], p.Eqns[0] },
		"defined twice":             func(p *Program) { p.Eqns[1].Out[0] = p.Eqns[0].Out[0] },
		"infers float32[3]":         func(p *Program) { p.Eqns[1].Out[0].Ty = vec(5) },
		"differ":                    func(p *Program) { p.Eqns[1].In[1] = FloatLit(1, Float32) },
		"not an operand":            func(p *Program) { p.Out[0] = nil },
		"negative size":             func(p *Program) { p.In[0].Ty = vec(-1) },
	}
	for want, f := range break_ {
		p := chain(testOp{N: "f"}, 3)
		f(p)
		if err := p.Verify(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want an error with %q, got %v", want, err)
		}
	}
	p := chain(testOp{N: "f"}, 3)
	inner := chain(testOp{N: "g"}, 3)
	inner.Out[0] = &Var{Ty: vec(3)}
	p.Eqns[1].Op = testOp{N: "f", Body: inner}
	if err := p.Verify(); err == nil || !strings.Contains(err.Error(), "equation 1, f") {
		t.Errorf("a broken nested program gives %v", err)
	}
}

func TestPrint(t *testing.T) {
	p := chain(testOp{N: "f", Axes: []int{0, 1}, Body: chain(testOp{N: "g"}, 2)}, 3)
	got := p.Format(false)
	want := strings.TrimSpace(`
{ lambda ; a:float32[3]. let
    b:float32[3] = f[N=f Axes=[0 1]] a a
      { lambda ; a:float32[2]. let
          b:float32[2] = g[N=g Axes=[]] a a
          c:float32[2] = g[N=g Axes=[]] b a
        in (c) }
    c:float32[3] = f[N=f Axes=[0 1]] b a
      { lambda ; a:float32[2]. let
          b:float32[2] = g[N=g Axes=[]] a a
          c:float32[2] = g[N=g Axes=[]] b a
        in (c) }
  in (c) }`)
	if got != want {
		t.Errorf("printed\n%s\nwant\n%s", got, want)
	}
	if lines := p.String(); !strings.Contains(lines, "# ir_test.go:") {
		t.Errorf("no source line in\n%s", lines)
	}
}

func TestSrc(t *testing.T) {
	var s [2]Src
	for i := range s {
		s[i] = Here(0) // one place, twice
	}
	if s[0] != s[1] {
		t.Error("one place has two Srcs")
	}
	file, line := s[0].Position()
	if !strings.HasSuffix(file, "ir_test.go") || line == 0 || !strings.HasSuffix(s[0].Func(), "TestSrc") {
		t.Errorf("Here is %s:%d in %s", file, line, s[0].Func())
	}
	if Src(0).String() != "?" {
		t.Errorf("the unknown place prints %v", Src(0))
	}
	for fn, want := range map[string]bool{
		module + ".Jit":                      true,
		module + "/jnp.Add[...]":             true,
		module + "/transforms/jit.(*F).Call": true,
		module + "/jnp/linalg.Norm":          true,
		module + "/examples/tutorial.main":   false,
		module + "/tests/golden.run":         false,
		module + "/testsuite.Run":            true, // of the library, unless it is listed among the users
		module + "tra.Run":                   false,
		"main.main":                          false,
		"runtime.goexit":                     true,
		"reflect.Value.call":                 true,
	} {
		if got := internal(fn, "x.go"); got != want {
			t.Errorf("internal(%s) = %v", fn, got)
		}
	}
}

func BenchmarkHere(b *testing.B) {
	for b.Loop() {
		Here(0)
	}
}

func BenchmarkKey(b *testing.B) {
	p := chain(testOp{N: "f"}, 3)
	for b.Loop() {
		p.appendKey(nil)
	}
}
