package distributed_test

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/gojax/gojax/distributed"
	"github.com/gojax/gojax/tests/launch"
)

func contains(s, part string) bool { return strings.Contains(s, part) }

// limit is how long a job may take where all goes well; the machine may be busy.
const limit = 3 * time.Minute

func TestProcesses(t *testing.T) {
	for _, l := range launch.All(t) {
		for _, n := range []int{2, 4} {
			t.Run(fmt.Sprintf("%s/%d", l.Name, n), func(t *testing.T) {
				r := l.Run(t, n, limit, []string{part + "=works"})
				if r.Err != nil {
					t.Fatalf("%v\n%s", r.Err, r.Out)
				}
				for i := range n {
					if want := fmt.Sprintf("process %d of %d is done", i, n); !contains(r.Out, want) {
						t.Errorf("no %q in\n%s", want, r.Out)
					}
				}
			})
		}
		t.Run(l.Name+"/ends", func(t *testing.T) { ends(t, l) })
	}
}

// ends: however a process goes, the job ends soon, and says why where it can.
func ends(t *testing.T, l launch.Launcher) {
	check := "GOJAX_DISTRIBUTED_CHECK=1"
	for _, c := range []struct {
		part string
		env  string
		want []string
	}{
		{"panic", "", []string{"panic in process 1 of 2", "parts_test.go:" + line("the line that it dies at")}},
		{"kill", "", nil},
		{"exit", "", nil},
		{"differ", check, []string{"have come to different things", "parts_test.go:" + line("here is another")}},
		{"early", check, []string{"have come to different things", "distributed.Barrier", "distributed.Shutdown"}},
		{"trees", "", []string{"process 1 broadcasts another tree", "float32[3]", "float32[2]"}},
		{"init", "GOJAX_MPI_LIB=/nowhere/libmpi.so", []string{"/nowhere/libmpi.so"}},
		{"init", "GOJAX_MPI_LIB=libc.so.6", []string{"it has no function MPI_Init_thread"}},
	} {
		if runtime.GOOS != "linux" && contains(c.env, "libc") {
			continue
		}
		r := l.Run(t, 2, time.Minute, []string{part + "=" + c.part, c.env})
		if r.Err == nil && !(c.part == "exit" && l.Name != "Open MPI") {
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
		nothingLeft(t, c.part)
	}
}

// line is the number of the line of parts_test.go that has a text.
func line(text string) string {
	b, err := os.ReadFile("parts_test.go")
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

// nothingLeft fails where a process that was started with that part is still there after a while.
func nothingLeft(t *testing.T, name string) {
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
		if len(left) == 0 {
			return
		}
		if time.Now().After(end) {
			t.Errorf("%s: processes are left: %q", name, left)
			return
		}
	}
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
