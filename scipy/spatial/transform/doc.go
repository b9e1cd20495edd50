// Package transform holds rotations in three dimensions, as SciPy's scipy.spatial.transform and JAX's
// jax.scipy.spatial.transform: made of angles, axes, matrices or quaternions, composed, applied and interpolated. The
// most used are FromEuler, FromRotVec, FromQuat, and the methods Apply, Mul and AsMatrix of Rotation:
//
//	r := transform.Angles{Degrees: true}.FromEuler("z", 90)
//	r.Apply(jnp.FromSlice([]float32{1, 0, 0})) // [0 1 0]
//
// A Rotation holds one rotation or an array of them. It is a struct of arrays, so that it may be an argument or a
// result of what gojax.Jit, Vmap and Grad take. Its elements are floats; integers and Go numbers are turned into the
// default float type first. Operations of two arrays of rotations, or of rotations and vectors, broadcast.
//
// Keyword arguments are fields of a struct that has the function as a method; where that is a method of Rotation, the
// rotation is its first argument: Angles{Degrees: true}.AsEuler(r, "xyz").
//
//	Angles       FromEuler, FromRotVec, Rotation.AsEuler, Rotation.AsRotVec
//	             Degrees (degrees)
//	Quaternions  FromQuat, Rotation.AsQuat
//	             ScalarFirst (scalar_first), Canonical (canonical)
package transform
