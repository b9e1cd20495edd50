package pjrt

/*
#cgo noescape gx_execute
#cgo nocallback gx_execute
#include "shim.h"
*/
import "C"

import (
	"fmt"
	"runtime"
	"sync"
)

// inline is how many arguments and results an execution handles without allocating lists for them.
const inline = 24

// batch is the memory of one call into the plugin. Execute keeps it on the stack.
type batch struct {
	in, out [inline]handle
	kept    [inline]C.int64_t
	dead    [deadBatch]handle
}

// Execute runs x on in and puts its results, which may still be being computed when it returns, into out, which has
// NumOutputs places. All inputs must be on one device; donate (nil for none) marks those whose memory the program may
// use for its results: they are dead afterwards. A deleted or donated input is an error (ErrDeleted, ErrDonated), and
// so is a request that cannot fit into the machine's memory (ErrMemory).
//
// The plugin must not call back into Go meanwhile: programs with Go kernels go through ExecuteCallbacks.
func (x *Executable) Execute(in, out []*Buffer, donate []bool) error {
	// The lists stay on the stack: they are only ever passed down as slices, since what is stored through a pointer
	// counts as escaping.
	var b batch
	hin, hout, kept := b.in[:], b.out[:], b.kept[:]
	if len(in) > inline {
		hin, kept = make([]handle, len(in)), make([]C.int64_t, len(in))
	}
	if len(out) > inline {
		hout = make([]handle, len(out))
	}
	dev, nkept, err := x.begin(hin, kept, in, out, donate)
	if err != nil {
		return err
	}
	ndead := x.client.dead.pop(&b.dead)
	e := C.gx_execute(x.client.api, x.loaded, x.target(dev), &hin[0], C.size_t(len(in)), &hout[0],
		&b.dead[0], C.size_t(ndead), &kept[0], C.size_t(nkept))
	if e != nil {
		err := take(x.client.api, "execute", e)
		if !isExhausted(err) || !x.client.relieve() || x.lost(in, donate) {
			x.undo(in, donate)
			return err
		}
		e = C.gx_execute(x.client.api, x.loaded, x.target(dev), &hin[0], C.size_t(len(in)), &hout[0],
			&b.dead[0], 0, &kept[0], C.size_t(nkept))
		if e != nil {
			x.undo(in, donate)
			return take(x.client.api, "execute", e)
		}
	}
	x.finish(dev, hout, in, out)
	return nil
}

// batches are for ExecuteCallbacks.
var batches = sync.Pool{New: func() any { return new(batch) }}

// ExecuteCallbacks is Execute for programs that call Go code: custom calls to handlers that lead back into Go. It is
// slower by a fraction of a microsecond, and its lists are on the heap, because a callback may move the stack.
func (x *Executable) ExecuteCallbacks(in, out []*Buffer, donate []bool) error {
	b := batches.Get().(*batch)
	defer batches.Put(b)
	hin, hout, kept := b.in[:], b.out[:], b.kept[:]
	if len(in) > inline {
		hin, kept = make([]handle, len(in)), make([]C.int64_t, len(in))
	}
	if len(out) > inline {
		hout = make([]handle, len(out))
	}
	dev, nkept, err := x.begin(hin, kept, in, out, donate)
	if err != nil {
		return err
	}
	ndead := x.client.dead.pop(&b.dead)
	e := C.gx_execute_cb(x.client.api, x.loaded, x.target(dev), &hin[0], C.size_t(len(in)), &hout[0],
		&b.dead[0], C.size_t(ndead), &kept[0], C.size_t(nkept))
	if e != nil {
		x.undo(in, donate)
		return take(x.client.api, "execute", e)
	}
	x.finish(dev, hout, in, out)
	return nil
}

// target is the device to name in the call: none, where the program was compiled for the one it runs on.
func (x *Executable) target(d *Device) C.gx_ref {
	if !x.portable {
		return 0
	}
	return C.gx_ref(uintptr(d.ptr))
}

// begin checks the arguments, takes hold of the inputs and lists their handles, and those the plugin must not use up.
// On an error nothing is held.
func (x *Executable) begin(hin []handle, kept []C.int64_t, in, out []*Buffer, donate []bool) (dev *Device, nkept int,
	err error) {
	if x.gone.Load() {
		return nil, 0, fail(ErrDeleted, "the executable has been deleted")
	}
	if len(out) != len(x.outs) {
		return nil, 0, fmt.Errorf("pjrt: room for %d results of a program that has %d", len(out), len(x.outs))
	}
	if donate != nil && len(donate) != len(in) {
		return nil, 0, fmt.Errorf("pjrt: %d donation marks for %d arguments", len(donate), len(in))
	}
	dev = x.dev
	if x.portable && len(in) > 0 && in[0] != nil {
		dev = in[0].dev
	}
	if err := x.reserve(dev); err != nil {
		return nil, 0, err
	}
	for i, b := range in {
		if err := x.hold(dev, in, i, b, donate); err != nil {
			x.undo(in[:i], donate)
			return nil, 0, err
		}
		hin[i] = b.p
		if x.mayDonate && (donate == nil || !donate[i] || b.shares()) {
			kept[nkept] = C.int64_t(i)
			nkept++
		}
	}
	return dev, nkept, nil
}

// hold takes hold of one input.
func (x *Executable) hold(dev *Device, in []*Buffer, i int, b *Buffer, donate []bool) error {
	if b == nil {
		return fmt.Errorf("pjrt: argument %d is nil", i)
	}
	if b.dev != dev {
		return fail(ErrDevice, "argument %d is on %v and the program runs on %v: copy it there first", i, b.dev, dev)
	}
	s := b.state.Add(1)
	if s&deadFlags != 0 {
		b.release()
		if s&donated != 0 && donate != nil && donate[i] {
			for _, o := range in[:i] {
				if o == b {
					return fail(ErrDonated, "argument %d is donated and passed more than once", i)
				}
			}
		}
		return fmt.Errorf("argument %d: %w", i, deadError(s))
	}
	if donate == nil || !donate[i] {
		return nil
	}
	for _, o := range in[:i] {
		if o == b {
			b.release()
			return fail(ErrDonated, "argument %d is donated and passed more than once", i)
		}
	}
	if old := b.state.Or(donated); old&deadFlags != 0 { // another goroutine was faster
		if old&donated == 0 {
			b.state.And(^int32(donated))
		}
		b.release()
		return fmt.Errorf("argument %d: %w", i, deadError(old))
	}
	return nil
}

// undo lets go of the inputs after an execution that did not happen. Donated ones that the plugin did not consume
// are alive again.
func (x *Executable) undo(in []*Buffer, donate []bool) {
	for i, b := range in {
		if donate != nil && donate[i] && C.gx_gone(x.client.api, b.p) == 0 {
			b.state.And(^int32(donated))
		}
		b.release()
	}
}

// lost reports whether the plugin has consumed an input already, so that trying again makes no sense.
func (x *Executable) lost(in []*Buffer, donate []bool) bool {
	for i, b := range in {
		if donate != nil && donate[i] && C.gx_gone(x.client.api, b.p) != 0 {
			return true
		}
	}
	return false
}

// finish lets go of the inputs, which frees the donated ones, and wraps the results.
func (x *Executable) finish(d *Device, handles []handle, in, out []*Buffer) {
	for _, b := range in {
		b.release()
	}
	if len(out) > 1 && x.out <= litterBytes {
		wrapLitter(handles, d, x.outs, out)
	} else {
		for i, t := range x.outs {
			out[i] = wrap(handles[i], d, t, 0)
		}
	}
	runtime.KeepAlive(x)
}
