package linalg

import (
	"math"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Norms holds the keyword arguments of the norms.
type Norms struct {
	// KeepDims leaves reduced axes in the result with size 1.
	KeepDims bool
	// Order of the norm. Of vectors: any number p, for (Σ|x|ᵖ)^(1/p); 0 counts elements that are not 0; +Inf and -Inf
	// (math.Inf) are the largest and smallest |x|. Of matrices: 1 and -1 are the largest and smallest column sum of
	// |x|, +Inf and -Inf row sum, 2 and -2 the largest and smallest singular value, Nuclear their sum. Unset
	// (Frobenius, Euclid): the root of the sum of |x|². Use Ord to set it: Norms{Order: linalg.Ord(1)}.
	Order Order
}

// Order is the order of a norm; its zero value is unset.
type Order struct {
	p    float64
	set  bool
	kind orderKind
}

type orderKind uint8

const (
	numbered orderKind = iota
	frobenius
	nuclear
)

// Ord is the order p (NumPy's argument ord).
func Ord(p float64) Order { return Order{p: p, set: true} }

// Frobenius is the order of the root of the sum of |x|², Nuclear that of the sum of the singular values; both for
// matrices alone.
var (
	Frobenius = Order{set: true, kind: frobenius}
	Nuclear   = Order{set: true, kind: nuclear}
)

type normParams struct {
	Axes     []int
	KeepDims bool
	P        float64
	Order    orderKind
	Kind     normKind
}

type normKind uint8

const (
	euclid normKind = iota
	vectorNorm
	matrixNorm
)

// Norm is the norm over axes, NumPy's linalg.norm: over all without axes (the Euclidean one unless the array has one or
// two axes), of vectors over one axis, of matrices over two. The result is real. It overflows and underflows where it
// is out of range itself, not where powers of elements are; of vectors of zeros its derivative is 0 (JAX: NaN), but
// that of orders 1 and +Inf is that of |x|.
//
// Options: Norms (KeepDims, Order).
func Norm(x jnp.Array, axes ...int) jnp.Array { return Norms{}.Norm(x, axes...) }

// Norm is linalg.Norm with options.
func (o Norms) Norm(x jnp.Array, axes ...int) jnp.Array {
	const op = "linalg.Norm"
	v := kit.Value(op, x)
	p := o.params(op, v, axes)
	switch {
	case o.Order.kind == frobenius && len(p.Axes) == 2:
		p.Kind = euclid
	case o.Order.kind != numbered && len(p.Axes) != 2:
		trace.Fail(op, []ir.Aval{v.Aval()},
			"the Frobenius and nuclear norms are of matrices, over two axes, not over %v", p.Axes)
	case !o.Order.set && (axes == nil || len(p.Axes) == 1 || len(p.Axes) == 2):
		p.Kind = euclid
	case len(p.Axes) == 1:
		p.Kind = vectorNorm
	case len(p.Axes) == 2:
		p.Kind = matrixNorm
	default:
		trace.Fail(op, []ir.Aval{v.Aval()}, "a norm is over one axis, of vectors, or two, of matrices, not over %v",
			p.Axes)
	}
	return p.run(op, v)
}

// VectorNorm is the norm over axes (all if none are given) taken as one vector, NumPy's linalg.vector_norm.
//
// Options: Norms (KeepDims, Order).
func VectorNorm(x jnp.Array, axes ...int) jnp.Array { return Norms{}.VectorNorm(x, axes...) }

// VectorNorm is linalg.VectorNorm with options.
func (o Norms) VectorNorm(x jnp.Array, axes ...int) jnp.Array {
	const op = "linalg.VectorNorm"
	v := kit.Value(op, x)
	p := o.params(op, v, axes)
	if o.Order.kind != numbered {
		trace.Fail(op, []ir.Aval{v.Aval()},
			"the Frobenius and nuclear norms are of matrices; of vectors the Euclidean one is without an Order")
	}
	if o.Order.set {
		p.Kind = vectorNorm
	}
	return p.run(op, v)
}

// MatrixNorm is the norm of the matrices on the last two axes, NumPy's linalg.matrix_norm.
//
// Options: Norms (KeepDims, Order).
func MatrixNorm(x jnp.Array) jnp.Array { return Norms{}.MatrixNorm(x) }

// MatrixNorm is linalg.MatrixNorm with options.
func (o Norms) MatrixNorm(x jnp.Array) jnp.Array {
	const op = "linalg.MatrixNorm"
	v := kit.Value(op, x)
	matrices(op, v, false)
	p := o.params(op, v, []int{-2, -1})
	if o.Order.set && o.Order.kind != frobenius {
		p.Kind = matrixNorm
	}
	return p.run(op, v)
}

func (o Norms) params(op string, v *trace.Value, axes []int) *normParams {
	return &normParams{KeepDims: o.KeepDims, P: o.Order.p, Order: o.Order.kind, Axes: kit.AxesOrAll(op, axes, v)}
}

func (p *normParams) run(op string, v *trace.Value) jnp.Array {
	avals := []ir.Aval{v.Aval()}
	if p.Kind == matrixNorm {
		Norms{Order: Order{p: p.P, kind: p.Order}}.checkMatrixOrder(op, avals)
	}
	if math.IsNaN(p.P) {
		trace.Fail(op, avals, "the order of a norm cannot be NaN")
	}
	empty := false
	for _, a := range p.Axes {
		empty = empty || v.Shape()[a] == 0
	}
	if empty && p.Kind != euclid && (p.P == math.Inf(-1) || p.Kind == matrixNorm && (p.P == -1 || p.P == -2)) {
		trace.Fail(op, avals, "there are no elements along axes %v, and the smallest of none does not exist", p.Axes)
	}
	return whole(op, p, []*trace.Value{v}, p.build)
}

// checkMatrixOrder refuses orders that matrices have no norm of.
func (o Norms) checkMatrixOrder(op string, in []ir.Aval) {
	if o.Order.kind != numbered {
		return
	}
	switch o.Order.p {
	case 1, -1, 2, -2, math.Inf(1), math.Inf(-1):
	default:
		trace.Fail(op, in, "matrices have no norm of order %v: want 1, -1, 2, -2, +Inf, -Inf, Frobenius or Nuclear",
			o.Order.p)
	}
}

// bySingularValues is a norm of the matrices on axes row and col.
func (p *normParams) bySingularValues(v *trace.Value, row, col int) *trace.Value {
	_, before := kit.Without(v.Shape(), []int{row, col})
	s := jnp.Wrap(ops.SingularValues(ops.Transpose(v, append(before, row, col))))
	switch {
	case p.Order == nuclear:
		s = jnp.Sum(s, -1)
	case p.P > 0:
		s = jnp.Reduction{Initial: 0}.Max(s, -1)
	default:
		s = jnp.Min(s, -1)
	}
	if p.KeepDims {
		s = jnp.ExpandDims(s, row, col)
	}
	return s.TraceValue()
}

func (p *normParams) build(x []*trace.Value) *trace.Value {
	v := kit.Strong(kit.AsInexact(x[0]))
	r := jnp.Reduction{KeepDims: p.KeepDims}
	sum := func(v *trace.Value, axes ...int) *trace.Value { return r.Sum(jnp.Wrap(v), axes...).TraceValue() }
	axes := p.Axes
	if p.Kind == euclid || p.Kind == vectorNorm && p.P == 2 {
		y := kit.RootSumSquares(v, axes)
		if p.KeepDims && len(axes) > 0 {
			y = jnp.ExpandDims(jnp.Wrap(y), axes...).TraceValue()
		}
		return y
	}
	abs := ops.Abs(v)
	if p.Kind == matrixNorm {
		row, col := axes[0], axes[1]
		if p.Order == nuclear || p.P == 2 || p.P == -2 {
			return p.bySingularValues(v, row, col)
		}
		add, over := row, col
		if math.IsInf(p.P, 0) {
			add, over = col, row
		}
		s := jnp.Reduction{KeepDims: true}.Sum(jnp.Wrap(abs), add)
		k := jnp.Reduction{KeepDims: true}
		if p.P > 0 {
			k.Initial = 0
			s = k.Max(s, over)
		} else {
			s = k.Min(s, over)
		}
		if !p.KeepDims {
			s = jnp.Squeeze(s, axes...)
		}
		return s.TraceValue()
	}
	switch {
	case math.IsInf(p.P, 1):
		r.Initial = 0
		return r.Max(jnp.Wrap(abs), axes...).TraceValue()
	case math.IsInf(p.P, -1):
		return r.Min(jnp.Wrap(abs), axes...).TraceValue()
	case p.P == 0:
		return sum(ops.Convert(ops.Ne(v, ops.FullLike(v, 0)), abs.DType()), axes...)
	case p.P == 1:
		return sum(abs, axes...)
	}
	return p.power(abs)
}

// power is the norm of order P, (Σ|x|ᵖ)^(1/p), of abs = |x|. The powers are of numbers not above 1 (for a negative P,
// not below): |x| by its largest (least) element or, in the derivative, by the norm.
func (p *normParams) power(abs *trace.Value) *trace.Value {
	x := jnp.Wrap(abs)
	d := x.DType()
	if d == jnp.Float16 || d == jnp.BFloat16 {
		x = x.AsType(jnp.Float32)
	}
	r := jnp.Reduction{KeepDims: true}
	y := jnp.Wrap(kit.Derived1("linalg.Norm", func(in []*trace.Value) *trace.Value {
		x, unit := jnp.Wrap(in[0]), jnp.Wrap(kit.Unit(in[0], p.Axes, p.P < 0))
		sum := r.Sum(jnp.Power(x.Div(unit), p.P), p.Axes...)
		return jnp.Power(sum, 1/p.P).Mul(unit).TraceValue()
	}, func(in []*trace.Value, y *trace.Value, t []*trace.Value) *trace.Value {
		// A norm that is 0 has derivative 0, and so has for a P below 1 an element that is 0.
		x, norm, unit := jnp.Wrap(in[0]), jnp.Wrap(y), jnp.Wrap(kit.Unit(in[0], p.Axes, p.P < 0))
		none := norm.Eq(0)
		hole := none
		if p.P < 1 {
			hole = hole.Or(x.Eq(0))
		}
		share := jnp.Where(hole, 1, x.Div(unit)).Div(jnp.Where(none, 1, norm.Div(unit)))
		share = jnp.Power(share, p.P-1)
		return r.Sum(jnp.Where(hole, 0, share).Mul(jnp.Wrap(t[0])), p.Axes...).TraceValue()
	}, x.TraceValue()))
	if !p.KeepDims && len(p.Axes) > 0 {
		y = jnp.Squeeze(y, p.Axes...)
	}
	return y.AsType(d).TraceValue()
}
