package badinput_test

import (
	"os"
	"strings"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/random"
)

// Arrays on different devices. A process has several CPU devices only if it asks for them before its first array.
func TestDevices(t *testing.T) {
	const ask = "GOJAX_NUM_CPU_DEVICES"
	if os.Getenv(ask) != "2" {
		out, ok := process(t, os.Args[0], []string{"-test.run=^TestDevices$", "-test.v"},
			[]string{ask + "=2", "GOJAX_PLATFORM=cpu"})
		if !ok {
			t.Errorf("with two devices:\n%s", out)
		}
		return
	}
	all, err := gojax.Devices()
	if err != nil || len(all) != 2 {
		t.Fatal(all, err)
	}
	x := jnp.Ones(3)
	y := gojax.DevicePut(x, all[1])
	add := gojax.Jit(func(a, b arr) arr { return a.Add(b) }, gojax.Named("add2"))
	tree := gojax.Jit(func(m map[string]arr) arr { return m["a"].Add(m["b"]) }, gojax.Named("tree"))
	check(t, []mistake{
		{"Add", func() { x.Add(y) }, says("jnp.Add(float32[3], float32[3])", "cpu:0", "cpu:1", "gojax.DevicePut")},
		{"broadcast", func() { x.Reshape(3, 1).Add(y) },
			saysAbove("jnp.Add(float32[3,1], float32[3])", "cpu:0", "cpu:1", "gojax.DevicePut")},
		{"MatMul", func() { x.Dot(y) }, says("float32[3]", "cpu:0", "cpu:1", "gojax.DevicePut")},
		{"Concatenate", func() { jnp.Concatenate([]arr{x, y}) },
			saysAbove("jnp.Concatenate(float32[3], float32[3])", "cpu:1")},
		{"Where", func() { jnp.Where(x.Gt(0), y, x) }, says("float32[3]", "cpu:1")},
		{"Set", func() { x.At(0).Set(y.Index(0)) }, says("float32[3]", "cpu:1")},
		{"Index", func() { x.Index(gojax.DevicePut(jnp.AsArray([]int{0, 1}), all[1])) }, says("float32[3]", "cpu:1")},
		{"Jit", func() { add(x, y) },
			saysAbove("gojax.Jit(add2)(float32[3], float32[3])", "args[1]", "cpu:0", "cpu:1", "gojax.DevicePut").
				by("gojax.Jit")},
		{"Jit of a tree", func() { tree(map[string]arr{"a": x, "b": y}) },
			saysAbove("gojax.Jit(tree)(float32[3], float32[3])", `args[0]["b"]`, "cpu:1").by("gojax.Jit")},
		{"Vmap", func() { gojax.Vmap(func(a, b arr) arr { return a.Add(b) })(x, y) },
			saysAbove("gojax.Vmap(TestDevices.func12.1)(float32[3], float32[3])", "cpu:0", "cpu:1")},
		{"Cond", func() { lax.Cond(x.Sum().Gt(0), func() arr { return y }, func() arr { return y.Neg() }) },
			saysAbove("lax.Cond(bool[], float32[3])", "cpu:0", "cpu:1")},
		{"random", func() { random.MultivariateNormal(random.Key(0), y, jnp.Eye(3)) }, says("cpu:0", "cpu:1")},
	})
	// What follows its arguments, or is told where to run, works.
	on1 := gojax.Jit(func(a, b arr) arr { return a.Add(b) }, gojax.OnDevice(all[1]))
	captures := gojax.Jit(func(a arr) arr { return a.Add(x) })
	for name, z := range map[string]arr{"OnDevice": on1(x, y), "captured": captures(y), "scalar": y.Add(1),
		"moved": x.ToDevice(all[1]).Add(y)} {
		if z.Device() != all[1] || z.Sum().Item() != 6 {
			t.Errorf("%s: %v on %v", name, z, z.Device())
		}
	}
}

// Settings of the environment that cannot be read, and platforms that are not there, stop a program with a sentence.
func TestEnvironment(t *testing.T) {
	for _, c := range []struct {
		env   string
		parts message
	}{
		{"GOJAX_PLATFORM=gpx", says(`"gpx" is not a platform`, "cpu or cuda", "GOJAX_PLATFORM")},
		{"GOJAX_PLATFORM=cpu;cuda", says("is not a platform", "GOJAX_PLATFORM")},
	} {
		t.Run(c.env, func(t *testing.T) {
			out, ok := child(t, "use", c.env)
			fails(t, out, ok, c.parts.parts...)
		})
	}
	// These are said, and the program goes on.
	for env, want := range map[string]string{
		"GOJAX_ENABLE_X64=perhaps":     `GOJAX_ENABLE_X64="perhaps"`,
		"GOJAX_NUM_CPU_DEVICES=two":    `GOJAX_NUM_CPU_DEVICES="two"`,
		"GOJAX_NUM_CPU_DEVICES=-1":     `GOJAX_NUM_CPU_DEVICES="-1"`,
		"GOJAX_NUM_CPU_DEVICES=100000": `GOJAX_NUM_CPU_DEVICES="100000"`,
		"GOJAX_NUM_THREADS=many":       `GOJAX_NUM_THREADS="many"`,
		"GOJAX_NUM_THREADS=-2":         `GOJAX_NUM_THREADS="-2"`,
		"GOJAX_CACHE=perhaps":          `GOJAX_CACHE="perhaps"`,
		"GOJAX_CACHE=off":              "",
	} {
		t.Run(env, func(t *testing.T) {
			out, ok := child(t, "use", env)
			if !ok || !strings.HasSuffix(out, result) || !strings.Contains(out, want) {
				t.Errorf("got %s, want %q and a word of %q", out, result, want)
			}
		})
	}
}
