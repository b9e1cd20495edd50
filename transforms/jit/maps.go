package jit

import (
	"fmt"
	"runtime"
	"time"

	"github.com/gojax/gojax/backend/pjrt"
)

// memoryMaps is pjrt.MemoryMaps; tests have another.
var memoryMaps = pjrt.MemoryMaps

// mapsEach is how many programs are compiled between two looks at the memory maps, which take some milliseconds.
const mapsEach = 64

// room drops executables where half of the memory maps are taken, those not used for longest, and returns an error
// where that leaves too few for one more: XLA would end the process.
func (s *space) room() error {
	if s.compiled.Add(1)%mapsEach != 0 && !s.scarce.Load() {
		return nil
	}
	used, most := memoryMaps()
	if used < most/2 || most == 0 {
		s.scarce.Store(false)
		return nil
	}
	s.mu.Lock()
	old := *s.m.Load()
	kept := s.used(old, len(old)/2)
	s.m.Store(&kept)
	s.mu.Unlock()
	few := func() bool {
		used, most = memoryMaps()
		return used > most-most/10
	}
	runtime.GC()
	for wait := time.Millisecond; few() && wait < 100*time.Millisecond; wait *= 2 {
		time.Sleep(wait) // executables die behind the collector
		runtime.GC()
	}
	s.scarce.Store(few())
	if s.scarce.Load() {
		return fmt.Errorf("this process has %d of %d memory maps, so many compiled programs are alive: drop functions "+
			"that Jit made and that are not used, or raise vm.max_map_count", used, most)
	}
	return nil
}
