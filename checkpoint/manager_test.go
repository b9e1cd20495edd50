package checkpoint_test

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/gojax/gojax/checkpoint"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/tests/sample"
)

// state is a tree whose arrays all tell the step.
type state struct {
	Step  int
	Small jnp.Array
	Large []jnp.Array
}

func stateOf(step, large int) state {
	s := state{Step: step, Small: jnp.AsArray(int32(step))}
	for i := range 3 {
		s.Large = append(s.Large, jnp.Creation{DType: jnp.Int32}.Full([]int{large + i}, step))
	}
	return s
}

// whole says what is wrong with a state that was saved at a step.
func (s state) whole(step int) error {
	if s.Step != step || jnp.ItemOf[int32](s.Small) != int32(step) || len(s.Large) != 3 {
		return fmt.Errorf("step %d has %d, %v and %d arrays", step, s.Step, s.Small, len(s.Large))
	}
	for i, x := range s.Large {
		for _, v := range jnp.ToSlice[int32](x) {
			if v != int32(step) {
				return fmt.Errorf("array %d of step %d has %d", i, step, v)
			}
		}
	}
	return nil
}

func TestManager(t *testing.T) {
	m := checkpoint.Manager{Dir: filepath.Join(t.TempDir(), "a", "run"), Keep: 2}
	var s state
	if _, err := m.Restore(&s); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no folder: %v", err)
	}
	if _, err := m.Restore(s); err == nil || !strings.Contains(err.Error(), "give a pointer") {
		t.Errorf("no pointer: %v", err)
	}
	if _, err := m.LatestStep(); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no folder: %v", err)
	}
	for step := range 5 {
		if err := m.Save(step*10, stateOf(step*10, 4)); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"step-00000099.safetensors.bak", "step-99.safetensors", "step-000000099.safetensors",
		"step-99999999999999999999.safetensors", "notes"} {
		if err := os.WriteFile(filepath.Join(m.Dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if steps, err := m.Steps(); err != nil || !slices.Equal(steps, []int{30, 40}) {
		t.Errorf("%v, %v", steps, err)
	}
	if step, err := m.LatestStep(); err != nil || step != 40 {
		t.Errorf("%v, %v", step, err)
	}
	if step, err := m.Restore(&s); err != nil || step != 40 || s.whole(40) != nil {
		t.Errorf("%v, %v, %v", step, s, err)
	}
	s = state{}
	if err := m.RestoreStep(30, &s); err != nil || s.whole(30) != nil {
		t.Errorf("%v, %v", s, err)
	}
	// An earlier step than those that are there is saved too.
	if err := m.Save(5, stateOf(5, 4)); err != nil {
		t.Error(err)
	}
	if steps, err := m.Steps(); err != nil || !slices.Equal(steps, []int{5, 30, 40}) {
		t.Errorf("%v, %v", steps, err)
	}
	s = state{}
	for name, err := range map[string]error{
		"negative step": m.Save(-1, s), "negative Keep": checkpoint.Manager{Dir: m.Dir, Keep: -1}.Save(1, s),
		"no pointer": m.RestoreStep(30, s), "nil": m.RestoreStep(30, (*state)(nil)), "nothing": m.RestoreStep(30, nil),
		"no step": m.RestoreStep(7, &s), "no tree": m.Save(9, nil),
		"no folder": checkpoint.Manager{Dir: m.Path(30)}.Save(1, s),
	} {
		if err == nil || !strings.HasPrefix(err.Error(), "checkpoint.Manager.") {
			t.Errorf("%s: %v", name, err)
		}
	}
	wrong := state{Small: jnp.Ones(3)}
	if _, err := m.Restore(&wrong); err == nil || !strings.Contains(err.Error(), ".Small: float32[3] here, int32[]") {
		t.Errorf("another tree: %v", err)
	}
}

// One that is damaged is passed over; if all are, the error says so.
func TestRestoreDamaged(t *testing.T) {
	m := checkpoint.Manager{Dir: t.TempDir()}
	for step := range 3 {
		if err := m.Save(step, stateOf(step, 4)); err != nil {
			t.Fatal(err)
		}
	}
	for _, step := range []int{2, 1, 0} {
		var s state
		if got, err := m.Restore(&s); err != nil || got != step || s.whole(step) != nil {
			t.Errorf("step %d is %d, %v", step, got, err)
		}
		if err := os.Truncate(m.Path(step), 700); err != nil {
			t.Fatal(err)
		}
	}
	var s state
	if _, err := m.Restore(&s); !errors.Is(err, checkpoint.ErrDamaged) || s.Large != nil {
		t.Errorf("%v, %v", s, err)
	}
}

// Many save into one folder and load from it at a time: all is whole.
func TestConcurrentSavers(t *testing.T) {
	m := checkpoint.Manager{Dir: t.TempDir(), Keep: 2}
	var wg sync.WaitGroup
	for g := range 4 {
		wg.Go(func() {
			for i := range 15 {
				step := 4*i + g/2*2 // each is saved by two
				if err := m.Save(step, stateOf(step, 1000)); err != nil {
					t.Error(err)
				}
				var s state
				step, err := m.Restore(&s)
				if err == nil {
					err = s.whole(step)
				}
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if left := tmpFiles(t, m.Dir); left > 0 {
		t.Errorf("%d files are left behind", left)
	}
}

// tmpFiles counts the files in dir that were being written.
func tmpFiles(t *testing.T, dir string) int {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, ".gojax-*.tmp"))
	if err != nil {
		t.Fatal(err)
	}
	return len(names)
}

// children are what processes do that tests start.
var children = map[string]func(dir string){"saver": saver, "limited": limited, "unwelcome": unwelcome}

// child is this program once more.
func child(name, dir string) *exec.Cmd {
	c := exec.Command(os.Args[0])
	c.Env = append(os.Environ(), childEnv+"="+name, childEnv+"_DIR="+dir, "GORACE=atexit_sleep_ms=0")
	c.Stderr = os.Stderr
	return c
}

// saver saves step after step until it is killed. It says so when it begins.
func saver(dir string) {
	m := checkpoint.Manager{Dir: dir, Keep: 2}
	var s state
	step, err := m.Restore(&s)
	if err == nil {
		err = s.whole(step)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		fmt.Println(err)
	}
	for ; ; step++ {
		if err := m.Save(step, stateOf(step, 50_000)); err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println("saved")
	}
}

// Processes that save in a loop are killed at any moment. What is loaded then is whole, and not older than what was
// there before; what they leave behind does not pile up.
func TestKilled(t *testing.T) {
	m := checkpoint.Manager{Dir: t.TempDir()}
	rounds := 10
	if sample.All() {
		rounds = 200
	}
	const savers = 2
	last := -1
	for round := range rounds {
		var started []*exec.Cmd
		for range savers {
			c := child("saver", m.Dir)
			out, err := c.StdoutPipe()
			if err == nil {
				err = c.Start()
			}
			if err != nil {
				t.Fatal(err)
			}
			started = append(started, c)
			lines := bufio.NewScanner(out)
			if lines.Scan(); lines.Text() != "saved" {
				t.Errorf("round %d: %q", round, lines.Text())
			}
			go func() { // so that it does not wait for a reader
				for lines.Scan() {
				}
			}()
		}
		time.Sleep(time.Duration(rand.IntN(20_000)) * time.Microsecond)
		for _, c := range started {
			if err := c.Process.Signal(syscall.SIGKILL); err != nil {
				t.Error(err)
			}
		}
		for _, c := range started {
			_ = c.Wait() // killed
		}
		var s state
		step, err := m.Restore(&s)
		if err == nil {
			err = s.whole(step)
		}
		if err != nil || step < last {
			t.Fatalf("round %d: step %d after %d: %v", round, step, last, err)
		}
		last = step
		// Beside those that are kept, a saver that is behind the other leaves two: its last one, which its own Save did
		// not remove, and the one after which it was killed.
		steps, err := m.Steps()
		if n := tmpFiles(t, m.Dir); err != nil || n > savers || len(steps) > 2+2*savers {
			t.Errorf("round %d: steps %v, and %d files left behind: %v", round, steps, n, err)
		}
	}
	if err := m.Save(last+1, stateOf(last+1, 10)); err != nil || tmpFiles(t, m.Dir) > 0 {
		t.Errorf("%v, and %d files are left behind", err, tmpFiles(t, m.Dir))
	}
	t.Logf("%d steps were saved", last)
}

// run runs a child to its end, which must be a good one, and then checks that the folder has step 1 as it was.
func run(t *testing.T, name string, m checkpoint.Manager) {
	t.Helper()
	if err := m.Save(1, stateOf(1, 10)); err != nil {
		t.Fatal(err)
	}
	if out, err := child(name, m.Dir).Output(); err != nil || len(out) > 0 {
		t.Errorf("%v: %s", err, out)
	}
	var s state
	if step, err := m.Restore(&s); err != nil || step != 1 || s.whole(1) != nil {
		t.Errorf("step %d: %v", step, err)
	}
	if left, err := os.ReadDir(m.Dir); err != nil || len(left) != 1 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// limited saves more than there is room for.
func limited(dir string) {
	room := syscall.Rlimit{Cur: 20_000, Max: 20_000}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &room); err != nil {
		fmt.Println(err)
	}
	m := checkpoint.Manager{Dir: dir, Keep: 1}
	for _, step := range []int{1, 2} {
		if err := m.Save(step, stateOf(step, 50_000)); !errors.Is(err, syscall.EFBIG) {
			fmt.Println("saved where there is no room:", err)
		}
	}
}

// A disk that is full is an error, and leaves the older ones.
func TestNoRoom(t *testing.T) { run(t, "limited", checkpoint.Manager{Dir: t.TempDir()}) }

// unwelcome saves where it may not write.
func unwelcome(dir string) {
	if os.Getuid() == 0 { // who may write everywhere
		_ = stateOf(1, 1) // loads what only root can read
		if err := syscall.Setuid(65534); err != nil {
			fmt.Println(err)
		}
	}
	m := checkpoint.Manager{Dir: dir, Keep: 1}
	for _, step := range []int{1, 2} {
		if err := m.Save(step, stateOf(step, 10)); !errors.Is(err, fs.ErrPermission) {
			fmt.Println("saved where nobody may:", err)
		}
	}
	var s state
	if step, err := m.Restore(&s); err != nil || s.whole(step) != nil {
		fmt.Println(step, err)
	}
}

// A folder that may only be read is an error, and can be loaded from.
func TestReadOnly(t *testing.T) {
	dir := t.TempDir()
	m := checkpoint.Manager{Dir: filepath.Join(dir, "run")}
	if err := m.Save(1, stateOf(1, 10)); err != nil {
		t.Fatal(err)
	}
	for _, d := range []string{dir, filepath.Dir(dir)} { // others may look
		if err := os.Chmod(d, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chmod(m.Dir, 0o555); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod(m.Dir, 0o755)
	if out, err := child("unwelcome", m.Dir).Output(); err != nil || len(out) > 0 {
		t.Errorf("%v: %s", err, out)
	}
	if left, err := os.ReadDir(m.Dir); err != nil || len(left) != 1 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}
