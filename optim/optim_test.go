package optim_test

import (
	"math"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/optim"
	"github.com/gojax/gojax/random"
	"github.com/gojax/gojax/tests/fails"
	"github.com/gojax/gojax/tree"
)

// A state is donated with the parameters: no two of its arrays share memory, and none the parameters'.
func TestDonated(t *testing.T) {
	p, grads := problem(t, jnp.Float32)
	g := tree.Index(grads, 0)
	opt := optim.AMSGrad[params](0.1)
	step := gojax.Jit(func(p params, s state, g params) (params, state) {
		u, s := opt.Update(g, s, p)
		return optim.Apply(p, u), s
	}, gojax.DonateArgs(0, 1))
	s := opt.Init(p)
	for range 3 {
		p, s = step(p, s, g)
	}
	if n := s.Inner[0].Count.Item(); n != 3 {
		t.Errorf("the count is %v", n)
	}
	for _, x := range tree.Leaves(s) {
		x.Delete()
	}
	if !tree.Leaves(s)[0].IsDeleted() {
		t.Error("it is still there")
	}
}

// What is no float stays as it is: integers and keys, which gradients leave unset.
func TestOtherLeaves(t *testing.T) {
	type mixed struct {
		W     array
		N     array
		Key   random.KeyArray
		Depth int
	}
	p := mixed{jnp.Ones(2), jnp.Arange(3), random.Key(1), 4}
	g := gojax.Grad(func(p mixed) array { return jnp.Square(p.W).Sum() }, gojax.AllowInt())(p)
	opt := optim.Adam[mixed](0.5)
	s := opt.Init(p)
	u, s := opt.Update(g, s, p)
	q := optim.Apply(p, u)
	near(t, "the floats", host(q.W), []float64{0.5, 0.5}, 1e-5)
	if q.N.Size() != 3 || q.Depth != 4 || q.Key.TraceValue() == nil || s.Tree("mu").N.TraceValue() != nil {
		t.Errorf("the rest is %v %v", q, s)
	}
	search := optim.LBFGS[mixed]()
	f := func(p mixed) array { return jnp.Square(p.W).Sum().Add(p.N.Sum()) }
	u, _ = search.UpdateWith(g, search.Init(p), p, f(p), f)
	if q := optim.Apply(p, u); f(q).Item() >= f(p).Item() {
		t.Errorf("the search leads to %v", q)
	}
}

// A transformation of one's own is as any other.
func TestNew(t *testing.T) {
	noisy := optim.New(func(p params) state {
		return state{Values: map[string]array{"seen": jnp.Zeros()}}
	}, func(g params, s state, at optim.At[params]) (params, state) {
		seen := s.Values["seen"].Add(1)
		return tree.AddScale(g, 0.0, at.Params), state{Values: map[string]array{"seen": seen}}
	})
	opt := optim.Chain(optim.New[params](nil, nil), noisy, optim.SGD[params](0.1))
	p, grads := problem(t, jnp.Float32)
	_, s := opt.Update(tree.Index(grads, 0), opt.Init(p), p)
	if v := s.Value("seen").Item(); v != 1 {
		t.Errorf("it has seen %v steps", v)
	}
	near(t, "gradient descent", row(trained(opt, p, grads), -1), optax(t)["sgd"].Last, 1e-5)
}

func TestIncrementalUpdate(t *testing.T) {
	got := optim.IncrementalUpdate(jnp.Ones(2), jnp.Zeros(2), 0.25)
	near(t, "the average", host(got), []float64{0.25, 0.25}, 0)
}

// Counts stay at the largest integer.
func TestLongTraining(t *testing.T) {
	opt := optim.Adam[array](0.1)
	s := opt.Init(jnp.Ones())
	s.Inner[0].Count = jnp.AsArray(int32(1<<31 - 1))
	u, s := opt.Update(jnp.Ones(), s, jnp.Ones())
	if s.Inner[0].Count.Item() != 1<<31-1 || math.IsNaN(u.Item()) {
		t.Errorf("%v %v", s, u)
	}
}

func TestUpdateRefuses(t *testing.T) {
	p := params{jnp.Ones(3), jnp.Ones(2, 3), jnp.Ones()}
	adam := optim.Adam[params](0.1)
	s := adam.Init(p)
	f := func(p params) array { return tree.SquaredNorm(p) }
	type bad struct{ W chan int }
	type counted struct {
		W array
		N int
	}
	for _, c := range []struct {
		f     func()
		parts []string
	}{
		{func() { adam.Update(params{A: p.A, B: p.B}, s, p) }, []string{"Transform.Update", "another structure",
			"the gradient.C: nil was set"}},
		{func() { adam.Update(params{p.A, p.A, p.C}, s, p) }, []string{"the gradient.B is float32[3]",
			"params has float32[2,3]"}},
		{func() { adam.Update(p, optim.SGD[params](1).Init(p), p) }, []string{"not one of this Transform"}},
		{func() {
			adam.Update(p, adam.Init(params{A: p.A, B: p.B, C: p.A}), p)
		}, []string{"Transform.Update", "made for other parameters",
			`Trees["mu"].C is float32[3], and for these it is`}},
		{func() { adam.Update(p, state{}, p) }, []string{"not one of this Transform", "0 parts"}},
		{func() { optim.Apply(p, params{p.A, p.B, p.A}) }, []string{"optim.Apply", "updates.C is float32[3]"}},
		{func() { optim.Transform[params]{}.Init(p) }, []string{"optim.Transform.Init", "never set"}},
		{func() { optim.Adam[params](optim.Schedule(nil)) }, []string{"optim.Adam", "rate is a nil Schedule"}},
		{func() { optim.Chain(adam, optim.Transform[params]{}) }, []string{"optim.Chain", "never set"}},
		{func() { optim.Adam[bad](0.1).Init(bad{}) }, []string{"optim.Transform.Init", "params.W: type chan int"}},
		{func() { optim.LBFGS[params]().Update(p, optim.LBFGS[params]().Init(p), p) }, []string{"call UpdateWith"}},
		{func() { adam.UpdateWith(p, s, p, jnp.Ones(2), f) }, []string{"value must be the float scalar"}},
		{func() { adam.UpdateWith(p, s, p, f(p), nil) }, []string{"nil function"}},
		{func() { s.Value("learning_rate") }, []string{"optim.State.Value", "mu", "nu"}},
		{func() {
			c := counted{p.A, 3}
			o := optim.Adam[counted](0.1)
			o.Update(counted{p.A, 4}, o.Init(c), c)
		}, []string{"the gradient.N: 4 was 3"}},
	} {
		fails.With(t, c.f, c.parts...)
	}
}

// Under Vmap each row has a state of its own.
func TestMapped(t *testing.T) {
	p, grads := problem(t, jnp.Float32)
	opt := optim.Chain(optim.ClipByGlobalNorm[params](1.0), optim.Adafactor[params](0.1,
		optim.AdafactorOptions{MinDimSizeToFactor: 2, Momentum: 0.9}))
	both := tree.Stack([]params{p, tree.Scale(2.0, p)})
	s := gojax.Vmap(opt.Init)(both)
	run := func(p params, s state) params {
		type carry struct {
			P params
			S state
		}
		c, _ := lax.Scan(func(c carry, g params) (carry, struct{}) {
			u, s := opt.Update(g, c.S, c.P)
			return carry{optim.Apply(c.P, u), s}, struct{}{}
		}, carry{p, s}, grads)
		return c.P
	}
	got := gojax.Jit(gojax.Vmap(run))(both, s)
	for i := range 2 {
		one := tree.Index(both, i)
		near(t, "a row", row(got, i), row(trained(opt, one, grads), -1), 1e-5)
	}
}
