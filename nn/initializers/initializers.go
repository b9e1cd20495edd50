package initializers

import (
	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
	"github.com/gojax/gojax/trace"
)

// Initializer makes an array of a shape, with random numbers of the key if it needs any
// (jax.nn.initializers.Initializer).
type Initializer func(key random.KeyArray, shape ...int) jnp.Array

// Options holds the keyword arguments of JAX's initializers; its zero value is their default. Each function reads the
// fields that name it, and all read DType.
type Options struct {
	// DType of the array, a float or a complex type (of Zeros, Ones and Constant any); unset, the default float type.
	DType jnp.DType
	// Lower and Upper bound the standard normal distribution of TruncatedNormal, before it is scaled: numbers or
	// Arrays; nil is -2 and 2.
	Lower, Upper any
	// InAxis and OutAxis are the axes of the inputs and outputs of a layer's weights, of VarianceScaling and what is
	// made with it; nil is the last but one and the last. The sizes of the other axes, except those in BatchAxis,
	// multiply both (a convolution's window).
	InAxis, OutAxis, BatchAxis []int
	// ColumnAxis is the axis of Orthogonal and DeltaOrthogonal along which the columns lie; nil is the last.
	ColumnAxis *int
}

// Zeros is an Initializer of zeros (jax.nn.initializers.zeros). It does not use the key.
//
// Options: Options (DType).
func Zeros(key random.KeyArray, shape ...int) jnp.Array { return Options{}.Zeros(key, shape...) }

// Zeros is initializers.Zeros with the DType of o.
func (o Options) Zeros(_ random.KeyArray, shape ...int) jnp.Array {
	return jnp.Creation{DType: o.DType}.Zeros(shape...)
}

// Ones is an Initializer of ones (jax.nn.initializers.ones). It does not use the key.
//
// Options: Options (DType).
func Ones(key random.KeyArray, shape ...int) jnp.Array { return Options{}.Ones(key, shape...) }

// Ones is initializers.Ones with the DType of o.
func (o Options) Ones(_ random.KeyArray, shape ...int) jnp.Array {
	return jnp.Creation{DType: o.DType}.Ones(shape...)
}

// Constant makes arrays of a value, a Go number or an Array that broadcasts to the shape
// (jax.nn.initializers.constant).
//
// Options: Options (DType).
func Constant[V jnp.Operand](value V) Initializer { return Options{}.Constant(value) }

// Constant is initializers.Constant with the DType of o.
func (o Options) Constant(value any) Initializer {
	return func(_ random.KeyArray, shape ...int) jnp.Array {
		const op = "initializers.Constant"
		v := kit.Lift(op, value)
		d := o.dtype(v)
		return jnp.Wrap(kit.Whole1(op, params{o.DType, shape}, v, func(v *trace.Value) *trace.Value {
			return jnp.BroadcastTo(jnp.Wrap(v).AsType(d), shape...).TraceValue()
		}))
	}
}

// Uniform makes uniform numbers in [0, scale); scale is 0.01 unless given, a Go number or an Array
// (jax.nn.initializers.uniform).
//
// Options: Options (DType).
func Uniform(scale ...any) Initializer { return Options{}.Uniform(scale...) }

// Uniform is initializers.Uniform with the DType of o.
func (o Options) Uniform(scale ...any) Initializer {
	return o.scaled("initializers.Uniform", "scale", scale, nil,
		func(key random.KeyArray, d jnp.DType, shape []int, _ []jnp.Array) jnp.Array {
			return random.Dist{DType: d}.Uniform(key, shape...)
		})
}

// Normal makes normal numbers of mean 0; the standard deviation is 0.01 unless given, a Go number or an Array
// (jax.nn.initializers.normal).
//
// Options: Options (DType).
func Normal(stddev ...any) Initializer { return Options{}.Normal(stddev...) }

// Normal is initializers.Normal with the DType of o.
func (o Options) Normal(stddev ...any) Initializer {
	return o.scaled("initializers.Normal", "standard deviation", stddev, nil,
		func(key random.KeyArray, d jnp.DType, shape []int, _ []jnp.Array) jnp.Array {
			return random.Dist{DType: d}.Normal(key, shape...)
		})
}

// TruncatedNormal makes numbers of the standard normal distribution between -2 and 2, scaled by a factor that is 0.01
// unless given, a Go number or an Array (jax.nn.initializers.truncated_normal).
//
// Options: Options (DType, Lower, Upper).
func TruncatedNormal(stddev ...any) Initializer { return Options{}.TruncatedNormal(stddev...) }

// TruncatedNormal is initializers.TruncatedNormal with the bounds and the DType of o.
func (o Options) TruncatedNormal(stddev ...any) Initializer {
	bounds := []any{-2.0, 2.0}
	for i, b := range []any{o.Lower, o.Upper} {
		if b != nil {
			bounds[i] = b
		}
	}
	return o.scaled("initializers.TruncatedNormal", "standard deviation", stddev, bounds,
		func(key random.KeyArray, d jnp.DType, shape []int, b []jnp.Array) jnp.Array {
			return random.Dist{DType: d}.TruncatedNormal(key, b[0], b[1], shape...)
		})
}

// params is what an initializer's program depends on besides the types of its inputs.
type params struct {
	DType jnp.DType
	Shape []int
}

// dtype is o's, or the default float type.
func (o Options) dtype(x ...*trace.Value) jnp.DType {
	if o.DType != ir.Invalid {
		return o.DType.Canonical(trace.X64(x...))
	}
	return kit.DefaultFloat(x...)
}

// scaled makes an initializer of numbers that sample draws, times a factor; more are further parameters of sample.
func (o Options) scaled(op, what string, factor, more []any,
	sample func(key random.KeyArray, d jnp.DType, shape []int, more []jnp.Array) jnp.Array) Initializer {
	all := append([]any{kit.Optional[any](op, what, factor, 1e-2)}, more...)
	return func(key random.KeyArray, shape ...int) jnp.Array {
		return o.run(op, params{o.DType, shape}, key, all,
			func(key random.KeyArray, d jnp.DType, p []jnp.Array) jnp.Array {
				return sample(key, d, shape, p[1:]).Mul(p[0])
			})
	}
}

// run is f of a key and numbers of o's dtype as one program, which p tells from others.
func (o Options) run(op string, p any, key random.KeyArray, numbers []any,
	f func(key random.KeyArray, d jnp.DType, x []jnp.Array) jnp.Array) jnp.Array {
	in := []*trace.Value{key.Data().TraceValue()}
	for _, x := range numbers {
		in = append(in, kit.Lift(op, x))
	}
	d := o.dtype(in...)
	return jnp.Wrap(kit.Whole(op, p, in, func(in []*trace.Value) *trace.Value {
		x := kit.Map(in[1:], func(v *trace.Value) jnp.Array { return jnp.Wrap(v).AsType(d) })
		return f(random.WrapKeyData(jnp.Wrap(in[0])), d, x).TraceValue()
	}))
}
