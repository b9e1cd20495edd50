package jnp

import (
	"fmt"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
	"github.com/gojax/gojax/transforms/jit"
)

// Device is where arrays live: jit.Devices lists those of the process.
type Device = jit.Device

// Device is the device that a is on (JAX's Array.device). It panics for a traced array, which is on none.
func (a Array) Device() *Device { return a.device("jnp.Array.Device") }

func (a Array) device(op string) *Device {
	v := a.val(op)
	if v.Traced() {
		trace.Fail(op, []ir.Aval{v.Aval()}, "a traced array is on no device: the program runs where its inputs are")
	}
	return jit.DeviceOf(v)
}

// Devices is the devices that a is spread over (JAX's Array.devices): the one of Device.
func (a Array) Devices() []*Device { return []*Device{a.device("jnp.Array.Devices")} }

// ToDevice is a on device d: a itself if it is there (NumPy to_device).
func (a Array) ToDevice(d *Device) Array { return Wrap(jit.DevicePut(a.val("jnp.Array.ToDevice"), d)) }

// BlockUntilReady waits until a is computed and returns it (JAX's Array.block_until_ready). It panics with a
// *trace.Error, which names the line that launched the computation, if that failed. A traced array is returned at once.
func (a Array) BlockUntilReady() Array {
	if v := a.val("jnp.Array.BlockUntilReady"); !v.Traced() {
		jit.Wait(v)
	}
	return a
}

// IsReady reports whether a is computed already (JAX's Array.is_ready); it does not wait.
func (a Array) IsReady() bool {
	b, ok := a.val("jnp.Array.IsReady").Buffer().(interface{ IsReady() bool })
	return !ok || b.IsReady()
}

// Delete frees the device memory of a at once, instead of when the collector finds it unused. Using a, or another Array
// of the same data, afterwards is an error.
func (a Array) Delete() { jit.Delete(a.val("jnp.Array.Delete")) }

// IsDeleted reports whether a's memory was freed by Delete or given away by donation.
func (a Array) IsDeleted() bool {
	b := a.val("jnp.Array.IsDeleted").Buffer()
	return b != nil && b.Deleted()
}

// Copy is a in memory of its own (NumPy copy). Arrays never change, so this is only for an array that will be donated.
func (a Array) Copy() Array {
	v := a.val("jnp.Copy")
	if v.Traced() {
		return a
	}
	return whole1("jnp.Copy", nil, v, func(v *value) *value { return v })
}

// onDevice is a on device d; nil is where it is.
func onDevice(op string, a Array, d *Device) Array {
	if d == nil {
		return a
	}
	if trace.AnyTraced(a.v) {
		trace.Fail(op, nil, "a device cannot be chosen inside a traced function: the program runs where its inputs are")
	}
	if b := a.v.Buffer(); b != nil && jit.DeviceOf(a.v) != d {
		defer b.Delete()
	}
	return a.ToDevice(d)
}

var _ fmt.Stringer = Array{}
