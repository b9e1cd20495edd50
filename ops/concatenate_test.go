package ops_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/lower"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/tests/fails"
	"github.com/gojax/gojax/trace"
)

func TestJoining(t *testing.T) {
	b := newBench(t)
	x := ramp(ir.Float64, 0, 1, 2, 3)
	for _, c := range []struct {
		name string
		f    fn
		want string
	}{
		{"split", func(x []*trace.Value) []*trace.Value { return ops.Split(x[0], []int{1, 0, 2}, 1) },
			"[2 1][0 3] [2 0][] [2 2][1 2 4 5]"},
		{"stack", f1(func(x *trace.Value) *trace.Value { return ops.Stack([]*trace.Value{x, ops.Neg(x)}, 1) }),
			"[2 2 3][0 1 2 -0 -1 -2 3 4 5 -3 -4 -5]"},
		{"stack last", f1(func(x *trace.Value) *trace.Value { return ops.Stack([]*trace.Value{x, x}, 2) }),
			"[2 3 2][0 0 1 1 2 2 3 3 4 4 5 5]"},
		{"unstack", func(x []*trace.Value) []*trace.Value { return ops.Unstack(x[0], 1) },
			"[2][0 3] [2][1 4] [2][2 5]"},
		{"broadcast like", f1(func(x *trace.Value) *trace.Value {
			return ops.BroadcastLike(ops.SliceInDim(x, 0, 1, 1, 1), ops.Stack([]*trace.Value{x, x}, 0))
		}), "[2 2 3][0 0 0 3 3 3 0 0 0 3 3 3]"},
		{"broadcast to rank", f1(func(x *trace.Value) *trace.Value { return ops.BroadcastToRank(x, 4) }),
			"[1 1 2 3][0 1 2 3 4 5]"},
		{"reciprocal", f1(ops.Reciprocal), "[2 3][+Inf 1 0.5 0.3333333333333333 0.25 0.2]"},
	} {
		b.values(c.f, []arr{x}, func(out []arr) {
			var got []string
			for _, a := range out {
				var v []float64
				for _, l := range a.e {
					v = append(v, l.Float())
				}
				got = append(got, fmt.Sprint(a.shape)+fmt.Sprint(v))
			}
			if s := fmt.Sprint(got); s != "["+c.want+"]" {
				t.Errorf("%s: %s, want %s", c.name, s, c.want)
			}
		})
		b.vmap(c.f, []arr{x})
	}
	b.run()
	v := x.put()
	fails.With(t, func() { ops.Split(v, []int{1, 1}, 1) }, "ops.Split", "add up to 2", "size 3")
	fails.With(t, func() { ops.Split(v, []int{4, -1}, 1) }, "ops.Split", "negative")
	fails.With(t, func() { ops.Stack(nil, 0) }, "ops.Stack")
	fails.With(t, func() { ops.Stack([]*trace.Value{v, vec(ir.Float64, 1).put()}, 0) }, "ops.Stack", "[2,3]")
	fails.With(t, func() { ops.Stack([]*trace.Value{v}, 3) }, "ops.Stack", "axis 3")
	fails.With(t, func() { ops.Unstack(v, 2) }, "ops.Unstack", "axis 2")
	fails.With(t, func() { ops.BroadcastLike(v, vec(ir.Float64, 1).put()) }, "ops.BroadcastLike")
	fails.With(t, func() { ops.BroadcastToRank(v, 1) }, "ops.BroadcastToRank")
}

func ExampleSplit() {
	for _, part := range ops.Split(rowsOf(2, 3).TraceValue(), []int{1, 2}, 1) {
		fmt.Println(jnp.Wrap(part))
	}
	// Output:
	// [[0]
	//  [3]]
	// [[1 2]
	//  [4 5]]
}

func ExampleStack() {
	x := rowsOf(3).TraceValue()
	fmt.Println(jnp.Wrap(ops.Stack([]*ops.Value{x, ops.Neg(x)}, 1)))
	// Output:
	// [[ 0  0]
	//  [ 1 -1]
	//  [ 2 -2]]
}

func ExampleUnstack() {
	for _, column := range ops.Unstack(rowsOf(2, 3).TraceValue(), 1) {
		fmt.Println(jnp.Wrap(column))
	}
	// Output:
	// [0 3]
	// [1 4]
	// [2 5]
}

// Arrays of different sizes along a long last axis, and long vectors that grow, are looked up on CPUs: with the values,
// and the derivatives, that short ones have.
func TestLongAxes(t *testing.T) {
	counting := func(n, from int) (v []float32) {
		for i := range n {
			v = append(v, float32(from+i))
		}
		return v
	}
	for _, sizes := range [][]int{{300, 7}, {7, 300}, {0, 300, 1}, {3, 400, 5, 2}, {256, 0}, {100, 200, 300, 7, 1}} {
		var parts []jnp.Array
		var want []float32
		for i, n := range sizes {
			v := counting(n, 1000*i)
			parts, want = append(parts, jnp.FromSlice(v)), append(want, v...)
		}
		if got := jnp.ToSlice[float32](jnp.Concatenate(parts)); !slices.Equal(got, want) {
			t.Errorf("%v: %v, want %v", sizes, got, want)
		}
		rows := gojax.Vmap(func(p []jnp.Array) jnp.Array { return jnp.Concatenate(p) })(
			kit.Map(parts, func(p jnp.Array) jnp.Array { return p.At(jnp.NewAxis).Get() }))
		if got := jnp.ToSlice[float32](rows); !slices.Equal(got, want) {
			t.Errorf("rows of %v: %v, want %v", sizes, got, want)
		}
		slope := gojax.Grad(func(p []jnp.Array) jnp.Array {
			return jnp.Concatenate(p).Mul(jnp.Arange(len(want))).Sum()
		})
		at := 0
		for i, g := range slope(parts) {
			if got := jnp.ToSlice[float32](g); !slices.Equal(got, counting(sizes[i], at)) {
				t.Errorf("the derivative by part %d of %v is %v", i, sizes, got)
			}
			at += sizes[i]
		}
	}
	for _, w := range [][2]int{{0, 300}, {300, 0}, {200, 100}, {-2, 400}, {400, -5}} {
		x := counting(10, 1)
		var want []float32
		for i := -w[0]; i < 10+w[1]; i++ {
			v := float32(-1)
			if i >= 0 && i < 10 {
				v = x[i]
			}
			want = append(want, v)
		}
		pad := func(x jnp.Array) jnp.Array { return lax.Pad(x, -1, [][3]int{{w[0], w[1], 0}}) }
		if got := jnp.ToSlice[float32](pad(jnp.FromSlice(x))); !slices.Equal(got, want) {
			t.Errorf("padded by %v: %v, want %v", w, got, want)
		}
	}
}

// Long vectors of different sizes are joined by a kernel, from the vectors that they are slices of; others by XLA.
func TestJoinsByKernel(t *testing.T) {
	const n = 1 << 15
	cut := func(x *trace.Value, from, to, step int) *trace.Value { return ops.SliceInDim(x, from, to, step, 0) }
	for _, c := range []struct {
		name   string
		shape  []int
		parts  func(x *trace.Value) []*trace.Value
		kernel string // its pieces
	}{
		{"rolled", []int{n}, func(x *trace.Value) []*trace.Value {
			return []*trace.Value{cut(x, n-7, n, 1), cut(x, 0, n-7, 1)}
		}, "32761, 7, 0, 32761"},
		{"computed", []int{n}, func(x *trace.Value) []*trace.Value {
			return []*trace.Value{ops.Neg(x), cut(x, 3, 11, 2), ops.Neg(cut(x, 0, 5, 1))}
		}, "0, 32768, 0, 4, 0, 5"},
		{"of one size", []int{n}, func(x *trace.Value) []*trace.Value { return []*trace.Value{x, x} }, ""},
		{"short", []int{n / 2}, func(x *trace.Value) []*trace.Value {
			return []*trace.Value{cut(x, 9, n/2, 1), cut(x, 0, 9, 1)}
		}, ""},
		{"rows", []int{n / 512, 512}, func(x *trace.Value) []*trace.Value {
			return []*trace.Value{x, ops.SliceInDim(x, 0, 9, 1, 1)}
		}, ""},
	} {
		f := fn(func(x []*trace.Value) []*trace.Value {
			return []*trace.Value{ops.Concatenate(c.parts(x[0]), len(c.shape)-1)}
		})
		x := []arr{ramp(ir.Float64, 0, 1, c.shape...)}
		p, _ := trace.Trace("f", trace.Avals(putAll(x)), f)
		text := string(lower.Text(p, lower.Options{Platform: "cpu", HasKernel: func(string) bool { return true }}).Text)
		if strings.Contains(text, "gojax_stream") != (c.kernel != "") || !strings.Contains(text, c.kernel) {
			t.Errorf("%s: want a call of the kernel with %q:\n%s", c.name, c.kernel, text)
		}
		if got, want := encode(runBoth(t, f, x)[0]), withoutKernels(t, f, x)[0]; !bytes.Equal(got, want) {
			t.Errorf("%s: the kernel's result is not XLA's", c.name)
		}
	}
}
