package vmap_test

import (
	"fmt"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/random"
	"github.com/gojax/gojax/tests/fails"
)

func index(x jnp.Array) jnp.Array { return x.Add(lax.AxisIndex("i")) }

// Where the mapped axis is, what is shared, and what is returned once.
func TestPmap(t *testing.T) {
	x := jnp.Arange(8.0).Reshape(4, 2)
	named := gojax.AxisName("i")
	devices, err := gojax.Devices()
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		f    func() any
		want string
	}{
		"first axis": {func() any { return gojax.Pmap(index, named)(x) },
			"[[ 0.  1.]\n [ 3.  4.]\n [ 6.  7.]\n [ 9. 10.]]"},
		"last axis": {func() any { return gojax.Pmap(index, named, gojax.InAxes(-1), gojax.OutAxes(-1))(x) },
			"[[0. 2.]\n [2. 4.]\n [4. 6.]\n [6. 8.]]"},
		"shared": {func() any {
			f := gojax.Pmap(func(x, by jnp.Array, n int) (jnp.Array, jnp.Array) {
				return x.Mul(by).Add(n), lax.PSum(x, "i")
			}, named, gojax.InAxes(0, nil, nil), gojax.OutAxes(1, nil))
			y, sum := f(x, jnp.AsArray(2.0), 1)
			return []any{y, sum}
		}, "[[[ 1.  5.  9. 13.]\n [ 3.  7. 11. 15.]] [12. 16.]]"},
		"trees": {func() any {
			f := gojax.Pmap(func(d map[string]jnp.Array) []jnp.Array { return []jnp.Array{d["a"], d["b"].Sum()} },
				gojax.InAxes(map[string]any{"a": nil, "b": 1}), gojax.OutAxes([]any{nil, 0}))
			return f(map[string]jnp.Array{"a": jnp.AsArray(3.0), "b": x})
		}, "[3.0 [12. 16.]]"},
		"no argument": {func() any {
			return gojax.Pmap(func() jnp.Array { return lax.AxisIndex("i") }, named, gojax.AxisSize(3))()
		}, "[0 1 2]"},
		"keys": {func() any {
			draw := func(k random.KeyArray) jnp.Array { return random.Uniform(k) }
			keys := random.Split(random.Key(1), 4)
			return jnp.All(gojax.Pmap(draw)(keys).Eq(gojax.Vmap(draw)(keys)))
		}, "True"},
		"devices": {func() any {
			y := gojax.Pmap(index, named, gojax.PmapDevices(devices[5], devices[2]))(x.Head(2))
			return []any{y, y.Shards()[0].Device, y.Shards()[1].Device}
		}, "[[[0. 1.]\n [3. 4.]] cpu:5 cpu:2]"},
		"mapped, jitted, mapped within": {func() any {
			f := gojax.Pmap(gojax.Vmap(func(x jnp.Array) jnp.Array { return x.Sub(lax.PMean(x, "i")) }), named)
			return gojax.Jit(gojax.Vmap(f, gojax.InAxes(2), gojax.OutAxes(2)))(jnp.Stack([]jnp.Array{x, x.Mul(2)}, 2)).
				Index(0)
		}, "[[-3. -6.]\n [-3. -6.]]"},
		"gradient": {func() any {
			loss := func(w, x jnp.Array) jnp.Array { return x.MatMul(w).Pow(2).Sum() }
			all := func(f func(w, x jnp.Array) jnp.Array) jnp.Array {
				return gojax.Grad(func(w jnp.Array) jnp.Array { return f(w, x).Sum() })(jnp.AsArray([]float32{1, -2}))
			}
			in := gojax.InAxes(nil, 0)
			return all(gojax.Pmap(loss, in)).Sub(all(gojax.Vmap(loss, in)))
		}, "[0. 0.]"},
	} {
		if got := fmt.Sprint(c.f()); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestPmapMistakes(t *testing.T) {
	same := func(x jnp.Array) jnp.Array { return x }
	devices, err := gojax.Devices()
	if err != nil {
		t.Fatal(err)
	}
	call := func(n int, opts ...gojax.PmapOption) func() { return func() { gojax.Pmap(same, opts...)(jnp.Ones(n)) } }
	for _, c := range []struct {
		f    func()
		want []string
	}{
		{call(9), []string{"size 9", "8 devices", "GOJAX_NUM_CPU_DEVICES=9", "gojax.Vmap"}},
		{call(0), []string{"size 0", "gojax.Vmap"}},
		{call(4, gojax.PmapDevices(devices[:2]...)), []string{"size 4", "the option gives 2 devices"}},
		{call(2, gojax.PmapDevices(devices[1], devices[1])), []string{"cpu:1", "twice"}},
		{call(2, gojax.OverCores()), []string{"OverCores", "gojax.Vmap"}},
		{call(2, gojax.SPMDAxisName("x")), []string{"SPMDAxisName", "gojax.Vmap"}},
		{call(2, gojax.AxisSize(3)), []string{"AxisSize is 3"}},
		{call(2, gojax.InAxes(1)), []string{"axis 1 of args[0]"}},
		{call(2, gojax.InAxes(nil)), []string{"no argument is mapped"}},
		{call(2, gojax.OutAxes(2)), []string{"out axis 2 of results[0]"}},
		{func() { gojax.Pmap(gojax.Pmap(same))(jnp.Ones(2, 2)) }, []string{`"pmap" is open here already`}},
		{func() { gojax.Vmap(same, gojax.PmapDevices(devices...))(jnp.Ones(8)) },
			[]string{"gojax.Vmap", "PmapDevices", "gojax.Pmap"}},
		{func() { gojax.PmapDevices() }, []string{"gojax.PmapDevices", "no device"}},
		{func() { gojax.PmapDevices(nil) }, []string{"gojax.PmapDevices", "device 0 is nil"}},
	} {
		fails.With(t, c.f, append(c.want, "pmap_test.go:")...)
	}
}
