// Elements of one type as numbers: order.c includes this once for each kind. T is the type of their bits, N that of the
// numbers, and K(x) names what belongs to the kind; K(in), K(out), K(nan), K(plain) and K(orderly) are there.

// rank is the number of v, exclusive-or flip, and of NaN the greatest that there is.
static inline T K(rank)(T v, T flip) { return (K(in)(v) ^ flip) | K(nan)(v); }

WIDE static bool K(load)(const void* x, int64_t n, void* numbers) {
  const T* v = x;
  N* k = numbers;
  T lost = 0;
  for (int64_t i = 0; i < n; i++) {
    T key = K(in)(v[i]);
    k[i] = key, lost |= K(out)(key) ^ v[i];
  }
  return lost != 0;
}

WIDE static void K(store)(const void* numbers, int64_t n, void* x) {
  const N* k = numbers;
  T* v = x;
  for (int64_t i = 0; i < n; i++) v[i] = K(out)((T)k[i]);
}

static void K(mend)(const void* x, int64_t n, void* y) {
  const T* v = x;
  T* to = y;
  int64_t zero = 0, nan = n;
  for (int64_t i = 0; i < n; i++)
    zero += K(in)(v[i]) < K(in)(0), nan -= K(nan)(v[i]) != 0;
  for (int64_t i = 0; i < n; i++)
    if (K(nan)(v[i]))
      to[nan++] = v[i];
    else if (K(in)(v[i]) == K(in)(0))
      to[zero++] = v[i];
}

WIDE static void K(word)(const void* x, int step, int shift, int64_t from, int64_t to, uint64_t* p) {
  const T* v = x;
  if (step == 1)
    for (int64_t i = from; i < to; i++)
      p[i - from] = (uint64_t)(uint32_t)(K(in)(v[i]) >> shift) << 32 | (uint64_t)i;
  else
    for (int64_t i = from; i < to; i++)
      p[i - from] = (uint64_t)(uint32_t)(K(in)(v[i * step]) >> shift) << 32 | (uint64_t)i;
}

static void K(again)(const void* x, int step, int shift, uint64_t* p, int64_t n) {
  const T* v = x;
  for (int64_t i = 0; i < n; i++) {
    uint64_t at = (uint32_t)p[i];
    p[i] = (uint64_t)(uint32_t)(K(in)(v[at * step]) >> shift) << 32 | at;
  }
}

WIDE static void K(high)(const void* x, int64_t n, uint32_t* high, uint32_t* least, uint32_t* most) {
  const T* v = x;
  uint32_t a = UINT32_MAX, b = 0;
  for (int64_t i = 0; i < n; i++) {
    uint32_t k = (uint32_t)(K(in)(v[i]) >> (sizeof(T) == 8 ? 32 : 0));
    high[i] = k, a = k < a ? k : a, b = k > b ? k : b;
  }
  *least = a, *most = b;
}

WIDE static T K(most)(const T* v, int64_t n, T flip) {
  T best = 0;
  for (int64_t i = 0; i < n; i++) {
    T k = K(rank)(v[i], flip);
    best = best > k ? best : k;
  }
  return best;
}

// extremes gives the least and the greatest of n plain numbers.
WIDE static void K(extremes)(const T* v, int64_t n, T* least, T* most) {
  T a = (T)~(T)0, b = 0;
  for (int64_t i = 0; i < n; i++) {
    T k = K(plain)(v[i]);
    a = a < k ? a : k, b = b > k ? b : k;
  }
  *least = a, *most = b;
}

// block gives where the first block begins that has an element of the greatest rank, and that rank as best.
static int64_t K(block)(const T* v, int64_t n, bool least, T* best) {
  T low = (T)~(T)0, high = 0, flip = least ? (T)~(T)0 : 0;
  int64_t at = 0;
  for (int64_t i = 0; i < n; i += BLOCK) {
    T a, b;
    K(extremes)(v + i, n - i < BLOCK ? n - i : BLOCK, &a, &b);
    if (least ? a < low : b > high) at = i;
    low = a < low ? a : low, high = b > high ? b : high;
  }
  *best = (least ? low : high) ^ flip;
  if (K(orderly)(low, high, *best ^ flip)) return at;
  *best = at = 0;
  for (int64_t i = 0; i < n; i += BLOCK) {
    T k = K(most)(v + i, n - i < BLOCK ? n - i : BLOCK, flip);
    if (k > *best) *best = k, at = i;
  }
  return at;
}

static int64_t K(first)(const void* x, int64_t n, bool least, uint64_t* rank) {
  const T* v = x;
  T flip = least ? (T)~(T)0 : 0, best;
  int64_t at = K(block)(v, n, least, &best);
  // Halves of the block are faster to look at than its elements.
  for (int64_t len = n - at < BLOCK ? n - at : BLOCK, half; (half = len / 2) >= 16;) {
    if (K(most)(v + at, half, flip) == best)
      len = half;
    else
      at += half, len -= half;
  }
  while (K(rank)(v[at], flip) != best) at++;
  *rank = best;
  return at;
}

static uint64_t K(greatest)(const void* x, int64_t n) { return K(most)(x, n, 0); }

WIDE static void K(ranks)(const void* x, int64_t n, uint64_t* ranks) {
  const T* v = x;
  for (int64_t i = 0; i < n; i++) ranks[i] = K(rank)(v[i], 0);
}

static const gk_kind K(kind) = {sizeof(T), sizeof(N), K(load), K(store), K(mend), K(word), K(again),
                             K(high), K(first), K(greatest), K(ranks)};

#undef K
#undef T
#undef N
