// Command lotkavolterra has hares and lynxes (Lotka, 1925; Volterra, 1926): how the populations depend on rates and
// start, by the adjoint equation, and both fitted to counts with noise, by BFGS, with standard errors. lotkavolterra.py
// is the same in JAX.
//
//	go run ./examples/lotkavolterra
package main

import (
	"github.com/gojax/gojax"
	"github.com/gojax/gojax/examples/internal/show"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/linalg"
	"github.com/gojax/gojax/ode"
	"github.com/gojax/gojax/random"
	"github.com/gojax/gojax/scipy/optimize"
	"github.com/gojax/gojax/tree"
)

type params struct{ LogRates, LogStart jnp.Array }

// noise is the standard deviation of the logarithm of a count.
const noise = 0.1

func slope(y, t, rates jnp.Array) jnp.Array {
	hare, lynx, r := y.Row(0), y.Row(1), jnp.Unstack(rates)
	birth, hunted, death, fed := r[0], r[1], r[2], r[3]
	met := hare.Mul(lynx)
	return jnp.AsArray([]jnp.Array{birth.Mul(hare).Sub(hunted.Mul(met)), fed.Mul(met).Sub(death.Mul(lynx))})
}

func populations(p params, ts jnp.Array) jnp.Array {
	return ode.OdeintWith(slope, p.LogStart.Exp(), ts, p.LogRates.Exp(), ode.OdeintOptions{RTol: 1e-8, ATol: 1e-8})
}

func loss(p params, ts, data jnp.Array) jnp.Array {
	residuals := data.Log().Sub(populations(p, ts).Log()).Div(noise)
	return residuals.Square().Sum().Mul(0.5)
}

func fit(p params, ts, data jnp.Array) (found params, value jnp.Array) {
	result := optimize.Minimize(func(p params) jnp.Array { return loss(p, ts, data) }, p,
		optimize.MinimizeOptions{GTol: 1e-4})
	return result.X, result.Fun
}

// deviations are standard errors, by the Fisher information.
func deviations(p params, ts jnp.Array) jnp.Array {
	flat, unravel := tree.Ravel(p)
	j := gojax.JacRev(func(x jnp.Array) jnp.Array { return populations(unravel(x), ts).Log().Ravel() })(flat).Div(noise)
	return linalg.Inv(j.T().MatMul(j)).Diagonal().Sqrt()
}

func run() map[string]jnp.Array {
	gojax.EnableX64(true)
	truth := params{jnp.AsArray([]float64{0.55, 0.028, 0.80, 0.024}).Log(), jnp.AsArray([]float64{30, 4}).Log()}
	ts := jnp.LinSpace(0, 20, 21)
	clean := populations(truth, ts)
	data := clean.Mul(random.Normal(random.Key(0), clean.Shape()...).Mul(noise).Exp())
	last := func(p params) jnp.Array { return populations(p, ts).Row(-1) }
	sensitivity := gojax.Jit(gojax.JacRevTree(last))(truth)[0]
	guess := tree.Map(func(x jnp.Array) jnp.Array { return x.Add(0.03) }, truth)
	p, value := gojax.Jit(fit)(guess, ts, data)
	return map[string]jnp.Array{
		"populations":       clean.Slice(nil, nil, 5),
		"last by log rates": sensitivity[0],
		"last by log start": sensitivity[1],
		"loss":              value,
		"rates":             p.LogRates.Exp(),
		"start":             p.LogStart.Exp(),
		"relative errors":   gojax.Jit(deviations)(p, ts),
	}
}

func main() { show.Values(run()) }
