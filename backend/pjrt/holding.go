package pjrt

import (
	"maps"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/gojax/gojax/ir"
)

// Holding is an array on a device, and where it was made.
type Holding struct {
	Src    ir.Src
	Bytes  int64
	Device *Device
}

// tracking is whether new arrays are noted, and tracked how many are.
var (
	tracking atomic.Bool
	tracked  atomic.Int64
	holdings = struct {
		sync.Mutex
		m map[handle]Holding
	}{m: map[handle]Holding{}}
)

// TrackMemory sets whether arrays that are made from now on are noted with the line that makes them, and returns what
// was set before.
func TrackMemory(on bool) (before bool) { return tracking.Swap(on) }

// Holdings are the arrays that were noted and are still there.
func Holdings() []Holding {
	holdings.Lock()
	defer holdings.Unlock()
	return slices.Collect(maps.Values(holdings.m))
}

// note notes a new buffer.
func note(p handle, d *Device, bytes int64) {
	if !tracking.Load() || bytes == 0 {
		return
	}
	h := Holding{ir.Here(1), bytes, d}
	holdings.Lock()
	defer holdings.Unlock()
	holdings.m[p] = h
	tracked.Store(int64(len(holdings.m)))
}

// forget is called before p is freed: its address may be another buffer's then.
func forget(p handle) {
	if tracked.Load() == 0 {
		return
	}
	holdings.Lock()
	defer holdings.Unlock()
	delete(holdings.m, p)
	tracked.Store(int64(len(holdings.m)))
}
