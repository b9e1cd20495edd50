// Package ndimage is SciPy's scipy.ndimage as jax.scipy.ndimage has it: the values of an array between its elements.
//
// Keyword arguments are fields of a struct that has the function as a method:
//
//	Interpolation  MapCoordinates
//	               Mode (mode), FillValue (cval)
package ndimage
