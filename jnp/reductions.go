package jnp

import (
	"math"
	"slices"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Reduction holds the keyword arguments of reductions and statistics; its methods are the functions of the same names,
// and its zero value is NumPy's default:
//
//	jnp.Reduction{KeepDims: true}.Sum(x, 0)       // np.sum(x, axis=0, keepdims=True)
//	jnp.Reduction{DDof: 1}.Std(x)                 // np.std(x, ddof=1)
//
// A field that the function has no use for is refused, as an unknown keyword is.
//
// Axes are given last, counted from the end where negative; without any, all axes are reduced. An empty but non-nil
// list (axes...) reduces over no axis, as NumPy's axis=() does.
type Reduction struct {
	// KeepDims leaves reduced axes in the result with size 1.
	KeepDims bool
	// DType is the type to compute in and to return; unset, that of the elements. (Sum and Prod widen small integers to
	// the default integer and count bools; Mean, Var and Std of integers are in the default float type, and with an
	// integer DType, which Std refuses, all their quotients are cut; float16 and bfloat16 are summed in float32.)
	DType DType
	// DDof is taken from the count that Var and Std divide by.
	DDof float64
	// Where is a bool array, broadcast against the operand: elements where it is false are left out.
	Where Array
	// Initial is a scalar that takes part as one more element. Max and Min need it with Where, and for no elements.
	Initial any
	// Center is the mean to use in Var and Std, of the shape that KeepDims gives, where it is known already.
	Center Array
	// Weights are those of Average: of the operand's shape, or of its shape along the reduced axes.
	Weights Array
	// Method of Quantile and Percentile between two elements: Linear (the default), Lower, Higher, Midpoint, Nearest or
	// InvertedCDF.
	Method QuantileMethod
}

// Which fields of a Reduction a function takes.
const (
	takesKeepDims = 1 << iota
	takesDType
	takesDDof
	takesWhere
	takesInitial
	takesCenter
	takesWeights
	takesMethod
)

// only refuses the fields of r that op does not take.
func (r Reduction) only(op string, takes int) {
	for _, f := range []struct {
		bit  int
		name string
		set  bool
	}{
		{takesKeepDims, "KeepDims", r.KeepDims}, {takesDType, "DType", r.DType != ir.Invalid},
		{takesDDof, "DDof", r.DDof != 0},
		{takesWhere, "Where", r.Where.v != nil}, {takesInitial, "Initial", r.Initial != nil},
		{takesCenter, "Center", r.Center.v != nil},
		{takesWeights, "Weights", r.Weights.v != nil}, {takesMethod, "Method", r.Method != Linear},
	} {
		if f.set && takes&f.bit == 0 {
			trace.Fail(op, nil, "the field %s of Reduction does not apply to it; leave it out", f.name)
		}
	}
}

type reduceKind uint8

const (
	sumKind reduceKind = iota
	prodKind
	maxKind
	minKind
	allKind
	anyKind
)

// reduceParams is what the program of a reduction depends on besides its operands; it is the key of eager programs.
type reduceParams struct {
	Kind       reduceKind
	Axes       []int // normalised
	KeepDims   bool
	DType      ir.DType // Invalid: of the elements
	SkipNaN    bool
	HasWhere   bool
	HasInitial bool
}

// withOnes is shape with size 1 at the given axes.
func withOnes(shape, axes []int) []int {
	out := slices.Clone(shape)
	for _, a := range axes {
		out[a] = 1
	}
	return out
}

// countOf is the number of elements of shape that fall together when axes are reduced.
func countOf(shape, axes []int) int {
	n := 1
	for _, a := range axes {
		n *= shape[a]
	}
	return n
}

// replace is v with the elements where pred holds replaced by l.
func replace(v, pred *trace.Value, l ir.Lit) *trace.Value {
	return ops.Select(pred, ops.Full(v.Shape(), l.Convert(v.DType())), v)
}

// promoteInteger is the type that sums of d are made in: at least the default integer's width.
func promoteInteger(d ir.DType, x64 bool) ir.DType {
	wide := ir.Int64.Canonical(x64)
	switch {
	case d == ir.Bool:
		return wide
	case d.IsUnsigned() && d.Bits() < wide.Bits():
		return ir.Uint64.Canonical(x64)
	case d.IsSigned() && d.Bits() < wide.Bits():
		return wide
	}
	return d
}

// upcastHalf is float32 for the 16-bit floats, whose sums would lose too much.
func upcastHalf(d ir.DType) ir.DType {
	if d == ir.Float16 || d == ir.BFloat16 {
		return ir.Float32
	}
	return d
}

// identity is the element that changes nothing.
func (k reduceKind) identity(d ir.DType) ir.Lit {
	switch k {
	case prodKind:
		return ir.IntLit(1, d)
	case maxKind:
		return kit.Lowest(d)
	case minKind:
		return kit.Highest(d)
	case allKind:
		return ir.BoolLit(true)
	}
	return ir.IntLit(0, d)
}

// reduce reduces v over axes, without keeping them.
func (k reduceKind) reduce(v *trace.Value, axes []int) *trace.Value {
	if v.DType() == ir.Bool { // a sum of bools in bool is "any", a product "all"
		switch k {
		case sumKind, maxKind, anyKind:
			return ops.ReduceOr(v, axes)
		default:
			return ops.ReduceAnd(v, axes)
		}
	}
	switch k {
	case sumKind:
		return ops.ReduceSum(v, axes)
	case prodKind:
		return ops.ReduceProd(v, axes)
	case maxKind:
		return ops.ReduceMax(v, axes)
	}
	return ops.ReduceMin(v, axes)
}

// combine is the same for two values.
func (k reduceKind) combine(a, b *trace.Value) *trace.Value {
	if a.DType() == ir.Bool {
		switch k {
		case sumKind, maxKind, anyKind:
			return ops.Or(a, b)
		default:
			return ops.And(a, b)
		}
	}
	switch k {
	case sumKind:
		return ops.Add(a, b)
	case prodKind:
		return ops.Mul(a, b)
	case maxKind:
		return ops.Max(a, b)
	}
	return ops.Min(a, b)
}

// asBool is v != 0, by the real part alone where v is complex.
func asBool(v *trace.Value) *trace.Value {
	if v.DType() == ir.Bool {
		return v
	}
	if v.DType().IsComplex() {
		v = ops.Real(v)
	}
	return ops.NeExact(v, ops.Full(v.Shape(), ir.IntLit(0, v.DType())))
}

// types gives the type a reduction of d computes in and the type it returns.
func (p *reduceParams) types(d ir.DType, x64 bool) (compute, result ir.DType) {
	switch p.Kind {
	case allKind, anyKind:
		return ir.Bool, ir.Bool
	case sumKind, prodKind:
		if p.DType != ir.Invalid {
			return p.DType, p.DType
		}
		d = promoteInteger(d, x64)
		return upcastHalf(d), d
	}
	if p.DType != ir.Invalid {
		return p.DType, p.DType
	}
	return d, d
}

// build writes the reduction of x[0]; Where and Initial follow it, where there are any.
func (p *reduceParams) build(x []*trace.Value) *trace.Value {
	v := x[0]
	compute, result := p.types(v.DType(), trace.X64(v))
	var nans *trace.Value
	if p.SkipNaN && v.DType().IsInexact() {
		nans = isNaN(v)
		v = replace(v, nans, p.Kind.identity(v.DType()))
	}
	if compute == ir.Bool && (p.Kind == allKind || p.Kind == anyKind) {
		v = asBool(v)
	} else {
		v = ops.Convert(v, compute)
	}
	if p.HasWhere {
		mask := kit.BroadcastTo(x[1], v.Shape())
		v = ops.Select(mask, v, ops.Full(v.Shape(), p.Kind.identity(compute)))
	}
	y := p.Kind.reduce(v, p.Axes)
	if p.HasInitial {
		y = p.Kind.combine(kit.BroadcastTo(ops.Convert(x[len(x)-1], compute), y.Shape()), y)
	}
	y = ops.Convert(y, result)
	if nans != nil && !p.HasInitial && (p.Kind == maxKind || p.Kind == minKind) {
		y = replace(y, ops.ReduceAnd(nans, p.Axes), ir.FloatLit(math.NaN(), y.DType()))
	}
	return p.keep(y, x[0].Shape())
}

// keep puts the reduced axes back with size 1 if they are to be kept.
func (p *reduceParams) keep(y *trace.Value, shape []int) *trace.Value {
	return keepDims(y, shape, p.Axes, p.KeepDims)
}

// keepDims is y, the reduction over axes of an array of shape, with those axes put back with size 1 if keep is set.
func keepDims(y *trace.Value, shape, axes []int, keep bool) *trace.Value {
	if !keep || len(axes) == 0 {
		return y
	}
	return ops.Reshape(y, withOnes(shape, axes))
}

// mask is the Where of r as a value, checked: nil if there is none.
func (r Reduction) mask(op string, v *trace.Value) *trace.Value {
	if r.Where.v == nil {
		return nil
	}
	m := r.Where.v
	if m.DType() != ir.Bool {
		trace.Fail(op, []ir.Aval{v.Aval()}, "Where must be a bool array, not %v; compare it with something (x.Ne(0))",
			m.Aval())
	}
	if !kit.BroadcastsTo(m.Shape(), v.Shape()) {
		trace.Fail(op, []ir.Aval{v.Aval()}, "Where has shape %s, which cannot be broadcast to the operand's %s",
			ir.ShapeString(m.Shape()), ir.ShapeString(v.Shape()))
	}
	return m
}

// dtype is the DType of r, made 32 bits wide where 64-bit types are off.
func (r Reduction) dtype(op string, v *trace.Value) ir.DType {
	if r.DType == ir.Invalid {
		return ir.Invalid
	}
	kit.CheckDType(op, r.DType, v.Aval())
	return r.DType.Canonical(trace.X64(v))
}

func (r Reduction) reduce(op string, kind reduceKind, skipNaN bool, x Array, axes []int) Array {
	v := x.val(op)
	p := &reduceParams{Kind: kind, Axes: kit.AxesOrAll(op, axes, v), KeepDims: r.KeepDims, DType: r.dtype(op, v),
		SkipNaN: skipNaN}
	in := append(make([]*trace.Value, 0, 3), v)
	if m := r.mask(op, v); m != nil {
		p.HasWhere = true
		in = append(in, m)
	}
	if r.Initial != nil {
		i := kit.LiftAlone(op, r.Initial)
		if i.Rank() != 0 {
			trace.Fail(op, []ir.Aval{v.Aval()}, "Initial must be a scalar, not an array of shape %s",
				ir.ShapeString(i.Shape()))
		}
		p.HasInitial = true
		if _, ok := i.Lit(); ok {
			compute, _ := p.types(v.DType(), trace.X64(v))
			i = ops.Convert(i, compute)
		}
		in = append(in, i)
	} else if kind == maxKind || kind == minKind {
		if p.HasWhere {
			trace.Fail(op, []ir.Aval{v.Aval()},
				"a maximum or minimum of no elements does not exist, so Where needs Initial as well")
		}
		if countOf(v.Shape(), p.Axes) == 0 {
			trace.Fail(op, []ir.Aval{v.Aval()},
				"no elements along axes %v, and a maximum or minimum of none does not exist; give Initial", p.Axes)
		}
	}
	return whole(op, p, in, p.build)
}

const takesReduce = takesKeepDims | takesDType | takesWhere | takesInitial

// Sum is the sum over axes (all if none are given), NumPy's sum: integers narrower than the default integer are summed
// in that, bools are counted, float16 and bfloat16 are summed in float32 and returned as they were.
//
// Options: Reduction (KeepDims, DType, Where, Initial).
func Sum(x Array, axes ...int) Array { return Reduction{}.Sum(x, axes...) }

// Sum is Sum with options: KeepDims, DType, Where, Initial.
func (r Reduction) Sum(x Array, axes ...int) Array {
	r.only("jnp.Sum", takesReduce)
	return r.reduce("jnp.Sum", sumKind, false, x, axes)
}

// Prod is the product over axes (all if none are given), NumPy's prod, with the types of Sum.
//
// Options: Reduction (KeepDims, DType, Where, Initial).
func Prod(x Array, axes ...int) Array { return Reduction{}.Prod(x, axes...) }

// Prod is Prod with options: KeepDims, DType, Where, Initial.
func (r Reduction) Prod(x Array, axes ...int) Array {
	r.only("jnp.Prod", takesReduce)
	return r.reduce("jnp.Prod", prodKind, false, x, axes)
}

// Max is the maximum over axes (all if none are given), NumPy's max and amax: NaN where there is one. Complex numbers
// are compared by real, then imaginary part. No elements are refused, unless Initial is given. CPUs may take subnormal
// numbers for 0 in it.
//
// Options: Reduction (KeepDims, Where, Initial).
func Max(x Array, axes ...int) Array { return Reduction{}.Max(x, axes...) }

// Max is Max with options: KeepDims, Where with Initial, Initial.
func (r Reduction) Max(x Array, axes ...int) Array {
	r.only("jnp.Max", takesKeepDims|takesWhere|takesInitial)
	return r.reduce("jnp.Max", maxKind, false, x, axes)
}

// Min is the minimum over axes (all if none are given), NumPy's min and amin. See Max. CPUs may take subnormal numbers
// for 0 in it.
//
// Options: Reduction (KeepDims, Where, Initial).
func Min(x Array, axes ...int) Array { return Reduction{}.Min(x, axes...) }

// Min is Min with options: KeepDims, Where with Initial, Initial.
func (r Reduction) Min(x Array, axes ...int) Array {
	r.only("jnp.Min", takesKeepDims|takesWhere|takesInitial)
	return r.reduce("jnp.Min", minKind, false, x, axes)
}

// All reports whether all elements along axes (all if none are given) are nonzero: a bool array, true for no elements.
// NumPy's all.
//
// Options: Reduction (KeepDims, Where).
func All(x Array, axes ...int) Array { return Reduction{}.All(x, axes...) }

// All is All with options: KeepDims, Where.
func (r Reduction) All(x Array, axes ...int) Array {
	r.only("jnp.All", takesKeepDims|takesWhere)
	return r.reduce("jnp.All", allKind, false, x, axes)
}

// Any reports whether any element along axes (all if none are given) is nonzero: a bool array, false for no elements.
// NumPy's any.
//
// Options: Reduction (KeepDims, Where).
func Any(x Array, axes ...int) Array { return Reduction{}.Any(x, axes...) }

// Any is Any with options: KeepDims, Where.
func (r Reduction) Any(x Array, axes ...int) Array {
	r.only("jnp.Any", takesKeepDims|takesWhere)
	return r.reduce("jnp.Any", anyKind, false, x, axes)
}

// NaNSum is Sum with NaN taken as 0, NumPy's nansum.
//
// Options: Reduction (KeepDims, DType, Where, Initial).
func NaNSum(x Array, axes ...int) Array { return Reduction{}.NaNSum(x, axes...) }

// NaNSum is NaNSum with the options of Sum.
func (r Reduction) NaNSum(x Array, axes ...int) Array {
	r.only("jnp.NaNSum", takesReduce)
	return r.reduce("jnp.NaNSum", sumKind, true, x, axes)
}

// NaNProd is Prod with NaN taken as 1, NumPy's nanprod.
//
// Options: Reduction (KeepDims, DType, Where, Initial).
func NaNProd(x Array, axes ...int) Array { return Reduction{}.NaNProd(x, axes...) }

// NaNProd is NaNProd with the options of Prod.
func (r Reduction) NaNProd(x Array, axes ...int) Array {
	r.only("jnp.NaNProd", takesReduce)
	return r.reduce("jnp.NaNProd", prodKind, true, x, axes)
}

// NaNMax is Max with NaN left out, NumPy's nanmax: NaN where there is nothing else. CPUs take subnormal numbers
// for 0 in it.
//
// Options: Reduction (KeepDims, Where, Initial).
func NaNMax(x Array, axes ...int) Array { return Reduction{}.NaNMax(x, axes...) }

// NaNMax is NaNMax with the options of Max.
func (r Reduction) NaNMax(x Array, axes ...int) Array {
	r.only("jnp.NaNMax", takesKeepDims|takesWhere|takesInitial)
	return r.reduce("jnp.NaNMax", maxKind, true, x, axes)
}

// NaNMin is Min with NaN left out, NumPy's nanmin: NaN where there is nothing else. CPUs take subnormal numbers
// for 0 in it.
//
// Options: Reduction (KeepDims, Where, Initial).
func NaNMin(x Array, axes ...int) Array { return Reduction{}.NaNMin(x, axes...) }

// NaNMin is NaNMin with the options of Min.
func (r Reduction) NaNMin(x Array, axes ...int) Array {
	r.only("jnp.NaNMin", takesKeepDims|takesWhere|takesInitial)
	return r.reduce("jnp.NaNMin", minKind, true, x, axes)
}

// CountNonzero counts the elements that are not 0 over axes (all if none are given), in the default integer type.
// NumPy's count_nonzero.
//
// Options: Reduction (KeepDims).
func CountNonzero(x Array, axes ...int) Array { return Reduction{}.CountNonzero(x, axes...) }

// CountNonzero is CountNonzero with the option KeepDims.
func (r Reduction) CountNonzero(x Array, axes ...int) Array {
	const op = "jnp.CountNonzero"
	r.only(op, takesKeepDims)
	v := x.val(op)
	p := &reduceParams{Kind: sumKind, Axes: kit.AxesOrAll(op, axes, v), KeepDims: r.KeepDims}
	return whole(op, p, []*trace.Value{v}, func(x []*trace.Value) *trace.Value {
		return p.build([]*trace.Value{ops.NeExact(x[0], ops.Full(x[0].Shape(), ir.IntLit(0, x[0].DType())))})
	})
}

// PTP is the range from the smallest to the largest element over axes (all if none are given), NumPy's ptp. CPUs take
// subnormal numbers for 0 in it.
//
// Options: Reduction (KeepDims).
func PTP(x Array, axes ...int) Array { return Reduction{}.PTP(x, axes...) }

// PTP is PTP with the option KeepDims.
func (r Reduction) PTP(x Array, axes ...int) Array {
	const op = "jnp.PTP"
	r.only(op, takesKeepDims)
	v := x.val(op)
	p := &reduceParams{Axes: kit.AxesOrAll(op, axes, v), KeepDims: r.KeepDims}
	if countOf(v.Shape(), p.Axes) == 0 {
		trace.Fail(op, []ir.Aval{v.Aval()}, "no elements along axes %v, and a maximum of none does not exist", p.Axes)
	}
	return whole(op, p, []*trace.Value{v}, func(x []*trace.Value) *trace.Value {
		hi, lo := *p, *p
		hi.Kind, lo.Kind = maxKind, minKind
		return ops.Sub(hi.build(x), lo.build(x))
	})
}

// Sum is jnp.Sum.
func (x Array) Sum(axes ...int) Array { return Sum(x, axes...) }

// Prod is jnp.Prod.
func (x Array) Prod(axes ...int) Array { return Prod(x, axes...) }

// Max is jnp.Max.
func (x Array) Max(axes ...int) Array { return Max(x, axes...) }

// Min is jnp.Min.
func (x Array) Min(axes ...int) Array { return Min(x, axes...) }

// All is jnp.All.
func (x Array) All(axes ...int) Array { return All(x, axes...) }

// Any is jnp.Any.
func (x Array) Any(axes ...int) Array { return Any(x, axes...) }
