package ops_test

import (
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/tests/fails"
	"github.com/gojax/gojax/trace"
)

func TestCreation(t *testing.T) {
	for _, d := range sampleOf(every) {
		zeros := getAll(
			[]*trace.Value{ops.Zeros(ir.Aval{Shape: shape(2), DType: d}), ops.Ones(ir.Aval{Shape: shape(2), DType: d})})
		if e := zeros[0].closeTo(vec(d, 0, 0), 0); e != "" {
			t.Error(e)
		}
		if e := zeros[1].closeTo(vec(d, 1, 1), 0); e != "" {
			t.Error(e)
		}
		if d == ir.Bool {
			fails.With(t, func() { ops.Iota(d, shape(2), 0) }, "ops.Iota", "bool")
			continue
		}
		if e := get(ops.Iota(d, shape(2, 3), 1)).closeTo(nums(d, shape(2, 3), 0, 1, 2, 0, 1, 2), 0); e != "" {
			t.Error(e)
		}
	}
	if e := get(ops.Full(shape(0, 2), ir.IntLit(3, ir.Int8))).closeTo(nums(ir.Int8, shape(0, 2)), 0); e != "" {
		t.Error(e)
	}
	if e := get(ops.FullLike(m23.put(), -0.5)).closeTo(m(shape(2, 3), -0.5, -0.5, -0.5, -0.5, -0.5, -0.5), 0); e != "" {
		t.Error(e)
	}
}
