// Package vq is vector quantisation, SciPy's scipy.cluster.vq: observations, the rows of a matrix, stand for the
// nearest code of a code book. VQ, which JAX has too, finds it; KMeans improves a code book, KMeans2 tells the codes
// with it, Guess makes one to begin with, and Whiten scales the columns of the observations beforehand.
//
//	x = vq.Whiten(x)
//	book, distortion := vq.KMeans(x, vq.Guess(key, x, 3))
//	codes, distances := vq.VQ(x, book)
//
// Elements are real; integers are turned into the default float type. All of it is jitted, mapped and differentiated as
// any function; shapes are known beforehand, so a code that no observation is nearest to stays in the code book.
//
// Keyword arguments are fields of a struct that has the function as a method:
//
//	Iterations  KMeans, KMeans2
//	            Threshold (thresh), Most (iter)
package vq
