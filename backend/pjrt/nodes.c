// What a plugin asks of the store of a job. Its own threads call these, at any time in the life of the client; Go
// answers, and makes an error of whatever goes wrong there.
#include <stdlib.h>

#include "call.h"

static void release(char* value) { free(value); }

static void* ask(void* user, gx_kv* q, CallbackError* error) {
  int code = gojaxKeyValue((uintptr_t)user, q);
  if (!code) return NULL;
  const char* text = q->error ? q->error : "";
  void* e = (*error)(code, text, strlen(text));
  free(q->error);
  return e;
}

static void* kv_get(KeyValueGet* a) {
  gx_kv q = {.what = GX_KV_GET, .key = a->key, .key_len = a->key_len, .timeout_ms = a->timeout_ms};
  void* e = ask(a->user, &q, a->error);
  a->value = q.answer;
  a->value_len = q.answer_len;
  a->deleter = release;
  return e;
}

static void* kv_try_get(KeyValueTryGet* a) {
  gx_kv q = {.what = GX_KV_TRY_GET, .key = a->key, .key_len = a->key_len};
  void* e = ask(a->user, &q, a->error);
  a->value = q.answer;
  a->value_len = q.answer_len;
  a->deleter = release;
  return e;
}

static void* kv_put(KeyValuePut* a) {
  gx_kv q = {.what = GX_KV_PUT, .key = a->key, .key_len = a->key_len, .value = a->value, .value_len = a->value_len};
  return ask(a->user, &q, a->error);
}

void gx_kv_callbacks(ClientCreate* c, uintptr_t store) {
  c->kv_get = kv_get;
  c->kv_try_get = kv_try_get;
  c->kv_put = kv_put;
  c->kv_get_arg = c->kv_try_get_arg = c->kv_put_arg = (void*)store;
}
