package deriv_test

import (
	"math"
	"strings"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/tests/sample"
)

func TestCheckGradsFindsFaults(t *testing.T) {
	calls := 0
	f := tripled(&calls)
	if err := gojax.CheckGrads(f, vec(1), 1); err == nil || !strings.Contains(err.Error(), "JVP") {
		t.Errorf("a wrong derivative passes: %v", err)
	}
	if err := gojax.CheckGrads(f, vec(1), 1, gojax.CheckReverseOnly()); err == nil ||
		!strings.Contains(err.Error(), "VJP") {
		t.Errorf("a wrong gradient passes: %v", err)
	}
	loop := func(x jnp.Array) jnp.Array { // which has no reverse mode
		return lax.WhileLoop(func(x jnp.Array) jnp.Array { return x.Lt(9) },
			func(x jnp.Array) jnp.Array { return x.Mul(x) }, x.Index(0).Add(1))
	}
	if err := gojax.CheckGrads(loop, vec(1), 1, gojax.CheckForwardOnly()); err != nil {
		t.Error(err)
	}
	if err := gojax.CheckGrads(loop, vec(1), 1); err == nil {
		t.Error("a loop without reverse mode passes")
	}
	// Right at first order, wrong at second.
	g := gojax.CustomJVP(jnp.Sin, func(x, t jnp.Array) (jnp.Array, jnp.Array) {
		return jnp.Sin(x), gojax.StopGradient(jnp.Cos(x)).Mul(t)
	})
	if err := gojax.CheckGrads(g, vec(1), 1); err != nil {
		t.Error(err)
	}
	if err := gojax.CheckGrads(g, vec(1), 2); err == nil {
		t.Error("a wrong second derivative passes")
	}
	if err := gojax.CheckGrads(func(x jnp.Array) jnp.Array { return jnp.NextAfter(x, 1.0) }, vec(1), 1); err == nil {
		t.Error("an operation without derivative passes")
	}
	gojax.WithX64(true, func() {
		type in struct{ A, Z, N jnp.Array }
		order := 2
		if sample.All() {
			order = 3
		}
		p := in{jnp.FromSlice([]float64{1, 2}), jnp.FromSlice([]complex128{1 + 2i, 3}), jnp.AsArray(2)}
		err := gojax.CheckGrads(func(p in) []jnp.Array {
			return []jnp.Array{jnp.Sin(p.A).Mul(p.N), jnp.Exp(p.Z).Mul(p.A), jnp.Abs(p.Z), p.N}
		}, p, order)
		if err != nil {
			t.Error(err)
		}
	})()
}

// The step and the directions are those asked for.
func TestCheckGradsOptions(t *testing.T) {
	var at []float64
	seen := func(x jnp.Array) jnp.Array {
		if known := gojax.Try(func() { at = append(at, x.Item()) }); known != nil {
			t.Error(known)
		}
		return x.Mul(x)
	}
	steps := func(opts ...gojax.CheckOption) (moved float64) {
		at = nil
		if err := gojax.CheckGrads(seen, jnp.AsArray(float32(2)), 1, opts...); err != nil {
			t.Error(err)
		}
		for _, v := range at {
			moved = max(moved, math.Abs(v-2))
		}
		return moved
	}
	small, large := steps(gojax.CheckStep(1.0/1024)), steps(gojax.CheckStep(1.0/128))
	if ratio := large / small; math.Abs(ratio-8) > 0.01 {
		t.Errorf("with eight times the step the function is called %v as far away", ratio)
	}
	first, again, other := steps(gojax.CheckSeed(7)), steps(gojax.CheckSeed(7)), steps(gojax.CheckSeed(8))
	if first != again || first == other || first != steps(gojax.CheckSeed(7), gojax.CheckTolerance(1, 1)) {
		t.Errorf("seeds 7, 7 and 8 go %v, %v and %v away", first, again, other)
	}
	if err := gojax.CheckGrads(seen, jnp.AsArray(float32(2)), 0); err == nil {
		t.Error("order 0 is checked")
	}
	if err := gojax.CheckGrads(seen, jnp.AsArray(float32(2)), 1, nil); err == nil ||
		!strings.Contains(err.Error(), "option 0 is nil") {
		t.Errorf("a nil option: %v", err)
	}
}
