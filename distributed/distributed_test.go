package distributed_test

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gojax/gojax/distributed"
	"github.com/gojax/gojax/tests/fakegpu"
	"github.com/gojax/gojax/tests/launch"
)

func contains(s, part string) bool { return strings.Contains(s, part) }

// limit is how long a job may take where all goes well; the machine may be busy.
const limit = 3 * time.Minute

func TestProcesses(t *testing.T) {
	all := launch.All(t)
	for _, l := range all {
		for _, n := range []int{2, 4} {
			t.Run(fmt.Sprintf("%s/%d", l.Name, n), func(t *testing.T) { allWorks(t, l, n) })
		}
		t.Run(l.Name+"/ends", func(t *testing.T) { endings(t, l) })
		t.Run(l.Name+"/GPUs", func(t *testing.T) { gpus(t, l) })
	}
	has := func(name string) int {
		return slices.IndexFunc(all, func(l launch.Launcher) bool { return l.Name == name })
	}
	if i := has("Slurm"); i >= 0 && has("MPICH") >= 0 {
		l := all[i].WithMPICH()
		t.Run(l.Name, func(t *testing.T) { allWorks(t, l, 2) })
	}
}

func allWorks(t *testing.T, l launch.Launcher, n int) {
	r := l.Run(t, n, limit, []string{part + "=works"})
	if r.Err != nil {
		t.Fatalf("%v\n%s", r.Err, r.Out)
	}
	for i := range n {
		if want := fmt.Sprintf("process %d of %d is done", i, n); !contains(r.Out, want) {
			t.Errorf("no %q in\n%s", want, r.Out)
		}
	}
}

// endings: however a process goes, the job ends soon, says why, and leaves nothing behind.
func endings(t *testing.T, l launch.Launcher) {
	check := "GOJAX_DISTRIBUTED_CHECK=1"
	early := []string{"process 1 of 2 has ended without distributed.Shutdown"}
	for _, c := range []struct {
		part string
		env  string
		want []string
	}{
		{"panic", "", []string{"panic in process 1 of 2", "main_test.go:" + line("the line that it dies at")}},
		{"returns", "", early},
		{"ends before killed", "", nil}, // the launcher tells of a signal
		{"ends before exits", "", []string{"process 0 of 2 still waits for others"}},
		{"ends init killed", "", nil},
		{"ends init exits", "", early},
		{"ends collective killed", "", nil},
		{"ends collective exits", "", early},
		{"ends compute killed", "", nil},
		{"ends shutdown killed", "", nil},
		{"differ", check, []string{"have come to different things", "main_test.go:" + line("here is another")}},
		{"early", check, []string{"have come to different things", "distributed.Barrier", "distributed.Shutdown"}},
		{"trees", "", []string{"process 1 broadcasts another tree", "float32[3]", "float32[2]"}},
		{"init", "GOJAX_MPI_LIB=/nowhere/libmpi.so", []string{"/nowhere/libmpi.so"}},
		{"init", "GOJAX_MPI_LIB=libc.so.6", []string{"it has no function MPI_Init_thread"}},
	} {
		if runtime.GOOS != "linux" && contains(c.env, "libc") {
			continue
		}
		tmp, shared := t.TempDir(), files("/dev/shm")
		r := l.Run(t, 2, time.Minute, []string{part + "=" + c.part, c.env, "TMPDIR=" + tmp})
		// MPICH's mpiexec ends all as soon as one exits, maybe before another can say so, and then says nothing.
		if ended := r.Err != nil; l.Name == "MPICH" && len(c.want) == 1 && c.want[0] == early[0] {
			if !ended && !contains(r.Out, early[0]) {
				fmt.Printf("%s: %s's launcher was faster\n", c.part, l.Name)
			}
			c.want = nil
		} else if !ended {
			t.Errorf("%s %s: the job ended well:\n%s", c.part, c.env, r.Out)
		}
		if r.Took > 30*time.Second {
			t.Errorf("%s %s: the job ended after %v", c.part, c.env, r.Took)
		}
		for _, w := range c.want {
			if !contains(r.Out, w) {
				t.Errorf("%s %s: no %q in\n%s", c.part, c.env, w, r.Out)
			}
		}
		nothingLeft(t, c.part, tmp, shared)
	}
}

// gpus: the processes' clients have the GPUs of all, and their programs are compiled for those.
func gpus(t *testing.T, l launch.Launcher) {
	lib := fakegpu.Build(t)
	r := l.Run(t, 2, time.Minute, []string{part + "=gpus", "GOJAX_PLATFORM=cuda", "GOJAX_PJRT_PLUGIN=cuda=" + lib,
		"CUDA_VISIBLE_DEVICES=0,1"})
	for _, w := range []string{
		"process 0 [cuda:0] <nil> cuda [0 1]", "process 1 [cuda:1] <nil> cuda [0 1]",
		"20012802", "08011002" + "1a030a0100" + "1a030a0101", // two partitions, on the devices 0 and 1
	} {
		if r.Err != nil || !contains(r.Out, w) {
			t.Errorf("%v: no %q in\n%s", r.Err, w, r.Out)
		}
	}
}

// line is the number of the line of main_test.go that has a text.
func line(text string) string {
	b, err := os.ReadFile("main_test.go")
	if err != nil {
		return err.Error()
	}
	for i, l := range strings.Split(string(b), "\n") {
		if contains(l, text) {
			return fmt.Sprint(i+1) + ":"
		}
	}
	return "none"
}

// nothingLeft fails where a process that was started with that part is still there after a while, or files of its job
// are: in the folder for temporary ones, and in shared memory, which had those before.
func nothingLeft(t *testing.T, name, tmp string, before []string) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); ; time.Sleep(100 * time.Millisecond) {
		var left []string
		all, _ := filepath.Glob("/proc/[0-9]*/environ")
		for _, f := range all {
			if b, err := os.ReadFile(f); err == nil && contains(string(b), part+"="+name+"\x00") {
				cmd, _ := os.ReadFile(filepath.Join(filepath.Dir(f), "cmdline"))
				left = append(left, filepath.Dir(f)+" "+strings.ReplaceAll(string(cmd), "\x00", " "))
			}
		}
		left = append(left, files(tmp)...)
		for _, f := range files("/dev/shm") {
			if !slices.Contains(before, f) && !inUse(f) {
				left = append(left, f)
			}
		}
		if len(left) == 0 {
			return
		}
		if time.Now().After(end) {
			t.Errorf("%s: these are left: %q", name, left)
			return
		}
	}
}

// files are those below a folder.
func files(dir string) (all []string) {
	_ = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			all = append(all, path)
		}
		return nil
	})
	return all
}

// inUse reports whether a process has the file mapped: another job's.
func inUse(file string) bool {
	all, _ := filepath.Glob("/proc/[0-9]*/maps")
	return slices.ContainsFunc(all, func(f string) bool {
		b, err := os.ReadFile(f)
		return err == nil && contains(string(b), file)
	})
}

// TestAlone: without a launcher the same program runs as one process.
func TestAlone(t *testing.T) {
	if err := distributed.Init(); err != nil {
		t.Fatal(err)
	}
	defer distributed.Shutdown()
	if distributed.Rank() != 0 || distributed.Size() != 1 {
		t.Errorf("alone it is %d of %d", distributed.Rank(), distributed.Size())
	}
	mesh := distributed.NewMesh([]int{1}, []string{"proc"})
	for _, c := range cases {
		if err := c.f(mesh); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}
