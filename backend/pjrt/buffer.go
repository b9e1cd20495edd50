package pjrt

/*
#cgo noescape gx_free
#cgo nocallback gx_free
#cgo noescape gx_free_all
#cgo nocallback gx_free_all
#cgo noescape gx_pointer
#cgo nocallback gx_pointer
#cgo noescape gx_take_done
#cgo nocallback gx_take_done
#include "shim.h"
*/
import "C"

import (
	"fmt"
	"math"
	"runtime"
	"sync/atomic"
	"unsafe"

	"github.com/gojax/gojax/ir"
)

// handle is a PJRT_Buffer pointer, as an integer: C's memory, which Go need not look at.
type handle = C.uintptr_t

// Buffer is one array on a device, possibly still being computed. It frees itself when it becomes unreachable, or at
// once by Delete. All methods may be called from several goroutines.
type Buffer struct {
	p       handle // the PJRT_Buffer
	dev     *Device
	typ     *arrayType
	cleanup runtime.Cleanup // not of a litter's
	litter  *litter         // whom b was made together with, nil if alone
	number  int32           // in the litter
	// state counts the calls that are using p (the low bits) and holds the flags below. Whoever brings a dead buffer's
	// count to zero frees p, so a Delete beside a running call is safe and nobody takes a lock.
	state atomic.Int32
	// views counts the arrays that use b's memory.
	views atomic.Int32
	// Go keeps the cleanups of one memory span in a list that it walks for each new one: with fewer, larger objects in
	// a span a dropped result costs 0.5 µs less.
	_ [76]byte
}

const (
	users     = 1<<16 - 1
	deleted   = 1 << 16
	donated   = 1 << 17
	freed     = 1 << 18
	ready     = 1 << 19 // known to be computed: no need to ask again
	aliasing  = 1 << 20 // its memory is the caller's
	deadFlags = deleted | donated
)

// arrayType is what all results of one output of an executable share.
type arrayType struct {
	dt    ir.DType
	dims  []int
	bytes int64
}

// typeCodes are PJRT's numbers for the element types.
var typeCodes = [...]C.int{
	ir.Bool: 1, ir.Int8: 2, ir.Int16: 3, ir.Int32: 4, ir.Int64: 5,
	ir.Uint8: 6, ir.Uint16: 7, ir.Uint32: 8, ir.Uint64: 9,
	ir.Float16: 10, ir.Float32: 11, ir.Float64: 12, ir.BFloat16: 13,
	ir.Complex64: 14, ir.Complex128: 15,
}

func dtypeOfCode(code C.int) ir.DType {
	for i, c := range typeCodes {
		if c == code && c != 0 {
			return ir.DType(i)
		}
	}
	return ir.Invalid
}

// newType checks dt and dims. A size that cannot be counted is an error here, before it can reach the plugin.
func newType(dt ir.DType, dims []int) (*arrayType, error) {
	if !dt.Valid() {
		return nil, fmt.Errorf("pjrt: %v is not an element type of arrays", dt)
	}
	for _, d := range dims {
		if d < 0 {
			return nil, fmt.Errorf("pjrt: shape %v has a negative dimension", dims)
		}
	}
	n := int64(ir.Aval{Shape: dims, DType: dt}.Bytes())
	if n < 0 {
		return nil, fail(ErrMemory, "an array of %v elements and shape %v has more than 2^62 bytes", dt, dims)
	}
	return &arrayType{dt, append([]int(nil), dims...), n}, nil
}

// wrap makes the Buffer of a new PJRT_Buffer.
func wrap(p handle, d *Device, t *arrayType, flags int32) *Buffer {
	b := &Buffer{p: p, dev: d, typ: t}
	if flags != 0 {
		b.state.Store(flags)
	}
	c := corpse{p, d, t.bytes}
	if flags&aliasing != 0 {
		c.bytes = 0 // the caller's memory, not the device's
	}
	d.mem.born(c.bytes)
	note(p, d, c.bytes)
	b.cleanup = runtime.AddCleanup(b, corpse.collect, c)
	return b
}

// acquire marks b as in use, so that p stays valid until release; a dead buffer is an error.
func (b *Buffer) acquire() error {
	if s := b.state.Add(1); s&deadFlags != 0 {
		b.release()
		return deadError(s)
	}
	return nil
}

func deadError(s int32) error {
	if s&donated != 0 {
		return fail(ErrDonated, "%v", ErrDonated)
	}
	return fail(ErrDeleted, "%v", ErrDeleted)
}

func (b *Buffer) release() {
	if s := b.state.Add(-1); s&users == 0 && s&deadFlags != 0 {
		b.free()
	}
}

// free destroys p once. Only called when b is dead and no live call uses it.
func (b *Buffer) free() {
	if b.state.Or(freed)&freed != 0 {
		return
	}
	if b.litter != nil {
		b.litter.p[b.number] = 0
	} else {
		b.cleanup.Stop()
	}
	s := b.state.Load()
	c := corpse{b.p, b.dev, b.typ.bytes}
	if s&aliasing != 0 {
		c.bytes = 0
	}
	b.dev.mem.died()
	forget(b.p)
	c.bury(s&ready != 0)
	runtime.KeepAlive(b)
}

// Delete frees b's memory at once, or when the calls that are using it have returned. A second Delete does nothing;
// any later use is an error that is ErrDeleted.
func (b *Buffer) Delete() {
	old := b.state.Or(deleted)
	if old&deadFlags == 0 && old&users == 0 {
		b.free()
	}
}

// Deleted reports whether Delete was called or b was donated.
func (b *Buffer) Deleted() bool { return b.state.Load()&deadFlags != 0 }

// Donated reports whether b was given to an execution.
func (b *Buffer) Donated() bool { return b.state.Load()&donated != 0 }

// Aliases reports whether b uses the memory it was made from, as FromHostNoCopy tries.
func (b *Buffer) Aliases() bool { return b.state.Load()&aliasing != 0 }

// shares reports whether others use b's memory too, so that no program may write to it.
func (b *Buffer) shares() bool { return b.state.Load()&aliasing != 0 || b.views.Load() != 0 }

// Device is where b lives.
func (b *Buffer) Device() *Device { return b.dev }

// DType is the element type.
func (b *Buffer) DType() ir.DType { return b.typ.dt }

// Dims is the shape. The slice is shared: do not change it.
func (b *Buffer) Dims() []int { return b.typ.dims }

// Size is the number of bytes on the device, from the shape alone.
func (b *Buffer) Size() int64 { return b.typ.bytes }

// Ready blocks until b is computed, and returns the error of the execution where that failed.
func (b *Buffer) Ready() error {
	if s := b.state.Load(); s&(ready|deadFlags) == ready {
		return nil
	}
	if err := b.acquire(); err != nil {
		return err
	}
	defer b.release()
	return b.wait()
}

// wait waits while b is acquired.
func (b *Buffer) wait() error {
	if b.state.Load()&ready != 0 {
		return nil
	}
	c := b.dev.client
	if err := take(c.api, "execute", C.gx_wait(c.api, b.p)); err != nil {
		return err
	}
	b.state.Or(ready)
	return nil
}

// IsReady reports whether b is computed (or failed), without blocking.
func (b *Buffer) IsReady() bool {
	if b.state.Load()&ready != 0 {
		return true
	}
	if b.acquire() != nil {
		return true
	}
	defer b.release()
	c := b.dev.client
	var r C.int
	if take(c.api, "ready", C.gx_ready(c.api, b.p, &r)) != nil {
		return true
	}
	return r != 0
}

// ToHost waits for b and copies its elements, row-major, to dst, which has n bytes: exactly Size().
func (b *Buffer) ToHost(dst unsafe.Pointer, n int) error {
	if int64(n) != b.typ.bytes {
		return fmt.Errorf("pjrt: %d bytes of memory for an array of %d bytes", n, b.typ.bytes)
	}
	if err := b.acquire(); err != nil {
		return err
	}
	defer b.release()
	if n == 0 {
		return b.wait()
	}
	c := b.dev.client
	if c.cpu { // the plugin would hand the copy to another thread, which costs 20 µs
		src, err := b.pointer()
		if err == nil {
			copyBytes(dst, src, n)
		}
		return err
	}
	return b.copyOut(dst, n)
}

// copyOut has the plugin copy the n bytes of b, row-major, to dst.
func (b *Buffer) copyOut(dst unsafe.Pointer, n int) error {
	c := b.dev.client
	var order *C.int64_t
	rank := len(b.typ.dims)
	if rank > C.GX_FEW_AXES {
		axes := make([]C.int64_t, rank)
		for i := range axes {
			axes[i] = C.int64_t(rank - 1 - i)
		}
		order = &axes[0]
	}
	return take(c.api, "copy to the host", C.gx_to_host(c.api, b.p, dst, C.size_t(n), C.size_t(rank), order))
}

// View waits for b and returns where its elements lie in the memory of this process and how many bytes they take, for
// reading without a copy: row-major, not to be written to, and valid only until b is deleted, donated or unreachable
// (runtime.KeepAlive). It is an error on devices whose memory the CPU does not see.
func (b *Buffer) View() (unsafe.Pointer, int, error) {
	c := b.dev.client
	if !c.cpu {
		return nil, 0, fmt.Errorf("pjrt: the memory of %v cannot be read in place: use ToHost", b.dev)
	}
	if err := b.acquire(); err != nil {
		return nil, 0, err
	}
	defer b.release()
	if b.typ.bytes == 0 {
		return nil, 0, b.wait()
	}
	p, err := b.pointer()
	return p, int(b.typ.bytes), err
}

// Hold is View until Release is called: to delete b meanwhile does no harm.
func (b *Buffer) Hold() ([]byte, error) {
	if err := b.acquire(); err != nil {
		return nil, err
	}
	p, n, err := b.View()
	if err != nil {
		b.release()
		return nil, err
	}
	return unsafe.Slice((*byte)(p), n), nil
}

// Release ends a Hold.
func (b *Buffer) Release() { b.release() }

// pointer waits for b, which is acquired, and returns where its elements are. The CPU plugin lays arrays out row-major
// unless a program asks for something else, which ours do not.
func (b *Buffer) pointer() (unsafe.Pointer, error) {
	if err := b.wait(); err != nil {
		return nil, err
	}
	c := b.dev.client
	var p handle
	if err := take(c.api, "pointer to the elements", C.gx_pointer(c.api, b.p, &p)); err != nil {
		return nil, err
	}
	return *(*unsafe.Pointer)(unsafe.Pointer(&p)), nil
}

// copyBytes copies n bytes.
func copyBytes(dst, src unsafe.Pointer, n int) {
	to, from := unsafe.Slice((*byte)(dst), n), unsafe.Slice((*byte)(src), n)
	if n < 2*shareBytes {
		copy(to, from)
		return
	}
	inShares(n, func(lo, hi int) { copy(to[lo:hi], from[lo:hi]) })
}

// CopyTo copies b to d, also while b is still being computed. Within one client the plugin copies; between clients the
// data goes through the host. On its own device the copy is another buffer with the same elements.
func (b *Buffer) CopyTo(d *Device) (*Buffer, error) {
	c := b.dev.client
	if d.client == c && d != b.dev {
		if err := b.acquire(); err != nil {
			return nil, err
		}
		defer b.release()
		if err := reserve(d, b.typ.bytes); err != nil {
			return nil, err
		}
		var p handle
		if err := take(c.api, "copy to "+d.name, C.gx_copy(c.api, b.p, d.ptr, &p)); err != nil {
			return nil, err
		}
		return wrap(p, d, b.typ, 0), nil
	}
	if b.dev.client.cpu {
		v, _, err := b.View()
		if err != nil {
			return nil, err
		}
		out, err := d.client.FromHost(v, b.typ.dt, b.typ.dims, d)
		runtime.KeepAlive(b)
		return out, err
	}
	if b.typ.bytes > math.MaxInt {
		return nil, fail(ErrMemory, "an array of %d bytes cannot go through the host", b.typ.bytes)
	}
	host := AlignedBytes(int(b.typ.bytes))
	if err := b.ToHost(unsafe.Pointer(unsafe.SliceData(host)), len(host)); err != nil {
		return nil, err
	}
	return d.client.FromHost(unsafe.Pointer(unsafe.SliceData(host)), b.typ.dt, b.typ.dims, d)
}
