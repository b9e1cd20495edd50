package signal

import (
	"slices"

	"github.com/gojax/gojax/internal/arrays"
	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/trace"
)

// Trend is what is taken away from a signal.
type Trend uint8

const (
	DefaultTrend  Trend = iota // what the function says
	LinearTrend                // the straight line of the least squares
	ConstantTrend              // the mean
	NoTrend                    // nothing
)

// Detrending holds the keyword arguments of Detrend.
type Detrending struct {
	Trend Trend // LinearTrend by default
	// Breakpoints are the elements at which the line may break: each piece has one of its own.
	Breakpoints []int
}

// Detrend is x without its linear trend along an axis, the last unless given (SciPy signal.detrend).
//
// Options: Detrending (Trend, Breakpoints).
func Detrend(x jnp.Array, axis ...int) jnp.Array { return Detrending{}.Detrend(x, axis...) }

// Detrend is signal.Detrend with options.
func (o Detrending) Detrend(x jnp.Array, axis ...int) jnp.Array {
	const op = "signal.Detrend"
	in := kit.Value(op, x).Aval()
	a := kit.OneAxis(op, axis, -1, in.Rank(), in)
	n := in.Shape[a]
	if o.Trend > NoTrend {
		trace.Fail(op, []ir.Aval{in}, "Trend is LinearTrend, ConstantTrend or NoTrend, not %d", o.Trend)
	}
	if o.Trend == ConstantTrend && o.Breakpoints != nil {
		trace.Fail(op, []ir.Aval{in}, "Breakpoints are for the LinearTrend")
	}
	for _, b := range o.Breakpoints {
		if b < 0 || b > n {
			trace.Fail(op, []ir.Aval{in}, "the breakpoint %d is not between 0 and %d, the length of the axis", b, n)
		}
	}
	ends := append(slices.Clone(o.Breakpoints), 0, n)
	slices.Sort(ends)
	p := struct {
		Trend Trend
		Ends  []int
		Axis  int
	}{o.Trend, slices.Compact(ends), a}
	return arrays.Whole(op, p, func(x []jnp.Array) jnp.Array {
		y := jnp.MoveAxis(arrays.StrongInexact(op, x[0])[0], a, -1)
		var pieces []jnp.Array
		for i, end := range p.Ends[1:] {
			piece := lax.SliceInDim(y, p.Ends[i], end, 1, y.NDim()-1)
			pieces = append(pieces, o.Trend.without(piece))
		}
		if len(pieces) == 0 {
			return jnp.MoveAxis(y, -1, a)
		}
		return jnp.MoveAxis(jnp.Concatenate(pieces, -1), -1, a)
	}, x)
}

// without is x without the trend along its last axis.
func (o Trend) without(x jnp.Array) jnp.Array {
	n := x.Shape()[x.NDim()-1]
	if o == NoTrend || n == 0 {
		return x
	}
	along := jnp.Reduction{KeepDims: true}
	x = x.Sub(along.Mean(x, -1))
	if o == ConstantTrend || n == 1 {
		return x
	}
	// The places are counted from the middle, in units of half the length, where they are orthogonal to the mean.
	at := lax.Iota(jnp.Int32, []int{n}, 0).Mul(2).Sub(n - 1).AsType(x.Real().DType()).Div(n)
	slope := along.Sum(x.Mul(at), -1).Div(jnp.Sum(at.Mul(at)))
	return x.Sub(slope.Mul(at))
}
