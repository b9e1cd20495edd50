package export_test

import (
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/export"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/linalg"
	"github.com/gojax/gojax/tests/fails"
)

// A program that is saved with its derivatives has them once it is loaded, as the function had them.
func TestSaveVJP(t *testing.T) {
	type params struct {
		Z, A jnp.Array
		N    jnp.Array // an integer, which has no gradient
	}
	outside := jnp.FromSlice([]float32{1, 2})
	f := func(p params, x jnp.Array) (jnp.Array, jnp.Array) {
		y := jnp.Tanh(x.MatMul(p.Z)).Mul(p.A).Mul(p.N).Mul(outside)
		return y, p.N.Add(1)
	}
	p := params{jnp.Arange(float32(6)).Reshape(3, 2).Div(6), jnp.Full([]int{}, float32(3)), jnp.AsArray(int32(2))}
	x := jnp.LinSpace(-1, 1, 6).Reshape(2, 3)
	grads := func(f func(p params, x jnp.Array) (jnp.Array, jnp.Array)) []jnp.Array {
		loss := func(q []jnp.Array) jnp.Array {
			y, _ := f(params{q[0], q[1], p.N}, q[2])
			return y.Mul(y).Sum()
		}
		in := []jnp.Array{p.Z, p.A, x}
		second := gojax.Grad(func(q []jnp.Array) jnp.Array {
			g := gojax.Grad(loss)(q)
			return g[0].Sum().Add(g[1].Mul(g[1])).Add(g[2].Sum())
		})
		return append(gojax.Grad(loss)(in), second(in)...)
	}
	want := grads(f)
	for _, name := range []string{"f.gojax", "f.jax_export"} {
		e := saveTo(t, export.Saving{VJPOrder: 2}, name, f, p, x)
		if !e.HasVJP() || !e.VJP().HasVJP() || e.VJP().VJP().HasVJP() {
			t.Fatal("orders of derivatives")
		}
		got := grads(export.Func[func(params, jnp.Array) (jnp.Array, jnp.Array)](e))
		for i := range want {
			if !jnp.AllClose(got[i], want[i]).Bool() {
				t.Errorf("%s: gradient %d is %v, want %v", name, i, got[i], want[i])
			}
		}
	}
	o := export.Saving{VJPOrder: 1, Buckets: [][]any{{jnp.Ones(4)}}, Platforms: []string{"cpu"}}
	sum := export.Func[func(jnp.Array) jnp.Array](saveTo(t, o, "sum.gojax", func(x jnp.Array) jnp.Array {
		return x.Mul(x).Sum()
	}, jnp.Ones(2)))
	near(t, gojax.Grad(sum)(jnp.Ones(4)), 2, 2, 2, 2)
	// What calls kernels is differentiated as it was, with and without them.
	o = export.Saving{VJPOrder: 1}
	chol := export.Func[func(jnp.Array) jnp.Array](saveTo(t, o, "chol.gojax", func(x jnp.Array) jnp.Array {
		return linalg.Cholesky(x).Sum()
	}, jnp.Eye(2)))
	near(t, gojax.Grad(chol)(jnp.Eye(2).Mul(4)), 0.25, 0.25, 0.25, 0.25)
	none := export.Func[func(jnp.Array) jnp.Array](saveTo(t, export.Saving{}, "f.gojax", jnp.Exp, jnp.Ones(2)))
	sumOfNone := func(x jnp.Array) jnp.Array { return none(x).Sum() }
	fails.With(t, func() { gojax.Grad(sumOfNone)(jnp.Ones(2)) }, "without its derivative", "VJPOrder")
}
