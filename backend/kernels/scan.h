// Runs of numbers of one kind: cumulative.c includes this for each. T is an element and A what is known of a run of
// them, which FIRST is for an empty one, NEXT(a, v) with one more element, JOIN(a, b) for a run and the one behind it;
// GIVE(a) is the element that stands for it. NAME(x) names what belongs to the kind. It leaves A and what follows it.

// bundle is eight runs at once, so that no step waits for the one before.
WIDE static void NAME(bundle)(const way* w, const T* restrict x, T* restrict y, int64_t n, int64_t step, int64_t apart,
                              A* state) {
  A a[BUNDLE];
  for (int c = 0; c < BUNDLE; c++) a[c] = state[c];
  if (y)
    for (int64_t i = 0; i < n; i++)
#pragma GCC unroll 8
      for (int c = 0; c < BUNDLE; c++) a[c] = NEXT(a[c], x[i * step + c * apart]), y[i * step + c * apart] = GIVE(a[c]);
  else
    for (int64_t i = 0; i < n; i++)
#pragma GCC unroll 8
      for (int c = 0; c < BUNDLE; c++) a[c] = NEXT(a[c], x[i * step + c * apart]);
  for (int c = 0; c < BUNDLE; c++) state[c] = a[c];
}

// columns is runs whose elements are next to each other.
WIDE static void NAME(columns)(const way* w, const T* restrict x, T* restrict y, int64_t n, int64_t step,
                               int64_t columns, A* restrict state) {
  for (int64_t i = 0; i < n; i++)
    for (int64_t c = 0; c < columns; c++)
      state[c] = NEXT(state[c], x[i * step + c]), y[i * step + c] = GIVE(state[c]);
}

static void NAME(run)(const way* w, const void* from, void* to, int64_t n, int64_t step, int64_t runs, int64_t apart,
                      void* state) {
  const T* x = from;
  T* y = to;
  A* a = state;
  if (runs == BUNDLE && apart != 1)
    NAME(bundle)(w, x, y, n, step, apart, a);
  else if (apart == 1)
    NAME(columns)(w, x, y, n, step, runs, a);
  else
    for (int64_t c = 0; c < runs; c++) {
      A b = a[c];
      for (int64_t i = c * apart, end = i + n * step; i != end; i += step) b = NEXT(b, x[i]), y[i] = GIVE(b);
      a[c] = b;
    }
}

static void NAME(start)(void* state, int64_t n) {
  for (int64_t i = 0; i < n; i++) ((A*)state)[i] = FIRST;
}

static void NAME(add_up)(void* state, int64_t n) {
  A *a = state, before = FIRST;
  for (int64_t i = 0; i < n; i++) {
    A here = a[i];
    a[i] = before, before = JOIN(before, here);
  }
}

static const scanner NAME(scanner) = {sizeof(T), sizeof(A), NAME(run), NAME(start), NAME(add_up)};

#undef NAME
#undef T
