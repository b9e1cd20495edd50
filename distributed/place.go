package distributed

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"

	"github.com/gojax/gojax/backend/mpi"
)

// place is where a process runs, as far as others must know.
type place struct {
	Host string // and which start of its system
	CPUs string // that the process may use
	GPUs string // that it is told to use
	Any  bool   // it is told of GPUs
}

func here() place {
	var p place
	host, _ := os.Hostname()
	boot, _ := os.ReadFile("/proc/sys/kernel/random/boot_id")
	p.Host = host + " " + strings.TrimSpace(string(boot))
	status, _ := os.ReadFile("/proc/self/status")
	for l := range strings.Lines(string(status)) {
		if list, ok := strings.CutPrefix(l, "Cpus_allowed_list:"); ok {
			p.CPUs = strings.TrimSpace(list)
		}
	}
	p.GPUs, p.Any = os.LookupEnv("CUDA_VISIBLE_DEVICES")
	return p
}

// places are those of all processes of a job.
func places(c *mpi.Comm) ([]place, error) {
	text, _ := json.Marshal(here())
	if len(text) > 4096 {
		text, _ = json.Marshal(place{Host: here().Host})
	}
	all, err := c.Gather(fixed(string(text), 4096))
	if err != nil {
		return nil, err
	}
	of := make([]place, len(all))
	for i, b := range all {
		if err := json.Unmarshal([]byte(unfixed(b)), &of[i]); err != nil {
			return nil, fmt.Errorf("process %d does not say where it is: %w", i, err)
		}
	}
	return of, nil
}

// oneMachine reports whether all processes are on one.
func oneMachine(all []place) bool {
	for _, p := range all {
		if p.Host != all[0].Host {
			return false
		}
	}
	return true
}

// threadVariables say how many threads XLA has.
var threadVariables = []string{"GOJAX_NUM_THREADS", "PJRT_NPROC", "NPROC"}

// shareCores has this process use its share of the cores that processes of this machine may all use, unless the user
// has said how many.
func shareCores(all []place, rank int) {
	for _, name := range threadVariables {
		if os.Getenv(name) != "" {
			return
		}
	}
	n := 0
	for _, p := range all {
		if p.Host == all[rank].Host && p.CPUs == all[rank].CPUs {
			n++
		}
	}
	if n > 1 {
		os.Setenv(threadVariables[0], strconv.Itoa(max(1, runtime.NumCPU()/n)))
	}
}

// gpusOf are the numbers of this process's GPUs among those that it sees; nil for all of them: where it is alone on its
// machine, or the launcher has given each its own.
func gpusOf(all []place, rank int) ([]int, error) {
	me, local, of, same := all[rank], 0, 0, true
	for i, p := range all {
		if p.Host != me.Host {
			continue
		}
		if i < rank {
			local++
		}
		of++
		same = same && p.GPUs == me.GPUs
	}
	var n int
	if me.Any {
		n = len(strings.Split(me.GPUs, ","))
	} else {
		files, _ := filepath.Glob("/dev/nvidia[0-9]*")
		n = len(files)
	}
	switch {
	case of == 1 || !same || n == 0 || n < of && me.Any:
		return nil, nil
	case n < of:
		return nil, fmt.Errorf("%d processes on this machine see %d GPUs: start no more than there are", of, n)
	}
	share := n / of
	mine := make([]int, share)
	for i := range mine {
		mine[i] = local*share + i
	}
	return mine, nil
}
