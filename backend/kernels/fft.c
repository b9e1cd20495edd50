#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "builtin.h"
#include "parallel.h"
#include "shuffle.h"

// Discrete Fourier transforms of lines whose lengths are products of small primes. Short lines are transformed many at
// once, each in a lane of vectors, by Stockham's passes; a long one, or a single one, is a matrix of such lines.

enum { MOST_RADIX = 13, MOST_RADICES = 16, LONGEST = 1 << 12, WIDE_LINE = 1 << 15, MOST_AXES = 3 };
enum { AHEAD = 4 };  // elements that memory is asked for before they are needed

// line is how lines of n elements are transformed: by passes of these radices. w are the powers of exp(-2πi/n).
typedef struct {
  int64_t n;
  int count, radix[MOST_RADICES];
  void* w;
} line;

// plan is how transforms of one length are computed, n numbers, or 2n real ones. With second.n > 0 a line is a matrix
// of first.n by second.n.
typedef struct plan {
  const struct kind* kind;
  int64_t n;
  bool real;
  line first, second;
  int64_t apart;      // elements from one row of the matrix to the next, where it lies between the two steps
  void *coarse, *fine;  // what its numbers are turned by: for each group of columns and row, and for a row's lanes
  void *half, *fine_half;  // exp(-2πik/2n), and where the line is a matrix for every LANES-th k, and for the lanes
  size_t bytes;
  char* memory;
  int users;
  struct plan* next;
} plan;

// end is one that lines are read from or written to: a buffer of vectors, or, with a step, memory in which elements are
// step numbers apart, and count lines next to each other.
typedef struct {
  void* at;
  int64_t step, count;
  bool plain, swap;  // a buffer as it is; the parts of numbers are to be swapped
  double scale;      // of swapped numbers that are written
  const void *coarse, *fine;
} end;

// job is the transforms of an array along one axis: of lines whose elements are inner numbers apart, in in x and out in
// y. Back is forward with the parts of all numbers swapped.
typedef struct {
  const plan* p;
  const char* x;
  char *y, *between;
  int64_t lines, inner, in, out;
  bool real, back, swap;
  double scale;
} job;

typedef bool work(void* context, int64_t from, int64_t to);

typedef struct kind {
  size_t width;
  int64_t lanes;
  work *bundle, *columns, *rows, *untangle;
} kind;

// start is where a line begins in an array in which lines have n elements.
static inline int64_t start(const job* w, int64_t l, int64_t n) { return l / w->inner * n * w->inner + l % w->inner; }

// blocks is how many whole vectors there are below the middle of 1 to m - 1.
static inline int64_t blocks(int64_t m, int64_t lanes) { return m / 2 / lanes > 0 ? (m / 2 - 1) / lanes : 0; }

// Places of two vectors, the lanes of the second one counted on.
#define EVEN(i) 2 * (i)
#define ODD(i) 2 * (i) + 1
#define LOW(i) (i) % 2 * LANES + (i) / 2
#define HIGH(i) (i) % 2 * LANES + (i) / 2 + LANES / 2
#define PAIRS_LOW(i) (i) / 2 % 2 * LANES + (i) / 4 * 2 + (i) % 2
#define PAIRS_HIGH(i) (i) / 2 % 2 * LANES + (i) / 4 * 2 + (i) % 2 + LANES / 2
#define LAST_FIRST(i) LANES - 1 - (i)
#define LIST2(F) F(0), F(1)
#define LIST4(F) LIST2(F), F(2), F(3)
#define LIST8(F) LIST4(F), F(4), F(5), F(6), F(7)
#define LIST16(F) LIST8(F), F(8), F(9), F(10), F(11), F(12), F(13), F(14), F(15)
#define PICK(a, b, F) SHUFFLE(NAME(places), a, b, LIST(F))

#define T_32 float
#define T_64 double
#define BODY "fft.h"
#include "targets.h"

static const kind* kind_of(bool wide) {
  static const kind* const kinds[][2] = {EACH(&kind)};
  return kinds[gk_processor()][wide];
}

// root puts exp(-2πik/n) into place i of p, exact to the last digit or nearly so: by an angle of at most π/4, which is
// known to more than double's digits. Its parts lie apart numbers from each other.
static void root(const kind* kind, void* p, int64_t i, int64_t apart, int64_t k, int64_t n) {
  const double high = 0x1.921fb54442d18p-1, low = 0x1.1a62633145c07p-55;  // π/4
  int64_t part = k % n * 8 / n, rest = k % n * 8 % n;
  if (part % 2) rest = n - rest;
  double q = (double)rest / n, more = fma(-q, (double)n, (double)rest) / n;
  double a = q * high, b = fma(q, high, -a) + q * low + more * high;
  double c = cos(a), s = sin(a), re = c - s * b, im = s + c * b;
  if ((part + 1) / 2 % 2) c = re, re = im, im = c;
  if (part >= 2 && part < 6) re = -re;
  if (part < 4) im = -im;
  if (kind->width == 4)
    ((float*)p)[i] = (float)re, ((float*)p)[i + apart] = (float)im;
  else
    ((double*)p)[i] = re, ((double*)p)[i + apart] = im;
}

// radices finds those of n, and gives how many they are, 0 where there are none.
static int radices(int64_t n, int* radix) {
  static const int all[] = {13, 11, 7, 10, 5, 3, 8, 4, 2};
  int count = 0;
  for (size_t i = 0; i < sizeof all / sizeof *all; i++)
    while (n % all[i] == 0 && !(all[i] == 8 && n == 16)) {
      if (count == MOST_RADICES) return 0;
      radix[count++] = all[i], n /= all[i];
    }
  if (count == 0) radix[count++] = 1;
  return n == 1 ? count : 0;
}

// split gives the first length of the matrix that a line of n is best taken for, 0 where there is none.
static int64_t split(int64_t n, int64_t lanes) {
  int64_t best = 0;
  double least = INFINITY;
  for (int64_t d = 1; d <= n && d <= LONGEST; d++) {
    int64_t e = n / d;
    if (n % d || e > LONGEST) continue;
    // Columns in whole vectors, and not many more or fewer rows than columns.
    double cost = (double)((d + lanes - 1) / lanes * lanes) / d + (double)((e + lanes - 1) / lanes * lanes) / e +
                  .2 * fabs(log2((double)d / e));
    if (cost < least) least = cost, best = d;
  }
  return best;
}

static size_t rounded(size_t n) { return (n + 63) & ~(size_t)63; }

// lay_out places the tables of a plan, from memory on, and gives how many bytes they are.
static size_t lay_out(plan* p, char* memory) {
  size_t pair = 2 * p->kind->width, at = 0;
  int64_t lanes = p->kind->lanes, groups = (p->second.n + lanes - 1) / lanes;
  bool matrix = p->second.n > 0;
  struct { void** table; int64_t pairs; } tables[] = {
      {&p->first.w, p->first.n},
      {&p->second.w, p->second.n},
      {&p->coarse, groups * p->first.n},
      {&p->fine, matrix ? lanes * p->first.n : 0},
      {&p->half, !p->real ? 0 : matrix ? p->n / 2 / lanes + 1 : p->n / 2 + 1},
      {&p->fine_half, p->real && matrix ? lanes : 0}};
  for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
    *tables[i].table = memory + at;
    at += rounded(tables[i].pairs * pair);
  }
  return at;
}

static void fill(plan* p) {
  const kind* k = p->kind;
  int64_t lanes = k->lanes, rows = p->first.n, columns = p->second.n;
  line* lines[] = {&p->first, &p->second};
  for (int l = 0; l < 2; l++)
    for (int64_t i = 0; i < lines[l]->n; i++) root(k, lines[l]->w, 2 * i, 1, i, lines[l]->n);
  for (int64_t g = 0; g * lanes < columns; g++)
    for (int64_t i = 0; i < rows; i++) root(k, p->coarse, 2 * (g * rows + i), 1, g * lanes * i, p->n);
  for (int64_t i = 0; columns > 0 && i < rows; i++)
    for (int64_t l = 0; l < lanes; l++) root(k, p->fine, 2 * i * lanes + l, lanes, l * i, p->n);
  int64_t step = columns > 0 ? lanes : 1;
  for (int64_t i = 0; p->real && i <= p->n / 2 / step; i++) root(k, p->half, 2 * i, 1, i * step, 2 * p->n);
  for (int64_t l = 0; p->real && columns > 0 && l < lanes; l++) root(k, p->fine_half, l, lanes, l + 1, 2 * p->n);
}

static plan* make(const kind* k, int64_t n, bool real, bool matrix) {
  plan q = {.kind = k, .n = n, .real = real, .first = {matrix ? split(n, k->lanes) : n}};
  if (matrix && q.first.n > 0) {
    q.second.n = n / q.first.n;
    q.second.count = radices(q.second.n, q.second.radix);
    // Rows that lie powers of two apart would share the same few places of the caches.
    q.apart = (q.second.n + k->lanes - 1) / k->lanes * k->lanes + k->lanes;
  }
  q.first.count = q.first.n > 0 ? radices(q.first.n, q.first.radix) : 0;
  if (q.first.count == 0 || (matrix && q.second.count == 0)) return NULL;
  q.bytes = lay_out(&q, NULL);
  plan* p = calloc(1, sizeof *p);
  if (!p || !(q.memory = gk_take(q.bytes))) {
    free(p);
    return NULL;
  }
  *p = q;
  lay_out(p, p->memory);
  fill(p);
  return p;
}

// Plans are kept, the last one used first, as long as their tables are not too large together.
static pthread_mutex_t plans_lock = PTHREAD_MUTEX_INITIALIZER;
static plan* plans;

static void forget(plan* p) {
  if (--p->users > 0) return;
  gk_give(p->memory);
  free(p);
}

static void leave(plan* p) {
  pthread_mutex_lock(&plans_lock);
  forget(p);
  pthread_mutex_unlock(&plans_lock);
}

// plan_of gives a plan, which the caller leaves; NULL where there is none for the length, or no memory.
static plan* plan_of(const kind* k, int64_t n, bool real, bool matrix) {
  enum { KEPT = 16 << 20 };
  pthread_mutex_lock(&plans_lock);
  plan **at = &plans, *p;
  while ((p = *at) && !(p->kind == k && p->n == n && p->real == real && (p->second.n > 0) == matrix)) at = &p->next;
  if (p)
    *at = p->next;
  else if ((p = make(k, n, real, matrix)))
    p->users = 1;
  if (p) {
    p->users++, p->next = plans, plans = p;
    size_t bytes = p->bytes;
    for (at = &p->next; *at;) {
      plan* q = *at;
      if ((bytes += q->bytes + sizeof *q) < KEPT)
        at = &q->next;
      else
        *at = q->next, forget(q);
    }
  }
  pthread_mutex_unlock(&plans_lock);
  return p;
}

static int64_t groups(const plan* p, int64_t n) { return (n + p->kind->lanes - 1) / p->kind->lanes; }

// cost is what a group of lines costs, as gk_each counts.
static double cost(int64_t n) { return (double)n * (10 * log2((double)n) + 20); }

static int64_t blocks_of(const plan* p) { return 1 + blocks(p->n, p->kind->lanes); }

static size_t room(const plan* p) { return groups(p, p->first.n) * p->kind->lanes * p->apart * 2 * p->kind->width; }

// by_matrix transforms one line. With f, threads share it.
static void* by_matrix(gk_frame* f, job* w) {
  const plan* p = w->p;
  job second = *w, third = *w;
  second.x = w->y, third.x = w->y;
  struct { work* work; int64_t n; double cost; job* w; } steps[] = {
      {p->kind->untangle, w->real && w->back ? blocks_of(p) : 0, 2. * p->kind->lanes, w},
      {p->kind->columns, groups(p, p->second.n), cost(p->first.n), w->real && w->back ? &second : w},
      {p->kind->rows, groups(p, p->first.n), cost(p->second.n), w},
      {p->kind->untangle, w->real && !w->back ? blocks_of(p) : 0, 2. * p->kind->lanes, &third}};
  void* error = NULL;
  for (size_t i = 0; !error && i < sizeof steps / sizeof *steps; i++) {
    if (steps[i].n == 0) continue;
    if (f)
      error = gk_each(f, steps[i].n, steps[i].cost, steps[i].work, steps[i].w);
    else if (!steps[i].work(steps[i].w, 0, steps[i].n))
      error = (void*)gk_no_memory;
  }
  return error;
}

static void to_line(const job* w, int64_t l, job* one) {
  size_t pair = 2 * w->p->kind->width;
  one->x = w->x + l * w->in * pair, one->y = w->y + l * w->out * pair;
}

static bool some_matrices(void* context, int64_t from, int64_t to) {
  job w = *(const job*)context, one = w;
  if (!(one.between = gk_take(room(w.p)))) return false;
  bool good = true;
  for (int64_t l = from; good && l < to; l++) to_line(&w, l, &one), good = !by_matrix(NULL, &one);
  gk_give(one.between);
  return good;
}

// run transforms along one axis.
static void* run(gk_frame* f, const kind* k, int64_t n, job* w) {
  // A matrix of a line fills vectors also where there are few lines, and is not larger than the caches.
  double costs = n < LONGEST / 2 ? 2 : 1.25;
  int64_t whole = (w->lines + k->lanes - 1) / k->lanes * k->lanes;
  bool matrix = n > LONGEST || (w->inner == 1 && n >= 4 * k->lanes && w->lines * costs <= (double)whole);
  plan* p = n > LONGEST && w->inner > 1 ? NULL : plan_of(k, n, w->real, matrix);
  if (!p) return gk_failed(f->api, "there is no plan for the transform");
  w->p = p;
  void* error = NULL;
  if (!matrix)
    error = gk_each(f, groups(p, w->lines), cost(n), k->bundle, w);
  else if (n < WIDE_LINE)
    error = gk_each(f, w->lines, cost(n) / k->lanes * 2, some_matrices, w);
  else if (!(w->between = gk_take(room(p))))
    error = gk_failed(f->api, gk_no_memory);
  else {
    job one = *w;
    for (int64_t l = 0; !error && l < w->lines; l++) to_line(w, l, &one), error = by_matrix(f, &one);
    gk_give(w->between);
  }
  leave(p);
  return error;
}

enum { FORWARD, INVERSE, REAL, REAL_INVERSE };

// prepare checks the call, and gives what is wrong with it. n are the lengths of the axes as they are transformed.
static const char* prepare(gk_frame* f, int type, int axes, const int64_t* lengths, int64_t* n, int64_t* batch,
                           int64_t* inner) {
  const gk_buffer *x = f->args.v[0], *y = f->rets.v[0];
  static const int types[][2][2] = {[FORWARD] = {{15, 15}, {18, 18}}, {{15, 15}, {18, 18}}, {{11, 15}, {12, 18}},
                                    {{15, 11}, {18, 12}}};
  bool fits = false;
  for (int i = 0; i < 2; i++) fits = fits || (x->type == types[type][i][0] && y->type == types[type][i][1]);
  if (!fits) return "the transform is not one of these types";
  int64_t first = gk_option(f, "first", x->rank - axes);
  if (first < 0 || first > x->rank - axes || y->rank != x->rank) return "the numbers of axes are wrong";
  *batch = *inner = 1;
  for (int64_t i = 0; i < x->rank; i++) {
    int64_t a = i - first, in = x->dims[i], out = y->dims[i];
    if (a < 0 || a >= axes) {
      if (in != out) return "the shapes do not fit";
      *(a < 0 ? batch : inner) *= in;
      continue;
    }
    int64_t half = type >= REAL && a == axes - 1 ? lengths[a] / 2 + 1 : lengths[a];
    if (in != (type == REAL_INVERSE ? half : lengths[a]) || out != (type == REAL ? half : lengths[a]))
      return "the shapes do not fit";
    if (lengths[a] < 1 || (half != lengths[a] && lengths[a] % 2)) return "the lengths are impossible";
    n[a] = type >= REAL && a == axes - 1 ? lengths[a] / 2 : lengths[a];
  }
  if (type >= REAL && *inner != 1) return "real numbers are not next to each other";
  return NULL;
}

void* gk_fft(gk_frame* f) {
  if (!gk_executes(f)) return NULL;
  const gk_numbers* lengths = gk_list_option(f, "lengths");
  int64_t type = gk_option(f, "kind", -1), n[MOST_AXES], batch, inner;
  if (f->args.n != 1 || f->rets.n != 1) return gk_failed(f->api, "the number of operands or results is wrong");
  if (!lengths || lengths->n < 1 || lengths->n > MOST_AXES || type < FORWARD || type > REAL_INVERSE)
    return gk_failed(f->api, "there is no such transform");
  int axes = (int)lengths->n;
  const char* bad = prepare(f, (int)type, axes, lengths->v, n, &batch, &inner);
  if (bad) return gk_failed(f->api, bad);
  const gk_buffer *x = f->args.v[0], *y = f->rets.v[0];
  const kind* k = kind_of(gk_width(x->type) > gk_width(11) && x->type != 15);
  bool back = type % 2, last = type == REAL_INVERSE;  // whether the last axis is the last one to be transformed
  double scale = 1;
  for (int i = 0; i < axes; i++) scale /= lengths->v[i];
  // Transforms of real numbers have the last axis first, those back to real numbers last: the others are computed in
  // numbers of the half, and where these are the operand, in a copy.
  char* copy = NULL;
  if (last && axes > 1 && !(copy = gk_take(gk_elements(x) * 2 * k->width))) return gk_failed(f->api, gk_no_memory);
  const char* from = x->data;
  void* error = NULL;
  for (int step = 0; step < axes && !error; step++) {
    int a = last ? step : axes - 1 - step;
    job w = {.x = from, .inner = inner, .in = n[a], .out = n[a], .back = back, .swap = back};
    w.y = last && step < axes - 1 ? copy : y->data;
    w.real = type >= REAL && a == axes - 1;
    if (w.real) *(back ? &w.in : &w.out) += 1;
    for (int i = a + 1; i < axes; i++) w.inner *= n[i] + (type >= REAL && i == axes - 1);
    w.lines = batch * w.inner;
    for (int i = 0; i < a; i++) w.lines *= n[i];
    w.scale = step < axes - 1 ? 1 : scale;
    if (w.lines > 0) error = run(f, k, n[a], &w);
    from = w.y;
  }
  if (copy) gk_give(copy);
  return error;
}
