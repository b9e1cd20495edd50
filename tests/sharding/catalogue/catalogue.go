// Package catalogue holds, in Go, the functions that the cases of many devices name: in SM the bodies of
// gojax.ShardMap, and in PM those of gojax.Pmap.
package catalogue

import (
	"encoding/json"
	"fmt"
	"maps"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

// Func is a function of the catalogue: of a list of arguments, each an A, or a tree of them in []any and
// map[string]any, to such a tree. A tuple is a []any, a dict a map[string]any.
type Func = func(args []any) any

// Body is a function of the catalogue with parameters.
type Body func(p P, args []any) any

// With is f with its parameters.
func (f Body) With(p P) Func { return func(args []any) any { return f(p, args) } }

// P is the parameters of bodies: of each case those of its function.
type P struct {
	Axis, A, B, Data, Model Axes
	Dim, Split, Concat      int
	Shift, Src, Steps, Bins int
	Tiled                   bool
	Limit                   float64
	Groups                  [][]int
	Perm                    Perm
}

// Axes are named axes: a name, or a list of names.
type Axes []string

// UnmarshalJSON reads a name or a list of names.
func (a *Axes) UnmarshalJSON(b []byte) error {
	var one string
	if json.Unmarshal(b, &one) == nil {
		*a = Axes{one}
		return nil
	}
	return json.Unmarshal(b, (*[]string)(a))
}

// Perm is a list of pairs, from and to, or the numbers of a permutation.
type Perm struct {
	Pairs   [][2]int
	Numbers []int
}

// UnmarshalJSON reads either.
func (p *Perm) UnmarshalJSON(b []byte) error {
	if json.Unmarshal(b, &p.Numbers) == nil {
		return nil
	}
	return json.Unmarshal(b, &p.Pairs)
}

// A is an array.
type A = jnp.Array

// dict is a Python dict.
type dict = map[string]any

// tuple is a Python tuple.
func tuple(x ...any) any { return x }

// tiled is what joins along an axis that arrays have.
var tiled = lax.CollectiveOptions{Tiled: true}

// keep keeps the axes that are reduced.
var keep = jnp.Reduction{KeepDims: true}

// array is argument i.
func array(args []any, i int) A {
	a, ok := args[i].(A)
	if !ok {
		panic(fmt.Sprintf("argument %d is %T, not an array", i, args[i]))
	}
	return a
}

func f1(f func(p P, x A) any) Body {
	return func(p P, a []any) any { return f(p, array(a, 0)) }
}

func f2(f func(p P, x, y A) any) Body {
	return func(p P, a []any) any { return f(p, array(a, 0), array(a, 1)) }
}

func f3(f func(p P, x, y, z A) any) Body {
	return func(p P, a []any) any { return f(p, array(a, 0), array(a, 1), array(a, 2)) }
}

func merge(all ...map[string]Body) map[string]Body {
	out := map[string]Body{}
	for _, m := range all {
		maps.Copy(out, m)
	}
	return out
}
