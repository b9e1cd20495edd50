// Package ops holds the operations: one unexported Go type each, whose fields are its parameters and whose methods are
// its rules, and a function that binds it. Its values are *trace.Value, as the engine knows arrays; packages lax and
// jnp have the same operations on jnp.Array, for users.
//
// The functions are strict: operands have one shape and one dtype, nothing is broadcast or promoted, and axes count
// from 0. A wrong operand is a *trace.Error that names the operation, the types and a way out. The result is weakly
// typed where every operand is. Sizes of 0 and arrays without axes work everywhere.
//
// # The rules
//
// Every operation has Name, unique among the operations, and Infer. The other rules are optional; package ir's
// documentation lists their interfaces, trace/rules.go declares them, and transforms find them by type assertions. In
// every rule x are the operands.
//
// Infer gives the types of the outputs for those of the operands, or says what is wrong with them. It is the only place
// where operands and parameters are checked, and runs whenever an equation is recorded or verified. It must not change
// in.
//
// Lower writes the operation as StableHLO. What is a short program of other operations is written by lowerFun.
//
// Batch computes the operation for all elements of one more axis at once. d[i] says where operand i has that axis, or
// that it has none. The results have it where the rule says; best is where it already is, since moving it is a
// transposition.
//
// JVP computes the outputs and their tangents, given those of the operands. A nil tangent is zero, and is given as nil
// too: what is zero costs nothing. Tangents have their values' types, but are strong. The rule gives JAX's derivatives,
// also where a function has a corner.
//
// Transpose is for operations that are linear in some operands, when the others are held: those that JVP rules bind on
// tangents. Linear operands have a nil X. Given the cotangents of the outputs, nil for zero, the rule returns those of
// the linear operands, and nil for the others. Reverse mode is JVP, split by what depends on tangents, and the linear
// part transposed.
//
// Operations that hold programs implement ir.Nested, and have more: DCE drops outputs that nobody uses, with what only
// they need. Split cuts an equation of which some operands are known and others, the tangents, are not, into a known
// half, which it binds, and a linear half; what the linear half needs of the known one are the residuals. Sequence
// passes a token through the effects, and Step runs the operation piece by piece. Their programs are closed: all that
// they use are inputs.
//
// # A new operation
//
// This is one with a parameter, complete:
//
//	// flip reverses its operand along Axis.
//	type flip struct{ Axis int }
//
//	func (flip) Name() string { return "flip" }
//
//	// Flip is x reversed along axis.
//	func Flip(x *Value, axis int) *Value { return one(flip{axis}, x) }
//
//	func (o flip) Infer(in []ir.Aval) ([]ir.Aval, error) {
//		if err := wantOperands(in, 1); err != nil {
//			return nil, err
//		}
//		return in[:1:1], checkAxes("axis", []int{o.Axis}, in[0].Rank())
//	}
//
//	func (o flip) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
//		return hlo(e, "stablehlo.reverse", x, "dimensions = "+i64s([]int{o.Axis}))
//	}
//
//	// Batch leaves the mapped axis where it is. Where that is before Axis, Axis lies one further.
//	func (o flip) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
//		return []*Value{Flip(x[0], shifted([]int{o.Axis}, d[0])[0])}, d
//	}
//
//	// JVP: the tangent of a linear operation is the operation on the tangent.
//	func (flip) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) { return jvpLinear(c, x, t) }
//
//	// Transpose: to reverse twice changes nothing.
//	func (o flip) Transpose(_ trace.TransposeCtx, ct []*Value, _ []trace.Linear) []*Value {
//		return transpose1(ct, func(ct *Value) *Value { return Flip(ct, o.Axis) })
//	}
//
// It is a file of its own, flip.go, or stands in that of its family. Elementwise operations embed a family of
// elementwise.go, which brings Batch and Infer. Then it wants a line in All, which tests and tools go through, and a
// row in the tests: in the tables of elementwise_test.go or conformance_rows_test.go, which compare it with a reference
// eagerly, compiled, mapped over every axis, and differentiated both ways, or a test of its own with the same helpers
// (conformance_test.go). all_test.go finds what is missing.
//
// What the rules are written with: infer.go and axes.go (checks), attributes.go and lowering.go (text), batching.go,
// tangents.go, and for operations that hold programs programs.go, halves.go and carry.go.
package ops
