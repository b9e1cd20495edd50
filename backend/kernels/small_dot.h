// Products of small matrices of floats of one type (T), in vectors of VECTOR bytes, under a NAME. TARGET says which
// processor they are for. dot.c includes this for each.

typedef T NAME(vector) __attribute__((vector_size(VECTOR), aligned(sizeof(T)), may_alias));

// rows of a (a constant where it is called) times one vector of each of the k rows of b, the first cols of which are c.
TARGET static inline __attribute__((always_inline)) void NAME(rows)(int rows, int64_t k, const T* a, int64_t a_row,
                                                                    int64_t a_col, const T* b, int64_t b_row, T* c,
                                                                    int64_t n, int cols) {
  enum { LANES = VECTOR / sizeof(T) };
  NAME(vector) sum[SMALL_ROWS];
#pragma GCC unroll 8
  for (int r = 0; r < rows; r++) sum[r] = (NAME(vector)){0};
  for (int64_t p = 0; p < k; p++) {
    NAME(vector) v = *(const NAME(vector)*)(b + p * b_row);
#pragma GCC unroll 8
    for (int r = 0; r < rows; r++) sum[r] += a[r * a_row + p * a_col] * v;
  }
#pragma GCC unroll 8
  for (int r = 0; r < rows; r++) {
    if (cols == LANES)
      *(NAME(vector)*)(c + r * n) = sum[r];
    else
      for (int j = 0; j < cols; j++) c[r * n + j] = sum[r][j];
  }
}

TARGET static bool NAME(some)(void* context, int64_t from, int64_t to) {
  enum { LANES = VECTOR / sizeof(T) };
  const product* p = context;
  T packed[SMALL * LANES];
  for (int64_t i = from; i < to; i++) {
    char *x, *y, *z;
    at(p, i, &x, &y, &z);
    const T* a = (const T*)x;
    for (int64_t j = 0; j < p->n; j += LANES) {
      int cols = p->n - j < LANES ? (int)(p->n - j) : LANES;
      const T* b = (const T*)y + j * p->b_col;
      int64_t b_row = p->b_row, r = 0;
      if (cols < LANES || p->b_col != 1) {
        for (int64_t q = 0; q < p->k; q++)
          for (int l = 0; l < LANES; l++) packed[q * LANES + l] = l < cols ? b[q * p->b_row + l * p->b_col] : 0;
        b = packed, b_row = LANES;
      }
      T* c = (T*)z + j;
      for (; r + SMALL_ROWS <= p->m; r += SMALL_ROWS)
        NAME(rows)(SMALL_ROWS, p->k, a + r * p->a_row, p->a_row, p->a_col, b, b_row, c + r * p->n, p->n, cols);
      for (; r + 3 <= p->m; r += 3)
        NAME(rows)(3, p->k, a + r * p->a_row, p->a_row, p->a_col, b, b_row, c + r * p->n, p->n, cols);
      for (; r < p->m; r++)
        NAME(rows)(1, p->k, a + r * p->a_row, p->a_row, p->a_col, b, b_row, c + r * p->n, p->n, cols);
    }
  }
  return true;
}

#undef T
#undef NAME
