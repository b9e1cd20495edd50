package main

// Exceptions are the names that the rule does not match, by their path in JAX. A value is Go symbols as one writes
// them, joined by ", " ("std math.Pi" is of the standard library), with a remark in parentheses after them; or
// "later: with what", or "out: why". A "!" in front says that a symbol that the rule finds is something else.

// Why names are left out.
const (
	outNodes    = "out: structs, slices, maps and pointers are trees as they are, and plain Go values in them static"
	outRanks    = "out: the numbers from 0 to distributed.Size()"
	outParts    = "out: the Go type of a tree tells its parts"
	outPaths    = "out: a path is text, as Go would write it (tree.LeavesWithPath)"
	outPython   = "out: Python's own; Go has no use for it"
	outTyped    = "out: Go's compiler knows the type"
	outInternal = "out: a hook for JAX's own insides"
	outNarrow   = "out: narrower types than float16, bfloat16 and int8 are storage formats of accelerators"
	outRef      = "out: mutable references; arrays are immutable here, and loops carry state"
	outFlag     = "out: a switch of JAX's tracing machinery, which works differently here"
	outReexport = "out: a helper of JAX's that the module happens to show"
	outSparse   = "out: an experiment of JAX's; a sparse matrix enters as a function (scipy/sparse/linalg)"
	outCheckify = "out: an experiment of JAX's; a panic in debug.Callback is the call's, and debug.NaNs finds NaN"
	outJet      = "out: an experiment of JAX's; JVP nests to any order"
	outStreams  = "out: an experiment of JAX's; keys of parallel work are made by random.FoldIn (docs/RANDOM.md)"
	outMesh     = "out: a mesh is given where it is used; there is none that holds for a whole goroutine"
	outPair     = "out: an experiment of JAX's; lax.PPermute sends from device to device"
	outRagged   = "out: parts of several sizes, which XLA's CPU does not have; pad them for lax.AllToAll"
	outTopology = "out: programs are compiled for the devices that are there"
	outLayout   = "out: the order of elements in memory is the compiler's choice"
	outStax     = "out: JAX's example of a library; a network is a Go function of its parameters here"
)

// wholeModules are the modules none of whose names are here but those that the rule or an exception finds.
var wholeModules = map[string]string{
	"jax.sharding":     "out: of meshes whose axes have types, and of devices that JAX numbers otherwise",
	"jax.profiler":     "out: TensorBoard's formats and servers; a profile is a file that Perfetto opens",
	"jax.experimental": "out: experiments of JAX's",

	"jax.experimental.sparse":                              outSparse,
	"jax.experimental.checkify":                            outCheckify,
	"jax.experimental.jet":                                 outJet,
	"jax.experimental.mesh_utils":                          "gojax.NewMesh",
	"jax.experimental.multihost_utils":                     "out: a job whose process fails ends",
	"jax.experimental.random":                              outStreams,
	"jax.experimental.serialize_executable":                "out: compiled programs are kept on disk (export.Save)",
	"jax.experimental.compilation_cache.compilation_cache": outFlag,
	"jax.experimental.topologies":                          outTopology,
	"jax.experimental.custom_partitioning":                 "gojax.ShardMap",
	"jax.experimental.buffer_callback":                     "gojax.NewKernel (a Go function on the arrays' memory)",
	"jax.experimental.layout":                              outLayout,

	"jax.stages":                 outInternal,
	"jax.errors":                 "gojax.Error (its text says what went wrong)",
	"jax.ref":                    outRef,
	"jax.example_libraries.stax": outStax,
	"jax.distributed":            "distributed.Init",
	"jax.extend.linear_util":     outInternal,
	"jax.ffi":                    "out: for kernels written in C++",
	"jax.monitoring":             "out: only compilations are reported, by gojax.OnCompile",
}

// exceptions gathers the tables of the modules.
var exceptions = merged(exceptionsCore, exceptionsNumPy, exceptionsArray, exceptionsLax, exceptionsPrimitives,
	exceptionsLibraries, exceptionsAround, exceptionsLayers, exceptionsSteps, exceptionsReexported, exceptionsOptax)

func merged(tables ...map[string]map[string]string) map[string]string {
	all := map[string]string{}
	for _, t := range tables {
		for module, names := range t {
			for name, text := range names {
				all[module+"."+name] = text
			}
		}
	}
	return all
}
