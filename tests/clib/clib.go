// Package clib compiles C for tests: shared libraries, and handlers of XLA's custom calls.
package clib

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// Handlers begins C with handlers of custom calls: the types of their one argument, the frame, and described, which
// answers a frame that asks what the handler is.
const Handlers = `
#include <stddef.h>
#include <stdint.h>
typedef struct ext { size_t size; int type; struct ext* next; } ext;
typedef struct { size_t size; void* ext; int major, minor; } version;
typedef struct { ext base; struct { size_t size; version v; uint32_t traits; }* meta; } metadata;
typedef struct { size_t size; void* ext; const char* message; int code; } error_args;
typedef struct { size_t size; void* ext; version v; void* internal; void* (*error)(error_args*); } api;
typedef struct { size_t size; void* ext; int type; float* data; int64_t rank; int64_t* dims; } buffer;
typedef struct { size_t size; void* ext; int64_t n; int* types; buffer** v; } list;
typedef struct { size_t size; ext* ext; api* a; void* ctx; int stage; list args, rets; } frame;
static int described(frame* f) {
  for (ext* e = f->ext; e; e = e->next)
    if (e->type == 1) {
      metadata* m = (metadata*)e;
      m->meta->v.major = 0;
      m->meta->v.minor = 1;
      m->meta->traits = 0;
      return 1;
    }
  return 0;
}
`

// Library compiles C to a shared library, whose path it returns. Without a compiler the test is skipped.
func Library(t testing.TB, source string) string {
	t.Helper()
	cc, err := exec.LookPath("cc")
	if err != nil {
		t.Skip("no C compiler")
	}
	dir := t.TempDir()
	src, out := filepath.Join(dir, "a.c"), filepath.Join(dir, "libtest.so")
	if err := os.WriteFile(src, []byte(source), 0o644); err != nil {
		t.Fatal(err)
	}
	if b, err := exec.Command(cc, "-shared", "-fPIC", "-o", out, src).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, b)
	}
	return out
}
