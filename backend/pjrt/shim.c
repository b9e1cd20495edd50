#define _GNU_SOURCE
#include "call.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void* gx_dlopen(const char* path, char* err, size_t n) {
  void* h = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  if (!h) snprintf(err, n, "%s", dlerror());
  return h;
}

int gx_preload(const char* path, char* err, size_t n) {
  if (dlopen(path, RTLD_NOW | RTLD_GLOBAL)) return 0;
  snprintf(err, n, "%s", dlerror());
  return -1;
}

void* gx_dlsym(void* lib, const char* name) { return dlsym(lib, name); }

gx_ref gx_get_api(void* lib, char* err, size_t n) {
  const gx_api* (*get)(void) = (const gx_api* (*)(void))dlsym(lib, "GetPjrtApi");
  if (!get) {
    snprintf(err, n, "it has no function GetPjrtApi");
    return 0;
  }
  const gx_api* a = get();
  if (!a) snprintf(err, n, "its GetPjrtApi returned nothing");
  return (gx_ref)a;
}

void gx_api_version(gx_ref a, size_t* size, int* major, int* minor) {
  const gx_api* p = (const gx_api*)a;
  *size = p->size;
  *major = p->major;
  *minor = p->minor;
}

size_t gx_needed_size(void) { return offsetof(gx_api, fn) + (FN_LAST_NEEDED + 1) * sizeof(void*); }

void gx_error(gx_ref a, void* e, int* code, gx_str* text) {
  ARGS(ErrorGetCode, c);
  c.error = e;
  void* e2 = CALL(a, FN_ERROR_GETCODE, c);
  if (e2) gx_error_free(a, e2);
  *code = c.code;
  ARGS(ErrorMessage, m);
  m.error = e;
  ((void (*)(void*))FN(a, FN_ERROR_MESSAGE))(&m);
  text->p = m.message;
  text->n = m.len;
}

void gx_error_free(gx_ref a, void* e) {
  ARGS(ErrorDestroy, d);
  d.error = e;
  ((void (*)(void*))FN(a, FN_ERROR_DESTROY))(&d);
}

static void event_free(gx_ref a, void* event) {
  ARGS(EventArg, d);
  d.event = event;
  void* e = CALL(a, FN_EVENT_DESTROY, d);
  if (e) gx_error_free(a, e);
}

void* gx_initialize(gx_ref a) {
  ARGS(PluginInitialize, p);
  return CALL(a, FN_PLUGIN_INITIALIZE, p);
}

static void option(NamedValue* v, const char* name, int type) {
  memset(v, 0, sizeof *v);
  v->size = sizeof *v;
  v->name = name;
  v->name_len = strlen(name);
  v->type = type;
  v->value_size = 1;
}

void gx_option_int(NamedValue* v, const char* name, int64_t i) {
  option(v, name, NAMED_INT64);
  v->u.i = i;
}

void gx_option_bool(NamedValue* v, const char* name, int b) {
  option(v, name, NAMED_BOOL);
  v->u.b = b != 0;
}

void gx_option_ints(NamedValue* v, const char* name, const int64_t* list, size_t n) {
  option(v, name, NAMED_INT64_LIST);
  v->u.list = list;
  v->value_size = n;
}

void* gx_client(gx_ref a, const NamedValue* o, size_t n, uintptr_t store, void** client) {
  ARGS(ClientCreate, c);
  c.options = o;
  c.num_options = n;
  if (store) gx_kv_callbacks(&c, store);
  void* e = CALL(a, FN_CLIENT_CREATE, c);
  *client = c.client;
  return e;
}

void* gx_client_free(gx_ref a, void* client) {
  ARGS(ClientDestroy, c);
  c.client = client;
  return CALL(a, FN_CLIENT_DESTROY, c);
}

void* gx_client_text(gx_ref a, void* client, int which, gx_str* s) {
  ARGS(ClientText, c);
  c.client = client;
  void* e = CALL(a, which == GX_PLATFORM_VERSION ? FN_CLIENT_PLATFORMVERSION : FN_CLIENT_PLATFORMNAME, c);
  s->p = c.text;
  s->n = c.len;
  return e;
}

void* gx_devices(gx_ref a, void* client, int all, void* const** d, size_t* n) {
  ARGS(ClientDevices, c);
  c.client = client;
  void* e = CALL(a, all ? FN_CLIENT_DEVICES : FN_CLIENT_ADDRESSABLEDEVICES, c);
  *d = c.devices;
  *n = c.num;
  return e;
}

void* gx_device(gx_ref a, void* d, int* id, int* process, gx_str* kind) {
  ARGS(DeviceDescription, g);
  g.device = d;
  void* e = CALL(a, FN_DEVICE_GETDESCRIPTION, g);
  if (e) return e;
  ARGS(DescriptionId, i);
  i.desc = g.desc;
  if ((e = CALL(a, FN_DEVICEDESCRIPTION_ID, i))) return e;
  *id = i.id;
  if ((e = CALL(a, FN_DEVICEDESCRIPTION_PROCESSINDEX, i))) return e;
  *process = i.id;
  ARGS(DescriptionText, k);
  k.desc = g.desc;
  if ((e = CALL(a, FN_DEVICEDESCRIPTION_KIND, k))) return e;
  kind->p = k.text;
  kind->n = k.len;
  return NULL;
}

void* gx_hardware(gx_ref a, void* d, int* hardware) {
  ARGS(DeviceHardwareId, h);
  h.device = d;
  void* e = CALL(a, FN_DEVICE_LOCALHARDWAREID, h);
  *hardware = h.id;
  return e;
}

void* gx_memory_stats(gx_ref a, void* d, int64_t out[5]) {
  ARGS(DeviceMemoryStats, m);
  m.device = d;
  void* e = CALL(a, FN_DEVICE_MEMORYSTATS, m);
  if (e) return e;
  out[0] = m.in_use;
  out[1] = m.has_peak ? m.peak : 0;
  out[2] = m.has_limit ? m.limit : 0;
  out[3] = m.has_pool ? m.pool : 0;
  out[4] = m.has_num_allocs ? m.num_allocs : 0;
  return NULL;
}

// Tickets of host memory that the plugin has finished with. Its threads push, Go takes: a plugin may finish inside any
// call, also one that Go made with the nocallback mark, so Go cannot be told directly.
typedef struct node {
  struct node* next;
  uint64_t ticket;
  gx_ref api;
} node;
static _Atomic(node*) done_list;

static node* new_node(gx_ref a, uint64_t ticket) {
  node* n = malloc(sizeof *n);
  if (!n) return NULL;
  n->ticket = ticket;
  n->api = a;
  return n;
}

static void host_done(void* error, void* user) {
  node* n = user;
  if (error) gx_error_free(n->api, error);
  n->next = atomic_load(&done_list);
  while (!atomic_compare_exchange_weak(&done_list, &n->next, n)) {
  }
}

size_t gx_take_done(uint64_t* tickets, size_t max) {
  if (!atomic_load_explicit(&done_list, memory_order_relaxed)) return 0;
  node* n = atomic_exchange(&done_list, NULL);
  size_t k = 0;
  while (n) {
    node* next = n->next;
    if (k < max) {
      tickets[k++] = n->ticket;
      free(n);
    } else {  // back for the next call
      n->next = atomic_load(&done_list);
      while (!atomic_compare_exchange_weak(&done_list, &n->next, n)) {
      }
    }
    n = next;
  }
  return k;
}

void* gx_uninitialized(gx_ref a, void* client, void* dev, int type, const int64_t* dims, size_t nd, uintptr_t* out) {
  ARGS(UninitializedBuffer, u);
  u.client = client;
  u.dims = dims;
  u.num_dims = nd;
  u.type = type;
  u.device = dev;
  void* e = CALL(a, FN_CLIENT_CREATEUNINITIALIZEDBUFFER, u);
  if (!e) *out = (uintptr_t)u.buffer;
  return e;
}

void* gx_from_host(gx_ref a, void* client, void* dev, const void* data, int type, const int64_t* dims,
                   size_t nd, uint64_t ticket, uintptr_t* out) {
  ARGS(FromHostBuffer, f);
  f.client = client;
  f.data = data;
  f.type = type;
  f.dims = dims;
  f.num_dims = nd;
  f.semantics = ticket ? HOST_ZERO_COPY : HOST_ONLY_DURING_CALL;
  f.device = dev;
  void* e = CALL(a, FN_CLIENT_BUFFERFROMHOSTBUFFER, f);
  if (e) return e;
  *out = (uintptr_t)f.buffer;
  // A ticket that there is no memory for, or that the plugin will not give back, keeps the host memory for good, which
  // is safe.
  node* n = ticket ? new_node(a, ticket) : NULL;
  if (!f.done) {  // nothing to wait for
    if (n) host_done(NULL, n);
    return NULL;
  }
  if (n) {
    ARGS(EventOnReady, o);
    o.event = f.done;
    o.callback = host_done;
    o.user = n;
    e = CALL(a, FN_EVENT_ONREADY, o);
    if (e) {
      gx_error_free(a, e);
      free(n);
    }
  }
  event_free(a, f.done);
  return NULL;
}

void gx_free(gx_ref a, uintptr_t b) {
  ARGS(BufferArg, d);
  d.buffer = (void*)b;
  void* e = CALL(a, FN_BUFFER_DESTROY, d);
  if (e) gx_error_free(a, e);
}

void gx_free_all(gx_ref a, const uintptr_t* b, size_t n) {
  for (size_t i = 0; i < n; i++) gx_free(a, b[i]);
}

static void* ready_event(gx_ref a, uintptr_t b, void** event) {
  ARGS(BufferReadyEvent, r);
  r.buffer = (void*)b;
  void* e = CALL(a, FN_BUFFER_READYEVENT, r);
  *event = r.event;
  return e;
}

static void* await_and_free(gx_ref a, void* event) {
  ARGS(EventArg, w);
  w.event = event;
  void* e = CALL(a, FN_EVENT_AWAIT, w);
  event_free(a, event);
  return e;
}

void* gx_wait(gx_ref a, uintptr_t b) {
  void* event;
  void* e = ready_event(a, b, &event);
  return e ? e : await_and_free(a, event);
}

void* gx_ready(gx_ref a, uintptr_t b, int* ready) {
  void* event;
  void* e = ready_event(a, b, &event);
  if (e) return e;
  ARGS(EventIsReady, r);
  r.event = event;
  e = CALL(a, FN_EVENT_ISREADY, r);
  *ready = r.ready;
  event_free(a, event);
  return e;
}

void* gx_to_host(gx_ref a, uintptr_t b, void* dst, size_t n, size_t rank, const int64_t* order) {
  // Without a layout a plugin copies in the device's own, which need not be row-major.
  int64_t few[GX_FEW_AXES];
  if (!order) {
    for (size_t i = 0; i < rank; i++) few[i] = (int64_t)(rank - 1 - i);
    order = few;
  }
  ARGS(MemoryLayout, l);
  l.tiled.size = sizeof l.tiled;
  l.tiled.minor_to_major = order;
  l.tiled.num_minor_to_major = rank;
  ARGS(BufferToHost, t);
  t.buffer = (void*)b;
  t.layout = rank > 1 ? &l : NULL;
  t.dst = dst;
  t.dst_size = n;
  void* e = CALL(a, FN_BUFFER_TOHOSTBUFFER, t);
  return e ? e : await_and_free(a, t.event);
}

void* gx_pointer(gx_ref a, uintptr_t b, uintptr_t* p) {
  ARGS(BufferUnsafePointer, u);
  u.buffer = (void*)b;
  void* e = CALL(a, FN_BUFFER_UNSAFEPOINTER, u);
  *p = u.pointer;
  return e;
}

void* gx_copy(gx_ref a, uintptr_t b, void* dev, uintptr_t* out) {
  ARGS(BufferCopyToDevice, c);
  c.buffer = (void*)b;
  c.device = dev;
  void* e = CALL(a, FN_BUFFER_COPYTODEVICE, c);
  *out = (uintptr_t)c.copy;
  return e;
}

int gx_gone(gx_ref a, uintptr_t b) {
  ARGS(BufferIsDeleted, d);
  d.buffer = (void*)b;
  void* e = CALL(a, FN_BUFFER_ISDELETED, d);
  if (e) {
    gx_error_free(a, e);
    return 1;
  }
  return d.deleted;
}

// The compiler recurses into the program: into functions that call functions, into loops within loops, and along the
// operands. So it runs on a thread of its own with a large stack, of which the kernel provides what is touched.
typedef struct {
  gx_ref api;
  int fn;
  void* args;
  void* err;
} gx_job;

static void* gx_work(void* p) {
  gx_job* j = p;
  j->err = ((void* (*)(void*))FN(j->api, j->fn))(j->args);
  return NULL;
}

static void* gx_deep(gx_ref a, int fn, void* args) {
  gx_job j = {a, fn, args, NULL};
  for (size_t stack = (size_t)1 << 30; stack >= (size_t)1 << 26; stack >>= 2) {
    pthread_attr_t attr;
    pthread_t t;
    if (pthread_attr_init(&attr)) break;
    int failed = pthread_attr_setstacksize(&attr, stack) || pthread_create(&t, &attr, gx_work, &j);
    pthread_attr_destroy(&attr);
    if (!failed) {
      pthread_join(t, NULL);
      return j.err;
    }
  }
  gx_work(&j);
  return j.err;
}

void* gx_compile(gx_ref a, void* client, const char* text, size_t n, const char* o, size_t on, void** loaded) {
  ARGS(Program, p);
  p.code = (char*)text;
  p.code_len = n;
  p.format = "mlir";
  p.format_len = 4;
  ARGS(ClientCompile, c);
  c.client = client;
  c.program = &p;
  c.options = o;
  c.options_len = on;
  void* e = gx_deep(a, FN_CLIENT_COMPILE, &c);
  *loaded = c.executable;
  return e;
}

void* gx_load(gx_ref a, void* client, const char* bytes, size_t n, void** loaded) {
  ARGS(ExecutableLoad, l);
  l.client = client;
  l.bytes = bytes;
  l.len = n;
  void* e = gx_deep(a, FN_EXECUTABLE_DESERIALIZEANDLOAD, &l);
  *loaded = l.loaded;
  return e;
}

void gx_loaded_free(gx_ref a, void* loaded) {
  ARGS(ExecutableArg, d);
  d.executable = loaded;
  void* e = CALL(a, FN_LOADEDEXECUTABLE_DESTROY, d);
  if (e) gx_error_free(a, e);
}

void* gx_inner(gx_ref a, void* loaded, void** exe) {
  ARGS(LoadedGetExecutable, g);
  g.loaded = loaded;
  void* e = CALL(a, FN_LOADEDEXECUTABLE_GETEXECUTABLE, g);
  *exe = g.executable;
  return e;
}

void gx_inner_free(gx_ref a, void* exe) {
  ARGS(ExecutableArg, d);
  d.executable = exe;
  void* e = CALL(a, FN_EXECUTABLE_DESTROY, d);
  if (e) gx_error_free(a, e);
}

void* gx_outputs(gx_ref a, void* exe, size_t* n, const int** types, const int64_t** dims, const size_t** ranks) {
  ARGS(ExecutableNumOutputs, c);
  c.executable = exe;
  void* e = CALL(a, FN_EXECUTABLE_NUMOUTPUTS, c);
  if (e) return e;
  *n = c.num;
  ARGS(ExecutableOutputTypes, t);
  t.executable = exe;
  if ((e = CALL(a, FN_EXECUTABLE_OUTPUTELEMENTTYPES, t))) return e;
  *types = t.types;
  ARGS(ExecutableOutputDims, d);
  d.executable = exe;
  if ((e = CALL(a, FN_EXECUTABLE_OUTPUTDIMENSIONS, d))) return e;
  *dims = d.dims;
  *ranks = d.ranks;
  return NULL;
}

void* gx_memory(gx_ref a, void* exe, int64_t out[6]) {
  ARGS(ExecutableMemory, m);
  m.executable = exe;
  void* e = CALL(a, FN_EXECUTABLE_GETCOMPILEDMEMORYSTATS, m);
  out[0] = m.argument;
  out[1] = m.output;
  out[2] = m.temp;
  out[3] = m.alias;
  out[4] = m.code;
  out[5] = m.peak;
  return e;
}

void* gx_cost(gx_ref a, void* exe, const NamedValue** p, size_t* n) {
  ARGS(ExecutableCost, c);
  c.executable = exe;
  void* e = CALL(a, FN_EXECUTABLE_GETCOSTANALYSIS, c);
  *p = c.properties;
  *n = c.num;
  return e;
}

void gx_cost_at(const NamedValue* p, size_t i, gx_str* name, double* v, int* numeric) {
  name->p = p[i].name;
  name->n = p[i].name_len;
  *numeric = 1;
  switch (p[i].type) {
    case 1:
      *v = (double)p[i].u.i;
      break;
    case 3:
      *v = p[i].u.f;
      break;
    case 4:
      *v = p[i].u.b;
      break;
    default:
      *numeric = 0;
  }
}

void* gx_program(gx_ref a, void* exe, char* code, size_t* n, gx_str* format) {
  ARGS(Program, p);
  p.code = code;
  p.code_len = *n;
  ARGS(ExecutableProgram, o);
  o.executable = exe;
  o.program = &p;
  void* e = CALL(a, FN_EXECUTABLE_OPTIMIZEDPROGRAM, o);
  *n = p.code_len;
  format->p = p.format;
  format->n = p.format_len;
  return e;
}

void* gx_serialize(gx_ref a, void* exe, gx_str* s, void** holder, void** release) {
  ARGS(ExecutableSerialize, z);
  z.executable = exe;
  void* e = CALL(a, FN_EXECUTABLE_SERIALIZE, z);
  s->p = z.bytes;
  s->n = z.len;
  *holder = z.holder;
  *release = (void*)z.release;
  return e;
}

void gx_release(void* holder, void* release) {
  if (release) ((void (*)(void*))release)(holder);
}

void* gx_execute(gx_ref a, gx_ref loaded, gx_ref dev, const uintptr_t* in, size_t nin, uintptr_t* out,
                 const uintptr_t* dead, size_t ndead, const int64_t* kept, size_t nkept) {
  for (size_t i = 0; i < ndead; i++) gx_free(a, dead[i]);
  ARGS(ExecuteOptions, o);
  o.kept_inputs = kept;
  o.num_kept_inputs = nkept;
  void* const* args[1] = {(void* const*)in};
  void** outs[1] = {(void**)out};
  ARGS(Execute, x);
  x.executable = (void*)loaded;
  x.options = &o;
  x.arguments = args;
  x.num_devices = 1;
  x.num_args = nin;
  x.outputs = outs;
  x.device = (void*)dev;
  return CALL(a, FN_LOADEDEXECUTABLE_EXECUTE, x);
}

static __thread int executing;

int gx_executing(void) { return executing; }

// The same under another name: cgo's marks go by name, and this one has none.
void* gx_execute_cb(gx_ref a, gx_ref loaded, gx_ref dev, const uintptr_t* in, size_t nin, uintptr_t* out,
                    const uintptr_t* dead, size_t ndead, const int64_t* kept, size_t nkept) {
  executing++;
  void* e = gx_execute(a, loaded, dev, in, nin, out, dead, ndead, kept, nkept);
  executing--;
  return e;
}

static const FFIExtension* ffi(gx_ref a) {
  for (const gx_ext* x = ((const gx_api*)a)->extensions; x; x = x->next)
    if (x->type == EXT_FFI && x->size >= offsetof(FFIExtension, register_handler) + sizeof(void*))
      return (const FFIExtension*)x;
  return NULL;
}

int gx_has_ffi(gx_ref a) { return ffi(a) != NULL; }

int gx_ffi_register(gx_ref a, const char* name, size_t n, void* handler, const char* platform, size_t pn,
                    void** err) {
  const FFIExtension* x = ffi(a);
  if (!x || !x->register_handler) return -1;
  FFIRegister r;
  memset(&r, 0, sizeof r);
  r.size = sizeof r;
  r.name = name;
  r.name_len = n;
  r.handler = handler;
  r.platform = platform;
  r.platform_len = pn;
  *err = ((void* (*)(void*))x->register_handler)(&r);
  return 0;
}
