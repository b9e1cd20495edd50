package architecture

import (
	"encoding/json"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// needs is what the library may ask of those who use it, and why. What only a program or a test needs belongs into the
// module of that program or test.
var needs = map[string]string{
	"github.com/gomlx/compute": "float16 and bfloat16",
	"github.com/google/pprof":  "gojax.MemoryProfile",
	"gonum.org/v1/gonum":       "backend/kernels, interop/gonum, and tests that compare with it",
}

// apart are modules that are not in the workspace, because they need other versions of what its modules need.
var apart = map[string]string{
	"benchmarks/gomlx": "GoMLX wants another go-xla and compute than the cross-check",
}

// goJSON runs the go command in a folder of the tree and decodes what it prints.
func goJSON(t *testing.T, dir string, into any, args ...string) {
	t.Helper()
	cmd := exec.Command("go", args...)
	cmd.Dir = filepath.Join(root(t), dir)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go %s: %v", strings.Join(args, " "), err)
	}
	if err := json.Unmarshal(out, into); err != nil {
		t.Fatal(err)
	}
}

// The library's go.mod holds what the library needs, and the workspace holds every module.
func TestModules(t *testing.T) {
	var mod struct{ Require []struct{ Path string } }
	goJSON(t, ".", &mod, "mod", "edit", "-json")
	for _, r := range mod.Require {
		if needs[r.Path] == "" {
			t.Errorf("the library requires %s: say in needs what for, or give what needs it a module of its own",
				r.Path)
		}
	}
	if len(mod.Require) != len(needs) {
		t.Errorf("the library requires %d modules, and needs lists %d", len(mod.Require), len(needs))
	}
	var work struct{ Use []struct{ DiskPath string } }
	goJSON(t, ".", &work, "work", "edit", "-json")
	for _, file := range tracked(t) {
		dir, name := filepath.Split(file)
		if name != "go.mod" || strings.HasPrefix(file, ".") || strings.Contains(file, "/testdata/") {
			continue
		}
		dir = filepath.Clean("./" + dir)
		if apart[dir] != "" {
			continue
		}
		if !slices.ContainsFunc(work.Use,
			func(u struct{ DiskPath string }) bool { return filepath.Clean(u.DiskPath) == dir }) {
			t.Errorf("go.work does not use the module in %s: no command would test it", dir)
		}
	}
}
