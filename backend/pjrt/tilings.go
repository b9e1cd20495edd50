package pjrt

import (
	"fmt"
	"slices"

	"github.com/gojax/gojax/ir"
)

// The numbers of the fields of XLA's OpSharding (xla/xla_data.proto), and of its types.
const (
	moduleOutputSharding = 12

	shardingType          = 1
	shardingTiles         = 3
	shardingDevices       = 4
	shardingTuple         = 5
	shardingReplicateLast = 6
	shardingLastTypes     = 8
	shardingIotaDims      = 9
	shardingIotaOrder     = 10

	shardingReplicated = 0
	shardingIsTuple    = 2
	shardingOther      = 3
)

// OutputTilings are how the results of a program that was compiled for several devices are cut into blocks, as its
// text said or, where it left that open, as the compiler chose. Devices are counted as the program's partitions are.
func (x *Executable) OutputTilings() ([]ir.Tiling, error) {
	whole := make([]ir.Tiling, len(x.outs))
	if len(x.devices) < 2 {
		return whole, nil
	}
	m, err := x.module()
	if err != nil {
		return nil, err
	}
	s, err := m.one(moduleOutputSharding)
	if err != nil {
		return nil, fmt.Errorf("pjrt: shardings of the results: %w", err)
	}
	if s == nil {
		return whole, nil
	}
	t, err := readTilings(s, len(x.devices), len(x.outs))
	if err != nil {
		return nil, fmt.Errorf("pjrt: shardings of the results: %w", err)
	}
	return t, nil
}

// name is that of the program's module.
func (x *Executable) name() (string, error) {
	m, err := x.module()
	if err != nil {
		return "", err
	}
	name, err := m.one(moduleName)
	return string(name), err
}

// module is the HloModuleProto of the optimized program.
func (x *Executable) module() (message, error) {
	code, format, err := x.optimized()
	if err != nil {
		return nil, err
	}
	m, err := moduleOf(code, format)
	if m == nil && err == nil {
		err = fmt.Errorf("pjrt: the optimized program is in the format %q, which is not known", format)
	}
	return m, err
}

// readTilings reads the sharding of so many results: a tuple's, or, of one, its own.
func readTilings(m message, devices, results int) ([]ir.Tiling, error) {
	s, err := readSharding(m)
	if err != nil {
		return nil, err
	}
	all := []sharding{s}
	if s.kind == shardingIsTuple {
		all = nil
		for _, m := range s.tuple {
			s, err := readSharding(m)
			if err != nil {
				return nil, err
			}
			all = append(all, s)
		}
	} else if s.kind == shardingReplicated {
		all = slices.Repeat(all, results)
	}
	if len(all) != results {
		return nil, fmt.Errorf("there are %d for %d results: %w", len(all), results, errProto)
	}
	out := make([]ir.Tiling, results)
	for i, s := range all {
		if out[i], err = s.tiling(devices); err != nil {
			return nil, fmt.Errorf("result %d: %w", i, err)
		}
	}
	return out, nil
}

// sharding is an OpSharding.
type sharding struct {
	kind                        uint64
	tiles, devices, iota, order []int64
	lastTypes                   []int64
	replicateLast               bool
	tuple                       []message
}

func readSharding(m message) (s sharding, err error) {
	err = m.each(func(f field) error {
		switch f.number {
		case shardingType:
			s.kind = f.value
		case shardingTiles:
			s.tiles = f.ints(s.tiles)
		case shardingDevices:
			s.devices = f.ints(s.devices)
		case shardingTuple:
			s.tuple = append(s.tuple, f.bytes)
		case shardingReplicateLast:
			s.replicateLast = f.value != 0
		case shardingLastTypes:
			s.lastTypes = f.ints(s.lastTypes)
		case shardingIotaDims:
			s.iota = f.ints(s.iota)
		case shardingIotaOrder:
			s.order = f.ints(s.order)
		}
		return nil
	})
	return s, err
}

// tiling is s for so many devices.
func (s sharding) tiling(devices int) (t ir.Tiling, err error) {
	if s.kind == shardingReplicated {
		return t, nil
	}
	// Of the last dimensions of the tiles, so many are none of the array's: one, of copies, is all that we can say.
	last := len(s.lastTypes)
	if s.kind != shardingOther || last > 1 || last == 1 && s.lastTypes[0] != shardingReplicated {
		return t, fmt.Errorf("a sharding of kind %d %v is not of tiles", s.kind, s.lastTypes)
	}
	t.ReplicateLast = s.replicateLast || last == 1
	list := s.devices
	if s.iota != nil {
		if list, err = iotaList(s.iota, s.order, devices); err != nil {
			return t, err
		}
	}
	tiles := 1
	for _, n := range s.tiles {
		if n < 1 || n > int64(devices) || tiles > devices {
			return t, errProto
		}
		tiles *= int(n)
		t.Tiles = append(t.Tiles, int(n))
	}
	if tiles != devices || len(list) != devices || t.ReplicateLast && len(t.Tiles) == 0 {
		return t, errProto
	}
	if t.ReplicateLast {
		t.Tiles = t.Tiles[:len(t.Tiles)-1]
	}
	for _, d := range list {
		t.Devices = append(t.Devices, int(d))
	}
	if t.Tiles == nil {
		t.Tiles = []int{}
	}
	return t, nil
}

// iotaList is the numbers from 0 on in an array of dimensions dims, whose axes are then put in another order.
func iotaList(dims, order []int64, devices int) ([]int64, error) {
	n := int64(1)
	for _, d := range dims {
		if d < 1 || n > int64(devices) {
			return nil, errProto
		}
		n *= d
	}
	if n != int64(devices) || len(order) > 0 && len(order) != len(dims) {
		return nil, errProto
	}
	if len(order) == 0 {
		for k := range dims {
			order = append(order, int64(k))
		}
	}
	strides := make([]int64, len(dims))
	for k, stride := len(dims)-1, int64(1); k >= 0; k-- {
		strides[k] = stride
		stride *= dims[k]
	}
	list := []int64{0}
	for k, axis := range order {
		if axis < 0 || axis >= int64(len(dims)) || slices.Contains(order[:k], axis) {
			return nil, errProto
		}
		next := make([]int64, 0, len(list)*int(dims[axis]))
		for _, v := range list {
			for i := range dims[axis] {
				next = append(next, v+i*strides[axis])
			}
		}
		list = next
	}
	return list, nil
}
