package functions

import (
	"strings"

	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/trace"
)

// windowTable is jax.lax's convolutions and windows.
var windowTable = Table{
	"lax.conv_general_dilated": func(c *Call) any {
		return c.conv(convArgs{2, 3, 4, 5, 6, 7, 8, 9, 10})
	},
	"lax.conv": func(c *Call) any {
		return c.conv(convArgs{2, 3, byName, byName, byName, byName, byName, 4, 5})
	},
	"lax.conv_with_general_padding": func(c *Call) any {
		return c.conv(convArgs{2, 3, 4, 5, byName, byName, byName, 6, 7})
	},
	"lax.conv_transpose": func(c *Call) any {
		o := c.convOptions(convArgs{2, 3, byName, 4, 5, byName, byName, 7, 8})
		o.TransposeKernel = c.bool(6, "transpose_kernel", false)
		o.ForwardPadding = c.bool(9, "use_consistent_padding", false)
		return lax.ConvTranspose(c.A(0), c.A(1), c.Ints(c.arg(2, "strides")), c.padding(c.arg(3, "padding")), o)
	},
	"lax.reduce_window": func(c *Call) any {
		x := c.A(0)
		f, ok := reducers[c.need(2, "computation").(string)]
		if !ok {
			trace.Fail(c.Fn, nil, "the computation %v is not known", c.Args[2])
		}
		o := lax.WindowOptions{BaseDilation: c.Ints(c.arg(6, "base_dilation")),
			WindowDilation: c.Ints(c.arg(7, "window_dilation"))}
		sizes, strides := c.Ints(c.arg(3, "window_dimensions")), c.Ints(c.arg(4, "window_strides"))
		return lax.ReduceWindow(x, initOf(c.A(1), x), f, sizes, strides, c.padding(c.arg(5, "padding")), o)
	},
}

// convArgs are the positions of the arguments of a convolution; byName: by keyword alone.
type convArgs struct {
	strides, padding, lhs, rhs, dims, features, batches, precision, preferred int
}

const byName = 100

func (c *Call) conv(at convArgs) any {
	strides := c.Ints(c.arg(at.strides, "window_strides"))
	return lax.ConvGeneralDilated(c.A(0), c.A(1), strides, c.padding(c.arg(at.padding, "padding")), c.convOptions(at))
}

func (c *Call) convOptions(at convArgs) lax.ConvOptions {
	o := lax.ConvOptions{LHSDilation: c.Ints(c.arg(at.lhs, "lhs_dilation")),
		RHSDilation: c.Ints(c.arg(at.rhs, "rhs_dilation")),
		Precision:   c.precision(at.precision), PreferredType: c.DType(c.arg(at.preferred, "preferred_element_type"))}
	o.FeatureGroups, _ = c.arg(at.features, "feature_group_count").(int)
	o.BatchGroups, _ = c.arg(at.batches, "batch_group_count").(int)
	switch d := c.arg(at.dims, "dimension_numbers").(type) {
	case []any:
		o.Dims = lax.ConvLayout(d[0].(string), d[1].(string), d[2].(string))
	case nil:
	}
	return o
}

// padding reads "SAME", "VALID", "SAME_LOWER", in either case of letters, or pairs of numbers.
func (c *Call) padding(x any) lax.WindowPadding {
	if s, ok := x.(string); ok {
		switch strings.ToUpper(s) {
		case "SAME":
			return lax.PadSame()
		case "SAME_LOWER":
			return lax.PadSameLower()
		case "VALID":
			return lax.PadValid()
		}
		trace.Fail(c.Fn, nil, "the padding %q is not known: want SAME, SAME_LOWER, VALID or pairs of numbers", s)
	}
	pairs := [][2]int{}
	for _, p := range x.([]any) {
		q := c.Ints(p)
		pairs = append(pairs, [2]int{q[0], q[1]})
	}
	return lax.PadWith(pairs...)
}
