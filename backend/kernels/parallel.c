#define _GNU_SOURCE
#include "parallel.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

bool gk_executes(gk_frame* f) {
  for (gk_ext* e = f->ext; e; e = e->next)
    if (e->type == GK_EXT_METADATA) {
      gk_metadata* m = ((gk_metadata_ext*)e)->metadata;
      m->version.major = 0;
      m->version.minor = 1;
      m->traits = 0;
      return false;
    }
  return f->stage == GK_STAGE_EXECUTE;
}

void* gk_failed(gk_api* api, const char* message) {
  gk_error_args e = {sizeof e, NULL, message, 13};  // internal
  return api->error(&e);
}

void (*gk_give)(void* p) = free;
int (*gk_memalign)(void** p, size_t align, size_t n) = posix_memalign;

void* gk_take(size_t n) {
  void* p;
  return gk_memalign(&p, 64, n > 0 ? n : 1) ? NULL : p;
}

size_t gk_width(int type) {
  switch (type) {
    case 1: case 2: case 6: return 1;
    case 3: case 7: case 10: case 16: return 2;
    case GK_S32: case 8: case 11: return 4;
    case 5: case 9: case 12: case 15: return 8;
    case 18: return 16;
  }
  return 0;
}

// attribute is the value of one of that kind, NULL where there is none.
static void* attribute(const gk_attrs* a, const char* name, int kind) {
  for (int64_t i = 0; i < a->n; i++)
    if (a->names[i]->n == strlen(name) && !memcmp(a->names[i]->p, name, a->names[i]->n) && a->types[i] == kind)
      return a->v[i];
  return NULL;
}

int64_t gk_option(gk_frame* f, const char* name, int64_t otherwise) {
  gk_scalar* v = attribute(&f->attrs, name, GK_ATTR_SCALAR);
  switch (v ? gk_width(v->type) : 0) {
    case 1: return *(uint8_t*)v->value;
    case 4: return *(int32_t*)v->value;
    case 8: return *(int64_t*)v->value;
  }
  return otherwise;
}

const gk_numbers* gk_list_option(gk_frame* f, const char* name) { return attribute(&f->attrs, name, GK_ATTR_ARRAY); }

int64_t gk_elements(const gk_buffer* b) {
  int64_t n = 1;
  for (int64_t i = 0; i < b->rank; i++) n *= b->dims[i];
  return n;
}

// crowd is work that several threads do. It lives as long as one of them knows of it: a task that XLA's pool begins
// only when all is done finds nothing left, and goes.
typedef struct {
  atomic_llong next, known;
  int64_t n, step;
  bool (*work)(void*, int64_t, int64_t);
  void* context;  // of the caller's, who waits for those that are busy
  pthread_mutex_t lock;
  pthread_cond_t idle;
  int busy;
  bool failed;
} crowd;

static void leave(crowd* c) {
  if (atomic_fetch_sub(&c->known, 1) > 1) return;
  pthread_mutex_destroy(&c->lock);
  pthread_cond_destroy(&c->idle);
  free(c);
}

static void help(crowd* c) {
  for (;;) {
    int64_t from = atomic_fetch_add(&c->next, c->step);
    if (from >= c->n) return;
    if (c->work(c->context, from, from + c->step < c->n ? from + c->step : c->n)) continue;
    pthread_mutex_lock(&c->lock);
    c->failed = true;
    pthread_mutex_unlock(&c->lock);
  }
}

static void task(void* data) {
  crowd* c = data;
  pthread_mutex_lock(&c->lock);
  c->busy++;
  pthread_mutex_unlock(&c->lock);
  help(c);
  pthread_mutex_lock(&c->lock);
  if (--c->busy == 0) pthread_cond_signal(&c->idle);
  pthread_mutex_unlock(&c->lock);
  leave(c);
}

const char gk_no_memory[] = "not enough memory for the routine's work";

int64_t gk_threads(gk_frame* f) {
  int64_t threads = 1;
  gk_num_threads_args a = {sizeof a, NULL, f->ctx, &threads};
  return f->api->num_threads(&a) ? 1 : threads;  // without a pool there is an error, which is small and rare
}

void* gk_each(gk_frame* f, int64_t n, double cost, bool (*work)(void*, int64_t, int64_t), void* context) {
  enum { GRAIN = 1 << 17 };  // operations that are worth a thread's waking, some tens of microseconds
  int64_t threads = 1;
  if (n > 1 && n * cost >= 2. * GRAIN) threads = gk_threads(f);
  crowd* c = threads > 1 ? calloc(1, sizeof *c) : NULL;
  if (!c) return n == 0 || work(context, 0, n) ? NULL : gk_failed(f->api, gk_no_memory);
  double step = GRAIN / (cost > 1 ? cost : 1);
  int64_t share = (n + 4 * threads - 1) / (4 * threads);  // a few for each, so that none waits long for another
  c->n = n, c->step = step > share ? (int64_t)step : share, c->work = work, c->context = context;
  pthread_mutex_init(&c->lock, NULL);
  pthread_cond_init(&c->idle, NULL);
  int64_t helpers = (n + c->step - 1) / c->step;
  helpers = (helpers < threads ? helpers : threads) - 1;
  atomic_store(&c->known, 1 + helpers);
  for (int64_t i = 0; i < helpers; i++) {
    gk_schedule_args a = {sizeof a, NULL, f->ctx, task, c};
    if (f->api->schedule(&a)) atomic_fetch_sub(&c->known, 1);
  }
  help(c);
  pthread_mutex_lock(&c->lock);
  while (c->busy > 0) pthread_cond_wait(&c->idle, &c->lock);
  bool failed = c->failed;
  pthread_mutex_unlock(&c->lock);
  leave(c);
  return failed ? gk_failed(f->api, gk_no_memory) : NULL;
}
