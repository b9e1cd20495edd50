#include <stdint.h>
#include <stdio.h>
#include <string.h>
#if defined(__x86_64__) && !defined(__clang__)
#include <emmintrin.h>
#endif

#include "builtin.h"
#include "parallel.h"
#include "vectors.h"

// Arithmetic of arrays that are larger than the processor's caches takes as long as memory. Lines of a result that are
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
  s.all.past = s.bytes > cache() && (uintptr_t)z->data % VECTOR == 0;
  return gk_each(f, (s.bytes + PAGE - 1) / PAGE, PAGE / 8, pages, &s);
}
