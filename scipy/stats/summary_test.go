package stats_test

import (
	"math"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/scipy/stats"
)

func TestSummaryRefused(t *testing.T) {
	x := jnp.Zeros(3)
	checkRefusals(t, "summary_test.go", []refusal{
		{func() { stats.Mode(x, 1) }, []string{"stats.Mode", "axis 1"}},
		{func() { stats.Mode(x, 0, 0) }, []string{"stats.Mode", "one axis"}},
		{func() { stats.Modes{Flat: true}.Mode(x, 0) }, []string{"stats.Mode", "Flat"}},
		{func() { stats.Modes{NaNPolicy: stats.Omit}.Mode(x) }, []string{"stats.Mode", `"omit"`}},
		{func() { stats.StandardErrors{NaNPolicy: "drop"}.SEM(x) }, []string{"stats.StandardErrors.SEM", `"drop"`}},
		{func() { stats.Ranking{Method: "best"}.RankData(x) }, []string{"stats.Ranking.RankData", `"best"`}},
	})
}

// The standard error has room where the deviation, which is larger, has none, and where its square has none.
func TestSEMHasRoom(t *testing.T) {
	gojax.EnableX64(true)
	defer gojax.EnableX64(false)
	omit := stats.StandardErrors{NaNPolicy: stats.Omit}
	for _, f := range []func(x jnp.Array, axis ...int) jnp.Array{stats.SEM, omit.SEM} {
		one := func(x jnp.Array) jnp.Array { return f(x) }
		slope := gojax.Jit(func(x jnp.Array) jnp.Array { return gojax.Grad(one)(x) })
		for _, c := range []struct {
			d     jnp.DType
			scale float64
		}{
			{jnp.Float16, 60000}, {jnp.Float16, 1e-3}, {jnp.BFloat16, 3e38}, {jnp.BFloat16, 1e20},
			{jnp.BFloat16, 1e-20},
			{jnp.Float32, 1e20}, {jnp.Float32, 1e-20}, {jnp.Float64, 1e200}, {jnp.Float64, 1e-160},
		} {
			x := jnp.FromSlice([]float64{1, -1, 1}).Mul(c.scale).AsType(c.d)
			y, dy := one(x), slope(x)
			off := math.Abs(y.AsType(jnp.Float64).Item()/c.scale-2.0/3) +
				jnp.Max(dy.AsType(jnp.Float64).Sub(jnp.FromSlice([]float64{1, -2, 1}).Div(6)).Abs()).Item()
			if y.DType() != c.d || !(off <= 8*jnp.FInfo(c.d).Eps) {
				t.Errorf("SEM of %v %v is %v, its gradient %v", c.d, x, y, dy)
			}
		}
	}
}
