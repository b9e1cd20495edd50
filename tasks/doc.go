// Package tasks maps functions over processes, on one machine or many: what ipyparallel, Dask and Ray do for Python.
// Functions are registered under a name, and every process is the same program. Its five most used functions are Func,
// which registers one; Start, which starts workers, this program again, one a core; Task.Map, which calls a function
// for each of many inputs, load-balanced and in order; Task.Go, which does so for one and gives a future; and Put,
// which hands data over to all workers once.
//
//	var fit = tasks.Func("fit", func(ctx context.Context, i int) (Stats, error) { ... })
//
//	func main() {
//		pool, err := tasks.Start() // does not return in workers
//		...
//		defer pool.Close()
//		all, err := fit.Map(pool, tasks.Range(1000))
//	}
//
// # Where
//
// The same program, without a change, runs on
//
//	./prog                                                      one machine: a worker a core
//	srun -n 64 ./prog                                           a cluster: rank 0 returns from Start, the rest work
//	GOJAX_TASKS=nats://user:token@host:4222 ./prog              any NATS server, or cluster of them, with JetStream
//	GOJAX_TASKS=nats://user:token@host:4222 ./prog worker       one more worker, from anywhere, at any time
//
// Pool.URL is what to set GOJAX_TASKS to for the server of a pool, which others reach where Options.Address lets them.
// Ranks of srun meet by a file in the user's cache folder, or in GOJAX_TASKS_DIR. With Options.InProcess the workers
// are goroutines, which is for debugging.
//
// # Promises
//
// A task is done at least once and counts once. A worker that dies, by kill -9 or for want of memory, has its task
// given to another one, at once if the pool has started it here, else within five seconds; after Options.Retries that
// fails with ErrLost, which tells how the last one ended. A worker is replaced when it dies, and so is the pool's own
// server, which has the tasks in files. An error or a panic is no reason to repeat a task: it comes back as an *Error,
// with the worker's line for a panic. Functions should therefore change nothing outside of their results that may not
// be changed twice.
//
// When the pool's process ends, however it does, workers on its machine end at once, with the processes that tasks have
// started, and others within 15 seconds. A server of others that is gone for 30 seconds fails the pool with ErrServer.
//
// # Numbers
//
// Arrays, keys and trees of them are arguments and results as they are. Whether 64-bit types are in force is taken over
// from the goroutine that calls Map, Go or Put. A task that draws takes a key of its own, random.FoldIn(key, i): then
// the results do not depend on who computes what. Workers have GOJAX_NUM_THREADS at their share of the cores.
//
// # Safety
//
// A pool's own server listens on 127.0.0.1 unless Options.Address says otherwise, and always asks for a token, which is
// drawn if none is given. It goes over the network as it is unless the server has TLS: Options.ServerConfig is a
// nats-server configuration with a tls section, and Options.Connect has nats.RootCAs or nats.ClientCert for the other
// end; what does not fit is ErrTLS. Who has the token can run this program's tasks with inputs of their own.
//
// | struct of options | what for |
// |---|---|
// | Options | Start, Work; by Pool.With for Task.Map, Task.Go, Task.Unordered, Put |
package tasks
