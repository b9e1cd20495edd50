package stats

import (
	"math"
	"slices"

	"github.com/gojax/gojax/internal/arrays"
	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// NaNPolicy is what the summary functions do about NaN: SciPy's nan_policy.
type NaNPolicy string

const (
	Propagate NaNPolicy = "propagate" // NaN gives NaN; of Mode it is a value like others. The default
	Omit      NaNPolicy = "omit"      // NaN is left out; of SEM alone
	Raise     NaNPolicy = "raise"     // refused: a compiled program cannot look for NaN and stop
)

// check is an error of op unless the policy is one of those allowed.
func (p NaNPolicy) check(op string, in ir.Aval, allowed ...NaNPolicy) {
	if p == "" || slices.Contains(allowed, p) {
		return
	}
	if p != Propagate && p != Omit && p != Raise {
		trace.Fail(op, []ir.Aval{in}, "NaNPolicy is %q; it must be one of %q", string(p), allowed)
	}
	trace.Fail(op, []ir.Aval{in}, "NaNPolicy %q is not supported here; allowed: %q", string(p), allowed)
}

// summaryParams is what the program of a summary depends on besides its operand.
type summaryParams struct {
	Axis     int
	Flat     bool // over all elements
	KeepDims bool
	DDof     float64
	Policy   NaNPolicy
	Method   RankMethod
}

// axisOf is the axis given, or axis 0.
func axisOf(op string, in ir.Aval, axis []int) int {
	a := 0
	switch len(axis) {
	case 0:
	case 1:
		a = axis[0]
	default:
		trace.Fail(op, []ir.Aval{in}, "takes one axis, not %v", axis)
	}
	if a < -in.Rank() || a >= in.Rank() {
		trace.Fail(op, []ir.Aval{in}, "axis %d is out of range for an array of %d axes", a, in.Rank())
	}
	if a < 0 {
		a += in.Rank()
	}
	return a
}

// flatAxis is axisOf, or for all elements 0.
func flatAxis(op string, in ir.Aval, flat bool, axis []int) int {
	if !flat {
		return axisOf(op, in, axis)
	}
	if len(axis) > 0 {
		trace.Fail(op, []ir.Aval{in}, "Flat takes all elements together, and there is no axis to give: got %v", axis)
	}
	return 0
}

// Modes holds the keyword arguments of Mode; its zero value is the default.
type Modes struct {
	Flat      bool // takes all elements together: SciPy's axis=None
	KeepDims  bool // the reduced axis stays, with size 1
	NaNPolicy NaNPolicy
}

// Mode is the most frequent element along the axis (the first if none is given), the smallest of several, and how
// often it occurs, in the default integer type (scipy.stats.mode). NaN counts as one value, the largest. Of no
// elements the mode is NaN and the count 0, both of the default float type.
//
// Options: Modes (Flat, KeepDims, NaNPolicy).
func Mode(x jnp.Array, axis ...int) (mode, count jnp.Array) { return Modes{}.Mode(x, axis...) }

// Mode is stats.Mode with options.
func (o Modes) Mode(x jnp.Array, axis ...int) (mode, count jnp.Array) {
	const op = "stats.Mode"
	t := kit.LiftAlone(op, x).Aval()
	o.NaNPolicy.check(op, t, Propagate)
	if t.Rank() == 0 {
		t.Shape = []int{1}
	}
	p := summaryParams{Axis: flatAxis(op, t, o.Flat, axis), Flat: o.Flat, KeepDims: o.KeepDims}
	out := arrays.Several(op, p, func(in []array) []array {
		lanes, shape := p.lanes(jnp.AtLeast1D(in[0]))
		mode, count := modes(lanes, in[0].Size() == 0)
		return []array{mode.Reshape(shape...), count.Reshape(shape...)}
	}, x)
	return out[0], out[1]
}

// lanes is x with what is summed up on the last of two axes, and the result's shape.
func (p summaryParams) lanes(x array) (lanes array, shape []int) {
	s := x.Shape()
	switch {
	case p.Flat:
		lanes = x.Reshape(1, x.Size())
		if p.KeepDims {
			for range s {
				shape = append(shape, 1)
			}
		}
		return lanes, shape
	case p.KeepDims:
		shape = slices.Clone(s)
		shape[p.Axis] = 1
	default:
		shape = slices.Delete(slices.Clone(s), p.Axis, p.Axis+1)
	}
	return jnp.MoveAxis(x, p.Axis, -1).Reshape(ir.SizeOf(shape), s[p.Axis]), shape
}

// modes is the modes of the rows of x, [m, n], and their counts.
func modes(x array, empty bool) (mode, count array) {
	m, n := x.Shape()[0], x.Shape()[1]
	if n == 0 {
		none := jnp.Creation{DType: kit.DefaultFloat()}.Zeros(m)
		return none.Add(nan), none
	}
	if empty { // no rows, and JAX has no vectors to look at: their types stay
		return jnp.Squeeze(x.Index(jnp.S(nil, nil), jnp.S(0, 1)), 1), jnp.Creation{DType: kit.DefaultInt()}.Zeros(m)
	}
	v := ops.Sort([]*trace.Value{x.TraceValue()}, 1, true, 1)[0]
	r := runsOf(v)
	// The longest run that starts at each place; the first of those as long is that of the smallest value.
	length := ops.Sub(r.end, r.start)
	best := jnp.ExpandDims(jnp.ArgMax(jnp.Wrap(length), 1), 1)
	pick := func(v *trace.Value) array { return jnp.Squeeze(jnp.TakeAlongAxis(jnp.Wrap(v), best, 1), 1) }
	return pick(v), pick(length)
}

// runs says for each place of sorted rows where the run of equal elements that it lies in starts, and where it ends;
// first marks the starts.
type runs struct{ first, start, end *trace.Value }

// runsOf finds the runs of v, [m, n], whose rows are in ascending order. NaN are equal.
func runsOf(v *trace.Value) runs {
	n := v.Shape()[1]
	d := kit.DefaultInt()
	at := ops.Iota(d, v.Shape(), 1)
	a, b := ops.SliceInDim(v, 1, n, 1, 1), ops.SliceInDim(v, 0, n-1, 1, 1)
	differ := ops.Ne(a, b)
	if v.DType().IsInexact() {
		differ = ops.And(differ, ops.Or(ops.Eq(a, a), ops.Eq(b, b)))
	}
	edge := ops.Full([]int{v.Shape()[0], 1}, ir.BoolLit(true))
	first := ops.Concatenate([]*trace.Value{edge, differ}, 1)
	last := ops.Concatenate([]*trace.Value{differ, edge}, 1)
	end := ops.Select(last, ops.Add(at, ops.FullLike(at, 1)), ops.FullLike(at, float64(n)))
	return runs{first, ops.CumMax(ops.Select(first, at, ops.FullLike(at, 0)), 1, false), ops.CumMin(end, 1, true)}
}

// RankMethod is how RankData ranks equal elements.
type RankMethod string

const (
	RankAverage RankMethod = "average" // all the mean of the ranks that they take up; the default
	RankMin     RankMethod = "min"     // all the lowest of them
	RankMax     RankMethod = "max"     // all the highest of them
	RankDense   RankMethod = "dense"   // all the lowest, and the next element the rank after it
	RankOrdinal RankMethod = "ordinal" // each its own, in the order of their places
)

// Ranking holds the keyword arguments of RankData; its zero value is the default.
type Ranking struct {
	Method    RankMethod
	NaNPolicy NaNPolicy
}

// RankData is the ranks of the elements of x, from 1 on in ascending order, in the default float type: those of all
// elements, as a vector, or within each vector along the axis where one is given (scipy.stats.rankdata). A vector
// that has a NaN has no ranks but NaN.
//
// Options: Ranking (Method, NaNPolicy).
func RankData(x jnp.Array, axis ...int) jnp.Array { return Ranking{}.RankData(x, axis...) }

// RankData is stats.RankData with options.
func (o Ranking) RankData(x jnp.Array, axis ...int) jnp.Array {
	const op = "stats.RankData"
	t := kit.LiftAlone(op, x).Aval()
	o.NaNPolicy.check(op, t, Propagate)
	p := summaryParams{Flat: len(axis) == 0, KeepDims: true, Method: o.Method}
	if p.Method == "" {
		p.Method = RankAverage
	}
	methods := []RankMethod{RankAverage, RankMin, RankMax, RankDense, RankOrdinal}
	if !slices.Contains(methods, p.Method) {
		trace.Fail(op, []ir.Aval{t}, "Method is %q; it must be one of %q", string(p.Method), methods)
	}
	if !p.Flat {
		p.Axis = axisOf(op, t, axis)
	}
	return arrays.Whole(op, p, func(in []array) array {
		lanes, _ := p.lanes(in[0])
		y := p.rank(lanes)
		if p.Flat {
			return y.Ravel()
		}
		moved := jnp.MoveAxis(in[0], p.Axis, -1).Shape()
		return jnp.MoveAxis(y.Reshape(moved...), -1, p.Axis)
	}, x)
}

// rank is the ranks within each row of x, [m, n].
func (p summaryParams) rank(x array) array {
	if x.Size() == 0 {
		return jnp.Creation{DType: kit.DefaultFloat()}.Zeros(x.Shape()...)
	}
	v := x.TraceValue()
	sorted, from := ops.SortWithPositions([]*trace.Value{v}, 1, true, 1)
	r := runsOf(sorted[0])
	one := ops.FullLike(r.start, 1)
	var y *trace.Value // the ranks of the sorted elements
	switch p.Method {
	case RankMin:
		y = ops.Add(r.start, one)
	case RankMax:
		y = r.end
	case RankDense:
		y = ops.CumSum(ops.Convert(r.first, kit.DefaultInt()), 1, false)
	case RankOrdinal:
		y = ops.Add(ops.Iota(kit.DefaultInt(), v.Shape(), 1), one)
	default:
		y = ops.Add(ops.Add(r.start, r.end), one) // twice the mean
	}
	ranks := jnp.Wrap(ops.SortBy(from, y, 1)).AsType(kit.DefaultFloat())
	if p.Method == RankAverage {
		ranks = ranks.Mul(0.5)
	}
	return jnp.Where(jnp.Reduction{KeepDims: true}.Any(jnp.IsNaN(x), 1), nan, ranks)
}

// StandardErrors holds the keyword arguments of SEM; its zero value is the default.
type StandardErrors struct {
	Flat      bool     // takes all elements together: SciPy's axis=None
	KeepDims  bool     // the reduced axis stays, with size 1
	DDof      *float64 // what is taken from the count in the variance; nil: 1
	NaNPolicy NaNPolicy
}

// SEM is the standard error of the mean along the axis (the first if none is given): the standard deviation of the
// sample divided by the root of its size (scipy.stats.sem).
//
// Options: StandardErrors (Flat, KeepDims, DDof, NaNPolicy).
func SEM(x jnp.Array, axis ...int) jnp.Array { return StandardErrors{}.SEM(x, axis...) }

// SEM is stats.SEM with options.
func (o StandardErrors) SEM(x jnp.Array, axis ...int) jnp.Array {
	const op = "stats.SEM"
	t := kit.LiftAlone(op, x).Aval()
	o.NaNPolicy.check(op, t, Propagate, Omit)
	p := summaryParams{Axis: flatAxis(op, t, o.Flat, axis), Flat: o.Flat, KeepDims: o.KeepDims, DDof: 1,
		Policy: o.NaNPolicy}
	if o.DDof != nil {
		p.DDof = *o.DDof
	}
	return arrays.Inexactly(op, p, func(in []array) array {
		d, x, part := in[0].DType(), in[0], 1.0
		switch d { // what is divided below may exceed the range of d
		case jnp.Float16:
			x = x.AsType(jnp.Float32)
		case jnp.BFloat16:
			part = 0.5
			x = x.AsType(jnp.Float32).Mul(part)
		}
		r := jnp.Reduction{DDof: p.DDof, KeepDims: p.KeepDims}
		n := x.Size()
		var axes []int
		if !p.Flat {
			axes, n = []int{p.Axis}, x.Shape()[p.Axis]
		}
		if p.Policy == Omit {
			count := jnp.Reduction{KeepDims: p.KeepDims}.Sum(jnp.IsNaN(x).Not(), axes...)
			return r.NaNStd(x, axes...).Div(jnp.Sqrt(count).AsType(x.DType()).Mul(part)).AsType(d.Real())
		}
		return r.Std(x, axes...).Div(part * math.Sqrt(float64(n))).AsType(d.Real())
	}, x)
}
