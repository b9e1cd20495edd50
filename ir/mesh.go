package ir

import (
	"fmt"
	"slices"
	"strings"
)

// Mesh is devices of one platform in a grid whose axes have names. It is never changed.
type Mesh struct {
	Platform string
	Names    []string // of the axes
	Shape    []int    // their sizes
	Devices  []int    // numbers of the devices, row-major
}

// NewMesh checks what a mesh is made of: each axis has a name of its own and a size of 1 or more, and each place a
// device of its own.
func NewMesh(platform string, shape []int, names []string, devices []int) (*Mesh, error) {
	if len(names) != len(shape) {
		return nil, fmt.Errorf("a mesh of %d axes %v needs as many names, not %d: %q", len(shape), shape, len(names),
			names)
	}
	n := 1
	for i, s := range shape {
		if s < 1 {
			return nil, fmt.Errorf("axis %q of the mesh has size %d; a size is 1 or more", names[i], s)
		}
		if names[i] == "" {
			return nil, fmt.Errorf("axis %d of the mesh has an empty name", i)
		}
		if slices.Contains(names[:i], names[i]) {
			return nil, fmt.Errorf("two axes of the mesh are named %q; give each a name of its own", names[i])
		}
		if n > 1<<20/s {
			return nil, fmt.Errorf("a mesh of shape %v has more places than there are devices", shape)
		}
		n *= s
	}
	if n != len(devices) {
		return nil, fmt.Errorf("a mesh of shape %v has %d places for %d devices", shape, n, len(devices))
	}
	for i, d := range devices {
		if slices.Contains(devices[:i], d) {
			return nil, fmt.Errorf("device %s:%d is in the mesh twice", platform, d)
		}
	}
	return &Mesh{platform, slices.Clone(names), slices.Clone(shape), slices.Clone(devices)}, nil
}

// Processes is the platform of a mesh whose places are the processes of a job, each with one device: the numbers of its
// devices are their ranks.
const Processes = "process"

// OverProcesses reports whether the places of m are processes.
func (m *Mesh) OverProcesses() bool { return m != nil && m.Platform == Processes }

// Size is the number of devices.
func (m *Mesh) Size() int { return len(m.Devices) }

// Axis is the number of the axis of that name, -1 if there is none.
func (m *Mesh) Axis(name string) int { return slices.Index(m.Names, name) }

// AxisSize is the size of the axis of that name, 0 if there is none.
func (m *Mesh) AxisSize(name string) int {
	if i := m.Axis(name); i >= 0 {
		return m.Shape[i]
	}
	return 0
}

// SizeOf is the product of the sizes of these axes.
func (m *Mesh) SizeOf(axes []string) int {
	n := 1
	for _, a := range axes {
		n *= m.AxisSize(a)
	}
	return n
}

// Coordinates are those of the i-th device, one for each axis.
func (m *Mesh) Coordinates(i int) []int {
	c := make([]int, len(m.Shape))
	for a := len(c) - 1; a >= 0; a-- {
		c[a] = i % m.Shape[a]
		i /= m.Shape[a]
	}
	return c
}

// Stride is how far apart in the row-major order neighbours along the axis are.
func (m *Mesh) Stride(axis int) int {
	n := 1
	for _, s := range m.Shape[axis+1:] {
		n *= s
	}
	return n
}

// IndexAlong is the number of the i-th device among those along the axes, the first of which counts most.
func (m *Mesh) IndexAlong(axes []string, i int) int {
	n := 0
	for _, name := range axes {
		a := m.Axis(name)
		n = n*m.Shape[a] + i/m.Stride(a)%m.Shape[a]
	}
	return n
}

// Groups are the places of the mesh in groups that differ only along the axes, each group in the order of IndexAlong.
func (m *Mesh) Groups(axes []string) [][]int {
	var others []string
	for _, n := range m.Names {
		if !slices.Contains(axes, n) {
			others = append(others, n)
		}
	}
	groups := make([][]int, m.SizeOf(others))
	for i := range groups {
		groups[i] = make([]int, m.SizeOf(axes))
	}
	for i := range m.Devices {
		groups[m.IndexAlong(others, i)][m.IndexAlong(axes, i)] = i
	}
	return groups
}

// Equal reports whether m and o have the same axes and the same devices in the same places.
func (m *Mesh) Equal(o *Mesh) bool {
	return m == o || m != nil && o != nil && m.SameDevices(o) && slices.Equal(m.Names, o.Names) &&
		slices.Equal(m.Shape, o.Shape)
}

// SameDevices reports whether m and o have the same devices in the same order: then one program can use both.
func (m *Mesh) SameDevices(o *Mesh) bool {
	return m == o || m.Platform == o.Platform && slices.Equal(m.Devices, o.Devices)
}

// DeviceIDs are the numbers of the devices.
func (m *Mesh) DeviceIDs() []int { return slices.Clone(m.Devices) }

// String is the axes and their sizes: "Mesh(data: 4, model: 2)".
func (m *Mesh) String() string {
	if m == nil {
		return "no mesh"
	}
	s := make([]string, len(m.Names))
	for i, n := range m.Names {
		s[i] = fmt.Sprintf("%s: %d", n, m.Shape[i])
	}
	return "Mesh(" + strings.Join(s, ", ") + ")"
}

// Meshed is implemented by operations that run over the devices of a mesh. InSpecs are how their operands are cut.
type Meshed interface {
	Op
	OnMesh() *Mesh
	InSpecs() []Spec
}

// Mesh is the mesh that operations of p run over, nil if none does. Meshes of one program must have the same devices in
// the same order.
func (p *Program) Mesh() (*Mesh, error) {
	var mesh *Mesh
	for i := range p.Eqns {
		e := &p.Eqns[i]
		var found []*Mesh
		if o, ok := e.Op.(Meshed); ok {
			found = append(found, o.OnMesh())
		}
		if n, ok := e.Op.(Nested); ok {
			for _, q := range n.Programs() {
				m, err := q.Mesh()
				if err != nil {
					return nil, err
				}
				found = append(found, m)
			}
		}
		for _, m := range found {
			switch {
			case m == nil:
			case mesh == nil:
				mesh = m
			case !mesh.SameDevices(m):
				return nil, fmt.Errorf("one program uses the devices of two meshes: %v with the devices %v, and %v "+
					"with %v; use one mesh, or meshes of the same devices in the same order", mesh, mesh.Devices, m,
					m.Devices)
			}
		}
	}
	return mesh, nil
}
