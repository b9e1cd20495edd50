#include <string.h>

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>
#endif

#include "order.h"
#include "sort.h"
#include "vectors.h"

enum {
  TOGETHER = 64,  // elements that are looked for at once, which none of them has to wait for
  FEW = 64,       // numbers that registers hold
  NODE = 16,      // numbers that one is compared with at once
  LEVELS = 9,     // of a tree with so many numbers in a node
  BUILDING = 32,  // elements of a row that are put into its tree while one is bisected for, in all steps
};

// A search is a call of gk_search. A row is looked through as a tree: level 0 has its numbers, followed by greatest
// ones, in nodes, and each level above the last numbers of the nodes below.
typedef struct search {
  const gk_kind* kind;
  const char *x, *wanted;
  int64_t n, m;
  bool right;
  int32_t* places;
  char* numbers;
  int levels;
  int64_t at[LEVELS + 1];  // where each level begins among numbers
  void (*find)(const struct search* s, void* wanted, int32_t* places);
  int64_t row, chunks;
} search;

// FIND gives the places of elements, which DOWN finds: how many numbers are less. No number is more than the greatest,
// which ends each level; to look for the first number that is greater is to look for the next one.
#define FIND(T, TARGET, name, DOWN)                                                             \
  TARGET static void name(const search* s, void* elements, int32_t* places) {                   \
    T* wanted = elements;                                                                       \
    T end[TOGETHER];                                                                            \
    int32_t n = (int32_t)s->n;                                                                  \
    for (int i = 0; i < TOGETHER; i++)                                                          \
      end[i] = s->right && wanted[i] == (T)~(T)0, wanted[i] += s->right && !end[i];             \
    DOWN                                                                                        \
    for (int i = 0; i < TOGETHER; i++)                                                          \
      places[i] = end[i] || places[i] > n ? n : places[i];                                      \
  }

// TREE takes all a step down the tree together: how many numbers of its node are LESS.
#define TREE(T, LESS)                                                                           \
  for (int i = 0; i < TOGETHER; i++) places[i] = 0;                                             \
  for (int l = s->levels - 1; l >= 0; l--) {                                                    \
    const T* level = (const T*)s->numbers + s->at[l];                                           \
    for (int i = 0; i < TOGETHER; i++)                                                          \
      places[i] = NODE * places[i] + LESS(level + (int64_t)NODE * places[i], wanted[i]);        \
  }

// COUNT is by bisection: the last number of a node that is looked at is not less.
#define COUNT(T, name)                                                    \
  static inline __attribute__((always_inline)) int name(const T* node, T v) { \
    int less = node[7] < v ? 8 : 0;                                       \
    less += node[less + 3] < v ? 4 : 0;                                   \
    less += node[less + 1] < v ? 2 : 0;                                   \
    return less + (node[less] < v);                                       \
  }
COUNT(uint32_t, less_32)
COUNT(uint64_t, less_64)
FIND(uint32_t, , find_32, TREE(uint32_t, less_32))
FIND(uint64_t, , find_64, TREE(uint64_t, less_64))

#if defined(__x86_64__) && defined(__GNUC__)
#define AVX512 __attribute__((target("avx512f,popcnt")))
AVX512 static inline int less_32_avx512(const uint32_t* node, uint32_t v) {
  return __builtin_popcount(_mm512_cmplt_epu32_mask(_mm512_loadu_si512(node), _mm512_set1_epi32((int)v)));
}
AVX512 static inline int less_64_avx512(const uint64_t* node, uint64_t v) {
  __m512i all = _mm512_set1_epi64((long long)v);
  unsigned low = _mm512_cmplt_epu64_mask(_mm512_loadu_si512(node), all);
  unsigned high = _mm512_cmplt_epu64_mask(_mm512_loadu_si512(node + NODE / 2), all);
  return __builtin_popcount(low | high << NODE / 2);
}
// few_avx512 finds places in a level of up to FEW numbers by bisection of all of a vector together.
AVX512 static inline void few_avx512(const uint32_t* level, int64_t n, const uint32_t* wanted, int32_t* places) {
  __m512i part[FEW / NODE];
  for (int i = 0; i < FEW / NODE; i++)
    part[i] = NODE * i < n ? _mm512_loadu_si512(level + NODE * i) : _mm512_set1_epi32(-1);
  for (int i = 0; i < TOGETHER; i += NODE) {
    __m512i v = _mm512_loadu_si512(wanted + i), at = _mm512_setzero_si512();
    __mmask16 high = n > FEW / 2 ? _mm512_cmplt_epu32_mask(_mm512_set1_epi32((int)level[FEW / 2 - 1]), v) : 0;
    for (int step = FEW / 4; step > 0; step /= 2) {
      __m512i last = _mm512_add_epi32(at, _mm512_set1_epi32(step - 1));
      __m512i number = _mm512_mask_mov_epi32(_mm512_permutex2var_epi32(part[0], last, part[1]), high,
                                             _mm512_permutex2var_epi32(part[2], last, part[3]));
      at = _mm512_mask_add_epi32(at, _mm512_cmplt_epu32_mask(number, v), at, _mm512_set1_epi32(step));
    }
    // What is left is less than one number of each half.
    _mm512_storeu_si512(places + i, _mm512_mask_add_epi32(at, high, at, _mm512_set1_epi32(FEW / 2)));
  }
}
FIND(uint32_t, AVX512, find_few_avx512, few_avx512((const uint32_t*)s->numbers, s->at[1], wanted, places);)
#define AVX2 __attribute__((target("avx2,popcnt")))
// AVX2 compares numbers that have a sign.
AVX2 static inline int less_32_avx2(const uint32_t* node, uint32_t v) {
  __m256i sign = _mm256_set1_epi32(INT32_MIN), all = _mm256_set1_epi32((int)(v ^ 1u << 31)), less[2];
  for (int i = 0; i < 2; i++)
    less[i] = _mm256_cmpgt_epi32(all, _mm256_xor_si256(sign, _mm256_loadu_si256((const __m256i*)node + i)));
  return __builtin_popcount((unsigned)_mm256_movemask_epi8(_mm256_packs_epi32(less[0], less[1]))) / 2;
}
AVX2 static inline int less_64_avx2(const uint64_t* node, uint64_t v) {
  __m256i sign = _mm256_set1_epi64x(INT64_MIN), all = _mm256_set1_epi64x((long long)(v ^ 1ull << 63));
  __m256i less = _mm256_setzero_si256();
  for (int i = 0; i < 4; i++)
    less = _mm256_sub_epi64(less, _mm256_cmpgt_epi64(all, _mm256_xor_si256(
                                      sign, _mm256_loadu_si256((const __m256i*)node + i))));
  __m128i half = _mm_add_epi64(_mm256_castsi256_si128(less), _mm256_extracti128_si256(less, 1));
  return (int)(_mm_cvtsi128_si64(half) + _mm_extract_epi64(half, 1));
}
FIND(uint32_t, AVX2, find_32_avx2, TREE(uint32_t, less_32_avx2))
FIND(uint64_t, AVX2, find_64_avx2, TREE(uint64_t, less_64_avx2))
FIND(uint32_t, AVX512, find_32_avx512, TREE(uint32_t, less_32_avx512))
FIND(uint64_t, AVX512, find_64_avx512, TREE(uint64_t, less_64_avx512))
#endif

// choose finds out how the processor looks for numbers.
static void choose(search* s) {
  bool wide = s->kind->wide == 8;
  s->find = wide ? find_64 : find_32;
#if defined(__x86_64__) && defined(__GNUC__)
  if (__builtin_cpu_supports("avx512f"))
    s->find = wide ? find_64_avx512 : s->at[1] <= FEW ? find_few_avx512 : find_32_avx512;
  else if (__builtin_cpu_supports("avx2"))
    s->find = wide ? find_64_avx2 : find_32_avx2;
#endif
}

static bool load(void* context, int64_t from, int64_t to) {
  const search* s = context;
  int64_t a = gk_chunk(s->n, s->chunks, from), b = gk_chunk(s->n, s->chunks, to);
  s->kind->load(s->x + (s->row * s->n + a) * s->kind->width, b - a, s->numbers + a * s->kind->wide);
  return true;
}

static bool find(void* context, int64_t from, int64_t to) {
  const search* s = context;
  uint64_t wanted[TOGETHER] = {0};
  int32_t places[TOGETHER];
  int64_t end = s->row * s->m + gk_chunk(s->m, s->chunks, to);
  for (int64_t i = s->row * s->m + gk_chunk(s->m, s->chunks, from), n; i < end; i += n) {
    n = end - i < TOGETHER ? end - i : TOGETHER;
    s->kind->load(s->wanted + i * s->kind->width, n, wanted);
    s->find(s, wanted, places);
    memcpy(s->places + i, places, n * sizeof *places);
  }
  return true;
}

// bisect looks for elements in the row itself.
static void bisect(const search* s) {
  int width = s->kind->width, wide = s->kind->wide;
  for (int64_t i = s->row * s->m; i < (s->row + 1) * s->m; i++) {
    int64_t low = 0, high = s->n;  // the place is one of these or between
    while (low < high) {
      uint64_t wanted = 0, number = 0;
      uint32_t w, v;
      int64_t middle = low + (high - low) / 2;
      s->kind->load(s->wanted + i * width, 1, &wanted);
      s->kind->load(s->x + (s->row * s->n + middle) * width, 1, &number);
      memcpy(&w, &wanted, sizeof w), memcpy(&v, &number, sizeof v);
      bool before = wide == 4 ? (s->right ? v <= w : v < w) : (s->right ? number <= wanted : number < wanted);
      if (before)
        low = middle + 1;
      else
        high = middle;
    }
    s->places[i] = (int32_t)low;
  }
}

static void search_row(const void* context, int64_t r, gk_crew* crew, char* memory) {
  search s = *(const search*)context;
  s.row = r, s.chunks = crew->chunks, s.numbers = memory;
  if (s.m * BUILDING < s.n) {
    bisect(&s);
    return;
  }
  gk_together(crew, s.n, load, &s);
  memset(memory + s.n * s.kind->wide, 0xff, (s.at[1] - s.n) * s.kind->wide);
  for (int l = 1; l < s.levels; l++) {
    int64_t nodes = (s.at[l] - s.at[l - 1]) / NODE, wide = s.kind->wide;
    char *to = memory + s.at[l] * wide, *from = memory + (s.at[l - 1] + NODE - 1) * wide;
    for (int64_t i = 0; i < nodes; i++) memcpy(to + i * wide, from + i * NODE * wide, wide);
    memset(to + nodes * wide, 0xff, (s.at[l + 1] - s.at[l] - nodes) * wide);
  }
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
  s->at[0] = 0;
  // The size is of the nodes of the level below or, first, that of the row and a greatest number more.
  for (int64_t size = s->n + 1, l = 0; l == 0 || size > 1; l++) {
    size = (size + NODE - 1) / NODE;
    s->at[l + 1] = s->at[l] + size * NODE, s->levels = (int)l + 1;
  }
  choose(s);
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
  size_t tree = s.m * BUILDING < s.n ? 0 : s.at[s.levels] * s.kind->wide;
  return gk_by_rows(f, rows, s.m, 8 * s.levels, tree, search_row, &s);
}
