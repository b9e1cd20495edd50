package architecture

import (
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
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The table in ir's documentation has every interface that an operation may implement: every one that some package asks
// an operation for, by a type assertion or a type switch.
func TestRuleTable(t *testing.T) {
	table := ruleTable(t)
	l := load(t)
	asked := map[string][]string{} // where
	for _, p := range l.listed {
		if !slices.Contains(p.Imports, module+"/ir") && p.ImportPath != module+"/ir" {
			continue
		}
		c := l.check(t, p.ImportPath)
		op := c.lookup("ir", "Op")
		for _, f := range c.files {
			ast.Inspect(f, func(n ast.Node) bool {
				for _, name := range askedFor(c.info, n, op) {
					asked[name] = append(asked[name], l.fset.Position(n.Pos()).String())
				}
				return true
			})
		}
	}
	if len(asked) < 10 {
		t.Errorf("found only %d interfaces that operations are asked for: %v", len(asked), asked)
	}
	for name, where := range asked {
		if !slices.Contains(table, name) {
			t.Errorf("%s is missing from the table in ir/doc.go; operations are asked for it at %v", name, where)
		}
	}
	for _, name := range table {
		if asked[name] == nil && name != "ir.Op" {
			t.Errorf("%s is in the table in ir/doc.go, and no package asks an operation for it", name)
		}
	}
}

// ruleTable lists the interfaces in ir/doc.go's table, with the names of their packages.
func ruleTable(t *testing.T) (names []string) {
	t.Helper()
	doc, err := os.ReadFile(filepath.Join(root(t), "ir/doc.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile(`(?m)^//\t(?:(\w+)\.)?([A-Z]\w+) +\|`).FindAllStringSubmatch(string(doc), -1) {
		pkg := m[1]
		if pkg == "" {
			pkg = "ir"
		}
		names = append(names, pkg+"."+m[2])
	}
	return names
}

// askedFor lists the interfaces that n, a type assertion or a type switch, asks an operation for.
func askedFor(info *types.Info, n ast.Node, op types.Type) (names []string) {
	var x ast.Expr
	var wanted []ast.Expr
	switch n := n.(type) {
	case *ast.TypeAssertExpr:
		if n.Type == nil { // of a switch
			return nil
		}
		x, wanted = n.X, []ast.Expr{n.Type}
	case *ast.TypeSwitchStmt:
		ast.Inspect(n.Assign, func(n ast.Node) bool {
			if a, ok := n.(*ast.TypeAssertExpr); ok {
				x = a.X
			}
			return x == nil
		})
		for _, c := range n.Body.List {
			wanted = append(wanted, c.(*ast.CaseClause).List...)
		}
	default:
		return nil
	}
	if from := info.TypeOf(x); from == nil || !types.IsInterface(from) || !types.AssignableTo(from, op) {
		return nil
	}
	for _, w := range wanted {
		if t := info.TypeOf(w); t != nil && types.IsInterface(t) {
			names = append(names, types.TypeString(t, func(p *types.Package) string { return p.Name() }))
		}
	}
	return names
}

// loader type-checks packages of the module from their source, what they import from compiled packages.
type loader struct {
	listed  []listedSource // of the module
	fset    *token.FileSet
	imports types.Importer
}

type listedSource struct {
	ImportPath, Dir, Export string
	GoFiles, CgoFiles       []string
	Imports                 []string
}

func load(t *testing.T) *loader {
	t.Helper()
	cmd := exec.Command("go", "list", "-deps", "-export", "-json=ImportPath,Dir,Export,GoFiles,CgoFiles,Imports",
		"./...")
	cmd.Dir = root(t)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	l := &loader{fset: token.NewFileSet()}
	exports := map[string]string{}
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listedSource
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		exports[p.ImportPath] = p.Export
		if _, ours := inModule(p.ImportPath); ours {
			l.listed = append(l.listed, p)
		}
	}
	l.imports = importer.ForCompiler(l.fset, "gc", func(path string) (io.ReadCloser, error) {
		if exports[path] == "" {
			return nil, fmt.Errorf("no compiled package %s", path)
		}
		return os.Open(exports[path])
	})
	return l
}

type checked struct {
	pkg   *types.Package
	files []*ast.File
	info  *types.Info
}

// lookup is the type of that name in the module's package pkg, as c knows it.
func (c checked) lookup(pkg, name string) types.Type {
	for _, p := range append(c.pkg.Imports(), c.pkg) {
		if p.Path() == module+"/"+pkg {
			return p.Scope().Lookup(name).Type()
		}
	}
	return nil
}

func (l *loader) check(t *testing.T, path string) checked {
	t.Helper()
	i := slices.IndexFunc(l.listed, func(p listedSource) bool { return p.ImportPath == path })
	if i < 0 {
		t.Fatalf("no package %s", path)
	}
	p := l.listed[i]
	c := checked{info: &types.Info{Types: map[ast.Expr]types.TypeAndValue{}, Uses: map[*ast.Ident]types.Object{}}}
	for _, name := range slices.Concat(p.GoFiles, p.CgoFiles) {
		f, err := parser.ParseFile(l.fset, filepath.Join(p.Dir, name), nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		c.files = append(c.files, f)
	}
	conf := types.Config{Importer: l.imports, FakeImportC: true}
	if len(p.CgoFiles) > 0 { // what comes from C has no types here
		conf.Error = func(error) {}
	}
	var err error
	if c.pkg, err = conf.Check(path, l.fset, c.files, c.info); err != nil && conf.Error == nil {
		t.Fatal(err)
	}
	return c
}
