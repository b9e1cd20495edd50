#include "problem.h"

#include <stdlib.h>
#include <string.h>

#include "turn.h"

const char* gk_lay_out(const gk_list* l, const char* core, gk_buffer** b, size_t* step, int64_t* count) {
  if (l->n != (int64_t)strlen(core)) return "the number of operands or results is wrong";
  for (int k = 0; k < l->n; k++) {
    b[k] = l->v[k];
    int64_t rank = core[k] - '0', before = 1;
    step[k] = gk_width(b[k]->type);
    if (b[k]->rank < rank) return "an operand or result has too few axes";
    for (int64_t i = 0; i < b[k]->rank; i++) {
      if (i < b[k]->rank - rank)
        before *= b[k]->dims[i];
      else if (b[k]->dims[i] > INT_MAX)
        return "an axis is longer than LAPACK can count";
      else
        step[k] *= b[k]->dims[i];
    }
    if (*count < 0) *count = before;
    if (before != *count) return "operands and results count different numbers of matrices";
  }
  return NULL;
}

// turning is matrices of m by n that lie row by row and come to lie column by column.
typedef struct {
  const char* from;
  char* to;
  int64_t m, n;
  int64_t width;
} turning;

enum { SIDE = 16 };  // rows are turned at once

static bool turn_some(void* context, int64_t first, int64_t end) {
  const turning* t = context;
  int64_t bands = (t->m + SIDE - 1) / SIDE;
  for (int64_t u = first; u < end; u++) {
    int64_t before = u / bands * t->m * t->n * t->width, i = u % bands * SIDE;
    int64_t rows = t->m - i < SIDE ? t->m - i : SIDE;
    gk_turn(t->from + before + i * t->n * t->width, t->n * t->width, t->to + before + i * t->width, t->m * t->width,
            rows, t->n, t->width);
  }
  return true;
}

static void turn(problem* p, int type, const char* from, char* to, int64_t m, int64_t n) {
  turning t = {from, to, m, n, (int64_t)gk_width(type)};
  gk_each(p->frame, p->count * ((m + SIDE - 1) / SIDE), 0.5 * SIDE * n, turn_some, &t);
}

// begin gives the routine its operands, in the memory of the results that they become and column by column.
static const char* begin(problem* p) {
  const char* core = p->r->out[is_complex(p)];
  bool turns = p->rows && !p->r->by_rows;
  bool taken[MOST_IN] = {false};
  for (int k = 0; core[k]; k++) {
    if (turns && core[k] == '2') {
      p->out_at[k] = p->turned[k] = gk_take(p->count * p->out_step[k]);
      if (!p->out_at[k]) return gk_no_memory;
    }
    int j = k < (int)strlen(p->r->from) && p->r->from[k] != '-' ? p->r->from[k] - '0' : -1;
    if (j < 0) continue;
    taken[j] = true;
    if (turns && core[k] == '2')
      turn(p, p->in[j]->type, p->in_at[j], p->out_at[k], rows(p->in[j]), cols(p->in[j]));
    else if (p->out_at[k] != p->in_at[j])
      memcpy(p->out_at[k], p->in_at[j], p->count * p->out_step[k]);
  }
  for (int j = 0; turns && p->r->in[j]; j++) {
    if (taken[j] || p->r->in[j] != '2') continue;
    char* to = p->turned[MOST_OUT + j] = gk_take(p->count * p->in_step[j]);
    if (!to) return gk_no_memory;
    turn(p, p->in[j]->type, p->in_at[j], to, rows(p->in[j]), cols(p->in[j]));
    p->in_at[j] = to;
  }
  return NULL;
}

// prepare fills p from the call, and copies the operands that become results.
static const char* prepare(problem* p) {
  gk_frame* f = p->frame;
  switch (f->args.n > 0 ? f->args.v[0]->type : 0) {
    case 11: p->type = S; break;
    case 12: p->type = D; break;
    case 15: p->type = C; break;
    case 18: p->type = Z; break;
    default: return "the elements are none of LAPACK's types";
  }
  if (!(p->f = (void (*)(void))p->r->f[p->type])) return "OpenBLAS is not loaded";
  p->count = -1;
  const char* bad = gk_lay_out(&f->args, p->r->in, p->in, p->in_step, &p->count);
  if (!bad) bad = gk_lay_out(&f->rets, p->r->out[is_complex(p)], p->out, p->out_step, &p->count);
  if (bad) return bad;
  for (int k = 0; k < f->args.n; k++) p->in_at[k] = p->in[k]->data;
  for (int k = 0; k < f->rets.n; k++) p->out_at[k] = p->out[k]->data;
  for (int k = 0; p->r->from[k]; k++)
    if (p->r->from[k] != '-' && p->out_step[k] != p->in_step[p->r->from[k] - '0'])
      return "an operand and its result differ in size";
  p->rows = option(p, "rows", 0), p->nan = option(p, "nan", 0);
  p->m = rows(p->in[0]), p->n = cols(p->in[0]);
  bad = p->r->prepare(p);
  return bad ? bad : begin(p);
}

// finish passes results on to the program that has their matrices row by row.
static void finish(problem* p) {
  const char* core = p->r->out[is_complex(p)];
  for (int k = 0; core[k]; k++)
    if (core[k] == '2' && p->out_at[k] != p->out[k]->data)
      turn(p, p->out[k]->type, p->out_at[k], p->out[k]->data, cols(p->out[k]), rows(p->out[k]));
}

static void release(problem* p) {
  for (int k = 0; k < MOST_IN + MOST_OUT; k++) gk_give(p->turned[k]);
}

// without_solution fills the results of the i-th problem with NaN.
static void without_solution(const problem* p, int64_t i) {
  for (int k = 0; k < p->frame->rets.n; k++) {
    bool single = p->out[k]->type == 11 || p->out[k]->type == 15;
    if (!single && p->out[k]->type != 12 && p->out[k]->type != 18) continue;
    for (size_t j = 0; j < p->out_step[k] / (single ? 4 : 8); j++)
      if (single)
        ((float*)out(p, k, i))[j] = NAN;
      else
        ((double*)out(p, k, i))[j] = NAN;
  }
}

static void clear_triangle(const problem* p, int64_t i) {
  for (int j = 0; j < p->n; j++) {
    int from = p->a == 'L' ? 0 : j + 1, to = p->a == 'L' ? j : p->n;
    memset((char*)out(p, 0, i) + ((size_t)j * p->n + from) * width(p), 0, (to - from) * width(p));
  }
}

static bool some(void* context, int64_t from, int64_t to) {
  problem* p = context;
  size_t n = working_memory(p);
  void* memory = gk_take(n);
  if (!memory) return false;
  int info = (int)p->frame->rets.n - 1;
  for (int64_t i = from; i < to; i++) {
    p->r->solve(p, i, memory);
    if (p->nan && *(int*)out(p, info, i) != 0) without_solution(p, i);
    if (p->clear) clear_triangle(p, i);
  }
  gk_give(memory);
  return true;
}

void* gk_run(gk_frame* f, const gk_routine* r) {
  if (!gk_executes(f)) return NULL;
  problem p = {.r = r, .frame = f};
  const char* bad = prepare(&p);
  void* err = bad ? gk_failed(f->api, bad) : gk_each(f, p.count, p.flops, some, &p);
  if (!err) finish(&p);
  release(&p);
  return err;
}
