package lax

import (
	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
)

// ConvertElementType is x with elements of dtype d, strongly typed (jax.lax.convert_element_type). Floats are rounded
// to the nearest, or cut to integers towards zero; complex numbers lose their imaginary part; as bools, numbers are x
// != 0.
func ConvertElementType(x jnp.Array, d jnp.DType) jnp.Array {
	return jnp.Wrap(ops.Convert(kit.Value("lax.ConvertElementType", x), d))
}

// BitcastConvertType reads the bits of x as dtype d (jax.lax.bitcast_convert_type). A wider d takes them from the last
// axis, which must hold exactly one element's worth and disappears; a narrower d adds such an axis. Bools and complex
// numbers are refused.
func BitcastConvertType(x jnp.Array, d jnp.DType) jnp.Array {
	return jnp.Wrap(ops.Bitcast(kit.Value("lax.BitcastConvertType", x), d))
}
