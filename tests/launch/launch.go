// Package launch starts the program of a test as several processes, by the launchers of MPI that a machine has.
package launch

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// Launcher starts a program as several processes.
type Launcher struct {
	Name string
	args func(n int) []string
	env  []string
}

// All are the launchers that the machine has, and what it lacks: Open MPI's mpirun, MPICH's mpiexec, and Slurm's srun.
// The folder of MPICH's wheel is named by GOJAX_TEST_MPICH.
func All(t *testing.T) []Launcher {
	t.Helper()
	var all []Launcher
	missing := 0
	for _, find := range []func() (Launcher, error){openMPI, mpich, func() (Launcher, error) { return Slurm(t) }} {
		l, err := find()
		if err != nil {
			fmt.Printf("skipped: tests between processes: %v\n", err)
			missing++
			continue
		}
		all = append(all, l)
	}
	names := make([]string, len(all))
	for i, l := range all {
		names[i] = l.Name
	}
	fmt.Printf("launchers of processes: %d found (%s), %d skipped\n", len(all), strings.Join(names, ", "), missing)
	return all
}

func openMPI() (Launcher, error) {
	path, err := first("mpirun.openmpi", "mpirun")
	if err == nil {
		out, _ := exec.Command(path, "--version").Output()
		if !strings.Contains(string(out), "Open") {
			err = fmt.Errorf("%s is not of Open MPI", path)
		}
	}
	if err != nil {
		return Launcher{}, fmt.Errorf("no launcher of Open MPI is installed (apt-get install openmpi-bin): %w", err)
	}
	return Launcher{"Open MPI", func(n int) []string {
		args := []string{path, "-n", strconv.Itoa(n), "--oversubscribe"}
		if os.Getuid() == 0 {
			args = append(args, "--allow-run-as-root")
		}
		return args
	}, []string{"OMPI_MCA_mpi_yield_when_idle=1"}}, nil
}

// mpichFiles are the names of MPICH's launcher, and what tells of its library.
func mpichFiles() (names, env []string) {
	if dir := os.Getenv("GOJAX_TEST_MPICH"); dir != "" {
		return []string{filepath.Join(dir, "bin", "mpiexec.hydra")},
			[]string{"GOJAX_MPI_LIB=" + filepath.Join(dir, "lib", "libmpi_abi.so.1")}
	}
	return []string{"mpiexec.hydra", "mpiexec.mpich"}, nil
}

func mpich() (Launcher, error) {
	names, env := mpichFiles()
	path, err := first(names...)
	if err != nil {
		return Launcher{}, fmt.Errorf("no launcher of MPICH is installed (apt-get install mpich): %w", err)
	}
	return Launcher{"MPICH", func(n int) []string { return []string{path, "-n", strconv.Itoa(n)} }, env}, nil
}

func first(names ...string) (path string, err error) {
	for _, n := range names {
		if path, err = exec.LookPath(n); err == nil {
			return path, nil
		}
	}
	return "", err
}

// Result is how a job ended.
type Result struct {
	Out  string // of all processes, and what they write to the standard error
	Err  error  // of the launcher
	Took time.Duration
}

// Command is n processes of a program, with more in the environment.
func (l Launcher) Command(ctx context.Context, n int, env []string, program string, args ...string) *exec.Cmd {
	all := append(l.args(n), append([]string{program}, args...)...)
	c := exec.CommandContext(ctx, all[0], all[1:]...)
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	c.Cancel = func() error { return syscall.Kill(-c.Process.Pid, syscall.SIGTERM) }
	c.WaitDelay = 5 * time.Second
	c.Env = append(append(os.Environ(), l.env...), env...)
	return c
}

// Run starts this test's program as n processes, with more in the environment, and waits for their end; after limit it
// ends them, which is an error.
func (l Launcher) Run(t *testing.T, n int, limit time.Duration, env []string, args ...string) Result {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	c := l.Command(ctx, n, env, self, args...)
	start := time.Now()
	out, err := c.CombinedOutput()
	if ctx.Err() != nil {
		err = fmt.Errorf("still running after %v: %w", limit, err)
	}
	return Result{string(out), err, time.Since(start)}
}
