package jnp

import (
	"math"
	"math/bits"
	"slices"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// The engine of Einsum and of all products that broadcast: operands whose axes carry labels are contracted pair by
// pair.

// label names an axis; axes of one label go along with each other.
type label int

// labelled is an array whose axis i is axes[i], each label once.
type labelled struct {
	v    *trace.Value
	axes []label
}

func (x labelled) find(l label) int { return slices.Index(x.axes, l) }

// contraction is one einsum: its sizes, the result's axes, and options.
type contraction struct {
	size map[label]int
	out  []label
	opts ops.DotOptions
}

// run contracts xs, all of one dtype.
func (c *contraction) run(xs []labelled) *trace.Value {
	for i, x := range xs {
		xs[i] = c.prepare(x)
	}
	for i := range xs {
		xs[i] = c.presum(xs, i)
	}
	for _, pair := range c.path(xs) {
		x, y := xs[pair[0]], xs[pair[1]]
		xs[pair[0]], xs[pair[1]] = labelled{}, labelled{}
		xs[pair[0]] = c.pair(x, y, c.needed(xs), c.last(xs))
	}
	for _, x := range xs {
		if x.v != nil {
			return c.order(x, c.out)
		}
	}
	return nil
}

// last reports whether no operand but those being contracted is left.
func (c *contraction) last(xs []labelled) bool {
	return !slices.ContainsFunc(xs, func(x labelled) bool { return x.v != nil })
}

// needed tells the labels that the result or an operand of xs has.
func (c *contraction) needed(xs []labelled) map[label]bool {
	n := map[label]bool{}
	for _, l := range c.out {
		n[l] = true
	}
	for _, x := range xs {
		for _, l := range x.axes {
			n[l] = true
		}
	}
	return n
}

// prepare leaves out the axes of x that have length 1 where other operands are longer, and takes the diagonal where it
// has a label twice.
func (c *contraction) prepare(x labelled) labelled {
	var drop []int
	for a, l := range x.axes {
		if x.v.Shape()[a] != c.size[l] {
			drop = append(drop, a)
		}
	}
	x = x.without(drop, func(v *trace.Value, rest []int) *trace.Value { return ops.Reshape(v, rest) })
	for a := 0; a < len(x.axes); a++ {
		if b := slices.Index(x.axes[a+1:], x.axes[a]); b >= 0 {
			b += a + 1
			l := x.axes[a]
			axes := slices.Delete(slices.Clone(x.axes), b, b+1)
			axes = slices.Delete(axes, a, a+1)
			x = labelled{diagonal(x.v, 0, a, b), append(axes, l)}
			a--
		}
	}
	return x
}

// presum sums operand i over labels that nothing else has.
func (c *contraction) presum(xs []labelled, i int) labelled {
	x := xs[i]
	others := slices.Clone(xs)
	others[i] = labelled{}
	need := c.needed(others)
	var sum []int
	for a, l := range x.axes {
		if !need[l] {
			sum = append(sum, a)
		}
	}
	return x.without(sum, func(v *trace.Value, _ []int) *trace.Value { return c.sum(v, sum) })
}

// without is x less some axes, which f takes out of the value.
func (x labelled) without(axes []int, f func(v *trace.Value, rest []int) *trace.Value) labelled {
	if len(axes) == 0 {
		return x
	}
	rest, kept := kit.Without(x.v.Shape(), axes)
	out := labelled{v: f(x.v, rest)}
	for _, a := range kept {
		out.axes = append(out.axes, x.axes[a])
	}
	return out
}

// sum adds up, half-precision floats in float32.
func (c *contraction) sum(v *trace.Value, axes []int) *trace.Value {
	d := v.DType()
	if p := c.opts.PreferredType; p != ir.Invalid {
		d = p
	}
	v = ops.Convert(v, upcastHalf(d))
	return ops.Convert(sumKind.reduce(v, axes), d)
}

// pair contracts x and y over the labels that both have and nobody needs any more.
func (c *contraction) pair(x, y labelled, need map[label]bool, last bool) labelled {
	var batch, contract, xs, ys []label
	for _, l := range x.axes {
		switch {
		case y.find(l) < 0:
			xs = append(xs, l)
		case need[l]:
			batch = append(batch, l)
		default:
			contract = append(contract, l)
		}
	}
	for _, l := range y.axes {
		if x.find(l) < 0 {
			ys = append(ys, l)
		}
	}
	if last { // batch axes in the order they are wanted in
		slices.SortStableFunc(batch, func(a, b label) int { return slices.Index(c.out, a) - slices.Index(c.out, b) })
	}
	if len(contract) == 0 {
		axes := slices.Concat(batch, xs, ys)
		if last {
			axes = c.out
		}
		return labelled{c.multiply(c.spread(x, axes), c.spread(y, axes)), axes}
	}
	if last && !slices.Equal(slices.Concat(batch, xs, ys), c.out) && slices.Equal(slices.Concat(batch, ys, xs), c.out) {
		x, y, xs, ys = y, x, ys, xs // the other way round nothing needs transposing
	}
	at := func(x labelled, ls []label) []int {
		out := make([]int, len(ls))
		for i, l := range ls {
			out[i] = x.find(l)
		}
		return out
	}
	dims := ops.DotDims{LHSContract: at(x, contract), RHSContract: at(y, contract), LHSBatch: at(x, batch),
		RHSBatch: at(y, batch)}
	return labelled{ops.DotGeneral(x.v, y.v, dims, c.opts), slices.Concat(batch, xs, ys)}
}

// multiply is the product of two values of one shape.
func (c *contraction) multiply(x, y *trace.Value) *trace.Value {
	if p := c.opts.PreferredType; p != ir.Invalid {
		x, y = ops.Convert(x, p), ops.Convert(y, p)
	}
	return prodKind.combine(x, y)
}

// order is x with its axes in the given order.
func (c *contraction) order(x labelled, axes []label) *trace.Value {
	perm := make([]int, len(axes))
	for i, l := range axes {
		perm[i] = x.find(l)
	}
	return ops.Transpose(x.v, perm)
}

// spread is x with the given axes; it is broadcast along those that it lacks.
func (c *contraction) spread(x labelled, axes []label) *trace.Value {
	var has []label
	var dims []int
	shape := make([]int, len(axes))
	for i, l := range axes {
		shape[i] = c.size[l]
		if x.find(l) >= 0 {
			has, dims = append(has, l), append(dims, i)
		}
	}
	v := c.order(x, has)
	if len(has) == len(axes) {
		return v
	}
	return ops.BroadcastInDim(v, shape, dims)
}

// maxExact is the number of operands up to which every order of contraction is weighed.
const maxExact = 8

// path is the order of contraction: pairs of positions in xs; the result takes the first one's place.
func (c *contraction) path(xs []labelled) [][2]int {
	n := len(xs)
	switch {
	case n < 2:
		return nil
	case n == 2:
		return [][2]int{{0, 1}}
	case n <= maxExact:
		return c.exactPath(xs)
	}
	return c.greedyPath(xs)
}

// volume is the number of elements of an array with the labels in set (bits over list).
func (c *contraction) volume(list []label, set bitset) float64 {
	p := 1.0
	for i, l := range list {
		if set.has(i) {
			p *= math.Max(float64(c.size[l]), 1)
		}
	}
	return p
}

// bitset is a set of small numbers, without a bound: an einsum may have more than 64 labels.
type bitset []uint64

func (b bitset) has(i int) bool { return i/64 < len(b) && b[i/64]>>(i%64)&1 != 0 }

func (b bitset) with(o bitset) bitset {
	out := make(bitset, max(len(b), len(o)))
	copy(out, b)
	for i, w := range o {
		out[i] |= w
	}
	return out
}

func (b bitset) and(o bitset) bitset {
	out := make(bitset, min(len(b), len(o)))
	for i := range out {
		out[i] = b[i] & o[i]
	}
	return out
}

func (b *bitset) add(i int) {
	for len(*b) <= i/64 {
		*b = append(*b, 0)
	}
	(*b)[i/64] |= 1 << (i % 64)
}

// sets lists all labels, and which of them each operand and the result have.
func (c *contraction) sets(xs []labelled) (list []label, of []bitset, out bitset) {
	index := map[label]int{}
	set := func(axes []label) (b bitset) {
		for _, l := range axes {
			i, ok := index[l]
			if !ok {
				i = len(list)
				index[l] = i
				list = append(list, l)
			}
			b.add(i)
		}
		return b
	}
	for _, x := range xs {
		of = append(of, set(x.axes))
	}
	return list, of, set(c.out)
}

// exactPath finds the order of fewest operations, by the best order of every subset.
func (c *contraction) exactPath(xs []labelled) [][2]int {
	n := len(xs)
	list, of, out := c.sets(xs)
	all := 1<<n - 1
	union := make([]bitset, all+1)
	for s := 1; s <= all; s++ {
		union[s] = union[s&(s-1)].with(of[bits.TrailingZeros(uint(s))])
	}
	result := make([]bitset, all+1) // the labels of a subset's product: those it has and others need
	for s := 1; s <= all; s++ {
		result[s] = union[s].and(union[all&^s].with(out))
	}
	cost := make([]float64, all+1)
	split := make([]int, all+1)
	for s := 1; s <= all; s++ {
		if s&(s-1) == 0 {
			continue
		}
		cost[s] = math.Inf(1)
		for a := (s - 1) & s; a > s&^a; a = (a - 1) & s {
			b := s &^ a
			// Operations, and what is written of the result.
			k := cost[a] + cost[b] + c.volume(list, result[a].with(result[b])) + c.volume(list, result[s])
			if k < cost[s] {
				cost[s], split[s] = k, a
			}
		}
	}
	var path [][2]int
	var walk func(s int) int
	walk = func(s int) int {
		if s&(s-1) == 0 {
			return bits.TrailingZeros(uint(s))
		}
		a, b := walk(split[s]), walk(s&^split[s])
		path = append(path, [2]int{a, b})
		return a
	}
	walk(all)
	return path
}

// greedyPath contracts, each time, the pair whose product has the fewest elements more than the two that it replaces.
func (c *contraction) greedyPath(xs []labelled) [][2]int {
	list, of, out := c.sets(xs)
	var left []int
	for i := range xs {
		left = append(left, i)
	}
	var path [][2]int
	for len(left) > 1 {
		best, bestWork, at := math.Inf(1), math.Inf(1), [2]int{}
		var product bitset
		for p, i := range left {
			for q := p + 1; q < len(left); q++ {
				j := left[q]
				rest := out
				for _, k := range left {
					if k != i && k != j {
						rest = rest.with(of[k])
					}
				}
				both := of[i].with(of[j])
				res := both.and(rest)
				gain := c.volume(list, res) - c.volume(list, of[i]) - c.volume(list, of[j])
				work := c.volume(list, both)
				if gain < best || gain == best && work < bestWork {
					best, bestWork, at, product = gain, work, [2]int{p, q}, res
				}
			}
		}
		i, j := left[at[0]], left[at[1]]
		path = append(path, [2]int{i, j})
		of[i] = product
		left = slices.Delete(left, at[1], at[1]+1)
	}
	return path
}

// diagonal is the diagonal of axes a and b, offset places above the main one, as the last axis: a strided slice of the
// two axes read as one, so that nothing else is touched.
func diagonal(v *trace.Value, offset, a, b int) *trace.Value {
	rest, kept := kit.Without(v.Shape(), []int{a, b})
	v = ops.Transpose(v, append(kept, a, b))
	last := len(rest)
	m, n := v.Shape()[last], v.Shape()[last+1]
	if offset > 0 {
		lo := min(offset, n)
		v, n = ops.SliceInDim(v, lo, n, 1, last+1), n-lo
	} else if offset < 0 {
		lo := min(-offset, m)
		v, m = ops.SliceInDim(v, lo, m, 1, last), m-lo
	}
	k := min(m, n)
	if k == 0 {
		return ops.Full(append(rest, 0), ir.IntLit(0, v.DType()))
	}
	if m > k {
		v = ops.SliceInDim(v, 0, k, 1, last)
	}
	return ops.SliceInDim(ops.Reshape(v, append(slices.Clone(rest), k*n)), 0, k*n, n+1, last)
}
