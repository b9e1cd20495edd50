package tasks

import (
	"context"
	"errors"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// begins starts a process that would go on for an hour.
var begins = Func("begins", func(context.Context, int) (int, error) {
	cmd := exec.Command("sleep", "3600")
	err := cmd.Start()
	return cmd.Process.Pid, err
})

// The pool knows what a worker was at when it died, and how it did.
func TestDeathsAreTold(t *testing.T) {
	p := start(t, Options{Workers: 1})
	_, err := fails.Go(p, "exit").Wait()
	if !errors.Is(err, ErrLost) || !strings.Contains(err.Error(), "4 times; the last time, local-1: exit status") {
		t.Errorf("a task that ends its process: %v", err)
	}
}

// What a task has started ends with its worker.
func TestProcessesOfTasks(t *testing.T) {
	p := start(t, Options{Workers: 1})
	pid, err := begins.Go(p, 0).Wait()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := fails.Go(p.With(Options{Retries: -1}), "exit").Wait(); !errors.Is(err, ErrLost) {
		t.Error(err)
	}
	if left := gone(5*time.Second, pid); len(left) > 0 {
		t.Errorf("%v outlives its worker", left)
	}
	pid, err = begins.Go(p, 0).Wait()
	if err != nil {
		t.Fatal(err)
	}
	p.Close()
	if left := gone(5*time.Second, pid); len(left) > 0 {
		t.Errorf("%v outlives the pool", left)
	}
}
