#include "call.h"

#include <stdlib.h>

#include "_cgo_export.h"

// gojax_call_go is the handler of custom calls to Go functions. It may run on any thread.
void* gojax_call_go(gk_frame* f) {
  for (gk_ext* e = f->ext; e; e = e->next)
    if (e->type == GK_EXT_METADATA) {
      gk_metadata* m = ((gk_metadata_ext*)e)->metadata;
      m->version.major = 0;
      m->version.minor = 1;
      m->traits = 0;
      return NULL;
    }
  if (f->stage != GK_STAGE_EXECUTE) return NULL;
  char* message = gojaxCallGo(f);
  if (!message) return NULL;
  gk_error_args e = {sizeof e, NULL, message, 13};  // internal
  void* err = f->api->error(&e);
  free(message);
  return err;
}
