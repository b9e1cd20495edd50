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

// radix sorts a by the digits of which some bit varies, in as many chunks as there are threads for, and gives where the
// numbers are then: a or b.
static T* N(radix)(gk_crew* w, T* a, T* b, int64_t n, T varying) {
  int low = 0, high = 8 * sizeof(T);
  if (!varying) return a;
  while (!(varying >> low & 1)) low++;
  while (!(varying >> (high - 1) & 1)) high--;
  int passes = (high - low + MOST_BITS - 1) / MOST_BITS;
  int bits = (high - low + passes - 1) / passes;
  for (int k = 0; k < passes; k++) {
    N(pass) p = {a, b, n, w->chunks, low + k * bits, bits, w->at};
    if (p.shift + bits > high) p.bits = high - p.shift;
    gk_together(w, n, N(count), &p);
    uint32_t sum = 0;
    for (int64_t d = 0; d < 1 << p.bits; d++)
      for (int64_t c = 0; c < w->chunks; c++) {
        uint32_t* at = p.at + (c << p.bits) + d;
        uint32_t here = *at;
        *at = sum, sum += here;
      }
    gk_together(w, n, N(move), &p);
    T* t = a;
    a = b, b = t;
  }
  return a;
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
