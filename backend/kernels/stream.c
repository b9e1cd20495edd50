#include <stdint.h>
#include <stdio.h>
#include <string.h>
#ifdef __x86_64__
#include <immintrin.h>
#endif

#include "builtin.h"
#include "parallel.h"
#include "turn.h"
#include "vectors.h"

// Work on arrays that are larger than the processor's caches takes as long as memory. Lines of a result that are
// written as usual are read first; here they are written past the caches. Subnormal numbers are what the thread takes
// them for, as in XLA's loops, which run on the same ones.

enum { VECTOR = 32, LINE = 64, COLUMNS = 64, PAGE = 4096, COMMON_CACHE = 32 << 20 };

enum { ADD, SUBTRACT, MULTIPLY, DIVIDE, OPERATIONS, COPY = OPERATIONS };

// A part are lines of a result, and where the numbers are that it is computed of: the operands' vectors are steps of
// bytes apart, 0 where an operand is one number.
typedef struct {
  const char *x, *y;
  char* z;
  int64_t x_step, y_step, x_line, y_line, z_line, lines, bytes;
  bool past;
} part;

#define LOOP(name, T, value, TARGET, PUT)                                           \
  TARGET static void name(part p) {                                                 \
    typedef T numbers __attribute__((vector_size(VECTOR)));                         \
    for (; p.lines--; p.x += p.x_line, p.y += p.y_line, p.z += p.z_line)            \
      for (int64_t i = 0, k = 0; i < p.bytes; i += VECTOR, k++) {                   \
        numbers x, y;                                                               \
        memcpy(&x, p.x + k * p.x_step, VECTOR), memcpy(&y, p.y + k * p.y_step, VECTOR); \
        numbers z = value;                                                          \
        if (p.past)                                                                 \
          PUT(p.z + i, z);                                                          \
        else                                                                        \
          memcpy(p.z + i, &z, VECTOR);                                              \
      }                                                                             \
  }
#define LOOPS(name, T, TARGET, PUT)           \
  LOOP(add_##name, T, x + y, TARGET, PUT)     \
  LOOP(subtract_##name, T, x - y, TARGET, PUT) \
  LOOP(multiply_##name, T, x * y, TARGET, PUT)
#define ROW(name) add_##name, subtract_##name, multiply_##name

// Those of XLA's types, and the one that copies.
#define TABLE(loops, TARGET, PUT)                                                                                \
  LOOPS(f32##loops, float, TARGET, PUT) LOOP(divide_f32##loops, float, x / y, TARGET, PUT)                       \
  LOOPS(f64##loops, double, TARGET, PUT) LOOP(divide_f64##loops, double, x / y, TARGET, PUT)                     \
  LOOPS(32##loops, uint32_t, TARGET, PUT) LOOPS(64##loops, uint64_t, TARGET, PUT)                                \
  LOOP(copy##loops, uint64_t, x, TARGET, PUT)                                                                    \
  static void (*const loops[][OPERATIONS])(part) = {                                                             \
      {copy##loops}, [4] = {ROW(32##loops)}, {ROW(64##loops)}, [8] = {ROW(32##loops)}, {ROW(64##loops)},         \
      [11] = {ROW(f32##loops), divide_f32##loops}, {ROW(f64##loops), divide_f64##loops},                         \
      [15] = {add_f32##loops, subtract_f32##loops}, [18] = {add_f64##loops, subtract_f64##loops},                \
  };

#ifdef __x86_64__
#define PUT(to, z) _mm_stream_si128((__m128i*)(to), ((__m128i*)&z)[0]), \
                   _mm_stream_si128((__m128i*)(to) + 1, ((__m128i*)&z)[1])
#define PUT_AVX(to, z) _mm256_stream_si256((__m256i*)(to), (__m256i)z)
TABLE(_avx, __attribute__((target("avx2"))), PUT_AVX)
#elif defined(__clang__)
#define PUT(to, z) __builtin_nontemporal_store(z, (numbers*)(to))
#else
#define PUT(to, z) memcpy(to, &z, VECTOR)
#endif
TABLE(_any, , PUT)

static void (*loop(int type, int64_t operation))(part) {
  if (operation == COPY) type = 0, operation = 0;
#ifdef __x86_64__
  if (__builtin_cpu_supports("avx2")) return _avx[type][operation];
#endif
  return _any[type][operation];
}

static inline void settle(void) {
#ifdef __x86_64__
  _mm_sfence();
#endif
}

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

// A view is how a result's numbers are found in an operand: in their order; all in one; turned, where each matrix of a
// batch lies as its transpose; or joined, where they are pieces of vectors, one behind the other.
enum { WHOLE, TURNED, JOINED, ONE };

typedef struct {
  int64_t kind;
  const char* data;
  char number[VECTOR];
  const int64_t* pieces;  // where each begins in its vector, and its length, in elements
  gk_buffer* const* of;
  int64_t n;
} view;

typedef struct {
  void (*loop)(part);
  view x, y;
  char* z;
  int64_t batch, rows, columns;  // of x, if it is turned
  int64_t width, bytes;
  bool past;
  int operation;  // gk_turn_past's
} stream;

// piece is where the result's byte is found that is so far behind its first. It makes n no more than the bytes that
// follow there.
static const char* piece(const view* v, int64_t width, int64_t at, int64_t* n) {
  if (v->kind == ONE) return v->number;
  if (v->kind == WHOLE) return v->data + at;
  int64_t i = 0;
  for (; at >= v->pieces[2 * i + 1] * width; i++) at -= v->pieces[2 * i + 1] * width;
  int64_t left = v->pieces[2 * i + 1] * width - at;
  if (left < *n) *n = left;
  return (const char*)v->of[i]->data + v->pieces[2 * i] * width + at;
}

// bit computes less than a vector.
static void bit(void (*loop)(part), part p) {
  _Alignas(VECTOR) char x[VECTOR] = {0}, y[VECTOR] = {0}, z[VECTOR];
  memcpy(x, p.x, p.bytes), memcpy(y, p.y, p.bytes);
  loop((part){.x = x, .y = y, .z = z, .lines = 1, .bytes = VECTOR});
  memcpy(p.z, z, p.bytes);
}

static part moved(part p, int64_t n) {  // n is of whole vectors, but where numbers are not repeated
  p.x += p.x_step ? n : 0, p.y += p.y_step ? n : 0, p.z += n, p.bytes -= n;
  return p;
}

static bool pages(void* context, int64_t from, int64_t to) {
  const stream* s = context;
  int64_t end = to * PAGE < s->bytes ? to * PAGE : s->bytes, n;
  for (int64_t at = from * PAGE; at < end; at += n) {
    n = end - at;
    part p = {.z = s->z + at, .lines = 1, .past = s->past};
    p.x = piece(&s->x, s->width, at, &n), p.x_step = s->x.kind == ONE ? 0 : VECTOR;
    p.y = piece(&s->y, s->width, at, &n), p.y_step = s->y.kind == ONE ? 0 : VECTOR;
    p.bytes = n;
    int64_t head = s->past ? -(uintptr_t)p.z % VECTOR : 0;
    if (head > n) head = n;
    if (head) {
      part first = p;
      first.bytes = head;
      bit(s->loop, first);
      p = moved(p, head);
    }
    int64_t rest = p.bytes % VECTOR;
    part last = moved(p, p.bytes - rest);
    p.bytes -= rest;
    s->loop(p);
    if (rest) bit(s->loop, last);
  }
  settle();
  return true;
}

// blocks are rows of a turned operand, as many as fill a line of the result: they are read as they lie, and each column
// becomes a line.
static bool blocks(void* context, int64_t from, int64_t to) {
  const stream* s = context;
  int64_t w = s->width, per = LINE / w, each = (s->rows + per - 1) / per;
  for (int64_t k = from; k < to; k++) {
    int64_t b = k / each, row = k % each * per, rows = s->rows - row < per ? s->rows - row : per;
    for (int64_t j = 0; j < s->columns; j += COLUMNS) {
      _Alignas(LINE) char turned[COLUMNS * LINE];
      int64_t n = s->columns - j < COLUMNS ? s->columns - j : COLUMNS;
      int64_t here = ((b * s->columns + j) * s->rows + row) * w, there = ((b * s->rows + row) * s->columns + j) * w;
      gk_turn(s->x.data + there, s->columns * w, turned, LINE, rows, n, w);
      s->loop((part){turned, s->y.number, s->z + here, VECTOR, 0, LINE, 0, s->rows * w, n, rows * w, s->past});
    }
  }
  settle();
  return true;
}

// strips does so past the caches, where there is no need of the buffer.
static bool strips(void* context, int64_t from, int64_t to) {
  const stream* s = context;
  int64_t w = s->width, per = LINE / w, each = (s->rows + per - 1) / per, matrix = s->rows * s->columns * w;
  for (int64_t k = from; k < to; k++) {
    int64_t at = k / each * matrix;
    gk_turn_past(s->x.data + at, s->z + at, k % each * per, s->rows, s->columns, w, s->operation, s->y.number);
  }
  settle();
  return true;
}

// numbers are what gk_turn_past computes with, by XLA's types.
static const int numbers[] = {[4] = GK_U32, GK_U64, [8] = GK_U32, GK_U64, [11] = GK_F32, GK_F64, [15] = GK_F32,
                              [18] = GK_F64};

static const char impossible[] = "the operands are not those of the result, in shape or type";

// look takes the next view from the list, and the operands that it is of.
static bool look(gk_frame* f, stream* s, const gk_numbers* list, size_t* at, int64_t* operand, view* v) {
  const gk_buffer* z = f->rets.v[0];
  if (*at >= list->n) return false;
  v->kind = list->v[(*at)++], v->n = 1;
  if (v->kind < WHOLE || v->kind > JOINED) return false;
  if (v->kind == JOINED) {
    if (*at >= list->n || (v->n = list->v[(*at)++]) < 1 || v->n > f->args.n || 2 * v->n > (int64_t)(list->n - *at))
      return false;
    v->pieces = list->v + *at, *at += 2 * v->n;
  }
  if (v->n > f->args.n - *operand) return false;
  v->of = f->args.v + *operand, *operand += v->n;
  v->data = v->of[0]->data;
  int64_t n = gk_elements(z), left = n;
  for (int64_t i = 0; i < v->n; i++) {
    int64_t of = gk_elements(v->of[i]);
    if (v->of[i]->type != z->type) return false;
    if (v->kind == JOINED) {
      int64_t first = v->pieces[2 * i], length = v->pieces[2 * i + 1];
      if (first < 0 || length < 0 || first > of || length > of - first || length > left) return false;
      left -= length;
    } else if (v->kind == WHOLE && of == 1 && n > 1) {  // spread over a vector
      v->kind = ONE;
      for (int64_t j = 0; j < VECTOR; j += s->width) memcpy(v->number + j, v->data, s->width);
    } else if (of != n) {
      return false;
    }
  }
  return v->kind == JOINED ? !left : v->kind != TURNED || s->batch > 0;
}

void* gk_stream(gk_frame* f) {
  if (!gk_executes(f)) return NULL;
  const gk_numbers *views = gk_list_option(f, "views"), *turned = gk_list_option(f, "turned");
  int64_t operation = gk_option(f, "operation", -1), operand = 0;
  if (f->rets.n != 1 || !views) return gk_failed(f->api, impossible);
  const gk_buffer* z = f->rets.v[0];
  stream s = {.z = z->data, .width = (int64_t)gk_width(z->type)};
  if (operation == COPY ? s.width > 0 : operation >= 0 && operation < OPERATIONS && z->type > 0 && z->type <= 18)
    s.loop = loop(z->type, operation);
  if (!s.loop) return gk_failed(f->api, "the operation is not one of this type");
  s.bytes = gk_elements(z) * s.width;
  s.past = s.bytes > cache() && (uintptr_t)s.z % LINE == 0;
  if (turned) {
    if (turned->n != 3) return gk_failed(f->api, impossible);
    s.batch = turned->v[0], s.rows = turned->v[1], s.columns = turned->v[2];
    if (s.batch < 1 || s.rows < 1 || s.columns < 1 || s.width < 4 || s.rows * s.width % VECTOR ||
        (double)s.batch * s.rows * s.columns != gk_elements(z))
      return gk_failed(f->api, impossible);
  }
  size_t at = 0;
  s.y.kind = ONE;
  if (!look(f, &s, views, &at, &operand, &s.x) || (operation != COPY && !look(f, &s, views, &at, &operand, &s.y)) ||
      at != views->n || operand != f->args.n || (turned ? s.x.kind != TURNED || s.y.kind != ONE : s.y.kind == TURNED))
    return gk_failed(f->api, impossible);
  if (!turned) return gk_each(f, (s.bytes + PAGE - 1) / PAGE, PAGE / 8, pages, &s);
  int64_t each = (s.rows * s.width + LINE - 1) / LINE;
  bool direct = s.past && s.columns * s.width >= VECTOR;
  s.operation = operation == COPY ? GK_COPY : numbers[z->type] + (int)operation;
  return gk_each(f, s.batch * each, s.columns * LINE / 8, direct ? strips : blocks, &s);
}
