package export

import (
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
	"github.com/gojax/gojax/transforms/deriv"
)

// recorded records a call of v in the open trace: as that of a Go function, with the exported derivative.
func (v *variant) recorded(leaves []*trace.Value) []*trace.Value {
	call := func(x []jnp.Array) []jnp.Array { return flatArrays(v.callback(values(x))) }
	f := deriv.CustomVJP(call,
		func(x []jnp.Array) ([]jnp.Array, []jnp.Array) { // which may be differentiated itself
			return flatArrays(v.recorded(values(x))), x
		},
		func(x, ct []jnp.Array) []jnp.Array {
			if v.derivative == nil {
				trace.Fail("export.Exported.Call", nil, "%s", v.noVJP())
			}
			return v.backward(x, ct)
		})
	return values(f(flatArrays(leaves)))
}

// callback is the call of v as an operation, of arrays that may be traced.
func (v *variant) callback(x []*trace.Value) []*trace.Value {
	types := trace.Avals(x)
	return ops.PureCallback(func(in, out []ir.HostArray) error {
		y := make([]*trace.Value, len(in))
		for i, a := range in {
			y[i] = trace.TheRuntime().FromHost(a.Data, types[i])
		}
		for i, z := range v.run(y) {
			trace.TheRuntime().ToHost(z, out[i].Data)
		}
		return nil
	}, avals(v.out), x...)
}

// backward is the exported derivative at x of the cotangents ct; those that are not set are zeros.
func (v *variant) backward(x, ct []jnp.Array) []jnp.Array {
	d := v.derivative.variants[0]
	in := append(values(x), v.constants...)
	for i, c := range values(ct) {
		if c == nil {
			t := v.out[i].aval()
			dtype := d.in[len(x)+len(v.constants)+i].aval().DType // bool of an integer's, which has none
			c = jnp.Creation{DType: dtype}.Zeros(t.Shape...).TraceValue()
		}
		in = append(in, c)
	}
	d, err := d.sized(trace.Avals(in))
	trace.Must(err, "export.Exported.Call", trace.Avals(in))
	g := flatArrays(d.call(in))[:len(x)]
	for i, t := range d.out[:len(x)] {
		if t.kind.name == "float0" { // of an integer
			g[i] = jnp.Array{}
		}
	}
	return g
}
