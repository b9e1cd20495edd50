package functions

import (
	"github.com/gojax/gojax/jnp"
)

var modes = map[any]jnp.ConvolveMode{"full": jnp.ConvolveFull, "same": jnp.ConvolveSame, "valid": jnp.ConvolveValid}

var polyTable = Table{
	"jnp.convolve":  func(c *Call) any { return jnp.Convolution{Mode: modes[c.kw("mode")]}.Convolve(c.A(0), c.A(1)) },
	"jnp.correlate": func(c *Call) any { return jnp.Convolution{Mode: modes[c.kw("mode")]}.Correlate(c.A(0), c.A(1)) },
	"jnp.interp": func(c *Call) any {
		side := func(x any) any {
			if x == "extrapolate" {
				return jnp.Extrapolate
			}
			return x
		}
		return jnp.Interpolation{Left: side(c.kw("left")), Right: side(c.kw("right")),
			Period: c.kw("period")}.Interp(c.Args[0], c.A(1), c.A(2))
	},
	"jnp.poly": f1(jnp.Poly), "jnp.polyadd": f2(jnp.PolyAdd), "jnp.polysub": f2(jnp.PolySub),
	"jnp.polymul": func(c *Call) any { return c.polynomials().PolyMul(c.A(0), c.A(1)) },
	"jnp.polyval": func(c *Call) any { c.kw("unroll"); return jnp.PolyVal(c.A(0), c.A(1)) },
	"jnp.polyder": func(c *Call) any { return jnp.PolyDer(c.A(0), c.orders()...) },
	"jnp.polyint": func(c *Call) any {
		p := jnp.Polynomials{K: c.arg(2, "k")}
		return p.PolyInt(c.A(0), c.orders()...)
	},
	"jnp.polydiv": func(c *Call) any { q, r := c.polynomials().PolyDiv(c.A(0), c.A(1)); return []any{q, r} },
	"jnp.polyfit": func(c *Call) any {
		f := jnp.Fit{RCond: c.arg(3, "rcond")}
		if w := c.arg(5, "w"); w != nil {
			f.Weights = asArray(w)
		}
		x, y, deg := c.A(0), c.A(1), c.arg(2, "deg").(int)
		cov := c.arg(6, "cov")
		if full, _ := c.arg(4, "full").(bool); full {
			d := f.PolyFitFull(x, y, deg)
			return []any{d.Coefficients, d.Residuals, d.Rank, d.SingularValues, d.RCond}
		}
		if cov == nil || cov == false {
			return f.PolyFit(x, y, deg)
		}
		f.Unscaled = cov == "unscaled"
		p, v := f.PolyFitCov(x, y, deg)
		return []any{p, v}
	},
	"jnp.roots": func(c *Call) any {
		return jnp.RootFinding{KeepLeadingZeros: !c.flag("strip_zeros", true)}.Roots(c.A(0))
	},
	"jnp.vander": func(c *Call) any {
		v := jnp.Vandermonde{}
		v.Increasing, _ = c.arg(2, "increasing").(bool)
		return v.Vander(c.A(0), c.Ints(c.arg(1, "N"))...)
	},
}

// orders is argument 1 or the keyword m, the order of a derivative or integral.
func (c *Call) orders() []int { return c.Ints(c.arg(1, "m")) }

func (c *Call) polynomials() jnp.Polynomials {
	return jnp.Polynomials{TrimLeadingZeros: c.flag("trim_leading_zeros", false)}
}

// polyConcrete are the functions of polynomials whose result has a shape that depends on values.
var polyConcrete = map[string]string{
	"jnp.roots":   "strips leading zeros, unless strip_zeros=False",
	"jnp.polymul": "trim_leading_zeros",
	"jnp.polydiv": "trim_leading_zeros",
}
