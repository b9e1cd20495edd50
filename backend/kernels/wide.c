#include "wide.h"

#include <string.h>

#if defined(__x86_64__) && defined(__GNUC__)

#include <immintrin.h>

#define WIDE __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,bmi2,popcnt")))
#define INLINE WIDE __attribute__((always_inline)) static inline

typedef __m512i vector;

enum { LANES = 16, VECTORS = 16, SMALL = LANES * VECTORS };  // what is sorted by a network, at most

bool gk_wide(void) {
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
         __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
}

INLINE vector iota(void) { return _mm512_set_epi32(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0); }

// across gives in lane i lane i ^ other of v.
INLINE vector across(vector v, int other) {
  return _mm512_permutexvar_epi32(_mm512_xor_si512(iota(), _mm512_set1_epi32(other)), v);
}

// exchange compares each lane with the one across, and leaves the greater in those of upper.
INLINE vector exchange(vector v, int other, __mmask16 upper) {
  vector w = across(v, other);
  return _mm512_mask_max_epu32(_mm512_min_epu32(v, w), upper, v, w);
}

// A bitonic network (K. Batcher, Sorting networks and their applications, 1968): sort_one sorts a vector, merge_one one
// whose lanes rise and fall.
INLINE vector merge_one(vector v) {
  v = exchange(v, 8, 0xff00);
  v = exchange(v, 4, 0xf0f0);
  v = exchange(v, 2, 0xcccc);
  return exchange(v, 1, 0xaaaa);
}

INLINE vector sort_one(vector v) {
  v = exchange(v, 1, 0xaaaa);
  v = exchange(v, 3, 0xcccc);
  v = exchange(v, 1, 0xaaaa);
  v = exchange(v, 7, 0xf0f0);
  v = exchange(v, 2, 0xcccc);
  v = exchange(v, 1, 0xaaaa);
  v = exchange(v, 15, 0xff00);
  v = exchange(v, 4, 0xf0f0);
  v = exchange(v, 2, 0xcccc);
  return exchange(v, 1, 0xaaaa);
}

INLINE void order_two(vector* a, vector* b) {
  vector least = _mm512_min_epu32(*a, *b);
  *b = _mm512_max_epu32(*a, *b), *a = least;
}

// network sorts count vectors. It is the network for a power of two, of which those behind count are thought to hold
// the greatest numbers: what would be compared with these stays.
INLINE void network(vector* v, int count) {
#pragma GCC unroll 16
  for (int i = 0; i < count; i++) v[i] = sort_one(v[i]);
#pragma GCC unroll 4
  for (int run = 2; run / 2 < count; run *= 2) {
#pragma GCC unroll 8
    for (int a = 0; a < count; a += run) {
#pragma GCC unroll 8
      for (int i = 0; i < run / 2; i++)
        if (a + run - 1 - i < count) {
          v[a + run - 1 - i] = across(v[a + run - 1 - i], 15);
          order_two(v + a + i, v + a + run - 1 - i);
        }
#pragma GCC unroll 3
      for (int half = run / 4; half > 0; half /= 2)
#pragma GCC unroll 16
        for (int i = 0; i < run; i++)
          if (!(i & half) && a + i + half < count) order_two(v + a + i, v + a + i + half);
    }
#pragma GCC unroll 16
    for (int i = 0; i < count; i++) v[i] = merge_one(v[i]);
  }
}

INLINE __mmask16 first(int64_t n) { return n >= LANES ? 0xffff : n <= 0 ? 0 : (__mmask16)((1u << n) - 1); }

INLINE void sort_some(const uint32_t* from, int64_t n, uint32_t* to, int count) {
  vector v[VECTORS];
#pragma GCC unroll 16
  for (int i = 0; i < count; i++)
    v[i] = _mm512_mask_loadu_epi32(_mm512_set1_epi32(-1), first(n - LANES * i), from + LANES * i);
  network(v, count);
#pragma GCC unroll 16
  for (int i = 0; i < count; i++) _mm512_mask_storeu_epi32(to + LANES * i, first(n - LANES * i), v[i]);
}

#define SORT(count) \
  WIDE static void sort_##count(const uint32_t* from, int64_t n, uint32_t* to) { sort_some(from, n, to, count); }
SORT(1) SORT(2) SORT(3) SORT(4) SORT(6) SORT(8) SORT(12) SORT(16)

// sort_small sorts at most SMALL numbers.
static void sort_small(const uint32_t* from, int64_t n, uint32_t* to) {
  static void (*const by_vectors[])(const uint32_t*, int64_t, uint32_t*) = {
      sort_1, sort_1, sort_2,  sort_3,  sort_4,  sort_6,  sort_6,  sort_8, sort_8,
      sort_12, sort_12, sort_12, sort_12, sort_16, sort_16, sort_16, sort_16};
  by_vectors[(n + LANES - 1) / LANES](from, n, to);
}

WIDE int64_t gk_wide_split(const uint32_t* from, int64_t n, uint32_t pivot, uint32_t* to) {
  vector p = _mm512_set1_epi32((int)pivot);
  uint32_t *low = to, *high = to + n;
  int64_t i = 0;
  for (; i + LANES <= n; i += LANES) {
    vector v = _mm512_loadu_si512(from + i);
    __mmask16 up = _mm512_cmpgt_epu32_mask(v, p);
    int ups = __builtin_popcount(up);
    _mm512_storeu_si512(low, _mm512_maskz_compress_epi32((__mmask16)~up, v));  // there is room up to high
    low += LANES - ups, high -= ups;
    _mm512_mask_storeu_epi32(high, first(ups), _mm512_maskz_compress_epi32(up, v));
  }
  for (; i < n; i++)
    if (from[i] > pivot)
      *--high = from[i];
    else
      *low++ = from[i];
  return low - to;
}

// pivot_of is about the median of n numbers, n > SMALL: that of some, which are as far apart as they can be.
WIDE static uint32_t pivot_of(const uint32_t* a, int64_t n) {
  vector v[4];
  int count = n < 4 * SMALL ? 1 : 4, apart = (int)(n / (LANES * count));
  vector at = _mm512_mullo_epi32(iota(), _mm512_set1_epi32(apart));
  for (int i = 0; i < count; i++) v[i] = _mm512_i32gather_epi32(at, a + (LANES * apart + 1) * i, 4);
  if (count == 1)
    v[0] = sort_one(v[0]);
  else
    network(v, 4);
  return (uint32_t)_mm_cvtsi128_si32(_mm512_castsi512_si128(across(v[count / 2], count == 1 ? LANES / 2 : 0)));
}

// quick sorts n numbers x into y, or where they are; either is written to.
static void quick(uint32_t* x, uint32_t* y, int64_t n, bool into_y) {
  while (n > SMALL) {
    uint32_t pivot = pivot_of(x, n);
    int64_t k = gk_wide_split(x, n, pivot, y);
    if (k == n) {  // the pivot is the greatest: what is not below it is done
      k = pivot == 0 ? 0 : gk_wide_split(x, n, pivot - 1, y);
      if (!into_y) memcpy(x + k, y + k, (n - k) * sizeof *x);
      n = k;
    } else if (k < n - k) {
      quick(y, x, k, !into_y);
      x += k, y += k, n -= k;
    } else {
      quick(y + k, x + k, n - k, !into_y);
      n = k;
    }
    uint32_t* t = x;
    x = y, y = t, into_y = !into_y;
  }
  sort_small(x, n, into_y ? y : x);
}

void gk_wide_sort(uint32_t* a, uint32_t* other, int64_t n) { quick(a, other, n, false); }

#else

bool gk_wide(void) { return false; }
void gk_wide_sort(uint32_t* a, uint32_t* other, int64_t n) {}
int64_t gk_wide_split(const uint32_t* from, int64_t n, uint32_t pivot, uint32_t* to) { return 0; }

#endif
