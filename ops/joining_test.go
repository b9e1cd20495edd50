package ops_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

func TestApproxTopK(t *testing.T) {
	f := func(least bool, axis int, o ...ops.ApproxOptions) fn {
		return func(x []*trace.Value) []*trace.Value {
			g := ops.ApproxMaxK
			if least {
				g = ops.ApproxMinK
			}
			v, i := g(x[0], 2, axis, o...)
			return []*trace.Value{v, i}
		}
	}
	x := arr{d: ir.Float64, shape: []int{3, 4}, e: vec(ir.Float64, 3, 1, 4, 1.5, 9, 2, 6, 5, -1, 7, math.Inf(1), 8).e}
	for _, c := range []struct {
		least bool
		axis  int
		want  string
	}{
		{false, 1, "[4 3 9 6 +Inf 8] [2 0 0 2 2 3]"},
		{true, 1, "[1 1.5 2 5 -1 7] [1 3 1 3 0 1]"},
		{false, 0, "[9 7 +Inf 8 3 2 6 5] [1 2 2 2 0 1 1 1]"},
	} {
		g := f(c.least, c.axis)
		y := runBoth(t, g, []arr{x})
		values := y[0].e
		var v []float64
		for _, l := range values {
			v = append(v, l.Float())
		}
		if got := fmt.Sprint(v, " ", y[1].e); got != c.want {
			t.Errorf("least %v of axis %d: %s, want %s", c.least, c.axis, got, c.want)
		}
		checkVmap(t, g, []arr{ramp(ir.Float64, 1, 0.75, 3, 4)})
		checkJVP(t, func(x []*trace.Value) []*trace.Value { return g(x)[:1] }, []arr{ramp(ir.Float64, 1, 0.75, 3, 4)})
	}
	// The number of loose results is that of XLA (jaxlib's approx_top_k_reduction_output_size).
	for _, c := range []struct {
		shape []int
		k     int
		o     ops.ApproxOptions
		want  int
	}{
		{[]int{300}, 3, ops.ApproxOptions{}, 300},
		{[]int{2, 300}, 3, ops.ApproxOptions{}, 256},
		{[]int{1, 5000}, 2, ops.ApproxOptions{Recall: 0.9}, 256},
		{[]int{1, 5000}, 2, ops.ApproxOptions{Recall: 0.9, InputSize: 10000}, 128},
		{[]int{1, 5000}, 100, ops.ApproxOptions{Recall: 0.9}, 1280},
		{[]int{1, 129}, 2, ops.ApproxOptions{Recall: 0.5}, 129},
		{[]int{1, 129}, 2, ops.ApproxOptions{Recall: 0.5, InputSize: 258}, 256},
		{[]int{1, 513}, 50, ops.ApproxOptions{Recall: 0.9, InputSize: 1026}, 384},
		{[]int{100000}, 1, ops.ApproxOptions{Recall: 0.9}, 1024},
		{[]int{100000}, 10, ops.ApproxOptions{Recall: 1}, 100000},
	} {
		c.o.Loose = true
		axis := len(c.shape) - 1
		p := program(t, func(x []*trace.Value) []*trace.Value {
			v, i := ops.ApproxMaxK(x[0], c.k, axis, c.o)
			return []*trace.Value{v, i}
		}, []ir.Aval{{Shape: c.shape, DType: ir.Float32}})
		if got := p.OutTypes()[1].Shape[axis]; got != c.want {
			t.Errorf("%v, k %d, %+v: %d results, want %d", c.shape, c.k, c.o, got, c.want)
		}
	}
	y := runBoth(t, f(true, 0, ops.ApproxOptions{Loose: true}), []arr{vec(ir.Float64, 3, 1, 2)})
	if fmt.Sprint(y[0].e, y[1].e) != "[1 2 3] [1 2 0]" {
		t.Errorf("loose: %v", y)
	}
	v := vec(ir.Float64, 3, 1, 2).put()
	wantFail(t, func() { ops.ApproxMaxK(v, 4, 0) }, "approx_top_k", "k is 4", "3 elements")
	wantFail(t, func() { ops.ApproxMaxK(v, 0, 0) }, "k is 0")
	wantFail(t, func() {
		ops.ApproxMaxK(nums(ir.Float32, []int{1, 129}, make([]float64, 129)...).put(), 2, 1, ops.ApproxOptions{Recall: 0.5, InputSize: 258, Loose: true})
	}, "approx_top_k(float32[1,129])", "256 candidates", "129 elements", "joining_test.go:")
	wantFail(t, func() { ops.ApproxMaxK(v, 1, 1) }, "axis 1")
	wantFail(t, func() { ops.ApproxMinK(v, 1, 0, ops.ApproxOptions{Recall: 2}) }, "recall", "2")
	wantFail(t, func() { ops.ApproxMinK(vec(ir.Int32, 1).put(), 1, 0) }, "float", "int32")
}

func TestJoining(t *testing.T) {
	x := ramp(ir.Float64, 0, 1, 2, 3)
	for _, c := range []struct {
		name string
		f    fn
		want string
	}{
		{"split", func(x []*trace.Value) []*trace.Value { return ops.Split(x[0], []int{1, 0, 2}, 1) }, "[2 1][0 3] [2 0][] [2 2][1 2 4 5]"},
		{"stack", f1(func(x *trace.Value) *trace.Value { return ops.Stack([]*trace.Value{x, ops.Neg(x)}, 1) }), "[2 2 3][0 1 2 -0 -1 -2 3 4 5 -3 -4 -5]"},
		{"stack last", f1(func(x *trace.Value) *trace.Value { return ops.Stack([]*trace.Value{x, x}, 2) }), "[2 3 2][0 0 1 1 2 2 3 3 4 4 5 5]"},
		{"unstack", func(x []*trace.Value) []*trace.Value { return ops.Unstack(x[0], 1) }, "[2][0 3] [2][1 4] [2][2 5]"},
		{"broadcast like", f1(func(x *trace.Value) *trace.Value {
			return ops.BroadcastLike(ops.SliceInDim(x, 0, 1, 1, 1), ops.Stack([]*trace.Value{x, x}, 0))
		}), "[2 2 3][0 0 0 3 3 3 0 0 0 3 3 3]"},
		{"broadcast to rank", f1(func(x *trace.Value) *trace.Value { return ops.BroadcastToRank(x, 4) }), "[1 1 2 3][0 1 2 3 4 5]"},
		{"reciprocal", f1(ops.Reciprocal), "[2 3][+Inf 1 0.5 0.3333333333333333 0.25 0.2]"},
	} {
		var got []string
		for _, a := range runBoth(t, c.f, []arr{x}) {
			var v []float64
			for _, l := range a.e {
				v = append(v, l.Float())
			}
			got = append(got, fmt.Sprint(a.shape)+fmt.Sprint(v))
		}
		if s := fmt.Sprint(got); s != "["+c.want+"]" {
			t.Errorf("%s: %s, want %s", c.name, s, c.want)
		}
		checkVmap(t, c.f, []arr{x})
	}
	v := x.put()
	wantFail(t, func() { ops.Split(v, []int{1, 1}, 1) }, "split", "add up to 2", "size 3")
	wantFail(t, func() { ops.Split(v, []int{4, -1}, 1) }, "split", "negative")
	wantFail(t, func() { ops.Stack(nil, 0) }, "stack")
	wantFail(t, func() { ops.Stack([]*trace.Value{v, vec(ir.Float64, 1).put()}, 0) }, "stack", "[2,3]")
	wantFail(t, func() { ops.Stack([]*trace.Value{v}, 3) }, "stack", "axis 3")
	wantFail(t, func() { ops.Unstack(v, 2) }, "unstack", "axis 2")
	wantFail(t, func() { ops.BroadcastLike(v, vec(ir.Float64, 1).put()) }, "broadcast_like")
	wantFail(t, func() { ops.BroadcastToRank(v, 1) }, "broadcast_to_rank")
}

// What jax.lax.conv_general_dilated_patches and conv_general_dilated_local give (jax 0.10.2).
func TestConvLocal(t *testing.T) {
	modulo := func(n float64, shape ...int) arr {
		a := ramp(ir.Float64, 0, 1, shape...)
		for i, l := range a.e {
			a.e[i] = ir.FloatLit(math.Mod(l.Float(), n), a.d)
		}
		return a
	}
	patches := func(window, strides []int, p ops.WindowPadding, o ...ops.ConvOptions) fn {
		return f1(func(x *trace.Value) *trace.Value { return ops.ConvGeneralDilatedPatches(x, window, strides, p, o...) })
	}
	local := func(window, strides []int, p ops.WindowPadding, o ...ops.ConvOptions) fn {
		return f2(func(x, w *trace.Value) *trace.Value {
			return ops.ConvGeneralDilatedLocal(x, w, window, strides, p, o...)
		})
	}
	for _, c := range []struct {
		name string
		f    fn
		in   []arr
		want string
	}{
		{"patches", patches([]int{2, 2}, []int{1, 2}, ops.PadSame, ops.ConvOptions{Dims: ops.ConvLayout("NHWC", "WHIO", "NHWC")}), []arr{ramp(ir.Float64, 0, 1, 1, 3, 4, 2)},
			"[1 2 4 8] [0 8 2 10 1 9 3 11 2 10 4 12 3 11 5 13 4 12 6 14 5 13 7 15 6 14 0 0 7 15 0 0 16 0 18 0 17 0 19 0 18 0 20 0 19 0 21 0 20 0 22 0 21 0 23 0 22 0 0 0 23 0 0 0]"},
		{"dilated patches", patches([]int{2, 1}, nil, ops.PadWith([2]int{1, 0}, [2]int{}), ops.ConvOptions{RhsDilation: []int{2, 1}, Dims: ops.ConvLayout("NHWC", "HWIO", "NCHW")}), []arr{ramp(ir.Float64, 0, 1, 1, 3, 4, 2)},
			"[1 4 2 4] [0 0 0 0 0 2 4 6 8 10 12 14 16 18 20 22 0 0 0 0 1 3 5 7 9 11 13 15 17 19 21 23]"},
		{"local", local([]int{2}, nil, ops.PadValid), []arr{ramp(ir.Float64, 0, 1, 2, 2, 4), modulo(5, 3, 4, 3)},
			"[2 3 3] [27 19 29 17 37 35 17 35 26 91 75 77 65 117 107 89 99 82]"},
		{"local in layouts", local([]int{2, 2}, []int{2, 1}, ops.PadValid, ops.ConvOptions{Dims: ops.ConvLayout("NHWC", "WHOI", "NCWH")}), []arr{ramp(ir.Float64, 0, 1, 2, 4, 5, 2), modulo(7, 2, 3, 2, 8)},
			"[2 2 2 3] [127 363 646 274 466 754 158 418 704 211 455 746 967 1283 1646 1354 1346 1714 1038 1378 1744 1051 1375 1746]"},
	} {
		y := runBoth(t, c.f, c.in)[0]
		var v []float64
		for _, l := range y.e {
			v = append(v, l.Float())
		}
		if got := fmt.Sprint(y.shape, v); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
		checkFirst(t, c.f, c.in)
	}
	x := ramp(ir.Float64, 0, 1, 1, 3, 4, 2).put()
	wantFail(t, func() { ops.ConvGeneralDilatedPatches(x, []int{2}, nil, ops.PadSame) }, "conv_general_dilated_patches", "[2]")
	wantFail(t, func() {
		ops.ConvGeneralDilatedPatches(x, []int{2, 2}, nil, ops.PadSame, ops.ConvOptions{FeatureGroups: 2})
	}, "groups")

	for _, c := range []struct {
		got  []int
		want []int
	}{
		{ops.ConvTransposeShape([]int{1, 5, 5, 2}, []int{3, 3, 2, 4}, []int{2, 2}, ops.PadSame), []int{1, 10, 10, 4}},
		{ops.ConvShape([]int{1, 5, 6, 2}, []int{3, 3, 2, 4}, []int{2, 1}, ops.PadSame, ops.ConvOptions{Dims: ops.ConvLayout("NHWC", "HWIO", "NHWC")}), []int{1, 3, 6, 4}},
		{ops.ReduceWindowShape([]int{5, 6}, []int{2, 2}, []int{2, 1}, ops.PadWith([2]int{0, 1}, [2]int{}), ops.WindowOptions{BaseDilation: []int{1, 2}, WindowDilation: []int{2, 1}}), []int{2, 10}},
		{flatPairs(ops.PadSame.Pairs([]int{5, 6}, []int{3, 2}, []int{2, 1})), []int{1, 1, 0, 1}},
	} {
		if !slices.Equal(c.got, c.want) {
			t.Errorf("got the shape %v, want %v", c.got, c.want)
		}
	}
}

func flatPairs(p [][2]int) (out []int) {
	for _, q := range p {
		out = append(out, q[0], q[1])
	}
	return out
}

func TestPlatformDependent(t *testing.T) {
	choose := func(name string) fn {
		return f1(func(x *trace.Value) *trace.Value {
			return lax.PlatformDependent(func() A { return A{ops.Neg(x)} }, map[string]func() A{name: func() A { return A{ops.Sin(x)} }, "other": func() A { return A{x} }}).v
		})
	}
	x := []arr{vec(ir.Float64, 0.5, 1)}
	for name, want := range map[string]arr{"cpu": x[0].map1(ir.Float64, func(z complex128) complex128 { return complex(math.Sin(real(z)), 0) }), "cuda": x[0].map1(ir.Float64, func(z complex128) complex128 { return -z })} {
		f := choose(name)
		if s := runBoth(t, f, x)[0].closeTo(want, 1e-12); s != "" {
			t.Errorf("%s: %s", name, s)
		}
		checkVmap(t, f, x)
		checkNestedJVP(t, f, x)
	}
	wantFail(t, func() { lax.PlatformDependent[A](nil, nil) }, "lax.PlatformDependent")
	wantFail(t, func() {
		lax.PlatformDependent(func() A { return A{x[0].put()} }, map[string]func() A{"cpu": func() A { return A{vec(ir.Float32, 1).put()} }})
	}, "lax.PlatformDependent", "float32")
}
