package debug

import (
	"github.com/gojax/gojax/internal/callback"
	"github.com/gojax/gojax/transforms/jit"
)

// Callback calls f(x) when the program that it is called in runs, with the values of the arrays in the tree x then
// (jax.debug.callback); with no trace open it calls f at once. Calls keep their order as the lines of Print do; under
// Vmap f is called once for each row, and under differentiation with the values, not the tangents. f may use gojax. If
// it panics, the call of the program panics with *trace.Error.
func Callback[P any](f func(P), x P) { callback.Debug("debug.Callback", f, x) }

// Wait returns when the programs that print or call Go functions and are running now, on other goroutines, have ended
// (jax.effects_barrier). In a callback it is an error: it would wait for itself.
func Wait() { jit.WaitCallbacks() }
