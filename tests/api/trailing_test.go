package api

import (
	"go/ast"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// withTrailingOptions are the packages whose functions are generic, so that keyword arguments are fields of a struct
// "...Options" that is the last argument.
var withTrailingOptions = []string{"lax", "optim"}

// trailing is what a package's files say about such structs.
type trailing struct {
	table  string              // the documentation of the package
	fields map[string][]string // of each struct
	taken  map[string]string   // the struct that each function takes
	docs   map[string]string   // the comment of each of these
}

func trailingOptions(t *testing.T, dir string) trailing {
	src := read(t, dir)
	s := trailing{fields: map[string][]string{}, taken: map[string]string{}, docs: map[string]string{}}
	for _, f := range src.files {
		s.table += f.Doc.Text()
	}
	src.types(func(n *ast.TypeSpec, _ string) {
		x, ok := n.Type.(*ast.StructType)
		if !ok || !strings.HasSuffix(n.Name.Name, "Options") {
			return
		}
		for _, f := range x.Fields.List {
			for _, id := range f.Names {
				s.fields[n.Name.Name] = append(s.fields[n.Name.Name], id.Name)
			}
		}
	})
	src.funcs(func(fn *ast.FuncDecl, recv string) {
		params := fn.Type.Params.List
		if !fn.Name.IsExported() || recv != "" || len(params) == 0 {
			return
		}
		v, ok := params[len(params)-1].Type.(*ast.Ellipsis)
		if !ok {
			return
		}
		if id, ok := v.Elt.(*ast.Ident); ok && strings.HasSuffix(id.Name, "Options") {
			s.taken[fn.Name.Name] = id.Name
			s.docs[fn.Name.Name] = fn.Doc.Text()
		}
	})
	if len(s.taken) == 0 || len(s.fields) == 0 {
		t.Fatalf("found no options in %s", dir)
	}
	return s
}

// A function that takes options ends its comment in a paragraph that says what struct they are and which fields it
// reads, as in "Options: RoundOptions (Method).".
func TestTrailingOptionsAreNamed(t *testing.T) {
	said := regexp.MustCompile(`^(\w+) \(([\w, ]+)\)\.$`)
	for _, dir := range withTrailingOptions {
		s := trailingOptions(t, dir)
		for fn, options := range s.taken {
			_, last, _ := strings.Cut(s.docs[fn], "\n\nOptions: ")
			m := said.FindStringSubmatch(strings.Join(strings.Fields(last), " "))
			if m == nil || m[1] != options {
				t.Errorf("the comment of %s.%s does not end in \"Options: %s (...).\": %s", dir, fn, options,
					s.docs[fn])
				continue
			}
			for f := range strings.SplitSeq(m[2], ", ") {
				if !slices.Contains(s.fields[options], f) {
					t.Errorf("the comment of %s.%s names %s.%s, which is not there", dir, fn, options, f)
				}
			}
		}
	}
}

// The table in a package's documentation has every options struct with all its fields.
func TestTrailingOptionsAreListed(t *testing.T) {
	separator := func(r rune) bool { return r == ' ' || r == ',' || r == '\n' }
	for _, dir := range withTrailingOptions {
		s := trailingOptions(t, dir)
		rows := strings.Split(s.table, "\n\t")
		for _, options := range slices.Sorted(maps.Keys(s.fields)) {
			i := slices.IndexFunc(rows, func(r string) bool { return strings.HasPrefix(r, options+" ") })
			if i < 0 {
				t.Errorf("the table in %s/doc.go lacks %s", dir, options)
				continue
			}
			words := strings.FieldsFunc(rows[i], separator)
			for i++; i < len(rows) && strings.HasPrefix(rows[i], " "); i++ { // the row goes on
				words = append(words, strings.FieldsFunc(rows[i], separator)...)
			}
			for _, f := range s.fields[options] {
				if !slices.Contains(words, f) {
					t.Errorf("the table in %s/doc.go lacks %s.%s", dir, options, f)
				}
			}
		}
	}
}
