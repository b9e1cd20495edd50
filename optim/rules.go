package optim

import (
	"github.com/gojax/gojax/internal/arrays"
	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

// The rules of the optimisers, each optax's scale_by_ of that name.

// moment is the moving average of x, b of which is the average that was kept under name.
func (x *leaf) moment(name string, of jnp.Array, b any) jnp.Array {
	m := of.Mul(minus(1.0, b)).Add(x.kept[name].Mul(b))
	x.kept[name] = m
	return m
}

// unbiased is a moving average m that began at 0, divided by the sum of the weights of what went into it.
func (x *leaf) unbiased(m jnp.Array, b any) jnp.Array { return unbiasedAt(x.count, m, b) }

func unbiasedAt(count, m jnp.Array, b any) jnp.Array {
	return m.Div(jnp.Sub(1, array(b).Pow(count)).AsType(m.DType()))
}

// norm is the Euclidean norm of all elements, and rms the root of the mean of their squares.
func norm(x jnp.Array) jnp.Array { return jnp.Sqrt(arrays.AbsSquare(x).Sum()) }
func rms(x jnp.Array) jnp.Array  { return jnp.Sqrt(arrays.AbsSquare(x).Mean()) }

// adam holds the numbers of Adam and its relatives.
type adam struct {
	b1, b2, eps, epsRoot, threshold any
	mu                              jnp.DType
	nesterov                        bool
}

// moments are what most of them keep.
func (a adam) moments() []keep { return []keep{{"mu", zeros(a.mu)}, {"nu", zeros(jnp.DType(0))}} }

// first is the unbiased first moment mu of the gradient, with Nesterov's look ahead where that is asked for.
func (a adam) first(x *leaf, mu jnp.Array) jnp.Array {
	if !a.nesterov {
		return x.unbiased(mu, a.b1)
	}
	ahead := unbiasedAt(after(x.count), mu, a.b1)
	return ahead.Mul(a.b1).Add(x.unbiased(x.g, a.b1).Mul(minus(1.0, a.b1)))
}

// quotient is m by the root of the second moment nu.
func (a adam) quotient(m, nu jnp.Array) jnp.Array {
	return m.Div(jnp.Sqrt(nu.Add(a.epsRoot)).Add(a.eps))
}

func (a adam) adam() rule {
	return rule{keeps: a.moments(), counts: true, step: func(x *leaf) jnp.Array {
		m := a.first(x, x.moment("mu", x.g, a.b1))
		return a.quotient(m, x.unbiased(x.moment("nu", arrays.AbsSquare(x.g), a.b2), a.b2))
	}}
}

func (a adam) amsgrad() rule {
	return rule{keeps: append(a.moments(), keep{"nu_max", zeros(jnp.DType(0))}), counts: true,
		step: func(x *leaf) jnp.Array {
			m := x.unbiased(x.moment("mu", x.g, a.b1), a.b1)
			nu := x.unbiased(x.moment("nu", arrays.AbsSquare(x.g), a.b2), a.b2)
			x.kept["nu_max"] = jnp.Maximum(x.kept["nu_max"], nu)
			return a.quotient(m, x.kept["nu_max"])
		}}
}

func (a adam) adamax() rule {
	return rule{keeps: a.moments(), counts: true, step: func(x *leaf) jnp.Array {
		m := x.unbiased(x.moment("mu", x.g, a.b1), a.b1)
		x.kept["nu"] = jnp.Maximum(x.g.Abs().Add(a.eps), x.kept["nu"].Mul(a.b2))
		return m.Div(x.kept["nu"])
	}}
}

func (a adam) belief() rule {
	return rule{keeps: a.moments(), counts: true, step: func(x *leaf) jnp.Array {
		mu := x.moment("mu", x.g, a.b1)
		nu := x.moment("nu", arrays.AbsSquare(x.g.Sub(mu)), a.b2).Add(a.epsRoot)
		x.kept["nu"] = nu
		return a.first(x, mu).Div(jnp.Sqrt(x.unbiased(nu, a.b2)).Add(a.eps))
	}}
}

func (a adam) radam() rule {
	return rule{keeps: a.moments(), counts: true, step: func(x *leaf) jnp.Array {
		m := a.first(x, x.moment("mu", x.g, a.b1))
		nu := x.unbiased(x.moment("nu", arrays.AbsSquare(x.g), a.b2), a.b2)
		end := minus(over(2.0, minus(1.0, a.b2)), 1.0)
		power := array(a.b2).Pow(x.count)
		ro := array(end).Sub(x.count.Mul(2).Mul(power).Div(jnp.Sub(1, power)))
		r := jnp.Sqrt(ro.Sub(4).Mul(ro.Sub(2)).Mul(end).Div(ro.Mul(times(minus(end, 4.0), minus(end, 2.0)))))
		return jnp.Where(ro.Ge(a.threshold), a.quotient(r.AsType(m.DType()).Mul(m), nu), m)
	}}
}

func (a adam) yogi() rule {
	first := filled(1e-6, jnp.DType(0))
	return rule{keeps: []keep{{"mu", first}, {"nu", first}}, counts: true, step: func(x *leaf) jnp.Array {
		m, sq, v := x.unbiased(x.moment("mu", x.g, a.b1), a.b1), arrays.AbsSquare(x.g), x.kept["nu"]
		x.kept["nu"] = v.Sub(jnp.Sign(v.Sub(sq)).Mul(sq).Mul(minus(1.0, a.b2)))
		return a.quotient(m, x.unbiased(x.kept["nu"], a.b2))
	}}
}

func (a adam) lion() rule {
	return rule{keeps: a.moments()[:1], counts: true, step: func(x *leaf) jnp.Array {
		u := jnp.Sign(x.g.Mul(minus(1.0, a.b1)).Add(x.kept["mu"].Mul(a.b1)))
		x.moment("mu", x.g, a.b2)
		return u
	}}
}

// momentum adds the gradients up, decay of those before (optax.trace).
func momentum(decay any, nesterov bool, d jnp.DType) rule {
	return rule{keeps: []keep{{"trace", zeros(d)}}, step: func(x *leaf) jnp.Array {
		t := x.g.Add(x.kept["trace"].Mul(decay))
		x.kept["trace"] = t
		if nesterov {
			return x.g.Add(t.Mul(decay))
		}
		return t
	}}
}

// rss divides by the root of the sum of all squares.
func rss(initial, eps any) rule {
	return rule{keeps: []keep{{"sum_of_squares", filled(initial, jnp.DType(0))}}, step: func(x *leaf) jnp.Array {
		t := arrays.AbsSquare(x.g).Add(x.kept["sum_of_squares"])
		x.kept["sum_of_squares"] = t
		return inverseRoot(t, eps).Mul(x.g)
	}}
}

// inverseRoot is 1/√(t + eps), and 0 where t is 0.
func inverseRoot(t jnp.Array, eps any) jnp.Array {
	return jnp.Where(jnp.Real(t).Gt(0), lax.Rsqrt(t.Add(eps)), jnp.ZerosLike(t))
}

// meanSquare divides by the root of a moving average of squares, of which the square of the moving average is taken
// away where the rule is centred.
func meanSquare(decay, eps, initial any, centered, outside, unbias bool) rule {
	nu := keep{"nu", filled(initial, jnp.DType(0))}
	r := rule{keeps: []keep{nu}, counts: unbias}
	if centered {
		r.keeps = []keep{{"mu", zeros(jnp.DType(0))}, nu}
	}
	r.step = func(x *leaf) jnp.Array {
		hat := func(m jnp.Array) jnp.Array {
			if unbias {
				return x.unbiased(m, decay)
			}
			return m
		}
		var mu jnp.Array
		if centered {
			mu = arrays.AbsSquare(hat(x.moment("mu", x.g, decay)))
		}
		v := hat(x.moment("nu", arrays.AbsSquare(x.g), decay))
		if centered {
			v = v.Sub(mu)
		}
		if outside {
			return jnp.Div(1, jnp.Sqrt(v).Add(eps)).Mul(x.g)
		}
		return lax.Rsqrt(v.Add(eps)).Mul(x.g)
	}
	return r
}

func adadelta(rho, eps any) rule {
	keeps := []keep{{"e_g", zeros(jnp.DType(0))}, {"e_x", zeros(jnp.DType(0))}}
	return rule{keeps: keeps, step: func(x *leaf) jnp.Array {
		g := x.moment("e_g", arrays.AbsSquare(x.g), rho)
		u := jnp.Sqrt(x.kept["e_x"].Add(eps)).Div(jnp.Sqrt(g.Add(eps))).Mul(x.g)
		x.moment("e_x", arrays.AbsSquare(u), rho)
		return u
	}}
}

// sm3 keeps, of every axis, the greatest sums of squares across it: in one vector, axis after axis.
func sm3(b1, eps any) rule {
	sizes := func(p jnp.Array) []int {
		if p.NDim() == 0 {
			return []int{1}
		}
		return p.Shape()
	}
	total := func(p jnp.Array) (n int) {
		for _, s := range sizes(p) {
			n += s
		}
		return n
	}
	keeps := []keep{{"mu", func(p jnp.Array) jnp.Array {
		return jnp.Creation{DType: p.DType()}.Zeros(total(p))
	}}, {"nu", zeros(jnp.DType(0))}}
	return rule{keeps: keeps, step: func(x *leaf) jnp.Array {
		g := x.g.Reshape(sizes(x.g)...)
		var least jnp.Array
		at := 0
		for i, n := range g.Shape() {
			shape := make([]int, g.NDim())
			for j := range shape {
				shape[j] = 1
			}
			shape[i] = n
			v := x.kept["mu"].Index(jnp.S(at, at+n)).Reshape(shape...)
			at += n
			if i == 0 {
				least = v
			} else {
				least = jnp.Minimum(least, v)
			}
		}
		sum := arrays.AbsSquare(g).Add(least)
		most := make([]jnp.Array, g.NDim())
		for i := range most {
			most[i] = jnp.Reduction{Initial: 0}.Max(sum, others(i, g.NDim())...)
		}
		if g.NDim() == 1 {
			most[0] = sum
		}
		x.kept["mu"] = jnp.Concatenate(most)
		return x.moment("nu", g.Mul(inverseRoot(sum, eps)).Reshape(x.g.Shape()...), b1)
	}}
}

// others are the axes of n but for one.
func others(axis, n int) (axes []int) {
	for i := range n {
		if i != axis {
			axes = append(axes, i)
		}
	}
	return axes
}

// factoredRMS divides by the root of a moving average of squares, of which, for large matrices, only the means of rows
// and columns are kept.
func factoredRMS(o AdafactorOptions, decayRate, eps any) rule {
	vector := func(p jnp.Array) jnp.Array { return jnp.Creation{DType: p.DType()}.Zeros(1) }
	// without is zeros of p's shape but for one of the factored axes, or a placeholder.
	without := func(second bool) func(p jnp.Array) jnp.Array {
		return func(p jnp.Array) jnp.Array {
			d1, d0, ok := factored(o, p.Shape())
			if !ok {
				return vector(p)
			}
			if second {
				d0 = d1
			}
			return jnp.Creation{DType: p.DType()}.Zeros(withoutAxis(p.Shape(), d0)...)
		}
	}
	whole := func(p jnp.Array) jnp.Array {
		if _, _, ok := factored(o, p.Shape()); ok {
			return vector(p)
		}
		return zeros(jnp.DType(0))(p)
	}
	keeps := []keep{{"v_row", without(false)}, {"v_col", without(true)}, {"v", whole}}
	return rule{keeps: keeps, counts: true, step: func(x *leaf) jnp.Array {
		t := x.count.Sub(o.DecayOffset).AsType(jnp.Float32)
		b := jnp.Sub(1, t.Pow(minus(0.0, decayRate)))
		sq, d := arrays.AbsSquare(x.g).Add(eps), x.p.DType()
		d1, d0, ok := factored(o, x.p.Shape())
		if !ok {
			return x.g.Mul(x.moment("v", sq, b).AsType(d).Pow(-0.5))
		}
		row := x.moment("v_row", sq.Mean(d0), b).AsType(d)
		col := x.moment("v_col", sq.Mean(d1), b).AsType(d)
		reduced := d1
		if d1 > d0 {
			reduced--
		}
		byRow := row.Div(jnp.Reduction{KeepDims: true}.Mean(row, reduced)).Pow(-0.5)
		return x.g.Mul(jnp.ExpandDims(byRow, d0)).Mul(jnp.ExpandDims(col.Pow(-0.5), d1))
	}}
}

// factored are the two largest axes of a shape, the largest last, if they are large enough to be factored.
func factored(o AdafactorOptions, shape []int) (d1, d0 int, ok bool) {
	if o.NotFactored || len(shape) < 2 {
		return 0, 0, false
	}
	order := kit.UpTo(len(shape))
	for i := range order { // insertion: equal sizes keep their order
		for j := i; j > 0 && shape[order[j]] < shape[order[j-1]]; j-- {
			order[j], order[j-1] = order[j-1], order[j]
		}
	}
	d1, d0 = order[len(order)-2], order[len(order)-1]
	least := o.MinDimSizeToFactor
	if least == 0 {
		least = 128
	}
	return d1, d0, shape[d1] >= least
}

func withoutAxis(shape []int, axis int) (rest []int) {
	for i, n := range shape {
		if i != axis {
			rest = append(rest, n)
		}
	}
	return rest
}

// byRMS multiplies by the size of the parameters, the root of the mean of their squares, at least 0.001.
func byRMS() rule {
	return rule{step: func(x *leaf) jnp.Array { return x.g.Mul(jnp.Maximum(rms(x.p), 1e-3)) }}
}

// trustRatio multiplies by the norm of the parameters over that of the update, where neither is 0.
func trustRatio(coefficient, eps any) rule {
	return rule{step: func(x *leaf) jnp.Array {
		p, u := norm(x.p), norm(x.g)
		ratio := p.Mul(coefficient).Div(u.Add(eps))
		return x.g.Mul(jnp.Where(p.Eq(0).Or(u.Eq(0)), jnp.OnesLike(ratio), ratio))
	}}
}

// scaling multiplies by a rate, and by sign.
func scaling(rate any, sign float64) rule {
	return rule{rate: rate, step: func(x *leaf) jnp.Array {
		r := times(x.rate, sign)
		if _, ok := rate.(Schedule); ok {
			r = array(r).AsType(x.g.DType())
		}
		return x.g.Mul(r)
	}}
}

// blockRMS limits the root of the mean square.
func blockRMS(threshold any) rule {
	return rule{step: func(x *leaf) jnp.Array { return x.g.Div(jnp.Maximum(1.0, rms(x.g).Div(threshold))) }}
}

// decay adds the parameters, multiplied by a rate.
func decay(rate any) rule {
	return rule{rate: rate, step: func(x *leaf) jnp.Array { return x.g.Add(x.p.Mul(x.rate)) }}
}

// average is a moving average (optax.ema).
func average(b any, biased bool, d ir.DType) rule {
	return rule{keeps: []keep{{"ema", zeros(d)}}, counts: true, step: func(x *leaf) jnp.Array {
		m := x.moment("ema", x.g, b)
		if biased {
			return m
		}
		return x.unbiased(m, b)
	}}
}

// centered takes the mean over all axes but the first away, of arrays that have more.
func centered() rule {
	return rule{step: func(x *leaf) jnp.Array {
		if x.g.NDim() < 2 {
			return x.g
		}
		return x.g.Sub(jnp.Reduction{KeepDims: true}.Mean(x.g, kit.UpTo(x.g.NDim())[1:]...))
	}}
}
