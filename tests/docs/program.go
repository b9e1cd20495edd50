package docs

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
)

// module is what the library's packages are in.
const module = "github.com/gojax/gojax"

// paths are the import paths of the packages that a piece need not import, by name; those of the library are within the
// module. Where two packages have one name, a piece imports the other by a name of its own.
var paths = map[string]string{
	"bytes": "bytes", "context": "context", "errors": "errors", "filepath": "path/filepath", "fmt": "fmt",
	"io": "io", "log": "log", "math": "math", "os": "os",
	"slices": "slices", "sort": "sort", "strings": "strings", "sync": "sync", "time": "time", "cmplx": "math/cmplx",

	"gojax": module, "jnp": module + "/jnp", "linalg": module + "/jnp/linalg", "fft": module + "/jnp/fft",
	"lax": module + "/lax", "random": module + "/random", "nn": module + "/nn",
	"initializers": module + "/nn/initializers", "debug": module + "/debug", "special": module + "/scipy/special",
	"stats": module + "/scipy/stats", "signal": module + "/scipy/signal", "ndimage": module + "/scipy/ndimage",
	"tree": module + "/tree", "optim": module + "/optim", "optimize": module + "/scipy/optimize",
	"ode": module + "/ode", "checkpoint": module + "/checkpoint", "expr": module + "/expr",
	"export": module + "/export", "serve": module + "/serve", "http": "net/http",
	"image": module + "/image", "interpolate": module + "/scipy/interpolate",
	"vq": module + "/scipy/cluster/vq", "transform": module + "/scipy/spatial/transform",
}

// writer writes the package of a page.
type writer struct {
	file       string            // the page's, as errors name it
	imports    map[string]string // path by name
	decls, run strings.Builder
	open       int // scopes to close
}

// source is the Go package of a page. Its function Run runs all pieces in turn, and says before each where it stands.
func source(file, text string) (string, error) {
	w := &writer{file: file, imports: map[string]string{}}
	for _, p := range pieces(text) {
		if err := w.piece(p); err != nil {
			return "", err
		}
	}
	w.run.WriteString(strings.Repeat("}", w.open) + "\n")
	var b strings.Builder
	fmt.Fprintf(&b, "package page\n\n")
	for _, name := range slices.Sorted(maps.Keys(w.imports)) {
		fmt.Fprintf(&b, "import %s %q\n", name, w.imports[name])
	}
	fmt.Fprintf(&b, support, w.run.String())
	b.WriteString(w.decls.String())
	return b.String(), nil
}

// support is what each package has: Run, what it says on standard output (result.go reads it), and where it catches
// panics.
const support = `
import docsFmt "fmt"
import docsStack "runtime/debug"

func docsAt(line int) { docsFmt.Printf("\x01%%d\n", line) }

func docsUse(...any) {}

func Run() {
	defer func() {
		if e := recover(); e != nil {
			docsFmt.Printf("\n\x02%%s\x02%%v\n", docsStack.Stack(), e)
		}
	}()
%s}

`

// piece adds a piece to the package.
func (w *writer) piece(p piece) error {
	statements, main := w.declarations(p)
	code := strings.Join(statements, "\n")
	if p.cell {
		code = statement(code)
	}
	names, err := defined(w.file, p.line, code)
	if err != nil {
		return err
	}
	w.importFor(code)
	fmt.Fprintf(&w.run, "{ docsAt(%d)\n//line %s:%d\n%s\n", p.line, w.file, p.line, code)
	for _, name := range names {
		fmt.Fprintf(&w.run, "_ = %s\n", name)
	}
	if main != "" {
		fmt.Fprintf(&w.run, "%s()\n", main)
	}
	if p.cell {
		w.run.WriteString("}\n")
	} else {
		w.open++
	}
	return nil
}

var (
	declares  = regexp.MustCompile(`^(func [A-Za-z(]|type |import |package |const )`)
	importing = regexp.MustCompile(`^(?:import )?\(?\s*(\w*)\s*"([^"]+)"`)
)

// declarations moves the functions, types and imports of a piece to the package, leaving empty lines. A function main
// gets a name of its own, since a page may have several.
func (w *writer) declarations(p piece) (statements []string, main string) {
	statements = slices.Clone(p.lines)
	for i := 0; i < len(statements); i++ {
		if p.cell || !declares.MatchString(statements[i]) {
			continue
		}
		end := i
		if depth(statements[i]) > 0 {
			for end++; end < len(statements)-1 && !strings.HasPrefix(statements[end], "}") &&
				!strings.HasPrefix(statements[end], ")"); end++ {
			}
		}
		decl := slices.Clone(statements[i : end+1])
		for k := i; k <= end; k++ {
			statements[k] = ""
		}
		switch {
		case strings.HasPrefix(decl[0], "package "):
		case strings.HasPrefix(decl[0], "import "):
			for _, line := range decl {
				if m := importing.FindStringSubmatch(strings.TrimSpace(line)); m != nil {
					name := m[1]
					if name == "" {
						name = path.Base(m[2])
					}
					w.imports[name] = m[2]
				}
			}
		default:
			if strings.HasPrefix(decl[0], "func main(") {
				main = fmt.Sprintf("docsMain%d", p.line)
				decl[0] = strings.Replace(decl[0], "main", main, 1)
			}
			code := strings.Join(decl, "\n")
			w.importFor(code)
			fmt.Fprintf(&w.decls, "//line %s:%d\n%s\n", w.file, p.line+i, code)
		}
		i = end
	}
	return statements, main
}

// depth is how many braces and parentheses a line leaves open.
func depth(line string) int {
	return strings.Count(line, "{") + strings.Count(line, "(") - strings.Count(line, "}") - strings.Count(line, ")")
}

// statement makes a statement of what a cell has: an expression that Go does not take as one is handed to a function.
func statement(code string) string {
	e, err := parser.ParseExpr(code)
	if err != nil {
		return code
	}
	if call, ok := e.(*ast.CallExpr); ok {
		if _, builtin := call.Fun.(*ast.Ident); !builtin {
			return code
		}
	}
	return "docsUse(" + code + ")"
}

// defined are the variables that statements define outside of their blocks: they are used, so that Go takes them. An
// error has the page's line.
func defined(file string, line int, code string) (names []string, err error) {
	const before = "package p; func _() {\n"
	f, err := parser.ParseFile(token.NewFileSet(), "", before+code+"\n}", parser.SkipObjectResolution)
	if list, ok := err.(scanner.ErrorList); ok {
		return nil, fmt.Errorf("%s:%d: %s", file, line+list[0].Pos.Line-2, list[0].Msg)
	}
	add := func(e ast.Expr) {
		if id, ok := e.(*ast.Ident); ok && id.Name != "_" {
			names = append(names, id.Name)
		}
	}
	for _, s := range f.Decls[0].(*ast.FuncDecl).Body.List {
		switch s := s.(type) {
		case *ast.AssignStmt:
			for _, e := range s.Lhs {
				if s.Tok == token.DEFINE {
					add(e)
				}
			}
		case *ast.DeclStmt:
			for _, spec := range s.Decl.(*ast.GenDecl).Specs {
				if v, ok := spec.(*ast.ValueSpec); ok {
					for _, id := range v.Names {
						add(id)
					}
				}
			}
		}
	}
	return names, nil
}

var qualified = regexp.MustCompile(`(^|[^.\w])(\w+)\.[A-Z]`)

// importFor imports the packages that code names.
func (w *writer) importFor(code string) {
	for _, m := range qualified.FindAllStringSubmatch(code, -1) {
		if p, ok := paths[m[2]]; ok && w.imports[m[2]] == "" {
			w.imports[m[2]] = p
		}
	}
}
