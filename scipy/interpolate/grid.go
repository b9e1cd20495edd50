package interpolate

import (
	"math"
	"slices"

	"github.com/gojax/gojax/internal/arrays"
	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/trace"
)

type array = jnp.Array

// Method is how values between the points of a grid are found.
type Method uint8

const (
	Linear  Method = iota // along straight lines from point to point, axis by axis
	Nearest               // the value of the nearest point; of that at the lower place half-way
)

// Interpolation holds the keyword arguments of NewRegularGridInterpolator; its zero value is the default.
type Interpolation struct {
	Method Method
	// FillValue is the value outside of the grid, a number or a scalar Array; nil is NaN.
	FillValue any
	// Extrapolate has the outermost cells of the grid go on outside, instead of a FillValue.
	Extrapolate bool
	// BoundsError makes points outside of the grid a mistake. They have to be known for that, outside of Jit and Vmap.
	BoundsError bool
}

// RegularGridInterpolator is a function that is known on a rectangular grid
// (scipy.interpolate.RegularGridInterpolator): make it with NewRegularGridInterpolator. It is a tree of its arrays.
type RegularGridInterpolator struct {
	Grid        []jnp.Array // the places of the points along each axis
	Values      jnp.Array   // floats or complex numbers: an axis for each of the grid's, and then those of a value
	Fill        jnp.Array   // the value outside; unset with Extrapolate
	Method      Method
	BoundsError bool
}

// NewRegularGridInterpolator is the function that has values at the points of a grid. Each of points is a vector of
// real numbers, in increasing or decreasing order, of two at least; values has an axis for each of them, of its length,
// and may have more, for values that are arrays themselves (scipy.interpolate.RegularGridInterpolator, with JAX's
// default of NaN outside instead of an error). Where the points are known, their order is checked.
//
// Options: Interpolation (Method, FillValue, Extrapolate, BoundsError).
func NewRegularGridInterpolator(points []jnp.Array, values jnp.Array) RegularGridInterpolator {
	return Interpolation{}.NewRegularGridInterpolator(points, values)
}

// NewRegularGridInterpolator is interpolate.NewRegularGridInterpolator with options.
func (o Interpolation) NewRegularGridInterpolator(points []jnp.Array, values jnp.Array) RegularGridInterpolator {
	const op = "interpolate.NewRegularGridInterpolator"
	switch {
	case o.Method > Nearest:
		trace.Fail(op, nil, "the Method is Linear or Nearest")
	case o.Extrapolate && (o.FillValue != nil || o.BoundsError):
		trace.Fail(op, nil, "with Extrapolate there is a value everywhere: it takes no FillValue and no BoundsError")
	}
	fill := o.FillValue
	if fill == nil {
		fill = math.NaN()
	}
	in := kit.Map(append([]jnp.Array{values}, points...), func(x array) any { return x })
	out := arrays.Several(op, nil, func(in []array) []array {
		checkGrid(op, in[0], in[1:len(in)-1], in[len(in)-1])
		v := jnp.Wrap(kit.AsInexact(in[0].TraceValue()))
		var ordered array
		for i, p := range in[1 : len(in)-1] {
			steps := jnp.Diff(p)
			one := jnp.All(steps.Gt(0)).Or(jnp.All(steps.Lt(0)))
			if i > 0 {
				one = ordered.And(one)
			}
			ordered = one
		}
		return []array{v, in[len(in)-1].AsType(v.DType()), ordered}
	}, append(in, fill)...)
	if ordered := out[2].TraceValue(); !trace.AnyTraced(ordered) && out[2].Item() == 0 {
		trace.Fail(op, trace.Avals(kit.Values(op, points)), "the points must be in increasing or in decreasing order "+
			"along each axis, none twice")
	}
	r := RegularGridInterpolator{slices.Clone(points), out[0], out[1], o.Method, o.BoundsError}
	if o.Extrapolate {
		r.Fill = jnp.Array{}
	}
	return r
}

// checkGrid refuses points and values that are no grid, and a fill value that is no scalar.
func checkGrid(op string, values array, points []array, fill array) {
	kit.RefuseComplex(op, arrays.Values(points)...)
	shape := values.Shape()
	types := trace.Avals(arrays.Values(append(points[:len(points):len(points)], values)))
	if n := len(points); n == 0 || n > len(shape) {
		trace.Fail(op, types, "there are %d axes of points for values of shape %s", n, ir.ShapeString(shape))
	}
	for i, p := range points {
		if p.NDim() != 1 || p.Size() != shape[i] || p.Size() < 2 {
			trace.Fail(op, types, "points %d must be a vector of two at least, as long as axis %d of the values: %d, "+
				"not of shape %s", i, i, shape[i], ir.ShapeString(p.Shape()))
		}
	}
	if fill.NDim() != 0 || fill.DType().IsComplex() && !values.DType().IsComplex() {
		trace.Fail(op, []ir.Aval{fill.TraceValue().Aval()}, "FillValue must be a scalar, and real where the values are")
	}
}

// Evaluate is the values at places x (a call of the object in SciPy): an array [..., n] of coordinates along the n axes
// of the grid, which gives the axes before the last, followed by those of a value; or a []jnp.Array of n arrays of
// coordinates, which broadcast. Of one axis x may be a vector of m places; of more, a vector is one place, and the
// result begins with an axis of length 1.
func (r RegularGridInterpolator) Evaluate(x any) jnp.Array {
	const op = "interpolate.RegularGridInterpolator.Evaluate"
	coordinates, apart := x.([]jnp.Array)
	in, n, axes, filled := []any{x}, 1, len(r.Grid), r.Fill.TraceValue() != nil
	if apart {
		in, n = kit.Map(coordinates, func(x array) any { return x }), len(coordinates)
	}
	params := struct {
		Method                Method
		N, Axes               int
		Apart, Filled, Bounds bool
	}{r.Method, n, axes, apart, filled, r.BoundsError}
	in = append(in, r.Values)
	for _, g := range r.Grid {
		in = append(in, g)
	}
	if filled {
		in = append(in, r.Fill)
	}
	out := arrays.Several(op, params, func(in []array) []array {
		values, grid := in[n], in[n+1:n+1+axes]
		at, shape := places(op, in[:n], axes, apart)
		y, outside := r.Method.at(op, at, values, grid)
		if filled {
			y = jnp.Where(column(outside, y), in[n+1+axes], y)
		}
		y = y.Reshape(append(shape, values.Shape()[axes:]...)...)
		if r.BoundsError {
			return []array{y, jnp.Any(outside)}
		}
		return []array{y}
	}, in...)
	if r.BoundsError {
		switch bad := out[1].TraceValue(); {
		case trace.AnyTraced(bad):
			trace.Fail(op, nil, "BoundsError is for places that are known; in a function for Jit, Vmap or Grad leave "+
				"it out, and look for NaN in the result")
		case out[1].Item() != 0:
			trace.Fail(op, trace.Avals(arrays.Values(out[:1])), "there are places outside of the grid; without "+
				"BoundsError they have a FillValue")
		}
	}
	return out[0]
}

// places is the coordinates along n axes, each a vector, of arrays of coordinates or an array that has them apart along
// its last axis, and the shape that these had.
func places(op string, x []array, n int, apart bool) (at []array, shape []int) {
	types := trace.Avals(arrays.Values(x))
	kit.RefuseComplex(op, arrays.Values(x)...)
	if apart {
		if len(x) != n {
			trace.Fail(op, types, "there are %d arrays of coordinates for a grid of %d axes", len(x), n)
		}
		x = jnp.BroadcastArrays(x...)
		return kit.Map(x, jnp.Ravel), x[0].Shape()
	}
	p := x[0]
	if p.NDim() == 1 && p.Size()%n == 0 {
		p = p.Reshape(-1, n)
	}
	s := p.Shape()
	if len(s) == 0 || s[len(s)-1] != n {
		trace.Fail(op, types, "the last axis must hold the %d coordinates of a place", n)
	}
	return jnp.Unstack(p.Reshape(ir.SizeOf(s[:len(s)-1]), n), -1), s[:len(s)-1]
}

// column is x, a vector, as an array of one element along each axis of y but the first.
func column(x, y array) array {
	return x.Reshape(append([]int{x.Size()}, slices.Repeat([]int{1}, y.NDim()-1)...)...)
}

// at is the values at places, and which of them are outside of the grid.
func (m Method) at(op string, at []array, values array, grid []array) (y, outside array) {
	low, part, down := make([]array, len(grid)), make([]array, len(grid)), make([]array, len(grid))
	for i, g := range grid {
		both := arrays.StrongInexact(op, at[i], g)
		x, g := both[0], both[1]
		// Of points in decreasing order the negatives are increasing.
		first, last := g.Index(0), g.Index(-1)
		down[i] = last.Lt(first)
		sign := jnp.Where(down[i], -1, 1).AsType(x.DType())
		low[i] = g.Mul(sign).SearchSorted(x.Mul(sign)).Sub(1).Clip(0, g.Size()-2)
		from := g.Index(low[i])
		part[i] = x.Sub(from).Div(g.Index(low[i].Add(1)).Sub(from))
		out := x.Mul(sign).Lt(first.Mul(sign)).Or(x.Mul(sign).Gt(last.Mul(sign)))
		if i > 0 {
			out = outside.Or(out)
		}
		outside = out
	}
	if m == Nearest {
		index := make([]any, len(grid))
		for i := range grid {
			stay := jnp.Where(down[i], part[i].Lt(0.5), part[i].Le(0.5))
			index[i] = low[i].Add(stay.Not().AsType(low[i].DType()))
		}
		return values.Index(index...), outside
	}
	return between(values, low, part, nil), outside
}

// between is the values between those at index and low and their neighbours along the axes that are left.
func between(values array, low, part []array, index []any) array {
	if len(low) == 0 {
		return values.Index(index...)
	}
	n := len(index)
	a := between(values, low[1:], part[1:], append(index[:n:n], low[0]))
	b := between(values, low[1:], part[1:], append(index[:n:n], low[0].Add(1)))
	p := column(part[0], a)
	return a.Mul(p.Neg().Add(1)).Add(b.Mul(p))
}
