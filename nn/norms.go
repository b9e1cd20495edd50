package nn

import (
	"slices"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/trace"
)

// NormParams are the parameters of LayerNorm, RMSNorm, GroupNorm and BatchNorm, by which what is normalised is
// multiplied and to which Bias is added; either may be unset. NewNorm makes them.
type NormParams struct{ Scale, Bias jnp.Array }

// LayerNorm is x minus its mean and divided by its standard deviation along axes (the last if none are given), times
// Scale plus Bias, which broadcast (flax.linen.LayerNorm). Statistics of 16-bit floats are taken in float32. Epsilon,
// which is added to the variance, is 1e-6 by default.
//
// Options: Normalization (Where, Epsilon, Fast).
func LayerNorm(p NormParams, x jnp.Array, axes ...int) jnp.Array {
	return Normalization{}.LayerNorm(p, x, axes...)
}

// LayerNorm is nn.LayerNorm with options.
func (o Normalization) LayerNorm(p NormParams, x jnp.Array, axes ...int) jnp.Array {
	const op = "nn.LayerNorm"
	return o.affine(op, axes, p, x, func(x jnp.Array, o Normalization) jnp.Array {
		return o.Standardize(x, lastUnless(op, x, axes)...)
	})
}

// RMSNorm is x divided by the root of the mean of its squares along axes (the last if none are given), times Scale plus
// Bias, which broadcast (flax.linen.RMSNorm, which has no Bias). The mean is taken in float32 for 16-bit floats.
// Epsilon, which is added to it, is 1e-6 by default.
//
// Options: Normalization (Where, Epsilon).
func RMSNorm(p NormParams, x jnp.Array, axes ...int) jnp.Array {
	return Normalization{}.RMSNorm(p, x, axes...)
}

// RMSNorm is nn.RMSNorm with options.
func (o Normalization) RMSNorm(p NormParams, x jnp.Array, axes ...int) jnp.Array {
	const op = "nn.RMSNorm"
	return o.affine(op, axes, p, x, func(x jnp.Array, o Normalization) jnp.Array {
		r := jnp.Reduction{KeepDims: true, Where: o.Where}
		square := r.Mean(jnp.Real(x.Mul(jnp.Conj(x))), lastUnless(op, x, axes)...)
		return x.Mul(rsqrt(square.Add(o.Epsilon)))
	})
}

// GroupNorm is LayerNorm of groups of features, over all axes but the first, of batches (flax.linen.GroupNorm): x is
// [batch, ..., features], and Scale and Bias are [features]. One group is a layer norm over all of these axes, as many
// as there are features an instance norm.
//
// Options: Normalization (Where, Epsilon, Fast).
func GroupNorm(p NormParams, x jnp.Array, groups int) jnp.Array {
	return Normalization{}.GroupNorm(p, x, groups)
}

// GroupNorm is nn.GroupNorm with options.
func (o Normalization) GroupNorm(p NormParams, x jnp.Array, groups int) jnp.Array {
	const op = "nn.GroupNorm"
	return o.affine(op, groups, p, x, func(x jnp.Array, o Normalization) jnp.Array {
		s := x.Shape()
		n := len(s) - 1
		if n < 0 || groups < 1 || s[n]%groups != 0 {
			trace.Fail(op, []ir.Aval{x.TraceValue().Aval()}, "the features, the last axis, do not fall into %d groups "+
				"of one size", groups)
		}
		split := append(slices.Clone(s[:n]), groups, s[n]/groups)
		if isSet(o.Where) {
			o.Where = jnp.BroadcastTo(within(op, o.Where, x), s...).Reshape(split...)
		}
		axes := append(kit.From(1, max(n-1, 0)), n+1)
		return o.Standardize(x.Reshape(split...), axes...).Reshape(s...)
	})
}

// lastUnless is axes, or the last where there are none.
func lastUnless(op string, x jnp.Array, axes []int) []int {
	if axes == nil {
		axes = []int{-1}
	}
	return kit.Axes(op, axes, x.NDim(), x.TraceValue().Aval())
}

// affine is f of x, times the Scale of p plus its Bias, in the common type of the three. f is given x with room for
// sums, and those of o's arrays that it may read.
func (o Normalization) affine(op string, params any, p NormParams, x jnp.Array,
	f func(x jnp.Array, o Normalization) jnp.Array) jnp.Array {
	if isSet(o.Mean) || isSet(o.Variance) {
		trace.Fail(op, nil, "Mean and Variance are for nn.Standardize")
	}
	epsilon := o.Epsilon
	if epsilon == nil {
		epsilon = 1e-6
	}
	static := struct {
		Params any
		Fast   bool
	}{params, o.Fast}
	return several(op, static, func(in []jnp.Array) []jnp.Array {
		o := Normalization{Fast: o.Fast, Epsilon: in[3], Where: in[4]}
		checkMask(op, o.Where)
		all := together(op, in[:3]...)
		y := f(wide(in[0]), o)
		return []jnp.Array{scaleAndShift(op, y, in[1], in[2], x.Shape()).AsType(all[0].DType())}
	}, needed(op, x), p.Scale, p.Bias, epsilon, o.Where)[0]
}

// scaleAndShift is y·scale + bias, of y's shape.
func scaleAndShift(op string, y, scale, bias jnp.Array, shape []int) jnp.Array {
	for _, a := range []jnp.Array{scale, bias} {
		if isSet(a) && !kit.BroadcastsTo(a.Shape(), shape) {
			trace.Fail(op, []ir.Aval{y.TraceValue().Aval()}, "Scale and Bias must broadcast to the array's shape %s, "+
				"which %s does not", ir.ShapeString(shape), ir.ShapeString(a.Shape()))
		}
	}
	if isSet(scale) {
		y = y.Mul(scale)
	}
	if isSet(bias) {
		y = y.Add(bias)
	}
	return y
}

// BatchStats are the running statistics of BatchNorm: means and variances of what it has seen in training, [features].
// NewBatchStats makes them. They are no parameters, and have no gradient: pass them beside these.
type BatchStats struct{ Mean, Var jnp.Array }

// BatchNormalization holds the keyword arguments of BatchNorm and BatchNormTrain; its zero value is the default.
type BatchNormalization struct {
	Momentum any       // how much of the running statistics stays in a step, a number or an Array; nil: 0.99
	Epsilon  any       // what is added to the variance; nil: 1e-5
	Axis     *int      // which axis is that of the features; nil: the last
	Where    jnp.Array // bool, broadcast: elements where it is false take no part in the statistics
	AxisName string    // the statistics are those over all elements of the axis that Vmap maps under this name
}

// BatchNorm is x minus the running mean of its features and divided by their running standard deviation, times Scale
// plus Bias (flax.linen.BatchNorm with use_running_average): what a trained network does. BatchNormTrain is for
// training. x is [..., features].
//
// Options: BatchNormalization (Epsilon, Axis).
func BatchNorm(p NormParams, s BatchStats, x jnp.Array) jnp.Array {
	return BatchNormalization{}.BatchNorm(p, s, x)
}

// BatchNorm is nn.BatchNorm with options.
func (o BatchNormalization) BatchNorm(p NormParams, s BatchStats, x jnp.Array) jnp.Array {
	if isSet(o.Where) || o.Momentum != nil || o.AxisName != "" {
		trace.Fail("nn.BatchNorm", nil, "Momentum, Where and AxisName are for nn.BatchNormTrain")
	}
	return o.run("nn.BatchNorm", p, s, x, false)[0]
}

// BatchNormTrain is BatchNorm by the mean and the variance of x itself, over all axes but that of the features, and the
// running statistics with these mixed in: momentum·old + (1-momentum)·new (flax.linen.BatchNorm without
// use_running_average). The variance divides by the number of elements. Statistics of 16-bit floats are taken in
// float32.
//
// Options: BatchNormalization (Momentum, Epsilon, Axis, Where, AxisName).
func BatchNormTrain(p NormParams, s BatchStats, x jnp.Array) (y jnp.Array, next BatchStats) {
	return BatchNormalization{}.BatchNormTrain(p, s, x)
}

// BatchNormTrain is nn.BatchNormTrain with options.
func (o BatchNormalization) BatchNormTrain(p NormParams, s BatchStats, x jnp.Array) (y jnp.Array, next BatchStats) {
	out := o.run("nn.BatchNormTrain", p, s, x, true)
	return out[0], BatchStats{out[1], out[2]}
}

func (o BatchNormalization) run(op string, p NormParams, s BatchStats, x jnp.Array, train bool) []jnp.Array {
	axis := -1
	if o.Axis != nil {
		axis = *o.Axis
	}
	axis = kit.Axis(op, axis, needed(op, x).NDim(), x.TraceValue().Aval())
	features := x.Shape()[axis : axis+1]
	for _, a := range []jnp.Array{s.Mean, s.Var, p.Scale, p.Bias} {
		if isSet(a) && !slices.Equal(a.Shape(), features) {
			trace.Fail(op, trace.Avals([]*trace.Value{x.TraceValue(), a.TraceValue()}), "the running statistics, "+
				"Scale and Bias must be vectors of %d, a number for each feature along axis %d", features[0], axis)
		}
	}
	epsilon, momentum := o.Epsilon, o.Momentum
	if epsilon == nil {
		epsilon = 1e-5
	}
	if momentum == nil {
		momentum = 0.99
	}
	static := struct {
		Axis     int
		AxisName string
		Train    bool
	}{axis, o.AxisName, train}
	return several(op, static, func(in []jnp.Array) []jnp.Array {
		column := slices.Repeat([]int{1}, in[0].NDim())
		column[axis] = -1
		along := func(x jnp.Array) jnp.Array {
			if !isSet(x) {
				return x
			}
			return x.Reshape(column...)
		}
		d := together(op, in[:3]...)[0].DType()
		x, mean, variance := wide(in[0]), in[3], in[4]
		if train {
			checkMask(op, in[7])
			mean, variance = batchStatistics(x, in[7], axis, o.AxisName)
		}
		y := x.Sub(along(mean)).Mul(rsqrt(along(variance).Add(in[5])))
		out := []jnp.Array{scaleAndShift(op, y, along(in[1]), along(in[2]), in[0].Shape()).AsType(d)}
		if train {
			for i, now := range []jnp.Array{mean, variance} {
				old := in[3+i]
				mixed := old.Mul(in[6]).Add(now.Mul(jnp.Sub(1, in[6])))
				out = append(out, constant(mixed.AsType(old.DType())))
			}
		}
		return out
	}, x, p.Scale, p.Bias, needed(op, s.Mean), needed(op, s.Var), epsilon, momentum, o.Where)
}

// batchStatistics is the mean and the variance over all axes but one, and over those of the named axis.
func batchStatistics(x, where jnp.Array, axis int, name string) (mean, variance jnp.Array) {
	_, others := kit.Without(x.Shape(), []int{axis})
	r := jnp.Reduction{Where: where}
	mean, variance = r.Mean(x, others...), r.Var(x, others...)
	if name == "" {
		return mean, variance
	}
	all := lax.PMean(mean, name)
	apart := mean.Sub(all)
	return all, lax.PMean(variance.Add(apart.Mul(apart)), name)
}
