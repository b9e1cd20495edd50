// What handlers of custom calls share: errors, and work in parallel.
#ifndef GOJAX_KERNELS_PARALLEL_H_
#define GOJAX_KERNELS_PARALLEL_H_

#include <fenv.h>
#include <stdbool.h>

#include "call.h"

// gk_to_go is called before Go's code: threads of XLA's take subnormal numbers for 0, which Go's must not, nor threads
// that Go starts, which take over this one's ways. fesetenv(&ways), of what it returns, is called after it.
static inline fenv_t gk_to_go(void) {
  fenv_t ways;
  fegetenv(&ways);
  fesetenv(FE_DFL_ENV);
  return ways;
}

// gk_executes tells whether a call is to compute. One that only asks for the handler's version it answers.
bool gk_executes(gk_frame* f);

void* gk_failed(gk_api* api, const char* message);

extern const char gk_no_memory[];

// gk_take is memory of n bytes, NULL where there is none: a large piece comes from the pool. gk_give ends its use.
void* gk_take(size_t n);
extern void (*gk_give)(void* p);
extern int (*gk_memalign)(void** p, size_t align, size_t n);

// gk_width is the bytes of an element of one of XLA's types, 0 of other types.
size_t gk_width(int type);

// gk_option is a number among the call's attributes.
int64_t gk_option(gk_frame* f, const char* name, int64_t otherwise);

// gk_list_option is a list of numbers among them, NULL where there is none.
typedef struct { int type; size_t n; int64_t* v; } gk_numbers;
const gk_numbers* gk_list_option(gk_frame* f, const char* name);

// gk_elements is how many an array has.
int64_t gk_elements(const gk_buffer* b);

// gk_threads is how many threads XLA's pool has.
int64_t gk_threads(gk_frame* f);

// gk_each splits the numbers from 0 to n into ranges and has work do each, on this thread and on those of XLA's pool
// that are free, until all are done. cost is what one number computes, about, in floating-point operations: small work
// is not split. work gives false where there is no memory.
void* gk_each(gk_frame* f, int64_t n, double cost, bool (*work)(void* context, int64_t from, int64_t to),
              void* context);

#endif
