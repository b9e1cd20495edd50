// Convolution of floats, by vectors of output features: convolve_features.c has targets.h include it.

typedef T NAME(vector) __attribute__((vector_size(VECTOR), aligned(sizeof(T)), may_alias));

// tile computes sums c of places (up to ROWS) by count vectors, or adds to them: the products of weights w and of depth
// elements of patches of x, which lie at the offsets of the place and of the element. places and count are constants
// where it is called.
INLINE void NAME(tile)(int places, int count, int64_t depth, const T* x, const int64_t* place, const int64_t* at,
                       const T* w, T* c, int64_t row, bool add) {
  NAME(vector) sum[ROWS][MOST];
  const T* patch[ROWS];
#pragma GCC unroll 8
  for (int i = 0; i < places; i++) {
    patch[i] = x + place[i];
#pragma GCC unroll 8
    for (int q = 0; q < count; q++) sum[i][q] = (NAME(vector)){0};
  }
  for (int64_t e = 0; e < depth; e++, w += count * LANES) {
    NAME(vector) all[MOST];
#pragma GCC unroll 8
    for (int q = 0; q < count; q++) all[q] = *(const NAME(vector)*)(w + q * LANES);
#pragma GCC unroll 8
    for (int i = 0; i < places; i++) {
      T element = patch[i][at[e]];
#pragma GCC unroll 8
      for (int q = 0; q < count; q++) sum[i][q] += element * all[q];
    }
  }
#pragma GCC unroll 8
  for (int i = 0; i < places; i++)
#pragma GCC unroll 8
    for (int q = 0; q < count; q++) {
      NAME(vector)* to = (NAME(vector)*)(c + i * row + q * LANES);
      if (add) sum[i][q] += *to;
      *to = sum[i][q];
    }
}

// tiles are tile for n places.
#define TILES(count, places)                                                                                       \
  TARGET static void NAME(tiles_##count)(int64_t n, int64_t depth, const T* x, const int64_t* place,               \
                                         const int64_t* at, const T* w, T* c, int64_t row, bool add) {             \
    for (int64_t i = 0; i < n; i += places)                                                                        \
      NAME(tile)(places, count, depth, x, place + i, at, w, c + i * row, row, add);                                \
  }
TILES(1, ROWS)
TILES(2, (VECTOR == 64 ? ROWS : FEW))
TILES(3, (VECTOR == 64 ? ROWS : FEW))
#undef TILES

// pack puts the weights of a panel of a group, for the elements of a patch from from to to, next to each other.
TARGET static void NAME(pack)(const features* k, const part* p, int64_t group, int64_t panel, int64_t from, int64_t to,
                              T* packed) {
  const plan* v = &k->v;
  int64_t first = panel * k->width, wide = least(k->width, k->vectors - first) * LANES;
  int64_t n = least(wide, v->out - first * LANES);
  const T* w = (const T*)k->w + group * v->w_group + p->w + first * LANES * v->w_out;
  for (int64_t e = from, run; e < to; e += run, packed += run * wide) {
    int64_t at = weight(k, p, e);
    run = 1;
    if (v->w_out == 1) {
      memcpy(packed, w + at, n * sizeof(T));
    } else {
      run = row_of(k, p, e, to);
      gk_turn((const char*)(w + at), v->w_out * sizeof(T), (char*)packed, wide * sizeof(T), n, run, sizeof(T));
    }
    for (int64_t r = 0; n < wide && r < run; r++) memset(packed + r * wide + n, 0, (wide - n) * sizeof(T));
  }
}

TARGET static bool NAME(pack_some)(void* context, int64_t from, int64_t to) {
  const features* k = context;
  int64_t panels = up(k->vectors, k->width);
  for (int64_t i = from; i < to; i++) {
    const part* p = k->parts + i / (panels * k->v.groups);
    int64_t group = i / panels % k->v.groups, panel = i % panels;
    if (p->blocks > 1)
      NAME(pack)(k, p, group, panel, 0, p->depth,
                 (T*)p->packed + (group * k->row + panel * k->width * LANES) * p->depth);
  }
  return true;
}

// row copies n elements, most often so few that a call costs more.
TARGET static inline void NAME(row)(T* to, const T* from, int64_t n) {
  typedef T half __attribute__((vector_size(VECTOR / 2), aligned(sizeof(T)), may_alias));
  enum { HALF = VECTOR / 2 / sizeof(T) };
  int64_t j = 0;
  for (; n - j >= LANES; j += LANES) *(NAME(vector)*)(to + j) = *(const NAME(vector)*)(from + j);
  if (n - j >= HALF) *(half*)(to + j) = *(const half*)(from + j), j += HALF;
  if (n - j > 0 && n >= HALF)
    *(half*)(to + n - HALF) = *(const half*)(from + n - HALF);
  else
    for (; j < n; j++) to[j] = from[j];
}

// copy copies what a block sees of n input features from in on.
TARGET static void NAME(copy)(const features* k, const part* p, const block* at, int64_t in, int64_t n, T* copy) {
  const plan* v = &k->v;
  const axis *a = p->axes, *b = a + 1;
  int64_t row = at->row * a->stride - a->low, column = at->column * b->stride - b->low;
  int64_t above = least(most(-row, 0), p->high), below = most(least(a->size - row, p->high), above);
  int64_t left = least(most(-column, 0), p->wide), right = most(least(b->size - column, p->wide), left);
  int64_t image = p->chunk * p->high * p->wide;
  if (above > 0 || below < p->high || left > 0 || right < p->wide) memset(copy, 0, at->images * image * sizeof(T));
  for (int64_t m = 0; m < at->images; m++)
    for (int64_t c = 0; c < (p->last ? 1 : n); c++) {
      T* to = copy + m * image + c * p->in_step + above * p->row_step + left * p->column_step;
      const T* x = (const T*)k->x + (at->image + m) * v->x_batch + at->group * v->x_group + (in + c) * v->x_in +
                   (row + above) * a->x + (column + left) * b->x;
      for (int64_t i = above; i < below; i++, to += p->row_step, x += a->x) {
        if (p->last && n == b->x && n == p->column_step)
          NAME(row)(to, x, (right - left) * n);
        else if (p->last)
          for (int64_t j = 0; j < right - left; j++) NAME(row)(to + j * p->column_step, x + j * b->x, n);
        else if (b->x == 1)
          NAME(row)(to, x, right - left);
        else
          for (int64_t j = 0; j < right - left; j++) to[j] = x[j * b->x];
      }
    }
}

// add computes sums c of a block over the input features from in to end.
TARGET static void NAME(add)(const features* k, const part* p, const block* at, int64_t in, int64_t end, int64_t n,
                             const int64_t* place, T* c, T* x, T* weights) {
  int64_t panels = up(k->vectors, k->width);
  bool add = false;
  if (p->taps == 0) memset(c, 0, n * k->row * sizeof(T));
  for (int64_t some; p->taps > 0 && in < end; in += some) {
    some = least(p->chunk, end - in);
    NAME(copy)(k, p, at, in, some, x);
    for (int64_t i = 0; i < panels; i++) {
      int64_t first = i * k->width, count = least(k->width, k->vectors - first), depth = some * p->taps;
      const T* w = weights;
      if (p->blocks > 1)
        w = (T*)p->packed + (at->group * k->row + first * LANES) * p->depth + in * p->taps * count * LANES;
      else
        NAME(pack)(k, p, at->group, i, in * p->taps, in * p->taps + depth, weights);
      for (int64_t e = 0; e < depth; e += DEEP) {
        void (*tiles)(int64_t, int64_t, const T*, const int64_t*, const int64_t*, const T*, T*, int64_t, bool) =
            count == 1 ? NAME(tiles_1) : count == 2 ? NAME(tiles_2) : NAME(tiles_3);
        tiles(n, least(DEEP, depth - e), x, place, p->at + e, w + e * count * LANES, c + first * LANES, k->row,
              add || e > 0);
      }
    }
    add = true;
  }
}

// store puts n sums where they belong.
TARGET static void NAME(store)(const features* k, const T* c, const int64_t* result, int64_t n) {
  T* y = (T*)k->y;
  for (int64_t i = 0, run; i < n; i += run) {
    const T* from = c + i * k->row;
    T* to = y + result[i];
    run = 1;
    if (k->v.y_out == 1) {
      NAME(row)(to, from, k->v.out);
      continue;
    }
    while (i + run < n && result[i + run] == result[i] + run) run++;
    if (run > 1)
      gk_turn((const char*)from, k->row * sizeof(T), (char*)to, k->v.y_out * sizeof(T), run, k->v.out, sizeof(T));
    else
      for (int64_t o = 0; o < k->v.out; o++) to[o * k->v.y_out] = from[o];
  }
}

TARGET static bool NAME(some)(void* context, int64_t from, int64_t to) {
  const features* k = context;
  int64_t sums = k->places * k->row, weights = k->weights * k->width * LANES, copied = up(k->copied, 64) * 64;
  T* c = gk_take((sums + weights + copied) * sizeof(T) + 2 * k->places * sizeof(int64_t));
  if (!c) return false;
  T *packed = c + sums, *x = packed + weights;
  int64_t *place = (int64_t*)(x + copied), *result = place + k->places;
  for (int64_t i = from; i < to; i++) {
    const part* p = k->parts;
    int64_t j = i;
    for (; j >= p->tasks; p++) j -= p->tasks;
    block at = block_of(k, p, j / p->shares);
    int64_t n = find(k, p, &at, place, result), in = j % p->shares * p->share;
    T* own = summed(p) ? (T*)p->sums + j * p->places * k->row : c;
    NAME(add)(k, p, &at, in, least(in + p->share, k->v.in), n, place, own, x, packed);
    if (!summed(p)) NAME(store)(k, own, result, n);
  }
  gk_give(c);
  return true;
}

// sum adds up what pieces and shares have of some blocks.
TARGET static bool NAME(sum)(void* context, int64_t from, int64_t to) {
  const features* k = context;
  int64_t* place = gk_take(2 * k->places * sizeof(int64_t));
  if (!place) return false;
  for (int64_t i = from; i < to; i++) {
    const part* p = k->parts;
    int64_t j = i;
    for (; j >= p->tasks; p++) j -= p->tasks;
    if (!summed(p) || p->pieces == 0 || j % p->shares > 0) continue;
    block at = block_of(k, p, j / p->shares);
    int64_t n = find(k, p, &at, place, place + k->places), size = n * k->row;
    T* c = (T*)p->sums + j * p->places * k->row;
    for (int64_t s = 1; s < p->pieces * p->shares; s++) {
      const T* some = (const T*)p[s / p->shares].sums + (j + s % p->shares) * p->places * k->row;
      for (int64_t e = 0; e < size; e += LANES) *(NAME(vector)*)(c + e) += *(const NAME(vector)*)(some + e);
    }
    NAME(store)(k, c, place + k->places, n);
  }
  gk_give(place);
  return true;
}

static void* NAME(convolve)(gk_frame* f, features* k) {
  k->element = sizeof(T), k->lanes = LANES;
  const char* bad = cut(k);
  if (bad) return gk_failed(f->api, bad);
  if (!provide(k)) return gk_failed(f->api, gk_no_memory);
  bool shared = false, some = false;
  double work = 0, weights = 0;
  for (const part* p = k->parts; p < k->parts + k->n; p++) {
    shared = shared || p->blocks > 1, some = some || summed(p);
    work += (double)p->tasks * p->places * p->depth / p->shares * k->row, weights += p->depth * k->width * LANES;
  }
  void* err = NULL;
  if (shared)
    err = gk_each(f, k->n * k->v.groups * up(k->vectors, k->width), weights / k->n, NAME(pack_some), k);
  if (!err) err = gk_each(f, k->tasks, work / k->tasks / 8, NAME(some), k);
  if (!err && some) err = gk_each(f, k->tasks, (double)k->places * k->row / 4, NAME(sum), k);
  return err;
}
