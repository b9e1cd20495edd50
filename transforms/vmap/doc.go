// Package vmap maps functions over array axes: Program adds one axis to a recorded program, equation by equation, by
// the Batch rules of its operations; Func does it for Go functions over trees, with the axes that root's InAxes and
// OutAxes say.
//
// Operands keep their mapped axis where it lies. Only where an operation cannot, and at the end for an output axis that
// was asked for elsewhere, is anything transposed.
package vmap
