package debug

import (
	"github.com/gojax/gojax/transforms/jit"
)

// NaNs sets whether every result is searched for NaN, as the environment variable GOJAX_DEBUG_NANS does
// (jax_debug_nans): where a program makes one, its operations are run again one by one, and the first whose result has
// a NaN is the panic, with the user's line. It is slow, and donates nothing: for the search only. It returns what was
// set before.
func NaNs(on bool) (before bool) { return jit.DebugNaNs(on) }
