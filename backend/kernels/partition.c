#include <string.h>

#include "order.h"
#include "sort.h"

enum { BLOCK = 256 };  // elements that are looked at in one go

// A partition is a call of gk_partition.
typedef struct {
  const gk_kind* kind;
  const char *x, *pivots;
  const int32_t* from;  // where the pivots are
  int64_t n;
  char* values;
  int32_t* positions;
  int64_t row, chunks;
  uint32_t* before;  // for each chunk, how many of its elements go before the pivot
} partition;

// SPLIT sends the elements from i to end, none of which is the pivot, to a and to b: those before it, and the others.
// They are elements of T with numbers of N. Those left of the pivot that are equal to it go before it. Without values
// it only counts. It gives how many went before.
#define SPLIT(T, N)                                                                                               \
  static int64_t split_##T(const partition* s, int64_t i, int64_t end, N pivot, bool left, int64_t a, int64_t b,  \
                           T* values, int32_t* positions) {                                                       \
    const T* x = (const T*)s->x + s->row * s->n;                                                                  \
    N numbers[BLOCK];                                                                                             \
    int64_t start = a;                                                                                            \
    for (int64_t n; i < end; i += n) {                                                                            \
      n = end - i < BLOCK ? end - i : BLOCK;                                                                      \
      s->kind->load(x + i, n, numbers);                                                                           \
      if (!values) {                                                                                              \
        for (int64_t j = 0; j < n; j++) a += left ? numbers[j] <= pivot : numbers[j] < pivot;                     \
        continue;                                                                                                 \
      }                                                                                                           \
      for (int64_t j = 0; j < n; j++) {                                                                           \
        bool before = left ? numbers[j] <= pivot : numbers[j] < pivot;                                            \
        int64_t to = before ? a : b;                                                                              \
        values[to] = x[i + j], positions[to] = (int32_t)(i + j);                                                  \
        a += before, b += !before;                                                                                \
      }                                                                                                           \
    }                                                                                                             \
    return a - start;                                                                                             \
  }                                                                                                               \
  static int64_t chunk_##T(const partition* s, int64_t c, int64_t a, int64_t b, bool counting) {                  \
    int64_t i = gk_chunk(s->n, s->chunks, c), end = gk_chunk(s->n, s->chunks, c + 1), at = s->from[s->row];       \
    int64_t middle = at < i ? i : at > end ? end : at, after = at >= i && at < end ? at + 1 : middle;             \
    T* values = counting ? NULL : (T*)s->values + s->row * s->n;                                                  \
    int32_t* positions = s->positions + s->row * s->n;                                                            \
    N pivot;                                                                                                      \
    s->kind->load(s->pivots + s->row * sizeof(T), 1, &pivot);                                                     \
    int64_t first = split_##T(s, i, middle, pivot, true, a, b, values, positions);                                \
    a += first, b += middle - i - first;                                                                          \
    return first + split_##T(s, after, end, pivot, false, a, b, values, positions);                               \
  }
SPLIT(uint8_t, uint32_t)
SPLIT(uint16_t, uint32_t)
SPLIT(uint32_t, uint32_t)
SPLIT(uint64_t, uint64_t)

static int64_t chunk(const partition* s, int64_t c, int64_t a, int64_t b, bool counting) {
  switch (s->kind->width) {
    case 1: return chunk_uint8_t(s, c, a, b, counting);
    case 2: return chunk_uint16_t(s, c, a, b, counting);
    case 4: return chunk_uint32_t(s, c, a, b, counting);
  }
  return chunk_uint64_t(s, c, a, b, counting);
}

static bool count(void* context, int64_t from, int64_t to) {
  const partition* s = context;
  for (int64_t c = from; c < to; c++) s->before[c] = (uint32_t)chunk(s, c, 0, 0, true);
  return true;
}

static bool send(void* context, int64_t from, int64_t to) {
  const partition* s = context;
  for (int64_t c = from; c < to; c++) {
    int64_t before = 0, all = 0, i = gk_chunk(s->n, s->chunks, c), at = s->from[s->row];
    for (int64_t d = 0; d < s->chunks; d++) {
      if (d < c) before += s->before[d];
      all += s->before[d];
    }
    chunk(s, c, before, all + 1 + (i - before - (at < i)), false);
  }
  return true;
}

static void partition_row(const void* context, int64_t r, gk_crew* crew, char* memory) {
  (void)memory;
  partition s = *(const partition*)context;
  s.row = r, s.chunks = crew->chunks, s.before = crew->at;
  gk_together(crew, s.n, count, &s);
  int64_t k = 0, width = s.kind->width;
  for (int64_t c = 0; c < s.chunks; c++) k += s.before[c];
  gk_together(crew, s.n, send, &s);
  memcpy(s.values + (r * s.n + k) * width, s.x + (r * s.n + s.from[r]) * width, width);
  s.positions[r * s.n + k] = s.from[r];
}

static const char* prepare(partition* s, gk_frame* f, int64_t* rows) {
  if (f->args.n != 3 || f->rets.n != 2) return "the number of operands or results is wrong";
  const gk_buffer *x = f->args.v[0], *pivots = f->args.v[1], *from = f->args.v[2];
  const gk_buffer *y = f->rets.v[0], *positions = f->rets.v[1];
  const char* bad = gk_rows_of(x, rows, &s->n);
  if (bad) return bad;
  s->kind = gk_kind_of(x->type);
  if (gk_width(x->type) != (size_t)s->kind->width) return "complex numbers have no partition";
  if (pivots->type != x->type || y->type != x->type || from->type != GK_S32 || positions->type != GK_S32)
    return "an operand or result has a wrong type";
  if (gk_elements(pivots) != *rows || gk_elements(from) != *rows || gk_elements(y) != *rows * s->n ||
      gk_elements(positions) != *rows * s->n)
    return "the shapes do not fit each other";
  s->x = x->data, s->pivots = pivots->data, s->from = from->data, s->values = y->data, s->positions = positions->data;
  for (int64_t r = 0; r < *rows; r++)
    if (s->from[r] < 0 || s->from[r] >= s->n) return "a pivot is none of the elements";
  return NULL;
}

void* gk_partition(gk_frame* f) {
  if (!gk_executes(f)) return NULL;
  partition s = {0};
  int64_t rows;
  const char* bad = prepare(&s, f, &rows);
  if (bad) return gk_failed(f->api, bad);
  return gk_by_rows(f, rows, s.n, 4, 0, partition_row, &s);
}
