package optim_test

import (
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/optim"
	"github.com/gojax/gojax/tests/fails"
	"github.com/gojax/gojax/tree"
)

// objective is that of testdata/make.py.
func objective(p params) array {
	before, after := p.A.Index(jnp.S(0, 2)), p.A.Index(jnp.S(1, 3))
	rosenbrock := jnp.Square(after.Sub(jnp.Square(before))).Mul(10).Add(jnp.Square(jnp.Sub(1, before))).Sum()
	bowl := jnp.Cosh(p.B.Sub(0.5)).Mul(jnp.Arange(1.0, 4.0)).Sum()
	return rosenbrock.Add(bowl).Add(p.C.Sub(2).Pow(4)).Add(p.C.Mul(0.1).Mul(p.A.Sum()))
}

func searches() map[string]transform {
	type opts = optim.LBFGSOptions
	return map[string]transform{
		"lbfgs":        optim.LBFGS[params](),
		"lbfgs memory": optim.LBFGS[params](opts{MemorySize: 2, NoScaleInitPrecond: true}),
		"lbfgs rate": optim.LBFGS[params](opts{Rate: 0.5, LineSearch: optim.Zoom{MaxSteps: 4, MaxRate: 0.8,
			NoApproxDec: true, Keep: true, CurvRTol: 0.1}}),
		"lbfgs backtracking": optim.LBFGS[params](opts{LineSearch: optim.Backtracking{MaxSteps: 15, StoreGrad: true}}),
		"gradient zoom": optim.Chain(optim.SGD[params](1), optim.Search[params](
			optim.Zoom{MaxSteps: 15, CurvRTol: 0.2, Keep: true})),
		"gradient backtracking": optim.Chain(optim.SGD[params](0.5), optim.Search[params](
			optim.Backtracking{MaxSteps: 10, SlopeRTol: 0.1, DecreaseFactor: 0.5, IncreaseFactor: 2, MaxRate: 0.5,
				RTol: 1e-3, ATol: 1e-3})),
	}
}

// found is what a search finds in a step.
type found struct {
	P                  params
	Value, Rate, Tries array
}

// minimised are six steps of opt, one above the other.
func minimised(opt transform, p params) found {
	type carry struct {
		P params
		S state
	}
	_, all := lax.Scan(func(c carry, _ struct{}) (carry, found) {
		v, g := gojax.ValueAndGrad(objective)(c.P)
		u, s := opt.UpdateWith(g, c.S, c.P, v, objective)
		c = carry{optim.Apply(c.P, u), s}
		return c, found{c.P, s.Value("value"), s.Value("learning_rate"), s.Value("num_linesearch_steps")}
	}, carry{p, opt.Init(p)}, struct{}{}, lax.ScanOptions{Length: 6})
	return all
}

// Every line search takes optax's steps, after as many tries.
func TestSearches(t *testing.T) {
	gojax.WithX64(true, func() {
		p, _ := problem(t, jnp.Float64)
		got := gojax.Jit(func(p params) map[string]found {
			out := map[string]found{}
			for name, opt := range searches() {
				out[name] = minimised(opt, p)
			}
			return out
		})(p)
		for name, f := range got {
			w := optax(t)[name]
			near(t, name+", tries", host(f.Tries), w.Tries, 0)
			near(t, name+", rates", host(f.Rate), w.Rates, 1e-8)
			near(t, name+", values", host(f.Value), w.Values, 1e-9)
			near(t, name+", first step", row(f.P, 0), w.First, 1e-10)
			near(t, name+", last step", row(f.P, -1), w.Last, 1e-8)
		}
	})()
	for name, l := range optax(t) {
		if _, ok := searches()[name]; !ok && l.Tries != nil {
			t.Errorf("optax's search %q is not tried", name)
		}
	}
}

// The state has value and gradient at the next parameters, so that a loop need not compute them again. Mapped, every
// row has a search of its own.
func TestValueAndGradFromState(t *testing.T) {
	p, _ := problem(t, jnp.Float32)
	opt := optim.LBFGS[params]()
	both := tree.Stack([]params{p, tree.Scale(0.5, p)})
	valueAndGrad := optim.ValueAndGradFromState(objective)
	type carry struct {
		P params
		S state
	}
	type result struct{ Value, Stored, Grad, StoredGrad, N array }
	run := func(p params) result {
		end := lax.WhileLoop(func(c carry) array {
			n := c.S.Inner[0].Count
			return n.Eq(0).Or(n.Lt(60).And(tree.Norm(c.S.Tree("grad")).Gt(1e-3)))
		}, func(c carry) carry {
			v, g := valueAndGrad(c.P, c.S)
			u, s := opt.UpdateWith(g, c.S, c.P, v, objective)
			return carry{optim.Apply(c.P, u), s}
		}, carry{p, opt.Init(p)})
		v, g := gojax.ValueAndGrad(objective)(end.P)
		stored, sg := valueAndGrad(end.P, end.S)
		return result{v, stored, g.B.Ravel(), sg.B.Ravel(), end.S.Inner[0].Count}
	}
	r := gojax.Jit(gojax.Vmap(run))(both)
	near(t, "the values", host(r.Stored), host(r.Value), 1e-6)
	near(t, "the gradients", host(r.StoredGrad), host(r.Grad), 1e-4)
	for _, n := range host(r.N) {
		if n >= 60 {
			t.Errorf("a row takes %v steps", n)
		}
	}
	v, g := valueAndGrad(p, opt.Init(p)) // called eagerly, before the first step
	near(t, "the first value", host(v), host(objective(p)), 1e-6)
	near(t, "the first gradient", host(g.C), host(gojax.Grad(objective)(p).C), 1e-6)
}

// A search that finds no finite value takes no step.
func TestSearchStays(t *testing.T) {
	f := func(x array) array { return jnp.Where(x.Eq(1), 3.0, jnp.Log(x.Mul(0).Sub(1))) }
	one := jnp.Ones()
	for _, by := range []optim.LineSearch{optim.Zoom{}, optim.Backtracking{}} {
		opt := optim.Chain(optim.SGD[array](1), optim.Search[array](by))
		u, _ := opt.UpdateWith(one, opt.Init(one), one, f(one), f)
		if u.Item() != 0 {
			t.Errorf("%T: the step is %v", by, u)
		}
	}
}

func TestSearchRefuses(t *testing.T) {
	fails.With(t, func() { optim.Search[array](nil) }, "optim.Search", "nil")
	fails.With(t, func() { optim.Search[array](optim.Zoom{MaxSteps: -1}) }, "optim.Search", "MaxSteps is -1")
	fails.With(t, func() { optim.Search[array](optim.Backtracking{ATol: jnp.Ones(1)}) }, "optim.Search", "ATol")
	fails.With(t, func() {
		s := optim.Search[array](optim.Backtracking{}).Init(jnp.Ones())
		optim.ValueAndGradFromState(func(x array) array { return x })(jnp.Ones(), s)
	}, "no \"grad\"")
}
