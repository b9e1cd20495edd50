package jnp_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/gojax/gojax/ir"
	. "github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/tests/sample"
)

// indexCase is an index of an array of the numbers from 1 on, and what NumPy's definition gives.
type indexCase struct {
	name          string
	shape         []int
	index         []any
	x, update     Array
	data, v, want []int32
	sum           []int32 // of x and of v at the index
	out, from     []int
}

func newIndexCase(shape []int, idx []any) (c indexCase) {
	c.name, c.shape, c.index = fmt.Sprintf("shape %v index %+v", shape, idx), shape, toIndex(idx)
	c.data = make([]int32, ir.SizeOf(shape))
	for i := range c.data {
		c.data[i] = int32(i + 1)
	}
	c.x = FromSlice(c.data, shape...)
	c.out, c.from = reference(shape, idx)
	c.out = append([]int{}, c.out...)
	c.want, c.v, c.sum = make([]int32, len(c.from)), make([]int32, len(c.from)), slices.Clone(c.data)
	for i, f := range c.from {
		c.want[i], c.v[i] = c.data[f], int32(1000*(i+1))
		c.sum[f] += c.v[i]
	}
	if c.update = FromSlice(c.v, c.out...); len(c.out) == 0 {
		c.update = FromSlice(c.v, 1).Reshape()
	}
	return c
}

// results are x.Index, At.Add and At.Set at the index.
func (c indexCase) results(x, update Array) []Array {
	return []Array{x.Index(c.index...), x.At(c.index...).Add(update), x.At(c.index...).Set(update)}
}

// check holds results to the reference.
func (c indexCase) check(t *testing.T, how string, got []Array) {
	t.Helper()
	name := c.name + how
	if !slices.Equal(got[0].Shape(), c.out) || !slices.Equal(ToSlice[int32](got[0]), c.want) {
		t.Errorf("%s: Index gives %v of shape %v, want %v of shape %v", name, ToSlice[int32](got[0]), got[0].Shape(),
			c.want, c.out)
	}
	if !slices.Equal(ToSlice[int32](got[1]), c.sum) {
		t.Errorf("%s: At.Add gives %v, want %v", name, ToSlice[int32](got[1]), c.sum)
	}
	for i, y := range got[1:] {
		if !slices.Equal(y.Shape(), c.shape) {
			t.Errorf("%s: update %d has shape %v, want %v", name, i, y.Shape(), c.shape)
		}
	}
	// Of several updates of one element any may stay; the others must be as they were.
	set := ToSlice[int32](got[2])
	for e := range set {
		ok := set[e] == c.data[e] && !slices.Contains(c.from, e)
		for i, f := range c.from {
			ok = ok || f == e && set[e] == c.v[i]
		}
		if !ok {
			t.Errorf("%s: At.Set leaves %d at element %d", name, set[e], e)
		}
	}
	if !slices.Equal(ToSlice[int32](c.x), c.data) {
		t.Errorf("%s: x itself has changed", name)
	}
}

// checkIndexes checks cases under a trace, many in one program, and eagerly: by default every third.
func checkIndexes(t *testing.T, cases []indexCase) {
	t.Helper()
	for i, c := range cases {
		if sample.All() || i%3 == 0 {
			c.check(t, "", c.results(c.x, c.update))
		}
	}
	for cases := range slices.Chunk(cases, together) {
		var in []Array
		for _, c := range cases {
			in = append(in, c.x, c.update)
		}
		out := traced(func(in ...Array) (out []Array) {
			for i, c := range cases {
				out = append(out, c.results(in[2*i], in[2*i+1])...)
			}
			return out
		}, in...)
		for i, c := range cases {
			c.check(t, ", under a trace", out[3*i:3*i+3])
		}
	}
}

// Indexing is NumPy's, on random arrays and indices of every kind.
func TestIndexAgainstReference(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	n := 25
	if sample.All() {
		n = 70
	}
	var cases []indexCase
	for i := range n {
		shape := make([]int, 1+r.IntN(4))
		for d := range shape {
			shape[d] = 1 + r.IntN(4)
		}
		if i%17 == 0 {
			shape[r.IntN(len(shape))] = 0
		}
		cases = append(cases, newIndexCase(shape, randomIndex(r, shape)))
	}
	checkIndexes(t, cases)
}

// refArray are positions, an integer array of a shape.
type refArray struct {
	shape []int
	data  []int
}

// refMask is an array of bools, 0 and 1.
type refMask refArray

// ref is NumPy's definition of indexing, with nothing of the library: which element of an array of a shape each element
// of the result is.
type ref struct {
	shape  []int
	axis   int                  // of the operand, the next one to be indexed
	out    []int                // the result's shape
	source []func(at []int) int // for each axis of the operand, a function from the result's position to the operand's
	common []int                // the shape of the positions together
	at     int                  // where in out the common axes begin; -1 before they are placed
}

// reference is which element of an array of the given shape each element of the result is. The parts of idx are int,
// Slice, NewAxis, Ellipsis, refArray and refMask.
func reference(shape []int, idx []any) (out []int, from []int) {
	parts, used := unmasked(idx)
	r := &ref{shape: shape, at: -1}
	if r.arrays(parts) {
		r.place()
	}
	for _, x := range parts {
		switch x {
		case any(NewAxis):
			r.out = append(r.out, 1)
			continue
		case any(Ellipsis):
			for range len(shape) - used {
				r.slice(Slice{})
			}
			continue
		}
		switch x := x.(type) {
		case Slice:
			r.slice(x)
		case int:
			r.positions(refArray{nil, []int{x}})
		case refArray:
			r.positions(x)
		}
	}
	for i := range ir.SizeOf(r.out) {
		at := unravel(i, r.out)
		flat := 0
		for d, f := range r.source {
			flat = flat*shape[d] + f(at)
		}
		from = append(from, flat)
	}
	return r.out, from
}

// unmasked is idx with, for each mask, the positions of what is true, an array for each of its axes; used is how many
// of the operand's axes the parts index. There is an Ellipsis among the parts.
func unmasked(idx []any) (parts []any, used int) {
	for _, x := range idx {
		m, ok := x.(refMask)
		if !ok {
			parts = append(parts, x)
			if x != any(NewAxis) && x != any(Ellipsis) {
				used++
			}
			continue
		}
		pos := make([][]int, len(m.shape))
		for i, v := range m.data {
			if v == 0 {
				continue
			}
			for d, p := range unravel(i, m.shape) {
				pos[d] = append(pos[d], p)
			}
		}
		for _, p := range pos {
			parts = append(parts, refArray{[]int{len(p)}, p})
		}
		used += len(pos)
	}
	if !slices.Contains(parts, any(Ellipsis)) {
		parts = append(parts, Ellipsis)
	}
	return parts, used
}

// arrays finds the common shape of the arrays of positions. It reports whether their axes come first: ints count as
// arrays if there is any, and something stands between two of them.
func (r *ref) arrays(parts []any) (gap bool) {
	last := -1
	for i, x := range parts {
		switch x := x.(type) {
		case refArray:
			r.common = BroadcastShapes(r.common, x.shape)
		case int:
		default:
			continue
		}
		gap = gap || last >= 0 && i != last+1
		last = i
	}
	return gap
}

// place puts the common axes here, unless they are placed.
func (r *ref) place() {
	if r.at < 0 {
		r.at = len(r.out)
		r.out = append(r.out, r.common...)
	}
}

// positions indexes the next axis by an array, or by one number.
func (r *ref) positions(x refArray) {
	r.place()
	n := r.shape[r.axis]
	r.source = append(r.source, func(at []int) int {
		i := 0
		if len(x.shape) > 0 {
			mine := at[r.at : r.at+len(r.common)][len(r.common)-len(x.shape):]
			for d, l := range x.shape {
				p := mine[d]
				if l == 1 {
					p = 0
				}
				i = i*l + p
			}
		}
		return (x.data[i] + n) % n
	})
	r.axis++
}

// slice indexes the next axis by a slice: Python's range(*slice.indices(n)), by walking.
func (r *ref) slice(s Slice) {
	n := r.shape[r.axis]
	b := append(strings.Split(s.String(), ":"), "")
	number := func(i, none int) int {
		if b[i] == "" {
			return none
		}
		v, err := strconv.Atoi(b[i])
		if err != nil {
			panic(err)
		}
		return v
	}
	clip := func(i, lo, hi, none int) int {
		if b[i] == "" {
			return none
		}
		v := number(i, 0)
		if v < 0 {
			v += n
		}
		return min(max(v, lo), hi)
	}
	var ps []int
	if step := number(2, 1); step > 0 {
		for p := clip(0, 0, n, 0); p < clip(1, 0, n, n); p += step {
			ps = append(ps, p)
		}
	} else {
		for p := clip(0, -1, n-1, n-1); p > clip(1, -1, n-1, -1); p += step {
			ps = append(ps, p)
		}
	}
	d := len(r.out)
	r.out = append(r.out, len(ps))
	r.source = append(r.source, func(at []int) int { return ps[at[d]] })
	r.axis++
}

func unravel(i int, shape []int) []int {
	at := make([]int, len(shape))
	for d := len(shape) - 1; d >= 0; d-- {
		at[d] = i % shape[d]
		i /= shape[d]
	}
	return at
}

// randomIndex is a random index for an operand of the given shape.
func randomIndex(r *rand.Rand, shape []int) []any {
	var idx []any
	arrays := [][]int{{3}, {1}, {2, 3}, {}}[r.IntN(4)] // one shape for all arrays, or broadcast
	axis, dots := 0, false
	for axis < len(shape) && r.IntN(6) > 0 {
		n := shape[axis]
		kind := r.IntN(9)
		if n == 0 && kind < 5 {
			kind = 5
		}
		switch kind {
		case 0, 1:
			idx = append(idx, r.IntN(2*n)-n)
			axis++
		case 2, 3, 4:
			s := arrays
			if r.IntN(3) == 0 {
				s = s[len(s)/2:]
			}
			a := refArray{shape: slices.Clone(s)}
			for range ir.SizeOf(s) {
				a.data = append(a.data, r.IntN(2*n)-n)
			}
			idx = append(idx, a)
			axis++
		case 5, 6:
			b := func() any {
				if r.IntN(3) == 0 {
					return nil
				}
				return r.IntN(2*n+5) - n - 2
			}
			steps := [][]int{nil, {1}, {2}, {3}, {-1}, {-2}}[r.IntN(6)]
			idx = append(idx, S(b(), b(), steps...))
			axis++
		case 7:
			idx = append(idx, NewAxis)
		case 8:
			if !dots {
				dots = true
				idx = append(idx, Ellipsis)
				axis += r.IntN(len(shape) - axis + 1)
			}
		}
	}
	return idx
}

// toIndex is a reference index as the library takes it.
func toIndex(idx []any) []any {
	out := make([]any, len(idx))
	for i, x := range idx {
		switch x := x.(type) {
		case refArray:
			d := make([]int32, len(x.data))
			for j, v := range x.data {
				d[j] = int32(v)
			}
			out[i] = FromSlice(d, append([]int{}, x.shape...)...)
			if len(x.shape) == 0 {
				out[i] = FromSlice(d, 1).Reshape()
			}
		case refMask:
			d := make([]bool, len(x.data))
			for j, v := range x.data {
				d[j] = v != 0
			}
			out[i] = FromSlice(d, x.shape...)
		default:
			out[i] = x
		}
	}
	return out
}
