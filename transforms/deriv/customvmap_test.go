package deriv_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/tests/fails"
)

type array = jnp.Array

type two struct{ X, Y array }

// ruled is sin(x) y, of which a rule makes n cos(x) y for n elements, to tell that it was used, and how often.
var ruled = gojax.CustomVmap(
	func(p two) array { return jnp.Sin(p.X).Mul(p.Y) },
	func(n int, batched []bool, p two) (array, []bool) {
		return jnp.Cos(p.X).Mul(p.Y).Mul(n), []bool{batched[0] || batched[1]}
	})

// halved ends for each element by itself.
var halved = gojax.SequentialVmap(func(x array) two {
	return lax.WhileLoop(func(p two) array { return p.X.Gt(1) },
		func(p two) two { return two{p.X.Div(2), p.Y.Add(1)} }, two{x, jnp.AsArray(0)})
})

// bothOf is the value and the derivative along the argument itself.
func bothOf(f func(two) array) func(two) []array {
	return func(p two) []array {
		y, t := gojax.JVP(f, p, p)
		return []array{y, t}
	}
}

// The values are JAX's, but for those of reverse mode, which it lacks, and those of the loop's derivatives.
var customVmapRows = []struct {
	name string
	f    func(p two) []array // of two vectors
	want []float64
}{
	{"both mapped", func(p two) []array { return []array{gojax.Vmap(ruled)(p)} },
		[]float64{5.2654953, 0.63663477, -9.6137228}},
	{"x mapped", func(p two) []array {
		return []array{gojax.Vmap(ruled, gojax.InAxes(two2[any]{0, nil}))(two{p.X, jnp.AsArray(2.0)})}
	}, []float64{5.2654953, 0.42442319, -4.8068614}},
	{"y mapped", func(p two) []array {
		return []array{gojax.Vmap(func(y array) array { return ruled(two{jnp.AsArray(0.5), y}) })(p.Y)}
	}, []float64{5.2654953, 7.8982429, 10.530991}},
	{"nested", func(p two) []array {
		return []array{gojax.Vmap(func(y array) array {
			return gojax.Vmap(func(x array) array { return ruled(two{x, y}) })(p.X)
		})(p.Y)}
	}, []float64{5.2654953, 0.42442319, -4.8068614, 7.8982429, 0.63663477, -7.2102919, 10.530991, 0.84884638,
		-9.6137228}},
	{"nested, both mapped", func(p two) []array {
		return []array{gojax.Vmap(gojax.Vmap(ruled))(two{p.X.Reshape(3, 1), p.Y.Reshape(3, 1)})}
	}, []float64{1.7551651, 0.21221159, -3.2045743}},
	{"another axis", func(p two) []array {
		return []array{gojax.Vmap(ruled, gojax.InAxes(two2[any]{1, 0}))(two{p.X.Reshape(1, 3), p.Y.Reshape(3, 1)})}
	}, []float64{5.2654953, 0.63663477, -9.6137228}},
	{"JVP", func(p two) []array {
		y, t := gojax.JVP(ruled, two{p.X.Row(0), p.Y.Row(0)}, two{jnp.AsArray(1.0), jnp.AsArray(3.0)})
		return []array{y, t}
	}, []float64{0.9588511, 3.1934419}},
	{"Vmap of JVP", gojax.Vmap(bothOf(ruled)),
		[]float64{5.2654953, 0.63663477, -9.6137228, 3.8272185, -12.829548, -27.567886}},
	{"tangents shared", func(p two) []array {
		return gojax.Vmap(func(p two) []array {
			y, t := gojax.JVP(ruled, p, two{jnp.AsArray(1.0), jnp.AsArray(1.0)})
			return []array{y, t}
		})(p)
	}, []float64{5.2654953, 0.63663477, -9.6137228, -0.24380565, -8.7652435, -9.5850964}},
	{"JVP of Vmap", bothOf(gojax.Vmap(ruled)),
		[]float64{5.2654953, 0.63663477, -9.6137228, 3.8272185, -12.829548, -27.567886}},
	{"Grad of Vmap", func(p two) []array {
		return []array{gojax.Grad(func(x array) array { return gojax.Vmap(ruled)(two{x, p.Y}).Sum() })(p.X)}
	}, []float64{-2.876553, -8.9774551, -7.1816654}},
	{"JacFwd", func(p two) []array {
		return []array{gojax.JacFwd(func(x array) array { return ruled(two{x, jnp.AsArray(2.0)}) })(p.X)}
	}, []float64{-2.876553, 0, 0, 0, -5.9849701, 0, 0, 0, -3.5908327}},
	{"Vmap of Vmap of JVP", func(p two) []array {
		return gojax.Vmap(gojax.Vmap(bothOf(ruled)))(two{p.X.Reshape(3, 1), p.Y.Reshape(3, 1)})
	}, []float64{1.7551651, 0.21221159, -3.2045743, 1.2757396, -4.276516, -9.1892958}},
	{"Vmap of JVP of JVP", func(p two) []array {
		return gojax.Vmap(func(x array) []array {
			return bothOf(func(p two) array { return bothOf(func(p two) array { return ruled(two{p.X, p.X}) })(p)[1] })(
				two{x, x})
		})(p.X)
	}, []float64{0.95680463, -6.4147739, -17.229929, -0.091427118, -20.597172, -2.119028}},
	{"in a loop", func(p two) []array {
		return []array{gojax.Vmap(func(p two) array {
			return lax.Repeat(2, func(x array) array { return ruled(two{x, p.Y}) }, p.X)
		})(p)}
	}, []float64{3.1519976, 7.2369079, -11.786435}},
	{"Grad", func(p two) []array {
		g := gojax.Grad(ruled)(two{p.X.Row(0), p.Y.Row(0)})
		return []array{g.X, g.Y}
	}, []float64{1.7551651, 0.47942554}},
	{"Vmap of Grad", func(p two) []array {
		g := gojax.Vmap(gojax.Grad(ruled))(p)
		return []array{g.X, g.Y}
	}, []float64{1.7551651, 0.2122116, -3.2045743, 0.47942554, 0.997495, 0.5984721}},
	{"one after the other", func(p two) []array {
		r := gojax.Vmap(halved)(p.X.Mul(10))
		return []array{r.X, r.Y.AsType(jnp.Float32)}
	}, []float64{0.625, 0.9375, 0.78125, 3, 4, 5}},
	{"one after the other, nested", func(p two) []array {
		r := gojax.Vmap(gojax.Vmap(halved))(p.X.Mul(10).Reshape(3, 1))
		return []array{r.X, r.Y.AsType(jnp.Float32)}
	}, []float64{0.625, 0.9375, 0.78125, 3, 4, 5}},
	{"one after the other, differentiated", func(p two) []array {
		f := gojax.SequentialVmap(func(p two) array { return jnp.Sin(p.X).Mul(p.Y) })
		g := gojax.Grad(func(p two) array { return gojax.Vmap(f)(p).Sum() })(p)
		return append(gojax.Vmap(bothOf(f))(p), g.X, g.Y)
	}, []float64{0.9588511, 2.992485, 2.3938885, 1.8364286, 3.3108022, -5.6175473, 1.7551651, 0.2122116, -3.2045743,
		0.47942554, 0.997495, 0.5984721}},
}

// two2 are the axes of a two.
type two2[T any] struct{ X, Y T }

func TestCustomVmap(t *testing.T) {
	p := two{vec(0.5, 1.5, 2.5), vec(2, 3, 4)}
	all := gojax.Jit(func(p two) (out []array) { // compiled as one
		for _, r := range customVmapRows {
			for _, y := range r.f(p) {
				out = append(out, y.Ravel())
			}
		}
		return out
	})(p)
	flat := jnp.ToSlice[float32](jnp.Concatenate(all))
	for _, r := range customVmapRows {
		near(t, r.name, vec(flat[:len(r.want)]...), r.want...)
		flat = flat[len(r.want):]
	}
	for _, i := range []int{0, 7, 9, 17} { // outside Jit
		r := customVmapRows[i]
		got := r.f(p)
		for j, y := range got {
			got[j] = y.Ravel()
		}
		near(t, r.name, jnp.Concatenate(got), r.want...)
	}
}

// TestCustomVmapRule tests what rules are told, and what they may take and return.
func TestCustomVmapRule(t *testing.T) {
	var told []string
	scale := vec(10, 20)
	f := gojax.CustomVmap(
		func(p []array) map[string]array { return map[string]array{"sum": p[0].Add(p[1]), "twice": p[1].Mul(2)} },
		func(n int, batched []bool, p []array) (map[string]array, []bool) {
			told = append(told, fmt.Sprint(n, batched))
			return map[string]array{"sum": p[0].Add(p[1]).Mul(scale), "twice": p[1].Mul(2)}, batched
		})
	g := func(x array) map[string]array { return f([]array{vec(1, 1), x}) }
	r := gojax.Vmap(func(x array) map[string]array { return f([]array{x, vec(1, 1)}) })(jnp.Ones(3, 2))
	near(t, "takes an array from outside", r["sum"], 20, 40, 20, 40, 20, 40)
	near(t, "not mapped", r["twice"], 2, 2, 2, 2, 2, 2)
	r = gojax.Vmap(func(x array) map[string]array {
		return lax.Repeat(1, func(c map[string]array) map[string]array { return f([]array{c["sum"], vec(1, 1)}) },
			map[string]array{"sum": x, "twice": vec(0, 0)})
	})(jnp.Ones(3, 2))
	near(t, "takes one in a loop", r["sum"], 20, 40, 20, 40, 20, 40)
	if want := []string{"3 [true false]", "3 [true false]"}; !slices.Equal(told, want) {
		t.Errorf("the rules were told %q, want %q", told, want)
	}
	fails.With(t, func() { gojax.Vmap(g)(jnp.Ones(3, 2)) }, "gojax.CustomVmap", `["sum"] is float32[3,2]`,
		"must be float32[2]", "without the mapped axis")
	y := jnp.Ones(3)
	id := func(x array) array { return x }
	with := func(rule func(n int, batched []bool, x array) (array, []bool)) func() {
		return func() { gojax.Vmap(gojax.CustomVmap(id, rule))(y) }
	}
	fails.With(t, with(func(n int, b []bool, x array) (array, []bool) { return x.Sum(), nil }),
		"is float32[], and must be float32[3]", "with the mapped axis first", "customvmap_test.go")
	fails.With(t, with(func(n int, b []bool, x array) (array, []bool) { return x, []bool{true, true} }),
		"marks 2 arrays of its result, which has 1")
	fails.With(t, with(func(n int, b []bool, x array) (array, []bool) { return array{}, nil }), "structure")
	fails.With(t, func() { gojax.CustomVmap[array, array](id, nil) }, "gojax.CustomVmap", "not nil")
	fails.With(t, func() { gojax.CustomVmap(nil, func(n int, b []bool, x array) (array, []bool) { return x, b }) },
		"not a nil func")
	fails.With(t, func() {
		gojax.Vmap(func(x array) array {
			return gojax.CustomVmap(func(z array) array { return z.Mul(x) },
				func(n int, b []bool, z array) (array, []bool) { return z, b })(x)
		})(y)
	}, "gojax.CustomVmap", "from outside of it that is being mapped", "as an argument")
	near(t, "no elements", gojax.Vmap(gojax.SequentialVmap(id))(jnp.Zeros(0)))
}
