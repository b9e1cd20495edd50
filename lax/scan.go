package lax

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// ScanOptions are the options of Scan.
type ScanOptions struct {
	// Reverse goes through the arrays from their ends; results are stacked in the order of the arrays all the same.
	Reverse bool
	// Unroll is how many steps are written out in each round of the loop (fewer rounds, a longer program); at least the
	// length means no loop at all. 0 leaves the choice: several for steps of a few operations on scalars, else 1.
	Unroll int
	// Length says how many steps to take where no array tells it; where one does, it must agree.
	Length int
}

func (o ScanOptions) checked(op string) ops.ScanOptions {
	s := ops.ScanOptions(o)
	s.Check(op)
	return s
}

// MapOptions are the options of Map.
type MapOptions struct {
	// Reverse and Unroll are those of ScanOptions.
	Reverse bool
	Unroll  int
	// BatchSize is to how many elements at a time the function is applied, as under Vmap, by all cores; 0: one after
	// the other, on one core.
	BatchSize int
}

// AssociativeScanOptions are the options of AssociativeScan.
type AssociativeScanOptions struct {
	// Reverse combines from the end.
	Reverse bool
	// Axis is the axis to go along; negative axes count from the end.
	Axis int
}

// Scan applies f to a carry and one element of xs after the other along their leading axes: c, y = f(c, x), from c =
// init, and returns the last carry and the ys, stacked along a new leading axis (jax.lax.scan). The carry must keep its
// structure, shapes and dtypes; only a weakly typed array of init (one made of Go numbers) takes the dtype that f gives
// it. All arrays of xs have leading axes of one size; with no arrays (struct{}{}, or a nil any) give Length, in the
// options. f is traced once and the compiled program holds it once, however long xs are.
//
// Options: ScanOptions (Reverse, Unroll, Length).
func Scan[C, X, Y any](f func(C, X) (C, Y), init C, xs X, options ...ScanOptions) (C, Y) {
	const op = "lax.Scan"
	ops.CheckFuncs(op, f != nil)
	return scan(op, f, init, xs, oneOption(op, options).checked(op), fromArrays)
}

// ScanN takes n steps c, y = f(c), from c = init, and returns the last carry and the ys, stacked along a new leading
// axis: Scan without arrays to go through (jax.lax.scan of None, with a length). Steps that need their number are a
// Scan over jnp.Arange(n). Carry and options are as those of Scan.
//
// Options: ScanOptions (Unroll).
func ScanN[C, Y any](n int, f func(C) (C, Y), init C, options ...ScanOptions) (C, Y) {
	const op = "lax.ScanN"
	ops.CheckFuncs(op, f != nil)
	o := oneOption(op, options).checked(op)
	switch {
	case n < 0:
		trace.Fail(op, nil, "%d steps cannot be taken", n)
	case o.Length != 0 && o.Length != n:
		trace.Fail(op, nil, "Length: %d disagrees with %d steps; leave it out", o.Length, n)
	}
	return scan(op, func(c C, _ struct{}) (C, Y) { return f(c) }, init, struct{}{}, o, n)
}

// Fold is the last carry of c = f(c, x), from c = init, for one element x of xs after the other along their leading
// axes: Scan of steps that have no result of their own. Carry, xs and options are as those of Scan.
//
// Options: ScanOptions (Reverse, Unroll, Length).
func Fold[C, X any](f func(C, X) C, init C, xs X, options ...ScanOptions) C {
	const op = "lax.Fold"
	ops.CheckFuncs(op, f != nil)
	step := func(c C, x X) (C, struct{}) { return f(c, x), struct{}{} }
	c, _ := scan(op, step, init, xs, oneOption(op, options).checked(op), fromArrays)
	return c
}

// fromArrays is the number of steps that arrays, or the options, tell.
const fromArrays = -1

// scan is n steps of Scan, for the function op that the user called.
func scan[C, X, Y any](op string, f func(C, X) (C, Y), init C, xs X, o ops.ScanOptions, n int) (C, Y) {
	cdef, c := trace.Flatten(init)
	xdef, x := trace.Flatten(xs)
	if n == fromArrays {
		n = ops.ScanLength(op, xdef, x, o)
	}
	var ydef *trace.Def
	step := func(c, x []*trace.Value) (*trace.Def, []*trace.Value, []*trace.Value) {
		next, y := f(trace.Unflatten[C](cdef, c), trace.Unflatten[X](xdef, x))
		d, nc := trace.Flatten(next)
		yd, ny := trace.Flatten(y)
		ydef = yd
		return d, nc, ny
	}
	carry, ys := ops.ScanOver(op, "f", cdef, 0, c, x, n, o, step)
	return trace.Unflatten[C](cdef, carry), trace.Unflatten[Y](ydef, ys)
}

// Map applies f to each element of xs along their leading axes, one after the other, and stacks the results
// (jax.lax.map): as Vmap, with the memory of one element at a time.
//
// With a BatchSize all cores of the CPU compute batches, each taking the next few when it is done with some, so that
// elements may take unequal times; the numbers are the same on any number of cores. That is where Map is called outside
// Jit, or by a jitted function itself, and where there is much to compute: such a call returns when it has ended.
//
// Options: MapOptions (Reverse, Unroll, BatchSize).
func Map[X, Y any](f func(X) Y, xs X, options ...MapOptions) Y {
	const op = "lax.Map"
	ops.CheckFuncs(op, f != nil)
	o := oneOption(op, options)
	scan := ops.ScanOptions{Reverse: o.Reverse, Unroll: o.Unroll}
	scan.Check(op)
	if o.BatchSize < 0 {
		trace.Fail(op, nil, "BatchSize: %d: at least 1 element must be taken at a time", o.BatchSize)
	}
	xdef, x := trace.Flatten(xs)
	n := ops.ScanLength(op, xdef, x, scan)
	var ydef *trace.Def
	g := func(x []*trace.Value) (y []*trace.Value) {
		ydef, y = trace.Flatten(f(trace.Unflatten[X](xdef, x)))
		return y
	}
	return trace.Unflatten[Y](ydef, ops.MapOver(op, g, x, n, o.BatchSize, scan))
}

// AssociativeScan combines all elements up to each along an axis of xs, in O(log n) steps on whole arrays
// (jax.lax.associative_scan): element i of the result is f(...f(f(x0, x1), x2)..., xi). f must be associative and act
// on each element by itself, as it is given slices of xs of any size along the axis.
//
// Options: AssociativeScanOptions (Reverse, Axis).
func AssociativeScan[T any](f func(a, b T) T, xs T, options ...AssociativeScanOptions) T {
	const op = "lax.AssociativeScan"
	ops.CheckFuncs(op, f != nil)
	o := oneOption(op, options)
	def, x := trace.Flatten(xs)
	if len(x) == 0 {
		return xs
	}
	paths := def.PathsFrom("xs")
	axis := o.Axis
	if axis < 0 {
		axis += x[0].Rank()
	}
	for i, v := range x {
		if axis < 0 || axis >= v.Rank() {
			trace.Fail(op, trace.Avals(x), "%s is %v, which has no axis %d", paths[i], v.Aval(), o.Axis)
		}
		if n, size := v.Shape()[axis], x[0].Shape()[axis]; n != size {
			trace.Fail(op, trace.Avals(x), "the arrays differ in size along axis %d: %d in %s and %d in %s", axis, size,
				paths[0], n, paths[i])
		}
	}
	combine := func(a, b []*trace.Value) []*trace.Value {
		d, y := trace.Flatten(f(trace.Unflatten[T](def, a), trace.Unflatten[T](def, b)))
		if !d.Equal(def) {
			trace.Fail(op, nil, "f returns another structure than it is given: returned and given are\n\t%s",
				strings.Join(d.Diff(def, trace.ResultName(0)), "\n\t"))
		}
		var diff []string
		for i, v := range y {
			if !v.Aval().SameType(a[i].Aval()) {
				diff = append(diff, fmt.Sprintf("%s is %v and was given as %v", def.PathsFrom(trace.ResultName(0))[i],
					v.Aval(), a[i].Aval()))
			}
		}
		if diff != nil {
			trace.Fail(op, nil, "f must return arrays of the shapes and dtypes it is given:\n\t%s",
				strings.Join(diff, "\n\t"))
		}
		return y
	}
	whole := func(x []*trace.Value) []*trace.Value { return ops.AssociativeScan(x, axis, o.Reverse, combine) }
	if trace.AnyTraced(x...) {
		return trace.Unflatten[T](def, whole(x))
	}
	p, captured := trace.Trace("the function of "+op, trace.Avals(x), whole)
	p, captured = ops.LiftNumbers(p, captured)
	return trace.Unflatten[T](def, ops.Call("associative_scan", p, slices.Concat(x, captured)))
}
