// Package kit is what the library packages (jnp, nn, random, scipy) are written with: how an operand becomes a value,
// how values come to one type and one shape, how axes are read, and how a function of many operations runs as one
// program. It lies below jnp and knows no jnp.Array: an array reaches it as a trace.Leaf, and jnp.Wrap makes one of
// what it returns. Package arrays has the same words for functions that are written with jnp.Array.
//
// Each word has one meaning:
//
//   - A value is a *trace.Value: what the engine knows of an array, concrete or traced. Value and Values are those of
//     arrays.
//   - A literal is a value that is a number known while tracing, such as a Go number. Run eagerly it is an input of the
//     program, so that another number does not compile again.
//   - Lift is the value of an operand: an array, a Go number or bool, a slice. The literal of a Go number is as wide as
//     the number itself, 64 bits for an int or a float64, until it is known beside what it stands (3e9 fits uint32, and
//     0.1 is rounded once). LiftAlone gives it the default width, LiftFor the dtype of the array that it goes into.
//   - Weak and strong are JAX's words: a weakly typed value gives way to the dtype of the other operand. Go's int,
//     uint, float64 and complex128 are weak, and what is made of them alone. Strong is a value, no longer weak.
//   - Convert is a value of another dtype and weakness; a literal stays a literal. Settle is that part of Convert that
//     needs no program: literals, and weakness alone.
//   - Inexact is NumPy's word for real and complex floating point. Inexact is the dtype that a function of fractions
//     computes in.
//   - Promote brings values to their common dtype, PromoteInexact to their common inexact one; CommonType names it.
//   - Broadcast is NumPy's: BroadcastShapes is the common shape, BroadcastTo a value of another shape.
//   - Axis and Axes count axes from the front, as all code inside does; users may count from the end.
//   - Whole runs a function of many operations as one program. See trace.Whole.
//   - Derived is a function with a rule of its own for its derivative.
package kit
