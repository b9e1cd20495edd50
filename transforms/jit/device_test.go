package jit

import (
	"errors"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/tests/fails"
	"github.com/gojax/gojax/trace"
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
	fails.With(t, func() { ops.Add(x, y) }, "ops.Add(float32[3], float32[3])", "cpu:0", "cpu:1", "DevicePut",
		"device_test.go:")

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
			en = f.Make(nil, nil, nil, func([]*val) ([]*val, trace.Trees) { return []*val{ops.Zeros(x.Aval())}, nil })
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

func TestDeletedArrays(t *testing.T) {
	x := vec(1, 2)
	Delete(x)
	Delete(x)
	fails.With(t, func() { ops.Neg(x) }, "ops.Neg(float32[2])", "deleted", "device_test.go:")
	fails.With(t, func() { Wait(x) }, "deleted", "device_test.go:")
	z := vec(4, 5)
	f := &Func{Name: "kept"}
	body := func(x *val) *val { return ops.Add(x, z) }
	call1(f, vec(1, 1), body)
	Delete(z)
	fails.With(t, func() { call1(f, vec(1, 1), body) }, "kept", "deleted")
}

func TestTracedValuesHaveNoData(t *testing.T) {
	f := &Func{Name: "looks"}
	fails.With(t, func() { call1(f, vec(1, 2), func(x *val) *val { host(x); return x }) },
		"gojax.ToHost(float32[2])", "no value while", "main_test.go:")
	fails.With(t, func() { call1(f, vec(1, 2), func(x *val) *val { Wait(x); return x }) }, "gojax.Wait(float32[2])",
		"device_test.go:")
	fails.With(t, func() { host(nil2()) }, "never set")
}

func nil2() *val { return new(val) }

func TestBigResultsRememberTheirLine(t *testing.T) {
	x := ops.Zeros(ir.Aval{Shape: []int{1 << 20}, DType: ir.Float32})
	y := ops.Neg(x)
	if s := y.Src().String(); !strings.HasPrefix(s, "device_test.go:") {
		t.Errorf("a 4 MB result was launched at %s", s)
	}
	bad := trace.Concrete(y.Aval(), brokenBuffer{y.Buffer()}, y.Src())
	if err := bad.Buffer().Ready(); err == nil {
		t.Fatal("the test's own buffer does not fail")
	}
	err := trace.Try(func() { failed(bad, errors.New("boom")) })
	if err == nil || !strings.Contains(err.Error(), y.Src().String()) ||
		!strings.Contains(err.Error(), "launched here failed: boom") {
		t.Errorf("a failed execution says %v", err)
	}
}

func TestDevices(t *testing.T) {
	ds, err := Devices()
	if err != nil {
		t.Fatal(err)
	}
	x := vec(1, 2)
	if DeviceOf(x) != ds[0] || DefaultDevice() != ds[0] || DeviceOf(lit(1)) != ds[0] {
		t.Errorf("x is on %v, the default is %v", DeviceOf(x), DefaultDevice())
	}
	if DevicePut(x, ds[0]) != x {
		t.Error("an array was copied to where it is")
	}
	if y := DevicePut(lit(2), nil); y.Buffer() == nil || host(y)[0] != 2 {
		t.Error("a scalar is not put on the device")
	}
}
