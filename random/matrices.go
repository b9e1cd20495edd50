package random

import (
	"slices"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Orthogonal is n by m matrices that are uniformly distributed among the orthogonal ones (jax.random.orthogonal): the
// columns are orthonormal, or the rows where there are fewer of them. shape goes before the matrices' axes: none is one
// matrix.
//
// Options: Dist (DType).
func Orthogonal(k KeyArray, n, m int, shape ...int) jnp.Array {
	return Dist{}.Orthogonal(k, n, m, shape...)
}

// Orthogonal is random.Orthogonal with the DType of o, a float or a complex one: complex matrices are unitary.
func (o Dist) Orthogonal(k KeyArray, n, m int, shape ...int) jnp.Array {
	const op = "random.Orthogonal"
	key := ops.UseKey(op, k.single(op))
	d := o.dtype(op, key, ir.Float64, ir.KindFloat, ir.KindComplex)
	full := trace.CheckShape(op, append(slices.Clone(shape), max(n, m), min(n, m)), d)
	return o.sample(op, key, d, append(slices.Clone(shape), n, m), nil, func(k *ops.Value, _ []*ops.Value) *ops.Value {
		q, r := ops.QR(normal(k, full, d), false)
		// The signs of the diagonal make the decomposition unique, and with it the distribution uniform.
		diagonal := jnp.Diagonal(jnp.Wrap(r), 0, -2, -1)
		x := jnp.Wrap(q).Mul(jnp.ExpandDims(jnp.Sign(diagonal), -2))
		if n < m {
			x = x.MT()
		}
		return x.TraceValue()
	})
}

// Multinomial is how often each of several outcomes happens in n trials (jax.random.multinomial), as floats: the
// outcomes' probabilities are p's last axis, and n broadcasts to p's other axes. shape is that of the result, p's own
// if there is none: its last length is p's.
//
// Options: Dist (DType).
func Multinomial[A jnp.Operand](k KeyArray, n A, p jnp.Array, shape ...int) jnp.Array {
	return Dist{}.Multinomial(k, n, p, shape...)
}

// Multinomial is random.Multinomial with the DType of o, a float or an integer one. The numbers are drawn in the common
// dtype of n and p, and then converted.
func (o Dist) Multinomial(k KeyArray, n, p any, shape ...int) jnp.Array {
	const op = "random.Multinomial"
	key := ops.UseKey(op, k.single(op))
	d := o.dtype(op, key, ir.Float64, ir.KindFloat, ir.KindInt, ir.KindUint)
	given := common(op, n, p)
	trials, chances := param(op, n, given), vector(op, "p", p, given)
	if len(shape) == 0 {
		shape = chances.Shape()
	}
	shape = trace.CheckShape(op, shape, d)
	outcomes := shape[len(shape)-1]
	o.fits(op, shape, chances.Aval())
	o.fits(op, shape[:len(shape)-1], trials.Aval())
	return o.sample(op, key, d, shape, []*ops.Value{trials, chances}, func(k *ops.Value, in []*ops.Value) *ops.Value {
		left := jnp.BroadcastTo(jnp.Wrap(kit.As(in[0], given)), shape[:len(shape)-1]...)
		chances := jnp.MoveAxis(jnp.BroadcastTo(jnp.Wrap(kit.As(in[1], given)), shape...), -1, 0)
		if outcomes == 0 {
			return kit.As(jnp.MoveAxis(chances, 0, -1).TraceValue(), d)
		}
		// Each outcome's share of what the ones before it have left is binomial.
		rest := jnp.Wrap(ops.CumSum(chances.TraceValue(), 0, true))
		type turn struct{ Ratio, Key jnp.Array }
		turns := turn{
			chances.Div(jnp.Where(rest.Eq(0), jnp.OnesLike(rest), rest)),
			jnp.Wrap(split(k, []int{outcomes})),
		}
		_, counts := lax.Scan(func(left jnp.Array, t turn) (jnp.Array, jnp.Array) {
			count := binomial(t.Key.TraceValue(), left, jnp.Clip(t.Ratio, 0, 1))
			return left.Sub(count), count
		}, left, turns)
		return kit.As(jnp.MoveAxis(counts, 0, -1).TraceValue(), d)
	})
}

// Clone is k for another use (jax.random.clone): the numbers are then the same. Keys are values, and using one again
// needs no permission, but where debug.KeyReuse looks for keys that are used twice.
func Clone(k KeyArray) KeyArray { return KeyArray{v: ops.FreshKey(k.val("random.Clone"))} }
