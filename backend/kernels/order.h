// Elements of arrays as unsigned numbers in the order that sorting has: floats from -inf to +inf, then NaN; -0 and +0
// are one number, and so are all NaN.
#ifndef GOJAX_KERNELS_ORDER_H_
#define GOJAX_KERNELS_ORDER_H_

#include <stdbool.h>
#include <stdint.h>

// gk_kind says how elements of a type are ordered.
typedef struct gk_kind {
  int width, wide;  // bytes of an element, and of its number: 4 or 8
  // load gives the numbers of n elements, and whether store gives back other bits than there were: store knows one zero
  // and one NaN.
  bool (*load)(const void* x, int64_t n, void* numbers);
  void (*store)(const void* numbers, int64_t n, void* x);
  // mend puts the zeros and NaN among the n elements x into y, which is x sorted, in the order that they have in x.
  void (*mend)(const void* x, int64_t n, void* y);
  // word puts 32 bits of the number of element i * step of x, from bit shift on, above i in p[i - from], for i from
  // from to to; again does so for the i that are the lower halves of n elements of p.
  void (*word)(const void* x, int step, int shift, int64_t from, int64_t to, uint64_t* p);
  void (*again)(const void* x, int step, int shift, uint64_t* p, int64_t n);
  // high gives the upper 32 bits of the numbers of n elements, the least of them and the greatest.
  void (*high)(const void* x, int64_t n, uint32_t* high, uint32_t* least, uint32_t* most);
  // first is the place of the first greatest of n elements, n > 0, or the first least one, or the first NaN where there
  // is one; what has a greater rank goes before.
  int64_t (*first)(const void* x, int64_t n, bool least, uint64_t* rank);
  // greatest is the greatest rank of n elements, and ranks gives that of each.
  uint64_t (*greatest)(const void* x, int64_t n);
  void (*ranks)(const void* x, int64_t n, uint64_t* ranks);
} gk_kind;

// gk_ranked is the kind of ranks.
extern const gk_kind* const gk_ranked;

// gk_kind_of gives the kind of XLA's element type, of a complex one that of its parts; NULL for others.
const gk_kind* gk_kind_of(int type);

#endif
