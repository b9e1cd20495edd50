package ode

import "github.com/gojax/gojax/jnp"

// tableau is a Butcher tableau of an explicit method without its first row, which is zero: for each further stage the
// time, in steps, and the weights of the slopes before it.
type tableau []struct {
	c float64
	a []float64
}

// dormandPrince are the stages of Dormand and Prince's method of order 5; the last one is the slope at the end, with
// which the next step begins.
var dormandPrince = tableau{
	{1. / 5, []float64{1. / 5}},
	{3. / 10, []float64{3. / 40, 9. / 40}},
	{4. / 5, []float64{44. / 45, -56. / 15, 32. / 9}},
	{8. / 9, []float64{19372. / 6561, -25360. / 2187, 64448. / 6561, -212. / 729}},
	{1, []float64{9017. / 3168, -355. / 33, 46732. / 5247, 49. / 176, -5103. / 18656}},
	{1, dopriWeights},
}

var (
	dopriWeights = []float64{35. / 384, 0, 500. / 1113, 125. / 192, -2187. / 6784, 11. / 84}
	// dopriErrors are the weights less those of the embedded method of order 4.
	dopriErrors = []float64{35./384 - 1951./21600, 0, 500./1113 - 22642./50085, 125./192 - 451./720,
		-2187./6784 + 12231./42400, 11./84 - 649./6300, -1. / 60}
	// dopriMiddle are the weights of the value in the middle of a step (Shampine 1986).
	dopriMiddle = []float64{6025192743. / 30085553152 / 2, 0, 51252292925. / 65400821598 / 2,
		-2691868925. / 45128329728 / 2, 187940372067. / 1594534317056 / 2, -1776094331. / 19743644256 / 2,
		11237099. / 235043384 / 2}
)

// stages are the slopes of a step of length h from y at t, the first of which is known.
func stages(m tableau, f func(y, t jnp.Array) jnp.Array, y, first, t, h jnp.Array) []jnp.Array {
	k := []jnp.Array{first}
	for _, row := range m {
		k = append(k, f(y.Add(combined(row.a, k).Mul(h.AsType(y.DType()))), t.Add(h.Mul(row.c))))
	}
	return k
}

// combined is the sum of the slopes with weights w.
func combined(w []float64, k []jnp.Array) (sum jnp.Array) {
	for i, c := range w {
		switch {
		case c == 0:
		case sum.TraceValue() == nil:
			sum = k[i].Mul(c)
		default:
			sum = sum.Add(k[i].Mul(c))
		}
	}
	return sum
}
