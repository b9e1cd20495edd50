package gojax_test

import (
	"strings"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/tests/fails"
)

// A donated array need not lie as the result of its type does.
func TestDonateOverMesh(t *testing.T) {
	m := gojax.NewMesh([]int{2, 2}, []string{"x", "y"})
	rows := gojax.NamedSharding(m, gojax.P("x", "y"))
	f := func(x, y jnp.Array) (jnp.Array, jnp.Array) { return x.Add(y), y.Mul(2) }
	n := jnp.Arange(64.0).Reshape(8, 8)
	for _, opts := range [][]gojax.JitOption{
		nil,
		{gojax.OutShardings(gojax.NamedSharding(m, gojax.P("y")), nil)},
		{gojax.OutShardings(rows, rows)},
		{gojax.InShardings(gojax.NamedSharding(m, gojax.P("y")), rows), gojax.OutShardings(nil, rows)},
	} {
		x, y := n.Copy(), gojax.DevicePut(n, rows)
		a, b := gojax.Jit(f, append(opts, gojax.DonateArgs(0, 1))...)(x, y)
		if !jnp.ArrayEqual(a, n.Mul(2)).Bool() || !jnp.ArrayEqual(b, n.Mul(2)).Bool() {
			t.Errorf("%d options: %v and %v", len(opts), a, b)
		}
		if !x.IsDeleted() || !y.IsDeleted() {
			t.Errorf("%d options: a donated array is not deleted", len(opts))
		}
	}
	x := gojax.DevicePut(n, rows)
	y := gojax.DevicePut(x, rows) // the same blocks
	g := gojax.Jit(f, gojax.DonateArgs(0))
	fails.With(t, func() { g(x, y) }, "args[0]", "args[1] is the same array")
	fails.With(t, func() { g(x, x) }, "args[0]", "args[1] is the same array")
}

// Each way that arguments lie is compiled once, and the event says why.
func TestCompileReasonOverMesh(t *testing.T) {
	m := gojax.NewMesh([]int{4}, []string{"x"})
	var reasons []string
	stop := gojax.OnCompile(func(e gojax.CompileEvent) {
		if e.Name == "shifted" {
			reasons = append(reasons, e.Reason)
		}
	})
	defer stop()
	f := gojax.Jit(func(x jnp.Array) jnp.Array { return x.Add(3.25) }, gojax.Named("shifted"))
	x := jnp.Zeros(4, 4)
	for range 2 {
		f(gojax.DevicePut(x, gojax.NamedSharding(m, gojax.P("x"))))
		f(gojax.DevicePut(x, gojax.NamedSharding(m, gojax.P(nil, "x"))))
	}
	if len(reasons) != 2 || reasons[0] != "first call" || !strings.Contains(reasons[1], "lie so over Mesh(x: 4)") {
		t.Errorf("compiled for %q", reasons)
	}
}

// XLA's partitioner computes convolutions of cut windows wrongly, and ends the process at negative edges of dilated
// arrays and at groups of the batch.
func TestWindowsOverMesh(t *testing.T) {
	m := gojax.NewMesh([]int{2, 2}, []string{"x", "y"})
	height := gojax.NamedSharding(m, gojax.P(nil, "y"))
	image := jnp.Arange(2*8*4*4.0).Reshape(2, 8, 4, 4).Mod(7)
	kernel := jnp.Arange(3*3*4*4.0).Reshape(3, 3, 4, 4).Mod(5)
	layout := lax.ConvLayout("NHWC", "HWIO", "NHWC")
	conv := func(p lax.WindowPadding, o lax.ConvOptions) func(x, w jnp.Array) jnp.Array {
		o.Dims = layout
		return func(x, w jnp.Array) jnp.Array { return lax.ConvGeneralDilated(x, w, nil, p, o) }
	}
	negative := lax.PadWith([2]int{-3, 4}, [2]int{1, 1})
	for i, f := range []func(x, w jnp.Array) jnp.Array{
		conv(lax.PadSame(), lax.ConvOptions{}),
		conv(negative, lax.ConvOptions{LHSDilation: []int{2, 1}}),
		conv(lax.PadSame(), lax.ConvOptions{BatchGroups: 2}),
		func(x, w jnp.Array) jnp.Array {
			return gojax.Grad2(func(w, x jnp.Array) jnp.Array {
				return conv(lax.PadSame(), lax.ConvOptions{})(x, w).Square().Sum()
			})(w, x)
		},
		func(x, _ jnp.Array) jnp.Array { return lax.Pad(x, float32(2), [][3]int{{}, {-3, 2, 1}, {}, {}}) },
		func(x, _ jnp.Array) jnp.Array { return lax.Pad(x, float32(2), [][3]int{{}, {-15, 2, 1}, {}, {}}) },
	} {
		want := f(image, kernel)
		for _, spec := range []gojax.Spec{gojax.P(), gojax.P(nil, nil, "y"), gojax.P(nil, nil, nil, "y")} {
			w := gojax.DevicePut(kernel, gojax.NamedSharding(m, spec))
			if got := f(gojax.DevicePut(image, height), w); !jnp.ArrayEqual(got, want).Bool() {
				t.Errorf("function %d of a kernel cut as %v differs by %v", i, spec, jnp.Abs(got.Sub(want)).Max())
			}
		}
	}
}

// Devices that find an extreme together keep a NaN: XLA's library loses it in a block, and exchanges of floats do.
func TestExtremesOverMeshAreNaN(t *testing.T) {
	m := gojax.NewMesh([]int{2, 2}, []string{"x", "y"})
	n := jnp.Arange(0.0, 128*64).Reshape(128, 64).At(3, 5).Set(jnp.NaN)
	for _, d := range []jnp.DType{jnp.Float32, jnp.BFloat16} {
		for _, s := range []gojax.Spec{gojax.P("x", "y"), gojax.P("y"), gojax.P(nil, "x"), gojax.P()} {
			x := gojax.DevicePut(n.AsType(d), gojax.NamedSharding(m, s))
			columns, rows, least := gojax.Jit(func(x jnp.Array) (a, b, c jnp.Array) {
				return jnp.Max(x, 0), jnp.Min(x, 1), lax.Reduce(x, jnp.Inf, func(x, y jnp.Array) jnp.Array {
					return jnp.Minimum(x, y)
				}, 0, 1)
			})(x)
			at := func(x jnp.Array) string { return jnp.FlatNonzero(jnp.IsNaN(x)).String() }
			if c, r, l := at(columns), at(rows), at(least); c != "[5]" || r != "[3]" || l != "[0]" {
				t.Errorf("%v over %v: NaN at %s, %s and %s", d, s, c, r, l)
			}
		}
	}
}
