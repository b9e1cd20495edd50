#include <string.h>

#include "order.h"
#include "sort.h"

// A call of gk_top. Rows are looked at in blocks: the k greatest elements are no less than the k-th of the blocks'
// greatest. So only blocks are read again that have such elements, of which fewer than k have greater ones.
typedef struct {
  const gk_kind* kind;
  const char* x;
  int64_t n, k, length, blocks;  // of a block, and how many there are
  char* values;
  int32_t* positions;
  uint64_t* most;  // of each block of a row
  int64_t chunks;
} top;

enum {
  LONGEST = 256, SHORTEST = 16,  // blocks
  FEW = 32,                      // elements that are wanted of a row without blocks, which are inserted one by one
};

static bool look(void* context, int64_t from, int64_t to) {
  const top* t = context;
  for (int64_t b = gk_chunk(t->blocks, t->chunks, from), end = gk_chunk(t->blocks, t->chunks, to); b < end; b++) {
    int64_t i = b * t->length, n = t->n - i < t->length ? t->n - i : t->length;
    t->most[b] = t->kind->greatest(t->x + i * t->kind->width, n);
  }
  return true;
}

// kth is the k-th greatest of n numbers, from 0 on, which it moves (C. Hoare, Algorithm 65: Find, 1961).
static uint64_t kth(uint64_t* v, int64_t n, int64_t k) {
  for (int64_t low = 0, high = n - 1; low < high;) {
    uint64_t pivot = v[low + (high - low) / 2];
    int64_t i = low, j = high;
    while (i <= j) {
      while (v[i] > pivot) i++;
      while (v[j] < pivot) j--;
      if (i > j) break;
      uint64_t moved = v[i];
      v[i++] = v[j], v[j--] = moved;
    }
    if (k <= j)
      high = j;
    else if (k >= i)
      low = i;
    else
      break;
  }
  return v[k];
}

// candidates gives the ranks and the positions of elements among which are the k greatest, in order: those of ranks
// above bound, and k of that.
static int64_t candidates(const top* t, uint64_t bound, uint64_t* ranks, int32_t* at) {
  uint64_t block[LONGEST];
  int64_t found = 0, equal = 0;
  for (int64_t b = 0; b < t->blocks; b++) {
    if (t->most[b] < bound) continue;
    int64_t from = b * t->length, n = t->n - from < t->length ? t->n - from : t->length;
    t->kind->ranks(t->x + from * t->kind->width, n, block);
    for (int64_t i = 0; i < n; i++)
      if (block[i] > bound || (block[i] == bound && equal++ < t->k))
        ranks[found] = block[i], at[found++] = (int32_t)(from + i);
  }
  return found;
}

// insert keeps the k greatest of n elements that it looks at one by one, in order.
static void insert(const top* t, int64_t n, uint64_t* ranks, int32_t* at) {
  uint64_t block[LONGEST];
  int64_t kept = 0;
  for (int64_t i = 0; i < n; i++) {
    if (i % LONGEST == 0) t->kind->ranks(t->x + i * t->kind->width, n - i < LONGEST ? n - i : LONGEST, block);
    uint64_t rank = block[i % LONGEST];
    if (kept == t->k && rank <= ranks[kept - 1]) continue;
    int64_t j = kept < t->k ? kept++ : kept - 1;
    for (; j > 0 && ranks[j - 1] < rank; j--) ranks[j] = ranks[j - 1], at[j] = at[j - 1];
    ranks[j] = rank, at[j] = (int32_t)i;
  }
}

static int64_t most_candidates(const top* t) { return t->blocks > 0 ? t->k * (t->length + 1) : t->n; }

// in_order gives which of n candidates are the k greatest, in order, as the lower halves of what it returns.
static const uint64_t* in_order(const top* t, gk_crew* crew, uint64_t* ranks, int64_t n, uint64_t* p, uint64_t* other) {
  int up = t->kind->wide == 4 ? 32 : 0;
  for (int64_t i = 0; i < n; i++) ranks[i] = ~(ranks[i] << up);
  gk_word words[2] = {{gk_ranked, (char*)ranks, 1, 32, 0}, {gk_ranked, (char*)ranks, 1, 0, 0}};
  gk_ranked->word(ranks, 1, 32, 0, n, p);
  return gk_sort_words(crew, words, up ? 1 : 2, 0, p, other, n);
}

static void top_row(const void* context, int64_t r, gk_crew* crew, char* memory) {
  top t = *(const top*)context;
  int64_t room = most_candidates(&t), n = t.n, width = t.kind->width;
  uint64_t *ranks = (uint64_t*)memory, *p = ranks + room, *other = p + room;
  const uint64_t* order = NULL;
  int32_t* at = (int32_t*)(other + room);
  t.x += (size_t)r * n * width, t.chunks = crew->chunks, t.most = other + 2 * room;
  if (t.blocks > 0) {
    gk_together(crew, n, look, &t);
    uint64_t* moved = t.most + t.blocks;
    memcpy(moved, t.most, t.blocks * sizeof *moved);
    n = candidates(&t, kth(moved, t.blocks, t.k - 1), ranks, at);
    order = in_order(&t, crew, ranks, n, p, other);
  } else if (t.k <= FEW) {
    insert(&t, n, ranks, at);
  } else {
    t.kind->ranks(t.x, n, ranks);
    for (int64_t i = 0; i < n; i++) at[i] = (int32_t)i;
    order = in_order(&t, crew, ranks, n, p, other);
  }
  for (int64_t j = 0; j < t.k; j++) {
    int64_t i = at[order ? (uint32_t)order[j] : j];
    memcpy(t.values + (r * t.k + j) * width, t.x + i * width, width);
    t.positions[r * t.k + j] = (int32_t)i;
  }
}

static const char* prepare(top* t, gk_frame* f, int64_t* rows) {
  if (f->args.n != 1 || f->rets.n != 2) return "the number of operands or results is wrong";
  const gk_buffer *x = f->args.v[0], *y = f->rets.v[0], *at = f->rets.v[1];
  const char* bad = gk_rows_of(x, rows, &t->n);
  if (bad) return bad;
  t->kind = gk_kind_of(x->type);
  if (gk_width(x->type) != (size_t)t->kind->width) return "complex numbers have no order";
  if (y->type != x->type || at->type != GK_S32) return "a result has a wrong type";
  if (y->rank != x->rank || at->rank != x->rank) return "the numbers of axes differ";
  t->k = y->dims[y->rank - 1];
  for (int64_t i = 0; i < x->rank; i++)
    if (y->dims[i] != at->dims[i] || (i + 1 < x->rank && y->dims[i] != x->dims[i])) return "the shapes do not fit";
  if (t->k > t->n) return "there are not so many elements";
  t->length = t->k > 0 ? t->n / (4 * t->k) : 0;
  if (t->length > LONGEST) t->length = LONGEST;
  t->blocks = t->length < SHORTEST ? 0 : (t->n + t->length - 1) / t->length;
  t->x = x->data, t->values = y->data, t->positions = at->data;
  return NULL;
}

void* gk_top(gk_frame* f) {
  if (!gk_executes(f)) return NULL;
  top t;
  int64_t rows;
  const char* bad = prepare(&t, f, &rows);
  if (bad) return gk_failed(f->api, bad);
  size_t memory = (4 * most_candidates(&t) + 2 * t.blocks) * sizeof(uint64_t);
  return t.k == 0 ? NULL : gk_by_rows(f, rows, t.n, t.blocks > 0 ? 1 : 8, memory, top_row, &t);
}
