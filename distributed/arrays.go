package distributed

import (
	"fmt"
	"unsafe"

	"github.com/gojax/gojax/backend/mpi"
	"github.com/gojax/gojax/backend/pjrt"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
	"github.com/gojax/gojax/transforms/jit"
)

// NewMesh is the processes of the job in a grid of that shape, row-major by rank, whose axes have those names. It
// panics with *Error where the shape has not as many places as there are processes. Where gojax computes on GPUs it is
// a mesh of these: of one of each process, or of all, if the shape has as many places.
//
// Over it, arrays lie as over a mesh of devices, but each process holds its own part alone: x.Shards() has that one.
// What a process passes that lies nowhere yet is its copy of the whole array, the same in all, of which it takes its
// part. Between CPUs, operations outside of gojax.ShardMap that work element by element do so on the parts; for all
// others every process gathers the whole arrays. Between GPUs the compiler divides the work, as in one process.
func NewMesh(shape []int, names []string) *ir.Mesh {
	const op = "distributed.NewMesh"
	n := ir.SizeOf(shape)
	platform, places, counts := ir.Processes, []int(nil), fmt.Sprintf("%d processes of the job", Size())
	if c, err := pjrt.Default(); err == nil && c.Platform() != "cpu" {
		platform, places = c.Platform(), devicesFor(n, c.AllDevices())
		counts += fmt.Sprintf(" and their %d GPUs", len(c.AllDevices()))
	} else {
		for i := range Size() {
			places = append(places, i)
		}
	}
	if n != len(places) {
		trace.Fail(op, nil, "a mesh of shape %v has %d places for the %s; start as many (mpirun -n %d ./prog), or "+
			"make the shape of distributed.Size()", shape, n, counts, n)
	}
	m, err := ir.NewMesh(platform, shape, names, places)
	trace.Must(err, op, nil)
	return m
}

// devicesFor are the numbers of all devices, or, where n are not as many, of the first of each process.
func devicesFor(n int, all []*pjrt.Device) (ids []int) {
	last := -1
	for _, d := range all {
		if n == len(all) || d.ProcessIndex() != last {
			ids = append(ids, d.ID())
		}
		last = d.ProcessIndex()
	}
	return ids
}

// Gather is the tree x, with arrays that lie over processes as whole arrays on the device of each process
// (jax.experimental.multihost_utils.process_allgather with tiled). All processes must call it. Other arrays stay as
// they are.
func Gather[T any](x T) T {
	def, leaves := trace.Flatten(x)
	for i, v := range leaves {
		s, ok := jit.ShardingOf(v)
		if !ok || !jit.Spans(s.Mesh) {
			continue
		}
		whole := jit.PutSharding("distributed.Gather", v, ir.Sharding{Mesh: s.Mesh})
		leaves[i] = jit.ShardsOf(whole)[0].Value
	}
	return trace.Unflatten[T](def, leaves)
}

// Broadcast is the tree x of process 0, in all processes (jax.experimental.multihost_utils.broadcast_one_to_all). All
// must call it, with trees of the same structure, shapes, dtypes and plain Go values, of which those of the others are
// not looked at further. Arrays that lie over the processes are refused.
func Broadcast[T any](x T) T {
	def, leaves := trace.Flatten(x)
	types := trace.Avals(leaves)
	for i, v := range leaves {
		if jit.IsPart(v) { // said by all: one alone would leave the others waiting
			trace.Fail("distributed.Broadcast", types[i:i+1], "the array lies over the processes already; "+
				"distributed.Gather gives each the whole")
		}
	}
	key := fmt.Sprint(def, types)
	together("Broadcast", key, func(c *mpi.Comm) error {
		want := fixed(key, 1<<12)
		if err := c.Broadcast(want, 0); err != nil {
			return err
		}
		if got := unfixed(fixed(key, 1<<12)); got != unfixed(want) {
			return fmt.Errorf("process %d broadcasts another tree than process 0: %s, which has %s", c.Rank, got,
				unfixed(want))
		}
		for i, v := range leaves {
			data := make([]byte, types[i].Bytes())
			if c.Rank == 0 {
				jit.ToHost(v, data)
			}
			if err := c.Broadcast(data, 0); err != nil {
				return err
			}
			if c.Rank != 0 {
				leaves[i] = jit.FromHost(unsafe.Pointer(unsafe.SliceData(data)), types[i], nil)
			}
		}
		return nil
	})
	return trace.Unflatten[T](def, leaves)
}
