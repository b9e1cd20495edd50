#include "builtin.h"

#include <string.h>

#include "sort.h"
#include "vectors.h"
#include "rounded.h"

enum {
  BUNDLE = 8,     // runs that are computed at once
  LONGEST = 512,  // elements of one of them, where a row is cut into such runs
  SHORT = 64,     // rows up to this length are not cut
  STRIP = 512,    // columns that are computed at once
};

enum { ADD, MULTIPLY, MAX, MIN };

// way says how extremes are found: by the greatest of unsigned numbers. That of v is v ^ (bias | fold), fold only where
// v has a sign, then ^ flip; of NaN, whose bits without the sign are more than infinity, it is the greatest there is,
// which stands for the bits nan.
typedef struct { uint64_t bias, fold, flip, infinity, nan; } way;

// scanner is how runs of one kind are computed. run continues runs of n elements, step apart from each other, the runs
// apart from each other, from the states on; without y only these. start makes states those of empty runs, add_up
// those of successive runs the states before them.
typedef struct {
  size_t width, wide;  // bytes of an element and of a state
  void (*run)(const way*, const void* x, void* y, int64_t n, int64_t step, int64_t runs, int64_t apart, void* state);
  void (*start)(void* state, int64_t n);
  void (*add_up)(void* state, int64_t n);
} scanner;

// Sums and products of integers wrap around, whatever their sign.
#define A T
#define FIRST 0
#define NEXT(a, v) (T)((a) + (v))
#define JOIN(a, b) NEXT(a, b)
#define GIVE(a) (a)
#define T uint8_t
#define NAME(x) sum_8_##x
#include "scan.h"
#define T uint16_t
#define NAME(x) sum_16_##x
#include "scan.h"
#define T uint32_t
#define NAME(x) sum_32_##x
#include "scan.h"
#define T uint64_t
#define NAME(x) sum_64_##x
#include "scan.h"
#undef A
#undef FIRST
#undef NEXT
#undef JOIN
#undef GIVE

#define A T
#define FIRST 1
#define NEXT(a, v) (T)(1u * (a) * (v))
#define JOIN(a, b) NEXT(a, b)
#define GIVE(a) (a)
#define T uint8_t
#define NAME(x) product_8_##x
#include "scan.h"
#define T uint16_t
#define NAME(x) product_16_##x
#include "scan.h"
#define T uint32_t
#define NAME(x) product_32_##x
#include "scan.h"
#define T uint64_t
#define NAME(x) product_64_##x
#include "scan.h"
#undef A
#undef FIRST
#undef NEXT
#undef JOIN
#undef GIVE

// Extremes are those of unsigned numbers.
#define TOP (8 * sizeof(T) - 1)
#define SIGN(v) ((T)-(T)((v) >> TOP))

#define RANK(v) \
  (T)(((v) ^ (T)w->bias ^ (SIGN(v) & (T)w->fold) ^ (T)w->flip) | (T)-(T)(((T)((T)(v) << 1) >> 1) > (T)w->infinity))
#define UNRANK(k) (T)((k) ^ (T)w->bias ^ ((T)~SIGN(k) & (T)w->fold))
#define A T
#define FIRST 0
#define NEXT(a, v) ((a) > RANK(v) ? (a) : RANK(v))
#define JOIN(a, b) ((a) > (b) ? (a) : (b))
#define GIVE(a) ((a) == (T)~(T)0 && w->nan ? (T)w->nan : UNRANK((T)((a) ^ (T)w->flip)))
#define T uint8_t
#define NAME(x) extreme_8_##x
#include "scan.h"
#define T uint16_t
#define NAME(x) extreme_16_##x
#include "scan.h"
#define T uint32_t
#define NAME(x) extreme_32_##x
#include "scan.h"
#define T uint64_t
#define NAME(x) extreme_64_##x
#include "scan.h"
#undef A
#undef FIRST
#undef NEXT
#undef JOIN
#undef GIVE

// Floats are summed in twice the precision: float32 as float64, and float64 as a sum and what was lost of it in
// rounding (D. Knuth, The Art of Computer Programming 2, 4.2.2). What was lost of -0 is nothing, and must not make it
// +0.
typedef struct { double sum, lost; } pair;

static inline pair more(pair a, double v) {
  double sum = a.sum + v, part = sum - a.sum, lost = (a.sum - (sum - part)) + (v - part);
  return (pair){sum, a.lost + (lost == lost ? lost : 0)};  // of infinities NaN is lost
}

static inline pair join(pair a, pair b) {
  a = more(a, b.sum);
  return (pair){a.sum, a.lost + b.lost};
}

#define A double
#define FIRST -0.0
#define NEXT(a, v) ((a) + (v))
#define JOIN(a, b) ((a) + (b))
#define GIVE(a) (float)(a)
#define T float
#define NAME(x) sum_f32_##x
#include "scan.h"
#undef A
#undef FIRST
#undef NEXT
#undef JOIN
#undef GIVE

#define A pair
#define FIRST ((pair){-0.0, 0})
#define NEXT(a, v) more(a, v)
#define JOIN(a, b) join(a, b)
#define GIVE(a) ((a).lost == 0 ? (a).sum : (a).sum + (a).lost)
#define T double
#define NAME(x) sum_f64_##x
#include "scan.h"
#undef A
#undef FIRST
#undef NEXT
#undef JOIN
#undef GIVE

// Products are computed in order. That of parts may be infinite where what is before them is 0.
#define A double
#define FIRST 1
#define NEXT(a, v) ((a) * (v))
#define JOIN(a, b) ((a) * (b))
#define GIVE(a) (T)(a)
#define T float
#define NAME(x) product_f32_##x
#include "scan.h"
#define T double
#define NAME(x) product_f64_##x
#include "scan.h"
#undef A
#undef FIRST
#undef NEXT
#undef JOIN
#undef GIVE

typedef struct { float real, imag; } complex64;
typedef struct { double real, imag; } complex128;
#define TIMES(a, v) ((complex128){(a).real * (v).real - (a).imag * (v).imag, (a).real * (v).imag + (a).imag * (v).real})

#define A complex128
#define FIRST ((complex128){1, 0})
#define NEXT(a, v) TIMES(a, v)
#define JOIN(a, b) TIMES(a, b)
#define GIVE(a) ((T){(a).real, (a).imag})
#define T complex64
#define NAME(x) product_c64_##x
#include "scan.h"
#define T complex128
#define NAME(x) product_c128_##x
#include "scan.h"
#undef A
#undef FIRST
#undef NEXT
#undef JOIN
#undef GIVE

// A scan is a call of gk_cumulative. Its arrays are rows of n times columns elements.
typedef struct {
  const scanner* s;
  way way;
  bool reverse, in_order;
  const char* x;
  char* y;
  int64_t rows, n, columns;
} scan;

// run computes runs whose first elements are those with that number, or, in reverse, as far from the end.
static void run(const scan* s, int64_t row, int64_t first, bool write, int64_t n, int64_t runs, int64_t apart,
                void* state) {
  int64_t step = s->columns, from = row * s->n * s->columns;
  if (s->reverse) {
    from += (s->n - 1) * step, first = -first, step = -step;
    if (s->columns == 1) apart = -apart;
  }
  ptrdiff_t at = (from + first) * (ptrdiff_t)s->s->width;
  s->s->run(&s->way, s->x + at, write ? s->y + at : NULL, n, step, runs, apart, state);
}

// A long row is cut into groups of BUNDLE runs. What they come to is computed first, then what is before each.
typedef struct {
  const scan* s;
  int64_t row, groups, length, chunks;
  char* states;
} cut;

static bool run_groups(const cut* c, int64_t from, int64_t to, bool write) {
  const scan* s = c->s;
  int64_t wide = (int64_t)s->s->wide, end = gk_chunk(c->groups, c->chunks, to);
  fenv_t ways = gk_to_go();  // subnormal numbers count, on whatever thread
  for (int64_t g = gk_chunk(c->groups, c->chunks, from); g < end; g++)
    run(s, c->row, g * BUNDLE * c->length, write, c->length, BUNDLE, c->length, c->states + g * BUNDLE * wide);
  int64_t done = c->groups * BUNDLE * c->length;
  if (write && end == c->groups)
    run(s, c->row, done, true, s->n - done, 1, 0, c->states + (c->groups * BUNDLE - 1) * wide);
  fesetenv(&ways);
  return true;
}

static bool look(void* context, int64_t from, int64_t to) { return run_groups(context, from, to, false); }
static bool fill(void* context, int64_t from, int64_t to) { return run_groups(context, from, to, true); }

static int64_t groups_of(const scan* s) {
  return s->in_order || s->n < SHORT ? 0 : (s->n + BUNDLE * LONGEST - 1) / (BUNDLE * LONGEST);
}

static void one_line(const void* context, int64_t r, gk_crew* crew, char* memory) {
  const scan* s = context;
  cut c = {s, r, groups_of(s), 0, crew->chunks, memory};
  c.length = s->n / (c.groups * BUNDLE);
  s->s->start(memory, c.groups * BUNDLE);
  gk_together(crew, c.groups, look, &c);
  fenv_t ways = gk_to_go();
  s->s->add_up(memory, c.groups * BUNDLE);
  fesetenv(&ways);
  gk_together(crew, c.groups, fill, &c);
}

// whole_lines computes rows that are not cut, BUNDLE of them at once.
static void whole_lines(const void* context, int64_t r, gk_crew* crew, char* memory) {
  const scan* s = context;
  int64_t first = r * BUNDLE, lines = s->rows - first < BUNDLE ? s->rows - first : BUNDLE;
  fenv_t ways = gk_to_go();
  s->s->start(memory, lines);
  run(s, first, 0, true, s->n, lines, s->reverse ? -s->n : s->n, memory);
  fesetenv(&ways);
}

// A matrix is scanned along its columns, some of which are a thread's.
typedef struct { const scan* s; int64_t row, chunks; } matrix;

static bool some_columns(void* context, int64_t from, int64_t to) {
  const matrix* m = context;
  const scan* s = m->s;
  pair states[STRIP];  // the widest there are
  int64_t end = gk_chunk(s->columns, m->chunks, to);
  fenv_t ways = gk_to_go();
  for (int64_t c = gk_chunk(s->columns, m->chunks, from), n; c < end; c += n) {
    n = end - c < STRIP ? end - c : STRIP;
    s->s->start(states, n);
    run(s, m->row, s->reverse ? -c : c, true, s->n, n, 1, states);
  }
  fesetenv(&ways);
  return true;
}

static void one_matrix(const void* context, int64_t r, gk_crew* crew, char* memory) {
  matrix m = {context, r, crew->chunks};
  gk_together(crew, m.s->n * m.s->columns, some_columns, &m);
}

static void way_of(int type, bool least, way* w) {
  uint64_t all = ~0ull >> (64 - 8 * gk_width(type)), top = all ^ all >> 1;
  *w = (way){0, 0, least ? all : 0, ~0ull, 0};
  switch (type) {
    case 2: case 3: case 4: case 5: w->bias = top; break;
    case 10: w->infinity = 0x7c00; break;
    case 11: w->infinity = 0x7f800000; break;
    case 12: w->infinity = 0x7ff0000000000000; break;
    case 16: w->infinity = 0x7f80; break;
  }
  if (w->infinity == ~0ull) return;
  w->bias = top, w->fold = all ^ top;
  w->nan = w->infinity | (least ? top : 0) | ((w->infinity & -w->infinity) >> 1);
}

#define INTEGERS(name)                                                                                  \
  [2] = &name##_8_scanner, &name##_16_scanner, &name##_32_scanner, &name##_64_scanner, &name##_8_scanner, \
  &name##_16_scanner, &name##_32_scanner, &name##_64_scanner
#define EXTREMES \
  { INTEGERS(extreme), &extreme_16_scanner, &extreme_32_scanner, &extreme_64_scanner, [16] = &extreme_16_scanner }

// scanners are by operation and type; complex numbers are summed as twice as many columns.
static const scanner* const scanners[][19] = {
    [ADD] = {INTEGERS(sum), [11] = &sum_f32_scanner, &sum_f64_scanner, [15] = &sum_f32_scanner,
             [18] = &sum_f64_scanner},
    [MULTIPLY] = {INTEGERS(product), [11] = &product_f32_scanner, &product_f64_scanner, [15] = &product_c64_scanner,
                  [18] = &product_c128_scanner},
    [MAX] = EXTREMES,
    [MIN] = EXTREMES,
};

// prepare reads the call, and gives what is wrong with it.
static const char* prepare(scan* s, gk_frame* f) {
  if (f->args.n != 1 || f->rets.n != 1) return "the number of operands or results is wrong";
  const gk_buffer *x = f->args.v[0], *y = f->rets.v[0];
  int64_t operation = gk_option(f, "operation", -1), axis = gk_option(f, "axis", -1);
  if (axis < 0 || axis >= x->rank || operation < ADD || operation > MIN) return "there is no such operation or axis";
  if (y->type != x->type || y->rank != x->rank || memcmp(y->dims, x->dims, x->rank * sizeof *x->dims))
    return "the result differs from the operand in shape or type";
  if (x->type < 0 || x->type > 18 || !(s->s = scanners[operation][x->type]))
    return "the operation is not one of this type";
  bool complex = x->type == 15 || x->type == 18;
  s->in_order = operation == MULTIPLY && x->type >= 10;
  s->reverse = gk_option(f, "reverse", 0);
  s->rows = 1, s->n = x->dims[axis], s->columns = complex && operation == ADD ? 2 : 1;
  for (int64_t i = 0; i < x->rank; i++)
    if (i != axis) *(i < axis ? &s->rows : &s->columns) *= x->dims[i];
  s->x = x->data, s->y = y->data;
  way_of(x->type, operation == MIN, &s->way);
  return NULL;
}

void* gk_cumulative(gk_frame* f) {
  if (!gk_executes(f)) return NULL;
  enum { COST = 4 };  // of an element
  scan s;
  const char* bad = prepare(&s, f);
  if (bad) return gk_failed(f->api, bad);
  if (s.rows == 0 || s.n == 0 || s.columns == 0) return NULL;
  if (s.columns > 1) return gk_by_rows(f, s.rows, s.n * s.columns, COST, 0, one_matrix, &s);
  int64_t groups = groups_of(&s);
  if (groups > 0) return gk_by_rows(f, s.rows, s.n, COST, groups * BUNDLE * s.s->wide, one_line, &s);
  return gk_by_rows(f, (s.rows + BUNDLE - 1) / BUNDLE, BUNDLE * s.n, COST, BUNDLE * s.s->wide, whole_lines, &s);
}
