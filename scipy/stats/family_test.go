package stats_test

import (
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/scipy/stats"
	"github.com/gojax/gojax/tests/grads"
	"github.com/gojax/gojax/tests/sample"
)

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

// family is the distribution's name without what makes it another one of the same family.
func (d distribution) family() string { return strings.Fields(d.name)[0] }

// distributions are all in the tables of the test files.
var distributions = slices.Concat(normRows, locscaleRows, gumbelRows, gammaRows, circularRows, discreteRows)

// Densities, probabilities and quantiles agree with each other, and with gonum's.
func TestContinuous(t *testing.T) {
	each(t, true, func(t *testing.T, d distribution, at evaluator) {
		if d.discrete {
			return
		}
		q := []float64{1e-4, 0.2, 0.5, 0.97, 0.001, 0.3, 0.99}
		grid, weights := integral(d)
		y := at(d.p, slices.Concat(d.x, grid), q)
		agree(t, "exp of LogPDF", mapped(math.Exp, y["LogPDF"]), y["PDF"])
		whole := 0.0
		for i, w := range weights {
			whole += w * y["PDF"][len(d.x)+i]
		}
		if math.Abs(whole-1) > 1e-4 {
			t.Errorf("PDF integrates to %v", whole)
		}
		n := len(d.x)
		if y["CDF"] != nil {
			below, above := y["CDF"][:n], y["SF"][:n]
			agree(t, "the derivative of CDF", y["PDF"][:n], y["slope"][:n])
			agree(t, "1 - SF", mapped(complement, above), below)
			agree(t, "LogCDF", mapped(math.Log, below), y["LogCDF"][:n])
			agree(t, "LogSF", mapped(math.Log, above), y["LogSF"][:n])
		}
		if y["PPF"] != nil {
			back := at(d.p, slices.Concat(y["PPF"], y["ISF"]), q)
			agree(t, "CDF of PPF", q, back["CDF"][:len(q)])
			agree(t, "SF of ISF", q, back["SF"][len(q):2*len(q)])
		}
		checkGonum(t, d, "Prob", d.x, y["PDF"])
		checkGonum(t, d, "CDF", d.x, y["CDF"])
		checkGonum(t, d, "Survival", d.x, y["SF"])
		checkGonum(t, d, "Quantile", q, y["PPF"])
	})
}

// integral is points in the support and their weights, for the integral of a density: by the trapezoidal rule in t, of
// which the point is a smooth function that comes to the ends of the support exponentially.
func integral(d distribution) (points, weights []float64) {
	const n = 2400
	for i := range n + 1 {
		t := -60 + 120*float64(i)/n
		x, slope := math.Sinh(t), math.Cosh(t)
		switch e := math.Exp(t); {
		case !math.IsInf(d.low, 0) && !math.IsInf(d.high, 0):
			x = 1 / (1 + math.Exp(-t))
			slope = x * (1 - x) * (d.high - d.low)
			x = x*(d.high-d.low) + d.low
		case !math.IsInf(d.low, 0):
			x, slope = e+d.low, e
		case !math.IsInf(d.high, 0):
			x, slope = d.high-e, e
		}
		if i == 0 || i == n {
			slope /= 2
		}
		points, weights = append(points, x), append(weights, slope*120/n)
	}
	return points, weights
}

func complement(p float64) float64 { return 1 - p }

func mapped(f func(x float64) float64, x []float64) []float64 {
	y := make([]float64, len(x))
	for i, v := range x {
		y[i] = f(v)
	}
	return y
}

// checkGonum compares the first of y, what a method gives at x, with gonum's method of that name, where both are there.
func checkGonum(t *testing.T, d distribution, name string, x, y []float64) {
	t.Helper()
	if d.gonum == nil || y == nil {
		return
	}
	if m := reflect.ValueOf(d.gonum).MethodByName(name); m.IsValid() {
		agree(t, "gonum's "+name, mapped(m.Interface().(func(float64) float64), x), y[:len(x)])
	}
}

// Masses add up to 1 over the support and to CDF up to a number, and are gonum's.
func TestDiscrete(t *testing.T) {
	each(t, true, func(t *testing.T, d distribution, at evaluator) {
		if !d.discrete {
			return
		}
		var k, sums []float64
		for i := range 82 {
			k = append(k, float64(i-2))
		}
		n := len(k)
		y := at(d.p, slices.Concat(k, mapped(func(k float64) float64 { return k + 0.5 }, k)), nil)
		p := y["PMF"][:n]
		agree(t, "exp of LogPMF", p, mapped(math.Exp, y["LogPMF"][:n]))
		sum := 0.0
		for i, v := range p {
			sum += v
			sums = append(sums, sum)
			if i < 12 && (v > 0) != (k[i] >= d.low && k[i] <= d.high) {
				t.Errorf("PMF(%v) is %v", k[i], v)
			}
		}
		// BetaBinom is as exact as JAX's betaln.
		if math.Abs(sum-1) > 1e-6 {
			t.Errorf("the sum is %v", sum)
		}
		if y["CDF"] != nil {
			cdf, sf := y["CDF"][:n], y["SF"][:n]
			agree(t, "the sums of PMF", sums, cdf)
			agree(t, "CDF between numbers", cdf, y["CDF"][n:2*n])
			agree(t, "1 - SF", mapped(complement, sf), cdf)
			agree(t, "LogCDF", mapped(math.Log, cdf), y["LogCDF"][:n])
			const few = 8 // where SF keeps its digits
			agree(t, "LogSF", mapped(math.Log, sf[:few]), y["LogSF"][:few])
			checkGonum(t, d, "CDF", k[2:4], y["CDF"][2:])
			checkGonum(t, d, "CDF", []float64{0.5}, y["CDF"][n+2:])
		}
		checkGonum(t, d, "Prob", k[2:4], p[2:])
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
	each(t, false, func(t *testing.T, d distribution, at evaluator) {
		x := append(d.atEdges(), max(d.low, 0)+0.5)
		all := at(d.p, x, nil)
		for name, want := range edges {
			y := all[name]
			if y == nil {
				continue
			}
			if math.IsNaN(y[3]) {
				t.Errorf("%s(%v) is NaN", name, x[3])
			}
			for i, want := range map[int]float64{0: want[0], 1: want[1], 2: want[2], 4: want[0], 5: want[1]} {
				if !same(y[i], want) && d.name != "VonMises" {
					t.Errorf("%s(%v) is %v, want %v", name, x[i], y[i], want)
				}
			}
			if d.discrete && strings.HasSuffix(name, "PMF") && !same(y[6], want[0]) {
				t.Errorf("%s between two whole numbers is %v, want %v", name, y[6], want[0])
			}
		}
	})
}

// Quantiles of 0 and 1 are the ends of the support, of a discrete distribution one below it, and those of what is no
// probability NaN.
func TestQuantilesOfEnds(t *testing.T) {
	each(t, false, func(t *testing.T, d distribution, at evaluator) {
		q, low := []float64{-0.1, 1.1, nan, 0, 1}, d.low
		if d.discrete {
			low--
		}
		all := at(d.p, d.atEdges(), q)
		for name, want := range map[string][]float64{
			"PPF": {nan, nan, nan, low, d.high},
			"ISF": {nan, nan, nan, d.high, low},
		} {
			for i, y := range all[name] {
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

// Where a parameter is NaN, or that of no distribution, every result is NaN.
func TestParametersOutOfRange(t *testing.T) {
	each(t, false, func(t *testing.T, d distribution, at evaluator) {
		for i := range d.p {
			for _, v := range []float64{nan, -1.5} {
				if v == -1.5 && !slices.Contains(d.bad, i) {
					continue
				}
				p := slices.Clone(d.p)
				p[i] = v
				isNumber := func(y float64) bool { return !math.IsNaN(y) }
				for name, y := range at(p, d.atEdges(), []float64{0, 0.5, 0.75, 1, 0.25}) {
					if !strings.HasPrefix(name, "slope") && slices.ContainsFunc(y, isNumber) {
						t.Errorf("%s of %s with parameter %d = %v: %v, want NaN", name, d.name, i, v, y)
					}
				}
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
	families(t, func(t *testing.T, d distribution) {
		names, sizes := "GumbelR GumbelL WrapCauchy", []int{37}
		if sample.All() {
			names, sizes = "GumbelR GumbelL Beta BetaBinom TruncNorm VonMises WrapCauchy", []int{1, 3, 37}
		}
		if !slices.Contains(strings.Fields(names), d.name) {
			return
		}
		for _, n := range sizes {
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
					if slices.ContainsFunc(float32Slice(y), func(y float64) bool { return !math.IsNaN(y) }) {
						t.Errorf("%s of %d elements, parameter %d: %v, want NaN", name, n, i, y)
					}
				}
			}
		}
	})
}

// The logarithms of densities by the operand and by every parameter, against central differences.
func TestGradients(t *testing.T) {
	families(t, func(t *testing.T, d distribution) {
		x := d.x
		if d.discrete {
			x = nil
			for k := d.low; k <= min(d.low+3, d.high); k++ {
				x = append(x, k)
			}
		} else {
			x = x[1:] // the first may be too close to a pole for differences
		}
		const step, tol = 1e-4, 1e-5
		rng := rand.New(rand.NewPCG(1, 1))
		normal := func(float64) float64 { return rng.NormFloat64() }
		dp, dx, ct := make([]float64, len(d.p)), make([]float64, len(x)), mapped(normal, x)
		for i := range dp {
			if !d.discrete || slices.Contains(d.smooth, i) {
				dp[i] = rng.NormFloat64()
			}
		}
		if !d.discrete {
			dx = mapped(normal, dx)
		}
		moved := func(by float64) []float64 {
			y := d.together(plus(d.p, by, dp), plus(x, by, dx), nil)
			return append(y["LogPDF"], y["LogPMF"]...)
		}
		numeric := mapped(func(y float64) float64 { return y / (2 * step) }, plus(moved(step), -1, moved(-step)))
		tangent, gp, gx := d.slopes(x, dp, dx, ct)
		var got, want, scale float64
		for i, w := range numeric {
			if g := tangent[i]; !(math.Abs(g-w) <= tol+tol*math.Abs(w)) {
				t.Errorf("JVP of the logarithm at %v: %v, by central differences %v", x[i], g, w)
			}
			want += ct[i] * w
			scale += math.Abs(ct[i] * w)
			got += gx[i] * dx[i]
		}
		for i, g := range gp {
			got += g * dp[i]
		}
		if !(math.Abs(got-want) <= tol+tol*scale) {
			t.Errorf("VJP of the logarithm: the inner product with the tangents is %v, by central differences %v", got,
				want)
		}
	})
}

// plus is x + by*y.
func plus(x []float64, by float64, y []float64) []float64 {
	z := make([]float64, len(x))
	for i := range x {
		z[i] = x[i] + by*y[i]
	}
	return z
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
func checkGrads(t *testing.T, f func(a []jnp.Array) jnp.Array, p [][]float64) {
	t.Helper()
	var a []jnp.Array
	for _, p := range p {
		x := jnp.FromSlice(p)
		if len(p) == 1 {
			x = x.Reshape()
		}
		a = append(a, x)
	}
	if err := grads.Check(f, a, 1); err != nil {
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
	families(t, func(t *testing.T, d distribution) {
		if d.discrete || math.IsInf(d.low, 0) && math.IsInf(d.high, 0) || d.name == "VonMises" {
			return
		}
		var x []float64
		for _, v := range []float64{d.low - 0.25, d.high + 0.25} {
			if !math.IsInf(v, 0) {
				x = append(x, v)
			}
		}
		none := make([]float64, len(x))
		// A result that is infinite has no cotangent.
		_, gp, gx := d.slopes(x, make([]float64, len(d.p)), none, none)
		for i, g := range append(gp, gx...) {
			if g != 0 {
				t.Errorf("the derivative of LogPDF by operand %d is %v at %v", i, g, x)
			}
		}
		y := d.together(d.p, x, nil)
		for i, g := range append(y["slope"], y["slope of the logarithm"]...) {
			if g != 0 {
				t.Errorf("the derivative of CDF or LogCDF is %v at %v", g, x[i%len(x)])
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

// agree fails unless got begins with what is wanted within 1e-9, relative for numbers above 1.
func agree(t *testing.T, what string, want, got []float64) {
	t.Helper()
	for i, w := range want {
		if g := got[i]; g != w && !(math.Abs(g-w) <= 1e-9*max(1, math.Abs(w))) {
			t.Fatalf("%s: got %v, want %v", what, got[:len(want)], want)
		}
	}
}
