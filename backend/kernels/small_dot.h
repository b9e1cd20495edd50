// Products of small matrices of floats, by vectors: dot.c has targets.h include it.

typedef T NAME(small_vector) __attribute__((vector_size(SMALL_VECTOR), aligned(sizeof(T)), may_alias));

// rows of a (a constant where it is called) times one vector of each of the k rows of b, the first cols of which are c.
INLINE void NAME(small_rows)(int rows, int64_t k, const T* a, int64_t a_row, int64_t a_col, const T* b, int64_t b_row,
                             T* c, int64_t n, int cols) {
  NAME(small_vector) sum[SMALL_ROWS];
#pragma GCC unroll 8
  for (int r = 0; r < rows; r++) sum[r] = (NAME(small_vector)){0};
  for (int64_t p = 0; p < k; p++) {
    NAME(small_vector) v = *(const NAME(small_vector)*)(b + p * b_row);
#pragma GCC unroll 8
    for (int r = 0; r < rows; r++) sum[r] += a[r * a_row + p * a_col] * v;
  }
#pragma GCC unroll 8
  for (int r = 0; r < rows; r++) {
    if (cols == SMALL_LANES)
      *(NAME(small_vector)*)(c + r * n) = sum[r];
    else
      for (int j = 0; j < cols; j++) c[r * n + j] = sum[r][j];
  }
}

TARGET static bool NAME(small_some)(void* context, int64_t from, int64_t to) {
  const product* p = context;
  T packed[SMALL * SMALL_LANES];
  for (int64_t i = from; i < to; i++) {
    char *x, *y, *z;
    at(p, i, &x, &y, &z);
    const T* a = (const T*)x;
    for (int64_t j = 0; j < p->n; j += SMALL_LANES) {
      int cols = p->n - j < SMALL_LANES ? (int)(p->n - j) : SMALL_LANES;
      const T* b = (const T*)y + j * p->b_col;
      int64_t b_row = p->b_row, r = 0;
      if (cols < SMALL_LANES || p->b_col != 1) {
        for (int64_t q = 0; q < p->k; q++)
          for (int l = 0; l < SMALL_LANES; l++)
            packed[q * SMALL_LANES + l] = l < cols ? b[q * p->b_row + l * p->b_col] : 0;
        b = packed, b_row = SMALL_LANES;
      }
      T* c = (T*)z + j;
      for (; r + SMALL_ROWS <= p->m; r += SMALL_ROWS)
        NAME(small_rows)(SMALL_ROWS, p->k, a + r * p->a_row, p->a_row, p->a_col, b, b_row, c + r * p->n, p->n, cols);
      for (; r + 3 <= p->m; r += 3)
        NAME(small_rows)(3, p->k, a + r * p->a_row, p->a_row, p->a_col, b, b_row, c + r * p->n, p->n, cols);
      for (; r < p->m; r++)
        NAME(small_rows)(1, p->k, a + r * p->a_row, p->a_row, p->a_col, b, b_row, c + r * p->n, p->n, cols);
    }
  }
  return true;
}
