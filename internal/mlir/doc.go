// Package mlir reads modules of StableHLO in MLIR's bytecode, as jax.export writes them, gives them the shapes that
// their arguments have, and writes them as text.
//
// A module of JAX's whose shapes have variables computes the lengths that it needs from those of its arguments.
// Plugins compile lengths that are known, so Refine computes them, as JAX's own pass (stablehlo-refine-shapes) does
// before it compiles: it runs main on types, with the numbers of shapes at hand, and puts operations of fixed shapes
// for those of dynamic ones.
package mlir
