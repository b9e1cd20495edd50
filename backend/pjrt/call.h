// How the C files of this package call a function of the plugin.
#ifndef GOJAX_PJRT_CALL_H_
#define GOJAX_PJRT_CALL_H_

#include <string.h>

#include "shim.h"

// ARGS declares a zeroed argument struct that says its size.
#define ARGS(T, v)      \
  T v;                  \
  memset(&v, 0, sizeof v); \
  v.size = sizeof v
#define FN(a, i) (((const gx_api*)(a))->fn[i])
#define CALL(a, i, v) (((void* (*)(void*))FN(a, i))(&(v)))

#endif
