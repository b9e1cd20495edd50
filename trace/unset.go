package trace

import "fmt"

// errUnset is what is wrong with an array that was never set, which messages call what ("args[0]"; "": it has no name).
func errUnset(what string) error {
	if what != "" {
		what += " is "
	}
	return fmt.Errorf("%san array that was never set (the zero jnp.Array); make one with jnp.Zeros, jnp.FromSlice or "+
		"another function first", what)
}

// FailUnset is the error of op that is given an array that was never set, which messages call what ("args[0]"; "": it
// has no name).
func FailUnset(op, what string) { Fail(op, nil, "%w", errUnset(what)) }
