package main

import (
	"fmt"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/nn"
)

// scalarScan is n steps of one number, and all of them.
func scalarScan(n int) func(c jnp.Array) (last, all jnp.Array) {
	return func(c jnp.Array) (jnp.Array, jnp.Array) {
		return lax.Scan(func(c jnp.Array, _ struct{}) (jnp.Array, jnp.Array) { return c.Mul(0.999).Add(0.1), c },
			c, struct{}{}, lax.ScanOptions{Length: n})
	}
}

// matrixScan is n steps of a small matrix, and its first element at each.
func matrixScan(n int) func(c jnp.Array) (last, all jnp.Array) {
	return func(c jnp.Array) (jnp.Array, jnp.Array) {
		return lax.Scan(func(c jnp.Array, _ struct{}) (jnp.Array, jnp.Array) {
			return c.MatMul(c).Mul(0.5).Add(c.Mul(0.1)), c.Index(0, 0)
		}, c, struct{}{}, lax.ScanOptions{Length: n})
	}
}

// sineScan is a scan that reads a number at each step.
func sineScan(c, xs jnp.Array) jnp.Array {
	last, _ := lax.Scan(func(c, x jnp.Array) (jnp.Array, struct{}) { return c.Mul(0.99).Add(jnp.Sin(x)), struct{}{} },
		c, xs)
	return last
}

// newton are square roots, each as many steps as it takes.
func newton(a jnp.Array) jnp.Array {
	return gojax.Vmap(func(a jnp.Array) jnp.Array {
		return lax.WhileLoop(func(s jnp.Array) jnp.Array { return jnp.Abs(s.Mul(s).Sub(a)).Gt(a.Mul(1e-5)) },
			func(s jnp.Array) jnp.Array { return s.Add(a.Div(s)).Mul(0.5) }, a)
	})(a)
}

func loopRows() []row {
	scalar, matrix := made(normal(), jnp.OnesLike), scaled(0.1, 3, 3)
	var all []row
	for _, n := range []int{10_000, 100_000, million} {
		scan, size := scalarScan(n), fmt.Sprintf("1e%d", len(fmt.Sprint(n))-1)
		all = append(all,
			work("scan "+size+" scalar", "scan", many(func(x []jnp.Array) []jnp.Array {
				return pair(scan(x[0]))
			}), scalar).with(n).loop(looped(n)),
			work("grad scan "+size+" scalar", "grad scan", one(gojax.Grad(func(c jnp.Array) jnp.Array {
				last, all := scan(c)
				return last.Mul(last).Add(all.Mean())
			})), scalar).with(n),
			work("scan "+size+" 3x3", "scan 3x3", many(func(x []jnp.Array) []jnp.Array {
				return pair(matrixScan(n)(x[0]))
			}), matrix).with(n),
			work("grad scan "+size+" 3x3", "grad scan 3x3", one(gojax.Grad(func(c jnp.Array) jnp.Array {
				last, all := matrixScan(n)(c)
				return last.Sum().Add(all.Sum())
			})), matrix).with(n))
	}
	for i := range all {
		all[i].inQuick = i == 0 || i == 3
	}
	all = append(all,
		work("scan 1e5 of sin", "scan sin", two(sineScan), made(normal(), jnp.ZerosLike), normal(100_000)).within(1e-2),
		work("grad scan 1e3 32x32", "grad scan 32x32", one(gojax.Grad(func(c jnp.Array) jnp.Array {
			y, _ := lax.Scan(func(c jnp.Array, _ struct{}) (jnp.Array, struct{}) {
				return jnp.Tanh(c.MatMul(c)).Mul(0.5).Add(c.Mul(0.1)), struct{}{}
			}, c, struct{}{}, lax.ScanOptions{Length: 1000})
			return y.Sum()
		})), scaled(0.1, 32, 32)),
		work("grad scan 1e3 of 32", "grad residual", two(gojax.Grad2(residual)), scaled(1.0/6, 32, 32),
			normal(1000, 32)).within(1e-2),
		work("vmap while newton 1e6", "newton", one(newton), positive(million)).quick(),
	)
	return group("loops", all...)
}

func looped(n int) rival {
	return func(in []any) func() any {
		start := floats(in[0])[0]
		return func() any {
			c, y := start, make([]float32, n+1)
			for i := range n {
				y[i+1] = c
				c = c*0.999 + 0.1
			}
			y[0] = c
			return y
		}
	}
}

// residual is what a scan is differentiated through: every step saves what the way back needs of it.
func residual(w, xs jnp.Array) jnp.Array {
	last, _ := lax.Scan(func(c, x jnp.Array) (jnp.Array, struct{}) {
		return jnp.Tanh(c.MatMul(w).Add(x)), struct{}{}
	}, jnp.Zeros(32), xs)
	return last.Sum()
}

// descend is a step of gradient descent of the first n arrays; the others are data.
func descend(n int, loss func(p, data []jnp.Array) jnp.Array) body {
	return many(func(x []jnp.Array) []jnp.Array {
		p := x[:n:n]
		g := gojax.Grad(func(p []jnp.Array) jnp.Array { return loss(p, x[n:]) })(p)
		next := make([]jnp.Array, n)
		for i := range p {
			next[i] = p[i].Sub(g[i].Mul(0.1))
		}
		return next
	})
}

// crossEntropy is the mean of the logarithm of the probabilities of y, negative.
func crossEntropy(logits, y jnp.Array) jnp.Array {
	n := logits.Shape()[0]
	return nn.LogSoftmax(logits, -1).Index(jnp.Arange(n), y).Mean().Neg()
}
