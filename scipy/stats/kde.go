package stats

import (
	"math"
	"slices"

	"github.com/gojax/gojax/internal/arrays"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/linalg"
	"github.com/gojax/gojax/nn"
	"github.com/gojax/gojax/random"
	"github.com/gojax/gojax/scipy/special"
	"github.com/gojax/gojax/trace"
)

// GaussianKDE is a density estimated from points by a normal kernel around each (scipy.stats.gaussian_kde): make it
// with NewGaussianKDE or KDE. Its fields are arrays of one float type, so that it is a tree: it may be an argument or
// a result of a transformed function. As in JAX it stays as it is made: there is no way to set another bandwidth.
type GaussianKDE struct {
	Dataset    jnp.Array // [d, n]: n points of d coordinates
	Weights    jnp.Array // [n], of sum 1
	Neff       jnp.Array // scalar: the effective number of points
	Covariance jnp.Array // [d, d]: that of the kernel
	InvCov     jnp.Array // its inverse
}

// KDE holds the keyword arguments of a kernel density estimate; its zero value is the default.
type KDE struct {
	// BWMethod is the kernel's width as a factor of the data's: "scott" (the default) or "silverman" for those rules,
	// a number or scalar array, or a func(GaussianKDE) jnp.Array that computes one from an estimate whose covariances
	// are not set yet.
	BWMethod any
	// Weights are those of the points, a vector; unset, all have the same.
	Weights any
}

// NewGaussianKDE is the estimate from the points of a dataset of real numbers, [d, n] or a vector of numbers
// (scipy.stats.gaussian_kde); more than one number in all.
//
// Options: KDE (BWMethod, Weights).
func NewGaussianKDE(dataset jnp.Array) GaussianKDE { return KDE{}.NewGaussianKDE(dataset) }

// NewGaussianKDE is stats.NewGaussianKDE with options.
func (o KDE) NewGaussianKDE(dataset jnp.Array) GaussianKDE {
	const op = "stats.NewGaussianKDE"
	in := []any{dataset}
	if o.Weights != nil {
		in = append(in, o.Weights)
	}
	out := arrays.Several(op, nil, func(in []array) []array {
		checkDataset(in)
		in = arrays.StrongInexact(op, in...)
		data := jnp.AtLeast2D(in[0])
		n := data.Shape()[1]
		weights := jnp.Creation{DType: data.DType()}.Full([]int{n}, 1/float64(n))
		if len(in) > 1 {
			w := jnp.AtLeast1D(in[1])
			weights = w.Div(jnp.Sum(w))
		}
		return []array{data, weights, jnp.Reciprocal(jnp.Sum(jnp.Square(weights)))}
	}, in...)
	k := GaussianKDE{Dataset: out[0], Weights: out[1], Neff: out[2]}
	rule, factor := o.factor(op, k)
	in = []any{k.Dataset, k.Weights, k.Neff}
	if rule == "" {
		in = append(in, factor)
	}
	out = arrays.Several(op, rule, func(in []array) []array { return covariances(rule, in) }, in...)
	k.Covariance, k.InvCov = out[0], out[1]
	return k
}

// checkDataset refuses a dataset, and its weights if there are any.
func checkDataset(in []array) {
	data, n := in[0], 1
	if s := data.Shape(); len(s) > 0 {
		n = s[len(s)-1]
	}
	realNumbers(in)
	switch {
	case data.NDim() > 2:
		refuse(in, "the dataset must be of one or two axes, not of shape %s", ir.ShapeString(data.Shape()))
	case data.Size() <= 1:
		refuse(in, "the dataset must have more than one element")
	case len(in) > 1 && (in[1].NDim() > 1 || in[1].Size() != n):
		refuse(in, "the weights must be a vector of one for each of the %d points", n)
	}
}

// factor is the rule that gives the kernel's width, or, without one, the width.
func (o KDE) factor(op string, k GaussianKDE) (rule string, factor any) {
	switch b := o.BWMethod.(type) {
	case nil:
		return "scott", nil
	case string:
		if b != "scott" && b != "silverman" {
			trace.Fail(op, nil, "BWMethod is %q; it must be \"scott\", \"silverman\", a number or a function", b)
		}
		return b, nil
	case func(GaussianKDE) jnp.Array:
		return "", b(k)
	case func(GaussianKDE) float64:
		return "", b(k)
	default:
		return "", b
	}
}

// covariances is the covariance matrix of the kernel and its inverse: those of the data (p[0], with the weights
// p[1]), scaled by the factor p[3] or what the rule says for p[2] points.
func covariances(rule string, p []array) []array {
	d := float64(p[0].Shape()[0])
	var factor array
	switch rule {
	case "scott":
		factor = jnp.Power(p[2], -1/(d+4))
	case "silverman":
		factor = jnp.Power(p[2].Mul(d+2).Div(4), -1/(d+4))
	default:
		factor = p[3]
		if factor.NDim() != 0 {
			refuse(p[3:], "BWMethod is an array of shape %s; it must be a scalar", ir.ShapeString(factor.Shape()))
		}
	}
	cov := jnp.AtLeast2D(jnp.Covariance{Weights: p[1]}.Cov(p[0]))
	square := jnp.Square(factor)
	return []array{cov.Mul(square), inverse(cov).Div(square)}
}

// inverse is the inverse of a covariance matrix.
func inverse(cov array) array {
	n := cov.Shape()[0]
	if n == 1 {
		return jnp.Reciprocal(cov)
	}
	return linalg.ChoSolve(linalg.Cholesky(cov), jnp.Creation{DType: cov.DType()}.Eye(n))
}

// D is the number of coordinates of a point.
func (k GaussianKDE) D() int { return k.Dataset.Shape()[0] }

// N is the number of points of the dataset.
func (k GaussianKDE) N() int { return k.Dataset.Shape()[1] }

// Evaluate is the density at points: [d, m], for one coordinate a vector of m, or a single point of d coordinates,
// gives [m].
func (k GaussianKDE) Evaluate(points any) jnp.Array {
	return k.evaluate("stats.GaussianKDE.Evaluate", points, false)
}

// PDF is Evaluate.
func (k GaussianKDE) PDF(x any) jnp.Array { return k.evaluate("stats.GaussianKDE.PDF", x, false) }

// LogPDF is the logarithm of the density at points, as Evaluate takes them.
func (k GaussianKDE) LogPDF(x any) jnp.Array { return k.evaluate("stats.GaussianKDE.LogPDF", x, true) }

func (k GaussianKDE) evaluate(op string, points any, logarithm bool) array {
	return arrays.Inexactly(op, logarithm, func(p []array) array {
		return kernelSum(logarithm, columns(p[0], p[1]), p[1], p[2], p[3])
	}, operand(op, points), k.Dataset, k.Weights, k.InvCov)
}

// columns is points as a matrix of a column for each, of as many coordinates as the dataset has.
func columns(points, dataset array) array {
	realNumbers([]array{points, dataset})
	d := dataset.Shape()[0]
	rows, columns := 1, 1
	switch s := points.Shape(); len(s) {
	case 0:
	case 1:
		columns = s[0]
	case 2:
		rows, columns = s[0], s[1]
	default:
		refuse([]array{points, dataset}, "points must be of one or two axes, not of shape %s", ir.ShapeString(s))
	}
	if rows == 1 && rows != d && columns == d {
		rows, columns = d, 1 // one point
	}
	if rows != d {
		refuse([]array{points, dataset}, "points have %d coordinates and the dataset's %d", rows, d)
	}
	return points.Reshape(rows, columns)
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

// IntegrateGaussian is the integral of the estimate multiplied by the normal density of a mean of d coordinates and a
// covariance matrix [d, d]: a scalar.
func (k GaussianKDE) IntegrateGaussian(mean, cov any) jnp.Array {
	const op = "stats.GaussianKDE.IntegrateGaussian"
	return arrays.Inexactly(op, nil, func(p []array) array {
		mean, cov, d := p[0], p[1], p[3].Shape()[0]
		long := slices.DeleteFunc(slices.Clone(mean.Shape()), func(n int) bool { return n == 1 })
		if len(long) > 1 || mean.Size() != d {
			refuse(p[:4], "the mean must have %d coordinates, as the points do", d)
		}
		if s := cov.Shape(); !slices.Equal(s, []int{d, d}) && (d > 1 || len(s) > 1 || cov.Size() != 1) {
			refuse(p[:4], "the covariance must be of shape (%d, %d), for points of %d coordinates", d, d, d)
		}
		sum := gaussianOverlap(p[2].Add(cov.Reshape(d, d)), p[3].Sub(mean.Reshape(d, 1)))
		return jnp.Sum(sum.Mul(p[4]))
	}, operand(op, mean), operand(op, cov), k.Covariance, k.Dataset, k.Weights)
}

// IntegrateKDE is the integral of the product of two estimates of points of as many coordinates: a scalar.
func (k GaussianKDE) IntegrateKDE(other GaussianKDE) jnp.Array {
	const op = "stats.GaussianKDE.IntegrateKDE"
	return arrays.Inexactly(op, nil, func(p []array) array {
		x, y := p[2], p[3]
		d, n, m := x.Shape()[0], x.Shape()[1], y.Shape()[1]
		if y.Shape()[0] != d {
			refuse(p[2:4], "the estimates are of points of %d and of %d coordinates", d, y.Shape()[0])
		}
		apart := x.Reshape(d, 1, n).Sub(y.Reshape(d, m, 1)).Reshape(d, m*n)
		sum := gaussianOverlap(p[0].Add(p[1]), apart).Reshape(m, n)
		return jnp.Sum(jnp.Sum(sum.Mul(p[4]), 1).Mul(p[5]))
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
func (k GaussianKDE) IntegrateBox1D(low, high any) jnp.Array {
	const op = "stats.GaussianKDE.IntegrateBox1D"
	return arrays.Inexactly(op, nil, func(p []array) array {
		if d := p[2].Shape()[0]; d != 1 {
			refuse(p[:3], "takes estimates of one coordinate, not of %d", d)
		}
		if p[0].NDim() != 0 || p[1].NDim() != 0 {
			refuse(p[:3], "the limits must be scalars")
		}
		data, sigma := p[2].Reshape(-1), jnp.Sqrt(p[3]).Reshape()
		from, to := p[0].Sub(data).Div(sigma), p[1].Sub(data).Div(sigma)
		// In the upper tail it is the difference of what lies above the limits that has the digits.
		upper := from.Gt(0)
		below := special.Ndtr(jnp.Where(upper, to.Neg(), from))
		return jnp.Sum(p[4].Mul(special.Ndtr(jnp.Where(upper, from.Neg(), to)).Sub(below)))
	}, operand(op, low), operand(op, high), k.Dataset, k.Covariance, k.Weights)
}

// Resample is random points drawn from the estimate: [d] followed by the axes of shape. The numbers are JAX's for the
// same key.
func (k GaussianKDE) Resample(key random.KeyArray, shape ...int) jnp.Array {
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
