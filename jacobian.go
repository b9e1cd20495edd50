package gojax

import (
	"slices"

	"github.com/gojax/gojax/internal/mask"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
	"github.com/gojax/gojax/transforms/grad"
	"github.com/gojax/gojax/transforms/vmap"
)

// Jacfwd is the Jacobian of f in forward mode, one column at a time but all at once: the result has the axes of f's result and then
// those of the argument (jax.jacfwd). It is the cheaper one where the argument has fewer elements than the result. The argument is
// of floats, or, with Holomorphic, complex.
func Jacfwd(f func(jnp.Array) jnp.Array, opts ...GradOption) func(jnp.Array) jnp.Array {
	return sole(jacobian("Jacfwd", f, opts, forwardBlocks))
}

// Jacrev is Jacfwd in reverse mode (jax.jacrev), cheaper where the result has fewer elements than the argument.
func Jacrev(f func(jnp.Array) jnp.Array, opts ...GradOption) func(jnp.Array) jnp.Array {
	return sole(jacobian("Jacrev", f, opts, reverseBlocks))
}

// Hessian is the matrix of second derivatives of f, Jacfwd of Jacrev: its axes are those of f's result, usually none, and twice those
// of the argument (jax.hessian).
func Hessian(f func(jnp.Array) jnp.Array, opts ...GradOption) func(jnp.Array) jnp.Array {
	return Jacfwd(Jacrev(f, opts...), opts...)
}

// JacfwdTree is Jacfwd for trees: element [i][j] is the Jacobian of array i of the result by array j of the argument, in the order in
// which trees are walked; it is unset where one of the two is of integers.
func JacfwdTree[P, R any](f func(P) R, opts ...GradOption) func(P) [][]jnp.Array {
	return jacobian("JacfwdTree", f, opts, forwardBlocks)
}

// JacrevTree is JacfwdTree in reverse mode.
func JacrevTree[P, R any](f func(P) R, opts ...GradOption) func(P) [][]jnp.Array {
	return jacobian("JacrevTree", f, opts, reverseBlocks)
}

// HessianTree is Hessian for a function of a tree to a scalar: element [i][j] has the second derivatives by arrays i and j of the
// argument.
func HessianTree[P any](f func(P) jnp.Array, opts ...GradOption) func(P) [][]jnp.Array {
	return JacfwdTree(func(p P) []jnp.Array { return JacrevTree(f, opts...)(p)[0] }, opts...)
}

func sole(f func(jnp.Array) [][]jnp.Array) func(jnp.Array) jnp.Array {
	return func(x jnp.Array) jnp.Array { return f(x)[0][0] }
}

// jacobian finds the blocks of the Jacobian of f: those that blocks gives for each array of the result and each of the argument
// that have tangents.
func jacobian[P, R any](op string, f func(P) R, opts []GradOption, blocks func(m *grad.LinearMap, y []*trace.Value) []*trace.Value) func(P) [][]jnp.Array {
	o := gradOptionsOf(op, f == nil, opts)
	return func(p P) [][]jnp.Array {
		in, x := flattenArg(op, p)
		diff := make([]bool, len(x))
		for i, v := range x {
			path := func() string { return in.PathsFrom("the argument")[i] }
			if diff[i] = o.differentiates(op, v, path); diff[i] && v.DType().IsComplex() && !o.holomorphic {
				trace.Fail(op, []ir.Aval{v.Aval()}, "%s is complex (%v); if the function is holomorphic, pass gojax.Holomorphic()", path(), v.Aval())
			}
		}
		out, body := treeFn(in, f)
		var types []ir.Aval
		flat := grad.Run(op, x, func(x []*trace.Value) []*trace.Value {
			y, m := grad.LinearizeHere(op, x, diff, body)
			for i, v := range y {
				o.checkJacobianResult(op, v, func() string { return (*out).PathsFrom("the result")[i] })
			}
			types = trace.Avals(y)
			return blocks(m, y)
		})
		r := make([][]jnp.Array, len(types))
		for i, t := range types {
			r[i] = make([]jnp.Array, len(x))
			for j := range x {
				if diff[j] && t.DType.IsInexact() {
					r[i][j], flat = jnp.Wrap(flat[0]), flat[1:]
				}
			}
		}
		return r
	}
}

func (o gradOptions) checkJacobianResult(op string, y *trace.Value, path func() string) {
	t := y.Aval()
	switch d := t.DType; {
	case o.holomorphic && !d.IsComplex():
		trace.Fail(op, []ir.Aval{t}, "with Holomorphic the function returns complex numbers; %s is %v", path(), t)
	case d.IsComplex() && !o.holomorphic:
		trace.Fail(op, []ir.Aval{t}, "%s is complex (%v); differentiate its real and imaginary parts, or, if the function is holomorphic, pass gojax.Holomorphic()", path(), t)
	case !d.IsInexact() && !o.allowInt:
		trace.Fail(op, []ir.Aval{t}, "%s is %v, which does not vary continuously; return floats", path(), t)
	}
}

// basis has, for each of the given types, all the tangents with a single 1 in one of them: n rows in all.
func basis(types []ir.Aval) (x []*trace.Value, n int) {
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

// rows maps p over the first axis of x; res are not mapped. All results are.
func rows(p *ir.Program, n int, x, res []*trace.Value) []*trace.Value {
	d := append(make([]int, len(x)), slices.Repeat([]int{vmap.None}, len(res))...)
	q, _ := vmap.Program(p, n, d, make([]int, len(p.Out)), "Jacobian")
	return trace.Inline(q, append(x[:len(x):len(x)], res...))
}

// forwardBlocks pushes a basis of the inputs forward: the columns.
func forwardBlocks(m *grad.LinearMap, y []*trace.Value) []*trace.Value {
	types := m.P.InTypes()
	types = types[:len(types)-len(m.Res)]
	t, n := basis(types)
	cols := rows(m.P, n, t, m.Res)
	var out []*trace.Value
	for i, v := range y {
		switch {
		case !v.DType().IsInexact():
			continue
		case !m.Out[i]: // does not vary
			for _, t := range types {
				out = append(out, ops.Zeros(ir.Aval{Shape: slices.Concat(v.Shape(), t.Shape), DType: v.DType()}))
			}
			continue
		}
		c := cols[0]
		cols = cols[1:]
		rank := c.Rank()
		perm := make([]int, rank) // the columns last
		for k := range perm {
			perm[k] = (k + 1) % rank
		}
		c = ops.Transpose(c, perm)
		at := 0
		for _, t := range types {
			from, to := make([]int, rank), slices.Clone(c.Shape())
			from[rank-1], to[rank-1] = at, at+t.Size()
			at += t.Size()
			out = append(out, ops.Reshape(ops.Slice(c, from, to, nil), slices.Concat(v.Shape(), t.Shape)))
		}
	}
	return out
}

// reverseBlocks pulls a basis of the outputs back: the rows.
func reverseBlocks(m *grad.LinearMap, y []*trace.Value) []*trace.Value {
	var types []ir.Aval // of the outputs that have tangents
	has := inexact(y)
	for i, v := range y {
		if has[i] {
			types = append(types, ir.Aval{Shape: v.Shape(), DType: v.DType()})
		}
	}
	in := m.P.InTypes()
	in = in[:len(in)-len(m.Res)]
	back, captured := trace.Trace("Jacobian", slices.Concat(types, trace.Avals(m.Res)), func(a []*trace.Value) []*trace.Value {
		ct := make([]*trace.Value, len(y))
		k := 0
		for i := range y {
			if has[i] {
				ct[i] = a[k]
				k++
			}
		}
		g := mask.Pick(m.Transpose(ct, a[k:]), m.In)
		for i, v := range g {
			if v == nil {
				g[i] = ops.Zeros(in[i])
			}
		}
		return g
	})
	ct, n := basis(types)
	cols := rows(back.DCE(), n, ct, append(m.Res[:len(m.Res):len(m.Res)], captured...))
	var out []*trace.Value
	at := 0
	for _, t := range types {
		for i, c := range cols {
			from, to := make([]int, c.Rank()), slices.Clone(c.Shape())
			from[0], to[0] = at, at+t.Size()
			out = append(out, ops.Reshape(ops.Slice(c, from, to, nil), slices.Concat(t.Shape, in[i].Shape)))
		}
		at += t.Size()
	}
	return out
}
