package jnp

import (
	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Covariance holds the keyword arguments of Cov and CorrCoef.
type Covariance struct {
	// Columns takes each column as a variable and each row as an observation; by default it is the other way round.
	Columns bool
	// Bias divides by the number of observations; by default it is one less.
	Bias bool
	// DDof is what is taken from the number of observations to divide by, where it is not what Bias says.
	DDof *int
	// DType is the floating-point type to compute in; unset, that of the operands. CorrCoef takes it too.
	DType DType
	// Frequencies are integers that count how often each observation occurred. Weights are any weights of the
	// observations.
	Frequencies, Weights Array
}

type covParams struct {
	Columns, HasFrequencies, HasWeights, Correlate bool
	DDof                                           int
	DType                                          ir.DType
}

// Cov is the covariances of variables, one a row: [n, n] for n variables, a scalar for one. NumPy's cov. Several arrays
// of one or two axes are taken one below the other.
//
// Options: Covariance (Columns, Bias, DDof, DType, Frequencies, Weights).
func Cov(x Array, more ...Array) Array { return Covariance{}.Cov(x, more...) }

// Cov is jnp.Cov with options.
func (o Covariance) Cov(x Array, more ...Array) Array {
	return o.run("jnp.Cov", false, append([]Array{x}, more...))
}

// CorrCoef is the correlations of variables, one a row: Cov divided by the standard deviations. NumPy's corrcoef.
//
// Options: Covariance (Columns, Bias, DDof, DType, Frequencies, Weights).
func CorrCoef(x Array, more ...Array) Array { return Covariance{}.CorrCoef(x, more...) }

// CorrCoef is jnp.CorrCoef with options.
func (o Covariance) CorrCoef(x Array, more ...Array) Array {
	return o.run("jnp.CorrCoef", true, append([]Array{x}, more...))
}

func (o Covariance) run(op string, correlate bool, xs []Array) Array {
	vs := nonempty(op, xs)
	avals := trace.Avals(vs)
	p := covParams{Columns: o.Columns, DDof: 1, Correlate: correlate}
	switch {
	case o.DDof != nil:
		p.DDof = *o.DDof
	case o.Bias:
		p.DDof = 0
	}
	if o.DType != ir.Invalid {
		if p.DType = kit.AskedDType(op, o.DType, avals...); !p.DType.IsInexact() {
			trace.Fail(op, avals, "DType must be a floating-point type, not %v", o.DType)
		}
	}
	n := o.observations(op, avals)
	check := func(name string, w *trace.Value) {
		if w.Rank() != 1 || w.Shape()[0] != n || w.DType().IsComplex() {
			trace.Fail(op, avals, "%s must be real, one for each of the %d observations, not %v", name, n, w.Aval())
		}
	}
	in := vs
	if f := o.Frequencies.v; f != nil {
		if check("Frequencies", f); !f.DType().IsInteger() {
			trace.Fail(op, avals, "Frequencies count observations and must be integers, not %v", f.DType())
		}
		p.HasFrequencies = true
		in = append(in, f)
	}
	if w := o.Weights.v; w != nil {
		check("Weights", w)
		p.HasWeights = true
		in = append(in, w)
	}
	return whole(op, p, in, func(in []*trace.Value) *trace.Value {
		x, w, weight := p.weighted(op, in)
		d := x.DType()
		if wide := upcastHalf(d); wide != d { // in which squares have room
			x = ops.Convert(x, wide)
			if w != nil {
				w = ops.Convert(w, wide)
			}
		}
		c := p.cov(x, w, weight)
		if correlate {
			c = correlations(c)
		}
		return ops.Convert(c, d)
	})
}

// observations is how many each of the operands in has; they must have as many.
func (o Covariance) observations(op string, in []ir.Aval) (n int) {
	for i, a := range in {
		k := 1
		switch {
		case a.Rank() > 2:
			trace.Fail(op, in, "variables come in one axis or two, not %d", a.Rank())
		case a.Rank() == 2 && !o.Columns:
			k = a.Shape[1]
		case a.Rank() > 0:
			k = a.Shape[0]
		}
		if i > 0 && k != n {
			trace.Fail(op, in, "operand %d has %d observations and the first one %d; they must have as many", i, k, n)
		}
		n = k
	}
	return n
}

// correlations are the covariances c divided by the standard deviations.
func correlations(c *trace.Value) *trace.Value {
	if c.Rank() == 0 {
		return ops.Div(c, c)
	}
	s := ops.Sqrt(realPart(diagonal(c, 0, 0, 1)))
	scale := func(axis int) *trace.Value {
		return ops.BroadcastInDim(ops.Convert(s, c.DType()), c.Shape(), []int{axis})
	}
	c = ops.Div(ops.Div(c, scale(0)), scale(1))
	if c.DType().IsComplex() {
		return ops.Complex(clampOne(ops.Real(c)), clampOne(ops.Imag(c)))
	}
	return clampOne(c)
}

// clampOne is v held within -1 and 1, which rounding may have led it beyond.
func clampOne(v *trace.Value) *trace.Value {
	one := func(f float64) *trace.Value { return ops.Full(v.Shape(), ir.FloatLit(f, v.DType())) }
	return ops.Clamp(one(-1), v, one(1))
}

func realPart(v *trace.Value) *trace.Value {
	if v.DType().IsComplex() {
		return ops.Real(v)
	}
	return v
}

// cov is the covariances of the rows of x; w and weight are what weighted gives. Those that correlations are made of
// are of rows scaled to have room for squares.
func (p covParams) cov(x, w, weight *trace.Value) *trace.Value {
	d, rows, n := x.DType(), x.Shape()[0], x.Shape()[1]
	out := []int{rows, rows}
	if rows == 1 {
		out = []int{}
	}
	if n == 0 {
		return ops.Full(out, ir.FloatLit(nanFloat, d))
	}
	r := Reduction{}
	if w != nil {
		r.Weights = Wrap(w)
	}
	x = ops.Sub(x, ops.BroadcastInDim(r.Average(Wrap(x), 1).v, x.Shape(), []int{0}))
	if p.Correlate {
		x = ops.Div(x, ops.Convert(kit.BroadcastTo(kit.Unit(ops.Abs(x), []int{1}, false), x.Shape()), d))
	}
	factor := p.factor(n, d, w, weight)
	y := x
	if w != nil {
		y = ops.Mul(x, ops.BroadcastInDim(w, x.Shape(), []int{1}))
	}
	if d.IsComplex() {
		y = ops.Conj(y)
	}
	c := ops.DotGeneral(x, y, ops.DotDims{LHSContract: []int{1}, RHSContract: []int{1}}, ops.DotOptions{})
	return ops.Reshape(ops.Div(c, ops.BroadcastInDim(factor, c.Shape(), nil)), out)
}

// weighted is the variables, one a row, and how much each observation counts: w by its frequency and weight together,
// nil if it has neither, and by its weight alone.
func (p covParams) weighted(op string, in []*trace.Value) (x, w, weight *trace.Value) {
	if p.HasWeights {
		weight, in = ops.Abs(in[len(in)-1]), in[:len(in)-1]
	}
	if p.HasFrequencies {
		w, in = ops.Abs(in[len(in)-1]), in[:len(in)-1]
	}
	in = kit.PromoteInexact(op, in...)
	for i, v := range in {
		one := v.Rank() < 2
		v = ops.Reshape(v, atLeast(v.Shape(), 2))
		if p.Columns && !one {
			v = ops.Transpose(v, []int{1, 0})
		}
		in[i] = v
	}
	x = join(op, in, 0)
	switch {
	case w == nil:
		w = weight
	case weight != nil:
		w = Wrap(w).Mul(Wrap(weight)).v
	}
	// The weights take part in the type, unless it is given.
	switch {
	case p.DType != ir.Invalid:
		if x = ops.Convert(x, p.DType); w != nil {
			w = ops.Convert(w, p.DType)
		}
	case w != nil:
		both := kit.PromoteInexact(op, x, w)
		x, w = both[0], both[1]
	}
	return x, w, weight
}

// factor is what sums of n products are divided by; w and weight are what weighted gives.
func (p covParams) factor(n int, d ir.DType, w, weight *trace.Value) *trace.Value {
	off := float64(p.DDof)
	scalar := func(f float64) *trace.Value { return known(f, []int{}, d) }
	if w == nil {
		return scalar(float64(n) - off)
	}
	sum := Sum(Wrap(w)).v
	switch {
	case off == 0:
		return sum
	case weight == nil:
		return ops.Sub(sum, scalar(off))
	}
	squares := ops.ReduceSum(ops.Mul(w, ops.Convert(weight, d)), []int{0})
	return ops.Sub(sum, ops.Div(ops.Mul(scalar(off), squares), sum))
}

// checkSpacing refuses a spacing that is no number and no list of n positions.
func checkSpacing(op string, in []ir.Aval, h *trace.Value, n int) {
	if h.Rank() > 1 || h.Rank() == 1 && h.Shape()[0] != n {
		trace.Fail(op, in,
			"a spacing must be a number, or %d positions, one for each element along the axis, not of shape %s", n,
			ir.ShapeString(h.Shape()))
	}
}
