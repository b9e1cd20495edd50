package optim

import (
	"cmp"
	"maps"
	"math"
	"slices"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/trace"
)

// Schedule gives a rate for the number of steps taken so far, an int32 array without axes: 0 in the first step
// (optax.Schedule). Any such function will do. Numbers that schedules are made of are Go numbers or arrays without
// axes, which may be traced; so may rates, for which optax has inject_hyperparams.
type Schedule func(count jnp.Array) jnp.Array

// ScheduleOptions are the options of schedules.
type ScheduleOptions struct {
	Init      any  // where warm-up begins; nil: 0
	End       any  // where it ends, or what it does not pass; nil: 0 for WarmupCosine, else nothing
	Alpha     any  // the part of the first value that CosineDecay ends at; nil: 0
	Exponent  any  // of the cosine; nil: 1
	Begin     int  // the steps before anything changes (transition_begin)
	Staircase bool // changes once every so many steps, not a little in each
}

// Constant is v at all times (optax.constant_schedule, jax.example_libraries.optimizers.constant).
func Constant[V Number](v V) Schedule {
	return constant(number("optim.Constant", "v", v, nil))
}

// Polynomial goes from init to end in steps, (1 - t)^power of the way left at t of the time (optax.polynomial_schedule,
// jax.example_libraries.optimizers.polynomial_decay). With no steps it stays at init.
//
// Options: ScheduleOptions (Begin).
func Polynomial[V, W, X Number](init V, end W, power X, steps int, options ...ScheduleOptions) Schedule {
	const op = "optim.Polynomial"
	return polynomial(op, number(op, "init", init, nil), number(op, "end", end, nil), number(op, "power", power, nil),
		steps, oneOption(op, options).Begin)
}

// Linear goes from init to end in steps, by the same in each (optax.linear_schedule).
//
// Options: ScheduleOptions (Begin).
func Linear[V, W Number](init V, end W, steps int, options ...ScheduleOptions) Schedule {
	const op = "optim.Linear"
	return polynomial(op, number(op, "init", init, nil), number(op, "end", end, nil), 1.0, steps,
		oneOption(op, options).Begin)
}

// scheduled is f, called eagerly one program.
func scheduled(op string, f Schedule) Schedule {
	return func(count jnp.Array) jnp.Array { return once(op, count, f) }
}

func constant(v any) Schedule { return func(jnp.Array) jnp.Array { return array(v) } }

func polynomial(op string, init, end, power any, steps, begin int) Schedule {
	if steps <= 0 {
		return constant(init)
	}
	return scheduled(op, func(count jnp.Array) jnp.Array {
		left := jnp.Sub(1, jnp.Clip(part(count.Sub(max(begin, 0)), steps), 0, 1))
		if power != 1.0 {
			left = left.Pow(power)
		}
		return left.Mul(minus(init, end)).Add(end)
	})
}

// ExponentialDecay is init times rate after steps, rate² after twice as many and so on (optax.exponential_decay,
// jax.example_libraries.optimizers.exponential_decay). End is where it stops; with no steps it stays at init.
//
// Options: ScheduleOptions (Begin, Staircase, End).
func ExponentialDecay[V, W Number](init V, steps int, rate W, options ...ScheduleOptions) Schedule {
	const op = "optim.ExponentialDecay"
	return exponential(op, number(op, "init", init, nil), number(op, "rate", rate, nil), steps, oneOption(op, options))
}

func exponential(op string, init, rate any, steps int, o ScheduleOptions) Schedule {
	end := number(op, "End", o.End, nil)
	if steps <= 0 || rate == 0.0 {
		return constant(init)
	}
	return scheduled(op, func(count jnp.Array) jnp.Array {
		count = count.Sub(max(o.Begin, 0))
		y := jnp.Where(count.Le(0), array(init), array(rate).Pow(passed(count, steps, o.Staircase)).Mul(init))
		if end == nil {
			return y
		}
		return jnp.Where(array(rate).Lt(1), jnp.Maximum(y, array(end)), jnp.Minimum(y, array(end)))
	})
}

// part is count/steps in the default float type.
func part(count jnp.Array, steps int) jnp.Array { return count.Div(float64(steps)) }

// passed is how many times steps are in count, whole or in part.
func passed(count jnp.Array, steps int, whole bool) jnp.Array {
	t := part(count, steps)
	if whole {
		return jnp.Floor(t)
	}
	return t
}

// InverseTimeDecay is init / (1 + rate t), t being the time in units of steps
// (jax.example_libraries.optimizers.inverse_time_decay).
//
// Options: ScheduleOptions (Staircase).
func InverseTimeDecay[V, W Number](init V, steps int, rate W, options ...ScheduleOptions) Schedule {
	const op = "optim.InverseTimeDecay"
	o := oneOption(op, options)
	needSteps(op, "steps", steps)
	from, by := number(op, "init", init, nil), number(op, "rate", rate, nil)
	return scheduled(op, func(count jnp.Array) jnp.Array {
		return array(from).Div(passed(count, steps, o.Staircase).Mul(by).Add(1))
	})
}

func needSteps(op, what string, n int) {
	if n <= 0 {
		trace.Fail(op, nil, "%s is %d; it must be 1 at least", what, n)
	}
}

// CosineDecay goes from init to Alpha times init in steps, along half a cosine to the power Exponent
// (optax.cosine_decay_schedule).
//
// Options: ScheduleOptions (Alpha, Exponent).
func CosineDecay[V Number](init V, steps int, options ...ScheduleOptions) Schedule {
	const op = "optim.CosineDecay"
	o := oneOption(op, options)
	return cosine(op, number(op, "init", init, nil), steps, number(op, "Alpha", o.Alpha, 0.0), o)
}

func cosine(op string, init any, steps int, alpha any, o ScheduleOptions) Schedule {
	needSteps(op, "the number of steps of the decay", steps)
	power := number(op, "Exponent", o.Exponent, 1.0)
	return scheduled(op, func(count jnp.Array) jnp.Array {
		y := jnp.Cos(jnp.Minimum(part(count, steps), 1).Mul(math.Pi)).Add(1).Mul(0.5)
		if power != 1.0 {
			y = y.Pow(power)
		}
		return y.Mul(minus(1.0, alpha)).Add(alpha).Mul(init)
	})
}

// PiecewiseConstant begins at init and is multiplied, at the number of steps that is a key of scales, by its value
// (optax.piecewise_constant_schedule; jax.example_libraries.optimizers.piecewise_constant takes the values themselves,
// and changes one step later).
func PiecewiseConstant[V Number](init V, scales map[int]float64) Schedule {
	const op = "optim.PiecewiseConstant"
	from := number(op, "init", init, nil)
	bounds, _ := pieces(op, from, scales)
	return scheduled(op, func(count jnp.Array) jnp.Array {
		y := array(from)
		for _, b := range bounds {
			y = jnp.Where(count.Lt(b), y, y.Mul(scales[b]))
		}
		return y
	})
}

// pieces are the sorted keys of scales, and init times the product of the scales up to each.
func pieces(op string, init any, scales map[int]float64) (bounds []int, values []any) {
	bounds = slices.Sorted(maps.Keys(scales))
	for _, b := range bounds {
		if !(scales[b] >= 0) {
			trace.Fail(op, nil, "the scale at step %d is %v; it must not be negative", b, scales[b])
		}
		init = times(init, scales[b])
		values = append(values, init)
	}
	return bounds, values
}

// PiecewiseInterpolate goes from one value of PiecewiseConstant to the next along a line ("linear") or half a cosine
// ("cosine"), so that it has the next at the key of scales (optax.piecewise_interpolate_schedule).
func PiecewiseInterpolate[V Number](kind string, init V, scales map[int]float64) Schedule {
	const op = "optim.PiecewiseInterpolate"
	if kind != "linear" && kind != "cosine" {
		trace.Fail(op, nil, "kind is %q; it must be \"linear\" or \"cosine\"", kind)
	}
	return interpolate(op, kind == "cosine", number(op, "init", init, nil), scales)
}

func interpolate(op string, cosine bool, init any, scales map[int]float64) Schedule {
	bounds, values := pieces(op, init, scales)
	bounds, values = append([]int{0}, bounds...), append([]any{init}, values...)
	return scheduled(op, func(count jnp.Array) jnp.Array {
		last := len(bounds) - 1
		y := array(values[last])
		for i := last - 1; i >= 0; i-- { // the first that count is before wins
			from, to := values[i], values[i+1]
			t := part(count.Sub(bounds[i]), max(bounds[i+1]-bounds[i], 1))
			var at jnp.Array
			if cosine {
				at = jnp.Cos(t.Mul(math.Pi)).Add(1).Mul(over(minus(from, to), 2.0)).Add(to)
			} else {
				at = t.Mul(minus(to, from)).Add(from)
			}
			y = jnp.Where(count.Lt(bounds[i+1]), at, y)
		}
		return y
	})
}

// OneCycleOptions are the options of LinearOneCycle and CosineOneCycle.
type OneCycleOptions struct {
	Start          float64 // the part of the steps until the peak (pct_start); 0: 0.3
	Final          float64 // the part until the rate is again as at the start (pct_final); 0: 0.85
	DivFactor      float64 // the peak over the rate at the start; 0: 25
	FinalDivFactor float64 // the rate at the start over that at the end; 0: 1e4
}

// LinearOneCycle goes along lines up to peak, back to where it began, and down to almost nothing (Smith and Topin 2018;
// optax.linear_onecycle_schedule).
//
// Options: OneCycleOptions (Start, Final, DivFactor, FinalDivFactor).
func LinearOneCycle[V Number](steps int, peak V, options ...OneCycleOptions) Schedule {
	const op = "optim.LinearOneCycle"
	o := oneCycle(op, steps, options)
	from := over(number(op, "peak", peak, nil), o.DivFactor)
	return interpolate(op, false, from, map[int]float64{int(o.Start * float64(steps)): o.DivFactor,
		int(o.Final * float64(steps)): 1 / o.DivFactor, steps: 1 / o.FinalDivFactor})
}

// CosineOneCycle goes along half cosines up to peak and down to almost nothing (optax.cosine_onecycle_schedule).
//
// Options: OneCycleOptions (Start, DivFactor, FinalDivFactor).
func CosineOneCycle[V Number](steps int, peak V, options ...OneCycleOptions) Schedule {
	const op = "optim.CosineOneCycle"
	o := oneCycle(op, steps, options)
	from := over(number(op, "peak", peak, nil), o.DivFactor)
	return interpolate(op, true, from, map[int]float64{int(o.Start * float64(steps)): o.DivFactor,
		steps: 1 / (o.DivFactor * o.FinalDivFactor)})
}

func oneCycle(op string, steps int, options []OneCycleOptions) OneCycleOptions {
	needSteps(op, "steps", steps)
	o := oneOption(op, options)
	return OneCycleOptions{cmp.Or(o.Start, 0.3), cmp.Or(o.Final, 0.85), cmp.Or(o.DivFactor, 25),
		cmp.Or(o.FinalDivFactor, 1e4)}
}

// WarmupConstant goes from Init to peak in warmup steps, along a line, and stays there
// (optax.warmup_constant_schedule).
//
// Options: ScheduleOptions (Init).
func WarmupConstant[V Number](peak V, warmup int, options ...ScheduleOptions) Schedule {
	const op = "optim.WarmupConstant"
	return warmUp(op, oneOption(op, options), number(op, "peak", peak, nil), warmup)
}

func warmUp(op string, o ScheduleOptions, peak any, steps int) Schedule {
	return polynomial(op, number(op, "Init", o.Init, 0.0), peak, 1.0, steps, 0)
}

// WarmupCosine goes from Init to peak in warmup steps, along a line, and along half a cosine to End, which it reaches
// after steps in all (optax.warmup_cosine_decay_schedule).
//
// Options: ScheduleOptions (Init, End, Exponent).
func WarmupCosine[V Number](peak V, warmup, steps int, options ...ScheduleOptions) Schedule {
	const op = "optim.WarmupCosine"
	o, top := oneOption(op, options), number(op, "peak", peak, nil)
	alpha := any(0.0)
	if top != 0.0 {
		alpha = over(number(op, "End", o.End, 0.0), top)
	}
	return JoinSchedules([]Schedule{warmUp(op, o, top, warmup), cosine(op, top, steps-warmup, alpha, o)}, warmup)
}

// WarmupExponential goes from Init to peak in warmup steps, along a line, and from there as ExponentialDecay
// (optax.warmup_exponential_decay_schedule).
//
// Options: ScheduleOptions (Init, Begin, Staircase, End).
func WarmupExponential[V, W Number](peak V, warmup, steps int, rate W, options ...ScheduleOptions) Schedule {
	const op = "optim.WarmupExponential"
	o, top := oneOption(op, options), number(op, "peak", peak, nil)
	return JoinSchedules([]Schedule{warmUp(op, o, top, warmup),
		exponential(op, top, number(op, "rate", rate, nil), steps, o)}, warmup)
}

// JoinSchedules has one schedule after the other, the next from each of the boundaries on, which are one fewer; each
// counts from where it begins (optax.join_schedules). Warm restarts are WarmupCosines joined.
func JoinSchedules(schedules []Schedule, boundaries ...int) Schedule {
	const op = "optim.JoinSchedules"
	missing := slices.ContainsFunc(schedules, func(s Schedule) bool { return s == nil })
	if len(schedules) != len(boundaries)+1 || missing {
		trace.Fail(op, nil, "there are %d schedules and %d boundaries; there must be one schedule more, and none may "+
			"be nil", len(schedules), len(boundaries))
	}
	return scheduled(op, func(count jnp.Array) jnp.Array {
		y := schedules[0](count)
		for i, b := range boundaries {
			y = jnp.Where(count.Lt(b), y, schedules[i+1](count.Sub(b)))
		}
		return y
	})
}
