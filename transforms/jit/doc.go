// Package jit turns programs into executables and runs them. It fills trace.Runtime, the one hook through which
// concrete arrays are computed and moved, and holds what Jit, Lower and the eager mode share.
//
//	runtime.go   eager operations, un-jitted transforms and whole library functions
//	func.go      jitted functions: which program for which call
//	exe.go       executables: found again by structural key, compiled once, run
//	device.go    default device, transfers, waits, device copies
//	scalars.go   device copies of Go scalars
//	events.go    what was compiled and why, and forbidding it
//
// Two caches lie behind a call. A jitted function knows its own programs by the structure, static values and types of
// the arguments. Executables are known by the structural key of their program, whoever made it, so an un-jitted Vmap
// that traces afresh at every call compiles once. Below both, backend/pjrt keeps compiled programs on disk.
package jit
