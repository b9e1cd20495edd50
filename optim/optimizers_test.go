package optim_test

import (
	"maps"
	"math"
	"slices"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/optim"
	"github.com/gojax/gojax/tests/fails"
	"github.com/gojax/gojax/tree"
)

type transform = optim.Transform[params]

func matrix(_ string, p array) bool { return p.NDim() > 1 }

// cases are optax's of testdata/make.py, by the names that they have there.
func cases() map[string]transform {
	type (
		adam = optim.AdamOptions
		mom  = optim.MomentumOptions
		sqs  = optim.SquaresOptions
		fac  = optim.AdafactorOptions
	)
	cosine, falling := optim.CosineDecay(0.3, 6), optim.Linear(0.1, 0.01, 5)
	sgd := optim.SGD[params, float64]
	adam01 := optim.Adam[params](0.1)
	return map[string]transform{
		"sgd":               sgd(0.1),
		"sgd cosine":        optim.SGD[params](cosine),
		"sgd momentum":      sgd(0.1, mom{Momentum: 0.9}),
		"sgd nesterov":      sgd(0.1, mom{Momentum: 0.9, Nesterov: true}),
		"sgd bfloat16":      sgd(0.1, mom{Momentum: 0.9, DType: jnp.BFloat16}),
		"sign_sgd":          optim.SignSGD[params](0.1),
		"adam":              adam01,
		"adam numbers":      optim.Adam[params](0.1, adam{B1: 0.8, B2: 0.95, Eps: 1e-3, EpsRoot: 1e-4}),
		"adam schedule":     optim.Adam[params](falling),
		"adam bfloat16":     optim.Adam[params](0.1, adam{MuDType: jnp.BFloat16}),
		"nadam":             optim.NAdam[params](0.1),
		"adamw":             optim.AdamW[params](0.1),
		"adamw decay":       optim.AdamW[params](0.1, adam{WeightDecay: 0.3}),
		"adamw mask":        optim.AdamW[params](0.1, adam{WeightDecay: 0.3, Mask: matrix}),
		"adamw schedules":   optim.AdamW[params](cosine, adam{WeightDecay: falling}),
		"nadamw":            optim.NAdamW[params](0.1, adam{WeightDecay: 0.2}),
		"amsgrad":           optim.AMSGrad[params](0.1, adam{B2: 0.5}),
		"adamax":            optim.Adamax[params](0.1, adam{B2: 0.9}),
		"adamaxw":           optim.Adamax[params](0.1, adam{WeightDecay: 0.2}),
		"adabelief":         optim.AdaBelief[params](0.1),
		"adabelief numbers": optim.AdaBelief[params](0.1, adam{B1: 0.7, B2: 0.9, Eps: 1e-4, EpsRoot: 1e-5}),
		"radam":             optim.RAdam[params](0.1),
		"radam threshold":   optim.RAdam[params](0.1, adam{B2: 0.9, Threshold: 4.5}),
		"yogi":              optim.Yogi[params](0.1),
		"lion":              optim.Lion[params](0.1),
		"lion numbers":      optim.Lion[params](0.1, adam{B1: 0.5, B2: 0.7, WeightDecay: 0.1}),
		"lamb":              optim.Lamb[params](0.1),
		"lamb decay":        optim.Lamb[params](0.1, adam{WeightDecay: 0.1}),
		"lars":              optim.LARS[params](0.1),
		"lars numbers": optim.LARS[params](0.1, mom{WeightDecay: 0.1, Mask: matrix, TrustCoefficient: 0.5, Eps: 1e-3,
			TrustMask: matrix, Momentum: 0.5, Nesterov: true}),
		"adagrad":          optim.Adagrad[params](0.1),
		"adagrad numbers":  optim.Adagrad[params](0.1, sqs{Initial: 0, Eps: 1e-2}),
		"rmsprop":          optim.RMSProp[params](0.1),
		"rmsprop centered": optim.RMSProp[params](0.1, sqs{Decay: 0.8, Initial: 1, Centered: true}),
		"rmsprop outside":  optim.RMSProp[params](0.1, sqs{Eps: 1e-3, EpsOutside: true, BiasCorrection: true}),
		"rmsprop all": optim.RMSProp[params](0.1, sqs{Eps: 1e-3, Initial: 0.5, Centered: true, BiasCorrection: true,
			Momentum: 0.8, Nesterov: true}),
		"adadelta":           optim.Adadelta[params](1),
		"adadelta numbers":   optim.Adadelta[params](0.5, sqs{Decay: 0.7, Eps: 1e-3, WeightDecay: 0.1}),
		"adafactor":          optim.Adafactor[params](0.1),
		"adafactor factored": optim.Adafactor[params](0.1, fac{MinDimSizeToFactor: 2}),
		"adafactor numbers": optim.Adafactor[params](0.1, fac{MinDimSizeToFactor: 2, DecayRate: 0.6, DecayOffset: -2,
			NoParameterScale: true, ClippingThreshold: 0.5, Momentum: 0.7, WeightDecayRate: 0.01, Eps: 1e-6}),
		"adafactor plain": optim.Adafactor[params](cosine, fac{MinDimSizeToFactor: 2, NotFactored: true,
			NoClipping: true}),
		"clip":                optim.Chain(optim.Clip[params](0.5), sgd(0.1)),
		"clip_by_global_norm": optim.Chain(optim.ClipByGlobalNorm[params](1.0), adam01),
		"clip_by_block_rms":   optim.Chain(optim.ClipByBlockRMS[params](0.5), sgd(0.1)),
		"centralize":          optim.Chain(optim.Centralize[params](), sgd(0.1)),
		"add_decayed_weights": optim.Chain(optim.WeightDecay[params](0.1, matrix), sgd(0.1)),
		"ema":                 optim.Chain(optim.EMA[params](0.9), sgd(0.1)),
		"ema biased": optim.Chain(optim.EMA[params](0.9, optim.EMAOptions{Biased: true, DType: jnp.BFloat16}),
			sgd(0.1)),
		"keep_params_nonnegative": optim.Chain(sgd(0.3), optim.KeepParamsNonNegative[params]()),
		"multi_steps":             optim.Accumulate(adam01, 3),
		"multi_steps sum":         optim.Accumulate(optim.SGD[params](falling), 2, optim.AccumulateOptions{Sum: true}),
		"multi_steps schedule":    optim.Accumulate(sgd(0.1), func(n array) array { return n.Add(1) }),
		"apply_if_finite":         optim.ApplyIfFinite(adam01, 2),
		"masked":                  optim.Masked(adam01, matrix),
		"partition": optim.Partition(func(path string, p array) string {
			if p.NDim() > 1 {
				return "m"
			}
			return "v"
		}, map[string]transform{"m": adam01, "v": sgd(0.2, mom{Momentum: 0.5})}),
		"freeze": optim.Chain(adam01, optim.Freeze[params](func(path string, _ array) bool { return path == ".B" })),
		"chain": optim.Chain(optim.ClipByGlobalNorm[params](0.7), optim.WeightDecay[params](0.1),
			optim.Adam[params](-1), optim.Scale[params](cosine), optim.Scale[params](-1)),
		"no search": optim.LBFGS[params](optim.LBFGSOptions{Rate: 0.1, MemorySize: 3, NoLineSearch: true}),
		"no search unscaled": optim.LBFGS[params](optim.LBFGSOptions{Rate: 0.1, MemorySize: 2,
			NoScaleInitPrecond: true, NoLineSearch: true}),

		"jax momentum": sgd(0.1, mom{Momentum: 0.9}),
		"jax nesterov": sgd(0.1, mom{Momentum: 0.9, Nesterov: true}),
		"jax adagrad": optim.Chain(optim.Adagrad[params](-1, sqs{Initial: 0, Eps: 0}),
			optim.EMA[params](0.9, optim.EMAOptions{Biased: true}), optim.Scale[params](-0.1)),
		"jax rmsprop":          optim.RMSProp[params](0.1),
		"jax rmsprop_momentum": optim.RMSProp[params](0.1, sqs{Momentum: 0.9}),
		"jax adam":             adam01,
		"jax sm3":              optim.SM3[params](0.1),
	}
}

// loose are the cases that optax computes in part in less than float64.
var loose = map[string]float64{"adafactor": 1e-6, "adafactor factored": 1e-6, "adafactor numbers": 1e-6,
	"adafactor plain": 1e-6, "jax sm3": 1e-7, "adam schedule": 1e-8, "adamw schedules": 1e-8, "multi_steps sum": 1e-8}

// Every optimiser gives optax's numbers in float64, and the same in float32 to its rounding. All are one program: a
// scan over the steps that carries the states.
func TestOptax(t *testing.T) {
	want := optax(t)
	check := func(d jnp.DType, names []string, tol func(name string) float64) {
		p, grads := problem(t, d)
		got := gojax.Jit(func(p, grads params) map[string]params {
			out := map[string]params{}
			for _, name := range names {
				out[name] = trained(cases()[name], p, grads)
			}
			return out
		})(p, grads)
		for _, name := range slices.Sorted(maps.Keys(got)) {
			w, ok := want[name]
			if !ok {
				t.Errorf("optax has no case %q", name)
				continue
			}
			steps := got[name]
			if e := steps.B.DType(); e != d {
				t.Errorf("%s gives %v for %v", name, e, d)
			}
			near(t, name+", first step, "+d.String(), row(steps, 0), w.First, tol(name))
			near(t, name+", last step, "+d.String(), row(steps, -1), w.Last, tol(name))
		}
	}
	gojax.WithX64(true, func() {
		check(jnp.Float64, slices.Sorted(maps.Keys(cases())), func(name string) float64 {
			return max(1e-12, loose[name])
		})
	})()
	few := []string{"adamw schedules", "adafactor numbers", "rmsprop all", "lars numbers", "multi_steps", "partition",
		"no search", "adam bfloat16"}
	check(jnp.Float32, few, func(name string) float64 {
		if name == "adam bfloat16" { // another rounding of a moment
			return 2e-2
		}
		return 2e-5
	})
	for name, l := range want {
		if _, ok := cases()[name]; !ok && l.Last != nil && l.Rates == nil {
			t.Errorf("optax's case %q is not tried", name)
		}
	}
}

// Called eagerly an update is one program, whatever the rate.
func TestEagerly(t *testing.T) {
	p, grads := problem(t, jnp.Float32)
	g := tree.Index(grads, 0)
	w := optax(t)["adam"].First
	step := func(opt transform) params {
		u, _ := opt.Update(g, opt.Init(p), p)
		return optim.Apply(p, u)
	}
	got := step(optim.Adam[params](0.1))
	near(t, "the first step", row(tree.Stack([]params{got}), 0), w, 2e-6)
	before := gojax.Compilations()
	step(optim.Adam[params](0.2, optim.AdamOptions{B1: 0.5}))
	step(optim.Adam[params](jnp.Creation{DType: jnp.Float32}.AsArray(0.3)))
	if n := gojax.Compilations() - before; n > 1 { // the program with the rate as an array
		t.Errorf("%d more compilations", n)
	}
}

// Rates may be traced: mapped here, and differentiated.
func TestTracedRates(t *testing.T) {
	p, grads := problem(t, jnp.Float32)
	final := func(rate array) array { return tree.Sum(tree.Index(trained(optim.AdamW[params](rate), p, grads), -1)) }
	rates := jnp.FromSlice([]float32{0.05, 0.1})
	ys := gojax.Jit(gojax.Vmap(final))(rates)
	near(t, "the second of two rates", host(ys.Index(1)), []float64{sum(optax(t)["adamw"].Last)}, 1e-4)
	slope := host(ys.Index(1))[0] - host(ys.Index(0))[0]
	near(t, "the derivative", host(gojax.Grad(final)(jnp.AsArray(0.075))), []float64{slope / 0.05}, 1e-2)
}

func sum(x []float64) (s float64) {
	for _, v := range x {
		s += v
	}
	return s
}

// The moments have the dtypes that are asked for; low precision, complex numbers and arrays without elements work.
func TestDTypes(t *testing.T) {
	opt := optim.Adam[map[string]array](0.1, optim.AdamOptions{MuDType: jnp.BFloat16})
	p := map[string]array{"half": jnp.Creation{DType: jnp.BFloat16}.Ones(2), "none": jnp.Zeros(0),
		"complex": jnp.FromSlice([]complex64{1 + 1i})}
	u, s := opt.Update(p, opt.Init(p), p)
	if d := s.Tree("mu")["half"].DType(); d != jnp.BFloat16 {
		t.Errorf("mu is %v", d)
	}
	if d := s.Tree("nu")["none"].DType(); d != jnp.Float32 {
		t.Errorf("nu is %v", d)
	}
	p = optim.Apply(p, u)
	if d := p["half"].DType(); d != jnp.BFloat16 {
		t.Errorf("the parameters are %v", d)
	}
	z := p["complex"].Index(0) // both parts went the way of the sign: by 0.1/√2
	near(t, "a complex parameter", append(host(z.Real()), host(z.Imag())...),
		slices.Repeat([]float64{1 - 0.1/math.Sqrt2}, 2), 1e-5)
	if p["none"].Size() != 0 {
		t.Errorf("it has %v", p["none"])
	}
}

func TestOptimizersRefuse(t *testing.T) {
	fails.With(t, func() { optim.Adam[params](jnp.Ones(2)) }, "optim.Adam", "rate is float32[2]", "a number")
	fails.With(t, func() { optim.Adam[params](0.1, optim.AdamOptions{B1: "0.9"}) }, "optim.Adam", "B1 is a string")
	fails.With(t, func() { optim.Lion[params](0.1, optim.AdamOptions{}, optim.AdamOptions{}) }, "optim.Lion",
		"takes one")
	fails.With(t, func() { optim.SGD[params](optim.Schedule(nil)) }, "optim.SGD", "rate is a")
	fails.With(t, func() { optim.SGD[params](0.1, optim.MomentumOptions{Momentum: 1, DType: jnp.Int32}) }, "optim.SGD",
		"DType is int32")
	fails.With(t, func() { optim.LBFGS[params](optim.LBFGSOptions{MemorySize: -1}) }, "optim.LBFGS", "MemorySize is -1")
}
