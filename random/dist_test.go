package random_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
	"github.com/gojax/gojax/tests/sample"
	"github.com/gojax/gojax/trace"
)

// figure is one line of testdata/jax.jsonl: what JAX 0.10.2 gives.
type figure struct {
	Name   string
	Seed   int
	Exact  bool // to the bit; the others within rounding
	X64    bool
	DType  string
	Shape  []int
	Data   []json.RawMessage
	N      []int
	Last   int
	DataIn int `json:"data_in"`
	Want   string
	Lo, Hi int
}

// draw is our version of the line.
func (f figure) draw(k random.KeyArray) jnp.Array {
	d, _ := ir.ParseDType(f.Want)
	return samplers[f.Name](f, random.Dist{DType: d}, k)
}

// samplers are the calls that the lines are of, by their names.
var samplers = map[string]func(f figure, o random.Dist, k random.KeyArray) jnp.Array{
	"Key":    func(f figure, o random.Dist, k random.KeyArray) jnp.Array { return k.Data() },
	"Split":  func(f figure, o random.Dist, k random.KeyArray) jnp.Array { return random.Split(k, f.N...).Data() },
	"FoldIn": func(f figure, o random.Dist, k random.KeyArray) jnp.Array { return random.FoldIn(k, f.DataIn).Data() },
	"Bits": func(f figure, o random.Dist, k random.KeyArray) jnp.Array {
		if f.Last > 0 {
			return o.Bits(k, f.N...).Index(jnp.S(-f.Last, nil))
		}
		return o.Bits(k, f.Shape...)
	},
	"Uniform": func(f figure, o random.Dist, k random.KeyArray) jnp.Array { return o.Uniform(k, f.Shape...) },
	"UniformIn": func(f figure, o random.Dist, k random.KeyArray) jnp.Array {
		return random.Dist{Min: -2.0, Max: 3}.Uniform(k, f.Shape...)
	},
	"Normal": func(f figure, o random.Dist, k random.KeyArray) jnp.Array { return o.Normal(k, f.Shape...) },
	"RandInt": func(f figure, o random.Dist, k random.KeyArray) jnp.Array {
		return o.RandInt(k, f.Lo, f.Hi, f.Shape...)
	},
	"Permutation": func(f figure, o random.Dist, k random.KeyArray) jnp.Array { return random.Permutation(k, 8) },
	"Bernoulli":   func(f figure, o random.Dist, k random.KeyArray) jnp.Array { return random.Bernoulli(k, 0.3, 8) },
	"Rademacher":  func(f figure, o random.Dist, k random.KeyArray) jnp.Array { return random.Rademacher(k, 8) },
	"Choice":      func(f figure, o random.Dist, k random.KeyArray) jnp.Array { return random.Choice(k, 9, 6) },
	"ChoiceWithout": func(f figure, o random.Dist, k random.KeyArray) jnp.Array {
		return random.Choosing{WithoutReplacement: true}.Choice(k, 9, 6)
	},
	"ChoiceP": func(f figure, o random.Dist, k random.KeyArray) jnp.Array {
		return random.Choosing{P: []float32{.1, .2, .3, .4}}.Choice(k, 4, 6)
	},
	"Categorical": func(f figure, o random.Dist, k random.KeyArray) jnp.Array {
		return random.Categorical(k, jnp.AsArray([][]float32{{0, 1, 2}, {2, 1, 0}}), 3, 2)
	},
	"Geometric": func(f figure, o random.Dist, k random.KeyArray) jnp.Array { return random.Geometric(k, 0.4, 6) },
	"Poisson": func(f figure, o random.Dist, k random.KeyArray) jnp.Array {
		return random.Dist{}.Poisson(k, []float32{0, 2, 9, 11, 500})
	},
	"Exponential": func(f figure, o random.Dist, k random.KeyArray) jnp.Array { return random.Exponential(k, 4) },
	"Laplace":     func(f figure, o random.Dist, k random.KeyArray) jnp.Array { return random.Laplace(k, 4) },
	"Logistic":    func(f figure, o random.Dist, k random.KeyArray) jnp.Array { return random.Logistic(k, 4) },
	"Cauchy":      func(f figure, o random.Dist, k random.KeyArray) jnp.Array { return random.Cauchy(k, 4) },
	"Gumbel":      func(f figure, o random.Dist, k random.KeyArray) jnp.Array { return random.Gumbel(k, 4) },
	"GumbelHigh": func(f figure, o random.Dist, k random.KeyArray) jnp.Array {
		return random.Dist{Range: random.High}.Gumbel(k, 4)
	},
	"GumbelHighest": func(f figure, o random.Dist, k random.KeyArray) jnp.Array {
		return random.Dist{Range: random.Highest}.Gumbel(k, 4)
	},
	"Maxwell": func(f figure, o random.Dist, k random.KeyArray) jnp.Array { return random.Maxwell(k, 4) },
	"TruncatedNormal": func(f figure, o random.Dist, k random.KeyArray) jnp.Array {
		return random.TruncatedNormal(k, -1, 2, 4)
	},
	"LogNormal": func(f figure, o random.Dist, k random.KeyArray) jnp.Array {
		return random.LogNormal(k, 0.5, 4)
	},
	"Pareto":   func(f figure, o random.Dist, k random.KeyArray) jnp.Array { return random.Pareto(k, 2.5, 4) },
	"Rayleigh": func(f figure, o random.Dist, k random.KeyArray) jnp.Array { return random.Rayleigh(k, 2, 4) },
	"Weibull": func(f figure, o random.Dist, k random.KeyArray) jnp.Array {
		return random.WeibullMin(k, 2, 1.5, 4)
	},
	"Triangular": func(f figure, o random.Dist, k random.KeyArray) jnp.Array {
		return random.Triangular(k, 0, 0.3, 1, 4)
	},
	"Wald": func(f figure, o random.Dist, k random.KeyArray) jnp.Array { return random.Wald(k, 1.5, 4) },
	"Gamma": func(f figure, o random.Dist, k random.KeyArray) jnp.Array {
		return random.Dist{}.Gamma(k, []float32{.3, 1, 4})
	},
	"LogGamma": func(f figure, o random.Dist, k random.KeyArray) jnp.Array {
		return random.Dist{}.LogGamma(k, []float32{.001, 1, 4})
	},
	"Beta": func(f figure, o random.Dist, k random.KeyArray) jnp.Array {
		return random.Beta(k, 2, 0.5, 3)
	},
	"ChiSquare": func(f figure, o random.Dist, k random.KeyArray) jnp.Array {
		return random.ChiSquare(k, 3, 3)
	},
	"F": func(f figure, o random.Dist, k random.KeyArray) jnp.Array { return random.F(k, 3, 5, 3) },
	"T": func(f figure, o random.Dist, k random.KeyArray) jnp.Array { return random.T(k, 3, 3) },
	"GeneralizedNormal": func(f figure, o random.Dist, k random.KeyArray) jnp.Array {
		return random.GeneralizedNormal(k, 3, 3)
	},
	"Ball": func(f figure, o random.Dist, k random.KeyArray) jnp.Array { return random.Ball(k, 3, 2, 2) },
	"Dirichlet": func(f figure, o random.Dist, k random.KeyArray) jnp.Array {
		return random.Dist{}.Dirichlet(k, []float32{.5, 1, 2}, 2)
	},
	"Binomial": func(f figure, o random.Dist, k random.KeyArray) jnp.Array {
		return random.Dist{}.Binomial(k, []float32{10, 100, 40}, []float32{.3, .6, .02})
	},
	"MultivariateNormal": func(f figure, o random.Dist, k random.KeyArray) jnp.Array {
		return random.Dist{}.MultivariateNormal(k, []float32{1, 2}, [][]float32{{2, .5}, {.5, 1}}, 2)
	},
}

// numbers are the elements as JAX's figures have them: complex numbers as pairs, bools as 0 and 1.
func numbers(t *testing.T, x jnp.Array) (ints []uint64, floats []float64) {
	d := x.DType()
	if d == jnp.Float16 || d == jnp.BFloat16 {
		x, d = x.AsType(jnp.Float32), jnp.Float32
	}
	b := make([]byte, x.NBytes())
	trace.TheRuntime().ToHost(x.TraceValue(), b)
	for i := 0; i < len(b); i += d.Size() {
		l := ir.Lit{DType: d}
		for j := range min(8, d.Size()) {
			l.Lo |= uint64(b[i+j]) << (8 * j)
		}
		if d.IsComplex() {
			floats = append(floats, real(l.Complex()), imag(l.Complex()))
			continue
		}
		floats = append(floats, l.Float())
		ints = append(ints, uint64(l.Int()))
	}
	return ints, floats
}

func figures(t *testing.T) []figure {
	f, err := os.Open("testdata/jax.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []figure
	for sc := bufio.NewScanner(f); sc.Scan(); {
		var c figure
		if err := json.Unmarshal(sc.Bytes(), &c); err != nil {
			t.Fatal(err)
		}
		out = append(out, c)
	}
	return out
}

// ofGamma are made of gamma numbers, whose loop takes long to compile. By default only the cases of tests/golden have
// their numbers.
var ofGamma = strings.Fields("LogGamma Beta ChiSquare F T GeneralizedNormal Ball Dirichlet")

// The numbers are JAX's: to the bit, but for what passes through logarithms and the like. By default they are all drawn
// in one program, with 64-bit types and without; each by itself they are in the examples.
func TestJAXFigures(t *testing.T) {
	for _, x64 := range []bool{false, true} {
		gojax.WithX64(x64, func() {
			var fs []figure
			for _, f := range figures(t) {
				if f.X64 == x64 && (sample.All() || !slices.Contains(ofGamma, f.Name)) {
					fs = append(fs, f)
				}
			}
			draw := func() []jnp.Array {
				out := make([]jnp.Array, len(fs))
				for i, f := range fs {
					out[i] = f.draw(random.Key(f.Seed))
				}
				return out
			}
			for how, drawn := range map[string][]jnp.Array{"eager": nil, "under Jit": nil} {
				switch {
				case how == "under Jit":
					drawn = gojax.Jit(draw)()
				case sample.All():
					drawn = draw()
				}
				for i, x := range drawn {
					f := fs[i]
					t.Run(fmt.Sprintf("%s/%d/%s/x64=%v/%s", f.Name, f.Seed, f.Want, f.X64, how), func(t *testing.T) {
						f.check(t, x)
					})
				}
			}
		})()
	}
}

// check holds what was drawn to the line.
func (f figure) check(t *testing.T, x jnp.Array) {
	if x.DType().String() != f.DType || !slices.Equal(x.Shape(), append([]int{}, f.Shape...)) {
		t.Fatalf("%v%v, want %s%v", x.DType(), x.Shape(), f.DType, f.Shape)
	}
	ints, floats := numbers(t, x)
	var pairs []json.RawMessage
	if x.DType().IsComplex() {
		for _, r := range f.Data {
			var p []json.RawMessage
			json.Unmarshal(r, &p)
			pairs = append(pairs, p...)
		}
		f.Data = pairs
	}
	for i, r := range f.Data {
		if !x.DType().IsInexact() {
			var n json.Number
			json.Unmarshal(r, &n)
			if want := n.String(); fmt.Sprint(int64(ints[i])) != want && fmt.Sprint(ints[i]) != want {
				t.Errorf("element %d is %d, want %s", i, ints[i], want)
			}
			continue
		}
		var want float64
		if err := json.Unmarshal(r, &want); err != nil {
			t.Fatal(err)
		}
		tol := 0.0
		if !f.Exact {
			tol = map[string]float64{"float16": 2e-3, "bfloat16": 1e-2, "float64": 1e-10}[f.DType]
			if tol == 0 {
				tol = 5e-6
			}
		}
		if math.Abs(floats[i]-want) > tol*math.Max(math.Abs(want), 0.1) {
			t.Errorf("element %d is %v, want %v", i, floats[i], want)
		}
	}
}

func same(t *testing.T, name string, got, want jnp.Array) {
	t.Helper()
	gi, gf := numbers(t, got)
	wi, wf := numbers(t, want)
	if !slices.Equal(got.Shape(), want.Shape()) || !slices.Equal(gi, wi) || !slices.Equal(gf, wf) {
		t.Errorf("%s: %v, want %v", name, got, want)
	}
}

// New keys and parameters do not compile again, nor do new indices of keys and new numbers folded in.
func TestCompilesOnce(t *testing.T) {
	keys := random.Split(random.Key(1), 4)
	loop := func(i int) {
		k := keys.Index(i)
		random.Normal(random.FoldIn(k, i), 3)
		random.Dist{Min: float64(i), Max: 10}.Uniform(k, 3)
		random.RandInt(k, 0, i+5, 3)
		random.Bernoulli(k, 0.1*float64(i), 3)
	}
	loop(0)
	defer gojax.ForbidCompiles()()
	for i := 1; i < 4; i++ {
		loop(i)
	}
}

// Moments of a million numbers, and the ends of ranges.
func TestMoments(t *testing.T) {
	const n = 1 << 20
	k := random.Key(3)
	for _, c := range []struct {
		name      string
		x         jnp.Array
		mean, std float64
	}{
		{"uniform", random.Uniform(k, n), 0.5, math.Sqrt(1.0 / 12)},
		{"normal", random.Normal(k, n), 0, 1},
		{"exponential", random.Exponential(k, n), 1, 1},
		{"randint", random.RandInt(k, 0, 7, n).AsType(jnp.Float32), 3, 2},
		{"bernoulli", random.Bernoulli(k, 0.25, n).AsType(jnp.Float32), 0.25, math.Sqrt(0.1875)},
	} {
		m, s := c.x.Mean().Item(), c.x.Std().Item()
		if tol := 6 * c.std / math.Sqrt(n); math.Abs(m-c.mean) > tol || math.Abs(s-c.std) > 2*tol {
			t.Errorf("%s: mean %v and standard deviation %v, want %v and %v", c.name, m, s, c.mean, c.std)
		}
	}
	if u := random.Uniform(k, n); u.Min().Item() < 0 || u.Max().Item() >= 1 {
		t.Errorf("uniform numbers from %v to %v", u.Min(), u.Max())
	}
	if z := random.Normal(k, n); !jnp.ItemOf[bool](jnp.IsFinite(z).All()) {
		t.Error("a normal number is not finite")
	}
}

func TestEmptyAndHuge(t *testing.T) {
	k := random.Key(0)
	for _, x := range []jnp.Array{random.Normal(k, 0), random.Uniform(k, 3, 0), random.Bits(k, 0, 2),
		random.RandInt(k, 0, 5, 0),
		random.Permutation(k, 0), random.Split(k, 0).Data(), random.Dist{}.Normal(k, 0, 1, 5)} {
		if x.Size() != 0 {
			t.Errorf("%v has elements", x)
		}
	}
}

func TestErrors(t *testing.T) {
	k := random.Key(0)
	keys := random.Split(k, 3)
	for _, c := range []struct {
		name string
		f    func()
		want []string
	}{
		{"several keys", func() { random.Normal(keys, 2) },
			[]string{"random.Normal", "array of keys of shape [3]", "Vmap"}},
		{"zero key", func() { random.Uniform(random.KeyArray{}) },
			[]string{"random.Uniform", "never set", "random.Key"}},
		{"split of several", func() { random.Split(keys) }, []string{"random.Split", "one key"}},
		{"negative shape", func() { random.Uniform(k, -1) }, []string{"random.Uniform", "negative"}},
		{"loc and scale", func() { random.Normal(k, 0, 1, 5) },
			[]string{"random.Normal: [0 1 5] is the shape", "no elements", "Mul(stddev).Add(mean)"}},
		{"low and high", func() { random.Uniform(k, -1, 1, 5) },
			[]string{"random.Uniform: [-1 1 5] is the shape", "negative", "random.Dist{Min: -1, Max: 1}.Uniform"}},
		{"scale of Gumbel", func() { random.Gumbel(k, 0, 1) }, []string{"random.Gumbel: [0 1]", "Mul(scale).Add(loc)"}},
		{"scale of Cauchy", func() { random.Cauchy(k, 0, 1, 5) }, []string{"random.Cauchy: [0 1 5]", "Mul(scale)"}},
		{"scale of Maxwell", func() { random.Maxwell(k, 0, 1) }, []string{"random.Maxwell: [0 1]", "Mul(scale)"}},
		{"scale of Exponential", func() { random.Exponential(k, 0, 1) }, []string{"random.Exponential: [0 1]"}},
		{"negative split", func() { random.Split(k, -1) }, []string{"random.Split", "negative"}},
		{"huge", func() { random.Uniform(k, 1<<40, 1<<40) }, []string{"memory"}},
		{"int uniform", func() { random.Dist{DType: jnp.Int32}.Uniform(k, 2) },
			[]string{"random.Dist.Uniform", "float dtype, not int32"}},
		{"int normal", func() { random.Dist{DType: jnp.Int32}.Normal(k, 2) }, []string{"float or complex dtype"}},
		{"float bits", func() { random.Dist{DType: jnp.Float32}.Bits(k, 2) }, []string{"unsigned dtype"}},
		{"float randint", func() { random.Dist{DType: jnp.Float32}.RandInt(k, 0, 5, 2) },
			[]string{"random.Dist.RandInt", "integer"}},
		{"key data dtype", func() { random.WrapKeyData(jnp.Ones(2)) },
			[]string{"random.WrapKeyData(float32[2])", "uint32"}},
		{"key data shape", func() { random.WrapKeyData(jnp.Creation{DType: jnp.Uint32}.Ones(3)) },
			[]string{"length 2"}},
		{"float seed", func() { random.Key(jnp.AsArray(1.5)) }, []string{"random.Key", "integer"}},
		{"array of seeds", func() { random.Key(jnp.Arange(3)) }, []string{"random.Key(int32[3])", "Vmap"}},
		{"fold", func() { random.FoldIn(k, -1) }, []string{"random.FoldIn", "-1 does not fit"}},
		{"fold float", func() { random.FoldIn(k, jnp.AsArray(1.5)) }, []string{"random.FoldIn", "one integer"}},
		{"parameter shape", func() { random.Dist{}.Bernoulli(k, []float32{0.1, 0.2}, 3) },
			[]string{"[2]", "[3]", "broadcast"}},
		{"without replacement", func() { random.Choosing{WithoutReplacement: true}.Choice(k, 3, 4) },
			[]string{"4 elements", "from 3"}},
		{"range of Bernoulli", func() { random.Dist{Range: random.Highest}.Bernoulli(k, 0.5, 2) },
			[]string{"random.Dist.Bernoulli", "Low or High"}},
		{"range", func() { random.Dist{Range: 9}.Gumbel(k, 2) }, []string{"random.Dist.Gumbel", "Range(9)"}},
		{"range of Categorical", func() { random.Choosing{Range: 9}.Categorical(k, jnp.Ones(2)) },
			[]string{"Range(9)"}},
		{"factor", func() { random.Dist{Factor: 9}.MultivariateNormal(k, []float32{1}, [][]float32{{1}}) },
			[]string{"random.Dist.MultivariateNormal", "Factor 9"}},
		{"complex power", func() { random.GeneralizedNormal(k, 1i) }, []string{"random.GeneralizedNormal", "real"}},
		{"probabilities", func() { random.Choosing{P: []float32{1}}.Choice(k, 3, 4) }, []string{"3 elements"}},
		{"powers of Ball", func() { random.Ball(k, 2, jnp.Ones(2, 3, 4)) },
			[]string{"random.Ball(float32[2,3,4])", "one number"}},
		{"no categories", func() { random.Categorical(k, jnp.Ones(2, 0)) },
			[]string{"random.Categorical(float32[2,0])", "no categories"}},
		{"no concentrations", func() { random.Dirichlet(k, jnp.Ones(0)) },
			[]string{"random.Dirichlet(float32[0])", "no elements"}},
		{"nothing", func() { random.Choice(k, 0, 4) }, []string{"nothing to choose"}},
		{"key index", func() { keys.Index(jnp.S(3, 3)).Index(3) },
			[]string{"index 3 is out of bounds for axis 0 of length 0"}},
		{"words of a key", func() { keys.Index(0, 1) }, []string{"too many indices"}},
	} {
		err := gojax.Try(c.f)
		if err == nil {
			t.Errorf("%s: no error", c.name)
			continue
		}
		for _, w := range append(c.want, "dist_test.go:") {
			if !strings.Contains(err.Error(), w) {
				t.Errorf("%s: %q does not contain %q", c.name, err, w)
			}
		}
	}
}
