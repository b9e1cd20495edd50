package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"strings"
)

// symbols is the exported names of the module by package ("" is the root), as one writes them: "Sum", "Array.Sum" (methods and
// fields).
type symbols map[string]map[string]bool

// has says whether ref, such as "jnp.Array.Sum", "linalg.Norm" or "gojax.Grad", is exported. A reference whose last element is
// in brackets, such as "jnp.Reduction{KeepDims}", stands for the field.
func (s symbols) has(ref string) bool {
	pkg, name, found := strings.Cut(ref, ".")
	if !found {
		return false
	}
	name = strings.NewReplacer("{", ".", "}", "", "()", "").Replace(name)
	for dir, names := range s {
		if packageName(dir) == pkg && names[name] {
			return true
		}
	}
	return false
}

// packageName is the name that users of the package in dir write.
func packageName(dir string) string {
	if dir == "" {
		return "gojax"
	}
	return path.Base(dir)
}

// readSymbols parses the packages of the module under root, tests and commands left out.
func readSymbols(root string) (symbols, error) {
	all := symbols{}
	err := filepath.WalkDir(root, func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, file)
		if err != nil {
			return err
		}
		if d.IsDir() {
			switch name := d.Name(); {
			case rel == ".":
			case strings.HasPrefix(name, ".") || name == "testdata" || name == "tests" || name == "cmd" || name == "examples" || name == "benchmarks":
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") {
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		dir := filepath.ToSlash(filepath.Dir(rel))
		if dir == "." {
			dir = ""
		}
		if all[dir] == nil {
			all[dir] = map[string]bool{}
		}
		for _, decl := range f.Decls {
			addDecl(all[dir], decl)
		}
		return nil
	})
	return all, err
}

func addDecl(names map[string]bool, decl ast.Decl) {
	switch d := decl.(type) {
	case *ast.FuncDecl:
		if !d.Name.IsExported() {
			return
		}
		if d.Recv == nil {
			names[d.Name.Name] = true
		} else if r := receiver(d.Recv.List[0].Type); ast.IsExported(r) {
			names[r+"."+d.Name.Name] = true
		}
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			switch s := spec.(type) {
			case *ast.TypeSpec:
				if s.Name.IsExported() {
					names[s.Name.Name] = true
					addFields(names, s.Name.Name, s.Type)
				}
			case *ast.ValueSpec:
				for _, n := range s.Names {
					if n.IsExported() {
						names[n.Name] = true
					}
				}
			}
		}
	}
}

func addFields(names map[string]bool, typ string, x ast.Expr) {
	var list *ast.FieldList
	switch t := x.(type) {
	case *ast.StructType:
		list = t.Fields
	case *ast.InterfaceType:
		list = t.Methods
	default:
		return
	}
	for _, f := range list.List {
		for _, n := range f.Names {
			if n.IsExported() {
				names[typ+"."+n.Name] = true
			}
		}
	}
}

// receiver is the name of a receiver's type.
func receiver(x ast.Expr) string {
	switch t := x.(type) {
	case *ast.Ident:
		return t.Name
	case *ast.StarExpr:
		return receiver(t.X)
	case *ast.IndexExpr:
		return receiver(t.X)
	case *ast.IndexListExpr:
		return receiver(t.X)
	}
	return ""
}
