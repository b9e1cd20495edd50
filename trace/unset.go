package trace

import "errors"

// errUnset is what is wrong with an array that was never set.
var errUnset = errors.New("an array that was never set (the zero jnp.Array) is used; " +
	"make one with jnp.Zeros, jnp.FromSlice or another function first")

// FailUnset is the error of op that is given an array that was never set.
func FailUnset(op string) { Fail(op, nil, "%w", errUnset) }
