// Package architecture holds the tests of the code's own structure: who imports whom, how long files are, and that what
// should not be in the tree is not.
package architecture

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

const module = "github.com/gojax/gojax"

// mayImport is the table of DESIGN.md: for each package, the packages of this module it may import. "+" stands for
// another row's own imports besides the package itself.
var mayImport = map[string][]string{
	"internal/mask":     {}, // lists of bools
	"ir":                {"internal/mask"},
	"internal/hostfunc": {"ir"},
	"trace":             {"ir", "internal/mask", "internal/hostfunc"},
	"ops":               {"trace", "ir", "internal/mask"},
	"lax":               {"internal/kit", "jnp", "ops", "trace", "ir", "transforms/jit"},
	"lower":             {"trace", "ir"},
	"transforms/vmap":   {"trace", "ir", "ops"},
	"transforms/grad":   {"trace", "ir", "ops", "internal/mask"},
	"transforms/deriv":  {"transforms/grad", "transforms/vmap", "trace", "ir", "ops", "internal/mask"},
	"backend/pjrt":      {"ir"},
	"backend/kernels":   {"backend/pjrt", "ir", "internal/hostfunc"},
	"transforms/jit":    {"trace", "ir", "ops", "lower", "transforms/vmap", "backend/pjrt", "backend/kernels"},
	"internal/kit":      {"ops", "trace", "ir"},
	"jnp":               {"internal/kit", "ops", "trace", "ir", "transforms/jit"},
	"jnp/linalg":        {"internal/kit", "jnp", "lax", "ops", "trace", "ir", "transforms/jit"},
	"jnp/fft":           {"internal/kit", "jnp", "lax", "ops", "trace", "ir", "transforms/jit"},
	"debug":             {"internal/callback", "jnp", "lax", "ops", "trace", "ir", "transforms/jit"},
	"nn":                {"internal/kit", "jnp", "lax", "ops", "trace", "ir", "transforms/jit"},
	"nn/initializers":   {"internal/kit", "jnp", "random", "lax", "ops", "trace", "ir", "transforms/jit"},
	"random":            {"internal/kit", "jnp", "lax", "ops", "trace", "ir", "transforms/jit"},
	"scipy/special": {"internal/kit", "jnp", "nn", "lax", "ops", "trace", "ir", "transforms/jit",
		"internal/program"},
	// nn for logsumexp, jnp/linalg for covariance matrices, random for gaussian_kde's resample: all import jnp and
	// below alone.
	"scipy/stats": {"internal/kit", "jnp", "lax", "ops", "trace", "ir", "transforms/jit", "internal/program",
		"scipy/special", "nn", "jnp/linalg", "random"},
	"scipy/linalg":        {"internal/kit", "jnp", "jnp/linalg", "lax", "ops", "trace", "ir", "transforms/jit"},
	"scipy/sparse/linalg": {"internal/kit", "jnp", "lax", "ops", "trace", "ir", "transforms/jit"},
	"internal/callback":   {"ops", "trace", "ir"},
	"internal/program":    {"internal/kit", "jnp", "trace"}, // what scipy's packages make their functions with
	"tests/leak":          {},                               // so that every package's tests may use it
	"tests/jsonl":         {},                               // the same
	"tests/sample":        {},                               // the same
}

// free packages may import everything that is not free itself.
func free(pkg string) bool {
	return pkg == "" || strings.HasPrefix(pkg, "cmd/") || strings.HasPrefix(pkg, "examples/") ||
		pkg == "benchmarks" || strings.HasPrefix(pkg, "benchmarks/") || strings.HasPrefix(pkg, "tests/")
}

type listed struct {
	ImportPath string
	Imports    []string
}

func packages(t *testing.T) []listed {
	t.Helper()
	cmd := exec.Command("go", "list", "-json=ImportPath,Imports", "work")
	cmd.Dir = root(t)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var all []listed
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

func root(t *testing.T) string {
	t.Helper()
	dir, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// inModule is the path of a package within the module, and whether it is of the module.
func inModule(path string) (string, bool) {
	if path == module {
		return "", true
	}
	return strings.CutPrefix(path, module+"/")
}

func TestImports(t *testing.T) {
	seen := map[string]bool{}
	for _, p := range packages(t) {
		pkg, _ := inModule(p.ImportPath)
		seen[pkg] = true
		allowed := map[string]bool{}
		row, known := mayImport[pkg]
		for _, a := range row {
			allowed[a] = true
		}
		if !known && !free(pkg) {
			t.Errorf("package %s is not in the table of DESIGN.md: say who may import whom", pkg)
			continue
		}
		for _, path := range p.Imports {
			imp, ours := inModule(path)
			switch {
			case !ours:
			case strings.HasPrefix(imp, "cmd/") || strings.HasPrefix(imp, "examples/") &&
				!(strings.HasPrefix(pkg, "examples/") && strings.HasPrefix(imp, "examples/internal/")):
				t.Errorf("%s imports the program %s", pkg, imp)
			case known && !allowed[imp]:
				t.Errorf("%s may not import %s", pkg, imp)
			}
		}
	}
	for _, must := range []string{"", "ir", "trace", "ops", "lax", "lower", "backend/pjrt", "transforms/jit",
		"transforms/vmap", "jnp", "jnp/linalg", "random", "cmd/gojax", "examples/tutorial", "examples/regression",
		"examples/mlp", "examples/loocv", "benchmarks"} {
		if !seen[must] {
			t.Errorf("package %q is missing from the tree", must)
		}
	}
}

// tracked are the files of the tree: what git knows, and what it does not know yet.
func tracked(t *testing.T) []string {
	t.Helper()
	cmd := exec.Command("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
	cmd.Dir = root(t)
	out, err := cmd.Output()
	if err != nil {
		t.Skipf("not a git checkout: %v", err)
	}
	return strings.Split(strings.TrimRight(string(out), "\x00"), "\x00")
}

// Files that a person wrote stay small; nothing large, binary or bound to one machine is committed.
func TestFiles(t *testing.T) {
	for _, name := range tracked(t) {
		data, err := os.ReadFile(filepath.Join(root(t), name))
		if err != nil {
			continue // deleted in the working tree
		}
		if len(data) > 3<<20 {
			t.Errorf("%s has %d bytes: too large to commit", name, len(data))
		}
		if bytes.HasPrefix(data, []byte("\x7fELF")) {
			t.Errorf("%s is a binary", name)
		}
		if ext := filepath.Ext(name); ext == ".go" || ext == ".c" || ext == ".h" {
			if n := bytes.Count(data, []byte("\n")); n > 650 {
				t.Errorf("%s has %d lines; split it by concern (about 600 at most)", name, n)
			}
		}
	}
}
