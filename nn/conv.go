package nn

import (
	"slices"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/trace"
)

// ConvParams are the parameters of Conv and ConvTranspose: NewConv makes them.
type ConvParams struct {
	Kernel jnp.Array // [window..., in, out], with Groups [window..., in/groups, out]
	Bias   jnp.Array // [out], or unset
}

// Convolution holds the keyword arguments of Conv and ConvTranspose; its zero value is the default. Each list has a
// number for each axis of the window; nil is 1 everywhere.
type Convolution struct {
	Strides        []int             // how far apart windows are; of ConvTranspose, elements of the result
	Padding        lax.WindowPadding // lax.PadValid() by default, as in lax; flax's default is lax.PadSame()
	InputDilation  []int             // the elements of the array lie this far apart
	KernelDilation []int             // the elements of the kernel do
	Groups         int               // features fall into so many groups, each convolved by itself; 0: 1
	Dims           lax.ConvDims      // which axis is which; zero: features last, as Conv and ConvParams have them
	Precision      lax.Precision     // of float32 products
	// TransposeKernel, of ConvTranspose: the kernel is that of the convolution that this is the transpose of,
	// [window..., out, in], and is turned around.
	TransposeKernel bool
}

// Conv is the convolution of x with the kernel, and the bias added (flax.linen.Conv, jax.example_libraries.stax's
// GeneralConv): sums of products over a window, the kernel not turned around. The kernel says how many axes the window
// has; x is [..., space..., in], any number of axes before those of the window being batches, and the result the same
// with out. All are brought to their common float type.
//
//	nn.Convolution{Padding: lax.PadSame(), Strides: []int{2, 2}}.Conv(p, images)
//
// Options: Convolution (Strides, Padding, InputDilation, KernelDilation, Groups, Dims, Precision).
func Conv(p ConvParams, x jnp.Array) jnp.Array { return Convolution{}.Conv(p, x) }

// Conv is nn.Conv with options.
func (o Convolution) Conv(p ConvParams, x jnp.Array) jnp.Array {
	const op = "nn.Conv"
	if o.TransposeKernel {
		trace.Fail(op, nil, "TransposeKernel is for ConvTranspose")
	}
	return o.run(op, p, x, func(x, kernel jnp.Array, c lax.ConvOptions) jnp.Array {
		c.LHSDilation, c.FeatureGroups = o.InputDilation, o.Groups
		return lax.ConvGeneralDilated(x, kernel, o.Strides, o.Padding, c)
	})
}

// ConvTranspose is the transpose of a convolution, and the bias added (flax.linen.ConvTranspose): x, its elements
// spread apart by the strides, is convolved with the kernel, so that with lax.PadSame() each axis of the window becomes
// strides times as long. Shapes are as for Conv.
//
// Options: Convolution (Strides, Padding, KernelDilation, Dims, Precision, TransposeKernel).
func ConvTranspose(p ConvParams, x jnp.Array) jnp.Array { return Convolution{}.ConvTranspose(p, x) }

// ConvTranspose is nn.ConvTranspose with options.
func (o Convolution) ConvTranspose(p ConvParams, x jnp.Array) jnp.Array {
	const op = "nn.ConvTranspose"
	if o.InputDilation != nil || o.Groups > 1 {
		trace.Fail(op, nil, "takes no InputDilation and no Groups")
	}
	return o.run(op, p, x, func(x, kernel jnp.Array, c lax.ConvOptions) jnp.Array {
		c.TransposeKernel = o.TransposeKernel
		return lax.ConvTranspose(x, kernel, o.Strides, o.Padding, c)
	})
}

// run is a convolution by f with a batch of one axis, and the bias added.
func (o Convolution) run(op string, p ConvParams, x jnp.Array,
	f func(x, kernel jnp.Array, c lax.ConvOptions) jnp.Array) jnp.Array {
	return several(op, o, func(in []jnp.Array) []jnp.Array {
		x, n := in[0], in[1].NDim()-2
		types := []ir.Aval{x.TraceValue().Aval(), in[1].TraceValue().Aval()}
		if n < 0 || x.NDim() < n+1 {
			trace.Fail(op, types, "takes an array [..., space..., in] and a kernel [window..., in, out], of as many "+
				"axes of space as of the window")
		}
		dims, batch, own := o.Dims, []int(nil), o.Dims.LHS == nil && o.Dims.RHS == nil && o.Dims.Out == nil
		if own {
			space := append([]int{0, n + 1}, kit.From(1, n)...)
			dims = lax.ConvDims{LHS: space, RHS: append([]int{n + 1, n}, kit.UpTo(n)...), Out: space}
			s := x.Shape()
			batch = s[:len(s)-n-1]
			x = x.Reshape(append([]int{ir.SizeOf(batch)}, s[len(batch):]...)...)
		}
		all := together(op, x, in[1], in[2])
		y := f(all[0], all[1], lax.ConvOptions{Dims: dims, RHSDilation: o.KernelDilation, Precision: o.Precision})
		if isSet(in[2]) {
			feature := 1
			if dims.Out != nil {
				feature = dims.Out[1]
			}
			checkBias(op, in[2], y.Shape()[feature:feature+1])
			column := slices.Repeat([]int{1}, y.NDim())
			column[feature] = -1
			y = y.Add(all[2].Reshape(column...))
		}
		if own {
			y = y.Reshape(append(slices.Clone(batch), y.Shape()[1:]...)...)
		}
		return []jnp.Array{y}
	}, needed(op, x), needed(op, p.Kernel), p.Bias)[0]
}
