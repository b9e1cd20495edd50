package jnp

import (
	"slices"
	"strings"
	"unicode"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Contraction holds the keyword arguments of products: Dot, MatMul, Einsum and their relatives.
type Contraction struct {
	// Precision is how exactly float32 is multiplied on hardware with coarser units, a lax.Precision:
	// lax.PrecisionDefault (the fastest), lax.PrecisionHigh, or lax.PrecisionHighest for all digits.
	Precision ops.Precision
	// PreferredType is the dtype to add up in and to return; unset, the operands' common one.
	PreferredType DType
}

// Einsum is Einstein summation, NumPy's einsum: the subscripts name the axes of each operand, "ij,jk->ik"; axes of one
// name go along with each other, and those that the result does not name are summed over. Without "->" the result has
// the names that occur once, in alphabetical order. "..." stands for any further axes, which broadcast; a name twice in
// one operand takes its diagonal; axes of length 1 broadcast. Names are letters.
//
// Several operands are contracted pair by pair in the order that takes the fewest operations (found by weighing all
// orders of up to 8 operands, greedily for more); no product larger than that needs is ever stored.
//
// Options: Contraction (Precision, PreferredType).
func Einsum(subscripts string, xs ...Array) Array { return Contraction{}.Einsum(subscripts, xs...) }

// Einsum is jnp.Einsum with options.
func (o Contraction) Einsum(subscripts string, xs ...Array) Array {
	const op = "jnp.Einsum"
	vs := nonempty(op, xs)
	e := parseEinsum(op, subscripts, vs)
	return o.contract(op, vs, e.terms, e.out)
}

// contractParams is what the program of a contraction depends on besides its operands.
type contractParams struct {
	Terms   [][]label
	Out     []label
	Options ops.DotOptions
}

// contract runs vs, whose axes are labelled terms[i], to a result with the axes out. Sizes agree or are 1.
func (o Contraction) contract(op string, vs []*trace.Value, terms [][]label, out []label) Array {
	p := &contractParams{terms, out, o.options(vs...)}
	return whole(op, p, vs, p.build)
}

func (p *contractParams) build(vs []*trace.Value) *trace.Value {
	c := &contraction{size: map[label]int{}, out: p.Out, opts: p.Options}
	d, weak := kit.CommonType(trace.X64(vs...), trace.Avals(vs)...)
	xs := make([]labelled, len(vs))
	for i, v := range kit.Promote("jnp.Einsum", vs...) {
		xs[i] = labelled{v, p.Terms[i]}
		for a, l := range p.Terms[i] {
			mergeSize(c.size, l, v.Shape()[a])
		}
	}
	y := c.run(xs)
	if t := p.Options.PreferredType; t != ir.Invalid {
		return ops.Convert(y, t)
	}
	return kit.Convert("jnp.Einsum", y, d, weak)
}

// mergeSize notes that an axis labelled l has length n; it reports whether that goes with the lengths before: equal, or
// one of them 1.
func mergeSize(size map[label]int, l label, n int) bool {
	m, ok := size[l]
	if !ok || m == 1 {
		size[l] = n
		return true
	}
	return n == m || n == 1
}

// options are o's for lax.
func (o Contraction) options(vs ...*trace.Value) ops.DotOptions {
	t := o.PreferredType
	if t != ir.Invalid {
		t = t.Canonical(trace.X64(vs...))
	}
	return ops.DotOptions{Precision: o.Precision, PreferredType: t}
}

// einsumSpec is a parsed list of subscripts.
type einsumSpec struct {
	terms [][]label
	out   []label
	dots  int // axes that the longest ... stands for
}

func parseEinsum(op, subscripts string, vs []*trace.Value) einsumSpec {
	fail := func(format string, args ...any) {
		trace.Fail(op, trace.Avals(vs), "subscripts %q: "+format, append([]any{subscripts}, args...)...)
	}
	s := strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, subscripts)
	lhs, rhs, explicit := strings.Cut(s, "->")
	if strings.Contains(rhs, "->") {
		fail("there is more than one ->")
	}
	var e einsumSpec
	e.parseTerms(strings.Split(lhs, ","), vs, fail)
	seen := map[label]int{}
	for _, t := range e.terms {
		for _, l := range t {
			seen[l]++
		}
	}
	if explicit {
		e.parseOut(rhs, seen, fail)
	} else {
		e.inferOut(seen)
	}
	return e
}

// parseTerms reads the operands' axes. Those of one name have one length, or 1.
func (e *einsumSpec) parseTerms(terms []string, vs []*trace.Value, fail func(string, ...any)) {
	if len(terms) != len(vs) {
		fail("they name %d operands and there are %d", len(terms), len(vs))
	}
	for i, t := range terms {
		names, extra := einsumTerm(t, vs[i].Rank(), fail, i)
		e.dots = max(e.dots, extra)
		e.terms = append(e.terms, names)
	}
	size := map[label]int{}
	for i, t := range e.terms {
		for a, l := range t {
			if n, m := vs[i].Shape()[a], size[l]; !mergeSize(size, l, n) {
				what := "..."
				if l > 0 {
					what = string(rune(l))
				}
				fail("axis %s has length %d in operand %d and length %d before it", what, n, i, m)
			}
		}
	}
}

// parseOut reads the result's axes, which operands must have; seen is how often each is named.
func (e *einsumSpec) parseOut(rhs string, seen map[label]int, fail func(string, ...any)) {
	if strings.Contains(rhs, ",") {
		fail("there is one result, but -> is followed by a comma")
	}
	head, tail, has := strings.Cut(rhs, "...")
	e.out = append(e.out, einsumNames(head, fail)...)
	if has {
		e.out = append(appendDots(e.out, e.dots), einsumNames(tail, fail)...)
	}
	for i, l := range e.out {
		if l > 0 && seen[l] == 0 {
			fail("the result has the axis %c, which no operand has", rune(l))
		}
		if slices.Contains(e.out[:i], l) {
			fail("the result names the axis %c twice", rune(l))
		}
	}
}

// inferOut is the result where it is not said: the axes of ..., then those named once.
func (e *einsumSpec) inferOut(seen map[label]int) {
	e.out = appendDots(e.out, e.dots)
	for l, n := range seen {
		if l > 0 && n == 1 {
			e.out = append(e.out, l)
		}
	}
	slices.Sort(e.out[e.dots:])
}

// appendDots appends the labels of the n axes that ... stands for: -n, ..., -1.
func appendDots(axes []label, n int) []label {
	for i := n; i > 0; i-- {
		axes = append(axes, label(-i))
	}
	return axes
}

// einsumTerm reads the names of one operand's axes; its ... stands for extra of them, labelled -1, -2, ... from the
// end.
func einsumTerm(t string, rank int, fail func(string, ...any), i int) (axes []label, extra int) {
	head, tail, has := strings.Cut(t, "...")
	first, last := einsumNames(head, fail), einsumNames(tail, fail)
	extra = rank - len(first) - len(last)
	if extra < 0 || extra > 0 && !has {
		fail("%q names %d axes and operand %d has %d", t, len(first)+len(last), i, rank)
	}
	return append(appendDots(first, extra), last...), extra
}

func einsumNames(s string, fail func(string, ...any)) []label {
	var out []label
	for _, r := range s {
		if !unicode.IsLetter(r) {
			fail("%q is not the name of an axis; names are letters, and ... stands for further axes, once in an "+
				"operand", string(r))
		}
		out = append(out, label(r))
	}
	return out
}
