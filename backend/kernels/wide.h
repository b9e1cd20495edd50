// Sorting of unsigned numbers by vector instructions of 512 bits, where the processor has them.
#ifndef GOJAX_KERNELS_WIDE_H_
#define GOJAX_KERNELS_WIDE_H_

#include <stdbool.h>
#include <stdint.h>

// gk_wide tells whether it has. The other functions must not be called where it has not.
bool gk_wide(void);

// gk_wide_sort sorts n numbers a; other is as much room.
void gk_wide_sort(uint32_t* a, uint32_t* other, int64_t n);

// gk_wide_split puts those of n numbers that are at most the pivot into to, in any order, and the others behind them,
// and gives how many are in front.
int64_t gk_wide_split(const uint32_t* from, int64_t n, uint32_t pivot, uint32_t* to);

#endif
