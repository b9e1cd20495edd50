package main

import (
	"github.com/gojax/gojax/jnp"
)

// function is a function of arrays, with static integers before them. It works elementwise.
type function = func(static []int, x []jnp.Array) jnp.Array

// tables have the functions that truth is known of, by name.
var tables = []map[string]function{elementwise, complexes, special, hypergeometric, distributions, vectors}

// functionOf is the function of a name, or nil.
func functionOf(name string) function {
	for _, t := range tables {
		if f := t[name]; f != nil {
			return f
		}
	}
	return nil
}

// of1, of2 and of3 are functions without static arguments.
func of1(f func(x jnp.Array) jnp.Array) function {
	return func(_ []int, x []jnp.Array) jnp.Array { return f(x[0]) }
}

func of2(f func(x, y jnp.Array) jnp.Array) function {
	return func(_ []int, x []jnp.Array) jnp.Array { return f(x[0], x[1]) }
}

func of3(f func(x, y, z jnp.Array) jnp.Array) function {
	return func(_ []int, x []jnp.Array) jnp.Array { return f(x[0], x[1], x[2]) }
}
