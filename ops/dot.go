package ops

import (
	"fmt"
	"slices"
	"sort"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// Precision is how exactly a product of float32 is computed on hardware that has faster, coarser units; CPUs have one.
// Users know it as lax.Precision, its constants too.
type Precision uint8

const (
	PrecisionDefault Precision = iota // the fastest the device has (TF32 on NVIDIA)
	PrecisionHigh                     // several passes of the fast units
	PrecisionHighest                  // as the dtype says
)

// String is the StableHLO name.
func (p Precision) String() string {
	if p > PrecisionHighest {
		return fmt.Sprintf("Precision(%d)", uint8(p))
	}
	return [...]string{"DEFAULT", "HIGH", "HIGHEST"}[p]
}

// DotDims pairs the axes of DotGeneral's operands.
type DotDims struct {
	LHSContract, RHSContract []int // summed over
	LHSBatch, RHSBatch       []int // go along, and come first in the result
}

// DotOptions are the options of DotGeneral.
type DotOptions struct {
	Precision     Precision
	PreferredType ir.DType // the result's dtype, in which it is also summed; Invalid: that of the operands
}

type dotGeneral struct {
	Dims DotDims
	DotOptions
}

func (dotGeneral) Name() string { return "dot_general" }

// DotGeneral multiplies x and y and sums over the contracted axes, as lax.dot_general. The axes of the result are the
// batch axes, then the others of x, then the others of y. Operands of different dtypes are converted to the higher one.
func DotGeneral(x, y *Value, d DotDims, o DotOptions) *Value {
	return one(dotGeneral{DotDims{own(d.LHSContract), own(d.RHSContract), own(d.LHSBatch), own(d.RHSBatch)}, o}, x, y)
}

// Dot is the product of vectors and matrices: the last axis of x with the first of y, as lax.dot.
func Dot(x, y *Value, options ...DotOptions) *Value {
	o := oneOption("dot", options, x, y)
	if r, s := x.Rank(), y.Rank(); r < 1 || r > 2 || s < 1 || s > 2 || x.Shape()[r-1] != y.Shape()[0] {
		trace.Fail("dot", trace.Avals([]*Value{x, y}), "takes vectors and matrices where the last axis of the first "+
			"is as long as the first axis of the second; for others use DotGeneral")
	}
	return DotGeneral(x, y, DotDims{LHSContract: []int{x.Rank() - 1}, RHSContract: []int{0}}, o)
}

func (o dotGeneral) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if err := wantOperands(in, 2); err != nil {
		return nil, err
	}
	x, y, d := in[0], in[1], o.Dims
	if err := firstError(
		checkAxes("batch and contracted axes of the first operand: axis", slices.Concat(d.LHSBatch, d.LHSContract),
			x.Rank()),
		checkAxes("batch and contracted axes of the second operand: axis", slices.Concat(d.RHSBatch, d.RHSContract),
			y.Rank()),
		samePairs("batch", x, y, d.LHSBatch, d.RHSBatch),
		samePairs("contracted", x, y, d.LHSContract, d.RHSContract),
	); err != nil {
		return nil, err
	}
	t, err := dotType(x.DType, y.DType)
	if err != nil {
		return nil, err
	}
	if p := o.PreferredType; p != ir.Invalid && p != t {
		switch {
		case !p.Valid() || t.IsComplex() && !p.IsComplex() || t.IsFloat() && !p.IsInexact() ||
			(t == ir.Bool) != (p == ir.Bool) && p == ir.Bool:
			return nil, fmt.Errorf("a product of %v cannot be had as %v", t, p)
		case !t.IsFloat() && p.Real().Bits() < t.Real().Bits():
			return nil, fmt.Errorf("PreferredType %v is narrower than the operands' %v; convert the result with "+
				"lax.ConvertElementType", p, t)
		}
		t = p
	}
	if o.Precision > PrecisionHighest {
		return nil, fmt.Errorf("%v is not a precision", o.Precision)
	}
	shape := sizesAt(x.Shape, d.LHSBatch)
	shape = append(shape, sizesAt(x.Shape, rest(x.Rank(), d.LHSBatch, d.LHSContract))...)
	shape = append(shape, sizesAt(y.Shape, rest(y.Rank(), d.RHSBatch, d.RHSContract))...)
	return []ir.Aval{{Shape: shape, DType: t, Weak: allWeak(in)}}, nil
}

// samePairs refuses axes ofX of x and ofY of y that are not as many and as long.
func samePairs(what string, x, y ir.Aval, ofX, ofY []int) error {
	if len(ofX) != len(ofY) {
		return fmt.Errorf("%d %s axes of the first operand (%v) go with %d of the second (%v)", len(ofX), what, ofX,
			len(ofY), ofY)
	}
	for i, a := range ofX {
		if m, n := x.Shape[a], y.Shape[ofY[i]]; m != n {
			return fmt.Errorf("the %s axes differ in size: axis %d of the first operand (%s) has %d, axis %d of the "+
				"second (%s) has %d",
				what, a, ir.ShapeString(x.Shape), m, ofY[i], ir.ShapeString(y.Shape), n)
		}
	}
	return nil
}

// dotType is the higher of two dtypes as XLA has it: complex over real, float over integer, then the wider range, the
// wider mantissa, the wider integer, signed over unsigned.
func dotType(x, y ir.DType) (ir.DType, error) {
	rank := func(d ir.DType) []int {
		r := []int{0, 0, 0, d.Real().Bits(), 1}
		if d.IsComplex() {
			r[0] = 1
		}
		switch d.Real() {
		case ir.Float16:
			r[1], r[2] = 16, 10
		case ir.BFloat16:
			r[1], r[2] = 128, 7
		case ir.Float32:
			r[1], r[2] = 128, 23
		case ir.Float64:
			r[1], r[2] = 1024, 52
		}
		if d.IsUnsigned() {
			r[4] = 0
		}
		return r
	}
	switch c := slices.Compare(rank(x), rank(y)); {
	case c > 0:
		return x, nil
	case c < 0:
		return y, nil
	case x != y:
		return 0,
			fmt.Errorf("takes operands of one dtype, not %v and %v; convert one with lax.ConvertElementType", x, y)
	}
	return x, nil
}

func (o dotGeneral) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	out, d := e.Out()[0], o.Dims
	w := writer{e}
	as := func(x trace.Operand, t ir.DType) trace.Operand {
		if x.Aval.DType == t {
			return x
		}
		return w.to("stablehlo.convert", x, t)
	}
	if out.Size() == 0 || ir.SizeOf(sizesAt(x[0].Aval.Shape, d.LHSContract)) == 0 {
		return []trace.Operand{e.Const(ir.IntLit(0, out.DType), out.Shape)}
	}
	in, _ := dotType(x[0].Aval.DType, x[1].Aval.DType)
	acc := out.DType
	switch {
	case acc == ir.Bool: // or of ands; a sum of ones is never 0
		in, acc = ir.Float32, ir.Float32
	case in != acc && in.IsFloat() && acc.IsFloat():
		if acc.Bits() < in.Bits() || acc.Bits() == in.Bits() { // narrower: computed as it is and rounded once
			acc = in
			if in.Bits() == 16 {
				acc = ir.Float32
			}
		}
	case in != acc: // across families
		in = acc
	}
	a, b := as(x[0], in), as(x[1], in)
	y, ok := o.byKernel(e, a, b, out.As(acc))
	if !ok {
		y = o.byXLA(e, a, b, out.As(acc))
	}
	if out.DType == ir.Bool {
		return []trace.Operand{w.cmp("NE", y, w.like(y, 0))}
	}
	return []trace.Operand{as(y, out.DType)}
}

func (o dotGeneral) byXLA(e trace.Emitter, x, y trace.Operand, out ir.Aval) trace.Operand {
	d := o.Dims
	if e.Platform() == "cpu" && e.Mesh() == nil {
		x, y, d = joinContracted(e, x, y, d)
	}
	text := attrs(
		fmt.Sprintf("dot_dimension_numbers = #stablehlo.dot<lhs_batching_dimensions = [%s], rhs_batching_dimensions "+
			"= [%s], lhs_contracting_dimensions = [%s], rhs_contracting_dimensions = [%s]>",
			commas(d.LHSBatch), commas(d.RHSBatch), commas(d.LHSContract), commas(d.RHSContract)),
		fmt.Sprintf("precision_config = [#stablehlo<precision %[1]v>, #stablehlo<precision %[1]v>]", o.Precision))
	return e.Op("stablehlo.dot_general", []trace.Operand{x, y}, text, out)[0]
}

// joinContracted makes one axis of contracted ones that are neighbours in both operands. Of one XLA reads the operands
// as they lie. Of two it copies an operand turned, and computes along the copy whatever that is fused with.
func joinContracted(e trace.Emitter, x, y trace.Operand, d DotDims) (trace.Operand, trace.Operand, DotDims) {
	pairs := arange(0, len(d.LHSContract))
	slices.SortFunc(pairs, func(i, j int) int { return d.LHSContract[i] - d.LHSContract[j] })
	l, r := sizesAt(d.LHSContract, pairs), sizesAt(d.RHSContract, pairs)
	first := func(axes []int) []int { return axes[:min(1, len(axes))] }
	var inX, inY []int // the axes that go into the one before them
	keptL, keptR := first(l), first(r)
	for i := 1; i < len(l); i++ {
		if l[i] == l[i-1]+1 && r[i] == r[i-1]+1 {
			inX, inY = append(inX, l[i]), append(inY, r[i])
		} else {
			keptL, keptR = append(keptL, l[i]), append(keptR, r[i])
		}
	}
	if inX == nil {
		return x, y, d
	}
	join := func(x trace.Operand, in []int, groups ...*[]int) trace.Operand {
		x, at := joinAxes(e, x, in)
		for _, g := range groups {
			*g = sizesAt(at, *g)
		}
		return x
	}
	d.LHSContract, d.RHSContract = keptL, keptR
	x = join(x, inX, &d.LHSContract, &d.LHSBatch)
	return x, join(y, inY, &d.RHSContract, &d.RHSBatch), d
}

// joinAxes is x, in which each of the axes in has become one with the axis before it; at says where all have gone.
func joinAxes(e trace.Emitter, x trace.Operand, in []int) (y trace.Operand, at []int) {
	var shape []int
	for a, n := range x.Aval.Shape {
		if slices.Contains(in, a) {
			shape[len(shape)-1] *= n
		} else {
			shape = append(shape, n)
		}
		at = append(at, len(shape)-1)
	}
	return e.Op("stablehlo.reshape", []trace.Operand{x}, "", x.Aval.With(shape))[0], at
}

// Batch: an axis mapped in both operands is one more batch axis, one mapped in one operand one more of its other axes.
// Nothing is transposed.
func (o dotGeneral) Batch(_ trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	h, n := o, o.Dims
	dx, dy := d[0], d[1]
	if dx != trace.NotMapped {
		h.Dims.LHSBatch, h.Dims.LHSContract = shifted(n.LHSBatch, dx), shifted(n.LHSContract, dx)
	}
	if dy != trace.NotMapped {
		h.Dims.RHSBatch, h.Dims.RHSContract = shifted(n.RHSBatch, dy), shifted(n.RHSContract, dy)
	}
	at := 0
	switch {
	case dx != trace.NotMapped && dy != trace.NotMapped:
		h.Dims.LHSBatch = slices.Insert(h.Dims.LHSBatch, 0, dx)
		h.Dims.RHSBatch = slices.Insert(h.Dims.RHSBatch, 0, dy)
	case dx != trace.NotMapped:
		at = len(n.LHSBatch) + slices.Index(rest(x[0].Rank(), h.Dims.LHSBatch, h.Dims.LHSContract), dx)
	default:
		at = x[0].Rank() - len(n.LHSContract) + slices.Index(rest(x[1].Rank(), h.Dims.RHSBatch, h.Dims.RHSContract), dy)
	}
	return []*Value{one(h, x[0], x[1])}, []int{at}
}

// JVP: a product is linear in each operand.
func (o dotGeneral) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp2(c, x, t,
		func(g, y *Value) *Value { return c.Self(g, x[1])[0] },
		func(g, y *Value) *Value { return c.Self(x[0], g)[0] })
}

// Transpose, by the one operand that is linear: the cotangent times the other one.
func (o dotGeneral) Transpose(_ trace.TransposeCtx, ct []*Value, x []trace.Linear) []*Value {
	out := make([]*Value, 2)
	if ct[0] == nil {
		return out
	}
	d := o.Dims
	if x[0].X == nil {
		linearIn("dot_general", x, 0)
		out[0] = o.cotangent(ct[0], x[0].Aval, x[1].X, d.LHSContract, d.RHSContract, d.LHSBatch, d.RHSBatch, false)
	} else {
		out[1] = o.cotangent(ct[0], x[1].Aval, x[0].X, d.RHSContract, d.LHSContract, d.RHSBatch, d.LHSBatch, true)
	}
	return out
}

// cotangent is that of the operand x, of which y is the other one; swapped: x is the second. The factors stand in the
// order that gives x's axes, where x's contracted axes come last or, of a second operand, first.
func (o dotGeneral) cotangent(g *Value, x ir.Aval, y *Value, xc, yc, xb, yb []int, swapped bool) *Value {
	keptX, keptY, batch := rest(x.Rank(), xb, xc), rest(y.Rank(), yb, yc), arange(0, len(xb))
	// The contracted axes are in y's order.
	order := arange(0, len(yc))
	sort.Slice(order, func(i, j int) bool { return yc[order[i]] < yc[order[j]] })
	xc = sizesAt(xc, order)
	var r *Value
	var axes []int // of x, that r has
	if swapped {
		r = DotGeneral(y, g, DotDims{LHSContract: keptY, RHSContract: arange(len(xb), len(xb)+len(keptY)),
			LHSBatch: yb, RHSBatch: batch}, o.DotOptions)
		axes = slices.Concat(xb, xc, keptX)
	} else {
		first := len(xb) + len(keptX) // where the kept axes of y are in g
		r = DotGeneral(g, y, DotDims{LHSContract: arange(first, first+len(keptY)), RHSContract: keptY,
			LHSBatch: batch, RHSBatch: yb}, o.DotOptions)
		axes = slices.Concat(xb, keptX, xc)
	}
	perm := make([]int, len(axes))
	for i, a := range axes {
		perm[a] = i
	}
	r = Transpose(r, perm)
	if r.DType() != x.DType {
		r = Convert(r, x.DType)
	}
	return r
}
