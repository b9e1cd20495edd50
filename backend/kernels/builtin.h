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

// gk_convolve_features convolves arrays of many features, of float32 or float64, as the attribute "plan" says.
void* gk_convolve_features(gk_frame* f);

// gk_stream computes "operation" of two operands: 0 to add, 1 to subtract, 2 to multiply, 3 to divide, or 4 to copy
// one. Integers and floats have 32 or 64 bits, but those copied any; integers are not divided, complex numbers are
// added or subtracted. "views" says of each operand how it lies: 0 as the result does, or it is a single number; 1 it
// is the first one, the other is a number, and its matrices are transposed: "turned" says how many matrices of how many
// rows and columns it has; 2 it is pieces of vectors: how many, and for each where it begins and its length.
void* gk_stream(gk_frame* f);

// gk_reduce reduces over the "rows" of planes of "columns". By "terms" it adds up 0 the elements, bools and integers
// also as longer integers, of 32 or 64 bits, and of floats of 32 or 64 bits 1 those that are numbers, 2 the squares of
// their distances from the second operand, which has one for each sum or is one number, 3 those of numbers, 4 a one for
// each number; or it finds 5 the greatest element, 6 the least one, of bools, integers and floats.
void* gk_reduce(gk_frame* f);

// gk_scatter_add gives its first operand, a vector of integers or floats of 32 or 64 bits, with the elements of the
// third added at the places that the second has, those outside left out. What is added to one place is added up in an
// order that depends on the shapes alone.
void* gk_scatter_add(gk_frame* f);

// gk_count counts along the last axis of its operand, integers of 32 or 64 bits, how often each number from 0 on is
// there, as far as its result reaches. Negative ones count as 0.
void* gk_count(gk_frame* f);

// gk_fft transforms axes of an array, from "first" on or the last ones, whose lengths as real or complex numbers
// "lengths" has: by "kind" 0 forward, 1 back, which divides by their product, 2 real numbers, the last axis being the
// array's and of even length, to half of what they become, 3 that back to them. Lengths have no prime factors above 13.
void* gk_fft(gk_frame* f);

#endif
