#include "mpi.h"

#include <stdlib.h>
#include <string.h>

#include "parallel.h"

// Programs that communicate are run one after the other, and their steps in order, so nothing here needs a lock.
static gk_mpi* mpi;

// groups are the communicators that programs have asked for, made at the first call, which all members come to.
typedef struct group {
  struct group* next;
  gk_handle comm;
  int place;  // of this process in it
  int64_t n;
  int64_t ranks[];
} group;
static group* groups;

void gk_mpi_use(gk_mpi* m) { mpi = m; }

static int make_group(const gk_numbers* ranks, group** made) {
  size_t size = ranks->n * sizeof *ranks->v;
  group* g = calloc(1, sizeof *g + size);
  int* members = calloc(ranks->n, sizeof *members);
  gk_handle all = 0, some = 0;
  int e = g && members ? 0 : -1;
  for (size_t i = 0; !e && i < ranks->n; i++) {
    members[i] = (int)ranks->v[i];
    if (members[i] == mpi->rank) g->place = (int)i;
  }
  if (!e) e = mpi->Comm_group(mpi->world, &all);
  if (!e) e = mpi->Group_incl(all, (int)ranks->n, members, &some);
  if (!e) e = mpi->Comm_create_group(mpi->world, some, 0, &g->comm);
  if (!e) e = mpi->Comm_set_errhandler(g->comm, mpi->errors_return);
  if (some) mpi->Group_free(&some);
  if (all) mpi->Group_free(&all);
  free(members);
  if (e) {
    free(g);
    return e;
  }
  g->n = (int64_t)ranks->n;
  memcpy(g->ranks, ranks->v, size);
  g->next = groups;
  groups = *made = g;
  return 0;
}

static int find_group(const gk_numbers* ranks, group** found) {
  for (group* g = groups; g; g = g->next) {
    if (g->n != (int64_t)ranks->n || memcmp(g->ranks, ranks->v, ranks->n * sizeof *ranks->v)) continue;
    *found = g;
    return 0;
  }
  return make_group(ranks, found);
}

// A step is one call: n elements of a type that MPI has, each of so many bytes, for each member or from each.
typedef struct {
  const group* g;
  gk_handle type, op;
  int64_t n;
  size_t width;
  const char* x;
  char* y;
  int64_t to, from;
} step;

static int all_reduce(const step* s) {
  int e = 0;
  for (int64_t i = 0, n; !e && i < s->n; i += n) {
    n = s->n - i < mpi->most ? s->n - i : mpi->most;
    e = mpi->Allreduce(s->x + i * s->width, s->y + i * s->width, (int)n, s->type, s->op, s->g->comm);
  }
  return e;
}

static int all_gather(const step* s, const char* x, char* y, int n) {
  return mpi->Allgather(x, n, s->type, y, n, s->type, s->g->comm);
}

static int reduce_scatter(const step* s, const char* x, char* y, int n) {
  return mpi->Reduce_scatter_block(x, y, n, s->type, s->op, s->g->comm);
}

static int all_to_all(const step* s, const char* x, char* y, int n) {
  return mpi->Alltoall(x, n, s->type, y, n, s->type, s->g->comm);
}

// in_rows does a step whose operand has rows_in rows of n elements, and its result rows_out: at once, or by columns
// where a row has more than MPI can count.
static int in_rows(const step* s, int64_t rows_in, int64_t rows_out, int (*f)(const step*, const char*, char*, int)) {
  if (s->n <= mpi->most) return f(s, s->x, s->y, (int)s->n);
  size_t row = s->n * s->width, part = mpi->most * s->width;
  char *in = malloc(rows_in * part), *out = malloc(rows_out * part);
  int e = in && out ? 0 : -1;
  for (int64_t i = 0, n; !e && i < s->n; i += n) {
    n = s->n - i < mpi->most ? s->n - i : mpi->most;
    size_t at = i * s->width, bytes = n * s->width;
    for (int64_t r = 0; r < rows_in; r++) memcpy(in + r * bytes, s->x + r * row + at, bytes);
    e = f(s, in, out, (int)n);
    for (int64_t r = 0; !e && r < rows_out; r++) memcpy(s->y + r * row + at, out + r * bytes, bytes);
  }
  free(in);
  free(out);
  return e;
}

static int permute(const step* s) {
  gk_handle c = s->g->comm, t = s->type;
  int e = 0, to = (int)s->to, from = (int)s->from;
  if (from < 0) memset(s->y, 0, s->n * s->width);
  if (to == s->g->place) {
    memcpy(s->y, s->x, s->n * s->width);
    return 0;
  }
  for (int64_t i = 0, k; !e && i < s->n; i += k) {
    k = s->n - i < mpi->most ? s->n - i : mpi->most;
    const char* x = s->x + i * s->width;
    char* y = s->y + i * s->width;
    int n = (int)k;
    if (to >= 0 && from >= 0)
      e = mpi->Sendrecv(x, n, t, to, 0, y, n, t, from, 0, c, mpi->status_ignore);
    else if (to >= 0)
      e = mpi->Send(x, n, t, to, 0, c);
    else if (from >= 0)
      e = mpi->Recv(y, n, t, from, 0, c, mpi->status_ignore);
  }
  return e;
}

// number sets the type by which MPI computes with elements of XLA's type: of a complex one, with both its parts.
static bool number(step* s, int type) {
  enum { PRED = 1, S8 = 2, U8 = 6, U64 = 9, F32 = 11, F64 = 12, C64 = 15, C128 = 18 };
  bool is_complex = type == C64 || type == C128;
  if (type == PRED) type = U8;
  if (type >= S8 && type <= U64)
    s->type = mpi->ints[type - S8];
  else if (type == F32 || type == C64)
    s->type = mpi->f32;
  else if (type == F64 || type == C128)
    s->type = mpi->f64;
  else
    return false;
  if (is_complex) s->n *= 2;
  s->width = gk_width(type) / (is_complex ? 2 : 1);
  return true;
}

// bits has elements moved as they are, in words of 8 bytes where their size divides so.
static void bits(step* s, int type) {
  size_t all = s->n * gk_width(type);
  s->width = all % 8 == 0 ? 8 : 1;
  s->type = s->width == 8 ? mpi->ints[GK_MPI_INTS - 1] : mpi->byte;
  s->n = (int64_t)(all / s->width);
}

static const char* const names[] = {"all_reduce", "all_gather", "reduce_scatter", "all_to_all", "ppermute"};

static void* failed(gk_frame* f, const char* what, int e) {
  char text[8192], why[4096] = "there is no memory";
  int n = 0;
  if (e > 0 && mpi->Error_string(e, why, &n)) strcpy(why, "an unknown error");
  strcpy(text, "MPI, ");
  strcat(strcat(strcat(text, what), ": "), why);
  return gk_failed(f->api, text);
}

void* gk_communicate(gk_frame* f) {
  if (!gk_executes(f)) return NULL;
  int64_t kind = gk_option(f, "kind", -1), op = gk_option(f, "operation", 0);
  const gk_numbers* ranks = gk_list_option(f, "group");
  if (f->args.n != 2 || f->rets.n != 2 || kind < 0 || kind > GK_PERMUTE || op < 0 || op > 2 || !ranks)
    return gk_failed(f->api, "a step of communication is not written as it should be");
  if (!mpi) return gk_failed(f->api, "there is one process: distributed.Init was not called, or found no launcher");
  const gk_buffer *x = f->args.v[0], *y = f->rets.v[0];
  memcpy(f->rets.v[1]->data, f->args.v[1]->data, 4);
  group* g;
  int e = find_group(ranks, &g);
  if (e) return failed(f, "making a group of processes", e);
  bool parts = kind == GK_REDUCE_SCATTER || kind == GK_ALL_TO_ALL;
  step s = {.g = g, .op = mpi->ops[op], .n = gk_elements(x) / (parts ? g->n : 1), .x = x->data, .y = y->data,
            .to = gk_option(f, "to", -1), .from = gk_option(f, "from", -1)};
  if (s.n == 0) return NULL;
  if (kind != GK_ALL_REDUCE && kind != GK_REDUCE_SCATTER)
    bits(&s, x->type);
  else if (!number(&s, x->type))
    return gk_failed(f->api, "MPI cannot compute with elements of this type");
  switch (kind) {
    case GK_ALL_REDUCE: e = all_reduce(&s); break;
    case GK_ALL_GATHER: e = in_rows(&s, 1, g->n, all_gather); break;
    case GK_REDUCE_SCATTER: e = in_rows(&s, g->n, 1, reduce_scatter); break;
    case GK_ALL_TO_ALL: e = in_rows(&s, g->n, g->n, all_to_all); break;
    default: e = permute(&s);
  }
  return e ? failed(f, names[kind], e) : NULL;
}
