package transforms

import (
	"slices"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/linalg"
	"github.com/gojax/gojax/lax"
)

// op is one operation of random programs. All keep their results in a range where further operations lose no precision.
type op struct {
	name           string
	arity          int
	bodies, inputs int  // how many programs it holds, each of so many inputs
	kinks          bool // central differences do not hold everywhere
	forward        bool // it cannot be differentiated in reverse
	outside        bool // it takes an array from outside, which functions with rules of their own must not
	plain          bool // its bodies hold neither programs nor arrays from outside
	f              func(c *call) jnp.Array
}

// call is an application of an operation.
type call struct {
	x    []jnp.Array
	p    int
	env  []jnp.Array
	body []*prog
}

// run evaluates body i on args, brought to the shapes of its inputs.
func (c *call) run(i int, args ...jnp.Array) jnp.Array {
	b := c.body[i]
	x := make([]jnp.Array, len(b.in))
	for k, shape := range b.in {
		x[k] = fit(args[k%len(args)], shape)
	}
	return b.run(c.env, x)[0]
}

// fit brings x to a shape: as it is, broadcast, or by picking elements in turn.
func fit(x jnp.Array, shape []int) jnp.Array {
	s := x.Shape()
	if len(s) == 0 {
		return jnp.BroadcastTo(x, shape...)
	}
	same := len(s) == len(shape)
	n := 1
	for i, d := range shape {
		same = same && s[i] == d
		n *= d
	}
	if same {
		return x
	}
	flat := x.Ravel()
	return flat.Take(jnp.Arange(n).Mul(5).Mod(flat.Len()), 0).Reshape(shape...)
}

// pair brings the second operand to the shape of the first.
func (c *call) pair() (x, y jnp.Array) { return c.x[0], fit(c.x[1], c.x[0].Shape()) }

// axis picks an axis of x, which has one at least.
func (c *call) axis(x jnp.Array) int { return c.p % x.NDim() }

// atLeast gives x with as many axes, by putting new ones of size 1 in front.
func atLeast(rank int, x jnp.Array) jnp.Array {
	for x.NDim() < rank {
		x = jnp.ExpandDims(x, 0)
	}
	return x
}

func unary(name string, f func(x jnp.Array) jnp.Array) op {
	return op{name: name, arity: 1, f: func(c *call) jnp.Array { return f(c.x[0]) }}
}

func binary(name string, f func(x, y jnp.Array) jnp.Array) op {
	return op{name: name, arity: 2, f: func(c *call) jnp.Array { return f(c.pair()) }}
}

// along is an operation along an axis.
func along(name string, f func(x jnp.Array, axis int) jnp.Array) op {
	return op{name: name, arity: 1, f: func(c *call) jnp.Array { x := atLeast(1, c.x[0]); return f(x, c.axis(x)) }}
}

func (o op) withKinks() op { o.kinks = true; return o }

// matrices makes two operands matrices of fitting shapes.
func (c *call) matrices() (x, y jnp.Array) {
	x = atLeast(2, c.x[0])
	return x, fit(c.x[1], []int{x.Shape()[1], 2})
}

// square makes a symmetric positive definite matrix.
func (c *call) square(n int) jnp.Array {
	a := jnp.Tanh(fit(c.x[0], []int{n, n}))
	return a.MatMul(a.T()).Add(jnp.Creation{DType: jnp.Float64}.Eye(n))
}

// index is a vector made of numbers inside the trace that is open.
func index(v ...int32) jnp.Array {
	x := make([]jnp.Array, len(v))
	for i := range v {
		x[i] = jnp.AsArray(v[i])
	}
	return jnp.Stack(x)
}

// pred is a scalar bool that depends on data.
func pred(x, y jnp.Array) jnp.Array { return x.Mean().Gt(y.Mean()) }

var operations = []op{
	unary("sin", jnp.Sin),
	unary("tanh", jnp.Tanh),
	unary("exp", func(x jnp.Array) jnp.Array { return jnp.Exp(jnp.Sin(x)).Mul(0.5) }),
	unary("gauss", func(x jnp.Array) jnp.Array { return jnp.Exp(x.Mul(x).Neg()) }),
	unary("log1p", func(x jnp.Array) jnp.Array { return jnp.Log1p(x.Mul(x)) }),
	unary("sqrt", func(x jnp.Array) jnp.Array { return jnp.Sqrt(jnp.Add(1, jnp.Square(x))) }),
	unary("power", func(x jnp.Array) jnp.Array { return jnp.Power(jnp.Add(1.5, jnp.Cos(x)), 1.7).Mul(0.3) }),
	unary("cube", func(x jnp.Array) jnp.Array { return jnp.Power(jnp.Tanh(x), 3) }),
	unary("arctan", jnp.Arctan),
	unary("abs", jnp.Abs).withKinks(),
	binary("add", func(x, y jnp.Array) jnp.Array { return x.Add(y).Mul(0.7) }),
	binary("sub", func(x, y jnp.Array) jnp.Array { return x.Sub(y) }),
	binary("mul", func(x, y jnp.Array) jnp.Array { return jnp.Tanh(x).Mul(y) }),
	binary("div", func(x, y jnp.Array) jnp.Array { return x.Div(jnp.Add(1, jnp.Square(y))) }),
	binary("arctan2", func(x, y jnp.Array) jnp.Array { return jnp.Arctan2(x, jnp.Add(0.5, jnp.Square(y))) }),
	binary("logaddexp", func(x, y jnp.Array) jnp.Array { return jnp.LogAddExp(x, y).Mul(0.5) }),
	binary("maximum", func(x, y jnp.Array) jnp.Array { return jnp.Maximum(x, y) }).withKinks(),
	binary("where", func(x, y jnp.Array) jnp.Array { return jnp.Where(x.Gt(y), jnp.Sin(x), y) }).withKinks(),
	along("mean", func(x jnp.Array, a int) jnp.Array { return x.Mean(a) }),
	along("sum", func(x jnp.Array, a int) jnp.Array { return jnp.Sin(x.Sum(a)) }),
	along("std", func(x jnp.Array, a int) jnp.Array { return jnp.Sqrt(jnp.Var(x, a).Add(0.3)) }),
	along("prod", func(x jnp.Array, a int) jnp.Array { return jnp.Prod(jnp.Tanh(x), a) }),
	along("max", func(x jnp.Array, a int) jnp.Array { return x.Max(a) }).withKinks(),
	along("cumsum", func(x jnp.Array, a int) jnp.Array { return x.CumSum(a).Mul(0.5) }),
	along("cumprod", func(x jnp.Array, a int) jnp.Array { return jnp.Sin(x).CumProd(a) }),
	along("flip", func(x jnp.Array, a int) jnp.Array { return jnp.Flip(x, a) }),
	along("roll", func(x jnp.Array, a int) jnp.Array { return jnp.Roll(x, 1, a) }),
	along("sort", func(x jnp.Array, a int) jnp.Array { return x.Sort(a) }).withKinks(),
	along("diff", func(x jnp.Array, a int) jnp.Array { return jnp.Diff(jnp.Concatenate([]jnp.Array{x, x}, a), a) }),
	along("logsumexp", func(x jnp.Array, a int) jnp.Array {
		m := gojax.StopGradient(jnp.Reduction{KeepDims: true}.Max(x, a))
		return jnp.Log(jnp.Exp(x.Sub(m)).Sum(a)).Add(m.Squeeze(a)).Mul(0.5)
	}),
	{name: "array from outside", arity: 1, outside: true, f: func(c *call) jnp.Array {
		return c.x[0].Add(fit(jnp.FromSlice([]float64{0.5, -0.25, 1}, 3), c.x[0].Shape()))
	}},
	unary("transpose", func(x jnp.Array) jnp.Array { return x.T() }),
	unary("ravel", func(x jnp.Array) jnp.Array { return x.Ravel() }),
	unary("pad", func(x jnp.Array) jnp.Array { return jnp.Pad(atLeast(1, x), [2]int{1, 0}) }),
	{name: "slice", arity: 1,
		f: func(c *call) jnp.Array { x := atLeast(1, c.x[0]); return x.Index(jnp.S(nil, nil, -1+3*(c.p%2))) }},
	{name: "concatenate", arity: 2, f: func(c *call) jnp.Array {
		x := atLeast(1, c.x[0])
		return jnp.Concatenate([]jnp.Array{x, fit(c.x[1], x.Shape())}, c.axis(x))
	}},
	{name: "stack", arity: 2, f: func(c *call) jnp.Array {
		x, y := c.pair()
		return jnp.Stack([]jnp.Array{x, y}, c.p%(x.NDim()+1)).Reshape(-1)
	}},
	{name: "gather", arity: 1, f: func(c *call) jnp.Array {
		x := atLeast(1, c.x[0])
		return x.At(index(0, 5, -1, 0)).Mode([]jnp.Mode{jnp.ModeClip, jnp.ModeFill}[c.p%2]).FillValue(0.25).Get()
	}},
	{name: "gather by data", arity: 2, kinks: true, f: func(c *call) jnp.Array {
		x := atLeast(1, c.x[0])
		return x.Take(fit(c.x[1], []int{2}).Gt(0).AsType(jnp.Int32), 0)
	}},
	{name: "scatter", arity: 2, f: func(c *call) jnp.Array {
		x := fit(c.x[0], []int{3, 2})
		ref, v := x.At(index(2, 0)), fit(c.x[1], []int{2, 2})
		switch c.p % 3 {
		case 0:
			return ref.Set(v)
		case 1:
			return ref.Mul(v)
		}
		return x.At(index(1, 1)).Add(v)
	}},
	{name: "scatter by data", arity: 2, kinks: true, f: func(c *call) jnp.Array {
		x := fit(c.x[0], []int{3, 2})
		return x.At(fit(c.x[1], []int{1}).Gt(0).AsType(jnp.Int32)).Add(fit(c.x[1], []int{1, 2}))
	}},
	{name: "dynamic slice", arity: 2, kinks: true, f: func(c *call) jnp.Array {
		x := fit(c.x[0], []int{3, 3})
		return x.Index(jnp.DS(c.x[1].Mean().Gt(0).AsType(jnp.Int32), 2))
	}},
	{name: "matmul", arity: 2, f: func(c *call) jnp.Array { x, y := c.matrices(); return jnp.Sin(x.MatMul(y)) }},
	{name: "einsum", arity: 2, f: func(c *call) jnp.Array {
		return jnp.Einsum("ij,kj->ik", fit(c.x[0], []int{2, 3}), fit(c.x[1], []int{3, 3})).Mul(0.3)
	}},
	{name: "outer", arity: 2,
		f: func(c *call) jnp.Array { return jnp.Sin(jnp.Outer(fit(c.x[0], []int{3}), fit(c.x[1], []int{2}))) }},
	{name: "cholesky", arity: 1, f: func(c *call) jnp.Array { return linalg.Cholesky(c.square(2 + c.p%2)) }},
	{name: "solve", arity: 2, f: func(c *call) jnp.Array {
		return linalg.ChoSolve(linalg.Cholesky(c.square(2)), fit(c.x[1], []int{2, 2}))
	}},

	// What holds programs.
	{name: "jit", arity: 2, bodies: 1, inputs: 2, f: func(c *call) jnp.Array {
		return gojax.Jit(func(x, y jnp.Array) jnp.Array { return c.run(0, x, y) })(c.x[0], c.x[1])
	}},
	{name: "cond", arity: 2, bodies: 2, inputs: 2, kinks: true, f: func(c *call) jnp.Array {
		shape := c.x[0].Shape()
		return lax.Cond(pred(c.x[0], c.x[1]), func() jnp.Array { return fit(c.run(0, c.x...), shape) },
			func() jnp.Array { return fit(c.run(1, c.x...), shape) })
	}},
	{name: "switch", arity: 2, bodies: 3, inputs: 1, kinks: true, f: func(c *call) jnp.Array {
		which := pred(c.x[0], c.x[1]).AsType(jnp.Int32).Add(c.x[1].Mean().Gt(0.3).AsType(jnp.Int32))
		branch := func(i int) func() jnp.Array {
			return func() jnp.Array { return fit(c.run(i, c.x...), []int{2, 3}) }
		}
		return lax.Switch(which, branch(0), branch(1), branch(2))
	}},
	{name: "fori", arity: 2, bodies: 1, inputs: 2, f: func(c *call) jnp.Array {
		return lax.ForiLoop(0, 2+c.p%2, func(i, s jnp.Array) jnp.Array {
			return jnp.Sin(fit(c.run(0, s, c.x[1]), s.Shape()).Add(i.AsType(jnp.Float64).Mul(0.1)))
		}, c.x[0])
	}},
	{name: "while", arity: 2, bodies: 1, inputs: 2, kinks: true, forward: true, f: func(c *call) jnp.Array {
		type state struct{ K, S jnp.Array }
		last := c.x[1].Mean().Gt(0).AsType(jnp.Int32).Add(1)
		end := lax.WhileLoop(func(s state) jnp.Array { return s.K.Lt(last) }, func(s state) state {
			return state{K: s.K.Add(1), S: jnp.Sin(fit(c.run(0, s.S, c.x[1]), s.S.Shape()))}
		}, state{K: jnp.AsArray(int32(0)), S: c.x[0]})
		return end.S
	}},
	{name: "scan", arity: 2, bodies: 2, inputs: 2, f: func(c *call) jnp.Array {
		xs := fit(c.x[1], []int{3, 2})
		options := lax.ScanOptions{Reverse: c.p%2 == 1}
		if c.p%3 == 1 {
			options.Unroll = 2
		}
		last, ys := lax.Scan(func(s, x jnp.Array) (jnp.Array, jnp.Array) {
			return jnp.Tanh(fit(c.run(0, s, x), s.Shape())), fit(c.run(1, x, s), []int{2})
		}, c.x[0], xs, options)
		return fit(last, []int{3, 2}).Add(ys)
	}},
	{name: "map", arity: 2, bodies: 1, inputs: 2, f: func(c *call) jnp.Array {
		return lax.Map(func(x jnp.Array) jnp.Array { return fit(c.run(0, x, c.x[1]), []int{2}) },
			fit(c.x[0], []int{3, 2}))
	}},
	{name: "associative scan", arity: 1, f: func(c *call) jnp.Array {
		return lax.AssociativeScan(func(a, b jnp.Array) jnp.Array { return a.Mul(b) },
			jnp.Sin(fit(c.x[0], []int{3, 2})))
	}},
	{name: "vmap", arity: 2, bodies: 1, inputs: 2, f: func(c *call) jnp.Array {
		f := func(x, y jnp.Array) jnp.Array { return c.run(0, x, y) }
		if c.p%2 == 0 {
			return gojax.Vmap(f, gojax.InAxes(0, nil))(fit(c.x[0], []int{3, 2}), c.x[1]).Ravel()
		}
		return gojax.Vmap(f, gojax.InAxes(1, 0))(fit(c.x[0], []int{2, 3}), fit(c.x[1], []int{3, 2})).Ravel()
	}},
	{name: "checkpoint", arity: 2, bodies: 1, inputs: 2, f: func(c *call) jnp.Array {
		return gojax.Checkpoint(func(x []jnp.Array) jnp.Array { return c.run(0, x...) })(c.x)
	}},
	{name: "grad", arity: 2, bodies: 1, inputs: 2, f: func(c *call) jnp.Array {
		return jnp.Tanh(gojax.Grad(func(x jnp.Array) jnp.Array { return c.run(0, x, c.x[1]).Sum() })(c.x[0]))
	}},
	{name: "jvp", arity: 2, bodies: 1, inputs: 2, f: func(c *call) jnp.Array {
		x, t := c.pair()
		_, yt := gojax.JVP(func(x jnp.Array) jnp.Array { return c.run(0, x, c.x[1]) }, x, t)
		return jnp.Tanh(yt)
	}},
	{name: "custom jvp", arity: 2, bodies: 1, inputs: 2, plain: true, f: func(c *call) jnp.Array {
		f := func(x []jnp.Array) jnp.Array { // the captured values are arguments too
			inner := call{x: x[:2], env: x[2:], body: c.body}
			return inner.run(0, inner.x...)
		}
		g := gojax.CustomJVP(f, func(x, t []jnp.Array) (jnp.Array, jnp.Array) { return gojax.JVP(f, x, t) })
		return g(slices.Concat(c.x, c.env))
	}},
}
