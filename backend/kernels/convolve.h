// Convolution of planes of floats, by vectors: convolve.c has targets.h include it.

typedef T NAME(vector) __attribute__((vector_size(VECTOR), aligned(sizeof(T)), may_alias));

// strip computes count (a constant where it is called) vectors of row i of a result from column j on. edge is room for
// what a row of x would have there, and zeros beyond it.
INLINE void NAME(strip)(int count, const convolution* v, const T* x, const T* w, T* y, int64_t i, int64_t j, T* edge) {
  NAME(vector) all[MOST], some[MOST];  // sums of all products, and of at most SOME
#pragma GCC unroll 8
  for (int q = 0; q < count; q++) all[q] = some[q] = (NAME(vector)){0};
  int64_t first = j - v->left, span = count * LANES + v->wide - 1, terms = 0;
  for (int64_t a = 0; a < v->high; a++, w += v->wide) {
    int64_t r = i + a - v->above;
    if (r < 0 || r >= v->rows) continue;
    const T* p = x + r * v->columns + first;
    if (first < 0 || first + span > v->columns) {
      int64_t from = first < 0 ? -first : 0, to = v->columns - first < span ? v->columns - first : span;
      from = from < span ? from : span, to = to > from ? to : from;
      memset(edge, 0, from * sizeof(T));
      memcpy(edge + from, p + from, (to - from) * sizeof(T));
      memset(edge + to, 0, (span - to) * sizeof(T));
      p = edge;
    }
    for (int64_t b0 = 0, b1; b0 < v->wide; b0 = b1) {
      b1 = v->wide - b0 < SOME ? v->wide : b0 + SOME;
      if ((terms += b1 - b0) > SOME) {
        terms = b1 - b0;
#pragma GCC unroll 8
        for (int q = 0; q < count; q++) all[q] += some[q], some[q] = (NAME(vector)){0};
      }
      for (int64_t b = b0; b < b1; b++)
#pragma GCC unroll 8
        for (int q = 0; q < count; q++) some[q] += w[b] * *(const NAME(vector)*)(p + b + q * LANES);
    }
  }
  int64_t left = v->out_columns - j;
  y += i * v->out_columns + j;
#pragma GCC unroll 8
  for (int q = 0; q < count; q++) {
    all[q] += some[q];
    if (left >= (q + 1) * LANES)
      *(NAME(vector)*)(y + q * LANES) = all[q];
    else
      for (int k = 0; q * LANES + k < left; k++) y[q * LANES + k] = all[q][k];
  }
}

TARGET static void NAME(wide)(const convolution* v, const T* x, const T* w, T* y, int64_t i, int64_t j, T* edge) {
  NAME(strip)(MOST, v, x, w, y, i, j, edge);
}

TARGET static void NAME(narrow)(const convolution* v, const T* x, const T* w, T* y, int64_t i, int64_t j, T* edge) {
  NAME(strip)(2, v, x, w, y, i, j, edge);
}

// some computes some of all the strips.
TARGET static bool NAME(some)(void* context, int64_t from, int64_t to) {
  const convolution* v = context;
  T* edge = malloc((MOST * LANES + v->wide) * sizeof(T));
  if (!edge) return false;
  int64_t strips = v->out_columns / (MOST * LANES) + (v->out_columns % (MOST * LANES) > 0);
  for (int64_t u = from; u < to; u++) {
    int64_t plane = u / strips / v->out_rows, i = u / strips % v->out_rows, j = u % strips * MOST * LANES;
    int64_t feature = plane % v->out_features, in = plane / v->out_features * v->features;
    in += feature / (v->out_features / v->features);
    const T *x = (const T*)v->x + in * v->rows * v->columns, *w = (const T*)v->w + feature * v->high * v->wide;
    T* y = (T*)v->y + plane * v->out_rows * v->out_columns;
    if (v->out_columns - j >= MOST * LANES)
      NAME(wide)(v, x, w, y, i, j, edge);
    else
      for (; j < v->out_columns; j += 2 * LANES) NAME(narrow)(v, x, w, y, i, j, edge);
  }
  free(edge);
  return true;
}

static void* NAME(convolve)(gk_frame* f, convolution* v) {
  int64_t strips = v->out_columns / (MOST * LANES) + (v->out_columns % (MOST * LANES) > 0);
  double across = v->out_columns < MOST * LANES ? v->out_columns : MOST * LANES;
  return gk_each(f, v->batch * v->out_features * v->out_rows * strips, across * v->high * v->wide / 8, NAME(some), v);
}
