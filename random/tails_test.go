package random_test

import (
	"math"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
	"github.com/gojax/gojax/trace"
)

// Draws at parameters where JAX's lose their digits, overflow or never end: mean and deviation are those of the
// distribution, known in closed form or by mpmath's integrals.
func TestDrawsBeyondTheUsual(t *testing.T) {
	inf := math.Inf(1)
	const n = 40000
	for _, x64 := range []bool{false, true} {
		trace.WithX64(x64, func() {
			k := random.Key(3)
			for _, c := range []struct {
				name     string
				x        jnp.Array
				mean, sd float64
			}{
				{"TruncatedNormal 10 11", random.TruncatedNormal(k, 10, 11, n), 10.098068, 0.097061},
				{"TruncatedNormal -11 -10", random.TruncatedNormal(k, -11, -10, n), -10.098068, 0.097061},
				{"TruncatedNormal 30 31", random.TruncatedNormal(k, 30, 31, n), 30.033260, 0.033223},
				{"TruncatedNormal 10 inf", random.TruncatedNormal(k, 10, inf, n), 10.098093, 0.097187},
				{"TruncatedNormal -inf -20", random.TruncatedNormal(k, math.Inf(-1), -20, n), -20.049753, 0.049631},
				{"TruncatedNormal 6 6.01", random.TruncatedNormal(k, 6, 6.01, n), 6.00494996, 0.0028865},
				{"Poisson 1e6", random.Poisson(k, 1e6, n), 1e6, 1e3},
				{"Poisson 1e9", random.Poisson(k, 1e9, n), 1e9, 31622.8},
				{"Binomial 1e9 .5", random.Binomial(k, 1e9, 0.5, n), 5e8, 15811.4},
				{"Binomial inf 0", random.Binomial(k, inf, 0, n), 0, 0},
				{"Beta 1e-10", random.Beta(k, 1e-10, 1e-10, n), 0.5, 0.5},
				{"F 1e20", random.F(k, 1e20, 1e20, n), 1, 0},
				{"T inf", random.T(k, inf, n), 0, 1},
				{"T 1e20", random.T(k, 1e20, n), 0, 1},
				{"GeneralizedNormal 1e6", random.GeneralizedNormal(k, 1e6, n), 0, 1 / math.Sqrt(3)},
				{"GeneralizedNormal inf", random.GeneralizedNormal(k, inf, n), 0, 1 / math.Sqrt(3)},
				{"log Wald 1e6", jnp.Log(random.Wald(k, 1e6, n)), 1.2703628, 2.2214415}, // nearly -log of chi-square
				{"Wald 1e-30", random.Wald(k, 1e-30, n).Mul(1e30), 1, 0},
				{"Uniform ±3e38", random.Dist{Min: -3e38, Max: 3e38}.Uniform(k, n).Mul(0x1p-100), 0,
					3e38 * 0x1p-100 / math.Sqrt(3)},
			} {
				mean, sd := jnp.Mean(c.x).Item(), jnp.Std(c.x).Item()
				if off := math.Abs(mean - c.mean); !(off <= 5*c.sd/math.Sqrt(n)+3e-7*math.Abs(c.mean)) {
					t.Errorf("%s, x64 %v: the mean is %v, want %v", c.name, x64, mean, c.mean)
				}
				if !(math.Abs(sd-c.sd) <= 0.03*c.sd+1e-6*math.Abs(c.mean)) {
					t.Errorf("%s, x64 %v: the deviation is %v, want %v", c.name, x64, sd, c.sd)
				}
			}
			most := jnp.IInfo(random.Poisson(k, 1).DType()).Max
			for _, mean := range []float64{inf, 1e25} {
				if y := random.Poisson(k, mean, 5); jnp.All(y.Eq(most)).Item() != 1 {
					t.Errorf("Poisson of %v: %v", mean, y)
				}
			}
		})
	}
	// Draws in a tail follow their bounds.
	slope := gojax.Grad(func(lo jnp.Array) jnp.Array {
		return jnp.Mean(random.TruncatedNormal(random.Key(0), lo, 12, 1000))
	})(jnp.AsArray(10.)).Item()
	if !(slope > 0.9 && slope < 1.1) {
		t.Errorf("the mean moves by %v with the lower bound", slope)
	}
}

// Bounds that are equal or next to each other leave no other numbers.
func TestTruncatedNormalOfNarrowBounds(t *testing.T) {
	trace.WithX64(true, func() {
		for _, d := range []jnp.DType{jnp.Float64, jnp.Float32, jnp.BFloat16, jnp.Float16} {
			for _, b := range [][2]float64{{3, 3}, {0, 0}, {-2.5, -2.5}, {10, 10}, {-40, -40}, {1, 1.01}, {3, 3.01},
				{-3.01, -3}, {10, 10.1}, {1e3, 1e3}} {
				lo, hi := jnp.AsArray(b[0]).AsType(d), jnp.AsArray(b[1]).AsType(d)
				y := random.Dist{DType: d}.TruncatedNormal(random.Key(1), lo, hi, 100)
				if jnp.All(y.Ge(lo).And(y.Le(hi))).Item() != 1 {
					t.Errorf("between %v(%v) and %v: from %v to %v", d, lo, hi, y.Min(), y.Max())
				}
				u := random.Dist{DType: d, Min: lo, Max: hi}.Uniform(random.Key(2), 100)
				if jnp.All(u.Ge(lo).And(u.Le(hi))).Item() != 1 {
					t.Errorf("uniform between %v(%v) and %v: from %v to %v", d, lo, hi, u.Min(), u.Max())
				}
			}
		}
	})
}
