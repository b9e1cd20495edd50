// What handlers of custom calls share: errors, and work in parallel.
#ifndef GOJAX_KERNELS_PARALLEL_H_
#define GOJAX_KERNELS_PARALLEL_H_

#include <stdbool.h>

#include "call.h"

// gk_executes tells whether a call is to compute. One that only asks for the handler's version it answers.
bool gk_executes(gk_frame* f);

void* gk_failed(gk_api* api, const char* message);

extern const char gk_no_memory[];

// gk_width is the bytes of an element of one of XLA's types, 0 of other types.
size_t gk_width(int type);

// gk_option is a number among the call's attributes.
int64_t gk_option(gk_frame* f, const char* name, int64_t otherwise);

// gk_threads is how many threads XLA's pool has.
int64_t gk_threads(gk_frame* f);

// gk_each splits the numbers from 0 to n into ranges and has work do each, on this thread and on those of XLA's pool
// that are free, until all are done. cost is what one number computes, about, in floating-point operations: small work
// is not split. work gives false where there is no memory.
void* gk_each(gk_frame* f, int64_t n, double cost, bool (*work)(void* context, int64_t from, int64_t to),
              void* context);

#endif
