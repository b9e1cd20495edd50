package linalg

import (
	"slices"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// matrices checks that v holds matrices, square ones if asked.
func matrices(op string, v *trace.Value, square bool) {
	s := v.Shape()
	if len(s) < 2 {
		trace.Fail(op, []ir.Aval{v.Aval()}, "takes matrices, on the last two axes of at least two; reshape the array")
	}
	if m, n := s[len(s)-2], s[len(s)-1]; square && m != n {
		trace.Fail(op, []ir.Aval{v.Aval()}, "takes square matrices, not %d by %d", m, n)
	}
}

// whole is kit.Whole, an Array.
func whole(op string, params any, in []*trace.Value, f kit.Function) jnp.Array {
	return jnp.Wrap(kit.Whole(op, params, in, f))
}

// wholeAll is trace.Whole, Arrays.
func wholeAll(op string, params any, in []*trace.Value, f func(x []*trace.Value) []*trace.Value) []jnp.Array {
	return kit.Map(trace.Whole(op, params, in, f), jnp.Wrap)
}

// strongInexact brings vs to their common inexact dtype, strongly typed.
func strongInexact(op string, vs ...*trace.Value) []*trace.Value {
	return kit.Map(kit.PromoteInexact(op, vs...), kit.Strong)
}

// adjoint is the conjugate transpose of matrices.
func adjoint(v *trace.Value) *trace.Value {
	v = transposed(v)
	if v.DType().IsComplex() {
		v = ops.Conj(v)
	}
	return v
}

// Factor holds the keyword arguments of Cholesky.
type Factor struct {
	// Upper returns the upper triangular U with Uᴴ·U = A.
	Upper bool
	// LowerOnly takes the matrix from its lower triangle alone; by default the mean of A and Aᴴ is decomposed.
	LowerOnly bool
}

// Cholesky is the lower triangular L with L·Lᴴ = A for positive definite A, NumPy's linalg.cholesky: [..., n, n] to the
// same shape, float or complex (integers are converted). Where A is not positive definite, L is NaN: there is no error.
//
// Options: Factor (Upper, LowerOnly).
func Cholesky(a jnp.Array) jnp.Array { return Factor{}.Cholesky(a) }

// Cholesky is linalg.Cholesky with options.
func (f Factor) Cholesky(a jnp.Array) jnp.Array {
	const op = "linalg.Cholesky"
	v := kit.Value(op, a)
	matrices(op, v, true)
	return whole(op, f, []*trace.Value{v}, func(x []*trace.Value) *trace.Value {
		l := ops.Cholesky(ops.Symmetrize(strongInexact(op, x[0])[0], f.LowerOnly, false))
		if f.Upper {
			l = adjoint(l)
		}
		return l
	})
}

// Triangular holds the keyword arguments of SolveTriangular.
type Triangular struct {
	// Lower reads the lower triangle of A; by default the upper one. The other is not looked at.
	Lower bool
	// Transpose solves Aᵀ·x = b, with Conjugate Aᴴ·x = b.
	Transpose, Conjugate bool
	// UnitDiagonal takes the diagonal as ones without looking at it.
	UnitDiagonal bool
}

// SolveTriangular is x with A·x = b for upper triangular A, SciPy's linalg.solve_triangular: A is [..., n, n], b is [n]
// or [..., n, k], and so is x. The batch axes broadcast. A zero on the diagonal gives infinities and NaN.
//
// Options: Triangular (Lower, Transpose, Conjugate, UnitDiagonal).
func SolveTriangular(a, b jnp.Array) jnp.Array { return Triangular{}.SolveTriangular(a, b) }

// SolveTriangular is linalg.SolveTriangular with options.
func (t Triangular) SolveTriangular(a, b jnp.Array) jnp.Array {
	return t.solve("linalg.SolveTriangular", a, b)
}

func (t Triangular) solve(op string, a, b jnp.Array) jnp.Array {
	va, vb := kit.Value(op, a), kit.Value(op, b)
	avals := []ir.Aval{va.Aval(), vb.Aval()}
	matrices(op, va, true)
	if t.Conjugate && !t.Transpose {
		trace.Fail(op, avals, "Conjugate goes with Transpose: Aᴴ·x = b is solved, conj(A)·x = b is not")
	}
	vector := vb.Rank() == 1
	sa, sb := va.Shape(), vb.Shape()
	row := max(len(sb)-2, 0)
	if vb.Rank() == 0 || sb[row] != sa[len(sa)-1] {
		trace.Fail(op, avals, "the right-hand side must have as many rows as the matrix, %d", sa[len(sa)-1])
	}
	return whole(op, t, []*trace.Value{va, vb}, func(x []*trace.Value) *trace.Value {
		x = strongInexact(op, x...)
		a, b := x[0], x[1]
		if vector {
			b = ops.Reshape(b, append(slices.Clone(b.Shape()), 1))
		}
		batch := jnp.BroadcastShapes(a.Shape()[:a.Rank()-2], b.Shape()[:b.Rank()-2])
		a, b = toBatch(a, batch), toBatch(b, batch)
		y := ops.TriangularSolve(a, b, ops.TriangularOptions{LeftSide: true, Lower: t.Lower,
			Transpose: t.Transpose, Conjugate: t.Conjugate && a.DType().IsComplex(), UnitDiagonal: t.UnitDiagonal})
		if vector {
			y = ops.Reshape(y, y.Shape()[:y.Rank()-1])
		}
		return y
	})
}

// toBatch broadcasts matrices to a batch.
func toBatch(v *trace.Value, batch []int) *trace.Value {
	shape := slices.Concat(batch, v.Shape()[v.Rank()-2:])
	return jnp.BroadcastTo(jnp.Wrap(v), shape...).TraceValue()
}

// ChoSolve is x with A·x = b, given the lower triangular Cholesky factor of A: SciPy's linalg.cho_solve.
func ChoSolve(l, b jnp.Array) jnp.Array {
	const op = "linalg.ChoSolve"
	return whole(op, nil, []*trace.Value{kit.Value(op, l), kit.Value(op, b)}, func(x []*trace.Value) *trace.Value {
		l := jnp.Wrap(x[0])
		y := Triangular{Lower: true}.solve(op, l, jnp.Wrap(x[1]))
		return Triangular{Lower: true, Transpose: true, Conjugate: true}.solve(op, l, y).TraceValue()
	})
}

// MatrixTranspose swaps the last two axes, NumPy's linalg.matrix_transpose.
func MatrixTranspose(x jnp.Array) jnp.Array {
	const op = "linalg.MatrixTranspose"
	v := kit.Value(op, x)
	matrices(op, v, false)
	return whole(op, nil, []*trace.Value{v}, func(in []*trace.Value) *trace.Value { return transposed(in[0]) })
}

// transposed is matrices with their last two axes swapped.
func transposed(v *trace.Value) *trace.Value { return jnp.MatrixTranspose(jnp.Wrap(v)).TraceValue() }

// Trace is the sum along the diagonal of the last two axes, NumPy's linalg.trace.
func Trace(x jnp.Array) jnp.Array {
	const op = "linalg.Trace"
	v := kit.Value(op, x)
	matrices(op, v, false)
	return whole(op, nil, []*trace.Value{v}, func(in []*trace.Value) *trace.Value {
		return jnp.Trace(jnp.Wrap(in[0]), -2, -1).TraceValue()
	})
}

// MultiDot is the product of two or more matrices in the order that takes the fewest operations, NumPy's
// linalg.multi_dot. The first may be a row and the last a column, as vectors.
func MultiDot(xs ...jnp.Array) jnp.Array {
	const op = "linalg.MultiDot"
	vs := kit.Values(op, xs)
	if len(xs) < 2 {
		trace.Fail(op, trace.Avals(vs), "takes two matrices at least")
	}
	var spec []rune
	name := func(i int) rune { // letters, from a on
		if i < 26 {
			return rune('a' + i)
		}
		return rune(0x4e00 + i)
	}
	out := []rune{}
	for i, v := range vs {
		end := i == 0 || i == len(vs)-1
		if r := v.Rank(); r != 2 && !(end && r == 1) {
			trace.Fail(op, trace.Avals(vs),
				"operand %d has %d axes; all must be matrices, but for the first and last, which may be vectors", i, r)
		}
		if i > 0 {
			if m, n := vs[i-1].Shape()[vs[i-1].Rank()-1], v.Shape()[0]; m != n {
				trace.Fail(op, trace.Avals(vs),
					"operand %d has %d columns and operand %d has %d rows; they must be equal", i-1, m, i, n)
			}
			spec = append(spec, ',')
		}
		if i > 0 || v.Rank() == 2 {
			spec = append(spec, name(i))
		}
		if i == 0 && v.Rank() == 2 {
			out = append(out, name(0))
		}
		if i < len(vs)-1 || v.Rank() == 2 {
			spec = append(spec, name(i+1))
		}
		if i == len(vs)-1 && v.Rank() == 2 {
			out = append(out, name(i+1))
		}
	}
	return jnp.Einsum(string(spec)+"->"+string(out), xs...)
}

// MatrixPower is the product of n factors x, NumPy's linalg.matrix_power, by repeated squaring: the identity for n = 0,
// and for a negative n, for which integers are converted, the product of -n factors Inv(x).
func MatrixPower(x jnp.Array, n int) jnp.Array {
	const op = "linalg.MatrixPower"
	v := kit.Value(op, x)
	matrices(op, v, true)
	return whole(op, n, []*trace.Value{v}, func(in []*trace.Value) *trace.Value {
		x, k := jnp.Wrap(in[0]), uint(n)
		if n < 0 {
			x, k = Inv(x), -k
		}
		if n == 0 {
			s := in[0].Shape()
			return ops.Convert(jnp.BroadcastTo(jnp.Eye(s[len(s)-1]), s...).TraceValue(), in[0].DType())
		}
		var y jnp.Array
		for ; ; k >>= 1 {
			if k&1 == 1 {
				if y.TraceValue() == nil {
					y = x
				} else {
					y = jnp.MatMul(y, x)
				}
			}
			if k <= 1 {
				return y.TraceValue()
			}
			x = jnp.MatMul(x, x)
		}
	})
}
