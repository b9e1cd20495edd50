// For files whose loops compilers turn into vector instructions, where they may: WIDE functions are compiled for
// several processors, and the one that it runs on has its own. It is included last: what it sets holds for the rest of
// the file.
#ifndef GOJAX_KERNELS_VECTORS_H_
#define GOJAX_KERNELS_VECTORS_H_

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC optimize("O3")
#if defined(__x86_64__) && defined(__GLIBC__)
#define WIDE __attribute__((target_clones("arch=x86-64-v4", "avx2", "default")))
#endif
#endif
#ifndef WIDE
#define WIDE
#endif

// APART stands before a loop that writes nothing that it reads later: compilers need not ask where the arrays lie.
#if defined(__clang__)
#define APART _Pragma("clang loop vectorize(assume_safety)")
#elif defined(__GNUC__)
#define APART _Pragma("GCC ivdep")
#else
#define APART
#endif

#endif
