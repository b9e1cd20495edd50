// Discrete Fourier transforms, by vectors: fft.c has targets.h include it. As many lines as a vector has lanes are
// transformed at once, each in a lane of its own.

typedef T NAME(v) __attribute__((vector_size(VECTOR)));
typedef T NAME(u) __attribute__((vector_size(VECTOR), aligned(sizeof(T)), may_alias));
typedef N NAME(places) __attribute__((vector_size(VECTOR)));
typedef struct { NAME(v) re, im; } NAME(z);  // complex numbers, one of each line

#define V NAME(v)
#define Z NAME(z)
#if LANES == 2
#define LIST LIST2
#elif LANES == 4
#define LIST LIST4
#elif LANES == 8
#define LIST LIST8
#else
#define LIST LIST16
#endif

INLINE V NAME(all)(T x) { return (V){0} + x; }
INLINE Z NAME(number)(const T* p) { return (Z){NAME(all)(p[0]), NAME(all)(p[1])}; }
INLINE Z NAME(add)(Z a, Z b) { return (Z){a.re + b.re, a.im + b.im}; }
INLINE Z NAME(sub)(Z a, Z b) { return (Z){a.re - b.re, a.im - b.im}; }
INLINE Z NAME(times)(Z a, Z w) { return (Z){a.re * w.re - a.im * w.im, a.re * w.im + a.im * w.re}; }
INLINE Z NAME(over_i)(Z a) { return (Z){a.im, -a.re}; }
INLINE Z NAME(conj)(Z a) { return (Z){a.re, -a.im}; }
INLINE Z NAME(swapped)(Z a) { return (Z){a.im, a.re}; }
INLINE Z NAME(apart)(V a, V b) { return (Z){PICK(a, b, EVEN), PICK(a, b, ODD)}; }
INLINE V NAME(load)(const T* p) { return *(const NAME(u)*)p; }
INLINE void NAME(store)(T* p, V v) { *(NAME(u)*)p = v; }

// Transforms of r numbers a. roots are those of unity, exp(-2πi/r) and its powers.

INLINE void NAME(dft2)(Z* a) {
  Z b = NAME(sub)(a[0], a[1]);
  a[0] = NAME(add)(a[0], a[1]), a[1] = b;
}

INLINE void NAME(dft4)(Z* a) {
  Z s = NAME(add)(a[0], a[2]), d = NAME(sub)(a[0], a[2]);
  Z t = NAME(add)(a[1], a[3]), e = NAME(over_i)(NAME(sub)(a[1], a[3]));
  a[0] = NAME(add)(s, t), a[1] = NAME(add)(d, e), a[2] = NAME(sub)(s, t), a[3] = NAME(sub)(d, e);
}

INLINE void NAME(dft8)(Z* a) {
  V h = NAME(all)((T)0.70710678118654752440);
  Z x[4] = {a[0], a[2], a[4], a[6]}, y[4] = {a[1], a[3], a[5], a[7]};
  NAME(dft4)(x), NAME(dft4)(y);
  y[1] = (Z){h * (y[1].re + y[1].im), h * (y[1].im - y[1].re)};
  y[2] = NAME(over_i)(y[2]);
  y[3] = (Z){h * (y[3].im - y[3].re), -h * (y[3].re + y[3].im)};
#pragma GCC unroll 4
  for (int k = 0; k < 4; k++) a[k] = NAME(add)(x[k], y[k]), a[k + 4] = NAME(sub)(x[k], y[k]);
}

INLINE void NAME(dft_odd)(int r, Z* a, const Z* roots) {
  enum { HALF = MOST_RADIX / 2 };
  Z sum[HALF + 1], d[HALF + 1], first = a[0];
#pragma GCC unroll 8
  for (int j = 1; j <= r / 2; j++) {
    sum[j] = NAME(add)(a[j], a[r - j]), d[j] = NAME(sub)(a[j], a[r - j]);
    a[0] = NAME(add)(a[0], sum[j]);
  }
#pragma GCC unroll 8
  for (int k = 1; k <= r / 2; k++) {
    Z even = first, odd = {{0}, {0}};
#pragma GCC unroll 8
    for (int j = 1; j <= r / 2; j++) {
      int at = j * k % r;
      V re = roots[at <= r / 2 ? at : r - at].re, im = roots[at <= r / 2 ? at : r - at].im;
      even.re += re * sum[j].re, even.im += re * sum[j].im;
      if (at <= r / 2)
        odd.re -= im * d[j].im, odd.im += im * d[j].re;
      else
        odd.re += im * d[j].im, odd.im -= im * d[j].re;
    }
    a[k] = NAME(add)(even, odd), a[r - k] = NAME(sub)(even, odd);
  }
}

// dft10 is that of 2 times 5 numbers (I. Good, The interaction algorithm and practical Fourier analysis, 1958).
INLINE void NAME(dft10)(Z* a, const Z* roots) {
  Z x[5], y[5], fifths[3] = {roots[0], roots[2], roots[4]};
#pragma GCC unroll 5
  for (int j = 0; j < 5; j++) x[j] = a[2 * j], y[j] = a[(5 + 2 * j) % 10];
  NAME(dft_odd)(5, x, fifths), NAME(dft_odd)(5, y, fifths);
#pragma GCC unroll 5
  for (int k = 0; k < 5; k++) a[6 * k % 10] = NAME(add)(x[k], y[k]), a[(5 + 6 * k) % 10] = NAME(sub)(x[k], y[k]);
}

// The first and the last pass over lines may have these in the caller's memory, complex numbers next to each other:
// fetch reads r elements of each, m apart from element i on, and give writes them.

TARGET static __attribute__((noinline)) void NAME(fetch)(const end* e, int64_t i, int64_t m, int r, Z* a) {
  const T* p = (const T*)e->at + 2 * i * e->step;
  for (int j = 0; j < r; j++, p += 2 * m * e->step) {
    if (e->step == 0)
      a[j] = ((const Z*)e->at)[i + j * m];
    else if (e->count == LANES) {
      __builtin_prefetch(p + 2 * AHEAD * e->step), __builtin_prefetch(p + 2 * AHEAD * e->step + LANES);
      a[j] = NAME(apart)(NAME(load)(p), NAME(load)(p + LANES));
    } else {
      T some[2 * LANES] = {0};
      memcpy(some, p, 2 * e->count * sizeof(T));
      a[j] = NAME(apart)(NAME(load)(some), NAME(load)(some + LANES));
    }
    if (e->swap) a[j] = NAME(swapped)(a[j]);
  }
}

TARGET static __attribute__((noinline)) void NAME(give)(const end* e, int64_t i, int64_t m, int r, const Z* a) {
  T* p = (T*)e->at + 2 * i * e->step;
  V scale = NAME(all)((T)e->scale);
  for (int j = 0; j < r; j++, p += 2 * m * e->step) {
    Z v = a[j];
    if (e->coarse) {
      Z w = NAME(number)((const T*)e->coarse + 2 * (i + j * m));
      v = NAME(times)(v, NAME(times)(((const Z*)e->fine)[i + j * m], w));
    }
    if (e->swap) v = (Z){scale * v.im, scale * v.re};
    V low = PICK(v.re, v.im, LOW), high = PICK(v.re, v.im, HIGH);
    if (e->step == 0)
      ((Z*)e->at)[i + j * m] = v;
    else if (e->count == LANES) {
      __builtin_prefetch(p + 2 * AHEAD * e->step, 1), __builtin_prefetch(p + 2 * AHEAD * e->step + LANES, 1);
      NAME(store)(p, low), NAME(store)(p + LANES, high);
    } else {
      T some[2 * LANES];
      NAME(store)(some, low), NAME(store)(some + LANES, high);
      memcpy(p, some, 2 * e->count * sizeof(T));
    }
  }
}

// pass is one of Stockham's: r transforms of length m·r, s at a time, become r times as many of length m. w are the
// powers of exp(-2πi/n), n = r·m·s.
INLINE void NAME(pass)(int r, const end* from, const end* to, int64_t m, int64_t s, const T* w) {
  Z roots[MOST_RADIX];
  if (r % 2 || r == 10)
#pragma GCC unroll 8
    for (int j = 0; j <= r / 2; j++) roots[j] = NAME(number)(w + 2 * j * m * s);
  const Z* x = from->at;
  Z* y = to->at;
  for (int64_t p = 0; p < m; p++) {
    Z turn[MOST_RADIX];
#pragma GCC unroll 16
    for (int k = 1; k < r; k++) turn[k] = NAME(number)(w + 2 * p * k * s);
    for (int64_t q = 0; q < s; q++) {
      Z a[MOST_RADIX];
      if (from->plain)
#pragma GCC unroll 16
        for (int j = 0; j < r; j++) a[j] = x[q + s * (p + m * j)];
      else {
        Z some[MOST_RADIX];
        NAME(fetch)(from, q + s * p, s * m, r, some);
#pragma GCC unroll 16
        for (int j = 0; j < r; j++) a[j] = some[j];
      }
      switch (r) {
        case 1: break;
        case 2: NAME(dft2)(a); break;
        case 4: NAME(dft4)(a); break;
        case 8: NAME(dft8)(a); break;
        case 10: NAME(dft10)(a, roots); break;
        default: NAME(dft_odd)(r, a, roots);
      }
      if (p > 0)
#pragma GCC unroll 16
        for (int k = 1; k < r; k++) a[k] = NAME(times)(a[k], turn[k]);
      if (to->plain)
#pragma GCC unroll 16
        for (int k = 0; k < r; k++) y[q + s * (r * p + k)] = a[k];
      else {
        Z some[MOST_RADIX];
#pragma GCC unroll 16
        for (int k = 0; k < r; k++) some[k] = a[k];
        NAME(give)(to, q + s * r * p, s, r, some);
      }
    }
  }
}

#define PASS(r)                                                                                             \
  TARGET static __attribute__((noinline)) void NAME(pass##r)(const end* from, const end* to, int64_t m, int64_t s, \
                                                             const T* w) {                                  \
    NAME(pass)(r, from, to, m, s, w);                                                                       \
  }
PASS(1)
PASS(2)
PASS(3)
PASS(4)
PASS(5)
PASS(7)
PASS(8)
PASS(10)
PASS(11)
PASS(13)
#undef PASS

// lines transforms lines from one end to the other. Where one is not in the caller's memory, it is in a, or in the one
// of a and b that is returned.
TARGET static Z* NAME(lines)(const line* n, const end* from, end* to, Z* a, Z* b) {
  static void (*const passes[])(const end*, const end*, int64_t, int64_t, const T*) = {
      [1] = NAME(pass1), NAME(pass2), NAME(pass3), NAME(pass4), NAME(pass5), [7] = NAME(pass7), NAME(pass8),
      [10] = NAME(pass10),
      [11] = NAME(pass11), [13] = NAME(pass13)};
  int64_t m = n->n, s = 1;
  end between[2] = {{a, .plain = true}, {b, .plain = true}};
  int next = from->at == a;
  if (to->step == 0) to->at = between[(next + n->count - 1) % 2].at;
  for (int i = 0; i < n->count; i++, next = 1 - next) {
    m /= n->radix[i];
    const end* e = i == n->count - 1 ? to : &between[next];
    passes[n->radix[i]](from, e, m, s, n->w);
    from = e, s *= n->radix[i];
  }
  return to->at;
}

// transpose turns a matrix of complex numbers, of which a vector is a row.
INLINE void NAME(transpose)(V* r) {
  enum { C = LANES / 2 };
#pragma GCC unroll 3
  for (int d = 1; d < C; d *= 2) {
    V t[C];
#pragma GCC unroll 4
    for (int j = 0; j < C / 2; j++)
      t[2 * j] = PICK(r[j], r[j + C / 2], PAIRS_LOW), t[2 * j + 1] = PICK(r[j], r[j + C / 2], PAIRS_HIGH);
#pragma GCC unroll 8
    for (int j = 0; j < C; j++) r[j] = t[j];
  }
}

// gather puts n elements of each of LANES lines into a.
TARGET static void NAME(gather)(const T* const* x, int64_t n, Z* a) {
  enum { C = LANES / 2 };
  int64_t i = 0;
  for (; i + C <= n; i += C) {
    V low[C], high[C];
#pragma GCC unroll 8
    for (int j = 0; j < C; j++) low[j] = NAME(load)(x[j] + 2 * i), high[j] = NAME(load)(x[j + C] + 2 * i);
    NAME(transpose)(low), NAME(transpose)(high);
#pragma GCC unroll 8
    for (int j = 0; j < C; j++) a[i + j] = NAME(apart)(low[j], high[j]);
  }
  for (; i < n; i++)
    for (int l = 0; l < LANES; l++) a[i].re[l] = x[l][2 * i], a[i].im[l] = x[l][2 * i + 1];
}

// scatter is the way back.
TARGET static void NAME(scatter)(const Z* a, int64_t n, T* const* y) {
  enum { C = LANES / 2 };
  int64_t i = 0;
  for (; i + C <= n; i += C) {
    V low[C], high[C];
#pragma GCC unroll 8
    for (int j = 0; j < C; j++)
      low[j] = PICK(a[i + j].re, a[i + j].im, LOW), high[j] = PICK(a[i + j].re, a[i + j].im, HIGH);
    NAME(transpose)(low), NAME(transpose)(high);
#pragma GCC unroll 8
    for (int j = 0; j < C; j++) NAME(store)(y[j] + 2 * i, low[j]), NAME(store)(y[j + C] + 2 * i, high[j]);
  }
  for (; i < n; i++)
    for (int l = 0; l < LANES; l++) y[l][2 * i] = a[i].re[l], y[l][2 * i + 1] = a[i].im[l];
}

// untangle has elements k and m - k of the transform of m complex numbers, whose parts are 2m real ones, become those
// of the transform of the latter, or with back the other way; w is exp(-2πik/2m).
INLINE void NAME(untangle)(bool back, Z* a, Z* b, Z w) {
  Z c = NAME(conj)(*b), even = NAME(add)(*a, c), odd = NAME(sub)(*a, c);
  if (back)
    odd = NAME(times)(odd, NAME(conj)(w)), odd = (Z){-odd.im, odd.re};
  else {
    V half = NAME(all)((T)0.5);
    even.re *= half, even.im *= half, odd.re *= half, odd.im *= half;
    odd = NAME(over_i)(NAME(times)(odd, w));
  }
  *b = (Z){even.re - odd.re, odd.im - even.im};  // the conjugate, but for 0, which stays positive
  *a = NAME(add)(even, odd);
}

// untangle_lines does so with whole lines.
TARGET static void NAME(untangle_lines)(const job* w, Z* a) {
  int64_t m = w->p->n;
  Z end = {w->back ? a[0].re - a[m].re : a[0].re - a[0].im, {0}};
  if (w->back)
    a[0] = (Z){a[0].re + a[m].re, end.re};
  else
    a[0] = (Z){a[0].re + a[0].im, {0}}, a[m] = end;
  for (int64_t k = 1; k <= m / 2; k++) {
    Z x = a[k], y = a[m - k];
    NAME(untangle)(w->back, &x, &y, NAME(number)((const T*)w->p->half + 2 * k));
    a[m - k] = y, a[k] = x;  // in this order where they are one
  }
}

// untangle_some does so with blocks of elements of one line and, in block 0, with those that are not in a whole one.
TARGET static bool NAME(untangle_some)(void* context, int64_t from, int64_t to) {
  const job* w = context;
  const T *x = (const T*)w->x, *half = w->p->half;
  T* y = (T*)w->y;
  int64_t m = w->p->n;
  Z first = *(const Z*)w->p->fine_half;
  for (int64_t g = from - 1; g < to - 1; g++) {
    int64_t k = 1 + g * LANES, q = m - k - LANES + 1;
    if (g < 0) {
      T a = x[0], b = w->back ? x[2 * m] : x[1];
      y[0] = a + b;
      y[1] = w->back ? a - b : 0;
      if (!w->back) y[2 * m] = a - b, y[2 * m + 1] = 0;
      for (k = 1 + blocks(m, LANES) * LANES; k <= m / 2; k++) {
        int l = (int)((k - 1) % LANES);
        T one[2] = {first.re[l], first.im[l]};
        Z v = NAME(number)(x + 2 * k), u = NAME(number)(x + 2 * (m - k));
        NAME(untangle)(w->back, &v, &u, NAME(times)(NAME(number)(one), NAME(number)(half + 2 * ((k - 1) / LANES))));
        y[2 * (m - k)] = u.re[0], y[2 * (m - k) + 1] = u.im[0], y[2 * k] = v.re[0], y[2 * k + 1] = v.im[0];
      }
      continue;
    }
    Z v = NAME(apart)(NAME(load)(x + 2 * k), NAME(load)(x + 2 * k + LANES));
    Z u = NAME(apart)(NAME(load)(x + 2 * q), NAME(load)(x + 2 * q + LANES));
    u = (Z){PICK(u.re, u.re, LAST_FIRST), PICK(u.im, u.im, LAST_FIRST)};
    NAME(untangle)(w->back, &v, &u, NAME(times)(first, NAME(number)(half + 2 * g)));
    u = (Z){PICK(u.re, u.re, LAST_FIRST), PICK(u.im, u.im, LAST_FIRST)};
    NAME(store)(y + 2 * k, PICK(v.re, v.im, LOW)), NAME(store)(y + 2 * k + LANES, PICK(v.re, v.im, HIGH));
    NAME(store)(y + 2 * q, PICK(u.re, u.im, LOW)), NAME(store)(y + 2 * q + LANES, PICK(u.re, u.im, HIGH));
  }
  return true;
}

// bundle transforms groups of lines of an array, LANES of them at once. Lanes without a line have the last one too.
TARGET static bool NAME(bundle)(void* context, int64_t from, int64_t to) {
  const job* w = context;
  const line* n = &w->p->first;
  Z *a = gk_take(2 * (n->n + 1) * sizeof(Z)), *b = a + n->n + 1;
  if (!a) return false;
  for (int64_t g = from; g < to; g++) {
    int64_t first = g * LANES, count = w->lines - first < LANES ? w->lines - first : LANES;
    const T* x[LANES];
    T* y[LANES];
    for (int64_t l = 0, i; l < LANES; l++) {
      i = first + (l < count ? l : count - 1);
      x[l] = (const T*)w->x + 2 * start(w, i, w->in), y[l] = (T*)w->y + 2 * start(w, i, w->out);
    }
    if (w->inner > 1 && first % w->inner + count <= w->inner) {
      end in = {(void*)x[0], .step = w->inner, .count = count, .swap = w->swap};
      end out = {y[0], .step = w->inner, .count = count, .swap = w->swap, .scale = w->scale};
      NAME(lines)(n, &in, &out, a, b);
      continue;
    }
    if (w->inner == 1)
      NAME(gather)(x, w->in, a);
    else
      for (int64_t i = 0; i < w->in; i++)
        for (int l = 0; l < LANES; l++)
          a[i].re[l] = x[l][2 * i * w->inner], a[i].im[l] = x[l][2 * i * w->inner + 1];
    if (w->real && w->back) NAME(untangle_lines)(w, a);
    end in = {a, .plain = !w->swap, .swap = w->swap};
    end out = {NULL, .plain = !w->swap, .swap = w->swap, .scale = w->scale};
    Z* r = NAME(lines)(n, &in, &out, a, b);
    if (w->real && !w->back) NAME(untangle_lines)(w, r);
    if (w->inner == 1)
      NAME(scatter)(r, w->out, y);
    else
      for (int64_t i = 0; i < w->out; i++)
        for (int l = 0; l < LANES; l++)
          y[l][2 * i * w->inner] = r[i].re[l], y[l][2 * i * w->inner + 1] = r[i].im[l];
  }
  gk_give(a);
  return true;
}

// A long line is a matrix (D. Bailey, FFTs in external or hierarchical memory, 1990): columns transforms its columns
// into the rows of between, each number turned by what its place asks for, and rows the rows of these into columns.

TARGET static bool NAME(columns)(void* context, int64_t from, int64_t to) {
  const job* w = context;
  const plan* p = w->p;
  int64_t rows = p->first.n, columns = p->second.n;
  Z *a = gk_take(2 * rows * sizeof(Z)), *b = a + rows;
  if (!a) return false;
  for (int64_t g = from; g < to; g++) {
    int64_t j = g * LANES, count = columns - j < LANES ? columns - j : LANES;
    end in = {(T*)w->x + 2 * j, .step = columns, .count = count, .swap = w->swap};
    end out = {(T*)w->between + 2 * j, .step = p->apart, .count = LANES, .scale = 1,
               .coarse = (const T*)p->coarse + 2 * g * rows, .fine = p->fine};
    NAME(lines)(&p->first, &in, &out, a, b);
  }
  gk_give(a);
  return true;
}

TARGET static bool NAME(rows)(void* context, int64_t from, int64_t to) {
  const job* w = context;
  const plan* p = w->p;
  int64_t rows = p->first.n, columns = (p->second.n + LANES - 1) / LANES * LANES;
  Z *a = gk_take(2 * columns * sizeof(Z)), *b = a + columns;
  if (!a) return false;
  for (int64_t g = from; g < to; g++) {
    int64_t k = g * LANES, count = rows - k < LANES ? rows - k : LANES;
    const T* x[LANES];
    for (int l = 0; l < LANES; l++) x[l] = (const T*)w->between + 2 * (k + l) * p->apart;
    NAME(gather)(x, columns, a);
    end in = {a, .plain = true};
    end out = {(T*)w->y + 2 * k, .step = rows, .count = count, .swap = w->swap, .scale = w->scale};
    NAME(lines)(&p->second, &in, &out, a, b);
  }
  gk_give(a);
  return true;
}

static const kind NAME(kind) = {sizeof(T), LANES, NAME(bundle), NAME(columns), NAME(rows), NAME(untangle_some)};

#undef V
#undef Z
#undef LIST
