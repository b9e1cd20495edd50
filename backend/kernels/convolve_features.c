#include "builtin.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "parallel.h"
#include "turn.h"

// Convolutions of many features along two axes, the kernel not turned around. They are products of matrices, places of
// the result by output features. Their first factor, the patches of x, is not made: a piece of x is copied with the
// zeros around it, and the elements of a patch are found there by two offsets, of its place and of the element.

// The attribute "plan" has the numbers of these structures, in their order.
typedef struct {
  int64_t size, window, out;           // of x, the kernel, the result
  int64_t stride, spread, apart, low;  // elements of x lie spread apart, behind low zeros, those of the kernel apart
  int64_t x, w, y;                     // steps in memory
} axis;

typedef struct {
  int64_t batch, groups, in, out;  // in and out: features of a group
  int64_t x_batch, x_group, x_in, w_group, w_out, w_in, y_batch, y_group, y_out;
  axis axes[2];
} plan;

enum {
  NUMBERS = sizeof(plan) / sizeof(int64_t), AXIS = sizeof(axis) / sizeof(int64_t),
  LOW = offsetof(plan, axes[0].low) / sizeof(int64_t),
  PHASES = 256,
  ROWS = 8, FEW = 4,  // places that are computed at once, by one vector of features and by more
  MOST = 3,           // vectors
  DEEP = 256,         // products that are added up before they are added to others
};

// A part has the places of the result that meet elements of x at the same elements of the kernel, where x is spread
// apart; as seen from them it is not. A large kernel is cut into pieces, each of which makes a part: their sums are
// added up. The tasks of a part are blocks of places by all features of a group, or by a share of their sums.
typedef struct {
  axis axes[2];
  int64_t w, y;                            // where its elements of kernel and result begin
  int64_t pieces;                          // that its kernel is the first of, 0: it is another one
  int64_t images, rows, columns, places;   // of a block; places are filled up
  int64_t down, across, blocks, tasks;     // blocks in an image, and in all
  int64_t taps, depth;                     // elements of a window, and of a patch
  int64_t high, wide;                      // what a block sees of an image
  int64_t chunk, share, shares;            // input features that are copied at once, and of a share
  int64_t in_step, row_step, column_step;  // of the copy
  bool last;                               // of x and the copy, input features lie next to each other
  int64_t* at;                             // where in the copy the elements of a patch are, chunk by chunk
  char *packed, *sums;                     // weights, where blocks share them, and the sums of pieces and shares
} part;

typedef struct {
  plan v;
  int64_t n, tasks;                             // parts, and their tasks
  int64_t element, lanes, vectors, width, row;  // bytes; of output features: vectors in a panel, and lanes in all
  int64_t places, copied, weights;              // the most that a task has
  const char *x, *w;
  char *y, *memory;
  part* parts;
} features;

// A block of places, which a task computes.
typedef struct { int64_t group, image, row, column, images, rows, columns; } block;

static int64_t least(int64_t a, int64_t b) { return a < b ? a : b; }
static int64_t most(int64_t a, int64_t b) { return a > b ? a : b; }
static int64_t up(int64_t a, int64_t b) { return (a + b - 1) / b; }

// within tells whether all numbers of such axes, size and step, are less than n.
static bool within(const int64_t (*axes)[2], int count, int64_t n) {
  double last = 0;  // in floating point nothing wraps around
  for (int i = 0; i < count; i++) last += (axes[i][0] - 1.) * axes[i][1];
  return last < n;
}

static const char* prepare(features* k, gk_frame* f) {
  if (f->args.n != 2 || f->rets.n != 1) return "the number of operands or results is wrong";
  const gk_buffer *x = f->args.v[0], *w = f->args.v[1], *y = f->rets.v[0];
  const gk_numbers* numbers = gk_list_option(f, "plan");
  if (!numbers || numbers->n != NUMBERS) return "the convolution has no plan";
  if (w->type != x->type || y->type != x->type) return "the types differ";
  plan* v = &k->v;
  memcpy(v, numbers->v, sizeof *v);
  axis *a = v->axes, *b = a + 1;
  bool bad = v->batch < 1 || v->groups < 1 || v->in < 1 || v->out < 1;
  for (axis* c = a; c <= b; c++)
    bad = bad || c->size < 1 || c->window < 1 || c->out < 1 || c->stride < 1 || c->spread < 1 || c->apart < 1;
  for (int i = 0; i < NUMBERS; i++) {
    bool low = i == LOW || i == LOW + AXIS;
    bad = bad || numbers->v[i] > INT_MAX || numbers->v[i] < (low ? -INT_MAX : 0);
  }
  const int64_t in_x[][2] = {{v->batch, v->x_batch}, {v->groups, v->x_group}, {v->in, v->x_in}, {a->size, a->x},
                             {b->size, b->x}};
  const int64_t in_w[][2] = {{v->groups, v->w_group}, {v->out, v->w_out}, {v->in, v->w_in}, {a->window, a->w},
                             {b->window, b->w}};
  const int64_t in_y[][2] = {{v->batch, v->y_batch}, {v->groups, v->y_group}, {v->out, v->y_out}, {a->out, a->y},
                             {b->out, b->y}};
  if (bad || !within(in_x, 5, gk_elements(x)) || !within(in_w, 5, gk_elements(w)) || !within(in_y, 5, gk_elements(y)) ||
      (double)v->batch * v->groups * v->out * a->out * b->out != gk_elements(y))
    return "the plan of the convolution does not fit its operands";
  k->x = x->data, k->w = w->data, k->y = y->data;
  return NULL;
}

static int64_t divisor(int64_t a, int64_t b) { return b ? divisor(b, a % b) : a; }

// every is how many parts an axis has: the places of one lie so far apart.
static int64_t every(const axis* a) { return a->spread / divisor(a->stride, a->spread); }

// phase makes of an axis that of its i-th part, and gives where the part begins in kernel and result.
static axis phase(axis a, int64_t i, int64_t* w, int64_t* y) {
  int64_t places = every(&a), taps = a.spread / divisor(a.apart, a.spread), base = i * a.stride - a.low, t = 0;
  while (t < taps && (base + t * a.apart) % a.spread) t++;
  if (t == taps || t > a.window) t = a.window;  // it meets zeros alone
  *w += t * a.w, *y += i * a.y;
  a.out = a.out > i ? up(a.out - i, places) : 0, a.window = up(a.window - t, taps);
  a.low = a.window > 0 ? -(base + t * a.apart) / a.spread : 0;
  a.stride = a.stride * places / a.spread, a.apart = a.apart * taps / a.spread, a.spread = 1;
  a.w *= taps, a.y *= places;
  return a;
}

enum {
  PLACES = 256,        // of a block, if their sums have no more than
  SUMS = 1 << 18,      // bytes, and
  COPIED = 1 << 18,    // what they see of one input feature
  TASKS = 16,          // as many at least, with
  WORTH = 1 << 21,     // products each
  LONG = 16 * DEEP,    // a patch whose sum is better divided than the places
};

static int64_t tasks(double n) { return n < TASKS ? (int64_t)n : TASKS; }

// divide chooses the blocks of a part, the shares of its sums, and how long the pieces of its kernel are. It depends on
// the shapes alone, so that sums are always the same.
static int64_t divide(const features* k, part* p) {
  const plan* v = &k->v;
  axis *a = p->axes, *b = a + 1, *longer = a->window > 1 ? a : b;
  double all = (double)v->batch * a->out * b->out, depth = (double)v->in * a->window * b->window;
  int64_t most_places = least(PLACES, most(SUMS / (k->row * k->element), 2 * ROWS));
  if (depth < LONG) most_places = least(most_places, most((int64_t)(all / TASKS), 4 * ROWS));
  p->columns = up(b->out, up(b->out, most_places));
  if (p->columns < b->out) p->columns = up(p->columns, k->lanes) * k->lanes;
  p->across = up(b->out, p->columns);
  p->rows = p->across > 1 ? 1 : most(1, least(a->out, most_places / b->out));
  p->down = up(a->out, p->rows), p->rows = up(a->out, p->down);
  p->images = p->down > 1 || p->across > 1 ? 1 : most(1, most_places / (a->out * b->out));
  p->images = up(v->batch, up(v->batch, p->images));
  p->blocks = up(v->batch, p->images) * p->down * p->across;
  p->places = up(p->images * p->rows * p->columns, ROWS) * ROWS;
  int64_t wanted = most(1, least(TASKS / (p->blocks * v->groups), tasks(all * depth * v->out / WORTH)));
  p->share = up(v->in, least(v->in, wanted)), p->shares = up(v->in, p->share);
  // Another row of the window is another row of the copy.
  double row = (double)p->images * k->element * longer->apart *
               (longer == b ? 1 : (p->columns - 1) * b->stride + (b->window - 1) * b->apart + 1);
  int64_t pieces = most(up(wanted, p->shares), tasks(longer->window * row / COPIED));
  return up(longer->window, least(pieces, most(1, tasks(depth / LONG))));
}

// see fills in what a block of a part sees, and gives false where that is too much.
static bool see(const features* k, part* p) {
  const axis *a = p->axes, *b = a + 1;
  p->taps = a->window * b->window, p->depth = k->v.in * p->taps;
  p->high = (p->rows - 1) * a->stride + most(a->window - 1, 0) * a->apart + 1;
  p->wide = (p->columns - 1) * b->stride + most(b->window - 1, 0) * b->apart + 1;
  double seen = (double)p->images * p->high * p->wide;
  if (seen > INT_MAX) return false;
  p->chunk = most(1, least(p->share, (int64_t)(COPIED / (seen * k->element))));
  p->last = k->v.x_in == 1 && b->x != 1;
  p->in_step = p->last ? 1 : p->high * p->wide, p->column_step = p->last ? p->chunk : 1;
  p->row_step = p->wide * p->column_step;
  p->tasks = p->blocks * k->v.groups * p->shares;
  return true;
}

// cut makes the parts, but for their memory.
static const char* cut(features* k) {
  const axis *a = k->v.axes, *b = a + 1;
  k->vectors = up(k->v.out, k->lanes), k->row = k->vectors * k->lanes;
  k->width = k->vectors == 4 ? 2 : least(k->vectors, MOST);
  if (every(a) > PHASES || every(b) > PHASES / every(a)) return "the result has too many parts";
  k->parts = gk_take(every(a) * every(b) * TASKS * sizeof(part));
  if (!k->parts) return gk_no_memory;
  for (int64_t i = 0; i < every(a) * every(b); i++) {
    part all = {0};
    all.axes[0] = phase(*a, i / every(b), &all.w, &all.y), all.axes[1] = phase(*b, i % every(b), &all.w, &all.y);
    if (all.axes[0].out < 1 || all.axes[1].out < 1) continue;
    int64_t piece = divide(k, &all), d = all.axes[0].window > 1 ? 0 : 1, window = all.axes[d].window, first = 0;
    all.pieces = piece < window ? up(window, piece) : 1;
    do {
      part* p = k->parts + k->n++;
      *p = all;
      axis* longer = p->axes + d;
      longer->window = least(piece, window - first);
      longer->low -= first * longer->apart, p->w += first * longer->w;
      if (!see(k, p)) return "what a place sees is too large";
      k->tasks += p->tasks;
      k->places = most(k->places, p->places);
      k->copied = most(k->copied, p->images * p->high * p->wide * p->chunk);
      if (p->blocks == 1) k->weights = most(k->weights, p->chunk * p->taps);
      all.pieces = 0, first += piece;
    } while (first < window);
  }
  return NULL;
}

// weight is where the e-th element of a patch, counted by input feature and place in the window, has its weights.
static int64_t weight(const features* k, const part* p, int64_t e) {
  const axis *a = p->axes, *b = a + 1;
  int64_t tap = e % p->taps;
  return e / p->taps * k->v.w_in + tap / b->window * a->w + tap % b->window * b->w;
}

// row_of is how many elements of a patch, from the e-th to before the end, have their weights next to each other.
static int64_t row_of(const features* k, const part* p, int64_t e, int64_t end) {
  const axis *a = p->axes, *b = a + 1;
  if (b->w != 1 && b->window > 1) return 1;
  if (a->w != b->window && a->window > 1) return least(b->window - e % p->taps % b->window, end - e);
  return k->v.w_in == p->taps ? end - e : least(p->taps - e % p->taps, end - e);
}

// summed tells whether a part has only some of the sums of its places.
static bool summed(const part* p) { return p->pieces != 1 || p->shares > 1; }

// provide gives the parts their memory, and makes the tables.
static bool provide(features* k) {
  int64_t row = k->row * k->element;
  char* at = NULL;
  for (int pass = 0; pass < 2; pass++) {
    for (part* p = k->parts; p < k->parts + k->n; p++) {
      p->packed = at, at += p->blocks > 1 ? up(k->v.groups * p->depth * row, 64) * 64 : 0;
      p->sums = at, at += summed(p) ? up(p->tasks * p->places * row, 64) * 64 : 0;
      p->at = (int64_t*)at, at += up(p->chunk * p->taps * sizeof(int64_t), 64) * 64;
    }
    if (pass == 0 && !(at = k->memory = gk_take((size_t)at))) return false;
  }
  for (part* p = k->parts; p < k->parts + k->n; p++) {
    const axis *a = p->axes, *b = a + 1;
    int64_t* to = p->at;
    for (int64_t c = 0; c < p->chunk; c++)
      for (int64_t i = 0; i < a->window; i++)
        for (int64_t j = 0; j < b->window; j++)
          *to++ = c * p->in_step + i * a->apart * p->row_step + j * b->apart * p->column_step;
  }
  return true;
}

// block_of is a part's i-th block.
static block block_of(const features* k, const part* p, int64_t i) {
  const axis *a = p->axes, *b = a + 1;
  block at = {.group = i / p->blocks, .image = i % p->blocks / (p->down * p->across) * p->images,
              .row = i / p->across % p->down * p->rows, .column = i % p->across * p->columns};
  at.images = least(p->images, k->v.batch - at.image);
  at.rows = most(0, least(p->rows, a->out - at.row)), at.columns = most(0, least(p->columns, b->out - at.column));
  return at;
}

// find gives the block's places in the copy, filled up to rounds of ROWS, and in the result, and counts them.
static int64_t find(const features* k, const part* p, const block* at, int64_t* place, int64_t* result) {
  const axis *a = p->axes, *b = a + 1;
  int64_t n = 0, start = p->y + at->group * k->v.y_group, image_step = p->chunk * p->high * p->wide;
  for (int64_t m = 0; m < at->images; m++)
    for (int64_t i = 0; i < at->rows; i++)
      for (int64_t j = 0; j < at->columns; j++, n++) {
        place[n] = m * image_step + i * a->stride * p->row_step + j * b->stride * p->column_step;
        result[n] = start + (at->image + m) * k->v.y_batch + (at->row + i) * a->y + (at->column + j) * b->y;
      }
  for (int64_t i = n; i % ROWS; i++) place[i] = 0;
  return n;
}

#define T_32 float
#define T_64 double
#define BODY "convolve_features.h"
#include "targets.h"
#ifdef __x86_64__
#define PROCESSOR few
#define TARGET AVX2
#define VECTOR 16
#include "both.h"
#endif

// gk_convolve_features is the handler, for float32 and float64.
void* gk_convolve_features(gk_frame* f) {
  if (!gk_executes(f)) return NULL;
  features k = {0};
  const char* bad = prepare(&k, f);
  if (bad) return gk_failed(f->api, bad);
  int type = f->args.v[0]->type == 12;
  if (!type && f->args.v[0]->type != 11) return gk_failed(f->api, "the elements are no floats of 32 or 64 bits");
  static void* (*const convolve[][2])(gk_frame*, features*) = {EACH(convolve)};
  void* (*by)(gk_frame*, features*) = convolve[gk_processor()][type];
#ifdef __x86_64__
  // A vector that is longer than there are features only multiplies zeros.
  int64_t bytes = k.v.out * (type ? 8 : 4);
  if (gk_processor() > 0 && bytes <= 32)
    by = bytes > 16 ? convolve[1][type] : type ? convolve_64_few : convolve_32_few;
#endif
  void* err = by(f, &k);
  gk_give(k.parts), gk_give(k.memory);
  return err;
}
