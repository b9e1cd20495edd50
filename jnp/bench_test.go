package jnp_test

import (
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/trace"
)

// Goals: Add/arrays 5 µs or less, Add/scalar 6 µs or less.
func BenchmarkAdd(b *testing.B) {
	x, y := jnp.Ones(10), jnp.Ones(10)
	row := jnp.Ones(4, 10)
	for _, c := range []struct {
		name string
		f    func(i int) jnp.Array
	}{
		{"arrays", func(int) jnp.Array { return x.Add(y) }},
		{"scalar", func(int) jnp.Array { return x.Add(2.5) }},
		{"newscalar", func(i int) jnp.Array { return x.Add(float64(i)) }},
		{"function", func(int) jnp.Array { return jnp.Add(2.5, x) }},
		{"broadcast", func(int) jnp.Array { return row.Add(y) }},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for i := range b.N {
				c.f(i)
			}
		})
		b.Run(c.name+"/deleted", func(b *testing.B) {
			for i := range b.N {
				c.f(i).Delete()
			}
		})
	}
}

func BenchmarkExp(b *testing.B) {
	x := jnp.Ones(10)
	b.ReportAllocs()
	for range b.N {
		jnp.Exp(x).Delete()
	}
}

// BenchmarkTrace is the time to record one equation: half of them with a scalar, which takes two.
func BenchmarkTrace(b *testing.B) {
	t := ir.Aval{Shape: []int{10}, DType: jnp.Float32}
	b.ReportAllocs()
	for n := 0; n < b.N; {
		p, _ := trace.Trace("bench", []ir.Aval{t, t}, func(in []*trace.Value) []*trace.Value {
			x, y := jnp.Wrap(in[0]), jnp.Wrap(in[1])
			for range 500 {
				x = x.Mul(y).Add(2.5)
			}
			return []*trace.Value{x.TraceValue()}
		})
		n += len(p.Eqns)
	}
}
