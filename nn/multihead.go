package nn

import (
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/trace"
)

// MultiHeadParams are the parameters of MultiHeadAttention: NewMultiHead makes them. Key and Value may have fewer heads
// than Query, of which a group then shares one of theirs.
type MultiHeadParams struct {
	Query, Key, Value DenseParams // kernels [in, heads, size], biases [heads, size]
	Out               DenseParams // kernel [heads, size, out], bias [out]
}

// MultiHeadAttention has each query attend to the keys, head by head, and take the mean of their values: arrays
// [batch, positions, in], or without the batch, are projected to heads, go through DotProductAttention, and what comes
// of it is projected to [batch, positions, out] (flax.linen.MultiHeadDotProductAttention). One array for all three is
// self-attention:
//
//	y := nn.Attention{Causal: true}.MultiHeadAttention(p, x, x, x)
//
// Options: Attention (Bias, Mask, Scale, Causal, QueryLengths, KeyLengths, Window).
func MultiHeadAttention(p MultiHeadParams, query, key, value jnp.Array) jnp.Array {
	return Attention{}.MultiHeadAttention(p, query, key, value)
}

// MultiHeadAttention is nn.MultiHeadAttention with options.
func (o Attention) MultiHeadAttention(p MultiHeadParams, query, key, value jnp.Array) jnp.Array {
	const op = "nn.MultiHeadAttention"
	static := struct {
		Causal bool
		Window *[2]int
	}{o.Causal, o.Window}
	operands := []any{needed(op, query), needed(op, key), needed(op, value)}
	for _, d := range []DenseParams{p.Query, p.Key, p.Value, p.Out} {
		operands = append(operands, needed(op, d.Kernel), d.Bias)
	}
	operands = append(operands, o.Bias, o.Mask, o.QueryLengths, o.KeyLengths, o.Scale)
	return several(op, static, func(in []jnp.Array) []jnp.Array {
		var qkv [3]jnp.Array
		for i := range qkv {
			d := DenseParams{in[3+2*i], in[4+2*i]}
			if n := in[i].NDim(); n != 2 && n != 3 || d.Kernel.NDim() != 3 {
				trace.Fail(op, []ir.Aval{in[i].TraceValue().Aval(), d.Kernel.TraceValue().Aval()},
					"takes arrays [batch, positions, in], or without the batch, and kernels [in, heads, size]")
			}
			qkv[i] = project(op, in[i], d, 1)
		}
		o := Attention{Causal: o.Causal, Window: o.Window, Bias: in[11], Mask: in[12], QueryLengths: in[13],
			KeyLengths: in[14]}
		if isSet(in[15]) {
			o.Scale = in[15]
		}
		q := together(op, qkv[:]...)
		return []jnp.Array{project(op, o.DotProductAttention(q[0], q[1], q[2]), DenseParams{in[9], in[10]}, 2)}
	}, operands...)[0]
}
