package gojax

import "github.com/gojax/gojax/internal/callback"

// PureCallback returns f(x), computed by the Go function f, called from the program that records it when that runs
// (jax.pure_callback); with no trace open f is called at once. x is a tree; like is a tree of the structure, shapes and
// dtypes of f's result, whose elements do not matter. f sees concrete arrays and may use gojax; it must depend on x
// alone and have no effects, since it may be called more than once, or not at all where its result is not used.
// debug.Callback is for effects, and NewKernel for functions on slices, which are called in a fraction of the time.
//
// Under Vmap f is called once for each row, under ShardMap once for each device. It has no derivative: see CustomJVP,
// CustomVJP and StopGradient. If f panics, or returns other types than like's, the call of the program panics with
// *Error. Programs with Go functions are waited for: 1024 of them run at a time, more wait for their turn. What f runs
// itself does not wait, and is an error from 3072 such programs on. Go functions can be called on the CPU only.
func PureCallback[P, R any](f func(P) R, like R, x P) R { return callback.Pure(f, like, x) }

// IOCallback is PureCallback for an f that also does something, such as reading a file or a device, or keeping count:
// it is called exactly once for each call that the program makes, in the program's order, also where its result is not
// used, and Vmap calls it row by row, ShardMap on each device (jax.experimental.io_callback, ordered).
func IOCallback[P, R any](f func(P) R, like R, x P) R { return callback.IO(f, like, x) }
