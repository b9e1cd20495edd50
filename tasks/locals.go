package tasks

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"sync"
	"syscall"
	"time"
)

// locals are the workers that a pool has started here.
type locals struct {
	h     *hub
	n     int
	ready chan struct{} // closed when config is there, or the pool has failed
	ended chan struct{}
	text  []byte // of the config
	wg    sync.WaitGroup
}

func startLocals(h *hub, n int) *locals {
	l := &locals{h: h, n: n, ready: make(chan struct{}), ended: make(chan struct{})}
	for i := range n {
		l.wg.Go(func() { l.keep(fmt.Sprintf("local-%d", i+1)) })
	}
	return l
}

// begin tells the workers where the server is.
func (l *locals) begin(c config) {
	text, _ := json.Marshal(c)
	l.text = append(text, '\n')
	close(l.ready)
}

// keep has one worker, and another one when it has died.
func (l *locals) keep(name string) {
	for young := 0; ; {
		began := time.Now()
		met, at, err := l.run(name)
		select {
		case <-l.ended:
			return
		default:
		}
		if met {
			young = 0
			l.h.lost(name, err.Error(), at)
		} else if young++; young == 3 {
			l.h.shared.fail(fmt.Errorf("tasks: %w: %s ended three times before it reached tasks.Start: %w", ErrWorkers,
				name, err))
			return
		}
		if time.Since(began) < 100*time.Millisecond {
			time.Sleep(100 * time.Millisecond)
		}
	}
}

// run has a worker until it ends, and says whether it came to work and what it was at.
func (l *locals) run(name string) (met bool, at beat, err error) {
	env := environ("local", envName+"="+name)
	if os.Getenv("GOJAX_NUM_THREADS") == "" { // the workers fill the cores together
		env = append(env, fmt.Sprintf("GOJAX_NUM_THREADS=%d", max(1, runtime.GOMAXPROCS(0)/l.n)))
	}
	note, err := os.CreateTemp("", prefix+"note-")
	if err != nil {
		return false, at, err
	}
	defer note.Close()
	os.Remove(note.Name())
	c, err := spawn(env, []*os.File{note})
	if err != nil {
		return false, at, err
	}
	defer c.pipe.Close()
	select {
	case <-l.ready:
		_, _ = c.pipe.Write(l.text)
	case <-l.ended:
	case err := <-c.exit:
		return false, at, err
	}
	select {
	case err = <-c.exit:
	case <-l.ended:
		err = c.end()
	}
	if err == nil {
		err = fmt.Errorf("exit status 0")
	}
	text, _ := io.ReadAll(note)
	_, _ = unframe(text, &at)
	return l.h.ledger.knows(name, c.cmd.Process.Pid), at, err
}

// end ends the workers, whatever they are at.
func (l *locals) end() {
	close(l.ended)
	l.wg.Wait()
}

// child is a process of this program that ends when this one does.
type child struct {
	cmd  *exec.Cmd
	pipe *os.File // whose end of file it waits for
	exit chan error
}

// spawn starts this program again, with more files after the pipe.
func spawn(env []string, more []*os.File) (*child, error) {
	path, err := program()
	if err != nil {
		return nil, err
	}
	theirs, ours, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer theirs.Close()
	c := &child{cmd: exec.Command(path), pipe: ours, exit: make(chan error, 1)}
	c.cmd.Args, c.cmd.Env = os.Args, env
	c.cmd.Stdout, c.cmd.Stderr = os.Stderr, os.Stderr // what a program prints is this process' alone
	c.cmd.ExtraFiles = append([]*os.File{theirs}, more...)
	c.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // ^C is this process' alone: the others end with it
	if err := c.cmd.Start(); err != nil {
		ours.Close()
		return nil, err
	}
	go func() {
		err := c.cmd.Wait()
		_ = syscall.Kill(-c.cmd.Process.Pid, syscall.SIGKILL) // what a task has started
		c.exit <- err
	}()
	return c, nil
}

// end tells the child to end, and sees to it.
func (c *child) end() error {
	c.pipe.Close()
	select {
	case err := <-c.exit:
		return err
	case <-time.After(answer):
		_ = c.cmd.Process.Kill()
		return <-c.exit
	}
}
