package optimize_test

import (
	"math"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/scipy/optimize"
	"github.com/gojax/gojax/tests/fails"
)

// systems are those of testdata.
var systems = map[string]func(x array) array{
	"system": func(x array) array {
		a, b := x.Index(0), x.Index(1)
		return jnp.Stack([]array{a.Mul(jnp.Cos(b)).Sub(4), a.Mul(b).Sub(b).Sub(5)})
	},
	"broyden": func(x array) array {
		zero := jnp.Zeros(1)
		left := jnp.Concatenate([]array{zero, x.Index(jnp.S(nil, -1))})
		right := jnp.Concatenate([]array{x.Index(jnp.S(1, nil)), zero})
		return jnp.Sub(3, x.Mul(2)).Mul(x).Sub(left).Sub(right.Mul(2)).Add(1)
	},
	"chandrasekhar": func(x array) array {
		a, b := x.Index(0), x.Index(1)
		return jnp.Stack([]array{jnp.Square(a).Add(jnp.Square(b)).Sub(4), jnp.Exp(a).Add(b).Sub(1)})
	},
}

func TestRootFindsSciPys(t *testing.T) {
	gojax.WithX64(true, func() {
		for _, w := range figures(t, "root") {
			r := optimize.Root(systems[w.Name], jnp.FromSlice(w.X0))
			near(t, w.Name, r.X, w.X, 1e-11)
			near(t, w.Name+": the function", r.Fun, make([]float64, len(w.X)), 1e-11)
			is(t, w.Name+": success", r.Success, 1)
			is(t, w.Name+": the status", r.Status, 1)
		}
	})()
}

type plane struct{ X, Y array }

// circle meets the line y = s x, from the origin, at x = r / √(1 + s²).
func circle(r, s array) func(p plane) plane {
	return func(p plane) plane {
		return plane{jnp.Square(p.X).Add(jnp.Square(p.Y)).Sub(jnp.Square(r)), p.Y.Sub(s.Mul(p.X))}
	}
}

func TestRootOfTrees(t *testing.T) {
	at := func(r, s array) array {
		return optimize.Root(circle(r, s), plane{jnp.AsArray(1.0), jnp.AsArray(1.0)}).X.X
	}
	rs, ss := jnp.FromSlice([]float32{1, 2, 5}), jnp.FromSlice([]float32{0, 1, 2})
	near(t, "x", gojax.Jit(gojax.Vmap(at))(rs, ss), []float64{1, math.Sqrt2, math.Sqrt(5)}, 1e-4)
	dr := gojax.Jit(gojax.Vmap(gojax.Grad2(at)))(rs, ss)
	near(t, "dx/dr", dr, []float64{1, math.Sqrt(.5), math.Sqrt(.2)}, 1e-4)
	_, ds := gojax.JVP(func(s array) array { return at(rs.Index(1), s) }, ss.Index(1), jnp.OnesLike(ss.Index(1)))
	near(t, "dx/ds", ds, []float64{-2 * math.Pow(2, -1.5)}, 1e-4)
	gojax.WithX64(true, func() {
		r, s := jnp.AsArray(2.0), jnp.AsArray(1.0)
		d2 := gojax.Grad(gojax.Grad(func(s array) array { return at(r, s) }))(s)
		near(t, "d²x/ds²", d2, []float64{2 * (3*math.Pow(2, -2.5) - math.Pow(2, -1.5))}, 1e-9)
	})()
}

func TestRootSaysWhatFailed(t *testing.T) {
	r := optimize.Root(func(x array) array { return jnp.Square(x).Add(1) }, jnp.FromSlice([]float32{3, 2}))
	is(t, "success where there is no root", r.Success, 0)
	is(t, "the status", r.Status, 4)
	r = optimize.Root(systems["system"], jnp.Ones(2), optimize.RootOptions{MaxIter: 2})
	is(t, "the status after MaxIter", r.Status, 2)
	// A singular Jacobian, at the start and at the root.
	r = optimize.Root(func(x array) array { return jnp.Square(x) }, jnp.FromSlice([]float32{0, 1}))
	near(t, "a double root", r.X, []float64{0, 0}, 1e-2)
}

func TestRootRefuses(t *testing.T) {
	same := func(x array) array { return x }
	three := func(x array) array { return jnp.Ones(3) }
	for _, row := range []struct {
		f    func()
		want string
	}{
		{func() { optimize.Root(nil, jnp.Ones(1)) }, "the function is nil"},
		{func() { optimize.Root(three, jnp.Ones(2)) }, "as many equations as unknowns"},
		{func() { optimize.Root(func(x []array) []array { return nil }, []array{jnp.Ones(2)}) }, "another structure"},
		{func() { optimize.Root(same, jnp.Ones(1), optimize.RootOptions{XTol: -1}) }, "XTol"},
	} {
		fails.With(t, row.f, "optimize.Root", row.want)
	}
}
