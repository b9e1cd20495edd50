package ops_test

import (
	"encoding/binary"
	"fmt"
	"math"
	"math/cmplx"
	"slices"
	"strings"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/tests/leak"
	"github.com/gojax/gojax/trace"
	"github.com/gojax/gojax/transforms/jit"
	"github.com/gojax/gojax/transforms/vmap"
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
	n := v.DType().Size()
	for ; len(b) > 0; b = b[n:] {
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

func near(x, y, tol float64) bool {
	switch {
	case x == y || x != x && y != y:
		return true
	case math.IsInf(x, 0) || math.IsInf(y, 0):
		return false
	}
	return math.Abs(x-y) <= tol*max(1, math.Abs(y))
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
func runBoth(t *testing.T, f fn, in []arr) []arr {
	t.Helper()
	eager := getAll(f(putAll(in)))
	p := program(t, f, avals(in))
	jitted := getAll(trace.TheRuntime().Run(p, putAll(in)))
	for i := range eager {
		if s := eager[i].closeTo(jitted[i], tolOf(eager[i].d)); s != "" {
			t.Errorf("output %d: eager differs from compiled: %s", i, s)
		}
	}
	return jitted
}

// checkVmap compares f mapped with a loop: over every axis of every operand alone, for a mapped axis of size 2 and of
// size 0, and over several operands at once, for size 2: all at their first axes, all at their last, both mixed, and
// all but one. (All combinations would be too many programs to compile.) The examples are in with its elements rotated.
func checkVmap(t *testing.T, f fn, in []arr) {
	t.Helper()
	p := program(t, f, avals(in))
	done := map[string]bool{}
	check := func(sizes []int, at func(i int) int) {
		t.Helper()
		axes := make([]int, len(in))
		for i := range axes {
			axes[i] = at(i)
		}
		key := fmt.Sprint(axes)
		if done[key] || !slices.ContainsFunc(axes, func(a int) bool { return a != trace.NotMapped }) {
			return
		}
		done[key] = true
		for _, size := range sizes {
			checkVmapAt(t, p, f, in, axes, size)
			if t.Failed() {
				t.Fatalf("with axes %v and size %d", axes, size)
			}
		}
	}
	for k, a := range in {
		for axis := range len(a.shape) + 1 {
			check([]int{2, 0}, func(i int) int {
				if i == k {
					return axis
				}
				return trace.NotMapped
			})
		}
	}
	two := []int{2}
	check(two, func(int) int { return 0 })
	check(two, func(i int) int { return len(in[i].shape) })
	check(two, func(i int) int { return i % 2 * len(in[i].shape) })
	for k := range in {
		check(two, func(i int) int {
			if i == k {
				return trace.NotMapped
			}
			return 0
		})
	}
}

func checkVmapAt(t *testing.T, p *ir.Program, f fn, in []arr, axes []int, size int) {
	t.Helper()
	batched := make([]arr, len(in))
	for i, a := range in {
		if axes[i] == trace.NotMapped {
			batched[i] = a
			continue
		}
		parts := make([]arr, size)
		for j := range parts {
			parts[j] = a.example(j)
		}
		batched[i] = stackArr(a, parts, axes[i])
	}
	q, at := vmap.Program(p, size, axes, nil, "the test's function")
	if err := q.Verify(); err != nil {
		t.Fatalf("the mapped program does not verify: %v\n%v", err, q)
	}
	got := getAll(trace.TheRuntime().Run(q, putAll(batched)))
	var want [][]arr
	for j := range size {
		one := slices.Clone(in)
		for i := range one {
			if axes[i] != trace.NotMapped {
				one[i] = in[i].example(j)
			}
		}
		want = append(want, getAll(f(putAll(one))))
	}
	for k, o := range p.OutTypes() {
		if at[k] == trace.NotMapped {
			continue
		}
		col := make([]arr, size)
		for j := range col {
			col[j] = want[j][k]
		}
		if s := got[k].closeTo(stackArr(arr{d: o.DType, shape: o.Shape}, col, at[k]), tolOf(o.DType)); s != "" {
			t.Errorf("output %d, mapped at %d: vmap differs from a loop: %s\n%v", k, at[k], s, q)
		}
	}
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

// ruleCtx calls the rules of one operation directly; it has no nested programs.
type ruleCtx struct {
	trace.JVPCtx
	op ir.Op
}

func (c ruleCtx) Self(x ...*trace.Value) []*trace.Value { return trace.Bind(c.op, x...) }

// jvpOf runs f's JVP eagerly, equation by equation.
func jvpOf(t *testing.T, p *ir.Program, x, tan []*trace.Value) (y, yt []*trace.Value) {
	t.Helper()
	tangents := map[*trace.Value]*trace.Value{}
	for i, v := range x {
		if tan[i] != nil {
			tangents[v] = tan[i]
		}
	}
	y = trace.Replay(p, x, func(e *ir.Eqn, x []*trace.Value) []*trace.Value {
		in := make([]*trace.Value, len(x))
		for i, v := range x {
			in[i] = tangents[v]
		}
		r, ok := e.Op.(trace.JVPer)
		if !ok {
			t.Fatalf("%s has no JVP", e.Op.Name())
		}
		out, ot := r.JVP(ruleCtx{op: e.Op}, x, in)
		for i, v := range out {
			if ot[i] == nil {
				continue
			}
			if !ot[i].Aval().SameType(v.Aval()) {
				t.Errorf("%s: the tangent is %v of a %v", e.Op.Name(), ot[i].Aval(), v.Aval())
			}
			tangents[v] = ot[i]
		}
		return out
	})
	for _, v := range y {
		yt = append(yt, tangents[v])
	}
	return y, yt
}

// checkJVP compares derivatives with central differences: those of checkFirst, and in float64 those of the second
// order.
func checkJVP(t *testing.T, f fn, in []arr) {
	t.Helper()
	if checkFirst(t, f, in); !t.Failed() {
		checkSecond(t, f, in)
	}
}

// checkFirst compares f's JVP with central differences, in float64 or complex128: along a direction for each operand
// that is inexact.
func checkFirst(t *testing.T, f fn, in []arr) {
	t.Helper()
	const h = 1e-6
	p := program(t, f, avals(in))
	for i, a := range in {
		if !a.d.IsInexact() {
			continue
		}
		dir := a.direction()
		tan := make([]*trace.Value, len(in))
		tan[i] = dir.put()
		moved := func(s float64) []arr {
			x := slices.Clone(in)
			x[i] = arr{d: a.d, shape: a.shape}
			for k, l := range a.e {
				x[i].e = append(x[i].e, ir.ComplexLit(l.Complex()+complex(s*h, 0)*dir.e[k].Complex(), a.d))
			}
			return getAll(f(putAll(x)))
		}
		_, yt := jvpOf(t, p, putAll(in), tan)
		up, down := moved(1), moved(-1)
		for k := range up {
			want := arr{d: up[k].d, shape: up[k].shape}
			for n, u := range up[k].e {
				want.e = append(want.e, ir.ComplexLit((u.Complex()-down[k].e[n].Complex())/(2*h), want.d))
			}
			if !want.d.IsInexact() {
				if yt[k] != nil {
					t.Errorf("output %d is %v and has a tangent", k, want.d)
				}
				continue
			}
			got := arr{d: want.d, shape: want.shape, e: make([]ir.Lit, len(want.e))}
			for n := range got.e {
				got.e[n] = ir.FloatLit(0, got.d)
			}
			if yt[k] != nil {
				got = get(yt[k])
			}
			if s := got.closeTo(want, 1e-5); s != "" {
				t.Errorf("operand %d, output %d: the JVP differs from central differences: %s", i, k, s)
			}
		}
	}
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

// checkTranspose takes f, one equation linear in the operands listed, and tests <ct, f(t)> = <transpose(ct), t>: over
// the complex numbers in JAX's convention, the real part of the plain product.
func checkTranspose(t *testing.T, f fn, in []arr, linear ...int) {
	t.Helper()
	p := program(t, f, avals(in))
	if len(p.Eqns) != 1 {
		t.Fatalf("%d equations, want 1:\n%v", len(p.Eqns), p)
	}
	op := p.Eqns[0].Op
	r, ok := op.(trace.Transposer)
	if !ok {
		t.Fatalf("%s has no Transpose", op.Name())
	}
	// The operands of the equation are among those of the program, or literals.
	of := func(k int) int {
		return slices.IndexFunc(p.In, func(v *ir.Var) bool { return ir.Value(v) == p.Eqns[0].In[k] })
	}
	x := putAll(in)
	lin := make([]trace.Linear, len(p.Eqns[0].In))
	for k, v := range p.Eqns[0].In {
		lin[k].Aval = v.Aval()
		i := of(k)
		switch {
		case i < 0:
			lin[k].X = trace.FromLit(v.(ir.Lit))
		case !slices.Contains(linear, i):
			lin[k].X = x[i]
		}
	}
	ctHost := make([]arr, len(p.Out))
	for i, o := range p.OutTypes() {
		ctHost[i] = ramp(o.DType, 0, 0, o.Shape...).direction().example(1)
	}
	back := r.Transpose(nil, putAll(ctHost), lin)
	if len(back) != len(lin) {
		t.Fatalf("%d cotangents for %d operands", len(back), len(lin))
	}
	// f at the linear operands' directions and at zero, whose difference is the linear part.
	at := func(scale complex128) []arr {
		moved := slices.Clone(in)
		for _, i := range linear {
			moved[i] = in[i].direction().map1(in[i].d, func(z complex128) complex128 { return scale * z })
		}
		return getAll(f(putAll(moved)))
	}
	one, zero := at(1), at(0)
	var left, right complex128
	for k, ct := range ctHost {
		for n, c := range ct.e {
			left += c.Complex() * (one[k].e[n].Complex() - zero[k].e[n].Complex())
		}
	}
	for k := range lin {
		i := of(k)
		if lin[k].X != nil {
			if back[k] != nil {
				t.Errorf("operand %d is not linear and has a cotangent", k)
			}
			continue
		}
		if back[k] == nil {
			continue
		}
		if !back[k].Aval().SameType(lin[k].Aval) {
			t.Errorf("operand %d: the cotangent is %v of a %v", k, back[k].Aval(), lin[k].Aval)
			continue
		}
		for n, c := range get(back[k]).e {
			right += c.Complex() * in[i].direction().e[n].Complex()
		}
	}
	tol := 1e-9
	for _, ct := range ctHost {
		tol = max(tol, 100*tolOf(ct.d))
	}
	if math.Abs(real(left)-real(right)) > tol*max(1, cmplx.Abs(left)) {
		t.Errorf("<ct, f(t)> = %v, <transpose(ct), t> = %v", left, right)
	}
}

// wantFail runs f, which must raise a *trace.Error whose text has every one of the parts.
func wantFail(t *testing.T, f func(), parts ...string) {
	t.Helper()
	err := trace.Try(f)
	if err == nil {
		t.Errorf("no error; want one with %q", parts)
		return
	}
	for _, s := range parts {
		if !strings.Contains(err.Error(), s) {
			t.Errorf("the error %q lacks %q", err, s)
		}
	}
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
