package ops_test

import (
	"fmt"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/tests/fails"
	"github.com/gojax/gojax/trace"
)

func TestRNGUniform(t *testing.T) {
	draw := func(x []*trace.Value) []*trace.Value {
		return []*trace.Value{ops.RNGUniform(x[0], x[1], []int{50, 40}), ops.RNGUniform(x[0], x[1], []int{50, 40})}
	}
	for _, d := range []ir.DType{ir.Float32, ir.Float64, ir.Int32, ir.BFloat16} {
		in := []arr{nums(d, nil, 2), nums(d, nil, 66)}
		y := getAll(trace.TheRuntime().Run(program(t, draw, avals(in)), putAll(in)))
		differ, sum := 0, 0.0
		for i, a := range y[0].e {
			v := a.Float()
			if v < 2 || v > 66 || v == 66 && d.IsInteger() {
				t.Fatalf("%v: %v is not between 2 and 66", d, v)
			}
			sum += v
			if a.Lo != y[1].e[i].Lo {
				differ++
			}
		}
		if mean := sum / 2000; mean < 31 || mean > 37 {
			t.Errorf("%v: the mean of 2000 numbers from 2 to 66 is %v", d, mean)
		}
		if differ < 1000 {
			t.Errorf("%v: two draws have %d of 2000 numbers in common", d, 2000-differ)
		}
	}
	p := program(t,
		func(x []*trace.Value) []*trace.Value { return []*trace.Value{ops.RNGUniform(x[0], x[1], []int{9})} },
		[]ir.Aval{ir.Scalar(ir.Float64), ir.Scalar(ir.Float64)})
	y := getAll(
		trace.TheRuntime().
			Run(mapProgram(t, p, 2, []int{0, trace.NotMapped}),
				putAll([]arr{vec(ir.Float64, 0, 10), nums(ir.Float64, nil, 11)})))[0]
	for i, l := range y.e {
		if lo := float64(i / 9 * 10); l.Float() < lo || l.Float() > 11 {
			t.Errorf("mapped: number %d is %v", i, l.Float())
		}
	}
	fails.With(t, func() { ops.RNGUniform(vec(ir.Float32, 1).put(), vec(ir.Float32, 2).put(), nil) }, "rng_uniform",
		"scalars")
	fails.With(t, func() { ops.RNGUniform(nums(ir.Float32, nil, 1).put(), nums(ir.Int32, nil, 2).put(), nil) },
		"rng_uniform", "int32")
	for _, d := range []ir.DType{ir.Bool, ir.Int8, ir.Uint16, ir.Complex64} {
		lo := nums(d, nil, 0).put()
		fails.With(t, func() { ops.RNGUniform(lo, lo, nil) }, "rng_uniform", "32 or 64 bits, not "+d.String())
	}
}

func ExampleRNGUniform() {
	lo, hi := jnp.AsArray(float32(2)).TraceValue(), jnp.AsArray(float32(3)).TraceValue()
	x := jnp.Wrap(ops.RNGUniform(lo, hi, []int{4, 5}))
	fmt.Println(x.Shape(), jnp.All(x.Ge(2).And(x.Le(3))))
	// Output: [4 5] True
}
