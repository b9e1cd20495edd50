package gojax

import (
	"fmt"
	"math"
	"math/cmplx"
	"math/rand/v2"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/trace"
	"github.com/gojax/gojax/transforms/grad"
)

// CheckOption changes what CheckGrads does.
type CheckOption func(*gradCheck)

// CheckTolerance sets how far numeric and analytic derivatives may differ: by abs + rel times the numeric one. Without it both are
// 1e-5 for float64 and complex128, 2e-3 for float32 and complex64, 1e-2 for 16 bits, and tenfold at each further order.
func CheckTolerance(abs, rel float64) CheckOption {
	return func(c *gradCheck) { c.abs, c.rel, c.given = abs, rel, true }
}

// CheckStep sets the step of the central differences; without it, 1e-4 for float64 and 1/1024 for others.
func CheckStep(eps float64) CheckOption { return func(c *gradCheck) { c.eps = eps } }

// CheckForwardOnly leaves out reverse mode.
func CheckForwardOnly() CheckOption { return func(c *gradCheck) { c.noReverse = true } }

// CheckReverseOnly leaves out forward mode, which a function with CustomVJP does not have.
func CheckReverseOnly() CheckOption { return func(c *gradCheck) { c.noForward = true } }

// CheckSeed chooses the random directions.
func CheckSeed(seed uint64) CheckOption { return func(c *gradCheck) { c.seed = seed } }

// gradCheck is one check.
type gradCheck struct {
	abs, rel, eps        float64
	given                bool // abs and rel are
	noForward, noReverse bool
	seed                 uint64
	rng                  *rand.Rand
}

// CheckGrads compares the derivatives of f at p with central differences in random directions: JVP, and VJP by the inner products
// of tangents and cotangents, and, for order 2 and more, the derivatives of those (jax.test_util.check_grads). The error says
// which derivative is off and by how much; a panic of f or of a rule is an error too. float64 (see WithX64) makes the comparison
// sharp.
func CheckGrads[P, R any](f func(P) R, p P, order int, opts ...CheckOption) error {
	if order < 1 {
		return fmt.Errorf("gojax: CheckGrads: order %d: it must be at least 1", order)
	}
	c := &gradCheck{seed: 1}
	for _, o := range opts {
		o(c)
	}
	c.rng = rand.New(rand.NewPCG(c.seed, 0x9e3779b97f4a7c15))
	var problem error
	err := trace.Try(func() {
		in, x := flattenArg("CheckGrads", p)
		diff := inexact(x)
		var at arrays
		for i, v := range x {
			if diff[i] {
				at = append(at, jnp.Wrap(v))
			}
		}
		problem = c.check("", func(a arrays) arrays {
			leaves := make([]*trace.Value, len(x))
			for i, v := range x {
				if leaves[i] = v; diff[i] {
					leaves[i], a = a[0].TraceValue(), a[1:]
				}
			}
			_, y := trace.Flatten(f(trace.Unflatten[P](in, leaves)))
			var out arrays
			for _, v := range y {
				if v.DType().IsInexact() {
					out = append(out, jnp.Wrap(v))
				}
			}
			return out
		}, at, order, 1)
	})
	if err != nil {
		return err
	}
	return problem
}

type arrays = []jnp.Array

func (c *gradCheck) check(path string, f func(arrays) arrays, x arrays, order int, loose float64) error {
	t := c.random(x)
	numeric := c.difference(f, x, t)
	abs, rel := c.tolerance(x)
	abs, rel = abs*loose, rel*loose
	n := len(x)
	if !c.noForward {
		_, yt := JVP(f, x, t)
		for i, v := range yt {
			got, want := elements(v), numeric[i]
			for k := range got {
				if d := cmplx.Abs(got[k] - want[k]); !(d <= abs+rel*cmplx.Abs(want[k])) && !same(got[k], want[k]) {
					return fmt.Errorf("gojax: CheckGrads: JVP%s: element %d of result %d (%v): the derivative is %v, by central differences %v", path, k, i, v.DType(), got[k], want[k])
				}
			}
		}
		if order > 1 {
			err := c.check(path+" of JVP", func(a arrays) arrays {
				_, yt := JVP(f, a[:n], a[n:])
				return yt
			}, append(x[:n:n], t...), order-1, 10*loose)
			if err != nil {
				return err
			}
		}
	}
	if c.noReverse {
		return nil
	}
	y, pull := VJP(f, x)
	ct := c.random(y)
	g := pull(ct)
	var want, got, scale float64 // the pairing is real: JAX's cotangents are those of the real and imaginary parts together
	for i := range y {
		for k, v := range elements(ct[i]) {
			want += real(v * numeric[i][k])
			scale += cmplx.Abs(v * numeric[i][k])
		}
	}
	for i := range x {
		d := elements(t[i])
		for k, v := range elements(g[i]) {
			got += real(v * d[k])
		}
	}
	if d := math.Abs(got - want); !(d <= abs+rel*scale) && !same(complex(got, 0), complex(want, 0)) {
		return fmt.Errorf("gojax: CheckGrads: VJP%s: the inner product of gradient and tangent is %v, by central differences %v", path, got, want)
	}
	if order == 1 {
		return nil
	}
	return c.check(path+" of VJP", func(a arrays) arrays {
		_, pull := VJP(f, a[:n])
		return pull(a[n:])
	}, append(x[:n:n], ct...), order-1, 10*loose)
}

// same reports whether both are NaN or the same infinity.
func same(a, b complex128) bool { return cmplx.IsNaN(a) && cmplx.IsNaN(b) || a == b }

// bits is the number of bits of the narrowest float of x.
func bits(x arrays) int {
	n := 64
	for _, v := range x {
		n = min(n, v.DType().Real().Bits())
	}
	return n
}

func (c *gradCheck) tolerance(x arrays) (abs, rel float64) {
	if c.given {
		return c.abs, c.rel
	}
	tol := 1e-2
	switch bits(x) {
	case 64:
		tol = 1e-5
	case 32:
		tol = 2e-3
	}
	return tol, tol
}

func (c *gradCheck) step(x arrays) float64 {
	switch {
	case c.eps > 0:
		return c.eps
	case bits(x) == 64:
		return 1e-4
	}
	return 1.0 / 1024
}

// random are normal numbers in the shapes and dtypes of x.
func (c *gradCheck) random(x arrays) arrays {
	y := make(arrays, len(x))
	for i, v := range x {
		t := v.TraceValue().Aval()
		z := make([]complex128, t.Size())
		for k := range z {
			z[k] = complex(c.rng.NormFloat64(), 0)
			if t.DType.IsComplex() {
				z[k] += complex(0, c.rng.NormFloat64())
			}
		}
		y[i] = fromElements(z, t)
	}
	return y
}

// difference is the central difference of f at x along t.
func (c *gradCheck) difference(f func(arrays) arrays, x, t arrays) [][]complex128 {
	eps := c.step(x)
	at := func(s float64) arrays {
		moved := make(arrays, len(x))
		for i, v := range x {
			z, d := elements(v), elements(t[i])
			for k := range z {
				z[k] += complex(s, 0) * d[k]
			}
			moved[i] = fromElements(z, v.TraceValue().Aval())
		}
		in, leaves := trace.Flatten(moved)
		out, body := treeFn(in, f)
		y := grad.Run("CheckGrads", leaves, body)
		return trace.Unflatten[arrays](*out, y)
	}
	hi, lo := at(eps), at(-eps)
	y := make([][]complex128, len(hi))
	for i := range y {
		a, b := elements(hi[i]), elements(lo[i])
		for k := range a {
			a[k] = (a[k] - b[k]) / complex(2*eps, 0)
		}
		y[i] = a
	}
	return y
}

// elements copies x out.
func elements(x jnp.Array) []complex128 {
	v := x.TraceValue()
	t := v.Aval()
	b := make([]byte, t.Bytes())
	if l, ok := v.Lit(); ok {
		b = l.AppendBytes(nil)
	} else if len(b) > 0 {
		trace.TheRuntime().ToHost(v, b)
	}
	y := make([]complex128, t.Size())
	for i := range y {
		y[i] = ir.LitFromBytes(b[i*t.DType.Size():], t.DType).Complex()
	}
	return y
}

// fromElements is an array of type t.
func fromElements(z []complex128, t ir.Aval) jnp.Array {
	var b []byte
	for _, v := range z {
		b = ir.ComplexLit(v, t.DType).AppendBytes(b)
	}
	t.Weak = false
	return jnp.Wrap(trace.TheRuntime().FromHost(b, t))
}
