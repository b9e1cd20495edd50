#ifndef GOJAX_MPI_LIBRARY_H_
#define GOJAX_MPI_LIBRARY_H_

#include "../kernels/mpi.h"

enum { GM_OPEN_MPI, GM_MPICH, GM_STANDARD };  // whose handles and constants a library has

// gm_load loads a library, whose ABI it finds by what is in it, or by the file's name where that says that it is MPI
// 5's. It returns NULL, or what is wrong, as does gm_start. Nothing of MPI's is called by gm_load but for the version,
// which goes into 8192 bytes.
const char* gm_load(gk_mpi* m, const char* path, int standard, int* abi, char* version, char* error, int n);

// gm_start begins MPI for all threads.
const char* gm_start(gk_mpi* m, char* error, int n);

// gm_stop ends MPI once all processes are here.
int gm_stop(gk_mpi* m);

void gm_abort(gk_mpi* m, int code);
int gm_barrier(gk_mpi* m);
int gm_broadcast(gk_mpi* m, void* data, int64_t n, int root);
int gm_gather(gk_mpi* m, const void* data, int n, void* all);
const char* gm_error(gk_mpi* m, int e, char* error, int n);

#endif
