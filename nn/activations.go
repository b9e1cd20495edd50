package nn

import (
	"math"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Relu is max(x, 0), of x's dtype (jax.nn.relu). Its derivative at 0 is 0.
func Relu(x jnp.Array) jnp.Array {
	// Not a maximum alone, whose derivative at a tie is 1/2.
	return apply("nn.Relu", nil, x,
		func(x jnp.Array) jnp.Array { return jnp.Where(x.Gt(0), x, constant(jnp.Maximum(x, 0))) })
}

// Relu6 is min(max(x, 0), 6) (jax.nn.relu6); integers become the default float type. Its derivative at 0 and 6 is 0.
func Relu6(x jnp.Array) jnp.Array {
	return apply("nn.Relu6", nil, x, relu6)
}

func relu6(x jnp.Array) jnp.Array {
	// Not a minimum and a maximum alone, whose derivatives at 0 and 6 are 1/2.
	return jnp.Where(x.Gt(0).And(x.Lt(6)), x, constant(jnp.Minimum(jnp.Maximum(x, 0), 6.0)))
}

// Sigmoid is 1/(1+exp(-x)), of floating-point or complex x (jax.nn.sigmoid).
func Sigmoid(x jnp.Array) jnp.Array {
	return apply("nn.Sigmoid", nil, x, sigmoid)
}

func sigmoid(x jnp.Array) jnp.Array { return jnp.Wrap(ops.Logistic(x.TraceValue())) }

// LogSigmoid is log(Sigmoid(x)) (jax.nn.log_sigmoid).
func LogSigmoid(x jnp.Array) jnp.Array {
	refuseBool("nn.LogSigmoid", x)
	return apply("nn.LogSigmoid", nil, x, func(x jnp.Array) jnp.Array { return softplus(x.Neg()).Neg() })
}

// Softplus is log(1+exp(x)) (jax.nn.softplus).
func Softplus(x jnp.Array) jnp.Array {
	return apply("nn.Softplus", nil, x, softplus)
}

func softplus(x jnp.Array) jnp.Array { return jnp.LogAddExp(x, 0) }

// SoftSign is x/(|x|+1) (jax.nn.soft_sign).
func SoftSign(x jnp.Array) jnp.Array {
	return apply("nn.SoftSign", nil, x, func(x jnp.Array) jnp.Array {
		if !x.DType().IsFloat() {
			return x.Div(x.Abs().Add(1))
		}
		return smooth("nn.SoftSign", x, func(x jnp.Array) jnp.Array {
			return jnp.Where(jnp.IsInf(x), jnp.Sign(x), x.Div(x.Abs().Add(1)))
		}, func(x jnp.Array) jnp.Array { return jnp.Square(jnp.Reciprocal(x.Abs().Add(1))) })
	})
}

// Silu is x·Sigmoid(x), also called swish, of floating-point or complex x (jax.nn.silu).
func Silu(x jnp.Array) jnp.Array {
	return apply("nn.Silu", nil, x, silu)
}

// silu, of real numbers, is followed by its derivatives: with e = exp(-|x|) and q = 1/(1+e), Sigmoid is q above 0 and
// eq below, and its derivative eq².
func silu(x jnp.Array) jnp.Array {
	if !x.DType().IsFloat() {
		return x.Mul(sigmoid(x))
	}
	parts := func(x jnp.Array) (up, c, e, rest, q jnp.Array) {
		e, rest = decay(x)
		return x.Ge(0), bounded(x), e, rest, jnp.Reciprocal(e.Add(1))
	}
	return smooth("nn.Silu", x, func(x jnp.Array) jnp.Array {
		up, c, e, rest, q := parts(x)
		return jnp.Where(up, x, c.Mul(e).Mul(rest)).Mul(q)
	}, func(x jnp.Array) jnp.Array {
		up, c, e, rest, q := parts(x)
		return jnp.Where(up, c.Mul(e).Mul(q).Add(1), c.Mul(q).Add(1).Mul(e).Mul(rest)).Mul(q)
	}, func(x jnp.Array) jnp.Array {
		_, c, e, rest, q := parts(x.Abs().Neg())
		bend := jnp.Sub(2, c.Abs().Mul(jnp.Sub(1, e)).Mul(q))
		return bend.Mul(e).Mul(q).Mul(q).Mul(rest)
	})
}

// Swish is Silu (jax.nn.swish).
func Swish(x jnp.Array) jnp.Array { return apply("nn.Swish", nil, x, silu) }

// Elu is x where x > 0, else alpha·(exp(x)-1) (jax.nn.elu). alpha is 1.0 unless given, a Go number or an Array.
func Elu(x jnp.Array, alpha ...any) jnp.Array {
	return applyWith("nn.Elu", "alpha", x, alpha, 1.0, elu[jnp.Array])
}

func elu[A jnp.Operand](x jnp.Array, alpha A) jnp.Array {
	up := x.Gt(0)
	// The safe operand keeps the derivative of what is not taken from overflowing.
	return jnp.Where(up, x, jnp.Mul(alpha, jnp.Expm1(jnp.Where(up, 0.0, x))))
}

// Celu is max(x, 0) + alpha·(exp(min(x, 0)/alpha)-1) (jax.nn.celu). alpha is 1.0 unless given, a Go number or an Array.
func Celu(x jnp.Array, alpha ...any) jnp.Array {
	return applyWith("nn.Celu", "alpha", x, alpha, 1.0, func(x, a jnp.Array) jnp.Array {
		return jnp.Maximum(x, 0.0).Add(a.Mul(jnp.Expm1(jnp.Minimum(x, 0.0).Div(a))))
	})
}

// Selu is the scaled Elu that keeps mean and variance (Klambauer and others, Self-normalizing neural networks, 2017)
// (jax.nn.selu).
func Selu(x jnp.Array) jnp.Array {
	const alpha, scale = 1.6732632423543772848170429916717, 1.0507009873554804934193349852946
	return apply("nn.Selu", nil, x, func(x jnp.Array) jnp.Array { return elu(x, alpha).Mul(scale) })
}

// Gelu is x times the normal distribution function of x, by the usual approximation with tanh; see GeluExact.
func Gelu(x jnp.Array) jnp.Array {
	return strongInexact("nn.Gelu", x, gelu)
}

// gelu, of real numbers, is x·Sigmoid(v) with v = a(x + bx³), followed by its derivatives, as silu.
func gelu(x jnp.Array) jnp.Array {
	const b = 0.044715
	a := 2 * math.Sqrt(2/math.Pi)
	if x.DType().IsComplex() {
		inner := x.Add(x.Pow(3).Mul(b)).Mul(a / 2)
		return x.Mul(jnp.Tanh(inner).Add(1).Mul(0.5))
	}
	parts := func(x jnp.Array) (up, c, square, e, rest, q jnp.Array) {
		c = bounded(x)
		square = jnp.Square(c)
		e, rest = decay(square.Mul(b).Add(1).Mul(c).Mul(a))
		return x.Ge(0), c, square, e, rest, jnp.Reciprocal(e.Add(1))
	}
	return smooth("nn.Gelu", x, func(x jnp.Array) jnp.Array {
		up, c, _, e, rest, q := parts(x)
		return jnp.Where(up, x, c.Mul(e).Mul(rest)).Mul(q)
	}, func(x jnp.Array) jnp.Array {
		up, c, square, e, rest, q := parts(x)
		g := square.Mul(3 * b).Add(1).Mul(a).Mul(c) // x v'
		return jnp.Where(up, g.Mul(e).Mul(q).Add(1), g.Mul(q).Add(1).Mul(e).Mul(rest)).Mul(q)
	}, func(x jnp.Array) jnp.Array {
		_, c, square, e, rest, q := parts(x.Abs().Neg())
		slope := square.Mul(3 * b).Add(1).Mul(a)
		bend := slope.Mul(2).Add(square.Mul(6 * a * b)).
			Sub(c.Abs().Mul(jnp.Sub(1, e)).Mul(q).Mul(slope).Mul(slope))
		return bend.Mul(e).Mul(q).Mul(q).Mul(rest)
	})
}

// GeluExact is x times the normal distribution function of x: jax.nn.gelu(x, approximate=False).
func GeluExact(x jnp.Array) jnp.Array {
	return strongInexact("nn.GeluExact", x, func(x jnp.Array) jnp.Array {
		half := func(x jnp.Array) jnp.Array { // of the distribution function
			return jnp.Wrap(ops.Erfc(x.Mul(-math.Sqrt(0.5)).TraceValue()))
		}
		density := func(x jnp.Array) jnp.Array {
			return jnp.Exp(jnp.Square(x).Mul(-0.5)).Mul(1 / math.Sqrt(2*math.Pi))
		}
		return smooth("nn.GeluExact", x, func(x jnp.Array) jnp.Array {
			return jnp.Where(x.Ge(0), x, bounded(x)).Mul(0.5).Mul(half(x))
		}, func(x jnp.Array) jnp.Array {
			x = bounded(x)
			return half(x).Mul(0.5).Add(x.Mul(density(x)))
		}, func(x jnp.Array) jnp.Array {
			x = bounded(x)
			return jnp.Sub(2, jnp.Square(x)).Mul(density(x))
		})
	})
}

// LeakyRelu is x where x >= 0, else slope·x (jax.nn.leaky_relu). The slope is 0.01 unless given, a Go number or an
// Array.
func LeakyRelu(x jnp.Array, slope ...any) jnp.Array {
	return applyWith("nn.LeakyRelu", "slope", x, slope, 0.01,
		func(x, s jnp.Array) jnp.Array { return jnp.Where(x.Ge(0), x, s.Mul(x)) })
}

// HardTanh is x limited to [-1, 1], of x's dtype (jax.nn.hard_tanh). Its derivative at the ends is 1.
func HardTanh(x jnp.Array) jnp.Array {
	return apply("nn.HardTanh", nil, x, func(x jnp.Array) jnp.Array {
		if x.DType().IsUnsigned() {
			return jnp.Minimum(x, 1) // JAX compares with a -1 that has wrapped around, and gives 255 for 1
		}
		return jnp.Where(x.Gt(1), 1, jnp.Where(x.Lt(-1), -1, x))
	})
}

// HardSigmoid is Relu6(x+3)/6 (jax.nn.hard_sigmoid).
func HardSigmoid(x jnp.Array) jnp.Array {
	return apply("nn.HardSigmoid", nil, x, hardSigmoid)
}

func hardSigmoid(x jnp.Array) jnp.Array { return relu6(x.Add(3.0)).Div(6.0) }

// HardSilu is x·HardSigmoid(x), also called hard swish (jax.nn.hard_silu).
func HardSilu(x jnp.Array) jnp.Array {
	return apply("nn.HardSilu", nil, x, hardSilu)
}

// hardSilu has only the middle multiplied out, so that no product meets an infinity.
func hardSilu(x jnp.Array) jnp.Array {
	if !x.DType().IsFloat() {
		return x.Mul(hardSigmoid(x))
	}
	return smooth("nn.HardSilu", x, func(x jnp.Array) jnp.Array {
		mid := jnp.Where(x.Abs().Ge(3), 0.0, x)
		return jnp.Where(x.Ge(3), x, mid.Mul(mid.Add(3)).Div(6))
	}, func(x jnp.Array) jnp.Array {
		return jnp.Where(x.Ge(3), 1.0, jnp.Where(x.Le(-3), 0.0, x.Mul(2).Add(3).Div(6)))
	})
}

// HardSwish is HardSilu (jax.nn.hard_swish).
func HardSwish(x jnp.Array) jnp.Array { return apply("nn.HardSwish", nil, x, hardSilu) }

// Mish is x·tanh(Softplus(x)) (jax.nn.mish).
func Mish(x jnp.Array) jnp.Array {
	return apply("nn.Mish", nil, x, mish)
}

// mish, of real numbers, is followed by its derivatives. With e = exp(-|x|), tanh(Softplus(x)) is (1+2e)/d above 0,
// where d = 1+2e+2e², and e(2+e)/d below, where d = 2+2e+e².
func mish(x jnp.Array) jnp.Array {
	if !x.DType().IsFloat() {
		return x.Mul(jnp.Tanh(softplus(x)))
	}
	parts := func(x jnp.Array) (up, c, e, rest, d jnp.Array) {
		up = x.Ge(0)
		e, rest = decay(x)
		d = jnp.Where(up, e.Mul(2).Add(2).Mul(e).Add(1), e.Add(2).Mul(e).Add(2))
		return up, bounded(x), e, rest, d
	}
	return smooth("nn.Mish", x, func(x jnp.Array) jnp.Array {
		up, c, e, rest, d := parts(x)
		return jnp.Where(up, e.Mul(2).Add(1).Mul(x), c.Mul(e).Mul(e.Add(2)).Mul(rest)).Div(d)
	}, func(x jnp.Array) jnp.Array {
		up, c, e, rest, d := parts(x)
		// w + xw', where w' is 4e²(1+e)/d² above 0 and 4e(1+e)/d² below.
		r := c.Mul(4).Mul(e.Add(1)).Div(d)
		return jnp.Where(up, r.Mul(e).Mul(e).Add(e.Mul(2).Add(1)), r.Add(e.Add(2)).Mul(e).Mul(rest)).Div(d)
	}, func(x jnp.Array) jnp.Array {
		up, c, e, rest, d := parts(x)
		poly := jnp.Where(up, e.Add(1).Mul(e).Mul(2).Sub(3).Mul(e).Sub(2), e.Mul(-2).Sub(3).Mul(e).Add(2).Mul(e).Add(2))
		bend := e.Add(1).Mul(2).Add(c.Mul(poly).Div(d))
		return bend.Mul(4).Mul(e).Mul(jnp.Where(up, e, rest)).Div(d).Div(d)
	})
}

// SquarePlus is (x+sqrt(x²+b))/2 (jax.nn.squareplus). b is 4 unless given, a Go number or an Array.
func SquarePlus(x jnp.Array, b ...any) jnp.Array {
	return applyWith("nn.SquarePlus", "b", x, b, 4, squarePlus)
}

// SparsePlus is 0 up to -1, x from 1 on, and (x+1)²/4 between (jax.nn.sparse_plus).
func SparsePlus(x jnp.Array) jnp.Array {
	return apply("nn.SparsePlus", nil, x, func(x jnp.Array) jnp.Array {
		low, high := x.Le(-1.0), x.Ge(1.0)
		mid := jnp.Where(low.Or(high), 0.0, x)
		return jnp.Where(low, 0.0, jnp.Where(high, x, jnp.Square(mid.Add(1.0)).Div(4.0)))
	})
}

// SparseSigmoid is the derivative of SparsePlus (jax.nn.sparse_sigmoid): (x+1)/2 limited to [0, 1].
func SparseSigmoid(x jnp.Array) jnp.Array {
	kit.RefuseComplex("nn.SparseSigmoid", kit.Value("nn.SparseSigmoid", x))
	return apply("nn.SparseSigmoid", nil, x, func(x jnp.Array) jnp.Array {
		return jnp.Where(x.Lt(-1), 0.0, jnp.Where(x.Gt(1), 1.0, x.Add(1).Mul(0.5)))
	})
}

// Glu splits x in two along an axis (the last unless given) and is the first half times Sigmoid of the second
// (jax.nn.glu).
func Glu(x jnp.Array, axis ...int) jnp.Array {
	const op = "nn.Glu"
	v := kit.Value(op, x)
	a := kit.OneAxis(op, axis, -1, v.Rank(), v.Aval())
	n := v.Shape()[a]
	if n%2 != 0 {
		trace.Fail(op, []ir.Aval{v.Aval()}, "axis %d has %d elements, which is not even", a, n)
	}
	return apply(op, a, x, func(x jnp.Array) jnp.Array {
		v := x.TraceValue()
		half := func(lo, hi int) jnp.Array { return jnp.Wrap(ops.SliceInDim(v, lo, hi, 1, a)) }
		return half(0, n/2).Mul(Sigmoid(half(n/2, n)))
	})
}

// Tanh is jnp.Tanh (jax.nn.tanh).
func Tanh(x jnp.Array) jnp.Array { return apply("nn.Tanh", nil, x, jnp.Tanh) }

// Identity is x (jax.nn.identity).
func Identity(x jnp.Array) jnp.Array { return jnp.Wrap(kit.Value("nn.Identity", x)) }

// Log1mExp is log(1-exp(-x)), exact for small and large x, for x >= 0 (jax.nn.log1mexp).
func Log1mExp(x jnp.Array) jnp.Array {
	refuseBool("nn.Log1mExp", x)
	return apply("nn.Log1mExp", nil, x, func(x jnp.Array) jnp.Array {
		low := x.Lt(math.Ln2)
		// Each branch gets an operand at which its derivative is finite where it is not taken.
		in := jnp.Where(low, x, jnp.OnesLike(x))
		near := jnp.Log(jnp.Where(in.Lt(1e-20), in, jnp.Expm1(in.Neg()).Neg())) // in may be subnormal
		far := jnp.Log1p(jnp.Exp(jnp.Where(low, jnp.OnesLike(x), x).Neg()).Neg())
		return jnp.Where(low, near, far)
	})
}

// squarePlus is computed without the difference of nearly equal numbers that the formula is below 0, and without the
// square of a large x.
func squarePlus(x, b jnp.Array) jnp.Array {
	if x.DType().IsComplex() || b.DType().IsComplex() {
		return x.Add(jnp.Sqrt(jnp.Square(x).Add(b))).Div(2)
	}
	v := kit.PromoteInexact("nn.SquarePlus", x.TraceValue(), b.TraceValue())
	shape := kit.BroadcastTypes("nn.SquarePlus", trace.Avals(v))
	// Where x is large, b is nothing beside x², which may be infinite.
	parts := func(in []*trace.Value) (x, b, root, cos jnp.Array) { // cos is x/root
		x, b = jnp.Wrap(in[0]), jnp.Wrap(in[1])
		from := map[jnp.DType]float64{jnp.Float64: 0x1p500, jnp.Float16: 0x1p7}[x.DType()]
		if from == 0 {
			from = 0x1p60
		}
		large := x.Abs().Gt(from)
		safe := jnp.Where(large, 1.0, x)
		root = jnp.Where(large, x.Abs(), jnp.Sqrt(jnp.Square(safe).Add(b)))
		return x, b, root, jnp.Where(large, jnp.Sign(x), x.Div(root))
	}
	value := func(in []*trace.Value) *trace.Value {
		x, b, root, _ := parts(in)
		up := jnp.Where(x.Eq(root), x, x.Add(root).Mul(0.5)) // their sum may be too large
		return jnp.Where(x.Ge(0), up, b.Mul(0.5).Div(root.Sub(x))).TraceValue()
	}
	slope := func(in []*trace.Value) *trace.Value {
		x, _, root, cos := parts(in)
		return jnp.Where(x.Ge(0), cos.Add(1).Mul(0.5), jnp.Wrap(value(in)).Div(root)).TraceValue()
	}
	type values = []*trace.Value
	bySlope := func(in values, _ *trace.Value, t values) *trace.Value {
		_, b, root, cos := parts(in)
		bend := jnp.Square(root).Mul(2)
		byB := jnp.Wrap(t[1]).Mul(cos.Div(bend.Mul(2)))
		return jnp.Wrap(t[0]).Mul(b.Div(bend).Div(root)).Sub(byB).TraceValue()
	}
	rule := func(in values, _ *trace.Value, t values) *trace.Value {
		_, _, root, _ := parts(in)
		by := jnp.Wrap(kit.Derived1("nn.SquarePlus", slope, bySlope, in...))
		return jnp.Wrap(t[0]).Mul(by).Add(jnp.Wrap(t[1]).Div(root.Mul(4))).TraceValue()
	}
	return jnp.Wrap(kit.Derived1("nn.SquarePlus", value, rule, kit.BroadcastTo(v[0], shape),
		kit.BroadcastTo(v[1], shape)))
}
