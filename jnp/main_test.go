package jnp_test

import (
	"fmt"
	"math"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/gojax/gojax"

	"github.com/gojax/gojax/ir"
	. "github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/trace"
	"github.com/gojax/gojax/transforms/vmap"

	"github.com/gojax/gojax/tests/grads"
	"github.com/gojax/gojax/tests/leak"
	"github.com/gojax/gojax/tests/sample"
	"github.com/gojax/gojax/transforms/jit"
)

func TestMain(m *testing.M) { leak.Main(m, jit.LiveBuffers) }

// What the tests of the package share.

// opRow is one call: f of the named fixtures gives an array of type want with the elements data, in row-major order.
type opRow struct {
	name string
	in   []string
	f    func(a []Array) Array
	want string
	data []complex128
}

var nanC = complex(math.NaN(), 0)

func second(_, x, _, _ Array) Array { return x }
func third(_, _, x, _ Array) Array  { return x }
func fourth(_, _, _, x Array) Array { return x }

// fixture makes one of the arrays that the rows name.
func fixture(name string) Array {
	f := float32(math.NaN())
	switch name {
	case "x":
		return FromSlice([]float32{3, -1.5, 2, 0.5, -2, 4, 1, -0.25, 1.5, 0, -3, 2.5}, 3, 4)
	case "n":
		return FromSlice([]float32{3, f, 2, 0.5, f, f, f, f, 1.5, 0, -3, f}, 3, 4)
	case "y":
		return FromSlice([]float32{0.5, -2, 1.5, 3})
	case "q":
		return FromSlice([]float32{2, 2, 1, 5, 1, 1, 0.5})
	case "i":
		return FromSlice([]int32{1, -2, 3, 4, 0, 6, 7, 7, -9, 10, 11, -12}, 2, 3, 2)
	case "b":
		return FromSlice([]bool{true, false, true, false, false, false}, 2, 3)
	case "m":
		return FromSlice([]bool{true, false, true, true, false, true, true, false, true, true, false, true}, 3, 4)
	case "z":
		return FromSlice([]complex64{1 + 2i, -1i, 3, 0.5 - 0.5i, 2, -2 + 1i}, 2, 3)
	case "a":
		return Arange(24).Reshape(2, 3, 4).Mul(float32(0.25)).Sub(float32(2))
	case "c":
		return FromSlice([]float32{2, -1, 0.5, 1, 3, -2, 0.25, 1, 4}, 3, 3)
	case "w":
		return FromSlice([]float32{1, 2, 4})
	case "s":
		return FromSlice([]float32{2.5}).Reshape()
	case "k":
		return FromSlice([]int32{3, 1, 2})
	case "e":
		return Zeros(0, 3)
	}
	panic("no fixture " + name)
}

// elements reads x as complex numbers.
func elements(x Array) []complex128 {
	var out []complex128
	switch d := x.DType(); {
	case d.IsComplex():
		for _, v := range ToSlice[complex64](x) {
			out = append(out, complex128(v))
		}
	case d == Bool:
		for _, v := range ToSlice[bool](x) {
			if v {
				out = append(out, 1)
			} else {
				out = append(out, 0)
			}
		}
	case d.IsInteger():
		for _, v := range ToSlice[int](x) {
			out = append(out, complex(float64(v), 0))
		}
	default:
		for _, v := range ToSlice[float64](x) {
			out = append(out, complex(v, 0))
		}
	}
	return out
}

func near(got, want complex128) bool {
	part := func(g, w float64) bool {
		return g == w || math.IsNaN(g) && math.IsNaN(w) || math.Abs(g-w) <= 2e-6*(1+math.Abs(w))
	}
	return part(real(got), real(want)) && part(imag(got), imag(want))
}

// check compares an array with a type and elements.
func check(x Array, want string, data []complex128) error {
	if got := x.TraceValue().Aval().String(); got != want {
		return fmt.Errorf("type %s, want %s", got, want)
	}
	got := elements(x)
	for i := range data {
		if !near(got[i], data[i]) {
			return fmt.Errorf("%v\nwant %v", got, data)
		}
	}
	return nil
}

// record traces f. What f uses besides its operands is an input after them, and returned.
func record(in []Array, f func(a []Array) Array) (p *ir.Program, captured []*trace.Value) {
	t := make([]ir.Aval, len(in))
	for i, x := range in {
		t[i] = x.TraceValue().Aval()
	}
	return trace.Trace("Jit", t, func(v []*trace.Value) []*trace.Value {
		a := make([]Array, len(v))
		for i, v := range v {
			a[i] = Wrap(v)
		}
		return []*trace.Value{f(a).TraceValue()}
	})
}

// typesOnly calls f, which looks at types alone: by default while tracing, so that nothing is compiled.
func typesOnly(f func()) {
	if sample.All() {
		f()
		return
	}
	record(nil, func([]Array) Array { f(); return AsArray(0) })
}

// tracedRow is a row as programs: of its operands, and of those stacked with flipped ones, as vmap makes it.
type tracedRow struct {
	opRow
	in, captured  []Array
	plain, mapped *ir.Program
	axes          []int // where the operands are stacked
	out           int   // where the result is, NotMapped if it does not depend on the operands' elements
	runs          bool  // whether plain is run
	maps          bool  // whether mapped is
}

// traceRow traces a row, mapped over the first axis of the first operand and the last of the others.
func traceRow(r opRow) (t tracedRow, err error) {
	t.opRow = r
	for _, n := range r.in {
		t.in = append(t.in, fixture(n))
	}
	p, captured := record(t.in, r.f)
	for _, v := range captured {
		t.captured = append(t.captured, Wrap(v))
	}
	if err := p.Verify(); err != nil {
		return t, err
	}
	for i, x := range t.in {
		axis := 0
		if i > 0 {
			axis = x.NDim()
		}
		t.axes = append(t.axes, axis)
	}
	axes := slices.Clone(t.axes)
	for range captured {
		axes = append(axes, trace.NotMapped)
	}
	q, out := vmap.Program(p, 3, axes, nil, "Vmap")
	t.plain, t.mapped, t.out = p, q, out[0]
	return t, q.Verify()
}

// versions are the operands that a row is mapped over.
func (t tracedRow) versions() [3][]Array {
	var each [3][]Array
	for _, x := range t.in {
		for k, v := range []Array{x, Flip(x), x} {
			each[k] = append(each[k], v)
		}
	}
	return each
}

// run computes in the open trace what the row is to be run as. The mapped results come along the first axis.
func (t tracedRow) run(in []Array) (out []Array) {
	t.in = in[:len(t.in)]
	if t.runs {
		out = append(out, inline(t.plain, in))
	}
	if t.maps {
		each, batch := t.versions(), slices.Clone(in)
		for i, axis := range t.axes {
			batch[i] = Stack([]Array{each[0][i], each[1][i], each[2][i]}, axis)
		}
		out = append(out, MoveAxis(inline(t.mapped, batch), t.out, 0))
	}
	return out
}

// check holds to the row what run gave.
func (t tracedRow) check(got []Array) error {
	if t.runs {
		if err := check(got[0], t.want, t.data); err != nil {
			return fmt.Errorf("traced: %v", err)
		}
		got = got[1:]
	}
	if !t.maps {
		return nil
	}
	var want []complex128
	var shape ir.Aval
	for _, a := range t.versions() {
		y := t.f(a)
		shape = y.TraceValue().Aval()
		want = append(want, elements(y)...)
	}
	shape.Shape = append([]int{3}, shape.Shape...)
	if err := check(got[0], shape.String(), want); err != nil {
		return fmt.Errorf("mapped: %v", err)
	}
	return nil
}

func inline(p *ir.Program, in []Array) Array {
	v := make([]*trace.Value, len(in))
	for i, x := range in {
		v[i] = x.TraceValue()
	}
	return Wrap(trace.Inline(p, v)[0])
}

// together is how many rows are compiled as one program: a program costs more to compile than what a row adds to it.
const together = 32

// runRows runs every row eagerly, traced, and mapped over a new axis of its operands: by default every second mapped,
// and the others traced.
func runRows(t *testing.T, rows []opRow) {
	t.Helper()
	var traced []tracedRow
	for i, r := range rows {
		t.Run(r.name, func(t *testing.T) {
			row, err := traceRow(r)
			if err == nil {
				err = check(r.f(row.in), r.want, r.data)
			}
			if err != nil {
				t.Fatalf("eager: %v", err)
			}
			row.runs = sample.All() || i%2 == 1
			row.maps = row.out != trace.NotMapped && (sample.All() || i%2 == 0)
			traced = append(traced, row)
		})
	}
	for rows := range slices.Chunk(traced, together) {
		in := make([][]Array, len(rows))
		for i, r := range rows {
			in[i] = append(r.in, r.captured...)
		}
		out := gojax.Jit(func(in [][]Array) [][]Array {
			out := make([][]Array, len(rows))
			for i, r := range rows {
				out[i] = r.run(in[i])
			}
			return out
		})(in)
		for i, r := range rows {
			if err := r.check(out[i]); err != nil {
				t.Errorf("%s: %v", r.name, err)
			}
		}
	}
}

// errorRow is a mistake, and what the error says of it.
type errorRow struct {
	f    func()
	want []string
}

// runErrors checks that what cannot be computed says at which line of the caller's file, of what, and why.
func runErrors(t *testing.T, rows []errorRow) {
	t.Helper()
	_, file, _, _ := runtime.Caller(1)
	for _, r := range rows {
		err := trace.Try(r.f)
		if err == nil {
			t.Errorf("no error; want %q", r.want)
			continue
		}
		if !strings.HasPrefix(err.Error(), filepath.Base(file)+":") {
			t.Errorf("not at the user's line: %v", err)
		}
		for _, w := range r.want {
			if !strings.Contains(err.Error(), w) {
				t.Errorf("%v\n\twant %q in it", err, w)
			}
		}
	}
}

// whileTracing is f of x while a function of it is traced.
func whileTracing(x Array, f func(x Array)) func() {
	return func() {
		record([]Array{x}, func(a []Array) Array { f(a[0]); return a[0] })
	}
}

// gradRow is a function whose derivative with respect to x is checked.
type gradRow struct {
	name string
	f    func(x Array) Array
}

// gradOperands are further operands of the functions whose derivatives are checked.
type gradOperands struct{ w, i, b Array }

var f64 = Creation{DType: Float64}

// checkGrads compares derivatives with central differences, in float64, at an x of six elements: no two alike, none
// near -1, 0 or 1.
func checkGrads(t *testing.T, rows func(in gradOperands) []gradRow) {
	t.Helper()
	gojax.WithX64(true, func() {
		x := f64.AsArray([]float64{0.3, -1.2, 2.1, 0.7, -0.4, 1.5})
		in := gradOperands{
			w: f64.AsArray([]float64{1, 2, 0.5, 1.5, 3, 0.25}),
			i: AsArray([]int32{5, 0, 3}),
			b: AsArray([]bool{true, false, true, true, false, false}),
		}
		for rows := range slices.Chunk(rows(in), together) {
			fs := make([]func(a []Array) Array, len(rows))
			for i, r := range rows {
				fs[i] = func(a []Array) Array { return r.f(a[0]) }
			}
			for i, err := range grads.CheckEach(fs, []Array{x}, 1) {
				if err != nil {
					t.Errorf("%s: %v", rows[i].name, err)
				}
			}
		}
	})()
}

// matrix is what examples of reductions and products are shown on.
func matrix() Array { return AsArray([][]float32{{1, 4, 2}, {3, -1, 5}}) }
