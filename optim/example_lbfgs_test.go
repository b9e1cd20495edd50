package optim_test

import (
	"fmt"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/optim"
)

func ExampleLBFGS() {
	opt := optim.LBFGS[jnp.Array](optim.LBFGSOptions{MemorySize: 5})
	type carry struct {
		P jnp.Array
		S optim.State[jnp.Array]
	}
	p := jnp.FromSlice([]float32{-1.2, 1})
	end, values := lax.Scan(func(c carry, _ struct{}) (carry, jnp.Array) {
		v, g := gojax.ValueAndGrad(rosenbrock)(c.P)
		u, s := opt.UpdateWith(g, c.S, c.P, v, rosenbrock)
		return carry{optim.Apply(c.P, u), s}, v
	}, carry{p, opt.Init(p)}, struct{}{}, lax.ScanOptions{Length: 40})
	fmt.Println(values.Index(jnp.S(0, 3)).Round(1), end.P.Round(3))
	// Output: [24.2 11.3  4.4] [1. 1.]
}
