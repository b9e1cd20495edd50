package ops_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/tests/fails"
	"github.com/gojax/gojax/trace"
)

func TestTopK(t *testing.T) {
	f := func(x []*trace.Value) []*trace.Value {
		v, i := ops.TopK(x[0], 2)
		return []*trace.Value{v, i}
	}
	for _, a := range []arr{f64([]int{2, 5}, 0), vec(ir.Float64, 3, math.NaN(), 3, 1), vec(ir.Int32, 5, 7, 7, -1),
		vec(ir.Bool, 0, 1, 0, 1)} {
		y := runBoth(t, f, []arr{a})
		if a.d != ir.Float64 || len(a.shape) == 2 {
			checkVmap(t, f, []arr{a})
		}
		n := a.shape[len(a.shape)-1]
		for k, l := range y[1].e {
			if row := k / 2; y[0].e[k].Lo != a.e[row*n+int(l.Int())].Lo {
				t.Errorf("of %v: %v is not at %v", a, y[0].e[k], l)
			}
		}
	}
	if y := getAll(f(putAll([]arr{vec(ir.Float64, 3, math.NaN(), 3, 1)}))); fmt.Sprint(y[1].e) != "[1 0]" {
		t.Errorf("NaN and the first of equal ones first: got the positions %v", y[1].e)
	}
	checkJVP(t, func(x []*trace.Value) []*trace.Value { return f(x)[:1] }, []arr{f64([]int{2, 5}, 0)})
	fails.With(t, func() { ops.TopK(vec(ir.Float64, 1, 2).put(), 3) }, "ops.TopK", "k is 3", "2 elements")
}

func ExampleTopK() {
	v, i := ops.TopK(value([]float32{1, 9, 5}), 2)
	show(v, i)
	// Output:
	// [9. 5.]
	// [1 2]
}
