// Handlers of XLA's custom calls that stand alone.
#ifndef GOJAX_KERNELS_BUILTIN_H_
#define GOJAX_KERNELS_BUILTIN_H_

#include "call.h"

// gk_cumulative combines along the axis "axis" all elements up to each one, or with "reverse" all from it on: by the
// "operation" 0 to add, 1 to multiply, 2 for the greatest, 3 for the least. Its result has its operand's type:
// integers, floats, complex numbers to be added or multiplied; float16 and bfloat16 have extremes alone.
void* gk_cumulative(gk_frame* f);

// gk_convolve convolves planes of float32 or float64 as the attribute "plan" says.
void* gk_convolve(gk_frame* f);

// gk_stream computes "operation" of two operands: 0 to add, 1 to subtract, 2 to multiply, 3 to divide. Integers and
// floats have 32 or 64 bits; integers are not divided, and complex numbers are added or subtracted. An operand may be a
// single number.
void* gk_stream(gk_frame* f);

// gk_join puts pieces of vectors one behind the other, of each operand the one that "pieces" gives by its first element
// and its length.
void* gk_join(gk_frame* f);

// gk_scatter_add gives its first operand, a vector of integers or floats of 32 or 64 bits, with the elements of the
// third added at the places that the second has, those outside left out. What is added to one place is added up in an
// order that depends on the shapes alone.
void* gk_scatter_add(gk_frame* f);

// gk_count counts along the last axis of its operand, integers of 32 or 64 bits, how often each number from 0 on is
// there, as far as its result reaches. Negative ones count as 0.
void* gk_count(gk_frame* f);

#endif
