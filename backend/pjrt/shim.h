// The functions Go calls: each does one whole step (never a single API call where two belong together), takes the
// function table first, and returns the plugin's error object, or null.
#ifndef GOJAX_PJRT_SHIM_H_
#define GOJAX_PJRT_SHIM_H_

#include "capi.h"

// The function table and the handles on the fast path are integers to Go, so that cgo does not check them as pointers.
typedef uintptr_t gx_ref;

typedef struct {
  const char* p;
  size_t n;
} gx_str;

// Opening. gx_dlopen and gx_preload write dlerror's text to err.
void* gx_dlopen(const char* path, char* err, size_t n);
int gx_preload(const char* path, char* err, size_t n);
void* gx_dlsym(void* lib, const char* name);
gx_ref gx_get_api(void* lib, char* err, size_t n);
void gx_api_version(gx_ref a, size_t* size, int* major, int* minor);
size_t gx_needed_size(void);

// Errors.
void gx_error(gx_ref a, void* e, int* code, gx_str* text);
void gx_error_free(gx_ref a, void* e);

// Client and devices.
void* gx_initialize(gx_ref a);
void gx_option_int(NamedValue* v, const char* name, int64_t i);
void gx_option_bool(NamedValue* v, const char* name, int b);
void gx_option_ints(NamedValue* v, const char* name, const int64_t* list, size_t n);
// gx_client has the plugin ask store, the number of a Go value, for keys and values; 0 for none.
void* gx_client(gx_ref a, const NamedValue* o, size_t n, uintptr_t store, void** client);
void* gx_client_free(gx_ref a, void* client);
enum { GX_PLATFORM_NAME, GX_PLATFORM_VERSION };
void* gx_client_text(gx_ref a, void* client, int which, gx_str* s);
// gx_devices are those that this process can use, or those of all processes.
void* gx_devices(gx_ref a, void* client, int all, void* const** d, size_t* n);
void* gx_device(gx_ref a, void* d, int* id, int* process, gx_str* kind);
void* gx_hardware(gx_ref a, void* d, int* hardware);
void* gx_memory_stats(gx_ref a, void* d, int64_t out[5]);

// What a plugin asks of the store of a job: what is put under a key, waiting for it or not, and to put it. Go gives
// what it returns, and the text of an error, in memory of C's.
enum { GX_KV_GET, GX_KV_TRY_GET, GX_KV_PUT };
typedef struct {
  int what;
  const char *key, *value;
  size_t key_len, value_len;
  int timeout_ms;
  char *answer, *error;
  size_t answer_len;
} gx_kv;
extern int gojaxKeyValue(uintptr_t store, gx_kv* q);  // the code of an error, or 0
void gx_kv_callbacks(ClientCreate* c, uintptr_t store);

// Buffers. gx_uninitialized has elements that nobody has set yet. gx_from_host: with ticket 0 the data is copied during
// the call; otherwise it may be used until gx_take_done gives the ticket back.
void* gx_uninitialized(gx_ref a, void* client, void* dev, int type, const int64_t* dims, size_t nd, uintptr_t* out);
void* gx_from_host(gx_ref a, void* client, void* dev, const void* data, int type, const int64_t* dims,
                   size_t nd, uint64_t ticket, uintptr_t* out);
void gx_free(gx_ref a, uintptr_t b);
void gx_free_all(gx_ref a, const uintptr_t* b, size_t n);
void* gx_wait(gx_ref a, uintptr_t b);
void* gx_ready(gx_ref a, uintptr_t b, int* ready);
// order has the axes from the last to the first; it may be NULL for up to GX_FEW_AXES.
enum { GX_FEW_AXES = 16 };
void* gx_to_host(gx_ref a, uintptr_t b, void* dst, size_t n, size_t rank, const int64_t* order);
void* gx_pointer(gx_ref a, uintptr_t b, uintptr_t* p);
void* gx_copy(gx_ref a, uintptr_t b, void* dev, uintptr_t* out);
int gx_gone(gx_ref a, uintptr_t b);
size_t gx_take_done(uint64_t* tickets, size_t n);

// Executables.
void* gx_compile(gx_ref a, void* client, const char* text, size_t n, const char* o, size_t on, void** loaded);
void* gx_load(gx_ref a, void* client, const char* bytes, size_t n, void** loaded);
void gx_loaded_free(gx_ref a, void* loaded);
void* gx_inner(gx_ref a, void* loaded, void** exe);
void gx_inner_free(gx_ref a, void* exe);
void* gx_outputs(gx_ref a, void* exe, size_t* n, const int** types, const int64_t** dims, const size_t** ranks);
void* gx_memory(gx_ref a, void* exe, int64_t out[6]);
void* gx_cost(gx_ref a, void* exe, const NamedValue** p, size_t* n);
void gx_cost_at(const NamedValue* p, size_t i, gx_str* name, double* v, int* numeric);
void* gx_program(gx_ref a, void* exe, char* code, size_t* n, gx_str* format);
void* gx_serialize(gx_ref a, void* exe, gx_str* s, void** holder, void** release);
void gx_release(void* holder, void* release);
void* gx_execute(gx_ref a, gx_ref loaded, gx_ref dev, const uintptr_t* in, size_t nin, uintptr_t* out,
                 const uintptr_t* dead, size_t ndead, const int64_t* kept, size_t nkept);
void* gx_execute_cb(gx_ref a, gx_ref loaded, gx_ref dev, const uintptr_t* in, size_t nin, uintptr_t* out,
                    const uintptr_t* dead, size_t ndead, const int64_t* kept, size_t nkept);
// gx_execute_n runs the partitions of a program: in has the arguments of the first device, then those of the second,
// and so on; out likewise. events, unless NULL, gets one for the end on each device.
void* gx_execute_n(gx_ref a, gx_ref loaded, size_t ndev, const uintptr_t* in, size_t nin, uintptr_t* out, size_t nout,
                   const uintptr_t* dead, size_t ndead, const int64_t* kept, size_t nkept, uintptr_t* events);
void gx_events_wait(gx_ref a, const uintptr_t* events, size_t n);
void* gx_event_error(gx_ref a, uintptr_t event);  // once it is ready
int gx_events_ready(gx_ref a, const uintptr_t* events, size_t n);
void gx_events_free(gx_ref a, const uintptr_t* events, size_t n);
// gx_executing is whether this thread is in gx_execute_cb, and so not one of XLA's.
int gx_executing(void);

// FFI. Returns -1 where the plugin has no such extension.
int gx_has_ffi(gx_ref a);
int gx_ffi_register(gx_ref a, const char* name, size_t n, void* handler, const char* platform, size_t pn,
                    void** err);

#endif
