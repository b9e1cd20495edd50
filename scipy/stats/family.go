package stats

import (
	"math"
	"slices"
	"strings"

	"github.com/gojax/gojax/internal/arrays"
	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/trace"
)

type (
	array = jnp.Array
	// formula is a function of the shape parameters p and of the standardized operand z = (x-Loc)/Scale or of a
	// probability.
	formula = func(z array, p []array) array
)

var inf, nan = math.Inf(1), math.NaN()

// family is what a family of distributions states of its own, at Loc 0 and Scale 1. The rest is derived: complete
// adds the formulas that are missing; eval moves and scales, cuts off at the ends of the support, and gives NaN for
// NaN and for parameters that are those of no distribution.
type family struct {
	name     string
	shapes   []string                // the names of the shape parameters, in the order of p
	valid    func(p []array) array   // where p are those of a distribution; nil: everywhere
	support  func(p []array) support // nil: the real line, where formulas hold at infinity too
	discrete bool                    // on whole numbers alone

	logPDF                 formula                        // of a discrete family the logarithm of the mass
	product                product                        // the density itself, where it is not exp of logPDF
	parts                  func(z array, p []array) parts // both of these
	edge                   func(z array, p []array) edge  // where the product is a power of 0
	cdf, logCDF, sf, logSF formula                        // cdf or logCDF at least, where the family has these methods
	ppf, isf               formula
	symmetric              bool   // around 0: sf, logSF and isf mirror cdf, logCDF and ppf
	weak                   string // the methods that keep weak types, see keepsWeak
}

// product is a density as a factor and a root: factor·root².
type product = func(z array, p []array) (factor, root array)

// support is a closed interval, and a point within it at which all formulas and their derivatives are finite. Each of
// the three is a float64 or an array.
type support struct{ low, high, within any }

// between is the support of a family whose parameters do not change it.
func between(low, high, within float64) func([]array) support {
	return func([]array) support { return support{low, high, within} }
}

// A method is the name of a method of distributions.
type method string

const (
	logPDF  method = "LogPDF"
	pdf     method = "PDF"
	logPMF  method = "LogPMF"
	pmf     method = "PMF"
	cdf     method = "CDF"
	logCDF  method = "LogCDF"
	sf      method = "SF"
	logSF   method = "LogSF"
	ppf     method = "PPF"
	isf     method = "ISF"
	entropy method = "Entropy"
)

// isDensity reports whether m is a density or a mass, or the logarithm of one, and isLog whether it is a logarithm.
func (m method) isDensity() bool { return m == logPDF || m == pdf || m == logPMF || m == pmf }
func (m method) isLog() bool     { return strings.HasPrefix(string(m), "Log") }

// of is the density or the mass, or its logarithm, of the logarithm y.
func (m method) of(y array) array {
	if m.isLog() {
		return y
	}
	return jnp.Exp(y)
}

// derived is f(x) with a derivative of its own: rule gives the tangent of the result y from those of x. f and rule take
// nothing else that may be differentiated.
func derived(x []array, f func(x []array) array, rule func(x []array, y array, t []array) array) array {
	return jnp.Wrap(kit.Derived1("scipy/stats",
		func(x []*trace.Value) *trace.Value { return f(arrays.Of(x)).TraceValue() },
		func(x []*trace.Value, y *trace.Value, t []*trace.Value) *trace.Value {
			return rule(arrays.Of(x), jnp.Wrap(y), arrays.Of(t)).AsType(y.DType()).TraceValue()
		}, arrays.Values(x)...))
}

// derivedBy is f(x), whose derivative by x[i] is slope(x, i). Only those that are asked for are computed: an infinite
// one is not multiplied by a tangent of 0. f and slope take nothing else that may be differentiated.
func derivedBy(x []array, f func(x []array) array, slope func(x []array, i int) array) array {
	return jnp.Wrap(kit.DerivedBy("scipy/stats", arrays.Values(x),
		func(x []*trace.Value) *trace.Value { return f(arrays.Of(x)).TraceValue() },
		func(x []*trace.Value, i int) *trace.Value {
			return slope(arrays.Of(x), i).AsType(x[i].DType()).TraceValue()
		}))
}

// complete is f with the formulas that follow from those it states.
func complete(f family) *family {
	if f.parts != nil {
		g := f.parts
		f.logPDF = func(z array, p []array) array { return g(z, p).log() }
		f.product = func(z array, p []array) (factor, root array) { return g(z, p).product() }
	}
	if f.symmetric {
		f.sf, f.logSF, f.isf = mirrored(f.cdf), mirrored(f.logCDF), then(f.ppf, array.Neg)
	}
	f.cdf = first(f.cdf, then(f.logCDF, jnp.Exp))
	f.sf = first(f.sf, then(f.logSF, jnp.Exp), then(f.cdf, complement))
	f.logCDF, f.logSF = first(f.logCDF, logOf(f.cdf, f.sf)), first(f.logSF, logOf(f.sf, f.cdf))
	if f.isf == nil && f.ppf != nil {
		f.isf = func(q array, p []array) array { return f.ppf(complement(q), p) }
	}
	return &f
}

func complement(p array) array { return p.Neg().Add(1) }

// logOf is the logarithm of the probability y, near 1 by that of the other side.
func logOf(y, other formula) formula {
	if y == nil {
		return nil
	}
	return func(z array, p []array) array {
		return logProbability(y(z, p), other(z, p))
	}
}

// logProbability is the logarithm of the probability y, of which other is the complement.
func logProbability(y, other array) array {
	low := y.Le(0.5)
	return jnp.Log(jnp.Where(low, y, 1)).Add(jnp.Log1p(jnp.Where(low, 0, other).Neg()))
}

// first is the first formula that there is.
func first(all ...formula) formula {
	i := slices.IndexFunc(all, func(f formula) bool { return f != nil })
	if i < 0 {
		return nil
	}
	return all[i]
}

// then is g of what f gives.
func then(f formula, g func(array) array) formula {
	if f == nil {
		return nil
	}
	return func(z array, p []array) array { return g(f(z, p)) }
}

// mirrored is f at -z.
func mirrored(f formula) formula {
	if f == nil {
		return nil
	}
	return func(z array, p []array) array { return f(z.Neg(), p) }
}

// plain is the formula of a function that has no parameters.
func plain(f func(z array) array) formula {
	return func(z array, _ []array) array { return f(z) }
}

// eval is the method m at x, as one program. shapes are the shape parameters, and place is Loc and Scale, as far as
// the family has them: nil where they are not set.
func (f *family) eval(m method, x any, shapes []any, place ...any) array {
	op := f.op(m)
	in := []any{operand(op, x)}
	for i, s := range shapes {
		in = append(in, need(op, f.shapes[i], s))
	}
	n := len(in)
	for i, v := range place {
		if v == nil {
			v = i // Loc is 0 and Scale is 1
		}
		in = append(in, v)
	}
	return arrays.Broadcasting(op, nil, func(in []array) array {
		y := f.derive(m, in[0], in[1:n], in[n:])
		if y.NDim() > 0 && !f.keepsWeak(m) {
			y = arrays.Strong(y)
		}
		return y
	}, in...)
}

func (f *family) op(m method) string { return "stats." + f.name + "." + string(m) }

// keepsWeak reports whether the result of m is weakly typed where all operands are. Where it has no axes it always
// is. With axes it is as in JAX, where it depends on how a method is written.
func (f *family) keepsWeak(m method) bool { return slices.Contains(strings.Fields(f.weak), string(m)) }

// operand is what a method of that name is called with.
func operand(op string, x any) any {
	if x == nil {
		trace.Fail(op, nil, "the operand is nil; give an Array, a Go number or a slice")
	}
	return x
}

// need is a parameter that has no default.
func need(op, name string, x any) any {
	if x == nil {
		trace.Fail(op, nil, "the parameter %s is not set, and it has no default; set that field of the distribution",
			name)
	}
	return x
}

// derive is the method m at x. place is Loc and Scale, as far as the family has them.
func (f *family) derive(m method, x array, p, place []array) array {
	realNumbers([]array{x})
	if t := x.DType(); m.isDensity() && (t == ir.Float16 || t == ir.BFloat16) { // whose range formulas do not fit
		widen := func(x []array) []array { return kit.Map(x, func(x array) array { return x.AsType(ir.Float32) }) }
		return f.derive(m, widen([]array{x})[0], widen(p), widen(place)).AsType(t)
	}
	var y, ok array
	switch m {
	case ppf, isf:
		ok = probability(x)
		y = f.quantile(m, jnp.Where(ok, x, 0.5), p, place)
	default:
		z := standardize(x, place)
		ok = jnp.IsNaN(z).Not()
		if m.isDensity() {
			y = f.density(m, z, p, place)
		} else {
			y = f.cumulative(m, z, p)
		}
	}
	if f.valid != nil {
		ok = ok.And(f.valid(p))
	}
	if len(place) > 1 {
		ok = ok.And(place[1].Gt(0))
	}
	// NaN comes last: XLA on the CPU makes other numbers of the exponential of a NaN that a condition on scalars has
	// put into all of an array.
	return jnp.Where(ok, y, nan)
}

// quantile is PPF or ISF of q.
func (f *family) quantile(m method, q array, p, place []array) array {
	g := f.ppf
	if m == isf {
		g = f.isf
	}
	x := g(q, p)
	if len(place) > 1 {
		x = x.Mul(place[1])
	}
	if len(place) > 0 {
		x = x.Add(place[0])
	}
	return x
}

// density is the density or the mass at z, or its logarithm: 0 outside of the support.
func (f *family) density(m method, z array, p, place []array) array {
	within, below, above := f.cut(z, p)
	var y array
	nothing := -inf
	if f.product == nil || m.isLog() {
		y = f.logPDF(within, p)
		if len(place) > 1 {
			y = y.Sub(jnp.Log(place[1]))
		}
		y = m.of(y)
	} else {
		e := edge{z: within, p: p}
		if f.edge != nil {
			e = f.edge(within, p)
		}
		factor, root := f.product(e.z, e.p)
		if f.edge != nil {
			factor = factor.Mul(e.factor)
		}
		over := func(y array) array { // divided by the scale
			if len(place) > 1 {
				return y.Div(place[1])
			}
			return y
		}
		y = over(factor.Mul(root)).Mul(root)
		if f.edge != nil {
			y = jnp.Where(e.at, over(e.density), y)
		}
	}
	if f.support != nil {
		outside := below.Or(above)
		if f.discrete {
			outside = outside.Or(jnp.Floor(z).Ne(z))
		}
		if !m.isLog() {
			nothing = 0
		}
		y = jnp.Where(outside, nothing, y)
	}
	return y
}

// cumulative is the probability of at most or of more than z, or its logarithm: 0 and 1 outside of the support.
func (f *family) cumulative(m method, z array, p []array) array {
	if f.discrete {
		z = jnp.Floor(z)
	}
	within, below, above := f.cut(z, p)
	ends := func(g formula, low, high float64) array {
		y := g(within, p)
		if f.support == nil {
			return y
		}
		return jnp.Where(below, low, jnp.Where(above, high, y))
	}
	switch m {
	case cdf:
		return ends(f.cdf, 0, 1)
	case logCDF:
		return ends(f.logCDF, -inf, 0)
	case sf:
		return ends(f.sf, 1, 0)
	default:
		return ends(f.logSF, 0, -inf)
	}
}

// standardize is (x-Loc)/Scale.
func standardize(x array, place []array) array {
	if len(place) > 0 {
		x = x.Sub(place[0])
	}
	if len(place) > 1 {
		x = x.Div(place[1])
	}
	return x
}

// cut is where z lies below and above the support, and z with a point within in these places, so that derivatives are
// finite there.
func (f *family) cut(z array, p []array) (within, below, above array) {
	if f.support == nil {
		return z, array{}, array{}
	}
	s := f.support(p)
	below, above = z.Lt(s.low), z.Gt(s.high)
	// An end at infinity does not belong to the support.
	if _, known := s.low.(float64); !known || s.low == -inf {
		below = below.Or(z.Eq(-inf))
	}
	if _, known := s.high.(float64); !known || s.high == inf {
		above = above.Or(z.Eq(inf))
	}
	outside := below.Or(above)
	if a, ok := s.within.(array); ok {
		return jnp.Where(outside, a, z), below, above
	}
	return jnp.Where(outside, s.within.(float64), z), below, above
}

// refuse is an error about the operands in, raised within a program, which gives it the name of the method; see
// arrays.Named.
func refuse(in []array, format string, args ...any) {
	trace.Fail("", trace.Avals(arrays.Values(in)), format, args...)
}

// realNumbers refuses complex ones.
func realNumbers(in []array) {
	for _, x := range in {
		if x.DType().IsComplex() {
			refuse(in, "takes real numbers")
		}
	}
}

// Conditions that families state.

// positive reports where all parameters are positive.
func positive(p []array) array {
	ok := p[0].Gt(0)
	for _, a := range p[1:] {
		ok = ok.And(a.Gt(0))
	}
	return ok
}

// probability reports where p is one.
func probability(p array) array { return p.Ge(0).And(p.Le(1)) }
