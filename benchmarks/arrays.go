package main

import (
	"fmt"
	"strings"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/backend/pjrt"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/linalg"
	"github.com/gojax/gojax/random"
	"github.com/gojax/gojax/trace"
)

// The tutorial's functions.

func expSin(x jnp.Array) jnp.Array { return jnp.Exp(x).Add(jnp.Mul(3, jnp.Sin(x))) }

func standardize(v jnp.Array) jnp.Array { return v.Sub(v.Mean()).Div(v.Std()) }

// The same by hand, in StableHLO; N is replaced by the size.

const expSinText = `module {
  func.func public @main(%x: tensor<Nxf32>) -> tensor<Nxf32> {
    %0 = stablehlo.exponential %x : tensor<Nxf32>
    %1 = stablehlo.sine %x : tensor<Nxf32>
    %c = stablehlo.constant dense<3.0> : tensor<Nxf32>
    %2 = stablehlo.multiply %c, %1 : tensor<Nxf32>
    %3 = stablehlo.add %0, %2 : tensor<Nxf32>
    return %3 : tensor<Nxf32>
  }
}`

const standardizeText = `module {
  func.func public @main(%x: tensor<NxNxf32>) -> tensor<NxNxf32> {
    %zero = stablehlo.constant dense<0.0> : tensor<f32>
    %n = stablehlo.constant dense<N.0> : tensor<Nxf32>
    %sum = stablehlo.reduce(%x init: %zero) applies stablehlo.add across dimensions = [0] : (tensor<NxNxf32>, tensor<f32>) -> tensor<Nxf32>
    %mean = stablehlo.divide %sum, %n : tensor<Nxf32>
    %m = stablehlo.broadcast_in_dim %mean, dims = [1] : (tensor<Nxf32>) -> tensor<NxNxf32>
    %d = stablehlo.subtract %x, %m : tensor<NxNxf32>
    %dd = stablehlo.multiply %d, %d : tensor<NxNxf32>
    %ss = stablehlo.reduce(%dd init: %zero) applies stablehlo.add across dimensions = [0] : (tensor<NxNxf32>, tensor<f32>) -> tensor<Nxf32>
    %var = stablehlo.divide %ss, %n : tensor<Nxf32>
    %sd = stablehlo.sqrt %var : tensor<Nxf32>
    %s = stablehlo.broadcast_in_dim %sd, dims = [1] : (tensor<Nxf32>) -> tensor<NxNxf32>
    %z = stablehlo.divide %d, %s : tensor<NxNxf32>
    return %z : tensor<NxNxf32>
  }
}`

// byHand runs text, whose only argument and result are arrays of x's type.
func byHand(x jnp.Array, text string) jnp.Array {
	buffer, exe := raw(x, sized(text, x))
	out := make([]*pjrt.Buffer, 1)
	if err := exe.Execute([]*pjrt.Buffer{buffer}, out, nil); err != nil {
		panic(err)
	}
	return jnp.Wrap(trace.Concrete(x.TraceValue().Aval(), out[0], 0))
}

func sized(text string, x jnp.Array) string {
	return strings.ReplaceAll(text, "N", fmt.Sprint(x.Shape()[0]))
}

// against is the time of f over that of text on the same array, in pairs.
func against(f func(jnp.Array) jnp.Array, x jnp.Array, text string) (float64, error) {
	buffer, exe := raw(x, sized(text, x))
	out := make([]*pjrt.Buffer, 1)
	var failed error
	r := ratio(9, func() { f(x).BlockUntilReady().Delete() }, func() {
		if err := exe.Execute([]*pjrt.Buffer{buffer}, out, nil); err != nil {
			failed = err
			return
		}
		failed = out[0].Ready()
		out[0].Delete()
	})
	x.Delete()
	return r, failed
}

func fusedRatio() (float64, error) {
	return against(gojax.Jit(expSin), random.Normal(random.Key(1), 25_000_000).BlockUntilReady(), expSinText)
}

func columns() func(jnp.Array) jnp.Array {
	return gojax.Vmap(standardize, gojax.InAxes(1), gojax.OutAxes(1))
}

func standardizeRatio() (float64, error) {
	return against(gojax.Jit(columns()), random.Normal(random.Key(2), 5000, 5000).BlockUntilReady(), standardizeText)
}

func unjittedRatio() (float64, error) {
	x := random.Normal(random.Key(2), 5000, 5000).BlockUntilReady()
	defer x.Delete()
	mapped, jitted := columns(), gojax.Jit(columns())
	return ratio(9, func() { mapped(x).BlockUntilReady().Delete() }, func() { jitted(x).BlockUntilReady().Delete() }),
		nil
}

// milliseconds times one jitted call of f on x, waited for.
func milliseconds(f func(jnp.Array) jnp.Array, x jnp.Array) (float64, error) {
	j := gojax.Jit(f)
	x.BlockUntilReady()
	defer x.Delete()
	return perCall(func(n int) {
		for range n {
			j(x).BlockUntilReady().Delete()
		}
	}) / 1e3, nil
}

func gram(x jnp.Array) jnp.Array {
	return x.T().MatMul(x).Div(x.Shape()[0]).Add(jnp.Creation{DType: x.DType()}.Eye(x.Shape()[0]))
}

func square(d jnp.DType) jnp.Array { return random.Dist{DType: d}.Normal(random.Key(3), 2000, 2000) }

func withX64(f func() (float64, error)) func() (float64, error) {
	return func() (v float64, err error) {
		gojax.WithX64(true, func() { v, err = f() })()
		return
	}
}

// rows lists everything, in the order of the table.
func rows() []row {
	var all []row
	for _, d := range dispatchRows {
		all = append(all,
			row{name: d.name, unit: "µs", goal: d.goal, jax: d.jax,
				run: func() (float64, error) { return perCall(d.setup()), nil }})
	}
	all = append(append(all, gradRows()...), compileRows()...)
	for _, w := range works() {
		all = append(all, row{name: w.name, unit: "ms", work: &w})
	}
	return append(all,
		row{name: "trace and lower, an equation", unit: "µs", goal: 3, jax: "trace an equation", run: traceAndLower},
		row{name: "disk cache: compile over load", unit: "times", goal: 10, atMin: true, run: cached},
		row{name: "start of a small program to its result, caches warm", unit: "s", goal: 0.15, jax: "first result",
			run: firstResult},
		row{name: "un-jitted Vmap, a Go float changing 100 times: compilations", unit: "", goal: 0.5,
			run: recompilations},
		row{name: "exp(x) + 3 sin(x), 25e6: jitted over hand-written StableHLO", unit: "times", goal: 1.05,
			run: fusedRatio},
		row{name: "jit(vmap(standardize)), 5000x5000 columns: over hand-written StableHLO", unit: "times", goal: 1.05,
			run: standardizeRatio},
		row{name: "un-jitted Vmap(standardize) again: over jitted", unit: "times", goal: 1.3, run: unjittedRatio},
		row{name: "1000 dropped results of 100 MB: resident memory", unit: "GB", goal: 3, run: resident},
		row{name: "8 goroutines, 10 000 jitted calls each: wrong results", unit: "", goal: 0.5, run: goroutines},
		row{name: "tutorial: exp(x) + 3 sin(x), 25e6, jitted", unit: "ms", jax: "exp sin 25e6",
			run: func() (float64, error) {
				return milliseconds(expSin, random.Normal(random.Key(1), 25_000_000))
			}},
		row{name: "tutorial: exp(x) + 3 sin(x), 25e6, eager", unit: "ms", jax: "exp sin 25e6 eager",
			run: func() (float64, error) {
				x := random.Normal(random.Key(1), 25_000_000).BlockUntilReady()
				defer x.Delete()
				return perCall(func(n int) {
					for range n {
						expSin(x).BlockUntilReady().Delete()
					}
				}) / 1e3, nil
			}},
		row{name: "tutorial: xᵀx, 2000, float32", unit: "ms", jax: "gram float32",
			run: func() (float64, error) { return milliseconds(gram, square(jnp.Float32)) }},
		row{name: "tutorial: Cholesky, 2000, float32", unit: "ms", jax: "cholesky float32",
			run: func() (float64, error) {
				return milliseconds(linalg.Cholesky, gram(square(jnp.Float32)))
			}},
		row{name: "tutorial: xᵀx, 2000, float64", unit: "ms", jax: "gram float64",
			run: withX64(func() (float64, error) { return milliseconds(gram, square(jnp.Float64)) })},
		row{name: "tutorial: Cholesky, 2000, float64", unit: "ms", jax: "cholesky float64",
			run: withX64(func() (float64, error) {
				return milliseconds(linalg.Cholesky, gram(square(jnp.Float64)))
			})},
		row{name: "tutorial: jit(vmap(standardize)), 5000x5000", unit: "ms", run: func() (float64, error) {
			return milliseconds(columns(), random.Normal(random.Key(2), 5000, 5000))
		}},
	)
}
