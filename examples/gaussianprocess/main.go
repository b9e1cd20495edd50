// Command gaussianprocess is Gaussian process regression: a kernel with a length for each input, whose hyperparameters
// maximise the evidence, by BFGS, and predictions with their deviations. gaussianprocess.py is the same in JAX.
//
//	go run ./examples/gaussianprocess
package main

import (
	"math"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/examples/internal/show"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/linalg"
	"github.com/gojax/gojax/random"
	"github.com/gojax/gojax/scipy/optimize"
)

type params struct{ LogLengths, LogScale, LogNoise jnp.Array }

func kernel(p params, x, y jnp.Array) jnp.Array {
	one := func(x, y jnp.Array) jnp.Array {
		d := x.Sub(y).Div(p.LogLengths.Exp())
		return p.LogScale.Mul(2).Sub(d.Dot(d).Mul(0.5)).Exp()
	}
	return gojax.Vmap(gojax.Vmap(one, gojax.InAxes(nil, 0)), gojax.InAxes(0, nil))(x, y)
}

func factor(p params, x jnp.Array) jnp.Array {
	return linalg.Cholesky(kernel(p, x, x).Add(p.LogNoise.Mul(2).Exp().Mul(jnp.Eye(x.Len()))))
}

func negLogEvidence(p params, x, y jnp.Array) jnp.Array {
	chol := factor(p, x)
	fit := y.Dot(linalg.ChoSolve(chol, y)).Div(2)
	return fit.Add(chol.Diagonal().Log().Sum()).Add(float64(x.Len()) / 2 * math.Log(2*math.Pi))
}

func predict(p params, x, y, at jnp.Array) (mean, variance jnp.Array) {
	chol := factor(p, x)
	cross := kernel(p, x, at)
	mean = cross.T().MatMul(linalg.ChoSolve(chol, y))
	v := linalg.Triangular{Lower: true}.SolveTriangular(chol, cross)
	return mean, p.LogScale.Mul(2).Exp().Sub(v.Square().Sum(0))
}

func simulate(key random.KeyArray, n int) (x, y jnp.Array) {
	kx, ky := random.Pair(key)
	x = random.Dist{Min: -3, Max: 3}.Uniform(kx, n, 2)
	wave := x.Ix(":, 0").Mul(2).Sin().Add(x.Ix(":, 1").Mul(0.3))
	return x, wave.Add(random.Normal(ky, n).Mul(0.1))
}

func fit(x, y jnp.Array) (p params, value jnp.Array) {
	start := params{jnp.Zeros(2), jnp.Zeros(), jnp.AsArray(-1.0)}
	result := optimize.Minimize(func(p params) jnp.Array { return negLogEvidence(p, x, y) }, start,
		optimize.MinimizeOptions{GTol: 1e-6})
	return result.X, result.Fun
}

func run() map[string]jnp.Array {
	gojax.EnableX64(true)
	x, y := simulate(random.Key(0), 100)
	p, value := gojax.Jit(fit)(x, y)
	at := jnp.Stack([]jnp.Array{jnp.LinSpace(-3, 3, 7), jnp.Zeros(7)}, 1)
	mean, variance := gojax.Jit(predict)(p, x, y, at)
	return map[string]jnp.Array{
		"lengths":          p.LogLengths.Exp(),
		"scale":            p.LogScale.Exp(),
		"noise":            p.LogNoise.Exp(),
		"neg log evidence": value,
		"mean":             mean,
		"std":              variance.Sqrt(),
	}
}

func main() { show.Values(run()) }
