package lax

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// ScanOption is an option of Scan, Map and AssociativeScan: Reverse, Unroll, Length, BatchSize, Axis.
type ScanOption interface{ set(o *scanOptions) }

type scanOptions struct {
	reverse                            bool
	unroll, length, batch, axis        int
	hasUnroll, hasLength, hasBatch, ax bool
}

type (
	reverseOption   bool
	unrollOption    int
	lengthOption    int
	batchSizeOption int
	axisOption      int
)

func (r reverseOption) set(o *scanOptions)   { o.reverse = bool(r) }
func (n unrollOption) set(o *scanOptions)    { o.unroll, o.hasUnroll = int(n), true }
func (n lengthOption) set(o *scanOptions)    { o.length, o.hasLength = int(n), true }
func (n batchSizeOption) set(o *scanOptions) { o.batch, o.hasBatch = int(n), true }
func (n axisOption) set(o *scanOptions)      { o.axis, o.ax = int(n), true }

// Reverse goes through the arrays from their ends; results are stacked in the order of the arrays all the same.
const Reverse = reverseOption(true)

// Unroll writes n steps out in each round of the loop (fewer rounds, a longer program); n at least the length means no loop at all.
func Unroll(n int) ScanOption { return unrollOption(n) }

// Length says how many steps to take where no array tells it; where one does, it must agree.
func Length(n int) ScanOption { return lengthOption(n) }

// BatchSize lets Map apply its function to n elements at a time, as Vmap does.
func BatchSize(n int) ScanOption { return batchSizeOption(n) }

// Axis is the axis that AssociativeScan goes along, 0 if not given; negative axes count from the end.
func Axis(n int) ScanOption { return axisOption(n) }

// optionsOf reads the options of op; what it has no use for is refused.
func optionsOf(op string, opts []ScanOption, takes string) scanOptions {
	o := scanOptions{unroll: 1}
	for _, s := range opts {
		if s != nil {
			s.set(&o)
		}
	}
	for _, c := range []struct {
		name string
		set  bool
	}{{"Reverse", o.reverse}, {"Unroll", o.hasUnroll}, {"Length", o.hasLength}, {"BatchSize", o.hasBatch}, {"Axis", o.ax}} {
		if c.set && !strings.Contains(takes, c.name) {
			trace.Fail(op, nil, "lax.%s is not an option of %s, which takes %s", c.name, op, takes)
		}
	}
	if o.unroll < 1 {
		trace.Fail(op, nil, "Unroll(%d): at least 1 step must be written out in each round", o.unroll)
	}
	if o.hasLength && o.length < 0 {
		trace.Fail(op, nil, "Length(%d): a length cannot be negative", o.length)
	}
	if o.hasBatch && o.batch < 1 {
		trace.Fail(op, nil, "BatchSize(%d): at least 1 element must be taken at a time", o.batch)
	}
	return o
}

// Scan applies f to a carry and one element of xs after the other along their leading axes: c, y = f(c, x), from c = init, and
// returns the last carry and the ys, stacked along a new leading axis (jax.lax.scan). The carry must keep its structure,
// shapes and dtypes; only a weakly typed array of init (one made of Go numbers) takes the dtype that f gives it. All arrays
// of xs have leading axes of one size; with no arrays (struct{}{}, or a nil any) give Length. f is traced once and the
// compiled program holds it once, however long xs are. Options: Reverse, Unroll, Length.
func Scan[C, X, Y any](f func(C, X) (C, Y), init C, xs X, opts ...ScanOption) (C, Y) {
	const op = "lax.Scan"
	checkFuncs(op, f != nil)
	o := optionsOf(op, opts, "Reverse, Unroll and Length")
	cdef, c := trace.Flatten(init)
	xdef, x := trace.Flatten(xs)
	var ydef *trace.Def
	carry, ys := scanOver(op, "f", cdef, 0, c, x, scanLength(op, xdef, x, o), o, func(c, x []*Value) (*trace.Def, []*Value, []*Value) {
		next, y := f(trace.Unflatten[C](cdef, c), trace.Unflatten[X](xdef, x))
		d, nc := trace.Flatten(next)
		yd, ny := trace.Flatten(y)
		ydef = yd
		return d, nc, ny
	})
	return trace.Unflatten[C](cdef, carry), trace.Unflatten[Y](ydef, ys)
}

// Map applies f to each element of xs along their leading axes, one after the other, and stacks the results (jax.lax.map): as
// Vmap, with the memory of one element at a time. Options: Reverse and Unroll, as Scan's; with BatchSize(n), f is applied to
// n elements at a time, as under Vmap.
func Map[X, Y any](f func(X) Y, xs X, opts ...ScanOption) Y {
	const op = "lax.Map"
	checkFuncs(op, f != nil)
	o := optionsOf(op, opts, "Reverse, Unroll and BatchSize")
	xdef, x := trace.Flatten(xs)
	n := scanLength(op, xdef, x, o)
	var ydef *trace.Def
	g := func(x []*Value) (y []*Value) {
		ydef, y = trace.Flatten(f(trace.Unflatten[X](xdef, x)))
		return y
	}
	if o.hasBatch && vmapProgram != nil {
		ys := mapBatched(op, g, x, n, o)
		return trace.Unflatten[Y](ydef, ys)
	}
	none, _ := trace.Flatten(struct{}{})
	_, ys := scanOver(op, "f", none, 0, nil, x, n, o, func(_, x []*Value) (*trace.Def, []*Value, []*Value) {
		return none, nil, g(x)
	})
	return trace.Unflatten[Y](ydef, ys)
}

// scanLength is the number of steps that the arrays and the options agree on.
func scanLength(op string, def *trace.Def, x []*Value, o scanOptions) int {
	paths := def.PathsFrom("xs")
	n := -1
	for i, v := range x {
		if v.Rank() == 0 {
			trace.Fail(op, trace.Avals(x), "%s is a scalar, %v; what is scanned needs a leading axis to go along: capture it in the function instead", paths[i], v.Aval())
		}
		if k := v.Shape()[0]; n < 0 {
			n = k
		} else if k != n {
			trace.Fail(op, trace.Avals(x), "the leading axes of xs have different sizes: %d in %s and %d in %s; slice or pad the arrays to one length", n, paths[0], k, paths[i])
		}
	}
	switch {
	case n < 0 && !o.hasLength:
		trace.Fail(op, nil, "xs holds no arrays, so the number of steps is not known; say it with lax.Length(n)")
	case n < 0:
		n = o.length
	case o.hasLength && n != o.length:
		trace.Fail(op, trace.Avals(x), "Length(%d) disagrees with xs, whose leading axes have size %d; leave it out", o.length, n)
	}
	return n
}

// elementTypes are the types of one element of each of x.
func elementTypes(x []*Value) []ir.Aval {
	t := trace.Avals(x)
	for i := range t {
		t[i] = t[i].With(t[i].Shape[1:])
	}
	return t
}

// scanOver traces the step of a scan over the carry c and elements of x, and binds it. The leaves of the user's carry, of
// structure def, are the last of c, after own others. fname is what the user calls the step in messages.
func scanOver(op, fname string, def *trace.Def, own int, c, x []*Value, n int, o scanOptions, step func(c, x []*Value) (*trace.Def, []*Value, []*Value)) (carry, ys []*Value) {
	k := len(c)
	elems := elementTypes(x)
	var p *ir.Program
	var captured []*Value
	for {
		p, captured = trace.Trace("the function of "+op, append(trace.Avals(c), elems...), func(a []*Value) []*Value {
			d, next, y := step(a[:k:k], a[k:])
			if !d.Equal(def) {
				trace.Fail(op, nil, "%s returns another structure than the carry it is given: returned and given are\n\t%s",
					fname, strings.Join(d.Diff(def, "the carry"), "\n\t"))
			}
			return slices.Concat(next, y)
		})
		next, changed := promoteWeak(c, p.OutTypes()[:k])
		if !changed {
			break
		}
		c = next
	}
	sameCarry(op, def, own, trace.Avals(c), p.OutTypes()[:k])
	p, captured = liftNumbers(p, captured)
	return bindScan(p, c, x, captured, n, o.reverse, o.unroll)
}

// bindScan scans the program p, which takes carry, elements and captures and returns carry and elements. What merely passes
// through is left out of the loop: a carry that never changes is a constant of it, so that the work that depends on it can be
// done once, and an element returned as it is makes the array it comes from.
func bindScan(p *ir.Program, c, x, captured []*Value, n int, reverse bool, unroll int) (carry, ys []*Value) {
	k := len(c)
	input := make(map[ir.Value]int, k+len(x))
	for i, v := range p.In[:k+len(x)] {
		input[v] = i
	}
	fixed := make([]bool, k)
	for i := range k {
		j, ok := input[p.Out[i]]
		fixed[i] = ok && j == i
	}
	carry, ys = slices.Clone(c), make([]*Value, len(p.Out)-k)
	kept := make([]bool, len(p.Out))
	for i := range kept {
		kept[i] = i >= k || !fixed[i]
		if j, ok := input[p.Out[i]]; ok && i >= k && j >= k {
			ys[i-k], kept[i] = x[j-k], false
		}
	}
	body := &ir.Program{
		In:   slices.Concat(p.In[k+len(x):], ir.Pick(p.In[:k], fixed), ir.Pick(p.In[:k], negated(fixed)), p.In[k:k+len(x)]),
		Eqns: p.Eqns,
		Out:  ir.Pick(p.Out, kept),
	}
	fixedNow := ir.Pick(c, fixed)
	op := scan{Body: body, Consts: len(captured) + len(fixedNow), Carry: k - len(fixedNow), Length: n, Reverse: reverse, Unroll: unroll}
	r := trace.Bind(op, slices.Concat(captured, fixedNow, ir.Pick(c, negated(fixed)), x)...)
	for i := range kept {
		switch {
		case !kept[i]:
		case i < k:
			carry[i], r = r[0], r[1:]
		default:
			ys[i-k], r = r[0], r[1:]
		}
	}
	return carry, ys
}

// vmapProgram is transforms/vmap's Program, which is above this package and installs itself.
var vmapProgram func(p *ir.Program, size int, in, out []int, what string) (*ir.Program, []int)

// SetVmap installs the transform that maps a program over an axis: transforms/vmap's Program, called once, before main.
func SetVmap(f func(p *ir.Program, size int, in, out []int, what string) (*ir.Program, []int)) {
	vmapProgram = f
}

// mapBatched is Map with f applied to o.batch elements at a time, and to the rest together.
func mapBatched(op string, f func(x []*Value) []*Value, x []*Value, n int, o scanOptions) []*Value {
	p, captured := trace.Trace("the function of "+op, elementTypes(x), f)
	p, captured = liftNumbers(p, captured)
	in := append(make([]int, len(x)), repeated(trace.NotMapped, len(captured))...)
	b := min(o.batch, max(n, 1))
	q := n / b
	many := func(size int, x []*Value) []*Value {
		m, _ := vmapProgram(p, size, in, make([]int, len(p.Out)), op)
		return Call("map", m, slices.Concat(x, captured))
	}
	rows := func(from, to int) []*Value {
		return mapped(x, func(v *Value) *Value { return SliceInDim(v, from, to, 1, 0) })
	}
	switch {
	case q <= 1 && q*b == n:
		return many(n, x)
	case q == 0:
		return many(n, x)
	}
	m, _ := vmapProgram(p, b, in, make([]int, len(p.Out)), op)
	blocks := mapped(rows(0, q*b), func(v *Value) *Value { return Reshape(v, append([]int{q, b}, v.Shape()[1:]...)) })
	_, ys := bindScan(m, nil, blocks, captured, q, o.reverse, o.unroll)
	ys = mapped(ys, func(v *Value) *Value { return Reshape(v, append([]int{q * b}, v.Shape()[2:]...)) })
	if q*b < n {
		for i, v := range many(n-q*b, rows(q*b, n)) {
			ys[i] = Concatenate([]*Value{ys[i], v}, 0)
		}
	}
	return ys
}

// AssociativeScan combines all elements up to each along an axis of xs, in O(log n) steps on whole arrays (jax.lax.associative_scan):
// element i of the result is f(...f(f(x0, x1), x2)..., xi). f must be associative and act on each element by itself, as it is given
// slices of xs of any size along the axis. Options: Reverse (from the end), Axis.
func AssociativeScan[T any](f func(a, b T) T, xs T, opts ...ScanOption) T {
	const op = "lax.AssociativeScan"
	checkFuncs(op, f != nil)
	o := optionsOf(op, opts, "Reverse and Axis")
	def, x := trace.Flatten(xs)
	if len(x) == 0 {
		return xs
	}
	paths := def.PathsFrom("xs")
	axis := o.axis
	if axis < 0 {
		axis += x[0].Rank()
	}
	for i, v := range x {
		if axis < 0 || axis >= v.Rank() {
			trace.Fail(op, trace.Avals(x), "%s is %v, which has no axis %d", paths[i], v.Aval(), o.axis)
		}
		if n, size := v.Shape()[axis], x[0].Shape()[axis]; n != size {
			trace.Fail(op, trace.Avals(x), "the arrays differ in size along axis %d: %d in %s and %d in %s", axis, size, paths[0], n, paths[i])
		}
	}
	combine := func(a, b []*Value) []*Value {
		d, y := trace.Flatten(f(trace.Unflatten[T](def, a), trace.Unflatten[T](def, b)))
		if !d.Equal(def) {
			trace.Fail(op, nil, "f returns another structure than it is given: returned and given are\n\t%s", strings.Join(d.Diff(def, "the result"), "\n\t"))
		}
		var diff []string
		for i, v := range y {
			if !v.Aval().SameType(a[i].Aval()) {
				diff = append(diff, fmt.Sprintf("%s is %v and was given as %v", def.PathsFrom("the result")[i], v.Aval(), a[i].Aval()))
			}
		}
		if diff != nil {
			trace.Fail(op, nil, "f must return arrays of the shapes and dtypes it is given:\n\t%s", strings.Join(diff, "\n\t"))
		}
		return y
	}
	whole := func(x []*Value) []*Value { return associativeScan(x, axis, o.reverse, combine) }
	if trace.AnyTraced(x...) {
		return trace.Unflatten[T](def, whole(x))
	}
	p, captured := trace.Trace("the function of "+op, trace.Avals(x), whole)
	p, captured = liftNumbers(p, captured)
	return trace.Unflatten[T](def, Call("associative_scan", p, slices.Concat(x, captured)))
}

// ReduceTree reduces the arrays of xs, all of one shape, together over axes (all if none are given; negative ones count from the
// end) by f, which combines two trees of scalars into one (jax.lax.reduce). f must be associative and commutative, and init, scalars of
// the arrays' dtypes, must not change what they are combined with. f may use concrete scalars from outside, but no traced values.
func ReduceTree[T any](xs, init T, f func(a, b T) T, axes ...int) T {
	const op = "lax.ReduceTree"
	checkFuncs(op, f != nil)
	def, x := trace.Flatten(xs)
	idef, start := trace.Flatten(init)
	if !idef.Equal(def) {
		trace.Fail(op, nil, "init has another structure than xs: they are\n\t%s", strings.Join(idef.Diff(def, "init"), "\n\t"))
	}
	if len(x) == 0 {
		return xs
	}
	rank := x[0].Rank()
	over := make([]int, len(axes))
	for i, a := range axes {
		if over[i] = a; a < 0 {
			over[i] = a + rank
		}
	}
	if len(axes) == 0 {
		over = arange(0, rank)
	}
	for i := range start { // Go numbers take the dtypes of the arrays
		if start[i].Aval().Weak {
			start[i] = Convert(start[i], x[i].DType())
		}
	}
	y := Reduce(x, start, func(a, b []*Value) []*Value {
		d, y := trace.Flatten(f(trace.Unflatten[T](def, a), trace.Unflatten[T](def, b)))
		if !d.Equal(def) {
			trace.Fail(op, nil, "f returns another structure than it is given: returned and given are\n\t%s", strings.Join(d.Diff(def, "the result"), "\n\t"))
		}
		return y
	}, over)
	return trace.Unflatten[T](def, y)
}
