package fft

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/fft"
)

// Norm says where the factor of a transform and its inverse goes: that of package jnp/fft.
type Norm = fft.Norm

const (
	Backward = fft.Backward // to the inverse (the default)
	Ortho    = fft.Ortho    // its square root to both, which makes the transform orthogonal
	Forward  = fft.Forward  // to the forward transform
)

// Options holds the keyword arguments of the transforms; its zero value is the default.
type Options struct {
	Type  int   // of the transform, 1 to 4; 2 if 0
	N     int   // the length along the one axis: longer ones are cut, shorter ones padded with zeros; 0: as it is
	Shape []int // the lengths along the axes of the n-dimensional ones, in the same order; nil: as they are
	Norm  Norm
}

// DCT is the discrete cosine transform of x along an axis, the last unless given (SciPy fft.dct).
//
// Options: Options (Type, N, Norm).
func DCT(x jnp.Array, axis ...int) jnp.Array { return Options{}.DCT(x, axis...) }

// IDCT is the inverse of DCT (SciPy fft.idct).
//
// Options: Options (Type, N, Norm).
func IDCT(x jnp.Array, axis ...int) jnp.Array { return Options{}.IDCT(x, axis...) }

// DST is the discrete sine transform of x along an axis, the last unless given (SciPy fft.dst).
//
// Options: Options (Type, N, Norm).
func DST(x jnp.Array, axis ...int) jnp.Array { return Options{}.DST(x, axis...) }

// IDST is the inverse of DST (SciPy fft.idst).
//
// Options: Options (Type, N, Norm).
func IDST(x jnp.Array, axis ...int) jnp.Array { return Options{}.IDST(x, axis...) }

// DCTN is DCT along several axes, all unless given (SciPy fft.dctn). Of fewer lengths in Options.Shape than x has
// axes, they are the last ones.
//
// Options: Options (Type, Shape, Norm).
func DCTN(x jnp.Array, axes ...int) jnp.Array { return Options{}.DCTN(x, axes...) }

// IDCTN is the inverse of DCTN (SciPy fft.idctn).
//
// Options: Options (Type, Shape, Norm).
func IDCTN(x jnp.Array, axes ...int) jnp.Array { return Options{}.IDCTN(x, axes...) }

// DSTN is DST along several axes, all unless given (SciPy fft.dstn).
//
// Options: Options (Type, Shape, Norm).
func DSTN(x jnp.Array, axes ...int) jnp.Array { return Options{}.DSTN(x, axes...) }

// IDSTN is the inverse of DSTN (SciPy fft.idstn).
//
// Options: Options (Type, Shape, Norm).
func IDSTN(x jnp.Array, axes ...int) jnp.Array { return Options{}.IDSTN(x, axes...) }

// DCT is fft.DCT with options.
func (o Options) DCT(x jnp.Array, axis ...int) jnp.Array {
	return transform{name: "fft.DCT"}.run(o, x, axis)
}

// IDCT is fft.IDCT with options.
func (o Options) IDCT(x jnp.Array, axis ...int) jnp.Array {
	return transform{name: "fft.IDCT", inverse: true}.run(o, x, axis)
}

// DST is fft.DST with options.
func (o Options) DST(x jnp.Array, axis ...int) jnp.Array {
	return transform{name: "fft.DST", sine: true}.run(o, x, axis)
}

// IDST is fft.IDST with options.
func (o Options) IDST(x jnp.Array, axis ...int) jnp.Array {
	return transform{name: "fft.IDST", sine: true, inverse: true}.run(o, x, axis)
}

// DCTN is fft.DCTN with options.
func (o Options) DCTN(x jnp.Array, axes ...int) jnp.Array {
	return transform{name: "fft.DCTN", several: true}.run(o, x, axes)
}

// IDCTN is fft.IDCTN with options.
func (o Options) IDCTN(x jnp.Array, axes ...int) jnp.Array {
	return transform{name: "fft.IDCTN", several: true, inverse: true}.run(o, x, axes)
}

// DSTN is fft.DSTN with options.
func (o Options) DSTN(x jnp.Array, axes ...int) jnp.Array {
	return transform{name: "fft.DSTN", several: true, sine: true}.run(o, x, axes)
}

// IDSTN is fft.IDSTN with options.
func (o Options) IDSTN(x jnp.Array, axes ...int) jnp.Array {
	return transform{name: "fft.IDSTN", several: true, sine: true, inverse: true}.run(o, x, axes)
}
