package optim_test

import (
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/optim"
	"github.com/gojax/gojax/tests/fails"
)

// schedules are optax's of testdata/make.py, by the names that they have there.
func schedules() map[string]optim.Schedule {
	type opts = optim.ScheduleOptions
	scales := map[int]float64{3: 0.5, 7: 0.1}
	return map[string]optim.Schedule{
		"constant":               optim.Constant(0.3),
		"polynomial":             optim.Polynomial(1, 0.1, 2, 5, opts{Begin: 2}),
		"linear":                 optim.Linear(0, 0.6, 4),
		"exponential":            optim.ExponentialDecay(0.5, 3, 0.7),
		"exponential all":        optim.ExponentialDecay(0.5, 3, 0.7, opts{Begin: 2, Staircase: true, End: 0.2}),
		"exponential growth":     optim.ExponentialDecay(0.5, 3, 1.5, opts{End: 1}),
		"inverse_time":           optim.InverseTimeDecay(0.5, 3, 0.7),
		"inverse_time staircase": optim.InverseTimeDecay(0.5, 3, 0.7, opts{Staircase: true}),
		"cosine":                 optim.CosineDecay(0.5, 8),
		"cosine all":             optim.CosineDecay(0.5, 8, opts{Alpha: 0.1, Exponent: 1.5}),
		"piecewise_constant":     optim.PiecewiseConstant(0.5, scales),
		"piecewise linear":       optim.PiecewiseInterpolate("linear", 0.5, scales),
		"piecewise cosine":       optim.PiecewiseInterpolate("cosine", 0.5, scales),
		"linear_onecycle":        optim.LinearOneCycle(10, 0.5),
		"linear_onecycle all": optim.LinearOneCycle(10, 0.5,
			optim.OneCycleOptions{Start: 0.2, Final: 0.6, DivFactor: 10, FinalDivFactor: 100}),
		"cosine_onecycle":   optim.CosineOneCycle(10, 0.5),
		"warmup_constant":   optim.WarmupConstant(0.5, 4, opts{Init: 0.1}),
		"warmup_cosine":     optim.WarmupCosine(3e-3, 4, 10),
		"warmup_cosine all": optim.WarmupCosine(0.5, 4, 10, opts{Init: 0.1, End: 0.05, Exponent: 2}),
		"warmup_exponential": optim.WarmupExponential(0.5, 4, 3, 0.5,
			opts{Init: 0.1, Begin: 1, End: 0.1}),
		"join": optim.JoinSchedules([]optim.Schedule{optim.CosineDecay(0.3, 6), optim.Linear(0.1, 0.01, 5)}, 5),
	}
}

// Every schedule gives optax's rates, all in one program mapped over the counts.
func TestSchedules(t *testing.T) {
	want := optax(t)
	all := gojax.Jit(gojax.Vmap(func(count array) map[string]array {
		rates := map[string]array{}
		for name, f := range schedules() {
			rates[name] = f(count)
		}
		return rates
	}))
	check := func(tol float64) {
		for name, rates := range all(jnp.Creation{DType: jnp.Int32}.Arange(13)) {
			near(t, name, host(rates), want[name].Rates, tol)
		}
	}
	check(1e-7)
	gojax.WithX64(true, func() { check(1e-7) })() // optax computes some in float32
	for name, l := range want {
		if _, ok := schedules()[name]; !ok && l.Rates != nil && l.Tries == nil {
			t.Errorf("optax's schedule %q is not tried", name)
		}
	}
}

// What schedules are made of may be traced.
func TestTracedSchedules(t *testing.T) {
	rate := func(peak array) array {
		return optim.WarmupCosine(peak, 4, 10, optim.ScheduleOptions{End: 0.05})(jnp.AsArray(7)).Add(
			optim.LinearOneCycle(10, peak)(jnp.AsArray(2))).Add(optim.ExponentialDecay(peak, 3, peak)(jnp.AsArray(3)))
	}
	got := gojax.Jit(gojax.Vmap(rate))(jnp.FromSlice([]float32{0.5, 1}))
	eager := rate(jnp.AsArray(0.5))
	near(t, "the first", host(got.Index(0)), host(eager), 1e-6)
	plain := optim.WarmupCosine(0.5, 4, 10, optim.ScheduleOptions{End: 0.05})(jnp.AsArray(7)).Item() +
		optim.LinearOneCycle(10, 0.5)(jnp.AsArray(2)).Item() +
		optim.ExponentialDecay(0.5, 3, 0.5)(jnp.AsArray(3)).Item()
	near(t, "of Go numbers", host(eager), []float64{plain}, 1e-6)
}

func TestSchedulesRefuse(t *testing.T) {
	fails.With(t, func() { optim.WarmupCosine(1, 10, 10) }, "optim.WarmupCosine", "is 0")
	fails.With(t, func() { optim.CosineDecay(jnp.Ones(2), 10) }, "optim.CosineDecay", "init is float32[2]")
	fails.With(t, func() { optim.PiecewiseConstant(1, map[int]float64{2: -1}) }, "optim.PiecewiseConstant", "at step 2")
	fails.With(t, func() { optim.PiecewiseInterpolate("cubic", 1, nil) }, "optim.PiecewiseInterpolate", "cubic")
	fails.With(t, func() { optim.JoinSchedules([]optim.Schedule{optim.Constant(1)}, 5) }, "optim.JoinSchedules",
		"1 schedules and 1 boundaries")
	fails.With(t, func() { optim.LinearOneCycle(0, 1) }, "optim.LinearOneCycle", "steps is 0")
}
