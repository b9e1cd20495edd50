// A PJRT plugin for "cuda" without GPUs: as many devices as it is told are visible, or one, of each process. Its client
// comes together as XLA's does, by the store of the job, which a thread of its own asks. Programs are not compiled: the
// error has the compile options, in hexadecimal.
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "call.h"

typedef struct {
  int code;
  char text[4096];
} error;

typedef struct {
  int id, process;
} device;

static struct {
  int node, nodes, each;
  device all[64];
  void *list[64], *own[64];
} client = {.nodes = 1, .each = 1};

static void* failed(int code, const char* text, size_t n) {
  error* e = calloc(1, sizeof *e);
  e->code = code;
  snprintf(e->text, sizeof e->text, "%.*s", (int)n, text);
  return e;
}
static CallbackError make_error = failed;

static void* error_destroy(ErrorDestroy* a) {
  free(a->error);
  return NULL;
}
static void* error_message(ErrorMessage* a) {
  a->message = ((error*)a->error)->text;
  a->len = strlen(a->message);
  return NULL;
}
static void* error_code(ErrorGetCode* a) {
  a->code = ((error*)a->error)->code;
  return NULL;
}

// As XLA's, these leave the size of the struct unset.
static error* get(ClientCreate* c, const char* key, int wait, char* value, size_t room) {
  KeyValueGet a;
  memset(&a, 0xee, sizeof a);
  a.key = key, a.key_len = strlen(key), a.timeout_ms = wait, a.error = &make_error, a.user = c->kv_get_arg;
  error* e = c->kv_get(&a);
  if (e) return e;
  snprintf(value, room, "%.*s", (int)a.value_len, a.value);
  a.deleter(a.value);
  return NULL;
}

static error* try_get(ClientCreate* c, const char* key) {
  KeyValueTryGet a;
  memset(&a, 0xee, sizeof a);
  a.key = key, a.key_len = strlen(key), a.error = &make_error, a.user = c->kv_try_get_arg;
  error* e = c->kv_try_get(&a);
  if (!e) a.deleter(a.value);
  return e;
}

static error* put(ClientCreate* c, const char* key, const char* value) {
  KeyValuePut a;
  memset(&a, 0xee, sizeof a);
  a.key = key, a.key_len = strlen(key), a.value = value, a.value_len = strlen(value);
  a.error = &make_error, a.user = c->kv_put_arg;
  return c->kv_put(&a);
}

static error* expect(const char* what, error* e, int code) {
  if (e && e->code == code) {
    free(e);
    return NULL;
  }
  char text[4200];
  snprintf(text, sizeof text, "%s: code %d, want %d: %s", what, e ? e->code : 0, code, e ? e->text : "");
  return failed(13, text, strlen(text));
}

static void* meet(void* arg) {
  ClientCreate* c = arg;
  char key[64], value[64];
  error* e = NULL;
  if ((e = expect("trying", try_get(c, "none"), 5))) return e;
  if ((e = expect("waiting", get(c, "none", 10, value, sizeof value), 4))) return e;
  snprintf(key, sizeof key, "local/%d", client.node);
  snprintf(value, sizeof value, "%d", client.each);
  if ((e = put(c, key, value)) || (e = put(c, key, value))) return e;
  if ((e = expect("putting", put(c, key, "other"), 6))) return e;
  int n = 0, mine = 0;
  for (int p = 0; p < client.nodes; p++) {
    snprintf(key, sizeof key, "local/%d", p);
    if ((e = get(c, key, 30000, value, sizeof value))) return e;
    for (int i = 0; i < atoi(value); i++, n++) {
      client.all[n] = (device){n, p};
      client.list[n] = &client.all[n];
      if (p == client.node) client.own[mine++] = &client.all[n];
    }
  }
  client.nodes = n;
  return NULL;
}

static void* client_create(ClientCreate* c) {
  for (size_t i = 0; i < c->num_options; i++) {
    const NamedValue* o = &c->options[i];
    if (!strcmp(o->name, "node_id") && o->type == NAMED_INT64) client.node = (int)o->u.i;
    if (!strcmp(o->name, "num_nodes") && o->type == NAMED_INT64) client.nodes = (int)o->u.i;
    if (!strcmp(o->name, "visible_devices") && o->type == NAMED_INT64_LIST) client.each = (int)o->value_size;
  }
  c->client = &client;
  if (!c->kv_get) {
    for (int i = 0; i < client.each; i++) client.all[i].id = i, client.list[i] = client.own[i] = &client.all[i];
    client.nodes = client.each;
    return NULL;
  }
  pthread_t t;
  void* e = NULL;
  pthread_create(&t, NULL, meet, c);
  pthread_join(t, &e);
  return e;
}

static void* text(ClientText* a) {
  a->text = "cuda";
  a->len = 4;
  return NULL;
}
static void* devices(ClientDevices* a) {
  a->devices = client.list;
  a->num = client.nodes;
  return NULL;
}
static void* own_devices(ClientDevices* a) {
  a->devices = client.own;
  a->num = client.each;
  return NULL;
}
static void* description(DeviceDescription* a) {
  a->desc = a->device;
  return NULL;
}
static void* id(DescriptionId* a) {
  a->id = ((device*)a->desc)->id;
  return NULL;
}
static void* process(DescriptionId* a) {
  a->id = ((device*)a->desc)->process;
  return NULL;
}
static void* kind(DescriptionText* a) {
  a->text = "made up";
  a->len = 7;
  return NULL;
}
static void* hardware(DeviceHardwareId* a) {
  a->id = ((device*)a->device)->process == client.node ? 0 : -1;
  return a->id ? failed(3, "another process's", 17) : NULL;
}
static void* compile(ClientCompile* a) {
  char hex[4000] = "compile options ";
  size_t n = strlen(hex);
  for (size_t i = 0; i < a->options_len && n + 3 < sizeof hex; i++, n += 2)
    snprintf(hex + n, 3, "%02x", (unsigned char)a->options[i]);
  return failed(12, hex, n);
}
static void* nothing(void* a) { return NULL; }
static void* none(void* a) { return failed(12, "there is no GPU", 15); }

static struct {
  gx_api head;
  void* fn[FN_LAST_NEEDED + 1];
} api;

const gx_api* GetPjrtApi(void) {
  for (int i = 0; i <= FN_LAST_NEEDED; i++) api.fn[i] = none;
  api.head.size = sizeof api;
  api.head.minor = 100;
  api.fn[FN_ERROR_DESTROY] = error_destroy;
  api.fn[FN_ERROR_MESSAGE] = error_message;
  api.fn[FN_ERROR_GETCODE] = error_code;
  api.fn[FN_PLUGIN_INITIALIZE] = nothing;
  api.fn[FN_CLIENT_CREATE] = client_create;
  api.fn[FN_CLIENT_DESTROY] = nothing;
  api.fn[FN_CLIENT_PLATFORMNAME] = text;
  api.fn[FN_CLIENT_PLATFORMVERSION] = text;
  api.fn[FN_CLIENT_DEVICES] = devices;
  api.fn[FN_CLIENT_ADDRESSABLEDEVICES] = own_devices;
  api.fn[FN_CLIENT_COMPILE] = compile;
  api.fn[FN_DEVICE_GETDESCRIPTION] = description;
  api.fn[FN_DEVICEDESCRIPTION_ID] = id;
  api.fn[FN_DEVICEDESCRIPTION_PROCESSINDEX] = process;
  api.fn[FN_DEVICEDESCRIPTION_KIND] = kind;
  api.fn[FN_DEVICE_LOCALHARDWAREID] = hardware;
  return &api.head;
}
