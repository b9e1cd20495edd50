package main

import (
	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
)

// isotonic is the rising sequence nearest to its operand, a vector, by the sum of squares. XLA has nothing for it: how
// far a mean reaches depends on all that came before. The Go function pools adjacent violators, in one pass.
var isotonic = gojax.NewKernel("isotonic", func(in []gojax.Aval) ([]gojax.Aval, error) { return in, nil },
	func(in, out []gojax.HostArray) error {
		type block struct {
			sum float64
			n   int
		}
		var blocks []block
		for _, v := range gojax.Elements[float32](in[0]) {
			last := block{float64(v), 1}
			for k := len(blocks) - 1; k >= 0 && blocks[k].sum*float64(last.n) >= last.sum*float64(blocks[k].n); k-- {
				last = block{blocks[k].sum + last.sum, blocks[k].n + last.n}
				blocks = blocks[:k]
			}
			blocks = append(blocks, last)
		}
		fit := gojax.Elements[float32](out[0])
		for _, b := range blocks {
			for i := range b.n {
				fit[i] = float32(b.sum / float64(b.n))
			}
			fit = fit[b.n:]
		}
		return nil
	})

func kernel(p *page) {
	n := p.size(1_000_000, 10_000)
	rising := jnp.Space{}.LinSpace(0, 3, n)
	x := jnp.Add(rising, random.Normal(random.Key(7), 8, n)) // eight series with one trend
	all := gojax.Jit(gojax.Vmap(func(x jnp.Array) jnp.Array { return isotonic.Call(x)[0] }))
	fit, _, best := again(func() jnp.Array { return all(x) })
	p.row("series", "length", "fitted in")
	p.row(8, n, best)
	p.endTable()
	rms := func(a jnp.Array) float64 { d := a.Sub(rising); return jnp.Sqrt(d.Mul(d).Mean()).Item() }
	p.say("a Go function on slices fits a rising curve to each row, in parallel; the distance to the trend falls from "+
		"%.3f to %.3f", rms(x), rms(fit))
	p.keep("kernel fit", rms(fit))
}
