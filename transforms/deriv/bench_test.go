package deriv_test

import (
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/trace"
)

type dense struct{ W, B jnp.Array }

// network is a tanh network of n layers of width d, and a batch of 8 for it.
func network(n, d int) ([]dense, jnp.Array, func([]dense, jnp.Array) jnp.Array) {
	var ps []dense
	for i := range n {
		ps = append(ps, dense{jnp.Mul(jnp.Sin(jnp.Arange(float64(d*d)).Add(i)).Reshape(d, d), 0.3), jnp.Zeros(d)})
	}
	x := jnp.Cos(jnp.Arange(float64(8*d))).Reshape(8, d)
	return ps, x, func(ps []dense, x jnp.Array) jnp.Array {
		for _, l := range ps {
			x = jnp.Tanh(jnp.MatMul(x, l.W).Add(l.B))
		}
		return jnp.Mean(jnp.Square(x))
	}
}

// benchTrace traces g of ps and xs and tells the time for an equation of its program.
func benchTrace(b *testing.B, g func([]dense, jnp.Array) []dense, ps []dense, xs jnp.Array) {
	def, leaves := trace.Flatten(ps)
	types := trace.Avals(leaves)
	n := 0
	b.ReportAllocs()
	for b.Loop() {
		p, _ := trace.Trace("bench", types, func(x []*trace.Value) []*trace.Value {
			_, y := trace.Flatten(g(trace.Unflatten[[]dense](def, x), xs))
			return y
		})
		n = len(p.DCE().Eqns)
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/float64(n), "µs/eqn")
	b.ReportMetric(float64(n), "eqns")
}

// BenchmarkTraceGrad tells the time for an equation of the gradient's program: 6 µs is the goal.
func BenchmarkTraceGrad(b *testing.B) {
	ps, xs, net := network(20, 16)
	g := gojax.Grad2(net)
	benchTrace(b, g, ps, xs)
}

// BenchmarkTraceVmapGrad is the same under Vmap: 12 µs is the goal.
func BenchmarkTraceVmapGrad(b *testing.B) {
	ps, xs, net := network(20, 16)
	rows := xs.Reshape(8, 1, 16)
	g := gojax.Vmap(gojax.Grad2(net), gojax.InAxes(gojax.None, 0))
	benchTrace(b, g, ps, rows)
}

// BenchmarkGradAgain is an un-jitted gradient called again: 1.5 ms is the goal.
func BenchmarkGradAgain(b *testing.B) {
	ps, xs, net := network(20, 16)
	g := gojax.Grad2(net)
	b.ReportAllocs()
	for b.Loop() {
		gojax.BlockUntilReady(g(ps, xs))
	}
}

// BenchmarkGradJit is the jitted gradient.
func BenchmarkGradJit(b *testing.B) {
	ps, xs, net := network(20, 16)
	g := gojax.Jit(gojax.Grad2(net))
	for b.Loop() {
		gojax.BlockUntilReady(g(ps, xs))
	}
}
