package distributed_test

import (
	"fmt"
	"log"
	"os"
	"syscall"
	"testing"
	"time"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/backend/mpi"
	"github.com/gojax/gojax/distributed"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/tests/leak"
	"github.com/gojax/gojax/transforms/jit"
)

// part is the environment variable that has the test's program be one of the processes of a job, and do that part.
const part = "GOJAX_TEST_PART"

func TestMain(m *testing.M) {
	name := os.Getenv(part)
	if name == "" {
		leak.Main(m, jit.LiveBuffers)
	}
	f := parts[name]
	if f == nil {
		fmt.Println("no part is called", name)
		os.Exit(3)
	}
	f()
}

// parts are what the processes of the tests' jobs do.
var parts = map[string]func(){
	"works": works,
	"panic": func() {
		begin()
		defer distributed.Shutdown()
		if distributed.Rank() == 1 {
			jnp.Ones(3).Add(jnp.Ones(4)) // the line that it dies at
		}
		distributed.Barrier()
	},
	"returns": func() { // from main, without distributed.Shutdown
		begin()
		if distributed.Rank() == 0 {
			distributed.Barrier()
		}
	},
	"gpus": func() {
		begin()
		defer distributed.Shutdown()
		devices, err := gojax.Devices()
		mesh := distributed.NewMesh([]int{2}, []string{"proc"})
		fmt.Println("process", distributed.Rank(), devices, err, mesh.Platform, mesh.Devices)
		ones := func() array { return lax.PSum(jnp.Ones(3), "proc") }
		err = gojax.Try(func() { gojax.ShardMap(ones, mesh, gojax.Specs{}, gojax.P())() })
		fmt.Println("process", distributed.Rank(), err)
	},
	"differ": func() {
		begin()
		defer distributed.Shutdown()
		mesh := distributed.NewMesh([]int{distributed.Size()}, []string{"proc"})
		if distributed.Rank() == 1 {
			total(mesh)(jnp.Ones(2 * distributed.Size())) // here is another
		} else {
			total(mesh)(jnp.Ones(distributed.Size()))
		}
	},
	"early": func() {
		begin()
		defer distributed.Shutdown()
		if distributed.Rank() == 0 {
			distributed.Barrier()
		}
	},
	"trees": func() {
		begin()
		defer distributed.Shutdown()
		distributed.Broadcast(jnp.Ones(2 + distributed.Rank()))
	},
	"init": func() {
		begin()
		fmt.Println("began as", distributed.Rank(), "of", distributed.Size())
		distributed.Shutdown()
	},
}

// Process 1 ends at a place, and the others go on.
func init() {
	for name, way := range ways {
		for _, at := range []string{"before", "init", "collective", "compute", "shutdown"} {
			parts["ends "+at+" "+name] = func() { ends(at, way) }
		}
	}
}

// ways are how a process may end without distributed.Shutdown.
var ways = map[string]func(){
	"killed": func() { syscall.Kill(os.Getpid(), syscall.SIGKILL) },
	"exits":  func() { os.Exit(0) },
}

func ends(at string, way func()) {
	here := func(place string) {
		if at == place && distributed.Rank() == 1 {
			way()
		}
	}
	if at == "before" { // distributed knows of no ranks yet
		distributed.SetPatience(time.Second, 5*time.Second)
		if l := mpi.Launched(); l.Rank == 1 {
			way()
		}
	}
	begin()
	here("init")
	mesh := distributed.NewMesh([]int{distributed.Size()}, []string{"proc"})
	sum := total(mesh)
	x := jnp.Ones(distributed.Size())
	sum(x)
	if distributed.Rank() == 1 {
		time.AfterFunc(300*time.Millisecond, func() { here("collective") })
		time.AfterFunc(300*time.Millisecond, func() { here("compute") })
	}
	for at == "collective" {
		sum(x)
	}
	for at == "compute" { // without a word to the others
		gojax.Jit(func(x array) array {
			return lax.ForiLoop(0, 10_000_000, func(_, x array) array { return jnp.Sin(x) }, x)
		})(jnp.Ones(1000)).BlockUntilReady()
	}
	here("shutdown")
	distributed.Shutdown()
}

func begin() {
	if err := distributed.Init(); err != nil {
		log.SetFlags(0)
		log.Fatal(err)
	}
}

// total is the sum of an array's elements, which lie over the processes.
func total(mesh *gojax.Mesh) func(x array) array {
	return gojax.ShardMap(func(x array) array { return lax.PSum(x.Sum(), "proc") }, mesh, gojax.P("proc"), gojax.P())
}

// works does all that must work, and compares.
func works() {
	begin()
	defer distributed.Shutdown()
	n := distributed.Size()
	mesh := distributed.NewMesh([]int{n}, []string{"proc"})
	failed := false
	for _, c := range cases {
		if err := c.f(mesh); err != nil {
			failed = true
			fmt.Printf("process %d: %s: %v\n", distributed.Rank(), c.name, err)
		}
	}
	if live := leak.Settle(jit.LiveBuffers, 0); live != 0 {
		failed = true
		fmt.Println("arrays are left:", live)
	}
	if failed {
		panic("failed")
	}
	fmt.Printf("process %d of %d is done\n", distributed.Rank(), n)
}
