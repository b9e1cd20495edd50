package stats_test

import (
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/scipy/stats"
	"github.com/gojax/gojax/tests/leak"
	"github.com/gojax/gojax/transforms/jit"
)

func TestMain(m *testing.M) { leak.Main(m, jit.LiveBuffers) }

var inf, nan = math.Inf(1), math.NaN()

// distribution is one to test: what it is of its parameters, and these.
type distribution struct {
	name      string
	of        func(p []any) any
	p         []float64
	low, high float64   // the ends of the support
	x         []float64 // points within
	gonum     any       // gonum's own, where it has one
	bad       []int     // the parameters that must not be -1.5
	discrete  bool
	smooth    []int // of a discrete one: the parameters to differentiate by
}

// with is the distribution with parameter i as given.
func (d distribution) with(i int, v any) any {
	p := make([]any, len(d.p))
	for j, v := range d.p {
		p[j] = v
	}
	if i >= 0 {
		p[i] = v
	}
	return d.of(p)
}

// again says that another one of the same family is in the table. One is enough for what depends on the family alone.
func (d distribution) again() bool { return strings.Contains(d.name, " ") }

func (d distribution) method(name string) func(x any) jnp.Array {
	return methodOf(d.with(-1, nil), name)
}

// methodOf is the method of a distribution, nil where it has none of that name.
func methodOf(d any, name string) func(x any) jnp.Array {
	m := reflect.ValueOf(d).MethodByName(name)
	if !m.IsValid() {
		return nil
	}
	return m.Interface().(func(x any) jnp.Array)
}

// distributions are all in the tables of the test files.
var distributions = slices.Concat(normRows, locscaleRows, gumbelRows, gammaRows, circularRows, discreteRows)

// each runs f for the distributions in subtests, with 64-bit types if asked for.
func each(t *testing.T, x64 bool, f func(t *testing.T, d distribution)) {
	for _, d := range distributions {
		t.Run(d.name, func(t *testing.T) {
			t.Parallel()
			gojax.WithX64(x64, func() { f(t, d) })()
		})
	}
}

// Densities, probabilities and quantiles agree with each other, and with gonum's.
func TestContinuous(t *testing.T) {
	each(t, true, func(t *testing.T, d distribution) {
		if d.discrete {
			return
		}
		x := jnp.FromSlice(d.x)
		p := d.method("PDF")(x)
		agree(t, "exp of LogPDF", jnp.Exp(d.method("LogPDF")(x)), p)
		if whole := integral(d); math.Abs(whole-1) > 1e-4 {
			t.Errorf("PDF integrates to %v", whole)
		}
		checkProbabilities(t, d, x, p)
		checkGonum(t, d, "PDF", "Prob", d.x)
		checkGonum(t, d, "CDF", "CDF", d.x)
		checkGonum(t, d, "SF", "Survival", d.x)
		checkGonum(t, d, "PPF", "Quantile", []float64{0.001, 0.3, 0.5, 0.99})
	})
}

// integral is that of the density over the support, by the trapezoidal rule in t, of which the point is a smooth
// function that comes to the ends of the support exponentially.
func integral(d distribution) float64 {
	t := jnp.LinSpace(-60.0, 60.0, 2401)
	var x, slope jnp.Array
	switch {
	case !math.IsInf(d.low, 0) && !math.IsInf(d.high, 0):
		x = jnp.Reciprocal(jnp.Exp(t.Neg()).Add(1))
		slope = x.Mul(jnp.Sub(1, x)).Mul(d.high - d.low)
		x = x.Mul(d.high - d.low).Add(d.low)
	case !math.IsInf(d.low, 0):
		slope = jnp.Exp(t)
		x = slope.Add(d.low)
	case !math.IsInf(d.high, 0):
		slope = jnp.Exp(t)
		x = slope.Neg().Add(d.high)
	default:
		x, slope = jnp.Sinh(t), jnp.Cosh(t)
	}
	return jnp.Trapezoid(d.method("PDF")(x).Mul(slope)).Mul(120.0 / 2400).Item()
}

// checkProbabilities compares the other methods that d has with its CDF and its density p at x.
func checkProbabilities(t *testing.T, d distribution, x, p jnp.Array) {
	t.Helper()
	cdf := d.method("CDF")
	if cdf == nil {
		return
	}
	below, above := cdf(x), d.method("SF")(x)
	slope := gojax.Grad(func(x jnp.Array) jnp.Array { return jnp.Sum(cdf(x)) })(x)
	agree(t, "the derivative of CDF", p, slope)
	agree(t, "1 - SF", jnp.Sub(1.0, above), below)
	agree(t, "LogCDF", jnp.Log(below), d.method("LogCDF")(x))
	agree(t, "LogSF", jnp.Log(above), d.method("LogSF")(x))
	if ppf := d.method("PPF"); ppf != nil {
		q := jnp.FromSlice([]float64{1e-4, 0.2, 0.5, 0.97})
		agree(t, "CDF of PPF", q, cdf(ppf(q)))
		agree(t, "SF of ISF", q, d.method("SF")(d.method("ISF")(q)))
	}
}

// checkGonum compares a method with gonum's at x, where both are there.
func checkGonum(t *testing.T, d distribution, name, gonum string, x []float64) {
	t.Helper()
	f, ref := d.method(name), reflect.Value{}
	if d.gonum != nil {
		ref = reflect.ValueOf(d.gonum).MethodByName(gonum)
	}
	if f == nil || !ref.IsValid() {
		return
	}
	y := make([]float64, len(x))
	for i, v := range x {
		y[i] = ref.Interface().(func(float64) float64)(v)
	}
	agree(t, "gonum's "+gonum, jnp.FromSlice(y), f(jnp.FromSlice(x)))
}

// Masses add up to 1 over the support and to CDF up to a number, and are gonum's.
func TestDiscrete(t *testing.T) {
	each(t, true, func(t *testing.T, d distribution) {
		if !d.discrete {
			return
		}
		k := jnp.Arange(-2.0, 80.0)
		p := d.method("PMF")(k)
		agree(t, "exp of LogPMF", p, jnp.Exp(d.method("LogPMF")(k)))
		// BetaBinom is as exact as JAX's betaln.
		if sum := jnp.Sum(p).Item(); math.Abs(sum-1) > 1e-6 {
			t.Errorf("the sum is %v", sum)
		}
		for i, v := range jnp.ToSlice[float64](p)[:12] {
			if at := float64(i - 2); (v > 0) != (at >= d.low && at <= d.high) {
				t.Errorf("PMF(%v) is %v", at, v)
			}
		}
		if cdf := d.method("CDF"); cdf != nil {
			agree(t, "the sums of PMF", jnp.CumSum(p), cdf(k))
			agree(t, "CDF between numbers", cdf(k), cdf(jnp.Add(k, 0.5)))
			agree(t, "1 - SF", jnp.Sub(1.0, d.method("SF")(k)), cdf(k))
			agree(t, "LogCDF", jnp.Log(cdf(k)), d.method("LogCDF")(k))
			few := jnp.S(0, 8) // where SF keeps its digits
			agree(t, "LogSF", jnp.Log(d.method("SF")(k).Index(few)), d.method("LogSF")(k).Index(few))
		}
		checkGonum(t, d, "PMF", "Prob", []float64{0, 1})
		checkGonum(t, d, "CDF", "CDF", []float64{0, 0.5, 1})
	})
}

// edges are what methods are at the edges: below the support and above it, and at NaN.
var edges = map[string][3]float64{
	"LogPDF": {-inf, -inf, nan},
	"PDF":    {0, 0, nan},
	"LogPMF": {-inf, -inf, nan},
	"PMF":    {0, 0, nan},
	"CDF":    {0, 1, nan},
	"LogCDF": {-inf, 0, nan},
	"SF":     {1, 0, nan},
	"LogSF":  {0, -inf, nan},
}

// atEdges are points below the support and above it, NaN, and a point within.
func (d distribution) atEdges() []float64 {
	below, above, within := d.low-0.25, d.high+0.25, max(d.low, 0)+1
	if !d.discrete {
		within = d.x[0]
	}
	if d.name == "VonMises" { // whose density has no end but infinity, at which the cosine is NaN
		below, above = nan, nan
	}
	return []float64{below, above, nan, within, -inf, inf}
}

// Outside of the support, at infinity and at NaN, methods are what the package says, whatever the distribution. A
// discrete one has nothing between whole numbers.
func TestEdges(t *testing.T) {
	each(t, false, func(t *testing.T, d distribution) {
		x := d.atEdges()
		for name, want := range edges {
			f := d.method(name)
			if f == nil {
				continue
			}
			y := float32Slice(f(jnp.FromSlice(float32s(x))))
			if math.IsNaN(y[3]) {
				t.Errorf("%s(%v) is NaN", name, x[3])
			}
			for i, want := range map[int]float64{0: want[0], 1: want[1], 2: want[2], 4: want[0], 5: want[1]} {
				if !same(y[i], want) && d.name != "VonMises" {
					t.Errorf("%s(%v) is %v, want %v", name, x[i], y[i], want)
				}
			}
			if d.discrete && strings.HasSuffix(name, "PMF") {
				if y := f(max(d.low, 0) + 0.5).Item(); !same(y, want[0]) {
					t.Errorf("%s between two whole numbers is %v, want %v", name, y, want[0])
				}
			}
		}
	})
}

// Quantiles of 0 and 1 are the ends of the support, and those of what is no probability NaN.
func TestQuantilesOfEnds(t *testing.T) {
	each(t, false, func(t *testing.T, d distribution) {
		for name, want := range map[string][]float64{
			"PPF": {nan, nan, nan, d.low, d.high},
			"ISF": {nan, nan, nan, d.high, d.low},
		} {
			f := d.method(name)
			if f == nil {
				continue
			}
			q := []float64{-0.1, 1.1, nan, 0, 1}
			for i, y := range float32Slice(f(jnp.FromSlice(float32s(q)))) {
				if !same(y, want[i]) {
					t.Errorf("%s(%v) is %v, want %v", name, q[i], y, want[i])
				}
			}
		}
	})
}

func same(x, y float64) bool { return x == y || math.IsNaN(x) && math.IsNaN(y) }

func float32Slice(x jnp.Array) []float64 {
	y := make([]float64, x.Size())
	for i, v := range jnp.ToSlice[float32](x) {
		y[i] = float64(v)
	}
	return y
}

func float32s(x []float64) []float32 {
	y := make([]float32, len(x))
	for i, v := range x {
		y[i] = float32(v)
	}
	return y
}

var allMethods = []string{"LogPDF", "PDF", "LogPMF", "PMF", "CDF", "LogCDF", "SF", "LogSF"}

// Where a parameter is NaN, or that of no distribution, every result is NaN.
func TestParametersOutOfRange(t *testing.T) {
	each(t, false, func(t *testing.T, d distribution) {
		check := func(i int, v float64) {
			of := d.with(i, v)
			for _, name := range append(allMethods, "PPF", "ISF") {
				f := methodOf(of, name)
				if f == nil {
					continue
				}
				x := d.atEdges() // of the length that TestEdges has
				if name == "PPF" || name == "ISF" {
					x = []float64{0, 0.5, 0.75, 1, 0.25}
				}
				if y := f(jnp.FromSlice(float32s(x))); jnp.All(jnp.IsNaN(y)).Item() == 0 {
					t.Errorf("%s of %s with parameter %d = %v: %v, want NaN", name, d.name, i, v, y)
				}
			}
		}
		for i := range d.p {
			check(i, nan)
			if slices.Contains(d.bad, i) {
				check(i, -1.5)
			}
		}
	})
	for _, of := range []any{stats.Norm{Scale: 0}, stats.Binom{N: 2.5, P: 0.5}, stats.BetaBinom{N: 2.5, A: 1, B: 1},
		stats.Bernoulli{P: 1.5}, stats.Geom{P: 0}, stats.WrapCauchy{C: 1}, stats.TruncNorm{A: 1, B: 1}} {
		f := methodOf(of, "PDF")
		if f == nil {
			f = methodOf(of, "PMF")
		}
		if y := f(1.0).Item(); !math.IsNaN(y) {
			t.Errorf("the density of %T%+v is %v, want NaN", of, of, y)
		}
	}
}

// Under Jit every element is NaN, however many there are: XLA on the CPU makes other numbers of the exponential of a
// NaN that a condition on scalars has put into all of an array.
func TestParametersOutOfRangeUnderJit(t *testing.T) {
	each(t, false, func(t *testing.T, d distribution) {
		if !slices.Contains(strings.Fields("GumbelR GumbelL Beta BetaBinom TruncNorm VonMises WrapCauchy"), d.name) {
			return
		}
		for _, n := range []int{1, 3, 37} {
			at := jnp.LinSpace(0.5, 0.75, n)
			if d.discrete {
				at = jnp.Full([]int{n}, 1.0)
			}
			eval := gojax.Jit(func(p []jnp.Array) map[string]jnp.Array {
				operands := make([]any, len(p))
				for i, v := range p {
					operands[i] = v
				}
				out := map[string]jnp.Array{}
				for _, name := range allMethods {
					if f := methodOf(d.of(operands), name); f != nil && !strings.HasPrefix(name, "Log") {
						out[name] = f(at)
					}
				}
				return out
			})
			for _, i := range d.bad {
				p := make([]jnp.Array, len(d.p))
				for j, v := range d.p {
					p[j] = jnp.AsArray(float32(v))
				}
				p[i] = jnp.AsArray(float32(-1.5))
				for name, y := range eval(p) {
					if jnp.All(jnp.IsNaN(y)).Item() == 0 {
						t.Errorf("%s of %d elements, parameter %d: %v, want NaN", name, n, i, y)
					}
				}
			}
		}
	})
}

// The logarithms of densities by the operand and by every parameter, against central differences.
func TestGradients(t *testing.T) {
	each(t, true, func(t *testing.T, d distribution) {
		if d.again() {
			return
		}
		smooth := d.smooth
		if !d.discrete {
			d.x = d.x[1:] // the first may be too close to a pole for differences
			for i := range d.p {
				smooth = append(smooth, i)
			}
		}
		f, a := logDensity(d, smooth)
		if err := gojax.CheckGrads(f, a, 1); err != nil {
			t.Error(err)
		}
	})
}

// logDensity is the logarithm of the density or the mass of d as a function of the parameters in smooth and, of a
// continuous one, of the points; and these.
func logDensity(d distribution, smooth []int) (f func(a []jnp.Array) jnp.Array, a []jnp.Array) {
	name, x := "LogPDF", jnp.FromSlice(d.x)
	if d.discrete {
		name, x = "LogPMF", jnp.Arange(d.low, min(d.low+4, d.high+1))
	} else {
		a = append(a, x)
	}
	first := len(a)
	for _, i := range smooth {
		a = append(a, jnp.AsArray(d.p[i]))
	}
	return func(a []jnp.Array) jnp.Array {
		p := make([]any, len(d.p))
		for i, v := range d.p {
			p[i] = v
		}
		for j, i := range smooth {
			p[i] = a[first+j]
		}
		at := x
		if !d.discrete {
			at = a[0]
		}
		return methodOf(d.of(p), name)(at)
	}, a
}

// The derivatives of probabilities and quantiles by the operand and the parameters.
func TestGradientsOfProbabilities(t *testing.T) {
	type arrays = []jnp.Array
	for name, row := range map[string]struct {
		f func(a arrays) jnp.Array
		p [][]float64
	}{
		"Norm.LogCDF": {func(a arrays) jnp.Array { return stats.Norm{Loc: a[1], Scale: a[2]}.LogCDF(a[0]) },
			[][]float64{{-1, 0.4, 3}, {0.5}, {1.5}}},
		"Norm.PPF": {func(a arrays) jnp.Array { return stats.Norm{Loc: a[1], Scale: a[2]}.PPF(a[0]) },
			[][]float64{{0.2, 0.4, 0.9}, {0.5}, {1.5}}},
		"Gamma.CDF": {func(a arrays) jnp.Array { return stats.Gamma{A: a[1], Scale: a[2]}.CDF(a[0]) },
			[][]float64{{0.5, 1, 3}, {2.5}, {1.5}}},
		"Cauchy.CDF": {func(a arrays) jnp.Array { return stats.Cauchy{Loc: a[1], Scale: a[2]}.CDF(a[0]) },
			[][]float64{{-9, 0.4, 3}, {0.5}, {1.5}}},
		"Cauchy.PPF": {func(a arrays) jnp.Array { return stats.Cauchy{Loc: a[1], Scale: a[2]}.PPF(a[0]) },
			[][]float64{{0.1, 0.4, 0.9}, {0.5}, {1.5}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			gojax.WithX64(true, func() { checkGrads(t, row.f, row.p) })()
		})
	}
}

// checkGrads compares the derivatives of f at arrays p, of which those of one element are scalars, with central
// differences.
func checkGrads(t *testing.T, f func(a []jnp.Array) jnp.Array, p [][]float64, o ...gojax.CheckOption) {
	t.Helper()
	var a []jnp.Array
	for _, p := range p {
		x := jnp.FromSlice(p)
		if len(p) == 1 {
			x = x.Reshape()
		}
		a = append(a, x)
	}
	if err := gojax.CheckGrads(f, a, 1, o...); err != nil {
		t.Error(err)
	}
}

// Derivatives at the edges of the support and beyond are JAX's.
func TestGradientsAtEdges(t *testing.T) {
	for _, row := range []struct {
		name    string
		f       func(x any) jnp.Array
		x, want []float64
	}{
		{"Expon.LogPDF", stats.Expon{}.LogPDF, []float64{-1, 0, 1}, []float64{0, -1, -1}},
		{"Expon.PPF", stats.Expon{}.PPF, []float64{-0.5, 0, 0.5, 1}, []float64{0, 1, 2, inf}},
		{"Uniform.LogPDF", stats.Uniform{}.LogPDF, []float64{-1, 0, 0.5, 1, 2}, []float64{0, 0, 0, 0, 0}},
		{"Uniform.CDF", stats.Uniform{}.CDF, []float64{-1, 0, 0.5, 1, 2}, []float64{0, 1, 1, 1, 0}},
		{"Gamma.LogPDF", stats.Gamma{A: 2.5}.LogPDF, []float64{-1, 0, 1}, []float64{0, inf, 0.5}},
		{"Gamma.CDF", stats.Gamma{A: 2.5}.CDF, []float64{-1, 0, 1}, []float64{0, 0, 0.27673}},
		{"Beta.LogPDF", stats.Beta{A: 2, B: 2}.LogPDF, []float64{-1, 0, 0.5, 1, 2}, []float64{0, inf, 0, -inf, 0}},
		{"Pareto.LogPDF", stats.Pareto{B: 2}.LogPDF, []float64{0.5, 1, 2}, []float64{0, -3, -1.5}},
		{"Chi2.LogPDF", stats.Chi2{DF: 3}.LogPDF, []float64{-1, 1}, []float64{0, 0}},
		{"Laplace.LogPDF", stats.Laplace{}.LogPDF, []float64{-1, 0, 1}, []float64{1, -1, -1}},
	} {
		slope := gojax.Grad(func(x jnp.Array) jnp.Array { return jnp.Sum(row.f(x)) })
		got := float32Slice(slope(jnp.FromSlice(float32s(row.x))))
		for i, w := range row.want {
			if g := got[i]; !same(g, w) && !(math.Abs(g-w) <= 1e-4) {
				t.Errorf("%s: the derivative at %v is %v, want %v", row.name, row.x[i], g, w)
			}
		}
	}
}

// Beyond the support nothing depends on anything: derivatives by the operand and by the parameters are 0, not NaN.
func TestGradientsOutside(t *testing.T) {
	each(t, true, func(t *testing.T, d distribution) {
		if d.discrete || math.IsInf(d.low, 0) && math.IsInf(d.high, 0) || d.name == "VonMises" || d.again() {
			return
		}
		var smooth []int
		for i := range d.p {
			smooth = append(smooth, i)
		}
		var x []float64
		for _, v := range []float64{d.low - 0.25, d.high + 0.25} {
			if !math.IsInf(v, 0) {
				x = append(x, v)
			}
		}
		d.x = x
		f, a := logDensity(d, smooth)
		for i, g := range gojax.Grad(func(a []jnp.Array) jnp.Array { return jnp.Sum(jnp.NaNToNum(f(a))) })(a) {
			if jnp.Any(g.Ne(0)).Item() != 0 {
				t.Errorf("the derivative of LogPDF by operand %d is %v at %v", i, g, d.x)
			}
		}
		if cdf := d.method("LogCDF"); cdf != nil {
			g := gojax.Grad(func(x jnp.Array) jnp.Array {
				return jnp.Sum(jnp.NaNToNum(cdf(x).Add(d.method("CDF")(x))))
			})(jnp.FromSlice(d.x))
			if jnp.Any(g.Ne(0)).Item() != 0 {
				t.Errorf("the derivative of CDF and LogCDF is %v at %v", g, d.x)
			}
		}
	})
}

// refusal is a mistake, and what its error must say.
type refusal struct {
	f    func()
	want []string
}

// checkRefusals makes the mistakes of a test file.
func checkRefusals(t *testing.T, file string, rows []refusal) {
	t.Helper()
	for _, row := range rows {
		err := gojax.Try(row.f)
		if err == nil {
			t.Errorf("no error; want one with %q", row.want)
			continue
		}
		for _, w := range append(row.want, file+":") {
			if !strings.Contains(err.Error(), w) {
				t.Errorf("the error lacks %q: %v", w, err)
			}
		}
	}
}

// What is refused says which method, which parameter and which shapes.
func TestRefused(t *testing.T) {
	x := jnp.Zeros(3)
	checkRefusals(t, "family_test.go", []refusal{
		{func() { stats.Gamma{}.LogPDF(x) }, []string{"stats.Gamma.LogPDF", "parameter A is not set"}},
		{func() { stats.Poisson{}.Entropy() }, []string{"stats.Poisson.Entropy", "parameter Mu is not set"}},
		{func() { stats.Norm{}.CDF(nil) }, []string{"stats.Norm.CDF", "operand is nil"}},
		{func() { stats.Norm{}.CDF("1") }, []string{"stats.Norm.CDF"}},
		{func() { stats.Norm{Loc: jnp.Zeros(4)}.PDF(x) }, []string{"stats.Norm.PDF", "[3]", "[4]"}},
		{func() { stats.Norm{Loc: jnp.Zeros(4)}.PPF(x) }, []string{"stats.Norm.PPF", "[3]", "[4]"}},
		{func() { stats.Norm{}.PPF(jnp.Arange(3)) }, []string{"stats.Norm.PPF", "not int32"}},
		{func() { stats.Norm{}.CDF(x.AsType(jnp.Float16)) }, []string{"stats.Norm.CDF", "float16"}},
		{func() { stats.Norm{}.PDF(jnp.Array{}) }, []string{"stats.Norm.PDF", "never set"}},
		{func() { stats.Norm{}.PDF(x.AsType(jnp.Complex64)) }, []string{"stats.Norm.PDF", "real numbers"}},
		{func() { stats.Bernoulli{P: 0.5, Loc: 1}.CDF(x) }, []string{"stats.Bernoulli.CDF", "no Loc"}},
	})
}

// Called eagerly, a method is one program, whatever the Go numbers, and whether they are there.
func TestOneProgram(t *testing.T) {
	x := jnp.FromSlice([]float32{0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7})
	before := gojax.Compilations()
	stats.TruncNorm{A: -1.0, B: 2.0, Scale: 3}.LogCDF(x)
	if n := gojax.Compilations() - before; n > 1 {
		t.Errorf("%d compilations for one method", n)
	}
	before = gojax.Compilations()
	stats.TruncNorm{A: -1.5, B: 2.5, Loc: 0.5}.LogCDF(x)
	if n := gojax.Compilations() - before; n != 0 {
		t.Errorf("%d compilations for other numbers", n)
	}
}

// Distributions may be made inside of transformed functions, and go in and out of them.
func TestTransforms(t *testing.T) {
	x := jnp.FromSlice([]float32{1, 2, 4})
	nll := func(d stats.Norm) jnp.Array { return jnp.Sum(d.LogPDF(x)).Neg() }
	g := gojax.Grad(nll)(stats.Norm{Loc: jnp.AsArray(float32(0)), Scale: jnp.AsArray(float32(1))})
	if loc, scale := g.Loc.(jnp.Array).Item(), g.Scale.(jnp.Array).Item(); loc != -7 || scale != -18 {
		t.Errorf("the gradient by the parameters is %v, %v", loc, scale)
	}
	step := gojax.Jit(gojax.Grad(func(mu jnp.Array) jnp.Array {
		return jnp.Sum(stats.Norm{Loc: mu, Scale: 2}.LogPDF(x))
	}))
	if got := step(jnp.AsArray(float32(0))).Item(); got != 7.0/4 {
		t.Errorf("the jitted gradient by the mean is %v", got)
	}
	each := gojax.Vmap(func(mu jnp.Array) jnp.Array { return stats.Norm{Loc: mu}.CDF(0.0) })(x)
	if got, want := each.Index(1).Item(), (stats.Norm{Loc: x}.CDF(0.0)).Index(1).Item(); math.Abs(got-want) > 1e-7 {
		t.Errorf("mapped over the means: %v, want %v", got, want)
	}
}

// agree fails unless got and want are the same within 1e-9, relative for numbers above 1.
func agree(t *testing.T, what string, want, got jnp.Array) {
	t.Helper()
	g, w := jnp.ToSlice[float64](got), jnp.ToSlice[float64](want)
	if len(g) != len(w) {
		t.Fatalf("%s: %d numbers, want %d", what, len(g), len(w))
	}
	for i := range g {
		if g[i] != w[i] && !(math.Abs(g[i]-w[i]) <= 1e-9*max(1, math.Abs(w[i]))) {
			t.Fatalf("%s: got %v, want %v", what, g, w)
		}
	}
}
