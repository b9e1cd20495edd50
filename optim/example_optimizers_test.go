package optim_test

import (
	"fmt"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/optim"
)

// descend is where 100 steps from (-1, 1) lead on a long bowl with its minimum at (1, 2).
func descend(opt optim.Transform[jnp.Array]) jnp.Array {
	slope := gojax.Grad(func(p jnp.Array) jnp.Array {
		return jnp.Square(p.Sub(jnp.Arange(1.0, 3.0))).Mul(jnp.FromSlice([]float32{1, 5})).Sum()
	})
	type carry struct {
		P jnp.Array
		S optim.State[jnp.Array]
	}
	p := jnp.FromSlice([]float32{-1, 1})
	end, _ := lax.Scan(func(c carry, _ struct{}) (carry, struct{}) {
		u, s := opt.Update(slope(c.P), c.S, c.P)
		return carry{optim.Apply(c.P, u), s}, struct{}{}
	}, carry{p, opt.Init(p)}, struct{}{}, lax.ScanOptions{Length: 100})
	return end.P.Round(1)
}

func ExampleAdam() {
	type options = optim.AdamOptions
	fmt.Println(descend(optim.Adam[jnp.Array](0.1)), descend(optim.Adam[jnp.Array](0.1, options{B1: 0.5})))
	fmt.Println(descend(optim.NAdam[jnp.Array](0.1)), descend(optim.AMSGrad[jnp.Array](0.1)))
	fmt.Println(descend(optim.Adamax[jnp.Array](0.1)), descend(optim.AdaBelief[jnp.Array](0.1)))
	fmt.Println(descend(optim.RAdam[jnp.Array](0.1)), descend(optim.Yogi[jnp.Array](0.1)))
	// Output:
	// [1. 2.] [1. 2.]
	// [1. 2.] [1. 2.]
	// [1. 2.] [1. 2.]
	// [1. 2.] [1. 2.]
}

func ExampleAdamW() {
	decay := optim.AdamOptions{WeightDecay: 0.1}
	fmt.Println(descend(optim.AdamW[jnp.Array](0.1, decay)), descend(optim.NAdamW[jnp.Array](0.1, decay)))
	down := optim.Linear(0.1, 0, 100)
	fmt.Println(descend(optim.Lion[jnp.Array](down)), descend(optim.Lamb[jnp.Array](down)))
	// Output:
	// [1. 2.] [1. 2.]
	// [1. 2.] [1. 2.]
}

func ExampleSGD() {
	fmt.Println(descend(optim.SGD[jnp.Array](0.1)))
	fmt.Println(descend(optim.SGD[jnp.Array](0.02, optim.MomentumOptions{Momentum: 0.9, Nesterov: true})))
	fmt.Println(descend(optim.SignSGD[jnp.Array](optim.Linear(0.1, 0, 100))))
	fmt.Println(descend(optim.LARS[jnp.Array](1, optim.MomentumOptions{TrustCoefficient: 0.01})))
	// Output:
	// [1. 2.]
	// [1. 2.]
	// [1. 2.]
	// [1. 2.]
}

func ExampleRMSProp() {
	fmt.Println(descend(optim.RMSProp[jnp.Array](0.05, optim.SquaresOptions{Centered: true})))
	fmt.Println(descend(optim.Adagrad[jnp.Array](0.5)), descend(optim.SM3[jnp.Array](0.5)))
	fmt.Println(descend(optim.Adadelta[jnp.Array](1, optim.SquaresOptions{Eps: 1e-3})))
	fmt.Println(descend(optim.Adafactor[jnp.Array](optim.CosineDecay(0.1, 100))))
	// Output:
	// [1. 2.]
	// [1. 2.] [1. 2.]
	// [1. 2.]
	// [1. 2.]
}
