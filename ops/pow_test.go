package ops_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/tests/fails"
	"github.com/gojax/gojax/trace"
)

func TestPowInteger(t *testing.T) {
	x, y := vec(ir.Float64, 2, 0, -3, 5), vec(ir.Int32, 3, 0, 2, -1)
	if s := runBoth(t, f2(ops.Pow), []arr{x, y})[0].closeTo(vec(ir.Float64, 8, 1, 9, 0.2), 1e-12); s != "" {
		t.Error(s)
	}
	checkFirst(t, f2(ops.Pow), []arr{x, y})
	// The second derivative of the power 0 at 0 is NaN in reverse mode, as in JAX.
	checkJVP(t, f2(ops.Pow), []arr{vec(ir.Float64, 2, 0, -3, 5), vec(ir.Int32, 3, 2, 2, -1)})
	fails.With(t, func() { ops.Pow(vec(ir.Int32, 2).put(), vec(ir.Int32, 2).put()) }, "ops.Pow(int32[1], int32[1])",
		"float or complex")
	fails.With(t, func() { ops.IntegerPow(vec(ir.Int32, 2).put(), -1) }, "negative power -1")
}

// A power that is 0 has no slope, in whatever direction, where the exponent or the base is infinite.
func TestPowAtInfinity(t *testing.T) {
	inf32 := float32(math.Inf(1))
	x, y := jnp.FromSlice([]float32{0.5, 2, inf32, inf32}), jnp.FromSlice([]float32{inf32, -inf32, -1, -2.5})
	pow := func(x, y jnp.Array) jnp.Array { return jnp.Wrap(ops.Pow(x.TraceValue(), y.TraceValue())) }
	byX := func(x jnp.Array) jnp.Array { return jnp.Sum(pow(x, y)) }
	byY := func(y jnp.Array) jnp.Array { return jnp.Sum(pow(x, y)) }
	for name, dy := range map[string]jnp.Array{"x": gojax.Grad(byX)(x), "y": gojax.Grad(byY)(y),
		"x twice": gojax.Grad(func(x jnp.Array) jnp.Array { return jnp.Sum(gojax.Grad(byX)(x)) })(x)} {
		if jnp.Any(dy.Ne(0)).Item() != 0 {
			t.Errorf("the derivatives by %s are %v, want 0", name, dy)
		}
	}
}

func ExampleIntegerPow() {
	show(ops.IntegerPow(value([]float32{2, 4}), -1))
	// Output: [0.5  0.25]
}

func ExampleReciprocal() {
	fmt.Println(jnp.Wrap(ops.Reciprocal(jnp.FromSlice([]float32{1, 2, 4}, 3).TraceValue())))
	// Output: [1.   0.5  0.25]
}

// A negative power is right where the positive one overflows or vanishes.
func TestNegativePowers(t *testing.T) {
	b := newBench(t)
	for _, k := range []struct {
		d       ir.DType
		n       int
		x, want float64
	}{
		{ir.Float16, -2, 300, 1.11e-5}, {ir.Float32, -3, 2e-13, 1.25e38}, {ir.Float32, -3, -2e-13, -1.25e38},
		{ir.Float64, -3, 2e-103, 1.25e308}, {ir.Float64, -4, 9e-78, 1.5241579e308},
		{ir.Float64, -2, 3e153, 1.1111111e-307},
		{ir.Float32, -2, inf, 0}, {ir.Float32, -2, 0, inf}, {ir.Float32, -3, -inf, 0}, {ir.Float64, -2, 4, 0.0625},
	} {
		tol := 1e-6
		if k.d == ir.Float16 {
			tol = 0.01
		}
		b.values(f1(func(x *trace.Value) *trace.Value { return ops.IntegerPow(x, k.n) }), []arr{scalar(k.d, k.x)},
			func(y []arr) {
				if got := y[0].e[0].Float(); got != k.want && !(math.Abs(got/k.want-1) < tol) {
					t.Errorf("%v %v to the %d: %v, want %v", k.d, k.x, k.n, got, k.want)
				}
			})
	}
	b.run()
}
