// For files whose results are to be rounded alike on each processor: a product and a sum stay two operations. Like
// vectors.h it is included last, and holds for the rest of the file.
#ifndef GOJAX_KERNELS_ROUNDED_H_
#define GOJAX_KERNELS_ROUNDED_H_

#ifdef __clang__
#pragma STDC FP_CONTRACT OFF
#elif defined(__GNUC__)
#pragma GCC optimize("fp-contract=off")
#endif

#endif
