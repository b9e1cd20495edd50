package ops

import (
	"sort"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// ConvGeneralDilatedPatches are the windows that a convolution of x with a kernel of the given window sizes reads,
// flattened along the feature axis of the result, as lax.conv_general_dilated_patches: first by x's features, then by
// the window's places, in the order of the kernel's axes. Strides, padding and options are as for ConvGeneralDilated;
// it takes no groups.
func ConvGeneralDilatedPatches(x *Value, window, strides []int, padding WindowPadding, options ...ConvOptions) *Value {
	const op = "conv_general_dilated_patches"
	in := []ir.Aval{x.Aval()}
	o := oneOption(op, options, x)
	r := x.Rank()
	if r < 2 || len(window) != r-2 {
		trace.Fail(op, in, "needs an array of batch, feature and spatial axes, and a window size for each of the "+
			"spatial ones, not %v", window)
	}
	if o.FeatureGroups > 1 || o.BatchGroups > 1 {
		trace.Fail(op, in, "takes no groups")
	}
	d := &o.Dims
	for _, s := range []*[]int{&d.LHS, &d.RHS, &d.Out} {
		if *s == nil {
			*s = arange(0, r)
		}
		if len(*s) != r {
			trace.Fail(op, in, "the layout %v must name each of the %d axes", *s, r)
		}
		trace.Must(checkAxes("the layout's axis", *s, r), op, in)
	}
	// Each place of the window is an output feature of its own: a kernel of ones on the diagonal of places and output
	// features, for each feature of x by itself.
	n, places := x.Shape()[d.LHS[1]], ir.SizeOf(window)
	ones := Eq(Iota(ir.Int32, []int{places, places}, 0), Iota(ir.Int32, []int{places, places}, 1))
	w := BroadcastInDim(Convert(ones, x.DType()), []int{n, places, places}, []int{1, 2})
	w = Reshape(w, append([]int{n * places, 1}, window...))
	perm := make([]int, r)
	perm[d.RHS[0]], perm[d.RHS[1]] = 0, 1
	for i, a := range rest(r, d.RHS[:2]) {
		perm[a] = i + 2
	}
	o.FeatureGroups = n
	return ConvGeneralDilated(x, Transpose(w, perm), strides, padding, o)
}

// ConvGeneralDilatedLocal is a convolution with a kernel of its own for each place of the result (a locally connected
// layer), as lax.conv_general_dilated_local: w has, in the place of its spatial axes, those of the result, and along
// its input feature axis what ConvGeneralDilatedPatches has along the feature axis.
func ConvGeneralDilatedLocal(x, w *Value, window, strides []int, padding WindowPadding, options ...ConvOptions) *Value {
	const op = "conv_general_dilated_local"
	_, o, _ := convArgs(op, x, w, options)
	preferred := o.PreferredType
	o.PreferredType = ir.Invalid
	patches := ConvGeneralDilatedPatches(x, window, strides, padding, o)
	lhs, rhs := o.Dims.Out, o.Dims.RHS
	if lhs == nil {
		lhs = arange(0, x.Rank())
	}
	if rhs == nil {
		rhs = arange(0, x.Rank())
	}
	order := arange(2, len(lhs))
	sort.Slice(order, func(i, j int) bool { return lhs[order[i]] < lhs[order[j]] })
	y := DotGeneral(patches, w, DotDims{LHSContract: lhs[1:2], RHSContract: rhs[1:2], LHSBatch: sizesAt(lhs, order),
		RHSBatch: sizesAt(rhs, order)},
		DotOptions{Precision: o.Precision, PreferredType: preferred})
	// The result's spatial axes come first, in order, then batch and feature.
	n := len(order)
	perm := make([]int, n+2)
	for i, a := range sizesAt(lhs, order) {
		perm[a] = i
	}
	perm[lhs[0]], perm[lhs[1]] = n, n+1
	return Transpose(y, perm)
}
