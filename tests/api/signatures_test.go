package api

import (
	"go/ast"
	"testing"
)

// What a user reads in a signature must be a name that the user can write: no exported function, method, field or
// interface method of a public package mentions an unexported type of its package.
func TestSignatures(t *testing.T) {
	for _, dir := range public(t) {
		s := read(t, dir)
		hidden := map[string]bool{}
		s.types(func(t *ast.TypeSpec, _ string) {
			if !t.Name.IsExported() {
				hidden[t.Name.Name] = true
			}
		})
		check := func(what string, at ast.Node, x ast.Expr, params *ast.FieldList) {
			if name := mentions(x, hidden, params); name != "" {
				t.Errorf("%s: %s.%s shows the unexported type %s", s.at(at), s.name, what, name)
			}
		}
		s.funcs(func(fn *ast.FuncDecl, recv string) {
			if fn.Name.IsExported() && (recv == "" || ast.IsExported(recv)) {
				check(join(recv, fn.Name.Name), fn, fn.Type, fn.Type.TypeParams)
			}
		})
		s.types(func(typ *ast.TypeSpec, _ string) {
			if !typ.Name.IsExported() {
				return
			}
			fields := (*ast.FieldList)(nil)
			switch x := typ.Type.(type) {
			case *ast.StructType:
				fields = x.Fields
			case *ast.InterfaceType:
				fields = x.Methods
			default:
				if typ.Assign.IsValid() {
					check(typ.Name.Name, typ, typ.Type, typ.TypeParams)
				}
				return
			}
			for _, f := range fields.List {
				for _, n := range f.Names {
					if n.IsExported() {
						check(typ.Name.Name+"."+n.Name, f, f.Type, typ.TypeParams)
					}
				}
			}
		})
	}
}

// mentions is the first of the names hidden that x mentions, type parameters left out.
func mentions(x ast.Expr, hidden map[string]bool, params *ast.FieldList) (found string) {
	own := map[string]bool{}
	if params != nil {
		for _, f := range params.List {
			for _, n := range f.Names {
				own[n.Name] = true
			}
		}
	}
	var visit func(n ast.Node) bool
	visit = func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr: // of another package
			return false
		case *ast.Field: // its names are no types
			ast.Inspect(n.Type, visit)
			return false
		case *ast.Ident:
			if found == "" && hidden[n.Name] && !own[n.Name] {
				found = n.Name
			}
		}
		return true
	}
	ast.Inspect(x, visit)
	return found
}
