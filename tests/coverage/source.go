package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// symbols is the exported names of the module by package ("" is the root), as one writes them: "Sum", "Array.Sum"
// (methods and fields).
type symbols map[string]map[string]symbol

// has says whether ref, such as "jnp.Array.Sum", "linalg.Norm" or "gojax.Grad", is exported. A reference whose last
// element is in brackets, such as "jnp.Reduction{KeepDims}", stands for the field.
func (s symbols) has(ref string) bool {
	pkg, name, found := strings.Cut(ref, ".")
	if !found {
		return false
	}
	name = plain(name)
	for dir, names := range s {
		if _, ok := names[name]; ok && packageName(dir) == pkg {
			return true
		}
	}
	return false
}

// plain is a reference without brackets: "Reduction.KeepDims" of "Reduction{KeepDims}".
func plain(ref string) string { return strings.NewReplacer("{", ".", "}", "", "()", "").Replace(ref) }

// packageName is the name that users of the package in dir write.
func packageName(dir string) string {
	if dir == "" {
		return "gojax"
	}
	return path.Base(dir)
}

// readSymbols parses the packages of the module under root, tests and commands left out.
func readSymbols(root string) (symbols, error) {
	files := map[string][]*ast.File{}
	err := filepath.WalkDir(root, func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, file)
		if err != nil {
			return err
		}
		if d.IsDir() {
			if rel != "." && !inLibrary(file) {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") {
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		dir := filepath.ToSlash(filepath.Dir(rel))
		if dir == "." {
			dir = ""
		}
		files[dir] = append(files[dir], f)
		return nil
	})
	all := symbols{}
	for dir, parsed := range files {
		all[dir] = readPackage(packageName(dir), parsed)
	}
	all.followAliases()
	return all, err
}

// inLibrary reports whether a folder may hold packages of the module that others import.
func inLibrary(folder string) bool {
	name := filepath.Base(folder)
	others := []string{"testdata", "tests", "cmd", "examples", "benchmarks"}
	if strings.HasPrefix(name, ".") || slices.Contains(others, name) {
		return false
	}
	_, err := os.Stat(filepath.Join(folder, "go.mod"))
	return err != nil // a module of its own is none of this one
}

// followAliases gives types that are another package's the members that they have there.
func (s symbols) followAliases() {
	for dir, names := range s {
		for _, name := range slices.Sorted(maps.Keys(names)) {
			s.follow(dir, name)
		}
	}
}

func (s symbols) follow(dir, name string) {
	alias := s[dir][name].alias
	pkg, typ, found := strings.Cut(alias, ".")
	if !found {
		return
	}
	for there, names := range s {
		if packageName(there) != pkg || there == dir { // an alias is of another package, of the same name or not
			continue
		}
		s.follow(there, typ)
		for member, symbol := range names {
			if rest, ok := strings.CutPrefix(member, typ+"."); ok {
				symbol.signature = strings.ReplaceAll(symbol.signature, alias, packageName(dir)+"."+name)
				s[dir][name+"."+rest] = symbol
			}
		}
	}
}
