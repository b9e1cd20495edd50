package main

import (
	"time"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
)

// expSin is the tutorial's elementwise function.
func expSin(x jnp.Array) jnp.Array { return jnp.Exp(x).Add(jnp.Mul(3, jnp.Sin(x))) }

func fusion(p *page) {
	n := p.size(250e6, 5e6)
	x := random.Normal(random.Key(42), n).BlockUntilReady()
	jitted := gojax.Jit(expSin)
	y, first, best := again(func() jnp.Array { return jitted(x) })
	p.keep("fusion mean", y.Mean().Item())
	y.Delete()
	z, _, eager := again(func() jnp.Array { return expSin(x) })
	p.row("", "first call", "best of three")
	p.row("eager", "", eager)
	p.row("jitted", first, best)
	p.endTable()
	p.say("%d numbers; the mean is %.6f both ways. Eagerly every operation makes an array; jitted they are one loop.",
		n, z.Mean().Item())
	z.Delete()
	x.Delete()
}

func async(p *page) {
	n := p.size(3000, 1000)
	x := random.Normal(random.Key(3), n, n).BlockUntilReady()
	f := gojax.Jit(func(x jnp.Array) jnp.Array { return x.MatMul(x).MatMul(x) })
	f(x).BlockUntilReady() // compiled now
	start := time.Now()
	y := f(x)
	returned := time.Since(start)
	y.BlockUntilReady()
	ready := time.Since(start)
	p.row("the call returned after", returned)
	p.row("its result was ready after", ready)
	p.endTable()
	p.say("a call gives back arrays that are still being computed; BlockUntilReady, Item and printing wait for them")
	p.keep("async element", y.At(0, 0).Get().Item())
}

func dtypes(p *page) {
	x := jnp.FromSlice([]float32{1, 2, 3})
	p.say("jnp.LinSpace(0, 1, 5) is %v", jnp.LinSpace(0, 1, 5).DType())
	p.say("a float32 array times 2.5 stays %v; an int32 one becomes %v", x.Mul(2.5).DType(),
		jnp.Arange(3).Mul(2.5).DType())
	tiny := func() jnp.Array { return jnp.Add(jnp.Ones(), 1e-10).Sub(1) }
	single := tiny().Item()
	var double float64
	gojax.WithX64(true, func() {
		y := tiny()
		double = y.Item()
		p.say("under gojax.WithX64 (or GOJAX_ENABLE_X64=1, or gojax.EnableX64(true)) jnp.Ones() is %v", y.DType())
	})()
	p.say("(1 + 1e-10) - 1 is %g in float32 and %g in float64", single, double)
	p.keep("dtypes single", single)
	p.keep("dtypes double", double)
}

func immutable(p *page) {
	x := jnp.Zeros(2, 3)
	y := x.At(0, 0).Set(3.17)
	p.say("y := x.At(0, 0).Set(3.17)\ny:\n%v\nx is unchanged:\n%v", y, x)
	p.keep("immutable y", y.Sum().Item())
	p.keep("immutable x", x.Sum().Item())

	host := jnp.ToSlice[float32](x)
	host[0] = 3.17
	p.say("jnp.ToSlice copies: after host[0] = 3.17, x.At(0, 0).Get() is still %v", x.At(0, 0).Get())
	p.keep("immutable after host", x.Sum().Item())

	p.say("x[0, 0] = 3.17 does not compile in Go; a value that does not fit is told at its line:")
	p.mistake("does not broadcast", func() { x.At(0).Set(jnp.Ones(4)) })
	p.say("an index out of range is none, as in JAX: it is not written, unless its mode says otherwise")
	p.keep("immutable out of range", x.At(2, 0).Set(3.17).Sum().Item())

	total := gojax.Jit(func(x jnp.Array) jnp.Array { return x.Add(1) }, gojax.DonateArgs(0))
	z := total(y)
	p.say("an array that was donated to a call is gone, and says so when it is used again:")
	p.mistake("donated", func() { y.Add(1) })
	p.keep("immutable donated", z.Sum().Item())
}
