// Matrices transposed.
#ifndef GOJAX_KERNELS_TURN_H_
#define GOJAX_KERNELS_TURN_H_

#include <stdint.h>

// gk_turn writes the columns of a matrix, whose rows are step bytes apart, as rows that are line bytes apart. Elements
// have 4, 8 or 16 bytes.
void gk_turn(const char* from, int64_t step, char* to, int64_t line, int64_t rows, int64_t columns, int64_t width);

#endif
