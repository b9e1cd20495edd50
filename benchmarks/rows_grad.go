package main

import (
	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
)

// tanhLayers is the number of layers of the network that is differentiated.
const tanhLayers = 20

// networkLoss is a scalar of the output for one example: p are the layers' matrices, then their vectors.
func networkLoss(p []jnp.Array, x jnp.Array) jnp.Array {
	for i := range tanhLayers {
		x = jnp.Tanh(x.MatMul(p[i]).Add(p[tanhLayers+i]))
	}
	return x.Mul(x).Sum()
}

// network are the inputs of a network of 64 units, the data last.
func network(x input) []input {
	var in []input
	for range tanhLayers {
		in = append(in, scaled(1.0/8, 64, 64))
	}
	for range tanhLayers {
		in = append(in, scaled(0.1, 64))
	}
	return append(in, x)
}

func gradRows() []row {
	gradient := many(func(x []jnp.Array) []jnp.Array {
		n := len(x) - 1
		return gojax.Grad2(networkLoss)(x[:n:n], x[n])
	})
	return group("gradients",
		work("grad of a 20-layer tanh network", "grad network", gradient, network(normal(64))...).eager().quick().
			ofJAX(1.1).within(1e-2),
		work("gradient step of it, 32 examples", "network step", descend(2*tanhLayers, func(p,
			data []jnp.Array) jnp.Array {
			return gojax.Vmap(networkLoss, gojax.InAxes(nil, 0))(p, data[0]).Mean()
		}), network(normal(32, 64))...).ofJAX(1.1),
	)
}
