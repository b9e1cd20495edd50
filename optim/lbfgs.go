package optim

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/trace"
	"github.com/gojax/gojax/tree"
)

// LBFGSOptions are the options of LBFGS.
type LBFGSOptions struct {
	Rate               any        // multiplies the direction before the line search: a Rate; nil: 1
	MemorySize         int        // of how many steps the differences are kept; 0: 10
	NoScaleInitPrecond bool       // the Hessian is not scaled by the last step to begin with
	LineSearch         LineSearch // how far to go; nil: Zoom{}
	NoLineSearch       bool       // as far as the direction and the rate say
}

// LBFGS is the quasi-Newton method with a limited memory (Liu and Nocedal 1989; optax.lbfgs). Call UpdateWith, with the
// value of the objective and the objective, for the line search; with NoLineSearch Update will do. The search leaves
// value and gradient at the next parameters in the State: ValueAndGradFromState takes them from there.
//
// The State is that of a Chain: the memory, the rate, and the search.
//
// Options: LBFGSOptions (Rate, MemorySize, NoScaleInitPrecond, LineSearch, NoLineSearch).
func LBFGS[P any](options ...LBFGSOptions) Transform[P] {
	const op = "optim.LBFGS"
	o := oneOption(op, options)
	if o.MemorySize < 0 {
		trace.Fail(op, nil, "MemorySize is %d; it must be 1 at least, or 0 for 10", o.MemorySize)
	}
	if o.MemorySize == 0 {
		o.MemorySize = 10
	}
	parts := []Transform[P]{quasiNewton[P](o.MemorySize, !o.NoScaleInitPrecond),
		leafwise[P](scaling(rateOf(op, "Rate", o.Rate, 1.0), -1))}
	if o.NoLineSearch {
		return Chain(parts...)
	}
	if o.LineSearch == nil {
		o.LineSearch = Zoom{}
	}
	return Chain(append(parts, Search[P](o.LineSearch))...)
}

// quasiNewton multiplies by an approximation of the inverse Hessian (optax.scale_by_lbfgs).
func quasiNewton[P any](size int, scaled bool) Transform[P] {
	init := func(p P) State[P] {
		memory := tree.Map(func(x jnp.Array) jnp.Array {
			return jnp.Creation{DType: x.DType()}.Zeros(append([]int{size}, x.Shape()...)...)
		}, p)
		none := tree.Map(zeros(jnp.DType(0)), p)
		return State[P]{
			Count: jnp.Creation{DType: jnp.Int32}.Zeros(),
			Trees: map[string]P{"params": none, "updates": none, "diff_params_memory": memory,
				"diff_updates_memory": memory},
			Values: map[string]jnp.Array{"weights_memory": jnp.Creation{DType: realType(p)}.Zeros(size)},
		}
	}
	update := func(g P, s State[P], at At[P]) (P, State[P]) {
		n := countOf(s)
		begun := n.Gt(0)
		// What the last step changed; before the first there is none.
		change := func(now P, name string) P {
			return tree.Map2(func(a, b jnp.Array) jnp.Array {
				return jnp.Where(begun, a.Sub(b).AsType(b.DType()), jnp.ZerosLike(b))
			}, now, s.Tree(name))
		}
		dp, dg := change(at.Params, "params"), change(g, "updates")
		along := tree.VDot(dg, dp).Real()
		weight := jnp.Where(along.Eq(0), jnp.ZerosLike(along), jnp.Div(1, along))
		last := n.Sub(1).Mod(size)
		put := func(memory, x jnp.Array) jnp.Array { return memory.At(last).Set(x) }
		m := memory[P]{
			Params:  tree.Map2(put, s.Tree("diff_params_memory"), dp),
			Updates: tree.Map2(put, s.Tree("diff_updates_memory"), dg),
			Weights: put(s.Value("weights_memory"), weight.AsType(s.Value("weights_memory").DType())),
		}
		scale := jnp.OnesLike(along)
		if scaled {
			square := tree.SquaredNorm(dg)
			first := jnp.Minimum(1.0, jnp.Div(1, tree.Norm(g)))
			scale = jnp.Where(begun, jnp.Where(square.Gt(0), along.Div(square), jnp.OnesLike(square)), first)
		}
		return m.times(g, scale, n.Mod(size), size), State[P]{
			Count: after(n),
			Trees: map[string]P{"params": tree.CastLike(at.Params, s.Tree("params")),
				"updates":            tree.CastLike(g, s.Tree("updates")),
				"diff_params_memory": m.Params, "diff_updates_memory": m.Updates},
			Values: map[string]jnp.Array{"weights_memory": m.Weights},
		}
	}
	return Transform[P]{init, update}
}

// memory holds the differences of the last steps, and the inverses of their products.
type memory[P any] struct {
	Params, Updates P
	Weights         jnp.Array
}

// times is g times the inverse Hessian that the memory, whose oldest entry is first, stands for: two loops over it.
func (m memory[P]) times(g P, scale, first jnp.Array, size int) P {
	order := jnp.Arange(size).Add(first).Mod(size)
	entry := func(i jnp.Array) (p, u P, w jnp.Array) {
		at := func(x jnp.Array) jnp.Array { return x.Index(i) }
		return tree.Map(at, m.Params), tree.Map(at, m.Updates), at(m.Weights)
	}
	add := func(v P, t jnp.Array, d P) P { return tree.CastLike(tree.AddScale(v, t, d), v) }
	v, alphas := lax.Scan(func(v P, i jnp.Array) (P, jnp.Array) {
		p, u, w := entry(i)
		alpha := w.Mul(tree.VDot(p, v).Real())
		return add(v, alpha.Neg(), u), alpha
	}, g, order, lax.ScanOptions{Reverse: true})
	v = tree.CastLike(tree.Scale(scale, v), v)
	type pair struct{ I, Alpha jnp.Array }
	v, _ = lax.Scan(func(v P, x pair) (P, struct{}) {
		p, u, w := entry(x.I)
		return add(v, x.Alpha.Sub(w.Mul(tree.VDot(u, v).Real())), p), struct{}{}
	}, v, pair{order, alphas})
	return v
}

// realType is the common real dtype of the arrays of p.
func realType[P any](p P) jnp.DType {
	d := jnp.DType(0)
	_, x := apart(p)
	for _, a := range x {
		if r := a.DType().Real(); d.Valid() {
			d = jnp.PromoteTypes(d, r)
		} else {
			d = r
		}
	}
	if !d.Valid() {
		d = jnp.Float32
	}
	return d
}
