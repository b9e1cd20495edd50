#include <stdint.h>
#include <stdio.h>
#include <string.h>
#if defined(__x86_64__) && !defined(__clang__)
#include <emmintrin.h>
#endif

#include "builtin.h"
#include "parallel.h"
#include "vectors.h"

// Work on arrays that are larger than the processor's caches takes as long as memory. Lines of a result that are
// written as usual are read first; here they are written past the caches. Subnormal numbers are what the thread takes
// them for, as in XLA's loops, which run on the same ones.

enum { VECTOR = 16, PAGE = 4096, COMMON_CACHE = 32 << 20 };

enum { ADD, SUBTRACT, MULTIPLY, DIVIDE, OPERATIONS };

typedef long long vector __attribute__((vector_size(VECTOR)));

static inline void put(char* to, vector v) {
#ifdef __clang__
  __builtin_nontemporal_store(v, (vector*)to);
#elif defined(__x86_64__)
  _mm_stream_si128((__m128i*)to, (__m128i)v);
#else
  memcpy(to, &v, VECTOR);
#endif
}

static inline void settle(void) {
#ifdef __x86_64__
  __builtin_ia32_sfence();
#endif
}

// An operand's vectors are step bytes apart: 0 where it is one number.
typedef struct { const char *x, *y; char* z; int64_t x_step, y_step; bool past; } part;

#define LOOP(name, T, operator)                                                  \
  static void name(part p, int64_t bytes) {                                      \
    typedef T numbers __attribute__((vector_size(VECTOR)));                      \
    for (int64_t i = 0, k = 0; i < bytes; i += VECTOR, k++) {                    \
      numbers x, y;                                                              \
      memcpy(&x, p.x + k * p.x_step, VECTOR), memcpy(&y, p.y + k * p.y_step, VECTOR); \
      numbers z = x operator y;                                                  \
      if (p.past)                                                                \
        put(p.z + i, (vector)z);                                                 \
      else                                                                       \
        memcpy(p.z + i, &z, VECTOR);                                             \
    }                                                                            \
  }
#define LOOPS(name, T) LOOP(add_##name, T, +) LOOP(sub_##name, T, -) LOOP(mul_##name, T, *)
LOOPS(f32, float)
LOOP(div_f32, float, /)
LOOPS(f64, double)
LOOP(div_f64, double, /)
LOOPS(32, uint32_t)
LOOPS(64, uint64_t)

#define ROW(name) add_##name, sub_##name, mul_##name
static void (*const loops[][OPERATIONS])(part, int64_t) = {
    [4] = {ROW(32)}, {ROW(64)}, [8] = {ROW(32)}, {ROW(64)}, [11] = {ROW(f32), div_f32}, {ROW(f64), div_f64},
    [15] = {add_f32, sub_f32}, [18] = {add_f64, sub_f64},
};

// cache is the bytes of the last cache that a processor has a part in; sysconf adds up all that there are.
static int64_t cache(void) {
  static _Atomic int64_t bytes;
  if (bytes) return bytes;
  long long kilobytes = 0;
  FILE* f = fopen("/sys/devices/system/cpu/cpu0/cache/index3/size", "r");
  if (f && fscanf(f, "%lldK", &kilobytes) != 1) kilobytes = 0;
  if (f) fclose(f);
  return bytes = kilobytes > 0 ? kilobytes << 10 : COMMON_CACHE;
}

// past_caches reports whether a result of so many bytes is to be written past them.
static bool past_caches(const void* z, int64_t bytes) { return bytes > cache() && (uintptr_t)z % VECTOR == 0; }

typedef struct {
  void (*loop)(part, int64_t);
  part all;
  int64_t bytes;
} stream;

static bool pages(void* context, int64_t from, int64_t to) {
  const stream* s = context;
  part p = s->all;
  int64_t begin = from * PAGE, end = to * PAGE < s->bytes ? to * PAGE : s->bytes, rest = (end - begin) % VECTOR;
  p.x += begin / VECTOR * p.x_step, p.y += begin / VECTOR * p.y_step, p.z += begin;
  s->loop(p, end - begin - rest);
  if (rest) {  // of the last page
    int64_t done = (end - begin) / VECTOR;
    _Alignas(VECTOR) char x[VECTOR] = {0}, y[VECTOR] = {0}, z[VECTOR];
    memcpy(x, p.x + done * p.x_step, rest), memcpy(y, p.y + done * p.y_step, rest);
    s->loop((part){x, y, z, 0, 0, false}, VECTOR);
    memcpy(p.z + done * VECTOR, z, rest);
  }
  settle();
  return true;
}

// operand is where an operand's numbers are: single ones are spread over a vector, in memory of the caller's.
static const char* operand(const gk_buffer* b, bool one, char* memory, int64_t* step) {
  *step = one ? 0 : VECTOR;
  if (!one) return b->data;
  size_t width = gk_width(b->type);
  for (size_t i = 0; i < VECTOR; i += width) memcpy(memory + i, b->data, width);
  return memory;
}

void* gk_stream(gk_frame* f) {
  if (!gk_executes(f)) return NULL;
  if (f->args.n != 2 || f->rets.n != 1) return gk_failed(f->api, "the number of operands or results is wrong");
  const gk_buffer *x = f->args.v[0], *y = f->args.v[1], *z = f->rets.v[0];
  int64_t operation = gk_option(f, "operation", -1), nx = gk_elements(x), ny = gk_elements(y), n = gk_elements(z);
  if (z->type != x->type || z->type != y->type || (nx != n && nx != 1) || (ny != n && ny != 1))
    return gk_failed(f->api, "the result differs from the operands in shape or type");
  if (operation < 0 || operation >= OPERATIONS || z->type < 0 || z->type > 18 || !loops[z->type][operation])
    return gk_failed(f->api, "the operation is not one of this type");
  char one_x[VECTOR], one_y[VECTOR];
  stream s = {loops[z->type][operation], {.z = z->data}, n * (int64_t)gk_width(z->type)};
  s.all.x = operand(x, nx != n, one_x, &s.all.x_step), s.all.y = operand(y, ny != n, one_y, &s.all.y_step);
  s.all.past = past_caches(z->data, s.bytes);
  return gk_each(f, (s.bytes + PAGE - 1) / PAGE, PAGE / 8, pages, &s);
}

// A join is pieces of vectors, one behind the other. Of each operand, list has where its piece begins, and its length.
typedef struct {
  gk_frame* f;
  const int64_t* list;
  int64_t width, bytes;
  bool past;
} join;

static void copy(char* to, const char* from, int64_t n, bool past) {
  int64_t done = 0;
  if (past) {
    int64_t head = -(uintptr_t)to % VECTOR;
    if (head > n) head = n;
    memcpy(to, from, head);
    vector v;
    for (done = head; done + VECTOR <= n; done += VECTOR) memcpy(&v, from + done, VECTOR), put(to + done, v);
  }
  memcpy(to + done, from + done, n - done);
}

static bool join_pages(void* context, int64_t from, int64_t to) {
  const join* j = context;
  char* z = j->f->rets.v[0]->data;
  int64_t begin = from * PAGE, end = to * PAGE < j->bytes ? to * PAGE : j->bytes, at = 0;
  for (int64_t i = 0; i < j->f->args.n; i++) {
    int64_t first = j->list[2 * i] * j->width, n = j->list[2 * i + 1] * j->width;
    int64_t a = begin > at ? begin : at, b = end < at + n ? end : at + n;
    if (a < b) copy(z + a, (const char*)j->f->args.v[i]->data + first + a - at, b - a, j->past);
    at += n;
  }
  settle();
  return true;
}

void* gk_join(gk_frame* f) {
  if (!gk_executes(f)) return NULL;
  const gk_numbers* pieces = gk_list_option(f, "pieces");
  if (f->rets.n != 1 || !pieces || pieces->n != 2 * (size_t)f->args.n)
    return gk_failed(f->api, "there is not one piece of each operand");
  const gk_buffer* z = f->rets.v[0];
  int64_t left = gk_elements(z);
  for (int64_t i = 0; i < f->args.n; i++) {
    int64_t from = pieces->v[2 * i], n = pieces->v[2 * i + 1], of = gk_elements(f->args.v[i]);
    if (f->args.v[i]->type != z->type || from < 0 || n < 0 || from > of || n > of - from || n > left)
      return gk_failed(f->api, "the pieces are not the result's");
    left -= n;
  }
  if (left || !gk_width(z->type)) return gk_failed(f->api, "the pieces are not the result's");
  join j = {f, pieces->v, (int64_t)gk_width(z->type), gk_elements(z) * (int64_t)gk_width(z->type)};
  j.past = past_caches(z->data, j.bytes);
  return gk_each(f, (j.bytes + PAGE - 1) / PAGE, PAGE / 8, join_pages, &j);
}
