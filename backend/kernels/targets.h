// Functions on vectors that are written once and compiled for several processors. A file sets BODY, the header that has
// them, T_32 and T_64, its types of numbers, and includes this, and so BODY for each processor and type. There TARGET
// stands before functions, T is the type, N an integer as wide, VECTOR the bytes of a vector, LANES its numbers, and
// NAME(x) what x is called.
#ifndef GOJAX_KERNELS_TARGETS_H_
#define GOJAX_KERNELS_TARGETS_H_

#define JOIN(x, bits, processor) x##_##bits##_##processor
#define NAMED(x, bits, processor) JOIN(x, bits, processor)
#define NAME(x) NAMED(x, BITS, PROCESSOR)
#define LANES (8 * VECTOR / BITS)
#define INLINE TARGET static inline __attribute__((always_inline))

// {EACH(x)} is a table of NAME(x), by processor, gk_processor the one at hand, and type.
#ifdef __x86_64__
#define AVX2 __attribute__((target("avx2,fma")))
#define EACH(x) {x##_32_plain, x##_64_plain}, {x##_32_avx2, x##_64_avx2}, {x##_32_avx512, x##_64_avx512}
static inline int gk_processor(void) {
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq"))
    return 2;
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
}
#else
#define EACH(x) {x##_32_plain, x##_64_plain}
static inline int gk_processor(void) { return 0; }
#endif

#endif

#define PROCESSOR plain
#define TARGET
#define VECTOR 16
#include "both.h"
#ifdef __x86_64__
#define PROCESSOR avx2
#define TARGET AVX2
#define VECTOR 32
#include "both.h"
#define PROCESSOR avx512
#define TARGET __attribute__((target("avx512f,avx512vl,avx512dq")))
#define VECTOR 64
#include "both.h"
#endif
