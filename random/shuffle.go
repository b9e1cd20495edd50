package random

import (
	"math"
	"slices"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Choosing holds the options of Permutation, Choice and Categorical.
type Choosing struct {
	// Axis of the array that is shuffled or chosen from.
	Axis int
	// Independent shuffles each vector along Axis on its own, instead of all in one order.
	Independent bool
	// WithoutReplacement chooses no element twice.
	WithoutReplacement bool
	// P is the probability of each element, an Array or a Go slice; nil is equal ones.
	P any
	// Range of Gumbel's distribution, which choosing without replacement and Categorical use.
	Range Range
}

// Permutation is x in random order along its first axis (jax.random.permutation): an Array, or a Go int n for the
// numbers 0 to n-1.
//
// Options: Choosing (Axis, Independent).
func Permutation[X int | jnp.Array](k KeyArray, x X) jnp.Array { return Choosing{}.Permutation(k, x) }

// Permutation is random.Permutation with the Axis and Independent of o.
func (o Choosing) Permutation(k KeyArray, x any) jnp.Array {
	const op = "random.Permutation"
	key := ops.UseKey(op, k.single(op))
	v := kit.Lift(op, x)
	a := v.Aval()
	if l, ok := v.Lit(); ok && l.DType.IsInteger() {
		if l.Int() < 0 {
			trace.Fail(op, nil, "%v is not a number of elements", l)
		}
		n := int(l.Int())
		d := kit.DefaultInt(key)
		return Dist{}.sample(op, key, d, []int{n}, nil, func(k *ops.Value, _ []*ops.Value) *ops.Value {
			return shuffle(k, ops.Iota(d, []int{n}, 0), 0)
		})
	}
	if a.Rank() == 0 {
		trace.Fail(op, []ir.Aval{a}, "what is shuffled is a Go int or an array of at least one axis")
	}
	axis := kit.Axis(op, o.Axis, a.Rank(), a)
	return jnp.Wrap(
		kit.Whole(op, [2]int{axis, boolInt(o.Independent)}, []*ops.Value{key, v}, func(in []*ops.Value) *ops.Value {
			return permute(in[0], in[1], axis, o.Independent)
		}))
}

func permute(k, x *ops.Value, axis int, independent bool) *ops.Value {
	if independent || x.Rank() == 1 {
		return shuffle(k, x, axis)
	}
	i := shuffle(k, ops.Iota(ir.Int32, []int{x.Shape()[axis]}, 0), 0)
	return jnp.Taking{UniqueIndices: true, Mode: jnp.ModePromiseInBounds}.Take(jnp.Wrap(x), jnp.Wrap(i), axis).
		TraceValue()
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// shuffle sorts x by random 32-bit numbers, as often as it takes for all orders to be as likely: JAX's way, to the bit.
func shuffle(k, x *ops.Value, axis int) *ops.Value {
	s := x.Shape()
	n := ir.SizeOf(s)
	rounds := int(math.Ceil(3 * math.Log(float64(max(1, n))) / math.Log(math.MaxUint32)))
	for range rounds {
		var sub *ops.Value
		k, sub = keys2(k)
		x = ops.SortBy(ops.Reshape(flatBits(sub, n, ir.Uint32), s), x, axis)
	}
	return x
}

// Choice is random elements of a, an Array, or a Go int n for the numbers 0 to n-1 (jax.random.choice); each may be
// chosen several times. The axis chosen from, the first, becomes the axes of shape.
//
// Options: Choosing (Axis, WithoutReplacement, P, Range).
func Choice[A int | jnp.Array](k KeyArray, a A, shape ...int) jnp.Array {
	return Choosing{}.Choice(k, a, shape...)
}

// Choice is random.Choice with the options of o.
func (o Choosing) Choice(k KeyArray, a any, shape ...int) jnp.Array {
	const op = "random.Choice"
	key := ops.UseKey(op, k.single(op))
	o.Range.check(op)
	c := &choice{Shape: trace.CheckShape(op, shape, ir.Complex128), Without: o.WithoutReplacement, Range: o.Range,
		Index: kit.DefaultInt(key)}
	in := append([]*ops.Value{key}, c.from(op, o.Axis, kit.Lift(op, a))...)
	if o.P != nil {
		p := kit.Lift(op, o.P)
		if t := p.Aval(); t.Rank() != 1 || t.Shape[0] != c.N {
			trace.Fail(op, []ir.Aval{t}, "the probabilities must be one for each of the %d elements", c.N)
		}
		if c.P = p.DType(); !c.P.IsFloat() {
			c.P = kit.DefaultFloat(key)
		}
		in = append(in, p)
	}
	return jnp.Wrap(kit.Whole(op, c, in, c.draw))
}

// choice is a call of Choice: what its program depends on besides the types of its inputs.
type choice struct {
	Shape   []int // of the draws
	N, Axis int   // how many elements there are, along which axis
	Numbers bool  // the elements are the numbers 0 to N-1, not an input
	Without bool  // replacement
	Range   Range
	P       ir.DType // that the probabilities are computed in; Invalid: they are equal
	Index   ir.DType // of positions
}

// from sets what there is to choose from: v, or the numbers below it. It gives the program's inputs for it.
func (c *choice) from(op string, axis int, v *ops.Value) (in []*ops.Value) {
	t := v.Aval()
	l, isNumber := v.Lit()
	switch {
	case isNumber && l.DType.IsInteger():
		c.N, c.Numbers = int(l.Int()), true
	case t.Rank() == 0:
		trace.Fail(op, []ir.Aval{t}, "what is chosen from is a Go int or an array of at least one axis")
	default:
		c.Axis = kit.Axis(op, axis, t.Rank(), t)
		c.N, in = t.Shape[c.Axis], []*ops.Value{v}
	}
	switch draws := ir.SizeOf(c.Shape); {
	case c.N <= 0 && draws > 0:
		trace.Fail(op, []ir.Aval{t}, "there is nothing to choose from: %d elements", c.N)
	case c.Without && draws > max(0, c.N):
		trace.Fail(op, []ir.Aval{t}, "%d elements cannot be chosen from %d without replacement", draws, c.N)
	}
	return in
}

// draw chooses: in are the key, the elements unless they are numbers, and the probabilities if there are any.
func (c *choice) draw(in []*ops.Value) *ops.Value {
	k, rest := in[0], in[1:]
	var x, p *ops.Value
	if !c.Numbers {
		x, rest = rest[0], rest[1:]
	}
	if len(rest) > 0 {
		p = kit.As(rest[0], c.P)
	}
	draws := ir.SizeOf(c.Shape)
	switch {
	case draws == 0 && c.Numbers:
		return ops.Full(c.Shape, ir.IntLit(0, c.Index))
	case draws == 0:
		return ops.Full(c.inPlace(x.Shape()), ir.Lit{DType: x.DType()})
	case c.Without && p == nil:
		return c.permuted(k, x, draws)
	}
	i := c.positions(k, p, draws)
	if c.Numbers {
		return i
	}
	return jnp.Taking{Mode: jnp.ModePromiseInBounds}.Take(jnp.Wrap(x), jnp.Wrap(i), c.Axis).TraceValue()
}

// inPlace is the shape s with the axes of the draws in place of the axis chosen from.
func (c *choice) inPlace(s []int) []int { return slices.Concat(s[:c.Axis], c.Shape, s[c.Axis+1:]) }

// permuted is the first of a permutation of the elements themselves, as JAX takes them.
func (c *choice) permuted(k, x *ops.Value, draws int) *ops.Value {
	if c.Numbers {
		x = ops.Iota(c.Index, []int{c.N}, 0)
	}
	y := ops.SliceInDim(permute(k, x, c.Axis, false), 0, draws, 1, c.Axis)
	return ops.Reshape(y, c.inPlace(y.Shape()))
}

// positions are the positions of the elements that are chosen, with the probabilities p, or nil for equal ones.
func (c *choice) positions(k, p *ops.Value, draws int) *ops.Value {
	if p == nil {
		number := func(n int) *ops.Value { return ops.ScalarLit(ir.IntLit(int64(n), c.Index)) }
		return randint(k, number(0), number(c.N), c.Shape, c.Index)
	}
	if c.Without {
		g := gumbel(k, []int{c.N}, c.P, c.Range).Add(jnp.Log(jnp.Wrap(p)))
		return ops.Reshape(kit.As(largest(g.TraceValue(), 0, draws), c.Index), c.Shape)
	}
	sum := ops.CumSum(p, 0, false)
	u := uniformIn(k, c.Shape, c.P, 0, 1)
	top := ops.Reshape(ops.SliceInDim(sum, c.N-1, c.N, 1, 0), nil)
	r := ops.Mul(kit.BroadcastTo(top, c.Shape), ops.Sub(ops.Full(c.Shape, ir.FloatLit(1, c.P)), u))
	return kit.As(search(sum, r), c.Index)
}

// search is, for each element of r, how many elements of the ascending vector sorted are below it: a binary search,
// unrolled.
func search(sorted, r *ops.Value) *ops.Value {
	n := sorted.Shape()[0]
	s := r.Shape()
	c := func(v int) *ops.Value { return ops.Full(s, ir.IntLit(int64(v), ir.Int32)) }
	lo, hi := c(0), c(n) // the count lies in [lo, hi]
	for span := n; span > 0; span /= 2 {
		mid := ops.Div(ops.Add(lo, hi), c(2))
		at := jnp.Taking{Mode: jnp.ModeClip}.Take(jnp.Wrap(sorted), jnp.Wrap(mid), 0).TraceValue()
		below := ops.And(ops.Lt(at, r), ops.Lt(lo, hi))
		lo, hi = ops.Select(below, ops.Add(mid, c(1)), lo), ops.Select(below, hi, mid)
	}
	return lo
}

// largest is the positions of the n largest elements of x along an axis, in descending order, the first of equal ones
// first.
func largest(x *ops.Value, axis, n int) *ops.Value {
	return kit.As(ops.SliceInDim(ops.ArgSort([]*ops.Value{ops.Neg(x)}, axis, true), 0, n, 1, axis), ir.Int32)
}

// Categorical is random categories, of probabilities proportional to exp of the logits along the last axis
// (jax.random.categorical): their numbers, int32, or int64 with 64-bit types on. Without a shape there is one for each
// vector of logits; a shape ends in the shape of those vectors.
//
// Options: Choosing (Axis, WithoutReplacement, Range).
func Categorical(k KeyArray, logits jnp.Array, shape ...int) jnp.Array {
	return Choosing{Axis: -1}.Categorical(k, logits, shape...)
}

// Categorical is random.Categorical with o's Range, WithoutReplacement, and Axis, which here must be said: the last is
// -1.
func (o Choosing) Categorical(k KeyArray, logits jnp.Array, shape ...int) jnp.Array {
	const op = "random.Categorical"
	key := ops.UseKey(op, k.single(op))
	o.Range.check(op)
	v := kit.Value(op, logits)
	a := v.Aval()
	if a.Rank() == 0 {
		trace.Fail(op, []ir.Aval{a}, "logits have an axis of categories")
	}
	axis := kit.Axis(op, o.Axis, a.Rank(), a)
	if a.Shape[axis] == 0 && !o.WithoutReplacement {
		trace.Fail(op, []ir.Aval{a}, "axis %d is empty: there are no categories to choose from", axis)
	}
	batch := slices.Delete(slices.Clone(a.Shape), axis, axis+1)
	if len(shape) == 0 {
		shape = batch
	}
	shape = trace.CheckShape(op, shape, ir.Int64)
	lead := len(shape) - len(batch)
	if lead < 0 || !slices.Equal(shape[lead:], batch) {
		trace.Fail(op, []ir.Aval{a}, "the shape %v does not end in %v, one for each vector of logits", shape, batch)
	}
	f := a.DType
	if !f.IsFloat() {
		f = kit.DefaultFloat(key)
	}
	n := ir.SizeOf(shape[:lead])
	if o.WithoutReplacement && n > a.Shape[axis] {
		trace.Fail(op, []ir.Aval{a}, "%d samples without replacement of %d categories", n, a.Shape[axis])
	}
	d := kit.DefaultInt(key)
	type params struct {
		Shape   []int
		Axis    int
		Without bool
		Range   Range
	}
	return jnp.Wrap(
		kit.Whole(op, params{shape, axis, o.WithoutReplacement, o.Range}, []*ops.Value{key, v},
			func(in []*ops.Value) *ops.Value {
				k, l := in[0], kit.As(in[1], f)
				if !o.WithoutReplacement {
					full := slices.Insert(slices.Clone(shape), lead+axis, a.Shape[axis])
					g := gumbel(k, full, f, o.Range).Add(jnp.Wrap(l))
					return kit.As(ops.ArgMax(g.TraceValue(), lead+axis, ir.Int32), d)
				}
				g := gumbel(k, a.Shape, f, o.Range).Add(jnp.Wrap(l)).TraceValue()
				i := largest(g, axis, n)
				perm := append([]int{axis},
					slices.DeleteFunc(kit.UpTo(a.Rank()), func(d int) bool { return d == axis })...)
				return kit.As(ops.Reshape(ops.Transpose(i, perm), shape), d)
			}))
}
