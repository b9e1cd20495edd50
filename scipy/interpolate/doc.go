// Package interpolate holds functions that are known at points: RegularGridInterpolator, made by
// NewRegularGridInterpolator and read by its method Evaluate, for values on a grid of any number of axes. It is what
// jax.scipy.interpolate has of SciPy's scipy.interpolate.
//
//	f := interpolate.NewRegularGridInterpolator([]jnp.Array{x, y}, z) // z is [len(x), len(y)]
//	f.Evaluate(points)                                                // points are [n, 2]
//
// In one dimension jnp.Interp is shorter, and on a grid of whole numbers ndimage.MapCoordinates.
//
// Keyword arguments are fields of a struct that has the function as a method:
//
//	Interpolation  NewRegularGridInterpolator
//	               Method (method), FillValue (fill_value), Extrapolate (fill_value=None), BoundsError (bounds_error)
package interpolate
