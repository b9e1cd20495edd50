package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"syscall"

	"github.com/gojax/gojax/backend/pjrt"
)

// The server is a program of its own, gojax-serve: package serve is not of the library's module, whose users would have
// to know of Prometheus to run this command.

const (
	serverName    = "gojax-serve"
	serverPackage = "github.com/gojax/gojax/serve/" + serverName
)

// serveModels becomes the server.
func serveModels(ctx context.Context, args []string, stderr io.Writer) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	path, err := findServer(ctx, filepath.Dir(self), clone(), stderr)
	if err != nil {
		return err
	}
	return fmt.Errorf("%s: %w", path, syscall.Exec(path, append([]string{serverName}, args...), os.Environ()))
}

// clone is the folder of the clone that this program was compiled from, "" if that is not known.
func clone() string {
	_, file, _, ok := runtime.Caller(0)
	root := filepath.Dir(filepath.Dir(filepath.Dir(file)))
	if _, err := os.Stat(filepath.Join(root, "serve", serverName, "main.go")); !ok || err != nil ||
		!filepath.IsAbs(file) { // as under -trimpath
		return ""
	}
	return root
}

// findServer is the path of the server: beside this program, built from its clone, or in the PATH.
func findServer(ctx context.Context, beside, clone string, stderr io.Writer) (string, error) {
	if path := filepath.Join(beside, serverName); executable(path) {
		return path, nil
	}
	if _, err := exec.LookPath("go"); err == nil && clone != "" {
		return buildServer(ctx, clone, stderr)
	}
	if path, err := exec.LookPath(serverName); err == nil {
		return path, nil
	}
	return "", errors.New("the server is a program of its own, " + serverName + ", which is neither beside gojax nor " +
		"in the PATH. Install it with\n    go install " + serverPackage + "@latest")
}

func executable(path string) bool {
	st, err := os.Stat(path)
	return err == nil && st.Mode().IsRegular() && st.Mode()&0o111 != 0
}

// buildServer compiles the server into the cache folder, which only the user can write to; where nothing has changed
// that takes a moment.
func buildServer(ctx context.Context, clone string, stderr io.Writer) (string, error) {
	dir, err := pjrt.CacheDir()
	if err == nil {
		err = pjrt.CheckCacheDir()
	}
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "bin", serverName)
	c := exec.CommandContext(ctx, "go", "build", "-o", path, "./serve/"+serverName)
	c.Dir, c.Stderr = clone, stderr
	c.Env = append(os.Environ(), "GOWORK="+filepath.Join(clone, "go.work"), "GOFLAGS=")
	if err := c.Run(); err != nil {
		return "", fmt.Errorf("building %s in %s: %w", serverName, clone, err)
	}
	return path, nil
}
