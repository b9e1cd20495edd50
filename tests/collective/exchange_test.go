package collective_test

import (
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

// Exchanges between the elements of a named axis are moves of, and sums over, the axes of all their arrays together:
// whole is the same function without the name. Where JAX 0.10.2 has a result it is named; the derivatives of its
// all_to_all between axes of different sizes fail there.
func TestExchanges(t *testing.T) {
	type fn = func(x jnp.Array) jnp.Array
	rows := []struct {
		name    string
		x       jnp.Array
		named   fn // of an element
		whole   fn
		fromJAX string
	}{
		{"AllToAll", ramp(3, 3, 2), func(x jnp.Array) jnp.Array { return lax.AllToAll(x, "i", 0, 1) },
			func(x jnp.Array) jnp.Array { return jnp.Transpose(x, 1, 2, 0) },
			"[[[ 0.  6. 12.]\n  [ 1.  7. 13.]]\n\n [[ 2.  8. 14.]\n  [ 3.  9. 15.]]\n\n [[ 4. 10. 16.]\n  [ 5. 11. " +
				"17.]]]"},
		{"AllToAll to the front", ramp(3, 2, 3), func(x jnp.Array) jnp.Array { return lax.AllToAll(x, "i", -1, 0) },
			func(x jnp.Array) jnp.Array { return jnp.Transpose(x, 2, 0, 1) },
			"[[[ 0.  3.]\n  [ 6.  9.]\n  [12. 15.]]\n\n [[ 1.  4.]\n  [ 7. 10.]\n  [13. 16.]]\n\n [[ 2.  5.]\n  [ 8. " +
				"11.]\n  [14. 17.]]]"},
		{"AllToAll in place", ramp(3, 3), func(x jnp.Array) jnp.Array { return lax.AllToAll(x, "i", 0, 0) },
			func(x jnp.Array) jnp.Array { return jnp.Transpose(x) }, "[[0. 3. 6.]\n [1. 4. 7.]\n [2. 5. 8.]]"},
		{"AllToAllTiled", ramp(2, 4, 1), func(x jnp.Array) jnp.Array { return lax.AllToAll(x, "i", 0, 1, tiled) },
			func(x jnp.Array) jnp.Array { return jnp.Transpose(x.Reshape(2, 2, 2), 1, 2, 0) },
			"[[[0. 4.]\n  [1. 5.]]\n\n [[2. 6.]\n  [3. 7.]]]"},
		{"AllToAllTiled in place", ramp(2, 4), func(x jnp.Array) jnp.Array { return lax.AllToAll(x, "i", 0, 0, tiled) },
			func(x jnp.Array) jnp.Array { return jnp.Transpose(x.Reshape(2, 2, 2), 1, 0, 2).Reshape(2, 4) },
			"[[0. 1. 4. 5.]\n [2. 3. 6. 7.]]"},
		{"PSwapAxes", ramp(3, 2, 3), func(x jnp.Array) jnp.Array { return lax.PSwapAxes(x, "i", 1) },
			func(x jnp.Array) jnp.Array { return jnp.Transpose(x, 2, 1, 0) },
			"[[[ 0.  6. 12.]\n  [ 3.  9. 15.]]\n\n [[ 1.  7. 13.]\n  [ 4. 10. 16.]]\n\n [[ 2.  8. 14.]\n  [ 5. 11. " +
				"17.]]]"},
		{"PSumScatter", ramp(3, 3), func(x jnp.Array) jnp.Array { return lax.PSumScatter(x, "i", 0) },
			func(x jnp.Array) jnp.Array { return jnp.Sum(x, 0) }, "[ 9. 12. 15.]"},
		{"PSumScatter last", ramp(3, 2, 3), func(x jnp.Array) jnp.Array { return lax.PSumScatter(x, "i", -1) },
			func(x jnp.Array) jnp.Array { return jnp.Transpose(jnp.Sum(x, 0)) }, "[[18. 27.]\n [21. 30.]\n [24. 33.]]"},
		{"PSumScatterTiled", ramp(2, 4), func(x jnp.Array) jnp.Array { return lax.PSumScatter(x, "i", 0, tiled) },
			func(x jnp.Array) jnp.Array { return jnp.Sum(x, 0).Reshape(2, 2) }, "[[ 4.  6.]\n [ 8. 10.]]"},
		{"PSumScatter of one for all", ramp(3, 3),
			func(x jnp.Array) jnp.Array { return lax.PSumScatter(jnp.Arange(3.), "i", 0).Mul(x) },
			func(x jnp.Array) jnp.Array { return jnp.Arange(3.).Mul(3).Reshape(3, 1).Mul(x) },
			"[[ 0.  0.  0.]\n [ 9. 12. 15.]\n [36. 42. 48.]]"},
		{"PShuffle", ramp(3, 2), func(x jnp.Array) jnp.Array { return lax.PShuffle(x, "i", []int{2, 0, 1}) },
			func(x jnp.Array) jnp.Array { return jnp.Take(x, jnp.FromSlice([]int32{2, 0, 1}, 3), 0) },
			"[[4. 5.]\n [0. 1.]\n [2. 3.]]"},
		{"mapped inside", ramp(2, 3, 2), gojax.Vmap(func(x jnp.Array) jnp.Array { return lax.AllToAll(x, "i", 0, 0) }),
			func(x jnp.Array) jnp.Array { return jnp.Transpose(x, 2, 1, 0) },
			"[[[ 0.  6.]\n  [ 2.  8.]\n  [ 4. 10.]]\n\n [[ 1.  7.]\n  [ 3.  9.]\n  [ 5. 11.]]]"},
		{"sums mapped inside", ramp(2, 3, 2),
			gojax.Vmap(func(x jnp.Array) jnp.Array { return lax.PSumScatter(x, "i", 0) }),
			func(x jnp.Array) jnp.Array { return jnp.Transpose(jnp.Sum(x, 0)) }, "[[ 6. 10. 14.]\n [ 8. 12. 16.]]"},
	}
	for _, r := range rows {
		f := gojax.Vmap(r.named, gojax.AxisName("i"))
		for how, g := range map[string]fn{"": f, "jitted ": gojax.Jit(f)} {
			if got := g(r.x).String(); got != r.fromJAX {
				t.Errorf("%s%s:\n%s\nwant\n%s", how, r.name, got, r.fromJAX)
			}
		}
		loss := func(f fn) fn {
			return gojax.Jit(gojax.Grad(func(x jnp.Array) jnp.Array {
				y := f(x)
				return jnp.Sum(jnp.Square(y).Mul(jnp.Arange(float32(y.Size())).Add(1).Reshape(y.Shape()...)))
			}))
		}
		if got, want := loss(f)(r.x).String(), loss(r.whole)(r.x).String(); got != want {
			t.Errorf("%s: the gradient is\n%s\nwant\n%s", r.name, got, want)
		}
		if err := gojax.CheckGrads(func(x []jnp.Array) []jnp.Array { return []jnp.Array{f(x[0])} },
			[]jnp.Array{r.x.AsType(jnp.Float32)}, 2); err != nil {
			t.Errorf("%s: %v", r.name, err)
		}
	}
	// The gradient inside the mapped function, of each element's own loss (jax 0.10.2).
	own := func(f fn) fn {
		return gojax.Vmap(gojax.Grad(func(x jnp.Array) jnp.Array {
			y := f(x)
			w := jnp.Arange(float32(y.Size())).Add(1).Reshape(y.Shape()...)
			return jnp.Sum(jnp.Square(y).Mul(w).Mul(lax.AxisIndex("i").AsType(jnp.Float32).Add(1)))
		}), gojax.AxisName("i"))
	}
	for name, c := range map[string]struct{ got, want string }{
		"PSumScatter": {
			own(func(x jnp.Array) jnp.Array { return lax.PSumScatter(x, "i", 0) })(ramp(3, 3)).String(),
			"[[18. 48. 90.]\n [18. 48. 90.]\n [18. 48. 90.]]"},
		"PSumScatterTiled": {
			own(func(x jnp.Array) jnp.Array { return lax.PSumScatter(x, "i", 0, tiled) })(ramp(2, 4)).String(),
			"[[ 8. 24. 32. 80.]\n [ 8. 24. 32. 80.]]"},
	} {
		if c.got != c.want {
			t.Errorf("the gradient of %s inside is\n%s\nwant\n%s", name, c.got, c.want)
		}
	}
	over := func(f fn) func() { return func() { gojax.Vmap(f, gojax.AxisName("i"))(ramp(2, 3)) } }
	for name, h := range map[string]func(){
		"another size":    over(func(x jnp.Array) jnp.Array { return lax.AllToAll(x, "i", 0, 0) }),
		"no multiple":     over(func(x jnp.Array) jnp.Array { return lax.AllToAll(x, "i", 0, 0, tiled) }),
		"out of range":    over(func(x jnp.Array) jnp.Array { return lax.AllToAll(x, "i", 0, 1, tiled) }),
		"sum of others":   over(func(x jnp.Array) jnp.Array { return lax.PSumScatter(x, "i", 0) }),
		"sum no multiple": over(func(x jnp.Array) jnp.Array { return lax.PSumScatter(x, "i", 0, tiled) }),
		"no permutation":  over(func(x jnp.Array) jnp.Array { return lax.PShuffle(x, "i", []int{0, 0}) }),
		"unnamed":         func() { lax.AllToAll(ramp(2, 2), "i", 0, 0) },
	} {
		if err := gojax.Try(h); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
