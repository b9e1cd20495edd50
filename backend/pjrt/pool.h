// Large blocks of memory that stay warm. XLA takes every large result and temporary of a CPU program from
// posix_memalign, and free gives it back to the kernel: each call then waits for fresh pages. Here a freed block keeps
// its pages for the next that asks for about as much.
#ifndef GOJAX_PJRT_POOL_H_
#define GOJAX_PJRT_POOL_H_

#include <stddef.h>
#include <stdint.h>

enum { GP_UNIT = 64 << 10, GP_CLASSES = 103, GP_NEAR = 4 };

// gp_warm counts the free blocks of each class that have their pages. Go reads it.
extern uint32_t gp_warm[GP_CLASSES];
// gp_fresh are the bytes of requests that took memory without pages, so far. Go reads it, too.
extern int64_t gp_fresh;

typedef struct {
  int64_t used;     // bytes of blocks that are given out
  int64_t warm;     // bytes of free blocks that keep their pages
  int64_t reused;   // requests served from warm blocks, so far
  int64_t fresh;    // requests that took memory without pages
  int64_t returned; // bytes whose pages went back to the kernel, so far
} gp_counts;

// gp_start reserves addresses; it returns 0, or -1 where the system does not give them. limit is the most bytes that
// free blocks may keep.
int gp_start(size_t addresses, size_t limit);
// gp_patch has the calls that a loaded library makes of the C library's allocator come here. It returns how many
// places it changed; 0, with nothing changed, where it cannot be done.
int gp_patch(void* lib);
// gp_class is the size class of a request; gp_size the bytes of its blocks.
int gp_class(size_t n);
size_t gp_size(int class);
// gp_trim gives pages back until free blocks keep at most so many bytes.
void gp_trim(size_t keep);
// gp_age gives back the pages of the blocks that nobody has asked for since the last call.
void gp_age(void);
gp_counts gp_count(void);

int gp_memalign(void** p, size_t align, size_t n);
void gp_free(void* p);
void* gp_realloc(void* p, size_t n);

#endif
