package deriv

import (
	"slices"

	"github.com/gojax/gojax/internal/mask"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
	"github.com/gojax/gojax/transforms/grad"
	"github.com/gojax/gojax/transforms/vmap"
)

// JacFwd is gojax.JacFwdTree for the function op of package gojax. wrap makes an array of the user's type.
func Jacfwd[P, R, A any](op string, f func(P) R, wrap func(*Value) A, opts []Option) func(P) [][]A {
	fn := functionOf(op, f, opts)
	return func(p P) [][]A { return wrapped(fn.blocks(columns, &p), wrap) }
}

// JacRev is JacFwd in reverse mode.
func Jacrev[P, R, A any](op string, f func(P) R, wrap func(*Value) A, opts []Option) func(P) [][]A {
	fn := functionOf(op, f, opts)
	return func(p P) [][]A { return wrapped(fn.blocks(rows, &p), wrap) }
}

func wrapped[A any](b [][]*Value, wrap func(*Value) A) [][]A {
	r := make([][]A, len(b))
	for i := range b {
		r[i] = make([]A, len(b[i]))
		for j, v := range b[i] {
			if v != nil {
				r[i][j] = wrap(v)
			}
		}
	}
	return r
}

// jacobian writes the blocks of the Jacobian of f at x in the trace that is open: one for each result and each argument
// that have tangents, diff marks the arguments. check has a look at the types of the results.
type jacobian func(op string, x []*Value, diff []bool, f grad.Fn, check func(y []ir.Aval)) []*Value

// blocks is the Jacobian at the argument that p points to: that of each leaf of the result by each of the argument, nil
// where one of the two has no tangent.
func (f *function) blocks(blocks jacobian, p any) [][]*Value {
	in, x := f.take(p)
	diff := make([]bool, len(x))
	for i, v := range x {
		path := func() string { return in.Paths(trace.ArgName)[i] }
		if diff[i] = f.differentiates(v, path); diff[i] && v.DType().IsComplex() && !f.holomorphic {
			trace.Fail(f.Op, []ir.Aval{v.Aval()},
				"%s is complex (%v); if the function is holomorphic, pass gojax.Holomorphic()", path(), v.Aval())
		}
	}
	out, body := onLeaves(f.Function, in)
	var types []ir.Aval
	flat := grad.Run(f.Op, x, func(x []*Value) []*Value {
		return blocks(f.Op, x, diff, body, func(y []ir.Aval) {
			for i, t := range y {
				f.checkResult(t, func() string { return out.Paths(trace.ResultName)[i] })
			}
			types = y
		})
	})
	r := make([][]*Value, len(types))
	for i, t := range types {
		r[i] = make([]*Value, len(x))
		for j := range x {
			if diff[j] && t.DType.IsInexact() {
				r[i][j], flat = flat[0], flat[1:]
			}
		}
	}
	return r
}

// checkResult refuses a result of type t, which messages call path, that has no Jacobian.
func (f *function) checkResult(t ir.Aval, path func() string) {
	switch d := t.DType; {
	case f.holomorphic && !d.IsComplex():
		trace.Fail(f.Op, []ir.Aval{t}, "with Holomorphic the function returns complex numbers; %s is %v", path(), t)
	case d.IsComplex() && !f.holomorphic:
		trace.Fail(f.Op, []ir.Aval{t},
			"%s is complex (%v); differentiate its real and imaginary parts, or, if the function is holomorphic, "+
				"pass gojax.Holomorphic()", path(), t)
	case !d.IsInexact() && !f.allowInt:
		trace.Fail(f.Op, []ir.Aval{t}, "%s is %v, which does not vary continuously; return floats", path(), t)
	}
}

// basis has, for each of the given types, all the tangents with a single 1 in one of them: n rows in all.
func basis(types []ir.Aval) (x []*Value, n int) {
	for _, t := range types {
		n += t.Size()
	}
	at := 0
	for _, t := range types {
		size := t.Size()
		row, col := ops.Iota(ir.Int32, []int{n, size}, 0), ops.Iota(ir.Int32, []int{n, size}, 1)
		one := ops.Eq(row, ops.Add(col, ops.Full([]int{n, size}, ir.IntLit(int64(at), ir.Int32))))
		x = append(x, ops.Reshape(ops.Convert(one, t.DType), append([]int{n}, t.Shape...)))
		at += size
	}
	return x, n
}

// overRows maps p over the first axis, of size n, of its operands t. Those in before and after stand before and behind
// them, and are not mapped. All results are.
func overRows(p *ir.Program, n int, before, t, after []*Value) []*Value {
	none := func(x []*Value) []int { return slices.Repeat([]int{vmap.None}, len(x)) }
	in := slices.Concat(none(before), make([]int, len(t)), none(after))
	q, _ := vmap.Program(p, n, in, make([]int, len(p.Out)), "Jacobian")
	return trace.Inline(q, slices.Concat(before, t, after))
}

// part is elements from to from+size of x along an axis, reshaped.
func part(x *Value, axis, from, size int, shape []int) *Value {
	lo, hi := make([]int, x.Rank()), slices.Clone(x.Shape())
	lo[axis], hi[axis] = from, from+size
	return ops.Reshape(ops.Slice(x, lo, hi, nil), shape)
}

// columns pushes a basis of the arguments forward. Values and tangents are computed side by side, so that of a loop
// nothing is kept but what it carries.
func columns(op string, x []*Value, diff []bool, f grad.Fn, check func(y []ir.Aval)) []*Value {
	p, captured := trace.TraceOf(op, x, f)
	result := p.OutTypes()
	check(result)
	x = slices.Concat(x, captured)
	has := append(slices.Clone(diff), make([]bool, len(captured))...)
	types := trace.Avals(mask.Pick(x, has))
	for i := range types {
		types[i] = types[i].Strong()
	}
	t, n := basis(types)
	var varies []bool // which results have a tangent
	k := len(x)
	q, custom := trace.Trace("Jacobian", slices.Concat(trace.Avals(x), types), func(a []*Value) []*Value {
		_, yt := grad.Pushforward(p, a[:k], mask.Place(a[k:], has))
		varies = mask.NonNil(yt)
		return mask.Compact(yt)
	})
	cols := overRows(q.DCE(), n, x, t, custom)
	var out []*Value
	for i, r := range result {
		if !r.DType.IsInexact() {
			continue
		}
		if !varies[i] {
			for _, t := range types {
				out = append(out, ops.Zeros(ir.Aval{Shape: slices.Concat(r.Shape, t.Shape), DType: r.DType}))
			}
			continue
		}
		c := columnsLast(cols[0])
		cols = cols[1:]
		at := 0
		for _, t := range types {
			out = append(out, part(c, c.Rank()-1, at, t.Size(), slices.Concat(r.Shape, t.Shape)))
			at += t.Size()
		}
	}
	return out
}

// columnsLast moves the first axis to the end.
func columnsLast(c *Value) *Value {
	perm := make([]int, c.Rank())
	for k := range perm {
		perm[k] = (k + 1) % len(perm)
	}
	return ops.Transpose(c, perm)
}

// rows pulls a basis of the results back.
func rows(op string, x []*Value, diff []bool, f grad.Fn, check func(y []ir.Aval)) []*Value {
	y, m := grad.LinearizeHere(op, x, diff, f)
	check(trace.Avals(y))
	var types []ir.Aval // of the outputs that have tangents
	for _, v := range y {
		if v.DType().IsInexact() {
			types = append(types, ir.Aval{Shape: v.Shape(), DType: v.DType()})
		}
	}
	in := m.P.InTypes()
	in = in[:len(in)-len(m.Res)]
	back, captured := transposed(m, types, inexact(y), in)
	ct, n := basis(types)
	cols := overRows(back, n, nil, ct, slices.Concat(m.Res, captured))
	var out []*Value
	at := 0
	for _, t := range types {
		for i, c := range cols {
			out = append(out, part(c, 0, at, t.Size(), slices.Concat(t.Shape, in[i].Shape)))
		}
		at += t.Size()
	}
	return out
}

// transposed is the program of m backwards: from cotangents of the given types, which the outputs in has have, and m's
// residuals, to cotangents of the inputs, of types in.
func transposed(m *grad.LinearMap, types []ir.Aval, has []bool, in []ir.Aval) (p *ir.Program, captured []*Value) {
	p, captured = trace.Trace("Jacobian", slices.Concat(types, trace.Avals(m.Res)), func(a []*Value) []*Value {
		n := len(types)
		g := mask.Pick(m.Transpose(mask.Place(a[:n], has), a[n:]), m.In)
		for i, v := range g {
			if v == nil {
				g[i] = ops.Zeros(in[i])
			}
		}
		return g
	})
	return p.DCE(), captured
}
