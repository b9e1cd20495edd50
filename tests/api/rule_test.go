package api

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/gojax/gojax/tests/gosource"
)

// TestNames holds exported names to docs/NAMES.md. Each offender is told as folder, name, and the name that it
// should have, with tabs between.
func TestNames(t *testing.T) {
	w := readWords(t)
	offenders := map[string]bool{}
	report := func(folder, name string, spell func(last string) string) {
		last := name[strings.LastIndex(name, ".")+1:] // a member's type is judged by itself
		if want := spell(last); want != last {
			offenders[folder+"\t"+name+"\t"+strings.TrimSuffix(name, last)+want] = true
		}
	}
	folders := map[string][]string{} // of the packages that have a name
	var lines [][]string
	for _, line := range nameTable(t) {
		if line[0] == "go" {
			folders[line[1]] = append(folders[line[1]], line[2])
			_, name, _ := strings.Cut(line[1], ".")
			report(line[2], name, w.respell)
		} else if line[3] == "here" && line[2] != "submodules" {
			lines = append(lines, line)
		}
	}
	for _, name := range exported(t, "ops") { // the engine's operations go by the same names
		report("ops", name, w.respell)
	}
	for _, line := range lines {
		jax := line[1][strings.LastIndex(line[1], ".")+1:]
		if line[2] == "primitives" {
			jax = strings.TrimSuffix(jax, "_p")
		}
		refs, _, _ := strings.Cut(line[4], " (")
		for ref := range strings.SplitSeq(refs, ", ") {
			for _, folder := range folders[ref] {
				_, name, _ := strings.Cut(ref, ".")
				report(folder, name, func(last string) string {
					if strings.EqualFold(last, strings.ReplaceAll(jax, "_", "")) {
						return w.spell(jax)
					}
					return last
				})
			}
		}
	}
	for _, o := range slices.Sorted(maps.Keys(offenders)) {
		t.Error(o)
	}
}

// nameTable is the lines of the table of names, as tests/coverage writes it, in fields.
func nameTable(t *testing.T) (lines [][]string) {
	t.Helper()
	text, err := os.ReadFile("../../cmd/gojax/names.tsv")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		lines = append(lines, append(strings.Split(strings.TrimRight(line, "\n"), "\t"), "", "", ""))
	}
	if len(lines) < 3000 {
		t.Fatalf("the table of names has %d lines", len(lines))
	}
	return lines
}

// exported is the exported names of a package: functions, types, constants, and members as Type.Member.
func exported(t *testing.T, folder string) (names []string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("../..", folder, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, decl := range f.Decls {
			names = append(names, declared(decl)...)
		}
	}
	if len(names) == 0 {
		t.Fatalf("no names found in %s", folder)
	}
	return slices.DeleteFunc(names, func(name string) bool {
		return slices.ContainsFunc(strings.Split(name, "."), func(part string) bool { return !ast.IsExported(part) })
	})
}

// declared is the names that a declaration makes, the fields of a struct as Type.Field.
func declared(decl ast.Decl) (names []string) {
	add := func(typ string, idents []*ast.Ident) {
		for _, id := range idents {
			names = append(names, strings.TrimPrefix(typ+"."+id.Name, "."))
		}
	}
	switch d := decl.(type) {
	case *ast.FuncDecl:
		add(gosource.Receiver(d), []*ast.Ident{d.Name})
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			switch s := spec.(type) {
			case *ast.ValueSpec:
				add("", s.Names)
			case *ast.TypeSpec:
				add("", []*ast.Ident{s.Name})
				if fields, ok := s.Type.(*ast.StructType); ok {
					for _, f := range fields.Fields.List {
						add(s.Name.Name, f.Names)
					}
				}
			}
		}
	}
	return names
}
