#include "turn.h"

#include <string.h>

#include "shuffle.h"
#include "vectors.h"

#define INTO_WIDE __attribute__((always_inline)) inline

enum { VECTOR = 32 };
typedef uint32_t eight __attribute__((vector_size(VECTOR)));
typedef uint64_t four __attribute__((vector_size(VECTOR)));

// Numbers change places within the halves of vectors first, as most processors have it, and between them last.
INTO_WIDE static void eight_by_eight(const char* from, int64_t step, char* to, int64_t line) {
  eight a[8], b[8];
  for (int i = 0; i < 8; i++) memcpy(&a[i], from + i * step, VECTOR);
  for (int i = 0; i < 8; i += 2) {
    b[i] = SHUFFLE(eight, a[i], a[i + 1], 0, 8, 1, 9, 4, 12, 5, 13);
    b[i + 1] = SHUFFLE(eight, a[i], a[i + 1], 2, 10, 3, 11, 6, 14, 7, 15);
  }
  for (int i = 0; i < 8; i += 4)
    for (int j = 0; j < 2; j++) {
      a[i + 2 * j] = SHUFFLE(eight, b[i + j], b[i + j + 2], 0, 1, 8, 9, 4, 5, 12, 13);
      a[i + 2 * j + 1] = SHUFFLE(eight, b[i + j], b[i + j + 2], 2, 3, 10, 11, 6, 7, 14, 15);
    }
  for (int i = 0; i < 4; i++) {
    b[i] = SHUFFLE(eight, a[i], a[i + 4], 0, 1, 2, 3, 8, 9, 10, 11);
    b[i + 4] = SHUFFLE(eight, a[i], a[i + 4], 4, 5, 6, 7, 12, 13, 14, 15);
  }
  for (int i = 0; i < 8; i++) memcpy(to + i * line, &b[i], VECTOR);
}

INTO_WIDE static void four_by_four(const char* from, int64_t step, char* to, int64_t line) {
  four a[4], b[4];
  for (int i = 0; i < 4; i++) memcpy(&a[i], from + i * step, VECTOR);
  for (int i = 0; i < 4; i += 2) {
    b[i] = SHUFFLE(four, a[i], a[i + 1], 0, 4, 2, 6);
    b[i + 1] = SHUFFLE(four, a[i], a[i + 1], 1, 5, 3, 7);
  }
  for (int i = 0; i < 2; i++) {
    a[i] = SHUFFLE(four, b[i], b[i + 2], 0, 1, 4, 5);
    a[i + 2] = SHUFFLE(four, b[i], b[i + 2], 2, 3, 6, 7);
  }
  for (int i = 0; i < 4; i++) memcpy(to + i * line, &a[i], VECTOR);
}

INTO_WIDE static void copy(char* to, const char* from, int64_t width) {
  switch (width) {
    case 4: memcpy(to, from, 4); break;
    case 8: memcpy(to, from, 8); break;
    default: memcpy(to, from, 16);
  }
}

WIDE void gk_turn(const char* from, int64_t step, char* to, int64_t line, int64_t rows, int64_t columns,
                  int64_t width) {
  int64_t side = width == 16 ? 1 : VECTOR / width, m = side > 1 ? rows - rows % side : 0, n = columns - columns % side;
  for (int64_t i = 0; i < m; i += side)
    for (int64_t j = 0; j < n; j += side) {
      const char* f = from + i * step + j * width;
      if (width == 4)
        eight_by_eight(f, step, to + j * line + i * width, line);
      else
        four_by_four(f, step, to + j * line + i * width, line);
    }
  for (int64_t i = 0; i < rows; i++)
    for (int64_t j = i < m ? n : 0; j < columns; j++)
      copy(to + j * line + i * width, from + i * step + j * width, width);
}
