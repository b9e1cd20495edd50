package deriv_test

import (
	"fmt"
	"math"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/linalg"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/nn"
	"github.com/gojax/gojax/tests/fails"
	"github.com/gojax/gojax/tests/sample"
)

// TestGradAgreesWithJAX has the figures of JAX 0.10.2, ties and kinks included.
func TestGradAgreesWithJAX(t *testing.T) {
	x := vec(1, 2, 2, -1)
	s := func(x jnp.Array) jnp.Array { return jnp.Sum(x) }
	ramp := vec(0, 1, 2, 3)
	inf, nan := math.Inf(1), math.NaN()
	type fn = func(x jnp.Array) jnp.Array
	one := func(v float64) jnp.Array { return jnp.AsArray(v) }
	cases := []struct {
		name string
		f    fn
		x    jnp.Array
		want []float64
	}{
		{"max, ties", func(x jnp.Array) jnp.Array { return jnp.Max(x) }, x, []float64{0, .5, .5, 0}},
		{"maximum, ties", func(x jnp.Array) jnp.Array { return s(jnp.Maximum(x, 2.0)) }, x, []float64{0, .5, .5, 0}},
		{"prod with a zero", func(x jnp.Array) jnp.Array { return jnp.Prod(x) }, vec(0, 2, 3), []float64{6, 0, 0}},
		{"sort", func(x jnp.Array) jnp.Array { return s(jnp.Sort(x).Mul(ramp)) }, x, []float64{1, 2, 3, 0}},
		{"abs at 0", jnp.Abs, one(0), []float64{1}},
		{"sqrt at 0", jnp.Sqrt, one(0), []float64{inf}},
		{"where, unguarded", func(x jnp.Array) jnp.Array { return jnp.Where(x.Gt(0), jnp.Log(x), 0.0) }, one(0),
			[]float64{nan}},
		{"where, guarded", func(x jnp.Array) jnp.Array {
			return jnp.Where(x.Gt(0), jnp.Log(jnp.Where(x.Gt(0), x, 1.0)), 0.0)
		}, one(0), []float64{0}},
		{"relu at 0", nn.Relu, one(0), []float64{0}},
		{"clip", func(x jnp.Array) jnp.Array { return s(jnp.Clip(x, -1, 2)) }, x, []float64{1, .5, .5, .5}},
		{"norm", func(x jnp.Array) jnp.Array { return jnp.Sqrt(s(jnp.Square(x))) }, x,
			[]float64{.3162278, .6324555, .6324555, -.3162278}},
		{"cumprod", func(x jnp.Array) jnp.Array { return s(jnp.CumProd(x)) }, x, []float64{3, 1, 0, 4}},
		{"take", func(x jnp.Array) jnp.Array { return s(jnp.Square(jnp.Take(x, []int{0, 0, 3, -1}))) }, x,
			[]float64{4, 0, 0, -4}},
		{"set", func(x jnp.Array) jnp.Array { return s(jnp.Square(x.At(1).Set(5.0))) }, x, []float64{2, 0, 4, -2}},
		{"at max", func(x jnp.Array) jnp.Array { return s(x.At([]int{1, 1}).Max(vec(2, 3)).Mul(ramp)) }, x,
			[]float64{0, 0, 2, 3}},
		{"at mul", func(x jnp.Array) jnp.Array { return s(jnp.Square(x.At([]int{1}).Mul(4.0))) }, x,
			[]float64{2, 64, 4, -2}},
		{"take clip", func(x jnp.Array) jnp.Array { return s(x.At([]int{1, 9}).Mode(jnp.ModeClip).Get()) }, x,
			[]float64{0, 1, 0, 1}},
		{"take fill", func(x jnp.Array) jnp.Array { return s(x.At([]int{1, 9}).Mode(jnp.ModeFill).FillValue(7).Get()) },
			x, []float64{0, 1, 0, 0}},
		{"std", func(x jnp.Array) jnp.Array { return jnp.Std(x) }, x, []float64{0, .20412414, .20412414, -.40824828}},
		{"var, ddof", func(x jnp.Array) jnp.Array { return jnp.Reduction{DDof: 1}.Var(x) }, x,
			[]float64{0, .6666667, .6666667, -1.3333334}},
		{"median", func(x jnp.Array) jnp.Array { return jnp.Median(x) }, x, []float64{.5, .5, 0, 0}},
		{"integer power", func(x jnp.Array) jnp.Array { return jnp.Power(x, 3) }, one(2), []float64{12}},
		{"power of 2", func(y jnp.Array) jnp.Array { return jnp.Power(2.0, y) }, one(3), []float64{5.5451775}},
		{"power of 0", func(y jnp.Array) jnp.Array { return jnp.Power(0.0, y) }, one(2), []float64{0}},
		{"cholesky", func(a jnp.Array) jnp.Array {
			return s(linalg.Cholesky(jnp.MatMul(a, a.T()).Add(jnp.Mul(4, jnp.Eye(2)))))
		}, vec(1, 2, 3, 4).Reshape(2, 2), []float64{.37501067, .7031344, .7840822, 1.0610719}},
		{"einsum", func(x jnp.Array) jnp.Array { return s(jnp.Square(jnp.Einsum("i,j->ij", x, x))) }, x,
			[]float64{40, 80, 80, -40}},
		{"softmax", func(x jnp.Array) jnp.Array {
			e := jnp.Exp(x)
			return e.Div(s(e)).Index(1)
		}, vec(1, 2, 3), []float64{-.02203304, .18483645, -.16280341}},
		{"argmax", func(x jnp.Array) jnp.Array { return s(x.Mul(jnp.ArgMax(x).Add(1))) }, x, []float64{2, 2, 2, 2}},
		{"round", func(x jnp.Array) jnp.Array { return s(jnp.Round(x).Mul(x)) }, x, []float64{1, 2, 2, -1}},
		{"mod", func(y jnp.Array) jnp.Array { return jnp.Mod(5.3, y) }, one(1.5), []float64{-3}},
		{"arctan2", func(x jnp.Array) jnp.Array { return jnp.Arctan2(x, 2.0) }, one(.5), []float64{.47058824}},
		{"stop gradient", func(x jnp.Array) jnp.Array { return x.Mul(gojax.StopGradient(x)) }, one(3), []float64{3}},
		{"grad of grad of grad", gojax.Grad(gojax.Grad(func(x jnp.Array) jnp.Array { return jnp.Tanh(x).Mul(x) })),
			one(.7), []float64{-2.2165821}},
		{"grad of sigmoid", gojax.Grad(func(x jnp.Array) jnp.Array { return jnp.Log1p(jnp.Exp(x)) }), one(.3),
			[]float64{.24445833}},
		{"sinc at 0", jnp.Sinc, one(0), []float64{0}},
		{"arctan", jnp.Arctan, one(.4), []float64{.86206901}},
		{"expm1", jnp.Expm1, one(.4), []float64{1.4918247}},
		{"does not depend", func(x jnp.Array) jnp.Array { return jnp.AsArray(3.0) }, x, []float64{0, 0, 0, 0}},
		{"identity", func(x jnp.Array) jnp.Array { return x }, one(3), []float64{1}},
		{"cond", func(x jnp.Array) jnp.Array {
			return lax.Cond(x.Gt(0), func() jnp.Array { return x.Mul(x) }, func() jnp.Array { return jnp.Sin(x) })
		}, one(3), []float64{6}},
		{"scan", func(x jnp.Array) jnp.Array {
			y, _ := lax.Scan(func(c, _ jnp.Array) (jnp.Array, struct{}) { return jnp.Sin(c).Mul(x), struct{}{} }, x,
				jnp.Zeros(3))
			return y
		}, one(1.1), []float64{1.9219021}},
	}
	// All jitted, in one program, and by turns eagerly and of a jitted function; with GOJAX_TEST_ALL=1 each in all
	// ways.
	points := make([]jnp.Array, len(cases))
	for i, c := range cases {
		points[i] = c.x
	}
	all := gojax.Jit(func(x []jnp.Array) (g []jnp.Array) {
		for i, c := range cases {
			g = append(g, gojax.Grad(c.f)(x[i]))
		}
		return g
	})(points)
	for i, c := range cases {
		near(t, c.name+", jitted", all[i], c.want...)
		if i%3 == 0 || sample.All() {
			near(t, c.name, gojax.Grad(c.f)(c.x), c.want...)
		}
		if i%3 == 1 || sample.All() {
			near(t, c.name+", of jitted", gojax.Grad(gojax.Jit(c.f))(c.x), c.want...)
		}
	}
}

func TestGradComplex(t *testing.T) {
	z := jnp.AsArray(complex(1, 2))
	near2 := func(name string, g jnp.Array, re, im float64) {
		t.Helper()
		near(t, name, jnp.Real(g), re)
		near(t, name, jnp.Imag(g), im)
	}
	near2("abs²", gojax.Grad(func(z jnp.Array) jnp.Array { return jnp.Square(jnp.Abs(z)) })(z), 2, -4)
	near2("z³", gojax.Grad(func(z jnp.Array) jnp.Array { return jnp.Power(z, 3) }, gojax.Holomorphic())(z), -9, 12)
	near2("real of z² conj z",
		gojax.Grad(func(z jnp.Array) jnp.Array { return jnp.Real(z.Mul(z).Mul(jnp.Conj(z))) })(z), 7, -4)
	near2("angle", gojax.Grad(jnp.Angle)(z), -.4, -.2)
	near(t, "R to C to R", gojax.Grad(func(x jnp.Array) jnp.Array {
		return jnp.Imag(jnp.Exp(jnp.Mul(complex(0, 1), x)).Mul(x))
	})(jnp.AsArray(1.3)), 1.3113067)
	j := gojax.JacFwd(func(z jnp.Array) jnp.Array { return jnp.Power(z, 3) }, gojax.Holomorphic())(z)
	near2("jacfwd", j, -9, 12)
}

func TestGradOfTrees(t *testing.T) {
	type params struct {
		W map[string]jnp.Array
		L []*jnp.Array
		N jnp.Array
		S string
	}
	b := vec(3, 4)
	p := params{W: map[string]jnp.Array{"a": vec(1, 2)}, L: []*jnp.Array{&b}, N: jnp.AsArray(3), S: "kept"}
	f := func(p params) jnp.Array {
		if p.S != "kept" {
			t.Errorf("static value %q", p.S)
		}
		return jnp.Sum(p.W["a"].Mul(*p.L[0]).Mul(p.N))
	}
	g := gojax.Grad(f, gojax.AllowInt())(p)
	near(t, "map", g.W["a"], 9, 12)
	near(t, "slice of pointers", *g.L[0], 3, 6)
	if g.N.TraceValue() != nil {
		t.Errorf("gradient by integers is set: %v", g.N)
	}
	y, yt := gojax.JVP(f, p, params{W: map[string]jnp.Array{"a": vec(1, 1)}, L: []*jnp.Array{{}}, S: "kept"})
	near(t, "JVP value", y, 33)
	near(t, "JVP tangent, part of it unset", yt, 21)
	v, pull := gojax.VJP(func(p params) []jnp.Array { return []jnp.Array{f(p), p.N} }, p)
	near(t, "VJP value", v[0], 33)
	near(t, "VJP", pull([]jnp.Array{jnp.AsArray(2.0), {}}).W["a"], 18, 24)
	_, lin := gojax.Linearize(f, p)
	near(t, "Linearize", lin(params{W: map[string]jnp.Array{"a": vec(0, 1)}, L: []*jnp.Array{{}}, S: "kept"}), 12)
	if v, aux, g := gojax.ValueAndGradAux2(func(p []jnp.Array, q jnp.Array) (jnp.Array, map[string]jnp.Array) {
		return jnp.Sum(p[0].Mul(q)), map[string]jnp.Array{"q": q, "p": p[0]}
	}, gojax.AllowInt())([]jnp.Array{vec(1, 2), jnp.AsArray(3)}, vec(5, 6)); v.Item() != 17 ||
		aux["p"].Index(1).Item() != 2 || aux["q"].Index(1).Item() != 6 || g[0].Index(1).Item() != 6 {
		t.Error(v, aux, g)
	}
}

func TestGradOfEmptyTree(t *testing.T) {
	g := gojax.Grad(func(p []jnp.Array) jnp.Array { return jnp.AsArray(2.0) })([]jnp.Array{})
	if len(g) != 0 {
		t.Error(g)
	}
}

func TestGradErrors(t *testing.T) {
	x := vec(1, 2)
	id := func(x jnp.Array) jnp.Array { return x }
	sum := func(x jnp.Array) jnp.Array { return jnp.Sum(x) }
	var unset jnp.Array
	type pair struct{ A, B jnp.Array }
	for _, c := range []struct {
		name, says string
		call       func()
	}{
		{"not a scalar", "returns float32[2]", func() { gojax.Grad(id)(x) }},
		{"integers", "AllowInt", func() { gojax.Grad(sum)(jnp.Arange(3)) }},
		{"integers in a tree", "gojax.Grad(TestGradErrors.func5.1)(~int32[]): args[0].B holds integers", func() {
			gojax.Grad(func(p pair) jnp.Array { return jnp.Sum(p.A) })(pair{x, jnp.AsArray(3)})
		}},
		{"integer result", "returns int32[]",
			func() { gojax.Grad(func(x jnp.Array) jnp.Array { return jnp.ArgMax(x) })(x) }},
		{"complex result", "Holomorphic",
			func() { gojax.Grad(func(x jnp.Array) jnp.Array { return jnp.Sum(x).Mul(complex(0, 1)) })(x) }},
		{"real argument, holomorphic", "all arguments are complex", func() { gojax.Grad(sum, gojax.Holomorphic())(x) }},
		{"unset argument", "never set", func() { gojax.Grad(sum)(unset) }},
		{"unset result", "never set", func() { gojax.Grad(func(x jnp.Array) jnp.Array { return unset })(x) }},
		{"nil", "gojax.Grad: want a function, not a nil", func() { gojax.Grad[jnp.Array](nil) }},
		{"tangent of another type", "the tangent is float32[3], and must be float32[2]",
			func() { gojax.JVP(sum, x, vec(1, 2, 3)) }},
		{"tangent of another structure", "does not have the structure", func() {
			gojax.JVP(func(x []jnp.Array) jnp.Array { return x[0] }, []jnp.Array{x}, []jnp.Array{x, x})
		}},
		{"cotangent of another type", "the cotangent is float32[2]", func() {
			_, pull := gojax.VJP(sum, x)
			pull(x)
		}},
		{"while in reverse", "reverse", func() {
			gojax.Grad(func(x jnp.Array) jnp.Array {
				return lax.WhileLoop(func(c jnp.Array) jnp.Array { return c.Lt(10) },
					func(c jnp.Array) jnp.Array { return c.Mul(c) }, x)
			})(jnp.AsArray(2.0))
		}},
		{"no derivative", "jnp.NextAfter(float32[2], float32[2]): this operation has no derivative", func() {
			gojax.Grad(func(x jnp.Array) jnp.Array { return jnp.Sum(jnp.NextAfter(x, 3.0)) })(x)
		}},
		{"complex Jacobian", "Holomorphic",
			func() { gojax.JacRev(func(x jnp.Array) jnp.Array { return x.Mul(complex(0, 1)) })(x) }},
		{"after its end", "has ended", func() {
			var kept jnp.Array
			gojax.Grad(func(x jnp.Array) jnp.Array { kept = x; return jnp.Sum(x) })(x)
			kept.Add(1)
		}},
	} {
		err := gojax.Try(c.call)
		if err == nil || !strings.Contains(err.Error(), c.says) ||
			!strings.HasPrefix(err.Error(), "gradient_test.go:") {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

// TestGradErrorsNameTheLine: what fails on the way back is reported at the line of the operation.
func TestGradErrorsNameTheLine(t *testing.T) {
	var line int
	err := gojax.Try(func() {
		gojax.Grad(func(x jnp.Array) jnp.Array {
			_, _, line, _ = runtime.Caller(0)
			return jnp.Sum(jnp.NextAfter(x, 3.0))
		})(vec(1))
	})
	if want := fmt.Sprintf("gradient_test.go:%d: jnp.NextAfter(", line+1); err == nil ||
		!strings.HasPrefix(err.Error(), want) {
		t.Errorf("%v, want %s", err, want)
	}
}

func TestGradComposes(t *testing.T) {
	f := func(x jnp.Array) jnp.Array { return jnp.Sin(x).Mul(x) }
	d := func(x float64) float64 { return math.Cos(x)*x + math.Sin(x) }
	d2 := func(x float64) float64 { return 2*math.Cos(x) - x*math.Sin(x) }
	x := vec(0, 1, 2)
	g := gojax.Grad(f)
	near(t, "vmap of grad", gojax.Vmap(g)(x), d(0), d(1), d(2))
	near(t, "grad of vmap", gojax.Grad(func(x jnp.Array) jnp.Array { return jnp.Sum(gojax.Vmap(f)(x)) })(x), d(0), d(1),
		d(2))
	near(t, "jit of vmap of grad of jit", gojax.Jit(gojax.Vmap(gojax.Grad(gojax.Jit(f))))(x), d(0), d(1), d(2))
	near(t, "grad of grad of jit", gojax.Grad(gojax.Grad(gojax.Jit(f)))(jnp.AsArray(1.0)), d2(1))
	near(t, "vmap of grad of grad", gojax.Vmap(gojax.Grad(g))(x), d2(0), d2(1), d2(2))
	near(t, "grad of vmap of grad", gojax.Grad(func(x jnp.Array) jnp.Array { return jnp.Sum(gojax.Vmap(g)(x)) })(x),
		d2(0), d2(1), d2(2))
	_, yt := gojax.JVP(g, jnp.AsArray(1.0), jnp.AsArray(1.0))
	near(t, "forward over reverse", yt, d2(1))
	near(t, "reverse over forward", gojax.Grad(func(x jnp.Array) jnp.Array {
		_, yt := gojax.JVP(f, x, jnp.AsArray(1.0))
		return yt
	})(jnp.AsArray(1.0)), d2(1))
	near(t, "reverse through a pullback", gojax.Grad(func(x jnp.Array) jnp.Array {
		_, pull := gojax.VJP(f, x)
		return pull(jnp.AsArray(1.0))
	})(jnp.AsArray(1.0)), d2(1))
	near(t, "reverse through Linearize", gojax.Grad(func(x jnp.Array) jnp.Array {
		_, push := gojax.Linearize(f, x)
		return push(jnp.AsArray(1.0))
	})(jnp.AsArray(1.0)), d2(1))
	// No confusion of perturbations: the inner derivative is of x + y by y, which is 1.
	near(t, "nested, closing over", gojax.Grad(func(x jnp.Array) jnp.Array {
		return x.Mul(gojax.Grad(func(y jnp.Array) jnp.Array { return x.Add(y) })(jnp.AsArray(1.0)))
	})(jnp.AsArray(3.0)), 1)
	near(t, "nested, closing over, JVP", gojax.Grad(func(x jnp.Array) jnp.Array {
		_, d := gojax.JVP(func(y jnp.Array) jnp.Array { return x.Mul(y) }, jnp.AsArray(1.0), jnp.AsArray(1.0))
		return d
	})(jnp.AsArray(3.0)), 1)
	// A rule that differentiates something of its tangent.
	inner := gojax.CustomJVP(jnp.Sin, func(x, d jnp.Array) (jnp.Array, jnp.Array) {
		return jnp.Sin(x), gojax.Grad(func(y jnp.Array) jnp.Array { return jnp.Sin(y).Mul(d) })(x)
	})
	near(t, "grad in a rule", gojax.Vmap(gojax.Grad(inner))(x), math.Cos(0), math.Cos(1), math.Cos(2))
	near(t, "grad in a rule, twice", gojax.Grad(gojax.Grad(inner))(jnp.AsArray(1.0)), -math.Sin(1))
	// One array in two roles: differentiated and closed over.
	a := vec(1, 2, 3)
	both := func(x jnp.Array) jnp.Array {
		return jnp.Sum(gojax.Grad(func(y jnp.Array) jnp.Array { return jnp.Sum(y.Mul(x)) })(x).Mul(x))
	}
	near(t, "argument and capture, traced", gojax.Grad(both)(a), 2, 4, 6)
	near(t, "argument and capture", gojax.Grad(func(x jnp.Array) jnp.Array { return jnp.Sum(x.Mul(a)) })(a), 1, 2, 3)
	// Control flow.
	loop := func(x jnp.Array) jnp.Array {
		return lax.ForiLoop(0, 4, func(i, c jnp.Array) jnp.Array { return jnp.Sin(c).Mul(x) }, x)
	}
	if err := gojax.CheckGrads(loop, jnp.AsArray(1.1), 2, gojax.CheckTolerance(2e-2, 2e-2)); err != nil {
		t.Error(err)
	}
}

// TestGradDoesNotRecompile: neither Go floats nor arrays that f takes from outside are part of the program's key.
func TestGradDoesNotRecompile(t *testing.T) {
	x := vec(1, 2, 3)
	step := func(rate float64, w jnp.Array) jnp.Array {
		return gojax.Grad(func(x jnp.Array) jnp.Array { return jnp.Sum(jnp.Square(x).Mul(w)).Mul(rate) })(x)
	}
	near(t, "first", step(.5, vec(1, 1, 1)), 1, 2, 3)
	n := gojax.Compilations()
	for i := range 5 {
		rate := float64(i + 2)
		near(t, "again", step(rate, vec(1, 2, float32(i))), 2*rate, 8*rate, 6*rate*float64(i))
	}
	if m := gojax.Compilations(); m != n {
		t.Errorf("%d programs were compiled for other numbers", m-n)
	}
}

// TestGradValuesCanBeRead: un-jitted, Go's if, for and printing work on values.
func TestGradValuesCanBeRead(t *testing.T) {
	var printed string
	f := func(x jnp.Array) jnp.Array {
		y := jnp.Exp(x)
		printed = y.String()
		for y.Item() > 1 {
			y = y.Mul(.5)
		}
		if s := jnp.ToSlice[float32](jnp.Stack([]jnp.Array{y, y})); s[0] != s[1] {
			t.Error(s)
		}
		return y
	}
	x := jnp.AsArray(1.0) // e/4
	near(t, "Grad", gojax.Grad(f)(x), math.E/4)
	if printed != "2.7182817" {
		t.Errorf("printed %s", printed)
	}
	near(t, "Grad of Grad", gojax.Grad(gojax.Grad(f))(x), math.E/4)
	_, yt := gojax.JVP(f, x, jnp.AsArray(2.0))
	near(t, "JVP", yt, math.E/2)
	y, pull := gojax.VJP(f, x)
	near(t, "VJP", y, math.E/4)
	near(t, "VJP", pull(jnp.AsArray(1.0)), math.E/4)
	near(t, "JacFwd of JacRev", gojax.Hessian(f)(x), math.E/4)
	near(t, "in a checkpoint", gojax.Grad(gojax.Checkpoint(f))(x), math.E/4)
	near(t, "a mask",
		gojax.Grad(func(x jnp.Array) jnp.Array { return jnp.Sum(jnp.Square(x.Index(x.Gt(1)))) })(vec(1, 2, 3)), 0, 4, 6)
	want := 1.0 // reading at every step costs no more than computing each once
	y = gojax.Grad(func(x jnp.Array) jnp.Array {
		y := x
		for range 300 {
			y = jnp.Cos(y)
			want = math.Cos(want)
			if math.Abs(y.Item()-want) > 1e-4 {
				t.Fatalf("%v, want %v", y, want)
			}
		}
		return y.Mul(0).Add(x)
	})(x)
	near(t, "after reading", y, 1)
	for _, c := range []struct {
		name, says string
		call       func()
	}{
		{"Jit", "while gojax.Jit(", func() { gojax.Jit(gojax.Grad(f))(x) }},
		{"Grad of Jit", "while gojax.Jit(", func() { gojax.Grad(gojax.Jit(f))(x) }},
		{"Vmap", "while gojax.Vmap(", func() { gojax.Vmap(gojax.Grad(f))(vec(1, 2)) }},
	} {
		err := gojax.Try(c.call)
		if err == nil || !strings.Contains(err.Error(), c.says) || !strings.Contains(err.Error(), "lax.Cond") ||
			!strings.Contains(err.Error(), "gradient_test.go:") {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestGradFromManyGoroutines(t *testing.T) {
	var wg sync.WaitGroup
	ps, x, net := network(3, 4)
	want := gojax.Grad2(net)(ps, x)
	for range 8 {
		wg.Go(func() {
			for range 5 {
				g := gojax.Grad2(net)(ps, x)
				if !gojaxAllClose(g[0].W, want[0].W) {
					t.Error("another gradient")
				}
			}
		})
	}
	wg.Wait()
}

func gojaxAllClose(a, b jnp.Array) bool { return jnp.ItemOf[bool](jnp.AllClose(a, b)) }

// The variants differ in what they take and return, not in the gradient.
// TestGrads has gradients in several arguments, trees and numbers among them.
func TestGrads(t *testing.T) {
	x, y, z := vec(1, 2), vec(3, 4), vec(5, 6)
	f2 := func(x, y jnp.Array) jnp.Array { return jnp.Sum(x.Mul(y).Mul(z)) }
	f3 := func(x, y, z jnp.Array) jnp.Array { return jnp.Sum(x.Mul(y).Mul(z)) }
	dx, dy := gojax.Grads2(f2)(x, y)
	near(t, "Grads2 by x", dx, 15, 24)
	near(t, "Grads2 by y", dy, 5, 12)
	dx, dy, dz := gojax.Grads3(f3)(x, y, z)
	near(t, "Grads3 by x", dx, 15, 24)
	near(t, "Grads3 by y", dy, 5, 12)
	near(t, "Grads3 by z", dz, 3, 8)
	v, dx, dy := gojax.ValueAndGrads2(f2)(x, y)
	near(t, "ValueAndGrads2's value", v, 63)
	near(t, "ValueAndGrads2 by x", dx, 15, 24)
	near(t, "ValueAndGrads2 by y", dy, 5, 12)
	v, dx, dy, dz = gojax.Jit(gojax.Vmap(gojax.ValueAndGrads3(f3), gojax.InAxes(nil, 0, nil)))(x,
		jnp.Stack([]jnp.Array{y, z}), z)
	near(t, "ValueAndGrads3's values", v, 63, 97)
	near(t, "ValueAndGrads3 by x", dx.Ravel(), 15, 24, 25, 36)
	near(t, "ValueAndGrads3 by y", dy.Ravel(), 5, 12, 5, 12)
	near(t, "ValueAndGrads3 by z", dz.Ravel(), 3, 8, 5, 12)
	// Of trees of two types, one of which is not used.
	type params struct {
		W []jnp.Array
		N int
	}
	f := func(p params, m map[string]jnp.Array) jnp.Array { return jnp.Sum(p.W[0]).Mul(float64(p.N)) }
	dp, dm := gojax.Grads2(f)(params{[]jnp.Array{x}, 3}, map[string]jnp.Array{"a": y})
	near(t, "the gradient in a struct", dp.W[0], 3, 3)
	near(t, "the gradient in what is not used", dm["a"], 0, 0)
	// Second derivatives, of x²y at (1, 3) and (2, 4): 2x + 2y and 2x.
	g := func(x, y jnp.Array) jnp.Array { return jnp.Sum(x.Mul(x).Mul(y)) }
	hx, hy := gojax.Grads2(func(x, y jnp.Array) jnp.Array {
		dx, dy := gojax.Grads2(g)(x, y)
		return jnp.Sum(dx).Add(jnp.Sum(dy))
	})(x, y)
	near(t, "a second derivative by x", hx, 8, 12)
	near(t, "a second derivative by y", hy, 2, 4)
	fails.With(t, func() { gojax.Grads2(f2)(x, jnp.Array{}) }, "gojax.Grads2", "args[1]", "never set")
	fails.With(t, func() { gojax.Grads3(f3)(x, y, jnp.Arange(2)) }, "gojax.Grads3", "args[2] holds integers")
}

func TestGradVariants(t *testing.T) {
	x, y, z := vec(1, 2), vec(3, 4), vec(5, 6)
	f1 := func(x jnp.Array) jnp.Array { return jnp.Sum(x.Mul(y).Mul(z)) }
	f2 := func(x, y jnp.Array) jnp.Array { return jnp.Sum(x.Mul(y).Mul(z)) }
	f3 := func(x, y, z jnp.Array) jnp.Array { return jnp.Sum(x.Mul(y).Mul(z)) }
	aux := func(x jnp.Array) (jnp.Array, string) { return f1(x), "aux" }
	near(t, "Grad", gojax.Grad(f1)(x), 15, 24)
	near(t, "Grad2", gojax.Grad2(f2)(x, y), 15, 24)
	near(t, "Grad3", gojax.Grad3(f3)(x, y, z), 15, 24)
	near(t, "Grad3 of Jit", gojax.Grad3(gojax.Jit(f3))(x, y, z), 15, 24)
	near(t, "Jit of Grad3", gojax.Jit(gojax.Grad3(f3))(x, y, z), 15, 24)
	g, s := gojax.GradAux(aux)(x)
	near(t, "GradAux", g, 15, 24)
	v, g := gojax.ValueAndGrad(f1)(x)
	near(t, "ValueAndGrad's value", v, 63)
	near(t, "ValueAndGrad", g, 15, 24)
	v, g = gojax.ValueAndGrad2(f2)(x, y)
	near(t, "ValueAndGrad2's value", v, 63)
	near(t, "ValueAndGrad2", g, 15, 24)
	v, s1, g := gojax.ValueAndGradAux(aux)(x)
	near(t, "ValueAndGradAux's value", v, 63)
	near(t, "ValueAndGradAux", g, 15, 24)
	v, s2, g := gojax.ValueAndGradAux2(func(x, y jnp.Array) (jnp.Array, string) { return f2(x, y), "aux" })(x, y)
	near(t, "ValueAndGradAux2's value", v, 63)
	near(t, "ValueAndGradAux2", g, 15, 24)
	aux2 := func(x, y jnp.Array) (jnp.Array, string) { return f2(x, y), "aux" }
	aux3 := func(x, y, z jnp.Array) (jnp.Array, string) { return f3(x, y, z), "aux" }
	g, s3 := gojax.GradAux2(aux2)(x, y)
	near(t, "GradAux2", g, 15, 24)
	g, s4 := gojax.GradAux3(aux3)(x, y, z)
	near(t, "GradAux3", g, 15, 24)
	v, s5, g := gojax.ValueAndGradAux3(aux3)(x, y, z)
	near(t, "ValueAndGradAux3's value", v, 63)
	near(t, "ValueAndGradAux3", g, 15, 24)
	v, g = gojax.ValueAndGrad3(f3)(x, y, z)
	near(t, "ValueAndGrad3's value", v, 63)
	near(t, "ValueAndGrad3", g, 15, 24)
	for i, a := range []string{s, s1, s2, s3, s4, s5} {
		if a != "aux" {
			t.Errorf("what is returned besides by number %d: %q", i, a)
		}
	}
	// An argument that is not differentiated may be an array that is not set.
	near(t, "an unset second argument",
		gojax.Grad2(func(x, mask jnp.Array) jnp.Array { return jnp.Sum(x) })(x, jnp.Array{}), 1, 1)
}
