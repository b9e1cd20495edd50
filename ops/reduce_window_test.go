package ops_test

import (
	"math"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/tests/sample"
	"github.com/gojax/gojax/trace"
)

func TestWindowRules(t *testing.T) {
	id := func(v float64) *trace.Value { return ops.ScalarLit(ir.FloatLit(v, ir.Float64)) }
	type op = func(a, b *trace.Value) *trace.Value
	either := func(a, b *trace.Value) *trace.Value { return ops.Sub(ops.Add(a, b), ops.Mul(a, b)) } // 1-(1-a)(1-b)

	var kinds sample.Kinds // every operation and every form of window
	for _, r := range []struct {
		name   string
		op     op
		init   float64
		linear bool
	}{{"add", ops.Add, 0, true}, {"add 2", ops.Add, 2, false}, {"mul", ops.Mul, 1, false},
		{"max", ops.Max, math.Inf(-1), false}, {"min", ops.Min, math.Inf(1), false}, {"general", either, 0, false}} {
		for _, w := range []struct {
			name    string
			x, w, s []int
			pad     ops.WindowPadding
			dil     ops.WindowOptions
		}{
			{name: "2x2", x: []int{4, 4}, w: []int{2, 2}},
			{name: "same", x: []int{4, 5}, w: []int{2, 3}, s: []int{2, 2}, pad: ops.PadSame},
			{name: "padded", x: []int{5}, w: []int{3}, s: []int{2}, pad: ops.PadWith([2]int{2, -1})},
			{name: "dilated", x: []int{5}, w: []int{2},
				dil: ops.WindowOptions{BaseDilation: []int{2}, WindowDilation: []int{3}}},
			{name: "none", x: []int{2}, w: []int{3}},
		} {
			if !kinds.Add(r.name, w.name) && w.name != "same" && !r.linear {
				continue
			}
			t.Run(r.name+" "+w.name, func(t *testing.T) {
				t.Parallel()
				f := f1(func(x *trace.Value) *trace.Value {
					return ops.ReduceWindow(x, id(r.init), r.op, w.w, w.s, w.pad, w.dil)
				})
				in := []arr{f64(w.x, 0.5)}
				if r.name == "general" {
					checkNestedJVP(t, f, in)
				}
				onBench(t, func(b *bench) {
					b.again = w.name != "same"
					b.values(f, in, func([]arr) {})
					if r.linear || w.name == "same" { // the others are mapped alike
						b.vmap(f, in)
					}
					if r.name != "general" {
						b.jvp(f, in)
					}
					if r.linear {
						b.transpose(f, in, 0)
					}
				})
			})
		}
	}
	// Both ways of choosing.
	x := f64([]int{4, 5}, 0)
	for _, least := range []bool{false, true} {
		g := f2(func(g, x *trace.Value) *trace.Value {
			return ops.SelectAndGatherAdd(g, x, least, []int{2, 3}, []int{2, 1}, ops.PadSame)
		})
		s := f2(func(s, x *trace.Value) *trace.Value {
			return ops.SelectAndScatterAdd(s, x, least, []int{2, 3}, []int{2, 1}, ops.PadSame)
		})
		for _, c := range []struct {
			f  fn
			in []arr
		}{{g, []arr{f64([]int{4, 5}, 2), x}}, {s, []arr{f64([]int{2, 5}, 2), x}}} {
			onBench(t, func(b *bench) {
				b.values(c.f, c.in, func([]arr) {})
				b.vmap(c.f, c.in)
				b.jvp(c.f, c.in)
				b.transpose(c.f, c.in, 0)
			})
		}
	}
}

func ExampleReduceWindow() {
	least := ops.ScalarLit(ir.FloatLit(math.Inf(-1), ir.Float32))
	show(ops.ReduceWindow(value([]float32{1, 5, 2, 4}), least, ops.Max, []int{2}, []int{2}, ops.PadValid))
	// Output: [5. 4.]
}

// grid is a two-dimensional array and the windows that move over it.
type grid struct {
	shape, window, strides, base, dilation []int
	pad                                    [][2]int
}

// slide calls f for each window, with its number and the positions in the array of what lies under it.
func (g grid) slide(f func(n int, under []int)) {
	out := make([]int, 2)
	for i, n := range g.shape {
		out[i] = ((n-1)*g.base[i]+g.pad[i][0]+g.pad[i][1]-(g.window[i]-1)*g.dilation[i])/g.strides[i] + 1
	}
	under := func(axis, at, place int) int { // -1 for a hole or outside
		p := at*g.strides[axis] + place*g.dilation[axis] - g.pad[axis][0]
		if p < 0 || p%g.base[axis] != 0 || p/g.base[axis] >= g.shape[axis] {
			return -1
		}
		return p / g.base[axis]
	}
	for i := range out[0] * out[1] {
		var cells []int
		for k := range g.window[0] * g.window[1] {
			p, q := under(0, i/out[1], k/g.window[1]), under(1, i%out[1], k%g.window[1])
			if p >= 0 && q >= 0 {
				cells = append(cells, p*g.shape[1]+q)
			}
		}
		f(i, cells)
	}
}

// From this size on, windows that do not overlap along one axis forgot that another was dilated.
func TestReduceWindowOfLargeDilated(t *testing.T) {
	twos, ones, none := []int{2, 2}, []int{1, 1}, [][2]int{{0, 0}, {0, 0}}
	for _, g := range []grid{
		{window: []int{2, 1}, strides: []int{2, 1}, base: []int{1, 2}, dilation: ones, pad: none},
		{window: []int{1, 2}, strides: []int{1, 2}, base: []int{2, 1}, dilation: ones, pad: none},
		{window: []int{2, 1}, strides: []int{2, 1}, base: []int{1, 3}, dilation: ones, pad: [][2]int{{1, -1}, {-2, 1}}},
		{window: []int{2, 1}, strides: []int{2, 1}, base: twos, dilation: ones, pad: [][2]int{{1, 0}, {0, 0}}},
		{window: ones, strides: ones, base: []int{2, 3}, dilation: ones, pad: none},
		{window: []int{2, 3}, strides: []int{2, 1}, base: []int{1, 2}, dilation: []int{3, 2}, pad: none},
	} {
		g.shape = []int{64, 128}
		for _, r := range []struct {
			op   func(a, b *trace.Value) *trace.Value
			ref  func(a, b float64) float64
			init float64
			d    ir.DType
		}{
			{ops.Add, func(a, b float64) float64 { return a + b }, 0, ir.Float32},
			{ops.Max, math.Max, math.Inf(-1), ir.Float64},
			{ops.Min, math.Min, 1 << 30, ir.Int32},
			{func(a, b *trace.Value) *trace.Value { return ops.Sub(ops.Add(a, b), ops.Mul(a, b)) },
				func(a, b float64) float64 { return a + b - a*b }, 0, ir.Float64},
		} {
			x := ramp(r.d, 0, 0, g.shape...)
			for i := range x.e {
				x.e[i] = ir.FloatLit(float64(i*7919%1009-500), r.d)
			}
			window := func(x *trace.Value) *trace.Value {
				return ops.ReduceWindow(x, ops.ScalarLit(ir.FloatLit(r.init, r.d)), r.op, g.window, g.strides,
					ops.PadWith(g.pad...), ops.WindowOptions{BaseDilation: g.base, WindowDilation: g.dilation})
			}
			y := get(window(x.put()))
			wrong := 0
			g.slide(func(n int, under []int) {
				want := r.init
				for _, p := range under {
					want = r.ref(want, x.e[p].Float())
				}
				if y.e[n].Float() != want {
					wrong++
				}
			})
			if wrong > 0 {
				t.Errorf("%+v of %v: %d of %d windows are wrong", g, r.d, wrong, len(y.e))
			}
			if r.init == 0 && r.d == ir.Float32 || math.IsInf(r.init, 0) {
				checkLargeGradient(t, g, window, x)
			}
		}
	}
}

// checkLargeGradient compares the transposed derivative of windows with central differences along one direction.
func checkLargeGradient(t *testing.T, g grid, window func(x *trace.Value) *trace.Value, x arr) {
	t.Helper()
	f := func(x jnp.Array) jnp.Array { return jnp.Sum(jnp.Wrap(window(x.TraceValue())).Mul(0.5)) }
	slope := gojax.Grad(f)(jnp.Wrap(x.put()))
	each := gojax.Vmap(f)(jnp.Wrap(stackArr(x, []arr{x, x}, 0).put()))
	_, along := gojax.JVP(f, jnp.Wrap(x.put()), jnp.OnesLike(slope))
	if s, a := jnp.Sum(slope).Item(), along.Item(); math.Abs(s-a) > 1e-5*math.Abs(s) {
		t.Errorf("%+v: the gradient comes to %v, forward %v", g, s, a)
	}
	if w := f(jnp.Wrap(x.put())).Item(); each.Index(1).Item() != w {
		t.Errorf("%+v: mapped %v, alone %v", g, each, w)
	}
}

// Holes that the user puts in are as good as a dilation.
func TestReduceWindowOfPadded(t *testing.T) {
	x := jnp.Arange(64*128).AsType(jnp.Float32).Reshape(64, 128)
	zero := ops.ScalarLit(ir.FloatLit(0, ir.Float32))
	y := gojax.Jit(func(x jnp.Array) jnp.Array {
		p := ops.Pad(x.TraceValue(), zero, []int{0, 0}, []int{0, 0}, []int{0, 1})
		return jnp.Wrap(ops.ReduceWindow(p, zero, ops.Add, []int{2, 1}, []int{2, 1}, ops.PadValid))
	})(x)
	want := x.Reshape(32, 2, 128).Sum(1)
	if got := y.Index(jnp.All, jnp.S(nil, nil, 2)); jnp.ArrayEqual(got, want).Item() != 1 {
		t.Errorf("%v, want %v", got, want)
	}
}
