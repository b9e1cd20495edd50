#include "builtin.h"

#include <string.h>

#include "parallel.h"
#include "vectors.h"
#include "rounded.h"

// Arrays are read row by row, several rows together, so that memory is read once and in order. Many rows are reduced in
// parts, and the sums of the parts are added up in float64.

enum {
  TOGETHER = 8,       // rows that are reduced before they are joined to what there is
  STRIP = 16 << 10,   // bytes of a row that are read before the next rows
  DEEP = 512,         // rows of a part, at most
  UNIT = 1 << 18,     // elements of a part, about, where there are few planes
  FEW = 64,           // such planes, or strips of them
  NARROW = 6 << 10,   // bytes of a row, up to which two are taken for one: processors do not foresee shorter steps
};

enum { PLAIN, NUMBERS, SQUARES, SQUARED_NUMBERS, COUNT, MAXIMUM, MINIMUM };

// reducer joins to n results the terms of rows of x that lie step elements apart, from which the row c is subtracted.
typedef void reducer(const void* x, const void* c, int64_t rows, int64_t step, int64_t n, void* results);

// A reducer is for elements T and results R: TERM is what becomes of an element, JOIN of two terms.
#define REDUCER(name, T, R, TERM, JOIN)                                                                         \
  WIDE static void name(const void* xs, const void* cs, int64_t rows, int64_t step, int64_t n, void* results) { \
    const T *x = xs, *c = cs;                                                                                   \
    R* y = results;                                                                                             \
    (void)c;                                                                                                    \
    int64_t i = 0;                                                                                              \
    for (; i + TOGETHER <= rows; i += TOGETHER, x += TOGETHER * step)                                           \
      APART for (int64_t j = 0; j < n; j++) {                                                                   \
        R a = JOIN(TERM(R, j), TERM(R, j + step)), b = JOIN(TERM(R, j + 2 * step), TERM(R, j + 3 * step));      \
        R d = JOIN(TERM(R, j + 4 * step), TERM(R, j + 5 * step));                                               \
        R e = JOIN(TERM(R, j + 6 * step), TERM(R, j + 7 * step)), ab = JOIN(a, b), de = JOIN(d, e);             \
        R all = JOIN(ab, de);                                                                                   \
        y[j] = JOIN(y[j], all);                                                                                 \
      }                                                                                                         \
    for (; i < rows; i++, x += step)                                                                            \
      APART for (int64_t j = 0; j < n; j++) {                                                                   \
        R one = TERM(R, j);                                                                                     \
        y[j] = JOIN(y[j], one);                                                                                 \
      }                                                                                                         \
  }

// line is the result of n terms of x.
typedef void line(const void* x, int64_t n, void* result);

// Integers may be joined in any order, so that compilers make vectors of a line.
#define LINE(name, T, R, TERM, JOIN, NONE)                                \
  REDUCER(name, T, R, TERM, JOIN)                                         \
  WIDE static void line_##name(const void* xs, int64_t n, void* result) { \
    const T* x = xs;                                                      \
    R all = NONE;                                                         \
    for (int64_t j = 0; j < n; j++) {                                     \
      R one = TERM(R, j);                                                 \
      all = JOIN(all, one);                                               \
    }                                                                     \
    *(R*)result = all;                                                    \
  }

#define PLUS(a, b) ((a) + (b))
#define MORE(a, b) ((a) > (b) ? (a) : (b))
#define LESS(a, b) ((a) < (b) ? (a) : (b))

#define ELEMENT(R, i) (R)(x[i])
#define NUMBER(R, i) (x[i] == x[i] ? x[i] : 0)
#define SQUARE(R, i) ((x[i] - c[j]) * (x[i] - c[j]))
#define SQUARED_NUMBER(R, i) (x[i] == x[i] ? SQUARE(R, i) : 0)
#define IS_NUMBER(R, i) (R)(x[i] == x[i])

// kind is what is done with results of one type. none changes no result. again joins rows of results. add, if there is
// one, does so in float64: it adds up the first columns, given of them, of n rows. Ranks become numbers by finish.
typedef struct {
  int64_t width;
  const void* none;
  reducer* again;
  void (*add)(const void* rows, int64_t n, int64_t columns, int64_t given, void* results);
  void (*finish)(void* results, int64_t n);
} kind;

#define ADD(name, T)                                                                                  \
  WIDE static void name(const void* rows, int64_t n, int64_t columns, int64_t given, void* results) { \
    const T* row = rows;                                                                              \
    for (int64_t j = 0; j < given; j += TOGETHER) {                                                   \
      double sum[TOGETHER] = {0};                                                                     \
      int64_t m = given - j < TOGETHER ? given - j : TOGETHER;                                        \
      if (m == TOGETHER)                                                                              \
        for (int64_t i = 0; i < n; i++)                                                               \
          for (int k = 0; k < TOGETHER; k++) sum[k] += row[i * columns + j + k];                      \
      else                                                                                            \
        for (int64_t i = 0; i < n; i++)                                                               \
          for (int k = 0; k < m; k++) sum[k] += row[i * columns + j + k];                             \
      for (int k = 0; k < m; k++) ((T*)results)[j + k] = (T)sum[k];                                   \
    }                                                                                                 \
  }
#define KIND(name, R, NONE, again, add, finish) \
  static const R none_##name = NONE;            \
  static const kind name = {sizeof(R), &none_##name, again, add, finish};

#define LOWEST(R) (R)((R)-1 < 0 ? 1ull << (8 * sizeof(R) - 1) : 0)
#define HIGHEST(R) (R)(~LOWEST(R))

// Extremes of floats are those of ranks: their bits as integers, which have the floats' order once those of negative
// numbers are turned round. So -0 is below +0, no subnormal number is 0, and NaN goes before all numbers.
#define RANKS(name, R, infinity, quiet)                                                      \
  static inline R rank_##name(R v) { return v ^ ((v >> (8 * sizeof(R) - 1)) & HIGHEST(R)); } \
  static inline R or_nan_##name(R v, R nan) {                                                \
    R none = -(R)((v & HIGHEST(R)) > infinity);                                              \
    return rank_##name((v & ~none) | (nan & none));                                          \
  }                                                                                          \
  static inline R most_##name(R v) { return or_nan_##name(v, quiet); }                       \
  static inline R least_##name(R v) { return or_nan_##name(v, quiet | LOWEST(R)); }          \
  static void finish_##name(void* ranks, int64_t n) {                                        \
    for (R* v = ranks; n--; v++) *v = rank_##name(*v);                                       \
  }
RANKS(f32, int32_t, 0x7f800000, 0x7fc00000)
RANKS(f64, int64_t, 0x7ff0000000000000, 0x7ff8000000000001)
#define MOST_F32(R, i) most_f32(x[i])
#define LEAST_F32(R, i) least_f32(x[i])
#define MOST_F64(R, i) most_f64(x[i])
#define LEAST_F64(R, i) least_f64(x[i])

#define SUMS(name, T)                                         \
  ADD(add_##name, T)                                          \
  REDUCER(plain_##name, T, T, ELEMENT, PLUS)                  \
  REDUCER(numbers_##name, T, T, NUMBER, PLUS)                 \
  REDUCER(squares_##name, T, T, SQUARE, PLUS)                 \
  REDUCER(squared_numbers_##name, T, T, SQUARED_NUMBER, PLUS) \
  REDUCER(count_##name, T, T, IS_NUMBER, PLUS)                \
  KIND(sums_##name, T, 0, plain_##name, add_##name, NULL)
#define EXTREMES(name, R, MOST, LEAST, again, finish)              \
  LINE(maximum_##name, R, R, MOST, MORE, LOWEST(R))                \
  LINE(minimum_##name, R, R, LEAST, LESS, HIGHEST(R))              \
  KIND(maxima_##name, R, LOWEST(R), maximum_##again, NULL, finish) \
  KIND(minima_##name, R, HIGHEST(R), minimum_##again, NULL, finish)
#define INTEGERS(name, T) EXTREMES(name, T, ELEMENT, ELEMENT, name, NULL)
INTEGERS(s8, int8_t)
INTEGERS(s16, int16_t)
INTEGERS(s32, int32_t)
INTEGERS(s64, int64_t)
INTEGERS(u8, uint8_t)
INTEGERS(u16, uint16_t)
INTEGERS(u32, uint32_t)
INTEGERS(u64, uint64_t)
EXTREMES(f32, int32_t, MOST_F32, LEAST_F32, s32, finish_f32)
EXTREMES(f64, int64_t, MOST_F64, LEAST_F64, s64, finish_f64)
SUMS(f32, float)
SUMS(f64, double)

// Sums of integers are those of their bits, whatever their signs.
LINE(plain_32, uint32_t, uint32_t, ELEMENT, PLUS, 0)
LINE(plain_64, uint64_t, uint64_t, ELEMENT, PLUS, 0)
KIND(sums_32, uint32_t, 0, plain_32, NULL, NULL)
KIND(sums_64, uint64_t, 0, plain_64, NULL, NULL)
LINE(s32_to_64, int32_t, uint64_t, ELEMENT, PLUS, 0)
LINE(u32_to_64, uint32_t, uint64_t, ELEMENT, PLUS, 0)
#define SHORT(name, T)                              \
  LINE(name##_to_32, T, uint32_t, ELEMENT, PLUS, 0) \
  LINE(name##_to_64, T, uint64_t, ELEMENT, PLUS, 0)
SHORT(s8, int8_t)
SHORT(s16, int16_t)
SHORT(u8, uint8_t)
SHORT(u16, uint16_t)

// reduction is how terms of elements of a type, as XLA numbers them, become results of another.
typedef struct {
  int64_t terms;
  int from, to;
  const kind* kind;
  reducer* reduce;
  line* line;  // floats that are added up have none
} reduction;

#define OF_FLOATS(type, name)                                                                                       \
  {PLAIN, type, type, &sums_##name, plain_##name, NULL}, {NUMBERS, type, type, &sums_##name, numbers_##name, NULL}, \
  {SQUARES, type, type, &sums_##name, squares_##name, NULL}, {COUNT, type, type, &sums_##name, count_##name, NULL}, \
  {SQUARED_NUMBERS, type, type, &sums_##name, squared_numbers_##name, NULL}, OF_EXTREMES(type, name)
#define OF_EXTREMES(type, name)                                               \
  {MAXIMUM, type, type, &maxima_##name, maximum_##name, line_maximum_##name}, \
  {MINIMUM, type, type, &minima_##name, minimum_##name, line_minimum_##name}
#define OF_SUMS(type, name, bits, to) \
  {PLAIN, type, to, &sums_##bits, name, line_##name}, {PLAIN, type, to + 4, &sums_##bits, name, line_##name}
static const reduction reductions[] = {
    OF_FLOATS(11, f32), OF_FLOATS(12, f64),
    OF_EXTREMES(1, u8), OF_SUMS(1, u8_to_32, 32, 4), OF_SUMS(1, u8_to_64, 64, 5),
    OF_EXTREMES(2, s8), OF_SUMS(2, s8_to_32, 32, 4), OF_SUMS(2, s8_to_64, 64, 5),
    OF_EXTREMES(3, s16), OF_SUMS(3, s16_to_32, 32, 4), OF_SUMS(3, s16_to_64, 64, 5),
    OF_EXTREMES(4, s32), OF_SUMS(4, plain_32, 32, 4), OF_SUMS(4, s32_to_64, 64, 5),
    OF_EXTREMES(5, s64), OF_SUMS(5, plain_64, 64, 5),
    OF_EXTREMES(6, u8), OF_SUMS(6, u8_to_32, 32, 4), OF_SUMS(6, u8_to_64, 64, 5),
    OF_EXTREMES(7, u16), OF_SUMS(7, u16_to_32, 32, 4), OF_SUMS(7, u16_to_64, 64, 5),
    OF_EXTREMES(8, u32), OF_SUMS(8, plain_32, 32, 4), OF_SUMS(8, u32_to_64, 64, 5),
    OF_EXTREMES(9, u64), OF_SUMS(9, plain_64, 64, 5),
};

static const reduction* reduction_of(int64_t terms, int from, int to) {
  for (size_t i = 0; i < sizeof reductions / sizeof *reductions; i++) {
    const reduction* r = &reductions[i];
    if (r->terms == terms && r->from == from && r->to == to) return r;
  }
  return NULL;
}

// A call reduces planes of rows by columns over the rows. Of narrow ones, fold rows are taken for one that is so much
// wider. Blocks of rows have results of their own, in parts, which is z where there is one block of numbers.
typedef struct {
  const reduction* by;
  int64_t planes, rows, columns, fold, deep, blocks, strip, strips;
  int64_t from, to;  // bytes of an element, and of a result
  const char *x, *c;
  bool one;          // c is one number
  bool lines;        // there is one column, whose elements are reduced as they lie
  char *parts, *z;
} call;

static int64_t least(int64_t a, int64_t b) { return a < b ? a : b; }

// repeat writes the bytes of from again and again, until there are all.
static void repeat(const void* from, int64_t bytes, char* to, int64_t all) {
  memcpy(to, from, least(bytes, all));
  for (int64_t n = bytes; n < all; n *= 2) memcpy(to + n, to, least(n, all - n));
}

// row is n of what is subtracted in a plane, from column at on.
static const void* row(const call* s, int64_t plane, int64_t at, int64_t n, char* memory) {
  if (!s->c) return NULL;
  const char* c = s->one ? s->c : s->c + (plane * s->columns + at) * s->from;
  if (!s->one && s->fold == 1) return c;
  repeat(c, s->one ? s->from : s->columns * s->from, memory, n * s->from);
  return memory;
}

static bool lines(void* context, int64_t from, int64_t to) {
  const call* s = context;
  for (int64_t u = from; u < to; u++) {
    int64_t at = s->blocks == 1 ? 0 : u % s->blocks * s->deep, plane = s->blocks == 1 ? u : u / s->blocks;
    s->by->line(s->x + (plane * s->rows + at) * s->from, least(s->deep, s->rows - at), s->parts + u * s->to);
  }
  return true;
}

static bool blocks(void* context, int64_t from, int64_t to) {
  const call* s = context;
  const kind* k = s->by->kind;
  _Alignas(64) char memory[STRIP], folded[STRIP];
  int64_t step = s->columns * s->fold, high = s->deep * s->fold;
  for (int64_t u = from; u < to; u++) {
    int64_t at = u % s->strips * s->strip, n = least(s->strip, s->columns - at), wide = n * s->fold;
    int64_t part = u / s->strips, plane = part / s->blocks, first = part % s->blocks * high;
    int64_t rows = least(high, s->rows - first), left = rows % s->fold;
    const char* x = s->x + ((plane * s->rows + first) * s->columns + at) * s->from;
    const void* c = row(s, plane, at, wide, memory);
    char *results = s->parts + (part * s->columns + at) * s->to, *y = s->fold > 1 ? folded : results;
    repeat(k->none, s->to, y, wide * s->to);
    s->by->reduce(x, c, rows / s->fold, step, wide, y);
    if (s->fold == 1) continue;
    s->by->reduce(x + (rows - left) * s->columns * s->from, c, 1, 0, left * n, y);
    for (int64_t half = s->fold / 2 * n; half >= n; half /= 2) k->again(y + half * s->to, NULL, 1, 0, half, y);
    memcpy(results, y, n * s->to);
  }
  return true;
}

static bool join(void* context, int64_t from, int64_t to) {
  const call* s = context;
  const kind* k = s->by->kind;
  for (int64_t u = from; u < to; u++) {
    int64_t plane = u / s->strips, at = u % s->strips * s->strip, n = least(s->strip, s->columns - at);
    const char* parts = s->parts + (plane * s->blocks * s->columns + at) * s->to;
    char* z = s->z + (plane * s->columns + at) * s->to;
    if (k->add) {
      k->add(parts, s->blocks, s->columns, n, z);
      continue;
    }
    repeat(k->none, s->to, z, n * s->to);
    k->again(parts, NULL, s->blocks, s->columns, n, z);
    if (k->finish) k->finish(z, n);
  }
  return true;
}

static const char* prepare(call* s, gk_frame* f) {
  int64_t terms = gk_option(f, "terms", -1);
  if (f->args.n != (terms == SQUARES || terms == SQUARED_NUMBERS ? 2 : 1) || f->rets.n != 1)
    return "the number of operands or results is wrong";
  const gk_buffer *x = f->args.v[0], *c = f->args.n == 2 ? f->args.v[1] : NULL, *z = f->rets.v[0];
  s->by = reduction_of(terms, x->type, z->type);
  if (!s->by || (c && c->type != x->type)) return "there are no such terms of these types";
  s->from = (int64_t)gk_width(x->type), s->to = s->by->kind->width;
  s->rows = gk_option(f, "rows", 0), s->columns = gk_option(f, "columns", 0);
  int64_t results = gk_elements(z);
  s->one = c && gk_elements(c) == 1;
  if (s->rows < 1 || s->columns < 1 || results % s->columns || gk_elements(x) % s->rows ||
      gk_elements(x) / s->rows != results || (c && !s->one && gk_elements(c) != results))
    return "the shapes do not fit";
  s->planes = results / s->columns, s->x = x->data, s->c = c ? c->data : NULL, s->z = z->data;
  return NULL;
}

// divide cuts the work up, by the shape alone.
static void divide(call* s) {
  int64_t width = s->from > s->to ? s->from : s->to;
  s->lines = s->columns == 1 && s->by->line;
  s->fold = 1;
  if (!s->lines)
    while (s->columns * s->fold * width < NARROW && s->rows >= 4 * TOGETHER * s->fold) s->fold *= 2;
  s->strip = least(s->columns, STRIP / width);
  s->strips = (s->columns + s->strip - 1) / s->strip;
  int64_t rows = (s->rows + s->fold - 1) / s->fold;
  s->deep = s->planes * s->strips >= FEW ? DEEP : least(DEEP, UNIT / (s->strip * s->fold) / TOGETHER * TOGETHER);
  if (s->lines) s->deep = UNIT;
  s->blocks = (rows + s->deep - 1) / s->deep;
}

void* gk_reduce(gk_frame* f) {
  if (!gk_executes(f)) return NULL;
  call s = {0};
  const char* bad = prepare(&s, f);
  if (bad) return gk_failed(f->api, bad);
  if (!s.planes) return NULL;
  divide(&s);
  bool parts = s.blocks > 1 || s.by->kind->finish;
  s.parts = parts ? gk_take(s.planes * s.blocks * s.columns * s.to) : s.z;
  if (!s.parts) return gk_failed(f->api, gk_no_memory);
  double unit = least(s.rows, s.deep * s.fold) * s.strip;
  void* error = gk_each(f, s.planes * s.blocks * s.strips, unit, s.lines ? lines : blocks, &s);
  if (!parts) return error;
  if (!error) error = gk_each(f, s.planes * s.strips, (double)s.blocks * s.strip, join, &s);
  gk_give(s.parts);
  return error;
}
