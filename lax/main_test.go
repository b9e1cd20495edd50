package lax_test

import (
	"math"
	"math/cmplx"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/tests/leak"
	"github.com/gojax/gojax/tests/sample"
	"github.com/gojax/gojax/trace"
	"github.com/gojax/gojax/transforms/jit"
)

// TestMain has two CPU devices or more, for meshes.
func TestMain(m *testing.M) {
	leak.Devices(2)
	leak.Main(m, jit.LiveBuffers)
}

// A is an array, and V the engine's value of one.
type (
	A = jnp.Array
	V = *trace.Value
)

// form is a row of a table: a call of lax and the one of ops that it stands for, both on in.
type form struct {
	name string
	in   []A
	lax  func(x []A) []A
	ops  func(x []V) []V
}

// checkForms runs the forms of a table, the first under Vmap, the next under Jit alone, and so on in turn (all in one
// program, since compiling takes longer than what is computed), and every fourth eagerly too, and holds the results
// against those of ops, computed in the same way. All are traced in both ways, and their types compared. With
// GOJAX_TEST_ALL=1 each form is run in each way.
func checkForms(t *testing.T, forms ...form) {
	t.Helper()
	maps := func(i int) bool { return sample.All() || i%2 == 0 }
	runs := func(i int) bool { return sample.All() || i%2 == 1 }
	all := func(in [][]A) (want, plain, mapped [][]A) {
		for i, f := range forms {
			want = append(want, wrapped(f.ops(values(in[i]))))
			x := f.lax(in[i])
			twice := make([]A, len(in[i]))
			for j, x := range in[i] {
				twice[j] = jnp.Stack([]A{x, x}, 1%(x.NDim()+1))
			}
			axis := make([]any, len(twice))
			for j, x := range in[i] {
				axis[j] = 1 % (x.NDim() + 1)
			}
			y := gojax.Vmap(func(x []A) []A { return f.lax(x) }, gojax.InAxes(axis))(twice)
			for j, w := range want[i] {
				sameType(t, "Jit of "+f.name, x[j], w)
				sameType(t, "Vmap of "+f.name, y[j], jnp.Stack([]A{w, w}))
			}
			if !runs(i) {
				x = nil
			}
			if !maps(i) {
				y = nil
			}
			plain, mapped = append(plain, x), append(mapped, y)
		}
		return want, plain, mapped
	}
	in := make([][]A, len(forms))
	for i, f := range forms {
		in[i] = f.in
		if i%4 == 0 || sample.All() {
			same(t, f.name, f.lax(f.in), wrapped(f.ops(values(f.in))), 0)
		}
	}
	want, plain, mapped := gojax.Jit(all)(in)
	for i, f := range forms {
		if runs(i) {
			same(t, "Jit of "+f.name, plain[i], want[i], 1e-5)
		}
		for j, y := range mapped[i] {
			w := host(want[i][j])
			if got := host(y); !near(got, slices.Concat(w, w), 1e-5) {
				t.Errorf("Vmap of %s: %v, want twice %v", f.name, got, w)
			}
		}
	}
}

func sameType(t *testing.T, name string, got, want A) {
	t.Helper()
	if a, b := got.TraceValue().Aval(), want.TraceValue().Aval(); !a.SameType(b) {
		t.Errorf("%s has type %v, want %v", name, a, b)
	}
}

// same compares arrays: types, and elements within a tolerance.
func same(t *testing.T, name string, got, want []A, tol float64) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%s: %d results, want %d", name, len(got), len(want))
		return
	}
	for i, w := range want {
		g, a, b := got[i], got[i].TraceValue().Aval(), w.TraceValue().Aval()
		if !a.SameType(b) || !near(host(g), host(w), tol) {
			t.Errorf("%s: %v %v, want %v %v", name, a, g, b, w)
		}
	}
}

// host are the elements of x, whatever its dtype.
func host(x A) []complex128 {
	switch d := x.DType(); {
	case d == jnp.Bool:
		return converted(jnp.ToSlice[bool](x), func(b bool) complex128 { return map[bool]complex128{true: 1}[b] })
	case d.IsComplex():
		return jnp.ToSlice[complex128](x)
	case d.IsUnsigned():
		return converted(jnp.ToSlice[uint64](x), func(u uint64) complex128 { return complex(float64(u), 0) })
	case d.IsInteger():
		return converted(jnp.ToSlice[int64](x), func(i int64) complex128 { return complex(float64(i), 0) })
	}
	return converted(jnp.ToSlice[float64](x), func(f float64) complex128 { return complex(f, 0) })
}

func converted[T any](x []T, f func(T) complex128) []complex128 {
	out := make([]complex128, len(x))
	for i, e := range x {
		out[i] = f(e)
	}
	return out
}

// near reports whether numbers are equal within a relative tolerance; NaN is near NaN.
func near(x, y []complex128, tol float64) bool {
	part := func(a, b, size float64) bool {
		return a == b || math.IsNaN(a) && math.IsNaN(b) || math.Abs(a-b) <= tol*max(1, size)
	}
	return slices.EqualFunc(x, y, func(a, b complex128) bool {
		size := cmplx.Abs(b)
		return part(real(a), real(b), size) && part(imag(a), imag(b), size)
	})
}

func values(x []A) []V {
	v := make([]V, len(x))
	for i, a := range x {
		v[i] = a.TraceValue()
	}
	return v
}

func wrapped(v []V) []A {
	x := make([]A, len(v))
	for i, a := range v {
		x[i] = jnp.Wrap(a)
	}
	return x
}

// of1, of2 and of3 are forms of functions of so many arrays with one result.
func of1(name string, f func(x A) A, g func(x V) V, in ...A) form {
	return form{name, in, func(x []A) []A { return []A{f(x[0])} }, func(x []V) []V { return []V{g(x[0])} }}
}

func of2(name string, f func(x, y A) A, g func(x, y V) V, in ...A) form {
	return form{name, in, func(x []A) []A { return []A{f(x[0], x[1])} }, func(x []V) []V { return []V{g(x[0], x[1])} }}
}

func of3(name string, f func(x, y, z A) A, g func(x, y, z V) V, in ...A) form {
	return form{
		name,
		in,
		func(x []A) []A { return []A{f(x[0], x[1], x[2])} },
		func(x []V) []V { return []V{g(x[0], x[1], x[2])} },
	}
}

// numbers are the numbers from start on, one apart by step, in an array of a shape.
func numbers(start, step float64, shape ...int) A {
	x := make([]float32, ir.SizeOf(shape))
	for i := range x {
		x[i] = float32(start + step*float64(i))
	}
	return jnp.FromSlice(x, shape...)
}

// ints are integers in an array of one axis.
func ints(x ...int32) A { return jnp.FromSlice(x, len(x)) }

// matrix is rows of numbers.
func matrix(rows ...[]float32) A {
	return jnp.FromSlice(slices.Concat(rows...), len(rows), len(rows[0]))
}

// mistake is a row of a table of calls that must fail: the operation that the error names, and parts of what it says.
type mistake struct {
	op   string
	call func()
	says []string
}

// checkMistakes makes the calls. Errors have the line of the test that makes them.
func checkMistakes(t *testing.T, mistakes ...mistake) {
	t.Helper()
	_, file, _, _ := runtime.Caller(1)
	file = file[strings.LastIndex(file, "/")+1:]
	for _, m := range mistakes {
		err := gojax.Try(m.call)
		e, ok := err.(*gojax.Error)
		if !ok {
			t.Errorf("%s: %v, want an error that says %q", m.op, err, m.says)
			continue
		}
		if !named(e.Op, m.op) {
			t.Errorf("%s: the error is one of %s: %v", m.op, e.Op, err)
		}
		for _, s := range append(m.says, file+":") {
			if !strings.Contains(err.Error(), s) {
				t.Errorf("%s: %q does not say %q", m.op, err, s)
			}
		}
	}
}

// named reports whether an error of the operation op is one of the function that the user called: by its own name or,
// where what is wrong is what an operation in it was given, by that of the operation.
func named(op, function string) bool {
	if op == operations[function] {
		return true
	}
	return strings.EqualFold(strings.TrimPrefix(strings.ReplaceAll(op, "_", ""), "lax."),
		strings.TrimPrefix(function, "lax."))
}

// operations are those that have another name than the function that binds them.
var operations = map[string]string{
	"lax.BetaInc": "regularized_incomplete_beta", "lax.ConvertElementType": "convert_element_type",
	"lax.BitcastConvertType": "bitcast_convert_type",
	"lax.BroadcastLike":      "broadcast_in_dim", "lax.Select": "select_n", "lax.ScatterSub": "scatter_add",
	"lax.RaggedDot": "ragged_dot_general", "lax.ApproxMaxK": "approx_top_k", "lax.ApproxMinK": "approx_top_k",
}
