#include "library.h"

#include <dlfcn.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

// What a constant is called in Open MPI, where it is the address of that object, and is in the other two ABIs.
typedef struct {
  size_t at;
  const char* open_mpi;
  gk_handle mpich, standard;
} constant;

#define AT(field) offsetof(gk_mpi, field)
static const constant constants[] = {
    {AT(world), "ompi_mpi_comm_world", 0x44000000, 0x101},
    {AT(errors_return), "ompi_mpi_errors_return", 0x54000001, 0x143},
    {AT(byte), "ompi_mpi_byte", 0x4c00010d, 0x247},
    {AT(f32), "ompi_mpi_float", 0x4c00040a, 0x210},
    {AT(f64), "ompi_mpi_double", 0x4c00080b, 0x214},
    {AT(ints[0]), "ompi_mpi_int8_t", 0x4c000137, 0x240},
    {AT(ints[1]), "ompi_mpi_int16_t", 0x4c000238, 0x248},
    {AT(ints[2]), "ompi_mpi_int32_t", 0x4c000439, 0x250},
    {AT(ints[3]), "ompi_mpi_int64_t", 0x4c00083a, 0x258},
    {AT(ints[4]), "ompi_mpi_uint8_t", 0x4c00013b, 0x241},
    {AT(ints[5]), "ompi_mpi_uint16_t", 0x4c00023c, 0x249},
    {AT(ints[6]), "ompi_mpi_uint32_t", 0x4c00043d, 0x251},
    {AT(ints[7]), "ompi_mpi_uint64_t", 0x4c00083e, 0x259},
    {AT(ops[0]), "ompi_mpi_op_sum", 0x58000003, 0x21},
    {AT(ops[1]), "ompi_mpi_op_max", 0x58000001, 0x23},
    {AT(ops[2]), "ompi_mpi_op_min", 0x58000002, 0x22},
};

#define FUNCTION(name) {AT(name), "MPI_" #name}
static const struct {
  size_t at;
  const char* name;
} functions[] = {
    FUNCTION(Init_thread), FUNCTION(Initialized), FUNCTION(Finalize), FUNCTION(Abort),
    FUNCTION(Get_library_version), FUNCTION(Error_string), FUNCTION(Comm_set_errhandler), FUNCTION(Comm_rank),
    FUNCTION(Comm_size), FUNCTION(Comm_dup), FUNCTION(Comm_group), FUNCTION(Comm_create_group),
    FUNCTION(Group_incl), FUNCTION(Group_free), FUNCTION(Barrier), FUNCTION(Bcast), FUNCTION(Allreduce),
    FUNCTION(Reduce_scatter_block), FUNCTION(Allgather), FUNCTION(Alltoall), FUNCTION(Send), FUNCTION(Recv),
    FUNCTION(Sendrecv),
};

static void* field(gk_mpi* m, size_t at) { return (char*)m + at; }

const char* gm_load(gk_mpi* m, const char* path, int standard, int* abi, char* version, char* error, int n) {
  void* lib = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  if (!lib) {
    snprintf(error, n, "%s", dlerror());
    return error;
  }
  for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
    void* f = dlsym(lib, functions[i].name);
    if (!f) {
      snprintf(error, n, "it has no function %s", functions[i].name);
      return error;
    }
    memcpy(field(m, functions[i].at), &f, sizeof f);
  }
  *abi = dlsym(lib, "ompi_mpi_comm_world") ? GM_OPEN_MPI : standard ? GM_STANDARD : GM_MPICH;
  for (size_t i = 0; i < sizeof constants / sizeof *constants; i++) {
    const constant* c = &constants[i];
    gk_handle v = *abi == GM_OPEN_MPI ? (gk_handle)dlsym(lib, c->open_mpi) : *abi == GM_MPICH ? c->mpich : c->standard;
    if (!v) {
      snprintf(error, n, "it has no %s", c->open_mpi);
      return error;
    }
    memcpy(field(m, c->at), &v, sizeof v);
  }
  m->status_ignore = *abi == GM_MPICH ? (void*)1 : NULL;
  m->multiple = *abi == GM_STANDARD ? 4096 : 3;
  m->most = INT_MAX;
  int length = 0;
  version[0] = 0;
  m->Get_library_version(version, &length);
  return NULL;
}

const char* gm_error(gk_mpi* m, int e, char* error, int n) {
  char text[4096] = "";
  int length = 0;
  if (m->Error_string(e, text, &length)) text[0] = 0;
  snprintf(error, n, "%s (error %d)", text[0] ? text : "an unknown error", e);
  return error;
}

const char* gm_start(gk_mpi* m, char* error, int n) {
  int on = 0, level = 0;
  int e = m->Initialized(&on);
  if (!e && on) return "MPI was begun by something else in this process";
  if (!e) e = m->Init_thread(NULL, NULL, m->multiple, &level);
  if (!e && level < m->multiple) return "the library was built without support for threads (MPI_THREAD_MULTIPLE)";
  if (!e) e = m->Comm_set_errhandler(m->world, m->errors_return);
  gk_handle own = 0;
  if (!e) e = m->Comm_dup(m->world, &own);
  if (!e) e = m->Comm_set_errhandler(own, m->errors_return);
  if (!e) e = m->Comm_rank(own, &m->rank);
  if (!e) e = m->Comm_size(own, &m->size);
  m->world = own;
  return e ? gm_error(m, e, error, n) : NULL;
}

int gm_stop(gk_mpi* m) {
  int e = m->Barrier(m->world);
  return e ? e : m->Finalize();
}

void gm_abort(gk_mpi* m, int code) { m->Abort(m->world, code); }
int gm_barrier(gk_mpi* m) { return m->Barrier(m->world); }

int gm_broadcast(gk_mpi* m, void* data, int64_t n, int root) {
  int e = 0;
  for (int64_t i = 0, k; !e && i < n; i += k) {
    k = n - i < m->most ? n - i : m->most;
    e = m->Bcast((char*)data + i, (int)k, m->byte, root, m->world);
  }
  return e;
}

int gm_gather(gk_mpi* m, const void* data, int n, void* all) {
  return m->Allgather(data, n, m->byte, all, n, m->byte, m->world);
}
