// Package image resamples arrays, as jax.image does: Resize changes their size, ScaleAndTranslate scales and moves what
// they show. An image is an array of any number of axes, such as [rows, columns, colours] or [batch, rows, columns,
// colours]; axes whose length stays are left as they are.
//
//	small := image.Resize(photo, []int{100, 150, 3}, image.Linear)
//
// A sample lies in the middle of its element: that at position i has the coordinate i + 0.5. Values between samples are
// what the ResizeMethod says. Arrays of integers and bools become floats, except by Nearest.
//
// Keyword arguments are fields of a struct that has the function as a method:
//
//	Resampling  Resize, ScaleAndTranslate
//	            NoAntialias (antialias=False), Precision (precision)
package image
