// Sorting and its family as handlers of XLA's custom calls. All work along the last axis, in the order of order.h.
#ifndef GOJAX_KERNELS_SORT_H_
#define GOJAX_KERNELS_SORT_H_

#include "parallel.h"

// gk_sort sorts arrays of one shape together, by the first of them ("num_keys", an int64, says how many), equal
// elements in their order. Its results are the arrays from number "from" on and, where there is one more, the positions
// that the elements come from, int32.
void* gk_sort(gk_frame* f);

// gk_select gives the elements that would be at given positions if rows were sorted, and the positions that they come
// from; equal elements are in their order. Its operands are the rows and, for each, the positions. These are int32.
void* gk_select(gk_frame* f);

// gk_partition gives rows with all elements before a pivot that gk_sort would put there, then the pivot, then the
// others, either in their order, and the positions that they come from, int32. Its operands are the rows, and what
// gk_select gives for one element of each.
void* gk_partition(gk_frame* f);

// gk_extreme gives the position, int32, of the first greatest element of each row, of the first least one where "least"
// is set, or of the first NaN where there is one.
void* gk_extreme(gk_frame* f);

// gk_top gives the greatest elements of each row, the greatest first, of equal ones the first, and their positions,
// int32: as many as the results have in a row.
void* gk_top(gk_frame* f);

// gk_search gives for each element of the second operand how many elements of a sorted row of the first are less,
// int32, with "right" how many are no greater. The first operand's axes before its last are the first of the second's.
void* gk_search(gk_frame* f);

// A crew is the threads that share the work on one row, each of which has a chunk of it.
enum { GK_COUNTERS = 1 << 11 };

typedef struct {
  gk_frame* f;
  int64_t chunks;
  double cost;   // of an element, as gk_each counts
  uint32_t* at;  // room for GK_COUNTERS numbers a chunk
} gk_crew;

// gk_together has work done for each chunk of n elements.
void gk_together(gk_crew* w, int64_t n, bool (*work)(void* context, int64_t from, int64_t to), void* context);

// gk_chunk is where the i-th of the chunks of n elements begins.
static inline int64_t gk_chunk(int64_t n, int64_t chunks, int64_t i) {
  return n / chunks * i + n % chunks * i / chunks;
}

// gk_word is 32 bits of what a row is sorted by: bits from shift on of the number of every step-th element of data.
typedef struct {
  const struct gk_kind* kind;
  const char* data;
  int step, shift;
  size_t row;  // bytes from one row to the next
} gk_word;

// gk_words lists those of an array, whose rows have n elements, behind each other at w, and gives how many they are: at
// most four; 0 for types that have no order.
int gk_words(const gk_buffer* b, int64_t n, gk_word* w);

// gk_sort_words sorts the n elements p of row r, which have their positions in the lower halves, ascending, and the
// first of the words above them; other is as much room. It gives where the elements are then, p or other.
uint64_t* gk_sort_words(gk_crew* crew, const gk_word* words, int count, int64_t r, uint64_t* p, uint64_t* other,
                        int64_t n);

// gk_rows_of gives what is wrong with an array for rows that have a kind, or NULL and how many rows it has, of how many
// elements.
const char* gk_rows_of(const gk_buffer* b, int64_t* rows, int64_t* n);

// gk_by_rows has one_row work on each row, by a crew that shares it where rows are long and few. cost is that of an
// element, memory what a crew needs for a row.
void* gk_by_rows(gk_frame* f, int64_t rows, int64_t n, double cost, size_t memory,
                 void (*one_row)(const void* context, int64_t r, gk_crew* crew, char* memory), const void* context);

#endif
