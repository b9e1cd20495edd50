package transform

import (
	"slices"

	"github.com/gojax/gojax/internal/arrays"
	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/linalg"
	"github.com/gojax/gojax/random"
	"github.com/gojax/gojax/trace"
)

type array = jnp.Array

// Rotation is a rotation in three dimensions, or an array of them (scipy.spatial.transform.Rotation). The functions
// that begin with From make one, and Identity, Random and Concatenate.
type Rotation struct {
	// Quat are the quaternions [..., 4], of length 1, the real part last: its axes before the last are those of the
	// array of rotations.
	Quat jnp.Array
}

// reals is f of operands brought to their common float type, as one program. Complex numbers are refused.
func reals(op string, params any, f arrays.Func, x ...any) array {
	return arrays.Inexactly(op, params, func(in []array) array {
		kit.RefuseComplex(op, arrays.Values(in)...)
		return f(in)
	}, x...)
}

// ending refuses an array whose shape does not end in last.
func ending(op string, x array, last ...int) {
	if s := x.Shape(); len(s) < len(last) || !slices.Equal(s[len(s)-len(last):], last) {
		want := "[..., 3]"
		switch {
		case len(last) == 2:
			want = "[..., 3, 3]"
		case last[0] == 4:
			want = "[..., 4]"
		}
		trace.Fail(op, []ir.Aval{x.TraceValue().Aval()}, "takes an array of shape %s, not %s", want,
			ir.ShapeString(s))
	}
}

// Quaternions holds the keyword arguments of FromQuat and AsQuat.
type Quaternions struct {
	ScalarFirst bool // the real part comes first instead of last
	Canonical   bool // AsQuat gives, of the two quaternions of a rotation, the one whose real part is positive
}

// FromQuat is the rotations of quaternions [..., 4], which it divides by their lengths (SciPy's Rotation.from_quat).
//
// Options: Quaternions (ScalarFirst).
func FromQuat(quat jnp.Array) Rotation { return Quaternions{}.FromQuat(quat) }

// FromQuat is transform.FromQuat with options.
func (o Quaternions) FromQuat(quat jnp.Array) Rotation {
	const op = "transform.FromQuat"
	return Rotation{reals(op, o.ScalarFirst, func(in []array) array {
		ending(op, in[0], 4)
		q := in[0]
		if o.ScalarFirst {
			q = jnp.Roll(q, -1, -1)
		}
		return normalized(q)
	}, quat)}
}

// AsQuat is the quaternions, [..., 4] (SciPy's Rotation.as_quat).
func (r Rotation) AsQuat() jnp.Array { return Quaternions{}.AsQuat(r) }

// AsQuat is Rotation.AsQuat with options.
func (o Quaternions) AsQuat(r Rotation) jnp.Array {
	const op = "transform.Rotation.AsQuat"
	return reals(op, o, func(in []array) array {
		ending(op, in[0], 4)
		q := in[0]
		if o.Canonical {
			q = canonical(q)
		}
		if o.ScalarFirst {
			q = jnp.Roll(q, 1, -1)
		}
		return q
	}, r.Quat)
}

// FromMatrix is the rotations of matrices [..., 3, 3], which must be orthogonal, of determinant 1 (SciPy's
// Rotation.from_matrix, which makes others orthogonal first; JAX takes them as they are, as this does).
func FromMatrix(matrix jnp.Array) Rotation {
	const op = "transform.FromMatrix"
	return Rotation{reals(op, nil, func(in []array) array {
		ending(op, in[0], 3, 3)
		return ofMatrix(in[0])
	}, matrix)}
}

// AsMatrix is the rotation matrices, [..., 3, 3] (SciPy's Rotation.as_matrix).
func (r Rotation) AsMatrix() jnp.Array { return r.as("transform.Rotation.AsMatrix", nil, matrixOf) }

// FromMRP is the rotations of modified Rodrigues parameters [..., 3]: the axis, as long as the tangent of a quarter of
// the angle (SciPy's Rotation.from_mrp).
func FromMRP(mrp jnp.Array) Rotation {
	const op = "transform.FromMRP"
	return Rotation{reals(op, nil, func(in []array) array {
		ending(op, in[0], 3)
		square := dot(in[0], in[0]).Add(1)
		return jnp.Concatenate([]array{in[0].Mul(2), square.Neg().Add(2)}, -1).Div(square)
	}, mrp)}
}

// AsMRP is the modified Rodrigues parameters, [..., 3], of length 1 at most (SciPy's Rotation.as_mrp).
func (r Rotation) AsMRP() jnp.Array {
	return r.as("transform.Rotation.AsMRP", nil, func(q array) array {
		v, w := vectorAndReal(q)
		return jnp.Where(w.Lt(0), v.Neg(), v).Div(w.Abs().Add(1))
	})
}

// as is f of the quaternions of r.
func (r Rotation) as(op string, params any, f func(q array) array) jnp.Array {
	return reals(op, params, func(in []array) array {
		ending(op, in[0], 4)
		return f(in[0])
	}, r.Quat)
}

// Identity is the rotation by nothing, of the default float type, or an array of them of the given shape (SciPy's
// Rotation.identity).
func Identity(shape ...int) Rotation {
	const op = "transform.Identity"
	shape = trace.CheckShape(op, append(slices.Clone(shape), 4), ir.Float32)
	return Rotation{arrays.Whole(op, shape, func([]array) array {
		return jnp.BroadcastTo(jnp.Arange(4).Eq(3).AsType(kit.DefaultFloat()), shape...)
	})}
}

// Random is a rotation drawn uniformly from all there are, or an array of them of the given shape (SciPy's
// Rotation.random, which JAX leaves out).
func Random(key random.KeyArray, shape ...int) Rotation {
	return FromQuat(random.Normal(key, append(slices.Clone(shape), 4)...))
}

// Concatenate joins arrays of rotations along their first axis, a single rotation as an array of one (SciPy's
// Rotation.concatenate).
func Concatenate(rotations ...Rotation) Rotation {
	const op = "transform.Concatenate"
	if len(rotations) == 0 {
		trace.Fail(op, nil, "there are no rotations to join")
	}
	quats := kit.Map(rotations, func(r Rotation) any { return r.Quat })
	return Rotation{reals(op, nil, func(in []array) array {
		for i, q := range in {
			ending(op, q, 4)
			in[i] = jnp.AtLeast2D(q)
		}
		return jnp.Concatenate(in, 0)
	}, quats...)}
}

// Index selects rotations as Array.Index selects elements: r.Index(3) is one of a vector of them (r[3] in SciPy).
func (r Rotation) Index(idx ...any) Rotation {
	const op = "transform.Rotation.Index"
	if r.Single() && len(idx) > 0 {
		trace.Fail(op, nil, "this is a single rotation, which has no elements")
	}
	idx = slices.Clone(idx)
	if !slices.Contains(idx, any(jnp.Ellipsis)) {
		idx = append(idx, jnp.Ellipsis)
	}
	return Rotation{r.Quat.Index(append(idx, jnp.All)...)}
}

// Len is the length of the first axis of the array of rotations (len(r) in SciPy). A single rotation has none.
func (r Rotation) Len() int {
	if r.Single() {
		trace.Fail("transform.Rotation.Len", nil, "this is a single rotation, which has no length")
	}
	return r.Quat.Shape()[0]
}

// Shape is that of the array of rotations, empty for a single one (SciPy's Rotation.shape).
func (r Rotation) Shape() []int {
	const op = "transform.Rotation.Shape"
	kit.Value(op, r.Quat)
	ending(op, r.Quat, 4)
	s := r.Quat.Shape()
	return s[:len(s)-1]
}

// Single reports whether this is one rotation and no array of them (SciPy's Rotation.single).
func (r Rotation) Single() bool { return len(r.Shape()) == 0 }

// Mul is the rotation by other and then by r (r * other in SciPy).
func (r Rotation) Mul(other Rotation) Rotation {
	const op = "transform.Rotation.Mul"
	return Rotation{reals(op, nil, func(in []array) array {
		ending(op, in[0], 4)
		ending(op, in[1], 4)
		return normalized(product(in[0], in[1]))
	}, r.Quat, other.Quat)}
}

// Inv is the rotation back (SciPy's Rotation.inv).
func (r Rotation) Inv() Rotation { return Rotation{r.as("transform.Rotation.Inv", nil, conjugate)} }

// Pow is the rotation about the same axis by the angle, from 0 to π, multiplied by n, a number or an array that
// broadcasts against the rotations: n times r for integers, part of it for fractions (r ** n in SciPy; JAX leaves it
// out).
func (r Rotation) Pow(n any) Rotation {
	const op = "transform.Rotation.Pow"
	return Rotation{reals(op, nil, func(in []array) array {
		ending(op, in[0], 4)
		return ofRotVec(rotVecOf(in[0]).Mul(jnp.ExpandDims(in[1], -1)))
	}, r.Quat, n)}
}

// Apply is the vectors [..., 3], rotated (SciPy's Rotation.apply; with inverse=True it is r.Inv().Apply(vectors)).
func (r Rotation) Apply(vectors jnp.Array) jnp.Array {
	const op = "transform.Rotation.Apply"
	return reals(op, nil, func(in []array) array {
		ending(op, in[0], 4)
		ending(op, in[1], 3)
		return jnp.MatVec(matrixOf(in[0]), in[1])
	}, r.Quat, vectors)
}

// Magnitude is the angles that the rotations turn by, from 0 to π (SciPy's Rotation.magnitude).
func (r Rotation) Magnitude() jnp.Array {
	return r.as("transform.Rotation.Magnitude", nil, func(q array) array {
		v, w := vectorAndReal(q)
		return jnp.Atan2(linalg.Norm(v, -1), jnp.Squeeze(w, -1).Abs()).Mul(2)
	})
}

// Mean is the rotation whose sum of squared differences of matrices to a vector of rotations is the least, with one
// weight for each if there are weights, [n] (SciPy's Rotation.mean).
func (r Rotation) Mean(weights ...any) Rotation {
	const op = "transform.Rotation.Mean"
	w := kit.Optional[any](op, "vector of weights", weights, 1)
	return Rotation{reals(op, len(weights), func(in []array) array {
		ending(op, in[0], 4)
		switch s := in[0].Shape(); {
		case len(s) != 2 || s[0] == 0:
			trace.Fail(op, trace.Avals(arrays.Values(in[:1])), "takes a vector of rotations, of one at least")
		case len(weights) > 0 && !slices.Equal(in[1].Shape(), s[:1]):
			trace.Fail(op, trace.Avals(arrays.Values(in)), "the weights must be a vector of %d, one for each rotation",
				s[0])
		}
		_, v := linalg.Eigh(jnp.MatMul(in[0].T().Mul(in[1]), in[0]))
		return v.Index(jnp.All, -1)
	}, r.Quat, w)}
}
