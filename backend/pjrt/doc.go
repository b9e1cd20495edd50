// Package pjrt runs StableHLO programs on a device through a PJRT plugin: text in, buffers out. It finds or installs
// the plugin, opens it, and gives clients, devices, buffers, executables, a cache of compiled programs on disk, and the
// registration of custom-call handlers. It knows nothing of traces or programs; of the project it imports ir alone, for
// the element types.
//
// The PJRT C API is bound directly (capi.h, shim.c): the layouts are written down here, a call is one C call, and what
// a plugin of another version appends to its structs does not matter. Everything is safe for concurrent use, no lock is
// held while a program runs, and every failure is a Go error with the plugin's own text. The kinds of errors are the
// Err variables, for errors.Is.
//
// Where to look:
//
//	client.go    clients and devices; Default and Open; GOJAX_PLATFORM
//	buffer.go    arrays on a device: waiting, reading, deleting, copying
//	host.go      arrays from host memory, with and without a copy
//	assemble.go  arrays from blocks on several devices, with and without a copy; box.go copies
//	compile.go   compiling, loading, what is known of a compiled program; hlo.go prints it
//	execute.go   running, with donation
//	memory.go    freeing, counting, and keeping within the machine's memory; machine.go asks the machine
//	pool.go      large blocks that stay warm, which pool.c keeps; GOJAX_POOL
//	cache.go     compiled programs on disk; GOJAX_CACHE_DIR, GOJAX_CACHE, GOJAX_CACHE_MAX_BYTES
//	trust.go     who may write to the cache folder, and the seals of what is in it; GOJAX_CACHE_TRUST
//	plugin.go    finding and loading plugins; GOJAX_PJRT_PLUGIN; wheels.go pins them, install.go installs them
//	index.go     downloading from a package index, which indexconfig.go reads from the settings of pip and uv
//	env.go       numbers and switches from the environment; GOJAX_NUM_CPU_DEVICES, GOJAX_NUM_THREADS
//	sharded.go   running on several devices, few launches at a time (gate.go); tilings.go: how results are cut
//	nodes.go     GPUs of several processes as devices of one client
//	ffi.go       handlers of custom calls
//
// A handle into the plugin is freed when its Go object becomes unreachable, or at once by Delete. Executions are
// asynchronous: Execute returns when the work is enqueued, and the error of one that fails later comes from whatever
// waits for its results.
package pjrt
