// Linear algebra of OpenBLAS as handlers of XLA's custom calls, by JAX's names of them (lapack_spotrf_ffi and so on).
#ifndef GOJAX_KERNELS_LAPACK_H_
#define GOJAX_KERNELS_LAPACK_H_

#include <stdbool.h>

#include "call.h"

// The element types, in LAPACK's order: s, d, c, z.
enum { GK_TYPES = 4 };

struct gk_problem;

// gk_routine is a routine of LAPACK's, for the four types.
typedef struct gk_routine {
  const char* names[GK_TYPES];      // LAPACK's: spotrf; its custom call is lapack_spotrf_ffi
  void* (*handler)(gk_frame*);
  const char* in;                   // the ranks of one problem's operands, a digit each
  const char* out[2];               // those of its results, for real and complex elements
  const char* from;                 // the operand that each of the first results begins as; '-' for none
  const char* (*prepare)(struct gk_problem*);            // reads options and sizes; gives what is wrong
  void (*solve)(struct gk_problem*, int64_t i, char*);  // the i-th problem, with that working memory
  bool by_rows;                     // it can do with matrices that lie row by row as they are
  void* f[GK_TYPES];                // filled in when OpenBLAS is loaded
} gk_routine;

// gk_eigen is a call of gojaxEigen for a matrix a, by the options that LAPACK's routine has: geev's are which
// eigenvectors are wanted, vl or vr; gees puts the Schur form into a and its vectors into vr; syevd, whose options are
// whether vectors are wanted and which triangle is read, puts these into a. Of real matrices wi are the imaginary parts
// of the eigenvalues.
enum { GK_GEEV, GK_GEES, GK_SYEVD };
typedef struct {
  int type, n, routine;
  char option[2];
  void *a, *w, *wi, *vl, *vr;
} gk_eigen;

// gk_native stands in the table for a routine that is done by gojaxEigen.
void gk_native(void);

// gk_routines gives the table of all.
gk_routine* gk_routines(int* n);

void* gk_permutation(gk_frame* f);

// gk_products gives the table of BLAS's products of matrices, which gk_dot computes by.
gk_routine* gk_products(int* n);
void* gk_dot(gk_frame* f);
void* gk_int_dot(gk_frame* f);    // the same of integers, without BLAS
void* gk_float_dot(gk_frame* f);  // of float32 or float64
void* gk_small_dot(gk_frame* f);  // and of small matrices of float32 or float64, whose k is 64 at most

// gk_zen4 is whether the processor is AMD's of that kind.
bool gk_zen4(void);

// gk_call_int calls a function void f(int).
void gk_call_int(void* f, int n);

#endif
