// Factors and solutions of small matrices of one real type T, column by column, as LAPACK's routines have them. For
// these LAPACK's own calls cost more than what they compute. lapack.c includes it for each type, with NAME and FABS.

// potrf's: element (i, j) of the factor is at i·row + j·col.
static int NAME(small_potrf)(int n, T* a, int row, int col) {
  for (int j = 0; j < n; j++) {
    T d = a[j * (row + col)];
    for (int k = 0; k < j; k++) d -= a[j * row + k * col] * a[j * row + k * col];
    if (!(d > 0)) {
      a[j * (row + col)] = d;
      return j + 1;
    }
    a[j * (row + col)] = d = SQRT(d);
    for (int i = j + 1; i < n; i++) {
      T x = a[i * row + j * col];
      for (int k = 0; k < j; k++) x -= a[i * row + k * col] * a[j * row + k * col];
      a[i * row + j * col] = x / d;
    }
  }
  return 0;
}

static int NAME(small_getrf)(int m, int n, T* a, int* pivots) {
  int info = 0;
  for (int j = 0; j < n && j < m; j++) {
    int p = j;
    T most = FABS(a[j * m + j]);
    for (int i = j + 1; i < m; i++)
      if (FABS(a[j * m + i]) > most) p = i, most = FABS(a[j * m + i]);
    pivots[j] = p + 1;
    if (most == 0) {
      if (!info) info = j + 1;
      continue;
    }
    for (int k = 0; p != j && k < n; k++) {
      T x = a[k * m + j];
      a[k * m + j] = a[k * m + p], a[k * m + p] = x;
    }
    for (int i = j + 1; i < m; i++) a[j * m + i] /= a[j * m + j];
    for (int k = j + 1; k < n; k++)
      for (int i = j + 1; i < m; i++) a[k * m + i] -= a[j * m + i] * a[k * m + j];
  }
  return info;
}

// trsm's: a·x = b for a triangle whose element (i, j) is at i·row + j·col, and columns of b whose elements lie step
// apart, the columns next.
static void NAME(small_trsm)(int n, int columns, bool lower, bool unit, const T* a, int row, int col, T* b, int step,
                             int next) {
  for (int c = 0; c < columns; c++, b += next)
    for (int q = 0; q < n; q++) {
      int i = lower ? q : n - 1 - q;
      T x = b[i * step];
      for (int r = 0; r < q; r++) {
        int j = lower ? r : n - 1 - r;
        x -= a[i * row + j * col] * b[j * step];
      }
      b[i * step] = unit ? x : x / a[i * (row + col)];
    }
}

#undef T
#undef NAME
#undef FABS
#undef SQRT
