// Matrices transposed.
#ifndef GOJAX_KERNELS_TURN_H_
#define GOJAX_KERNELS_TURN_H_

#include <stdbool.h>
#include <stdint.h>

// gk_turn writes the columns of a matrix, whose rows are step bytes apart, as rows that are line bytes apart. Elements
// have 4, 8 or 16 bytes.
void gk_turn(const char* from, int64_t step, char* to, int64_t line, int64_t rows, int64_t columns, int64_t width);

// gk_turn_past writes a cache line, 64 bytes, of each row of a matrix transposed, past the caches: of the matrix' rows
// from row on, as many as that takes. The result begins with a line, its rows are whole vectors of 32 bytes, and those
// of the matrix no less. Where a row of the result begins within a line, it is the half before and that behind.
// number is a vector, and the operation a type, of numbers as wide or of their parts, plus 0 to add it to the elements,
// 1 to subtract it, 2 to multiply by it, 3 to divide; or GK_COPY.
enum { GK_COPY, GK_U32 = 4, GK_U64 = 8, GK_F32 = 12, GK_F64 = 16 };
void gk_turn_past(const char* from, char* to, int64_t row, int64_t rows, int64_t columns, int64_t width, int operation,
                  const char* number);

#endif
