package main

import (
	"fmt"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/linalg"
	"github.com/gojax/gojax/random"
)

func standardize(v jnp.Array) jnp.Array { return v.Sub(v.Mean()).Div(v.Std()) }

// ranged is x over its range.
func ranged(x jnp.Array) jnp.Array { return x.Div(x.Max().Sub(x.Min())) }

// columns is f of each column.
func columns(f func(v jnp.Array) jnp.Array) func(x jnp.Array) jnp.Array {
	return gojax.Vmap(f, gojax.InAxes(1), gojax.OutAxes(1))
}

// columnLoop is, eagerly, f of one column after the other.
func columnLoop(f func(v jnp.Array) jnp.Array) call {
	return func(in []any) []jnp.Array {
		x := in[0].(jnp.Array)
		out := make([]jnp.Array, x.Shape()[1])
		for j := range out {
			out[j] = f(x.Index(jnp.All, j))
		}
		return []jnp.Array{jnp.Stack(out, 1)}
	}
}

// correlation is Pearson's, of two vectors.
func correlation(x, y jnp.Array) jnp.Array {
	x, y = x.Sub(x.Mean()), y.Sub(y.Mean())
	return x.Mul(y).Sum().Div(jnp.Sqrt(x.Mul(x).Sum().Mul(y.Mul(y).Sum())))
}

// tutorialRows are the headlines of examples/tutorial. Un-jitted Vmap is "eager" here.
func tutorialRows() []row {
	loop := body{eager: columnLoop(standardize), jit: func() call { return columnLoop(gojax.Jit(standardize)) }}
	all := []row{
		work("exp+3sin 250e6", "exp3sin", one(expSin), normal(250*million)).eager().yard(copying(2000 * million)),
		work("jit(vmap col std) 5000^2", "ranged columns", one(columns(ranged)), normal(5000, 5000)).eager().quick(),
		work("standardise columns 10000^2", "standardised columns", one(columns(standardize)), normal(10_000, 10_000)).
			eager().within(1e-2),
		work("standardise columns 10000^2, a loop", "standardised columns, a loop", loop, normal(10_000, 10_000)).
			within(1e-2),
		work("correlations of 200 pairs of 1e5", "correlations", two(gojax.Vmap(correlation, gojax.InAxes(1, 1))),
			normal(100_000, 200), normal(100_000, 200)).eager().within(1e-2),
		work("normal 7000^2", "normal square", drawn(func(k random.KeyArray) jnp.Array {
			return random.Normal(k, 7000, 7000)
		}), key).with(7000).see(bits).within(2e-2),
		work("matmul f32 7000", "matmul", two(jnp.MatMul), normal(7000, 7000), normal(7000, 7000)).
			yard(gemm(jnp.Float32, 7000)),
	}
	for _, d := range []jnp.DType{jnp.Float32, jnp.Float64} {
		for _, n := range []int{5000, 7000} {
			prefix, suffix := "", "f32 "
			if d == jnp.Float64 {
				prefix, suffix = "f64 ", ""
			}
			pair := []row{
				work(fmt.Sprintf("%sxtx %s%d", prefix, suffix, n), "xtx", one(gramOf), square(d, n)).yard(gemm(d, n)),
				work(fmt.Sprintf("%scholesky %s%d", prefix, suffix, n), "cholesky", one(linalg.Cholesky),
					definite(square(d, n))),
			}
			for i := range pair {
				pair[i].x64 = d == jnp.Float64
			}
			all = append(all, pair...)
		}
	}
	return group("tutorial", all...)
}
