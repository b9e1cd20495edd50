package main

import (
	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/linalg"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/nn"
)

// modelRows are small models, whole.
func modelRows() []row {
	weights := func(shape ...int) input { return scaled(0.05, shape...) }
	block := []input{normal(8, 128, 256), weights(256, 256), weights(256, 256), weights(256, 256), weights(256, 256),
		weights(256, 1024), weights(1024, 256)}
	return group("models",
		work("mlp step 128x784x256x10", "mlp", descend(3, mlpLoss), weights(784, 256), weights(256, 256),
			weights(256, 10), normal(128, 784), integers(10, 128)).quick(),
		work("cnn step 32x1x28x28", "cnn", descend(3, cnnLoss), scaled(0.2, 16, 1, 3, 3), weights(32, 16, 3, 3),
			weights(1568, 10), normal(32, 1, 28, 28), integers(10, 32)).quick(),
		work("transformer block 8x128x256", "transformer", one2(transformer), block...).quick(),
		work("transformer step 8x128x256", "transformer step", descend(7, func(p, _ []jnp.Array) jnp.Array {
			y := transformer(p)
			return y.Mul(y).Mean()
		}), block...),
		work("kalman filter 1e4", "kalman", one(kalman), normal(10_000, 2)).quick(),
		work("leave one out 200x20", "leave one out", two(leaveOneOut), normal(200, 20), normal(200)).quick(),
		work("ode lorenz 1000x1000", "lorenz", one(lorenz), normal(1000, 3)).within(1).see(moments),
		work("lattice boltzmann 256^2 x 100", "lattice boltzmann", one(latticeBoltzmann),
			scaled(0.01, 9, 256, 256)).quick(),
		work("gaussian process 1000", "gaussian process", many(func(x []jnp.Array) []jnp.Array {
			return []jnp.Array{evidence(x[0], x[1], x[2])}
		}), made(normal(2), jnp.ZerosLike), normal(1000, 3), normal(1000)),
		work("grad gaussian process 1000", "grad gaussian process", many(func(x []jnp.Array) []jnp.Array {
			return []jnp.Array{gojax.Grad3(evidence)(x[0], x[1], x[2])}
		}), made(normal(2), jnp.ZerosLike), normal(1000, 3), normal(1000)).within(1e-2),
	)
}

// one2 is a body of many arrays and one result.
func one2(f func(x []jnp.Array) jnp.Array) body {
	return many(func(x []jnp.Array) []jnp.Array { return []jnp.Array{f(x)} })
}

func mlpLoss(w, data []jnp.Array) jnp.Array {
	h := jnp.Tanh(data[0].MatMul(w[0]))
	h = jnp.Tanh(h.MatMul(w[1]))
	return crossEntropy(h.MatMul(w[2]), data[1])
}

func cnnLoss(w, data []jnp.Array) jnp.Array {
	conv := func(x, w jnp.Array) jnp.Array {
		return nn.Relu(lax.ConvGeneralDilated(x, w, []int{2, 2}, lax.PadWith([2]int{1, 1}, [2]int{1, 1})))
	}
	h := conv(conv(data[0], w[0]), w[1])
	return crossEntropy(h.Reshape(h.Shape()[0], -1).MatMul(w[2]), data[1])
}

// transformer is a block of attention with 8 heads and a hidden layer, each behind a normalization: x, the weights of
// queries, keys, values and the output, and those of the layer.
func transformer(p []jnp.Array) jnp.Array {
	const heads = 8
	x := p[0]
	batch, length, width := x.Shape()[0], x.Shape()[1], x.Shape()[2]
	norm := func(x jnp.Array) jnp.Array { return nn.Normalization{Epsilon: 1e-5}.Standardize(x, -1) }
	h := norm(x)
	split := func(w jnp.Array) jnp.Array { return h.MatMul(w).Reshape(batch, length, heads, width/heads) }
	a := nn.DotProductAttention(split(p[1]), split(p[2]), split(p[3])).Reshape(batch, length, width)
	x = x.Add(a.MatMul(p[4]))
	return x.Add(nn.Gelu(norm(x).MatMul(p[5])).MatMul(p[6]))
}

// kalman filters the observations of a position in the plane that drifts: the positions and velocities it estimates.
func kalman(ys jnp.Array) jnp.Array {
	eye := jnp.Creation{DType: ys.DType()}.Eye
	a := eye(4).Add(eye(4, 4, 2).Mul(0.1)) // positions, then velocities
	h, q, r := eye(4).Index(jnp.S(nil, 2)), eye(4).Mul(0.01), eye(2)
	type belief struct{ Mean, Cov jnp.Array }
	_, means := lax.Scan(func(b belief, y jnp.Array) (belief, jnp.Array) {
		mean, cov := a.MatMul(b.Mean), a.MatMul(b.Cov).MatMul(a.T()).Add(q)
		seen := h.MatMul(cov)
		gain := linalg.Solve(seen.MatMul(h.T()).Add(r), seen).T()
		mean = mean.Add(gain.MatMul(y.Sub(h.MatMul(mean))))
		return belief{mean, cov.Sub(gain.MatMul(seen))}, mean
	}, belief{jnp.Creation{DType: ys.DType()}.Zeros(4), eye(4)}, ys)
	return means
}

// leaveOneOut are the errors of ridge regressions, each fitted without the observation that it predicts.
func leaveOneOut(x, y jnp.Array) jnp.Array {
	n, p := x.Shape()[0], x.Shape()[1]
	return gojax.Vmap(func(i jnp.Array) jnp.Array {
		w := jnp.Arange(n).Ne(i).AsType(x.DType())
		weighted := x.Mul(w.Index(jnp.All, jnp.NewAxis))
		b := linalg.Solve(weighted.T().MatMul(x).Add(jnp.Creation{DType: x.DType()}.Eye(p)), weighted.T().MatMul(y))
		return y.Index(i).Sub(x.Index(i).Dot(b))
	})(jnp.Arange(n))
}

// lorenz are Lorenz's equations from many starts, 1000 steps of Runge and Kutta's method.
func lorenz(starts jnp.Array) jnp.Array {
	slope := func(v jnp.Array) jnp.Array {
		x, y, z := v.Index(0), v.Index(1), v.Index(2)
		return jnp.Stack([]jnp.Array{y.Sub(x).Mul(10), x.Mul(jnp.Sub(28, z)).Sub(y), x.Mul(y).Sub(z.Mul(8.0 / 3))})
	}
	const dt = 0.01
	step := func(v jnp.Array, _ struct{}) (jnp.Array, struct{}) {
		k1 := slope(v)
		k2 := slope(v.Add(k1.Mul(dt / 2)))
		k3 := slope(v.Add(k2.Mul(dt / 2)))
		k4 := slope(v.Add(k3.Mul(dt)))
		return v.Add(k1.Add(k2.Mul(2)).Add(k3.Mul(2)).Add(k4).Mul(dt / 6)), struct{}{}
	}
	return gojax.Vmap(func(v jnp.Array) jnp.Array {
		last, _ := lax.Scan(step, v, struct{}{}, lax.ScanOptions{Length: 1000})
		return last
	})(starts)
}

// Nine velocities of a lattice in the plane, and their weights.
var (
	latticeX = []int{0, 1, 0, -1, 0, 1, -1, -1, 1}
	latticeY = []int{0, 0, 1, 0, -1, 1, 1, -1, -1}
	latticeW = []float32{4. / 9, 1. / 9, 1. / 9, 1. / 9, 1. / 9, 1. / 36, 1. / 36, 1. / 36, 1. / 36}
)

// latticeBoltzmann is 100 steps of a fluid, from a state near rest, by the model of Bhatnagar, Gross and Krook.
func latticeBoltzmann(noise jnp.Array) jnp.Array {
	direction := func(v jnp.Array) jnp.Array { return v.AsType(noise.DType()).Reshape(9, 1, 1) }
	w, cx, cy := direction(jnp.FromSlice(latticeW)), direction(jnp.FromSlice(latticeX)),
		direction(jnp.FromSlice(latticeY))
	step := func(f jnp.Array, _ struct{}) (jnp.Array, struct{}) {
		moved := make([]jnp.Array, 9)
		for i := range moved {
			moved[i] = jnp.Roll(f.Index(i), []int{latticeX[i], latticeY[i]}, 0, 1)
		}
		f = jnp.Stack(moved)
		rho := f.Sum(0)
		ux, uy := f.Mul(cx).Sum(0).Div(rho), f.Mul(cy).Sum(0).Div(rho)
		cu := cx.Mul(ux).Add(cy.Mul(uy))
		speed := ux.Mul(ux).Add(uy.Mul(uy))
		rest := w.Mul(rho).Mul(cu.Mul(3).Add(cu.Mul(cu).Mul(4.5)).Add(1).Sub(speed.Mul(1.5)))
		return f.Add(rest.Sub(f).Mul(0.6)), struct{}{}
	}
	last, _ := lax.Scan(step, w.Mul(noise.Add(1)), struct{}{}, lax.ScanOptions{Length: 100})
	return last
}

// evidence is the logarithm of the marginal likelihood of y under a Gaussian process with a squared exponential kernel:
// p are the logarithms of its length and of the noise's variance.
func evidence(p, x, y jnp.Array) jnp.Array {
	scaled := x.Div(jnp.Exp(p.Index(0)))
	norms := scaled.Mul(scaled).Sum(1)
	d := norms.Index(jnp.All, jnp.NewAxis).Add(norms).Sub(scaled.MatMul(scaled.T()).Mul(2))
	l := linalg.Cholesky(jnp.Exp(d.Mul(-0.5)).Add(eye(d).Mul(jnp.Exp(p.Index(1)))))
	a := linalg.ChoSolve(l, y)
	return y.Dot(a).Mul(-0.5).Sub(jnp.Log(jnp.Diagonal(l)).Sum())
}
