package ode_test

import (
	"math"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ode"
	"github.com/gojax/gojax/tests/fails"
)

type method = func(f func(y, t array) array, y0, ts array, options ...ode.StepOptions) array

var methods = []struct {
	name  string
	f     method
	order float64
}{{"RK4", ode.RK4[array], 4}, {"Heun", ode.Heun[array], 2}, {"Euler", ode.Euler[array], 1}}

// With half the steps the error is 2ᵖ times as large, by a method of order p; derivatives are exact derivatives of the
// steps, in both modes.
func TestStepsHaveTheirOrders(t *testing.T) {
	gojax.WithX64(true, func() {
		ts := jnp.FromSlice([]float64{0, 0.3, 1})
		at := func(m method, k array, steps int) array {
			f := func(y, t array) array { return k.Mul(y).Mul(jnp.Cos(t)) }
			return m(f, jnp.AsArray(1.5), ts, ode.StepOptions{Steps: steps}).Index(2)
		}
		k := jnp.AsArray(0.8)
		exact := 1.5 * math.Exp(0.8*math.Sin(1))
		for _, m := range methods {
			coarse := at(m.f, k, 60).Item() - exact
			fine := at(m.f, k, 120).Item() - exact
			if p := math.Log2(coarse / fine); math.Abs(p-m.order) > 0.15 {
				t.Errorf("%s: halving the steps divides the error by 2^%.2f, want 2^%v", m.name, p, m.order)
			}
			f := gojax.Jit(func(k array) array { return at(m.f, k, 2) })
			reverse := gojax.Grad(f)(k).Item()
			_, forward := gojax.JVP(f, k, jnp.AsArray(1.0))
			const h = 1e-6
			slope := (f(k.Add(h)).Item() - f(k.Sub(h)).Item()) / (2 * h)
			close(t, m.name+": the derivatives", []float64{reverse, forward.Item()}, []float64{slope, slope}, 1e-8)
		}
	})()
}

func TestStepsOfTrees(t *testing.T) {
	f := func(y swing, _ array) swing { return swing{y.Speed, y.Angle.Neg()} }
	ts := jnp.LinSpace(0, 1, 21)
	y := ode.RK4(f, swing{jnp.AsArray(1.0), jnp.AsArray(0.0)}, ts)
	near(t, "the angle", y.Angle.Index(20), []float64{math.Cos(1)}, 1e-5)
	near(t, "the speed", y.Speed.Index(20), []float64{-math.Sin(1)}, 1e-5)
	near(t, "one time", ode.Heun(f, swing{jnp.Ones(2), jnp.Ones(2)}, jnp.Zeros(1)).Angle, []float64{1, 1}, 0)
}

func TestStepsRefuse(t *testing.T) {
	f := func(y, _ array) array { return y }
	fails.With(t, func() { ode.RK4(f, jnp.Ones(1), jnp.Zeros(2)) }, "ode.RK4", "must increase")
	fails.With(t, func() { ode.Heun(f, jnp.Ones(1), jnp.Zeros(1), ode.StepOptions{Steps: -1}) }, "ode.Heun",
		"Steps is -1")
}
