package nn

import (
	"math"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Normalization holds the keyword arguments of Softmax, LogSoftmax and Standardize; its zero value is the default.
type Normalization struct {
	// takes part where true; elsewhere the result is 0, of LogSoftmax -inf (Standardize: as computed). Broadcast
	Where    jnp.Array
	Mean     jnp.Array // of Standardize, where known already; broadcast
	Variance jnp.Array // the same
	Epsilon  any       // what Standardize adds to the variance, a number or an Array; nil: 1e-5
	// Standardize takes the variance as the mean of the squares less the square of the mean (jax's algorithm
	// "fast", its default), which has no digits where the mean is large
	Fast bool
}

// Softmax is exp(x) divided by its sum along axes (the last if none are given), without overflow (jax.nn.softmax). The
// derivative of an element p takes 1 - p as a difference, which has few digits where p is near 1, and is 0 where p
// rounds to 1, as in JAX: another sum would take half as long again.
//
// Options: Normalization (Where).
func Softmax(x jnp.Array, axes ...int) jnp.Array { return Normalization{}.Softmax(x, axes...) }

// LogSoftmax is the logarithm of Softmax (jax.nn.log_softmax). Near 0, where the sum of the other exponentials is added
// to 1, it and its derivative have the digits of that sum; see Softmax. Minus its product with OneHot, summed,
// is the cross-entropy, optax's softmax_cross_entropy_with_integer_labels; softmax_cross_entropy, of probabilities, is
// the sum of their products with it.
//
// Options: Normalization (Where).
func LogSoftmax(x jnp.Array, axes ...int) jnp.Array { return Normalization{}.LogSoftmax(x, axes...) }

// Standardize is x minus its mean and divided by its standard deviation along axes (the last if none are given)
// (jax.nn.standardize).
//
// Options: Normalization (Where, Mean, Variance, Epsilon, Fast).
func Standardize(x jnp.Array, axes ...int) jnp.Array { return Normalization{}.Standardize(x, axes...) }

type normParams struct {
	Axes []int
	Fast bool
}

// build runs f on x and those of o's arrays that are set.
func (o Normalization) build(op string, x jnp.Array, axes []int,
	f func(x jnp.Array, o Normalization, axes []int) jnp.Array) jnp.Array {
	v := kit.Value(op, x)
	if axes == nil {
		axes = []int{-1}
	}
	p := normParams{Axes: kit.Axes(op, axes, v.Rank(), v.Aval()), Fast: o.Fast}
	checkMask(op, o.Where)
	return several(op, p, func(in []jnp.Array) []jnp.Array {
		q := Normalization{Fast: p.Fast, Epsilon: 1e-5, Where: in[1], Mean: in[2], Variance: in[3]}
		if isSet(in[4]) {
			q.Epsilon = in[4]
		}
		return []jnp.Array{f(in[0], q, p.Axes)}
	}, x, o.Where, o.Mean, o.Variance, o.Epsilon)[0]
}

func checkMask(op string, where jnp.Array) {
	if isSet(where) && where.DType() != jnp.Bool {
		trace.Fail(op, []ir.Aval{where.TraceValue().Aval()}, "Where must be bool, not %v", where.DType())
	}
}

// largest is the greatest element along axes, which are not negative, kept as axes of size 1, a constant for
// differentiation: it cancels out. For that it need not be NaN where there is one. Of nothing it is -inf.
func largest(x jnp.Array, axes []int) jnp.Array {
	if len(axes) == 0 {
		return constant(x)
	}
	return constant(jnp.ExpandDims(jnp.Wrap(ops.ReduceMaxLoose(x.TraceValue(), axes)), axes...))
}

// masked is x with another number where o leaves elements out. A derivative runs through no number that is replaced.
func (o Normalization) masked(op string, x jnp.Array, otherwise float64) jnp.Array {
	if !isSet(o.Where) {
		return x
	}
	return jnp.Where(within(op, o.Where, x), x, otherwise)
}

// Softmax is nn.Softmax with options.
func (o Normalization) Softmax(x jnp.Array, axes ...int) jnp.Array {
	const op = "nn.Softmax"
	refuseBool(op, x)
	return o.build(op, x, axes, func(x jnp.Array, o Normalization, axes []int) jnp.Array {
		d := x.DType()
		x = o.masked(op, wide(x), math.Inf(-1))
		e := jnp.Exp(x.Sub(largest(x, axes)))
		return narrowTo(d, o.masked(op, e.Div(jnp.Reduction{KeepDims: true}.Sum(e, axes...)), 0))
	})
}

// LogSoftmax is nn.LogSoftmax with options.
func (o Normalization) LogSoftmax(x jnp.Array, axes ...int) jnp.Array {
	const op = "nn.LogSoftmax"
	refuseBool(op, x)
	return o.build(op, x, axes, func(x jnp.Array, o Normalization, axes []int) jnp.Array {
		d := x.DType()
		x = o.masked(op, wide(x), math.Inf(-1))
		x = x.Sub(largest(x, axes))
		log := jnp.Log(jnp.Reduction{KeepDims: true}.Sum(jnp.Exp(x), axes...))
		return narrowTo(d, o.masked(op, x.Sub(log), math.Inf(-1)))
	})
}

// Standardize is nn.Standardize with options.
func (o Normalization) Standardize(x jnp.Array, axes ...int) jnp.Array {
	const op = "nn.Standardize"
	if o.Fast && !isSet(o.Variance) { // which limits the variance to 0 and above
		kit.RefuseComplex(op, kit.Value(op, x))
	}
	return o.build(op, x, axes, func(x jnp.Array, o Normalization, axes []int) jnp.Array {
		d, given := o.resultType(x), x
		x = wide(x)
		r := jnp.Reduction{KeepDims: true, Where: o.Where}
		if given.DType().IsFloat() {
			r.DType = x.DType() // of 16 bits themselves, the mean has room
		}
		about := r
		mean, deviation := o.Mean, given
		if !isSet(mean) {
			mean = r.Mean(given, axes...)
		} else {
			deviation, about.Center = o.masked(op, x, 0).Sub(mean), jnp.Zeros()
		}
		var scale jnp.Array // 1 by the root of the variance and epsilon
		switch used := o.masked(op, x, 0); {
		case isSet(o.Variance):
			scale = rsqrt(o.Variance.Add(o.Epsilon))
		case o.Fast: // one pass over the data, as JAX has it; it can come out below 0 by rounding
			variance := jnp.Clip(r.Mean(jnp.Square(used), axes...).Sub(jnp.Square(mean)), 0, nil)
			scale = rsqrt(variance.Add(o.Epsilon))
		case x.DType().IsComplex():
			scale = rsqrt(r.Mean(jnp.Square(used.Sub(mean)), axes...).Add(o.Epsilon))
		case x.Size() > few:
			scale = rsqrt(about.Var(deviation, axes...).Add(o.Epsilon))
		default: // the variance itself may have no room
			scale = jnp.Reciprocal(jnp.Hypot(about.Std(deviation, axes...), root(o.Epsilon)))
		}
		if !isSet(o.Where) {
			return narrowTo(d, x.Sub(mean).Mul(scale))
		}
		// What is left out and not finite comes back as it is, and the derivative by scale does not meet it.
		ok := o.Where.Or(jnp.IsFinite(x))
		return narrowTo(d, jnp.Where(ok, jnp.Where(ok, x, 0).Sub(mean).Mul(scale), x))
	})
}

// few is up to how many elements are standardized by their deviation instead of their variance, whose derivative takes
// a third of the time.
const few = 128

func rsqrt(x jnp.Array) jnp.Array { return jnp.Wrap(ops.Rsqrt(x.TraceValue())) }

// root is the root of epsilon, a number or an array.
func root(epsilon any) jnp.Array {
	if x, ok := epsilon.(jnp.Array); ok {
		return jnp.Sqrt(x)
	}
	return jnp.AsArray(math.Sqrt(epsilon.(float64)))
}

// resultType is the common dtype of x and what is known of it.
func (o Normalization) resultType(x jnp.Array) jnp.DType {
	of := []any{x, o.Epsilon}
	for _, a := range []jnp.Array{o.Mean, o.Variance} {
		if isSet(a) {
			of = append(of, a)
		}
	}
	return jnp.ResultType(of...)
}

// OneHots holds the keyword arguments of OneHot.
type OneHots struct {
	DType jnp.DType // of the result; unset, the default float
	Axis  *int      // where the new axis is in the result; nil: the last
	// AxisName makes the new axis the one that Vmap maps under this name, whose size must be the number of classes: the
	// result has no axis of its own and says at each place of that axis whether x is that.
	AxisName string
}

// OneHot has for each element i of x a vector along a new last axis of n zeros with a one at position i
// (jax.nn.one_hot); all zeros where i is outside of 0 to n-1.
//
// Options: OneHots (DType, Axis, AxisName).
func OneHot(x jnp.Array, n int) jnp.Array { return OneHots{}.OneHot(x, n) }

// OneHot is nn.OneHot with options.
func (o OneHots) OneHot(x jnp.Array, n int) jnp.Array {
	const op = "nn.OneHot"
	v := kit.Value(op, x)
	in := []ir.Aval{v.Aval()}
	if n < 0 {
		trace.Fail(op, in, "the number of classes is %d; it must not be negative", n)
	}
	p := struct {
		D    ir.DType
		N, A int
	}{o.DType, n, v.Rank()}
	if p.D == ir.Invalid {
		p.D = kit.DefaultFloat(v)
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
			trace.Fail(op, in, "takes AxisName without Axis, for as many classes as the axis %q has places: %d, not %d",
				o.AxisName, size, n)
		}
		return jnp.Equal(x, lax.AxisIndex(o.AxisName)).AsType(p.D)
	}
	return apply(op, p, x, func(x jnp.Array) jnp.Array {
		v := jnp.ExpandDims(x, p.A).TraceValue()
		shape := append([]int{}, v.Shape()...)
		shape[p.A] = n
		classes := jnp.Wrap(ops.Iota(v.DType(), shape, p.A))
		return jnp.Equal(jnp.Wrap(v), classes).AsType(p.D)
	})
}
