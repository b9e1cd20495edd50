package jnp

import (
	"slices"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Vandermonde holds the keyword arguments of Vander.
type Vandermonde struct {
	// Increasing puts the lowest power first.
	Increasing bool
}

// Vander is the matrix of the powers of the vector x, the highest first: NumPy's vander. It has n columns, as many as x
// has elements unless given, and x's dtype.
//
// Options: Vandermonde (Increasing).
func Vander(x Array, n ...int) Array { return Vandermonde{}.Vander(x, n...) }

// Vander is jnp.Vander with options.
func (o Vandermonde) Vander(x Array, n ...int) Array {
	const op = "jnp.Vander"
	v := x.val(op)
	in := []ir.Aval{v.Aval()}
	if v.Rank() != 1 {
		trace.Fail(op, in, "takes a vector, not an array of %d axes", v.Rank())
	}
	columns := kit.Optional(op, "number of columns", n, v.Shape()[0])
	if columns < 0 {
		trace.Fail(op, in, "the number of columns is %d; it must not be negative", columns)
	}
	type params struct {
		Columns    int
		Increasing bool
	}
	return whole1(op, params{columns, o.Increasing}, v, func(v *trace.Value) *trace.Value {
		d := v.DType()
		powers := ops.Iota(kit.Numeric(d), []int{columns}, 0)
		if !o.Increasing {
			powers = ops.Rev(powers, []int{0})
		}
		return Power(ExpandDims(Wrap(v), 1), ExpandDims(Wrap(powers), 0)).v
	})
}

// Fit holds the keyword arguments of PolyFit.
type Fit struct {
	// RCond is the relative size below which a singular value of the system counts as zero, a Go number; unset, len(x)
	// times the dtype's epsilon.
	RCond any
	// Weights are what each residual is multiplied with before it is squared: a vector like x.
	Weights Array
	// Unscaled leaves PolyFitCov's covariance without the factor that estimates the variance of the data, as for
	// Weights that are the reciprocals of known standard deviations: NumPy's cov="unscaled".
	Unscaled bool
}

// FitDetails is what PolyFitFull returns.
type FitDetails struct {
	Coefficients   Array
	Residuals      Array // sums of squares, one for each column of y
	Rank           Array // of the system, an integer
	SingularValues Array // of the system, its columns scaled to length 1
	RCond          Array
}

// PolyFit is the coefficients, the highest power first, of the polynomial of the given degree that is nearest to the
// points (x, y) by least squares: NumPy's polyfit. x is a vector of n elements; y is [n], or [n, k] for k polynomials,
// and the result [deg+1] or [deg+1, k].
//
// Options: Fit (RCond, Weights).
func PolyFit(x, y Array, deg int) Array { return Fit{}.PolyFit(x, y, deg) }

// PolyFit is jnp.PolyFit with options.
func (o Fit) PolyFit(x, y Array, deg int) Array {
	return o.fit("jnp.PolyFit", x, y, deg,
		func(f *fitted) []*trace.Value { return []*trace.Value{f.coefficients.v} })[0]
}

// PolyFitFull is PolyFit with what tells how good the fit is: NumPy's polyfit with full=True.
//
// Options: Fit (RCond, Weights).
func PolyFitFull(x, y Array, deg int) FitDetails { return Fit{}.PolyFitFull(x, y, deg) }

// PolyFitFull is jnp.PolyFitFull with options.
func (o Fit) PolyFitFull(x, y Array, deg int) FitDetails {
	r := o.fit("jnp.PolyFitFull", x, y, deg, func(f *fitted) []*trace.Value {
		rank := ops.Convert(f.rank, kit.DefaultInt())
		return []*trace.Value{f.coefficients.v, f.residuals, rank, f.singular,
			ops.ConvertWeak(f.rcond, kit.DefaultFloat(), true)}
	})
	return FitDetails{r[0], r[1], r[2], r[3], r[4]}
}

// PolyFitCov is PolyFit with the covariance matrix of the coefficients, [deg+1, deg+1] or [deg+1, deg+1, k]: NumPy's
// polyfit with cov=True. There must be more points than coefficients, unless Fit.Unscaled is set.
//
// Options: Fit (RCond, Weights, Unscaled).
func PolyFitCov(x, y Array, deg int) (coefficients, covariance Array) {
	return Fit{}.PolyFitCov(x, y, deg)
}

// PolyFitCov is jnp.PolyFitCov with options.
func (o Fit) PolyFitCov(x, y Array, deg int) (coefficients, covariance Array) {
	const op = "jnp.PolyFitCov"
	if n := x.val(op).Aval().Size(); !o.Unscaled && n <= deg+1 {
		trace.Fail(op, trace.Avals([]*trace.Value{x.v, y.val(op)}),
			"%d points do not tell how far %d coefficients may be off: more points are needed, or Fit.Unscaled", n,
			deg+1)
	}
	r := o.fit(op, x, y, deg, func(f *fitted) []*trace.Value {
		gram := MatMul(f.system.T(), f.system).v
		n := gram.Shape()[0]
		v := Div(Wrap(ops.SolveQR(gram, Creation{DType: gram.DType()}.Eye(n).v)), Outer(f.scale, f.scale))
		if len(y.Shape()) == 2 {
			v = ExpandDims(v, 2)
		}
		if !o.Unscaled {
			v = Mul(v, Div(Wrap(f.residuals), f.points-n))
		} else {
			v = Mul(v, Ones(1))
		}
		return []*trace.Value{f.coefficients.v, v.v}
	})
	return r[0], r[1]
}

// fitted is the solution of a least squares problem on its way.
type fitted struct {
	points                           int
	system                           Array // with columns of length 1
	scale                            Array // what they were divided by
	coefficients                     Array
	residuals, rank, singular, rcond *trace.Value
}

func (o Fit) fit(op string, x, y Array, deg int, results func(f *fitted) []*trace.Value) []Array {
	in := []*trace.Value{x.val(op), y.val(op)}
	if o.Weights.v != nil {
		in = append(in, o.Weights.v)
	}
	avals := trace.Avals(in)
	checkFit(op, avals, deg)
	if o.RCond != nil {
		c := lift(op, o.RCond)
		if c.Rank() != 0 {
			trace.Fail(op, append(avals, c.Aval()), "RCond is one number")
		}
		in = append(in, c)
	}
	p := fitParams{deg, o.Weights.v != nil, o.RCond != nil, o.Unscaled}
	return kit.Map(trace.Whole(op, p, in, func(in []*trace.Value) []*trace.Value { return results(p.solve(op, in)) }),
		Wrap)
}

// checkFit refuses points x and y, and weights where they are in, that no polynomial of degree deg is fitted to.
func checkFit(op string, in []ir.Aval, deg int) {
	x, y := in[0].Shape, in[1].Shape
	switch {
	case deg < 0:
		trace.Fail(op, in, "the degree is %d; it must not be negative", deg)
	case len(x) != 1 || x[0] == 0:
		trace.Fail(op, in, "x must be a vector with at least one element")
	case len(y) != 1 && len(y) != 2:
		trace.Fail(op, in, "y must have one or two axes, not %d", len(y))
	case x[0] != y[0]:
		trace.Fail(op, in, "x has %d points and y %d; they must be as many", x[0], y[0])
	case len(in) > 2 && !slices.Equal(in[2].Shape, x):
		trace.Fail(op, in, "the weights must be a vector of %d elements, one for each point", x[0])
	}
}

// fitParams is what the program depends on besides its operands: x, y, and the weights and RCond if they are given.
type fitParams struct {
	Degree                   int
	Weights, RCond, Unscaled bool
}

func (p fitParams) solve(op string, in []*trace.Value) *fitted {
	x, rhs := Wrap(kit.PromoteInexact(op, in[0])[0]), Wrap(in[1])
	n, columns := rhs.Shape()[0], rhs.NDim() == 2
	f := &fitted{points: n}
	lhs := Vander(x, p.Degree+1)
	if p.Weights {
		w := Wrap(kit.PromoteInexact(op, in[2])[0])
		lhs = Mul(lhs, ExpandDims(w, 1))
		if columns {
			w = ExpandDims(w, 1)
		}
		rhs = Mul(rhs, w)
	}
	f.scale = Sqrt(Sum(Mul(lhs, lhs), 0))
	f.system = Div(lhs, ExpandDims(f.scale, 0))
	ab := kit.PromoteInexact(op, f.system.v, rhs.v)
	a, b := kit.Strong(ab[0]), kit.Strong(ab[1])
	if !columns {
		b = ops.Reshape(b, []int{n, 1})
	}
	d := a.DType().Real()
	if p.RCond {
		f.rcond = kit.Convert(op, in[len(in)-1], d, false)
	} else {
		f.rcond = ops.ScalarLit(ir.FloatLit(float64(n)*FInfo(x.DType()).Eps, d))
	}
	least := ops.Select(ops.Lt(f.rcond, ops.FullLike(f.rcond, 0)), ops.FullLike(f.rcond, FInfo(d).Eps), f.rcond)
	c, residuals, rank, s := ops.LeastSquares(a, b, least)
	f.residuals, f.rank, f.singular = residuals, rank, s
	f.coefficients = Div(Wrap(c), ExpandDims(f.scale, 1))
	if !columns {
		f.coefficients = f.coefficients.Reshape(p.Degree + 1)
	}
	return f
}
