package ops

import (
	"math"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// free are the operations that move data, or whose work nobody can tell.
var free = map[string]bool{
	"convert": true, "bitcast": true, "broadcastInDim": true, "reshape": true, "squeeze": true, "transpose": true,
	"rev": true, "concatenate": true, "splitOp": true, "pad": true, "slice": true, "dynamicSlice": true,
	"dynamicUpdateSlice": true, "full": true, "iotaOp": true, "arrayConst": true, "optimizationBarrier": true,
	"keyUse": true, "gather": true, "sortedAt": true, "luPivotsToPermutation": true, "selectAndGatherAdd": true,
	"customLinear": true, "rngUniform": true, "callback": true, "pureCallback": true, "kernel": true,
	"shardingConstraint": true, "pcast": true, "pcastSum": true,
	"axisIndex": true, "allGather": true, "ppermute": true, "allToAll": true, "platformIndex": true,
}

func TestEveryOperationHasACost(t *testing.T) {
	for _, op := range All() {
		_, costs := op.(ir.Coster)
		_, nested := op.(ir.Nested)
		if name := typeName(op); costs && free[name] || !costs && !nested && !free[name] {
			t.Errorf("%s: has Flops: %v, is listed as free: %v", name, costs, free[name])
		}
	}
}

func TestCosts(t *testing.T) {
	f32 := func(shape ...int) ir.Aval { return ir.Aval{DType: ir.Float32, Shape: shape} }
	for name, c := range map[string]struct {
		in   []ir.Aval
		f    func(x []*Value) *Value
		want float64
	}{
		"sin":     {[]ir.Aval{f32(3, 4)}, func(x []*Value) *Value { return Sin(x[0]) }, 12},
		"reshape": {[]ir.Aval{f32(3, 4)}, func(x []*Value) *Value { return Reshape(x[0], []int{12}) }, 0},
		"dot":     {[]ir.Aval{f32(3, 4), f32(4, 5)}, func(x []*Value) *Value { return Dot(x[0], x[1]) }, 2 * 3 * 4 * 5},
		"sum":     {[]ir.Aval{f32(3, 4)}, func(x []*Value) *Value { return ReduceSum(x[0], []int{0}) }, 12},
		"fft": {[]ir.Aval{{DType: ir.Complex64, Shape: []int{2, 8}}},
			func(x []*Value) *Value { return FFT(x[0], FFTForward, []int{8}) }, 5 * 16 * 3},
		"cholesky": {[]ir.Aval{f32(2, 3, 3)}, func(x []*Value) *Value { return Cholesky(x[0]) }, 2 * 9},
		"scan": {[]ir.Aval{f32(4), f32(7, 4)}, func(x []*Value) *Value {
			_, y := Scan("test", x[:1], x[1:], ScanOptions{},
				func(c, x []*Value) (next, y []*Value) { return []*Value{Add(c[0], x[0])}, c })
			return y[0]
		}, 28},
	} {
		p, _ := trace.Trace("test", c.in, func(x []*Value) []*Value { return []*Value{c.f(x)} })
		if got := ir.Total(p.Costs()); math.Abs(got.Flops-c.want) > 1e-9 || got.Bytes <= 0 {
			t.Errorf("%s: %+v, want %v flops", name, got, c.want)
		}
	}
}
