package jnp_test

import (
	"slices"
	"strings"
	"testing"

	. "github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/tests/leak"

	"github.com/gojax/gojax/trace"
	"github.com/gojax/gojax/transforms/jit"
)

func TestDevice(t *testing.T) {
	x := Ones(3)
	d := jit.DefaultDevice()
	if x.Device() != d || len(x.Devices()) != 1 || Exp(x).Device() != d {
		t.Errorf("x is on %v, the default is %v", x.Device(), d)
	}
	y := x.Add(1).BlockUntilReady()
	if !y.IsReady() {
		t.Error("not ready after waiting")
	}
	c := x.Copy()
	c.Delete()
	if !c.IsDeleted() || x.IsDeleted() {
		t.Error("deleting a copy must free the copy alone")
	}
	if got := ToSlice[float32](x); !slices.Equal(got, []float32{1, 1, 1}) {
		t.Errorf("x is %v", got)
	}
	err := trace.Try(func() { c.Item() })
	if err == nil || !strings.Contains(err.Error(), "device_test.go:") {
		t.Errorf("reading a deleted array: %v", err)
	}
	if z := (Creation{Device: d}).Ones(2, 2); z.Device() != d {
		t.Errorf("created on %v", z.Device())
	}
}

// What is dropped is freed: temporaries, conversions and weak copies included.
func TestNoLeaks(t *testing.T) {
	work := func() {
		x := Arange(10)
		y := Exp(x).Add(2.5).Mul(x).Div(Ones(3, 10)).Clip(0, 1)
		_ = y
	}
	work()
	before := leak.Steady(jit.LiveBuffers)
	for range 20 {
		work()
	}
	if after := leak.Settle(jit.LiveBuffers, before); after > before {
		t.Errorf("%d live buffers became %d", before, after)
	}
}

func TestDeviceErrors(t *testing.T) {
	runErrors(t, []errorRow{
		{func() { Array{}.BlockUntilReady() }, []string{"never set"}},
	})
}
