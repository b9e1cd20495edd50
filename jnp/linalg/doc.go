// Package linalg is linear algebra on arrays: the functions of NumPy's numpy.linalg, and of SciPy's scipy.linalg those
// that solve with triangular factors. Matrices lie on the last two axes; axes before them are a batch. On the CPU the
// decompositions are LAPACK's, of OpenBLAS, where that is there (GOJAX_OPENBLAS); elsewhere they are gojax's and
// XLA's own, with the same results within rounding.
//
// Five functions are used most:
//
//	x := linalg.Solve(a, b)         // a x = b
//	l := linalg.Cholesky(a)         // a = l lᵀ; QR has other factors
//	w, v := linalg.Eigh(a)          // eigenvalues and vectors of a symmetric matrix
//	u, s, vh := linalg.SVD(a)       // singular values
//	n := linalg.Norm(x)             // Det, Inv and PInv are others of one matrix
//
// A matrix that is used several times is factored once, as a value: CholeskyOf(a).Solve(b), and LUOf, QROf, EighOf and
// SVDOf. Such a value is a struct of arrays, so it passes through Jit, Vmap and Grad.
//
// Keyword arguments are fields of a struct that has the function as a method, linalg.Norms{KeepDims: true}.Norm(x, 0);
// the last line of a function's comment names it. These are the structs, each with its functions and, behind each
// field, the keyword of NumPy, SciPy or JAX:
//
//	Factor      Cholesky
//	            Upper (upper), LowerOnly (symmetrize_input=False)
//	Factors     QR
//	            Complete (mode="complete")
//	Hermitian   Eigh, EigValsH
//	            OneTriangle (symmetrize_input=False), Upper (UPLO="U")
//	Norms       Norm, VectorNorm, MatrixNorm, Cond
//	            KeepDims (keepdims), Order (ord)
//	SVDs        SVD
//	            Reduced (full_matrices=False)
//	Tolerance   MatrixRank, PInv, LstSq
//	            RTol (rtol, rcond)
//	Triangular  SolveTriangular
//	            Lower (lower), Transpose (trans="T"), Conjugate (trans="C"), UnitDiagonal (unit_diagonal)
package linalg
