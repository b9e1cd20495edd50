// Package functions says what JAX's functions are in gojax: for each family of golden cases a table from the name that
// a case calls to the Go call. An entry hands every keyword that JAX's function has on to ours; a keyword that it does
// not read makes the case fail.
package functions

import (
	"maps"
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
)

// Call is the arguments of one call. Arrays, Python scalars (as weakly typed arrays of no axes) and random keys are
// arrays, which may be traced; all else is static: int, float64, bool, string, nil, and []any and map[string]any of
// these.
type Call struct {
	Fn     string
	Args   []any
	Kwargs map[string]any
	Params map[string]any // of lax.gather and lax.scatter: dimension numbers
	Index  []any          // of index.get and at.*: int, jnp.Slice, jnp.NewAxis, jnp.Ellipsis, jnp.Array, Mask
	Note   string
	// Original is whether numbers were drawn without jax_threefry_partitionable, as JAX did before that became the
	// default.
	Original bool
	read     map[string]bool
}

// Mask is a boolean index. Its values are known in every mode, as JAX needs them.
type Mask struct{ jnp.Array }

// Func makes the call, and returns a jnp.Array, a random.KeyArray, a slice of these or of anything here (a tuple), a
// map[string]any (a dict), or a Go value that is known while tracing: a number, a string, a shape.
type Func func(c *Call) any

// Table is the functions of a family by the name that cases call.
type Table map[string]Func

// Family is what the runner knows of a family's functions.
type Family struct {
	Tables []Table
	// Concrete are the functions whose result depends on values in shape or in more than JAX can trace, and why: where
	// a call of theirs fails under Jit or Vmap because a value is not known, that is as in JAX.
	Concrete map[string]string
	// Unmapped are the functions that are not mapped by Vmap, and why.
	Unmapped map[string]string
}

// Lookup finds a function: in the family's tables, and otherwise in those of the others.
func (f *Family) Lookup(fn string) (Func, bool) {
	if g, ok := f.own(fn); ok {
		return g, true
	}
	for _, name := range slices.Sorted(maps.Keys(Families)) {
		if g, ok := Families[name].own(fn); ok {
			return g, true
		}
	}
	return nil, false
}

func (f *Family) own(fn string) (Func, bool) {
	for _, t := range f.Tables {
		if g, ok := t[fn]; ok {
			return g, true
		}
	}
	return nil, false
}

// Kw is the keyword of a name, and whether the call has it.
func (c *Call) Kw(name string) (any, bool) {
	v, ok := c.Kwargs[name]
	if ok {
		if c.read == nil {
			c.read = map[string]bool{}
		}
		c.read[name] = true
	}
	return v, ok
}

// Unread are the keywords that no one has asked for.
func (c *Call) Unread() []string {
	var out []string
	for _, k := range slices.Sorted(maps.Keys(c.Kwargs)) {
		if !c.read[k] {
			out = append(out, k)
		}
	}
	return out
}

// kw is the keyword of a name; nil where it is absent or null.
func (c *Call) kw(name string) any {
	v, _ := c.Kw(name)
	return v
}

// arg is argument i or the keyword of that name, whichever is there; nil where neither is.
func (c *Call) arg(i int, name string) any {
	if i < len(c.Args) {
		return c.Args[i]
	}
	return c.kw(name)
}

// A is argument i as an array.
func (c *Call) A(i int) jnp.Array { return asArray(c.Args[i]) }

// Int is argument i, a static integer.
func (c *Call) Int(i int) int { return c.Args[i].(int) }

// asArray makes an array of what stands for one: a static number is a weakly typed scalar, a list of arrays is stacked.
func asArray(x any) jnp.Array {
	if a, ok := x.(jnp.Array); ok {
		return a
	}
	return jnp.AsArray(x)
}

// arrays is a list of arrays.
func arrays(x any) []jnp.Array {
	l := x.([]any)
	out := make([]jnp.Array, len(l))
	for i, e := range l {
		out[i] = asArray(e)
	}
	return out
}

// Ints are static integers: none for null, one, or a list.
func (c *Call) Ints(x any) []int {
	switch x := x.(type) {
	case nil:
		return nil
	case int:
		return []int{x}
	case []int:
		return x
	}
	out := []int{}
	for _, v := range x.([]any) {
		out = append(out, v.(int))
	}
	return out
}

// Axes are the keyword axis or axes.
func (c *Call) Axes() []int {
	if x, ok := c.Kw("axis"); ok {
		return c.Ints(x)
	}
	return c.Ints(c.kw("axes"))
}

// DType reads the name of a dtype; null is Invalid, which stands for the default, and a name that no dtype has is a
// DType that is none, which functions refuse.
func (c *Call) DType(x any) ir.DType {
	if x == nil {
		return ir.Invalid
	}
	d, err := ir.ParseDType(x.(string))
	if err != nil {
		return 255
	}
	return d
}

// flag is a keyword that is true or false, otherwise if it is absent.
func (c *Call) flag(name string, otherwise bool) bool {
	if b, ok := c.kw(name).(bool); ok {
		return b
	}
	return otherwise
}

// floats is the keyword of that name as an optional argument.
func (c *Call) floats(name string) []float64 {
	switch v := c.kw(name).(type) {
	case jnp.Array:
		return []float64{v.Item()}
	case float64:
		return []float64{v}
	case int:
		return []float64{float64(v)}
	}
	return nil
}

func f1(f func(x jnp.Array) jnp.Array) Func {
	return func(c *Call) any { return f(c.A(0)) }
}

func f2(f func(x, y jnp.Array) jnp.Array) Func {
	return func(c *Call) any { return f(c.A(0), c.A(1)) }
}

func f3(f func(x, y, z jnp.Array) jnp.Array) Func {
	return func(c *Call) any { return f(c.A(0), c.A(1), c.A(2)) }
}
