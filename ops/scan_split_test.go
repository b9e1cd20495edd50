package ops_test

import (
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
	"github.com/gojax/gojax/transforms/grad"
)

// TestScanResiduals counts the bytes that the way back keeps. JAX 0.10.2 keeps those given as jax (the leaves of its
// vjp function).
func TestScanResiduals(t *testing.T) {
	const n, h, d = 1000, 32, 16
	mat := func(x, y *trace.Value) *trace.Value { return ops.Dot(x, y) }
	zero := func(shape ...int) ir.Aval { return ir.Aval{Shape: shape, DType: ir.Float32} }
	one := litOf(ir.Float32, 1)
	for _, c := range []struct {
		name string
		in   []ir.Aval
		f    fn
		jax  int
	}{
		{"rnn", []ir.Aval{zero(h, h), zero(h, d), zero(h), zero(h), zero(n, d)},
			func(in []*trace.Value) []*trace.Value {
				c, y := lax.Scan(func(c, x A) (A, A) {
					r := jnp.Wrap(
						ops.Tanh(ops.Add(ops.Add(mat(in[0], c.TraceValue()), mat(in[1], x.TraceValue())), in[2])))
					return r, r
				}, jnp.Wrap(in[3]), jnp.Wrap(in[4]))
				return []*trace.Value{c.TraceValue(), y.TraceValue()}
			}, 454144},
		{"rnn of exp(w), no output", []ir.Aval{zero(h, h), zero(h, d), zero(h), zero(h), zero(n, d)},
			func(in []*trace.Value) []*trace.Value {
				c, _ := lax.Scan(func(c, x A) (A, struct{}) {
					return jnp.Wrap(
							ops.Tanh(
								ops.Add(ops.Add(mat(ops.Exp(in[0]), c.TraceValue()), mat(in[1], x.TraceValue())),
									in[2]))),
						struct{}{}
				}, jnp.Wrap(in[3]), jnp.Wrap(in[4]))
				return []*trace.Value{c.TraceValue()}
			}, 454144},
		{"rnn of checkpoints", []ir.Aval{zero(h, h), zero(h, d), zero(h), zero(h), zero(n, d)},
			func(in []*trace.Value) []*trace.Value {
				c, _ := lax.Scan(func(c, x A) (A, struct{}) {
					step := []*trace.Value{c.TraceValue(), x.TraceValue()}
					p, captured := trace.Trace("step", trace.Avals(step), func(a []*trace.Value) []*trace.Value {
						return []*trace.Value{
							ops.Tanh(ops.Add(ops.Add(mat(ops.Exp(in[0]), a[0]), mat(in[1], a[1])), in[2]))}
					})
					return jnp.Wrap(ops.Checkpoint(p, ops.SaveNothing, append(step, captured...))[0]), struct{}{}
				}, jnp.Wrap(in[3]), jnp.Wrap(in[4]))
				return []*trace.Value{c.TraceValue()}
			}, 198272},
		{"fori", []ir.Aval{zero(n)}, func(in []*trace.Value) []*trace.Value {
			s := lax.ForiLoop(0, n, func(i, s A) A {
				return jnp.Wrap(
					ops.Mul(ops.Sin(s.TraceValue()), ops.DynamicIndexInDim(in[0], i.TraceValue(), 0, false)))
			}, jnp.Wrap(one))
			return []*trace.Value{s.TraceValue()}
		}, 20000},
		{"gru", []ir.Aval{zero(h, h), zero(h, d), zero(h, h), zero(h, d), zero(h, h), zero(h, d), zero(h), zero(n, d)},
			func(in []*trace.Value) []*trace.Value {
				c, y := lax.Scan(func(c, x A) (A, A) {
					z := ops.Logistic(ops.Add(mat(in[0], c.TraceValue()), mat(in[1], x.TraceValue())))
					r := ops.Logistic(ops.Add(mat(in[2], c.TraceValue()), mat(in[3], x.TraceValue())))
					u := ops.Tanh(ops.Add(mat(in[4], ops.Mul(r, c.TraceValue())), mat(in[5], x.TraceValue())))
					s := jnp.Wrap(ops.Add(ops.Mul(ops.Sub(ops.FullLike(z, 1), z), c.TraceValue()), ops.Mul(z, u)))
					return s, s
				}, jnp.Wrap(in[6]), jnp.Wrap(in[7]))
				return []*trace.Value{c.TraceValue(), y.TraceValue()}
			}, 1234432},
	} {
		p := program(t, c.f, c.in)
		nz := make([]bool, len(p.In))
		for i := range nz {
			nz[i] = true
		}
		var res []ir.Aval
		trace.Trace("Linearize", c.in, func(a []*trace.Value) []*trace.Value {
			y, m := grad.Linearize(p, a, nz)
			res = trace.Avals(m.Res)
			return y
		})
		bytes := 0
		for _, a := range res {
			bytes += a.Bytes()
		}
		if bytes > c.jax || bytes == 0 {
			t.Errorf("%s: keeps %d bytes, JAX %d: %v", c.name, bytes, c.jax, res)
		}
	}
}
