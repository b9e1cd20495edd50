package collective_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

var tiled = lax.CollectiveOptions{Tiled: true}

func ramp(shape ...int) jnp.Array {
	n := 1
	for _, d := range shape {
		n *= d
	}
	return jnp.Reshape(jnp.Arange(float32(n)), shape...)
}

// What jax.vmap with axis_name gives (jax 0.10.2).
func TestCollectives(t *testing.T) {
	f32 := jnp.Float32
	i := func() jnp.Array { return lax.AxisIndex("i").AsType(f32) }
	sq := func(x jnp.Array) jnp.Array { return jnp.Sum(jnp.Square(x)) }
	for _, c := range []struct {
		name string
		f    func(x jnp.Array) jnp.Array
		want string
	}{
		{"PSum", func(x jnp.Array) jnp.Array { return lax.PSum(x, "i") }, "[[6. 9.]\n [6. 9.]\n [6. 9.]]"},
		{"PSum of a constant", func(x jnp.Array) jnp.Array { return lax.PSum(jnp.Ones(), "i").Add(x) },
			"[[3. 4.]\n [5. 6.]\n [7. 8.]]"},
		{"PSum of bools", func(x jnp.Array) jnp.Array { return lax.PSum(jnp.Less(x, 3), "i").AsType(f32) },
			"[[2. 1.]\n [2. 1.]\n [2. 1.]]"},
		{"PMean", func(x jnp.Array) jnp.Array { return x.Sub(lax.PMean(x, "i")) },
			"[[-2. -2.]\n [ 0.  0.]\n [ 2.  2.]]"},
		{"PMean of ints", func(x jnp.Array) jnp.Array { return lax.PMean(x.AsType(jnp.Int32).Mul(2).Add(1), "i") },
			"[[5. 7.]\n [5. 7.]\n [5. 7.]]"},
		{"PMax", func(x jnp.Array) jnp.Array { return lax.PMax(x, "i") }, "[[4. 5.]\n [4. 5.]\n [4. 5.]]"},
		{"PMin", func(x jnp.Array) jnp.Array { return lax.PMin(x, "i").Add(x) }, "[[0. 2.]\n [2. 4.]\n [4. 6.]]"},
		{"AxisIndex", func(x jnp.Array) jnp.Array { return i() }, "[0. 1. 2.]"},
		{"AxisSize", func(x jnp.Array) jnp.Array { return x.Mul(lax.AxisSize("i")) },
			"[[ 0.  3.]\n [ 6.  9.]\n [12. 15.]]"},
		{"AllGather", func(x jnp.Array) jnp.Array { return jnp.Sum(lax.AllGather(x, "i", 0).Mul(i().Add(1)), 1) },
			"[[ 1.  5.  9.]\n [ 2. 10. 18.]\n [ 3. 15. 27.]]"},
		{"AllGather last", func(x jnp.Array) jnp.Array { return lax.AllGather(x, "i", -1).At(1).Get() },
			"[[1. 3. 5.]\n [1. 3. 5.]\n [1. 3. 5.]]"},
		{"AllGatherTiled", func(x jnp.Array) jnp.Array { return lax.AllGather(x, "i", 0, tiled) },
			"[[0. 1. 2. 3. 4. 5.]\n [0. 1. 2. 3. 4. 5.]\n [0. 1. 2. 3. 4. 5.]]"},
		{"PPermute", func(x jnp.Array) jnp.Array { return lax.PPermute(x, "i", [][2]int{{0, 1}, {1, 2}, {2, 0}}) },
			"[[4. 5.]\n [0. 1.]\n [2. 3.]]"},
		{"PPermute in part", func(x jnp.Array) jnp.Array { return lax.PPermute(x, "i", [][2]int{{2, 1}}) },
			"[[0. 0.]\n [4. 5.]\n [0. 0.]]"},
		{"in a branch", func(x jnp.Array) jnp.Array {
			return lax.Cond(jnp.Equal(lax.AxisSize("i"), 3), func() jnp.Array { return lax.PSum(x, "i") },
				func() jnp.Array { return x })
		}, "[[6. 9.]\n [6. 9.]\n [6. 9.]]"},
		{"in a loop", func(x jnp.Array) jnp.Array {
			return lax.ForiLoop(0, 2, func(_, c jnp.Array) jnp.Array { return lax.PMean(c, "i").Add(i()) }, x)
		}, "[[3. 4.]\n [4. 5.]\n [5. 6.]]"},
		{"jitted inside", gojax.Jit(func(x jnp.Array) jnp.Array { return lax.PSum(x, "i") }),
			"[[6. 9.]\n [6. 9.]\n [6. 9.]]"},
		{"mapped inside", gojax.Vmap(func(x jnp.Array) jnp.Array { return lax.PSum(x, "i").Mul(x) }),
			"[[ 0.  9.]\n [12. 27.]\n [24. 45.]]"},
		{"mapped inside by name",
			gojax.Vmap(func(x jnp.Array) jnp.Array { return lax.PSum(x, "i", "j") }, gojax.AxisName("j")),
			"[[15. 15.]\n [15. 15.]\n [15. 15.]]"},
		{"shadowed", gojax.Vmap(func(x jnp.Array) jnp.Array { return lax.PSum(x, "i") }, gojax.AxisName("i")),
			"[[1. 1.]\n [5. 5.]\n [9. 9.]]"},
		{"grad PSum", gojax.Grad(func(x jnp.Array) jnp.Array { return sq(lax.PSum(x, "i")) }),
			"[[36. 54.]\n [36. 54.]\n [36. 54.]]"},
		{"grad PMean", gojax.Grad(func(x jnp.Array) jnp.Array { return sq(x.Sub(lax.PMean(x, "i"))) }),
			"[[-4. -4.]\n [ 0.  0.]\n [ 4.  4.]]"},
		{"grad AllGather", gojax.Grad(func(x jnp.Array) jnp.Array { return sq(lax.AllGather(x, "i", 0)) }),
			"[[ 0.  6.]\n [12. 18.]\n [24. 30.]]"},
		{"grad AllGatherTiled", gojax.Grad(func(x jnp.Array) jnp.Array { return sq(lax.AllGather(x, "i", 0, tiled)) }),
			"[[ 0.  6.]\n [12. 18.]\n [24. 30.]]"},
		{"grad PPermute", gojax.Grad(func(x jnp.Array) jnp.Array {
			return jnp.Sum(lax.PPermute(x, "i", [][2]int{{0, 1}, {1, 2}, {2, 0}}).Mul(i()))
		}), "[[1. 1.]\n [2. 2.]\n [0. 0.]]"},
		{"grad PMax", gojax.Grad(func(x jnp.Array) jnp.Array { return jnp.Sum(lax.PMax(x, "i")) }),
			"[[0. 0.]\n [0. 0.]\n [3. 3.]]"},
	} {
		x := ramp(3, 2)
		f := gojax.Vmap(c.f, gojax.AxisName("i"))
		for how, g := range map[string]func(jnp.Array) jnp.Array{"": f, "jitted ": gojax.Jit(f)} {
			var got string
			if err := gojax.Try(func() { got = g(x).String() }); err != nil {
				t.Errorf("%s%s: %v", how, c.name, err)
			} else if got != c.want {
				t.Errorf("%s%s:\n%s\nwant\n%s", how, c.name, got, c.want)
			}
		}
	}
}

// One jitted function serves axes of several sizes, and none.
func TestCollectiveKeys(t *testing.T) {
	g := gojax.Jit(func(x jnp.Array) jnp.Array { return lax.AllGather(x, "i", 0) })
	f := gojax.Vmap(g, gojax.AxisName("i"))
	for _, n := range []int{2, 5, 3, 2} {
		if got := f(ramp(n)).Shape(); fmt.Sprint(got) != fmt.Sprint([]int{n, n}) {
			t.Errorf("%d: got %v", n, got)
		}
	}
	for name, h := range map[string]func(){
		"no axis": func() { g(ramp(2)) },
		"another": func() { gojax.Vmap(g, gojax.AxisName("k"))(ramp(2)) },
		"out of range": func() {
			gojax.Vmap(func(x jnp.Array) jnp.Array { return lax.AllGather(x, "i", 2) }, gojax.AxisName("i"))(ramp(2))
		},
		"no permute": func() {
			gojax.Vmap(func(x jnp.Array) jnp.Array { return lax.PPermute(x, "i", [][2]int{{0, 1}, {1, 1}}) },
				gojax.AxisName("i"))(ramp(2))
		},
		"beyond": func() {
			gojax.Vmap(func(x jnp.Array) jnp.Array { return lax.PPermute(x, "i", [][2]int{{0, 2}}) },
				gojax.AxisName("i"))(ramp(2))
		},
		"named nothing": func() { lax.PSum(ramp(2)) },
		"empty name":    func() { gojax.AxisName("") },
	} {
		if err := gojax.Try(h); err == nil || !strings.Contains(err.Error(), "collective_test.go") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
