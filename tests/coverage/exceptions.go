package main

// Exceptions are the names that the rule does not match, by their path in JAX. A value is Go symbols as one writes them,
// joined by ", " ("std math.Pi" is of the standard library), with a remark in parentheses after them; or "later: with what",
// or "out: why". A "!" in front says that a symbol that the rule finds is something else.

// What comes with parts that are still to be built.
const (
	laterTrees     = "later: a package of trees (trees are Go values here: structs, slices, maps; the transformations take them as they are)"
	laterSharding  = "later: arrays and programs across devices"
	laterExport    = "later: exported programs"
	laterProfiler  = "later: profiling"
	laterLinalg    = "later: the LAPACK kernels of the CPU"
	laterSignal    = "later: signal processing and cosine transforms"
	laterCallbacks = "later: ordered callbacks"
)

// Why names are left out.
const (
	outPython   = "out: Python's own; Go has no use for it"
	outTyped    = "out: Go's compiler knows the type"
	outInternal = "out: a hook for JAX's own insides"
	outNarrow   = "out: float16 and bfloat16 are the narrowest floats and int8 the narrowest integer here: narrower types are storage formats of accelerators"
	outRef      = "out: mutable references; arrays are immutable here, and loops carry state"
	outFlag     = "out: a switch of JAX's tracing machinery, which works differently here"
	outHost     = "out: one process, one host"
)

// wholeModules are the modules none of whose names are here but those that the rule or an exception finds.
var wholeModules = map[string]string{
	"jax.tree":            laterTrees,
	"jax.tree_util":       laterTrees,
	"jax.sharding":        laterSharding,
	"jax.export":          laterExport,
	"jax.profiler":        laterProfiler,
	"jax.lax.linalg":      laterLinalg,
	"jax.scipy.linalg":    laterLinalg,
	"jax.scipy.signal":    laterSignal,
	"jax.scipy.fft":       laterSignal,
	"jax.numpy.linalg":    laterLinalg,
	"jax.experimental":    "out: experiments of JAX's",
	"jax.custom_batching": "later: a function's own rule for Vmap",
}

// exceptions gathers the tables of the modules.
var exceptions = merged(exceptionsCore, exceptionsNumPy, exceptionsArray, exceptionsLax, exceptionsPrimitives, exceptionsLibraries)

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
