package optim_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/optim"
)

// rosenbrock has its minimum in a bent valley, at (1, 1).
func rosenbrock(p jnp.Array) jnp.Array {
	x, y := p.Index(0), p.Index(1)
	return jnp.Square(jnp.Sub(1, x)).Add(jnp.Square(y.Sub(jnp.Square(x))).Mul(100))
}

func ExampleValueAndGradFromState() {
	opt := optim.LBFGS[jnp.Array]()
	valueAndGrad := optim.ValueAndGradFromState(rosenbrock)
	p := jnp.FromSlice([]float32{-1.2, 1})
	s := opt.Init(p)
	for range 40 {
		v, g := valueAndGrad(p, s)
		var u jnp.Array
		u, s = opt.UpdateWith(g, s, p, v, rosenbrock)
		p = optim.Apply(p, u)
	}
	fmt.Println(p.Round(3))
	// Output: [1. 1.]
}

func ExampleSearch() {
	// Gradient descent with a step that is long enough.
	opt := optim.Chain(optim.SGD[jnp.Array](1), optim.Search[jnp.Array](optim.Backtracking{MaxSteps: 30}))
	p := jnp.FromSlice([]float32{-1.2, 1})
	g := jnp.FromSlice([]float32{-215.6, -88}) // the gradient at p
	_, s := opt.UpdateWith(g, opt.Init(p), p, rosenbrock(p), rosenbrock)
	fmt.Printf("%.4f %.2f\n", s.Value("learning_rate").Item(), s.Value("value").Item())
	// Output: 0.0115 13.15
}
