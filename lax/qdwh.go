package lax

import (
	"math"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/trace"
)

// QDWHOptions are the options of QDWH.
type QDWHOptions struct {
	MaxIterations int     // 10 if 0
	Eps           float64 // what the smallest singular value is at least, beside the largest; the dtype's epsilon if 0
}

// QDWH is the polar decomposition x = u·h of an m by n matrix of full rank, m no less than n, of floats or complex
// numbers, u with orthonormal columns and h Hermitian and positive definite, how many steps it took, an int32, and
// whether they sufficed (jax.lax.linalg.qdwh, by Halley's iteration with weights that depend on the matrix: Y.
// Nakatsukasa, Z. Bai and F. Gygi, Optimizing Halley's iteration for computing the matrix polar decomposition, 2010).
// linalg.Polar of package scipy/linalg takes any matrix.
//
// Options: QDWHOptions (MaxIterations, Eps).
func QDWH(x jnp.Array, options ...QDWHOptions) (u, h, iterations, converged jnp.Array) {
	const op = "lax.QDWH"
	o := oneOption(op, options)
	v := kit.Value(op, x)
	s := v.Shape()
	if len(s) != 2 || s[0] < s[1] || !v.DType().IsInexact() || v.DType().Real().Bits() < 32 {
		trace.Fail(op, []ir.Aval{v.Aval()}, "takes one matrix with no fewer rows than columns, of float32, float64 or "+
			"complex numbers; map over more with gojax.Vmap")
	}
	if o.MaxIterations == 0 {
		o.MaxIterations = 10
	}
	if o.Eps == 0 {
		o.Eps = jnp.FInfo(v.DType()).Eps
	}
	y := trace.Whole(op, o, []*trace.Value{v}, func(in []*trace.Value) []*trace.Value {
		u, h, iterations, converged := o.run(jnp.Wrap(in[0]))
		return []*trace.Value{u.TraceValue(), h.TraceValue(), iterations.TraceValue(), converged.TraceValue()}
	})
	return jnp.Wrap(y[0]), jnp.Wrap(y[1]), jnp.Wrap(y[2]), jnp.Wrap(y[3])
}

func (o QDWHOptions) run(x jnp.Array) (u, h, iterations, converged jnp.Array) {
	sums := func(axis int) jnp.Array { return jnp.Max(jnp.Append(jnp.Sum(jnp.Abs(x), axis), 0.0)) }
	size := jnp.Sqrt(sums(0).Mul(sums(1))) // no less than the largest singular value
	u = x.Div(jnp.Where(size.Eq(0), 1.0, size).AsType(x.DType()))
	tol := 5 * o.Eps
	moved := func(a, b jnp.Array) jnp.Array {
		return jnp.Greater(jnp.Sqrt(jnp.Sum(jnp.Square(jnp.Abs(a.Sub(b))))), math.Cbrt(tol))
	}
	k, goesOn := 0, jnp.AsArray(true)
	for l := o.Eps; l+tol < 1 && k < o.MaxIterations; k++ { // l is below all singular values of u
		l2 := l * l
		d := math.Cbrt(4 * (1/l2 - 1) / l2)
		root := math.Sqrt(1 + d)
		a := root + math.Sqrt(2-d+2*(2-l2)/(l2*root))
		b := (a - 1) * (a - 1) / 4
		c := a + b - 1
		l *= (a + b*l2) / (1 + c*l2)
		before := u
		u = halley(u, a, b, c)
		goesOn = moved(u, before)
	}
	type state struct{ K, U, GoesOn jnp.Array }
	end := WhileLoop(func(s state) jnp.Array { return jnp.LogicalAnd(s.GoesOn, jnp.Less(s.K, o.MaxIterations)) },
		func(s state) state {
			next := halley(s.U, 3, 1, 3)
			return state{s.K.Add(1), next, moved(next, s.U)}
		}, state{jnp.Creation{DType: jnp.Int32}.Full(nil, k), u, goesOn})
	u = end.U
	times := jnp.Contraction{Precision: PrecisionHighest}.MatMul
	u = u.Mul(1.5).Sub(times(u, times(adjoint(u), u)).Mul(0.5)) // a step of Newton and Schulz
	h = times(adjoint(u), x)
	return u, h.Add(adjoint(h)).Mul(0.5), end.K, jnp.LogicalNot(end.GoesOn)
}

func adjoint(x jnp.Array) jnp.Array { return jnp.Conj(jnp.MatrixTranspose(x)) }

// halley is u·(a + b·uᴴu)·(1 + c·uᴴu)⁻¹, for large c by a QR decomposition.
func halley(u jnp.Array, a, b, c float64) jnp.Array {
	times := jnp.Contraction{Precision: PrecisionHighest}.MatMul
	m, n := u.Shape()[0], u.Shape()[1]
	eye := jnp.Creation{DType: u.DType()}.Eye(n)
	if c > 100 {
		q, _ := QR(jnp.Concatenate([]jnp.Array{u.Mul(math.Sqrt(c)), eye}), DecompositionOptions{Reduced: true})
		more := times(q.Index(jnp.S(0, m)), adjoint(q.Index(jnp.S(m, m+n))))
		return u.Mul(b / c).Add(more.Mul((a - b/c) / math.Sqrt(c)))
	}
	l := Cholesky(times(adjoint(u), u).Mul(c).Add(eye), CholeskyOptions{LowerOnly: true})
	z := TriangularSolve(l, u, TriangularOptions{Lower: true, Transpose: true, Conjugate: true})
	z = TriangularSolve(l, z, TriangularOptions{Lower: true})
	return u.Mul(b / c).Add(z.Mul(a - b/c))
}
