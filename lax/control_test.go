package lax_test

import (
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/ops"
)

func TestControlFlow(t *testing.T) {
	type state struct {
		N    A
		Name string
	}
	x, n := jnp.AsArray(float32(3)), jnp.AsArray(int32(4))
	sum := func(i, s A) A { return s.Add(i.AsType(jnp.Float32)) }
	plus := func(v float64) func(x V) V { return func(x V) V { return ops.Add(x, like(x, v)) } }
	checkForms(t,
		of1("Cond", func(x A) A { return lax.Cond(x.Gt(2), x.Neg, func() A { return x }) }, ops.Neg, x),
		of1("Cond of the other branch", func(x A) A { return lax.Cond(x.Gt(3), x.Neg, func() A { return x }) },
			func(x V) V { return x }, x),
		of1("CondWith", func(x A) A { return lax.CondWith(x, lax.Square, lax.Neg, x) }, ops.Square, x),
		of2(
			"Switch",
			func(n, x A) A { return lax.Switch(n, x.Neg, x.Neg, func() A { return x.Mul(10) }) }, // 4 is the last
			func(n, x V) V { return ops.Mul(x, like(x, 10)) },
			n,
			x,
		),
		of1("WhileLoop", func(x A) A {
			s := lax.WhileLoop(func(s state) A { return s.N.Lt(20) },
				func(s state) state { return state{s.N.Mul(2), s.Name} }, state{x, "n"})
			return s.N
		}, plus(21), x),
		of1("ForiLoop between Go integers", func(x A) A { return lax.ForiLoop(0, int64(4), sum, x) }, plus(6), x),
		of2("ForiLoop to an array", func(x, n A) A { return lax.ForiLoop(uint8(1), n, sum, x) },
			func(x, n V) V { return plus(6)(x) }, x, n),
		of2("ForiLoop between arrays", func(x, n A) A { return lax.ForiLoop(n.Sub(2), n, sum, x) },
			func(x, n V) V { return plus(5)(x) }, x, n),
		of1("Repeat", func(x A) A { return lax.Repeat(3, func(x A) A { return x.Add(x) }, x) },
			func(x V) V { return ops.Mul(x, like(x, 8)) }, x),
		of2("Repeat as often as an array says",
			func(x, n A) A { return lax.Repeat(n, func(x A) A { return x.Add(1) }, x) },
			func(x, n V) V { return plus(4)(x) }, x, n),
		of1("Repeat not at all", func(x A) A { return lax.Repeat(-2, lax.Neg, x) }, func(x V) V { return x }, x),
		of1("PlatformDependent", func(x A) A {
			return lax.PlatformDependent(x.Neg,
				map[string]func() A{"cpu": func() A { return x.Add(1) }, "cuda": func() A { return x.Add(1) }})
		}, plus(1), x),
	)
	// Between Go integers of any type the number of steps is known: the loop has a gradient.
	g := gojax.Grad(func(x A) A { return lax.ForiLoop(int8(0), uint64(3), func(_, c A) A { return c.Mul(x) }, x) })(x)
	if got := g.Item(); got != 4*27 {
		t.Errorf("the gradient of x to the 4 at 3 is %v", got)
	}
	g = gojax.Grad(func(x A) A { return lax.Repeat(uint8(2), func(c A) A { return c.Mul(x) }, x) })(x)
	if got := g.Item(); got != 27 {
		t.Errorf("the gradient of x to the 3 at 3 is %v", got)
	}
	yes, stay := jnp.AsArray(true), func() A { return x }
	checkMistakes(t,
		mistake{"lax.Repeat", func() { lax.Repeat[A](2, nil, x) }, []string{"nil"}},
		mistake{"lax.Repeat", func() { lax.Repeat(x, lax.Neg, x) }, []string{"number of times", "float32[]"}},
		mistake{"lax.Repeat", func() { lax.Repeat(2, func(c A) A { return n }, x) },
			[]string{"the carry enters as float32[]", "int32[]"}},
		mistake{"lax.Cond", func() { lax.Cond(numbers(0, 1, 2), stay, stay) }, []string{"scalar", "float32[2]"}},
		mistake{"lax.Cond", func() { lax.Cond(A{}, stay, stay) }, []string{"never set"}},
		mistake{"lax.Cond", func() { lax.Cond(yes, stay, nil) }, []string{"nil"}},
		mistake{"lax.Cond", func() { lax.Cond(yes, stay, func() A { return n }) }, []string{"float32[]", "int32[]"}},
		mistake{"lax.CondWith", func() { lax.CondWith(yes, lax.Neg, nil, x) }, []string{"nil"}},
		mistake{"lax.Switch", func() { lax.Switch(x, stay, stay) }, []string{"integer", "float32[]"}},
		mistake{"lax.Switch", func() { lax.Switch(n, []func() A{}...) }, []string{"no branches"}},
		mistake{"lax.WhileLoop", func() { lax.WhileLoop(lax.Square, lax.Neg, x) }, []string{"bool scalar"}},
		mistake{"lax.WhileLoop", func() { lax.WhileLoop(nil, lax.Neg, x) }, []string{"nil"}},
		mistake{"lax.ForiLoop", func() { lax.ForiLoop(0, x, sum, x) }, []string{"hi", "integer scalar"}},
		mistake{"lax.ForiLoop", func() { lax.ForiLoop(A{}, 3, sum, x) }, []string{"never set"}},
		mistake{"lax.ForiLoop", func() { lax.ForiLoop(0, 3, nil, x) }, []string{"nil"}},
		mistake{"lax.PlatformDependent", func() { lax.PlatformDependent[A](nil, nil) }, []string{"nil"}})
}
