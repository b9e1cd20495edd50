#include <string.h>

#include "order.h"
#include "sort.h"

// A selection is a call of gk_select.
typedef struct {
  const gk_kind* kind;
  const char* x;
  int64_t n, m;
  const int32_t* at;  // the positions asked for
  char* values;
  int32_t* positions;
  gk_word words[4];
  int count;
} selection;

// position is one asked for, within the row.
static int64_t position(const selection* s, int32_t at) { return at < 0 ? 0 : at < s->n ? at : s->n - 1; }

// A sieve finds those elements of a row that may be asked for: elements fall into buckets by the upper 32 bits of their
// numbers, and those of some buckets pass.
typedef struct {
  const selection* s;
  const char* x;
  int64_t chunks;
  uint32_t *high, *counts;  // for each chunk, its elements in each bucket
  uint32_t *least, *most;   // of each chunk
  uint32_t base;
  int shift, bits;
  bool passes[GK_COUNTERS];
  uint64_t* p;
  int64_t* to;  // where those of each chunk go
} sieve;

static bool look(void* context, int64_t from, int64_t to) {
  sieve* v = context;
  for (int64_t c = from; c < to; c++) {
    int64_t a = gk_chunk(v->s->n, v->chunks, c), b = gk_chunk(v->s->n, v->chunks, c + 1);
    v->s->kind->high(v->x + a * v->s->kind->width, b - a, v->high + a, v->least + c, v->most + c);
  }
  return true;
}

static bool count(void* context, int64_t from, int64_t to) {
  sieve* v = context;
  for (int64_t c = from; c < to; c++) {
    uint32_t* counts = v->counts + (c << v->bits);
    memset(counts, 0, sizeof *counts << v->bits);
    for (int64_t i = gk_chunk(v->s->n, v->chunks, c), b = gk_chunk(v->s->n, v->chunks, c + 1); i < b; i++)
      counts[(v->high[i] - v->base) >> v->shift]++;
  }
  return true;
}

static bool pass(void* context, int64_t from, int64_t to) {
  sieve* v = context;
  for (int64_t c = from; c < to; c++) {
    uint64_t* p = v->p + v->to[c];
    for (int64_t i = gk_chunk(v->s->n, v->chunks, c), b = gk_chunk(v->s->n, v->chunks, c + 1); i < b; i++)
      if (v->passes[(v->high[i] - v->base) >> v->shift]) *p++ = (uint64_t)v->high[i] << 32 | (uint64_t)i;
  }
  return true;
}

// prepare looks at the row, and chooses its buckets.
static void prepare(sieve* v, gk_crew* crew) {
  uint32_t extremes[2 * v->chunks];
  v->least = extremes, v->most = extremes + v->chunks;
  gk_together(crew, v->s->n, look, v);
  uint32_t least = v->least[0], most = v->most[0];
  for (int64_t c = 1; c < v->chunks; c++) {
    if (v->least[c] < least) least = v->least[c];
    if (v->most[c] > most) most = v->most[c];
  }
  v->base = least;
  for (v->bits = 4; 1 << v->bits < GK_COUNTERS && v->s->n >> (v->bits + 1); v->bits++)
    ;
  for (v->shift = 0; (most - least) >> v->shift >> v->bits; v->shift++)
    ;
  gk_together(crew, v->s->n, count, v);
}

// sift leaves at v->p the elements of some buckets, among which are those that are asked for, and gives how many they
// are. from[j] is where among them the j-th is to be found, once they are sorted.
static int64_t sift(sieve* v, gk_crew* crew, const int32_t* at, int64_t* from) {
  int64_t buckets = (int64_t)1 << v->bits, passed = 0, sum = 0, to[v->chunks];
  uint32_t before[GK_COUNTERS + 1], kept[GK_COUNTERS];  // elements in the buckets before, and of those that pass
  before[0] = 0;
  for (int64_t b = 0; b < buckets; b++) {
    before[b + 1] = before[b], v->passes[b] = false;
    for (int64_t c = 0; c < v->chunks; c++) before[b + 1] += v->counts[(c << v->bits) + b];
  }
  for (int64_t j = 0; j < v->s->m; j++) {
    int64_t low = 0;  // before[low] <= at[j] < before[low + step]
    for (int64_t step = buckets; step >>= 1;)
      if (before[low + step] <= position(v->s, at[j])) low += step;
    v->passes[low] = true, from[j] = low;
  }
  for (int64_t b = 0; b < buckets; b++) {
    kept[b] = (uint32_t)passed;
    if (v->passes[b]) passed += before[b + 1] - before[b];
  }
  for (int64_t j = 0; j < v->s->m; j++) from[j] = kept[from[j]] + position(v->s, at[j]) - before[from[j]];
  for (int64_t c = 0; c < v->chunks; c++) {
    to[c] = sum;
    for (int64_t b = 0; b < buckets; b++)
      if (v->passes[b]) sum += v->counts[(c << v->bits) + b];
  }
  v->to = to;
  gk_together(crew, v->s->n, pass, v);
  return passed;
}

static void select_row(const void* context, int64_t r, gk_crew* crew, char* memory) {
  enum { SHORT = 64 };  // such rows are sorted whole
  const selection* s = context;
  int64_t n = s->n;
  const char* x = s->x + (size_t)r * n * s->kind->width;
  const int32_t* at = s->at + r * s->m;
  int64_t* from = (int64_t*)memory;
  uint64_t *p = (uint64_t*)memory + s->m, *other = p + n;
  if (n > SHORT) {
    sieve v = {.s = s, .x = x, .chunks = crew->chunks, .high = (uint32_t*)other, .counts = crew->at, .p = p};
    prepare(&v, crew);
    n = sift(&v, crew, at, from);
  } else {
    s->kind->word(x, 1, s->words[0].shift, 0, n, p);
    for (int64_t j = 0; j < s->m; j++) from[j] = position(s, at[j]);
  }
  p = gk_sort_words(crew, s->words, s->count, r, p, other, n);
  for (int64_t j = 0; j < s->m; j++) {
    size_t i = (uint32_t)p[from[j]], width = s->kind->width;
    memcpy(s->values + (r * s->m + j) * width, x + i * width, width);
    s->positions[r * s->m + j] = (int32_t)i;
  }
}

static const char* prepare_selection(gk_frame* f, selection* s, int64_t* rows) {
  if (f->args.n != 2 || f->rets.n != 2) return "the number of operands or results is wrong";
  const gk_buffer *x = f->args.v[0], *at = f->args.v[1], *y = f->rets.v[0], *from = f->rets.v[1];
  const char* bad = gk_rows_of(x, rows, &s->n);
  if (bad) return bad;
  s->count = gk_words(x, s->n, s->words), s->kind = gk_kind_of(x->type);
  if (gk_width(x->type) != (size_t)s->kind->width) return "complex numbers are not selected";
  if (at->type != GK_S32 || y->type != x->type || from->type != GK_S32) return "an operand or result has a wrong type";
  if (x->rank != at->rank || x->rank != y->rank || x->rank != from->rank) return "the numbers of axes differ";
  s->m = at->dims[at->rank - 1];
  for (int64_t i = 0; i < x->rank; i++) {
    bool same = at->dims[i] == y->dims[i] && at->dims[i] == from->dims[i];
    if (!same || (i + 1 < x->rank && at->dims[i] != x->dims[i])) return "the shapes do not fit each other";
  }
  s->x = x->data, s->at = at->data, s->values = y->data, s->positions = from->data;
  return s->n == 0 && s->m > 0 ? "there are no elements to select from" : NULL;
}

void* gk_select(gk_frame* f) {
  if (!gk_executes(f)) return NULL;
  selection s;
  int64_t rows;
  const char* bad = prepare_selection(f, &s, &rows);
  if (bad) return gk_failed(f->api, bad);
  return gk_by_rows(f, rows, s.n, 4, (2 * s.n + s.m) * sizeof(uint64_t), select_row, &s);
}

// A search is a call of gk_extreme.
typedef struct {
  const gk_kind* kind;
  const char* x;
  int64_t n, chunks;
  bool least;
  int32_t* at;
  int64_t* places;  // what is found in each chunk, and its rank
  uint64_t* ranks;
} search;

static bool find(void* context, int64_t from, int64_t to) {
  search* s = context;
  for (int64_t c = from; c < to; c++) {
    int64_t a = gk_chunk(s->n, s->chunks, c), b = gk_chunk(s->n, s->chunks, c + 1);
    s->places[c] = a + s->kind->first(s->x + a * s->kind->width, b - a, s->least, s->ranks + c);
  }
  return true;
}

static void extreme_row(const void* context, int64_t r, gk_crew* crew, char* memory) {
  search s = *(const search*)context;
  s.x += (size_t)r * s.n * s.kind->width;
  s.chunks = crew->chunks, s.places = (int64_t*)crew->at, s.ranks = (uint64_t*)crew->at + s.chunks;
  gk_together(crew, s.n, find, &s);
  int64_t best = 0;
  for (int64_t c = 1; c < s.chunks; c++)
    if (s.ranks[c] > s.ranks[best]) best = c;
  s.at[r] = (int32_t)s.places[best];
}

void* gk_extreme(gk_frame* f) {
  if (!gk_executes(f)) return NULL;
  if (f->args.n != 1 || f->rets.n != 1) return gk_failed(f->api, "the number of operands or results is wrong");
  const gk_buffer *x = f->args.v[0], *at = f->rets.v[0];
  int64_t rows, n, results = 1;
  const char* bad = gk_rows_of(x, &rows, &n);
  for (int64_t i = 0; i < at->rank; i++) results *= at->dims[i];
  if (!bad && (at->type != GK_S32 || results != rows || gk_width(x->type) != (size_t)gk_kind_of(x->type)->width))
    bad = "the result does not fit the operand";
  if (bad) return gk_failed(f->api, bad);
  search s = {gk_kind_of(x->type), x->data, n, 1, gk_option(f, "least", 0), at->data, NULL, NULL};
  return gk_by_rows(f, rows, n, 1, 0, extreme_row, &s);
}
