package api

import (
	"go/ast"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// withOptions are the packages whose keyword arguments are fields of structs.
var withOptions = []string{"jnp", "jnp/linalg", "jnp/fft", "nn", "nn/initializers", "random", "scipy/special",
	"scipy/fft", "scipy/linalg", "scipy/ndimage", "scipy/signal", "scipy/stats",
	"scipy/interpolate", "scipy/cluster/vq", "scipy/spatial/transform", "image",
	"scipy/sparse/linalg", "plot"}

// notOptions are structs that share a method's name with a function, and are not its options.
var notOptions = map[string]string{
	"jnp.UFunc": "makes a function a ufunc, whose methods have the names of NumPy's ufunc methods",

	"linalg.CholeskyFactors": factored, "linalg.LUFactors": factored, "linalg.QRFactors": factored,
	"linalg.EighFactors": factored, "linalg.SVDFactors": factored,
}

const factored = "is a matrix, of which it computes what the functions compute of an array"

// options is a struct that holds keyword arguments.
type options struct {
	fields []string // the exported ones
	funcs  []string // the functions that it has as methods
}

// optionStructs finds the structs of a package that have exported fields, and functions of the package as methods.
func optionStructs(s source) map[string]*options {
	all := map[string]*options{}
	s.types(func(t *ast.TypeSpec, _ string) {
		x, ok := t.Type.(*ast.StructType)
		if !ok || !t.Name.IsExported() || notOptions[s.name+"."+t.Name.Name] != "" {
			return
		}
		o := &options{}
		for _, f := range x.Fields.List {
			for _, n := range f.Names {
				if n.IsExported() {
					o.fields = append(o.fields, n.Name)
				}
			}
		}
		if len(o.fields) > 0 {
			all[t.Name.Name] = o
		}
	})
	funcs := map[string]bool{}
	s.funcs(func(fn *ast.FuncDecl, recv string) {
		funcs[fn.Name.Name] = funcs[fn.Name.Name] || recv == "" && fn.Name.IsExported()
	})
	s.funcs(func(fn *ast.FuncDecl, recv string) {
		if o := all[recv]; o != nil && funcs[fn.Name.Name] {
			o.funcs = append(o.funcs, fn.Name.Name)
		}
	})
	for name, o := range all {
		if len(o.funcs) == 0 {
			delete(all, name)
		}
	}
	return all
}

var optionsLine = regexp.MustCompile(`^Options: (\w+) \(([\w, ]+)\)\.$`)

// A function whose keyword arguments are fields of a struct says so in the last line of its comment, and names the
// fields that it reads: "Options: Reduction (KeepDims, DType)."
func TestFunctionsNameTheirOptions(t *testing.T) {
	for _, dir := range withOptions {
		s := read(t, dir)
		structs := optionStructs(s)
		if len(structs) == 0 {
			t.Errorf("%s has no structs of options: is the test looking in the right place?", dir)
		}
		s.funcs(func(fn *ast.FuncDecl, recv string) {
			if recv != "" || !fn.Name.IsExported() {
				return
			}
			name := s.name + "." + fn.Name.Name
			lines := strings.Split(strings.TrimSpace(fn.Doc.Text()), "\n")
			m := optionsLine.FindStringSubmatch(lines[len(lines)-1])
			if len(lines) > 1 && lines[len(lines)-2] != "" {
				m = nil // a paragraph of its own
			}
			if n := strings.Count(fn.Doc.Text(), "Options: "); n > 0 && m == nil || n > 1 {
				t.Errorf("%s: the comment of %s has no last line of the form \"Options: Struct (Field, Field).\"",
					s.at(fn), name)
				return
			}
			for typ, o := range structs {
				if slices.Contains(o.funcs, fn.Name.Name) && (m == nil || m[1] != typ) {
					t.Errorf(
						"%s: %s is a method of %s, which the last line of its comment must say: \"Options: %s (%s).\"",
						s.at(fn), name, typ, typ, strings.Join(o.fields, ", "))
				}
			}
			if m == nil {
				return
			}
			o := structs[m[1]]
			if o == nil || !slices.Contains(o.funcs, fn.Name.Name) {
				t.Errorf("%s: the comment of %s names the options %s, which have no such method", s.at(fn), name, m[1])
				return
			}
			for _, f := range strings.Split(m[2], ", ") {
				if !slices.Contains(o.fields, f) {
					t.Errorf("%s: the comment of %s names the field %s, which %s does not have", s.at(fn), name, f,
						m[1])
				}
			}
		})
	}
}

// The comment of the package has a table of its structs of options: a row begins with the struct's name, and it names
// every field.
func TestPackagesListTheirOptions(t *testing.T) {
	word := regexp.MustCompile(`\w+`)
	for _, dir := range withOptions {
		s := read(t, dir)
		rows := tableRows(s)
		for typ, o := range optionStructs(s) {
			words := word.FindAllString(rows[typ], -1)
			if words == nil {
				t.Errorf("the comment of package %s has no row for the options %s (of %s)", dir, typ,
					strings.Join(o.funcs, ", "))
			}
			for _, f := range o.fields {
				if words != nil && !slices.Contains(words, f) {
					t.Errorf("the row for the options %s in the comment of package %s does not name the field %s", typ,
						dir, f)
				}
			}
		}
	}
}

// tableRows are the rows of the tables in the comment of a package, by their first word. A row goes on in lines that
// begin with spaces.
func tableRows(s source) map[string]string {
	rows := map[string]string{}
	for _, f := range s.files {
		first := ""
		for _, l := range strings.Split(f.Doc.Text(), "\n") {
			row, ok := strings.CutPrefix(l, "\t")
			if !ok {
				first = ""
				continue
			}
			if name, rest, ok := strings.Cut(row, "  "); ok && name != "" {
				first, row = name, rest
			}
			if first != "" {
				rows[first] += row + "\n"
			}
		}
	}
	return rows
}
