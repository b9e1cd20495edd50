package main

import (
	"go/ast"
	"go/token"
	"go/types"
	"maps"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/inspect"
	"golang.org/x/tools/go/ast/inspector"
)

var recompile = &analysis.Analyzer{
	Name: "recompile",
	Doc: `find jitted functions that are compiled in each round of a loop

A jitted function takes Go numbers for constants, and is traced and compiled again for each new one. So a number that
changes from round to round goes in as an array: step(x, jnp.AsArray(i)). Loops over a list that is written out are
left alone. Seen are calls of variables, and of fields that nothing else is assigned to in the package; not seen are
functions that other packages or functions return jitted, and jitted functions in maps and slices.`,
	Requires: []*analysis.Analyzer{inspect.Analyzer},
	Run:      runRecompile,
}

func runRecompile(pass *analysis.Pass) (any, error) {
	root := pass.ResultOf[inspect.Analyzer].(*inspector.Inspector).Root()
	jitted := jittedVariables(pass, root)
	said := map[token.Pos]bool{}
	for c := range root.Preorder((*ast.ForStmt)(nil), (*ast.RangeStmt)(nil)) {
		loop := c.Node()
		changing := changingIn(pass.TypesInfo, loop)
		for c := range c.Preorder((*ast.CallExpr)(nil)) {
			call := c.Node().(*ast.CallExpr)
			is := jitted[variableOrField(pass.TypesInfo, call.Fun)] || isJit(pass.TypesInfo, call.Fun)
			if !is || inTest(pass, call) {
				continue
			}
			for _, a := range call.Args {
				if v := changingNumber(pass.TypesInfo, a, changing); v != nil && !said[a.Pos()] {
					said[a.Pos()] = true
					pass.Reportf(a.Pos(), "%s changes in the loop, and a jitted function is compiled again for each "+
						"new Go number: pass an array, jnp.AsArray(%s)", v.Name(), types.ExprString(a))
				}
			}
		}
	}
	return nil, nil
}

// isJit reports whether x is a call of gojax.Jit.
func isJit(info *types.Info, x ast.Expr) bool {
	call, ok := ast.Unparen(x).(*ast.CallExpr)
	if !ok {
		return false
	}
	pkg, name := callee(info, call)
	return pkg == "gojax" && name == "Jit"
}

// jittedVariables are the variables that something jitted is assigned to, and the fields that nothing else is.
func jittedVariables(pass *analysis.Pass, root inspector.Cursor) map[*types.Var]bool {
	jitted, other := map[*types.Var]bool{}, map[*types.Var]bool{}
	note := func(v *types.Var, x ast.Expr) {
		switch is := isJit(pass.TypesInfo, x); {
		case is:
			jitted[v] = true
		case v != nil && v.IsField():
			other[v] = true
		}
	}
	for c := range root.Preorder((*ast.AssignStmt)(nil), (*ast.ValueSpec)(nil), (*ast.CompositeLit)(nil)) {
		switch n := c.Node().(type) {
		case *ast.AssignStmt:
			for i, x := range n.Lhs {
				note(variableOrField(pass.TypesInfo, x), n.Rhs[min(i, len(n.Rhs)-1)])
			}
		case *ast.ValueSpec:
			for i, x := range n.Values {
				note(variable(pass.TypesInfo, n.Names[i]), x)
			}
		case *ast.CompositeLit:
			fields, ok := pass.TypesInfo.TypeOf(n).Underlying().(*types.Struct)
			for i, x := range n.Elts {
				if named, is := x.(*ast.KeyValueExpr); is {
					note(variable(pass.TypesInfo, named.Key), named.Value)
				} else if ok {
					note(fields.Field(i), x)
				}
			}
		}
	}
	maps.DeleteFunc(jitted, func(v *types.Var, _ bool) bool { return v == nil || other[v] })
	return jitted
}

// variableOrField is the variable or field that x names, if it does.
func variableOrField(info *types.Info, x ast.Expr) *types.Var {
	if s, ok := ast.Unparen(x).(*ast.SelectorExpr); ok {
		v, _ := info.ObjectOf(s.Sel).(*types.Var)
		return v
	}
	return variable(info, x)
}

// changingIn are the variables that a loop counts by or assigns to.
func changingIn(info *types.Info, loop ast.Node) map[*types.Var]bool {
	changing := map[*types.Var]bool{}
	note := func(xs ...ast.Expr) {
		for _, x := range xs {
			if x == nil {
				continue
			}
			if v := variable(info, x); v != nil {
				changing[v] = true
			}
		}
	}
	if r, ok := loop.(*ast.RangeStmt); ok {
		if _, written := ast.Unparen(r.X).(*ast.CompositeLit); !written {
			note(r.Key, r.Value)
		}
	}
	ast.Inspect(loop, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for i, x := range n.Lhs {
				// What is computed of what does not change does not change either; that is for the others to tell.
				if n.Tok == token.DEFINE && len(n.Lhs) == len(n.Rhs) && !mentions(info, n.Rhs[i], changing) {
					continue
				}
				note(x)
			}
		case *ast.IncDecStmt:
			note(n.X)
		}
		return true
	})
	return changing
}

// mentions reports whether one of the variables is in x.
func mentions(info *types.Info, x ast.Expr, vars map[*types.Var]bool) bool {
	return mentioned(info, x, vars) != nil
}

// mentioned is the first of the variables in x. What is asked about the type of an array alone is no use of it.
func mentioned(info *types.Info, x ast.Expr, vars map[*types.Var]bool) (found *types.Var) {
	ast.Inspect(x, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			if asksType(info, n) {
				return false
			}
		case *ast.Ident:
			if v, _ := info.ObjectOf(n).(*types.Var); v != nil && vars[v] && found == nil {
				found = v
			}
		}
		return found == nil
	})
	return found
}

// changingNumber is the variable by which the argument x, a Go number, changes.
func changingNumber(info *types.Info, x ast.Expr, changing map[*types.Var]bool) *types.Var {
	t := info.TypeOf(x)
	if t == nil {
		return nil
	}
	if b, ok := t.Underlying().(*types.Basic); !ok || b.Info()&types.IsNumeric == 0 {
		return nil
	}
	return mentioned(info, x, changing)
}
