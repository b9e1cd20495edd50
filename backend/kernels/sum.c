#include "builtin.h"

#include <string.h>

#include "parallel.h"
#include "vectors.h"
#include "rounded.h"

// Sums are read row by row, several rows together, so that memory is read once and in order. Those of many rows are
// added up in parts, and the parts in float64.

enum {
  TOGETHER = 8,       // rows that are added up before they are added to the sums
  STRIP = 16 << 10,   // bytes of a row that are read before the next rows
  DEEP = 512,         // rows of a part, at most
  UNIT = 1 << 18,     // elements of a part, about, where there are few planes
  FEW = 64,           // such planes, or strips of them
  NARROW = 6 << 10,   // bytes of a row, up to which two are taken for one: processors do not foresee shorter steps
};

enum { PLAIN, NUMBERS, SQUARES, SQUARED_NUMBERS, COUNT, TERMS };

// adder adds to n sums the terms of rows of x that lie step elements apart, from which the row c is subtracted.
typedef void adder(const void* x, const void* c, int64_t rows, int64_t step, int64_t n, void* sums);

#define ADD(name, T, TERM)                                                                                             \
  WIDE static void name(const void* xs, const void* cs, int64_t rows, int64_t step, int64_t n, void* sums) {           \
    const T *x = xs, *c = cs;                                                                                          \
    T* restrict sum = sums;                                                                                            \
    (void)c;                                                                                                           \
    int64_t i = 0;                                                                                                     \
    for (; i + TOGETHER <= rows; i += TOGETHER, x += TOGETHER * step)                                                  \
      for (int64_t j = 0; j < n; j++)                                                                                  \
        sum[j] += ((TERM(T, j) + TERM(T, j + step)) + (TERM(T, j + 2 * step) + TERM(T, j + 3 * step))) +               \
                  ((TERM(T, j + 4 * step) + TERM(T, j + 5 * step)) + (TERM(T, j + 6 * step) + TERM(T, j + 7 * step))); \
    for (; i < rows; i++, x += step)                                                                                   \
      for (int64_t j = 0; j < n; j++) sum[j] += TERM(T, j);                                                            \
  }
#define ELEMENT(T, i) x[i]
#define NUMBER(T, i) (x[i] == x[i] ? x[i] : 0)
#define SQUARE(T, i) ((x[i] - c[j]) * (x[i] - c[j]))
#define SQUARED_NUMBER(T, i) (x[i] == x[i] ? SQUARE(T, i) : 0)
#define IS_NUMBER(T, i) (T)(x[i] == x[i])

// kind is what is done with floats of one type. tile repeats n elements until there are all; fold adds n groups of sums
// to the first one; join adds up the first, given columns of n rows.
typedef struct {
  adder* add[TERMS];
  void (*tile)(const void* from, int64_t n, void* to, int64_t all);
  void (*fold)(void* sums, int64_t columns, int64_t n);
  void (*join)(const void* rows, int64_t n, int64_t columns, int64_t given, void* sums);
} kind;

#define KIND(T, name)                                                                                                  \
  ADD(plain_##name, T, ELEMENT)                                                                                        \
  ADD(numbers_##name, T, NUMBER)                                                                                       \
  ADD(squares_##name, T, SQUARE)                                                                                       \
  ADD(squared_numbers_##name, T, SQUARED_NUMBER)                                                                       \
  ADD(count_##name, T, IS_NUMBER)                                                                                      \
  WIDE static void tile_##name(const void* from, int64_t n, void* to, int64_t all) {                                   \
    T *v = to, one = *(const T*)from;                                                                                  \
    if (n == 1)                                                                                                        \
      for (int64_t i = 0; i < all; i++) v[i] = one;                                                                    \
    else                                                                                                               \
      for (int64_t i = 0; i < all; i++) v[i] = i < n ? ((const T*)from)[i] : v[i - n];                                 \
  }                                                                                                                    \
  WIDE static void fold_##name(void* sums, int64_t columns, int64_t n) {                                               \
    T* s = sums;                                                                                                       \
    for (n /= 2; n > 0; n /= 2)                                                                                        \
      for (int64_t j = 0; j < n * columns; j++) s[j] += s[j + n * columns];                                            \
  }                                                                                                                    \
  WIDE static void join_##name(const void* rows, int64_t n, int64_t columns, int64_t given, void* sums) {              \
    const T* row = rows;                                                                                               \
    for (int64_t j = 0; j < given; j += TOGETHER) {                                                                    \
      double sum[TOGETHER] = {0};                                                                                      \
      int64_t m = given - j < TOGETHER ? given - j : TOGETHER;                                                         \
      if (m == TOGETHER)                                                                                               \
        for (int64_t i = 0; i < n; i++)                                                                                \
          for (int k = 0; k < TOGETHER; k++) sum[k] += row[i * columns + j + k];                                       \
      else                                                                                                             \
        for (int64_t i = 0; i < n; i++)                                                                                \
          for (int k = 0; k < m; k++) sum[k] += row[i * columns + j + k];                                              \
      for (int k = 0; k < m; k++) ((T*)sums)[j + k] = (T)sum[k];                                                       \
    }                                                                                                                  \
  }                                                                                                                    \
  static const kind name = {{plain_##name, numbers_##name, squares_##name, squared_numbers_##name, count_##name},      \
                            tile_##name, fold_##name, join_##name};
KIND(float, f32)
KIND(double, f64)

// sum is a call: planes of rows by columns are added up over the rows. Of narrow ones, fold rows are taken for one that
// is so much wider. Blocks of rows have sums of their own, in part, which is y where there is one block.
typedef struct {
  const kind* kind;
  adder* add;
  int64_t planes, rows, columns, fold, deep, blocks, strip, strips;
  int64_t width;                    // bytes of an element
  const char *x, *c;
  bool one;                         // c is one number
  char *parts, *z;
} sum;

static int64_t least(int64_t a, int64_t b) { return a < b ? a : b; }

// row is n of what is subtracted in a plane, from column at on.
static const void* row(const sum* s, int64_t plane, int64_t at, int64_t n, void* memory) {
  if (!s->c) return NULL;
  const char* c = s->one ? s->c : s->c + (plane * s->columns + at) * s->width;
  if (!s->one && s->fold == 1) return c;
  s->kind->tile(c, s->one ? 1 : s->columns, memory, n);
  return memory;
}

static bool blocks(void* context, int64_t from, int64_t to) {
  const sum* s = context;
  _Alignas(64) char memory[STRIP], folded[STRIP];
  int64_t step = s->columns * s->fold, high = s->deep * s->fold;
  for (int64_t u = from; u < to; u++) {
    int64_t at = u % s->strips * s->strip, n = least(s->strip, s->columns - at), wide = n * s->fold;
    int64_t part = u / s->strips, plane = part / s->blocks, first = part % s->blocks * high;
    int64_t rows = least(high, s->rows - first), left = rows % s->fold;
    const char* x = s->x + ((plane * s->rows + first) * s->columns + at) * s->width;
    const void* c = row(s, plane, at, wide, memory);
    char *sums = s->parts + (part * s->columns + at) * s->width, *to = s->fold > 1 ? folded : sums;
    memset(to, 0, wide * s->width);
    s->add(x, c, rows / s->fold, step, wide, to);
    if (s->fold == 1) continue;
    s->add(x + (rows - left) * s->columns * s->width, c, 1, 0, left * n, to);
    s->kind->fold(to, n, s->fold);
    memcpy(sums, to, n * s->width);
  }
  return true;
}

static bool join(void* context, int64_t from, int64_t to) {
  const sum* s = context;
  for (int64_t u = from; u < to; u++) {
    int64_t plane = u / s->strips, at = u % s->strips * s->strip;
    s->kind->join(s->parts + (plane * s->blocks * s->columns + at) * s->width, s->blocks, s->columns,
                  least(s->strip, s->columns - at), s->z + (plane * s->columns + at) * s->width);
  }
  return true;
}

static const char* prepare(sum* s, gk_frame* f) {
  int64_t terms = gk_option(f, "terms", -1);
  if (terms < 0 || terms >= TERMS || f->args.n != (terms == SQUARES || terms == SQUARED_NUMBERS ? 2 : 1) ||
      f->rets.n != 1)
    return "the number of operands or results is wrong";
  const gk_buffer *x = f->args.v[0], *c = f->args.n == 2 ? f->args.v[1] : NULL, *z = f->rets.v[0];
  if (x->type != 11 && x->type != 12) return "the elements are not of float32 or float64";
  if (z->type != x->type || (c && c->type != x->type)) return "the types differ";
  s->kind = x->type == 11 ? &f32 : &f64, s->add = s->kind->add[terms], s->width = (int64_t)gk_width(x->type);
  s->rows = gk_option(f, "rows", 0), s->columns = gk_option(f, "columns", 0);
  int64_t sums = gk_elements(z);
  s->one = c && gk_elements(c) == 1;
  if (s->rows < 1 || s->columns < 1 || sums % s->columns || gk_elements(x) % s->rows ||
      gk_elements(x) / s->rows != sums || (c && !s->one && gk_elements(c) != sums))
    return "the shapes do not fit";
  s->planes = sums / s->columns, s->x = x->data, s->c = c ? c->data : NULL, s->z = z->data;
  return NULL;
}

// divide cuts the work up, by the shape alone.
static void divide(sum* s) {
  for (s->fold = 1; s->columns * s->fold * s->width < NARROW && s->rows >= 4 * TOGETHER * s->fold;) s->fold *= 2;
  s->strip = least(s->columns, STRIP / s->width);
  s->strips = (s->columns + s->strip - 1) / s->strip;
  int64_t rows = (s->rows + s->fold - 1) / s->fold;
  s->deep = s->planes * s->strips >= FEW ? DEEP : least(DEEP, UNIT / (s->strip * s->fold) / TOGETHER * TOGETHER);
  s->blocks = (rows + s->deep - 1) / s->deep;
}

void* gk_sum(gk_frame* f) {
  if (!gk_executes(f)) return NULL;
  sum s = {0};
  const char* bad = prepare(&s, f);
  if (bad) return gk_failed(f->api, bad);
  if (!s.planes) return NULL;
  divide(&s);
  s.parts = s.blocks > 1 ? gk_take(s.planes * s.blocks * s.columns * s.width) : s.z;
  if (!s.parts) return gk_failed(f->api, gk_no_memory);
  double unit = least(s.rows, s.deep * s.fold) * s.strip;
  void* error = gk_each(f, s.planes * s.blocks * s.strips, unit, blocks, &s);
  if (s.parts == s.z) return error;
  if (!error) error = gk_each(f, s.planes * s.strips, (double)s.blocks * s.strip, join, &s);
  gk_give(s.parts);
  return error;
}
