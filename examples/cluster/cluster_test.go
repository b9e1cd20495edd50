package main

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gojax/gojax/tests/launch"
)

var small = options{n: 12, p: 4, trees: 3, draws: 10, of: 1000}

// results is what a run says, but for where it was.
func results(s string) string {
	_, rest, _ := strings.Cut(s, "\n")
	return rest
}

// The numbers are the same to the last bit in a loop, on goroutines and on processes.
func TestSameNumbersEverywhere(t *testing.T) {
	var first string
	for _, on := range []string{"loop", "goroutines", "workers"} {
		o := small
		o.on = on
		var out bytes.Buffer
		if _, err := run(&out, o); err != nil {
			t.Fatal(err)
		}
		if first == "" {
			first = results(out.String())
		}
		if got := results(out.String()); got != first || !strings.Contains(got, "all bits") {
			t.Errorf("on %s:\n%s\nand in a loop:\n%s", on, got, first)
		}
	}
}

// And under srun.
func TestSlurm(t *testing.T) {
	slurm, err := launch.Slurm(t)
	if err != nil {
		t.Skip(err)
	}
	args := []string{"-n=12", "-p=4", "-trees=3", "-streams=10", "-draws=1000"}
	dir := t.TempDir()
	program := filepath.Join(dir, "cluster")
	if out, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	var outs []string
	for _, cmd := range []*exec.Cmd{
		exec.Command(program, append(args, "-on=loop")...),
		slurm.Command(t.Context(), 3, []string{"GOJAX_TASKS_DIR=" + dir}, program, args...),
	} {
		cmd.Stderr = os.Stderr
		out, err := cmd.Output()
		if err != nil {
			t.Fatal(err)
		}
		outs = append(outs, results(string(out)))
	}
	if outs[0] != outs[1] || outs[0] == "" {
		t.Errorf("under srun:\n%s\nand in a loop:\n%s", outs[1], outs[0])
	}
}

func TestBadFlags(t *testing.T) {
	for _, o := range []options{{}, {on: "loop", n: 10}, {on: "moon", n: 10, p: 4, trees: 1, draws: 1, of: 1}} {
		if _, err := run(io.Discard, o); err == nil {
			t.Errorf("%+v is no mistake", o)
		}
	}
}
