package golden

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
	"github.com/gojax/gojax/tests/golden/functions"
	"github.com/gojax/gojax/trace"
)

// call decodes the arguments of a case, whose switch for 64-bit types must be set.
func (c *Case) call() (*functions.Call, error) {
	out := &functions.Call{Fn: c.Fn, Note: c.Note, Original: c.Partitionable != nil && !*c.Partitionable}
	for i, a := range c.Args {
		v, err := Arg(a)
		if err != nil {
			return nil, fmt.Errorf("argument %d: %w", i, err)
		}
		out.Args = append(out.Args, v)
	}
	var err error
	if out.Kwargs, err = argMap(c.Kwargs); err != nil {
		return nil, err
	}
	if out.Params, err = argMap(c.Params); err != nil {
		return nil, err
	}
	for i, x := range c.Index {
		v, err := indexArg(x)
		if err != nil {
			return nil, fmt.Errorf("index %d: %w", i, err)
		}
		out.Index = append(out.Index, v)
	}
	return out, nil
}

func argMap(m map[string]any) (map[string]any, error) {
	out := map[string]any{}
	for k, a := range m {
		v, err := Arg(a)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", k, err)
		}
		out[k] = v
	}
	return out, nil
}

// indexArg turns one part of an index into what Array.Index takes.
func indexArg(x any) (any, error) {
	switch x := x.(type) {
	case json.Number:
		return strconv.Atoi(x.String())
	case map[string]any:
		if s, ok := x["slice"].([]any); ok && len(s) == 3 {
			return indexSlice(s)
		}
		if x["newaxis"] == true {
			return jnp.NewAxis, nil
		}
		if x["ellipsis"] == true {
			return jnp.Ellipsis, nil
		}
		if a, ok := x["array"]; ok {
			return Arg(a)
		}
		if m, ok := x["mask"]; ok {
			a, err := Arg(m)
			if err != nil {
				return nil, err
			}
			return functions.Mask{Array: a.(jnp.Array)}, nil
		}
	}
	return nil, fmt.Errorf("cannot read %v as an index", x)
}

func indexSlice(s []any) (any, error) {
	var bound [3]any
	for i, e := range s {
		if e == nil {
			continue
		}
		n, ok := e.(json.Number)
		if !ok {
			return nil, fmt.Errorf("cannot read %v as a slice", s)
		}
		v, err := strconv.Atoi(n.String())
		if err != nil {
			return nil, err
		}
		bound[i] = v
	}
	if bound[2] != nil {
		return jnp.S(bound[0], bound[1], bound[2].(int)), nil
	}
	return jnp.S(bound[0], bound[1]), nil
}

// leaves are the arrays and keys of a call, in a fixed order. Masks stay: JAX needs their values.
func leaves(c *functions.Call) []any {
	var out []any
	withLeaves(c, func(x any) any { out = append(out, x); return x })
	return out
}

// withLeaves is c with leaf in the place of each array and key.
func withLeaves(c *functions.Call, leaf func(x any) any) *functions.Call {
	d := &functions.Call{Fn: c.Fn, Note: c.Note, Params: c.Params, Original: c.Original}
	d.Args = eachLeaf(c.Args, leaf).([]any)
	d.Kwargs = eachLeaf(c.Kwargs, leaf).(map[string]any)
	d.Index = eachLeaf(c.Index, leaf).([]any)
	return d
}

// eachLeaf is x with leaf in the place of each array and key.
func eachLeaf(x any, leaf func(x any) any) any {
	switch x := x.(type) {
	case jnp.Array, random.KeyArray:
		return leaf(x)
	case []jnp.Array:
		out := make([]any, len(x))
		for i, a := range x {
			out[i] = leaf(a)
		}
		return out
	case []any:
		out := make([]any, len(x))
		for i, e := range x {
			out[i] = eachLeaf(e, leaf)
		}
		return out
	case map[string]any:
		out := make(map[string]any, len(x))
		for _, k := range slices.Sorted(maps.Keys(x)) {
			out[k] = eachLeaf(x[k], leaf)
		}
		return out
	}
	return x
}

// mapped reports whether a leaf is mapped when its case is run under Vmap: Python's scalars and keys stay as they are.
func mapped(leaf any) bool {
	a, ok := leaf.(jnp.Array)
	if !ok {
		return false
	}
	t := a.TraceValue().Aval()
	return !(t.Weak && t.Rank() == 0)
}

// stacked is two copies of an array along a new first axis.
func stacked(x jnp.Array) jnp.Array {
	v := x.TraceValue()
	t := v.Aval()
	b := make([]byte, t.Size()*t.DType.Size())
	trace.TheRuntime().ToHost(v, b)
	t.Shape = append([]int{2}, t.Shape...)
	return jnp.Wrap(trace.TheRuntime().FromHost(append(b, b...), t))
}

// row is one element of the first axis, by way of the host: nothing is compiled for it.
func row(x any, i int) any {
	a, ok := x.(jnp.Array)
	if k, isKey := x.(random.KeyArray); isKey {
		a, ok = k.Data(), true
	}
	if !ok {
		return x
	}
	v := a.TraceValue()
	t := v.Aval()
	b := make([]byte, t.Size()*t.DType.Size())
	trace.TheRuntime().ToHost(v, b)
	n := len(b) / t.Shape[0]
	one := jnp.Wrap(
		trace.TheRuntime().FromHost(b[i*n:(i+1)*n], ir.Aval{Shape: t.Shape[1:], DType: t.DType, Weak: t.Weak}))
	if _, isKey := x.(random.KeyArray); isKey {
		return random.WrapKeyData(one)
	}
	return one
}
