package gojax

import (
	"github.com/gojax/gojax/trace"
	"github.com/gojax/gojax/transforms/shard"
	"github.com/gojax/gojax/transforms/vmap"
)

// Specs is a list of Specs for ShardMap: one entry for each argument or result, each a Spec for all arrays in it, or,
// for one that is a tree, a tree prefix of Specs: a slice for a slice, a map for a map, and for a struct a map or
// another struct with its field names.
type Specs []any

// ShardMapOption changes what ShardMap does.
type ShardMapOption = shard.Option

// ManualAxes has the function of ShardMap see these axes of the mesh alone: specs and collective operations can name
// them and no others, and over the others the compiler distributes the arrays and the work inside as it does under Jit.
// (jax.shard_map's axis_names.)
func ManualAxes(names ...string) ShardMapOption {
	if len(names) == 0 {
		trace.Fail("gojax.ManualAxes", nil, "names no axis; leave the option out for all axes of the mesh")
	}
	return func(o *shard.Options) { o.Manual = names }
}

// CheckVMA has ShardMap know which values vary over which axes of the mesh: those of arguments vary over the axes that
// their Spec names, what is computed of them too, and lax.PSum, PMean, PMax and PMin over an axis make one value of
// them all. A result that may vary over an axis that its Spec does not name is then an error, and derivatives that the
// function takes itself are those of one function that all devices compute together: a sum over the mesh counts once,
// and the gradient of what all devices have is the sum of what they find. (jax.shard_map's check_vma, true by default.)
// Derivatives of the whole are the same with and without it.
func CheckVMA() ShardMapOption { return func(o *shard.Options) { o.CheckVMA = true } }

// ShardMap is f run once on every device of the mesh, on its block of each argument (jax.shard_map; its check_vma is
// the option CheckVMA). It has f's signature, which may be any of trees of arrays, but takes and returns whole arrays.
// in says how arguments are cut into blocks, and out how whole results are put together from blocks: one Spec for all
// arrays, or Specs with an entry for each argument or result. A dimension whose entry names axes of the mesh is cut
// along them, and its size is a multiple of their number of devices; what a Spec does not name is the same in every
// block. P() gives each device the whole argument; for a result it says that all devices computed the same, and the
// first one's is taken.
//
// In f the axes of the mesh are named axes: lax.PSum, AllGather, PPermute, AllToAll, AxisIndex and the other collective
// operations compute across the devices. All devices along an axis must come to the same collective operations in the
// same order: one inside a lax.Cond or WhileLoop that depends on lax.AxisIndex waits without an end. Arrays that f
// takes from outside are whole on every device. Plain Go values among the arguments are passed on, and need no Spec.
//
// Arguments may lie anywhere: what is not distributed as in says is moved. Outside Jit, f is traced at each call, and
// the executable is found again by what was traced. ShardMap may be used inside Jit, Grad, Vmap and control flow; under
// Grad, the derivative is that of the function of whole arrays. Taken inside of f, Grad sees one block: the gradient of
// a sum over the mesh counts each of its terms once for every device, but with CheckVMA.
//
// It panics with *Error where mesh, specs, f and arguments do not fit.
//
// Options: ManualAxes, CheckVMA.
func ShardMap[F any](f F, mesh *Mesh, in, out any, opts ...ShardMapOption) F {
	return shard.ShardMap(f, mesh, in, out, opts)
}

// PmapOption changes what Pmap maps over. InAxes, OutAxes, AxisName and AxisSize are those of Vmap.
type PmapOption = VmapOption

// PmapDevices are the devices of Pmap, one for each element of the mapped axis, in their order. Without it these are
// the first of the default platform.
func PmapDevices(devices ...*Device) PmapOption {
	const op = "gojax.PmapDevices"
	if len(devices) == 0 {
		trace.Fail(op, nil, "gives no device; leave the option out for the first ones")
	}
	ids := make([]int, len(devices))
	for i, d := range devices {
		if d == nil {
			trace.Fail(op, nil, "device %d is nil; gojax.Devices lists them", i)
		}
		ids[i] = d.ID()
	}
	return func(o *vmap.Options) { o.Devices = ids }
}

// PmapMesh has Pmap map over the devices of a mesh, in its order, as PmapDevices does over devices: over the processes
// of a job, if it is of distributed.NewMesh.
func PmapMesh(m *Mesh) PmapOption {
	if m == nil {
		trace.Fail("gojax.PmapMesh", nil, "the mesh is nil; gojax.NewMesh or distributed.NewMesh makes one")
	}
	return func(o *vmap.Options) { o.Mesh = m }
}

// Pmap is Vmap with a device for each element (jax.pmap): f runs once on every device, on its element of the mapped
// axis, which lies over the devices afterwards. It has f's signature, and sees arrays without the mapped axis. What is
// mapped is said as for Vmap, but that OutAxes may have None for every result of which all devices have the same: the
// first one's is returned. By the name that AxisName gives, f computes across the devices (lax.PSum and so on); Plain
// Go values among the arguments are passed on, as JAX's static_broadcasted_argnums. (JAX's devices are PmapDevices.)
//
// The mapped axis is at most as long as there are devices. On a CPU the environment variable GOJAX_NUM_CPU_DEVICES,
// which is read when the first array is made, says how many there are. ShardMap has blocks of several elements, and
// meshes of several axes; Vmap with OverCores shares any number of elements among the cores of one device.
//
// It panics with *Error where f, options and arguments do not fit.
//
// Options: InAxes, OutAxes, AxisName, AxisSize, PmapDevices, PmapMesh.
func Pmap[F any](f F, opts ...PmapOption) F { return vmap.Pmap(f, opts, platformDevices) }

// platformDevices are the numbers of the devices of the default platform.
func platformDevices() (platform string, ids []int) {
	all, err := Devices()
	trace.Must(err, "gojax.Pmap", nil)
	for _, d := range all {
		ids = append(ids, d.ID())
	}
	return all[0].Client().Platform(), ids
}
