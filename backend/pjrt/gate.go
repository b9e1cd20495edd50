package pjrt

/*
#include "shim.h"
*/
import "C"

import (
	"fmt"
	"sync"
	"sync/atomic"
	"time"
)

// XLA's CPU client queues 32 programs a device, and the programs of one launch wait for each other in collectives. With
// more launches than that under way, the threads of its pool may all wait for programs that nobody runs: after a while
// XLA ends the process. So few launches are under way at a time; more would not be faster.
const maxLaunches = 8

// gate lets a launch in when the one that came maxLaunches before it has ended.
type gate struct {
	once     sync.Once
	slots    chan *launch // in the order of their launches
	all      [maxLaunches]launch
	watching atomic.Bool
}

// launch is a call of a program of several devices, if x is not nil: it may be under way until all events came.
type launch struct {
	mu     sync.Mutex // for whoever frees the events or looks at them from aside
	x      *Executable
	events []handle
	began  time.Time
	told   bool
}

// enter waits for a slot, which leave gives back. Its events have room for n devices.
func (g *gate) enter(n int) *launch {
	g.once.Do(func() {
		g.slots = make(chan *launch, maxLaunches)
		for i := range g.all {
			g.slots <- &g.all[i]
		}
	})
	l := <-g.slots
	l.await()
	if cap(l.events) < n {
		l.events = make([]handle, n)
	}
	l.events = l.events[:n]
	return l
}

// await waits for the end of the launch, however it ends.
func (l *launch) await() {
	if l.x == nil {
		return
	}
	api, n := l.x.client.api, C.size_t(len(l.events))
	C.gx_events_wait(api, &l.events[0], n)
	l.mu.Lock()
	C.gx_events_free(api, &l.events[0], n)
	l.x = nil
	l.mu.Unlock()
}

// leave puts the slot back; x is what was launched, with the slot's events, or nil.
func (g *gate) leave(l *launch, x *Executable) {
	if x != nil {
		l.mu.Lock()
		l.x, l.began, l.told = x, time.Now(), false
		l.mu.Unlock()
		g.watch()
	}
	g.slots <- l
}

// A launch that has not ended for so long is told of.
const stuckAfter = time.Minute

var stuckLimit = stuckAfter // shorter in tests

// watch has the launches looked at from time to time as long as some are under way.
func (g *gate) watch() {
	if !g.watching.Load() && !g.watching.Swap(true) {
		time.AfterFunc(stuckLimit/2, g.look)
	}
}

func (g *gate) look() {
	busy := false
	for i := range g.all {
		l := &g.all[i]
		l.mu.Lock()
		x := l.x
		if x != nil && C.gx_events_ready(x.client.api, &l.events[0], C.size_t(len(l.events))) != 0 {
			x = nil
		}
		late := x != nil && !l.told && time.Since(l.began) >= stuckLimit
		l.told = l.told || late
		var failed error
		if late {
			failed = l.failed()
		}
		l.mu.Unlock()
		if late {
			x.stuck(failed)
		}
		busy = busy || x != nil
	}
	g.watching.Store(false)
	if busy {
		g.watch()
	}
}

// failed is the error of the first device on which the launch has ended with one.
func (l *launch) failed() error {
	for i := range l.events {
		if C.gx_events_ready(l.x.client.api, &l.events[i], 1) == 0 {
			continue
		}
		if err := take(l.x.client.api, "execute", C.gx_event_error(l.x.client.api, l.events[i])); err != nil {
			return fmt.Errorf("%w (on %v)", err, l.x.devices[i])
		}
	}
	return nil
}

// stuck says that a launch of x does not end.
func (x *Executable) stuck(failed error) {
	name, err := x.name()
	if err != nil {
		name = "?"
	}
	if failed != nil {
		warnOnce("failed "+name, "the program %s has failed on one of %d devices, and others wait for it in a "+
			"collective, for ever: %v", name, len(x.devices), failed)
		return
	}
	warnOnce("stuck "+name, "the program %s has been running on %d devices for %v. If that is not its work, they wait "+
		"for each other in a collective that not all of them reach.", name, len(x.devices), stuckLimit)
}
