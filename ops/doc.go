// Package lax holds the operations: one unexported Go type each, whose fields are its parameters and whose methods are its
// rules, and a function that binds it.
//
// The functions are strict, as those of jax.lax: operands have one shape and one dtype, nothing is broadcast or promoted, and
// axes count from 0 (package jnp does the rest). A wrong operand is a *trace.Error that names the operation, the types and a way
// out. The result is weakly typed where every operand is. Sizes of 0 and arrays without axes work everywhere.
//
// The rules an operation may have, declared in trace/rules.go:
//
//	Infer      types of the outputs, or what is wrong with the operands
//	Lower      the operation in StableHLO
//	Batch      the operation over one more axis, which stays where it is if it can
//	JVP        tangents; JAX's derivatives, also where a function has a corner
//	Transpose  cotangents of the operands in which the operation is linear
//	Split      known and linear half, of operations that hold programs
//
// Families that share rules are embedded structs (elementwise.go). A new operation is its own place here, its line in All, and
// its row in the tests' tables: all_test.go finds one that lacks a rule.
package ops
