package jnp

import (
	"fmt"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
	"github.com/gojax/gojax/transforms/jit"
)

// Device is where arrays live: jit.Devices lists those of the process.
type Device = jit.Device

// Device is the device that a is on (JAX's Array.device). It panics for a traced array, which is on none, and for one
// that lies over the devices of a mesh, which Devices lists.
func (a Array) Device() *Device {
	const op = "jnp.Array.Device"
	v := a.concrete(op)
	if s, over := jit.ShardingOf(v); over {
		trace.Fail(op, []ir.Aval{v.Aval()}, "the array lies over the devices of a mesh, %v; Devices lists them", s)
	}
	return jit.DeviceOf(v)
}

// concrete is the Value of a, which is not traced.
func (a Array) concrete(op string) *value {
	v := a.val(op)
	if v.Traced() {
		trace.Fail(op, []ir.Aval{v.Aval()}, "a traced array is on no device: the program runs where its inputs are")
	}
	return v
}

// Devices is the devices that a is spread over (JAX's Array.devices): the one of Device, or those of its mesh.
func (a Array) Devices() []*Device {
	shards := jit.ShardsOf(a.concrete("jnp.Array.Devices"))
	d := make([]*Device, len(shards))
	for i, s := range shards {
		d[i] = s.Device
	}
	return d
}

// Sharding is how a lies over the devices of a mesh; false where it is on one device (JAX's Array.sharding).
func (a Array) Sharding() (ir.Sharding, bool) {
	return jit.ShardingOf(a.concrete("jnp.Array.Sharding"))
}

// Shard is the part of an array that one device has (JAX's Shard).
type Shard struct {
	Device  *Device
	Index   [][2]int // where it is in the whole: from and to, for each dimension
	Replica int      // its number among the devices that have the same part
	Data    Array
}

// Shards are the parts of a, one for each device of its mesh, in the mesh's order; of an array on one device it is the
// whole (JAX's Array.addressable_shards). They share a's memory.
func (a Array) Shards() []Shard {
	shards := jit.ShardsOf(a.concrete("jnp.Array.Shards"))
	r := make([]Shard, len(shards))
	for i, s := range shards {
		r[i] = Shard{s.Device, s.Index, s.Replica, Wrap(s.Value)}
	}
	return r
}

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
