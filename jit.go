package gojax

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/transforms/jit"
)

// JitOption changes what Jit does.
type JitOption = jit.Option

// DonateArgs gives the arrays of the arguments with these numbers (from 0) to the compiled program, which may use their
// memory for its results. They are gone after the call: using one again is an *Error, as is passing one twice. Where
// the call is part of another trace it has no effect. (donate_argnums of jax.jit)
func DonateArgs(i ...int) JitOption {
	return func(f *jit.Func) { f.Donate = append(f.Donate, i...) }
}

// RequireInPlace has each array that DonateArgs gives become a result, in its own memory: a program that copies one, or
// has no result of its type, is an *Error at the first call, which names the argument and the operation that has it
// copied. An array is copied where it is read after a part of it was written, or where a result takes its elements in
// another order. (jax.jit warns of arrays that no result can use)
func RequireInPlace() JitOption { return func(f *jit.Func) { f.InPlace = true } }

// OnDevice runs the function on device d: arguments that are elsewhere are copied there.
func OnDevice(d *Device) JitOption {
	return func(f *jit.Func) { f.Device = d }
}

// Named sets the name that messages, compile events and profiles have for the function.
func Named(name string) JitOption {
	return func(f *jit.Func) { f.Name = name }
}

// Jit is f compiled: the function that runs f's operations as one program. It has f's signature, which may be any whose
// arguments are trees of arrays and plain Go values and whose results are trees with arrays. f is traced once for each
// structure, types and static values of the arguments (see the package comment); arrays that f uses from outside are
// kept as inputs of its program. Calls may come from several goroutines at once. Inside another trace the call is
// recorded there as one. What static_argnums and static_argnames say in jax.jit is told by the type here: plain Go
// values are static.
//
// It panics with *Error for a signature that cannot be jitted.
func Jit[F any](f F, opts ...JitOption) F { return jit.Jit(f, jnp.Wrap, jnp.Array.TraceValue, opts) }
