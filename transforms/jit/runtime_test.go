package jit

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/tests/fails"
	"github.com/gojax/gojax/trace"
)

func TestBindCompilesOncePerType(t *testing.T) {
	x, y := vec(1, 2, 3), vec(4, 5, 6)
	n := len(compiles(func() {
		for range 3 {
			if got := host(ops.Sub(x, y)); !slices.Equal(got, []float32{-3, -3, -3}) {
				t.Errorf("1 2 3 - 4 5 6 = %v", got)
			}
		}
	}))
	if n > 1 {
		t.Errorf("%d compilations of one operation", n)
	}
	// Scalars are inputs: no new program for a new number, and NaN and -0 keep their bits.
	s := lit(2)
	ops.Mul(s, s)
	if r := compiles(func() {
		for i := range 20 {
			if got := host(ops.Mul(lit(float64(i)+0.5), lit(2))); got[0] != float32(2*i+1) {
				t.Errorf("%d.5 * 2 = %v", i, got)
			}
		}
	}); len(r) != 0 {
		t.Errorf("a new scalar compiled again: %q", r)
	}
	if got := host(ops.Mul(lit(math.Copysign(0, -1)), lit(2))); !math.Signbit(float64(got[0])) {
		t.Error("-0 lost its sign on the way to the device")
	}
}

func TestBindErrorsHaveTheLine(t *testing.T) {
	fails.With(t, func() { ops.Add(vec(1, 2), vec(1, 2, 3)) }, "runtime_test.go:", "ops.Add(float32[2], float32[3])")
}

func TestRunLiftsFloats(t *testing.T) {
	x := vec(1, 2, 3)
	step := func(rate float64) *val {
		p, caps := trace.Trace("step", []ir.Aval{x.Aval()}, func(a []*val) []*val {
			return []*val{ops.Mul(a[0], ops.Full([]int{3}, ir.FloatLit(rate, ir.Float32)))}
		})
		return trace.TheRuntime().Run(p, append([]*val{x}, caps...))[0]
	}
	step(0.5)
	if r := compiles(func() {
		for i := range 10 {
			if got := host(step(float64(i))); got[2] != float32(3*i) {
				t.Errorf("3 * %d = %v", i, got[2])
			}
		}
	}); len(r) != 0 {
		t.Errorf("a changing float compiled again: %q", r)
	}
}

func TestWhole(t *testing.T) {
	type params struct{ Axes []int }
	table := vec(10, 20, 30)
	defer Delete(table) // the executable that was found keeps it
	traced := 0
	total := func(x *val, axes ...int) *val {
		return trace.Whole("test.total", params{axes}, []*val{x}, func(x []*val) []*val {
			traced++
			return []*val{ops.ReduceSum(ops.Add(x[0], table), axes)}
		})[0]
	}
	for range 3 {
		if got := host(total(vec(1, 2, 3), 0)); got[0] != 66 {
			t.Errorf("total is %v", got)
		}
	}
	if got := host(total(vec(1, 2, 3))); !slices.Equal(got, []float32{11, 22, 33}) {
		t.Errorf("another parameter found the program of the first: %v", got)
	}
	if traced != 4 {
		t.Errorf("traced %d times under CheckWhole, want at every call", traced)
	}
	// What is not among the parameters is caught.
	secret := 1.0
	hidden := func() {
		trace.Whole("test.hidden", nil, []*val{vec(1)}, func(x []*val) []*val {
			return []*val{ops.Mul(x[0], ops.Full([]int{1}, ir.FloatLit(secret, ir.Float32)))}
		})
	}
	hidden()
	secret = 2
	defer func() {
		if r := recover(); r == nil || !strings.Contains(fmt.Sprint(r), "test.hidden") {
			t.Errorf("a hidden parameter was not caught: %v", r)
		}
	}()
	hidden()
}
