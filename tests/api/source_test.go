package api

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/gojax/gojax/tests/gosource"
)

// root is the module's folder.
const root = "../.."

// source is a package's files, without tests.
type source struct {
	dir   string // within the module
	name  string // "jnp", "linalg"
	fset  *token.FileSet
	files []*ast.File
}

// notPublic are the folders whose packages are no library.
var notPublic = []string{"internal", "tests", "cmd", "examples", "benchmarks", "testdata"}

// public are the folders of the packages that a user may import.
func public(t *testing.T) (dirs []string) {
	t.Helper()
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return err
		}
		if path != root &&
			(slices.Contains(notPublic, d.Name()) || strings.HasPrefix(d.Name(), ".") ||
				strings.HasPrefix(d.Name(), "_")) {
			return fs.SkipDir
		}
		if path != root {
			if _, err := os.Stat(filepath.Join(path, "go.mod")); err == nil {
				return fs.SkipDir // a module of its own
			}
		}
		if files, err := filepath.Glob(filepath.Join(path, "*.go")); err != nil || len(files) == 0 {
			return err
		}
		dir, err := filepath.Rel(root, path)
		dirs = append(dirs, filepath.ToSlash(dir))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(dirs) < 15 {
		t.Fatalf("found the packages %v alone", dirs)
	}
	return dirs
}

// read parses the package in a folder of the module.
func read(t *testing.T, dir string) source {
	t.Helper()
	s := source{dir: dir, fset: token.NewFileSet()}
	names, err := filepath.Glob(filepath.Join(root, dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(s.fset, name, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		s.files, s.name = append(s.files, f), f.Name.Name
	}
	if len(s.files) == 0 {
		t.Fatalf("no Go files in %s", dir)
	}
	return s
}

// funcs calls f for every function and method of the package; recv is the receiver's type, "" for a function.
func (s source) funcs(f func(fn *ast.FuncDecl, recv string)) {
	for _, file := range s.files {
		for _, d := range file.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok {
				f(fn, gosource.Receiver(fn))
			}
		}
	}
}

// types calls f for every type of the package; doc is its comment.
func (s source) types(f func(t *ast.TypeSpec, doc string)) {
	for _, file := range s.files {
		for _, d := range file.Decls {
			g, ok := d.(*ast.GenDecl)
			if !ok || g.Tok != token.TYPE {
				continue
			}
			for _, spec := range g.Specs {
				t := spec.(*ast.TypeSpec)
				doc := t.Doc.Text()
				if doc == "" {
					doc = g.Doc.Text()
				}
				f(t, doc)
			}
		}
	}
}

// at is where a node stands.
func (s source) at(n ast.Node) string {
	p := s.fset.Position(n.Pos())
	rel, err := filepath.Rel(root, p.Filename)
	if err != nil {
		rel = p.Filename
	}
	return rel + ":" + strconv.Itoa(p.Line)
}

// join is the name of a method "Type.Method", or that of a function.
func join(recv, name string) string {
	if recv == "" {
		return name
	}
	return recv + "." + name
}
