// Programs of several devices, and the events of their ends.
#include "call.h"

void* gx_execute_n(gx_ref a, gx_ref loaded, size_t ndev, const uintptr_t* in, size_t nin, uintptr_t* out, size_t nout,
                   const uintptr_t* dead, size_t ndead, const int64_t* kept, size_t nkept, uintptr_t* events) {
  gx_free_all(a, dead, ndead);
  void* const* args[ndev];
  void** outs[ndev];
  for (size_t d = 0; d < ndev; d++) {
    args[d] = (void* const*)in + d * nin;
    outs[d] = (void**)out + d * nout;
  }
  ARGS(ExecuteOptions, o);
  o.kept_inputs = kept;
  o.num_kept_inputs = nkept;
  ARGS(Execute, x);
  x.executable = (void*)loaded;
  x.options = &o;
  x.arguments = args;
  x.num_devices = ndev;
  x.num_args = nin;
  x.outputs = outs;
  x.events = (void**)events;
  return CALL(a, FN_LOADEDEXECUTABLE_EXECUTE, x);
}

void* gx_event_error(gx_ref a, uintptr_t event) {
  ARGS(EventArg, w);
  w.event = (void*)event;
  return CALL(a, FN_EVENT_AWAIT, w);
}

// The errors of what failed are told by its results.
void gx_events_wait(gx_ref a, const uintptr_t* events, size_t n) {
  for (size_t i = 0; i < n; i++) {
    void* e = gx_event_error(a, events[i]);
    if (e) gx_error_free(a, e);
  }
}

int gx_events_ready(gx_ref a, const uintptr_t* events, size_t n) {
  for (size_t i = 0; i < n; i++) {
    ARGS(EventIsReady, r);
    r.event = (void*)events[i];
    void* e = CALL(a, FN_EVENT_ISREADY, r);
    if (e) gx_error_free(a, e);
    if (!e && !r.ready) return 0;
  }
  return 1;
}

void gx_events_free(gx_ref a, const uintptr_t* events, size_t n) {
  for (size_t i = 0; i < n; i++) {
    ARGS(EventArg, d);
    d.event = (void*)events[i];
    void* e = CALL(a, FN_EVENT_DESTROY, d);
    if (e) gx_error_free(a, e);
  }
}
