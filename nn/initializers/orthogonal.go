package initializers

import (
	"slices"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
	"github.com/gojax/gojax/trace"
)

// Orthogonal makes matrices with orthonormal columns, or rows where there are fewer of these, uniformly distributed
// among all such, times a scale that is 1 unless given, a Go number or an Array (jax.nn.initializers.orthogonal). In a
// shape of more than two axes, all but the last make up the rows.
//
// Options: Options (DType, ColumnAxis).
func Orthogonal(scale ...any) Initializer { return Options{}.Orthogonal(scale...) }

// Orthogonal is initializers.Orthogonal with the ColumnAxis and the DType of o.
func (o Options) Orthogonal(scale ...any) Initializer {
	return o.orthogonal("initializers.Orthogonal", scale, orthogonal)
}

// DeltaOrthogonal makes weights of convolutions that keep the norm: shapes of a window of one to three axes, inputs and
// outputs, which must not be fewer, are zero but for an orthogonal matrix at the window's middle
// (jax.nn.initializers.delta_orthogonal; Xiao and others, Dynamical isometry and a mean field theory of CNNs, 2018).
//
// Options: Options (DType, ColumnAxis).
func DeltaOrthogonal(scale ...any) Initializer { return Options{}.DeltaOrthogonal(scale...) }

// DeltaOrthogonal is initializers.DeltaOrthogonal with the ColumnAxis and the DType of o.
func (o Options) DeltaOrthogonal(scale ...any) Initializer {
	const op = "initializers.DeltaOrthogonal"
	return o.orthogonal(op, scale, func(_ string, key random.KeyArray, d jnp.DType, shape []int, column int) jnp.Array {
		n := len(shape)
		if n < 3 || n > 5 {
			trace.Fail(op, nil, "the shape %v must have 3, 4 or 5 axes", shape)
		}
		if shape[n-1] < shape[n-2] {
			trace.Fail(op, nil, "of the shape %v the outputs, %d, must not be fewer than the inputs, %d", shape,
				shape[n-1], shape[n-2])
		}
		at := make([]any, n-2)
		for i := range at {
			at[i] = (shape[i] - 1) / 2
		}
		m := orthogonal(op, key, d, shape[n-2:], column)
		return jnp.Creation{DType: d}.Zeros(shape...).At(at...).Set(m)
	})
}

func (o Options) orthogonal(op string, scale []any,
	f func(op string, key random.KeyArray, d jnp.DType, shape []int, column int) jnp.Array) Initializer {
	factor := kit.Optional[any](op, "scale", scale, 1.0)
	type columns struct {
		params
		Column int
	}
	column := -1
	if o.ColumnAxis != nil {
		column = *o.ColumnAxis
	}
	return func(key random.KeyArray, shape ...int) jnp.Array {
		return o.run(op, columns{params{o.DType, shape}, column}, key, []any{factor},
			func(key random.KeyArray, d jnp.DType, x []jnp.Array) jnp.Array {
				return f(op, key, d, shape, column).Mul(x[0])
			})
	}
}

func orthogonal(op string, key random.KeyArray, d jnp.DType, shape []int, column int) jnp.Array {
	n := len(shape)
	if n < 2 {
		trace.Fail(op, nil, "the shape %v must have two axes at least", shape)
	}
	column = kit.Axis(op, column, n)
	rows := 1
	for i, s := range shape {
		if i != column {
			rows *= s
		}
	}
	if rows == 0 || shape[column] == 0 {
		return jnp.Creation{DType: d}.Zeros(shape...)
	}
	q := random.Dist{DType: d}.Orthogonal(key, rows, shape[column])
	q = q.Reshape(append(slices.Delete(slices.Clone(shape), column, column+1), shape[column])...)
	return jnp.MoveAxis(q, -1, column)
}
