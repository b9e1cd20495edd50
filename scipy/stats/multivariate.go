package stats

import (
	"math"
	"slices"

	"github.com/gojax/gojax/internal/arrays"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/linalg"
)

// MultivariateNormal is the normal distribution of vectors (scipy.stats.multivariate_normal). Mean is [..., n] and
// Cov the covariance matrix [..., n, n], or a scalar for that multiple of the identity; both must be given. With a
// Mean of no axes the distribution is that of numbers, and Cov its variance. What comes before the vectors is
// broadcast. Where Cov is not positive definite densities are NaN.
type MultivariateNormal struct{ Mean, Cov any }

// LogPDF is the logarithm of the density at the vectors x, [..., n].
func (d MultivariateNormal) LogPDF(x any) jnp.Array { return d.eval(logPDF, x) }

// PDF is the density at the vectors x, [..., n].
func (d MultivariateNormal) PDF(x any) jnp.Array { return d.eval(pdf, x) }

func (d MultivariateNormal) eval(m method, x any) array {
	op := "stats.MultivariateNormal." + string(m)
	return arrays.Inexactly(op, nil, func(in []array) array { return m.of(mvnLogPDF(in[0], in[1], in[2])) },
		operand(op, x), need(op, "Mean", d.Mean), need(op, "Cov", d.Cov))
}

func mvnLogPDF(x, mean, cov array) array {
	realNumbers([]array{x, mean, cov})
	sm, sc := mean.Shape(), cov.Shape()
	if len(sm) == 0 {
		return jnp.Square(x.Sub(mean)).Div(cov).Add(jnp.Log(cov.Mul(2 * math.Pi))).Mul(-0.5)
	}
	n := sm[len(sm)-1]
	y := x.Sub(mean)
	infinite := jnp.Any(jnp.IsInf(y), -1).And(jnp.All(jnp.IsNaN(y).Not(), -1))
	y = jnp.Where(jnp.ExpandDims(infinite, -1), 0, y) // from there on, infinities would meet
	var quadratic, logDet array                       // the logarithm of the determinant's root
	switch {
	case len(sc) == 0:
		quadratic = jnp.Sum(jnp.Square(y), -1).Div(cov)
		logDet = jnp.Log(cov).Mul(0.5 * float64(n))
	case len(sc) == 1 || sc[len(sc)-1] != n || sc[len(sc)-2] != n:
		refuse([]array{x, mean, cov}, "Cov is of shape %s; for means of length %d it must be [..., %d, %d] or a scalar",
			ir.ShapeString(sc), n, n, n)
	default:
		jnp.BroadcastShapes(y.Shape(), sc[:len(sc)-1])
		l := linalg.Cholesky(cov)
		quadratic = jnp.Sum(jnp.Square(solveEach(l, y)), -1)
		logDet = jnp.Sum(jnp.Log(jnp.Diagonal(l, 0, -2, -1)), -1)
	}
	log := quadratic.Mul(-0.5).Sub(0.5 * float64(n) * math.Log(2*math.Pi)).Sub(logDet)
	return jnp.Where(infinite.And(jnp.IsNaN(log).Not()), -inf, log)
}

// solveEach is L⁻¹·y for each of the vectors y, [..., n], and their lower triangular L, [..., n, n]. All vectors of
// one L are solved for at once.
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

// Dirichlet is the Dirichlet distribution of the concentrations Alpha, a vector, which must be given
// (scipy.stats.dirichlet). Where one of them is not positive densities are NaN.
type Dirichlet struct{ Alpha any }

// LogPDF is the logarithm of the density at x, whose first axis is as long as Alpha, or one shorter: the last element
// is then what is missing from 1. Where elements are negative, or their sum is not 1 within 1e-6, it is -inf; where one
// is 0, it is the limit.
func (d Dirichlet) LogPDF(x any) jnp.Array { return d.eval(logPDF, x) }

// PDF is the density at x.
func (d Dirichlet) PDF(x any) jnp.Array { return d.eval(pdf, x) }

func (d Dirichlet) eval(m method, x any) array {
	op := "stats.Dirichlet." + string(m)
	return arrays.Inexactly(op, nil, func(in []array) array { return dirichlet(m, in[0], in[1]) },
		operand(op, x), need(op, "Alpha", d.Alpha))
}

func dirichlet(m method, x, alpha array) array {
	realNumbers([]array{x, alpha})
	s := x.Shape()
	if alpha.NDim() != 1 {
		refuse([]array{x, alpha}, "Alpha must be a vector, not of shape %s", ir.ShapeString(alpha.Shape()))
	}
	n := alpha.Shape()[0]
	if len(s) == 0 || s[0] != n && s[0] != n-1 {
		refuse([]array{x, alpha}, "the first axis of x must be as long as Alpha or one shorter: %d or %d, in shape %s",
			n, n-1, ir.ShapeString(s))
	}
	if s[0] != n {
		rest := jnp.Reduction{KeepDims: true}.Sum(x, 0).Neg().Add(1)
		x = jnp.Concatenate([]array{x, rest}, 0)
	}
	ok := jnp.All(alpha.Gt(0)).And(jnp.All(jnp.IsNaN(x).Not(), 0))
	simplex := jnp.All(x.Ge(0), 0).And(jnp.Sum(x, 0).Sub(1).Abs().Lt(1e-6))
	x = jnp.Where(simplex, x, 1/float64(n)) // where derivatives are finite
	column := slices.Repeat([]int{1}, len(s))
	column[0] = n
	a, size := alpha.Reshape(column...), jnp.Sum(alpha)
	edge, at := x.Eq(0), x
	if !m.isLog() {
		at = jnp.Where(edge, 1, x)
	}
	y := dirichletParts(at, a, size).log()
	if !m.isLog() {
		y = jnp.Where(edge, 0, y)
	}
	all := poissonTerm(size, size).sloped(func(x []array) []array { return []array{logLessDigamma(x[0])} }, size)
	y = jnp.Sum(y, 0).Sub(all.log()).Add(constant(jnp.Sum(x, 0).Sub(1).Mul(size).Sub(jnp.Log(size))))
	y = m.of(jnp.Where(simplex, y, -inf))
	if !m.isLog() {
		fixed := constant(size)
		zero := powerOfZero(edge, x.Mul(fixed), a.Sub(1), powerRule).Mul(fixed)
		y = y.Mul(jnp.Prod(jnp.Where(edge, zero, 1), 0))
	}
	return jnp.Where(ok, y, nan)
}

// dirichletParts are the Poisson probability of a for the mean x·size, multiplied by a/x, and the derivatives of
// x^(a-1)/Γ(a)·size^a.
func dirichletParts(x, a, size array) parts {
	edge := x.Eq(0)
	inner := jnp.Where(edge, 1, x)
	d := poissonTerm(a, inner.Mul(size))
	d.factor, d.low = jnp.Where(edge, size, d.factor), jnp.Where(edge, 0, d.low)
	d.high = jnp.Where(edge, jnp.Where(a.Gt(1), -inf, jnp.Where(a.Lt(1), inf, 0)), d.high)
	d.quotients = append(d.quotients, [2]array{jnp.Where(edge, 1, a), inner})
	return d.sloped(func(in []array) []array {
		x, a, mean := in[0], in[1], in[0].Mul(in[2])
		flat := a.Eq(1)
		dx := a.Sub(1).Div(jnp.Where(flat, 1, x))
		return []array{dx, logQuotient(mean, a, mean.Sub(a)).Add(logLessDigamma(a)), jnp.ZerosLike(in[2])}
	}, x, a, size)
}

// Multinomial is the distribution of the counts of N draws from categories of probabilities P
// (scipy.stats.multinomial). Both must be given. P is [..., k]. Where N is negative, an element of P is no probability,
// or their sum is not 1 within 0.01, results are NaN.
type Multinomial struct{ N, P any }

// LogPMF is the logarithm of the probability of the counts x, integers [..., k]: -inf where they do not sum up to N.
// As in JAX that sum is over the whole of x; use Vmap for several vectors.
func (d Multinomial) LogPMF(x any) jnp.Array { return d.eval(logPMF, x) }

// PMF is the probability of the counts x.
func (d Multinomial) PMF(x any) jnp.Array { return d.eval(pmf, x) }

func (d Multinomial) eval(m method, x any) array {
	op := "stats.Multinomial." + string(m)
	return arrays.Whole(op, nil, func(in []array) array {
		for _, a := range in[:2] {
			if t := a.DType(); !t.IsInteger() && t != ir.Bool {
				refuse(in, "x and N must be integers, not %v; convert first with AsType", t)
			}
		}
		p := arrays.StrongInexact(op, in[2])[0]
		return multinomial(m, in[0].AsType(p.DType()), in[1].AsType(p.DType()), p)
	}, operand(op, x), need(op, "N", d.N), need(op, "P", d.P))
}

func multinomial(m method, x, n, p array) array {
	// Poisson probabilities of the counts for the means n·p, divided by that of their sum.
	off := jnp.Sum(p, -1).Sub(1)
	some := jnp.Maximum(n, 0)
	k, mean := jnp.Maximum(x, 0), some.Mul(p)
	edge, at := mean.Eq(0), p
	if !m.isLog() {
		at = jnp.Where(edge, 1, p)
	}
	y := poissonTerm(k, some.Mul(at)).sloped(func(in []array) []array {
		p, k, none := in[0], in[1], in[1].Eq(0)
		return []array{jnp.Where(none, 0, k.Div(jnp.Where(none, 1, p))), jnp.ZerosLike(k)}
	}, at, k).log()
	if !m.isLog() {
		y = jnp.Where(edge, 0, y)
	}
	y = jnp.Sum(y, -1).Sub(poissonTerm(some, some).log()).Add(constant(n.Mul(off)))
	y = m.of(jnp.Where(jnp.Sum(x).Eq(n).And(jnp.All(x.Ge(0))), y, -inf))
	if !m.isLog() {
		y = y.Mul(jnp.Prod(jnp.Where(edge, powerOfZero(edge, mean, k, powerRule), 1), -1))
	}
	ok := n.Ge(0).And(jnp.All(probability(p), -1)).And(off.Abs().Lt(0.01))
	return jnp.Where(ok, y, nan)
}
