package ops_test

import (
	"encoding/binary"
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/tests/leak"
	"github.com/gojax/gojax/trace"
	"github.com/gojax/gojax/transforms/jit"
)

func TestMain(m *testing.M) {
	trace.SetX64(true)
	jit.CheckWhole(true)
	leak.Main(m, jit.LiveBuffers, covered.report)
}

// arr is an array on the host. Elements are kept as literals, so that integers of 64 bits are exact.
type arr struct {
	d     ir.DType
	shape []int
	e     []ir.Lit
}

// nums makes an array of dtype d; with a nil shape it is a vector, or a scalar for one number alone.
func nums(d ir.DType, shape []int, v ...float64) arr {
	a := arr{d: d, shape: shape}
	if shape == nil && len(v) != 1 {
		a.shape = []int{len(v)}
	}
	for _, x := range v {
		a.e = append(a.e, ir.FloatLit(x, d))
	}
	return a
}

// vec is a vector.
func vec(d ir.DType, v ...float64) arr { return nums(d, []int{len(v)}, v...) }

// ramp counts start, start+step, ... in an array of the given shape.
func ramp(d ir.DType, start, step float64, shape ...int) arr {
	a := arr{d: d, shape: shape}
	for i := range ir.SizeOf(shape) {
		a.e = append(a.e, ir.FloatLit(start+step*float64(i), d))
	}
	return a
}

// cplx is a complex vector.
func cplx(d ir.DType, v ...complex128) arr {
	a := arr{d: d, shape: []int{len(v)}}
	for _, x := range v {
		a.e = append(a.e, ir.ComplexLit(x, d))
	}
	return a
}

func (a arr) aval() ir.Aval { return ir.Aval{Shape: a.shape, DType: a.d} }

// put copies a to the device.
func (a arr) put() *trace.Value {
	var b []byte
	for _, l := range a.e {
		b = l.AppendBytes(b)
	}
	return trace.TheRuntime().FromHost(b, a.aval())
}

// get copies v to the host.
func get(v *trace.Value) arr {
	a := arr{d: v.DType(), shape: v.Shape()}
	if l, ok := v.Lit(); ok {
		l.Weak = false
		a.e = []ir.Lit{l}
		return a
	}
	b := make([]byte, v.Aval().Bytes())
	trace.TheRuntime().ToHost(v, b)
	return a.decode(b)
}

// decode is an array of a's type and shape of the elements that lie in b.
func (a arr) decode(b []byte) arr {
	n := a.d.Size()
	for a.e = nil; len(b) > 0; b = b[n:] {
		var w [16]byte
		copy(w[:], b[:n])
		a.e = append(a.e,
			ir.Lit{Lo: binary.LittleEndian.Uint64(w[:]), Hi: binary.LittleEndian.Uint64(w[8:]), DType: a.d})
	}
	return a
}

// map1 applies f to every element, as the dtype d.
func (a arr) map1(d ir.DType, f func(x complex128) complex128) arr {
	out := arr{d: d, shape: a.shape}
	for _, l := range a.e {
		out.e = append(out.e, ir.ComplexLit(f(l.Complex()), d))
	}
	return out
}

func (a arr) String() string { return fmt.Sprintf("%v%s%v", a.d, ir.ShapeString(a.shape), a.e) }

// closeTo reports how a differs from want, "" if it does not: dtype and shape exactly, integers and bool exactly,
// floats within tol, relative to the larger of 1 and the element; NaN equals NaN, and infinities themselves.
func (a arr) closeTo(want arr, tol float64) string {
	if a.d != want.d || !slices.Equal(a.shape, want.shape) {
		return fmt.Sprintf("got %v%s, want %v%s", a.d, ir.ShapeString(a.shape), want.d, ir.ShapeString(want.shape))
	}
	for i, x := range a.e {
		y := want.e[i]
		ok := x.Lo == y.Lo && x.Hi == y.Hi
		if !ok && a.d.IsInexact() {
			ok = near(real(x.Complex()), real(y.Complex()), tol) && near(imag(x.Complex()), imag(y.Complex()), tol)
		}
		if !ok {
			return fmt.Sprintf("element %d is %v, want %v (of %v, want %v)", i, x, y, a, want)
		}
	}
	return ""
}

// within reports how a differs from want by more than a relative and an absolute tolerance, "" if it does not.
func (a arr) within(want arr, rtol, atol float64) string {
	if a.d != want.d || !slices.Equal(a.shape, want.shape) {
		return fmt.Sprintf("got %v%s, want %v%s", a.d, ir.ShapeString(a.shape), want.d, ir.ShapeString(want.shape))
	}
	ok := func(x, y float64) bool {
		return x == y || x != x && y != y || !math.IsInf(y, 0) && math.Abs(x-y) <= atol+rtol*math.Abs(y)
	}
	for i, l := range a.e {
		x, y := l.Complex(), want.e[i].Complex()
		if !ok(real(x), real(y)) || !ok(imag(x), imag(y)) {
			return fmt.Sprintf("element %d is %v, want %v", i, l, want.e[i])
		}
	}
	return ""
}

// example is the j-th example made of a: its elements rotated by j.
func (a arr) example(j int) arr {
	if n := len(a.e); n > 0 {
		a.e = append(slices.Clone(a.e[j%n:]), a.e[:j%n]...)
	}
	return a
}

// stackArr stacks arrays of like's type at axis.
func stackArr(like arr, parts []arr, axis int) arr {
	out := arr{d: like.d, shape: slices.Insert(slices.Clone(like.shape), axis, len(parts))}
	inner := ir.SizeOf(like.shape[axis:])
	for o := range ir.SizeOf(like.shape[:axis]) {
		for _, p := range parts {
			out.e = append(out.e, p.e[o*inner:(o+1)*inner]...)
		}
	}
	return out
}

// moved is a with s times dir added.
func (a arr) moved(dir arr, s float64) arr {
	out := arr{d: a.d, shape: a.shape}
	for k, l := range a.e {
		out.e = append(out.e, ir.ComplexLit(l.Complex()+complex(s, 0)*dir.e[k].Complex(), a.d))
	}
	return out
}

// slope is the difference from a down to c, over a step.
func (a arr) slope(c arr, step float64) arr {
	out := arr{d: a.d, shape: a.shape}
	for k, l := range a.e {
		out.e = append(out.e, ir.ComplexLit((l.Complex()-c.e[k].Complex())/complex(step, 0), a.d))
	}
	return out
}

// direction is an array of a's type with uneven elements of both signs, complex where a is.
func (a arr) direction() arr {
	out := arr{d: a.d, shape: a.shape}
	for i := range a.e {
		v := complex(math.Sin(float64(3*i+1)), 0)
		if a.d.IsComplex() {
			v += complex(0, math.Cos(float64(5*i+2)))
		}
		out.e = append(out.e, ir.ComplexLit(v, a.d))
	}
	return out
}

func near(x, y, tol float64) bool {
	switch {
	case x == y || x != x && y != y:
		return true
	case math.IsInf(x, 0) || math.IsInf(y, 0):
		return false
	}
	return math.Abs(x-y) <= tol*max(1, math.Abs(y))
}

// agree reports whether x and y are within tol, both NaN, or the same infinity.
func agree(x, y, tol float64) bool { return math.Abs(x-y) <= tol || x == y || x != x && y != y }

// inner is the inner product of two real arrays, and that of their absolute values.
func inner(x, y arr) (sum, abs float64) {
	for i, l := range x.e {
		v := l.Float() * y.e[i].Float()
		sum, abs = sum+v, abs+math.Abs(v)
	}
	return sum, abs
}

// only is p with those of its outputs.
func only(p *ir.Program, used []bool) *ir.Program {
	q, _ := p.DCEKeeping(used, slices.Repeat([]bool{true}, len(p.In)))
	return q
}

// tolOf is what rounding may make of a short expression.
func tolOf(d ir.DType) float64 {
	switch d {
	case ir.Float16:
		return 4e-3
	case ir.BFloat16:
		return 3e-2
	case ir.Float32, ir.Complex64:
		return 3e-6
	}
	return 1e-12
}

func putAll(in []arr) []*trace.Value {
	x := make([]*trace.Value, len(in))
	for i, a := range in {
		x[i] = a.put()
	}
	return x
}

func getAll(x []*trace.Value) []arr {
	out := make([]arr, len(x))
	for i, v := range x {
		out[i] = get(v)
	}
	return out
}

func avals(in []arr) []ir.Aval {
	t := make([]ir.Aval, len(in))
	for i, a := range in {
		t[i] = a.aval()
	}
	return t
}

// fn is a function of arrays under test.
type fn = func(x []*trace.Value) []*trace.Value

func f1(f func(x *trace.Value) *trace.Value) fn {
	return func(x []*trace.Value) []*trace.Value { return []*trace.Value{f(x[0])} }
}

func f2(f func(x, y *trace.Value) *trace.Value) fn {
	return func(x []*trace.Value) []*trace.Value { return []*trace.Value{f(x[0], x[1])} }
}

func f3(f func(x, y, z *trace.Value) *trace.Value) fn {
	return func(x []*trace.Value) []*trace.Value { return []*trace.Value{f(x[0], x[1], x[2])} }
}

// program traces f, and verifies what was recorded.
func program(t *testing.T, f fn, in []ir.Aval) *ir.Program {
	t.Helper()
	p, captured := trace.Trace("the test's function", in, f)
	if len(captured) > 0 {
		t.Fatalf("the function captured %v", captured)
	}
	if err := p.Verify(); err != nil {
		t.Fatalf("the program does not verify: %v\n%v", err, p)
	}
	return p
}

// runBoth runs f eagerly and as one program, which must agree, and returns the outputs.
func runBoth(t *testing.T, f fn, in []arr) (out []arr) {
	t.Helper()
	onBench(t, func(b *bench) { b.values(f, in, func(got []arr) { out = got }) })
	return out
}

// checkVmap is bench.vmap alone, and so on.
func checkVmap(t *testing.T, f fn, in []arr) {
	t.Helper()
	onBench(t, func(b *bench) { b.vmap(f, in) })
}

func checkJVP(t *testing.T, f fn, in []arr) {
	t.Helper()
	onBench(t, func(b *bench) { b.jvp(f, in) })
}

func checkFirst(t *testing.T, f fn, in []arr) {
	t.Helper()
	onBench(t, func(b *bench) { b.first(f, in) })
}

func checkTranspose(t *testing.T, f fn, in []arr, linear ...int) {
	t.Helper()
	onBench(t, func(b *bench) { b.transpose(f, in, linear...) })
}

func checkVmapAt(t *testing.T, f fn, in []arr, axes []int, size int) {
	t.Helper()
	onBench(t, func(b *bench) { b.vmapAt(f, in, axes, size) })
}

// value is a Go number or slice as the engine has it, and show prints one.
func value(x any) *ops.Value { return jnp.AsArray(x).TraceValue() }

func show(x ...*ops.Value) {
	for _, v := range x {
		fmt.Println(jnp.Wrap(v))
	}
}

// rowsOf is the numbers from 0 on in an array of a shape.
func rowsOf(shape ...int) jnp.Array {
	n := 1
	for _, k := range shape {
		n *= k
	}
	return jnp.Arange(n).Reshape(shape...)
}
