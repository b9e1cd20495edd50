#include <string.h>

#include "builtin.h"
#include "parallel.h"

enum {
  PARTS = 4,    // sums of one bin that do not wait for each other
  FEW = 2048,   // bins of which there are so many
  CHUNKS = 8,   // pieces of a row that have sums of their own, however many threads there are
  THIN = 16,    // elements for each bin and chunk, at least, or adding up the chunks would take the longer
};

// adder adds the n elements updates, NULL for ones, to the sums of the bins that places say. Those of every PARTS-th
// element lie apart bins after those of the element before it.
typedef void adder(const void* places, const void* updates, int64_t n, uint64_t bins, int64_t apart, void* sums);

#define ADD(name, T, I, PLACE, VALUE)                                                                               \
  static void name(const void* places, const void* updates, int64_t n, uint64_t bins, int64_t apart, void* sums) { \
    const I* at = places;                                                                                           \
    const T* v = updates;                                                                                           \
    T *sum[PARTS], *first = sums;                                                                                   \
    (void)v;                                                                                                        \
    for (int p = 0; p < PARTS; p++) sum[p] = first + p * apart;                                                     \
    int64_t i = 0;                                                                                                  \
    for (; i + PARTS <= n; i += PARTS) {                                                                            \
      _Pragma("GCC unroll 4")                                                                                       \
      for (int p = 0; p < PARTS; p++) {                                                                             \
        uint64_t b = PLACE(at[i + p]);                                                                              \
        if (b < bins) sum[p][b] += VALUE(i + p);                                                                    \
      }                                                                                                             \
    }                                                                                                               \
    for (; i < n; i++) {                                                                                            \
      uint64_t b = PLACE(at[i]);                                                                                    \
      if (b < bins) first[b] += VALUE(i);                                                                           \
    }                                                                                                               \
  }
#define INSIDE(i) (uint64_t)(int64_t)(i)
#define FROM_0(i) (uint64_t)((i) < 0 ? 0 : (i))
#define UPDATE(i) v[i]
#define ONE(i) 1
#define ALL(T, name)                       \
  ADD(add_##name##_32, T, int32_t, INSIDE, UPDATE) \
  ADD(add_##name##_64, T, int64_t, INSIDE, UPDATE)
ALL(float, f32)
ALL(double, f64)
ALL(uint32_t, u32)
ALL(uint64_t, u64)
ADD(count_32_32, uint32_t, int32_t, FROM_0, ONE)
ADD(count_32_64, uint32_t, int64_t, FROM_0, ONE)
ADD(count_64_32, uint64_t, int32_t, FROM_0, ONE)
ADD(count_64_64, uint64_t, int64_t, FROM_0, ONE)

// kind is what is done with elements of one type: sums begin as none, and join adds n of those at from to those at to.
typedef struct {
  adder* add[2];  // for places of 32 and of 64 bits
  void (*none)(void* sums, int64_t n);
  void (*join)(void* to, const void* from, int64_t n);
} kind;

// Nothing is added to -0 by -0 only.
#define KIND(T, name, NOTHING)                                             \
  static void none_##name(void* sums, int64_t n) {                         \
    for (T* s = sums; n > 0; n--) *s++ = NOTHING;                          \
  }                                                                        \
  static void join_##name(void* to, const void* from, int64_t n) {         \
    for (int64_t i = 0; i < n; i++) ((T*)to)[i] += ((const T*)from)[i];    \
  }
KIND(float, f32, -0.f)
KIND(double, f64, -0.)
KIND(uint32_t, u32, 0)
KIND(uint64_t, u64, 0)

static const kind add_f32 = {{add_f32_32, add_f32_64}, none_f32, join_f32};
static const kind add_f64 = {{add_f64_32, add_f64_64}, none_f64, join_f64};
static const kind add_u32 = {{add_u32_32, add_u32_64}, none_u32, join_u32};
static const kind add_u64 = {{add_u64_32, add_u64_64}, none_u64, join_u64};
static const kind count_u32 = {{count_32_32, count_32_64}, none_u32, join_u32};
static const kind count_u64 = {{count_64_32, count_64_64}, none_u64, join_u64};

// bins is a call: n elements of each row go to bins.
typedef struct {
  const kind* k;
  adder* add;
  int64_t rows, n, bins, chunks, apart, room;  // room is how many sums a chunk has
  size_t width, wide;                          // bytes of an element and of a place
  const char *places, *updates;
  char *y, *sums;
} bins;

static bool add_chunks(void* context, int64_t from, int64_t to) {
  const bins* s = context;
  for (int64_t c = from; c < to; c++) {
    int64_t row = c / s->chunks, i = c % s->chunks;
    int64_t a = s->n * i / s->chunks, b = s->n * (i + 1) / s->chunks;
    char* sums = s->sums + c * s->room * s->width;
    s->k->none(sums, s->room);
    s->add(s->places + (row * s->n + a) * s->wide, s->updates ? s->updates + (row * s->n + a) * s->width : NULL, b - a,
           s->bins, s->apart, sums);
  }
  return true;
}

// run adds the elements to y, or for counting makes y of them.
static void* run(gk_frame* f, bins* s, const char* x) {
  if (s->rows == 0 || s->bins == 0) return NULL;
  s->chunks = 1, s->apart = 0, s->room = s->bins, s->sums = s->y;
  if (s->rows == 1 || x) {
    s->chunks = s->n / (THIN * s->bins);
    s->chunks = s->chunks < 1 ? 1 : s->chunks > CHUNKS ? CHUNKS : s->chunks;
    if (s->chunks == CHUNKS && s->bins <= FEW) s->apart = s->bins, s->room = PARTS * s->bins;
    s->room = (s->room + 15) & ~(int64_t)15;  // whole lines of the cache
    s->sums = gk_take(s->chunks * s->room * s->width);
    if (!s->sums) return gk_failed(f->api, gk_no_memory);
  }
  void* error = gk_each(f, s->rows * s->chunks, 3. * s->n / s->chunks, add_chunks, s);
  if (s->sums == s->y) return error;
  if (x)
    memmove(s->y, x, s->bins * s->width);
  else
    s->k->none(s->y, s->bins);
  for (int64_t c = 0; c < s->chunks; c++)
    for (int64_t p = 0; p < (s->apart ? PARTS : 1); p++)
      s->k->join(s->y, s->sums + (c * s->room + p * s->bins) * s->width, s->bins);
  gk_give(s->sums);
  return error;
}

static const char* places_of(bins* s, const gk_buffer* b) {
  s->places = b->data, s->wide = gk_width(b->type);
  return b->type == GK_S32 || b->type == GK_S32 + 1 ? NULL : "the places are no integers of 32 or 64 bits";
}

static const char* prepare_sum(bins* s, gk_frame* f) {
  if (f->args.n != 3 || f->rets.n != 1) return "the number of operands or results is wrong";
  const gk_buffer *x = f->args.v[0], *at = f->args.v[1], *v = f->args.v[2], *y = f->rets.v[0];
  const char* bad = places_of(s, at);
  if (bad) return bad;
  switch (x->type) {
    case 4: case 8: s->k = &add_u32; break;
    case 5: case 9: s->k = &add_u64; break;
    case 11: s->k = &add_f32; break;
    case 12: s->k = &add_f64; break;
    default: return "the elements are not of 32 or 64 bits";
  }
  s->rows = 1, s->n = gk_elements(v), s->bins = gk_elements(x), s->width = gk_width(x->type);
  if (v->type != x->type || y->type != x->type) return "the types differ";
  if (gk_elements(at) != s->n || gk_elements(y) != s->bins) return "the shapes do not fit";
  s->updates = v->data, s->y = y->data;
  return NULL;
}

void* gk_scatter_add(gk_frame* f) {
  if (!gk_executes(f)) return NULL;
  bins s = {0};
  const char* bad = prepare_sum(&s, f);
  if (bad) return gk_failed(f->api, bad);
  s.add = s.k->add[s.wide == 8];
  return run(f, &s, f->args.v[0]->data);
}

static const char* prepare_count(bins* s, gk_frame* f) {
  if (f->args.n != 1 || f->rets.n != 1) return "the number of operands or results is wrong";
  const gk_buffer *at = f->args.v[0], *y = f->rets.v[0];
  const char* bad = places_of(s, at);
  if (bad) return bad;
  if (at->rank < 1 || y->rank != at->rank) return "the numbers of axes are wrong";
  if (y->type != GK_S32 && y->type != GK_S32 + 1) return "the counts are no integers of 32 or 64 bits";
  s->k = y->type == GK_S32 ? &count_u32 : &count_u64, s->width = gk_width(y->type), s->y = y->data;
  s->n = at->dims[at->rank - 1], s->bins = y->dims[y->rank - 1], s->rows = 1;
  for (int64_t i = 0; i + 1 < y->rank; i++) {
    if (y->dims[i] != at->dims[i]) return "the shapes do not fit";
    s->rows *= y->dims[i];
  }
  return NULL;
}

void* gk_count(gk_frame* f) {
  if (!gk_executes(f)) return NULL;
  bins s = {0};
  const char* bad = prepare_count(&s, f);
  if (bad) return gk_failed(f->api, bad);
  s.add = s.k->add[s.wide == 8];
  return run(f, &s, NULL);
}
