package ops_test

import (
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/tests/fails"
	"github.com/gojax/gojax/trace"
)

func TestBitcast(t *testing.T) {
	to := func(d ir.DType) fn { return one(func(x *trace.Value) *trace.Value { return ops.Bitcast(x, d) }) }
	x := vec(ir.Uint32, 0x3f800000, 0x40490fdb)
	if e := runBoth(t, to(ir.Float32), []arr{x})[0].closeTo(vec(ir.Float32, 1, float64(float32(3.14159274))),
		0); e != "" {
		t.Error(e)
	}
	bytes := runBoth(t, to(ir.Uint8), []arr{x})[0]
	if e := bytes.closeTo(nums(ir.Uint8, shape(2, 4), 0, 0, 0x80, 0x3f, 0xdb, 0x0f, 0x49, 0x40), 0); e != "" {
		t.Error(e)
	}
	if e := runBoth(t, to(ir.Uint32), []arr{bytes})[0].closeTo(x, 0); e != "" {
		t.Error(e)
	}
	checkVmap(t, to(ir.Uint8), []arr{x})
	checkVmap(t, to(ir.Uint32), []arr{bytes})
	fails.With(t, func() { ops.Bitcast(x.put(), ir.Bool) }, "ops.Bitcast(uint32[2])", "bool")
	fails.With(t, func() { ops.Bitcast(vec(ir.Uint8, 1, 2, 3).put(), ir.Uint32) }, "last axis of size 4", "[3]")
}

func ExampleBitcast() {
	show(ops.Bitcast(value([]float32{1}), ir.Int32))
	// Output: [1065353216]
}
