package optim_test

import (
	"fmt"
	"math"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/optim"
)

// once is what t makes of the gradient g at the parameters p, in the first step.
func once[P any](t optim.Transform[P], g, p P) P {
	u, _ := t.Update(g, t.Init(p), p)
	return u
}

func ExampleClipByGlobalNorm() {
	type Params struct{ W, B jnp.Array }
	g := Params{jnp.FromSlice([]float32{3, 0}), jnp.FromSlice([]float32{4})}
	u := once(optim.ClipByGlobalNorm[Params](1.0), g, g)
	fmt.Println(u.W, u.B)
	// Output: [0.6 0. ] [0.8]
}

func ExampleClip() {
	g, p := jnp.FromSlice([]float32{3, -4, 0.5}), jnp.FromSlice([]float32{1, 10, -1})
	fmt.Println(once(optim.Clip[jnp.Array](1.0), g, p))
	fmt.Println(once(optim.ClipByBlockRMS[jnp.Array](1.0), g, p).Round(3))
	fmt.Println(once(optim.WeightDecay[jnp.Array](0.1), g, p))
	fmt.Println(once(optim.KeepParamsNonNegative[jnp.Array](), g, p))
	fmt.Println(once(optim.SetToZero[jnp.Array](), g, p))
	fmt.Println(once(optim.Centralize[jnp.Array](), jnp.Arange(4.0).Reshape(2, 2), jnp.Ones(2, 2)))
	fmt.Println(once(optim.ZeroNaNs[jnp.Array](), jnp.Full([]int{1}, math.NaN()), jnp.Ones(1)))
	// Output:
	// [ 1.  -1.   0.5]
	// [ 1.034 -1.379  0.172]
	// [ 3.1 -3.   0.4]
	// [ 3. -4.  1.]
	// [0. 0. 0.]
	// [[-0.5  0.5]
	//  [-0.5  0.5]]
	// [0.]
}

func ExampleEMA() {
	ema := optim.EMA[jnp.Array](0.9) // of parameters here
	s := ema.Init(jnp.Zeros())
	var mean jnp.Array
	for _, p := range []float64{1, 2, 3} {
		mean, s = ema.Update(jnp.AsArray(p), s, jnp.Zeros())
	}
	fmt.Printf("%.4f\n", mean.Item())
	// Output: 2.0701
}

func ExampleMasked() {
	type Params struct{ W, B jnp.Array }
	p := Params{jnp.Ones(2, 2), jnp.Ones(2)}
	decay := optim.Masked(optim.WeightDecay[Params](0.5), func(_ string, p jnp.Array) bool { return p.NDim() > 1 })
	u := once(decay, p, p)
	fmt.Println(u.W.Index(0), u.B)

	frozen := once(optim.Freeze[Params](func(path string, _ jnp.Array) bool { return path == ".W" }), p, p)
	fmt.Println(frozen.W.Index(0), frozen.B)
	// Output:
	// [1.5 1.5] [1. 1.]
	// [0. 0.] [1. 1.]
}

func ExamplePartition() {
	type Params struct{ Encoder, Head jnp.Array }
	opt := optim.Partition(func(path string, _ jnp.Array) string { return path },
		map[string]optim.Transform[Params]{
			".Encoder": optim.SGD[Params](1e-3), ".Head": optim.SGD[Params](0.1)})
	g := Params{jnp.Ones(2), jnp.Ones(2)}
	u := once(opt, g, g)
	fmt.Println(u.Encoder, u.Head)
	// Output: [-0.001 -0.001] [-0.1 -0.1]
}

func ExampleAccumulate() {
	opt := optim.Accumulate(optim.SGD[jnp.Array](1), 2)
	s := opt.Init(jnp.Zeros())
	for _, g := range []float64{1, 3, 5, 5} {
		var u jnp.Array
		u, s = opt.Update(jnp.AsArray(g), s, jnp.Zeros())
		fmt.Print(u, " ")
	}
	fmt.Println()
	// Output: 0.0 -2.0 0.0 -5.0
}

func ExampleApplyIfFinite() {
	opt := optim.ApplyIfFinite(optim.SGD[jnp.Array](1), 5)
	s := opt.Init(jnp.Zeros())
	for _, g := range []float64{1, math.Inf(1)} {
		var u jnp.Array
		u, s = opt.Update(jnp.AsArray(g), s, jnp.Zeros())
		fmt.Println(u, s.Count, s.Value("last_finite"))
	}
	// Output:
	// -1.0 0 True
	// 0.0 1 False
}
