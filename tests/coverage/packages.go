package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/gojax/gojax/tests/gosource"
)

const module = "github.com/gojax/gojax"

// documented are the packages each of whose functions and methods says what it is the counterpart of and is shown in an
// Example.
var documented = []string{"jnp", "jnp/linalg", "jnp/fft", "lax", "nn", "nn/initializers", "scipy/special",
	"checkpoint", "distributed", "export", "expr", "image", "ode", "optim", "random", "scipy/cluster/vq", "scipy/fft",
	"scipy/interpolate", "scipy/linalg", "scipy/ndimage", "scipy/optimize", "scipy/signal", "scipy/spatial/transform",
	"scipy/stats", "tree"}

// exporter finds the compiled form of packages for the type checker.
type exporter struct {
	root  string
	files map[string]string // by import path
}

// newExporter compiles what the tests of the packages import, from the build cache where they are there.
func newExporter(root string, pkgs []string) (*exporter, error) {
	args := []string{"list", "-deps", "-test", "-export", "-e", "-json=ImportPath,Export"}
	for _, p := range pkgs {
		args = append(args, "./"+p)
	}
	cmd := exec.Command("go", args...)
	cmd.Dir = root
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w\n%s", err, stderr.Bytes())
	}
	x := &exporter{root: root, files: map[string]string{}}
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p struct{ ImportPath, Export string }
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return x, nil
		} else if err != nil {
			return nil, err
		}
		if p.Export != "" && !strings.Contains(p.ImportPath, " ") { // not the variant for tests
			x.files[p.ImportPath] = p.Export
		}
	}
}

// parse reads the Go files of a folder: the package's own, or its external tests.
func (x *exporter) parse(fset *token.FileSet, dir string, tests bool) (files []*ast.File, err error) {
	all, err := filepath.Glob(filepath.Join(x.root, dir, "*.go"))
	if err != nil {
		return nil, err
	}
	for _, name := range all {
		if strings.HasSuffix(name, "_test.go") != tests {
			continue
		}
		f, err := parser.ParseFile(fset, name, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		if !tests || strings.HasSuffix(f.Name.Name, "_test") {
			files = append(files, f)
		}
	}
	return files, nil
}

// shown is the functions and methods of the module that the Examples with checked output in a folder's external tests
// call, as "jnp.Sum" and "jnp.Array.Sum".
func (x *exporter) shown(dir string) (map[string]bool, error) {
	fset := token.NewFileSet()
	files, err := x.parse(fset, dir, true)
	if err != nil || len(files) == 0 {
		return nil, err
	}
	info := &types.Info{Uses: map[*ast.Ident]types.Object{}}
	conf := types.Config{
		Importer: importer.ForCompiler(fset, "gc", func(path string) (io.ReadCloser, error) {
			name, ok := x.files[path]
			if !ok {
				return nil, fmt.Errorf("%s is not compiled", path)
			}
			return os.Open(name)
		}),
		Error: func(error) {}, // what can be told is told: the package's own tests say what does not compile
	}
	conf.Check(dir+"_test", fset, files, info)
	calls := map[string]bool{}
	for _, f := range files {
		for _, decl := range f.Decls {
			fn, ok := decl.(*ast.FuncDecl)
			if !ok || fn.Recv != nil || fn.Body == nil || !strings.HasPrefix(fn.Name.Name, "Example") ||
				!checked(f, fn) {
				continue
			}
			ast.Inspect(fn.Body, func(n ast.Node) bool {
				if id, ok := n.(*ast.Ident); ok {
					if used, ok := info.Uses[id].(*types.Func); ok {
						calls[qualified(used)] = true
					}
				}
				return true
			})
		}
	}
	return calls, nil
}

// checked reports whether an Example ends in the output that it must have.
func checked(f *ast.File, fn *ast.FuncDecl) bool {
	for _, c := range f.Comments {
		if c.Pos() > fn.Body.Pos() && c.End() < fn.Body.End() {
			text := strings.ToLower(strings.TrimSpace(c.Text()))
			if strings.HasPrefix(text, "output:") || strings.HasPrefix(text, "unordered output:") {
				return true
			}
		}
	}
	return false
}

// qualified is the name of a function of the module as "jnp.Sum" or "jnp.Array.Sum", or "" of another.
func qualified(fn *types.Func) string {
	fn = fn.Origin()
	if fn.Pkg() == nil || !strings.HasPrefix(fn.Pkg().Path(), module) {
		return ""
	}
	name := fn.Name()
	if recv := fn.Signature().Recv(); recv != nil {
		t := types.Unalias(recv.Type())
		if p, ok := t.(*types.Pointer); ok {
			t = types.Unalias(p.Elem())
		}
		named, ok := t.(*types.Named)
		if !ok {
			return ""
		}
		name = named.Obj().Name() + "." + name
	}
	return packageName(strings.TrimPrefix(strings.TrimPrefix(fn.Pkg().Path(), module), "/")) + "." + name
}

// comment is the documentation of an exported function, method or type.
type comment struct {
	name   string // "jnp.Sum", "jnp.Reduction.Sum", "jnp.Reduction"
	at     token.Position
	text   string
	isType bool
}

// comments are those of all exported functions, types, and methods of exported types in a folder.
func (x *exporter) comments(dir string) (all []comment, err error) {
	fset := token.NewFileSet()
	files, err := x.parse(fset, dir, false)
	for _, f := range files {
		for _, decl := range f.Decls {
			if g, ok := decl.(*ast.GenDecl); ok && g.Tok == token.TYPE {
				for _, spec := range g.Specs {
					if t := spec.(*ast.TypeSpec); t.Name.IsExported() {
						doc := t.Doc.Text()
						if len(g.Specs) == 1 {
							doc = g.Doc.Text()
						}
						all = append(all,
							comment{packageName(dir) + "." + t.Name.Name, fset.Position(t.Pos()),
								strings.Join(strings.Fields(doc), " "), true})
					}
				}
			}
			fn, ok := decl.(*ast.FuncDecl)
			if !ok || !fn.Name.IsExported() {
				continue
			}
			name := fn.Name.Name
			if fn.Recv != nil {
				r := gosource.Receiver(fn)
				if !ast.IsExported(r) {
					continue
				}
				name = r + "." + name
			}
			all = append(all,
				comment{packageName(dir) + "." + name, fset.Position(fn.Pos()),
					strings.Join(strings.Fields(fn.Doc.Text()), " "), false})
		}
	}
	return all, err
}
