package trace_test

import (
	"runtime"
	"sync/atomic"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/tests/leak"
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
	if kept := leak.Settle(func() int { return n - int(gone.Load()) }, 0); kept > 0 {
		t.Errorf("%d of %d functions are kept", kept, n)
	}
	runtime.KeepAlive(beside)
}
