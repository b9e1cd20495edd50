package jit

import (
	"testing"
	"unsafe"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/lower"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

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
		en = f.Make(x, nil, nil, func(x []*trace.Value) ([]*trace.Value, any) { return []*trace.Value{body(x[0])}, nil })
	}
	copy(out, en.Call(x))
}

func BenchmarkCallDeleted(b *testing.B) {
	f := &Func{Name: "sin"}
	x := vec(1, 2, 3)
	b.ReportAllocs()
	for b.Loop() {
		Delete(call1(f, x, ops.Sin))
	}
}

func BenchmarkCallCollected(b *testing.B) {
	f := &Func{Name: "sin"}
	x := vec(1, 2, 3)
	b.ReportAllocs()
	for b.Loop() {
		call1(f, x, ops.Sin)
	}
}

func BenchmarkEagerAdd(b *testing.B) {
	x, y := vec(1, 2, 3), vec(4, 5, 6)
	b.ReportAllocs()
	for b.Loop() {
		ops.Add(x, y)
	}
}

func BenchmarkTraceAndLower(b *testing.B) {
	x := vec(1, 2, 3)
	const n = 1500
	f := &Func{Name: "long"}
	b.ReportAllocs()
	for b.Loop() {
		p := optimise(f.Trace([]*trace.Value{x}, nil, func(x []*trace.Value) ([]*trace.Value, any) {
			y := x[0]
			for range n / 3 {
				y = ops.Add(ops.Sin(y), ops.Mul(y, x[0]))
			}
			return []*trace.Value{y}, nil
		}))
		lower.Text(p, lower.Options{Platform: "cpu", Locations: true})
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/n, "ns/equation")
}
