#include "call.h"

#include <stdlib.h>
#include <string.h>

#include "_cgo_export.h"
#include "parallel.h"

int (*gojax_executing)(void);

static void* ended(gk_frame* f, char* message) {
  if (!message) return NULL;
  void* err = gk_failed(f->api, message);
  free(message);
  return err;
}

static bool is_kernel(const gk_attrs* a) {
  for (int64_t i = 0; i < a->n; i++)
    if (a->names[i]->n == 6 && !memcmp(a->names[i]->p, "kernel", 6)) return true;
  return false;
}

// call_go calls a Go function. A kernel runs on the thread that asks for it. Other
// functions have goroutines of their own: on a thread of Go's this waits for the function, on any other it returns
// before the function does, for the thread is one of a pool that the function may need.
static void* call_go(gk_frame* f) {
  if (is_kernel(&f->attrs)) return ended(f, gojaxRunKernel(f));
  if (f->api->size < sizeof *f->api) return gk_failed(f->api, "this plugin is too old to call Go functions");
  if (gojax_executing()) return ended(f, gojaxCallGo(f));
  gk_future_args c = {sizeof c, NULL, NULL};
  void* err = f->api->future_create(&c);
  if (err) return err;
  f->future = c.future;
  gojaxStartGo(f);
  return NULL;
}

void* gojax_call_go(gk_frame* f) {
  if (!gk_executes(f)) return NULL;
  fenv_t ways = gk_to_go();
  void* err = call_go(f);
  fesetenv(&ways);
  return err;
}

void gojax_called(gk_api* api, void* future, char* message) {
  if (!message) {
    gk_future_args a = {sizeof a, NULL, future};
    api->future_set_available(&a);
    return;
  }
  gk_future_error_args e = {sizeof e, NULL, future, gk_failed(api, message)};
  free(message);
  api->future_set_error(&e);
}
