package main

import (
	"fmt"
	"os"
	"os/exec"
	"time"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/distributed"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

// allReduce is the microseconds of a program that adds up 16 float32 between two processes, by MPI.
func allReduce() (us float64, err error) {
	self, err := os.Executable()
	if err != nil {
		return 0, err
	}
	args := []string{"-n", "2", self, "-child", "all-reduce"}
	if os.Getuid() == 0 {
		args = append([]string{"--allow-run-as-root"}, args...)
	}
	mpirun, err := exec.LookPath("mpirun.openmpi")
	if err != nil {
		if mpirun, err = exec.LookPath("mpirun"); err != nil {
			return 0, fmt.Errorf("no MPI is installed: %w", err)
		}
	}
	out, err := exec.Command(mpirun, args...).Output()
	if err != nil {
		return 0, fmt.Errorf("mpirun: %w", err)
	}
	_, err = fmt.Sscan(string(out), &us)
	return us, err
}

// allReduceChild is one of its processes.
func allReduceChild() error {
	if err := distributed.Init(); err != nil {
		return err
	}
	defer distributed.Shutdown()
	mesh := distributed.NewMesh([]int{distributed.Size()}, []string{"proc"})
	whole := gojax.P()
	sum := gojax.Jit(gojax.ShardMap(func(x jnp.Array) jnp.Array { return lax.PSum(x, "proc") }, mesh, whole, whole))
	x := gojax.DevicePut(jnp.Ones(16), gojax.NamedSharding(mesh, gojax.P()))
	const calls = 500
	best := time.Hour
	for range 40 {
		start := time.Now()
		for range calls {
			sum(x).Delete()
		}
		best = min(best, time.Since(start)/calls)
	}
	if distributed.Rank() == 0 {
		fmt.Println(float64(best.Nanoseconds()) / 1000)
	}
	return nil
}
