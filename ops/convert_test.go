package ops_test

import (
	"slices"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

func TestConvert(t *testing.T) {
	b := newBench(t)
	values, run := []float64{0, 1, 3.7, -2.5, 100}, sampleOf(every)
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
			sampled := slices.Contains(run, from) && slices.Contains(run, to)
			b.valuesIf(sampled, f, []arr{in}, func(got []arr) {
				if e := got[0].closeTo(want, 0); e != "" {
					t.Errorf("%v to %v: %s", from, to, e)
				}
			})
		}
	}
	f := one(func(x *trace.Value) *trace.Value { return ops.Convert(x, ir.Bool) })
	b.values(f, []arr{vec(ir.Float32, 0.5, 0, nan)}, func(got []arr) {
		if e := got[0].closeTo(vec(ir.Bool, 1, 0, 1), 0); e != "" {
			t.Error(e)
		}
	})
	wrap := one(func(x *trace.Value) *trace.Value { return ops.Convert(x, ir.Uint8) })
	b.values(wrap, []arr{vec(ir.Int32, -1, 256, 300)}, func(got []arr) {
		if e := got[0].closeTo(vec(ir.Uint8, 255, 0, 44), 0); e != "" {
			t.Error(e)
		}
	})
	half := one(func(x *trace.Value) *trace.Value { return ops.Convert(x, ir.Float32) })
	b.vmap(half, []arr{m23})
	b.transpose(half, []arr{vec(ir.Float64, 1, 2)}, 0)
	b.run()
}

// A literal converted while tracing is what XLA makes of it at run time.
func TestConvertLiteral(t *testing.T) {
	b, run := newBench(t), sampleOf(every)
	for _, from := range every {
		for _, to := range every {
			f := one(func(x *trace.Value) *trace.Value { return ops.Convert(x, to) })
			in := arr{d: from}
			for _, v := range []float64{0, 1, 3.7, -2.5, 1e10} {
				if from == ir.Bool && v > 1 || from.IsUnsigned() && v < 0 || from.IsInteger() && v > 100 ||
					from == ir.Float16 && v > 1e4 {
					continue
				}
				in.e = append(in.e, ir.FloatLit(v, from))
			}
			in.shape = []int{len(in.e)}
			sampled := slices.Contains(run, from) && slices.Contains(run, to)
			b.valuesIf(sampled, f, []arr{in}, func(want []arr) {
				for i, l := range in.e {
					got := get(ops.Convert(ops.ScalarLit(l), to))
					if e := got.closeTo(arr{d: to, shape: shape(), e: want[0].e[i : i+1]}, 0); e != "" {
						t.Errorf("%v %v to %v: %s", from, l, to, e)
					}
				}
			})
		}
	}
	b.run()
}

func ExampleConvert() {
	show(ops.Convert(value([]float32{1.9, -1.9}), ir.Int8))
	// Output: [ 1 -1]
}
