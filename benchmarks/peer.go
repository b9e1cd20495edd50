package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
)

// peer is a process that does rows' work by other libraries, as peers/serve.py does: each line that it is sent asks for
// something, and it answers by a line. Arrays go by files.
type peer struct {
	columns  []string          // what it can do, as the table calls it
	versions map[string]string // of the libraries it has
	in       io.WriteCloser
	out      *bufio.Reader
	cmd      *exec.Cmd
	folder   string // for the results
}

// question is what a peer is asked; op says for what.
type question struct {
	Op      string  `json:"op"`
	Work    string  `json:"work,omitempty"`
	By      string  `json:"by,omitempty"`
	Inputs  []any   `json:"inputs,omitempty"` // paths of arrays; a key is its number
	Args    []int   `json:"args"`
	X64     bool    `json:"x64"`
	Seconds float64 `json:"seconds"`
	Warm    bool    `json:"warm"`
	Folder  string  `json:"folder,omitempty"`
}

type answer struct {
	Error          string
	Absent         bool
	First          float64
	Results        []string
	Typical, Least float64
	Value          float64
}

// startPeer runs a command that answers as serve.py does, first with the versions of its libraries.
func startPeer(folder string, columns []string, threads int, command string, args ...string) (*peer, error) {
	cmd := exec.Command(command, args...)
	if threads > 0 {
		for _, name := range []string{"PJRT_NPROC", "OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "GOMAXPROCS"} {
			cmd.Env = append(cmd.Env, fmt.Sprintf("%s=%d", name, threads))
		}
		cmd.Env = append(os.Environ(), cmd.Env...)
	}
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	p := &peer{columns, map[string]string{}, in, bufio.NewReader(out), cmd, folder}
	line, err := p.out.ReadString('\n')
	if err != nil {
		return nil, errors.Join(fmt.Errorf("%s has not started", command), cmd.Wait())
	}
	var versions map[string]*string
	if err := json.Unmarshal([]byte(line), &versions); err != nil {
		return nil, fmt.Errorf("%s: %w", command, err)
	}
	for name, v := range versions {
		if v != nil {
			p.versions[name] = *v
		}
	}
	for _, c := range columns {
		if lib, _, _ := strings.Cut(c, " "); p.versions[lib] == "" {
			return nil, errors.Join(fmt.Errorf("%s has no %s", command, lib), p.stop())
		}
	}
	return p, nil
}

// stop ends the process, which ends with its input.
func (p *peer) stop() error {
	_ = p.in.Close() // it may be gone
	return p.cmd.Wait()
}

func (p *peer) ask(q question) (a answer, err error) {
	q.Folder = p.folder
	if q.Args == nil {
		q.Args = []int{}
	}
	line, err := json.Marshal(q)
	if err != nil {
		return a, err
	}
	if _, err = p.in.Write(append(line, '\n')); err != nil {
		return a, fmt.Errorf("%s is gone: %w", p.cmd.Path, err)
	}
	text, err := p.out.ReadString('\n')
	if err != nil {
		return a, fmt.Errorf("%s is gone: %w", p.cmd.Path, err)
	}
	if err := json.Unmarshal([]byte(text), &a); err != nil {
		return a, err
	}
	if a.Error != "" {
		return a, errors.New(a.Error)
	}
	if a.Absent {
		return a, errAbsent
	}
	return a, nil
}

// contenders are the peer's for a row whose inputs lie in files.
func (p *peer) contenders(r row, files []any) ([]contender, error) {
	if _, err := p.ask(question{Op: "load", Inputs: files, X64: r.x64}); err != nil {
		return nil, err
	}
	var all []contender
	for _, by := range p.columns {
		if by == "jax eager" && !r.alsoEager {
			continue
		}
		all = append(all, contender{by, func() (s started, err error) {
			a, err := p.ask(question{Op: "run", Work: r.key, By: by, Args: r.args})
			if err != nil {
				return s, err
			}
			s.numbers, err = loaded(a.Results)
			s.first = a.First
			return s, err
		}, func(seconds float64, warm bool) (milliseconds, error) {
			a, err := p.ask(question{Op: "time", By: by, Seconds: seconds, Warm: warm})
			return milliseconds{a.Typical, a.Least}, err
		}})
	}
	return all, nil
}

// figures is the peer's for a row that is one.
func (p *peer) figure(r row) contender {
	return contender{"jax", func() (started, error) { return started{}, nil },
		func(float64, bool) (milliseconds, error) {
			a, err := p.ask(question{Op: "figure", Work: r.key})
			return milliseconds{a.Value, a.Value}, err
		}}
}

// saved writes inputs as files for peers.
func saved(folder string, in []any) ([]any, error) {
	files := make([]any, len(in))
	for i, x := range in {
		if _, is := x.(random.KeyArray); is {
			files[i] = i // the seed
			continue
		}
		path := filepath.Join(folder, fmt.Sprintf("in%d.npy", i))
		if err := save(path, x.(jnp.Array)); err != nil {
			return nil, err
		}
		files[i] = path
	}
	return files, nil
}

func save(path string, x jnp.Array) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(f, 1<<20)
	return errors.Join(jnp.Save(w, x), w.Flush(), f.Close())
}

// loaded reads what a peer wrote.
func loaded(files []string) (all [][]float64, err error) {
	for _, path := range files {
		f, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		x, err := gojax.WithX64(true, jnp.Load)(bufio.NewReaderSize(f, 1<<20))
		if err := errors.Join(err, f.Close()); err != nil {
			return nil, err
		}
		all = append(all, numbers(x, sample(x.Size())))
		x.Delete()
	}
	return all, nil
}
