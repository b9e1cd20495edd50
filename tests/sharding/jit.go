package sharding

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/distributed"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/random"
	"github.com/gojax/gojax/tests/golden"
	"github.com/gojax/gojax/tests/sharding/catalogue"
)

// runJit runs a function of the catalogue under Jit, on arguments that lie over the case's mesh.
func runJit(c *Case) error {
	f, ok := catalogue.SH[strings.TrimPrefix(c.Fn, "sh.")]
	if !ok {
		return fmt.Errorf("there is no function %s", c.Fn)
	}
	return c.Call(func(args []any) (any, error) {
		mesh, err := c.Mesh()
		if err != nil {
			return nil, err
		}
		jitted, err := c.jitted(f, mesh)
		if err != nil {
			return nil, err
		}
		if args, err = c.placed(mesh, args); err != nil {
			return nil, err
		}
		out := jitted(args)
		if c.Error {
			return out, nil
		}
		if OverProcesses && !c.Has("out_shardings") { // no compiler chooses how results lie
			return distributed.Gather(out), nil
		}
		return distributed.Gather(out), c.compareShardings(mesh, out)
	})
}

// jitted is f with the case's constraints, parameters, transformations and shardings.
func (c *Case) jitted(f catalogue.Jitted, mesh *ir.Mesh) (func(args []any) any, error) {
	constraints, _ := c.Fields["constraints"].([]any)
	specs := make([]ir.Spec, len(constraints))
	for i, x := range constraints {
		var err error
		if specs[i], err = specOf(x); err != nil {
			return nil, err
		}
	}
	constrain := func(i int, x jnp.Array) jnp.Array {
		if len(specs) == 0 {
			return x
		}
		return lax.WithShardingConstraint(x, gojax.NamedSharding(mesh, specs[i]))
	}
	params, err := c.params()
	if err != nil {
		return nil, err
	}
	g, err := transformed(func(args []any) any { return f(constrain, params, args) }, c.Transforms, c.Arity())
	if err != nil {
		return nil, err
	}
	var opts []gojax.JitOption
	for field, option := range map[string]func(...any) gojax.JitOption{"in_shardings": gojax.InShardings,
		"out_shardings": gojax.OutShardings} {
		if x, ok := c.Fields[field]; ok {
			s, err := Specs(x)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", field, err)
			}
			opts = append(opts, option(gojax.NamedShardings(mesh, s)))
		}
	}
	return gojax.Jit(g, opts...), nil
}

// compareShardings compares how the results lie over the mesh, where the case says it.
func (c *Case) compareShardings(mesh *ir.Mesh, out any) error {
	specs, ok := c.Fields["out_specs"]
	if !ok {
		return nil
	}
	var shapes [][]int
	if err := c.Decode("out_shard_shapes", &shapes); err != nil {
		return err
	}
	var leaves []jnp.Array
	var wants []ir.Spec
	if err := eachSpec(out, specs, func(x jnp.Array, s ir.Spec) {
		leaves, wants = append(leaves, x), append(wants, s)
	}); err != nil {
		return err
	}
	for i, x := range leaves {
		got, ok := x.Sharding()
		if want := gojax.NamedSharding(mesh, wants[i]); !ok || !got.Equivalent(want, x.NDim()) {
			return fmt.Errorf("result %d lies as %v, want %v", i, got, want)
		}
		if shape := x.Shards()[0].Data.Shape(); i < len(shapes) && !slices.Equal(shape, shapes[i]) {
			return fmt.Errorf("result %d has shards of shape %v, want %v", i, shape, shapes[i])
		}
	}
	return nil
}

// eachSpec calls f with the arrays of a tree and their Specs, of which x is a tree prefix.
func eachSpec(tree, x any, f func(x jnp.Array, s ir.Spec)) error {
	list, _ := x.([]any)
	dict, _ := x.(map[string]any)
	inner, _ := dict["dict"].(map[string]any)
	below := func(key any, i int, name string) any {
		switch {
		case isSpec(x):
			return x
		case inner != nil:
			return inner[name]
		case i < len(list):
			return list[i]
		}
		return fmt.Errorf("no spec for %v", key)
	}
	switch t := tree.(type) {
	case []any:
		for i, e := range t {
			if err := eachSpec(e, below(i, i, ""), f); err != nil {
				return err
			}
		}
		return nil
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(t)) {
			if err := eachSpec(t[name], below(name, len(list), name), f); err != nil {
				return err
			}
		}
		return nil
	case random.KeyArray:
		return nil
	case jnp.Array:
		s, err := specOf(x)
		if err == nil {
			f(t, s)
		}
		return err
	}
	return fmt.Errorf("a result is a %T", tree)
}

// params are the static parameters of the case's function.
func (c *Case) params() (catalogue.Params, error) {
	p := catalogue.Params{}
	for name, x := range c.Params {
		v, err := golden.Arg(x)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		p[name] = v
	}
	return p, nil
}
