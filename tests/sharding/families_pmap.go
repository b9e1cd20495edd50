package sharding

import (
	"encoding/json"
	"slices"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/distributed"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/tests/golden"
	"github.com/gojax/gojax/tests/sharding/catalogue"
)

// runPmap runs a function of the catalogue under gojax.Pmap, with what is transformed inside and around it.
func runPmap(c *Case) error {
	return c.run(func(args []any) (any, error) {
		body, err := bodyOf(c, "pm.", catalogue.PM)
		if err != nil {
			return nil, err
		}
		f, err := c.pmapped(body)
		if err != nil {
			return nil, err
		}
		if f, err = transformed(f, c.Transforms, c.Arity()); err != nil {
			return nil, err
		}
		return c.asJAX(distributed.Gather(f(args))), nil
	})
}

// asJAX is a result of Pmap as JAX would return it. OutAxes -1 is the last axis here, as for Vmap; JAX makes an axis of
// size 1 at the end, and joins along the first.
func (c *Case) asJAX(out any) any {
	x, ok := out.(jnp.Array)
	if n, negative := c.Fields["out_axes"].(json.Number); !ok || !negative || n.String() != "-1" {
		return out
	}
	x = jnp.MoveAxis(x, -1, 0)
	shape := x.Shape()
	return x.Reshape(append([]int{shape[0] * shape[1]}, append(slices.Clone(shape[2:]), 1)...)...)
}

// pmapped is the body under Pmap. Static arguments are plain Go values.
func (c *Case) pmapped(body golden.Func) (golden.Func, error) {
	opts := []gojax.PmapOption{gojax.AxisName(c.Fields["axis_name"].(string))}
	n := c.Arity()
	if c.Has("in_axes") {
		a, err := golden.Axes(c.Fields["in_axes"])
		if err != nil {
			return nil, err
		}
		switch l, list := a.([]any); {
		case list && len(l) == 1 && n != 1: // InAxes with one integer holds for all arguments
			return gojax.Pmap(body, append(opts, gojax.InAxes(a))...), nil
		case list:
			opts = append(opts, gojax.InAxes(l...))
		default:
			opts = append(opts, gojax.InAxes(a))
		}
	}
	if c.Has("out_axes") {
		a, err := golden.Axes(c.Fields["out_axes"])
		if err != nil {
			return nil, err
		}
		opts = append(opts, gojax.OutAxes(a))
	}
	var ids []int
	if err := c.Decode("devices", &ids); err != nil {
		return nil, err
	}
	switch {
	case OverProcesses:
		n := c.processes()
		mesh, err := ir.NewMesh(ir.Processes, []int{n}, []string{"pmap"}, ranks(n, ids))
		if err != nil {
			return nil, err
		}
		opts = append(opts, gojax.PmapMesh(mesh))
	case ids != nil:
		devices, err := c.devices(ids)
		if err != nil {
			return nil, err
		}
		opts = append(opts, gojax.PmapDevices(devices...))
	}
	var size *int
	if err := c.Decode("axis_size", &size); err != nil {
		return nil, err
	}
	if size != nil {
		opts = append(opts, gojax.AxisSize(*size))
	}
	return ofList(gojax.Pmap(ofMany(body, n), opts...)), nil
}

// ranks are the processes that stand for n devices: all in order, or as the case orders those of these numbers.
func ranks(n int, ids []int) []int {
	r := make([]int, n)
	for i := range r {
		r[i] = i
		if len(ids) == n {
			r[i] = rankOf(ids, ids[i])
		}
	}
	return r
}

// pmapSize is the size of the mapped axis, 0 where it is not found.
func (c *Case) pmapSize() int {
	var size *int
	if err := c.Decode("axis_size", &size); err == nil && size != nil {
		return *size
	}
	axes, several := c.Fields["in_axes"].([]any)
	for i, a := range c.Args {
		axis := c.Fields["in_axes"]
		if several && i < len(axes) {
			axis = axes[i]
		}
		at := int64(0)
		if n, ok := axis.(json.Number); ok {
			at, _ = n.Int64()
		} else if axis != nil || several || c.Has("in_axes") {
			continue
		}
		shape, _ := field(a, "shape").([]any)
		if int(at) < len(shape) {
			n, _ := shape[at].(json.Number).Int64()
			return int(n)
		}
	}
	return 0
}
