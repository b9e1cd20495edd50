package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/gojax/gojax"
)

// gomlxPlugin is a build of the CPU plugin that takes an option which GoMLX sends, and the first choice refuses.
const gomlxPlugin = "fastatomstruct-xla-cpu"

// gomlx builds the program that does rows by GoMLX, a module of its own, and says how to run it.
func gomlx(folder string) (command, plugin string, err error) {
	dir, err := exec.Command("go", "list", "-f", "{{.Dir}}", "github.com/gojax/gojax/benchmarks").Output()
	if err != nil {
		return "", "", fmt.Errorf("-against gomlx builds benchmarks/gomlx, in a clone of gojax: %w", err)
	}
	if plugin, err = gojax.InstallPlugin(context.Background(), gomlxPlugin, os.Stderr); err != nil {
		return "", "", err
	}
	command = filepath.Join(folder, "gomlx")
	build := exec.Command("go", "build", "-o", command, ".")
	build.Dir = filepath.Join(strings.TrimSpace(string(dir)), "gomlx")
	build.Env = append(os.Environ(), "GOWORK=off")
	if out, err := build.CombinedOutput(); err != nil {
		return "", "", fmt.Errorf("benchmarks/gomlx: %w\n%s", err, last(out, 1500))
	}
	return command, plugin, nil
}
