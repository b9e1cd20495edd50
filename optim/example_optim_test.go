package optim_test

import (
	"fmt"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/optim"
	"github.com/gojax/gojax/random"
	"github.com/gojax/gojax/tree"
)

// Logistic regression: 200 steps of AdamW in one compiled loop.
func Example() {
	type Params struct{ W, B jnp.Array }
	x := random.Normal(random.Key(0), 500, 3)
	y := x.MatMul(jnp.FromSlice([]float32{2, -1, 0.5})).Add(0.3).Gt(0)

	loss := func(p Params) jnp.Array {
		z := x.MatMul(p.W).Add(p.B)
		return jnp.LogAddExp(0, jnp.Where(y, z.Neg(), z)).Mean()
	}
	opt := optim.Chain(optim.ClipByGlobalNorm[Params](1.0),
		optim.AdamW[Params](optim.WarmupCosine(0.1, 20, 200), optim.AdamOptions{WeightDecay: 1e-3}))

	type carry struct {
		P Params
		S optim.State[Params]
	}
	train := gojax.Jit(func(p Params) (Params, jnp.Array) {
		end, losses := lax.Scan(func(c carry, _ struct{}) (carry, jnp.Array) {
			l, g := gojax.ValueAndGrad(loss)(c.P)
			u, s := opt.Update(g, c.S, c.P)
			return carry{optim.Apply(c.P, u), s}, l
		}, carry{p, opt.Init(p)}, struct{}{}, lax.ScanOptions{Length: 200})
		return end.P, losses
	})
	p, losses := train(Params{jnp.Zeros(3), jnp.Zeros()})
	right := x.MatMul(p.W).Add(p.B).Gt(0).Eq(y).AsType(jnp.Float32).Mean()
	fmt.Printf("%.3f %.3f %v\n", losses.Index(0).Item(), losses.Index(-1).Item(), right.Item() > 0.98)
	// Output: 0.693 0.133 true
}

func ExampleTransform_Update() {
	opt := optim.SGD[jnp.Array](0.1, optim.MomentumOptions{Momentum: 0.9})
	p := jnp.FromSlice([]float32{1, -2})
	s := opt.Init(p)
	for range 3 {
		g := p.Mul(2) // the gradient of |p|²
		var u jnp.Array
		u, s = opt.Update(g, s, p)
		p = optim.Apply(p, u)
	}
	fmt.Println(p.Round(3), s.Tree("trace"))
	// Output: [ 0.062 -0.124] [ 3.98 -7.96]
}

func ExampleState_Value() {
	opt := optim.Accumulate(optim.Adam[jnp.Array](0.1), 2)
	s := opt.Init(jnp.Ones(2))
	for range 5 {
		_, s = opt.Update(jnp.Ones(2), s, jnp.Ones(2))
	}
	fmt.Println(s.Value("gradient_step"), s.Count, s.Tree("acc_grads"))
	// Output: 2 1 [1. 1.]
}

func ExampleNew() {
	// Normalised gradients: every step has length 1, times the rate.
	normalised := optim.New(nil, func(g jnp.Array, s optim.State[jnp.Array], _ optim.At[jnp.Array]) (jnp.Array,
		optim.State[jnp.Array]) {
		return tree.Scale(jnp.Div(1, tree.Norm(g)), g), s
	})
	opt := optim.Chain(normalised, optim.Scale[jnp.Array](-0.5))
	p := jnp.FromSlice([]float32{3, 4})
	u, _ := opt.Update(p, opt.Init(p), p)
	fmt.Println(u)
	// Output: [-0.3 -0.4]
}

func ExampleIncrementalUpdate() {
	fmt.Println(optim.IncrementalUpdate(jnp.FromSlice([]float32{1, 2}), jnp.Zeros(2), 0.25))
	// Output: [0.25 0.5 ]
}
