package debug

import "github.com/gojax/gojax/trace"

// KeyReuse sets whether a random key that is used twice is an error, as the environment variable
// GOJAX_DEBUG_KEY_REUSE does (jax_debug_key_reuse): the second use panics, with its line and that of the first. A key
// is used up by whatever draws numbers with it, by random.Split, Pair, Keys and NewStream, and by a jitted function
// that does so, at each call. It is not by random.FoldIn, nor by reading Data, and random.Clone gives leave for another
// use. The elements of an array of keys are told apart where their places are known without running the program: those
// at an index that is traced are taken for new keys. In a loop (lax.Scan, lax.WhileLoop) the body must not use a key
// from outside, nor one of the carry that it does not replace; lax.Cond uses what any of its branches does. Functions
// that were jitted before compile again. It is slow: for the search only. It returns what was set before.
func KeyReuse(on bool) (before bool) { return trace.DebugKeyReuse(on) }
