#include "sort.h"

#include <stdlib.h>
#include <string.h>

#include "order.h"
#include "wide.h"

enum {
  MOST_BITS = 8,      // of a digit
  COUNTED_BITS = 11,  // of numbers that are so few that they are only counted
  FEW = 24,           // elements that are inserted one by one
  MANY = 1 << 16,     // elements of a row that several threads share
};

void gk_together(gk_crew* w, int64_t n, bool (*work)(void*, int64_t, int64_t), void* context) {
  if (w->chunks == 1)
    work(context, 0, 1);
  else
    gk_each(w->f, w->chunks, w->cost * n / w->chunks, work, context);
}

static const char no_order[] = "there is no order of this type";

const char* gk_rows_of(const gk_buffer* b, int64_t* rows, int64_t* n) {
  if (b->rank < 1) return "an array has no axis";
  if (!gk_kind_of(b->type)) return no_order;
  *n = b->dims[b->rank - 1], *rows = *n > 0;
  if (*n > INT32_MAX) return "the axis is too long";
  for (int64_t i = 0; i + 1 < b->rank; i++) *rows *= b->dims[i];
  return NULL;
}

// A task is a call of gk_by_rows.
typedef struct {
  gk_frame* f;
  double cost;
  size_t memory;
  void (*one_row)(const void*, int64_t, gk_crew*, char*);
  const void* context;
} task;

// do_rows has a crew of so many do the rows.
static bool do_rows(const task* t, int64_t chunks, int64_t from, int64_t to) {
  gk_crew crew = {t->f, chunks, t->cost, malloc(chunks * GK_COUNTERS * sizeof(uint32_t))};
  char* m = gk_take(t->memory);
  bool ok = crew.at && m;
  for (int64_t r = from; ok && r < to; r++) t->one_row(t->context, r, &crew, m);
  gk_give(m), free(crew.at);
  return ok;
}

static bool do_alone(void* context, int64_t from, int64_t to) { return do_rows(context, 1, from, to); }

void* gk_by_rows(gk_frame* f, int64_t rows, int64_t n, double cost, size_t memory,
                 void (*one_row)(const void*, int64_t, gk_crew*, char*), const void* context) {
  task t = {f, cost, memory, one_row, context};
  int64_t threads = n >= MANY ? gk_threads(f) : 1;
  if (threads == 1 || rows >= 2 * threads) return gk_each(f, rows, cost * n, do_alone, &t);
  return do_rows(&t, threads, 0, rows) ? NULL : gk_failed(f->api, gk_no_memory);
}

#define T uint32_t
#define N(x) x##_32
#include "radix.h"
#undef T
#undef N
#define T uint64_t
#define N(x) x##_64
#include "radix.h"
#undef T
#undef N

int gk_words(const gk_buffer* b, int64_t n, gk_word* w) {
  const gk_kind* k = gk_kind_of(b->type);
  if (!k) return 0;
  int count = 0, parts = (int)(gk_width(b->type) / k->width);
  for (int part = 0; part < parts; part++)
    for (int shift = 8 * k->wide - 32; shift >= 0; shift -= 32)
      w[count++] = (gk_word){k, (char*)b->data + part * k->width, parts, shift, (size_t)n * gk_width(b->type)};
  return count;
}

// varying_64 gives the bits in which numbers differ.
static uint64_t varying_64(const uint64_t* p, int64_t n) {
  uint64_t v = 0;
  for (int64_t i = 1; i < n; i++) v |= p[i] ^ p[0];
  return v;
}

static uint32_t varying_32(const uint32_t* p, int64_t n) {
  uint32_t v = 0;
  for (int64_t i = 1; i < n; i++) v |= p[i] ^ p[0];
  return v;
}

// ties sorts what is between from and to of p, which is sorted by the words before words, where these are equal: by
// those that follow. It begins and ends where a run of equal ones does.
static void ties(gk_crew* alone, const gk_word* words, int count, int64_t r, uint64_t* p, uint64_t* other, int64_t from,
                 int64_t to) {
  for (int64_t a = from, b; a < to; a = b) {
    for (b = a + 1; b < to && p[b] >> 32 == p[a] >> 32; b++)
      ;
    if (b - a == 1) continue;
    words->kind->again(words->data + r * words->row, words->step, words->shift, p + a, b - a);
    uint64_t* q = gk_sort_words(alone, words, count, r, p + a, other + a, b - a);
    if (q != p + a) memcpy(p + a, q, (b - a) * sizeof *p);
  }
}

// tied is ties for the chunks of a crew.
typedef struct {
  const gk_word* words;
  int count;
  int64_t r;
  uint64_t *p, *other;
  const int64_t* starts;
} tied;

static bool each_ties(void* context, int64_t from, int64_t to) {
  tied* t = context;
  uint32_t at[1 << MOST_BITS];
  gk_crew alone = {NULL, 1, 0, at};
  ties(&alone, t->words, t->count, t->r, t->p, t->other, t->starts[from], t->starts[to]);
  return true;
}

uint64_t* gk_sort_words(gk_crew* crew, const gk_word* words, int count, int64_t r, uint64_t* p, uint64_t* other,
                        int64_t n) {
  uint64_t varying = varying_64(p, n) >> 32 << 32;
  while (!varying && count > 1) {  // a word that all have tells nothing
    words++, count--;
    words->kind->again(words->data + r * words->row, words->step, words->shift, p, n);
    varying = varying_64(p, n) >> 32 << 32;
  }
  if (n <= FEW) {
    insertion_64(p, n);
  } else {
    uint64_t* q = radix_64(crew, p, other, n, varying, NULL);
    if (q != p) other = p, p = q;
  }
  if (count == 1) return p;
  if (crew->chunks == 1) {
    ties(crew, words + 1, count - 1, r, p, other, 0, n);
    return p;
  }
  int64_t starts[crew->chunks + 1];
  for (int64_t i = 0; i <= crew->chunks; i++) {
    int64_t at = gk_chunk(n, crew->chunks, i);
    if (i > 0 && at < starts[i - 1]) at = starts[i - 1];
    while (at > 0 && at < n && p[at] >> 32 == p[at - 1] >> 32) at++;
    starts[i] = at;
  }
  tied t = {words + 1, count - 1, r, p, other, starts};
  gk_together(crew, n, each_ties, &t);
  return p;
}

// A sorting is a call of gk_sort.
typedef struct {
  gk_frame* f;
  int64_t rows, n;
  const gk_kind* single;  // of the only array, where that is all there is
  gk_word* words;
  int count;
  int64_t from;  // the first array that is a result
  int32_t* positions;
  // carried is the only result where its elements are sorted along, below the numbers, and not taken from positions:
  // where nothing else is asked of these.
  const gk_buffer* carried;
} sorting;

// A row is what the chunks of a crew do with one.
typedef struct {
  const sorting* s;
  int64_t r, n, chunks;
  void* numbers;
  const uint64_t* p;
  uint64_t varying;
  bool lost;
} row;

static void* at_row(const sorting* s, const gk_buffer* b, int64_t r) {
  return (char*)b->data + (size_t)r * s->n * gk_width(b->type);
}

static bool load(void* context, int64_t from, int64_t to) {
  row* c = context;
  const gk_kind* k = c->s->single;
  int64_t a = gk_chunk(c->n, c->chunks, from), n = gk_chunk(c->n, c->chunks, to) - a;
  char* numbers = (char*)c->numbers + a * k->wide;
  bool lost = k->load((char*)at_row(c->s, c->s->f->args.v[0], c->r) + a * k->width, n, numbers);
  if (lost) __atomic_store_n(&c->lost, true, __ATOMIC_RELAXED);
  uint64_t v = k->wide == 4 ? varying_32((uint32_t*)numbers, n) : varying_64((uint64_t*)numbers, n);
  __atomic_fetch_or(&c->varying, v, __ATOMIC_RELAXED);
  return true;
}

static bool store(void* context, int64_t from, int64_t to) {
  row* c = context;
  const gk_kind* k = c->s->single;
  int64_t a = gk_chunk(c->n, c->chunks, from), n = gk_chunk(c->n, c->chunks, to) - a;
  k->store((char*)c->numbers + a * k->wide, n, (char*)at_row(c->s, c->s->f->rets.v[0], c->r) + a * k->width);
  return true;
}

// wide_numbers is numbers_32 by vector instructions, where there are any.
static uint32_t* wide_numbers(gk_crew* w, uint32_t* a, uint32_t* b, int64_t n, uint32_t varying) {
  int low, bits = varying ? between_32(varying, &low) : 0;
  if (bits <= COUNTED_BITS || !gk_wide()) return numbers_32(w, a, b, n, varying);
  if (w->chunks > 1) return radix_32(w, a, b, n, varying, gk_wide_sort);
  gk_wide_sort(a, b, n);
  return a;
}

// sort_single sorts the only array's row.
static void sort_single(row* c, gk_crew* w, char* memory) {
  const gk_kind* k = c->s->single;
  char* other = memory + c->n * k->wide;
  c->numbers = memory, c->varying = 0, c->lost = false;
  gk_together(w, c->n, load, c);
  for (int64_t i = 1; i < c->chunks; i++) {  // each has found the bits that differ in its own chunk
    int64_t a = gk_chunk(c->n, c->chunks, i);
    c->varying |= k->wide == 4 ? ((uint32_t*)memory)[a] ^ ((uint32_t*)memory)[0]
                               : ((uint64_t*)memory)[a] ^ ((uint64_t*)memory)[0];
  }
  if (k->wide == 4)
    c->numbers = wide_numbers(w, c->numbers, (uint32_t*)other, c->n, (uint32_t)c->varying);
  else
    c->numbers = numbers_64(w, c->numbers, (uint64_t*)other, c->n, c->varying);
  gk_together(w, c->n, store, c);
  if (c->lost) k->mend(at_row(c->s, c->s->f->args.v[0], c->r), c->n, at_row(c->s, c->s->f->rets.v[0], c->r));
}

static bool number(void* context, int64_t from, int64_t to) {
  row* c = context;
  const gk_word* w = c->s->words;
  int64_t a = gk_chunk(c->n, c->chunks, from), b = gk_chunk(c->n, c->chunks, to);
  uint64_t* p = c->numbers;
  w->kind->word(w->data + c->r * w->row, w->step, w->shift, a, b, p + a);
  if (c->s->carried) {
    const uint32_t* x = at_row(c->s, c->s->carried, c->r);
    for (int64_t i = a; i < b; i++) p[i] = p[i] >> 32 << 32 | x[i];
  }
  return true;
}

typedef struct { uint64_t real, imag; } wide;

#define TAKE(T)                                                                     \
  for (int64_t i = a; i < b; i++) ((T*)to)[i] = ((const T*)x)[(uint32_t)c->p[i]];   \
  break;

// take takes what is sorted from its positions.
static bool take(void* context, int64_t from, int64_t to_chunk) {
  row* c = context;
  const sorting* s = c->s;
  int64_t a = gk_chunk(c->n, c->chunks, from), b = gk_chunk(c->n, c->chunks, to_chunk);
  if (s->carried) {
    uint32_t* to = at_row(s, s->f->rets.v[0], c->r);
    for (int64_t i = a; i < b; i++) to[i] = (uint32_t)c->p[i];
    return true;
  }
  for (int64_t k = s->from; k < s->f->args.n; k++) {
    const void* x = at_row(s, s->f->args.v[k], c->r);
    void* to = at_row(s, s->f->rets.v[k - s->from], c->r);
    switch (gk_width(s->f->args.v[k]->type)) {
      case 1: TAKE(uint8_t)
      case 2: TAKE(uint16_t)
      case 4: TAKE(uint32_t)
      case 8: TAKE(uint64_t)
      case 16: TAKE(wide)
    }
  }
  if (s->positions)
    for (int64_t i = a; i < b; i++) s->positions[c->r * s->n + i] = (int32_t)c->p[i];
  return true;
}

static void sort_row(const void* context, int64_t r, gk_crew* w, char* memory) {
  const sorting* s = context;
  row c = {.s = s, .r = r, .n = s->n, .chunks = w->chunks, .numbers = memory};
  if (s->single) {
    sort_single(&c, w, memory);
    return;
  }
  gk_together(w, s->n, number, &c);
  uint64_t* p = (uint64_t*)memory;
  c.p = gk_sort_words(w, s->words, s->count, r, p, p + s->n, s->n);
  gk_together(w, s->n, take, &c);
}

// prepare reads the call, and gives what is wrong with it.
static const char* prepare(sorting* s) {
  gk_frame* f = s->f;
  int64_t keys = gk_option(f, "num_keys", 1), arrays = f->args.n;
  s->from = gk_option(f, "from", 0);
  if (arrays < 1 || keys < 1 || keys > arrays || s->from < 0 || s->from > arrays)
    return "the number of arrays or keys is wrong";
  int64_t results = arrays - s->from;
  if (f->rets.n != results && f->rets.n != results + 1) return "the number of results is wrong";
  for (int64_t k = 0; k < arrays + f->rets.n; k++) {
    const gk_buffer *x = f->args.v[0], *b = k < arrays ? f->args.v[k] : f->rets.v[k - arrays];
    if (b->rank < 1 || b->rank != x->rank || memcmp(b->dims, x->dims, b->rank * sizeof *b->dims))
      return "the arrays differ in shape";
    if (k >= arrays && k - arrays < results && b->type != f->args.v[k - results]->type)
      return "an array and its result differ in type";
  }
  if (f->rets.n > results) {
    if (f->rets.v[results]->type != GK_S32) return "the positions are no int32";
    s->positions = f->rets.v[results]->data;
  }
  const gk_buffer* x = f->args.v[0];
  const char* bad = gk_rows_of(x, &s->rows, &s->n);
  if (bad) return bad;
  if (!(s->words = gk_take(4 * keys * sizeof *s->words))) return gk_no_memory;
  for (int64_t k = 0; k < keys; k++) {
    int more = gk_words(f->args.v[k], s->n, s->words + s->count);
    if (!more) return no_order;
    s->count += more;
  }
  for (int64_t k = 0; k < arrays; k++)
    if (!gk_width(f->args.v[k]->type)) return no_order;
  const gk_buffer* last = f->args.v[arrays - 1];
  if (results == 1 && !s->positions && s->count == 1 && s->n > FEW && gk_width(last->type) == 4) s->carried = last;
  const gk_kind* kind = gk_kind_of(x->type);
  if (arrays == 1 && results == 1 && !s->positions && (size_t)kind->width == gk_width(x->type)) s->single = kind;
  return NULL;
}

void* gk_sort(gk_frame* f) {
  if (!gk_executes(f)) return NULL;
  sorting s = {.f = f};
  const char* bad = prepare(&s);
  void* error = bad ? gk_failed(f->api, bad)
                    : gk_by_rows(f, s.rows, s.n, 8, 2 * s.n * sizeof(uint64_t), sort_row, &s);
  gk_give(s.words);
  return error;
}
