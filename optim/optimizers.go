package optim

import (
	"github.com/gojax/gojax/jnp"
)

// AdamOptions are the options of Adam and its relatives. Numbers are Go numbers or arrays without axes; nil is the
// default of the function, which its comment has where it is not Adam's.
type AdamOptions struct {
	B1, B2      any       // how much of the first and second moment is kept in a step; nil: 0.9 and 0.999
	Eps         any       // added to the root of the second moment; nil: 1e-8
	EpsRoot     any       // added to the second moment; nil: 0
	MuDType     jnp.DType // of the first moment, such as jnp.BFloat16; unset: the parameters'
	WeightDecay any       // how much of the parameters is taken away in a step, times the rate: a Rate; nil: 0
	Mask        Mask      // which parameters decay; nil: all
	Threshold   any       // of RAdam: the length of the average from which the second moment is used; nil: 5
}

// relative is an optimiser like Adam: what its defaults are, and its rule.
type relative struct {
	b1, b2, eps, epsRoot, weightDecay float64
	nesterov, trust                   bool
	rule                              func(a adam) rule
}

var relatives = map[string]relative{
	"Adam":      {.9, .999, 1e-8, 0, 0, false, false, adam.adam},
	"AdamW":     {.9, .999, 1e-8, 0, 1e-4, false, false, adam.adam},
	"NAdam":     {.9, .999, 1e-8, 0, 0, true, false, adam.adam},
	"NAdamW":    {.9, .999, 1e-8, 0, 1e-4, true, false, adam.adam},
	"AMSGrad":   {.9, .999, 1e-8, 0, 0, false, false, adam.amsgrad},
	"Adamax":    {.9, .999, 1e-8, 0, 0, false, false, adam.adamax},
	"AdaBelief": {.9, .999, 1e-16, 1e-16, 0, false, false, adam.belief},
	"RAdam":     {.9, .999, 1e-8, 0, 0, false, false, adam.radam},
	"Yogi":      {.9, .999, 1e-3, 0, 0, false, false, adam.yogi},
	"Lion":      {.9, .99, 0, 0, 1e-3, false, false, adam.lion},
	"Lamb":      {.9, .999, 1e-6, 0, 0, false, true, adam.adam},
}

// adaptive is the optimiser of that name.
func adaptive[P any](name string, rate any, options []AdamOptions) Transform[P] {
	op := "optim." + name
	r, o := relatives[name], oneOption(op, options)
	a := adam{
		b1: number(op, "B1", o.B1, r.b1), b2: number(op, "B2", o.B2, r.b2),
		eps: number(op, "Eps", o.Eps, r.eps), epsRoot: number(op, "EpsRoot", o.EpsRoot, r.epsRoot),
		threshold: number(op, "Threshold", o.Threshold, 5.0), mu: floatType(op, "MuDType", o.MuDType),
		nesterov: r.nesterov,
	}
	parts := []Transform[P]{leafwise[P](r.rule(a))}
	if by := rateOf(op, "WeightDecay", o.WeightDecay, r.weightDecay); by != 0.0 {
		parts = append(parts, decayed[P](by, o.Mask))
	}
	if r.trust {
		parts = append(parts, leafwise[P](trustRatio(1.0, 0.0)))
	}
	return Chain(append(parts, leafwise[P](scaling(rateOf(op, "rate", rate, nil), -1)))...)
}

// Adam follows a moving average of the gradient, divided by the root of that of its square (Kingma and Ba 2015;
// optax.adam, jax.example_libraries.optimizers.adam). rate is a number or a Schedule. What is added to a parameter is
// -rate · m̂/(√(v̂ + EpsRoot) + Eps), of the moments m and v corrected for their start at 0.
//
// Its State is that of a Chain, of the moments "mu" and "nu" and of the rate; so is that of its relatives.
//
// Options: AdamOptions (B1, B2, Eps, EpsRoot, MuDType, WeightDecay, Mask).
func Adam[P any, R Rate](rate R, options ...AdamOptions) Transform[P] {
	return adaptive[P]("Adam", rate, options)
}

// AdamW is Adam with weight decay that goes beside the moments, not through them (Loshchilov and Hutter 2019;
// optax.adamw). WeightDecay is 1e-4 unless given.
//
// Options: AdamOptions (B1, B2, Eps, EpsRoot, MuDType, WeightDecay, Mask).
func AdamW[P any, R Rate](rate R, options ...AdamOptions) Transform[P] {
	return adaptive[P]("AdamW", rate, options)
}

// NAdam is Adam with Nesterov's momentum (Dozat 2016; optax.nadam).
//
// Options: AdamOptions (B1, B2, Eps, EpsRoot, MuDType, WeightDecay, Mask).
func NAdam[P any, R Rate](rate R, options ...AdamOptions) Transform[P] {
	return adaptive[P]("NAdam", rate, options)
}

// NAdamW is AdamW with Nesterov's momentum (optax.nadamw).
//
// Options: AdamOptions (B1, B2, Eps, EpsRoot, MuDType, WeightDecay, Mask).
func NAdamW[P any, R Rate](rate R, options ...AdamOptions) Transform[P] {
	return adaptive[P]("NAdamW", rate, options)
}

// AMSGrad is Adam with the greatest second moment so far, "nu_max" (Reddi et al. 2018; optax.amsgrad).
//
// Options: AdamOptions (B1, B2, Eps, EpsRoot, MuDType, WeightDecay, Mask).
func AMSGrad[P any, R Rate](rate R, options ...AdamOptions) Transform[P] {
	return adaptive[P]("AMSGrad", rate, options)
}

// Adamax is Adam with a decaying maximum in place of the second moment (Kingma and Ba 2015; optax.adamax, and with
// WeightDecay optax.adamaxw).
//
// Options: AdamOptions (B1, B2, Eps, WeightDecay, Mask).
func Adamax[P any, R Rate](rate R, options ...AdamOptions) Transform[P] {
	return adaptive[P]("Adamax", rate, options)
}

// AdaBelief is Adam with the squares of the gradient's distance from its average (Zhuang et al. 2020;
// optax.adabelief). Eps and EpsRoot are 1e-16 unless given.
//
// Options: AdamOptions (B1, B2, Eps, EpsRoot, WeightDecay, Mask).
func AdaBelief[P any, R Rate](rate R, options ...AdamOptions) Transform[P] {
	return adaptive[P]("AdaBelief", rate, options)
}

// RAdam is Adam whose second moment counts once there is enough of it (Liu et al. 2020; optax.radam).
//
// Options: AdamOptions (B1, B2, Eps, EpsRoot, Threshold, WeightDecay, Mask).
func RAdam[P any, R Rate](rate R, options ...AdamOptions) Transform[P] {
	return adaptive[P]("RAdam", rate, options)
}

// Yogi is Adam whose second moment changes by no more than the square of the gradient (Zaheer et al. 2018;
// optax.yogi). Eps is 1e-3 unless given.
//
// Options: AdamOptions (B1, B2, Eps, WeightDecay, Mask).
func Yogi[P any, R Rate](rate R, options ...AdamOptions) Transform[P] {
	return adaptive[P]("Yogi", rate, options)
}

// Lion follows the sign of a moving average (Chen et al. 2023; optax.lion). B2 is 0.99 and WeightDecay 1e-3 unless
// given; the rate should be some three to ten times smaller than Adam's.
//
// Options: AdamOptions (B1, B2, MuDType, WeightDecay, Mask).
func Lion[P any, R Rate](rate R, options ...AdamOptions) Transform[P] {
	return adaptive[P]("Lion", rate, options)
}

// Lamb is Adam with steps as large, array by array, as the parameters are (You et al. 2020; optax.lamb). Eps is 1e-6
// unless given.
//
// Options: AdamOptions (B1, B2, Eps, EpsRoot, MuDType, WeightDecay, Mask).
func Lamb[P any, R Rate](rate R, options ...AdamOptions) Transform[P] {
	return adaptive[P]("Lamb", rate, options)
}

// MomentumOptions are the options of SGD and LARS.
type MomentumOptions struct {
	Momentum         any       // how much of the sum of earlier gradients is kept; nil: none of SGD, 0.9 of LARS
	Nesterov         bool      // look one step of the momentum ahead
	DType            jnp.DType // of the sum that SGD keeps; unset: the parameters'
	WeightDecay      any       // of LARS, added to the gradient times the parameters: a Rate; nil: 0
	Mask             Mask      // which parameters decay, of LARS; nil: all
	TrustCoefficient any       // of LARS; nil: 0.001
	TrustMask        Mask      // whose steps are as large as the parameters, of LARS; nil: all
	Eps              any       // of LARS, added to the norm of the update; nil: 0
}

// SGD is gradient descent, with momentum if that is given (optax.sgd; momentum and nesterov of
// jax.example_libraries.optimizers). rate is a number or a Schedule.
//
// Options: MomentumOptions (Momentum, Nesterov, DType).
func SGD[P any, R Rate](rate R, options ...MomentumOptions) Transform[P] {
	const op = "optim.SGD"
	o := oneOption(op, options)
	scale := leafwise[P](scaling(rateOf(op, "rate", rate, nil), -1))
	if o.Momentum == nil {
		return Chain(New[P](nil, nil), scale)
	}
	by := number(op, "Momentum", o.Momentum, nil)
	return Chain(leafwise[P](momentum(by, o.Nesterov, floatType(op, "DType", o.DType))), scale)
}

// SignSGD follows the signs of the gradient (Bernstein et al. 2018; optax.sign_sgd).
func SignSGD[P any, R Rate](rate R) Transform[P] {
	return Chain(leafwise[P](rule{step: func(x *leaf) jnp.Array { return jnp.Sign(x.g) }}),
		leafwise[P](scaling(rateOf("optim.SignSGD", "rate", rate, nil), -1)))
}

// LARS is gradient descent with momentum and steps as large, array by array, as the parameters are (You et al. 2017;
// optax.lars).
//
// Options: MomentumOptions (Momentum, Nesterov, WeightDecay, Mask, TrustCoefficient, TrustMask, Eps).
func LARS[P any, R Rate](rate R, options ...MomentumOptions) Transform[P] {
	const op = "optim.LARS"
	o := oneOption(op, options)
	trust := trustRatio(number(op, "TrustCoefficient", o.TrustCoefficient, 1e-3), number(op, "Eps", o.Eps, 0.0))
	return Chain(
		decayed[P](rateOf(op, "WeightDecay", o.WeightDecay, 0.0), o.Mask),
		masked(leafwise[P](trust), o.TrustMask),
		leafwise[P](scaling(rateOf(op, "rate", rate, nil), -1)),
		leafwise[P](momentum(number(op, "Momentum", o.Momentum, 0.9), o.Nesterov, jnp.DType(0))))
}

// SquaresOptions are the options of optimisers that divide by sums or averages of squares alone.
type SquaresOptions struct {
	Decay          any  // how much of the average is kept in a step; nil: 0.9
	Eps            any  // added to the sum or average; nil: 1e-8 of RMSProp, 1e-7 of Adagrad, 1e-6 of Adadelta
	Initial        any  // the sum or average before the first step; nil: 0 of RMSProp, 0.1 of Adagrad
	EpsOutside     bool // Eps is added to the root (eps_in_sqrt=False)
	Centered       bool // the square of the average is taken from the average of squares
	BiasCorrection bool // averages are corrected for their start at 0
	Momentum       any  // how much of the sum of earlier updates is kept; nil: none
	Nesterov       bool // look one step of the momentum ahead
	WeightDecay    any  // of Adadelta, added to the gradient times the parameters: a Rate; nil: 0
	Mask           Mask // which parameters decay, of Adadelta; nil: all
}

// Adagrad divides the gradient by the root of the sum of all its squares (Duchi et al. 2011; optax.adagrad).
// jax.example_libraries.optimizers.adagrad begins at Initial 0 and averages the updates.
//
// Options: SquaresOptions (Initial, Eps).
func Adagrad[P any, R Rate](rate R, options ...SquaresOptions) Transform[P] {
	const op = "optim.Adagrad"
	o := oneOption(op, options)
	return Chain(leafwise[P](rss(number(op, "Initial", o.Initial, 0.1), number(op, "Eps", o.Eps, 1e-7))),
		leafwise[P](scaling(rateOf(op, "rate", rate, nil), -1)))
}

// RMSProp divides the gradient by the root of a moving average of its squares (Tieleman and Hinton 2012;
// optax.rmsprop, rmsprop and rmsprop_momentum of jax.example_libraries.optimizers).
//
// Options: SquaresOptions (Decay, Eps, Initial, EpsOutside, Centered, BiasCorrection, Momentum, Nesterov).
func RMSProp[P any, R Rate](rate R, options ...SquaresOptions) Transform[P] {
	const op = "optim.RMSProp"
	o := oneOption(op, options)
	parts := []Transform[P]{
		leafwise[P](meanSquare(number(op, "Decay", o.Decay, 0.9), number(op, "Eps", o.Eps, 1e-8),
			number(op, "Initial", o.Initial, 0.0), o.Centered, o.EpsOutside, o.BiasCorrection)),
		leafwise[P](scaling(rateOf(op, "rate", rate, nil), -1)),
	}
	if o.Momentum != nil {
		by := number(op, "Momentum", o.Momentum, nil)
		parts = append(parts, leafwise[P](momentum(by, o.Nesterov, jnp.DType(0))))
	}
	return Chain(parts...)
}

// Adadelta scales the gradient by the root of the average square of earlier updates over that of gradients (Zeiler
// 2012; optax.adadelta). A rate of 1 is the paper's.
//
// Options: SquaresOptions (Decay, Eps, WeightDecay, Mask).
func Adadelta[P any, R Rate](rate R, options ...SquaresOptions) Transform[P] {
	const op = "optim.Adadelta"
	o := oneOption(op, options)
	return Chain(decayed[P](rateOf(op, "WeightDecay", o.WeightDecay, 0.0), o.Mask),
		leafwise[P](adadelta(number(op, "Decay", o.Decay, 0.9), number(op, "Eps", o.Eps, 1e-6))),
		leafwise[P](scaling(rateOf(op, "rate", rate, nil), -1)))
}

// SM3 is Adagrad that keeps a vector for each axis instead of all sums of squares (Anil et al. 2019; optax.sm3, sm3 of
// jax.example_libraries.optimizers). The vectors of an array are one after the other in "mu". Momentum is 0.9 unless
// given.
//
// Options: MomentumOptions (Momentum).
func SM3[P any, R Rate](rate R, options ...MomentumOptions) Transform[P] {
	const op = "optim.SM3"
	o := oneOption(op, options)
	return Chain(leafwise[P](sm3(number(op, "Momentum", o.Momentum, 0.9), 1e-8)),
		leafwise[P](scaling(rateOf(op, "rate", rate, nil), -1)))
}

// AdafactorOptions are the options of Adafactor; the fields have the names of optax's keywords.
type AdafactorOptions struct {
	MinDimSizeToFactor int       // the least size of an axis of which means are kept; 0: 128
	NotFactored        bool      // all squares are kept
	DecayRate          any       // the average keeps 1 - t^-DecayRate in step t; nil: 0.8
	DecayOffset        int       // is taken from the number of the step
	NoParameterScale   bool      // steps are not scaled by the size of the parameters
	ClippingThreshold  any       // of the root of the mean square of an update; nil: 1
	NoClipping         bool      // updates are not clipped
	Momentum           any       // how much of an average of updates is kept; nil: there is none
	MomentumDType      jnp.DType // of that average; unset: float32
	WeightDecayRate    any       // how much of the parameters is taken away in a step: a Rate; nil: 0
	Mask               Mask      // which parameters decay; nil: all
	Eps                any       // added to squares; nil: 1e-30
}

// Adafactor divides the gradient by the root of a moving average of squares, of which it keeps, for matrices, the means
// of rows and columns (Shazeer and Stern 2018; optax.adafactor). Steps are scaled by the size of the parameters; a rate
// of 1 stands for none given. Of arrays of more axes the two largest are those of the matrix.
//
// Options: AdafactorOptions (MinDimSizeToFactor, NotFactored, DecayRate, DecayOffset, NoParameterScale,
// ClippingThreshold, NoClipping, Momentum, MomentumDType, WeightDecayRate, Mask, Eps).
func Adafactor[P any, R Rate](rate R, options ...AdafactorOptions) Transform[P] {
	const op = "optim.Adafactor"
	o := oneOption(op, options)
	eps := number(op, "Eps", o.Eps, 1e-30)
	parts := []Transform[P]{leafwise[P](factoredRMS(o, number(op, "DecayRate", o.DecayRate, 0.8), eps))}
	if !o.NoClipping {
		parts = append(parts, leafwise[P](blockRMS(number(op, "ClippingThreshold", o.ClippingThreshold, 1.0))))
	}
	parts = append(parts, leafwise[P](scaling(rateOf(op, "rate", rate, nil), 1)))
	if !o.NoParameterScale {
		parts = append(parts, leafwise[P](byRMS()))
	}
	if o.Momentum != nil {
		d := floatType(op, "MomentumDType", o.MomentumDType)
		if !d.Valid() {
			d = jnp.Float32
		}
		parts = append(parts, leafwise[P](average(number(op, "Momentum", o.Momentum, nil), true, d)))
	}
	return Chain(append(parts, decayed[P](rateOf(op, "WeightDecayRate", o.WeightDecayRate, 0.0), o.Mask),
		leafwise[P](scaling(-1.0, 1)))...)
}
