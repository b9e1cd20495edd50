package stats

import (
	"math"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/linalg"
	"github.com/gojax/gojax/scipy/special"
	"github.com/gojax/gojax/trace"
)

// MultivariateNormal is the normal distribution of vectors (scipy.stats.multivariate_normal). Mean is [..., n] and Cov the covariance
// matrix [..., n, n], or a scalar for that multiple of the identity; both must be given. With a Mean of no axes the distribution is
// that of numbers, and Cov its variance. What comes before the vectors is broadcast. Where Cov is not positive definite densities are
// NaN.
type MultivariateNormal struct{ Mean, Cov any }

// LogPDF is the logarithm of the density at the vectors x, [..., n].
func (d MultivariateNormal) LogPDF(x any) array { return d.run("LogPDF", x, mvnLogPDF) }

// PDF is the density at the vectors x, [..., n].
func (d MultivariateNormal) PDF(x any) array {
	return d.run("PDF", x, func(x, mean, cov array) array { return jnp.Exp(mvnLogPDF(x, mean, cov)) })
}

func (d MultivariateNormal) run(method string, x any, f formula2) array {
	op := "stats.MultivariateNormal." + method
	in := []*value{lift(op, x), lift(op, need(op, "Mean", d.Mean)), lift(op, need(op, "Cov", d.Cov))}
	types := trace.Avals(in)
	sx, sm, sc := types[0].Shape, types[1].Shape, types[2].Shape
	switch n := len(sm); {
	case n == 0:
		together(op, types, sx, sc)
	case len(sc) == 0:
		together(op, types, sx, sm)
	default:
		n := sm[n-1]
		if len(sc) < 2 || sc[len(sc)-1] != n || sc[len(sc)-2] != n {
			trace.Fail(op, types, "Cov is of shape %s; for means of length %d it must be [..., %d, %d] or a scalar", ir.ShapeString(sc), n, n, n)
		}
		together(op, types, sx, sm, sc[:len(sc)-1])
	}
	return jnp.Floats(op, nil, func(in []*value) *value {
		return f(jnp.Wrap(in[0]), jnp.Wrap(in[1]), jnp.Wrap(in[2])).TraceValue()
	}, jnp.Wrap(in[0]), jnp.Wrap(in[1]), jnp.Wrap(in[2]))
}

// together is an error of op unless the shapes go together.
func together(op string, types []ir.Aval, shapes ...[]int) {
	if err := trace.Try(func() { jnp.BroadcastShapes(shapes...) }); err != nil {
		text := make([]string, len(shapes))
		for i, s := range shapes {
			text[i] = ir.ShapeString(s)
		}
		trace.Fail(op, types, "shapes %v cannot be broadcast together", text)
	}
}

func mvnLogPDF(x, mean, cov array) array {
	n := 1
	y := x.Sub(mean)
	var quadratic, logDet array // the logarithm of the determinant's root
	switch {
	case mean.NDim() == 0:
		return jnp.Square(y).Mul(-0.5).Div(cov).Sub(jnp.Log(cov).Add(math.Log(2 * math.Pi)).Mul(0.5))
	case cov.NDim() == 0:
		n = mean.Shape()[mean.NDim()-1]
		quadratic = jnp.Sum(jnp.Square(y), -1).Div(cov)
		logDet = jnp.Log(cov).Mul(0.5 * float64(n))
	default:
		n = mean.Shape()[mean.NDim()-1]
		l := linalg.Cholesky(cov)
		quadratic = jnp.Sum(jnp.Square(solveEach(l, y)), -1)
		logDet = jnp.Sum(jnp.Log(jnp.Diagonal(l, 0, -2, -1)), -1)
	}
	return quadratic.Mul(-0.5).Sub(0.5 * float64(n) * math.Log(2*math.Pi)).Sub(logDet)
}

// solveEach is L⁻¹·y for each of the vectors y, [..., n], and their lower triangular L, [..., n, n]. All vectors of one L are solved
// for at once.
func solveEach(l, y array) array {
	lower := linalg.Triangular{Lower: true}
	if l.NDim() > 2 {
		return jnp.Squeeze(lower.SolveTriangular(l, jnp.ExpandDims(y, -1)), -1)
	}
	s := y.Shape()
	n := s[len(s)-1]
	rows := y.Reshape(ir.SizeOf(s[:len(s)-1]), n)
	return lower.SolveTriangular(l, rows.T()).T().Reshape(s...)
}

// Dirichlet is the Dirichlet distribution of the concentrations Alpha, a vector, which must be given (scipy.stats.dirichlet).
type Dirichlet struct{ Alpha any }

// LogPDF is the logarithm of the density at x, whose first axis is as long as Alpha, or one shorter: the last element is then what is
// missing from 1. Where the elements are not positive, or their sum is not 1 within 1e-6, it is -inf.
func (d Dirichlet) LogPDF(x any) array { return d.run("LogPDF", x, dirichletLogPDF) }

// PDF is the density at x.
func (d Dirichlet) PDF(x any) array {
	return d.run("PDF", x, func(x, alpha array) array { return jnp.Exp(dirichletLogPDF(x, alpha)) })
}

func (d Dirichlet) run(method string, x any, f formula1) array {
	op := "stats.Dirichlet." + method
	in := []*value{lift(op, x), lift(op, need(op, "Alpha", d.Alpha))}
	types := trace.Avals(in)
	if types[1].Rank() != 1 {
		trace.Fail(op, types, "Alpha must be a vector, not of shape %s", ir.ShapeString(types[1].Shape))
	}
	n := types[1].Shape[0]
	if s := types[0].Shape; len(s) == 0 || s[0] != n && s[0] != n-1 {
		trace.Fail(op, types, "the first axis of x must be as long as Alpha or one shorter: %d or %d, in shape %s", n, n-1, ir.ShapeString(s))
	}
	return jnp.Floats(op, nil, func(in []*value) *value {
		return f(jnp.Wrap(in[0]), jnp.Wrap(in[1])).TraceValue()
	}, jnp.Wrap(in[0]), jnp.Wrap(in[1]))
}

func dirichletLogPDF(x, alpha array) array {
	if n := alpha.Shape()[0]; x.Shape()[0] != n {
		rest := jnp.Reduction{KeepDims: true}.Sum(x, 0).Neg().Add(1)
		x = jnp.Concatenate([]array{x, rest}, 0)
	}
	normalizer := jnp.Sum(special.Gammaln(alpha)).Sub(special.Gammaln(jnp.Sum(alpha)))
	column := make([]int, x.NDim())
	for i := range column {
		column[i] = 1
	}
	column[0] = alpha.Shape()[0]
	y := jnp.Sum(special.XLogY(alpha.Reshape(column...).Sub(1), x), 0).Sub(normalizer)
	simplex := jnp.All(x.Gt(0), 0).And(jnp.Sum(x, 0).Sub(1).Abs().Lt(1e-6))
	return where(simplex, y, -inf)
}

// Multinomial is the distribution of the counts of N draws from categories of probabilities P (scipy.stats.multinomial). Both must be
// given. P is [..., k].
type Multinomial struct{ N, P any }

// LogPMF is the logarithm of the probability of the counts x, integers [..., k]: -inf where they do not sum up to N. As in JAX that sum
// is over the whole of x; use Vmap for several vectors.
func (d Multinomial) LogPMF(x any) array { return d.run("LogPMF", x, multinomialLogPMF) }

// PMF is the probability of the counts x.
func (d Multinomial) PMF(x any) array {
	return d.run("PMF", x, func(x, n, p array) array { return jnp.Exp(multinomialLogPMF(x, n, p)) })
}

func (d Multinomial) run(method string, x any, f formula2) array {
	op := "stats.Multinomial." + method
	in := []*value{lift(op, x), lift(op, need(op, "N", d.N)), lift(op, need(op, "P", d.P))}
	types := trace.Avals(in)
	for _, t := range types[:2] {
		if !t.DType.IsInteger() && t.DType != ir.Bool {
			trace.Fail(op, types, "x and N must be integers, not %v; convert first with AsType", t.DType)
		}
	}
	together(op, types, types[0].Shape, types[2].Shape)
	return jnp.Build(op, nil, in, func(in []*value) *value {
		x, n, p := jnp.Wrap(in[0]), jnp.Wrap(in[1]), jnp.Wrap(in[2])
		p = jnp.Add(p, 0.0) // in floating point
		return f(x.AsType(p.DType()), n.AsType(p.DType()), p).TraceValue()
	})
}

func multinomialLogPMF(x, n, p array) array {
	y := special.Gammaln(n.Add(1)).Add(jnp.Sum(special.XLogY(x, p).Sub(special.Gammaln(x.Add(1))), -1))
	return where(jnp.Sum(x).Eq(n), y, -inf)
}
