package optim

import (
	"maps"
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/trace"
	"github.com/gojax/gojax/tree"
)

// Scale multiplies by rate, a number or a Schedule (optax.scale, optax.scale_by_schedule). Chain(Adam(-1), Scale(-r))
// is Adam(r).
func Scale[P any, R Rate](rate R) Transform[P] {
	return leafwise[P](scaling(rateOf("optim.Scale", "rate", rate, nil), 1))
}

// WeightDecay adds rate times the parameters, for which mask holds where one is given (optax.add_decayed_weights).
// Before an optimiser it is the gradient of a squared penalty; AdamW has it between the moments and the rate.
func WeightDecay[P any, R Rate](rate R, mask ...Mask) Transform[P] {
	const op = "optim.WeightDecay"
	return decayed[P](rateOf(op, "rate", rate, nil), oneOption(op, mask))
}

func decayed[P any](rate any, mask Mask) Transform[P] {
	if rate == 0.0 {
		return New[P](nil, nil)
	}
	return masked(leafwise[P](decay(rate)), mask)
}

// EMAOptions are the options of EMA.
type EMAOptions struct {
	Biased bool      // the average is not corrected for its start at 0 (debias=False)
	DType  jnp.DType // of the average that is kept; unset: the parameters'
}

// EMA gives the exponential moving average of what it is given, of which decay is kept in a step (optax.ema). As part
// of a chain it averages updates. For an average of parameters, give it these in place of gradients.
//
// Options: EMAOptions (Biased, DType).
func EMA[P any, N Number](decay N, options ...EMAOptions) Transform[P] {
	const op = "optim.EMA"
	o := oneOption(op, options)
	return leafwise[P](average(number(op, "decay", decay, nil), o.Biased, floatType(op, "DType", o.DType)))
}

// floatType is a dtype of floats that was asked for, or none.
func floatType(op, what string, d jnp.DType) jnp.DType {
	if d != ir.Invalid && !d.IsInexact() {
		trace.Fail(op, nil, "%s is %v; it must be a dtype of floats", what, d)
	}
	return d
}

// Clip limits every element to limit and -limit (optax.clip).
func Clip[P any, N Number](limit N) Transform[P] {
	most := number("optim.Clip", "limit", limit, nil)
	return leafwise[P](rule{step: func(x *leaf) jnp.Array { return jnp.Clip(x.g, minus(0.0, most), most) }})
}

// ClipByGlobalNorm scales the updates down where the norm of all their elements together is more than limit
// (optax.clip_by_global_norm; clip_grads of jax.example_libraries.optimizers).
func ClipByGlobalNorm[P any, N Number](limit N) Transform[P] {
	most := number("optim.ClipByGlobalNorm", "limit", limit, nil)
	return New(nil, func(g P, s State[P], _ At[P]) (P, State[P]) {
		all := tree.Norm(g)
		return tree.Map(func(x jnp.Array) jnp.Array {
			return jnp.Where(all.Lt(most), x, x.Div(all.AsType(x.DType())).Mul(most).AsType(x.DType()))
		}, g), s
	})
}

// ClipByBlockRMS scales every array down whose root of the mean square is more than limit (optax.clip_by_block_rms).
func ClipByBlockRMS[P any, N Number](limit N) Transform[P] {
	return leafwise[P](blockRMS(number("optim.ClipByBlockRMS", "limit", limit, nil)))
}

// Centralize takes the mean over all axes but the first from arrays of two axes or more (Yong et al. 2020;
// optax.centralize).
func Centralize[P any]() Transform[P] { return leafwise[P](centered()) }

// SetToZero gives updates of zeros (optax.set_to_zero).
func SetToZero[P any]() Transform[P] {
	return leafwise[P](rule{step: func(x *leaf) jnp.Array { return jnp.ZerosLike(x.g) }})
}

// ZeroNaNs puts 0 where an update is NaN (optax.zero_nans, without the flags that it keeps).
func ZeroNaNs[P any]() Transform[P] {
	return leafwise[P](rule{step: func(x *leaf) jnp.Array {
		return jnp.Where(jnp.IsNaN(x.g), jnp.ZerosLike(x.g), x.g)
	}})
}

// KeepParamsNonNegative limits updates so that no parameter becomes negative (optax.keep_params_nonnegative). It comes
// last in a chain.
func KeepParamsNonNegative[P any]() Transform[P] {
	return leafwise[P](rule{step: func(x *leaf) jnp.Array {
		return jnp.Where(x.p.Add(x.g).Lt(0), x.p.Neg(), x.g)
	}})
}

// Mask says which parameters are meant, by their path, such as ".Layers[0].W" or "" for parameters that are one array,
// and the array.
type Mask func(path string, p jnp.Array) bool

// Masked applies inner to the parameters that mask holds for; updates of others pass as they are (optax.masked). The
// state has nothing of these.
func Masked[P any](inner Transform[P], mask Mask) Transform[P] {
	const op = "optim.Masked"
	inner.check(op)
	if mask == nil {
		trace.Fail(op, nil, "mask is a nil function")
	}
	return masked(inner, mask)
}

func masked[P any](inner Transform[P], mask Mask) Transform[P] {
	if mask == nil {
		return inner
	}
	return Transform[P]{
		init: func(p P) State[P] {
			part, _ := prune(p, mask)
			return State[P]{Inner: []State[P]{inner.init(part)}}
		},
		update: func(g P, s State[P], at At[P]) (P, State[P]) {
			part, keep := prune(at.Params, mask)
			here := At[P]{Params: part, Gradient: only(at.Gradient, keep), Value: at.Value}
			if f := at.Objective; f != nil {
				here.Objective = func(p P) jnp.Array { return f(merge(at.Params, p, keep)) }
			}
			u, n := inner.update(only(g, keep), innerStates(s, 1)[0], here)
			return merge(g, u, keep), State[P]{Inner: []State[P]{n}}
		},
	}
}

// Freeze keeps the parameters that mask holds for as they are; it comes last in a chain (optax.transforms.freeze).
func Freeze[P any](mask Mask) Transform[P] { return Masked(SetToZero[P](), mask) }

// Partition applies to each parameter the transformation of its label (optax.partition, multi_transform). label is
// given what a Mask is. The State has theirs in Inner, in the order of the labels.
func Partition[P any](label func(path string, p jnp.Array) string, of map[string]Transform[P]) Transform[P] {
	const op = "optim.Partition"
	if label == nil {
		trace.Fail(op, nil, "label is a nil function")
	}
	labels := slices.Sorted(maps.Keys(of))
	parts := make([]Transform[P], len(labels))
	for i, l := range labels {
		of[l].check(op)
		parts[i] = masked(of[l], func(path string, p jnp.Array) bool {
			got := label(path, p)
			if _, ok := of[got]; !ok {
				trace.Fail(op, nil, "params%s has the label %q, and there are transformations for %q", path, got,
					labels)
			}
			return got == l
		})
	}
	return Chain(parts...)
}

// AccumulateOptions are the options of Accumulate.
type AccumulateOptions struct {
	Sum   bool      // gradients are added up, not averaged (use_grad_mean=False)
	DType jnp.DType // of the average; unset: the parameters', and float32 at least
}

// Accumulate averages gradients over every steps and only then makes a step of inner, as one batch so many times as
// large would; the other updates are 0 (optax.MultiSteps). every is a Go int, or a Schedule of it by the number of
// steps that inner has made, which is "gradient_step" in the State; Count is how many gradients are in the average
// "acc_grads".
//
// Options: AccumulateOptions (Sum, DType).
func Accumulate[P any, E ~int | ~func(count jnp.Array) jnp.Array](inner Transform[P], every E,
	options ...AccumulateOptions) Transform[P] {
	const op = "optim.Accumulate"
	inner.check(op)
	o, steps := oneOption(op, options), rateOf(op, "every", every, nil)
	if n, ok := steps.(float64); ok {
		if steps = int(n); n < 1 {
			trace.Fail(op, nil, "every is %v; it must be 1 at least", n)
		}
	}
	d := floatType(op, "DType", o.DType)
	acc := func(p jnp.Array) jnp.Array {
		if d.Valid() {
			return zeros(d)(p)
		}
		return zeros(jnp.PromoteTypes(p.DType(), jnp.Float32))(p)
	}
	zero := func() jnp.Array { return jnp.Creation{DType: jnp.Int32}.Zeros() }
	return Transform[P]{
		init: func(p P) State[P] {
			return State[P]{Count: zero(), Values: map[string]jnp.Array{"gradient_step": zero()},
				Trees: map[string]P{"acc_grads": tree.Map(acc, p)}, Inner: []State[P]{inner.init(p)}}
		},
		update: func(g P, s State[P], at At[P]) (P, State[P]) {
			n, made, old := countOf(s), s.Value("gradient_step"), s.Tree("acc_grads")
			k := steps
			if f, ok := k.(Schedule); ok {
				k = number(op, "what every gives", f(made), nil)
			}
			sum := tree.Map2(func(g, acc jnp.Array) jnp.Array {
				if o.Sum {
					return g.Add(acc)
				}
				return acc.Add(g.Sub(acc).Div(n.Add(1).AsType(acc.DType().Real())))
			}, g, old)
			mean := tree.Map2(func(m, g jnp.Array) jnp.Array { return m.AsType(g.DType()) }, sum, g)
			inside := innerStates(s, 1)[0]
			u, next := inner.update(mean, inside, at)
			due := n.Add(1).Ge(k)
			none := tree.Map(jnp.ZerosLike, u)
			kept := tree.Map2(func(m, old jnp.Array) jnp.Array {
				return jnp.Where(due, jnp.ZerosLike(old), m.AsType(old.DType()))
			}, sum, old)
			return tree.Where(due, u, none), State[P]{
				Count:  jnp.Where(due, zero(), after(n)),
				Values: map[string]jnp.Array{"gradient_step": jnp.Where(due, after(made), made)},
				Trees:  map[string]P{"acc_grads": kept},
				Inner:  []State[P]{tree.Where(due, next, inside)},
			}
		},
	}
}

// ApplyIfFinite makes a step of inner only where all updates are finite, and zeros otherwise, but for what comes after
// limit steps in a row that are not (optax.apply_if_finite). The State's Count is of these; "total_notfinite" and
// "last_finite" tell of all steps, and of the last.
func ApplyIfFinite[P any](inner Transform[P], limit int) Transform[P] {
	const op = "optim.ApplyIfFinite"
	inner.check(op)
	zero := func() jnp.Array { return jnp.Creation{DType: jnp.Int32}.Zeros() }
	return Transform[P]{
		init: func(p P) State[P] {
			return State[P]{Count: zero(), Inner: []State[P]{inner.init(p)}, Values: map[string]jnp.Array{
				"total_notfinite": zero(), "last_finite": jnp.Creation{DType: jnp.Bool}.Ones()}}
		},
		update: func(g P, s State[P], at At[P]) (P, State[P]) {
			finite := jnp.Creation{DType: jnp.Bool}.Ones()
			_, gs := apart(g)
			for _, x := range gs {
				finite = finite.And(jnp.IsFinite(x).All())
			}
			bad, total := jnp.Where(finite, zero(), after(countOf(s))), s.Value("total_notfinite")
			inside := innerStates(s, 1)[0]
			u, next := inner.update(g, inside, at)
			apply := finite.Or(bad.Gt(limit))
			return tree.Where(apply, u, tree.Map(jnp.ZerosLike, u)), State[P]{
				Count: bad, Inner: []State[P]{tree.Where(apply, next, inside)}, Values: map[string]jnp.Array{
					"total_notfinite": jnp.Where(finite, total, after(total)), "last_finite": finite}}
		},
	}
}
