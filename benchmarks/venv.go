package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/benchmarks/peers"
)

// pinned are the packages that gojax is measured against, where no interpreter is given that has some.
var pinned = []string{"jax==0.10.2", "jaxlib==0.10.2", "numpy==2.4.6", "scipy==1.17.1"}

// libraries are what -against may name.
var libraries = []string{"numpy", "jax", "gonum", "gomlx", "torch"}

// startPeers starts the processes that do the work of others. python is an interpreter with NumPy and JAX, and torch
// one with PyTorch; where none is given one is made.
func startPeers(folder string, against map[string]bool, python, torch string, threads int) (all []*peer, err error) {
	script, err := extracted(folder)
	if err != nil {
		return nil, err
	}
	start := func(columns []string, command string, args ...string) error {
		p, err := startPeer(folder, columns, threads, command, args...)
		if err == nil {
			all = append(all, p)
		}
		return err
	}
	columns := []string{}
	for _, c := range []string{"numpy", "jax", "jax eager"} {
		if lib, _, _ := strings.Cut(c, " "); against[lib] {
			columns = append(columns, c)
		}
	}
	if len(columns) > 0 {
		if python == "" {
			if python, err = environment(); err != nil {
				return all, err
			}
		}
		if err := start(columns, python, script); err != nil {
			return all, err
		}
	}
	if against["torch"] {
		if torch == "" {
			return all, errors.New("-against torch needs -torch PYTHON, an interpreter that has it: its wheel brings " +
				"gigabytes, which are not downloaded unasked")
		}
		if err := start([]string{"torch", "torch eager"}, torch, script); err != nil {
			return all, err
		}
	}
	if against["gomlx"] {
		command, plugin, err := gomlx(folder)
		if err != nil {
			return all, err
		}
		if err := start([]string{"gomlx"}, command, plugin); err != nil {
			return all, err
		}
	}
	return all, nil
}

// extracted writes the program of the Python peers to a folder.
func extracted(folder string) (script string, err error) {
	files, err := fs.Glob(peers.Python, "*.py")
	for _, name := range files {
		data, readErr := peers.Python.ReadFile(name)
		err = errors.Join(err, readErr, os.WriteFile(filepath.Join(folder, name), data, 0o600))
	}
	return filepath.Join(folder, "serve.py"), err
}

// environment is the Python of a virtual environment in the cache folder, made at first use.
func environment() (python string, err error) {
	cache, err := gojax.CacheDir()
	if err != nil {
		return "", err
	}
	dir := filepath.Join(cache, "benchmarks-"+strings.NewReplacer("==", "-").Replace(strings.Join(pinned[:1], "-")))
	python, done := filepath.Join(dir, "bin", "python"), filepath.Join(dir, "complete")
	want := strings.Join(pinned, "\n")
	if have, err := os.ReadFile(done); err == nil && string(have) == want {
		return python, nil
	}
	base, err := exec.LookPath("python3")
	if err != nil {
		return "", errors.New("there is no python3 in the PATH, which NumPy and JAX need: install Python 3.11 or " +
			"newer, or name an interpreter that has them by -python")
	}
	fmt.Fprintf(os.Stderr, "benchmarks: %s goes to %s, once\n", strings.Join(pinned, " "), dir)
	if err := os.RemoveAll(dir); err != nil {
		return "", err
	}
	for _, c := range []*exec.Cmd{
		exec.Command(base, "-m", "venv", dir),
		exec.Command(python, slices.Concat([]string{"-m", "pip", "install", "-q"}, pinned)...),
	} {
		if out, err := c.CombinedOutput(); err != nil {
			return "", fmt.Errorf("%s has failed: %w\n%s\nWithout a network, or with a Python older than 3.11, give "+
				"-python an interpreter that has numpy, scipy and jax", strings.Join(c.Args, " "), err, last(out, 1500))
		}
	}
	return python, os.WriteFile(done, []byte(want), 0o600)
}

// last is the end of an output.
func last(out []byte, n int) string { return strings.TrimSpace(string(out[max(0, len(out)-n):])) }

// parseAgainst reads -against.
func parseAgainst(list string) (map[string]bool, error) {
	against := map[string]bool{}
	for name := range strings.FieldsFuncSeq(list, func(r rune) bool { return r == ',' || r == ' ' }) {
		if !slices.Contains(libraries, name) {
			return nil, fmt.Errorf("-against has no %q; there are %s", name, strings.Join(libraries, ", "))
		}
		against[name] = true
	}
	return against, nil
}
