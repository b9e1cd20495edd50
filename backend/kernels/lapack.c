#include "lapack.h"

#include <stdlib.h>
#include <string.h>

#include "_cgo_export.h"
#include "problem.h"

void gk_call_int(void* f, int n) { ((void (*)(int))f)(n); }

typedef size_t L;  // the length of a character argument: Fortran passes it after the others
#define CALL(p, ...) ((void (*)(__VA_ARGS__))(p)->f)


static const char* square(const problem* p) { return p->m == p->n ? NULL : "the matrices are not square"; }

// Where an operand holds NaN or infinities, routines that iterate may not end: they are not asked, and info says so.
static bool all_finite(const problem* p, const void* x, size_t n) {
  const size_t w = real_width(p);
  n *= width(p) / w;
  if (w == 4)
    for (size_t i = 0; i < n; i++)
      if (!isfinite(((const float*)x)[i])) return false;
  if (w == 8)
    for (size_t i = 0; i < n; i++)
      if (!isfinite(((const double*)x)[i])) return false;
  return true;
}

enum { NOT_FINITE = -4 };

// Each routine: what it reads of a call, with its working memory asked for, and how it solves a problem.

#define T float
#define NAME(x) x##_s
#define FABS fabsf
#define SQRT sqrtf
#include "small.h"
#define T double
#define NAME(x) x##_d
#define FABS fabs
#define SQRT sqrt
#include "small.h"

// is_small tells whether matrices of order n are for small.h.
static bool is_small(const problem* p, int n) { return n <= 8 && !is_complex(p); }

static const char* potrf_prepare(problem* p) {
  p->a = (char)option(p, "uplo", 'L');
  p->clear = option(p, "clear", 0);
  if (p->rows) p->a = p->a == 'L' ? 'U' : 'L';  // the adjoint of the factor of the conjugate
  p->flops = (double)p->n * p->n * p->n / 3;
  return square(p);
}

static void potrf(problem* p, int64_t i, char* memory) {
  int ld = most(1, p->n), row = p->a == 'L' ? 1 : ld, col = p->a == 'L' ? ld : 1;
  if (is_small(p, p->n)) {
    *(int*)out(p, 1, i) = p->type == S ? small_potrf_s(p->n, out(p, 0, i), row, col)
                                       : small_potrf_d(p->n, out(p, 0, i), row, col);
    return;
  }
  CALL(p, P, P, P, P, P, L)(&p->a, &p->n, out(p, 0, i), &ld, out(p, 1, i), 1);
}

static const char* getrf_prepare(problem* p) {
  p->flops = (double)p->m * p->n * least(p->m, p->n);
  return last(p->out[1], 1) == least(p->m, p->n) ? NULL : "the number of pivots is wrong";
}

static void getrf(problem* p, int64_t i, char* memory) {
  int ld = most(1, p->m);
  if (is_small(p, most(p->m, p->n))) {
    *(int*)out(p, 2, i) = p->type == S ? small_getrf_s(p->m, p->n, out(p, 0, i), out(p, 1, i))
                                       : small_getrf_d(p->m, p->n, out(p, 0, i), out(p, 1, i));
    return;
  }
  CALL(p, P, P, P, P, P, P)(&p->m, &p->n, out(p, 0, i), &ld, out(p, 1, i), out(p, 2, i));
}

static const char* geqrf_prepare(problem* p) {
  p->flops = 2. * p->m * p->n * least(p->m, p->n);
  if (last(p->out[1], 1) != least(p->m, p->n)) return "the number of factors is wrong";
  double work[2] = {1};
  int ld = most(1, p->m), ask = -1, info;
  CALL(p, P, P, P, P, P, P, P, P)(&p->m, &p->n, work, &ld, work, work, &ask, &info);
  p->work = asked(p, work);
  return NULL;
}

static void geqrf(problem* p, int64_t i, char* memory) {
  int ld = most(1, p->m), info;
  CALL(p, P, P, P, P, P, P, P, P)
  (&p->m, &p->n, out(p, 0, i), &ld, out(p, 1, i), memory + at_work(p), &p->work, &info);
}

static void geqp3_call(problem* p, P x, P pivots, P taus, P work, int* lwork, P rwork) {
  int ld = most(1, p->m), info;
  if (is_complex(p))
    CALL(p, P, P, P, P, P, P, P, P, P, P)(&p->m, &p->n, x, &ld, pivots, taus, work, lwork, rwork, &info);
  else
    CALL(p, P, P, P, P, P, P, P, P, P)(&p->m, &p->n, x, &ld, pivots, taus, work, lwork, &info);
}

static const char* geqp3_prepare(problem* p) {
  p->flops = 2. * p->m * p->n * least(p->m, p->n);
  if (last(p->out[2], 1) != least(p->m, p->n) || last(p->out[1], 1) != p->n) return "a vector has the wrong length";
  double work[2] = {1};
  int ask = -1;
  geqp3_call(p, work, work, work, work, &ask, work);
  p->work = asked(p, work);
  p->rwork = is_complex(p) ? 2 * p->n : 0;
  return NULL;
}

static void geqp3(problem* p, int64_t i, char* memory) {
  geqp3_call(p, out(p, 0, i), out(p, 1, i), out(p, 2, i), memory + at_work(p), &p->work, memory + at_rwork(p));
}

static const char* orgqr_prepare(problem* p) {
  p->k = last(p->in[1], 1);
  p->flops = 2. * p->m * p->n * p->k;
  if (p->m < p->n || p->n < p->k) return "the matrices have more columns than rows, or fewer than factors";
  double work[2] = {1};
  int ld = most(1, p->m), ask = -1, info;
  CALL(p, P, P, P, P, P, P, P, P, P)(&p->m, &p->n, &p->k, work, &ld, work, work, &ask, &info);
  p->work = asked(p, work);
  return NULL;
}

static void orgqr(problem* p, int64_t i, char* memory) {
  int ld = most(1, p->m), info;
  CALL(p, P, P, P, P, P, P, P, P, P)
  (&p->m, &p->n, &p->k, out(p, 0, i), &ld, in(p, 1, i), memory + at_work(p), &p->work, &info);
}

static void ormqr_call(problem* p, P x, P taus, P y, P work, int* lwork) {
  int m = rows(p->in[2]), n = cols(p->in[2]), ldx = most(1, p->m), ldy = most(1, m), info;
  CALL(p, P, P, P, P, P, P, P, P, P, P, P, P, P, L, L)
  (&p->a, &p->b, &m, &n, &p->k, x, &ldx, taus, y, &ldy, work, lwork, &info, 1, 1);
}

static const char* ormqr_prepare(problem* p) {
  bool left = option(p, "left", 1);
  p->a = left ? 'L' : 'R';
  p->b = !option(p, "transpose", 0) ? 'N' : is_complex(p) ? 'C' : 'T';
  p->k = last(p->in[1], 1);
  int m = rows(p->in[2]), n = cols(p->in[2]), order = left ? m : n;
  p->flops = 4. * m * n * p->k;
  if (p->m != order || p->k > order || p->n < p->k) return "the sizes of the matrices do not fit each other";
  double work[2] = {1};
  int ask = -1;
  ormqr_call(p, work, work, work, work, &ask);
  p->work = asked(p, work);
  return NULL;
}

static void ormqr(problem* p, int64_t i, char* memory) {
  ormqr_call(p, in(p, 0, i), in(p, 1, i), out(p, 0, i), memory + at_work(p), &p->work);
}

// The two of the singular value decomposition have s, u and vᴴ as results 1, 2 and 3.
static const char* svd_sizes(problem* p) {
  int k = least(p->m, p->n);
  p->a = (char)option(p, "mode", 'A');
  p->flops = 10. * p->m * p->n * k;
  if (last(p->out[1], 1) != k) return "the number of singular values is wrong";
  if (p->a == 'N') return NULL;
  int full = p->a == 'A';
  if (rows(p->out[2]) != p->m || cols(p->out[2]) != (full ? p->m : k) || cols(p->out[3]) != p->n ||
      rows(p->out[3]) != (full ? p->n : k))
    return "the singular vectors have the wrong sizes";
  return NULL;
}

static void gesdd_call(problem* p, P x, P s, P u, P v, P work, int* lwork, P rwork, P iwork, P info) {
  int ld = most(1, p->m), ldu = most(1, rows(p->out[2])), ldv = most(1, rows(p->out[3]));
  if (is_complex(p))
    CALL(p, P, P, P, P, P, P, P, P, P, P, P, P, P, P, P, L)
    (&p->a, &p->m, &p->n, x, &ld, s, u, &ldu, v, &ldv, work, lwork, rwork, iwork, info, 1);
  else
    CALL(p, P, P, P, P, P, P, P, P, P, P, P, P, P, P, L)
    (&p->a, &p->m, &p->n, x, &ld, s, u, &ldu, v, &ldv, work, lwork, iwork, info, 1);
}

static const char* gesdd_prepare(problem* p) {
  const char* bad = svd_sizes(p);
  if (bad) return bad;
  double work[2] = {1};
  int ask = -1, info, iwork[8];
  gesdd_call(p, work, work, work, work, work, &ask, work, iwork, &info);
  p->work = asked(p, work);
  int64_t k = least(p->m, p->n), l = most(p->m, p->n), r = 7 * k;
  if (p->a != 'N') r = k * (5 * k + 5 > 2 * l + 2 * k + 1 ? 5 * k + 5 : 2 * l + 2 * k + 1);
  if (r > INT_MAX) return "the matrices are too large for this routine";
  p->rwork = is_complex(p) ? most(1, (int)r) : 0;
  p->iwork = most(1, (int)(8 * k));
  return NULL;
}

static void gesdd(problem* p, int64_t i, char* memory) {
  if (!all_finite(p, out(p, 0, i), (size_t)p->m * p->n)) {
    *(int*)out(p, 4, i) = NOT_FINITE;
    return;
  }
  gesdd_call(p, out(p, 0, i), out(p, 1, i), out(p, 2, i), out(p, 3, i), memory + at_work(p), &p->work,
             memory + at_rwork(p), memory + at_iwork(p), out(p, 4, i));
}

static void gesvd_call(problem* p, P x, P s, P u, P v, P work, int* lwork, P rwork, P info) {
  int ld = most(1, p->m), ldu = most(1, rows(p->out[2])), ldv = most(1, rows(p->out[3]));
  if (is_complex(p))
    CALL(p, P, P, P, P, P, P, P, P, P, P, P, P, P, P, P, L, L)
    (&p->a, &p->a, &p->m, &p->n, x, &ld, s, u, &ldu, v, &ldv, work, lwork, rwork, info, 1, 1);
  else
    CALL(p, P, P, P, P, P, P, P, P, P, P, P, P, P, P, L, L)
    (&p->a, &p->a, &p->m, &p->n, x, &ld, s, u, &ldu, v, &ldv, work, lwork, info, 1, 1);
}

static const char* gesvd_prepare(problem* p) {
  const char* bad = svd_sizes(p);
  if (bad) return bad;
  double work[2] = {1};
  int ask = -1, info;
  gesvd_call(p, work, work, work, work, work, &ask, work, &info);
  p->work = asked(p, work);
  p->rwork = is_complex(p) ? most(1, 5 * least(p->m, p->n)) : 0;
  return NULL;
}

static void gesvd(problem* p, int64_t i, char* memory) {
  if (!all_finite(p, out(p, 0, i), (size_t)p->m * p->n)) {
    *(int*)out(p, 4, i) = NOT_FINITE;
    return;
  }
  gesvd_call(p, out(p, 0, i), out(p, 1, i), out(p, 2, i), out(p, 3, i), memory + at_work(p), &p->work,
             memory + at_rwork(p), out(p, 4, i));
}

void gk_native(void) {}

// native has Go compute what OpenBLAS, which is not there, would. It needs no working memory.
static bool native(const problem* p, gk_eigen* e, int lwork, int* info) {
  if (p->f != gk_native) return false;
  if (lwork < 0) return true;
  fenv_t ways = gk_to_go();
  *info = gojaxEigen(e);
  fesetenv(&ways);
  return true;
}

static void syevd_call(problem* p, P x, P w, P work, int* lwork, P rwork, int* lrwork, P iwork, int* liwork, P info) {
  int ld = most(1, p->n);
  gk_eigen e = {p->type, p->n, GK_SYEVD, {p->a, p->b}, x, w};
  if (native(p, &e, *lwork, info)) return;
  if (is_complex(p))
    CALL(p, P, P, P, P, P, P, P, P, P, P, P, P, P, L, L)
    (&p->a, &p->b, &p->n, x, &ld, w, work, lwork, rwork, lrwork, iwork, liwork, info, 1, 1);
  else
    CALL(p, P, P, P, P, P, P, P, P, P, P, P, L, L)
    (&p->a, &p->b, &p->n, x, &ld, w, work, lwork, iwork, liwork, info, 1, 1);
}

static const char* syevd_prepare(problem* p) {
  p->a = (char)option(p, "mode", 'V'), p->b = (char)option(p, "uplo", 'L');
  p->flops = 9. * p->n * p->n * p->n;
  if (last(p->out[1], 1) != p->n) return "the number of eigenvalues is wrong";
  double work[2] = {1}, rwork[2] = {1};
  int ask = -1, info, iwork = 1;
  syevd_call(p, work, work, work, &ask, rwork, &ask, &iwork, &ask, &info);
  p->work = asked(p, work);
  p->rwork = !is_complex(p) ? 0 : most(1, p->type == C ? (int)((float*)rwork)[0] : (int)rwork[0]);
  p->iwork = most(1, iwork);
  return square(p);
}

static void syevd(problem* p, int64_t i, char* memory) {
  if (!all_finite(p, out(p, 0, i), (size_t)p->n * p->n)) {
    *(int*)out(p, 2, i) = NOT_FINITE;
    return;
  }
  syevd_call(p, out(p, 0, i), out(p, 1, i), memory + at_work(p), &p->work, memory + at_rwork(p), &p->rwork,
             memory + at_iwork(p), &p->iwork, out(p, 2, i));
}

// Eigenvectors of a real matrix: a pair that is conjugate has the real parts in one column, the imaginary in the next.
#define UNPACK(real)                                                                     \
  static void unpack_##real(int n, const real* imaginary, const real* v, real* to) {     \
    for (int j = 0; j < n; j++) {                                                        \
      bool pair = imaginary[j] != 0 && j + 1 < n;                                        \
      for (int i = 0; i < n; i++) {                                                      \
        real re = v[(size_t)j * n + i], im = pair ? v[(size_t)(j + 1) * n + i] : 0;      \
        size_t at = 2 * ((size_t)j * n + i);                                             \
        to[at] = re, to[at + 1] = im;                                                    \
        if (pair) to[at + 2 * (size_t)n] = re, to[at + 2 * (size_t)n + 1] = -im;         \
      }                                                                                  \
      j += pair;                                                                         \
    }                                                                                    \
  }
UNPACK(float)
UNPACK(double)

static void geev_call(problem* p, P x, P w, P wi, P vl, P vr, P work, int* lwork, P rwork, P info) {
  int ld = most(1, p->n);
  gk_eigen e = {p->type, p->n, GK_GEEV, {p->a, p->b}, x, w, wi, vl, vr};
  if (native(p, &e, *lwork, info)) return;
  if (is_complex(p))
    CALL(p, P, P, P, P, P, P, P, P, P, P, P, P, P, P, L, L)
    (&p->a, &p->b, &p->n, x, &ld, w, vl, &ld, vr, &ld, work, lwork, rwork, info, 1, 1);
  else
    CALL(p, P, P, P, P, P, P, P, P, P, P, P, P, P, P, L, L)
    (&p->a, &p->b, &p->n, x, &ld, w, wi, vl, &ld, vr, &ld, work, lwork, info, 1, 1);
}

static size_t matrix_bytes(const problem* p) { return rounded((size_t)p->m * p->n * width(p)); }

static const char* geev_prepare(problem* p) {
  p->a = (char)option(p, "compute_left", 'N'), p->b = (char)option(p, "compute_right", 'V');
  p->flops = 25. * p->n * p->n * p->n;
  double work[2] = {1};
  int ask = -1, info;
  geev_call(p, work, work, work, work, work, work, &ask, work, &info);
  p->work = asked(p, work);
  p->rwork = is_complex(p) ? most(1, 2 * p->n) : 0;
  p->copy = (is_complex(p) ? 1 : 3) * matrix_bytes(p);  // of real ones the vectors too, before they are unpacked
  return square(p);
}

static void geev(problem* p, int64_t i, char* memory) {
  int n = p->n, k = is_complex(p) ? 1 : 2;  // results: w, or wr and wi; vl, vr, info
  P vl = out(p, k, i), vr = out(p, k + 1, i), info = out(p, k + 2, i);
  if (!all_finite(p, in(p, 0, i), (size_t)n * n)) {
    *(int*)info = NOT_FINITE;
    return;
  }
  memcpy(memory, in(p, 0, i), p->in_step[0]);
  if (k == 2) vl = memory + matrix_bytes(p), vr = memory + 2 * matrix_bytes(p);
  geev_call(p, memory, out(p, 0, i), out(p, 1, i), vl, vr, memory + at_work(p), &p->work, memory + at_rwork(p), info);
  if (k == 1 || *(int*)info != 0) return;
  for (int side = 0; side < 2; side++) {
    if ((side ? p->b : p->a) != 'V') continue;
    if (p->type == S)
      unpack_float(n, out(p, 1, i), side ? vr : vl, out(p, 2 + side, i));
    else
      unpack_double(n, out(p, 1, i), side ? vr : vl, out(p, 2 + side, i));
  }
}

static void gees_call(problem* p, P x, P count, P w, P wi, P v, P work, int* lwork, P rwork, P info) {
  int ld = most(1, p->n);
  gk_eigen e = {p->type, p->n, GK_GEES, {p->a}, x, w, wi, NULL, v};
  if (native(p, &e, *lwork, info)) return;
  char sort = 'N';
  if (is_complex(p))
    CALL(p, P, P, P, P, P, P, P, P, P, P, P, P, P, P, P, L, L)
    (&p->a, &sort, NULL, &p->n, x, &ld, count, w, v, &ld, work, lwork, rwork, NULL, info, 1, 1);
  else
    CALL(p, P, P, P, P, P, P, P, P, P, P, P, P, P, P, P, L, L)
    (&p->a, &sort, NULL, &p->n, x, &ld, count, w, wi, v, &ld, work, lwork, NULL, info, 1, 1);
}

static const char* gees_prepare(problem* p) {
  p->a = (char)option(p, "mode", 'V');
  if (option(p, "sort", 'N') != 'N') return "eigenvalues are not sorted";
  p->flops = 25. * p->n * p->n * p->n;
  double work[2] = {1};
  int ask = -1, info, count;
  gees_call(p, work, &count, work, work, work, work, &ask, work, &info);
  p->work = asked(p, work);
  p->rwork = is_complex(p) ? most(1, p->n) : 0;
  return square(p);
}

static void gees(problem* p, int64_t i, char* memory) {
  int k = is_complex(p) ? 3 : 4;  // results: the form, vectors, w, or wr and wi; how many are selected, info
  if (!all_finite(p, out(p, 0, i), (size_t)p->n * p->n)) {
    *(int*)out(p, k + 1, i) = NOT_FINITE;
    return;
  }
  gees_call(p, out(p, 0, i), out(p, k, i), out(p, 2, i), out(p, 3, i), out(p, 1, i), memory + at_work(p), &p->work,
            memory + at_rwork(p), out(p, k + 1, i));
}

static const char* gehrd_prepare(problem* p) {
  p->low = (int)option(p, "low", 1), p->high = (int)option(p, "high", p->n);
  p->flops = 10. / 3 * p->n * p->n * p->n;
  double work[2] = {1};
  int ld = most(1, p->n), ask = -1, info;
  CALL(p, P, P, P, P, P, P, P, P, P)(&p->n, &p->low, &p->high, work, &ld, work, work, &ask, &info);
  p->work = asked(p, work);
  return square(p);
}

static void gehrd(problem* p, int64_t i, char* memory) {
  int ld = most(1, p->n);
  CALL(p, P, P, P, P, P, P, P, P, P)
  (&p->n, &p->low, &p->high, out(p, 0, i), &ld, out(p, 1, i), memory + at_work(p), &p->work, out(p, 2, i));
}

static const char* sytrd_prepare(problem* p) {
  p->a = (char)option(p, "uplo", 'L');
  p->flops = 4. / 3 * p->n * p->n * p->n;
  double work[2] = {1};
  int ld = most(1, p->n), ask = -1, info;
  CALL(p, P, P, P, P, P, P, P, P, P, P, L)(&p->a, &p->n, work, &ld, work, work, work, work, &ask, &info, 1);
  p->work = asked(p, work);
  return square(p);
}

static void sytrd(problem* p, int64_t i, char* memory) {
  int ld = most(1, p->n);
  CALL(p, P, P, P, P, P, P, P, P, P, P, L)
  (&p->a, &p->n, out(p, 0, i), &ld, out(p, 1, i), out(p, 2, i), out(p, 3, i), memory + at_work(p), &p->work,
   out(p, 4, i), 1);
}

static const char* gtsv_prepare(problem* p) {
  p->n = last(p->in[1], 1), p->k = cols(p->in[3]);
  p->flops = 5. * p->n * (p->k + 1);
  if (last(p->in[0], 1) != p->n || last(p->in[2], 1) != p->n || rows(p->in[3]) != p->n)
    return "the diagonals and right sides differ in length";
  return NULL;
}

// The three diagonals have one length: the lower one begins, and the upper one ends, with an element that is not read.
static void gtsv(problem* p, int64_t i, char* memory) {
  int ld = most(1, p->n);
  CALL(p, P, P, P, P, P, P, P, P)
  (&p->n, &p->k, (char*)out(p, 0, i) + (p->n > 0 ? width(p) : 0), out(p, 1, i), out(p, 2, i), out(p, 3, i), &ld,
   out(p, 4, i));
}

static const char* trsm_prepare(problem* p) {
  p->a = (char)option(p, "side", 'L'), p->b = (char)option(p, "uplo", 'L');
  p->c = (char)option(p, "trans_x", 'N'), p->d = (char)option(p, "diag", 'N');
  p->k = p->n, p->m = rows(p->in[1]), p->n = cols(p->in[1]);
  p->flops = (double)p->m * p->n * p->k;
  if (rows(p->in[0]) != p->k || p->k != (p->a == 'L' ? p->m : p->n)) return "the sizes do not fit each other";
  if (p->rows) {  // a·x = b is xᵀ·aᵀ = bᵀ
    int m = p->m;
    p->m = p->n, p->n = m;
    p->a = p->a == 'L' ? 'R' : 'L', p->b = p->b == 'L' ? 'U' : 'L';
  }
  return NULL;
}

static void trsm(problem* p, int64_t i, char* memory) {
  double one[2] = {1, 0};
  float one32[2] = {1, 0};
  int lda = most(1, p->k), ldb = most(1, p->m);
  if (is_small(p, most(p->m, p->n))) {  // x·a = b is aᵀ·xᵀ = bᵀ
    bool left = p->a == 'L', turned = (p->c != 'N') == left, lower = (p->b == 'L') != turned;
    int columns = left ? p->n : p->m, row = turned ? lda : 1, col = turned ? 1 : lda, step = left ? 1 : ldb,
        next = left ? ldb : 1;
    if (p->type == S)
      small_trsm_s(p->k, columns, lower, p->d == 'U', in(p, 0, i), row, col, out(p, 0, i), step, next);
    else
      small_trsm_d(p->k, columns, lower, p->d == 'U', in(p, 0, i), row, col, out(p, 0, i), step, next);
    return;
  }
  CALL(p, P, P, P, P, P, P, P, P, P, P, P, L, L, L, L)
  (&p->a, &p->b, &p->c, &p->d, &p->m, &p->n, real_width(p) == 4 ? (P)one32 : (P)one, in(p, 0, i), &lda, out(p, 0, i),
   &ldb, 1, 1, 1, 1);
}

// gk_permutation makes of the exchanges of rows that getrf lists, each of a row with a later one and counted from 0,
// the rows as they lie afterwards.
void* gk_permutation(gk_frame* f) {
  if (!gk_executes(f)) return NULL;
  gk_buffer *in[1], *out[1];
  size_t in_step[1], out_step[1];
  int64_t count = -1;
  const char* bad = gk_lay_out(&f->args, "1", in, in_step, &count);
  if (!bad) bad = gk_lay_out(&f->rets, "1", out, out_step, &count);
  if (!bad && (in[0]->type != 4 || out[0]->type != 4)) bad = "takes and gives int32";
  if (bad) return gk_failed(f->api, bad);
  int k = last(in[0], 1), m = last(out[0], 1);
  for (int64_t i = 0; i < count; i++) {
    const int* exchange = (int*)in[0]->data + i * k;
    int* row = (int*)out[0]->data + i * m;
    for (int j = 0; j < m; j++) row[j] = j;
    for (int j = 0; j < k && j < m; j++) {
      int to = exchange[j];
      if (to < 0 || to >= m) return gk_failed(f->api, "a row is exchanged with one that does not exist");
      int r = row[j];
      row[j] = row[to], row[to] = r;
    }
  }
  return NULL;
}

#define LIST(ROUTINE)                                                           \
  ROUTINE(potrf, potrf, potrf, "2", "20", "20", "0", true)                      \
  ROUTINE(getrf, getrf, getrf, "2", "210", "210", "0", false)                   \
  ROUTINE(geqrf, geqrf, geqrf, "2", "21", "21", "0", false)                     \
  ROUTINE(geqp3, geqp3, geqp3, "21", "211", "211", "01", false)                 \
  ROUTINE(orgqr, orgqr, ungqr, "21", "2", "2", "0", false)                      \
  ROUTINE(ormqr, ormqr, unmqr, "212", "2", "2", "2", false)                     \
  ROUTINE(gesdd, gesdd, gesdd, "2", "21220", "21220", "0", false)               \
  ROUTINE(gesvd, gesvd, gesvd, "2", "21220", "21220", "0", false)               \
  ROUTINE(syevd, syevd, heevd, "2", "210", "210", "0", false)                   \
  ROUTINE(geev, geev, geev, "2", "11220", "1220", "", false)                    \
  ROUTINE(gees, gees, gees, "2", "221100", "22100", "0", false)                 \
  ROUTINE(gehrd, gehrd, gehrd, "2", "210", "210", "0", false)                   \
  ROUTINE(sytrd, sytrd, hetrd, "2", "21110", "21110", "0", false)               \
  ROUTINE(gtsv, gtsv, gtsv, "1112", "11120", "11120", "0123", false)            \
  ROUTINE(trsm, trsm, trsm, "22", "2", "2", "1", true)

enum {
#define NUMBER(name, ...) name##_number,
  LIST(NUMBER) count_of_routines
};
static gk_routine table[count_of_routines];
#define HANDLER(name, ...) \
  static void* name##_handler(gk_frame* f) { return gk_run(f, &table[name##_number]); }
LIST(HANDLER)
#define ENTRY(name, real, complex, in, outr, outc, from, rows)                                                \
  {{"s" #real, "d" #real, "c" #complex, "z" #complex}, name##_handler, in, {outr, outc}, from,            \
   name##_prepare, name, rows, {NULL}},
static gk_routine table[] = {LIST(ENTRY)};

gk_routine* gk_routines(int* n) {
  *n = count_of_routines;
  return table;
}
