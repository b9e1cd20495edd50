package nn

import (
	"math"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Normalization holds the keyword arguments of Softmax, LogSoftmax and Standardize; its zero value is the default.
type Normalization struct {
	Where    array // takes part where true; elsewhere the result is 0, of LogSoftmax -inf (Standardize: as computed). Broadcast
	Mean     array // of Standardize, where known already; broadcast
	Variance array // the same
	Epsilon  any   // what Standardize adds to the variance, a number or an Array; nil: 1e-5
	Stable   bool  // Standardize takes the variance in a second pass over x (jax's algorithm "stable"), which loses fewer digits
}

// Softmax is exp(x) divided by its sum along axes (the last if none are given), without overflow (jax.nn.softmax).
func Softmax(x array, axes ...int) array { return Normalization{}.Softmax(x, axes...) }

// LogSoftmax is the logarithm of Softmax (jax.nn.log_softmax).
func LogSoftmax(x array, axes ...int) array { return Normalization{}.LogSoftmax(x, axes...) }

// Standardize is x minus its mean and divided by its standard deviation along axes (the last if none are given)
// (jax.nn.standardize).
func Standardize(x array, axes ...int) array { return Normalization{}.Standardize(x, axes...) }

// normAxes is axes counted from the front, the last one where none are given; an empty list that is not nil stays empty.
func normAxes(op string, v *trace.Value, axes []int) []int {
	if axes == nil {
		axes = []int{-1}
	}
	out := make([]int, len(axes))
	for i, a := range axes {
		out[i] = oneAxis(op, v, []int{a})
		for _, b := range out[:i] {
			if b == out[i] {
				trace.Fail(op, []ir.Aval{v.Aval()}, "axis %d is named twice in %v", b, axes)
			}
		}
	}
	return out
}

type normParams struct {
	Axes   []int
	Which  [4]bool
	Stable bool
}

// build runs f on x and those of o's arrays that are set.
func (o Normalization) build(op string, x array, axes []int, f func(x array, o Normalization, axes []int) array) array {
	v := jnp.Lift(op, x)
	p := normParams{Axes: normAxes(op, v, axes), Stable: o.Stable}
	in := []*trace.Value{v}
	var eps array
	if o.Epsilon != nil {
		eps = jnp.Wrap(operand(op, o.Epsilon, v))
	}
	for i, a := range []array{o.Where, o.Mean, o.Variance, eps} {
		if p.Which[i] = a.TraceValue() != nil; p.Which[i] {
			in = append(in, a.TraceValue())
		}
	}
	if p.Which[0] && o.Where.DType() != jnp.Bool {
		trace.Fail(op, trace.Avals(in), "Where must be bool, not %v", o.Where.DType())
	}
	return jnp.Build(op, p, in, func(in []*trace.Value) *trace.Value {
		q := Normalization{Stable: p.Stable, Epsilon: 1e-5}
		var eps array
		k := 1
		for i, a := range []*array{&q.Where, &q.Mean, &q.Variance, &eps} {
			if p.Which[i] {
				*a = jnp.Wrap(in[k])
				k++
			}
		}
		if p.Which[3] {
			q.Epsilon = eps
		}
		return f(jnp.Wrap(in[0]), q, p.Axes).TraceValue()
	})
}

// largest is the greatest element along axes, kept as axes of size 1, a constant for differentiation: it cancels out.
func (o Normalization) largest(x array, axes []int) array {
	r := jnp.Reduction{KeepDims: true, Where: o.Where}
	if o.Where.TraceValue() != nil || x.Size() == 0 {
		r.Initial = math.Inf(-1)
	}
	return jnp.Wrap(ops.StopGradient(r.Max(x, axes...).TraceValue()))
}

func (o Normalization) masked(x array, otherwise float64) array {
	if o.Where.TraceValue() == nil {
		return x
	}
	return jnp.Where(o.Where, x, otherwise)
}

// Softmax is nn.Softmax with options.
func (o Normalization) Softmax(x array, axes ...int) array {
	return o.build("nn.Softmax", x, axes, func(x array, o Normalization, axes []int) array {
		e := jnp.Exp(o.masked(x, math.Inf(-1)).Sub(o.largest(x, axes)))
		sum := jnp.Reduction{KeepDims: true, Where: o.Where}.Sum(e, axes...)
		return o.masked(e.Div(sum), 0)
	})
}

// LogSoftmax is nn.LogSoftmax with options.
func (o Normalization) LogSoftmax(x array, axes ...int) array {
	return o.build("nn.LogSoftmax", x, axes, func(x array, o Normalization, axes []int) array {
		shifted := o.masked(x, math.Inf(-1)).Sub(o.largest(x, axes))
		sum := jnp.Reduction{KeepDims: true, Where: o.Where}.Sum(jnp.Exp(shifted), axes...)
		return o.masked(shifted.Sub(jnp.Log(sum)), math.Inf(-1))
	})
}

// Standardize is nn.Standardize with options.
func (o Normalization) Standardize(x array, axes ...int) array {
	return o.build("nn.Standardize", x, axes, func(x array, o Normalization, axes []int) array {
		r := jnp.Reduction{KeepDims: true, Where: o.Where}
		mean, variance := o.Mean, o.Variance
		if mean.TraceValue() == nil {
			mean = r.Mean(x, axes...)
		}
		if variance.TraceValue() == nil {
			if o.Stable {
				variance = r.Mean(jnp.Square(x.Sub(mean)), axes...)
			} else {
				// One pass over the data, as JAX has it; it can come out below 0 by rounding.
				variance = jnp.Clip(r.Mean(jnp.Square(x), axes...).Sub(jnp.Square(mean)), 0, nil)
			}
		}
		return x.Sub(mean).Mul(jnp.Wrap(ops.Rsqrt(variance.Add(o.Epsilon).TraceValue())))
	})
}

// OneHots holds the keyword arguments of OneHot.
type OneHots struct {
	DType jnp.DType // of the result; unset, the default float
	Axis  *int      // where the new axis is in the result; nil: the last
	// AxisName makes the new axis the one that Vmap maps under this name, whose size must be the number of classes: the result
	// has no axis of its own and says at each place of that axis whether x is that.
	AxisName string
}

// OneHot has for each element i of x a vector along a new last axis of n zeros with a one at position i (jax.nn.one_hot); all
// zeros where i is outside of 0 to n-1.
func OneHot(x array, n int) array { return OneHots{}.OneHot(x, n) }

// OneHot is nn.OneHot with options.
func (o OneHots) OneHot(x array, n int) array {
	const op = "nn.OneHot"
	v := jnp.Lift(op, x)
	in := []ir.Aval{v.Aval()}
	if n < 0 {
		trace.Fail(op, in, "the number of classes is %d; it must not be negative", n)
	}
	p := struct {
		D    ir.DType
		N, A int
	}{o.DType, n, v.Rank()}
	if p.D == ir.Invalid {
		p.D = ir.Float64.Canonical(trace.X64(v))
	}
	if o.Axis != nil {
		p.A = *o.Axis
		if p.A < 0 {
			p.A += v.Rank() + 1
		}
		if p.A < 0 || p.A > v.Rank() {
			trace.Fail(op, in, "axis %d is out of range for a result of %d axes", *o.Axis, v.Rank()+1)
		}
	}
	if o.AxisName != "" {
		if size := lax.AxisSize(o.AxisName); o.Axis != nil || size != n {
			trace.Fail(op, in, "takes AxisName without Axis, for as many classes as the axis %q has places: %d, not %d", o.AxisName, size, n)
		}
		return jnp.Equal(x, lax.AxisIndex(o.AxisName)).AsType(p.D)
	}
	return apply(op, p, x, func(x array) array {
		v := jnp.ExpandDims(x, p.A).TraceValue()
		shape := append([]int{}, v.Shape()...)
		shape[p.A] = n
		classes := jnp.Wrap(ops.Iota(v.DType(), shape, p.A))
		return jnp.Equal(jnp.Wrap(v), classes).AsType(p.D)
	})
}
