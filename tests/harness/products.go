package harness

import (
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
)

// dotDims are dimension numbers ((lhs contracting, rhs contracting), (lhs batch, rhs batch)).
func dotDims(d [2][2][]int) ops.DotDims {
	return ops.DotDims{LhsContract: d[0][0], RhsContract: d[0][1], LhsBatch: d[1][0], RhsBatch: d[1][1]}
}

var products = map[string]onArrays{
	"dot_general": func(c *call) []*ops.Value {
		c.ignore("out_sharding")
		return one(ops.DotGeneral(c.v(0), c.v(1), dotDims(param[[2][2][]int](c, "dimension_numbers")),
			ops.DotOptions{Precision: c.precision("precision"), PreferredType: c.dtype("preferred_element_type")}))
	},
	"ragged_dot_general": func(c *call) []*ops.Value {
		c.ignore("out_sharding")
		c.absent("group_offset")
		d := fields[struct {
			Dot    [2][2][]int `json:"dot_dimension_numbers"`
			Ragged []int       `json:"lhs_ragged_dimensions"`
			Groups []int       `json:"rhs_group_dimensions"`
		}](c, "ragged_dot_dimension_numbers")
		if len(d.Ragged) != 1 {
			c.fail("takes one ragged axis, not %v", d.Ragged)
		}
		return one(ops.RaggedDotGeneral(c.v(0), c.v(1), c.v(2), ops.RaggedDims{Dot: dotDims(d.Dot), LhsRagged: d.Ragged[0], RhsGroups: d.Groups},
			ops.DotOptions{Precision: c.precision("precision"), PreferredType: c.dtype("preferred_element_type")}))
	},
	"conv_general_dilated": func(c *call) []*ops.Value {
		c.ignore("out_sharding")
		d := fields[struct {
			Lhs []int `json:"lhs_spec"`
			Rhs []int `json:"rhs_spec"`
			Out []int `json:"out_spec"`
		}](c, "dimension_numbers")
		return one(ops.ConvGeneralDilated(c.v(0), c.v(1), c.ints("window_strides"), ops.PadWith(c.pairs("padding")...), ops.ConvOptions{
			LhsDilation: c.ints("lhs_dilation"), RhsDilation: c.ints("rhs_dilation"), Dims: ops.ConvDims{Lhs: d.Lhs, Rhs: d.Rhs, Out: d.Out},
			FeatureGroups: param[int](c, "feature_group_count"), BatchGroups: param[int](c, "batch_group_count"),
			Precision: c.precision("precision"), PreferredType: c.dtype("preferred_element_type")}))
	},
	"fft": func(c *call) []*ops.Value {
		kinds := map[string]ops.FFTType{"FFT": ops.FFTForward, "IFFT": ops.FFTInverse, "RFFT": ops.FFTReal, "IRFFT": ops.FFTRealInverse}
		return one(ops.FFT(c.v(0), choice(c, "fft_type", kinds), c.ints("fft_lengths")))
	},
}

// zeroOf is 0 of x's dtype.
func zeroOf(x *ops.Value) ir.Lit { return ir.IntLit(0, x.DType()) }
