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
	"regexp"
	"strings"
	"testing"
)

const module = "github.com/gojax/gojax"

// mayImport is the table of packages in docs/DESIGN.md: for each package, the packages of this module it may import. In
// a row "`jnp`+" stands for jnp and all that it may import, and a row may begin with several packages.
func mayImport(t *testing.T) map[string][]string {
	t.Helper()
	_, table, found := strings.Cut(readDocument(t, "docs/DESIGN.md").text, "| package | what it holds | may import |\n")
	table, _, ended := strings.Cut(table, "\n\n")
	if !found || !ended {
		t.Fatal("docs/DESIGN.md has no table of packages")
	}
	packages := regexp.MustCompile("`([\\w/]+)`(\\+?)")
	may := map[string][]string{}
	for row := range strings.Lines(table) {
		cells := strings.Split(row, "|")
		if len(cells) != 5 {
			t.Fatalf("docs/DESIGN.md: not a row of three cells: %s", row)
		}
		allowed := []string{}
		for _, m := range packages.FindAllStringSubmatch(cells[3], -1) {
			allowed = append(allowed, m[1])
			if m[2] == "+" {
				if may[m[1]] == nil {
					t.Fatalf("docs/DESIGN.md: what %s may import is not said above the row %s", m[1], row)
				}
				allowed = append(allowed, may[m[1]]...)
			}
		}
		for _, m := range packages.FindAllStringSubmatch(cells[1], -1) {
			may[m[1]] = allowed
		}
	}
	return may
}

// free packages may import everything that is not free itself.
func free(pkg string) bool {
	return pkg == "" || strings.HasPrefix(pkg, "cmd/") || strings.HasPrefix(pkg, "examples/") ||
		pkg == "benchmarks" || strings.HasPrefix(pkg, "benchmarks/") || pkg == "tasks/benchmarks" ||
		pkg == "serve/gojax-serve" ||
		strings.HasPrefix(pkg, "tests/")
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
	may := mayImport(t)
	for _, p := range packages(t) {
		pkg, _ := inModule(p.ImportPath)
		seen[pkg] = true
		allowed := map[string]bool{}
		row, known := may[pkg]
		for _, a := range row {
			allowed[a] = true
		}
		if !known && !free(pkg) {
			t.Errorf("package %s is not in the table of docs/DESIGN.md: say what it may import", pkg)
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
				t.Errorf("%s may not import %s: see the table of docs/DESIGN.md", pkg, imp)
			}
		}
	}
	for pkg, imports := range may {
		for _, p := range append(imports, pkg) {
			if !seen[p] {
				t.Errorf("the table of docs/DESIGN.md has the package %s, which is not there", p)
			}
		}
	}
	for _, must := range []string{"", "cmd/gojax", "examples/tutorial", "examples/regression", "examples/mlp",
		"examples/loocv", "examples/montecarlo", "benchmarks"} {
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
