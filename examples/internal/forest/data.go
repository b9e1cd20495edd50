package forest

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
)

// Data are n observations of p covariates and a response.
type Data struct{ X, Y jnp.Array }

// Simulate draws data in which a quarter of the covariates matters, and the noise is large: a case for shrinkage.
func Simulate(key random.KeyArray, n, p int) Data {
	keys := random.Split(key, 3)
	x := random.Normal(keys.Index(0), n, p)
	b := jnp.Where(jnp.Arange(p).Lt(p/4), random.Normal(keys.Index(1), p), 0)
	return Data{X: x, Y: x.MatMul(b).Add(random.Normal(keys.Index(2), n).Mul(2))}
}
