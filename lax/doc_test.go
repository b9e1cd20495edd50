package lax_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// source is what the package's files say about options.
type source struct {
	table  string              // the documentation of the package
	fields map[string][]string // of each options struct
	taken  map[string]string   // the options struct that each function takes
	docs   map[string]string   // the comment of each of these
}

func readSource(t *testing.T) source {
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	s := source{fields: map[string][]string{}, taken: map[string]string{}, docs: map[string]string{}}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		s.table += f.Doc.Text()
		for _, d := range f.Decls {
			switch d := d.(type) {
			case *ast.GenDecl:
				for _, spec := range d.Specs {
					s.addType(spec)
				}
			case *ast.FuncDecl:
				s.addFunc(d)
			}
		}
	}
	return s
}

func (s *source) addType(spec ast.Spec) {
	n, ok := spec.(*ast.TypeSpec)
	if !ok || !strings.HasSuffix(n.Name.Name, "Options") {
		return
	}
	for _, f := range n.Type.(*ast.StructType).Fields.List {
		for _, id := range f.Names {
			s.fields[n.Name.Name] = append(s.fields[n.Name.Name], id.Name)
		}
	}
}

func (s *source) addFunc(n *ast.FuncDecl) {
	params := n.Type.Params.List
	if !n.Name.IsExported() || n.Recv != nil || len(params) == 0 {
		return
	}
	v, ok := params[len(params)-1].Type.(*ast.Ellipsis)
	if !ok {
		return
	}
	if id, ok := v.Elt.(*ast.Ident); ok && strings.HasSuffix(id.Name, "Options") {
		s.taken[n.Name.Name] = id.Name
		s.docs[n.Name.Name] = n.Doc.Text()
	}
}

// A function that takes options ends its comment in a paragraph that says what struct they are and which fields it
// reads, as in "Options: RoundOptions (Method).".
func TestOptionsAreDocumented(t *testing.T) {
	s := readSource(t)
	if len(s.taken) == 0 || len(s.fields) == 0 {
		t.Fatal("found no options")
	}
	said := regexp.MustCompile(`^(\w+) \(([\w, ]+)\)\.$`)
	for fn, options := range s.taken {
		_, last, _ := strings.Cut(s.docs[fn], "\n\nOptions: ")
		m := said.FindStringSubmatch(strings.Join(strings.Fields(last), " "))
		if m == nil || m[1] != options {
			t.Errorf("the comment of %s does not end in \"Options: %s (...).\": %s", fn, options, s.docs[fn])
			continue
		}
		for f := range strings.SplitSeq(m[2], ", ") {
			if !slices.Contains(s.fields[options], f) {
				t.Errorf("the comment of %s names %s.%s, which is not there", fn, options, f)
			}
		}
	}
}

// The table in the package's documentation has every options struct with all its fields.
func TestOptionsTable(t *testing.T) {
	s := readSource(t)
	separator := func(r rune) bool { return r == ' ' || r == ',' }
	rows := strings.Split(s.table, "\n\t")
	for options, names := range s.fields {
		i := slices.IndexFunc(rows, func(r string) bool { return strings.HasPrefix(r, options+" ") })
		if i < 0 {
			t.Errorf("the table in doc.go lacks %s", options)
			continue
		}
		words := strings.FieldsFunc(rows[i], separator)
		for i++; i < len(rows) && strings.HasPrefix(rows[i], " "); i++ { // the row goes on
			words = append(words, strings.FieldsFunc(rows[i], separator)...)
		}
		for _, f := range names {
			if !slices.Contains(words, f) {
				t.Errorf("the table in doc.go lacks %s.%s", options, f)
			}
		}
	}
}
