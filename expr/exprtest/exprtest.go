// Package exprtest checks the formulas in the source of a package, so that a mistake in one fails go test and not the
// program: call Check in a test of the package.
package exprtest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
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
		c := checker{t: t, fset: token.NewFileSet(), texts: map[string]ast.Expr{}}
		names, err := filepath.Glob(filepath.Join(folder, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		var files []*ast.File
		for _, name := range names {
			f, err := parser.ParseFile(c.fset, name, nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			files = append(files, f)
			ast.Inspect(f, c.constant)
		}
		for _, f := range files {
			c.file(f)
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
	texts map[string]ast.Expr // of named constants; nil where there are two of a name
	expr  string              // what the file calls package expr; "" if it does not import it
	found int
}

// constant notes the constants that are declared.
func (c *checker) constant(n ast.Node) bool {
	if d, ok := n.(*ast.GenDecl); ok && d.Tok == token.CONST {
		for _, s := range d.Specs {
			s := s.(*ast.ValueSpec)
			for i, name := range s.Names {
				if _, twice := c.texts[name.Name]; twice || i >= len(s.Values) {
					c.texts[name.Name] = nil
				} else {
					c.texts[name.Name] = s.Values[i]
				}
			}
		}
	}
	return true
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
	text, ok := c.text(call.Args[0], 0)
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
		name, ok := c.text(a, 0)
		if !ok {
			return nil
		}
		names = append(names, name)
	}
	return names
}

// text is the constant text that x is.
func (c *checker) text(x ast.Expr, depth int) (string, bool) {
	const deepest = 100 // of constants that are said by each other
	if depth > deepest {
		return "", false
	}
	switch x := x.(type) {
	case *ast.BasicLit:
		s, err := strconv.Unquote(x.Value)
		return s, err == nil && x.Kind == token.STRING
	case *ast.ParenExpr:
		return c.text(x.X, depth+1)
	case *ast.Ident:
		return c.text(c.texts[x.Name], depth+1)
	case *ast.BinaryExpr:
		a, ok := c.text(x.X, depth+1)
		b, both := c.text(x.Y, depth+1)
		return a + b, ok && both && x.Op == token.ADD
	}
	return "", false
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
