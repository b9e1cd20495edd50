// Package export runs programs that JAX exported, without Python, and saves programs of gojax, which run in another
// process without being traced, and in JAX. Five functions are used most:
//
//	e, err := export.Load("model.jax_export")                    // what exp.serialize() gave in Python, or Save here
//	y := e.Call(params, x)                                       // trees of arrays, as the program takes them
//	f := export.Func[func(Params, jnp.Array) jnp.Array](e)       // the same as a Go function with types
//	err = export.Save("model.gojax", step, params, x)            // step for arguments of these types
//	err = export.Saving{Buckets: [][]any{{params, x8}}}.Save("model.gojax", step, params, x1)
//
// In JAX, jax.export has their counterparts; docs/SERVING.md tells how the two go together.
//
// # What can be loaded
//
// Files of jax.export's (the bytes of Exported.serialize(), calling conventions 9 and 10: JAX of the years from 2024
// on), modules of StableHLO alone as text or MLIR's bytecode, and what Save writes. Arrays may be of the dtypes that
// gojax has; JAX's random keys are those of package random. Calls of LAPACK run on gojax's own kernels. A program for
// several platforms runs on any of them. Where shapes have variables (symbolic_shape), the program is made for the
// sizes of the arguments, and kept; Sized makes it before. What cannot be run is an error when it is called: programs
// for several devices, effects in order, and custom calls that there are not here, which are named.
//
// A program is code. It is checked that a file is whole and that types are what they are said to be, and nothing is
// allocated for what a file only claims; but what the program computes, and for how long, is up to who wrote it.
//
// # Options
//
//	Saving    Save        Buckets, Platforms, Name, VJPOrder
package export
