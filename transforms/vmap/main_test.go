package vmap_test

import (
	"encoding/binary"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/tests/leak"
	"github.com/gojax/gojax/trace"
	"github.com/gojax/gojax/transforms/jit"
	"github.com/gojax/gojax/transforms/vmap"
)

// TestMain has eight CPU devices.
func TestMain(m *testing.M) {
	leak.Devices(8)
	leak.Main(m, jit.LiveBuffers)
}

// A is a leaf of trees; K one whose elements are pairs, as random keys are.
type (
	A struct{ v *trace.Value }
	K struct{ v *trace.Value }
)

func (a A) TraceValue() *trace.Value { return a.v }

func (a *A) SetTraceValue(v *trace.Value) { a.v = v }

func (a K) TraceValue() *trace.Value { return a.v }

func (a *K) SetTraceValue(v *trace.Value) { a.v = v }

func (K) ElementRank() int { return 1 }

// arange is 0, 1, 2, ... in an array of the given shape.
func arange(shape ...int) A {
	n := ir.SizeOf(shape)
	v := make([]float32, n)
	for i := range v {
		v[i] = float32(i)
	}
	return from(v, shape...)
}

func from(v []float32, shape ...int) A {
	b := make([]byte, 0, 4*len(v))
	for _, x := range v {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(x))
	}
	return A{trace.TheRuntime().FromHost(b, ir.Aval{Shape: shape, DType: ir.Float32})}
}

// show is "[2,3]0 1 2 3 4 5".
func show(v *trace.Value) string {
	b := make([]byte, v.Aval().Bytes())
	trace.TheRuntime().ToHost(v, b)
	s := make([]float32, len(b)/4)
	for i := range s {
		s[i] = math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:]))
	}
	return ir.ShapeString(v.Shape()) + strings.Trim(fmt.Sprint(s), "[]")
}

func expect(t *testing.T, what string, v *trace.Value, want string) {
	t.Helper()
	if got := show(v); got != want {
		t.Errorf("%s is %s, want %s", what, got, want)
	}
}

func in(axes ...any) vmap.Options { return vmap.Options{In: axes, Size: vmap.Unsized} }

func inOut(in, out []any) vmap.Options { return vmap.Options{In: in, Out: out, Size: vmap.Unsized} }

func lit(v float64) *trace.Value { return trace.FromLit(ir.FloatLit(v, ir.Float32)) }

// prefixes is x0, x0+x1, ...: it tells its axis's direction, unlike a sum.
func prefixes(x A) A { return A{ops.CumSum(x.v, 0, false)} }

func dot(x, y A) A {
	return A{ops.ReduceSum(ops.Mul(x.v, y.v), []int{0})}
}
