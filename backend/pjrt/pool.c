#define _GNU_SOURCE
#include "pool.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

// Blocks come in classes of 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 20, ... units, in a range of addresses reserved
// once, so that one comparison tells whether a pointer is ours. A class takes addresses by slabs of whole huge pages
// and keeps them for good; only the pages behind them come and go.
enum { HUGE = 2 << 20, SLAB = 8 << 20, PAGE = 4 << 10, LINE = 64, COLOUR = 19 };

uint32_t gp_warm[GP_CLASSES];
int64_t gp_fresh;

static size_t units_of(int c) { return c < 3 ? (size_t)c + 1 : (size_t)(4 + (c - 3) % 4) << ((c - 3) / 4); }

size_t gp_size(int c) { return units_of(c) * GP_UNIT; }

int gp_class(size_t n) {
  size_t u = n / GP_UNIT + (n % GP_UNIT != 0);
  if (u < 4) return u > 0 ? (int)u - 1 : 0;
  int e = 63 - __builtin_clzll(u) - 2;
  return 3 + 4 * e + (int)((u + ((size_t)1 << e) - 1) >> e) - 4;
}

#if defined(__linux__) && defined(__GLIBC__)

#include <dlfcn.h>
#include <elf.h>
#include <link.h>
#include <sys/mman.h>
#include <unistd.h>

typedef struct {
  _Alignas(64) pthread_mutex_t lock;
  uint32_t warm, cold; // lists of free blocks: the number of the first unit plus 1, or 0
  uint32_t spare;      // the fewest warm blocks there have been since gp_age
  uint64_t touched;    // when a block came back last
} class_list;

static class_list lists[GP_CLASSES];
static char* base;
static size_t range, most;
static _Atomic size_t carved;
static _Atomic uint64_t clock_;
static _Atomic int64_t used, warm, reused, fresh, returned;
static struct unit {
  uint32_t next;  // in the list of free blocks
  uint16_t start; // where in the unit the block begins, in lines
  uint8_t class;
}* units; // those in which blocks begin

static void* reserve(size_t n) {
  void* p = mmap(NULL, n, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  return p == MAP_FAILED ? NULL : p;
}

static void* table(size_t n) {
  void* p = mmap(NULL, n, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  return p == MAP_FAILED ? NULL : p;
}

int gp_start(size_t addresses, size_t limit) {
  addresses &= ~(size_t)(HUGE - 1);
  char* p = reserve(addresses + HUGE);
  units = table(addresses / GP_UNIT * sizeof *units);
  if (!p || !units) return -1;
  for (int c = 0; c < GP_CLASSES; c++) pthread_mutex_init(&lists[c].lock, NULL);
  most = limit;
  range = addresses;
  base = (char*)(((uintptr_t)p + HUGE - 1) & ~(uintptr_t)(HUGE - 1));
  return 0;
}

static int ours(const void* p) { return (uintptr_t)p - (uintptr_t)base < range; }
static uint32_t block_at(const void* p) { return (uint32_t)(((uintptr_t)p - (uintptr_t)base) / GP_UNIT) + 1; }
static char* at(uint32_t b) { return base + (size_t)(b - 1) * GP_UNIT + (size_t)units[b - 1].start * LINE; }

static uint32_t pop(uint32_t* list) {
  uint32_t b = *list;
  if (b) *list = units[b - 1].next;
  return b;
}

static void push(uint32_t* list, uint32_t b) {
  units[b - 1].next = *list;
  *list = b;
}

// take is a warm block of a class, or 0. The count is looked at first without the lock.
static uint32_t take(int c) {
  class_list* l = &lists[c];
  if (!__atomic_load_n(&gp_warm[c], __ATOMIC_RELAXED)) return 0;
  pthread_mutex_lock(&l->lock);
  uint32_t b = pop(&l->warm);
  if (b) {
    uint32_t left = __atomic_sub_fetch(&gp_warm[c], 1, __ATOMIC_RELAXED);
    if (left < l->spare) l->spare = left;
  }
  pthread_mutex_unlock(&l->lock);
  if (b) atomic_fetch_sub(&warm, (int64_t)gp_size(c));
  return b;
}

// carve takes addresses for further blocks of a class, whose lock is held. Each begins on another line of a page:
// streams that run through arrays side by side would otherwise fall on the same lines of the processor's caches.
static void carve(int c) {
  static _Atomic uint32_t colour;
  size_t size = gp_size(c), step = size + PAGE, slab = size;
  while (slab % HUGE && slab < SLAB) slab *= 2;
  slab = ((slab < step + PAGE ? step + PAGE : slab) + HUGE - 1) & ~(size_t)(HUGE - 1);
  size_t from = atomic_fetch_add(&carved, slab);
  if (from + slab > range || mprotect(base + from, slab, PROT_READ | PROT_WRITE)) return;
  madvise(base + from, slab, MADV_HUGEPAGE); // where there are none, small ones do
  for (size_t end = from + slab; from + step <= end; from += step) {
    size_t begin = from + atomic_fetch_add(&colour, 1) * COLOUR % (PAGE / LINE) * LINE;
    uint32_t b = (uint32_t)(begin / GP_UNIT) + 1;
    units[b - 1].class = (uint8_t)c;
    units[b - 1].start = (uint16_t)(begin % GP_UNIT / LINE);
    push(&lists[c].cold, b);
  }
}

static uint32_t cold(int c) {
  class_list* l = &lists[c];
  pthread_mutex_lock(&l->lock);
  if (!l->cold) carve(c);
  uint32_t b = pop(&l->cold);
  pthread_mutex_unlock(&l->lock);
  return b;
}

int gp_memalign(void** p, size_t align, size_t n) {
  if (n < GP_UNIT || align > LINE || !base) return posix_memalign(p, align, n);
  int c = gp_class(n);
  uint32_t b = 0;
  for (int near = c; !b && near < c + GP_NEAR && near < GP_CLASSES; near++) b = take(near);
  bool is_warm = b;
  if (!b && c < GP_CLASSES) b = cold(c);
  if (!b) return posix_memalign(p, align, n);
  atomic_fetch_add(&used, (int64_t)gp_size(units[b - 1].class));
  atomic_fetch_add(is_warm ? &reused : &fresh, 1);
  if (!is_warm) __atomic_fetch_add(&gp_fresh, (int64_t)gp_size(c), __ATOMIC_RELAXED);
  *p = at(b);
  return 0;
}

// release gives the pages of a warm block of a class back, and reports whether there was one.
static int release(int c) {
  uint32_t b = take(c);
  if (!b) return 0;
  uintptr_t from = ((uintptr_t)at(b) + PAGE - 1) & ~(uintptr_t)(PAGE - 1);
  madvise((void*)from, gp_size(c) - PAGE, MADV_DONTNEED);
  atomic_fetch_add(&returned, (int64_t)gp_size(c));
  pthread_mutex_lock(&lists[c].lock);
  push(&lists[c].cold, b);
  pthread_mutex_unlock(&lists[c].lock);
  return 1;
}

// stalest is the class with warm blocks that has been idle for longest, or -1. What it reads without locks may be
// out of date: then a less fitting class is chosen.
static int stalest(void) {
  int c = -1;
  for (int i = 0; i < GP_CLASSES; i++)
    if (__atomic_load_n(&gp_warm[i], __ATOMIC_RELAXED) && (c < 0 || lists[i].touched < lists[c].touched)) c = i;
  return c;
}

void gp_trim(size_t keep) {
  while (atomic_load(&warm) > (int64_t)keep) {
    int c = stalest();
    if (c < 0) return;
    release(c);
  }
}

void gp_age(void) {
  for (int c = 0; c < GP_CLASSES; c++) {
    pthread_mutex_lock(&lists[c].lock);
    uint32_t n = lists[c].spare;
    pthread_mutex_unlock(&lists[c].lock);
    while (n-- > 0 && release(c)) {
    }
    pthread_mutex_lock(&lists[c].lock);
    lists[c].spare = gp_warm[c];
    pthread_mutex_unlock(&lists[c].lock);
  }
}

void gp_free(void* p) {
  if (!ours(p)) {
    free(p);
    return;
  }
  uint32_t b = block_at(p);
  int c = units[b - 1].class;
  class_list* l = &lists[c];
  int64_t size = (int64_t)gp_size(c);
  atomic_fetch_sub(&used, size);
  int64_t now = atomic_fetch_add(&warm, size) + size;
  pthread_mutex_lock(&l->lock);
  push(&l->warm, b);
  __atomic_fetch_add(&gp_warm[c], 1, __ATOMIC_RELAXED);
  l->touched = atomic_fetch_add(&clock_, 1);
  pthread_mutex_unlock(&l->lock);
  if (now > (int64_t)most) gp_trim(most);
}

void* gp_realloc(void* p, size_t n) {
  if (!ours(p)) return realloc(p, n);
  void* to = malloc(n);
  if (!to) return NULL;
  size_t had = gp_size(units[block_at(p) - 1].class);
  memcpy(to, p, had < n ? had : n);
  gp_free(p);
  return to;
}

gp_counts gp_count(void) { return (gp_counts){used, warm, reused, fresh, returned}; }

// The places in a library that hold the address of a function of another: its slots for calls, and its pointers.
#if defined(__x86_64__)
static int is_slot(uint32_t type) {
  return type == R_X86_64_JUMP_SLOT || type == R_X86_64_GLOB_DAT || type == R_X86_64_64;
}
#elif defined(__aarch64__)
static int is_slot(uint32_t type) {
  return type == R_AARCH64_JUMP_SLOT || type == R_AARCH64_GLOB_DAT || type == R_AARCH64_ABS64;
}
#else
static int is_slot(uint32_t type) { return 0; }
#endif

// A library's relocations, one of its two tables of them.
typedef struct {
  const ElfW(Rela) * at;
  size_t bytes;
} relocations;

// An image is what the dynamic section of a loaded library tells.
typedef struct {
  uintptr_t base;
  const ElfW(Sym) * symbols;
  const char* names;
  relocations calls, data;
  uintptr_t sealed, sealed_end; // what the loader has made read-only
} image;

static image read_image(const struct link_map* m) {
  image im = {.base = m->l_addr};
  for (const ElfW(Dyn)* d = m->l_ld; d->d_tag != DT_NULL; d++) switch (d->d_tag) {
      case DT_SYMTAB: im.symbols = (const void*)d->d_un.d_ptr; break;
      case DT_STRTAB: im.names = (const void*)d->d_un.d_ptr; break;
      case DT_JMPREL: im.calls.at = (const void*)d->d_un.d_ptr; break;
      case DT_PLTRELSZ: im.calls.bytes = d->d_un.d_val; break;
      case DT_RELA: im.data.at = (const void*)d->d_un.d_ptr; break;
      case DT_RELASZ: im.data.bytes = d->d_un.d_val; break;
    }
  return im;
}

static int find_sealed(struct dl_phdr_info* info, size_t size, void* arg) {
  image* im = arg;
  if (info->dlpi_addr != im->base) return 0;
  uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE) - 1;
  for (int i = 0; i < info->dlpi_phnum; i++) {
    const ElfW(Phdr)* h = &info->dlpi_phdr[i];
    if (h->p_type != PT_GNU_RELRO) continue;
    im->sealed = (im->base + h->p_vaddr) & ~page;
    im->sealed_end = (im->base + h->p_vaddr + h->p_memsz) & ~page;
  }
  return 1;
}

static int redirect(const image* im, relocations r, const char* name, void* to) {
  int changed = 0;
  for (size_t i = 0; i < r.bytes / sizeof *r.at; i++) {
    uint32_t symbol = ELF64_R_SYM(r.at[i].r_info);
    if (!symbol || !is_slot(ELF64_R_TYPE(r.at[i].r_info)) || r.at[i].r_addend) continue;
    if (strcmp(im->names + im->symbols[symbol].st_name, name)) continue;
    __atomic_store_n((void**)(im->base + r.at[i].r_offset), to, __ATOMIC_RELEASE);
    changed++;
  }
  return changed;
}

int gp_patch(void* lib) {
  // First those that take blocks back, then those that give them out.
  static const struct {
    const char* name;
    void* to;
  } hooks[] = {{"free", gp_free}, {"realloc", gp_realloc}, {"posix_memalign", gp_memalign}};
  struct link_map* m;
  if (!base || dlinfo(lib, RTLD_DI_LINKMAP, &m)) return 0;
  image im = read_image(m);
  if (!im.symbols || !im.names || !im.calls.at) return 0;
  dl_iterate_phdr(find_sealed, &im);
  size_t n = im.sealed_end - im.sealed;
  if (n && mprotect((void*)im.sealed, n, PROT_READ | PROT_WRITE)) return 0;
  int changed = 0;
  for (size_t i = 0; i < sizeof hooks / sizeof *hooks; i++)
    changed += redirect(&im, im.calls, hooks[i].name, hooks[i].to) + redirect(&im, im.data, hooks[i].name, hooks[i].to);
  if (n) mprotect((void*)im.sealed, n, PROT_READ);
  return changed;
}

#else // other systems and C libraries: their own allocator

int gp_start(size_t addresses, size_t limit) { return -1; }
int gp_patch(void* lib) { return 0; }
void gp_trim(size_t keep) {}
void gp_age(void) {}
gp_counts gp_count(void) { return (gp_counts){0}; }
int gp_memalign(void** p, size_t align, size_t n) { return posix_memalign(p, align, n); }
void gp_free(void* p) { free(p); }
void* gp_realloc(void* p, size_t n) { return realloc(p, n); }

#endif
