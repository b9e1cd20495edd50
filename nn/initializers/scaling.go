package initializers

import (
	"math"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
	"github.com/gojax/gojax/trace"
)

// Mode says which number of connections VarianceScaling divides by.
type Mode uint8

const (
	FanIn     Mode = iota // that of inputs
	FanOut                // that of outputs
	FanAvg                // their mean
	FanGeoAvg             // their geometric mean
)

// Distribution is a distribution that VarianceScaling draws from.
type Distribution uint8

const (
	FromTruncatedNormal Distribution = iota // normal, cut at 2 standard deviations and widened again
	FromNormal
	FromUniform // between ±sqrt(3·variance)
)

// VarianceScaling makes random numbers of variance scale/n, where n is a number of connections of the weights
// (jax.nn.initializers.variance_scaling). The shape has at least two axes; see Options for what they stand for.
//
// Options: Options (DType, InAxis, OutAxis, BatchAxis).
func VarianceScaling(scale float64, mode Mode, distribution Distribution) Initializer {
	return Options{}.VarianceScaling(scale, mode, distribution)
}

// VarianceScaling is initializers.VarianceScaling with the axes and the DType of o. Of a complex type, the numbers'
// absolute values have the distribution.
func (o Options) VarianceScaling(scale float64, mode Mode, distribution Distribution) Initializer {
	return o.scaling("initializers.VarianceScaling", scale, mode, distribution)
}

// GlorotUniform is VarianceScaling by 1, FanAvg, FromUniform: Glorot and Bengio's (jax.nn.initializers.glorot_uniform).
//
// Options: Options (DType, InAxis, OutAxis, BatchAxis).
func GlorotUniform() Initializer { return Options{}.GlorotUniform() }

// GlorotNormal is VarianceScaling by 1, FanAvg, FromTruncatedNormal (jax.nn.initializers.glorot_normal).
//
// Options: Options (DType, InAxis, OutAxis, BatchAxis).
func GlorotNormal() Initializer { return Options{}.GlorotNormal() }

// XavierUniform is GlorotUniform (jax.nn.initializers.xavier_uniform).
//
// Options: Options (DType, InAxis, OutAxis, BatchAxis).
func XavierUniform() Initializer { return Options{}.XavierUniform() }

// XavierNormal is GlorotNormal (jax.nn.initializers.xavier_normal).
//
// Options: Options (DType, InAxis, OutAxis, BatchAxis).
func XavierNormal() Initializer { return Options{}.XavierNormal() }

// LecunUniform is VarianceScaling by 1, FanIn, FromUniform: LeCun's (jax.nn.initializers.lecun_uniform).
//
// Options: Options (DType, InAxis, OutAxis, BatchAxis).
func LecunUniform() Initializer { return Options{}.LecunUniform() }

// LecunNormal is VarianceScaling by 1, FanIn, FromTruncatedNormal (jax.nn.initializers.lecun_normal).
//
// Options: Options (DType, InAxis, OutAxis, BatchAxis).
func LecunNormal() Initializer { return Options{}.LecunNormal() }

// HeUniform is VarianceScaling by 2, FanIn, FromUniform: He's, for layers before a Relu
// (jax.nn.initializers.he_uniform).
//
// Options: Options (DType, InAxis, OutAxis, BatchAxis).
func HeUniform() Initializer { return Options{}.HeUniform() }

// HeNormal is VarianceScaling by 2, FanIn, FromTruncatedNormal (jax.nn.initializers.he_normal).
//
// Options: Options (DType, InAxis, OutAxis, BatchAxis).
func HeNormal() Initializer { return Options{}.HeNormal() }

// KaimingUniform is HeUniform (jax.nn.initializers.kaiming_uniform).
//
// Options: Options (DType, InAxis, OutAxis, BatchAxis).
func KaimingUniform() Initializer { return Options{}.KaimingUniform() }

// KaimingNormal is HeNormal (jax.nn.initializers.kaiming_normal).
//
// Options: Options (DType, InAxis, OutAxis, BatchAxis).
func KaimingNormal() Initializer { return Options{}.KaimingNormal() }

// GlorotUniform is initializers.GlorotUniform with the axes and the DType of o.
func (o Options) GlorotUniform() Initializer {
	return o.scaling("initializers.GlorotUniform", 1, FanAvg, FromUniform)
}

// GlorotNormal is initializers.GlorotNormal with the axes and the DType of o.
func (o Options) GlorotNormal() Initializer {
	return o.scaling("initializers.GlorotNormal", 1, FanAvg, FromTruncatedNormal)
}

// LecunUniform is initializers.LecunUniform with the axes and the DType of o.
func (o Options) LecunUniform() Initializer {
	return o.scaling("initializers.LecunUniform", 1, FanIn, FromUniform)
}

// LecunNormal is initializers.LecunNormal with the axes and the DType of o.
func (o Options) LecunNormal() Initializer {
	return o.scaling("initializers.LecunNormal", 1, FanIn, FromTruncatedNormal)
}

// HeUniform is initializers.HeUniform with the axes and the DType of o.
func (o Options) HeUniform() Initializer {
	return o.scaling("initializers.HeUniform", 2, FanIn, FromUniform)
}

// HeNormal is initializers.HeNormal with the axes and the DType of o.
func (o Options) HeNormal() Initializer {
	return o.scaling("initializers.HeNormal", 2, FanIn, FromTruncatedNormal)
}

// XavierUniform is GlorotUniform with the axes and the DType of o.
func (o Options) XavierUniform() Initializer { return o.GlorotUniform() }

// XavierNormal is GlorotNormal with the axes and the DType of o.
func (o Options) XavierNormal() Initializer { return o.GlorotNormal() }

// KaimingUniform is HeUniform with the axes and the DType of o.
func (o Options) KaimingUniform() Initializer { return o.HeUniform() }

// KaimingNormal is HeNormal with the axes and the DType of o.
func (o Options) KaimingNormal() Initializer { return o.HeNormal() }

func (o Options) scaling(op string, scale float64, mode Mode, distribution Distribution) Initializer {
	if mode > FanGeoAvg || distribution > FromUniform {
		trace.Fail(op, nil,
			"there is no mode %d of distribution %d; take FanIn, FanOut, FanAvg or FanGeoAvg, and "+
				"FromTruncatedNormal, FromNormal or FromUniform", mode, distribution)
	}
	type scaled struct {
		params
		Distribution Distribution
	}
	return func(key random.KeyArray, shape ...int) jnp.Array {
		in, out := o.fans(op, shape)
		n := [...]float64{FanIn: in, FanOut: out, FanAvg: (in + out) / 2, FanGeoAvg: math.Sqrt(in * out)}[mode]
		// The variance is an input, so that other shapes alone make other programs.
		return o.run(op, scaled{params{o.DType, shape}, distribution}, key, []any{scale / n},
			func(key random.KeyArray, d jnp.DType, x []jnp.Array) jnp.Array {
				return draw(op, distribution, key, d, shape, x[0])
			})
	}
}

func draw(op string, from Distribution, key random.KeyArray, d jnp.DType, shape []int, variance jnp.Array) jnp.Array {
	if !d.IsInexact() {
		trace.Fail(op, nil, "the DType must be a float or a complex type, not %v", d)
	}
	dist := random.Dist{DType: d}
	switch {
	case from == FromNormal:
		return dist.Normal(key, shape...).Mul(jnp.Sqrt(variance))
	case d.IsComplex():
		return drawComplex(from, key, d, shape, variance)
	case from == FromUniform:
		dist.Min = -1
		return dist.Uniform(key, shape...).Mul(jnp.Sqrt(variance.Mul(3)))
	}
	// Divided by the standard deviation of the standard normal distribution cut at ±2.
	return dist.TruncatedNormal(key, -2, 2, shape...).Mul(jnp.Sqrt(variance).Div(.87962566103423978))
}

// drawComplex draws the absolute value and the angle.
func drawComplex(from Distribution, key random.KeyArray, d jnp.DType, shape []int, variance jnp.Array) jnp.Array {
	k1, k2 := random.Pair(key)
	dist := random.Dist{DType: d.Real()}
	u := dist.Uniform(k1, shape...)
	stddev := jnp.Sqrt(variance)
	var r jnp.Array
	if from == FromUniform {
		r = jnp.Sqrt(u.Mul(2)).AsType(d)
	} else {
		r = jnp.Sqrt(jnp.Log(jnp.Sub(1, u.Mul(1-math.Exp(-4)))).Neg()).AsType(d)
		stddev = stddev.Div(.95311164380491208) // of the complex standard normal distribution cut at 2
	}
	angle := dist.Uniform(k2, shape...).Mul(2 * math.Pi).AsType(d)
	return r.Mul(jnp.Exp(angle.Mul(1i))).Mul(stddev)
}

// fans are the numbers of inputs and outputs of weights of a shape.
func (o Options) fans(op string, shape []int) (in, out float64) {
	if o.InAxis == nil && len(shape) <= 1 {
		trace.Fail(op, []ir.Aval{{Shape: shape, DType: o.dtype()}},
			"the shape %v has no axes of inputs and outputs; it needs two at least, or InAxis and OutAxis", shape)
	}
	size := func(axes []int, otherwise ...int) float64 {
		if axes == nil {
			axes = otherwise
		}
		n := 1.0
		for _, a := range axes {
			if a < -len(shape) || a >= len(shape) {
				trace.Fail(op, nil, "axis %d is out of range for the shape %v", a, shape)
			}
			n *= float64(shape[(a+len(shape))%len(shape)])
		}
		return n
	}
	nin, nout, batch := size(o.InAxis, -2), size(o.OutAxis, -1), size(o.BatchAxis)
	all := 1.0
	for _, n := range shape {
		all *= float64(n)
	}
	if !(all > 0) {
		trace.Fail(op, nil, "the shape %v is empty: its weights have no connections", shape)
	}
	window := all / nin / nout / batch
	return nin * window, nout * window
}
