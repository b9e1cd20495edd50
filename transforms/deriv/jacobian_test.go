package deriv_test

import (
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

func TestJacobians(t *testing.T) {
	m := vec(0, 1, 2, 3, 4, 5).Reshape(2, 3)
	f := func(x jnp.Array) jnp.Array { return jnp.MatMul(m, jnp.Sin(x)) }
	x := vec(0, 1, 2)
	want := []float64{0, .5403023, -.8322937, 3, 2.161209, -2.0807343}
	for name, j := range map[string]func(jnp.Array) jnp.Array{"JacFwd": gojax.JacFwd(f), "JacRev": gojax.JacRev(f),
		"jitted": gojax.Jit(gojax.JacRev(f))} {
		near(t, name, j(x), want...)
		if s := j(x).Shape(); len(s) != 2 || s[0] != 2 || s[1] != 3 {
			t.Errorf("%s: shape %v", name, s)
		}
	}
	near(t, "Hessian",
		gojax.Hessian(func(x jnp.Array) jnp.Array { return jnp.Sum(jnp.Sin(x).Mul(jnp.Flip(x))) })(vec(1, 2)),
		-1.6829419, .12415543, .12415543, -.9092974)
	near(t, "mapped",
		gojax.Vmap(gojax.Hessian(func(x jnp.Array) jnp.Array { return jnp.Sum(jnp.Power(x, 3)) }))(
			vec(1, 2, 3, 4).Reshape(2, 2)),
		6, 0, 0, 12, 18, 0, 0, 24)

	// Trees, results that do not vary, matrices.
	type in struct {
		A, B jnp.Array
		N    jnp.Array
	}
	p := in{vec(1, 2), jnp.AsArray(3.0), jnp.AsArray(2)}
	g := func(p in) []jnp.Array {
		return []jnp.Array{p.A.Mul(p.B), jnp.Ones(2), jnp.AsArray(2), p.B.Mul(p.N)}
	}
	for name, j := range map[string]func(in) [][]jnp.Array{"forward": gojax.JacFwdTree(g, gojax.AllowInt()),
		"reverse": gojax.JacRevTree(g, gojax.AllowInt())} {
		r := j(p)
		near(t, name+" 0 0", r[0][0], 3, 0, 0, 3)
		near(t, name+" 0 1", r[0][1], 1, 2)
		near(t, name+" 1 0", r[1][0], 0, 0, 0, 0)
		near(t, name+" 3 1", r[3][1], 2)
		if r[2][0].TraceValue() != nil || r[0][2].TraceValue() != nil {
			t.Errorf("%s: Jacobians by and of integers are set", name)
		}
	}
	b := gojax.HessianTree(func(p [2]jnp.Array) jnp.Array {
		return jnp.Sum(jnp.Square(p[0]).Mul(p[1]))
	})([2]jnp.Array{vec(1, 2), jnp.AsArray(3.0)})
	near(t, "HessianTree 0 0", b[0][0], 6, 0, 0, 6)
	near(t, "HessianTree 0 1", b[0][1], 2, 4)
	near(t, "HessianTree 1 1", b[1][1], 0)
	if s := gojax.JacFwd(jnp.Sin)(jnp.Zeros(0)).Shape(); len(s) != 2 || s[0] != 0 || s[1] != 0 {
		t.Errorf("of an empty array: %v", s)
	}
}

// TestForwardStoresNothing holds the memory of forward derivatives of loops to be that of a shorter loop.
func TestForwardStoresNothing(t *testing.T) {
	const width, most = 200, 16 << 10 // bytes by which a loop that is longer by 2000 steps may need more
	step := func(c, x jnp.Array) jnp.Array { return jnp.Tanh(c.Mul(x).Add(0.1)) }
	start := jnp.Ones(width)
	loops := map[string]func(x jnp.Array, n int) jnp.Array{
		"scan": func(x jnp.Array, n int) jnp.Array {
			c, _ := lax.Scan(func(c, _ jnp.Array) (jnp.Array, struct{}) { return step(c, x), struct{}{} }, start,
				jnp.Array{}, lax.ScanOptions{Length: n})
			return jnp.Sum(c)
		},
		"checkpoint": func(x jnp.Array, n int) jnp.Array {
			body := gojax.Checkpoint(func(c jnp.Array) jnp.Array { return step(c, x) })
			return jnp.Sum(lax.ForiLoop(0, n, func(_, c jnp.Array) jnp.Array { return body(c) }, start))
		},
		"cond": func(x jnp.Array, n int) jnp.Array {
			return jnp.Sum(lax.ForiLoop(0, n, func(i, c jnp.Array) jnp.Array {
				return lax.Cond(i.Gt(5), func() jnp.Array { return step(c, x) }, func() jnp.Array { return c })
			}, start))
		},
		"while": func(x jnp.Array, n int) jnp.Array {
			type carry struct{ I, C jnp.Array }
			return jnp.Sum(lax.WhileLoop(func(c carry) jnp.Array { return c.I.Lt(n) },
				func(c carry) carry { return carry{c.I.Add(1), step(c.C, x)} }, carry{jnp.AsArray(int32(0)), start}).C)
		},
	}
	type function = func(jnp.Array) jnp.Array
	jvp := func(f function) function {
		return func(x jnp.Array) jnp.Array {
			_, y := gojax.JVP(f, x, jnp.OnesLike(x))
			return y
		}
	}
	forms := map[string]func(f function) function{
		"JacFwd":           func(f function) function { return gojax.JacFwd(f) },
		"JacFwd of JacFwd": func(f function) function { return gojax.JacFwd(gojax.JacFwd(f)) },
		"JVP":              jvp,
		"JVP of JVP":       func(f function) function { return jvp(jvp(f)) },
		"Vmap of JVP": func(f function) function {
			return func(x jnp.Array) jnp.Array { return gojax.Vmap(jvp(f))(jnp.Stack([]jnp.Array{x, x})) }
		},
	}
	for loop, f := range loops {
		for form, d := range forms {
			var temp [2]int64
			for i, n := range []int{10, 2010} {
				df := d(func(x jnp.Array) jnp.Array { return f(x, n) })
				x, err := gojax.Lower(df)(jnp.AsArray(float32(0.5))).Compile()
				if err != nil {
					t.Fatal(err)
				}
				m, err := x.MemoryAnalysis()
				if err != nil {
					t.Fatal(err)
				}
				temp[i] = m.Temp
			}
			if temp[1] > temp[0]+most {
				t.Errorf("%s of a loop (%s): %d bytes for 10 steps, %d for 2010", form, loop, temp[0], temp[1])
			}
		}
	}
}
