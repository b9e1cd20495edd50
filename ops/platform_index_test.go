package ops_test

import (
	"math"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/tests/fails"
	"github.com/gojax/gojax/trace"
)

func TestPlatformDependent(t *testing.T) {
	choose := func(name string) fn {
		return f1(func(x *trace.Value) *trace.Value {
			return lax.PlatformDependent(func() A { return jnp.Wrap(ops.Neg(x)) },
				map[string]func() A{name: func() A { return jnp.Wrap(ops.Sin(x)) },
					"other": func() A { return jnp.Wrap(x) }}).TraceValue()
		})
	}
	x := []arr{vec(ir.Float64, 0.5, 1)}
	for name, want := range map[string]arr{
		"cpu":  x[0].map1(ir.Float64, func(z complex128) complex128 { return complex(math.Sin(real(z)), 0) }),
		"cuda": x[0].map1(ir.Float64, func(z complex128) complex128 { return -z })} {
		f := choose(name)
		if s := runBoth(t, f, x)[0].closeTo(want, 1e-12); s != "" {
			t.Errorf("%s: %s", name, s)
		}
		checkVmap(t, f, x)
		checkNestedJVP(t, f, x)
	}
	fails.With(t, func() { lax.PlatformDependent[A](nil, nil) }, "lax.PlatformDependent")
	fails.With(t, func() {
		lax.PlatformDependent(func() A { return jnp.Wrap(x[0].put()) },
			map[string]func() A{"cpu": func() A { return jnp.Wrap(vec(ir.Float32, 1).put()) }})
	}, "lax.PlatformDependent", "float32")
}
