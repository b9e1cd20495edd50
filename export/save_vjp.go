package export

import (
	"slices"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/trace"
	"github.com/gojax/gojax/transforms/deriv"
)

// addVJP lowers the derivative of l in reverse, and derivatives of that, as jax.export has them: a program that takes
// the flat inputs of l and a cotangent for each flat output, and gives a cotangent for each input. Constants are inputs
// too, unless they are to be within.
func (l *lowered) addVJP(order int, within bool) error {
	if order <= 0 {
		return nil
	}
	n := len(l.in)
	if within {
		n -= len(l.constants)
	}
	d := slices.Clone(l.in[:n])
	for _, t := range l.out {
		d = append(d, t.tangent())
	}
	args := make([]jnp.Array, len(d))
	for i, t := range d {
		args[i] = jnp.Creation{DType: t.DType()}.Zeros(t.Shape()...)
	}
	v, err := Saving{Name: "vjp_" + l.name}.lower(func(all []jnp.Array) []jnp.Array {
		_, pull := deriv.VJP(l.flat, all[:n:n])
		g := pull(all[n:])
		for i := range g {
			if t := l.in[i].tangent(); t.kind.name == float0 {
				g[i] = jnp.Creation{DType: jnp.Bool}.Zeros(t.shape...)
			}
		}
		return g
	}, []any{args})
	if err != nil {
		return err
	}
	copy(v.in, d)
	for i := range v.out {
		v.out[i] = l.in[i].tangent()
	}
	v.inTree = (&Tree{Kind: Tuple, Children: []*Tree{flat(Tuple, len(d)), v.inTree.Children[1]}}).count()
	l.vjp = v
	return v.addVJP(order-1, within)
}

// flat is the lowered function on flat inputs; the constants that are not among them are what they are.
func (l *lowered) flat(x []jnp.Array) []jnp.Array {
	p := l.l.Program()
	base := len(p.In) - len(l.constants)
	in := append(make([]*trace.Value, base, len(p.In)), l.constants...)
	for i := range x {
		in[l.order[i]] = x[i].TraceValue()
	}
	y := trace.Inline(p, in)
	out := make([]jnp.Array, len(y))
	for k, i := range l.results {
		out[k] = jnp.Wrap(y[i])
	}
	return out
}

// float0 is JAX's dtype of tangents that there are not.
const float0 = "float0"

// tangent is the type of a cotangent of t: float0 for integers.
func (t Type) tangent() Type {
	if t.DType().IsInexact() {
		return t
	}
	i := slices.IndexFunc(dtypeCodes, func(d dtypeCode) bool { return d.name == float0 })
	t.kind = dtypeCodes[i]
	return t
}
