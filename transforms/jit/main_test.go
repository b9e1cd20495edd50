package jit

import (
	"io"
	"sync"
	"testing"
	"unsafe"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/tests/leak"
	"github.com/gojax/gojax/trace"
)

func TestMain(m *testing.M) {
	CheckWhole(true)
	leak.Main(m, LiveBuffers)
}

type val = trace.Value

// settled waits until the collector has freed what tests dropped.
func settled(t *testing.T, want int) {
	t.Helper()
	if n := leak.Settle(LiveBuffers, want); n > want {
		t.Errorf("%d live buffers, want %d", n, want)
	}
}

// compiles counts the compilations of f and returns their reasons.
func compiles(f func()) (reasons []string) {
	var mu sync.Mutex
	stop := OnCompile(func(e CompileEvent) {
		mu.Lock()
		reasons = append(reasons, e.Reason)
		mu.Unlock()
	})
	defer stop()
	f()
	return reasons
}

func lit(x float64) *val { return trace.FromLit(ir.FloatLit(x, ir.Float32).AsWeak()) }

func vec(x ...float32) *trace.Value {
	return FromHost(unsafe.Pointer(unsafe.SliceData(x)), ir.Aval{Shape: []int{len(x)}, DType: ir.Float32}, nil)
}

func host(v *trace.Value) []float32 {
	b := make([]byte, v.Aval().Bytes())
	ToHost(v, b)
	if len(b) == 0 {
		return nil
	}
	return unsafe.Slice((*float32)(unsafe.Pointer(&b[0])), len(b)/4)
}

// call1 calls f as a jitted function of one array.
func call1(f *Func, x *trace.Value, body func(x *trace.Value) *trace.Value) *trace.Value {
	in, out := [1]*trace.Value{x}, [1]*trace.Value{}
	if !f.Fast(in[:], out[:]) {
		callSlow(f, []*trace.Value{x}, out[:], body)
	}
	return out[0]
}

func callSlow(f *Func, x, out []*trace.Value, body func(x *trace.Value) *trace.Value) {
	en := f.Find(x, nil)
	if en == nil {
		en = f.Make(x, nil, nil,
			func(x []*trace.Value) ([]*trace.Value, trace.Trees) { return []*trace.Value{body(x[0])}, nil })
	}
	copy(out, en.Call(x))
}

// SetNotices sends what the library says on stderr to w, until back is called.
func SetNotices(w io.Writer) (back func()) {
	before := notices
	notices = w
	return func() { notices = before }
}
