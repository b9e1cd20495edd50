#include "builtin.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "parallel.h"

// Convolutions of planes, the kernel not turned around: of one input feature for each output feature, without strides.
// The attribute "plan" has the numbers of the structure below, in its order.
typedef struct {
  int64_t batch, features, out_features;  // each input feature makes as many output features
  int64_t rows, columns, high, wide;      // of a plane and of a kernel
  int64_t above, below, left, right;      // zeros around a plane, or, where negative, what is left out
  int64_t out_rows, out_columns;
  const char *x, *w;
  char* y;
} convolution;

enum {
  MOST = 8,    // vectors of sums that are computed at once
  SOME = 256,  // products that are added up before they are added to others, so that long sums are as exact
  NUMBERS = 11,
};

#define T_32 float
#define T_64 double
#define BODY "convolve.h"
#include "targets.h"

static const char* prepare(convolution* v, gk_frame* f) {
  if (f->args.n != 2 || f->rets.n != 1) return "the number of operands or results is wrong";
  const gk_buffer *x = f->args.v[0], *w = f->args.v[1], *y = f->rets.v[0];
  const gk_numbers* plan = gk_list_option(f, "plan");
  if (!plan || plan->n != NUMBERS) return "the convolution has no plan";
  if (w->type != x->type || y->type != x->type) return "the types differ";
  memcpy(v, plan->v, NUMBERS * sizeof(int64_t));
  bool bad = false;
  for (int i = 0; i < NUMBERS; i++) bad = bad || plan->v[i] > INT_MAX || plan->v[i] < (i < 7 ? 1 : -INT_MAX);
  if (bad || v->out_features % v->features) return "the plan of the convolution is impossible";
  v->out_rows = v->rows + v->above + v->below - v->high + 1;
  v->out_columns = v->columns + v->left + v->right - v->wide + 1;
  double planes = (double)v->batch * v->out_features;  // in floating point nothing wraps around
  if (v->out_rows < 1 || v->out_columns < 1 ||
      (double)v->batch * v->features * v->rows * v->columns != gk_elements(x) ||
      (double)v->out_features * v->high * v->wide != gk_elements(w) ||
      planes * v->out_rows * v->out_columns != gk_elements(y))
    return "the plan of the convolution does not fit its operands";
  v->x = x->data, v->w = w->data, v->y = y->data;
  return NULL;
}

// gk_convolve is the handler, for float32 and float64.
void* gk_convolve(gk_frame* f) {
  if (!gk_executes(f)) return NULL;
  convolution v;
  const char* bad = prepare(&v, f);
  if (bad) return gk_failed(f->api, bad);
  int type = f->args.v[0]->type;
  if (type != 11 && type != 12) return gk_failed(f->api, "the elements are no floats of 32 or 64 bits");
  static void* (*const convolve[][2])(gk_frame*, convolution*) = {EACH(convolve)};
  return convolve[gk_processor()][type == 12](f, &v);
}
