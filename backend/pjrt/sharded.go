package pjrt

/*
#include "shim.h"
*/
import "C"

import (
	"fmt"
	"sync"
)

// shardedCall is the memory of one ExecuteSharded. The lists of handles have those of one device after the other.
type shardedCall struct {
	bufs    []*Buffer // arguments, device by device; then the results of one device
	handles []handle
	kept    []C.int64_t
	dead    [deadBatch]handle
}

var shardedCalls = sync.Pool{New: func() any { return new(shardedCall) }}

// room gives the lists for a call, which are never empty.
func (s *shardedCall) room(devices, in, out int) {
	if n := devices*in + out; cap(s.bufs) < n {
		s.bufs = make([]*Buffer, n)
	}
	if n := devices*(in+out) + 2; cap(s.handles) < n {
		s.handles = make([]handle, n)
	}
	if cap(s.kept) < in+1 {
		s.kept = make([]C.int64_t, in+1)
	}
}

// put keeps the lists for another call, without what they refer to.
func (s *shardedCall) put() {
	clear(s.bufs[:cap(s.bufs)])
	shardedCalls.Put(s)
}

// ExecuteSharded runs x, which was compiled for several devices (CompileOptions.Devices), on all of them. in[i][d] is
// the block of argument i on device d, and out[o][d] gets that of result o, which may still be being computed. donate
// is as for Execute, and holds for all blocks of an argument. An array of another device is ErrDevice.
//
// At most 8 launches on several devices are under way in a client: one more waits until the one 8 before it has ended.
// A Go function that such a program calls must not come here.
func (x *Executable) ExecuteSharded(in, out [][]*Buffer, donate []bool) error {
	if err := x.checkSharded(in, out, donate); err != nil {
		return err
	}
	if holds.Load() > 0 {
		takeDone()
	}
	s := shardedCalls.Get().(*shardedCall)
	defer s.put()
	s.room(len(x.devices), len(in), len(out))
	if len(x.devices) == 1 {
		return x.launch(s, in, out, donate, nil)
	}
	l, launched := x.client.gate.enter(len(x.devices)), (*Executable)(nil)
	defer func() { x.client.gate.leave(l, launched) }()
	err := x.launch(s, in, out, donate, l.events)
	if err == nil {
		launched = x
	}
	return err
}

func (x *Executable) checkSharded(in, out [][]*Buffer, donate []bool) error {
	n := len(x.devices)
	switch {
	case x.gone.Load():
		return fail(ErrDeleted, "the executable has been deleted")
	case n == 0:
		return fmt.Errorf("pjrt: the program was not compiled for the devices of a mesh: use Execute")
	case len(out) != len(x.outs):
		return fmt.Errorf("pjrt: room for %d results of a program that has %d", len(out), len(x.outs))
	case donate != nil && len(donate) != len(in):
		return fmt.Errorf("pjrt: %d donation marks for %d arguments", len(donate), len(in))
	}
	for i, blocks := range in {
		if len(blocks) != n {
			return fmt.Errorf("pjrt: argument %d has %d blocks for %d devices", i, len(blocks), n)
		}
	}
	for o, blocks := range out {
		if len(blocks) != n {
			return fmt.Errorf("pjrt: room for %d blocks of result %d on %d devices", len(blocks), o, n)
		}
	}
	return nil
}

// launch makes the call. events gets one for each device, unless it is nil.
func (x *Executable) launch(s *shardedCall, in, out [][]*Buffer, donate []bool, events []handle) error {
	for i, d := range x.devices {
		r := request{out: x.out}
		if i == 0 {
			r = x.request
		}
		if err := r.reserve(d); err != nil {
			return err
		}
	}
	nkept, err := x.holdShards(s, in, donate)
	if err != nil {
		return err
	}
	c, n := x.client, len(x.devices)
	made := s.handles[n*len(in) : cap(s.handles)]
	var event *handle
	if events != nil {
		event = &events[0]
	}
	ndead := c.dead.pop(&s.dead)
	call := func() error {
		return take(c.api, "execute", C.gx_execute_n(c.api, x.loaded, C.size_t(n), &s.handles[:1][0], C.size_t(len(in)),
			&made[0], C.size_t(len(out)), &s.dead[0], C.size_t(ndead), &s.kept[:1][0], C.size_t(nkept), event))
	}
	err = call()
	ndead = 0
	if isExhausted(err) && c.relieve() && !x.lostShards(s, len(in), donate) {
		err = call()
	}
	if err != nil {
		x.undoShards(s, len(in), n*len(in), donate)
		return err
	}
	row := s.bufs[n*len(in):][:len(out)]
	for i, d := range x.devices {
		x.finish(d, made[i*len(out):], s.row(i, len(in)), row)
		for o, b := range row {
			out[o][i] = b
		}
	}
	return nil
}

// row are the arguments of a device.
func (s *shardedCall) row(device, in int) []*Buffer { return s.bufs[device*in:][:in] }

// holdShards takes hold of the inputs, and lists their handles and those arguments that the plugin must not use up.
func (x *Executable) holdShards(s *shardedCall, in [][]*Buffer, donate []bool) (nkept int, err error) {
	s.bufs, s.handles, s.kept = s.bufs[:cap(s.bufs)], s.handles[:cap(s.handles)], s.kept[:cap(s.kept)]
	for d, dev := range x.devices {
		row := s.row(d, len(in))
		for i := range in {
			b := in[i][d]
			if err := x.hold(dev, row, i, b, donate); err != nil {
				x.undoShards(s, len(in), d*len(in)+i, donate)
				return 0, fmt.Errorf("%w (its block for %v)", err, dev)
			}
			row[i], s.handles[d*len(in)+i] = b, b.p
		}
	}
	if !x.mayDonate {
		return 0, nil
	}
	for i, blocks := range in {
		kept := donate == nil || !donate[i]
		for d := 0; d < len(blocks) && !kept; d++ {
			kept = blocks[d].shares()
		}
		if kept {
			s.kept[nkept] = C.int64_t(i)
			nkept++
		}
	}
	return nkept, nil
}

// undoShards lets go of the first n of the inputs, of which each device has so many.
func (x *Executable) undoShards(s *shardedCall, in, n int, donate []bool) {
	for from := 0; from < n; from += in {
		x.undo(s.bufs[from:min(from+in, n)], donate)
	}
}

func (x *Executable) lostShards(s *shardedCall, in int, donate []bool) bool {
	for d := range x.devices {
		if x.lost(s.row(d, in), donate) {
			return true
		}
	}
	return false
}
