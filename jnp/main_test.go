package jnp_test

import (
	"fmt"
	"math"
	"path/filepath"
	"runtime"
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

func run(p *ir.Program, in []Array, captured []*trace.Value) Array {
	v := make([]*trace.Value, len(in))
	for i, x := range in {
		v[i] = x.TraceValue()
	}
	return Wrap(trace.TheRuntime().Run(p, append(v, captured...))[0])
}

// runRows runs every row eagerly, traced, and mapped over a new axis of its operands: by default every second mapped,
// and the others traced.
func runRows(t *testing.T, rows []opRow) {
	for i, r := range rows {
		t.Run(r.name, func(t *testing.T) {
			var in []Array
			for _, n := range r.in {
				in = append(in, fixture(n))
			}
			if err := check(r.f(in), r.want, r.data); err != nil {
				t.Fatalf("eager: %v", err)
			}
			p, captured := record(in, r.f)
			if err := p.Verify(); err != nil {
				t.Fatal(err)
			}
			if sample.All() || i%2 == 1 {
				if err := check(run(p, in, captured), r.want, r.data); err != nil {
					t.Fatalf("traced: %v", err)
				}
			}
			// Mapped over the first axis of the first operand and the last of the others.
			batch, axes := make([]Array, len(in)), make([]int, len(in))
			each := [3][]Array{}
			for i, x := range in {
				vary := []Array{x, Flip(x), x}
				for k, v := range vary {
					each[k] = append(each[k], v)
				}
				if i > 0 {
					axes[i] = x.NDim()
				}
				batch[i] = Stack(vary, axes[i])
			}
			for range captured {
				axes = append(axes, trace.NotMapped)
			}
			q, out := vmap.Program(p, 3, axes, nil, "Vmap")
			if err := q.Verify(); err != nil {
				t.Fatal(err)
			}
			if out[0] == trace.NotMapped || !sample.All() && i%2 == 1 {
				return // the result may not depend on the operands' elements
			}
			var loop []Array
			for _, a := range each {
				loop = append(loop, r.f(a))
			}
			want := Stack(loop, out[0])
			if err := check(run(q, batch, captured), want.TraceValue().Aval().String(), elements(want)); err != nil {
				t.Fatalf("mapped: %v", err)
			}
		})
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
		for _, r := range rows(in) {
			if err := grads.Check(func(a []Array) Array { return r.f(a[0]) }, []Array{x}, 1); err != nil {
				t.Errorf("%s: %v", r.name, err)
			}
		}
	})()
}

// matrix is what examples of reductions and products are shown on.
func matrix() Array { return AsArray([][]float32{{1, 4, 2}, {3, -1, 5}}) }
