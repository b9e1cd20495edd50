// Package exprtest checks the formulas in the source of a package, so that a mistake in one fails go test and not the
// program: call Check in a test of the package.
package exprtest

import (
	"go/ast"
	"go/constant"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/gojax/gojax/expr"
	"github.com/gojax/gojax/internal/formula"
)

const module = "github.com/gojax/gojax"

// Check reads the Go files of the folders, by default of that of the test, and fails the test at every formula that has
// a mistake: the texts of expr.Compile, expr.MustCompile and expr.Eval, with the names behind them, and those of the
// methods Ix and AtIx of arrays, where they are constants: literals, named constants, and sums of these. A package
// without any fails too. It has no counterpart in JAX.
func Check(t testing.TB, folders ...string) {
	t.Helper()
	if len(folders) == 0 {
		folders = []string{"."}
	}
	for _, folder := range folders {
		c := checker{t: t, fset: token.NewFileSet()}
		names, err := filepath.Glob(filepath.Join(folder, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		packages := map[string][]*ast.File{} // of a folder: the package, and that of its external tests
		for _, name := range names {
			f, err := parser.ParseFile(c.fset, name, nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			packages[f.Name.Name] = append(packages[f.Name.Name], f)
		}
		for _, name := range slices.Sorted(maps.Keys(packages)) {
			c.constants(name, packages[name])
			for _, f := range packages[name] {
				c.file(f)
			}
		}
		if c.found == 0 {
			t.Errorf("no formulas found in %s: is this the package that has them?", folder)
		}
	}
}

// checker checks the files of a package.
type checker struct {
	t     testing.TB
	fset  *token.FileSet
	info  types.Info // of constants
	expr  string     // what the file calls package expr; "" if it does not import it
	found int
}

// constants finds what is constant in the files of a package. What they import is not looked at, and so is no error
// that this makes.
func (c *checker) constants(name string, files []*ast.File) {
	c.info = types.Info{Types: map[ast.Expr]types.TypeAndValue{}}
	conf := types.Config{Error: func(error) {}}
	conf.Check(name, c.fset, files, &c.info)
}

// file checks the calls in a file that imports gojax.
func (c *checker) file(f *ast.File) {
	c.expr = ""
	ours := false
	for _, i := range f.Imports {
		path, err := strconv.Unquote(i.Path.Value)
		if err != nil || path != module && !strings.HasPrefix(path, module+"/") {
			continue
		}
		ours = true
		if path == module+"/expr" {
			if c.expr = "expr"; i.Name != nil {
				c.expr = i.Name.Name
			}
		}
	}
	if !ours {
		return
	}
	ast.Inspect(f, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok && len(call.Args) > 0 {
			c.call(call)
		}
		return true
	})
}

func (c *checker) call(call *ast.CallExpr) {
	pkg, name := "", ""
	switch fun := call.Fun.(type) {
	case *ast.SelectorExpr:
		name = fun.Sel.Name
		if id, ok := fun.X.(*ast.Ident); ok {
			pkg = id.Name
		}
	case *ast.Ident:
		pkg, name = ".", fun.Name // as where expr is imported without a name
	}
	text, ok := c.text(call.Args[0])
	if !ok {
		return
	}
	var err error
	switch inExpr := pkg != "" && pkg == c.expr; {
	case inExpr && (name == "Compile" || name == "MustCompile"):
		_, err = expr.Compile(text, c.names(call.Args[1:])...)
	case inExpr && name == "Eval":
		_, err = expr.Compile(text)
	case name == "Ix" || name == "AtIx":
		_, err = formula.ParseIndex(text)
	default:
		return
	}
	c.found++
	if err != nil {
		c.t.Errorf("%s: %v", c.place(call.Args[0], err), err)
	}
}

// names are the constant texts of args, none if one is not constant.
func (c *checker) names(args []ast.Expr) (names []string) {
	for _, a := range args {
		name, ok := c.text(a)
		if !ok {
			return nil
		}
		names = append(names, name)
	}
	return names
}

// text is the constant text that x is.
func (c *checker) text(x ast.Expr) (string, bool) {
	v := c.info.Types[x].Value
	if v == nil || v.Kind() != constant.String {
		return "", false
	}
	return constant.StringVal(v), true
}

// place is where the mistake is: within a literal as it stands in the text, otherwise where the argument begins.
func (c *checker) place(x ast.Expr, err error) token.Position {
	at := c.fset.Position(x.Pos())
	lit, ok := x.(*ast.BasicLit)
	if e, isOurs := err.(*expr.SyntaxError); ok && isOurs && lit.Value[1:len(lit.Value)-1] == e.Text {
		at = c.fset.Position(x.Pos() + 1 + token.Pos(e.Offset))
	}
	return at
}
