package sharding

import (
	"fmt"
	"slices"

	"github.com/gojax/gojax/ir"
)

// runSpec runs a case of meshes, specs and shardings alone: nothing is computed on devices.
func runSpec(c *Case) error {
	return c.expect(func() (any, error) {
		switch c.Fn {
		case "spec.mesh":
			m, err := c.Mesh()
			if err != nil {
				return nil, err
			}
			return meshOut(m), nil
		case "spec.equivalent", "spec.equal":
			a, err := shardingOf(c.Fields["a"])
			if err != nil {
				return nil, err
			}
			b, err := shardingOf(c.Fields["b"])
			if err != nil {
				return nil, err
			}
			if c.Fn == "spec.equal" {
				return a.Equal(b), nil
			}
			rank := 0
			err = c.Decode("ndim", &rank)
			return a.Equivalent(b, rank), err
		case "spec.sharding", "spec.check":
			s, err := shardingOf(c.Fields)
			if err != nil {
				return nil, err
			}
			var shape []int
			if err := c.Decode("shape", &shape); err != nil {
				return nil, err
			}
			if c.Fn == "spec.check" && len(s.Spec) <= len(shape) { // JAX asks for no more here
				return true, s.Spec.Check(s.Mesh)
			}
			return shardingOut(s, shape)
		}
		return nil, fmt.Errorf("no function %s", c.Fn)
	})
}

// shardingOf reads what has the fields mesh and spec.
func shardingOf(x any) (s ir.Sharding, err error) {
	m, _ := x.(map[string]any)
	if s.Mesh, err = meshOf(m["mesh"]); err == nil {
		s.Spec, err = specOf(m["spec"])
	}
	return s, err
}

func meshOut(m *ir.Mesh) any {
	shape := make([][2]any, len(m.Names))
	for i, n := range m.Names {
		shape[i] = [2]any{n, m.AxisSize(n)}
	}
	at := make([][2]any, m.Size())
	for i, d := range m.Devices {
		at[i] = [2]any{d, m.Coordinates(i)}
	}
	slices.SortFunc(at, func(a, b [2]any) int { return a[0].(int) - b[0].(int) })
	return map[string]any{"axis_names": m.Names, "shape": shape, "size": m.Size(), "coordinates": at}
}

func shardingOut(s ir.Sharding, shape []int) (any, error) {
	shard, err := s.ShardShape(shape)
	if err != nil {
		return nil, err
	}
	at := make([][2]any, s.Mesh.Size())
	for i, d := range s.Mesh.Devices {
		at[i] = [2]any{d, s.Index(i, shape)}
	}
	return map[string]any{"shard_shape": shard, "is_fully_replicated": s.Replicated(), "num_devices": s.Mesh.Size(),
		"device_set": slices.Sorted(slices.Values(s.DeviceIDs())), "devices_indices_map": at}, nil
}
