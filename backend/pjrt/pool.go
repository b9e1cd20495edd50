package pjrt

/*
#cgo noescape gp_count
#cgo nocallback gp_count
#include "pool.h"
*/
import "C"

import (
	"runtime/debug"
	"sync/atomic"
	"time"
	"unsafe"
)

// The pool of pool.c keeps the pages of large blocks of memory that XLA has freed. It serves the CPU plugin alone,
// whose calls of the C library's allocator are led to it when it is loaded; the rest of the process is not touched.
// What free blocks keep is bounded, ages, and goes back to the system when the machine is short of memory.
//
// There is no list for each NUMA node: XLA's threads are not bound to processors, so that the pages of a large result
// lie on the nodes of whichever threads wrote to them first, and that is as true of the next result.

const (
	poolShare  = 4              // free blocks keep at most one such share of the machine's memory
	poolTick   = time.Second    // how often the pool is looked after while it keeps anything
	poolAge    = 5              // ticks after which what was not used in as many goes back
	poolScarce = 16             // less than such a share of the machine's memory available: all goes back
	poolRange  = int64(1) << 40 // addresses, which cost nothing
	poolMost   = poolRange << 2 // more of them where 64 times the machine's memory is more
	poolSpeed  = 4              // twice the bytes that the kernel gives pages for in a nanosecond
	poolRest   = 10             // collections for the pool take at most one such share of the time
	poolDoubt  = 64             // and so much less of it where they bring little
	unitBytes  = C.GP_UNIT      // the pool leaves smaller requests to the C library
	nearly     = C.GP_NEAR      // so many classes, from its own on, serve a request
	numClasses = C.GP_CLASSES
)

// pool is what Go knows of it.
var pool struct {
	on    atomic.Bool
	timer atomic.Bool // tend will run again
	ticks int         // of tend alone
}

// startPool leads the allocations of the library lib to the pool, unless GOJAX_POOL is off or the system does not
// allow it. Under a limit of addresses (ulimit -v, -d) there is none: the reserved ones would count.
func startPool(lib unsafe.Pointer) {
	total := machineMemory()
	if pool.on.Load() || !Flag("GOJAX_POOL", true) || len(processLimits()) > 0 || total <= 0 {
		return
	}
	addresses := min(max(poolRange, 64*total), poolMost)
	if C.gp_start(C.size_t(addresses), C.size_t(total/poolShare)) == 0 && C.gp_patch(lib) > 0 {
		pool.on.Store(true)
	}
}

// block says how many blocks of a size class a program takes from the pool.
type block struct{ class, n int }

func classOf(bytes int64) int    { return int(C.gp_class(C.size_t(bytes))) }
func classBytes(class int) int64 { return int64(C.gp_size(C.int(class))) }

// blocksOf are the blocks of arrays of so many bytes each.
func blocksOf(bytes ...int64) (all []block) {
next:
	for _, n := range bytes {
		if n < unitBytes {
			continue
		}
		class := classOf(n)
		for i := range all {
			if all[i].class == class {
				all[i].n++
				continue next
			}
		}
		all = append(all, block{class, 1})
	}
	return all
}

// missing is how many bytes of the blocks the pool has no warm memory for.
func missing(blocks []block) (bytes int64) {
	for _, b := range blocks {
		n := 0
		for c := b.class; c < min(b.class+nearly, numClasses); c++ {
			n += int(atomic.LoadUint32((*uint32)(unsafe.Pointer(&C.gp_warm[c]))))
		}
		bytes += int64(max(b.n-n, 0)) * classBytes(b.class)
	}
	return bytes
}

// refill collects garbage where the pool is dry and dropped results may lie about. A collection takes as long as the
// heap is large, and a program that takes memory without pages waits for the kernel. So one comes where the bytes that
// have been added since the last would take longer than it, and less often where it brought little back.
//
// With more blocks there would be fewer collections. So they take one poolRest-th of the time, and what is over that
// only until it comes to what the block would have cost that they saved: then one is taken.
func (m *deviceMemory) refill(blocks []block) {
	if !pool.on.Load() {
		return
	}
	fresh := m.fresh.Load()
	// What is taken while a program runs, by kernels, is known only afterwards.
	taken := atomic.LoadInt64((*int64)(unsafe.Pointer(&C.gp_fresh)))
	dry := missing(blocks)
	m.fresh.Store(taken + dry)
	if dry += max(taken-fresh, 0); dry == 0 {
		return
	}
	h, floor := m.held.Load(), m.floor.Load()
	if h < floor {
		m.floor.CompareAndSwap(floor, h)
	}
	usual := m.cost.Load()
	if h-floor <= poolSpeed*usual || !m.mu.TryLock() {
		return
	}
	defer m.mu.Unlock()
	if int64(time.Since(epoch)) < m.rest {
		if m.rent += usual; m.doubt > 1 || m.rent > 2*dry/poolSpeed {
			m.rent = 0
			return
		}
	}
	m.garbage()
	m.fresh.Store(taken)
	if m.doubt = min(2*max(m.doubt, 1), poolDoubt); 2*(m.floor.Load()-floor) < h-floor {
		m.doubt = 1
	}
	m.rest = int64(time.Since(epoch)) + poolRest*m.doubt*m.cost.Load()
}

// epoch is what moments of this process are counted from.
var epoch = time.Now()

// tendPool has the pool looked after from now on, until it keeps nothing any more.
func tendPool() {
	if pool.on.Load() && pool.timer.CompareAndSwap(false, true) {
		time.AfterFunc(poolTick, tend)
	}
}

func tend() {
	if pool.ticks++; pool.ticks%poolAge == 0 {
		C.gp_age()
	}
	if total := machineMemory(); availableMemory() < total/poolScarce {
		C.gp_trim(0)
	}
	pool.timer.Store(false)
	if Pool().Kept > 0 {
		tendPool()
	}
}

// PoolStats counts what the pool of large blocks has done. All are 0 where there is none.
type PoolStats struct {
	Used     int64 // bytes of blocks that arrays and temporaries have
	Kept     int64 // bytes that free blocks keep for the next
	Returned int64 // bytes that went back to the system, so far
	Reused   int64 // requests that got the memory of an earlier one, so far
	Fresh    int64 // requests that took memory from the system, so far
}

// Pool tells how the pool does.
func Pool() PoolStats {
	n := C.gp_count()
	return PoolStats{Used: int64(n.used), Kept: int64(n.warm), Returned: int64(n.returned), Reused: int64(n.reused),
		Fresh: int64(n.fresh)}
}

// PoolFunctions are the pool's posix_memalign and free, as C functions, for the memory that handlers work in.
func PoolFunctions() (memalign, free unsafe.Pointer) { return C.gp_memalign, C.gp_free }

// Trim gives memory back to the system that is kept for the next arrays: what nothing refers to is freed, and the pool
// of large blocks and Go's own heap are emptied.
func Trim() {
	Collect()
	C.gp_trim(0)
	debug.FreeOSMemory()
}
