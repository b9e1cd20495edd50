package distributed_test

import (
	"fmt"
	"log"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/distributed"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

// begun calls Init, as main does.
func begun() {
	if err := distributed.Init(); err != nil {
		log.Fatal(err)
	}
}

// Started as mpirun -n 4 ./prog, the program prints the same, four times.
func ExampleInit() {
	if err := distributed.Init(); err != nil {
		log.Fatal(err)
	}
	defer distributed.Shutdown()
	mesh := distributed.NewMesh([]int{distributed.Size()}, []string{"proc"})
	mean := gojax.ShardMap(func(x jnp.Array) jnp.Array { return lax.PMean(x.Mean(), "proc") }, mesh, gojax.P("proc"),
		gojax.P())
	fmt.Println(mean(jnp.Arange(float32(8))))
	// Output: 3.5
}

func ExampleShutdown() {
	begun()
	fmt.Println(distributed.IsInitialized())
	distributed.Shutdown()
	fmt.Println(distributed.IsInitialized())
	// Output:
	// true
	// false
}

func ExampleRank() {
	begun()
	defer distributed.Shutdown()
	fmt.Printf("process %d of %d\n", distributed.Rank(), distributed.Size())
	// Output: process 0 of 1
}

func ExampleBarrier() {
	begun()
	defer distributed.Shutdown()
	if distributed.Rank() == 0 {
		fmt.Println("process 0 makes a file") // that the others read behind the barrier
	}
	distributed.Barrier()
	// Output: process 0 makes a file
}

func ExampleNewMesh() {
	begun()
	defer distributed.Shutdown()
	mesh := distributed.NewMesh([]int{distributed.Size(), 1}, []string{"data", "model"})
	x := gojax.DevicePut(jnp.Arange(float32(4)), gojax.NamedSharding(mesh, gojax.P("data")))
	part := x.Shards()[0] // of this process
	fmt.Println(mesh, part.Index, part.Data)
	// Output: Mesh(data: 1, model: 1) [[0 4]] [0. 1. 2. 3.]
}

func ExampleGather() {
	begun()
	defer distributed.Shutdown()
	mesh := distributed.NewMesh([]int{distributed.Size()}, []string{"proc"})
	square := gojax.ShardMap(func(x jnp.Array) jnp.Array { return x.Mul(x) }, mesh, gojax.P("proc"), gojax.P("proc"))
	fmt.Println(distributed.Gather(square(jnp.Arange(float32(4)))))
	// Output: [0. 1. 4. 9.]
}

func ExampleBroadcast() {
	begun()
	defer distributed.Shutdown()
	weights := jnp.Full([]int{3}, float32(distributed.Rank()))
	fmt.Println(distributed.Broadcast(weights)) // those of process 0, in all
	// Output: [0. 0. 0.]
}
