// Communication between processes by MPI, whose functions and constants backend/mpi finds when it loads a library.
#ifndef GOJAX_KERNELS_MPI_H_
#define GOJAX_KERNELS_MPI_H_

#include <stdint.h>

#include "call.h"

// A handle of MPI's, whatever a library makes it: a pointer in Open MPI and in MPI 5's ABI, an int in MPICH's. On amd64
// and arm64 an int is passed in the low half of the same register, so that one prototype calls them all. A library that
// writes an int leaves the other half alone: what it writes to must be 0 before.
typedef uintptr_t gk_handle;

enum { GK_MPI_INTS = 8 };  // int8 to int64, uint8 to uint64, as XLA numbers them from 2 on

typedef struct gk_mpi {
  int (*Init_thread)(int*, char***, int, int*);
  int (*Initialized)(int*);
  int (*Finalize)(void);
  int (*Abort)(gk_handle, int);
  int (*Get_library_version)(char*, int*);
  int (*Error_string)(int, char*, int*);
  int (*Comm_set_errhandler)(gk_handle, gk_handle);
  int (*Comm_rank)(gk_handle, int*);
  int (*Comm_size)(gk_handle, int*);
  int (*Comm_dup)(gk_handle, gk_handle*);
  int (*Comm_group)(gk_handle, gk_handle*);
  int (*Comm_create_group)(gk_handle, gk_handle, int, gk_handle*);
  int (*Group_incl)(gk_handle, int, const int*, gk_handle*);
  int (*Group_free)(gk_handle*);
  int (*Barrier)(gk_handle);
  int (*Bcast)(void*, int, gk_handle, int, gk_handle);
  int (*Allreduce)(const void*, void*, int, gk_handle, gk_handle, gk_handle);
  int (*Reduce_scatter_block)(const void*, void*, int, gk_handle, gk_handle, gk_handle);
  int (*Allgather)(const void*, int, gk_handle, void*, int, gk_handle, gk_handle);
  int (*Alltoall)(const void*, int, gk_handle, void*, int, gk_handle, gk_handle);
  int (*Send)(const void*, int, gk_handle, int, int, gk_handle);
  int (*Recv)(void*, int, gk_handle, int, int, gk_handle, void*);
  int (*Sendrecv)(const void*, int, gk_handle, int, int, void*, int, gk_handle, int, int, gk_handle, void*);
  gk_handle world;  // MPI's own, and then a copy, which nothing else uses
  gk_handle ints[GK_MPI_INTS], f32, f64, byte;
  gk_handle ops[3];  // to add, for the greatest, for the least
  gk_handle errors_return;
  void* status_ignore;
  int multiple;     // the level of threads that all may use
  int rank, size;
  int64_t most;     // elements of one message: MPI counts them by an int
} gk_mpi;

// gk_mpi_use has programs communicate by m from now on.
void gk_mpi_use(gk_mpi* m);

// gk_communicate is communication between the processes of a group, one step of a program's. Its operands are an array
// and a token, its results too. Attributes: "kind", of those below; "group", the ranks of the processes, of which this
// is one, in their order; "operation" of a reduction, 0 to add, 1 for the greatest, 2 for the least; "to" and "from" of
// GK_PERMUTE, places in the group, -1 for none.
void* gk_communicate(gk_frame* f);

enum {
  GK_ALL_REDUCE,      // all get the elements' sums
  GK_ALL_GATHER,      // all get all arrays, one after the other
  GK_REDUCE_SCATTER,  // member i gets part i, of as many as there are members, of the sums
  GK_ALL_TO_ALL,      // member i gets part i of each array, one after the other
  GK_PERMUTE,         // each array goes "to" another; one that no array comes to gets zeros
};

#endif
