// Package distributed runs one program as several processes, on one machine or on many, by MPI: as mpirun -n 4 ./prog
// or srun --mpi=pmix -n 4 ./prog starts them (jax.distributed). Each process has one device, and a mesh over the
// processes is used as one over devices: functions under gojax.ShardMap or gojax.Pmap see blocks, and lax.PSum and its
// like compute across them. Started by hand, the same program runs alone, as a job of one process.
//
//	func main() {
//		if err := distributed.Init(); err != nil {
//			log.Fatal(err)
//		}
//		defer distributed.Shutdown()
//		mesh := distributed.NewMesh([]int{distributed.Size()}, []string{"proc"})
//		sum := gojax.ShardMap(func(x jnp.Array) jnp.Array { return lax.PSum(x.Sum(), "proc") }, mesh, gojax.P("proc"),
//			gojax.P())
//		...
//	}
//
// All processes run the same code, and must come to what they do together, Barrier and so on and programs over a mesh
// of them, in the same order. A process that comes to it while another does not waits without an end, and two that come
// to different things may take each other's data: GOJAX_DISTRIBUTED_CHECK=1 in the environment makes the second an
// error that names both lines.
//
// The library of MPI is looked for when Init is called; GOJAX_MPI_LIB names another file. It must be of the launcher's
// kind: that of Open MPI for its mpirun and for srun --mpi=pmix, of MPICH, Intel MPI or Cray MPI for mpiexec of those
// and srun --mpi=pmi2. Waiting processes compute without pause: start no more of them than there are cores, which they
// share: each has its part of the threads, unless GOJAX_NUM_THREADS is set.
//
// Where gojax computes on GPUs, those of all processes are the places of meshes, and communicate by NCCL.
//
// Most used: Init, Shutdown, Rank, NewMesh, Gather.
package distributed
