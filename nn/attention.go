package nn

import (
	"math"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Attention holds the keyword arguments of DotProductAttention; its zero value is the default.
type Attention struct {
	Bias   jnp.Array // added to the scaled products, [batch or 1, heads or 1, queries, keys] or its last axes
	Mask   jnp.Array // bool, of the same shapes: where false, the key is not attended to
	Scale  any       // of the products, a number or an Array; nil: 1/sqrt(size of a head)
	Causal bool      // no query attends to keys behind its own position
	// QueryLengths and KeyLengths are int32 [batch]: positions from there on are padding. Keys there are not attended
	// to, and the result is 0 for queries there.
	QueryLengths, KeyLengths jnp.Array
	// Window limits each query to the keys at most Window[0] positions before it and Window[1] after it.
	Window *[2]int
}

// DotProductAttention is softmax(query·keyᵀ/sqrt(size))·value for each head (jax.nn.dot_product_attention), of arrays
// [batch, positions, heads, size], or without the batch. All are of one float type, and key and value of one shape,
// with a number of heads that divides the query's. Products of narrow types are summed in float32, and the softmax is
// taken in float32 always, as in JAX.
//
// Options: Attention (Bias, Mask, Scale, Causal, QueryLengths, KeyLengths, Window).
func DotProductAttention(query, key, value jnp.Array) jnp.Array {
	return Attention{}.DotProductAttention(query, key, value)
}

// DotProductAttention is nn.DotProductAttention with options.
func (o Attention) DotProductAttention(query, key, value jnp.Array) jnp.Array {
	return o.attend("nn.DotProductAttention", query, key, value, false)[0]
}

// DotProductAttentionResidual is DotProductAttention and the logarithm of the sum of the exponentials for each query
// and head (jax's return_residual), [batch, positions, heads], a constant for differentiation.
func (o Attention) DotProductAttentionResidual(query, key, value jnp.Array) (y, residual jnp.Array) {
	r := o.attend("nn.Attention.DotProductAttentionResidual", query, key, value, true)
	return r[0], r[1]
}

type attentionParams struct {
	Causal, Residual bool
	Window           *[2]int
}

func (o Attention) attend(op string, query, key, value jnp.Array, residual bool) []jnp.Array {
	in := []*trace.Value{kit.Value(op, query), kit.Value(op, key), kit.Value(op, value)}
	shapes := checkAttention(op, in)
	for i, a := range []jnp.Array{o.Bias, o.Mask, o.QueryLengths, o.KeyLengths} {
		if isSet(a) {
			checkAttentionOption(op, append(in, a.TraceValue()), i, shapes)
		}
	}
	p := attentionParams{o.Causal, residual, o.Window}
	return several(op, p, func(x []jnp.Array) []jnp.Array {
		return attention(p, x[0], x[1], x[2], Attention{Scale: x[3], Bias: x[4], Mask: x[5], QueryLengths: x[6],
			KeyLengths: x[7]})
	}, query, key, value, o.Scale, o.Bias, o.Mask, o.QueryLengths, o.KeyLengths)
}

// checkAttention gives the shapes of query and key with all their axes.
func checkAttention(op string, in []*trace.Value) [2][]int {
	avals := trace.Avals(in)
	var full [3][]int
	for i, v := range in {
		s := v.Shape()
		if len(s) > 4 || len(s) < 1 {
			trace.Fail(op, avals, "takes three arrays [batch, positions, heads, size], or without the batch")
		}
		full[i] = append([]int{1, 1, 1, 1}[:4-len(s)], s...)
	}
	q, k, v := full[0], full[1], full[2]
	for i := range k {
		if k[i] != v[i] {
			trace.Fail(op, avals, "key and value must have the same shape")
		}
	}
	if q[0] != k[0] || q[3] != k[3] || k[2] == 0 || q[2]%k[2] != 0 {
		trace.Fail(op, avals,
			"query and key must have the same batch and size, and the query a multiple of the key's heads")
	}
	if d := in[1].DType(); !d.IsFloat() || in[0].DType() != d || in[2].DType() != d {
		trace.Fail(op, avals, "query, key and value must be of one floating-point type")
	}
	return [2][]int{q, k}
}

// checkAttentionOption checks the last of in, which is option i.
func checkAttentionOption(op string, in []*trace.Value, i int, shapes [2][]int) {
	avals := trace.Avals(in)
	a := in[len(in)-1]
	q, k := shapes[0], shapes[1]
	switch i {
	case 0, 1:
		full := []int{q[0], q[2], q[1], k[1]}
		if a.Rank() > 4 {
			trace.Fail(op, avals, "Bias and Mask have at most 4 axes")
		}
		for i, n := range a.Shape() {
			if want := full[4-a.Rank()+i]; n != 1 && n != want {
				trace.Fail(op, avals, "Bias and Mask must broadcast to %v: batch, heads, queries, keys", full)
			}
		}
		if i == 1 && a.DType() != ir.Bool {
			trace.Fail(op, avals, "Mask must be bool, not %v", a.DType())
		}
	case 2, 3:
		if a.Rank() != 1 || a.Shape()[0] != k[0] || a.DType() != ir.Int32 {
			trace.Fail(op, avals, "lengths must be int32[%d], one for each of the batch", k[0])
		}
	}
}

func attention(p attentionParams, q, k, v jnp.Array, o Attention) []jnp.Array {
	d, shape := q.DType(), q.Shape()
	four := func(x jnp.Array) jnp.Array {
		for x.NDim() < 4 {
			x = jnp.ExpandDims(x, 0)
		}
		return x
	}
	q, k, v = four(q), four(k), four(v)
	if r := q.Shape()[2] / k.Shape()[2]; r > 1 {
		k, v = jnp.Repeat(k, r, 2), jnp.Repeat(v, r, 2)
	}
	wide := jnp.PromoteTypes(d, jnp.Float32)
	heads := func(x jnp.Array) jnp.Array { return jnp.Transpose(x, 0, 2, 1, 3) }
	logits := jnp.MatMul(heads(q).AsType(wide), jnp.SwapAxes(heads(k), 2, 3).AsType(wide))
	if scale := o.Scale.(jnp.Array); isSet(scale) {
		logits = logits.Mul(scale.AsType(wide))
	} else {
		logits = logits.Mul(1 / math.Sqrt(float64(q.Shape()[3])))
	}
	if isSet(o.Bias) {
		logits = logits.Add(o.Bias).AsType(wide)
	}
	if mask := attentionMask(p, logits, o); isSet(mask) {
		logits = jnp.Where(mask, logits, -0.7*math.MaxFloat32)
	}
	logits = logits.AsType(jnp.Float32)
	y := jnp.Transpose(jnp.MatMul(Softmax(logits).AsType(d), heads(v)), 0, 2, 1, 3)
	if isSet(o.QueryLengths) {
		at := jnp.Wrap(ops.Iota(ir.Int32, []int{1, y.Shape()[1]}, 1))
		in := at.Lt(o.QueryLengths.Reshape(-1, 1)).AsType(y.DType())
		y = y.Mul(jnp.ExpandDims(in, 2, 3))
	}
	out := []jnp.Array{y.Reshape(shape...)}
	if p.Residual {
		r := jnp.SwapAxes(LogSumExp(logits, -1).AsType(d), 1, 2).Reshape(shape[:len(shape)-1]...)
		out = append(out, constant(r))
	}
	return out
}

// attentionMask is where queries attend to keys, unset where they all do.
func attentionMask(p attentionParams, logits jnp.Array, o Attention) jnp.Array {
	var mask jnp.Array
	and := func(m jnp.Array) {
		if isSet(mask) {
			m = mask.And(m)
		}
		mask = m
	}
	shape := logits.Shape()[2:]
	query := jnp.Wrap(ops.Iota(ir.Int32, []int{shape[0], 1}, 0))
	key := jnp.Wrap(ops.Iota(ir.Int32, []int{1, shape[1]}, 1))
	if isSet(o.Mask) {
		and(o.Mask)
	}
	if p.Causal {
		and(query.Ge(key))
	}
	if p.Window != nil {
		and(query.Le(key.Add(p.Window[0])))
		and(query.Ge(key.Sub(p.Window[1])))
	}
	if isSet(o.QueryLengths) {
		and(query.Lt(o.QueryLengths.Reshape(-1, 1, 1, 1)))
	}
	if isSet(o.KeyLengths) {
		and(key.Lt(o.KeyLengths.Reshape(-1, 1, 1, 1)))
	}
	return mask
}
