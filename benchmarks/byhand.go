package main

import (
	"fmt"
	"strings"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/backend/pjrt"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
	"github.com/gojax/gojax/trace"
)

// Functions of the tutorial by hand, in StableHLO; N is replaced by the size.

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
	buffer, exe := raw(x, written(text, x))
	out := make([]*pjrt.Buffer, 1)
	if err := exe.Execute([]*pjrt.Buffer{buffer}, out, nil); err != nil {
		panic(err)
	}
	return jnp.Wrap(trace.Concrete(x.TraceValue().Aval(), out[0], 0))
}

func written(text string, x jnp.Array) string {
	return strings.ReplaceAll(text, "N", fmt.Sprint(x.Shape()[0]))
}

// against is the time of f over that of text on the same array, in pairs.
func against(f func(jnp.Array) jnp.Array, x jnp.Array, text string) (float64, error) {
	buffer, exe := raw(x, written(text, x))
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

func standardizeRatio() (float64, error) {
	x := random.Normal(random.Key(2), 5000, 5000).BlockUntilReady()
	return against(gojax.Jit(columns(standardize)), x, standardizeText)
}

func unjittedRatio() (float64, error) {
	x := random.Normal(random.Key(2), 5000, 5000).BlockUntilReady()
	defer x.Delete()
	mapped, jitted := columns(standardize), gojax.Jit(columns(standardize))
	return ratio(9, func() { mapped(x).BlockUntilReady().Delete() }, func() { jitted(x).BlockUntilReady().Delete() }),
		nil
}

// droppedRatio is how much longer a loop takes that leaves its results to the collector.
func droppedRatio() (float64, error) {
	x := random.Normal(random.Key(3), 25_000_000).BlockUntilReady()
	defer x.Delete()
	double := gojax.Jit(func(x jnp.Array) jnp.Array { return x.Add(x) })
	loop := func(done func(jnp.Array)) func() {
		return func() {
			for range 50 {
				done(double(x).BlockUntilReady())
			}
		}
	}
	return ratio(9, loop(func(jnp.Array) {}), loop(jnp.Array.Delete)), nil
}
