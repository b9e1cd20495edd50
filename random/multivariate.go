package random

import (
	"slices"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// common is the dtype that parameters are brought to together, as JAX does: a float one.
func common(op string, params ...any) ir.DType {
	vs := kit.Map(params, func(x any) *ops.Value { return kit.Lift(op, x) })
	d, _ := kit.CommonType(trace.X64(vs...), trace.Avals(vs)...)
	return kit.Inexact(d)
}

// vector is a parameter of at least one axis.
func vector(op, name string, x any, d ir.DType) *ops.Value {
	v := param(op, x, d)
	if v.Rank() == 0 {
		trace.Fail(op, []ir.Aval{v.Aval()}, "%s must have at least one axis", name)
	}
	return v
}

// MultivariateNormal is vectors of the normal distribution of the given mean, along its last axis, and covariance,
// along its last two (jax.random.multivariate_normal); shape is that of the result without the vectors' axis. Where cov
// is not positive definite the numbers are NaN, unless Factor is another. As in JAX the DType is that of the normal
// numbers which this is made of, by default the common one of mean and cov; where it is not that, the result has the
// dtype that is common to all.
//
// Options: Dist (DType, Factor).
func MultivariateNormal(k KeyArray, mean, cov jnp.Array, shape ...int) jnp.Array {
	return Dist{}.MultivariateNormal(k, mean, cov, shape...)
}

// MultivariateNormal is random.MultivariateNormal with the DType and Factor of o.
func (o Dist) MultivariateNormal(k KeyArray, mean, cov any, shape ...int) jnp.Array {
	const op = "random.MultivariateNormal"
	key := ops.UseKey(op, k.single(op))
	given := common(op, mean, cov)
	d := o.dtype(op, key, given, ir.KindFloat)
	if o.Factor > FactorEigh {
		trace.Fail(op, nil, "there is no Factor %d; take FactorCholesky, FactorSVD or FactorEigh", o.Factor)
	}
	m, c := vector(op, "mean", mean, given), vector(op, "cov", cov, given)
	ms, cs := m.Shape(), c.Shape()
	n := ms[len(ms)-1]
	if len(cs) < 2 || cs[len(cs)-1] != n || cs[len(cs)-2] != n {
		trace.Fail(op, trace.Avals([]*ops.Value{m, c}), "cov must be of shape (..., %d, %d) for means of length %d", n,
			n, n)
	}
	// The common shape of what goes before the vectors.
	lead := o.shape(op, shape, d, m.Aval().With(ms[:len(ms)-1]), c.Aval().With(cs[:len(cs)-2]))
	full := append(slices.Clone(lead), n)
	return o.sample(op, key, d, full, []*ops.Value{m, c}, func(k *ops.Value, p []*ops.Value) *ops.Value {
		of := o.Factor.of(jnp.Wrap(kit.As(p[1], given)))
		factor := jnp.Wrap(kit.BroadcastTo(of, append(slices.Clone(full), n)))
		z := jnp.Wrap(normal(k, full, d))
		moved := factor.Mul(z.Reshape(append(slices.Clone(lead), 1, n)...)).Sum(-1)
		return jnp.Wrap(kit.As(p[0], given)).Add(moved).TraceValue()
	})
}

// of is the factor of matrices.
func (f Factor) of(cov jnp.Array) *ops.Value {
	var u, s *ops.Value
	switch c := cov.TraceValue(); f {
	case FactorCholesky:
		return ops.Cholesky(c)
	case FactorSVD:
		u, s, _ = ops.SVD(c, false)
	case FactorEigh:
		s, u = ops.Eigh(ops.Symmetrize(c, false, false))
	}
	scale := jnp.Wrap(s)
	if f == FactorEigh && scale.Size() > 0 { // what should be 0 may be a little less, by rounding
		n := scale.Shape()[scale.NDim()-1]
		least := scale.Max(-1).Mul(-float64(n) * jnp.FInfo(scale.DType()).Eps)
		scale = jnp.Where(scale.Lt(0).And(scale.Ge(jnp.ExpandDims(least, -1))), 0, scale)
	}
	return jnp.Wrap(u).Mul(jnp.ExpandDims(jnp.Sqrt(scale), -2)).TraceValue()
}
