package sharding

import (
	"fmt"
	"slices"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// OverProcesses has the places of meshes be the processes of a job, as many as the mesh has devices, instead of devices
// of this one.
var OverProcesses bool

// storedMesh is a mesh as a case has it.
type storedMesh struct {
	Shape   []int
	Names   []string
	Devices []int
}

// Mesh is the mesh of the case, whose field is called mesh.
func (c *Case) Mesh() (*ir.Mesh, error) { return meshOf(c.Fields["mesh"]) }

func meshOf(x any) (*ir.Mesh, error) {
	var s storedMesh
	if err := decode("mesh", x, &s); err != nil {
		return nil, err
	}
	if OverProcesses {
		ranks := make([]int, len(s.Devices))
		for i, d := range s.Devices {
			ranks[i] = rankOf(s.Devices, d)
		}
		return ir.NewMesh(ir.Processes, s.Shape, s.Names, ranks)
	}
	all, err := gojax.Devices()
	if err != nil {
		return nil, err
	}
	m, err := ir.NewMesh(all[0].Client().Platform(), s.Shape, s.Names, s.Devices)
	trace.Must(err, "gojax.NewMesh", nil)
	return m, nil
}

// processes is how many processes the case needs where they are the places of its mesh; 0 where that is not known.
func (c *Case) processes() int {
	for _, x := range []any{c.Fields["mesh"], field(c.Fields["from"], "mesh"), firstPlace(c.Fields["places"])} {
		if x == nil {
			continue
		}
		var s storedMesh
		if err := decode("mesh", x, &s); err != nil {
			return 0
		}
		return len(s.Devices)
	}
	if c.Has("axis_name") {
		return c.pmapSize()
	}
	return 0
}

func field(x any, name string) any {
	m, _ := x.(map[string]any)
	return m[name]
}

func firstPlace(x any) any {
	if list, ok := x.([]any); ok && len(list) > 0 {
		return field(list[0], "mesh")
	}
	return nil
}

// rankOf is the process that stands for a device among these.
func rankOf(devices []int, d int) int {
	return slices.Index(slices.Sorted(slices.Values(devices)), d)
}

// devices are those of these numbers.
func (c *Case) devices(ids []int) ([]*gojax.Device, error) {
	all, err := gojax.Devices()
	if err != nil {
		return nil, err
	}
	out := make([]*gojax.Device, len(ids))
	for i, id := range ids {
		if id < 0 || id >= len(all) {
			return nil, fmt.Errorf("there is no device %d among %d", id, len(all))
		}
		out[i] = all[id]
	}
	return out, nil
}

// isSpec reports whether x is a stored SPEC, and not a list or dict of some.
func isSpec(x any) bool {
	m, ok := x.(map[string]any)
	_, p := m["P"]
	return ok && p
}

// Specs turns stored SPECs into what ShardMap takes: a Spec, nil, or a list or map of those.
func Specs(x any) (any, error) {
	switch x := x.(type) {
	case nil:
		return nil, nil
	case []any:
		out := make([]any, len(x))
		for i, e := range x {
			var err error
			if out[i], err = Specs(e); err != nil {
				return nil, err
			}
		}
		return out, nil
	case map[string]any:
		if isSpec(x) {
			return specOf(x)
		}
		if d, ok := x["dict"].(map[string]any); ok {
			out := make(map[string]any, len(d))
			for k, e := range d {
				var err error
				if out[k], err = Specs(e); err != nil {
					return nil, err
				}
			}
			return out, nil
		}
	}
	return nil, fmt.Errorf("cannot read %v as a spec", x)
}

// specOf reads {"P": [entry, ..]}.
func specOf(x any) (ir.Spec, error) {
	var s struct{ P []any }
	if err := decode("spec", x, &s); err != nil {
		return nil, err
	}
	out := make(ir.Spec, len(s.P))
	for i, e := range s.P {
		switch e := e.(type) {
		case nil:
		case string:
			out[i].Axes = []string{e}
		case []any:
			if err := decode("spec", e, &out[i].Axes); err != nil {
				return nil, err
			}
		case map[string]any:
			if out[i].Open = e["unconstrained"] == true; !out[i].Open {
				return nil, fmt.Errorf("cannot read %v as a spec", x)
			}
		default:
			return nil, fmt.Errorf("cannot read %v as a spec", x)
		}
	}
	return out, nil
}
