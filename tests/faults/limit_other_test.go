//go:build !linux || race

package faults

import "testing"

// limited says whether a child is held to its limit of memory; trials that need that are skipped where it is not.
const limited = false

// limitMemory does nothing: only Linux counts what is written to, and the race detector writes to more.
func limitMemory(*testing.T, uint64) {}
