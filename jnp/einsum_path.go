package jnp

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/gojax/gojax/internal/kit"
)

// EinsumInfo says what an Einsum costs.
type EinsumInfo struct {
	Subscripts string // with the result's named
	// Naive is the number of operations of summing all at once, Optimized of going pair by pair as Einsum does.
	Naive, Optimized float64
	// Largest is the number of elements of the largest array on the way, the result included.
	Largest float64
	// Steps are the products in order: "ij,jk->ik".
	Steps []string
}

// String is a summary, a line each.
func (i EinsumInfo) String() string {
	var b strings.Builder
	fmt.Fprintf(&b,
		"  Complete contraction:  %s\n      Naive FLOP count:  %.3e\n  Optimized FLOP count:  %.3e\n   Theoretical "+
			"speedup:  %.3e\n  Largest intermediate:  %.3e elements",
		i.Subscripts, i.Naive, i.Optimized, i.Naive/max(i.Optimized, 1), i.Largest)
	for _, s := range i.Steps {
		b.WriteString("\n  " + s)
	}
	return b.String()
}

// EinsumPath is the order in which Einsum contracts the operands, and what it costs (NumPy einsum_path). Each element
// of path has the positions of the operands that are taken out of the list and multiplied; their product goes to its
// end. Where several orders take equally many operations another one than NumPy's may be told. It panics with
// *trace.Error where Einsum would.
func EinsumPath(subscripts string, xs ...Array) (path [][]int, info EinsumInfo) {
	const op = "jnp.EinsumPath"
	vs := nonempty(op, xs)
	e := parseEinsum(op, subscripts, vs)
	c := &contraction{size: map[label]int{}, out: e.out}
	factors := make([]labelled, len(vs))
	for i, v := range vs {
		for a, l := range e.terms[i] {
			mergeSize(c.size, l, v.Shape()[a])
		}
	}
	for i, v := range vs {
		for a, l := range e.terms[i] {
			if v.Shape()[a] == c.size[l] && factors[i].find(l) < 0 { // as in contraction.prepare
				factors[i].axes = append(factors[i].axes, l)
			}
		}
	}
	c.describe(factors, &info)
	left := kit.UpTo(len(factors)) // where in factors the arrays are that are left, in NumPy's order
	for _, pair := range c.path(factors) {
		i, j := slices.Index(left, pair[0]), slices.Index(left, pair[1])
		path = append(path, []int{min(i, j), max(i, j)})
		left = slices.Delete(left, max(i, j), max(i, j)+1)
		left = append(slices.Delete(left, min(i, j), min(i, j)+1), pair[0])
		factors[pair[0]] = c.step(factors, pair, &info)
		factors[pair[1]] = labelled{}
	}
	if len(path) == 0 {
		path, info.Optimized = [][]int{{0}}, info.Naive
	}
	return path, info
}

// describe begins info with the whole contraction.
func (c *contraction) describe(xs []labelled, info *EinsumInfo) {
	var terms []string
	all := map[label]bool{}
	for _, x := range xs {
		terms = append(terms, labelText(x.axes))
		for _, l := range x.axes {
			all[l] = true
		}
	}
	info.Subscripts = strings.Join(terms, ",") + "->" + labelText(c.out)
	info.Naive = c.elements(all) * operations(len(xs), len(all) > len(c.out))
	info.Largest = c.elements(labelSet(c.out))
}

// step is the product of a pair of xs, whose cost it adds to info.
func (c *contraction) step(xs []labelled, pair [2]int, info *EinsumInfo) labelled {
	x, y := xs[pair[0]], xs[pair[1]]
	others := slices.Clone(xs)
	others[pair[0]], others[pair[1]] = labelled{}, labelled{}
	need := c.needed(others)
	both := labelSet(x.axes, y.axes)
	var out labelled
	for _, l := range slices.Concat(x.axes, y.axes) {
		if need[l] && out.find(l) < 0 {
			out.axes = append(out.axes, l)
		}
	}
	if !slices.ContainsFunc(others, func(x labelled) bool { return x.axes != nil }) {
		out.axes = c.out
	}
	info.Steps = append(info.Steps, labelText(x.axes)+","+labelText(y.axes)+"->"+labelText(out.axes))
	info.Optimized += c.elements(both) * operations(2, len(both) > len(out.axes))
	info.Largest = max(info.Largest, c.elements(labelSet(out.axes)))
	return out
}

// operations is how many each element of a product of n arrays takes, with an addition if there is a sum.
func operations(n int, sum bool) float64 {
	k := max(n-1, 1)
	if sum {
		k++
	}
	return float64(k)
}

func labelSet(lists ...[]label) map[label]bool {
	set := map[label]bool{}
	for _, ls := range lists {
		for _, l := range ls {
			set[l] = true
		}
	}
	return set
}

// elements is the product of the labels' sizes.
func (c *contraction) elements(set map[label]bool) float64 {
	n := 1.0
	for l := range set {
		n *= float64(c.size[l])
	}
	return n
}

// labelText is the names of axes; those that "..." stands for are written as digits.
func labelText(ls []label) string {
	var b strings.Builder
	for _, l := range ls {
		if l > 0 {
			b.WriteRune(rune(l))
		} else {
			b.WriteString(strconv.Itoa(int(-l)))
		}
	}
	return b.String()
}
