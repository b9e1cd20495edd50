package trace

import (
	"sync"
	"sync/atomic"

	"github.com/gojax/gojax/ir"
)

// frame is what one goroutine has open: its innermost trace, and the x64 setting in force.
type frame struct {
	b      *Builder // nil in a frame that only sets x64
	x64    bool
	axis   *axis   // in a frame that opens a named axis
	host   bool    // in the frame of a Go function that a program calls
	kernel string  // in the frame of a kernel, its name
	branch *branch // in the frame of a function that lax.Cond may choose
	quiet  bool    // in a frame of Eval: keys that are used are not, another time
	depth  int     // how many frames there are before it
	before *frame
}

// The frames of all goroutines, by g pointer, in shards. open counts them, so that code outside any trace pays one
// load.
var (
	open   atomic.Int64
	frames [64]struct {
		sync.RWMutex
		m map[uintptr]*frame
		_ [32]byte // shards of their own cache lines
	}
	x64Default atomic.Bool
)

func shard(g uintptr) int { return int(g>>7^g>>13) & 63 }

func currentFrame() *frame {
	if open.Load() == 0 {
		return nil
	}
	g := getg()
	if g == 0 {
		return nil
	}
	s := &frames[shard(g)]
	s.RLock()
	f := s.m[g]
	s.RUnlock()
	return f
}

// maxOpen bounds how many frames a goroutine may have: a function that calls itself while it is traced would have no
// end, and Go ends a process whose stack is too large.
const maxOpen = 2 * ir.MaxDepth

// push opens a frame on this goroutine until pop is called, on the same goroutine.
func push(b *Builder, x64 bool) (pop func()) { return pushFrame(&frame{b: b, x64: x64}) }

func pushFrame(f *frame) (pop func()) {
	g := getg()
	if g == 0 { // no goroutine identity on this architecture: operands alone decide
		return func() {}
	}
	s := &frames[shard(g)]
	s.Lock()
	if s.m == nil {
		s.m = map[uintptr]*frame{}
	}
	before := s.m[g]
	if before != nil {
		f.depth = before.depth + 1
	}
	if f.depth > maxOpen {
		s.Unlock()
		Fail("", nil, "functions are traced within each other more than %d deep; does one call itself without end?",
			maxOpen)
	}
	f.before = before
	s.m[g] = f
	s.Unlock()
	open.Add(1)
	return func() {
		s.Lock()
		if before == nil {
			delete(s.m, g)
		} else {
			s.m[g] = before
		}
		s.Unlock()
		open.Add(-1)
	}
}

// Current is the innermost trace open on this goroutine, nil if there is none.
func Current() *Builder {
	if f := currentFrame(); f != nil {
		return f.b
	}
	return nil
}

// Suspended runs f as if no trace were open on this goroutine: what f does with concrete Values runs at once.
func Suspended(f func()) {
	if Current() == nil {
		f()
		return
	}
	defer push(nil, X64())()
	f()
}

// X64 reports whether 64-bit types are in force here: as the outermost trace of this goroutine found them, as WithX64
// set them, or as the process has them. In a goroutine started inside a trace pass the operands, whose trace then
// decides.
func X64(x ...*Value) bool {
	if f := currentFrame(); f != nil {
		return f.x64
	}
	for _, v := range x {
		if v != nil && v.b != nil {
			return v.b.x64
		}
	}
	return x64Default.Load()
}

// SetX64 sets the process's default.
func SetX64(on bool) { x64Default.Store(on) }

// WithX64 runs f with the setting on this goroutine alone. Inside an open trace the trace's own setting stays.
func WithX64(on bool, f func()) {
	if b := Current(); b != nil {
		f()
		return
	}
	defer push(nil, on)()
	f()
}

// Wide runs f with 64-bit types in force, in the trace that is open if there is one: for formulas that compute in
// float64 what they round to float32, whatever the user's setting.
func Wide(f func()) {
	defer push(Current(), true)()
	f()
}
