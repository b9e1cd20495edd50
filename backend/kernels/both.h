// Includes BODY for numbers of 32 and of 64 bits, and ends what was set for one processor, see targets.h.
#define BITS 32
#define T T_32
#define N int32_t
#include BODY
#undef BITS
#undef T
#undef N
#define BITS 64
#define T T_64
#define N int64_t
#include BODY
#undef BITS
#undef T
#undef N
#undef PROCESSOR
#undef TARGET
#undef VECTOR
