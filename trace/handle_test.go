package trace_test

import (
	"runtime"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// A function goes when nothing can call it any more, whatever small objects lie beside its handle.
func TestHandleGoes(t *testing.T) {
	const n = 100
	var gone atomic.Int32
	var beside []*int64
	for range n {
		captured := new([1000]int64)
		runtime.AddCleanup(captured, func(int) { gone.Add(1) }, 0)
		trace.Handle(func(in, out []ir.HostArray) error { captured[0]++; return nil })
		beside = append(beside, new(int64))
	}
	for range 1000 {
		if runtime.GC(); gone.Load() == n {
			break
		}
		time.Sleep(5 * time.Millisecond)
	}
	if got := gone.Load(); got != n {
		t.Errorf("%d of %d functions are gone", got, n)
	}
	runtime.KeepAlive(beside)
}
