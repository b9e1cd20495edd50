package harness

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

// dotDims are dimension numbers ((lhs contracting, rhs contracting), (lhs batch, rhs batch)).
func dotDims(d [2][2][]int) lax.DotDims {
	return lax.DotDims{LHSContract: d[0][0], RHSContract: d[0][1], LHSBatch: d[1][0], RHSBatch: d[1][1]}
}

var products = map[string]onArrays{
	"dot_general": func(c *call) []jnp.Array {
		c.ignore("out_sharding")
		return one(lax.DotGeneral(c.array(0), c.array(1), dotDims(param[[2][2][]int](c, "dimension_numbers")),
			lax.DotOptions{Precision: c.precision("precision"), PreferredType: c.dtype("preferred_element_type")}))
	},
	"ragged_dot_general": func(c *call) []jnp.Array {
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
		return one(
			lax.RaggedDotGeneral(c.array(0), c.array(1), c.array(2),
				lax.RaggedDims{Dot: dotDims(d.Dot), LHSRagged: d.Ragged[0], RHSGroups: d.Groups},
				lax.DotOptions{Precision: c.precision("precision"), PreferredType: c.dtype("preferred_element_type")}))
	},
	"conv_general_dilated": func(c *call) []jnp.Array {
		c.ignore("out_sharding")
		d := fields[struct {
			Lhs []int `json:"lhs_spec"`
			Rhs []int `json:"rhs_spec"`
			Out []int `json:"out_spec"`
		}](c, "dimension_numbers")
		return one(
			lax.ConvGeneralDilated(c.array(0), c.array(1), c.ints("window_strides"), lax.PadWith(c.pairs("padding")...),
				lax.ConvOptions{
					LHSDilation: c.ints("lhs_dilation"), RHSDilation: c.ints("rhs_dilation"),
					Dims:          lax.ConvDims{LHS: d.Lhs, RHS: d.Rhs, Out: d.Out},
					FeatureGroups: param[int](c, "feature_group_count"),
					BatchGroups:   param[int](c, "batch_group_count"),
					Precision:     c.precision("precision"), PreferredType: c.dtype("preferred_element_type")}))
	},
	"fft": func(c *call) []jnp.Array {
		kinds := map[string]lax.FFTType{"FFT": lax.FFTForward, "IFFT": lax.FFTInverse, "RFFT": lax.FFTReal,
			"IRFFT": lax.FFTRealInverse}
		return one(lax.FFT(c.array(0), choice(c, "fft_type", kinds), c.ints("fft_lengths")...))
	},
}
