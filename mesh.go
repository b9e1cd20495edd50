package gojax

import (
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/trace"
	"github.com/gojax/gojax/transforms/jit"
)

// Mesh is devices in a grid whose axes have names (jax.sharding.Mesh). It is never changed.
type Mesh = ir.Mesh

// Spec says over which axes of a mesh each dimension of an array is cut (jax.sharding.PartitionSpec); P makes one.
type Spec = ir.Spec

// Sharding is where the parts of an array are: cut as its Spec says over the devices of its Mesh
// (jax.sharding.NamedSharding).
type Sharding = ir.Sharding

// Placement is where DevicePut puts arrays: a *Device, a Sharding, or a ShardingTree.
type Placement = jit.Placement

// ShardingTree is shardings for the arrays of a tree: see NamedShardings.
type ShardingTree = jit.ShardingTree

// NewMesh is devices in a grid of that shape, row-major, whose axes have those names (jax.make_mesh). Without devices
// the first of the default platform are taken. On a CPU there is one, unless GOJAX_NUM_CPU_DEVICES asks for more. It
// panics with *Error where there are too few devices, one is named twice, or an axis has no name of its own.
func NewMesh(shape []int, names []string, devices ...*Device) *Mesh {
	const op = "gojax.NewMesh"
	n := 1
	for _, s := range shape {
		n *= s
	}
	if len(devices) == 0 && n > 0 {
		all, err := Devices()
		trace.Must(err, op, nil)
		if len(all) < n {
			trace.Fail(op, nil, "a mesh of shape %v needs %d devices, and there are %d: %v. On a CPU "+
				"GOJAX_NUM_CPU_DEVICES=%d in the environment makes as many", shape, n, len(all), all, n)
		}
		devices = all[:n]
	}
	platform := ""
	ids := make([]int, len(devices))
	for i, d := range devices {
		if d == nil {
			trace.Fail(op, nil, "device %d is nil", i)
		}
		if p := d.Client().Platform(); i > 0 && p != platform {
			trace.Fail(op, nil, "the devices %v are of several platforms; a mesh is of one", devices)
		} else {
			platform = p
		}
		ids[i] = d.ID()
	}
	m, err := ir.NewMesh(platform, shape, names, ids)
	trace.Must(err, op, nil)
	return m
}

// Unconstrained, as an entry of P, leaves a dimension to the compiler (jax.sharding.PartitionSpec.UNCONSTRAINED).
const Unconstrained unconstrained = "Unconstrained"

type unconstrained string

// P is a Spec: for each dimension the name of an axis, a []string of several, of which the first counts most, nil where
// the dimension is not cut, or Unconstrained. Dimensions behind the last entry are not cut, so that P() is for an array
// of which every device has all (jax.P).
func P(entries ...any) Spec {
	s := make(Spec, len(entries))
	for i, e := range entries {
		switch e := e.(type) {
		case nil:
		case string:
			s[i].Axes = []string{e}
		case []string:
			if len(e) > 0 {
				s[i].Axes = append([]string(nil), e...)
			}
		case unconstrained:
			s[i].Open = true
		default:
			trace.Fail("gojax.P", nil, "entry %d is a %T; give the name of an axis, a []string of names, nil, or "+
				"gojax.Unconstrained", i, e)
		}
	}
	return s
}

// NamedSharding is the sharding that cuts arrays as s says over the devices of m. It panics with *Error where s names
// an axis that m has not, or one twice.
func NamedSharding(m *Mesh, s Spec) Sharding {
	trace.Must(s.Check(m), "gojax.NamedSharding", nil)
	return Sharding{Mesh: m, Spec: s}
}

// NamedShardings is shardings over m for the arrays of a tree: specs is a tree prefix of Specs, in the form of InAxes.
// Where it does not fit the tree, what it is given to says so.
func NamedShardings(m *Mesh, specs any) ShardingTree {
	return ShardingTree{Mesh: m, Prefix: specs}
}

// ArrayFromCallback is the array of that shape and sharding whose parts f computes: it is called with the part's place,
// from and to for each dimension, and returns an array of its shape; all parts have one dtype. Parts that several
// devices have are computed once (jax.make_array_from_callback).
func ArrayFromCallback(shape []int, s Sharding, f func(index [][2]int) jnp.Array) jnp.Array {
	const op = "gojax.ArrayFromCallback"
	trace.Must(s.Check(shape), op, nil)
	if f == nil {
		trace.Fail(op, nil, "the function is nil; it makes the parts of the array")
	}
	places := jit.PlacesOf(s.Mesh)
	blocks := make([]jnp.Array, len(places))
	made := map[string]int{}
	for i, place := range places {
		index := s.Index(place, shape)
		key := string(ir.AppendParamKey(nil, index))
		if k, ok := made[key]; ok {
			blocks[i] = blocks[k]
			continue
		}
		made[key] = i
		blocks[i] = f(index)
	}
	return fromShards(op, shape, s, blocks)
}

// ArrayFromShards is the array of that shape and sharding whose blocks are given, one for each device of the mesh in
// the mesh's order (jax.make_array_from_single_device_arrays). A block that is on another device is copied.
func ArrayFromShards(shape []int, s Sharding, blocks []jnp.Array) jnp.Array {
	const op = "gojax.ArrayFromShards"
	trace.Must(s.Check(shape), op, nil)
	return fromShards(op, shape, s, blocks)
}

func fromShards(op string, shape []int, s Sharding, blocks []jnp.Array) jnp.Array {
	v := make([]*trace.Value, len(blocks))
	for i, b := range blocks {
		if v[i] = b.TraceValue(); v[i] == nil {
			trace.FailUnset(op, "")
		}
	}
	if len(v) == 0 {
		trace.Fail(op, nil, "there are no blocks; give one for each device of %v", s.Mesh)
	}
	return jnp.Wrap(jit.FromShards(op, v[0].Aval().With(shape), s, v))
}

// InShardings says how the arguments lie over a mesh, one entry for each: a Sharding, a tree prefix of them,
// NamedShardings, or nil where nothing is said; one lone entry holds for all. Arrays on one device are put so; one that
// lies over a mesh otherwise is an *Error. (in_shardings of jax.jit)
func InShardings(entries ...any) JitOption {
	return func(f *jit.Func) { f.In = append([]any{}, entries...) }
}

// OutShardings says how the results lie over a mesh, in the form of InShardings. Where nothing is said the compiler
// chooses. (out_shardings of jax.jit)
func OutShardings(entries ...any) JitOption {
	return func(f *jit.Func) { f.Out = append([]any{}, entries...) }
}
