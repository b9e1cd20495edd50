// Package gosource reads what tests ask of the source of Go packages.
package gosource

import "go/ast"

// TypeName is the name of a type that is generic or pointed to, as receivers are: T of *T and of T[X].
func TypeName(x ast.Expr) string {
	switch x := x.(type) {
	case *ast.Ident:
		return x.Name
	case *ast.StarExpr:
		return TypeName(x.X)
	case *ast.IndexExpr:
		return TypeName(x.X)
	case *ast.IndexListExpr:
		return TypeName(x.X)
	}
	return ""
}

// Receiver is the name of the type that d is a method of, or "" if it is a function.
func Receiver(d *ast.FuncDecl) string {
	if d.Recv == nil {
		return ""
	}
	return TypeName(d.Recv.List[0].Type)
}
