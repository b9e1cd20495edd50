package nn

import (
	"slices"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
	"github.com/gojax/gojax/trace"
)

// DenseParams are the parameters of Dense: NewDense makes them.
type DenseParams struct {
	Kernel jnp.Array // [in, out...]
	Bias   jnp.Array // [out...], or unset
}

// Dense is x·Kernel + Bias, a fully connected layer (flax.linen.Dense, jax.example_libraries.stax.Dense): x is
// [..., in] and the result [..., out...], in their common float type.
func Dense(p DenseParams, x jnp.Array) jnp.Array {
	const op = "nn.Dense"
	return several(op, nil, func(x []jnp.Array) []jnp.Array {
		return []jnp.Array{project(op, x[0], DenseParams{x[1], x[2]}, 1)}
	}, needed(op, x), needed(op, p.Kernel), p.Bias)[0]
}

// needed is x, which must be set.
func needed(op string, x jnp.Array) jnp.Array { return jnp.Wrap(kit.Value(op, x)) }

// project sums over the last n axes of x and the first n of the kernel.
func project(op string, x jnp.Array, p DenseParams, n int) jnp.Array {
	xs, ks := x.Shape(), p.Kernel.Shape()
	types := []ir.Aval{x.TraceValue().Aval(), p.Kernel.TraceValue().Aval()}
	if len(xs) < n || len(ks) < n || !slices.Equal(xs[len(xs)-n:], ks[:n]) {
		trace.Fail(op, types, "the last axes of the array, of shape %s, must be as long as the first %d of the "+
			"kernel's, of shape %s", ir.ShapeString(xs), n, ir.ShapeString(ks))
	}
	all := together(op, x, p.Kernel, p.Bias)
	y := jnp.TensorDot(all[0], all[1], n)
	if !isSet(p.Bias) {
		return y
	}
	checkBias(op, p.Bias, ks[n:])
	return y.Add(all[2])
}

// checkBias refuses a bias that is not of the given shape.
func checkBias(op string, bias jnp.Array, shape []int) {
	if !slices.Equal(bias.Shape(), shape) {
		trace.Fail(op, []ir.Aval{bias.TraceValue().Aval()}, "Bias must be of shape %s, as the kernel is, not %s",
			ir.ShapeString(shape), ir.ShapeString(bias.Shape()))
	}
}

// EmbeddingParams are the parameters of Embedding: NewEmbedding makes them.
type EmbeddingParams struct {
	Table jnp.Array // [count, features]: a vector for each of so many things
}

// Embedding is the vectors of things by their numbers, an array of integers: [...] gives [..., features]
// (flax.linen.Embed). Numbers out of range give NaN.
func Embedding(p EmbeddingParams, numbers jnp.Array) jnp.Array {
	const op = "nn.Embedding"
	return several(op, nil, func(x []jnp.Array) []jnp.Array {
		checkTable(op, x[1])
		kit.RefuseInexact(op, x[0].TraceValue())
		return []jnp.Array{jnp.Take(x[1], x[0], 0)}
	}, needed(op, numbers), needed(op, p.Table))[0]
}

func checkTable(op string, table jnp.Array) {
	if table.NDim() != 2 {
		trace.Fail(op, []ir.Aval{table.TraceValue().Aval()}, "Table must be a matrix [count, features]")
	}
}

// Attend is the products of vectors [..., features] with all of the table's, [..., count]: the logits of a model that
// has one table for what goes in and what comes out (flax.linen.Embed.attend).
func (p EmbeddingParams) Attend(x jnp.Array) jnp.Array {
	const op = "nn.EmbeddingParams.Attend"
	return several(op, nil, func(x []jnp.Array) []jnp.Array {
		checkTable(op, x[1])
		return []jnp.Array{project(op, x[0], DenseParams{Kernel: x[1].T()}, 1)}
	}, needed(op, x), needed(op, p.Table))[0]
}

// Dropouts holds the keyword arguments of Dropout.
type Dropouts struct {
	BroadcastAxes []int // along which whole rows are dropped or kept
}

// Dropout is x with elements replaced by 0, each with the probability rate, and the others divided by 1-rate, so that
// sums stay what they are in the mean (flax.linen.Dropout). It is for training; a function that is not trained leaves
// it out. The elements are those that random.Bernoulli(key, 1-rate, shape...) says are kept.
//
// Options: Dropouts (BroadcastAxes).
func Dropout[R jnp.Operand](key random.KeyArray, x jnp.Array, rate R) jnp.Array {
	return Dropouts{}.Dropout(key, x, rate)
}

// Dropout is nn.Dropout with options. rate is a number or a scalar Array.
func (o Dropouts) Dropout(key random.KeyArray, x jnp.Array, rate any) jnp.Array {
	const op = "nn.Dropout"
	shape := needed(op, x).Shape()
	for _, a := range kit.Axes(op, o.BroadcastAxes, len(shape), x.TraceValue().Aval()) {
		shape[a] = 1
	}
	var keep any
	switch r := rate.(type) {
	case float64:
		if !(r >= 0 && r <= 1) {
			trace.Fail(op, nil, "the rate is a probability, from 0 to 1, not %v", r)
		}
		keep = 1 - r
	default:
		keep = jnp.Sub(1.0, jnp.AsArray(rate))
	}
	kept := random.Dist{}.Bernoulli(key, keep, shape...)
	return several(op, nil, func(in []jnp.Array) []jnp.Array {
		x, keep := jnp.Wrap(kit.AsInexact(in[0].TraceValue())), in[2]
		scale := jnp.Where(keep.Gt(0), keep, 1).AsType(x.DType())
		return []jnp.Array{jnp.Where(in[1], x.Div(scale), 0)}
	}, x, kept, keep)[0]
}
