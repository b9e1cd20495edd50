package ops

import (
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// What the kernel adds up, or finds, as backend/kernels/reduce.c numbers it.
const (
	sumElements = iota
	sumNumbers
	sumSquares
	sumSquaredNumbers
	sumCount
	greatest
	least
)

// byKernel writes a sum or an extreme of an input of the program, or of what follows from it element by element as
// terms knows it, as a call of the kernel, which reads the input once; nil for others. XLA writes the distances from a
// mean, and zeros in place of NaN, to memory before it adds them up, reduces integers one by one, and its library wakes
// threads for a thousand numbers. What is computed in between it reduces as it is computed, so that this stays XLA's,
// but for extremes of which XLA's library would lose a NaN.
func (r reduction) byKernel(e trace.Emitter, x trace.Operand) []trace.Operand {
	out := e.Out()[0]
	if e.Mesh() != nil || !onCPU(e, reduceKernel) {
		return nil
	}
	line := endless // so long are rows of one column that the kernel reduces faster, where these may be in any order
	switch {
	case losesNaN(e, r.Monoid, x.Aval):
		line = 1 << 5
	case r.Monoid != monoidAdd || out.DType.IsInteger():
		line = 1 << 7
	}
	rows, columns, ok := r.plane(x.Aval.Shape, line)
	if !ok {
		return nil
	}
	terms, in := r.terms(e, x)
	if in == nil {
		return nil
	}
	return callKernel(e, reduceKernel, in, "terms = "+i64(terms)+", rows = "+i64(rows)+", columns = "+i64(columns), out)
}

// plane is what lies together of the elements that are reduced: rows, which are the axes of the reduction as one, and
// behind them columns. It is not ok where other axes lie between these, or XLA is faster: for few rows, many small
// planes, and many rows of one column that are shorter than line.
func (r reduction) plane(shape []int, line int) (rows, columns int, ok bool) {
	const small, large = 1 << 10, 1 << 16
	first, end := r.Axes[0], r.Axes[len(r.Axes)-1]+1
	rows, columns = ir.SizeOf(sizesAt(shape, r.Axes)), ir.SizeOf(shape[end:])
	size, plane, planes := ir.SizeOf(shape), rows*columns, ir.SizeOf(shape[:first])
	if rows < 16 || size < small || ir.SizeOf(shape[first:end]) != rows {
		return 0, 0, false
	}
	if line != endless && columns == 1 {
		return rows, columns, rows >= line
	}
	few := planes == 1 || planes <= 64 && size <= large
	return rows, columns, few || plane >= large || columns > 1 && plane >= large/4
}

// terms are what is added up or found of x, and the operands of the kernel for it; nil where it has none.
func (r reduction) terms(e trace.Emitter, x trace.Operand) (terms int, in []trace.Operand) {
	d := e.Out()[0].DType
	real, whole := d == ir.Float32 || d == ir.Float64, func(d ir.DType) bool { return d.IsInteger() || d == ir.Bool }
	always := losesNaN(e, r.Monoid, x.Aval)
	floats := real && (always || e.Alone()) // of fewer, XLA finds extremes and what follows row by row
	switch m := r.Monoid; {
	case m == monoidAdd && real:
		terms, in = r.floats(e, x)
	case m == monoidAdd && d.IsInteger() && d.Size() >= 4:
		op, of := e.Maker(x)
		if _, ok := op.(convert); ok && whole(of[0].Aval.DType) && of[0].Aval.DType.Size() <= d.Size() {
			x = of[0]
		}
		in = []trace.Operand{x}
	case m == monoidMax && (whole(d) || floats), m == monoidOr && d == ir.Bool:
		terms, in = greatest, []trace.Operand{x}
	case m == monoidMin && (whole(d) || floats), m == monoidAnd && d == ir.Bool:
		terms, in = least, []trace.Operand{x}
	}
	if in == nil || !always && !stored(e, in[0]) {
		return 0, nil
	}
	return terms, in
}

// floats are the terms of a sum of floats.
func (r reduction) floats(e trace.Emitter, x trace.Operand) (terms int, in []trace.Operand) {
	op, of := e.Maker(x)
	switch o := op.(type) {
	case nil, reshape:
		in = []trace.Operand{x}
	case convert: // of bools, one where there is a number
		if x, ok := isNumber(e, of[0]); ok && x.Aval.DType == e.Out()[0].DType {
			terms, in = sumCount, []trace.Operand{x}
		}
	case square:
		return r.squares(e, of[0])
	case integerPow:
		if o.Y == 2 {
			return r.squares(e, of[0])
		}
	case mul:
		if of[0].ID == of[1].ID {
			return r.squares(e, of[0])
		}
	case selectOp:
		if v, tested, ok := onlyNumbers(e, x); ok && v.ID == tested.ID {
			terms, in = sumNumbers, []trace.Operand{v}
		}
	}
	return terms, in
}

// squares are the terms of the square of x, the distance of an array from a number, or from one for each sum, perhaps
// with 0 where the array has NaN.
func (r reduction) squares(e trace.Emitter, x trace.Operand) (terms int, in []trace.Operand) {
	terms = sumSquares
	of, tested, numbers := onlyNumbers(e, x)
	op, in := e.Maker(of)
	from, distance := trace.Operand{}, false
	if _, ok := op.(sub); ok {
		from, distance = r.spread(e, in[1])
	}
	if distance {
		of = in[0]
	} else {
		from = e.Const(ir.FloatLit(0, of.Aval.DType), nil)
	}
	if numbers {
		terms = sumSquaredNumbers
	}
	if numbers && tested.ID != of.ID {
		return 0, nil
	}
	return terms, []trace.Operand{of, from}
}

// spread is what the program repeats along the axes of the sum to make x: one number, or one for each sum.
func (r reduction) spread(e trace.Emitter, x trace.Operand) (of trace.Operand, ok bool) {
	at := arange(0, x.Aval.Rank()) // where in x the axes of what op makes are
	op, in := e.Maker(x)
	if t, moved := op.(transpose); moved {
		for i, a := range t.Perm {
			at[a] = i
		}
		op, in = e.Maker(in[0])
	}
	if f, constant := op.(full); constant {
		return e.Const(f.Lit, nil), true
	}
	b, ok := op.(broadcastInDim)
	if !ok {
		return x, false
	}
	if in[0].Aval.Size() == 1 {
		return in[0], true
	}
	var dims, sizes []int
	kept := rest(x.Aval.Rank(), r.Axes)
	for i, n := range in[0].Aval.Shape {
		if k := slices.Index(kept, at[b.Dims[i]]); k >= 0 {
			dims, sizes = append(dims, k), append(sizes, n)
		} else if n > 1 {
			return x, false
		}
	}
	if !slices.IsSorted(dims) {
		return x, false
	}
	return lowerFun(e, in[:1], func(v []*Value) []*Value {
		return []*Value{BroadcastInDim(Reshape(v[0], sizes), sizesAt(x.Aval.Shape, kept), dims)}
	})[0], true
}

// onlyNumbers is v where x is v with 0 in place of elements for which another array, tested, has NaN.
func onlyNumbers(e trace.Emitter, x trace.Operand) (v, tested trace.Operand, ok bool) {
	op, in := e.Maker(x)
	if _, ok := op.(selectOp); !ok {
		return x, x, false
	}
	tested, ok = isNumber(e, in[0])
	if !ok || !zeros(e, in[2]) {
		return x, x, false
	}
	return in[1], tested, true
}

// zeros reports whether x is 0 everywhere.
func zeros(e trace.Emitter, x trace.Operand) bool {
	op, in := e.Maker(x)
	switch o := op.(type) {
	case full:
		return o.Lit.Lo|o.Lit.Hi == 0
	case broadcastInDim: // of a literal, which is written once
		return in[0].Aval.Rank() == 0 && in[0].ID == e.Const(ir.IntLit(0, x.Aval.DType), nil).ID
	}
	return false
}

// isNumber is v where x says which elements of v are not NaN.
func isNumber(e trace.Emitter, x trace.Operand) (v trace.Operand, ok bool) {
	op, in := e.Maker(x)
	if c, is := op.(compare); is && c.Dir == "EQ" && !c.Total && in[0].ID == in[1].ID && in[0].Aval.DType.IsFloat() {
		return in[0], true
	}
	return x, false
}

// stored reports whether x is in memory when the program begins.
func stored(e trace.Emitter, x trace.Operand) bool {
	for {
		op, in := e.Maker(x)
		if _, ok := op.(reshape); !ok {
			return e.Input(x)
		}
		x = in[0]
	}
}
