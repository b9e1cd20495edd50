// Package grads compares derivatives with central differences, as gojax.CheckGrads does, all in one program: it
// compiles in a fraction of the time that one for each takes.
package grads

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
)

// The step and the tolerance are those of gojax.CheckGrads for float64.
const step, tolerance = 1e-4, 1e-5

type function = func(a []jnp.Array) []jnp.Array

// claim is that differences are small beside sizes.
type claim struct {
	what  string
	loose float64
	pairs []pair
}

// pair is the distance of two arrays and the size that it is small beside, element by element.
type pair struct{ Difference, Size jnp.Array }

type check struct {
	rng    *rand.Rand
	claims []claim
}

// Check compares the JVP and the VJP of f at a, which holds arrays of float64, with central differences in random
// directions, and for order 2 those of the JVP and of the VJP.
func Check(f func(a []jnp.Array) jnp.Array, a []jnp.Array, order int) error {
	return CheckEach([]func(a []jnp.Array) jnp.Array{f}, a, order)[0]
}

// CheckEach checks each of several functions at a, all in one program. The errors are theirs.
func CheckEach(fs []func(a []jnp.Array) jnp.Array, a []jnp.Array, order int) []error {
	checks, errs := make([]check, len(fs)), make([]error, len(fs))
	program := gojax.Jit(func(a []jnp.Array) [][][]pair {
		out := make([][][]pair, len(fs))
		for i, f := range fs {
			c := &checks[i]
			*c = check{rng: rand.New(rand.NewPCG(1, 2))}
			c.derivatives("", func(a []jnp.Array) []jnp.Array { return []jnp.Array{f(a)} }, a, order, 1)
			for _, l := range c.claims {
				out[i] = append(out[i], l.pairs)
			}
		}
		return out
	})
	if failed := gojax.Try(func() {
		for i, claims := range program(a) {
			for j, pairs := range claims {
				errs[i] = errors.Join(errs[i], checks[i].claims[j].judge(pairs))
			}
		}
	}); failed != nil {
		for i := range errs {
			errs[i] = failed
		}
	}
	return errs
}

// judge is an error if a difference is not small.
func (c claim) judge(pairs []pair) error {
	tol := tolerance * c.loose
	for i, p := range pairs {
		d, size := jnp.ToSlice[float64](p.Difference), jnp.ToSlice[float64](p.Size)
		for j := range d {
			if !(d[j] <= tol+tol*size[j]) {
				return fmt.Errorf("%s: element %d of result %d, of size %v by central differences, is off by %v",
					c.what, j, i, size[j], d[j])
			}
		}
	}
	return nil
}

// derivatives claims what Check says of f, of which path says what it is a derivative of.
func (c *check) derivatives(path string, f function, x []jnp.Array, order int, loose float64) {
	n, t := len(x), c.normal(x)
	tangent := func(a []jnp.Array) []jnp.Array {
		_, yt := gojax.JVP(f, a[:n], a[n:])
		return inexact(yt)
	}
	cotangent := func(a []jnp.Array) []jnp.Array {
		_, pull := gojax.VJP(func(x []jnp.Array) []jnp.Array { return inexact(f(x)) }, a[:n])
		return pull(a[n:])
	}
	numeric := difference(f, x, t)
	ct := c.normal(numeric)

	forward := claim{what: "JVP" + path, loose: loose}
	for i, y := range tangent(slices.Concat(x, t)) {
		forward.pairs = append(forward.pairs, pair{jnp.Abs(y.Sub(numeric[i])), jnp.Abs(numeric[i])})
	}
	got, _ := inner(cotangent(slices.Concat(x, ct)), t)
	want, size := inner(ct, numeric)
	c.claims = append(c.claims, forward, claim{"VJP" + path, loose, []pair{{jnp.Abs(got.Sub(want)), size}}})
	if order > 1 {
		c.derivatives(path+" of JVP", tangent, slices.Concat(x, t), order-1, 10*loose)
		c.derivatives(path+" of VJP", cotangent, slices.Concat(x, ct), order-1, 10*loose)
	}
}

// difference is the central difference of f at x along t.
func difference(f function, x, t []jnp.Array) (y []jnp.Array) {
	both := make([]jnp.Array, len(x))
	for i := range x {
		both[i] = jnp.Stack([]jnp.Array{x[i].Add(t[i].Mul(step)), x[i].Sub(t[i].Mul(step))}, 0)
	}
	for _, v := range inexact(gojax.Vmap(f)(both)) {
		y = append(y, v.Index(0).Sub(v.Index(1)).Div(2*step))
	}
	return y
}

// inner is the real part of the sum of the products, and the sum of their sizes. It is bilinear, as the cotangents of
// complex numbers are.
func inner(x, y []jnp.Array) (sum, size jnp.Array) {
	sum, size = jnp.AsArray(0.0), jnp.AsArray(0.0)
	for i := range x {
		p := x[i].Mul(y[i])
		sum, size = sum.Add(jnp.Sum(p.Real())), size.Add(jnp.Sum(jnp.Abs(p)))
	}
	return sum, size
}

// normal are normal numbers in the shapes and types of x.
func (c *check) normal(x []jnp.Array) []jnp.Array {
	out := make([]jnp.Array, len(x))
	for i, v := range x {
		z := make([]complex128, v.Size())
		for k := range z {
			z[k] = complex(c.rng.NormFloat64(), c.rng.NormFloat64())
		}
		r := jnp.FromSlice(z, v.Shape()...)
		if len(v.Shape()) == 0 {
			r = r.Reshape()
		}
		if !v.DType().IsComplex() {
			r = r.Real()
		}
		out[i] = r
	}
	return out
}

// inexact are the arrays that have derivatives.
func inexact(x []jnp.Array) []jnp.Array {
	return slices.DeleteFunc(slices.Clone(x), func(v jnp.Array) bool { return !v.DType().IsInexact() })
}
