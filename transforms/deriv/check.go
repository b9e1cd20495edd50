package deriv

import (
	"fmt"
	"math"
	"math/cmplx"
	"math/rand/v2"
	"slices"

	"github.com/gojax/gojax/internal/mask"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
	"github.com/gojax/gojax/transforms/grad"
)

// CheckOption changes what Check does.
type CheckOption func(*check)

// CheckTolerance is gojax.CheckTolerance.
func CheckTolerance(abs, rel float64) CheckOption {
	return func(c *check) { c.abs, c.rel, c.given = abs, rel, true }
}

// CheckStep is gojax.CheckStep.
func CheckStep(eps float64) CheckOption { return func(c *check) { c.eps = eps } }

// CheckForwardOnly is gojax.CheckForwardOnly.
func CheckForwardOnly() CheckOption { return func(c *check) { c.noReverse = true } }

// CheckReverseOnly is gojax.CheckReverseOnly.
func CheckReverseOnly() CheckOption { return func(c *check) { c.noForward = true } }

// CheckSeed is gojax.CheckSeed.
func CheckSeed(seed uint64) CheckOption { return func(c *check) { c.seed = seed } }

// check is one check of the derivatives of a function.
type check struct {
	op                   string
	abs, rel, eps        float64
	given                bool // abs and rel are
	noForward, noReverse bool
	seed                 uint64
	rng                  *rand.Rand
}

// Check is gojax.CheckGrads.
func Check[P, R any](f func(P) R, p P, order int, opts []CheckOption) error {
	const op = "gojax.CheckGrads"
	if order < 1 {
		return fmt.Errorf("gojax: CheckGrads: order %d: it must be at least 1", order)
	}
	c := &check{seed: 1}
	var problem error
	err := trace.Try(func() {
		fn := trace.FunctionOf(op, f)
		c.op = fn.Op
		for i, o := range opts {
			if o == nil {
				trace.Fail(fn.Op, nil, "option %d is nil", i)
			}
			o(c)
		}
		c.rng = rand.New(rand.NewPCG(c.seed, 0x9e3779b97f4a7c15))
		g, at := ofFloats(fn, &p)
		problem = c.derivatives("", g, at, order, 1)
	})
	if err != nil {
		return err
	}
	return problem
}

// ofFloats is f as a function of those leaves of the argument that have tangents to such leaves of the result, and
// those leaves of the argument that p points to.
func ofFloats(f *trace.Function, p any) (g grad.Fn, at []*Value) {
	in, x := take(f, p)
	diff := inexact(x)
	_, body := onLeaves(f, in)
	return func(a []*Value) []*Value {
		y := body(mask.Merge(a, mask.Pick(x, mask.Not(diff)), diff))
		return mask.Pick(y, inexact(y))
	}, mask.Pick(x, diff)
}

// derivatives compares the derivatives of f at x, up to the given order, with central differences. loose widens the
// tolerance, and path says of what f is a derivative.
func (c *check) derivatives(path string, f grad.Fn, x []*Value, order int, loose float64) error {
	t := c.random(x)
	numeric := c.difference(f, x, t)
	abs, rel := c.tolerance(x)
	abs, rel = abs*loose, rel*loose
	n := len(x)
	if !c.noForward {
		if err := c.forward(path, f, x, t, numeric, abs, rel); err != nil {
			return err
		}
		if order > 1 {
			tangent := func(a []*Value) []*Value {
				_, yt := grad.Forward(c.op, a[:n], a[n:], f)
				return yt
			}
			if err := c.derivatives(path+" of JVP", tangent, slices.Concat(x, t), order-1, 10*loose); err != nil {
				return err
			}
		}
	}
	if c.noReverse {
		return nil
	}
	ct, err := c.reverse(path, f, x, t, numeric, abs, rel)
	if err != nil || order == 1 {
		return err
	}
	cotangent := func(a []*Value) []*Value {
		_, m := grad.Linearized(c.op, a[:n], inexact(a[:n]), f)
		return m.Pull(c.op, a[n:])
	}
	return c.derivatives(path+" of VJP", cotangent, slices.Concat(x, ct), order-1, 10*loose)
}

// forward compares f's derivative along t, element by element.
func (c *check) forward(path string, f grad.Fn, x, t []*Value, numeric [][]complex128, abs, rel float64) error {
	_, yt := grad.Forward(c.op, x, t, f)
	for i, v := range yt {
		got, want := elements(v), numeric[i]
		for k := range got {
			if d := cmplx.Abs(got[k] - want[k]); !(d <= abs+rel*cmplx.Abs(want[k])) && !same(got[k], want[k]) {
				return fmt.Errorf(
					"gojax: CheckGrads: JVP%s: element %d of result %d (%v): the derivative is %v, by central "+
						"differences %v", path, k, i, v.DType(), got[k], want[k])
			}
		}
	}
	return nil
}

// reverse compares the gradient for random cotangents ct of f's results by its inner product with t. The pairing is
// real: JAX's cotangents are those of the real and imaginary parts together.
func (c *check) reverse(path string, f grad.Fn, x, t []*Value, numeric [][]complex128, abs, rel float64) (ct []*Value,
	err error) {
	y, m := grad.Linearized(c.op, x, inexact(x), f)
	ct = c.random(y)
	g := m.Pull(c.op, ct)
	var want, got, scale float64
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
		return nil,
			fmt.Errorf(
				"gojax: CheckGrads: VJP%s: the inner product of gradient and tangent is %v, by central differences %v",
				path, got, want)
	}
	return ct, nil
}

// same reports whether both are NaN or the same infinity.
func same(a, b complex128) bool { return cmplx.IsNaN(a) && cmplx.IsNaN(b) || a == b }

// bits is the number of bits of the narrowest float of x.
func bits(x []*Value) int {
	n := 64
	for _, v := range x {
		n = min(n, v.DType().Real().Bits())
	}
	return n
}

func (c *check) tolerance(x []*Value) (abs, rel float64) {
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

func (c *check) step(x []*Value) float64 {
	switch {
	case c.eps > 0:
		return c.eps
	case bits(x) == 64:
		return 1e-4
	}
	return 1.0 / 1024
}

// random are normal numbers in the shapes and dtypes of x.
func (c *check) random(x []*Value) []*Value {
	y := make([]*Value, len(x))
	for i, v := range x {
		t := v.Aval()
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
func (c *check) difference(f grad.Fn, x, t []*Value) [][]complex128 {
	eps := c.step(x)
	at := func(s float64) []*Value {
		moved := make([]*Value, len(x))
		for i, v := range x {
			z, d := elements(v), elements(t[i])
			for k := range z {
				z[k] += complex(s, 0) * d[k]
			}
			moved[i] = fromElements(z, v.Aval())
		}
		return grad.Run(c.op, moved, f)
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
func elements(x *Value) []complex128 {
	t := x.Aval()
	b := make([]byte, t.Bytes())
	if l, ok := x.Lit(); ok {
		b = l.AppendBytes(nil)
	} else if len(b) > 0 {
		trace.TheRuntime().ToHost(x, b)
	}
	y := make([]complex128, t.Size())
	for i := range y {
		y[i] = ir.LitFromBytes(b[i*t.DType.Size():], t.DType).Complex()
	}
	return y
}

// fromElements is an array of type t.
func fromElements(z []complex128, t ir.Aval) *Value {
	var b []byte
	for _, v := range z {
		b = ir.ComplexLit(v, t.DType).AppendBytes(b)
	}
	return trace.TheRuntime().FromHost(b, t.Strong())
}
