package random

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Dist holds the options of the samplers, which are its methods; the package's functions are those of the zero Dist.
type Dist struct {
	// DType of the numbers. Zero is the default: float32, int32 or uint32, and their 64-bit counterparts with 64-bit
	// types on.
	DType jnp.DType
	// Min and Max bound Uniform: Go numbers or Arrays; nil is 0 and 1.
	Min, Max any
	// Range is how far into the tails Gumbel, Categorical and Bernoulli reach.
	Range Range
	// Factor is how MultivariateNormal takes the square root of the covariance.
	Factor Factor
}

// Factor is a way to a matrix F with F·Fᵀ = C for a covariance C (the method of JAX's multivariate_normal).
type Factor uint8

const (
	FactorCholesky Factor = iota // the triangular one: C must be positive definite
	FactorSVD                    // of the singular value decomposition: C may have rank less than full
	FactorEigh                   // of the eigenvectors: the same, from symmetric matrices in less time
)

// Range is a precision of the tails (JAX's mode "low", "high" and "highest").
type Range uint8

const (
	Low     Range = iota // the resolution of one uniform number: the default
	High                 // two uniform numbers for each sample
	Highest              // every float32 of Gumbel's distribution that 64 bits can tell apart
)

// dtype is the dtype of the numbers of op: o's, or def; its kind is one of kinds.
func (o Dist) dtype(op string, k *ops.Value, def ir.DType, kinds ...ir.Kind) ir.DType {
	d := o.DType
	if d == ir.Invalid {
		d = def
	}
	if !slices.Contains(kinds, d.Kind()) {
		names := map[ir.Kind]string{ir.KindUint: "unsigned", ir.KindInt: "integer", ir.KindFloat: "float",
			ir.KindComplex: "complex"}
		var want []string
		for _, k := range kinds {
			want = append(want, names[k])
		}
		trace.Fail(op, nil, "the DType must be a %s dtype, not %v; convert the numbers afterwards with AsType",
			strings.Join(want, " or "), d)
	}
	return d.Canonical(trace.X64(k))
}

// static is what, besides the types of the inputs, the program of a sampler depends on.
type static struct {
	DType  ir.DType
	Shape  []int
	Range  Range
	Factor Factor
}

// sample runs build on a key and parameters: in a trace as it is, eagerly as one program.
func (o Dist) sample(op string, key *ops.Value, d ir.DType, shape []int, params []*ops.Value,
	build func(k *ops.Value, p []*ops.Value) *ops.Value) jnp.Array {
	in := append([]*ops.Value{key}, params...)
	return jnp.Wrap(kit.Whole(op, static{d, shape, o.Range, o.Factor}, in, func(in []*ops.Value) *ops.Value {
		return build(in[0], in[1:])
	}))
}

// sampleA is sample with the parameters brought to dtype d, as Arrays.
func (o Dist) sampleA(op string, key *ops.Value, d ir.DType, shape []int, params []*ops.Value,
	build func(k *ops.Value, p []jnp.Array) jnp.Array) jnp.Array {
	return o.sample(op, key, d, shape, params, func(k *ops.Value, p []*ops.Value) *ops.Value {
		a := make([]jnp.Array, len(p))
		for i, v := range p {
			a[i] = jnp.Wrap(kit.As(v, d))
		}
		return build(k, a).TraceValue()
	})
}

// param is a parameter of op: a real number or array, a Go number as a literal of dtype d.
func param(op string, x any, d ir.DType) *ops.Value {
	v := kit.Lift(op, x)
	if a := v.Aval(); a.DType.IsComplex() {
		trace.Fail(op, []ir.Aval{a}, "the parameters of a distribution are real; take jnp.Real of a complex one")
	}
	if l, ok := v.Lit(); ok {
		return trace.FromLit(l.Convert(d))
	}
	return v
}

// fits checks that the parameters' shapes broadcast to shape.
func (o Dist) fits(op string, shape []int, params ...ir.Aval) {
	for _, p := range params {
		if !kit.BroadcastsTo(p.Shape, shape) {
			trace.Fail(op, []ir.Aval{p},
				"a parameter of shape %v does not broadcast to the shape asked for, %v; leave the shape out to take "+
					"the parameters' own", p.Shape, shape)
		}
	}
}

// shape is the shape of a sampler's result: the one asked for, or that of the parameters together.
func (o Dist) shape(op string, shape []int, d ir.DType, params ...ir.Aval) []int {
	if len(shape) > 0 {
		o.fits(op, shape, params...)
		return trace.CheckShape(op, shape, d)
	}
	return slices.Clone(kit.BroadcastTypes(op, params))
}

// shapeAlone refuses a shape that was probably not meant as one: several lengths of which the first is 0 or negative.
// NumPy's functions of the same names take two numbers before the shape; loc and scale name them, or are empty for
// bounds.
func shapeAlone(op string, shape []int, loc, scale string) {
	if len(shape) < 2 || shape[0] > 0 {
		return
	}
	wrong := "no elements"
	if shape[0] < 0 {
		wrong = "a negative length"
	}
	name := strings.TrimPrefix(op, "random.")
	meant := fmt.Sprintf("for a %s and a %s write %s(key, n).Mul(%s).Add(%s)", loc, scale, op, scale, loc)
	if loc == "" {
		meant = fmt.Sprintf("bounds are fields: random.Dist{Min: -1, Max: 1}.%s(key, n)", name)
	}
	trace.Fail(op, nil,
		"%v is the shape of the result, which has %s; %s. (An array without elements is random.Dist{}.%s(key, 0, 3).)",
		shape, wrong, meant, name)
}

// check refuses a range that is none.
func (r Range) check(op string) {
	if r > Highest {
		trace.Fail(op, nil, "there is no %v; take Low, High or Highest", r)
	}
}

// String is the name of the range.
func (r Range) String() string {
	if int(r) < 3 {
		return [...]string{"Low", "High", "Highest"}[r]
	}
	return fmt.Sprintf("Range(%d)", r)
}
