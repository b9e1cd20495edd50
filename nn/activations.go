package nn

import (
	"math"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/trace"
)

type array = jnp.Array

// apply is f of x, run eagerly as one program that op and params tell from others.
func apply(op string, params any, x array, f func(x array) array) array {
	return jnp.Build(op, params, []*trace.Value{jnp.Lift(op, x)}, func(in []*trace.Value) *trace.Value {
		return f(jnp.Wrap(in[0])).TraceValue()
	})
}

// float is apply for a function of floating-point numbers, to which x is brought.
func float(op string, params any, x array, f func(x array) array) array {
	return jnp.Elementwise(op, params, func(in []*trace.Value) *trace.Value { return f(jnp.Wrap(in[0])).TraceValue() }, x)
}

// optional is the one optional argument of op, or its default.
func optional(op, what string, v []float64, otherwise float64) float64 {
	switch len(v) {
	case 0:
		return otherwise
	case 1:
		return v[0]
	}
	trace.Fail(op, nil, "takes one %s, not %d", what, len(v))
	return 0
}

// Relu is max(x, 0), of x's dtype. Its derivative at 0 is 0.
func Relu(x array) array {
	return apply("nn.Relu", nil, x, relu)
}

func relu(x array) array {
	// Not a maximum, whose derivative at a tie is 1/2.
	return jnp.Where(x.Le(0), jnp.ZerosLike(x), x)
}

// Relu6 is min(max(x, 0), 6).
func Relu6(x array) array {
	return apply("nn.Relu6", nil, x, relu6)
}

func relu6(x array) array {
	// Not a minimum and a maximum, whose derivatives at 0 and 6 are 1/2.
	return jnp.Where(x.Le(0), 0, jnp.Where(x.Ge(6), 6.0, x))
}

// Sigmoid is 1/(1+exp(-x)), of floating-point or complex x.
func Sigmoid(x array) array {
	return apply("nn.Sigmoid", nil, x, sigmoid)
}

func sigmoid(x array) array { return jnp.Wrap(lax.Logistic(x.TraceValue())) }

// LogSigmoid is log(Sigmoid(x)).
func LogSigmoid(x array) array {
	return float("nn.LogSigmoid", nil, x, func(x array) array { return softplus(x.Neg()).Neg() })
}

// Softplus is log(1+exp(x)).
func Softplus(x array) array {
	return float("nn.Softplus", nil, x, softplus)
}

func softplus(x array) array { return jnp.LogAddExp(x, 0) }

// SoftSign is x/(|x|+1).
func SoftSign(x array) array {
	return float("nn.SoftSign", nil, x, func(x array) array { return x.Div(x.Abs().Add(1)) })
}

// Silu is x·Sigmoid(x), also called swish, of floating-point or complex x.
func Silu(x array) array {
	return apply("nn.Silu", nil, x, func(x array) array { return x.Mul(sigmoid(x)) })
}

// Swish is Silu.
func Swish(x array) array { return Silu(x) }

// Elu is x where x > 0, else alpha·(exp(x)-1); alpha is 1 unless given.
func Elu(x array, alpha ...float64) array {
	a := optional("nn.Elu", "alpha", alpha, 1)
	return apply("nn.Elu", a, x, func(x array) array { return elu(x, a) })
}

func elu(x array, alpha float64) array {
	up := x.Gt(0)
	// The safe operand keeps the derivative of what is not taken from overflowing.
	return jnp.Where(up, x, jnp.Expm1(jnp.Where(up, 0.0, x)).Mul(alpha))
}

// Celu is max(x, 0) + alpha·(exp(min(x, 0)/alpha)-1); alpha is 1 unless given.
func Celu(x array, alpha ...float64) array {
	a := optional("nn.Celu", "alpha", alpha, 1)
	return apply("nn.Celu", a, x, func(x array) array {
		return jnp.Maximum(x, 0.0).Add(jnp.Expm1(jnp.Minimum(x, 0.0).Div(a)).Mul(a))
	})
}

// Selu is the scaled Elu that keeps mean and variance (Klambauer and others, Self-normalizing neural networks, 2017).
func Selu(x array) array {
	const alpha, scale = 1.6732632423543772848170429916717, 1.0507009873554804934193349852946
	return apply("nn.Selu", nil, x, func(x array) array { return elu(x, alpha).Mul(scale) })
}

// Gelu is x times the normal distribution function of x, by the usual approximation with tanh; see GeluExact.
func Gelu(x array) array {
	return float("nn.Gelu", nil, x, func(x array) array {
		inner := x.Add(x.Pow(3).Mul(0.044715)).Mul(math.Sqrt(2 / math.Pi))
		return strong(x.Mul(jnp.Tanh(inner).Add(1).Mul(0.5)))
	})
}

// GeluExact is x times the normal distribution function of x: jax.nn.gelu(x, approximate=False).
func GeluExact(x array) array {
	return float("nn.GeluExact", nil, x, func(x array) array {
		return strong(x.Mul(0.5).Mul(jnp.Wrap(lax.Erfc(x.Neg().Mul(math.Sqrt(0.5)).TraceValue()))))
	})
}

// strong is x, no longer weakly typed.
func strong(x array) array { return x.AsType(x.DType()) }

// LeakyRelu is x where x >= 0, else slope·x; the slope is 0.01 unless given.
func LeakyRelu(x array, slope ...float64) array {
	s := optional("nn.LeakyRelu", "slope", slope, 0.01)
	return apply("nn.LeakyRelu", s, x, func(x array) array { return jnp.Where(x.Ge(0), x, x.Mul(s)) })
}

// HardTanh is x limited to [-1, 1], of x's dtype. Its derivative at the ends is 1.
func HardTanh(x array) array {
	return apply("nn.HardTanh", nil, x, func(x array) array {
		return jnp.Where(x.Gt(1), 1, jnp.Where(x.Lt(-1), -1, x))
	})
}

// HardSigmoid is Relu6(x+3)/6.
func HardSigmoid(x array) array {
	return apply("nn.HardSigmoid", nil, x, hardSigmoid)
}

func hardSigmoid(x array) array { return relu6(x.Add(3.0)).Div(6.0) }

// HardSilu is x·HardSigmoid(x), also called hard swish.
func HardSilu(x array) array {
	return apply("nn.HardSilu", nil, x, func(x array) array { return x.Mul(hardSigmoid(x)) })
}

// HardSwish is HardSilu.
func HardSwish(x array) array { return HardSilu(x) }

// Mish is x·tanh(Softplus(x)).
func Mish(x array) array {
	return float("nn.Mish", nil, x, func(x array) array { return x.Mul(jnp.Tanh(softplus(x))) })
}

// SquarePlus is (x+sqrt(x²+b))/2; b is 4 unless given.
func SquarePlus(x array, b ...float64) array {
	v := optional("nn.SquarePlus", "b", b, 4)
	return float("nn.SquarePlus", v, x, func(x array) array {
		return x.Add(jnp.Sqrt(jnp.Square(x).Add(v))).Div(2)
	})
}

// SparsePlus is 0 up to -1, x from 1 on, and (x+1)²/4 between.
func SparsePlus(x array) array {
	return apply("nn.SparsePlus", nil, x, func(x array) array {
		return jnp.Where(x.Le(-1), 0.0, jnp.Where(x.Ge(1), x, jnp.Square(x.Add(1.0)).Div(4.0)))
	})
}

// SparseSigmoid is the derivative of SparsePlus: (x+1)/2 limited to [0, 1].
func SparseSigmoid(x array) array {
	return apply("nn.SparseSigmoid", nil, x, func(x array) array { return jnp.Clip(x.Add(1), 0, 2).Mul(0.5) })
}

// Glu splits x in two along an axis (the last unless given) and is the first half times Sigmoid of the second.
func Glu(x array, axis ...int) array {
	const op = "nn.Glu"
	v := jnp.Lift(op, x)
	a := oneAxis(op, v, axis)
	n := v.Shape()[a]
	if n%2 != 0 {
		trace.Fail(op, []ir.Aval{v.Aval()}, "axis %d has %d elements, which is not even", a, n)
	}
	return apply(op, a, x, func(x array) array {
		v := x.TraceValue()
		half := func(lo, hi int) array { return jnp.Wrap(lax.SliceInDim(v, lo, hi, 1, a)) }
		return half(0, n/2).Mul(Sigmoid(half(n/2, n)))
	})
}

// Tanh is jnp.Tanh.
func Tanh(x array) array { return jnp.Tanh(x) }

// Identity is x.
func Identity(x array) array { return jnp.Wrap(jnp.Lift("nn.Identity", x)) }

// Log1mExp is log(1-exp(-x)), exact for small and large x, for x >= 0.
func Log1mExp(x array) array {
	return float("nn.Log1mExp", nil, x, func(x array) array {
		low := x.Lt(math.Ln2)
		// Each branch gets an operand at which its derivative is finite where it is not taken.
		near := jnp.Log(jnp.Expm1(jnp.Where(low, x, jnp.OnesLike(x)).Neg()).Neg())
		far := jnp.Log1p(jnp.Exp(jnp.Where(low, jnp.OnesLike(x), x).Neg()).Neg())
		return jnp.Where(low, near, far)
	})
}

func oneAxis(op string, v *trace.Value, axis []int) int {
	a := -1
	switch len(axis) {
	case 0:
	case 1:
		a = axis[0]
	default:
		trace.Fail(op, []ir.Aval{v.Aval()}, "takes one axis, not %v", axis)
	}
	if a < -v.Rank() || a >= v.Rank() {
		trace.Fail(op, []ir.Aval{v.Aval()}, "axis %d is out of range for an array of %d axes", a, v.Rank())
	}
	if a < 0 {
		a += v.Rank()
	}
	return a
}
