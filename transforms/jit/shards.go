package jit

import (
	"fmt"
	"slices"

	"github.com/gojax/gojax/backend/pjrt"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Shards is the data of a Value that lies over the devices of a mesh: a block for each of its places (PlacesOf).
type Shards struct {
	sharding ir.Sharding
	blocks   []*pjrt.Buffer
}

var _ trace.Buffer = (*Shards)(nil)

// Ready waits for all blocks and returns the error of the first that failed.
func (s *Shards) Ready() error {
	for _, b := range s.blocks {
		if err := b.Ready(); err != nil {
			return err
		}
	}
	return nil
}

// IsReady reports whether all blocks are computed.
func (s *Shards) IsReady() bool {
	return !slices.ContainsFunc(s.blocks, func(b *pjrt.Buffer) bool { return !b.IsReady() })
}

// Delete frees all blocks.
func (s *Shards) Delete() {
	for _, b := range s.blocks {
		b.Delete()
	}
}

// Deleted reports whether a block was freed or given away.
func (s *Shards) Deleted() bool { return slices.ContainsFunc(s.blocks, (*pjrt.Buffer).Deleted) }

// partsOf are the blocks of a concrete v with their places in it, each part of v once if once is set. One device has
// all of v as its one block.
func partsOf(v *trace.Value, once bool) []pjrt.Block {
	shape := v.Shape()
	switch b := v.Buffer().(type) {
	case *pjrt.Buffer:
		return []pjrt.Block{{Index: wholeOf(shape), Buffer: b}}
	case *Shards:
		var parts []pjrt.Block
		for i, place := range PlacesOf(b.sharding.Mesh) {
			at := b.sharding.Index(place, shape)
			if !once || !slices.ContainsFunc(parts, func(p pjrt.Block) bool { return slices.Equal(p.Index, at) }) {
				parts = append(parts, pjrt.Block{Index: at, Buffer: b.blocks[i]})
			}
		}
		return parts
	}
	return nil
}

// wholeOf is all of an array of that shape as a part of it.
func wholeOf(shape []int) [][2]int {
	r := make([][2]int, len(shape))
	for i, n := range shape {
		r[i][1] = n
	}
	return r
}

// devicesOf are the devices of a mesh that are of this process, at PlacesOf(m).
func devicesOf(m *ir.Mesh) ([]*pjrt.Device, error) {
	if m.OverProcesses() {
		d, err := ownDevice(m)
		return []*pjrt.Device{d}, err
	}
	devs, err := allDevicesOf(m)
	mine := slices.DeleteFunc(devs, func(d *pjrt.Device) bool { return !d.IsAddressable() })
	if err == nil && len(mine) == 0 {
		err = fmt.Errorf("%v has the devices %v, of which none is of this process", m, m.Devices)
	}
	return mine, err
}

// allDevicesOf are the devices of a mesh, by their numbers.
func allDevicesOf(m *ir.Mesh) ([]*pjrt.Device, error) {
	c, err := pjrt.Open(m.Platform)
	if err != nil {
		return nil, err
	}
	all := c.AllDevices()
	devs := make([]*pjrt.Device, len(m.Devices))
	for i, id := range m.Devices {
		k := slices.IndexFunc(all, func(d *pjrt.Device) bool { return d.ID() == id })
		if k < 0 {
			return nil, fmt.Errorf("%v has the device %s:%d, which is not there", m, m.Platform, id)
		}
		devs[i] = all[k]
	}
	return devs, nil
}

// ShardingOf is how v lies over a mesh; false where it is on one device, or traced.
func ShardingOf(v *trace.Value) (ir.Sharding, bool) {
	if s, ok := v.Buffer().(*Shards); ok {
		return s.sharding, true
	}
	return ir.Sharding{}, false
}

// Shard is the part of an array that one device has.
type Shard struct {
	Device  *pjrt.Device
	Index   [][2]int // from and to, for each dimension
	Replica int      // its number among the devices that have the same part
	Value   *trace.Value
}

// ShardsOf are the parts of v, in the order of the mesh; v itself where it is on one device.
func ShardsOf(v *trace.Value) []Shard {
	needConcrete(v)
	s, ok := v.Buffer().(*Shards)
	if !ok {
		return []Shard{{DeviceOf(v), wholeOf(v.Shape()), 0, v}}
	}
	shards := make([]Shard, len(s.blocks))
	for i, place := range PlacesOf(s.sharding.Mesh) {
		b := s.blocks[i]
		if s.sharding.Mesh.OverProcesses() {
			own, err := onOrdinary(b)
			if err != nil {
				failed(v, err)
			}
			b = own
		}
		aval := v.Aval().With(b.Dims())
		shards[i] = Shard{b.Device(), s.sharding.Index(place, v.Shape()), s.sharding.Replica(place),
			trace.Concrete(aval, b, v.Src())}
	}
	return shards
}

// PutSharding is v over the devices of s.Mesh: v itself if it lies so already. On a CPU no data are copied where a
// device's part is in one piece in memory. A traced value is constrained.
func PutSharding(op string, v *trace.Value, s ir.Sharding) *trace.Value {
	if v.Traced() {
		return ops.ShardingConstraint(v, s)
	}
	s = closed(s)
	trace.Must(s.Check(v.Shape()), op, []ir.Aval{v.Aval()})
	have, over := v.Buffer().(*Shards)
	if over && have.sharding.Equivalent(s, v.Rank()) {
		return trace.Concrete(v.Aval(), &Shards{s, have.blocks}, v.Src())
	}
	if over && have.sharding.Mesh.SameDevices(s.Mesh) && Spans(s.Mesh) {
		return ops.ShardingConstraint(v, s)
	}
	if IsPart(v) && s.Mesh.OverProcesses() { // others, or in another order: each has all for a moment
		v = ops.ShardingConstraint(v, ir.Sharding{Mesh: have.sharding.Mesh})
	}
	needWhole(v)
	devs, err := devicesOf(s.Mesh)
	trace.Must(err, op, []ir.Aval{v.Aval()})
	blocks, err := spread(v, s, devs)
	if err != nil {
		raise(err, op, []*trace.Value{v}, nil)
	}
	y := trace.Concrete(v.Aval(), &Shards{s, blocks}, ir.Here(1))
	if trace.KeyReuse() {
		trace.RowOfKeys(y, v, 0, 1)
	}
	return y
}

// closed is s without open dimensions: nothing chooses for them.
func closed(s ir.Sharding) ir.Sharding {
	for i, d := range s.Spec {
		if d.Open {
			s.Spec = slices.Clone(s.Spec)
			s.Spec[i].Open = false
		}
	}
	return s
}

// spread makes the blocks of the concrete v on devs, the devices of s.Mesh.
func spread(v *trace.Value, s ir.Sharding, devs []*pjrt.Device) (blocks []*pjrt.Buffer, err error) {
	blocks = make([]*pjrt.Buffer, len(devs))
	parts, places := partsOf(v, false), PlacesOf(s.Mesh)
	for i, d := range devs {
		if parts == nil {
			blocks[i], err = scalarOn(v, d, true)
		} else {
			blocks[i], err = d.Client().Assemble(d, s.Index(places[i], v.Shape()), parts)
		}
		if err != nil {
			for _, b := range blocks[:i] {
				b.Delete()
			}
			return nil, err
		}
	}
	return blocks, nil
}

// FromShards is the array of that type whose blocks over s.Mesh are given, in the order of the mesh.
func FromShards(op string, aval ir.Aval, s ir.Sharding, blocks []*trace.Value) *trace.Value {
	s = closed(s)
	shape, err := s.ShardShape(aval.Shape)
	trace.Must(err, op, []ir.Aval{aval})
	devs, err := devicesOf(s.Mesh)
	trace.Must(err, op, []ir.Aval{aval})
	if len(blocks) != len(devs) {
		trace.Fail(op, []ir.Aval{aval}, "%d blocks for the %d devices of %v that are here: give one for each",
			len(blocks), len(devs), s.Mesh)
	}
	data := &Shards{s, make([]*pjrt.Buffer, len(devs))}
	for i, v := range blocks {
		needConcrete(v)
		if want := aval.With(shape); !v.Aval().SameType(want) {
			trace.Fail(op, []ir.Aval{v.Aval()}, "block %d is %v; the blocks of %v that is cut as %v are %v", i,
				v.Aval(), aval, s.Spec, want)
		}
		b, ok := v.Buffer().(*pjrt.Buffer)
		if s.Mesh.OverProcesses() {
			one, err := spread(v, ir.Sharding{Mesh: s.Mesh}, devs)
			trace.Must(err, op, []ir.Aval{v.Aval()})
			b = one[0]
		} else if !ok || b.Device() != devs[i] {
			b = DevicePut(v, devs[i]).Buffer().(*pjrt.Buffer)
		}
		data.blocks[i] = b
	}
	return trace.Concrete(aval, data, ir.Here(1))
}
