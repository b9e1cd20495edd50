// Products of matrices of floats whose factors are packed, by vectors: dot.c has targets.h include it.

typedef T NAME(float_vector) __attribute__((vector_size(VECTOR), aligned(sizeof(T)), may_alias));

// float_block computes rows by cols of c, HIGH by WIDE at most, or adds to them.
TARGET static void NAME(float_block)(int64_t k, const T* a, const T* b, T* c, int64_t n, int rows, int cols, bool add) {
  NAME(float_vector) sum[HIGH][2];
  T edge[HIGH * WIDE];
  bool whole = rows == HIGH && cols == WIDE;
#pragma GCC unroll 16
  for (int r = 0; r < HIGH; r++) sum[r][0] = sum[r][1] = (NAME(float_vector)){0};
  for (int64_t p = 0; p < k; p++, a += HIGH, b += WIDE) {
    NAME(float_vector) b0 = *(const NAME(float_vector)*)b, b1 = *(const NAME(float_vector)*)(b + LANES);
#pragma GCC unroll 16
    for (int r = 0; r < HIGH; r++) sum[r][0] += a[r] * b0, sum[r][1] += a[r] * b1;
  }
  T* to = whole ? c : edge;
  int64_t line = whole ? n : WIDE;
#pragma GCC unroll 16
  for (int r = 0; r < HIGH; r++)
#pragma GCC unroll 2
    for (int q = 0; q < 2; q++) {
      NAME(float_vector)* v = (NAME(float_vector)*)(to + r * line + q * LANES);
      if (whole && add) sum[r][q] += *v;
      *v = sum[r][q];
    }
  for (int r = 0; !whole && r < rows; r++)
    for (int j = 0; j < cols; j++) c[r * n + j] = edge[r * WIDE + j] + (add ? c[r * n + j] : 0);
}

// float_pack puts count rows of k elements next to each other, panel by panel of wide of them: an element of each row,
// then the next. Elements are along apart, rows are across apart, one of these is 1. What a panel lacks is 0.
INLINE void NAME(float_pack)(int wide, int64_t k, int64_t count, const T* from, int64_t along, int64_t across, T* to) {
  for (int64_t i = 0; i < count; i += wide, to += wide * k, from += wide * across) {
    int n = count - i < wide ? (int)(count - i) : wide;
    if (n < wide) memset(to, 0, wide * k * sizeof(T));
    if (across != 1)
      gk_turn((const char*)from, across * sizeof(T), (char*)to, wide * sizeof(T), n, k, sizeof(T));
    else if (n == wide)
      for (int64_t p = 0; p < k; p++) memcpy(to + p * wide, from + p * along, wide * sizeof(T));
    else
      for (int64_t p = 0; p < k; p++) memcpy(to + p * wide, from + p * along, n * sizeof(T));
  }
}

TARGET static bool NAME(float_some)(void* context, int64_t from, int64_t to) {
  const product* p = context;
  int64_t down = up(p->m, p->tall), across = up(p->n, p->broad), deep = p->k < DEEP ? p->k : DEEP;
  int64_t apart = up(p->tall * deep, LANES) * LANES;
  T *first = gk_take((apart + p->broad * deep) * sizeof(T)), *second = first + apart;
  for (int64_t t = from; first && t < to; t++) {
    char *x, *y, *z;
    at(p, t / (down * across), &x, &y, &z);
    int64_t i0 = t / across % down * p->tall, j0 = t % across * p->broad;
    int64_t m = p->m - i0 < p->tall ? p->m - i0 : p->tall, n = p->n - j0 < p->broad ? p->n - j0 : p->broad;
    for (int64_t k0 = 0; k0 < p->k; k0 += DEEP) {
      int64_t k = p->k - k0 < DEEP ? p->k - k0 : DEEP;
      NAME(float_pack)(HIGH, k, m, (const T*)x + i0 * p->a_row + k0 * p->a_col, p->a_col, p->a_row, first);
      NAME(float_pack)(WIDE, k, n, (const T*)y + j0 * p->b_col + k0 * p->b_row, p->b_row, p->b_col, second);
      for (int64_t i = 0; i < m; i += HIGH)
        for (int64_t j = 0; j < n; j += WIDE)
          NAME(float_block)(k, first + i * k, second + j * k, (T*)z + (i0 + i) * p->n + j0 + j, p->n,
                            m - i < HIGH ? (int)(m - i) : HIGH, n - j < WIDE ? (int)(n - j) : WIDE, k0 > 0);
    }
  }
  gk_give(first);
  return first;
}

// float_dot divides the products among threads, which no sum depends on.
static void* NAME(float_dot)(product* p) {
  enum { MOST = 256, WORTH = 1 << 19 };  // rows or columns that are packed, and multiplications
  int64_t tasks = 2 * gk_threads(p->frame), down = up(p->m, MOST), across = up(p->n, MOST);
  for (;; p->broad == WIDE || p->tall > p->broad ? down++ : across++) {
    p->tall = up(up(p->m, down), HIGH) * HIGH, p->broad = up(up(p->n, across), WIDE) * WIDE;
    if (down * across * p->count >= tasks || p->tall * p->broad * p->k <= WORTH) break;
    if (p->tall == HIGH && p->broad == WIDE) break;
  }
  return gk_each(p->frame, up(p->m, p->tall) * up(p->n, p->broad) * p->count, (double)p->tall * p->broad * p->k / 8,
                 NAME(float_some), p);
}
