// A tile of a product of matrices of integers, by vectors: dot.c has targets.h include it. They are unsigned, as these
// wrap around.

typedef T NAME(vector) __attribute__((vector_size(VECTOR), aligned(sizeof(T)), may_alias));

// rows of a (up to ROWS, a constant where it is called) times WIDE columns of b, which lie packed, are added to c.
INLINE void NAME(rows)(int rows, int64_t k, const T* a, int64_t a_row, int64_t a_col, const T* b, T* c, int64_t ldc,
                       int cols) {
  enum { WIDE = 2 * LANES };
  NAME(vector) sum[ROWS][2];
#pragma GCC unroll 8
  for (int r = 0; r < rows; r++) sum[r][0] = sum[r][1] = (NAME(vector)){0};
  for (int64_t p = 0; p < k; p++) {
    NAME(vector) b0 = *(const NAME(vector)*)(b + p * WIDE), b1 = *(const NAME(vector)*)(b + p * WIDE + LANES);
#pragma GCC unroll 8
    for (int r = 0; r < rows; r++) {
      T x = a[r * a_row + p * a_col];
      sum[r][0] += x * b0, sum[r][1] += x * b1;
    }
  }
#pragma GCC unroll 8
  for (int r = 0; r < rows; r++) {
    T* to = c + r * ldc;
    if (cols == WIDE) {
      *(NAME(vector)*)to += sum[r][0];
      *(NAME(vector)*)(to + LANES) += sum[r][1];
    } else {
      for (int j = 0; j < cols; j++) to[j] += j < LANES ? sum[r][0][j % LANES] : sum[r][1][j % LANES];
    }
  }
}

// The tile of c from row i0 and column j0 on, of at most TALL by WIDE.
TARGET static void NAME(tile)(const product* p, const T* a, const T* b, T* c, int64_t i0, int64_t j0) {
  enum { WIDE = 2 * LANES };
  T packed[DEEP * WIDE];
  int64_t m = p->m - i0 < TALL ? p->m - i0 : TALL;
  int cols = p->n - j0 < WIDE ? (int)(p->n - j0) : WIDE;
  for (int64_t i = 0; i < m; i++) memset(c + (i0 + i) * p->n + j0, 0, cols * sizeof(T));
  for (int64_t k0 = 0; k0 < p->k; k0 += DEEP) {
    int64_t k = p->k - k0 < DEEP ? p->k - k0 : DEEP;
    const T* from = b + k0 * p->b_row + j0 * p->b_col;
    for (int64_t q = 0; q < k; q++)
      for (int j = 0; j < WIDE; j++) packed[q * WIDE + j] = j < cols ? from[q * p->b_row + j * p->b_col] : 0;
    int64_t i = 0;
    const T* at = a + i0 * p->a_row + k0 * p->a_col;
    T* to = c + i0 * p->n + j0;
    for (; i + ROWS <= m; i += ROWS)
      NAME(rows)(ROWS, k, at + i * p->a_row, p->a_row, p->a_col, packed, to + i * p->n, p->n, cols);
    for (; i < m; i++) NAME(rows)(1, k, at + i * p->a_row, p->a_row, p->a_col, packed, to + i * p->n, p->n, cols);
  }
}

TARGET static bool NAME(some)(void* context, int64_t from, int64_t to) {
  enum { WIDE = 2 * LANES };
  const product* p = context;
  int64_t across = (p->n + WIDE - 1) / WIDE, down = (p->m + TALL - 1) / TALL;
  for (int64_t i = from; i < to; i++) {
    char *a, *b, *c;
    at(p, i / (across * down), &a, &b, &c);
    NAME(tile)(p, (T*)a, (T*)b, (T*)c, i / across % down * TALL, i % across * WIDE);
  }
  return true;
}

static void* NAME(dot)(product* p) {
  enum { WIDE = 2 * LANES };
  int64_t tiles = (p->n + WIDE - 1) / WIDE * ((p->m + TALL - 1) / TALL);
  double height = p->m < TALL ? p->m : TALL;
  return gk_each(p->frame, p->count * tiles, height * p->k * WIDE / 8, NAME(some), p);
}
