// The parts of XLA's FFI call frame that handlers read (API version 0.1).
#ifndef GOJAX_KERNELS_CALL_H_
#define GOJAX_KERNELS_CALL_H_

#include <stddef.h>
#include <stdint.h>

typedef struct gk_ext { size_t size; int type; struct gk_ext* next; } gk_ext;
typedef struct { size_t size; gk_ext* ext; int major, minor; } gk_version;
typedef struct { size_t size; gk_version version; uint32_t traits; } gk_metadata;
typedef struct { gk_ext base; gk_metadata* metadata; } gk_metadata_ext;
typedef struct { size_t size; gk_ext* ext; const char* message; int code; } gk_error_args;
typedef struct { size_t size; gk_ext* ext; void* future; } gk_future_args;  // of create and set_available
typedef struct { size_t size; gk_ext* ext; void* future; void* error; } gk_future_error_args;
typedef struct { size_t size; gk_ext* ext; void* ctx; void (*task)(void*); void* data; } gk_schedule_args;
typedef struct { size_t size; gk_ext* ext; void* ctx; int64_t* n; } gk_num_threads_args;
typedef struct {
  size_t size;
  gk_ext* ext;
  gk_version version;
  void* internal;
  void* (*error)(gk_error_args*);
  void* other[10];
  void* (*schedule)(gk_schedule_args*);
  void* (*num_threads)(gk_num_threads_args*);
  void* (*future_create)(gk_future_args*);
  void* (*future_set_available)(gk_future_args*);
  void* (*future_set_error)(gk_future_error_args*);
} gk_api;
typedef struct { size_t size; gk_ext* ext; int type; void* data; int64_t rank; int64_t* dims; } gk_buffer;
typedef struct { size_t size; gk_ext* ext; int64_t n; int* types; gk_buffer** v; } gk_list;
typedef struct { const char* p; size_t n; } gk_span;
typedef struct { int type; void* value; } gk_scalar;
typedef struct { size_t size; gk_ext* ext; int64_t n; int* types; gk_span** names; void** v; } gk_attrs;
typedef struct {
  size_t size;
  gk_ext* ext;
  gk_api* api;
  void* ctx;
  int stage;
  gk_list args, rets;
  gk_attrs attrs;
  void* future;
} gk_frame;

enum { GK_EXT_METADATA = 1, GK_STAGE_EXECUTE = 3, GK_ATTR_ARRAY = 1, GK_ATTR_SCALAR = 3, GK_ATTR_STRING = 4 };
enum { GK_S32 = 4 };  // an element type

// gojax_executing tells whether this thread is one of Go's, which may wait.
extern int (*gojax_executing)(void);

void* gojax_call_go(gk_frame* f);

// gojax_called ends the call that future stands for: with the error message, which it frees, unless that is NULL. The
// rest of the program may be run by it.
void gojax_called(gk_api* api, void* future, char* message);

#endif
