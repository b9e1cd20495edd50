package collective_test

import (
	"math"
	"slices"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

// Devices exchange arrays of every dtype as the elements of a mapped axis do; NaN is the largest and the smallest.
func TestDTypesAcrossMeshes(t *testing.T) {
	if d, err := gojax.Devices(); err != nil || len(d) < 8 {
		t.Skipf("%d devices: %v", len(d), err)
	}
	nan := float32(math.NaN())
	x := jnp.FromSlice([]float32{0, 1, 0.1, nan, 2, -1, nan, 3, 0, 7, 0.3, -4, 1, 0.7, -2, 5}, 2, 1, 8)
	swap := [][2]int{{0, 1}, {1, 0}}
	f := func(r array) (y []array) {
		none := jnp.Reshape(r, 1, 8).Slice(0, 0)
		for d := ir.Bool; d <= ir.Complex128; d++ {
			v := r
			if !d.IsInexact() {
				v = jnp.NaNToNum(jnp.Abs(r))
			}
			v = v.AsType(d)
			y = append(y, lax.PSum(v, "i"), lax.AllGather(v, "i", 0), lax.AllToAll(v, "i", 0, 0, tiled),
				lax.PPermute(v, "i", swap), lax.PPermute(v, "i", swap[:1]), lax.PPermute(v, "i", nil),
				lax.PBroadcast(v, "i", 1))
			if d != ir.Bool {
				y = append(y, lax.PSumScatter(v, "i", 0, tiled))
			}
			if !d.IsComplex() {
				y = append(y, lax.PMax(v, "i"), lax.PMin(v, "i"))
			}
		}
		return append(y, lax.PSum(none, "i"), lax.PMax(none, "i"), lax.AllGather(none, "i", 0),
			lax.PSumScatter(none, "i", 1, tiled), lax.AllToAll(none, "i", 1, 0, tiled), lax.PPermute(none, "i", swap))
	}
	var over [2][]array
	over[0] = gojax.WithX64(true, gojax.Jit(gojax.Vmap(f, gojax.AxisName("i"))))(jnp.Squeeze(x, 1))
	n := len(over[0])
	over[1] = gojax.WithX64(true, gojax.Jit(func(x array) (y []array) {
		for k := range n {
			kth := func(r array) array { return f(jnp.Squeeze(r, 0))[k] }
			y = append(y, overMesh(t, []string{"i"}, []int{2}, kth)(x))
		}
		return y
	}))(x)
	for k, want := range over[0] {
		got := over[1][k]
		if got.DType() != want.DType() || !slices.Equal(got.Shape(), want.Shape()) || got.String() != want.String() {
			t.Errorf("result %d:\n%v\nwant\n%v", k, got, want)
		}
	}
}
