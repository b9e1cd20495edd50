package stats_test

import (
	"reflect"
	"slices"
	"sync"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/tests/leak"
	"github.com/gojax/gojax/tests/sample"
	"github.com/gojax/gojax/transforms/jit"
)

func TestMain(m *testing.M) { leak.Main(m, jit.LiveBuffers) }

// values are what the methods of a distribution give, by their names, and of a continuous one the derivatives of CDF
// ("slope") and of NaNToNum(LogCDF) ("slope of the logarithm").
type values map[string][]float64

// evaluator gives the values at points x and, for PPF and ISF, at probabilities q.
type evaluator func(p, x, q []float64) values

var (
	allMethods = []string{"LogPDF", "PDF", "LogPMF", "PMF", "CDF", "LogCDF", "SF", "LogSF"}
	quantiles  = []string{"PPF", "ISF"}
)

// methodOf is the method of a distribution, nil where it has none of that name.
func methodOf(d any, name string) func(x any) jnp.Array {
	m := reflect.ValueOf(d).MethodByName(name)
	if !m.IsValid() {
		return nil
	}
	return m.Interface().(func(x any) jnp.Array)
}

// each runs f for the distributions in subtests: with all methods in one program, in 64 bits, which compiles fastest;
// and with GOJAX_TEST_ALL=1 with each method called by itself, in 64 bits if asked for. (By default those of two
// distributions are in 32 bits.)
func each(t *testing.T, x64 bool, f func(t *testing.T, d distribution, at evaluator)) {
	for _, d := range distributions {
		t.Run(d.name, func(t *testing.T) {
			t.Parallel()
			f(t, d, d.together)
			if sample.All() || !x64 && (d.name == "Expon" || d.name == "Geom") {
				f(t, d, func(p, x, q []float64) values { return d.alone(x64, p, x, q) })
			}
		})
	}
}

// families runs f for the first distribution of each family, in subtests: enough for what depends on the family alone.
func families(t *testing.T, f func(t *testing.T, d distribution)) {
	for _, d := range distributions {
		if d.name == d.family() {
			t.Run(d.name, func(t *testing.T) {
				t.Parallel()
				f(t, d)
			})
		}
	}
}

// alone calls each method by itself.
func (d distribution) alone(x64 bool, p, x, q []float64) values {
	out := values{}
	gojax.WithX64(x64, func() {
		operands := make([]any, len(p))
		for i, v := range p {
			operands[i] = v
		}
		for name, y := range d.methods(operands, jnp.AsArray(x), jnp.AsArray(q)) {
			out[name] = jnp.ToSlice[float64](y.AsType(jnp.Float64))
		}
	})()
	return out
}

// methods are the values at x and q, of parameters p.
func (d distribution) methods(p []any, x, q jnp.Array) map[string]jnp.Array {
	of, out := d.of(p), map[string]jnp.Array{}
	for _, name := range allMethods {
		if f := methodOf(of, name); f != nil {
			out[name] = f(x)
		}
	}
	for _, name := range quantiles {
		if f := methodOf(of, name); f != nil && q.Size() > 0 {
			out[name] = f(q)
		}
	}
	slope := func(f func(x jnp.Array) jnp.Array) jnp.Array {
		return gojax.Grad(func(x jnp.Array) jnp.Array { return jnp.Sum(f(x)) })(x)
	}
	if cdf, log := methodOf(of, "CDF"), methodOf(of, "LogCDF"); cdf != nil && !d.discrete {
		out["slope"] = slope(func(x jnp.Array) jnp.Array { return cdf(x) })
		out["slope of the logarithm"] = slope(func(x jnp.Array) jnp.Array { return jnp.NaNToNum(log(x)) })
	}
	return out
}

// The programs are compiled for so many points, which are enough for an integral, and probabilities.
const (
	points        = 2409
	probabilities = 7
)

// inputs are parameters, points and probabilities, tangents of the parameters and of the points, and a cotangent.
type inputs struct {
	P    []jnp.Array
	X, Q jnp.Array
	DP   []jnp.Array
	DX   jnp.Array
	CT   jnp.Array
}

// outputs are all that a family is tested for. Slopes are of the logarithm of the density or of the mass: the tangent,
// and the gradient by the points and the parameters.
type outputs struct {
	Values     map[string]jnp.Array
	Tangent, X jnp.Array
	P          []jnp.Array
}

var (
	programsMu sync.Mutex
	programs   = map[string]func(inputs) outputs{}
)

// program is the one that all tests of the family share.
func (d distribution) program() func(inputs) outputs {
	programsMu.Lock()
	defer programsMu.Unlock()
	if f := programs[d.family()]; f != nil {
		return f
	}
	f := gojax.Jit(func(in inputs) (out outputs) {
		out.Values = d.methods(anys(in.P), in.X, in.Q)
		log := func(p []jnp.Array, x jnp.Array) jnp.Array {
			if d.discrete {
				return methodOf(d.of(anys(p)), "LogPMF")(x)
			}
			return methodOf(d.of(anys(p)), "LogPDF")(x)
		}
		type at struct {
			P []jnp.Array
			X jnp.Array
		}
		f := func(a at) jnp.Array { return log(a.P, a.X) }
		_, out.Tangent = gojax.JVP(f, at{in.P, in.X}, at{in.DP, in.DX})
		_, pull := gojax.VJP(f, at{in.P, in.X})
		g := pull(in.CT)
		out.X, out.P = g.X, g.P
		return out
	})
	programs[d.family()] = f
	return f
}

func anys(p []jnp.Array) []any {
	out := make([]any, len(p))
	for i, v := range p {
		out[i] = v
	}
	return out
}

// run executes the program of the family. Points and probabilities that are missing are copies of the first.
func (d distribution) run(p, x, q, dp, dx, ct []float64) (out outputs) {
	scalars := func(v []float64) (out []jnp.Array) {
		for i := range p {
			out = append(out, jnp.AsArray(append(v, make([]float64, len(p))...)[i]))
		}
		return out
	}
	filled := func(v []float64, n int, by float64) jnp.Array {
		return jnp.FromSlice(slices.Concat(v, slices.Repeat([]float64{by}, n-len(v))))
	}
	if len(q) == 0 {
		q = []float64{0.5}
	}
	gojax.WithX64(true, func() {
		out = d.program()(inputs{scalars(p), filled(x, points, x[0]), filled(q, probabilities, q[0]),
			scalars(dp), filled(dx, points, 0), filled(ct, points, 0)})
	})()
	return out
}

// together runs all methods as one program.
func (d distribution) together(p, x, q []float64) values {
	out := values{}
	for name, y := range d.run(p, x, q, nil, nil, nil).Values {
		n := len(x)
		if slices.Contains(quantiles, name) {
			n = len(q)
		}
		out[name] = jnp.ToSlice[float64](y)[:n]
	}
	return out
}

// slopes are those of the logarithm of the density or the mass at x: the tangent for dp and dx, and the gradient for
// the cotangent ct.
func (d distribution) slopes(x, dp, dx, ct []float64) (tangent, gp, gx []float64) {
	out := d.run(d.p, x, nil, dp, dx, ct)
	for _, g := range out.P {
		gp = append(gp, g.Item())
	}
	return jnp.ToSlice[float64](out.Tangent)[:len(x)], gp, jnp.ToSlice[float64](out.X)[:len(x)]
}
