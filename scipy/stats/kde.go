package stats

import (
	"math"
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/linalg"
	"github.com/gojax/gojax/nn"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/random"
	"github.com/gojax/gojax/scipy/special"
	"github.com/gojax/gojax/trace"
)

// GaussianKDE is a density estimated from points by a normal kernel around each (scipy.stats.gaussian_kde): make it with
// NewGaussianKDE or KDE. Its fields are arrays of one float type, so that it is a tree: it may be an argument or a result of a
// transformed function. As in JAX it stays as it is made: there is no way to set another bandwidth.
type GaussianKDE struct {
	Dataset    jnp.Array // [d, n]: n points of d coordinates
	Weights    jnp.Array // [n], of sum 1
	Neff       jnp.Array // scalar: the effective number of points
	Covariance jnp.Array // [d, d]: that of the kernel
	InvCov     jnp.Array // its inverse
}

// KDE holds the keyword arguments of a kernel density estimate; its zero value is the default.
type KDE struct {
	// BWMethod is the kernel's width as a factor of the data's: "scott" (the default) or "silverman" for those rules, a number or scalar
	// array, or a func(GaussianKDE) jnp.Array that computes one from an estimate whose covariances are not set yet.
	BWMethod any
	// Weights are those of the points, a vector; unset, all have the same.
	Weights any
}

// NewGaussianKDE is the estimate from the points of a dataset of real numbers, [d, n] or a vector of numbers (scipy.stats.gaussian_kde); more than one number in
// all.
func NewGaussianKDE(dataset any) GaussianKDE { return KDE{}.NewGaussianKDE(dataset) }

// NewGaussianKDE is stats.NewGaussianKDE with options.
func (o KDE) NewGaussianKDE(dataset any) GaussianKDE {
	const op = "stats.NewGaussianKDE"
	in := []*value{lift(op, dataset)}
	if o.Weights != nil {
		in = append(in, lift(op, o.Weights))
	}
	types := trace.Avals(in)
	t := types[0]
	n := 1
	if t.Rank() > 0 {
		n = t.Shape[t.Rank()-1]
	}
	switch {
	case t.DType.IsComplex():
		trace.Fail(op, types, "takes real numbers")
	case t.Rank() > 2:
		trace.Fail(op, types, "the dataset must be of one or two axes, not of shape %s", ir.ShapeString(t.Shape))
	case t.Size() <= 1:
		trace.Fail(op, types, "the dataset must have more than one element")
	case o.Weights != nil && (types[1].Rank() > 1 || types[1].Size() != n):
		trace.Fail(op, types, "the weights must be a vector of one for each of the %d points", n)
	}
	var k GaussianKDE
	floats := inexact(in...)
	out := trace.Whole(op, nil, floats, func(in []*value) []*value {
		data := jnp.AtLeast2D(jnp.Wrap(in[0]))
		weights := jnp.Creation{DType: data.DType()}.Full([]int{n}, 1/float64(n))
		if len(in) > 1 {
			w := jnp.AtLeast1D(jnp.Wrap(in[1]))
			weights = w.Div(jnp.Sum(w))
		}
		neff := jnp.Reciprocal(jnp.Sum(jnp.Square(weights)))
		return []*value{data.TraceValue(), weights.TraceValue(), neff.TraceValue()}
	})
	k.Dataset, k.Weights, k.Neff = jnp.Wrap(out[0]), jnp.Wrap(out[1]), jnp.Wrap(out[2])
	rule, factor := o.factor(op, k)
	in = out
	if rule == "" {
		in = append(slices.Clone(out), factor)
	}
	out = trace.Whole(op+".covariance", rule, in, func(in []*value) []*value { return covariances(rule, wrapAll(in)) })
	k.Covariance, k.InvCov = jnp.Wrap(out[0]), jnp.Wrap(out[1])
	return k
}

// factor is the rule that gives the kernel's width, or, without one, the width.
func (o KDE) factor(op string, k GaussianKDE) (rule string, factor *value) {
	var f any
	switch b := o.BWMethod.(type) {
	case nil:
		return "scott", nil
	case string:
		if b != "scott" && b != "silverman" {
			trace.Fail(op, nil, "BWMethod is %q; it must be \"scott\", \"silverman\", a number or a function", b)
		}
		return b, nil
	case func(GaussianKDE) jnp.Array:
		f = b(k)
	case func(GaussianKDE) float64:
		f = b(k)
	default:
		f = b
	}
	factor = lift(op, f)
	if factor.Rank() != 0 {
		trace.Fail(op, []ir.Aval{factor.Aval()}, "BWMethod is an array of shape %s; it must be a scalar", ir.ShapeString(factor.Shape()))
	}
	return "", factor
}

// covariances is the covariance matrix of the kernel and its inverse: those of the data (p[0], with the weights p[1]), scaled by the
// factor p[3] or what the rule says for p[2] points.
func covariances(rule string, p []array) []*value {
	d := float64(p[0].Shape()[0])
	var factor array
	switch rule {
	case "scott":
		factor = jnp.Power(p[2], -1/(d+4))
	case "silverman":
		factor = jnp.Power(p[2].Mul(d+2).Div(4), -1/(d+4))
	default:
		factor = p[3]
	}
	cov := jnp.AtLeast2D(jnp.Covariance{Weights: p[1]}.Cov(p[0]))
	square := jnp.Square(factor)
	return []*value{cov.Mul(square).TraceValue(), inverse(cov).Div(square).TraceValue()}
}

// inverse is the inverse of a covariance matrix.
func inverse(cov array) array {
	n := cov.Shape()[0]
	if n == 1 {
		return jnp.Reciprocal(cov)
	}
	return linalg.SolveCholesky(linalg.Cholesky(cov), jnp.Creation{DType: cov.DType()}.Eye(n))
}

// inexact is vs in their common floating-point type.
func inexact(vs ...*value) []*value {
	x := make([]any, len(vs))
	for i, v := range vs {
		x[i] = jnp.Wrap(v)
	}
	d := jnp.ResultType(x...)
	switch {
	case d.IsInexact():
	case d == ir.Int64 || d == ir.Uint64:
		d = ir.Float64
	default:
		d = ir.Float32
	}
	out := make([]*value, len(vs))
	for i, v := range vs {
		out[i] = ops.Convert(v, d)
	}
	return out
}

// D is the number of coordinates of a point.
func (k GaussianKDE) D() int { return k.Dataset.Shape()[0] }

// N is the number of points of the dataset.
func (k GaussianKDE) N() int { return k.Dataset.Shape()[1] }

// Evaluate is the density at points: [d, m], for one coordinate a vector of m, or a single point of d coordinates, gives [m].
func (k GaussianKDE) Evaluate(points any) array {
	return k.evaluate("stats.GaussianKDE.Evaluate", points, false)
}

// PDF is Evaluate.
func (k GaussianKDE) PDF(x any) array { return k.evaluate("stats.GaussianKDE.PDF", x, false) }

// LogPDF is the logarithm of the density at points, as Evaluate takes them.
func (k GaussianKDE) LogPDF(x any) array { return k.evaluate("stats.GaussianKDE.LogPDF", x, true) }

func (k GaussianKDE) evaluate(op string, points any, logarithm bool) array {
	d := k.D()
	v := lift(op, points)
	types := []ir.Aval{v.Aval(), k.Dataset.TraceValue().Aval()}
	rows, columns := 1, 1
	switch s := v.Shape(); len(s) {
	case 0:
	case 1:
		columns = s[0]
	case 2:
		rows, columns = s[0], s[1]
	default:
		trace.Fail(op, types, "points must be of one or two axes, not of shape %s", ir.ShapeString(s))
	}
	if rows == 1 && rows != d && columns == d {
		rows, columns = d, 1 // one point
	}
	switch {
	case v.DType().IsComplex():
		trace.Fail(op, types, "takes real numbers")
	case rows != d:
		trace.Fail(op, types, "points have %d coordinates and the dataset's %d", rows, d)
	}
	return jnp.Floats(op, logarithm, func(in []*value) *value {
		p := wrapAll(in)
		return kernelSum(logarithm, p[0].Reshape(rows, columns), p[1], p[2], p[3]).TraceValue()
	}, jnp.Wrap(v), k.Dataset, k.Weights, k.InvCov)
}

// kernelSum is the density, or its logarithm, at points [d, m] of normal kernels of the weights [n] around data [d, n].
func kernelSum(logarithm bool, points, data, weights, precision array) array {
	d, m, n := data.Shape()[0], points.Shape()[1], data.Shape()[1]
	whitening := linalg.Factor{LowerOnly: true}.Cholesky(precision)
	x := jnp.MatMul(points.T(), whitening).Reshape(m, 1, d)
	y := jnp.MatMul(data.T(), whitening).Reshape(1, n, d)
	normalizer := jnp.Sum(jnp.Log(jnp.Diagonal(whitening))).Sub(0.5 * float64(d) * math.Log(2*math.Pi))
	exponent := normalizer.Sub(jnp.Sum(jnp.Square(y.Sub(x)), -1).Mul(0.5))
	if logarithm {
		return nn.LogSumExp(jnp.Log(weights).Add(exponent), 1)
	}
	return jnp.Sum(weights.Mul(jnp.Exp(exponent)), 1)
}

// IntegrateGaussian is the integral of the estimate multiplied by the normal density of a mean of d coordinates and a covariance
// matrix [d, d]: a scalar.
func (k GaussianKDE) IntegrateGaussian(mean, cov any) array {
	const op = "stats.GaussianKDE.IntegrateGaussian"
	m, c := lift(op, mean), lift(op, cov)
	d := k.D()
	types := []ir.Aval{m.Aval(), c.Aval(), k.Dataset.TraceValue().Aval()}
	long := slices.DeleteFunc(slices.Clone(m.Shape()), func(n int) bool { return n == 1 })
	if len(long) > 1 || m.Aval().Size() != d {
		trace.Fail(op, types, "the mean must have %d coordinates, as the points do", d)
	}
	if s := c.Shape(); !slices.Equal(s, []int{d, d}) && (d > 1 || len(s) > 1 || c.Aval().Size() != 1) {
		trace.Fail(op, types, "the covariance must be of shape (%d, %d), for points of %d coordinates", d, d, d)
	}
	return jnp.Floats(op, nil, func(in []*value) *value {
		p := wrapAll(in)
		sum := gaussianOverlap(p[2].Add(p[1].Reshape(d, d)), p[3].Sub(p[0].Reshape(d, 1)))
		return jnp.Sum(sum.Mul(p[4])).TraceValue()
	}, jnp.Wrap(m), jnp.Wrap(c), k.Covariance, k.Dataset, k.Weights)
}

// IntegrateKDE is the integral of the product of two estimates of points of as many coordinates: a scalar.
func (k GaussianKDE) IntegrateKDE(other GaussianKDE) array {
	const op = "stats.GaussianKDE.IntegrateKDE"
	d := k.D()
	if other.D() != d {
		trace.Fail(op, []ir.Aval{k.Dataset.TraceValue().Aval(), other.Dataset.TraceValue().Aval()},
			"the estimates are of points of %d and of %d coordinates", d, other.D())
	}
	return jnp.Floats(op, nil, func(in []*value) *value {
		p := wrapAll(in)
		x, y := p[2], p[3]
		n, m := x.Shape()[1], y.Shape()[1]
		apart := x.Reshape(d, 1, n).Sub(y.Reshape(d, m, 1)).Reshape(d, m*n)
		sum := gaussianOverlap(p[0].Add(p[1]), apart).Reshape(m, n)
		return jnp.Sum(jnp.Sum(sum.Mul(p[4]), 1).Mul(p[5])).TraceValue()
	}, k.Covariance, other.Covariance, k.Dataset, other.Dataset, k.Weights, other.Weights)
}

// gaussianOverlap is the normal density of mean 0 and the covariance [d, d] at the points apart, [d, n].
func gaussianOverlap(cov, apart array) array {
	d := cov.Shape()[0]
	l := linalg.Factor{LowerOnly: true}.Cholesky(cov)
	z := linalg.Triangular{Lower: true}.SolveTriangular(l, apart)
	norm := jnp.Prod(jnp.Diagonal(l)).Mul(math.Pow(2*math.Pi, 0.5*float64(d)))
	return jnp.Exp(jnp.Sum(jnp.Square(z), 0).Mul(-0.5)).Div(norm)
}

// IntegrateBox1D is the probability of an interval, of an estimate of points of one coordinate; the limits are scalars.
func (k GaussianKDE) IntegrateBox1D(low, high any) array {
	const op = "stats.GaussianKDE.IntegrateBox1D"
	lo, hi := lift(op, low), lift(op, high)
	types := []ir.Aval{lo.Aval(), hi.Aval(), k.Dataset.TraceValue().Aval()}
	if k.D() != 1 {
		trace.Fail(op, types, "takes estimates of one coordinate, not of %d", k.D())
	}
	if lo.Rank() != 0 || hi.Rank() != 0 {
		trace.Fail(op, types, "the limits must be scalars")
	}
	return jnp.Floats(op, nil, func(in []*value) *value {
		p := wrapAll(in)
		data, sigma := p[2].Reshape(-1), jnp.Sqrt(p[3]).Reshape()
		upTo := func(x array) array { return special.Ndtr(x.Sub(data).Div(sigma)) }
		return jnp.Sum(p[4].Mul(upTo(p[1]).Sub(upTo(p[0])))).TraceValue()
	}, jnp.Wrap(lo), jnp.Wrap(hi), k.Dataset, k.Covariance, k.Weights)
}

// Resample is random points drawn from the estimate: [d] followed by the axes of shape. The numbers are JAX's for the same key.
func (k GaussianKDE) Resample(key random.KeyArray, shape ...int) array {
	d := k.D()
	index, noise := random.Pair(key)
	chosen := random.Choosing{P: k.Weights}.Choice(index, k.N(), shape...)
	// JAX transposes the noise as a whole, which turns the axes of shape around: they are asked for in that order.
	turned := slices.Clone(shape)
	slices.Reverse(turned)
	zero := jnp.Creation{DType: k.Covariance.DType()}.Zeros(d)
	eps := random.Dist{DType: k.Dataset.DType()}.MultivariateNormal(noise, zero, k.Covariance, turned...)
	return jnp.Take(k.Dataset, chosen, 1).Add(eps.T())
}
