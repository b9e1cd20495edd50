// SHUFFLE is a vector of elements of two, x and y, by their places, those of y counted on. T are integers as wide.
#ifndef GOJAX_KERNELS_SHUFFLE_H_
#define GOJAX_KERNELS_SHUFFLE_H_

#ifdef __clang__
#define SHUFFLE(T, x, y, ...) __builtin_shufflevector(x, y, __VA_ARGS__)
#else
#define SHUFFLE(T, x, y, ...) __builtin_shuffle(x, y, (T){__VA_ARGS__})
#endif

#endif
