package jnp

import (
	"math"
	"slices"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Counting holds the keyword arguments of BinCount.
type Counting struct {
	// Weights are summed up instead of counting, one for each element.
	Weights Array
	// MinLength is how many bins there are at least.
	MinLength int
	// Length is how many bins there are, which must be given where the operand is traced: elements beyond are left out.
	Length int
}

// BinCount is how often each integer from 0 to the largest occurs in x, which has one axis, in the default integer
// type. Negative ones count as 0. NumPy's bincount. A traced x needs Counting.Length.
//
// Options: Counting (Weights, MinLength, Length).
func BinCount(x Array) Array { return Counting{}.BinCount(x) }

// BinCount is jnp.BinCount with options.
func (o Counting) BinCount(x Array) Array {
	const op = "jnp.BinCount"
	v := x.val(op)
	in := []*trace.Value{v}
	if !v.DType().IsInteger() && v.DType() != ir.Bool || v.Rank() != 1 {
		trace.Fail(op, trace.Avals(in), "takes integers of one axis, not %v", v.Aval())
	}
	if w := o.Weights.v; w != nil {
		in = append(in, w)
		if !slices.Equal(w.Shape(), v.Shape()) {
			trace.Fail(op, trace.Avals(in), "Weights have shape %s and x %s; there must be one weight for each element",
				ir.ShapeString(w.Shape()), ir.ShapeString(v.Shape()))
		}
	}
	n := o.Length
	switch {
	case o.Length < 0 || o.MinLength < 0:
		trace.Fail(op, trace.Avals(in), "Length %d and MinLength %d cannot be negative", o.Length, o.MinLength)
	case n > 0:
	case trace.AnyTraced(v):
		trace.Fail(op, trace.Avals(in),
			"how many bins there are depends on the elements of a traced array; give the number: "+
				"jnp.Counting{Length: n}")
	default:
		n = o.MinLength
		for _, i := range hostPositions(v) {
			n = max(n, i+1)
		}
	}
	return whole(op, struct{ N int }{n}, in, func(in []*trace.Value) *trace.Value {
		return binCount(in, n)
	})
}

// binCount is the number, or the sum of the weights x[1], of elements of x[0] in each of n bins.
func binCount(x []*trace.Value, n int) *trace.Value {
	v := x[0]
	if v.DType() == ir.Bool {
		v = ops.Convert(v, ir.Int32)
	}
	if len(x) == 1 {
		return ops.BinCount(v, n, kit.DefaultInt(v))
	}
	w := ops.Convert(x[1], x[1].DType())
	if v.Shape()[0] == 0 || n == 0 {
		return ops.Full([]int{n}, ir.IntLit(0, w.DType()))
	}
	v = ops.Max(v, ops.Full(v.Shape(), ir.IntLit(0, v.DType())))
	return addAt(n, v, w)
}

// addAt is n zeros to each of which the weights whose position it is are added; positions beyond are left out.
func addAt(n int, at, w *trace.Value) *trace.Value {
	return Wrap(ops.Full([]int{n}, ir.IntLit(0, w.DType()))).At(Wrap(atLeast32(at))).Mode(ModeDrop).Add(Wrap(w)).v
}

// Histograms holds the keyword arguments of the histograms.
type Histograms struct {
	// Bins is how many bins of one width there are, an int, or their edges in ascending order, an Array or a []float64.
	// For Histogram2D and HistogramDD it may also be a []any with one of these for each dimension, and an []int with a
	// number for each; edges are then the same for all dimensions. Nil is 10 bins.
	Bins any
	// Range is the lowest and the highest edge where Bins is a number: [2]float64, a []any of two numbers or an Array
	// of two elements. For Histogram2D and HistogramDD it is a []any of one for each dimension. Nil is from the
	// smallest element to the largest.
	Range any
	// Weights are summed up instead of counting, one for each element (in HistogramDD for each row).
	Weights Array
	// Density divides so that the integral over all bins is 1.
	Density bool
}

// Histogram counts the elements of x that fall in each of 10 bins of one width, and gives the bins' edges, one more. A
// bin holds its lower edge, the last one its upper edge too. Counts are of x's floating-point type, as in JAX. NumPy's
// histogram.
//
// Options: Histograms (Bins, Range, Weights, Density).
func Histogram(x Array) (counts, edges Array) { return Histograms{}.Histogram(x) }

// Histogram is jnp.Histogram with options.
func (o Histograms) Histogram(x Array) (counts, edges Array) {
	const op = "jnp.Histogram"
	in := []*trace.Value{x.val(op)}
	if w := o.Weights.v; w != nil {
		in = append(in, w)
		if !slices.Equal(w.Shape(), in[0].Shape()) {
			trace.Fail(op, trace.Avals(in), "Weights have shape %s and x %s; there must be one weight for each element",
				ir.ShapeString(w.Shape()), ir.ShapeString(in[0].Shape()))
		}
	}
	b, in := o.binning(op, in, o.Bins, o.Range)
	b.check(op, in[0], trace.Avals(in))
	p := struct {
		Bins              binning
		Weighted, Density bool
	}{b, o.Weights.v != nil, o.Density}
	out := trace.Whole(op, p, in, func(in []*trace.Value) []*trace.Value {
		vs := in[:1]
		if p.Weighted {
			vs = in[:2]
		}
		vs = kit.PromoteInexact(op, vs...)
		v := Ravel(Wrap(vs[0]))
		edges := p.Bins.edges(op, v, in)
		at := binOf(v, edges).v
		var sums *trace.Value
		if p.Weighted {
			w := Ravel(Wrap(vs[1]))
			sums = addAt(edges.Len(), at, ops.Convert(w.v, w.DType()))
		} else {
			sums = ops.Convert(ops.BinCount(at, edges.Len(), kit.DefaultInt(at)), v.DType())
		}
		counts := Wrap(sums).Index(S(1, nil))
		if p.Density {
			counts = counts.Div(Diff(edges)).Div(Sum(counts))
		}
		return []*trace.Value{counts.v, edges.v}
	})
	return Wrap(out[0]), Wrap(out[1])
}

// HistogramBinEdges is the edges of the bins that Histogram uses. NumPy's histogram_bin_edges.
//
// Options: Histograms (Bins, Range).
func HistogramBinEdges(x Array) Array { return Histograms{}.HistogramBinEdges(x) }

// HistogramBinEdges is jnp.HistogramBinEdges with the options Bins and Range.
func (o Histograms) HistogramBinEdges(x Array) Array {
	const op = "jnp.HistogramBinEdges"
	b, in := o.binning(op, []*trace.Value{x.val(op)}, o.Bins, o.Range)
	b.check(op, in[0], trace.Avals(in))
	return whole(op, b, in, func(in []*trace.Value) *trace.Value {
		return b.edges(op, Wrap(kit.AsInexact(in[0])), in).v
	})
}

// binning is how the bins along one dimension are made: from a number of them and perhaps a range, or from edges. Range
// and Edges are the places of their inputs, 0 for none.
type binning struct {
	N, Range, Edges int
}

// binning reads the fields Bins and Range of one dimension; their arrays are added to in.
func (o Histograms) binning(op string, in []*trace.Value, bins, bounds any) (binning, []*trace.Value) {
	var b binning
	avals := trace.Avals(in[:1])
	switch n := bins.(type) {
	case nil:
		b.N = 10
	case int:
		if b.N = n; n < 1 {
			trace.Fail(op, avals, "%d bins: at least one is needed", n)
		}
	case string:
		trace.Fail(op, avals, "the number of bins, not the name of a rule (%q) that would find it from the data", n)
	default:
		e := edgesOf(op, bins)
		if e.Rank() != 1 || e.Shape()[0] == 0 {
			trace.Fail(op, append(avals, e.Aval()),
				"Bins is a number (an int), or the edges in an array of one axis, not of shape %s",
				ir.ShapeString(e.Shape()))
		}
		b.Edges, in = len(in), append(in, e)
	}
	if bounds != nil && b.Edges == 0 {
		r := o.bounds(op, avals, bounds)
		b.Range, in = len(in), append(in, r)
	}
	return b, in
}

// bounds is a range as an array of two elements.
func (o Histograms) bounds(op string, avals []ir.Aval, r any) *trace.Value {
	var v *trace.Value
	if l, ok := r.([]any); ok {
		ends := make([]Array, len(l))
		for i, e := range l {
			ends[i] = Wrap(kit.LiftAlone(op, e))
			if ends[i].NDim() != 0 {
				trace.Fail(op, avals, "Range is two numbers")
			}
		}
		v = Stack(ends).v
	} else {
		v = edgesOf(op, r)
	}
	if v.Rank() != 1 || v.Shape()[0] != 2 {
		trace.Fail(op, avals, "Range is the lowest and the highest edge, not of shape %s", ir.ShapeString(v.Shape()))
	}
	return v
}

// edgesOf is kit.LiftAlone of edges; of a Go slice of float64 nobody is told that it is rounded, since edges are
// converted to the operand's type in any case.
func edgesOf(op string, x any) *trace.Value {
	switch x := x.(type) {
	case [2]float64:
		return kit.Floats(x[:])
	case []float64:
		return kit.Floats(x)
	}
	return kit.LiftAlone(op, x)
}

// check refuses a v that has no smallest element where bins are made from it, and complex numbers.
func (b binning) check(op string, v *trace.Value, avals []ir.Aval) {
	if v.DType().IsComplex() {
		trace.Fail(op, avals, "complex numbers do not fall into bins; take x.Real(), x.Imag() or x.Abs()")
	}
	if v.Aval().Size() == 0 && b.Edges == 0 && b.Range == 0 {
		trace.Fail(op, avals, "there are no elements to take the range of the bins from; give Range, or edges as Bins")
	}
}

// edges is the edges of the bins for v, in its floating-point type.
func (b binning) edges(op string, v Array, in []*trace.Value) Array {
	d := kit.Inexact(v.DType())
	if b.Edges > 0 {
		return Wrap(ops.Convert(in[b.Edges], d))
	}
	var lo, hi Array
	if b.Range > 0 {
		r := Wrap(ops.Convert(in[b.Range], d))
		lo, hi = r.Index(0), r.Index(1)
	} else {
		lo, hi = Wrap(ops.Convert(Min(v).v, d)), Wrap(ops.Convert(Max(v).v, d))
	}
	none := hi.Eq(lo)
	lo, hi = Where(none, lo.Sub(0.5), lo), Where(none, hi.Add(0.5), hi)
	return Space{DType: d}.LinSpace(lo, hi, b.N+1)
}

// Histogram2D counts the points (x[i], y[i]) in each of 10 by 10 bins, [nx, ny], and gives the edges along x and along
// y. NumPy's histogram2d. See HistogramDD.
//
// Options: Histograms (Bins, Range, Weights, Density).
func Histogram2D(x, y Array) (counts, xEdges, yEdges Array) { return Histograms{}.Histogram2D(x, y) }

// Histogram2D is jnp.Histogram2D with options.
func (o Histograms) Histogram2D(x, y Array) (counts, xEdges, yEdges Array) {
	const op = "jnp.Histogram2D"
	in := []*trace.Value{x.val(op), y.val(op)}
	if in[0].Rank() != 1 || !slices.Equal(in[0].Shape(), in[1].Shape()) {
		trace.Fail(op, trace.Avals(in), "the coordinates are two vectors of one length")
	}
	counts, edges := o.dd(op, Stack([]Array{x, y}, 1))
	return counts, edges[0], edges[1]
}

// HistogramDD counts the points that are the rows of x, [n, d], in the bins of d dimensions, 10 along each, and gives
// the edges along each. Counts are of the default integer type, with Weights of theirs, with Density of x's
// floating-point type. NumPy's histogramdd.
//
// Options: Histograms (Bins, Range, Weights, Density).
func HistogramDD(x Array) (counts Array, edges []Array) { return Histograms{}.HistogramDD(x) }

// HistogramDD is jnp.HistogramDD with options.
func (o Histograms) HistogramDD(x Array) (counts Array, edges []Array) {
	return o.dd("jnp.HistogramDD", x)
}

// dd is HistogramDD under the name op.
func (o Histograms) dd(op string, x Array) (counts Array, edges []Array) {
	in := []*trace.Value{x.val(op)}
	if in[0].Rank() != 2 {
		trace.Fail(op, trace.Avals(in), "the points are the rows of a matrix, not of an array of %d axes", in[0].Rank())
	}
	dims := in[0].Shape()[1]
	if dims == 0 {
		trace.Fail(op, trace.Avals(in), "the points have no coordinates")
	}
	if w := o.Weights.v; w != nil {
		in = append(in, w)
		if w.Rank() != 1 || w.Shape()[0] != in[0].Shape()[0] {
			trace.Fail(op, trace.Avals(in), "Weights have shape %s; there must be one weight for each of the %d points",
				ir.ShapeString(w.Shape()), in[0].Shape()[0])
		}
	}
	p := &histogramDD{op: op, Weighted: o.Weights.v != nil, Density: o.Density}
	avals := trace.Avals(in)
	bins, ranges := o.perDimension(op, avals, dims)
	for i := range dims {
		var b binning
		b, in = o.binning(op, in, bins[i], ranges[i])
		b.check(op, in[0], avals)
		p.Bins = append(p.Bins, b)
	}
	a := kit.Map(trace.Whole(op, p, in, p.build), Wrap)
	return a[0], a[1:]
}

// perDimension is Bins and Range for each dimension.
func (o Histograms) perDimension(op string, avals []ir.Aval, dims int) (bins, ranges []any) {
	switch b := o.Bins.(type) {
	case []any:
		if bins = b; len(bins) != dims {
			trace.Fail(op, avals, "Bins has %d entries for %d dimensions", len(bins), dims)
		}
	case []int:
		if len(b) == dims {
			bins = kit.Map(b, func(n int) any { return n })
		}
	}
	if bins == nil {
		bins = slices.Repeat([]any{o.Bins}, dims)
	}
	ranges, ok := o.Range.([]any)
	switch {
	case o.Range == nil:
		ranges = make([]any, dims)
	case !ok || len(ranges) != dims:
		trace.Fail(op, avals, "Range must be a []any of a range, or nil, for each of the %d dimensions", dims)
	}
	return bins, ranges
}

// histogramDD is what the program of HistogramDD depends on besides its inputs.
type histogramDD struct {
	op                string
	Bins              []binning
	Weighted, Density bool
}

// build is the counts, and after them the edges along each dimension. in are the points, the weights if there are any,
// and what the bins are made of.
func (p *histogramDD) build(in []*trace.Value) []*trace.Value {
	vs := in[:1]
	if p.Weighted {
		vs = in[:2]
	}
	vs = kit.PromoteInexact(p.op, vs...)
	x := Wrap(vs[0])
	var edges, at []Array
	var sizes []int // of the bins, one more at either end of each dimension for what lies outside
	for i, b := range p.Bins {
		column := x.Index(All, i)
		e := b.edges(p.op, column, in)
		edges, at, sizes = append(edges, e), append(at, binOf(column, e)), append(sizes, e.Len()+1)
	}
	flat := MultiIndex{Mode: ModeClip}.RavelMultiIndex(at, sizes)
	counts := Wrap(binCount(append([]*trace.Value{flat.v}, vs[1:]...), ir.SizeOf(sizes)))
	inside := slices.Repeat([]any{S(1, -1)}, len(sizes))
	counts = counts.Reshape(sizes...).Index(inside...)
	if p.Density {
		counts = density(counts.AsType(x.DType()), edges)
	}
	return append([]*trace.Value{counts.v}, kit.Map(edges, Array.TraceValue)...)
}

// binOf is the number of the bin that each element of x falls in, from 1 on; 0 and one more than there are bins lie
// outside. The last bin has its upper edge too: it ends before the next number, and after infinity before NaN.
func binOf(x, edges Array) Array {
	last := edges.Index(S(-1, nil))
	next := Where(last.Eq(math.Inf(1)), math.NaN(), NextAfter(last, math.Inf(1)))
	return Search{Right: true}.SearchSorted(Concatenate([]Array{edges.Index(S(nil, -1)), next}), x)
}

// density is counts divided so that their integral is 1: by their sum, and by the widths of the bins along each
// dimension.
func density(counts Array, edges []Array) Array {
	counts = counts.Div(Sum(counts))
	for i, e := range edges {
		shape := slices.Repeat([]int{1}, len(edges))
		shape[i] = -1
		counts = counts.Div(Diff(e).Reshape(shape...))
	}
	return counts
}
