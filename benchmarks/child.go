package main

import (
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"syscall"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
)

// runChild is what a process of its own does: start-up and resident memory can be measured of a whole process only.
func runChild(what string) error {
	if name, ok := strings.CutPrefix(what, onTwo); ok {
		return runDevices(name)
	}
	switch what {
	case "first":
		fmt.Println(gojax.Jit(sinx)(small()))
	case "all-reduce":
		return allReduceChild()
	case "memory":
		f := gojax.Jit(func(x jnp.Array) jnp.Array { return x.Add(1) })
		x := jnp.Zeros(25_000_000)
		for range 1000 {
			f(x)
		}
		f(x).BlockUntilReady()
	default:
		return fmt.Errorf("no child process does %q", what)
	}
	return nil
}

type spawned struct {
	stdout string
	maxRSS int64 // bytes
}

func spawn(what string, env ...string) (spawned, error) {
	self, err := os.Executable()
	if err != nil {
		return spawned{}, err
	}
	cmd := exec.Command(self, "-child", what)
	cmd.Env = append(os.Environ(), env...)
	var out, diagnostics strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &diagnostics
	if err := cmd.Run(); err != nil {
		return spawned{}, fmt.Errorf("the process for %s: %w\n%s", what, err, &diagnostics)
	}
	s := spawned{stdout: out.String()}
	if u, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		s.maxRSS = u.Maxrss
		if runtime.GOOS == "linux" {
			s.maxRSS *= 1024 // kilobytes there, bytes elsewhere
		}
	}
	return s, nil
}
