package jnp

import (
	"slices"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Union1D is the different elements of both arrays together, in ascending order. NumPy's union1d. See Unique for Size.
//
// Options: Uniqueness (Size, FillValue).
func Union1D(x, y Array) Array { return Uniqueness{}.Union1D(x, y) }

// Union1D is jnp.Union1D with the options Size and Fill.
func (o Uniqueness) Union1D(x, y Array) Array {
	const op = "jnp.Union1D"
	in := []*value{x.val(op), y.val(op)}
	both := whole(op, nil, in, func(in []*value) *value {
		x, y := ravelPromoted(op, in[0], in[1])
		return ops.Concatenate([]*value{x.v, y.v}, 0)
	})
	values, _, _, _ := o.run(op, both, nil, false)
	return values
}

type setParams struct {
	Size                                    int // of the result; without Sized, more than there can be
	Sized, AssumeUnique, HasFill, Intersect bool
}

// setOf runs build, which gives arrays of p.Size elements and how many of them count, on x and y and the fill value, if
// there is one. Without Size the results are cut to what counts. most is how many there can be.
func (o Uniqueness) setOf(op string, p setParams, x, y Array, most int,
	build func(p setParams, in []*trace.Value) []Array) []Array {
	in := []*trace.Value{x.val(op), y.val(op)}
	avals := trace.Avals(in)
	if o.Size < 0 {
		trace.Fail(op, avals, "Size is %d; it must be positive, or 0 for as many as there are", o.Size)
	}
	if o.DistinctNaN {
		trace.Fail(op, avals, "the field DistinctNaN of Uniqueness does not apply to it; leave it out")
	}
	p.AssumeUnique, p.Sized, p.Size = o.AssumeUnique, o.Size > 0, most
	if p.Sized {
		p.Size = o.Size
	} else if trace.AnyTraced(in...) {
		trace.Fail(op, avals,
			"how many values there are depends on a traced array; give the number: jnp.Uniqueness{Size: n}")
	}
	if o.FillValue != nil {
		f := lift(op, o.FillValue)
		if f.Rank() != 0 {
			trace.Fail(op, avals, "Fill must be a scalar, not of shape %s", ir.ShapeString(f.Shape()))
		}
		p.HasFill = true
		in = append(in, f)
	}
	out := trace.Whole(op, p, in, func(in []*trace.Value) []*trace.Value {
		a := build(p, in)
		vs := make([]*trace.Value, len(a))
		for i, x := range a {
			vs[i] = x.v
		}
		return vs
	})
	all := kit.Map(out, Wrap)
	n := len(all) - 1
	if !p.Sized {
		count := all[n].itemInt()
		for i, x := range all[:n] {
			all[i] = x.Index(S(nil, count))
		}
	}
	return all[:n]
}

// uniqueFirst is the different values of x, one axis, in ascending order with some others after them, where each of
// them first stands in x, and how many they are. x of no elements is returned as it is.
func uniqueFirst(op string, x Array, assumed bool) (values, indices, count Array) {
	n := x.Len()
	d := kit.DefaultInt(x.v)
	if n == 0 || assumed {
		return x, Wrap(ops.Iota(d, []int{n}, 0)), Wrap(ops.ScalarLit(ir.IntLit(int64(n), d)))
	}
	p := uniqueParams{Flat: true, Size: n, Positions: true}
	sorted := p.sort(x.v)
	out := p.pick(append([]*trace.Value{x.v}, sorted...))
	return Wrap(out[0]), Wrap(out[2]), Wrap(sorted[2])
}

// found is where mask, one axis, is true: size positions, those that are missing len(mask)+1, and how many there are.
func found(mask Array, size int) (at, count Array) {
	at = Wrap(nonzero(mask.v, size, []ir.Lit{ir.IntLit(int64(mask.Len()+1), ir.Int32)})[0])
	return at, Reduction{DType: ir.Int32}.Sum(mask)
}

// orFill is vals where i < count, the fill value elsewhere: without one, the smallest of vals (0 where there are none).
func orFill(vals, count Array, fill *trace.Value) Array {
	there := countsTo(vals.Len(), count)
	if fill != nil {
		return Where(there, vals, Wrap(fill))
	}
	vals = Where(there, vals, Max(vals))
	return Where(there, vals, Min(vals))
}

// countsTo is whether i < count for each i below n.
func countsTo(n int, count Array) Array {
	return Wrap(ops.Iota(ir.Int32, []int{n}, 0)).Lt(count)
}

// both is the different values of x and of y in one array sorted in ascending order, the positions they come from in x
// followed by y, and how many they are.
func both(op string, x, y Array, assumed bool) (sorted, from, countX, count Array) {
	xs, ix, nx := uniqueFirst(op, x, assumed)
	ys, iy, ny := uniqueFirst(op, y, assumed)
	all := Concatenate([]Array{xs, ys})
	n, m := xs.Len(), ys.Len()
	used := Concatenate([]Array{countsTo(n, nx), countsTo(m, ny)})
	iota := Concatenate([]Array{ix, iy.Add(n)})
	keys := ops.Sort([]*trace.Value{used.Not().v, all.v, iota.v}, 0, true, 2)
	return Wrap(keys[1]), Wrap(keys[2]), nx, nx.Add(ny)
}

// Intersect1D is the different elements that both arrays have, in ascending order. NumPy's intersect1d. NaN equals
// nothing. Operands are flattened and promoted. How many elements there are depends on the data: traced operands need
// Uniqueness.Size.
//
// Options: Uniqueness (Size, FillValue, AssumeUnique).
func Intersect1D(x, y Array) Array { return Uniqueness{}.Intersect1D(x, y) }

// Intersect1D is jnp.Intersect1D with the options Size, Fill and AssumeUnique.
func (o Uniqueness) Intersect1D(x, y Array) Array {
	return o.intersect("jnp.Intersect1D", x, y)[0]
}

// Intersect1DReturned is Intersect1D and the positions of its values in the flattened x and y (NumPy's
// return_indices=True).
//
// Options: Uniqueness (Size, FillValue, AssumeUnique).
func Intersect1DReturned(x, y Array) (values, inX, inY Array) {
	return Uniqueness{}.Intersect1DReturned(x, y)
}

// Intersect1DReturned is jnp.Intersect1DReturned with the options of Intersect1D. Positions of missing values are the
// length of x and y.
func (o Uniqueness) Intersect1DReturned(x, y Array) (values, inX, inY Array) {
	out := o.intersect("jnp.Intersect1DReturned", x, y)
	return out[0], out[1], out[2]
}

func (o Uniqueness) intersect(op string, x, y Array) []Array {
	n, m := x.val(op).Aval().Size(), y.val(op).Aval().Size()
	return o.setOf(op, setParams{Intersect: true}, x, y, n+m, func(p setParams, in []*trace.Value) []Array {
		x, y := ravelPromoted(op, in[0], in[1])
		var fill *trace.Value
		if p.HasFill {
			fill = in[2]
		}
		all, from, nx, count := both(op, x, y, p.AssumeUnique)
		k := n + m
		d := from.DType()
		if k < 2 {
			vals := Wrap(ops.Full([]int{p.Size}, ir.IntLit(0, all.DType())))
			none := Wrap(ops.ScalarLit(ir.IntLit(0, ir.Int32)))
			fillUp := func(n int) Array { return Wrap(ops.Full([]int{p.Size}, ir.IntLit(int64(n), d))) }
			if fill != nil {
				vals = orFill(vals, none, fill)
			}
			return []Array{vals, fillUp(n), fillUp(m), none}
		}
		_ = nx
		mask := all.Index(S(1, nil)).Eq(all.Index(S(nil, -1))).
			And(Wrap(ops.Iota(ir.Int32, []int{k - 1}, 0)).Add(1).Lt(count))
		at, found := found(mask, p.Size)
		vals := orFill(zeroOutside(all, at), found, fill)
		there := countsTo(p.Size, found)
		pos := func(i Array, size int) Array {
			i = Taking{Mode: ModeClip}.Take(from, i, 0)
			return Where(there, i, Wrap(ops.ScalarLit(ir.IntLit(int64(size), d))))
		}
		return []Array{vals, pos(at, n), pos(at.Add(1), n+m).Sub(n), found}
	})
}

// zeroOutside is x[at], 0 for positions out of bounds.
func zeroOutside(x, at Array) Array {
	l := ir.IntLit(0, x.DType())
	p := takeParams{Mode: ModeFill, Fill: &l}
	return Wrap(p.take(x.v, at.v))
}

func ravelPromoted(op string, x, y *trace.Value) (a, b Array) {
	v := kit.Promote(op, x, y)
	return Ravel(Wrap(v[0])), Ravel(Wrap(v[1]))
}

// SetXor1D is the different elements that one of the arrays has and the other has not, in ascending order. NumPy's
// setxor1d. See Intersect1D.
//
// Options: Uniqueness (Size, FillValue, AssumeUnique).
func SetXor1D(x, y Array) Array { return Uniqueness{}.SetXor1D(x, y) }

// SetXor1D is jnp.SetXor1D with the options Size, Fill and AssumeUnique.
func (o Uniqueness) SetXor1D(x, y Array) Array {
	const op = "jnp.SetXor1D"
	k := x.val(op).Aval().Size() + y.val(op).Aval().Size()
	return o.setOf(op, setParams{}, x, y, k, func(p setParams, in []*trace.Value) []Array {
		x, y := ravelPromoted(op, in[0], in[1])
		var fill *trace.Value
		if p.HasFill {
			fill = in[2]
		}
		all, _, _, count := both(op, x, y, p.AssumeUnique)
		if k == 0 {
			none := Wrap(ops.ScalarLit(ir.IntLit(0, ir.Int32)))
			vals := Wrap(ops.Full([]int{p.Size}, ir.IntLit(0, all.DType())))
			if fill != nil {
				vals = orFill(vals, none, fill)
			}
			return []Array{vals, none}
		}
		// An element stands alone where it differs from both neighbours; starts says where a new value begins, the
		// place after the last one included.
		i := Wrap(ops.Iota(ir.Int32, []int{k + 1}, 0))
		yes := Wrap(ops.Full([]int{1}, ir.BoolLit(true)))
		starts := Concatenate([]Array{yes, all.Index(S(1, nil)).Ne(all.Index(S(nil, -1))), yes}).Or(i.Eq(count)).
			And(i.Le(count))
		mask := starts.Index(S(1, nil)).And(starts.Index(S(nil, -1)))
		at, found := found(mask, p.Size)
		return []Array{orFill(zeroOutside(all, at), found, fill), found}
	})[0]
}

// SetDiff1D is the different elements of x that y has not, in ascending order and x's dtype. NumPy's setdiff1d. Missing
// values are Fill, or 0. See Intersect1D.
//
// Options: Uniqueness (Size, FillValue, AssumeUnique).
func SetDiff1D(x, y Array) Array { return Uniqueness{}.SetDiff1D(x, y) }

// SetDiff1D is jnp.SetDiff1D with the options Size, Fill and AssumeUnique, which keeps the order of x.
func (o Uniqueness) SetDiff1D(x, y Array) Array {
	const op = "jnp.SetDiff1D"
	n := x.val(op).Aval().Size()
	return o.setOf(op, setParams{}, x, y, n, func(p setParams, in []*trace.Value) []Array {
		x, y := Ravel(Wrap(in[0])), Ravel(Wrap(in[1]))
		d, weak := x.DType(), x.Weak()
		fill := ops.Full([]int{p.Size}, ir.Lit{DType: d, Weak: weak})
		if p.HasFill {
			fill = ops.BroadcastInDim(kit.Convert(op, in[2], d, weak), []int{p.Size}, nil)
		}
		if n == 0 {
			return []Array{Wrap(fill), Wrap(ops.ScalarLit(ir.IntLit(0, ir.Int32)))}
		}
		vals, _, count := uniqueFirst(op, x, p.AssumeUnique)
		mask := IsIn(vals, y).Not()
		if !p.AssumeUnique {
			if p.Sized { // as JAX counts them, which is all of them where the first is NaN
				count = Sum(vals.Eq(vals.Index(0))).Neg().Add(n + 1)
			}
			mask = mask.And(countsTo(n, count))
		}
		at, found := found(mask, p.Size)
		return []Array{
			Wrap(ops.Select(countsTo(p.Size, found).v, kit.Convert(op, zeroOutside(vals, at).v, d, weak), fill)), found}
	})[0]
}

// Membership holds the keyword arguments of IsIn.
type Membership struct {
	// Invert reports the elements that are not among the values.
	Invert bool
}

// IsIn reports for each element of x whether it is among those of values. NumPy's isin. NaN are not found.
//
// Options: Membership (Invert).
func IsIn[X Operand](x X, values Array) Array { return Membership{}.IsIn(x, values) }

// IsIn is jnp.IsIn with the option Invert.
func (o Membership) IsIn(x any, values Array) Array {
	const op = "jnp.IsIn"
	in := []*trace.Value{liftBeside(op, x, values.val(op)), values.v}
	return whole(op, o, in, func(in []*trace.Value) *trace.Value {
		y := isIn(op, in)
		if o.Invert {
			y = ops.Not(y)
		}
		return y
	})
}

func isIn(op string, in []*trace.Value) *trace.Value {
	v, w := promoteBoth(op, in[0], in[1])
	n := w.Aval().Size()
	if n == 0 {
		return ops.Full(v.Shape(), ir.BoolLit(false))
	}
	w = ops.Reshape(w, []int{n})
	if n > 32 && !v.DType().IsComplex() { // sorted, each is found by bisection
		w = ops.Sort([]*trace.Value{w}, 0, false, 1)[0]
		i := ops.Min(search(w, v, false), ops.Full(v.Shape(), ir.IntLit(int64(n-1), ir.Int32)))
		return comparedAs(op, ops.EqExact, takeIn(w, i), v)
	}
	shape := append(slices.Clone(v.Shape()), n)
	eq := comparedAs(op, ops.EqExact, ops.BroadcastInDim(v, shape, kit.UpTo(v.Rank())),
		ops.BroadcastInDim(w, shape, []int{v.Rank()}))
	return ops.ReduceOr(eq, []int{v.Rank()})
}
