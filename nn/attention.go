package nn

import (
	"math"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/trace"
)

// Attention holds the keyword arguments of DotProductAttention; its zero value is the default.
type Attention struct {
	Bias   array   // added to the scaled products, broadcast to [batch, heads, queries, keys]
	Mask   array   // bool, broadcast to the same: where false, the key is not attended to
	Scale  float64 // of the products; 0: 1/sqrt(size of a head)
	Causal bool    // no query attends to keys behind its own position
}

// DotProductAttention is softmax(query·keyᵀ/sqrt(size))·value for each head, of arrays [batch, positions, heads, size] or without
// the batch, as jax.nn.dot_product_attention: key and value have the same positions, and heads that divide those of the query.
func DotProductAttention(query, key, value array) array {
	return Attention{}.DotProduct(query, key, value)
}

// DotProduct is nn.DotProductAttention with options.
func (o Attention) DotProduct(query, key, value array) array {
	const op = "nn.DotProductAttention"
	in := []*trace.Value{jnp.Lift(op, query), jnp.Lift(op, key), jnp.Lift(op, value)}
	avals := trace.Avals(in)
	q, k, v := in[0].Shape(), in[1].Shape(), in[2].Shape()
	n := len(q)
	if n != 3 && n != 4 || len(k) != n || len(v) != n {
		trace.Fail(op, avals, "takes three arrays [batch, positions, heads, size], or all without the batch")
	}
	q, k, v = q[n-3:], k[n-3:], v[n-3:]
	if n == 4 && (in[0].Shape()[0] != in[1].Shape()[0] || in[1].Shape()[0] != in[2].Shape()[0]) || k[0] != v[0] || k[1] != v[1] || q[2] != k[2] || k[1] == 0 || q[1]%k[1] != 0 {
		trace.Fail(op, avals, "the batches, the positions and heads of key and value, and the sizes of query and key must agree, and the heads of the query be a multiple of theirs")
	}
	p := struct {
		Scale              float64
		Causal, Bias, Mask bool
	}{o.Scale, o.Causal, o.Bias.TraceValue() != nil, o.Mask.TraceValue() != nil}
	if p.Scale == 0 {
		p.Scale = 1 / math.Sqrt(float64(q[2]))
	}
	if p.Bias {
		in = append(in, o.Bias.TraceValue())
	}
	if p.Mask {
		in = append(in, o.Mask.TraceValue())
		if o.Mask.DType() != jnp.Bool {
			trace.Fail(op, trace.Avals(in), "Mask must be bool, not %v", o.Mask.DType())
		}
	}
	return jnp.Build(op, p, in, func(in []*trace.Value) *trace.Value {
		q, k, v := jnp.Wrap(in[0]), jnp.Wrap(in[1]), jnp.Wrap(in[2])
		d := q.DType()
		if n == 3 {
			q, k, v = jnp.ExpandDims(q, 0), jnp.ExpandDims(k, 0), jnp.ExpandDims(v, 0)
		}
		if r := q.Shape()[2] / k.Shape()[2]; r > 1 {
			k, v = jnp.Repeat(k, r, 2), jnp.Repeat(v, r, 2)
		}
		wide := d
		if d == jnp.Float16 || d == jnp.BFloat16 {
			wide = jnp.Float32
		}
		heads := func(x array) array { return jnp.Transpose(x.AsType(wide), 0, 2, 1, 3) }
		logits := jnp.MatMul(heads(q), jnp.SwapAxes(heads(k), 2, 3)).Mul(p.Scale)
		at := 3
		if p.Bias {
			logits = logits.Add(jnp.Wrap(in[at]).AsType(wide))
			at++
		}
		low := 0.7 * -math.MaxFloat32
		if wide == jnp.Float64 {
			low = 0.7 * -math.MaxFloat64
		}
		if p.Mask {
			logits = jnp.Where(jnp.Wrap(in[at]), logits, low)
		}
		if p.Causal {
			shape := logits.Shape()[2:]
			row, col := lax.Iota(ir.Int32, shape, 0), lax.Iota(ir.Int32, shape, 1)
			logits = jnp.Where(jnp.Wrap(lax.Ge(row, col)), logits, low)
		}
		y := jnp.MatMul(Softmax(logits).AsType(wide), heads(v))
		y = jnp.Transpose(y, 0, 2, 1, 3).AsType(d)
		if n == 3 {
			y = jnp.Squeeze(y, 0)
		}
		return y.TraceValue()
	})
}
