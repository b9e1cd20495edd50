package ops_test

import (
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

func TestConvert(t *testing.T) {
	values := []float64{0, 1, 3.7, -2.5, 100}
	for _, from := range every {
		in := vec(from, values...)
		if from.IsUnsigned() || from == ir.Bool {
			in = vec(from, 0, 1, 3, 100)
		}
		for _, to := range every {
			if to.IsUnsigned() && !(from.IsUnsigned() || from == ir.Bool) {
				continue // negative numbers: below
			}
			f := one(func(x *trace.Value) *trace.Value { return ops.Convert(x, to) })
			want := arr{d: to, shape: in.shape}
			for _, l := range in.e {
				if to == ir.Bool {
					want.e = append(want.e, ir.BoolLit(l.Complex() != 0))
				} else {
					want.e = append(want.e, l.Convert(to))
				}
			}
			if e := get(f([]*trace.Value{in.put()})[0]).closeTo(want, 0); e != "" {
				t.Errorf("%v to %v: %s", from, to, e)
			}
		}
	}
	f := one(func(x *trace.Value) *trace.Value { return ops.Convert(x, ir.Bool) })
	if e := runBoth(t, f, []arr{vec(ir.Float32, 0.5, 0, nan)})[0].closeTo(vec(ir.Bool, 1, 0, 1), 0); e != "" {
		t.Error(e)
	}
	wrap := one(func(x *trace.Value) *trace.Value { return ops.Convert(x, ir.Uint8) })
	if e := runBoth(t, wrap, []arr{vec(ir.Int32, -1, 256, 300)})[0].closeTo(vec(ir.Uint8, 255, 0, 44), 0); e != "" {
		t.Error(e)
	}
	half := one(func(x *trace.Value) *trace.Value { return ops.Convert(x, ir.Float32) })
	checkVmap(t, half, []arr{m23})
	checkTranspose(t, half, []arr{vec(ir.Float64, 1, 2)}, 0)
}

// A literal converted while tracing is what XLA makes of it at run time.
func TestConvertLiteral(t *testing.T) {
	for _, from := range every {
		for _, to := range every {
			for _, v := range []float64{0, 1, 3.7, -2.5, 1e10} {
				if from == ir.Bool && v > 1 || from.IsUnsigned() && v < 0 || from.IsInteger() && v > 100 ||
					from == ir.Float16 && v > 1e4 {
					continue
				}
				l := ir.FloatLit(v, from)
				got := get(ops.Convert(ops.ScalarLit(l), to))
				want := get(ops.Convert(arr{d: from, shape: shape(), e: []ir.Lit{l}}.put(), to))
				if e := got.closeTo(want, 0); e != "" {
					t.Errorf("%v %v to %v: %s", from, l, to, e)
				}
			}
		}
	}
}

func ExampleConvert() {
	show(ops.Convert(value([]float32{1.9, -1.9}), ir.Int8))
	// Output: [ 1 -1]
}
