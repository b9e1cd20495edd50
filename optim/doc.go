// Package optim has gradient descent in its many forms: what optax has for JAX. An optimiser is a Transform of the type
// of the parameters, any tree of arrays, and keeps what it must remember in a State, which is a tree too: training is a
// function of parameters and state, to be jitted, scanned and mapped like any other.
//
//	opt := optim.Adam[Params](optim.WarmupCosine(3e-3, 20, 500))
//	s := opt.Init(p)
//	step := gojax.Jit(func(p Params, s optim.State[Params], x, y jnp.Array) (Params, optim.State[Params]) {
//		g := gojax.Grad(func(p Params) jnp.Array { return loss(p, x, y) })(p)
//		u, s := opt.Update(g, s, p)
//		return optim.Apply(p, u), s
//	})
//
// Five functions are used most: Adam (AdamW with weight decay), SGD, Chain, with ClipByGlobalNorm before an optimiser,
// Apply, and WarmupCosine among the schedules. LBFGS, with a line search, is for what is not stochastic; UpdateWith
// gives it the objective.
//
// # Rates and other numbers
//
// A rate is a Go number, an array without axes, which may be traced, or a Schedule, a function of the number of steps
// so far. Other numbers are Go numbers or arrays. Go numbers are weakly typed, as everywhere: float32, bfloat16 and,
// with 64-bit types on, float64 parameters stay what they are. Adam(-1) and its like are optax's scale_by_adam: they
// end in a factor of 1.
//
// # Options
//
// What has a default in optax is a field of a struct that may be left out: optim.Adam[Params](1e-3,
// optim.AdamOptions{B1: 0.95}). A nil field is the default; the names are optax's, where a comment does not say others.
//
//	options            of                                  fields
//	AccumulateOptions  Accumulate                          Sum, DType
//	AdafactorOptions   Adafactor                           MinDimSizeToFactor, NotFactored, DecayRate, DecayOffset,
//	                                                       NoParameterScale, ClippingThreshold, NoClipping, Momentum,
//	                                                       MomentumDType, WeightDecayRate, Mask, Eps
//	AdamOptions        Adam, AdamW, NAdam, NAdamW,         B1, B2, Eps, EpsRoot, MuDType, WeightDecay, Mask,
//	                   AMSGrad, Adamax, AdaBelief, RAdam,  Threshold
//	                   Yogi, Lion, Lamb
//	EMAOptions         EMA                                 Biased, DType
//	LBFGSOptions       LBFGS                               Rate, MemorySize, NoScaleInitPrecond, LineSearch,
//	                                                       NoLineSearch
//	MomentumOptions    SGD, LARS, SM3                      Momentum, Nesterov, DType, WeightDecay, Mask,
//	                                                       TrustCoefficient, TrustMask, Eps
//	OneCycleOptions    LinearOneCycle, CosineOneCycle      Start, Final, DivFactor, FinalDivFactor
//	ScheduleOptions    the other schedules                 Init, End, Alpha, Exponent, Begin, Staircase
//	SquaresOptions     Adagrad, RMSProp, Adadelta          Decay, Eps, Initial, EpsOutside, Centered, BiasCorrection,
//	                                                       Momentum, Nesterov, WeightDecay, Mask
//
// # Making one's own
//
// Chain puts transformations together, as the optimisers here are: Chain(ClipByGlobalNorm[P](1), Adam[P](-1),
// WeightDecay[P](0.1), Scale[P](-1e-3)). Masked, Freeze and Partition choose parameters by their paths and shapes,
// Accumulate and ApplyIfFinite choose steps, and New makes a Transform of two functions.
package optim
