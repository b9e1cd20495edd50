package debug_test

import (
	"os"
	"os/exec"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/debug"
	"github.com/gojax/gojax/jnp"
)

// A callback runs where its program's arrays are.
func TestSecondDevice(t *testing.T) {
	if os.Getenv("GOJAX_TEST_CHILD") == "" {
		cmd := exec.Command(os.Args[0], "-test.run=TestSecondDevice", "-test.v")
		cmd.Env = append(os.Environ(), "GOJAX_TEST_CHILD=1", "GOJAX_NUM_CPU_DEVICES=2")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%v\n%s", err, out)
		}
		return
	}
	ds, err := gojax.Devices()
	if err != nil || len(ds) != 2 {
		t.Fatal(ds, err)
	}
	f := func(x jnp.Array) jnp.Array {
		debug.Print("%v", x)
		return gojax.PureCallback(func(x jnp.Array) jnp.Array { return x.Mul(2) }, x, x).Add(1)
	}
	alone := func() jnp.Array { debug.Print("alone"); return f(jnp.Ones(2)) }
	for i, d := range ds {
		x := gojax.DevicePut(iota(3), d)
		for name, y := range map[string]jnp.Array{"jit": gojax.Jit(f)(x), "vmap": gojax.Vmap(f)(x), "grad": gojax.Grad(func(x jnp.Array) jnp.Array { return jnp.Sum(f(gojax.StopGradient(x)).Mul(x)) })(x)} {
			if y.String() != "[1. 3. 5.]" || y.Device() != d {
				t.Errorf("%s on %d: %v on %v", name, i, y, y.Device())
			}
		}
		if y := gojax.Jit(alone, gojax.OnDevice(d))(); y.String() != "[3. 3.]" || y.Device() != d {
			t.Errorf("alone on %d: %v on %v", i, y, y.Device())
		}
	}
}
