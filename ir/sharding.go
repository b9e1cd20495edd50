package ir

import (
	"fmt"
	"slices"
	"strings"
)

// Spec says how an array is cut along each of its dimensions; dimensions behind the last entry are not cut. JAX calls
// it a PartitionSpec.
type Spec []Dim

// Dim is how one dimension is cut: over the axes of a mesh, of which the first counts most; over none, if there are
// none; or, if it is Open, as the compiler likes.
type Dim struct {
	Axes []string
	Open bool
}

// Names are all axes that s names.
func (s Spec) Names() []string {
	var all []string
	for _, d := range s {
		all = append(all, d.Axes...)
	}
	return all
}

// At is the entry for dimension i.
func (s Spec) At(i int) Dim {
	if i < len(s) {
		return s[i]
	}
	return Dim{}
}

// Insert is s with one more dimension at position i.
func (s Spec) Insert(i int, d Dim) Spec {
	r := slices.Clone(s)
	for len(r) < i {
		r = append(r, Dim{})
	}
	return slices.Insert(r, i, d)
}

// Trim is s without the empty entries at its end.
func (s Spec) Trim() Spec {
	for len(s) > 0 && len(s[len(s)-1].Axes) == 0 && !s[len(s)-1].Open {
		s = s[:len(s)-1]
	}
	return s
}

// Equal reports whether s and o have the same entries; an empty one at the end counts.
func (s Spec) Equal(o Spec) bool {
	return slices.EqualFunc(s, o, func(a, b Dim) bool { return a.Open == b.Open && slices.Equal(a.Axes, b.Axes) })
}

// String is what makes the Spec: `P("x", nil, []string{"y", "z"})`.
func (s Spec) String() string {
	e := make([]string, len(s))
	for i, d := range s {
		switch {
		case d.Open:
			e[i] = "Unconstrained"
		case len(d.Axes) == 0:
			e[i] = "nil"
		case len(d.Axes) == 1:
			e[i] = fmt.Sprintf("%q", d.Axes[0])
		default:
			e[i] = `[]string{"` + strings.Join(d.Axes, `", "`) + `"}`
		}
	}
	return "P(" + strings.Join(e, ", ") + ")"
}

// Check tests what s says of the axes of a mesh: that they are there and that none is named twice.
func (s Spec) Check(m *Mesh) error {
	if m == nil {
		return fmt.Errorf("there is no mesh")
	}
	if len(m.Names) != len(m.Shape) || SizeOf(m.Shape) != len(m.Devices) {
		return fmt.Errorf("a mesh of shape %v has the names %q and %d devices; gojax.NewMesh makes a mesh", m.Shape,
			m.Names, len(m.Devices))
	}
	all := s.Names()
	for i, a := range all {
		if m.AxisSize(a) == 0 {
			return fmt.Errorf("%v names the axis %q, which %v has not", s, a, m)
		}
		if slices.Contains(all[:i], a) {
			return fmt.Errorf("%v names the axis %q twice; an axis can cut one dimension", s, a)
		}
	}
	return nil
}

// Block is the shape of a block of an array that s cuts over m. A dimension that does not divide is an error.
func (s Spec) Block(m *Mesh, shape []int) ([]int, error) {
	if len(s) > len(shape) {
		hint := ""
		if len(shape) == 0 {
			hint = "; a scalar's is P()"
		}
		return nil, fmt.Errorf("%v has %d entries for an array of %d dimensions, %v%s", s, len(s), len(shape), shape,
			hint)
	}
	b := slices.Clone(shape)
	for i, d := range s {
		n := m.SizeOf(d.Axes)
		if b[i]%n != 0 {
			return nil, fmt.Errorf("%v cuts dimension %d of the shape %v into %d parts, which does not divide its "+
				"size %d; pad it to %d, or do not cut it", s, i, shape, n, b[i], (b[i]+n-1)/n*n)
		}
		b[i] /= n
	}
	return b, nil
}

// Sharding is where the parts of an array are: it is cut as Spec says over the devices of Mesh. JAX calls it a
// NamedSharding.
type Sharding struct {
	Mesh *Mesh
	Spec Spec
}

// Check says why an array of that shape cannot be cut so; nil if it can.
func (s Sharding) Check(shape []int) error {
	if err := s.Spec.Check(s.Mesh); err != nil {
		return err
	}
	_, err := s.Spec.Block(s.Mesh, shape)
	return err
}

// ShardShape is the shape of each device's part of an array of that shape.
func (s Sharding) ShardShape(shape []int) ([]int, error) {
	if err := s.Spec.Check(s.Mesh); err != nil {
		return nil, err
	}
	return s.Spec.Block(s.Mesh, shape)
}

// Index is the part of an array of that shape that the i-th device of the mesh has: from and to, for each dimension.
// The sharding fits the shape (see Check).
func (s Sharding) Index(i int, shape []int) [][2]int {
	r := make([][2]int, len(shape))
	for k, n := range shape {
		axes := s.Spec.At(k).Axes
		n /= s.Mesh.SizeOf(axes)
		at := s.Mesh.IndexAlong(axes, i)
		r[k] = [2]int{at * n, (at + 1) * n}
	}
	return r
}

// Replica is the number of the i-th device among those that have the same part.
func (s Sharding) Replica(i int) int {
	named := s.Spec.Names()
	var others []string
	for _, n := range s.Mesh.Names {
		if !slices.Contains(named, n) {
			others = append(others, n)
		}
	}
	return s.Mesh.IndexAlong(others, i)
}

// Replicated reports whether every device has the whole array.
func (s Sharding) Replicated() bool { return s.Mesh.SizeOf(s.Spec.Names()) == 1 }

// Equal reports whether s and o have equal meshes and equal entries.
func (s Sharding) Equal(o Sharding) bool { return s.Mesh.Equal(o.Mesh) && s.Spec.Equal(o.Spec) }

// Equivalent reports whether s and o give each device the same part of an array of so many dimensions, in the same
// order of devices.
func (s Sharding) Equivalent(o Sharding, rank int) bool {
	if !s.Mesh.SameDevices(o.Mesh) {
		return false
	}
	for k := range max(rank, len(s.Spec), len(o.Spec)) {
		a, b := s.Spec.At(k).Axes, o.Spec.At(k).Axes
		if s.Mesh.SizeOf(a) != o.Mesh.SizeOf(b) {
			return false
		}
		for i := range s.Mesh.Devices {
			if s.Mesh.IndexAlong(a, i) != o.Mesh.IndexAlong(b, i) {
				return false
			}
		}
	}
	return true
}

// DeviceIDs are the numbers of the devices.
func (s Sharding) DeviceIDs() []int {
	if s.Mesh == nil {
		return nil
	}
	return s.Mesh.DeviceIDs()
}

// String is the mesh and the cut: `P("data", nil) over Mesh(data: 4, model: 2)`.
func (s Sharding) String() string { return s.Spec.String() + " over " + s.Mesh.String() }

// Tiling is a sharding as compilers write it: an array cut into Tiles along each dimension, and which device has which
// tile. Devices lists the places of the mesh, row-major by tile, and, if ReplicateLast, so many for each tile as there
// are left. Nil Tiles: every device has the whole.
type Tiling struct {
	Tiles, Devices []int
	ReplicateLast  bool
}

// Tiling is how compilers write s, of an array of so many dimensions.
func (s Sharding) Tiling(rank int) Tiling {
	m, named := s.Mesh, s.Spec.Names()
	t := Tiling{Devices: make([]int, m.Size())}
	for k := range rank {
		t.Tiles = append(t.Tiles, m.SizeOf(s.Spec.At(k).Axes))
	}
	all := slices.Clone(named)
	for _, n := range m.Names {
		if !slices.Contains(named, n) {
			all, t.ReplicateLast = append(all, n), true
		}
	}
	for i := range m.Devices {
		t.Devices[m.IndexAlong(all, i)] = i
	}
	return t
}

// SpecOf is the Spec over m that cuts an array as t does, if there is one.
func (m *Mesh) SpecOf(t Tiling) (Spec, bool) {
	if t.Tiles == nil {
		return Spec{}, true
	}
	tiles := 1
	for _, n := range t.Tiles {
		tiles *= n
	}
	if tiles == 0 || len(t.Devices) != m.Size() || m.Size()%tiles != 0 {
		return nil, false
	}
	of := make([]int, m.Size()) // the tile of each place
	for k, place := range t.Devices {
		if place < 0 || place >= m.Size() {
			return nil, false
		}
		of[place] = k / (m.Size() / tiles)
	}
	s := make(Spec, len(t.Tiles))
	stride := tiles
	var used []string
	for k, n := range t.Tiles {
		stride /= n
		axes, ok := m.axesOf(n, func(place int) int { return of[place] / stride % n }, used)
		if !ok {
			return nil, false
		}
		s[k].Axes = axes
		used = append(used, axes...)
	}
	return s.Trim(), true
}

// axesOf are the axes, in order, along which places have the numbers at, of which there are n.
func (m *Mesh) axesOf(n int, at func(place int) int, used []string) ([]string, bool) {
	if n == 1 {
		return nil, true
	}
	// The last axis is the one along which the number grows by one.
	for a, name := range m.Names {
		size := m.Shape[a]
		if size == 1 || n%size != 0 || slices.Contains(used, name) {
			continue
		}
		s := m.Stride(a)
		fits := true
		for place := range m.Devices {
			fits = fits && at(place)%size == place/s%size
		}
		if !fits {
			continue
		}
		if rest, ok := m.axesOf(n/size, func(place int) int { return at(place) / size },
			append(slices.Clone(used), name)); ok {
			return append(rest, name), true
		}
	}
	return nil, false
}
