// Sorting of unsigned numbers by their digits, the lowest first. It is included once for each type T; N(x) names what
// belongs to T.

typedef struct {
  const T* from;
  T* to;
  int64_t n, chunks;
  int shift, bits;
  uint32_t* at;  // for each chunk, then each digit: how many there are, then where the next goes
} N(pass);

static bool N(count)(void* context, int64_t from, int64_t to) {
  N(pass)* p = context;
  T mask = ((T)1 << p->bits) - 1;
  for (int64_t c = from; c < to; c++) {
    uint32_t* at = p->at + (c << p->bits);
    memset(at, 0, sizeof *at << p->bits);
    for (int64_t i = gk_chunk(p->n, p->chunks, c), end = gk_chunk(p->n, p->chunks, c + 1); i < end; i++)
      at[p->from[i] >> p->shift & mask]++;
  }
  return true;
}

static bool N(move)(void* context, int64_t from, int64_t to) {
  N(pass)* p = context;
  T mask = ((T)1 << p->bits) - 1;
  for (int64_t c = from; c < to; c++) {
    uint32_t* at = p->at + (c << p->bits);
    for (int64_t i = gk_chunk(p->n, p->chunks, c), end = gk_chunk(p->n, p->chunks, c + 1); i < end; i++) {
      T v = p->from[i];
      p->to[at[v >> p->shift & mask]++] = v;
    }
  }
  return true;
}

// place counts the digits of a pass, and has each chunk know where the next of each digit goes.
static void N(place)(gk_crew* w, N(pass)* p) {
  gk_together(w, p->n, N(count), p);
  uint32_t sum = 0;
  for (int64_t d = 0; d < 1 << p->bits; d++)
    for (int64_t c = 0; c < p->chunks; c++) {
      uint32_t* at = p->at + (c << p->bits) + d;
      uint32_t here = *at;
      *at = sum, sum += here;
    }
}

// between gives the lowest bit that varies, and how many there are from there to the highest.
static int N(between)(T varying, int* low) {
  int high = 8 * sizeof(T);
  for (*low = 0; !(varying >> *low & 1); ++*low)
    ;
  while (!(varying >> (high - 1) & 1)) high--;
  return high - *low;
}

// by_digits sorts a by the digits of which some bit varies, the lowest first, and gives where the numbers are then.
static T* N(by_digits)(gk_crew* w, T* a, T* b, int64_t n, T varying) {
  if (!varying) return a;
  int low, all = N(between)(varying, &low);
  int passes = (all + MOST_BITS - 1) / MOST_BITS, bits = (all + passes - 1) / passes;
  for (int k = 0; k < passes; k++) {
    N(pass) p = {a, b, n, w->chunks, low + k * bits, bits, w->at};
    if ((k + 1) * bits > all) p.bits = all - k * bits;
    N(place)(w, &p);
    gk_together(w, n, N(move), &p);
    T* t = a;
    a = b, b = t;
  }
  return a;
}

// Buckets hold the numbers of one highest digit each, which are sorted by the bits below, or by other means.
typedef struct {
  T *a, *b, below;
  const uint32_t* ends;
  void (*otherwise)(T* a, T* other, int64_t n);
} N(buckets);

static bool N(sort_buckets)(void* context, int64_t from, int64_t to) {
  N(buckets)* p = context;
  uint32_t at[1 << MOST_BITS];
  gk_crew alone = {NULL, 1, 0, at};
  for (int64_t d = from; d < to; d++) {
    int64_t start = d > 0 ? p->ends[d - 1] : 0, n = p->ends[d] - start;
    if (p->otherwise)
      p->otherwise(p->a + start, p->b + start, n);
    else
      N(by_digits)(&alone, p->a + start, p->b + start, n, p->below);
  }
  return true;
}

// radix sorts a by the bits from the lowest to the highest that varies, and gives where the numbers are then: a or b.
// A crew goes by the highest digit first, so that each of it has numbers of its own from then on, unless too many have
// the same digit.
static T* N(radix)(gk_crew* w, T* a, T* b, int64_t n, T varying, void (*otherwise)(T*, T*, int64_t)) {
  int low, all = varying ? N(between)(varying, &low) : 0;
  if (w->chunks == 1 || all <= 2 * MOST_BITS) return N(by_digits)(w, a, b, n, varying);
  int rest = all - MOST_BITS;
  N(pass) p = {a, b, n, w->chunks, low + rest, MOST_BITS, w->at};
  N(place)(w, &p);
  for (int64_t d = 1; d < 1 << MOST_BITS; d++)
    if ((int64_t)(p.at[d] - p.at[d - 1]) * w->chunks * 2 / 3 > n) return N(by_digits)(w, a, b, n, varying);
  gk_together(w, n, N(move), &p);
  const uint32_t* ends = p.at + ((w->chunks - 1) << MOST_BITS);
  N(buckets) parts = {b, a, ((T)1 << (low + rest)) - ((T)1 << low), ends, otherwise};
  gk_each(w->f, 1 << MOST_BITS, w->cost * n / (1 << MOST_BITS), N(sort_buckets), &parts);
  return otherwise || (rest + MOST_BITS - 1) / MOST_BITS % 2 == 0 ? b : a;
}

static bool N(fill)(void* context, int64_t from, int64_t to) {
  N(pass)* p = context;
  int64_t i = gk_chunk(p->n, p->chunks, from), end = gk_chunk(p->n, p->chunks, to), digits = (int64_t)1 << p->bits;
  T same = p->from[0] & ~(T)((digits - 1) << p->shift);
  for (int64_t d = 0; d < digits; d++) {
    T v = same | (T)d << p->shift;
    for (int64_t stop = d + 1 < digits ? p->at[d + 1] : p->n; i < stop && i < end; i++) p->to[i] = v;
  }
  return true;
}

// insertion sorts few numbers.
static void N(insertion)(T* a, int64_t n) {
  for (int64_t i = 1; i < n; i++) {
    T v = a[i];
    int64_t j = i;
    for (; j > 0 && a[j - 1] > v; j--) a[j] = a[j - 1];
    a[j] = v;
  }
}

// numbers sorts a where nothing goes along with the numbers, and gives where they are then: a or b.
static T* N(numbers)(gk_crew* w, T* a, T* b, int64_t n, T varying) {
  if (n <= FEW) {
    N(insertion)(a, n);
    return a;
  }
  int low = 0, bits = varying ? N(between)(varying, &low) : 0;
  if (bits == 0 || bits > COUNTED_BITS || n >> bits == 0) return N(radix)(w, a, b, n, varying, NULL);
  N(pass) p = {a, b, n, w->chunks, low, bits, w->at};  // few numbers are but counted
  N(place)(w, &p);
  gk_together(w, n, N(fill), &p);
  return b;
}
