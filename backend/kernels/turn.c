#include "turn.h"

#include <string.h>
#ifdef __x86_64__
#include <immintrin.h>
#endif

#include "shuffle.h"
#include "vectors.h"

#define INTO_WIDE __attribute__((always_inline)) static inline

enum { VECTOR = 32, LINE = 64, AHEAD = 4 * LINE, MOST = VECTOR / 4 };
typedef uint32_t eight __attribute__((vector_size(VECTOR)));
typedef uint64_t four __attribute__((vector_size(VECTOR)));
typedef float floats __attribute__((vector_size(VECTOR)));
typedef double doubles __attribute__((vector_size(VECTOR)));

// put writes past the caches, where the compiler has it for vectors of any processor.
INTO_WIDE void put(char* to, const four* v) {
#ifdef __clang__
  __builtin_nontemporal_store(*v, (four*)to);
#elif defined(__x86_64__)
  _mm_stream_si128((__m128i*)to, ((const __m128i*)v)[0]), _mm_stream_si128((__m128i*)to + 1, ((const __m128i*)v)[1]);
#else
  memcpy(to, v, VECTOR);
#endif
}

// square transposes a square of as many elements as a vector has: 8, 4 or 2, a constant where it is called. All loops
// over vectors are unrolled, so that these are in registers: writing them to memory and writing past the caches, by
// turns, takes half as long again. Elements change places within the halves of vectors first, as most processors have
// it, and between them last.
INTO_WIDE void square(int side, four* a) {
  four b[MOST];
  if (side == 8) {
#pragma GCC unroll 4
    for (int i = 0; i < 8; i += 2) {
      eight x = (eight)a[i], y = (eight)a[i + 1];
      b[i] = (four)SHUFFLE(eight, x, y, 0, 8, 1, 9, 4, 12, 5, 13);
      b[i + 1] = (four)SHUFFLE(eight, x, y, 2, 10, 3, 11, 6, 14, 7, 15);
    }
#pragma GCC unroll 2
    for (int i = 0; i < 8; i += 4)
#pragma GCC unroll 2
      for (int j = 0; j < 2; j++) {
        a[i + 2 * j] = SHUFFLE(four, b[i + j], b[i + j + 2], 0, 4, 2, 6);
        a[i + 2 * j + 1] = SHUFFLE(four, b[i + j], b[i + j + 2], 1, 5, 3, 7);
      }
  } else if (side == 4) {
#pragma GCC unroll 2
    for (int i = 0; i < 4; i += 2) {
      b[i] = SHUFFLE(four, a[i], a[i + 1], 0, 4, 2, 6);
      b[i + 1] = SHUFFLE(four, a[i], a[i + 1], 1, 5, 3, 7);
    }
#pragma GCC unroll 4
    for (int i = 0; i < 4; i++) a[i] = b[i];
  }
#pragma GCC unroll 8
  for (int i = 0; i < side / 2; i++) {
    b[i] = SHUFFLE(four, a[i], a[i + side / 2], 0, 1, 4, 5);
    b[i + side / 2] = SHUFFLE(four, a[i], a[i + side / 2], 2, 3, 6, 7);
  }
#pragma GCC unroll 8
  for (int i = 0; i < side; i++) a[i] = b[i];
}

INTO_WIDE void tile(int side, const char* from, int64_t step, char* to, int64_t line) {
  four a[MOST];
#pragma GCC unroll 8
  for (int i = 0; i < side; i++) memcpy(&a[i], from + i * step, VECTOR);
  square(side, a);
#pragma GCC unroll 8
  for (int i = 0; i < side; i++) memcpy(to + i * line, &a[i], VECTOR);
}

INTO_WIDE void copy(char* to, const char* from, int64_t width) {
  switch (width) {
    case 4: memcpy(to, from, 4); break;
    case 8: memcpy(to, from, 8); break;
    default: memcpy(to, from, 16);
  }
}

WIDE void gk_turn(const char* from, int64_t step, char* to, int64_t line, int64_t rows, int64_t columns,
                  int64_t width) {
  int64_t side = VECTOR / width, m = rows - rows % side, n = columns - columns % side;
  for (int64_t i = 0; i < m; i += side)
    for (int64_t j = 0; j < n; j += side) {
      const char* f = from + i * step + j * width;
      char* t = to + j * line + i * width;
      switch (width) {
        case 4: tile(8, f, step, t, line); break;
        case 8: tile(4, f, step, t, line); break;
        default: tile(2, f, step, t, line);
      }
    }
  for (int64_t i = 0; i < rows; i++)
    for (int64_t j = i < m ? n : 0; j < columns; j++)
      copy(to + j * line + i * width, from + i * step + j * width, width);
}

// mix puts the odd elements of y into x.
INTO_WIDE void mix(int side, four* x, const four* y) {
  switch (side) {
    case 8: *x = (four)SHUFFLE(eight, (eight)*x, (eight)*y, 0, 9, 2, 11, 4, 13, 6, 15); break;
    case 4: *x = SHUFFLE(four, *x, *y, 0, 5, 2, 7); break;
    default: *x = SHUFFLE(four, *x, *y, 0, 1, 6, 7);
  }
}

#define OF(type, operation, V, op)                                                    \
  case GK_##type + operation:                                                         \
    _Pragma("GCC unroll 8") for (int i = 0; i < side; i++)                            \
        a[i] = (four)((V)a[i] op (V)y), b[i] = (four)((V)b[i] op (V)y);               \
    break;
#define SUMS(type, V) OF(type, 0, V, +) OF(type, 1, V, -)
#define PRODUCTS(type, V) OF(type, 2, V, *)
#define QUOTIENTS(type, V) OF(type, 3, V, /)

// apply computes an operation, see gk_turn_past, of two squares and the number that y repeats.
INTO_WIDE void apply(int side, int operation, four* a, four* b, const char* number) {
  four y;
  memcpy(&y, number, VECTOR);
  if (side == 8) {
    switch (operation) {
      SUMS(U32, eight) PRODUCTS(U32, eight)
      SUMS(F32, floats) PRODUCTS(F32, floats) QUOTIENTS(F32, floats)
    }
  } else if (side == 4) {
    switch (operation) {
      SUMS(U64, four) PRODUCTS(U64, four)
      SUMS(F64, doubles) PRODUCTS(F64, doubles) QUOTIENTS(F64, doubles)
      SUMS(F32, floats)  // the parts of complex numbers
    }
  } else {
    switch (operation) { SUMS(F64, doubles) }
  }
}

// A strip are the rows that become a half of a cache line in each column. Where the other half comes from, and how many
// bytes behind, is said of even and odd columns: 0 behind it is not written.
typedef struct { const char* from; int64_t behind; } mate;

INTO_WIDE void strip(int side, const char* from, int64_t step, char* to, int64_t line, const mate* mates,
                     int64_t columns, int operation, const char* number) {
  int64_t width = VECTOR / side;
  for (int64_t next = 0; next < columns; next += side) {
    int64_t j = next + side > columns ? columns - side : next, odd = j % 2;
    const char *f = from + j * width, *x = mates[odd].from + j * width, *y = mates[!odd].from + j * width;
    char* t = to + j * line;
    if (j * width % LINE == 0)
      for (int i = 0; i < 2 * side; i++) __builtin_prefetch(f + i * step + AHEAD);
    four a[MOST], b[MOST];
#pragma GCC unroll 8
    for (int i = 0; i < side; i++) {
      four other;
      memcpy(&a[i], f + i * step, VECTOR);
      memcpy(&b[i], x + i * step, VECTOR), memcpy(&other, y + i * step, VECTOR);
      mix(side, &b[i], &other);
    }
    square(side, a), square(side, b), apply(side, operation, a, b, number);
#pragma GCC unroll 8
    for (int i = 0; i < side; i++, t += line) {
      int64_t behind = mates[(odd + i) % 2].behind;
      put(t, &a[i]);
      if (behind) put(t + behind, &b[i]);
    }
  }
}

// The lines of a row of the result that does not begin with one are half a line earlier: those of every other row.
WIDE void gk_turn_past(const char* from, char* to, int64_t row, int64_t rows, int64_t columns, int64_t width,
                       int operation, const char* number) {
  int64_t step = columns * width, line = rows * width, half = VECTOR / width * step;
  from += row * step, to += row * width;
  mate mates[2];
  for (int i = 0; i < 2; i++) {
    bool above = (uintptr_t)(to + i * line) % LINE;
    bool none = above ? row == 0 : (rows - row) * width < LINE;
    mates[i].from = none ? from : above ? from - half : from + half;
    mates[i].behind = none ? 0 : above ? -VECTOR : VECTOR;
  }
  switch (width) {
    case 4: strip(8, from, step, to, line, mates, columns, operation, number); break;
    case 8: strip(4, from, step, to, line, mates, columns, operation, number); break;
    default: strip(2, from, step, to, line, mates, columns, operation, number);
  }
}
