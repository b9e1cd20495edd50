// Package linalg is what SciPy's scipy.linalg has beside NumPy's numpy.linalg, as jax.scipy.linalg has it. The
// functions that both have are those of package jnp/linalg: Cholesky, Det, Eig, Eigh, Inv, QR, Solve, SVD, and also
// ChoSolve and SolveTriangular. Matrices lie on the last two axes; axes before them are a batch where not said
// otherwise. Elements are floats or complex numbers; integers are converted, and float16 and bfloat16 are computed in
// float32.
//
// Five functions are used most:
//
//	y := linalg.Expm(a)                // the exponential of a matrix
//	lu, pivots := linalg.LUFactor(a)   // factors; LUSolve takes them
//	u, p := linalg.Polar(a)            // a rotation and a stretch
//	t, z := linalg.Schur(a)            // a triangular form
//	m := linalg.BlockDiag(a, b)        // matrices along a diagonal; Toeplitz and others make special ones
//
// Keyword arguments are fields of a struct that has the function as a method; the last line of a function's comment
// names it. These are the structs, each with its functions and, behind each field, the keyword of SciPy or JAX:
//
//	Contrasts     Helmert
//	              Full (full)
//	Convolution   ConvolutionMatrix
//	              Mode (mode)
//	Equation      LUSolve
//	              Transpose (trans=1), Conjugate (trans=2)
//	Exponential   Expm
//	              UpperTriangular (upper_triangular), MaxSquarings (max_squarings)
//	Form          Schur
//	              Complex (output="complex")
//	Fourier       DFT
//	              Scale (scale), DType (dtype)
//	Product       QRMultiply
//	              Left (mode="left"), Conjugate (conjugate)
//	Side          Polar
//	              Left (side="left")
//	Signs         Hadamard
//	              DType (dtype)
//	Sylvester     SolveSylvester
//	              Tol (tol)
//	Triangle      Pascal, InvPascal
//	              Lower (kind="lower"), Upper (kind="upper")
package linalg
