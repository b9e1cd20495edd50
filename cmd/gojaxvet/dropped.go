package main

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/inspect"
	"golang.org/x/tools/go/ast/inspector"
)

var dropped = &analysis.Analyzer{
	Name: "dropped",
	Doc: `find results that are dropped

Arrays never change: x.At(0).Set(1) gives a new one, and as a statement by itself does nothing. So do all methods of
arrays and functions of jnp, nn, random and scipy whose results are arrays, behind defer and go as well. A function without parameters and results
may end in such a call (gojax.Try(func() { x.Add(y) })), and so may tests; _ = x.Add(y) says that it is meant.`,
	Requires: []*analysis.Analyzer{inspect.Analyzer},
	Run:      runDropped,
}

// pure are the packages whose functions do nothing but give arrays.
var pure = []string{"jnp", "jnp/linalg", "jnp/fft", "nn", "nn/initializers", "random"}

// acts are the methods that give an array and do something besides.
var acts = []string{"Array.BlockUntilReady", "Stream.Next"}

func runDropped(pass *analysis.Pass) (any, error) {
	in := pass.ResultOf[inspect.Analyzer].(*inspector.Inspector)
	for c := range in.Root().Preorder((*ast.ExprStmt)(nil), (*ast.DeferStmt)(nil), (*ast.GoStmt)(nil)) {
		s := c.Node()
		call := callOf(s)
		if call == nil || inTest(pass, s) || endsThunk(c) {
			continue
		}
		pkg, name := callee(pass.TypesInfo, call)
		if !slices.Contains(pure, pkg) && !strings.HasPrefix(pkg, "scipy/") || slices.Contains(acts, name) ||
			!ast.IsExported(name) || !onlyArrays(pass.TypesInfo.TypeOf(call)) || takesFunction(pass.TypesInfo, call) {
			continue
		}
		if method, ok := strings.CutPrefix(name, "Ref."); ok && method != "Get" {
			pass.Reportf(s.Pos(), "the result of At(...).%s is dropped: arrays never change, so write "+
				"x = x.At(...).%s(...)", method, method)
			continue
		}
		pass.Reportf(s.Pos(), "the result of %s.%s is dropped: arrays never change, and it does nothing else",
			pkg[strings.LastIndexByte(pkg, '/')+1:], name)
	}
	return nil, nil
}

// callOf is the call that a statement is, also one behind defer or go.
func callOf(s ast.Node) *ast.CallExpr {
	switch s := s.(type) {
	case *ast.DeferStmt:
		return s.Call
	case *ast.GoStmt:
		return s.Call
	case *ast.ExprStmt:
		call, _ := ast.Unparen(s.X).(*ast.CallExpr)
		return call
	}
	return nil
}

// endsThunk reports whether a statement is the last of a function literal that has neither parameters nor results.
func endsThunk(c inspector.Cursor) bool {
	body, ok := c.Parent().Node().(*ast.BlockStmt)
	if _, is := c.Node().(*ast.ExprStmt); !is || !ok || body.List[len(body.List)-1] != c.Node() {
		return false
	}
	f, ok := c.Parent().Parent().Node().(*ast.FuncLit)
	return ok && f.Type.Params.NumFields() == 0 && f.Type.Results.NumFields() == 0
}

// onlyArrays reports whether results are arrays, keys or elements to be updated, one or several.
func onlyArrays(t types.Type) bool {
	switch t := t.(type) {
	case nil:
		return false
	case *types.Tuple:
		for v := range t.Variables() {
			if !onlyArrays(v.Type()) {
				return false
			}
		}
		return t.Len() > 0
	case *types.Slice:
		return onlyArrays(t.Elem())
	}
	return isArray(t) || isKey(t) || isType(t, "jnp", "Ref")
}

// takesFunction reports whether an argument is a function, which may do anything.
func takesFunction(info *types.Info, call *ast.CallExpr) bool {
	return slices.ContainsFunc(call.Args, func(a ast.Expr) bool {
		t := info.TypeOf(a)
		if t == nil {
			return false
		}
		_, ok := t.Underlying().(*types.Signature)
		return ok
	})
}
