// Package ndimage is SciPy's scipy.ndimage as jax.scipy.ndimage has it: the values of an array between its elements.
//
//	y := ndimage.MapCoordinates(image, []jnp.Array{rows, columns}, 1) // values at those places, on lines between
//
// Keyword arguments are fields of a struct that has the function as a method:
//
//	Interpolation  MapCoordinates
//	               Mode (mode), FillValue (cval)
package ndimage
