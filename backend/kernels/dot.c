#include <limits.h>
#include <string.h>

#include "lapack.h"
#include "parallel.h"
#include "turn.h"

// Products of matrices: c = a·b for each of a batch. How the operands lie in memory is said by the attribute "plan", a
// list of numbers: whether b is a's transpose (one of the kinds below); m, n, k; the steps of a from row to row and
// from column to column, and those of b; then for each axis of the batch its length, and the steps of a and b along it.
// c lies row by row.

enum { ANY, TRANSPOSE, SECOND_CONJUGATE, FIRST_CONJUGATE, KINDS };

enum { GEMM, GEMV, SYRK, HERK, COUNT };
static gk_routine products[COUNT] = {
    {.names = {"sgemm", "dgemm", "cgemm", "zgemm"}},
    {.names = {"sgemv", "dgemv", "cgemv", "zgemv"}},
    {.names = {"ssyrk", "dsyrk", "csyrk", "zsyrk"}},
    {.names = {"ssyrk", "dsyrk", "cherk", "zherk"}},
};

gk_routine* gk_products(int* n) {
  *n = COUNT;
  return products;
}

enum { HEAD = 8, MOST_AXES = 16 };

typedef struct {
  gk_frame* frame;
  int64_t kind, m, n, k, a_row, a_col, b_row, b_col;
  int64_t axes, size[MOST_AXES], a_step[MOST_AXES], b_step[MOST_AXES];  // of the batch
  int64_t count, tall, broad;  // matrices; rows and columns of c that a task computes, where it does not compute all
  int type;  // LAPACK's, S to Z
  size_t width;
  char *a, *b, *c;
} product;

static const char* prepare(product* p, gk_frame* f) {
  const gk_numbers* v = gk_list_option(f, "plan");
  if (f->args.n != 2 || f->rets.n != 1) return "a product has two operands and one result";
  if (!v || v->n < HEAD || (v->n - HEAD) % 3 || v->n > HEAD + 3 * MOST_AXES) return "the product has no plan";
  gk_buffer *a = f->args.v[0], *b = f->args.v[1], *c = f->rets.v[0];
  const int64_t* x = v->v;
  p->frame = f;
  p->kind = x[0], p->m = x[1], p->n = x[2], p->k = x[3];
  p->a_row = x[4], p->a_col = x[5], p->b_row = x[6], p->b_col = x[7];
  p->axes = (v->n - HEAD) / 3;
  double count = 1;  // in floating point nothing wraps around
  double last_a = (p->m - 1.) * p->a_row + (p->k - 1.) * p->a_col;
  double last_b = (p->k - 1.) * p->b_row + (p->n - 1.) * p->b_col;
  bool bad = p->kind >= KINDS;
  for (size_t i = 0; i < v->n; i++) bad = bad || x[i] < 0 || (i > 0 && i < HEAD && (x[i] < 1 || x[i] > INT_MAX));
  for (int64_t i = 0; i < p->axes; i++) {
    p->size[i] = x[HEAD + 3 * i], p->a_step[i] = x[HEAD + 3 * i + 1], p->b_step[i] = x[HEAD + 3 * i + 2];
    count *= p->size[i];
    last_a += (p->size[i] - 1.) * p->a_step[i], last_b += (p->size[i] - 1.) * p->b_step[i];
  }
  if (bad || last_a >= gk_elements(a) || last_b >= gk_elements(b) || count * p->m * p->n != gk_elements(c))
    return "the plan of the product does not fit its operands";
  p->count = (int64_t)count;
  p->a = a->data, p->b = b->data, p->c = c->data;
  return NULL;
}

// at sets a, b and c to the i-th matrices.
static void at(const product* p, int64_t i, char** a, char** b, char** c) {
  int64_t in_a = 0, in_b = 0, rest = i;
  for (int64_t j = p->axes - 1; j >= 0; j--) {
    int64_t k = rest % p->size[j];
    rest /= p->size[j];
    in_a += k * p->a_step[j], in_b += k * p->b_step[j];
  }
  *a = p->a + in_a * p->width, *b = p->b + in_b * p->width, *c = p->c + i * p->m * p->n * p->width;
}

typedef void* P;
typedef size_t L;
static const double ones[2] = {1, 0}, zeros[2] = {0, 0};
static const float ones32[2] = {1, 0}, zeros32[2] = {0, 0};
static P one(const product* p) { return p->type % 2 ? (P)ones : (P)ones32; }
static P zero(const product* p) { return p->type % 2 ? (P)zeros : (P)zeros32; }
static int most(int64_t a, int64_t b) { return (int)(a > b ? a : b); }

// A matrix that lies row by row is, to BLAS, its transpose: cᵀ = bᵀ·aᵀ.
static void gemm(const product* p, P a, P b, P c) {
  bool at = p->a_col != 1 && p->k > 1, bt = p->b_col != 1 && p->n > 1;
  int m = (int)p->m, n = (int)p->n, k = (int)p->k;
  int lda = at ? most(p->a_col, m) : most(p->a_row, k), ldb = bt ? most(p->b_col, k) : most(p->b_row, n);
  ((void (*)(P, P, P, P, P, P, P, P, P, P, P, P, P, L, L))products[GEMM].f[p->type])(
      bt ? "T" : "N", at ? "T" : "N", &n, &m, &k, one(p), b, &ldb, a, &lda, zero(p), c, &n, 1, 1);
}

// gemv is a matrix of rows by cols, with those steps, times a vector.
static void gemv(const product* p, int64_t rows, int64_t cols, int64_t row, int64_t col, P x, P v, int64_t step, P y) {
  bool t = col == 1 || cols == 1;  // to BLAS it is cols by rows then
  int m = (int)(t ? cols : rows), n = (int)(t ? rows : cols), ld = t ? most(row, m) : most(col, m);
  int in = (int)step, out = 1;
  memset(y, 0, rows * p->width);  // BLAS would multiply what is there by 0
  ((void (*)(P, P, P, P, P, P, P, P, P, P, P, L))products[GEMV].f[p->type])(
      t ? "T" : "N", &m, &n, one(p), x, &ld, v, &in, one(p), y, &out, 1);
}

static bool some(void* context, int64_t from, int64_t to) {
  const product* p = context;
  for (int64_t i = from; i < to; i++) {
    char *a, *b, *c;
    at(p, i, &a, &b, &c);
    if (p->n == 1)
      gemv(p, p->m, p->k, p->a_row, p->a_col, a, b, p->b_row, c);
    else if (p->m == 1)
      gemv(p, p->n, p->k, p->b_col, p->b_row, b, a, p->a_col, c);
    else
      gemm(p, a, b, c);
  }
  return true;
}

static const char* typed(product* p, int type) {
  switch (type) {
    case 11: p->type = 0, p->width = 4; break;
    case 12: p->type = 1, p->width = 8; break;
    case 15: p->type = 2, p->width = 8; break;
    case 18: p->type = 3, p->width = 16; break;
    default: return "the elements are none of BLAS's types";
  }
  return products[GEMM].f[p->type] ? NULL : "OpenBLAS is not loaded";
}

// OpenBLAS has threads of its own, which it uses for products of more than so many multiplications. They are not to be
// asked from several threads at once.
enum { ALONE = 1 << 18 };

// x times its own transpose: one triangle, and its mirror image.

enum { TILE = 32 };

// A conjugate image has the imaginary parts with the other sign; flipped has it the triangle instead.
#define MIRROR(name, real, parts)                                                                                  \
  static void name(real* c, int64_t n, int64_t from, int64_t to, real image, real triangle) {                      \
    for (int64_t i0 = from; i0 < to; i0 += TILE)                                                                   \
      for (int64_t j0 = 0; j0 < i0 + TILE; j0 += TILE)                                                             \
        for (int64_t j = j0; j < j0 + TILE && j < n; j++)                                                          \
          for (int64_t i = i0 > j ? i0 : j + 1; i < i0 + TILE && i < to; i++) {                                    \
            real *x = c + parts * (j * n + i), *y = c + parts * (i * n + j);                                       \
            y[0] = x[0];                                                                                           \
            if (parts == 2) y[parts - 1] = image * x[parts - 1], x[parts - 1] *= triangle;                         \
          }                                                                                                        \
  }
MIRROR(mirror_s, float, 1)
MIRROR(mirror_d, double, 1)
MIRROR(mirror_c, float, 2)
MIRROR(mirror_z, double, 2)

typedef struct { const product* p; P c; int image, triangle; } triangle;

static bool mirror(void* context, int64_t from, int64_t to) {
  const triangle* t = context;
  int64_t n = t->p->n;
  from *= TILE, to = to * TILE < n ? to * TILE : n;
  switch (t->p->type) {
    case 0: mirror_s(t->c, n, from, to, t->image, t->triangle); break;
    case 1: mirror_d(t->c, n, from, to, t->image, t->triangle); break;
    case 2: mirror_c(t->c, n, from, to, t->image, t->triangle); break;
    case 3: mirror_z(t->c, n, from, to, t->image, t->triangle); break;
  }
  return true;
}

static void* symmetric(const product* p, P a, P c) {
  bool t = p->a_col == 1, adjoint = p->kind != TRANSPOSE;
  int n = (int)p->n, k = (int)p->k, ld = t ? most(p->a_row, k) : most(p->a_col, n);
  // To BLAS c is its own transpose, whose lower triangle is c's upper one.
  ((void (*)(P, P, P, P, P, P, P, P, P, P, L, L))products[adjoint ? HERK : SYRK].f[p->type])(
      "L", !t ? "N" : adjoint ? "C" : "T", &n, &k, one(p), a, &ld, zero(p), c, &n, 1, 1);
  bool flipped = adjoint && t == (p->kind == FIRST_CONJUGATE);
  triangle m = {p, c, adjoint && !flipped ? -1 : 1, flipped ? -1 : 1};
  return gk_each(p->frame, (n + TILE - 1) / TILE, TILE * (double)n, mirror, &m);
}

bool gk_zen4(void) {
#ifdef __x86_64__
  return __builtin_cpu_is("amdfam19h") && __builtin_cpu_supports("avx512f");
#else
  return false;
#endif
}

// gk_dot is the handler.
void* gk_dot(gk_frame* f) {
  if (!gk_executes(f)) return NULL;
  product p;
  const char* bad = prepare(&p, f);
  if (!bad) bad = typed(&p, f->args.v[0]->type);
  bool own = p.kind != ANY;
  if (!bad && own && (p.m != p.n || p.a_row != p.b_col || p.a_col != p.b_row)) bad = "b is not the transpose of a";
  if (bad) return gk_failed(f->api, bad);
  double cost = (double)p.m * p.n * p.k;
  if (cost <= ALONE && !own) return gk_each(f, p.count, 2 * cost, some, &p);
  void* err = NULL;
  for (int64_t i = 0; i < p.count && !err; i++) {
    char *a, *b, *c;
    at(&p, i, &a, &b, &c);
    if (own)
      err = symmetric(&p, a, c);
    else
      some(&p, i, i + 1);
  }
  return err;
}

// Products of integers are not BLAS's.

enum { ROWS = 6, TALL = 96, DEEP = 256 };

#define T_32 uint32_t
#define T_64 uint64_t
#define BODY "int_dot.h"
#include "targets.h"

// gk_int_dot is the handler for integers of 32 and 64 bits.
void* gk_int_dot(gk_frame* f) {
  if (!gk_executes(f)) return NULL;
  product p;
  const char* bad = prepare(&p, f);
  if (!bad && p.kind != ANY) bad = "products of integers are of one kind";
  if (bad) return gk_failed(f->api, bad);
  static void* (*const dot[][2])(product*) = {EACH(dot)};
  switch (f->args.v[0]->type) {
    case 4: case 8: p.width = 4; return dot[gk_processor()][0](&p);
    case 5: case 9: p.width = 8; return dot[gk_processor()][1](&p);
  }
  return gk_failed(f->api, "the elements are no integers of 32 or 64 bits");
}

// Small products of floats are done before BLAS has begun.

enum { SMALL = 64, SMALL_ROWS = 8 };
#define SMALL_VECTOR (VECTOR < 32 ? VECTOR : 32)  // longer ones would be emptier
#define SMALL_LANES (8 * SMALL_VECTOR / BITS)

#undef T_32
#undef T_64
#undef BODY
#define T_32 float
#define T_64 double
#define BODY "small_dot.h"
#include "targets.h"

// gk_small_dot is the handler for float32 and float64.
void* gk_small_dot(gk_frame* f) {
  if (!gk_executes(f)) return NULL;
  product p;
  const char* bad = prepare(&p, f);
  if (!bad && (p.kind != ANY || p.k > SMALL)) bad = "the product is not a small one";
  if (bad) return gk_failed(f->api, bad);
  static bool (*const some[][2])(void*, int64_t, int64_t) = {EACH(small_some)};
  int type = f->args.v[0]->type;
  if (type != 11 && type != 12) return gk_failed(f->api, "the elements are no floats of 32 or 64 bits");
  p.width = type == 11 ? 4 : 8;
  return gk_each(f, p.count, (double)p.m * p.n * p.k / 4, some[gk_processor()][type == 12], &p);
}

// Larger products of floats have their factors packed. OpenBLAS would use threads of its own, which do not sleep for a
// while after it, on the cores that XLA's need.

static int64_t up(int64_t a, int64_t b) { return (a + b - 1) / b; }

#define HIGH (VECTOR == 64 ? 12 : 6)  // rows and columns that are computed at once
#define WIDE (2 * LANES)

#undef BODY
#define BODY "float_dot.h"
#include "targets.h"

// gk_float_dot is the handler for float32 and float64.
void* gk_float_dot(gk_frame* f) {
  if (!gk_executes(f)) return NULL;
  product p;
  const char* bad = prepare(&p, f);
  if (!bad && p.kind != ANY) bad = "packed products are of one kind";
  if (!bad && ((p.a_row != 1 && p.a_col != 1) || (p.b_row != 1 && p.b_col != 1))) bad = "a matrix lies apart";
  if (bad) return gk_failed(f->api, bad);
  static void* (*const dot[][2])(product*) = {EACH(float_dot)};
  int type = f->args.v[0]->type;
  if (type != 11 && type != 12) return gk_failed(f->api, "the elements are no floats of 32 or 64 bits");
  p.width = type == 11 ? 4 : 8;
  return dot[gk_processor()][type == 12](&p);
}
