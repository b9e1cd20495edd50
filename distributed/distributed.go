package distributed

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"sync"
	"time"

	"github.com/gojax/gojax/backend/kernels"
	"github.com/gojax/gojax/backend/mpi"
	"github.com/gojax/gojax/backend/pjrt"
	"github.com/gojax/gojax/trace"
	"github.com/gojax/gojax/transforms/jit"
)

// state is what Init has begun.
var state struct {
	sync.Mutex
	begun, over bool
	comm        *mpi.Comm // nil: the process is alone
	stop        func()    // ends the store of process 0
}

// Init makes this process one of its job, of as many as the launcher has started, and waits for the others. Where no
// launcher has started it the job is this process alone. It is called once, before anything else of the package, in all
// processes (jax.distributed.initialize).
//
// A process that has waited for others for five minutes ends. Init gives an error where there is no library of MPI or
// one that the launcher does not know, and where the processes are not of one build of gojax with one plugin. Call
// Shutdown at the end.
func Init() error {
	state.Lock()
	defer state.Unlock()
	if state.begun {
		return errors.New("gojax/distributed: Init was called before; it is called once")
	}
	launcher := mpi.Launched()
	if launcher == nil || launcher.Size == 1 && os.Getenv(mpi.EnvLibrary) == "" {
		state.begun = true
		return nil
	}
	comm, stop, err := start(launcher)
	if err != nil {
		return fmt.Errorf("gojax/distributed: process %d of %d: %w", launcher.Rank, launcher.Size, err)
	}
	state.stop = stop
	state.begun, state.comm = true, comm
	kernels.UseMPI(comm.Table())
	j := jit.Job{Rank: comm.Rank, Size: comm.Size}
	if pjrt.Flag("GOJAX_DISTRIBUTED_CHECK", false) {
		j.Check = (&checker{comm: comm}).check
	}
	jit.SetJob(j)
	return nil
}

func start(launcher *mpi.Launcher) (c *mpi.Comm, stop func(), err error) {
	lib, err := mpi.Find(launcher)
	if err != nil {
		return nil, nil, err
	}
	together := waits(launcher)
	defer together()
	if c, err = lib.Start(launcher); err != nil {
		return nil, nil, err
	}
	all, err := places(c)
	if err != nil {
		return nil, nil, err
	}
	together() // all are there
	shareCores(all, c.Rank)
	if err := sameBuild(c); err != nil {
		return nil, nil, err
	}
	kv, stop, err := share(c, oneMachine(all), func(rank string) { lost(c, rank) })
	if pjrt.Preferred() != "cuda" {
		return c, stop, nil // without the store only the launcher notices that a process has ended
	}
	if err == nil {
		err = joinGPUs(c, all, kv)
	}
	return c, stop, err
}

// patience is how long a process waits in Init until it says so, and until it ends: one that has ended before it called
// Init never comes, and no launcher minds.
var patience = [2]time.Duration{10 * time.Second, 5 * time.Minute}

// waits begins the wait for the other processes, which the result ends.
func waits(l *mpi.Launcher) (end func()) {
	say := func(what string) {
		fmt.Fprintf(os.Stderr, "gojax/distributed: process %d of %d %s: do all call distributed.Init?\n", l.Rank,
			l.Size, what)
	}
	soon := time.AfterFunc(patience[0], func() { say("still waits for others") })
	late := time.AfterFunc(patience[1], func() { say("gives up waiting for others"); os.Exit(1) })
	return func() { soon.Stop(); late.Stop() }
}

// joinGPUs makes the GPUs of all processes the devices of each one's client.
func joinGPUs(c *mpi.Comm, all []place, kv pjrt.KeyValues) error {
	visible, err := gpusOf(all, c.Rank)
	if err == nil {
		_, err = pjrt.JoinNodes(pjrt.Nodes{ID: c.Rank, Count: c.Size, Visible: visible, Store: kv})
	}
	return err
}

// lost ends the job, of which a process has ended too early: the others may wait for it, or compute for nobody.
func lost(c *mpi.Comm, rank string) {
	state.Lock()
	over := state.over
	state.Unlock()
	if over {
		return
	}
	fmt.Fprintf(os.Stderr, "gojax/distributed: process %s of %d has ended without distributed.Shutdown; process %d "+
		"ends the job\n", rank, c.Size, c.Rank)
	c.Abort(1)
	os.Exit(1)
}

// sameBuild refuses processes that would make different programs of one function.
func sameBuild(c *mpi.Comm) error {
	platform, plugin := pjrt.Preferred(), ""
	info, err := pjrt.FindPlugin(platform)
	if platform == "cpu" { // opened, as that installs it
		var client *pjrt.Client
		if client, err = pjrt.Open(platform); err == nil {
			info = client.Plugin()
		}
	}
	if err == nil {
		plugin, err = info.Hash()
	}
	if err != nil {
		plugin = err.Error()
	}
	text := fixed(build()+", plugin for "+platform+" "+plugin, 512)
	all, err := c.Gather(text)
	if err != nil {
		return err
	}
	for i, b := range all {
		if got, mine := unfixed(b), unfixed(text); got != mine {
			return fmt.Errorf("process %d is another build: %s; this one is %s. Start the same file with the same "+
				"plugin on all machines", i, got, mine)
		}
	}
	return nil
}

// build is what this program was built of.
func build() string {
	s := runtime.Version() + " " + runtime.GOARCH
	b, ok := debug.ReadBuildInfo()
	if !ok {
		return s
	}
	s = b.Path + " " + b.Main.Version + ", " + s
	for _, m := range b.Deps {
		if m.Path == "github.com/gojax/gojax" {
			s += ", gojax " + m.Version + " " + m.Sum
		}
	}
	for _, v := range b.Settings {
		if v.Key == "vcs.revision" || v.Key == "vcs.modified" {
			s += ", " + v.Key + " " + v.Value
		}
	}
	return s
}

// fixed is s in n bytes, cut if it is longer.
func fixed(s string, n int) []byte {
	b := make([]byte, n)
	copy(b, s)
	return b
}

func unfixed(b []byte) string {
	for i, c := range b {
		if c == 0 {
			return string(b[:i])
		}
	}
	return string(b)
}

// Rank is the number of this process in its job, from 0 on (jax.process_index).
func Rank() int { return jit.TheJob().Rank }

// Size is how many processes the job has (jax.process_count).
func Size() int { return jit.TheJob().Size }

// Shutdown waits for the programs of this process and for all others to call it, and ends the job: nothing across
// processes can be done after it (jax.distributed.shutdown). Defer it in main. Where main panics, it says so and ends
// all processes of the job, with the code 1: else those would wait for this one. Where a process ends otherwise without
// it, as by os.Exit, another one says so and ends the job.
func Shutdown() {
	if r := recover(); r != nil {
		state.Lock()
		comm := state.comm
		state.Unlock()
		if comm == nil {
			panic(r)
		}
		fmt.Fprintf(os.Stderr, "panic in process %d of %d: %v\n\n%s\n", comm.Rank, comm.Size, text(r), debug.Stack())
		comm.Abort(1)
		os.Exit(1)
	}
	state.Lock()
	comm := state.comm
	over := state.over || !state.begun
	if comm != nil {
		state.over = true
	} else {
		state.begun = false
	}
	state.Unlock()
	if over || comm == nil {
		return
	}
	err := jit.Communicate("Shutdown", "distributed.Shutdown", 1, comm.Stop)
	if err != nil {
		fmt.Fprintf(os.Stderr, "gojax/distributed: process %d of %d: Shutdown: %v\n", comm.Rank, comm.Size, err)
		comm.Abort(1)
		os.Exit(1)
	}
	state.Lock()
	state.comm = nil
	if state.stop != nil {
		state.stop()
	}
	state.Unlock()
	kernels.UseMPI(nil)
	jit.SetJob(jit.Job{Rank: comm.Rank, Size: comm.Size})
}

func text(r any) any {
	if e, ok := r.(error); ok {
		return e.Error()
	}
	return r
}

// IsInitialized reports whether Init was called, and Shutdown was not yet (jax.distributed.is_initialized).
func IsInitialized() bool {
	state.Lock()
	defer state.Unlock()
	return state.begun && !state.over
}

// together calls f, which all processes call. A job of one process has nothing to do.
func together(name, key string, f func(c *mpi.Comm) error) {
	state.Lock()
	comm, begun, over := state.comm, state.begun, state.over
	state.Unlock()
	op := "distributed." + name
	switch {
	case !begun:
		trace.Fail(op, nil, "distributed.Init was not called; call it first in main")
	case over:
		trace.Fail(op, nil, "distributed.Shutdown was called before: the job is over")
	case comm == nil:
		return
	}
	err := jit.Communicate(name+key, op, 2, func() error { return f(comm) })
	trace.Must(err, op, nil)
}

// Barrier returns when all processes have called it (jax.experimental.multihost_utils.sync_global_devices).
func Barrier() { together("Barrier", "", (*mpi.Comm).Barrier) }
