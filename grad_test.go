package gojax_test

import (
	"math"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/linalg"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/nn"
)

// near compares the elements of x with want, NaN and infinities included.
func near(t *testing.T, what string, x jnp.Array, want ...float64) {
	t.Helper()
	got := jnp.ToSlice[float32](x.Reshape(-1).AsType(jnp.Float32))
	if len(got) != len(want) {
		t.Errorf("%s: %v, want %v", what, x, want)
		return
	}
	for i, g := range got {
		g, w := float64(g), want[i]
		if g == w || math.IsNaN(g) && math.IsNaN(w) || math.Abs(g-w) <= 2e-5*(1+math.Abs(w)) {
			continue
		}
		t.Errorf("%s: element %d of %v, want %v", what, i, x, want)
		return
	}
}

// TestGradAgreesWithJAX has the figures of JAX 0.10.2, ties and kinks included.
func TestGradAgreesWithJAX(t *testing.T) {
	x := vec(1, 2, 2, -1)
	s := func(x jnp.Array) jnp.Array { return jnp.Sum(x) }
	ramp := vec(0, 1, 2, 3)
	inf, nan := math.Inf(1), math.NaN()
	type fn = func(x jnp.Array) jnp.Array
	one := func(v float64) jnp.Array { return jnp.Asarray(v) }
	for _, c := range []struct {
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
		{"where, unguarded", func(x jnp.Array) jnp.Array { return jnp.Where(x.Gt(0), jnp.Log(x), 0.0) }, one(0), []float64{nan}},
		{"where, guarded", func(x jnp.Array) jnp.Array {
			return jnp.Where(x.Gt(0), jnp.Log(jnp.Where(x.Gt(0), x, 1.0)), 0.0)
		}, one(0), []float64{0}},
		{"relu at 0", nn.Relu, one(0), []float64{0}},
		{"clip", func(x jnp.Array) jnp.Array { return s(jnp.Clip(x, -1, 2)) }, x, []float64{1, .5, .5, .5}},
		{"norm", func(x jnp.Array) jnp.Array { return jnp.Sqrt(s(jnp.Square(x))) }, x, []float64{.3162278, .6324555, .6324555, -.3162278}},
		{"cumprod", func(x jnp.Array) jnp.Array { return s(jnp.CumProd(x)) }, x, []float64{3, 1, 0, 4}},
		{"take", func(x jnp.Array) jnp.Array { return s(jnp.Square(jnp.Take(x, []int{0, 0, 3, -1}))) }, x, []float64{4, 0, 0, -4}},
		{"set", func(x jnp.Array) jnp.Array { return s(jnp.Square(x.At(1).Set(5.0))) }, x, []float64{2, 0, 4, -2}},
		{"at max", func(x jnp.Array) jnp.Array { return s(x.At([]int{1, 1}).Max(vec(2, 3)).Mul(ramp)) }, x, []float64{0, 0, 2, 3}},
		{"at mul", func(x jnp.Array) jnp.Array { return s(jnp.Square(x.At([]int{1}).Mul(4.0))) }, x, []float64{2, 64, 4, -2}},
		{"take clip", func(x jnp.Array) jnp.Array { return s(x.At([]int{1, 9}).Mode(jnp.ModeClip).Get()) }, x, []float64{0, 1, 0, 1}},
		{"take fill", func(x jnp.Array) jnp.Array { return s(x.At([]int{1, 9}).Mode(jnp.ModeFill).FillValue(7).Get()) }, x, []float64{0, 1, 0, 0}},
		{"std", func(x jnp.Array) jnp.Array { return jnp.Std(x) }, x, []float64{0, .20412414, .20412414, -.40824828}},
		{"var, ddof", func(x jnp.Array) jnp.Array { return jnp.Reduction{DDof: 1}.Var(x) }, x, []float64{0, .6666667, .6666667, -1.3333334}},
		{"median", func(x jnp.Array) jnp.Array { return jnp.Median(x) }, x, []float64{.5, .5, 0, 0}},
		{"integer power", func(x jnp.Array) jnp.Array { return jnp.Power(x, 3) }, one(2), []float64{12}},
		{"power of 2", func(y jnp.Array) jnp.Array { return jnp.Power(2.0, y) }, one(3), []float64{5.5451775}},
		{"power of 0", func(y jnp.Array) jnp.Array { return jnp.Power(0.0, y) }, one(2), []float64{0}},
		{"cholesky", func(a jnp.Array) jnp.Array {
			return s(linalg.Cholesky(jnp.MatMul(a, a.T()).Add(jnp.Mul(4, jnp.Eye(2)))))
		}, vec(1, 2, 3, 4).Reshape(2, 2), []float64{.37501067, .7031344, .7840822, 1.0610719}},
		{"einsum", func(x jnp.Array) jnp.Array { return s(jnp.Square(jnp.Einsum("i,j->ij", x, x))) }, x, []float64{40, 80, 80, -40}},
		{"softmax", func(x jnp.Array) jnp.Array {
			e := jnp.Exp(x)
			return e.Div(s(e)).Index(1)
		}, vec(1, 2, 3), []float64{-.02203304, .18483645, -.16280341}},
		{"argmax", func(x jnp.Array) jnp.Array { return s(x.Mul(jnp.ArgMax(x).Add(1))) }, x, []float64{2, 2, 2, 2}},
		{"round", func(x jnp.Array) jnp.Array { return s(jnp.Round(x).Mul(x)) }, x, []float64{1, 2, 2, -1}},
		{"mod", func(y jnp.Array) jnp.Array { return jnp.Mod(5.3, y) }, one(1.5), []float64{-3}},
		{"arctan2", func(x jnp.Array) jnp.Array { return jnp.Arctan2(x, 2.0) }, one(.5), []float64{.47058824}},
		{"stop gradient", func(x jnp.Array) jnp.Array { return x.Mul(gojax.StopGradient(x)) }, one(3), []float64{3}},
		{"grad of grad of grad", gojax.Grad(gojax.Grad(func(x jnp.Array) jnp.Array { return jnp.Tanh(x).Mul(x) })), one(.7), []float64{-2.2165821}},
		{"grad of sigmoid", gojax.Grad(func(x jnp.Array) jnp.Array { return jnp.Log1p(jnp.Exp(x)) }), one(.3), []float64{.24445833}},
		{"sinc at 0", jnp.Sinc, one(0), []float64{0}},
		{"arctan", jnp.Arctan, one(.4), []float64{.86206901}},
		{"expm1", jnp.Expm1, one(.4), []float64{1.4918247}},
		{"does not depend", func(x jnp.Array) jnp.Array { return jnp.Asarray(3.0) }, x, []float64{0, 0, 0, 0}},
		{"identity", func(x jnp.Array) jnp.Array { return x }, one(3), []float64{1}},
		{"cond", func(x jnp.Array) jnp.Array {
			return lax.Cond(x.Gt(0), func() jnp.Array { return x.Mul(x) }, func() jnp.Array { return jnp.Sin(x) })
		}, one(3), []float64{6}},
		{"scan", func(x jnp.Array) jnp.Array {
			y, _ := lax.Scan(func(c, _ jnp.Array) (jnp.Array, struct{}) { return jnp.Sin(c).Mul(x), struct{}{} }, x, jnp.Zeros(3))
			return y
		}, one(1.1), []float64{1.9219021}},
	} {
		near(t, c.name, gojax.Grad(c.f)(c.x), c.want...)
		near(t, c.name+", jitted", gojax.Jit(gojax.Grad(c.f))(c.x), c.want...)
		near(t, c.name+", of jitted", gojax.Grad(gojax.Jit(c.f))(c.x), c.want...)
	}
}

func TestGradComplex(t *testing.T) {
	z := jnp.Asarray(complex(1, 2))
	near2 := func(name string, g jnp.Array, re, im float64) {
		t.Helper()
		near(t, name, jnp.Real(g), re)
		near(t, name, jnp.Imag(g), im)
	}
	near2("abs²", gojax.Grad(func(z jnp.Array) jnp.Array { return jnp.Square(jnp.Abs(z)) })(z), 2, -4)
	near2("z³", gojax.Grad(func(z jnp.Array) jnp.Array { return jnp.Power(z, 3) }, gojax.Holomorphic())(z), -9, 12)
	near2("real of z² conj z", gojax.Grad(func(z jnp.Array) jnp.Array { return jnp.Real(z.Mul(z).Mul(jnp.Conj(z))) })(z), 7, -4)
	near2("angle", gojax.Grad(jnp.Angle)(z), -.4, -.2)
	near(t, "R to C to R", gojax.Grad(func(x jnp.Array) jnp.Array {
		return jnp.Imag(jnp.Exp(jnp.Mul(complex(0, 1), x)).Mul(x))
	})(jnp.Asarray(1.3)), 1.3113067)
	j := gojax.Jacfwd(func(z jnp.Array) jnp.Array { return jnp.Power(z, 3) }, gojax.Holomorphic())(z)
	near2("jacfwd", j, -9, 12)
}

func TestJacobians(t *testing.T) {
	m := vec(0, 1, 2, 3, 4, 5).Reshape(2, 3)
	f := func(x jnp.Array) jnp.Array { return jnp.MatMul(m, jnp.Sin(x)) }
	x := vec(0, 1, 2)
	want := []float64{0, .5403023, -.8322937, 3, 2.161209, -2.0807343}
	for name, j := range map[string]func(jnp.Array) jnp.Array{"Jacfwd": gojax.Jacfwd(f), "Jacrev": gojax.Jacrev(f), "jitted": gojax.Jit(gojax.Jacrev(f))} {
		near(t, name, j(x), want...)
		if s := j(x).Shape(); len(s) != 2 || s[0] != 2 || s[1] != 3 {
			t.Errorf("%s: shape %v", name, s)
		}
	}
	near(t, "Hessian", gojax.Hessian(func(x jnp.Array) jnp.Array { return jnp.Sum(jnp.Sin(x).Mul(jnp.Flip(x))) })(vec(1, 2)),
		-1.6829419, .12415543, .12415543, -.9092974)
	near(t, "mapped", gojax.Vmap(gojax.Hessian(func(x jnp.Array) jnp.Array { return jnp.Sum(jnp.Power(x, 3)) }))(vec(1, 2, 3, 4).Reshape(2, 2)),
		6, 0, 0, 12, 18, 0, 0, 24)

	// Trees, results that do not vary, matrices.
	type in struct {
		A, B jnp.Array
		N    jnp.Array
	}
	p := in{vec(1, 2), jnp.Asarray(3.0), jnp.Asarray(2)}
	g := func(p in) []jnp.Array {
		return []jnp.Array{p.A.Mul(p.B), jnp.Ones(2), jnp.Asarray(2), p.B.Mul(p.N)}
	}
	for name, j := range map[string]func(in) [][]jnp.Array{"forward": gojax.JacfwdTree(g, gojax.AllowInt()), "reverse": gojax.JacrevTree(g, gojax.AllowInt())} {
		r := j(p)
		near(t, name+" 0 0", r[0][0], 3, 0, 0, 3)
		near(t, name+" 0 1", r[0][1], 1, 2)
		near(t, name+" 1 0", r[1][0], 0, 0, 0, 0)
		near(t, name+" 3 1", r[3][1], 2)
		if r[2][0].TraceValue() != nil || r[0][2].TraceValue() != nil {
			t.Errorf("%s: Jacobians by and of integers are set", name)
		}
	}
	b := gojax.HessianTree(func(p [2]jnp.Array) jnp.Array { return jnp.Sum(jnp.Square(p[0]).Mul(p[1])) })([2]jnp.Array{vec(1, 2), jnp.Asarray(3.0)})
	near(t, "HessianTree 0 0", b[0][0], 6, 0, 0, 6)
	near(t, "HessianTree 0 1", b[0][1], 2, 4)
	near(t, "HessianTree 1 1", b[1][1], 0)
	if s := gojax.Jacfwd(jnp.Sin)(jnp.Zeros(0)).Shape(); len(s) != 2 || s[0] != 0 || s[1] != 0 {
		t.Errorf("of an empty array: %v", s)
	}
}

func TestGradOfTrees(t *testing.T) {
	type params struct {
		W map[string]jnp.Array
		L []*jnp.Array
		N jnp.Array
		S string
	}
	b := vec(3, 4)
	p := params{W: map[string]jnp.Array{"a": vec(1, 2)}, L: []*jnp.Array{&b}, N: jnp.Asarray(3), S: "kept"}
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
	near(t, "VJP", pull([]jnp.Array{jnp.Asarray(2.0), {}}).W["a"], 18, 24)
	_, lin := gojax.Linearize(f, p)
	near(t, "Linearize", lin(params{W: map[string]jnp.Array{"a": vec(0, 1)}, L: []*jnp.Array{{}}, S: "kept"}), 12)
	if v, aux, g := gojax.ValueAndGradAux2(func(p []jnp.Array, q jnp.Array) (jnp.Array, map[string]jnp.Array) {
		return jnp.Sum(p[0].Mul(q)), map[string]jnp.Array{"q": q, "p": p[0]}
	}, gojax.AllowInt())([]jnp.Array{vec(1, 2), jnp.Asarray(3)}, vec(5, 6)); v.Item() != 17 || aux["p"].Index(1).Item() != 2 || aux["q"].Index(1).Item() != 6 || g[0].Index(1).Item() != 6 {
		t.Error(v, aux, g)
	}
}

func TestGradOfEmptyTree(t *testing.T) {
	g := gojax.Grad(func(p []jnp.Array) jnp.Array { return jnp.Asarray(2.0) })([]jnp.Array{})
	if len(g) != 0 {
		t.Error(g)
	}
}
