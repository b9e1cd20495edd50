// Package catalogue holds, in Go, the small functions that the golden cases of the families vmap, grad and control
// name.
package catalogue

import (
	"fmt"
	"maps"

	"github.com/gojax/gojax/jnp"
)

// Func is a function of the catalogue: of a list of arguments, each an A, or a tree of them in []any and
// map[string]any, to such a tree. A tuple is a []any, a dict a map[string]any.
type Func = func(args []any) any

// Functions are the functions by name.
var Functions = merge(vmapFunctions, gradFunctions, vectorFunctions, controlFunctions, errorFunctions)

// Refused are the functions that Go's compiler refuses, and their names in testdata/refused.
var Refused = map[string]string{
	"ce_setitem":      "setItem",
	"ce_scan_notuple": "scanNoPair",
}

func merge(all ...map[string]Func) map[string]Func {
	out := map[string]Func{}
	for _, m := range all {
		maps.Copy(out, m)
	}
	return out
}

// A is an array.
type A = jnp.Array

// array is argument i.
func array(args []any, i int) A {
	a, ok := args[i].(A)
	if !ok {
		panic(fmt.Sprintf("argument %d is %T, not an array", i, args[i]))
	}
	return a
}

func f1(f func(x A) any) Func { return func(a []any) any { return f(array(a, 0)) } }

func f2(f func(x, y A) any) Func {
	return func(a []any) any { return f(array(a, 0), array(a, 1)) }
}

func f3(f func(x, y, z A) any) Func {
	return func(a []any) any { return f(array(a, 0), array(a, 1), array(a, 2)) }
}

// params is the tree {"w": (n,m), "b": (n,)}.
func params(arg any) (w, b A) {
	m := arg.(map[string]any)
	return m["w"].(A), m["b"].(A)
}

// tuple is a Python tuple.
func tuple(x ...any) any { return x }

// dict is a Python dict.
type dict = map[string]any

// zero, one and such are weakly typed, as Python's numbers are.
func number[T int | float64](v T) A { return jnp.AsArray(v) }

// squareSum is sum(x ** 2).
func squareSum(x A) A { return jnp.Sum(jnp.Power(x, 2)) }

// upTo is arange(n) of integers.
func upTo(n int) A { return jnp.Arange(n) }
