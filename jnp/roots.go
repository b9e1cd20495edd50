package jnp

import (
	"math"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// RootFinding holds the keyword arguments of Roots.
type RootFinding struct {
	// KeepLeadingZeros takes coefficients whose values are not known, as in Jit and Vmap: the result has one root less
	// than there are coefficients, NaN in place of each that leading zeros leave undefined, last. JAX's
	// strip_zeros=False.
	KeepLeadingZeros bool
}

// Roots is the roots of the polynomial of coefficients p, the highest power first, complex, the largest first: NumPy's
// roots. Leading zeros are left out, for which p must be concrete: see RootFinding. The roots are found together by the
// iteration of Ehrlich and Aberth, to what rounding lets them be known (multiple ones to fewer digits); derivatives are
// those of simple roots.
//
// Options: RootFinding (KeepLeadingZeros).
func Roots(p Array) Array { return RootFinding{}.Roots(p) }

// Roots is jnp.Roots with options.
func (o RootFinding) Roots(p Array) Array {
	const op = "jnp.Roots"
	v := p.val(op)
	in := []ir.Aval{v.Aval()}
	if v.Rank() > 1 {
		trace.Fail(op, in, "takes a vector of coefficients, not an array of %d axes", v.Rank())
	}
	if !o.KeepLeadingZeros && v.Rank() == 1 {
		known, b := v.Eval()
		if b != nil {
			trace.Fail(op, in,
				"how many leading coefficients are 0, and how many roots there are, is not known of a traced array "+
					"(%s at %v); use jnp.RootFinding{KeepLeadingZeros: true}.Roots(p), which puts NaN for missing "+
					"roots", b.What(), b.Src())
		}
		var first []byte
		trace.Suspended(func() { first = hostBytes(op, truth(op, known)) })
		zeros := 0
		for zeros < len(first) && first[zeros] == 0 {
			zeros++
		}
		v = p.Index(S(zeros, nil)).v
	}
	return whole1(op, nil, v, func(v *trace.Value) *trace.Value {
		v = kit.PromoteInexact(op, v)[0]
		real := !v.DType().IsComplex()
		d := ir.Complex64
		if v.DType().Real() == ir.Float64 {
			d = ir.Complex128
		}
		if v.Aval().Size() < 2 {
			return ops.Full([]int{0}, ir.FloatLit(0, d))
		}
		return kit.Derived1(op, func(x []*value) *value { return rootsOf(x[0], real) },
			func(x []*value, y *value, t []*value) *value {
				// Of p(z) = 0 follows dp(z) + p'(z)·dz = 0; missing roots stay so.
				p, z := Wrap(x[0]), Wrap(y)
				step := Div(MatMul(Vander(z, p.Shape()[0]), Wrap(t[0])), PolyVal(PolyDer(p), z))
				return Where(IsNaN(z), 0.0, step).Neg().v
			}, ops.Convert(v, d))
	})
}

// rootsOf is the roots of the n complex coefficients p, n-1 of them: first those that are not 0, then zeros for the
// trailing zeros of p, then NaN for the leading ones. real says that the coefficients came from real numbers.
func rootsOf(coefficients *trace.Value, real bool) *trace.Value {
	p := Wrap(coefficients)
	n, d := p.Shape()[0], p.DType()
	isZero := Equal(p, 0.0).AsType(Int32)
	lead, trail := Sum(CumProd(isZero)), Sum(CumProd(Flip(isZero)))
	m := Maximum(Sub(n-1, Add(lead, trail)), 0) // the degree without zeros at either end
	size := Max(Abs(p))
	bad := LogicalNot(IsFinite(size))
	p = Div(p, Where(LogicalOr(bad, Equal(size, 0.0)), 1.0, size))
	// Powers from the lowest on of the polynomial and of its reverse, whose roots are the reciprocals; zeros after m.
	low := Where(LessEqual(Arange(n), m), Roll(Flip(p), Neg(trail), 0), 0.0)
	high := Where(LessEqual(Arange(n), m), Roll(p, Neg(lead), 0), 0.0)
	h := &aberth{low: low, high: high, degree: m}
	z := h.run()
	if real { // as such, where a real number is a root as well
		onLine := Wrap(ops.Convert(ops.Real(z.v), d))
		_, good := h.correction(onLine)
		z = Where(good, onLine, z)
	}
	i := Arange(n - 1)
	// The largest first, and of a conjugate pair that in the upper half plane: as eigenvalue routines tend to find
	// them.
	key := Mul(Abs(z), Add(1.0, Mul(Sign(Imag(z)), 64*FInfo(d).Eps)))
	key = Neg(Where(Less(i, m), key, -1.0))
	pair := ops.Sort([]*trace.Value{key.v, ops.Real(z.v), ops.Imag(z.v)}, 0, true, 1)
	z = Where(Less(i, m), Wrap(ops.Complex(pair[1], pair[2])), 0.0)
	gone := LogicalOr(GreaterEqual(i, Sub(n-1, lead)), bad)
	return ops.Convert(Where(gone, complex(math.NaN(), math.NaN()), z).v, d)
}

// aberth finds the roots of a polynomial together (O. Aberth, Iteration methods for finding all zeros of a polynomial
// simultaneously, 1973).
type aberth struct {
	low, high Array // coefficients of the polynomial and of its reverse, the lowest power first
	degree    Array // an integer
}

// maxAberth ends the iteration where rounding keeps it going. Ten rounds are usual, and one more for each bit of
// multiple roots.
const maxAberth = 150

// run is the roots, as many as there are coefficients but one; those from the degree on mean nothing.
func (h *aberth) run() Array {
	z := h.start()
	n := z.Shape()[0]
	out := while("jnp.Roots", []Array{z, Less(Arange(n), h.degree), Creation{DType: Int32}.Zeros()},
		func(c []Array) Array {
			active, round := c[1], c[2]
			return LogicalAnd(Any(active), Less(round, maxAberth))
		},
		func(c []Array) []Array {
			z, active, round := c[0], c[1], c[2]
			step, good := h.correction(z)
			active = LogicalAnd(active, LogicalNot(good))
			z = Where(active, Sub(z, step), z)
			eps := FInfo(z.DType()).Eps
			moved := Greater(Abs(step), Mul(Abs(z), eps))
			return []Array{z, LogicalAnd(active, moved), Add(round, int32(1))}
		})
	return out[0]
}

// correction is what to take off each z, and whether it is a root as far as rounding lets one tell.
func (h *aberth) correction(z Array) (step, good Array) {
	outside := Greater(Abs(z), 1.0)
	x := Where(outside, Div(1.0, Where(outside, z, 1.0)), z) // the reverse is evaluated at the reciprocals of large z
	c := Where(ExpandDims(outside, 0), ExpandDims(h.high, 1), ExpandDims(h.low, 1))
	zero := ZerosLike(x)
	sums, _ := scan("jnp.Roots", []Array{zero, zero, Abs(zero)}, []Array{Flip(c, 0)},
		func(s, x1 []Array) (_, _ []Array) {
			value, slope, size, c := s[0], s[1], s[2], x1[0]
			return []Array{Add(Mul(value, x), c), Add(Mul(slope, x), value), Add(Mul(size, Abs(x)), Abs(c))}, nil
		})
	value, slope, size := sums[0], sums[1], sums[2]
	good = LogicalNot(Greater(Abs(value), Mul(size, 2*FInfo(z.DType()).Eps)))
	// Newton's step is value/slope; in the reciprocal y it is 1/(y(m - y·slope/value)).
	m := h.degree.AsType(z.DType())
	slope = Where(outside, Mul(x, Sub(Mul(m, value), Mul(x, slope))), slope)
	apart := Sub(ExpandDims(z, 1), ExpandDims(z, 0))
	n := z.Shape()[0]
	other := LogicalAnd(NotEqual(apart, 0.0), Less(Arange(n), h.degree))
	repel := Sum(Where(other, Div(1.0, Where(other, apart, 1.0)), 0.0), 1)
	step = Div(value, Sub(slope, Mul(value, repel)))
	return Where(IsFinite(step), step, Mul(z, complex(0, 0.01))), good
}

// start is a first guess, on circles whose radii are those that the sizes of the coefficients tell (D. A. Bini,
// Numerical computation of polynomial zeros by means of Aberth's method, 1996): the slopes of the least concave
// function above the logarithms of the coefficients, each of which is a minimum over its points before of maxima over
// those after.
func (h *aberth) start() Array {
	n := h.low.Shape()[0]
	size := Log(Abs(h.low))
	j, k := ExpandDims(Arange(n), 1), ExpandDims(Arange(n), 0)
	after := Greater(k, j)
	inf := math.Inf(1)
	chord := Div(Sub(ExpandDims(size, 0), ExpandDims(size, 1)), Where(after, Sub(k, j), 1).AsType(size.DType()))
	chord = Where(ExpandDims(Equal(h.low, 0.0), 1), inf, Where(after, chord, -inf))
	most := Wrap(ops.CumMax(chord.v, 1, true)).Index(All, S(1, nil))
	i := Arange(n - 1)
	slope := Min(Where(LessEqual(j, i), most, inf), 0)
	live := Less(i, h.degree)
	same := LogicalAnd(Equal(ExpandDims(slope, 1), ExpandDims(slope, 0)), ExpandDims(live, 0))
	count := Sum(same.AsType(size.DType()), 1)
	rank := Sum(LogicalAnd(same, Less(ExpandDims(i, 0), ExpandDims(i, 1))).AsType(size.DType()), 1)
	angle := Add(Mul(Div(rank, Maximum(count, 1.0)), 2*math.Pi), Add(Mul(Sub(i, rank), 0.37), 0.7))
	radius := Where(live, Exp(Neg(slope)), 1.0)
	return Wrap(
		ops.Complex(Mul(radius, Cos(angle)).AsType(size.DType()).v, Mul(radius, Sin(angle)).AsType(size.DType()).v))
}
