#include "order.h"

#include <stddef.h>

#include "vectors.h"

// A kind has a type T for its bits and these functions: in, the number for bits; out, the other way; nan, all bits for
// those of a NaN, else none; plain, in of what is neither NaN nor zero, which takes half as long. They have no
// branches, for the sake of vector instructions. orderly says that of plain numbers from low to high none is a NaN's,
// and that x is no zero's.

#define TOP(T) ((T)((T)1 << (8 * sizeof(T) - 1)))

#define WHOLE(name, T)                                       \
  static inline T name##_nan(T v) { return 0; }              \
  static inline T name##_plain(T v) { return name##_in(v); } \
  static inline bool name##_orderly(T low, T high, T x) { return true; }

#define UNSIGNED(name, T)                       \
  static inline T name##_in(T v) { return v; }  \
  static inline T name##_out(T k) { return k; } \
  WHOLE(name, T)

#define SIGNED(name, T)                                  \
  static inline T name##_in(T v) { return v ^ TOP(T); }  \
  static inline T name##_out(T k) { return k ^ TOP(T); } \
  WHOLE(name, T)

// infinity is the bits of that, quiet those of the NaN that stands for all.
#define FLOATING(name, T, infinity, quiet)                                                    \
  static inline T name##_nan(T v) { return (T)-(T)((v & (T)~TOP(T)) > infinity); }            \
  static inline T name##_plain(T v) {                                                         \
    return v ^ (T)(TOP(T) | (T)-(T)(v >> (8 * sizeof(T) - 1)));                               \
  }                                                                                           \
  static inline T name##_in(T v) {                                                            \
    T none = name##_nan(v);                                                                   \
    v = ((v & (T)~TOP(T)) == 0 ? 0 : v & ~none) | (quiet & none);                             \
    return name##_plain(v);                                                                   \
  }                                                                                           \
  static inline bool name##_orderly(T low, T high, T x) {                                     \
    bool zero = x == name##_plain(0) || x == name##_plain(TOP(T));                            \
    return !zero && high <= name##_plain(infinity) && low >= name##_plain(infinity | TOP(T)); \
  }                                                                                           \
  static inline T name##_out(T k) { return k & TOP(T) ? (T)(k ^ TOP(T)) : (T)~k; }

// BLOCK elements are looked at for the greatest before it is asked which of them it is.
enum { BLOCK = 256 };

UNSIGNED(u8, uint8_t)
#define K(x) u8_##x
#define T uint8_t
#define N uint32_t
#include "kind.h"

UNSIGNED(u16, uint16_t)
#define K(x) u16_##x
#define T uint16_t
#define N uint32_t
#include "kind.h"

UNSIGNED(u32, uint32_t)
#define K(x) u32_##x
#define T uint32_t
#define N uint32_t
#include "kind.h"

UNSIGNED(u64, uint64_t)
#define K(x) u64_##x
#define T uint64_t
#define N uint64_t
#include "kind.h"

SIGNED(i8, uint8_t)
#define K(x) i8_##x
#define T uint8_t
#define N uint32_t
#include "kind.h"

SIGNED(i16, uint16_t)
#define K(x) i16_##x
#define T uint16_t
#define N uint32_t
#include "kind.h"

SIGNED(i32, uint32_t)
#define K(x) i32_##x
#define T uint32_t
#define N uint32_t
#include "kind.h"

SIGNED(i64, uint64_t)
#define K(x) i64_##x
#define T uint64_t
#define N uint64_t
#include "kind.h"

FLOATING(f16, uint16_t, 0x7c00, 0x7e00)
#define K(x) f16_##x
#define T uint16_t
#define N uint32_t
#include "kind.h"

FLOATING(bf16, uint16_t, 0x7f80, 0x7fc0)
#define K(x) bf16_##x
#define T uint16_t
#define N uint32_t
#include "kind.h"

FLOATING(f32, uint32_t, 0x7f800000, 0x7fc00000)
#define K(x) f32_##x
#define T uint32_t
#define N uint32_t
#include "kind.h"

FLOATING(f64, uint64_t, 0x7ff0000000000000, 0x7ff8000000000000)
#define K(x) f64_##x
#define T uint64_t
#define N uint64_t
#include "kind.h"

const gk_kind* const gk_ranked = &u64_kind;

const gk_kind* gk_kind_of(int type) {
  static const gk_kind* kinds[] = {
      NULL,      &u8_kind,  &i8_kind,  &i16_kind, &i32_kind, &i64_kind, &u8_kind,   &u16_kind, &u32_kind, &u64_kind,
      &f16_kind, &f32_kind, &f64_kind, NULL,      NULL,      &f32_kind, &bf16_kind, NULL,      &f64_kind};
  return type >= 0 && type < (int)(sizeof kinds / sizeof *kinds) ? kinds[type] : NULL;
}
