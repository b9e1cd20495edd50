// Calls of routines of LAPACK's: what a program asks for, laid out for the routine.
#ifndef GOJAX_KERNELS_PROBLEM_H_
#define GOJAX_KERNELS_PROBLEM_H_

#include <limits.h>
#include <math.h>
#include <stdbool.h>

#include "lapack.h"
#include "parallel.h"

// A call asks for the same routine once for each of count matrices; the axes before those of one problem count them.
// Matrices arrive column by column, which is LAPACK's order, as in JAX's calls; or row by row, with the attribute rows,
// and are turned unless the routine can do without. Memory for the routines' work is taken here, and not in them.

enum { S, D, C, Z };  // the element types
static const size_t widths[GK_TYPES] = {4, 8, 8, 16};

enum { MOST_IN = 4, MOST_OUT = 6 };

typedef struct gk_problem {
  const gk_routine* r;
  int type;                      // S to Z
  void (*f)(void);               // the routine for it
  gk_frame* frame;
  int64_t count;
  gk_buffer *in[MOST_IN], *out[MOST_OUT];
  char *in_at[MOST_IN], *out_at[MOST_OUT];      // where the first problem's lie, for the routine
  char* turned[MOST_IN + MOST_OUT];             // memory of those that the program has row by row
  bool rows;                                    // whether it has matrices so
  bool nan;                                     // whether problems without a solution get NaN for results
  bool clear;                                   // whether the triangle that potrf leaves alone is to be zero
  size_t in_step[MOST_IN], out_step[MOST_OUT];  // bytes from one problem to the next
  // What a routine notes for its problems: sizes, options, elements of its working memory.
  int m, n, k, low, high;
  char a, b, c, d;
  int work, rwork, iwork;
  size_t copy;     // bytes of the copy of an operand that the routine destroys
  double flops;    // about how much one problem computes
} problem;

typedef void* P;
static inline bool is_complex(const problem* p) { return p->type >= C; }
static inline size_t width(const problem* p) { return widths[p->type]; }
static inline size_t real_width(const problem* p) { return widths[p->type] / (is_complex(p) ? 2 : 1); }
static inline int last(const gk_buffer* b, int i) { return (int)b->dims[b->rank - i]; }
static inline int rows(const gk_buffer* b) { return last(b, 2); }
static inline int cols(const gk_buffer* b) { return last(b, 1); }
static inline int least(int a, int b) { return a < b ? a : b; }
static inline int most(int a, int b) { return a > b ? a : b; }
static inline P in(const problem* p, int k, int64_t i) { return p->in_at[k] + i * p->in_step[k]; }
static inline P out(const problem* p, int k, int64_t i) { return p->out_at[k] + i * p->out_step[k]; }

static inline int64_t option(const problem* p, const char* name, int64_t otherwise) {
  return gk_option(p->frame, name, otherwise);
}

// The parts of a problem's working memory, one after the other: a copy of an operand, work, rwork, iwork.
static inline size_t rounded(size_t n) { return (n + 63) & ~(size_t)63; }
static inline size_t at_work(const problem* p) { return rounded(p->copy); }
static inline size_t at_rwork(const problem* p) { return at_work(p) + rounded(p->work * width(p)); }
static inline size_t at_iwork(const problem* p) { return at_rwork(p) + rounded(p->rwork * real_width(p)); }
static inline size_t working_memory(const problem* p) { return at_iwork(p) + rounded(p->iwork * sizeof(int)); }

// asked is the size of working memory that a routine wrote into the first element of it.
static inline int asked(const problem* p, const void* work) {
  double n = p->type == S || p->type == C ? *(const float*)work : *(const double*)work;
  return n < 1 ? 1 : n > INT_MAX ? INT_MAX : (int)ceil(n);
}

// gk_lay_out takes the buffers of a list with the ranks that core gives.
const char* gk_lay_out(const gk_list* l, const char* core, gk_buffer** b, size_t* step, int64_t* count);

// gk_run is the handler of a routine.
void* gk_run(gk_frame* f, const gk_routine* r);

#endif
