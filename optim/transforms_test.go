package optim_test

import (
	"math"
	"testing"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/optim"
	"github.com/gojax/gojax/tests/fails"
)

// Steps that are not finite are left out until there are too many in a row.
func TestApplyIfFinite(t *testing.T) {
	opt := optim.ApplyIfFinite(optim.SGD[array](1), 1)
	p := jnp.Zeros()
	s := opt.Init(p)
	var got []float64
	for _, g := range []float64{1, math.NaN(), 2, math.NaN(), math.NaN()} {
		var u array
		u, s = opt.Update(jnp.AsArray(float32(g)), s, p)
		got = append(got, u.Item())
	}
	near(t, "the updates before", got[:4], []float64{-1, 0, -2, 0}, 0)
	if !math.IsNaN(got[4]) || s.Value("total_notfinite").Item() != 3 || s.Value("last_finite").Item() != 0 {
		t.Errorf("the last is %v, the state %v", got[4], s)
	}
}

// NaN among gradients that are averaged makes one step NaN and leaves the others alone.
func TestAccumulateNaN(t *testing.T) {
	opt := optim.Accumulate(optim.SGD[array](1), 2)
	s := opt.Init(jnp.Zeros())
	var got []float64
	for _, g := range []float64{math.NaN(), 1, 3, 5} {
		var u array
		u, s = opt.Update(jnp.AsArray(float32(g)), s, jnp.Zeros())
		got = append(got, u.Item())
	}
	if !math.IsNaN(got[1]) || got[0] != 0 || got[2] != 0 || got[3] != -4 {
		t.Errorf("the updates are %v", got)
	}
}

func TestZeros(t *testing.T) {
	x := jnp.FromSlice([]float32{1, float32(math.NaN())})
	u, _ := optim.ZeroNaNs[array]().Update(x, optim.State[array]{}, x)
	near(t, "without NaN", host(u), []float64{1, 0}, 0)
	u, _ = optim.SetToZero[array]().Update(x, optim.State[array]{}, x)
	near(t, "zeros", host(u), []float64{0, 0}, 0)
}

func TestTransformsRefuse(t *testing.T) {
	adam := optim.Adam[params](0.1)
	p := params{jnp.Ones(3), jnp.Ones(2, 3), jnp.Ones()}
	fails.With(t, func() { optim.Masked(adam, nil) }, "optim.Masked", "nil function")
	fails.With(t, func() { optim.Accumulate(adam, 0) }, "optim.Accumulate", "every is 0")
	fails.With(t, func() { optim.EMA[params](0.9, optim.EMAOptions{DType: jnp.Int32}) }, "optim.EMA", "DType is int32")
	fails.With(t, func() { optim.Clip[params](jnp.Ones(2)) }, "optim.Clip", "limit is float32[2]")
	fails.With(t, func() {
		optim.Partition(func(path string, _ array) string { return path },
			map[string]transform{".A": adam, ".B": adam}).Init(p)
	}, "params.C has the label \".C\"")
}
