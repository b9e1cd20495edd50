package ops

import (
	"slices"
	"strings"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// ScanOptions are the options of loops over arrays.
type ScanOptions struct {
	Reverse bool // go from the ends of the arrays
	Unroll  int  // steps written out in each round; 0 is 1
	Length  int  // the number of steps where no array tells it, and what arrays must agree with otherwise; 0: not said
}

// Check refuses options that are out of range.
func (o ScanOptions) Check(op string) {
	if o.Unroll < 0 {
		trace.Fail(op, nil, "Unroll: %d: at least 1 step must be written out in each round", o.Unroll)
	}
	if o.Length < 0 {
		trace.Fail(op, nil, "Length: %d: a length cannot be negative", o.Length)
	}
}

// ScanLength is the number of steps that the arrays and the options agree on.
func ScanLength(op string, def *trace.Def, x []*Value, o ScanOptions) int {
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
	case n < 0 && o.Length == 0:
		trace.Fail(op, nil, "xs holds no arrays, so the number of steps is not known; say it with lax.ScanOptions{Length: n}")
	case n < 0:
		n = o.Length
	case o.Length != 0 && n != o.Length:
		trace.Fail(op, trace.Avals(x), "Length: %d disagrees with xs, whose leading axes have size %d; leave it out", o.Length, n)
	}
	return n
}

// MapOver stacks what f makes of each of the n elements of x, along their leading axes. With batch > 0, f is applied to so many at a
// time, as under Vmap.
func MapOver(op string, f func(x []*Value) []*Value, x []*Value, n, batch int, o ScanOptions) []*Value {
	if batch > 0 && vmapProgram != nil {
		return mapBatched(op, f, x, n, batch, o)
	}
	none := flatDef(0)
	_, ys := ScanOver(op, "f", none, 0, nil, x, n, o, func(_, x []*Value) (*trace.Def, []*Value, []*Value) {
		return none, nil, f(x)
	})
	return ys
}

// Scan is ScanOver on lists of values: c, y = f(c, x) for each element of xs, of which there is at least one.
func Scan(op string, c, xs []*Value, o ScanOptions, f func(c, x []*Value) (next, y []*Value)) (carry, ys []*Value) {
	def := flatDef(len(c))
	n := ScanLength(op, flatDef(len(xs)), xs, o)
	return ScanOver(op, "f", def, 0, c, xs, n, o, func(c, x []*Value) (*trace.Def, []*Value, []*Value) {
		next, y := f(c, x)
		return def, next, y
	})
}

// elementTypes are the types of one element of each of x.
func elementTypes(x []*Value) []ir.Aval {
	t := trace.Avals(x)
	for i := range t {
		t[i] = t[i].With(t[i].Shape[1:])
	}
	return t
}

// ScanOver traces the step of a scan over the carry c and elements of x, and binds it. The leaves of the user's carry, of
// structure def, are the last of c, after own others. fname is what the user calls the step in messages.
func ScanOver(op, fname string, def *trace.Def, own int, c, x []*Value, n int, o ScanOptions, step func(c, x []*Value) (*trace.Def, []*Value, []*Value)) (carry, ys []*Value) {
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
	p, captured = LiftNumbers(p, captured)
	return bindScan(p, c, x, captured, n, o)
}

// bindScan scans the program p, which takes carry, elements and captures and returns carry and elements. What merely passes
// through is left out of the loop: a carry that never changes is a constant of it, so that the work that depends on it can be
// done once, and an element returned as it is makes the array it comes from.
func bindScan(p *ir.Program, c, x, captured []*Value, n int, o ScanOptions) (carry, ys []*Value) {
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
	op := scan{Body: body, Consts: len(captured) + len(fixedNow), Carry: k - len(fixedNow), Length: n, Reverse: o.Reverse, Unroll: max(o.Unroll, 1)}
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

// mapBatched is MapOver with f applied to batch elements at a time, and to the rest together.
func mapBatched(op string, f func(x []*Value) []*Value, x []*Value, n, batch int, o ScanOptions) []*Value {
	p, captured := trace.Trace("the function of "+op, elementTypes(x), f)
	p, captured = LiftNumbers(p, captured)
	in := append(make([]int, len(x)), repeated(trace.NotMapped, len(captured))...)
	b := min(batch, max(n, 1))
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
	_, ys := bindScan(m, nil, blocks, captured, q, o)
	ys = mapped(ys, func(v *Value) *Value { return Reshape(v, append([]int{q * b}, v.Shape()[2:]...)) })
	if q*b < n {
		for i, v := range many(n-q*b, rows(q*b, n)) {
			ys[i] = Concatenate([]*Value{ys[i], v}, 0)
		}
	}
	return ys
}
