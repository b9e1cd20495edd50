package pjrt

/*
#include "pool.h"
#include "shim.h"
*/
import "C"

import (
	"errors"
	"runtime"
	"runtime/metrics"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Freeing and counting. Go's collector sees a 48-byte Buffer and not the 100 MB behind it, so the bytes are counted
// here, and when enough of them have come since the last look, a collection is forced.
//
// A buffer whose computation is still running cannot give its memory back, whatever is called. Large ones are
// therefore handed to the reaper, which waits for them one after another, and count as held until they are gone: that
// is what slows down a loop that drops results faster than they are computed.

const (
	smallBytes  = 64 << 10  // a collected buffer up to this size waits for the next execution to free it
	largeBytes  = 1 << 20   // from here on a buffer that is still being computed goes to the reaper
	garbageStep = 256 << 20 // the least growth that forces a collection
	zombieLimit = 512 << 20 // the most that may wait for the reaper before the allocating goroutine waits too
	awaitMost   = 10 * time.Second
	settleMost  = 100 * time.Millisecond // for a cleanup that a forced collection queued
	garbageCost = 200 * time.Microsecond // what a collection takes with a small Go heap
	checkBytes  = 64 << 20               // requests from here on are compared with the memory of the machine
)

// deviceMemory counts what one device holds for us.
type deviceMemory struct {
	live    atomic.Int64 // buffers that Go code can still reach or has not been seen to have dropped
	held    atomic.Int64 // bytes on the device, those of zombies included
	zombies atomic.Int64 // bytes of dropped buffers that are still being computed
	peak    atomic.Int64
	trigger atomic.Int64 // held beyond this forces a collection
	paced   atomic.Int64 // live beyond this calls pace
	floor   atomic.Int64 // held after the last collection, or less
	fresh   atomic.Int64 // gp_fresh, as it is to be if programs take what they are known to take
	cost    atomic.Int64 // what a collection usually takes, in nanoseconds
	mu      sync.Mutex   // one forced collection at a time, and what follows
	rest    int64        // when the next may be, in nanoseconds after epoch
	rent    int64        // what those before that moment have taken since the last block that they did not save
	doubt   int64        // doubled by each that brought little
}

func (m *deviceMemory) init() {
	m.trigger.Store(garbageStep)
	m.cost.Store(int64(garbageCost))
}

// A small buffer costs the plugin about a kilobyte of C memory that Go's collector does not see. Left to its own pace,
// the collector comes once in 40 000 of them, by when each new one falls on memory that has left the processor's
// caches, and a call takes 2 µs longer. So whenever the number of live buffers has grown by paceEvery, an equal amount
// of Go memory is allocated and dropped, which makes the collector come at the pace it would keep, had it known. A
// program that deletes its results never gets here.
const (
	paceEvery = 16
	paceBytes = 32 << 10 // 2 kB each: what measured best
)

func (m *deviceMemory) pace(live int64) {
	m.paced.Store(live + paceEvery)
	var b strings.Builder
	b.Grow(paceBytes) // memory that is not cleared first
	runtime.KeepAlive(&b)
}

// died counts a buffer that is gone.
func (m *deviceMemory) died() {
	if l := m.live.Add(-1); l < m.paced.Load()-2*paceEvery {
		m.paced.Store(l + paceEvery)
	}
}

// born counts a new buffer.
func (m *deviceMemory) born(bytes int64) {
	if l := m.live.Add(1); l > m.paced.Load() {
		m.pace(l)
	}
	if bytes == 0 {
		return
	}
	h := m.held.Add(bytes)
	for p := m.peak.Load(); h > p && !m.peak.CompareAndSwap(p, h); p = m.peak.Load() {
	}
}

// corpse is what is left of a Buffer that nobody can use any more: enough to free it.
type corpse struct {
	p     handle
	d     *Device
	bytes int64
}

// collect is the cleanup of a Buffer. Small ones queue up for the next execution, so that the cleanup goroutine does
// not pay a C call for each.
func (c corpse) collect() {
	c.d.mem.died()
	forget(c.p)
	if c.bytes <= smallBytes {
		c.d.mem.held.Add(-c.bytes)
		c.d.client.dead.push(c.d.client, c.p)
		if holds.Load() > 0 {
			c.d.client.dead.drain(c.d.client)
			takeDone()
		}
		return
	}
	c.bury(false)
}

// bury frees the buffer, or leaves it to the reaper where it is large and still being computed.
func (c corpse) bury(isReady bool) {
	api := c.d.client.api
	if c.bytes >= largeBytes && !isReady {
		var r C.int
		if take(api, "ready", C.gx_ready(api, c.p, &r)) == nil && r == 0 {
			c.d.mem.zombies.Add(c.bytes)
			reaper.add(c)
			return
		}
	}
	C.gx_free(api, c.p)
	if c.bytes > 0 {
		h := c.d.mem.held.Add(-c.bytes)
		if c.bytes >= largeBytes { // after a phase of large arrays, garbage must not pile up to where that phase was
			if t, old := h+max(garbageStep, h/2), c.d.mem.trigger.Load(); t < old {
				c.d.mem.trigger.CompareAndSwap(old, t)
			}
		}
	}
	if holds.Load() > 0 {
		takeDone()
	}
}

// deadList is a client's queue of small buffers to free.
type deadList struct {
	n    atomic.Int32
	mu   sync.Mutex
	list []handle
}

const (
	deadBatch = 32   // freed by one execution
	deadMax   = 4096 // above this the cleanup goroutine frees them itself
)

func (l *deadList) push(c *Client, p handle) {
	l.mu.Lock()
	l.list = append(l.list, p)
	n := len(l.list)
	l.n.Store(int32(n))
	l.mu.Unlock()
	if n >= deadMax {
		l.drain(c)
	}
}

// pop takes a few to free; it never waits.
func (l *deadList) pop(buf *[deadBatch]handle) int {
	if l.n.Load() == 0 || !l.mu.TryLock() {
		return 0
	}
	k := len(l.list)
	n := copy(buf[:], l.list[max(0, k-deadBatch):])
	l.list = l.list[:k-n]
	l.n.Store(int32(k - n))
	l.mu.Unlock()
	return n
}

func (l *deadList) drain(c *Client) {
	if l.n.Load() == 0 {
		return
	}
	l.mu.Lock()
	list := l.list
	l.list = nil
	l.n.Store(0)
	l.mu.Unlock()
	if len(list) > 0 {
		C.gx_free_all(c.api, &list[0], C.size_t(len(list)))
	}
}

// reaper frees large buffers as soon as their computation ends. Its goroutine lives only while there are any.
var reaper = func() *reaping { r := &reaping{}; r.cond.L = &r.mu; return r }()

type reaping struct {
	mu      sync.Mutex
	cond    sync.Cond
	queue   []corpse
	running bool
}

func (r *reaping) add(c corpse) {
	r.mu.Lock()
	r.queue = append(r.queue, c)
	if !r.running {
		r.running = true
		go r.run()
	}
	r.mu.Unlock()
}

func (r *reaping) run() {
	for {
		r.mu.Lock()
		if len(r.queue) == 0 {
			r.running = false
			r.queue = nil
			r.mu.Unlock()
			return
		}
		c := r.queue[0]
		r.queue = r.queue[1:]
		r.mu.Unlock()
		api := c.d.client.api
		_ = take(api, "execute", C.gx_wait(api, c.p)) // its failure is nobody's any more
		C.gx_free(api, c.p)
		c.d.mem.held.Add(-c.bytes)
		r.mu.Lock()
		c.d.mem.zombies.Add(-c.bytes)
		r.cond.Broadcast()
		r.mu.Unlock()
	}
}

// await returns when the zombies of m are at most limit bytes, or after a while: what is being computed may itself be
// waiting for the caller (a Go kernel that makes arrays), so this must not be for ever.
func (r *reaping) await(m *deviceMemory, limit int64) {
	if m.zombies.Load() <= limit {
		return
	}
	over := false
	timer := time.AfterFunc(awaitMost, func() {
		r.mu.Lock()
		over = true
		r.cond.Broadcast()
		r.mu.Unlock()
	})
	defer timer.Stop()
	r.mu.Lock()
	for m.zombies.Load() > limit && !over {
		r.cond.Wait()
	}
	r.mu.Unlock()
}

// request is what is about to be allocated: bytes that will be held (out), those needed in all while computing
// (need), and the blocks of the pool among them.
type request struct {
	out, need int64
	blocks    []block
}

// reserve is called before n bytes are allocated on d.
func reserve(d *Device, n int64) error {
	r := request{out: n, need: n}
	if n >= unitBytes {
		r.blocks = blocksOf(n)
	}
	return r.reserve(d)
}

// reserve costs two loads unless the request is large enough for the pool, the count says that it is time to collect,
// or there is more to allocate than should go without a look at what the machine has.
func (r *request) reserve(d *Device) error {
	m := &d.mem
	if m.held.Load()+r.out > m.trigger.Load() {
		m.collect(r.out)
	} else if r.blocks != nil && d.client.cpu {
		m.refill(r.blocks)
		tendPool()
	}
	need := r.need
	if need < checkBytes || !d.client.cpu {
		return nil
	}
	avail := availableMemory()
	if need <= avail || need <= avail+Pool().Kept && missing(r.blocks) == 0 {
		return nil
	}
	relieveDevice(d)
	C.gp_trim(0)
	if avail = availableMemory(); need <= avail {
		return nil
	}
	return fail(ErrMemory,
		"not enough memory on %v: %s are needed and %s are available; %s are held by %d live arrays (Delete those no "+
			"longer needed, or work in smaller pieces)",
		d, bytesText(need), bytesText(avail), bytesText(m.held.Load()), m.live.Load())
}

// CheckSize refuses, with ErrMemory, an array of so many bytes (negative: more than can be counted) that is more than
// times the memory of d. what names it in the message.
func (d *Device) CheckSize(bytes, times int64, what string) error {
	m, err := d.MemoryStats()
	if err != nil || m.BytesLimit <= 0 || bytes >= 0 && bytes/times <= m.BytesLimit {
		return err
	}
	needs := "more than can be counted"
	if bytes >= 0 {
		needs = bytesText(bytes)
	}
	return fail(ErrMemory, "not enough memory on %v: %s takes %s, and there are %s in all (work in smaller pieces)", d,
		what, needs, bytesText(m.BytesLimit))
}

// collect forces a collection unless another goroutine has just done so, sets the next trigger, and waits where too
// much is still being computed that nobody wants any more.
func (m *deviceMemory) collect(more int64) {
	if !m.collectNow(more) {
		return
	}
	limit := int64(zombieLimit)
	if a := availableMemory(); a/4 < limit {
		limit = a / 4
	}
	reaper.await(m, limit)
}

func (m *deviceMemory) collectNow(more int64) bool {
	if holds.Load() > 0 {
		takeDone()
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.held.Load()+more <= m.trigger.Load() {
		return false
	}
	if m.held.Load()-m.zombies.Load()+more <= m.trigger.Load() {
		return true // nothing to collect: it is the zombies that must be waited for
	}
	m.garbage()
	// Zombies do not count: they are on their way out, and what is alive decides how much garbage may lie beside it.
	h := m.held.Load() - m.zombies.Load()
	step := min(h/2, availableMemory()/2)
	m.trigger.Store(h + more + max(garbageStep, step))
	return true
}

// garbage runs the collector and waits for the cleanups it queued, which run on goroutines of their own.
func (m *deviceMemory) garbage() {
	begin := time.Since(epoch)
	runtime.GC()
	count := func(name string) uint64 {
		s := []metrics.Sample{{Name: "/gc/cleanups/" + name + ":cleanups"}}
		metrics.Read(s)
		return s[0].Value.Uint64()
	}
	queued, done := count("queued"), count("executed")
	for start, progress := time.Now(), time.Now(); done < queued; {
		if time.Since(start) < time.Millisecond {
			runtime.Gosched()
		} else {
			time.Sleep(100 * time.Microsecond)
		}
		if n := count("executed"); n != done {
			done, progress = n, time.Now()
		} else if time.Since(progress) > settleMost { // a cleanup of the user's own may be blocking
			break
		}
	}
	m.floor.Store(m.held.Load())
	// One that something held up says little.
	usual := m.cost.Load()
	m.cost.Store((usual + min(int64(time.Since(epoch)-begin), 4*usual)) / 2)
}

// Collect frees the arrays that nothing refers to any more, and returns when that is done: for tests and measurements
// that count what is alive. Programs need not call it.
func Collect() {
	var all []*Device
	eachClient(func(c *Client) { all = append(all, c.devices...) })
	for range 5 { // what a cleanup drops may hold further arrays
		before := LiveBuffers()
		for _, d := range all {
			relieveDevice(d)
		}
		if LiveBuffers() == before {
			return
		}
	}
}

// relieveDevice frees all that can be freed on d.
func relieveDevice(d *Device) {
	d.mem.mu.Lock()
	d.mem.garbage()
	d.mem.mu.Unlock()
	d.client.dead.drain(d.client)
	reaper.await(&d.mem, 0)
	takeDone()
}

// relieve frees all that can be freed on the client's devices, and reports whether that was anything: then a request
// that failed for lack of memory is worth another try.
func (c *Client) relieve() bool {
	freed := false
	for _, d := range c.devices {
		before := d.mem.held.Load()
		relieveDevice(d)
		C.gp_trim(0)
		freed = freed || d.mem.held.Load() < before
	}
	return freed
}

func isExhausted(err error) bool { return err != nil && errors.Is(err, ErrMemory) }

// LiveBuffers is how many buffers of all clients exist that are neither deleted nor known to be unreachable.
func LiveBuffers() int {
	takeDone() // what views used may be free
	n := int64(0)
	eachClient(func(c *Client) {
		c.dead.drain(c)
		for _, d := range c.devices {
			n += d.mem.live.Load()
		}
	})
	return int(n)
}

// LiveBytes is how many bytes those buffers take on their devices.
func LiveBytes() int64 {
	takeDone()
	n := int64(0)
	eachClient(func(c *Client) {
		for _, d := range c.devices {
			n += d.mem.held.Load() - d.mem.zombies.Load()
		}
	})
	return n
}

func eachClient(f func(*Client)) {
	clients.Lock()
	defer clients.Unlock()
	for _, o := range clients.m {
		if o.client != nil {
			f(o.client)
		}
	}
}

// MemoryStats tells how full a device is, in bytes; 0 where the plugin does not say.
type MemoryStats struct {
	BytesInUse  int64 // by arrays (on the GPU, by all of this process)
	PeakBytes   int64
	BytesLimit  int64 // what this process can have in all
	PoolBytes   int64 // held by the plugin's allocator, in use or not (GPU)
	Allocations int64 // so far (GPU)
}

// MemoryStats asks the plugin; the CPU's does not know, so there it is our own count and the machine's memory.
func (d *Device) MemoryStats() (MemoryStats, error) {
	c := d.client
	if !c.cpu {
		var v [5]C.int64_t
		if err := take(c.api, "memory statistics", C.gx_memory_stats(c.api, d.ptr, &v[0])); err != nil {
			return MemoryStats{}, err
		}
		return MemoryStats{int64(v[0]), int64(v[1]), int64(v[2]), int64(v[3]), int64(v[4])}, nil
	}
	h := d.mem.held.Load()
	return MemoryStats{BytesInUse: h, PeakBytes: d.mem.peak.Load(), BytesLimit: machineMemory()}, nil
}
