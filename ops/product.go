package ops

import (
	"fmt"
	"math"
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// The custom calls of products of matrices that backend/kernels answers: BLAS's, where OpenBLAS is there, one of
// integers, and of floats one of small matrices and one of larger ones.
const (
	blasDotKernel  = "lapack_gojax_dot"
	largeDotKernel = "lapack_gojax_large_dot" // BLAS's too, on processors where it pays for large matrices
	floatDotKernel = "gojax_float_dot"
	intDotKernel   = "gojax_int_dot"
	smallDotKernel = "gojax_small_dot"
)

// span are the numbers of multiplications, at least the first and less than the second, of one product of an m by k and
// a k by n matrix.
type span [2]int

// dotCost says which products a kernel computes faster than XLA does. The others stay with XLA, which fuses small ones
// with what is around them.
type dotCost struct {
	kernel  string
	total   int  // so many multiplications in the whole batch at least
	any     span // any product of which m, n and k are no less than side
	side    int
	turned  span // one whose first operand lies in memory as its transpose
	vector  span // a single product of a matrix and a vector
	across  span // the same of a matrix that does not lie along the vector
	squared span // a matrix times its own transpose, of which half is computed
	small   span // one of a batch, whose second operand has rows of whole vectors
	packed  span // turned ones, no narrower than narrowDot, that floatDotKernel is for
}

const endless = math.MaxInt

// narrowDot is how many rows and columns floatDotKernel computes at least: it would compute as many.
const narrowDot = 16

// batchedDot is how many multiplications each product of a batch has at least for floatDotKernel.
const batchedDot = 1 << 18

// largeDots are the products that largeDotKernel is for.
var largeDots = span{1 << 32, endless}

// dotCosts is measured, on two cores with AVX-512. XLA's products of float32 and float64 are as fast as OpenBLAS's
// where the first operand lies row by row, but for those of 4 to 7 rows. Products of more than 1<<18 multiplications
// OpenBLAS computes by threads of its own, which then wait on the cores that XLA's threads need: a program of several
// products takes longer by it than it saves.
var dotCosts = map[ir.DType]dotCost{
	ir.Float32: {blasDotKernel, 1 << 15, span{1 << 6, 1 << 9}, 4, span{1 << 6, 1 << 15}, span{1 << 16, endless},
		span{1 << 12, endless}, span{1 << 29, endless}, span{1 << 6, 1 << 16}, span{1 << 15, 1 << 29}},
	ir.Float64: {blasDotKernel, 1 << 15, span{1 << 6, 1 << 9}, 4, span{1 << 6, endless}, span{1 << 16, endless},
		span{1 << 12, endless}, span{1 << 29, endless}, span{1 << 6, 1 << 16}, span{1 << 18, 1 << 29}},
	ir.Complex64:  complexDotCost,
	ir.Complex128: complexDotCost,
	ir.Int32:      intDotCost,
	ir.Uint32:     intDotCost,
	ir.Int64:      intDotCost,
	ir.Uint64:     intDotCost,
}

var (
	complexDotCost = dotCost{kernel: blasDotKernel, total: 1 << 9, any: span{1 << 3, endless}}
	intDotCost     = dotCost{kernel: intDotKernel, total: 1 << 12, any: span{1 << 9, endless}, side: 8}
)

// factor is an operand of a product as it lies in memory: what was transposed to it, where something was, and the
// groups of that array's axes.
type factor struct {
	trace.Operand
	conjugate               bool // what the product takes is the conjugate of this array
	batch, free, contracted []int
	order                   []int // of the axes in memory; the last one moves by single elements
}

// newFactor looks through the transpositions that made the operand x, and with conjugates the conjugations too.
func newFactor(e trace.Emitter, x trace.Operand, batch, contracted []int, conjugates bool) factor {
	f := factor{x, false, own(batch), rest(x.Aval.Rank(), batch, contracted), own(contracted),
		arange(0, x.Aval.Rank())}
	for {
		op, in := e.Maker(f.Operand)
		switch o := op.(type) {
		case transpose:
			for _, axes := range [][]int{f.batch, f.free, f.contracted} {
				for i, a := range axes {
					axes[i] = o.Perm[a]
				}
			}
		case conj:
			if !conjugates {
				return f
			}
			f.conjugate = !f.conjugate
		default:
			return f
		}
		f.Operand = in[0]
	}
}

// steps are how far apart in memory the neighbours along each axis are.
func (f factor) steps() []int { return stepsOf(f.Aval.Shape, f.order) }

// as one axis: how many elements the axes count together, and how far apart these are; not ok where that differs.
func (f factor) asOne(axes []int) (n, step int, ok bool) {
	steps := f.steps()
	n, step = 1, 1
	for _, a := range slices.Backward(axes) {
		switch size := f.Aval.Shape[a]; {
		case size == 1:
		case n == 1:
			n, step = size, steps[a]
		case steps[a] != n*step:
			return 0, 0, false
		default:
			n *= size
		}
	}
	return n, step, true
}

// matrix is f as matrices of its free axes by its contracted ones. Where it does not lie like that, it is moved.
func (f *factor) matrix() (free, contracted, freeStep, contractedStep int) {
	for {
		m, s, ok := f.asOne(f.free)
		k, t, ok2 := f.asOne(f.contracted)
		switch {
		case ok && ok2 && (t == 1 || k == 1):
			return m, k, max(s, k), 1
		case ok && ok2 && (s == 1 || m == 1):
			return m, k, 1, max(t, m)
		}
		f.order = slices.Concat(f.batch, f.free, f.contracted)
	}
}

// sameAxes reports whether two operands of a product are one array, and meet in the same axes.
func (f factor) sameAxes(g factor) bool {
	return f.ID == g.ID && slices.Equal(f.batch, g.batch) && slices.Equal(f.free, g.free) &&
		slices.Equal(f.contracted, g.contracted)
}

// How the operands are related, as backend/kernels/dot.c numbers it.
const (
	dotAny = iota
	dotTranspose
	dotSecondConjugate
	dotFirstConjugate
)

// halved is how many multiplications a matrix times its own transpose has at least for one half to be computed apart:
// below, BLAS computes with one thread.
const halved = 1 << 18

// byKernel writes the product, of type out, as a kernel's call; not ok where XLA is as fast or no kernel is there.
func (o dotGeneral) byKernel(e trace.Emitter, x, y trace.Operand, out ir.Aval) (z trace.Operand, ok bool) {
	cost, ok := dotCosts[out.DType]
	d := o.Dims
	count := ir.SizeOf(sizesAt(x.Aval.Shape, d.LHSBatch))
	mnk := 1
	if ok = ok && e.Platform() == "cpu" && x.Aval.DType == out.DType; ok {
		mnk = out.Size() / count * ir.SizeOf(sizesAt(x.Aval.Shape, d.LHSContract))
	}
	if !ok || mnk*count < cost.total {
		return z, false
	}
	a, b := newFactor(e, x, d.LHSBatch, d.LHSContract, true), newFactor(e, y, d.RHSBatch, d.RHSContract, true)
	kind := dotAny
	if a.sameAxes(b) && mnk >= halved && cost.kernel == blasDotKernel && (!a.conjugate || !b.conjugate) {
		kind = dotTranspose
		switch {
		case a.conjugate:
			kind = dotFirstConjugate
		case b.conjugate:
			kind = dotSecondConjugate
		}
	} else {
		a, b = newFactor(e, x, d.LHSBatch, d.LHSContract, false), newFactor(e, y, d.RHSBatch, d.RHSContract, false)
	}
	// The pairs of contracted axes in the order in which they lie in memory.
	pairs, steps := arange(0, len(a.contracted)), a.steps()
	slices.SortStableFunc(pairs, func(i, j int) int { return steps[a.contracted[j]] - steps[a.contracted[i]] })
	a.contracted, b.contracted = sizesAt(a.contracted, pairs), sizesAt(b.contracted, pairs)

	lay := [][]int{a.order, b.order}
	m, k, aRow, aCol := a.matrix()
	n, _, bCol, bRow := b.matrix()
	moved := n == 1 && !slices.Equal(lay[0], a.order) || m == 1 && !slices.Equal(lay[1], b.order)
	if max(m, n, k, aRow, aCol, bRow, bCol) > math.MaxInt32 || len(d.LHSBatch) > maxDotBatch {
		return z, false
	}
	anyway := cost.any.has(mnk) && min(m, n, k) >= cost.side
	switch {
	case m == 1 && n == 1 || k == 1: // XLA's loops are as good
		ok = false
	case m == 1 || n == 1:
		across := n == 1 && aCol != 1 || m == 1 && bCol != 1
		// To move the matrix takes as long as the product, and XLA moves it once for all products of it.
		ok = anyway || count == 1 && !moved && (cost.vector.has(mnk) || across && cost.across.has(mnk))
	default:
		ok = anyway || aCol != 1 && cost.turned.has(mnk) || kind != dotAny && cost.squared.has(mnk)
	}
	if kind == dotAny && aCol != 1 && min(m, n) >= narrowDot && cost.packed.has(mnk) &&
		(count == 1 || mnk >= batchedDot) {
		ok, cost.kernel = true, floatDotKernel
	}
	if !ok && count == 1 && largeDots.has(mnk) && cost.kernel == blasDotKernel && e.HasKernel(largeDotKernel) {
		ok, cost.kernel = true, largeDotKernel
	}
	if lines := n * out.DType.Size(); count > 1 && min(m, n, k) > 1 && k <= maxSmallDot && cost.small.has(mnk) &&
		kind == dotAny && bCol == 1 && (lines == 16 || lines%32 == 0) {
		ok, cost.kernel = true, smallDotKernel
	}
	if !ok || !e.HasKernel(cost.kernel) {
		return z, false
	}
	plan := []int{kind, m, n, k, aRow, aCol, bRow, bCol}
	as, bs := a.steps(), b.steps()
	for i, axis := range a.batch {
		plan = append(plan, a.Aval.Shape[axis], as[axis], bs[b.batch[i]])
	}
	a.join(e)
	b.join(e)
	return callLaidOut(e, cost.kernel, []trace.Operand{a.Operand, b.Operand},
		fmt.Sprintf("plan = array<i64: %s>", commas(plan)), [][]int{a.order, b.order}, "", out)[0], true
}

// join makes one axis of neighbours that are contracted, and of those that are free, where f lies row by row. XLA's
// products have them so, and would compute their factors once more for another shape.
func (f *factor) join(e trace.Emitter) {
	if !slices.IsSorted(f.order) || f.Aval.Size() == 0 {
		return
	}
	var in []int
	for a := range f.Aval.Shape {
		both := func(axes []int) bool { return slices.Contains(axes, a-1) && slices.Contains(axes, a) }
		if both(f.free) || both(f.contracted) {
			in = append(in, a)
		}
	}
	if in != nil {
		f.Operand, _ = joinAxes(e, f.Operand, in)
		f.order = arange(0, f.Aval.Rank())
	}
}

func (s span) has(n int) bool { return s[0] <= n && n < s[1] }

// maxDotBatch is how many axes of a batch the kernels take.
const maxDotBatch = 16

// maxSmallDot is the greatest k of the kernel of small products.
const maxSmallDot = 64
