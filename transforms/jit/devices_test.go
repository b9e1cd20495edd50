package jit

import (
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/gojax/gojax/ops"
)

// Several CPU devices have to be asked for before the plugin is opened, so this test runs itself in another process.
func TestSeveralDevices(t *testing.T) {
	if os.Getenv("GOJAX_TEST_DEVICES") == "" {
		c := exec.Command(os.Args[0], "-test.run=^TestSeveralDevices$", "-test.v")
		c.Env = append(os.Environ(), "GOJAX_TEST_DEVICES=1", "GOJAX_PLATFORM=cpu", "GOJAX_NUM_CPU_DEVICES=2")
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		return
	}
	ds, err := Devices()
	if err != nil || len(ds) != 2 {
		t.Fatalf("devices %v, %v", ds, err)
	}
	x := vec(1, 2, 3)
	y := DevicePut(x, ds[1])
	if DeviceOf(y) != ds[1] || !slices.Equal(host(y), []float32{1, 2, 3}) {
		t.Fatalf("the copy is on %v: %v", DeviceOf(y), host(y))
	}
	if z := ops.Neg(y); DeviceOf(z) != ds[1] || host(z)[0] != -1 {
		t.Errorf("an operation on %v gave a result on %v", ds[1], DeviceOf(z))
	}
	if z := ops.Clamp(lit(-1), y, lit(2)); DeviceOf(z) != ds[1] || host(z)[2] != 2 {
		t.Errorf("a scalar pulled the result to %v", DeviceOf(z))
	}
	wantError(t, func() { ops.Add(x, y) }, "add(float32[3], float32[3])", "cpu:0", "cpu:1", "DevicePut", "devices_test.go:")

	// A jitted function runs where its arguments are; what it captured follows.
	f := &Func{Name: "follows"}
	body := func(a *val) *val { return ops.Add(a, x) }
	for _, a := range []*val{x, y, x} {
		if z := call1(f, a, body); DeviceOf(z) != DeviceOf(a) || host(z)[2] != 6 {
			t.Errorf("called with an array on %v: %v on %v", DeviceOf(a), host(z), DeviceOf(z))
		}
	}
	g := &Func{Name: "there", Device: ds[1]}
	if z := call1(g, x, body); DeviceOf(z) != ds[1] || host(z)[2] != 6 {
		t.Errorf("Device: result on %v", DeviceOf(z))
	}

	// Without array arguments the default device decides.
	make1 := func(f *Func) *val {
		en := f.Find(nil, nil)
		if en == nil {
			en = f.Make(nil, nil, nil, func([]*val) ([]*val, any) { return []*val{ops.Zeros(x.Aval())}, nil })
		}
		return en.Call(nil)[0]
	}
	h := &Func{Name: "makes"}
	for _, d := range []*Device{ds[0], ds[1], ds[0]} {
		SetDefaultDevice(d)
		if z := make1(h); DeviceOf(z) != d {
			t.Errorf("made on %v, the default is %v", DeviceOf(z), d)
		}
		if z := ops.Zeros(x.Aval()); DeviceOf(z) != d || !strings.HasPrefix(d.String(), "cpu:") {
			t.Errorf("zeros on %v, the default is %v", DeviceOf(z), d)
		}
	}
	SetDefaultDevice(nil)
	if DefaultDevice() != ds[0] {
		t.Error("SetDefaultDevice(nil) does not go back to the first")
	}
}
