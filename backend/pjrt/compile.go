package pjrt

/*
#include <stdlib.h>
#include "shim.h"
*/
import "C"

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"runtime"
	"slices"
	"sync/atomic"
	"unsafe"
)

// CompileOptions say how to compile.
type CompileOptions struct {
	// Device is where a program without arguments runs; nil is the first device. With arguments a program runs where
	// they are.
	Device *Device
	// Devices, if not nil, are where the partitions of a program run, in this order: one for each. Shardy partitions
	// it, and it is called by ExecuteSharded. Some may be of other processes, which compile and call it as well.
	Devices []*Device
	// Effort is how hard the CPU's compiler tries. It is for programs whose results it cannot change.
	Effort Effort
}

// Executable is a compiled program. It frees itself when it becomes unreachable.
type Executable struct {
	client    *Client
	loaded    C.gx_ref
	dev       *Device
	devices   []*Device // of the partitions, those of this process; nil where it was not compiled for such
	portable  bool      // it runs on whichever device its arguments are on
	mayDonate bool      // the program says that it can use arguments' memory: then each call says which it may not
	outs      []*arrayType
	request   // results; and with temporaries, less what is reused of the arguments
	memory    CompiledMemory
	gone      atomic.Bool
	core      *loadedCore
	again     func(*Client) (*Executable, error) // compiles it for another lane of an inline client
	lanes     onLanes
}

// loadedCore owns the PJRT_LoadedExecutable, which several Executables may share.
type loadedCore struct{ ref loadedRef }

type loadedRef struct {
	api C.gx_ref
	ptr unsafe.Pointer
}

func (r loadedRef) free() { C.gx_loaded_free(r.api, r.ptr) }

// CompiledMemory is what the compiler knows about a program's memory, in bytes.
type CompiledMemory struct {
	Argument      int64
	Output        int64
	Temp          int64
	Alias         int64 // of the output, reused from arguments
	GeneratedCode int64
	Peak          int64
}

// options is the serialized CompileOptionsProto. For no devices: one replica, one partition, no fixed device; portable
// where there are several devices, or may be in another lane, so that one executable serves them all. For devices: one
// partition each. debug are serialized DebugOptions in the place of the plugin's own.
func (c *Client) options(o CompileOptions, debug ...byte) []byte {
	on := o.Devices
	build := []byte{
		0x08, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01, // device_ordinal: -1
		0x20, 1, // num_replicas
	}
	build = binary.AppendUvarint(append(build, 0x28), uint64(max(1, len(on)))) // num_partitions
	if len(debug) > 0 {
		build = protoBytes(build, 3, debug)
	}
	if on != nil {
		build = append(build, 0x30, 1)               // use_spmd_partitioning
		build = protoBytes(build, 9, assignment(on)) // device_assignment
		build = append(build, 0x98, 1, 1)            // use_shardy_partitioner
	}
	p := protoBytes(nil, 3, build) // executable_build_options
	if on == nil && c.portable() {
		p = append(p, 0x20, 1) // compile_portable_executable
	}
	overrides := slices.Concat(c.overrides, o.Effort.overrides())
	if o.Effort != sturdyEffort {
		overrides = append(overrides, c.fragile...)
	}
	for _, kv := range overrides { // env_option_overrides
		value := protoBytes(nil, 1, []byte(kv[1]))
		p = protoBytes(p, 7, protoBytes(protoBytes(nil, 1, []byte(kv[0])), 2, value))
	}
	return p
}

// assignment is the serialized DeviceAssignmentProto of one replica that has a partition on each of the devices.
func assignment(on []*Device) []byte {
	a := []byte{0x08, 1}                                       // replica_count
	a = binary.AppendUvarint(append(a, 0x10), uint64(len(on))) // computation_count
	for _, d := range on {
		a = protoBytes(a, 3, protoBytes(nil, 1, binary.AppendUvarint(nil, uint64(d.id))))
	}
	return a
}

// protoBytes appends a length-delimited field of a protocol buffer.
func protoBytes(o []byte, field int, b []byte) []byte {
	o = binary.AppendUvarint(o, uint64(field)<<3|2)
	return append(binary.AppendUvarint(o, uint64(len(b))), b...)
}

func (c *Client) portable() bool { return len(c.devices) > 1 || c.inline > 0 }

// compileDevice checks the devices of o and is the first of them.
func (c *Client) compileDevice(o CompileOptions) (*Device, error) {
	if o.Devices != nil {
		return c.compileDevices(o.Devices)
	}
	if o.Device == nil {
		return c.devices[0], nil
	}
	if o.Device.client != c {
		return nil, fail(ErrDevice, "device %v does not belong to the %s client", o.Device, c.platform)
	}
	return o.Device, nil
}

func (c *Client) compileDevices(on []*Device) (*Device, error) {
	if len(on) == 0 {
		return nil, fail(ErrDevice, "a program for no device")
	}
	for i, d := range on {
		if d == nil || d.client != c {
			return nil, fail(ErrDevice, "device %v does not belong to the %s client", d, c.platform)
		}
		if slices.Contains(on[:i], d) {
			return nil, fail(ErrDevice, "two partitions of a program on %v", d)
		}
	}
	mine := own(on)
	if len(mine) == 0 {
		return nil, fail(ErrDevice, "a program for the devices %v, of which none is of this process", on)
	}
	return mine[0], nil
}

// spans reports whether some of the devices are of other processes.
func spans(on []*Device) bool {
	return slices.ContainsFunc(on, func(d *Device) bool { return d != nil && !d.IsAddressable() })
}

// Compile compiles a StableHLO module, given as text. The error of a refused program has the plugin's text.
func (c *Client) Compile(text []byte, o CompileOptions) (*Executable, error) {
	d, err := c.compileDevice(o)
	if err != nil {
		return nil, err
	}
	if len(text) == 0 {
		return nil, fmt.Errorf("pjrt: compile: the program is empty")
	}
	loaded, err := c.compile(text, o)
	if err != nil && o.Effort != FullEffort { // perhaps the plugin has no such options
		o.Effort = FullEffort
		loaded, err = c.compile(text, o)
	}
	if err != nil && len(c.fragile) > 0 {
		o.Effort = sturdyEffort
		if other, failed := c.compile(text, o); failed == nil {
			loaded, err = other, nil
		}
	}
	if err != nil {
		return nil, err
	}
	return c.adopt(loaded, d, o.Devices, donates(text))
}

// compile compiles in one way, and again where a GPU's memory was full: its compiler tries out kernels on the device.
func (c *Client) compile(text []byte, o CompileOptions) (loaded unsafe.Pointer, err error) {
	opts := c.options(o, c.debugOptions(text, o.Devices)...)
	ctext, copts := C.CBytes(text), C.CBytes(opts)
	defer C.free(ctext)
	defer C.free(copts)
	once := func() error {
		return take(c.api, "compile",
			C.gx_compile(c.api, c.ptr, (*C.char)(ctext), C.size_t(len(text)), (*C.char)(copts), C.size_t(len(opts)),
				&loaded))
	}
	err = once()
	if isExhausted(err) && c.relieve() {
		err = once()
	}
	return loaded, err
}

// donates reports whether the program gives arguments away.
func donates(text []byte) bool {
	return bytes.Contains(text, []byte("tf.aliasing_output")) || bytes.Contains(text, []byte("jax.buffer_donor"))
}

// Load makes an executable of what Serialize gave, on the same kind of device and with the same plugin.
func (c *Client) Load(serialized []byte, o CompileOptions) (*Executable, error) {
	return c.load(serialized, o, true)
}

func (c *Client) load(serialized []byte, o CompileOptions, mayDonate bool) (*Executable, error) {
	d, err := c.compileDevice(o)
	if err != nil {
		return nil, err
	}
	if len(serialized) == 0 {
		return nil, fmt.Errorf("pjrt: load: nothing to load")
	}
	var loaded unsafe.Pointer
	e := C.gx_load(c.api, c.ptr, (*C.char)(unsafe.Pointer(&serialized[0])), C.size_t(len(serialized)), &loaded)
	if err := take(c.api, "load", e); err != nil {
		return nil, err
	}
	return c.adopt(loaded, d, o.Devices, mayDonate)
}

// adopt makes the Executable of a loaded one.
func (c *Client) adopt(loaded unsafe.Pointer, d *Device, on []*Device, mayDonate bool) (*Executable, error) {
	x := &Executable{client: c, loaded: C.gx_ref(uintptr(loaded)), dev: d, devices: own(on),
		portable: on == nil && c.portable(), mayDonate: mayDonate, core: &loadedCore{loadedRef{c.api, loaded}}}
	runtime.AddCleanup(x.core, loadedRef.free, x.core.ref)
	err := x.inner(func(exe unsafe.Pointer) error {
		var n C.size_t
		var types *C.int
		var dims *C.int64_t
		var ranks *C.size_t
		if err := take(c.api, "results of the program",
			C.gx_outputs(c.api, exe, &n, &types, &dims, &ranks)); err != nil {
			return err
		}
		all := dims
		for i := range int(n) {
			rank := int(unsafe.Slice(ranks, n)[i])
			shape := make([]int, rank)
			for j, v := range unsafe.Slice(all, rank) {
				shape[j] = int(v)
			}
			if rank > 0 {
				all = (*C.int64_t)(unsafe.Add(unsafe.Pointer(all), rank*8))
			}
			t, err := newType(dtypeOfCode(unsafe.Slice(types, n)[i]), shape)
			if err != nil {
				return err
			}
			if x.out > math.MaxInt64-t.bytes {
				return fail(ErrMemory, "the program's results have more than 2^63 bytes")
			}
			x.out += t.bytes
			x.outs = append(x.outs, t)
		}
		x.need = x.out
		var m [6]C.int64_t
		err := take(c.api, "memory of the program", C.gx_memory(c.api, exe, &m[0]))
		if err == nil {
			x.memory = CompiledMemory{int64(m[0]), int64(m[1]), int64(m[2]), int64(m[3]), int64(m[4]), int64(m[5])}
			x.need = max(0, x.out-x.memory.Alias) + x.memory.Temp
			x.blocks = x.wanted()
			if n := int64(len(on)); n > 1 && c.cpu { // they share one memory
				x.need = min(x.need, math.MaxInt64/n) * n
			}
		} else if e := err.(*Error); e.Code != CodeUnimplemented {
			return err
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return x, nil
}

// wanted are the blocks of the pool that a call takes: one for each result that is not written over an argument, and
// one for all temporaries.
func (x *Executable) wanted() []block {
	sizes, alias := []int64{x.memory.Temp}, x.memory.Alias
	for _, t := range x.outs {
		if t.bytes <= alias {
			alias -= t.bytes
			continue
		}
		sizes = append(sizes, t.bytes)
	}
	return blocksOf(slices.Repeat(sizes, max(1, len(x.devices)))...)
}

// inner lends f the PJRT_Executable behind x.
func (x *Executable) inner(f func(exe unsafe.Pointer) error) error {
	if x.gone.Load() {
		return fail(ErrDeleted, "the executable has been deleted")
	}
	api := x.client.api
	var exe unsafe.Pointer
	if err := take(api, "executable", C.gx_inner(api, x.core.ref.ptr, &exe)); err != nil {
		return err
	}
	defer C.gx_inner_free(api, exe)
	err := f(exe)
	runtime.KeepAlive(x)
	return err
}

// NumOutputs is the number of results.
func (x *Executable) NumOutputs() int { return len(x.outs) }

// Memory is what the compiler says the program needs; zeros where the plugin does not know.
func (x *Executable) Memory() (CompiledMemory, error) {
	if x.gone.Load() {
		return CompiledMemory{}, fail(ErrDeleted, "the executable has been deleted")
	}
	return x.memory, nil
}

// Devices are those of the partitions, in order; nil where x was not compiled for such. The slice is shared: do not
// change it.
func (x *Executable) Devices() []*Device { return x.devices }

// Device is where a program without arguments runs.
func (x *Executable) Device() *Device { return x.dev }

// Delete makes x unusable; its memory goes when no call is using it any more.
func (x *Executable) Delete() { x.gone.Store(true) }

// Serialize is the compiled program as bytes for Load.
func (x *Executable) Serialize() ([]byte, error) {
	var out []byte
	err := x.inner(func(exe unsafe.Pointer) error {
		var s C.gx_str
		var holder, release unsafe.Pointer
		if err := take(x.client.api, "serialize",
			C.gx_serialize(x.client.api, exe, &s, &holder, &release)); err != nil {
			return err
		}
		out = bytes.Clone(unsafe.Slice((*byte)(unsafe.Pointer(s.p)), int(s.n)))
		C.gx_release(holder, release)
		return nil
	})
	return out, err
}

// CostAnalysis is the compiler's estimate of the program's work: "flops", "bytes accessed" and more, by the plugin's
// names.
func (x *Executable) CostAnalysis() (map[string]float64, error) {
	m := map[string]float64{}
	err := x.inner(func(exe unsafe.Pointer) error {
		var p *C.NamedValue
		var n C.size_t
		if err := take(x.client.api, "cost analysis", C.gx_cost(x.client.api, exe, &p, &n)); err != nil {
			return err
		}
		for i := range n {
			var name C.gx_str
			var v C.double
			var numeric C.int
			C.gx_cost_at(p, i, &name, &v, &numeric)
			if numeric != 0 {
				m[goText(name)] = float64(v)
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return m, nil
}

// optimized is the program after optimization, and the format it is in.
func (x *Executable) optimized() (code []byte, format string, err error) {
	err = x.inner(func(exe unsafe.Pointer) error {
		var n C.size_t
		var f C.gx_str
		if err := take(x.client.api, "optimized program", C.gx_program(x.client.api, exe, nil, &n, &f)); err != nil {
			return err
		}
		code = make([]byte, n)
		if n > 0 {
			if err := take(x.client.api, "optimized program",
				C.gx_program(x.client.api, exe, (*C.char)(unsafe.Pointer(&code[0])), &n, &f)); err != nil {
				return err
			}
		}
		format = goText(f)
		return nil
	})
	return code, format, err
}
