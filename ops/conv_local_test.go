package ops_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/tests/fails"
	"github.com/gojax/gojax/trace"
)

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
		return f1(func(x *trace.Value) *trace.Value {
			return ops.ConvGeneralDilatedPatches(x, window, strides, p, o...)
		})
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
		{"patches",
			patches([]int{2, 2}, []int{1, 2}, ops.PadSame,
				ops.ConvOptions{Dims: ops.ConvLayout("NHWC", "WHIO", "NHWC")}),
			[]arr{ramp(ir.Float64, 0, 1, 1, 3, 4, 2)},
			"[1 2 4 8] [0 8 2 10 1 9 3 11 2 10 4 12 3 11 5 13 4 12 6 14 5 13 7 15 6 14 0 0 7 15 0 0 16 0 18 0 17 0 " +
				"19 0 18 0 20 0 19 0 21 0 20 0 22 0 21 0 23 0 22 0 0 0 23 0 0 0]"},
		{"dilated patches",
			patches([]int{2, 1}, nil, ops.PadWith([2]int{1, 0}, [2]int{}),
				ops.ConvOptions{RHSDilation: []int{2, 1}, Dims: ops.ConvLayout("NHWC", "HWIO", "NCHW")}),
			[]arr{ramp(ir.Float64, 0, 1, 1, 3, 4, 2)},
			"[1 4 2 4] [0 0 0 0 0 2 4 6 8 10 12 14 16 18 20 22 0 0 0 0 1 3 5 7 9 11 13 15 17 19 21 23]"},
		{"local", local([]int{2}, nil, ops.PadValid), []arr{ramp(ir.Float64, 0, 1, 2, 2, 4), modulo(5, 3, 4, 3)},
			"[2 3 3] [27 19 29 17 37 35 17 35 26 91 75 77 65 117 107 89 99 82]"},
		{"local in layouts",
			local([]int{2, 2}, []int{2, 1}, ops.PadValid,
				ops.ConvOptions{Dims: ops.ConvLayout("NHWC", "WHOI", "NCWH")}),
			[]arr{ramp(ir.Float64, 0, 1, 2, 4, 5, 2), modulo(7, 2, 3, 2, 8)},
			"[2 2 2 3] [127 363 646 274 466 754 158 418 704 211 455 746 967 1283 1646 1354 1346 1714 1038 1378 1744 " +
				"1051 1375 1746]"},
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
	fails.With(t, func() { ops.ConvGeneralDilatedPatches(x, []int{2}, nil, ops.PadSame) },
		"ops.ConvGeneralDilatedPatches", "[2]")
	fails.With(t, func() {
		ops.ConvGeneralDilatedPatches(x, []int{2, 2}, nil, ops.PadSame, ops.ConvOptions{FeatureGroups: 2})
	}, "groups")

	for _, c := range []struct {
		got  []int
		want []int
	}{
		{ops.ConvTransposeShape([]int{1, 5, 5, 2}, []int{3, 3, 2, 4}, []int{2, 2}, ops.PadSame), []int{1, 10, 10, 4}},
		{ops.ConvShape([]int{1, 5, 6, 2}, []int{3, 3, 2, 4}, []int{2, 1}, ops.PadSame,
			ops.ConvOptions{Dims: ops.ConvLayout("NHWC", "HWIO", "NHWC")}), []int{1, 3, 6, 4}},
		{ops.ReduceWindowShape([]int{5, 6}, []int{2, 2}, []int{2, 1}, ops.PadWith([2]int{0, 1}, [2]int{}),
			ops.WindowOptions{BaseDilation: []int{1, 2}, WindowDilation: []int{2, 1}}), []int{2, 10}},
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

func ExampleConvGeneralDilatedPatches() {
	x := jnp.Arange(4.).Reshape(1, 1, 4) // batch, feature, place
	fmt.Println(jnp.Wrap(ops.ConvGeneralDilatedPatches(x.TraceValue(), []int{2}, nil, ops.PadValid)))
	// Output:
	// [[[0. 1. 2.]
	//   [1. 2. 3.]]]
}

func ExampleConvGeneralDilatedLocal() {
	x := jnp.Arange(4.).Reshape(1, 1, 4)
	w := jnp.FromSlice([]float32{1, 10, 100, 1, 10, 100}, 1, 2, 3) // a kernel of two numbers for each of three places
	fmt.Println(jnp.Wrap(ops.ConvGeneralDilatedLocal(x.TraceValue(), w.TraceValue(), []int{2}, nil, ops.PadValid)))
	// Output: [[[  1.  30. 500.]]]
}
