package pjrt

/*
#include "shim.h"
*/
import "C"

import (
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"unsafe"

	"github.com/gojax/gojax/ir"
)

// hostAlign is the alignment at which the CPU plugin uses host memory in place; anything less it copies.
const hostAlign = 64

// FromHost copies an array to d (nil: the first device). data points to its elements, row-major; the copy is taken
// during the call. data may be nil for an array without elements.
func (c *Client) FromHost(data unsafe.Pointer, dt ir.DType, dims []int, d *Device) (*Buffer, error) {
	t, d, err := c.hostArgs(data, dt, dims, d)
	if err != nil {
		return nil, err
	}
	return c.fromHost(data, t, d, 0)
}

// FromHostNoCopy makes an array out of memory that is not copied where that is possible: on the CPU, when data is
// aligned to 64 bytes (AlignedBytes, or any large Go allocation). The memory must not change until the buffer is
// deleted and no execution uses it any more; keep, which the memory belongs to, is held alive until then. Elsewhere
// it is the same as FromHost. (*Buffer).Aliases tells which it was.
func (c *Client) FromHostNoCopy(data unsafe.Pointer, dt ir.DType, dims []int, d *Device, keep any) (*Buffer, error) {
	t, d, err := c.hostArgs(data, dt, dims, d)
	if err != nil {
		return nil, err
	}
	if !c.cpu || uintptr(data)%hostAlign != 0 || t.bytes == 0 {
		return c.fromHost(data, t, d, 0)
	}
	takeDone()
	b, err := c.fromHost(data, t, d, hold(data, keep))
	runtime.KeepAlive(keep)
	return b, err
}

func (c *Client) hostArgs(data unsafe.Pointer, dt ir.DType, dims []int, d *Device) (*arrayType, *Device, error) {
	t, err := newType(dt, dims)
	if err != nil {
		return nil, nil, err
	}
	if d == nil {
		d = c.devices[0]
	}
	if d.client != c {
		return nil, nil, fail(ErrDevice, "device %v does not belong to the %s client", d, c.platform)
	}
	if data == nil && t.bytes > 0 {
		return nil, nil, fmt.Errorf("pjrt: no data for an array of shape %v", dims)
	}
	return t, d, nil
}

var empty [hostAlign]byte // where arrays without elements point

func (c *Client) fromHost(data unsafe.Pointer, t *arrayType, d *Device, ticket uint64) (*Buffer, error) {
	if data == nil {
		data = unsafe.Pointer(&empty)
	}
	if ticket == 0 {
		if err := reserve(d, t.bytes); err != nil {
			return nil, err
		}
	}
	var small [8]C.int64_t
	dims := t.appendDims(small[:0])
	var p handle
	send := func() error {
		e := C.gx_from_host(c.api, c.ptr, d.ptr, data, typeCodes[t.dt], unsafe.SliceData(dims), C.size_t(len(dims)),
			C.uint64_t(ticket), &p)
		return take(c.api, "copy to "+d.name, e)
	}
	err := send()
	if isExhausted(err) && c.relieve() {
		err = send()
	}
	if err != nil {
		if ticket != 0 {
			drop(ticket)
		}
		return nil, err
	}
	if ticket == 0 {
		return wrap(p, d, t, ready0(c)), nil
	}
	// Whether the plugin took the memory as it is or made a copy of it after all, its pointer tells.
	var got handle
	e := C.gx_pointer(c.api, p, &got)
	if take(c.api, "pointer", e) == nil && uintptr(got) == uintptr(data) {
		return wrap(p, d, t, aliasing|ready), nil
	}
	return wrap(p, d, t, 0), nil
}

func (t *arrayType) appendDims(dims []C.int64_t) []C.int64_t {
	for _, n := range t.dims {
		dims = append(dims, C.int64_t(n))
	}
	return dims
}

// uninitialized is an array of d that is to be written where elements is, before anyone else has it.
func (c *Client) uninitialized(t *arrayType, d *Device) (b *Buffer, elements []byte, err error) {
	if err := reserve(d, t.bytes); err != nil {
		return nil, nil, err
	}
	var small [8]C.int64_t
	dims := t.appendDims(small[:0])
	var p handle
	e := C.gx_uninitialized(c.api, c.ptr, d.ptr, typeCodes[t.dt], unsafe.SliceData(dims), C.size_t(len(dims)), &p)
	if err := take(c.api, "room on "+d.name, e); err != nil {
		return nil, nil, err
	}
	b = wrap(p, d, t, 0)
	data, n, err := b.View()
	return b, unsafe.Slice((*byte)(data), n), err
}

// ready0 is the state of a fresh copy: done on the CPU, where the plugin copies in the call.
func ready0(c *Client) int32 {
	if c.cpu {
		return ready
	}
	return 0
}

// held is the host memory that the plugin may still read, by ticket.
var held = struct {
	sync.Mutex
	next uint64
	m    map[uint64]*holding
}{m: map[uint64]*holding{}}

// holds is the number of entries of held, for those who need not look.
var holds atomic.Int64

type holding struct {
	keep any
	pin  runtime.Pinner
}

// hold keeps the owner of the memory alive, and the memory in place, until the ticket comes back from the plugin.
func hold(data unsafe.Pointer, keep any) uint64 {
	h := &holding{keep: keep}
	h.pin.Pin(data) // data outside Go's heap is let through as it is
	held.Lock()
	defer held.Unlock()
	held.next++
	holds.Add(1)
	held.m[held.next] = h
	return held.next
}

func drop(ticket uint64) {
	held.Lock()
	h := held.m[ticket]
	delete(held.m, ticket)
	held.Unlock()
	if h != nil {
		holds.Add(-1)
		h.pin.Unpin()
		if l, ok := h.keep.(lender); ok {
			l.done()
		}
	}
}

// takeDone lets go of the host memory that the plugin has finished with.
func takeDone() {
	var t [32]C.uint64_t
	for {
		n := int(C.gx_take_done(&t[0], C.size_t(len(t))))
		for _, k := range t[:n] {
			drop(uint64(k))
		}
		if n < len(t) {
			return
		}
	}
}

// heldHost is how many pieces of host memory are being kept for the plugin.
func heldHost() int {
	takeDone()
	held.Lock()
	defer held.Unlock()
	return len(held.m)
}

// AlignedBytes is n zero bytes of Go memory aligned to 64 bytes, as FromHostNoCopy wants.
func AlignedBytes(n int) []byte {
	if n == 0 {
		return []byte{}
	}
	b := make([]byte, n+hostAlign-1)
	off := int(-uintptr(unsafe.Pointer(&b[0])) & (hostAlign - 1))
	return b[off : off+n : off+n]
}
