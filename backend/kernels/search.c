#include <string.h>

#include "order.h"
#include "sort.h"
#include "vectors.h"

enum { TOGETHER = 64 };  // elements that are looked for at once, which none of them has to wait for

// A search is a call of gk_search. The numbers of a row are followed by greatest ones up to 1 less than a power of two.
typedef struct {
  const gk_kind* kind;
  const char *x, *wanted;
  int64_t n, m;
  int steps;  // how often a row is bisected
  bool right;
  int32_t* places;
  void* numbers;
  int64_t row, chunks;
} search;

// The steps of all elements are taken together: compilers make vector instructions of that.
#define FIND(T, name)                                                                                         \
  WIDE static void name(const T* restrict numbers, int steps, bool right, const T* restrict wanted,           \
                        int32_t* restrict places) {                                                           \
    for (int i = 0; i < TOGETHER; i++) places[i] = 0;                                                         \
    for (int32_t step = steps > 0 ? (int32_t)1 << (steps - 1) : 0; step > 0; step /= 2) {                     \
      const T* behind = numbers + step - 1;                                                                   \
      if (right)                                                                                              \
        for (int i = 0; i < TOGETHER; i++) places[i] += behind[places[i]] <= wanted[i] ? step : 0;            \
      else                                                                                                    \
        for (int i = 0; i < TOGETHER; i++) places[i] += behind[places[i]] < wanted[i] ? step : 0;             \
    }                                                                                                         \
  }
FIND(uint32_t, find_32)
FIND(uint64_t, find_64)

static bool find(void* context, int64_t from, int64_t to) {
  const search* s = context;
  uint64_t wanted[TOGETHER] = {0};
  int32_t places[TOGETHER];
  int64_t end = s->row * s->m + gk_chunk(s->m, s->chunks, to);
  for (int64_t i = s->row * s->m + gk_chunk(s->m, s->chunks, from), n; i < end; i += n) {
    n = end - i < TOGETHER ? end - i : TOGETHER;
    s->kind->load(s->wanted + i * s->kind->width, n, wanted);
    if (s->kind->wide == 4)
      find_32(s->numbers, s->steps, s->right, (const uint32_t*)wanted, places);
    else
      find_64(s->numbers, s->steps, s->right, wanted, places);
    for (int64_t j = 0; j < n; j++) s->places[i + j] = places[j] < s->n ? places[j] : (int32_t)s->n;
  }
  return true;
}

static void search_row(const void* context, int64_t r, gk_crew* crew, char* memory) {
  search s = *(const search*)context;
  s.row = r, s.chunks = crew->chunks, s.numbers = memory;
  s.kind->load(s.x + r * s.n * s.kind->width, s.n, memory);
  memset(memory + s.n * s.kind->wide, 0xff, (((int64_t)1 << s.steps) - 1 - s.n) * s.kind->wide);
  gk_together(crew, s.m, find, &s);
}

static const char* prepare(search* s, gk_frame* f, int64_t* rows) {
  if (f->args.n != 2 || f->rets.n != 1) return "the number of operands or results is wrong";
  const gk_buffer *x = f->args.v[0], *wanted = f->args.v[1], *y = f->rets.v[0];
  if (x->rank < 1 || wanted->rank + 1 < x->rank || y->rank != wanted->rank) return "the numbers of axes are wrong";
  s->kind = gk_kind_of(x->type), s->n = x->dims[x->rank - 1];
  if (!s->kind || gk_width(x->type) != (size_t)s->kind->width) return "there is no order of this type";
  if (wanted->type != x->type || y->type != GK_S32) return "an operand or result has a wrong type";
  if (s->n >= INT32_MAX / 2) return "the axis is too long";
  *rows = s->m = 1;
  for (int64_t i = 0; i < y->rank; i++) {
    if (y->dims[i] != wanted->dims[i] || (i + 1 < x->rank && x->dims[i] != y->dims[i])) return "the shapes do not fit";
    *(i + 1 < x->rank ? rows : &s->m) *= y->dims[i];
  }
  for (s->steps = 0; s->n >> s->steps; s->steps++)
    ;
  s->x = x->data, s->wanted = wanted->data, s->places = y->data, s->right = gk_option(f, "right", 0);
  return NULL;
}

void* gk_search(gk_frame* f) {
  if (!gk_executes(f)) return NULL;
  search s;
  int64_t rows;
  const char* bad = prepare(&s, f, &rows);
  if (bad) return gk_failed(f->api, bad);
  if (s.m == 0) return NULL;
  return gk_by_rows(f, rows, s.m, 2 * s.steps + 1, ((size_t)1 << s.steps) * s.kind->wide, search_row, &s);
}
