package ops

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// ConvDims says which axis is which in the operands and the result of ConvGeneralDilated, as JAX's
// ConvDimensionNumbers: first the batch (of the kernel: the output feature) and then the feature (of the kernel: the
// input feature) axis, then the spatial ones.
type ConvDims struct{ LHS, RHS, Out []int }

// ConvLayout is the ConvDims of three layouts in letters: N batch, C feature, O and I the kernel's output and input
// features, any other letter a spatial axis: ConvLayout("NHWC", "HWIO", "NHWC"). The spatial letters of the three are
// the same.
func ConvLayout(lhs, rhs, out string) ConvDims {
	parse := func(s, what string, first, second byte) []int {
		a, b := strings.IndexByte(s, first), strings.IndexByte(s, second)
		if a < 0 || b < 0 {
			trace.Fail("conv_general_dilated", nil, "the layout %q of %s needs the letters %c and %c", s, what, first,
				second)
		}
		spec := []int{a, b}
		for _, c := range spatial(rhs, "OI") { // the strides are in the order of the kernel's letters
			i := strings.IndexRune(s, c)
			if i < 0 || strings.Count(s, string(c)) != 1 || len(s) != len(lhs) {
				trace.Fail("conv_general_dilated", nil, "the layouts %q, %q and %q must have the same spatial "+
					"letters, each once", lhs, rhs, out)
			}
			spec = append(spec, i)
		}
		return spec
	}
	return ConvDims{parse(lhs, "the array", 'N', 'C'), parse(rhs, "the kernel", 'O', 'I'),
		parse(out, "the result", 'N', 'C')}
}

func spatial(layout, others string) string {
	return strings.Map(func(c rune) rune {
		if strings.ContainsRune(others, c) {
			return -1
		}
		return c
	}, layout)
}

// ConvOptions are the options of ConvGeneralDilated; the zero value is JAX's default.
type ConvOptions struct {
	LHSDilation []int // the array's elements lie this far apart, one number for each spatial axis; nil: 1
	RHSDilation []int // the kernel's do (atrous convolution); nil: 1
	// Dims are the layouts; zero: batch, feature and spatial axes in this order; the kernel's output, input and spatial
	// axes.
	Dims          ConvDims
	FeatureGroups int // features in and out fall into so many groups, each convolved by itself; 0: 1
	BatchGroups   int // the same for the batch; 0: 1
	Precision     Precision
	PreferredType ir.DType // the result's dtype; Invalid: that of the operands

	// TransposeKernel, of ConvTranspose alone: the kernel is that of the forward convolution, and is turned around, its
	// input and output features exchanged.
	TransposeKernel bool
	// ForwardPadding, of ConvTranspose alone: numbers in the padding, too, are those of the forward convolution (JAX's
	// use_consistent_padding).
	ForwardPadding bool
}

type conv struct {
	Strides, Low, High         []int
	LhsDilation, RhsDilation   []int
	Dims                       ConvDims
	FeatureGroups, BatchGroups int
	Precision                  Precision
	PreferredType              ir.DType
}

func (conv) Name() string { return "conv_general_dilated" }

// convArgs is what the convolutions begin with: the types of the operands, the options, and the number of spatial axes.
func convArgs(op string, x, w *Value, options []ConvOptions) (in []ir.Aval, o ConvOptions, spatial int) {
	in = []ir.Aval{x.Aval(), w.Aval()}
	o = oneOption(op, options, x, w)
	if r := x.Rank(); r < 2 || w.Rank() != r {
		trace.Fail(op, in, "takes an array and a kernel of as many axes: batch, feature and the spatial ones")
	}
	return in, o, x.Rank() - 2
}

// ConvGeneralDilated is the convolution (the sum of products over a window, the kernel not turned around) of x with the
// kernel w, as lax.conv_general_dilated: both of one number dtype and n+2 axes, strides for the n spatial ones (nil:
// 1).
func ConvGeneralDilated(x, w *Value, strides []int, padding WindowPadding, options ...ConvOptions) *Value {
	const op = "conv_general_dilated"
	in, o, n := convArgs(op, x, w, options)
	dims := o.Dims
	for _, s := range []*[]int{&dims.LHS, &dims.RHS, &dims.Out} {
		if *s == nil {
			*s = arange(0, n+2)
		} else {
			*s = own(*s)
		}
	}
	c := conv{
		Strides: orOnes(strides, n), LhsDilation: orOnes(o.LHSDilation, n), RhsDilation: orOnes(o.RHSDilation, n),
		Dims: dims, FeatureGroups: max(o.FeatureGroups, 1), BatchGroups: max(o.BatchGroups, 1),
		Precision: o.Precision, PreferredType: o.PreferredType,
	}
	if o.FeatureGroups < 0 || o.BatchGroups < 0 {
		trace.Fail(op, in, "the numbers of groups, %d and %d, must not be negative", o.FeatureGroups, o.BatchGroups)
	}
	trace.Must(c.checkDims(n+2), op, in)
	if padding.how != padPairs && !allEqual(c.LhsDilation, 1) {
		trace.Fail(op, in, "a dilated array takes its padding in numbers, with PadWith, not PadSame or PadValid; or "+
			"use ConvTranspose")
	}
	sizes := each(sizesAt(w.Shape(), dims.RHS[2:]), c.RhsDilation, dilated)
	var err error
	c.Low, c.High, err = padding.resolve(sizesAt(x.Shape(), dims.LHS[2:]), sizes, c.Strides)
	trace.Must(err, op, in)
	return one(c, x, w)
}

// ConvTranspose is the transpose of a convolution ("deconvolution"), as lax.conv_transpose: x, spread apart by strides,
// is convolved with w so that, with PadSame, each spatial axis becomes strides times as long. The default layouts are
// JAX's for this one: N, spatial, C for x and the result; spatial, I, O for w. Options may give others and the
// RHSDilation; FeatureGroups too.
func ConvTranspose(x, w *Value, strides []int, padding WindowPadding, options ...ConvOptions) *Value {
	const op = "conv_transpose"
	in, o, n := convArgs(op, x, w, options)
	if o.LHSDilation != nil {
		trace.Fail(op, in, "the array is spread apart by the strides; it takes no LHSDilation")
	}
	if o.Dims.LHS == nil && o.Dims.RHS == nil && o.Dims.Out == nil {
		space := append([]int{0, n + 1}, arange(1, n+1)...)
		o.Dims = ConvDims{LHS: space, RHS: append([]int{n + 1, n}, arange(0, n)...), Out: space}
	}
	strides = orOnes(strides, n)
	dilation := orOnes(o.RHSDilation, n)
	if len(o.Dims.RHS) != n+2 || len(strides) != n || len(dilation) != n {
		trace.Fail(op, in, "strides, RHSDilation and Dims must have a number for each of the %d spatial axes", n)
	}
	trace.Must(checkAxes("the kernel's axis", o.Dims.RHS, n+2), op, in)
	if padding.how == padSameLower {
		trace.Fail(op, in, "takes PadSame, PadValid or PadWith, not PadSameLower")
	}
	if padding.how != padPairs || o.ForwardPadding {
		pairs := make([][2]int, n)
		if padding.how == padPairs && len(padding.pairs) != n {
			trace.Fail(op, in, "PadWith has %d pairs for %d spatial axes", len(padding.pairs), n)
		}
		for i, k := range each(sizesAt(w.Shape(), o.Dims.RHS[2:]), dilation, dilated) {
			if padding.how == padPairs {
				pairs[i] = [2]int{k - 1 - padding.pairs[i][0], k - 1 - padding.pairs[i][1]}
				continue
			}
			total := k + strides[i] - 2 + max(k-strides[i], 0)
			before := k - 1
			if padding.how != padValid {
				total = k + strides[i] - 2
				if before = (total + 1) / 2; strides[i] > k-1 {
					before = k - 1
				}
			}
			pairs[i] = [2]int{before, total - before}
		}
		padding = PadWith(pairs...)
	}
	if o.TransposeKernel {
		perm := arange(0, n+2)
		perm[o.Dims.RHS[0]], perm[o.Dims.RHS[1]] = o.Dims.RHS[1], o.Dims.RHS[0]
		w = Transpose(Rev(w, o.Dims.RHS[2:]), perm)
	}
	o.LHSDilation = strides
	return ConvGeneralDilated(x, w, repeated(1, n), padding, o)
}

// ConvShape is the shape of ConvGeneralDilated's result for an array and a kernel of the given shapes
// (lax.conv_shape_tuple, lax.conv_general_shape_tuple).
func ConvShape(x, w, strides []int, padding WindowPadding, options ...ConvOptions) []int {
	return resultShape(func(v []*Value) *Value { return ConvGeneralDilated(v[0], v[1], strides, padding, options...) },
		x, w)
}

// ConvTransposeShape is the shape of ConvTranspose's result (lax.conv_transpose_shape_tuple).
func ConvTransposeShape(x, w, strides []int, padding WindowPadding, options ...ConvOptions) []int {
	return resultShape(func(v []*Value) *Value { return ConvTranspose(v[0], v[1], strides, padding, options...) }, x, w)
}

// checkDims says what is wrong with the parameters for operands of the given rank.
func (c conv) checkDims(rank int) error {
	for i, spec := range [][]int{c.Dims.LHS, c.Dims.RHS, c.Dims.Out} {
		s := slices.Clone(spec)
		slices.Sort(s)
		if !slices.Equal(s, arange(0, rank)) {
			return fmt.Errorf("the axes %v of %s must name each of 0 to %d once", spec,
				[...]string{"the array", "the kernel", "the result"}[i], rank-1)
		}
	}
	for i, l := range [][]int{c.Strides, c.LhsDilation, c.RhsDilation} {
		what := [...]string{"strides", "LHSDilation", "RHSDilation"}[i]
		if len(l) != rank-2 {
			return fmt.Errorf("%s %v must have one number for each of the %d spatial axes", what, l, rank-2)
		}
		if len(l) > 0 && slices.Min(l) < 1 {
			return fmt.Errorf("%s %v must be 1 or more", what, l)
		}
	}
	return nil
}

// window is the windowing of the spatial axes for a kernel of the given shape.
func (c conv) window(kernel []int) windowing {
	return windowing{sizesAt(kernel, c.Dims.RHS[2:]), c.Strides, c.Low, c.High, c.LhsDilation, c.RhsDilation}
}

func (c conv) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if err := wantOperands(in, 2); err != nil {
		return nil, err
	}
	x, w := in[0], in[1]
	if err := firstError(wantKind(x, kNum), wantKind(w, kNum)); err != nil {
		return nil, err
	}
	if x.DType != w.DType {
		return nil,
			fmt.Errorf(
				"the array is %v and the kernel %v; lax takes one dtype: convert first with lax.ConvertElementType",
				x.DType, w.DType)
	}
	if x.Rank() < 2 || w.Rank() != x.Rank() {
		return nil, fmt.Errorf("takes an array and a kernel of as many axes: batch, feature and the spatial ones")
	}
	if err := firstError(c.checkDims(x.Rank()), c.window(w.Shape).check(sizesAt(x.Shape, c.Dims.LHS[2:]))); err != nil {
		return nil, err
	}
	if err := c.checkGroups(x.Shape, w.Shape); err != nil {
		return nil, err
	}
	t, err := c.outType(x.DType)
	if err != nil {
		return nil, err
	}
	if c.Precision > PrecisionHighest {
		return nil, fmt.Errorf("%v is not a precision", c.Precision)
	}
	d := c.Dims
	out := make([]int, x.Rank())
	out[d.Out[0]], out[d.Out[1]] = x.Shape[d.LHS[0]]/c.BatchGroups, w.Shape[d.RHS[0]]
	for i, n := range c.window(w.Shape).out(sizesAt(x.Shape, d.LHS[2:])) {
		out[d.Out[2+i]] = n
	}
	return []ir.Aval{{Shape: out, DType: t, Weak: allWeak(in)}}, nil
}

// checkGroups says where the groups do not fit an array and a kernel of the given shapes.
func (c conv) checkGroups(x, w []int) error {
	d := c.Dims
	batch, feature := x[d.LHS[0]], x[d.LHS[1]]
	outF, inF := w[d.RHS[0]], w[d.RHS[1]]
	f, b := c.FeatureGroups, c.BatchGroups
	switch {
	case f > 1 && b > 1:
		return fmt.Errorf("feature groups (%d) and batch groups (%d) cannot both be more than 1", f, b)
	case feature != inF*f:
		return fmt.Errorf("the array's feature axis %d has size %d, which must be the kernel's input features, %d on "+
			"its axis %d, times the %d feature groups", d.LHS[1], feature, inF, d.RHS[1], f)
	case outF%f != 0:
		return fmt.Errorf("the kernel's %d output features cannot be split into %d feature groups", outF, f)
	case batch%b != 0:
		return fmt.Errorf("the batch of %d cannot be split into %d batch groups", batch, b)
	case outF%b != 0:
		return fmt.Errorf("the kernel's %d output features cannot be split into %d batch groups", outF, b)
	}
	return nil
}

// outType is the dtype of the result for operands of dtype d.
func (c conv) outType(d ir.DType) (ir.DType, error) {
	p := c.PreferredType
	if p == ir.Invalid || p == d {
		return d, nil
	}
	if !p.Valid() || p == ir.Bool || d.IsComplex() && !p.IsComplex() || d.IsFloat() && !p.IsInexact() ||
		p.Real().Bits() < d.Real().Bits() {
		return d, fmt.Errorf("a convolution of %v cannot be had as %v", d, p)
	}
	return p, nil
}

// Lower: XLA convolves real numbers, so complex ones go by their parts.
func (c conv) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	out := e.Out()[0]
	if out.Size() == 0 || x[0].Aval.Size() == 0 || x[1].Aval.Size() == 0 {
		return []trace.Operand{e.Const(ir.IntLit(0, out.DType), out.Shape)}
	}
	if out.DType.IsComplex() {
		return lowerFun(e, x, func(v []*Value) []*Value {
			part := func(v *Value) (re, im *Value) {
				if !v.DType().IsComplex() {
					return Convert(v, out.DType.Real()), nil
				}
				v = Convert(v, out.DType)
				return Real(v), Imag(v)
			}
			h := c
			h.PreferredType = ir.Invalid
			a, b := part(v[0])
			p, q := part(v[1])
			if b == nil { // real operands, asked for as complex
				re := one(h, a, p)
				return []*Value{Complex(re, ZerosLike(re))}
			}
			return []*Value{Complex(Sub(one(h, a, p), one(h, b, q)), Add(one(h, a, q), one(h, b, p)))}
		})
	}
	if cut, start := c.cutLow(x[0].Aval.Shape); start != nil {
		return lowerFun(e, x, func(v []*Value) []*Value {
			return []*Value{one(cut, Slice(v[0], start, v[0].Shape(), nil), v[1])}
		})
	}
	in := slices.Clone(x)
	if d := x[0].Aval.DType; d != out.DType && d.Kind() != out.DType.Kind() {
		for i := range in {
			in[i] = writer{e}.to("stablehlo.convert", in[i], out.DType)
		}
	}
	if e.Mesh() != nil {
		return c.overMesh(e, in)
	}
	if y, ok := c.byKernel(e, in, out); ok {
		return y
	}
	return []trace.Operand{c.write(e, in)}
}

// write writes the convolution of real numbers.
func (c conv) write(e trace.Emitter, in []trace.Operand) trace.Operand {
	return hlo(e, "stablehlo.convolution", in, attrs(
		"batch_group_count = "+i64(c.BatchGroups),
		fmt.Sprintf("dimension_numbers = #stablehlo.conv<%sx%s->%s>", convSpec(c.Dims.LHS, "b", "f"),
			convSpec(c.Dims.RHS, "o", "i"), convSpec(c.Dims.Out, "b", "f")),
		"feature_group_count = "+i64(c.FeatureGroups),
		"lhs_dilation = "+i64s(c.LhsDilation),
		"padding = "+padPairsText(c.Low, c.High),
		fmt.Sprintf("precision_config = [#stablehlo<precision %[1]v>, #stablehlo<precision %[1]v>]", c.Precision),
		"rhs_dilation = "+i64s(c.RhsDilation),
		"window_strides = "+i64s(c.Strides)))[0]
}

// cutLow is c for an array that begins at start, if its low edges can be had so.
func (c conv) cutLow(shape []int) (cut conv, start []int) {
	spatial := make([]int, len(c.Low))
	for i, a := range c.Dims.LHS[2:] {
		spatial[i] = shape[a]
	}
	from, low, left := cutLow(spatial, c.Low, c.LhsDilation)
	if from == nil || !left {
		return c, nil
	}
	cut, start = c, make([]int, len(shape))
	cut.Low = low
	for i, a := range c.Dims.LHS[2:] {
		start[a] = from[i]
	}
	return cut, start
}

// convSpec is "[b, f, 0, 1]".
func convSpec(spec []int, first, second string) string {
	s := make([]string, len(spec))
	for i, a := range spec {
		switch i {
		case 0:
			s[a] = first
		case 1:
			s[a] = second
		default:
			s[a] = fmt.Sprint(i - 2)
		}
	}
	return "[" + strings.Join(s, ", ") + "]"
}

// Batch stays one convolution: a mapped array goes into the batch, a mapped kernel into its output features, and where
// both are mapped each example is a group of features. With groups, the mapped axis goes inside of them.
func (c conv) Batch(ctx trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	size := ctx.AxisSize()
	h, s := c, c.Dims
	if size == 0 {
		in := make([]ir.Aval, 2)
		for i, v := range x {
			in[i] = v.Aval()
			if d[i] != trace.NotMapped {
				in[i].Shape = without(v.Shape(), []int{d[i]})
			}
		}
		out, err := c.Infer(in)
		trace.Must(err, c.Name(), in)
		return []*Value{Zeros(out[0].With(inserted(out[0].Shape, 0, 0)))}, []int{0}
	}
	// inside puts the mapped axis of v within the groups that axis a falls into.
	inside := func(v *Value, d, a, groups int) *Value {
		v = splitOff(v, behind(a, d), groups)
		if a < d {
			d++
		}
		return mergeInto(mergeInto(v, d, a+1), a, a)
	}
	switch lhs, rhs := d[0] != trace.NotMapped, d[1] != trace.NotMapped; {
	case lhs && rhs:
		var v *Value
		if c.BatchGroups > 1 {
			v = mergeInto(x[0], d[0], s.LHS[0])
			h.BatchGroups *= size
		} else {
			v = mergeInto(x[0], d[0], s.LHS[1])
			h.FeatureGroups *= size
		}
		y := one(h, v, mergeInto(x[1], d[1], s.RHS[0]))
		return []*Value{splitOff(y, s.Out[1], size)}, []int{s.Out[1]}
	case lhs:
		v := x[0]
		if c.BatchGroups == 1 {
			v = mergeInto(v, d[0], s.LHS[0])
		} else {
			v = inside(v, d[0], s.LHS[0], c.BatchGroups)
		}
		return []*Value{splitOff(one(h, v, x[1]), s.Out[0], size)}, []int{s.Out[0]}
	}
	groups := max(c.FeatureGroups, c.BatchGroups)
	if groups == 1 {
		y := one(h, x[0], mergeInto(x[1], d[1], s.RHS[0]))
		return []*Value{splitOff(y, s.Out[1], size)}, []int{s.Out[1]}
	}
	y := one(h, x[0], inside(x[1], d[1], s.RHS[0], groups))
	y = splitOff(splitOff(y, s.Out[1], groups), s.Out[1]+1, size)
	return []*Value{mergeInto(y, s.Out[1], s.Out[1]+1)}, []int{s.Out[1]}
}

// mergeInto moves axis from of x before the axis that is at place to once it is gone, and makes one axis of the two.
func mergeInto(x *Value, from, to int) *Value {
	n := x.Shape()[from]
	shape := without(x.Shape(), []int{from})
	shape[to] *= n
	return Reshape(moveTo(x, from, to), shape)
}

// splitOff makes two axes of axis a of x, the first of size n.
func splitOff(x *Value, a, n int) *Value {
	shape := own(x.Shape())
	shape[a] /= n
	return Reshape(x, inserted(shape, a, n))
}

func behind(axis, inserted int) int {
	if inserted <= axis {
		axis++
	}
	return axis
}

// JVP: a convolution is linear in each operand.
func (c conv) JVP(ctx trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp2(ctx, x, t,
		func(g, _ *Value) *Value { return ctx.Self(g, x[1])[0] },
		func(g, _ *Value) *Value { return ctx.Self(x[0], g)[0] })
}

// Transpose, by the one operand that is linear, is a convolution again.
func (c conv) Transpose(_ trace.TransposeCtx, ct []*Value, x []trace.Linear) []*Value {
	out := make([]*Value, 2)
	if ct[0] == nil {
		return out
	}
	i, f := 0, c.lhsCotangent
	if x[0].X != nil {
		i, f = 1, c.rhsCotangent
	}
	a := x[i].Aval
	if ct[0].Aval().Size() == 0 || a.Size() == 0 {
		out[i] = Zeros(a)
		return out
	}
	other := x[1-i].X
	g := ct[0]
	// The operands of one convolution have one dtype, the wider of the two.
	if d := g.DType(); d != other.DType() {
		other = Convert(other, d)
	}
	out[i] = f(g, other, a.Shape)
	if out[i].DType() != a.DType {
		out[i] = Convert(out[i], a.DType)
	}
	return out
}

// swapFirst exchanges batch and feature.
func swapFirst(spec []int) []int {
	s := slices.Clone(spec)
	s[0], s[1] = s[1], s[0]
	return s
}

// lhsCotangent convolves the cotangent, spread apart by the strides, with the kernel turned around, its features
// exchanged.
func (c conv) lhsCotangent(g, w *Value, shape []int) *Value {
	d := c.Dims
	win := c.window(w.Shape())
	h := conv{Strides: c.LhsDilation, LhsDilation: c.Strides, RhsDilation: c.RhsDilation,
		FeatureGroups: max(c.FeatureGroups, c.BatchGroups), BatchGroups: 1,
		Dims: ConvDims{d.Out, swapFirst(d.RHS), d.LHS}, Precision: c.Precision}
	h.Low, h.High = win.backward(sizesAt(shape, d.LHS[2:]))
	if n := h.FeatureGroups; n > 1 {
		// The groups move from the kernel's output to its input features: mergeInto counts axes with the moved one
		// gone.
		w = mergeInto(splitOff(w, d.RHS[0], n), d.RHS[0], d.RHS[1])
	}
	y := one(h, g, Rev(w, d.RHS[2:]))
	if n := c.BatchGroups; n > 1 {
		y = mergeInto(splitOff(y, d.LHS[1], n), d.LHS[1], d.LHS[0])
	}
	return y
}

// rhsCotangent convolves the array with the cotangent, the batch being summed over: batch and features change places.
func (c conv) rhsCotangent(g, x *Value, shape []int) *Value {
	d := c.Dims
	win := c.window(shape)
	h := conv{Strides: c.RhsDilation, Low: c.Low, LhsDilation: c.LhsDilation, RhsDilation: c.Strides,
		FeatureGroups: c.BatchGroups, BatchGroups: c.FeatureGroups,
		Dims: ConvDims{swapFirst(d.LHS), swapFirst(d.Out), swapFirst(d.RHS)}, Precision: c.Precision}
	space := sizesAt(x.Shape(), d.LHS[2:])
	h.High = make([]int, len(space))
	for i, n := range win.out(space) {
		used := dilated(n, c.Strides[i]) + dilated(win.Sizes[i], c.RhsDilation[i])
		h.High[i] = used - dilated(space[i], c.LhsDilation[i]) - c.Low[i] - 1
	}
	return one(h, x, g)
}
