package main

import (
	"go/ast"
	"go/token"
	"go/types"
	"maps"

	"golang.org/x/tools/go/analysis"
)

var keyReuse = &analysis.Analyzer{
	Name: "keyreuse",
	Doc: `find random keys that are used twice

Two samples from one key are the same numbers, and numbers from a key that was split depend on those of its children. In
a function, a variable that holds a key may go to one sampler, or to Split, Pair or Keys, until it is assigned again; in
a loop, to none if it comes from outside of it. FoldIn gives new keys from one as often as one likes. Only variables are
looked at, function by function, and no tests; random.Clone says that the same numbers are meant.`,
	Run: runKeyReuse,
}

func runKeyReuse(pass *analysis.Pass) (any, error) {
	if pkg, ok := inModule(pass.Pkg.Path()); ok && pkg == "random" {
		return nil, nil // which makes samplers of samplers
	}
	w := &keyWalk{pass: pass, said: map[token.Pos]bool{}}
	for _, f := range pass.Files {
		if inTest(pass, f) {
			continue
		}
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncDecl:
				if n.Body != nil {
					w.block(n.Body.List, keyUses{})
				}
			case *ast.FuncLit:
				w.block(n.Body.List, keyUses{})
			}
			return true
		})
	}
	return nil, nil
}

// keyUse is how a key was used first.
type keyUse struct {
	name string // of the function
	at   token.Pos
	draw bool // by a sampler, not split
}

// keyUses are the variables whose keys are used up. nil is what holds where no statement is reached.
type keyUses map[*types.Var]keyUse

// join is what holds where control comes from u or from v.
func (u keyUses) join(v keyUses) keyUses {
	if u == nil {
		return v
	}
	u = maps.Clone(u)
	maps.Copy(u, v)
	return u
}

// keyWalk follows the statements of a function, and what they use up.
type keyWalk struct {
	pass *analysis.Pass
	said map[token.Pos]bool
}

func (w *keyWalk) block(list []ast.Stmt, u keyUses) keyUses {
	for _, s := range list {
		if u == nil {
			return nil
		}
		u = w.stmt(s, u)
	}
	return u
}

// stmt is what holds after s; u is changed.
func (w *keyWalk) stmt(s ast.Stmt, u keyUses) keyUses {
	switch s := s.(type) {
	case nil:
	case *ast.BlockStmt:
		return w.block(s.List, u)
	case *ast.LabeledStmt:
		return w.stmt(s.Stmt, u)
	case *ast.ReturnStmt:
		w.exprs(u, s)
		return nil
	case *ast.BranchStmt:
		return nil
	case *ast.IfStmt:
		u = w.stmt(s.Init, u)
		w.exprs(u, s.Cond)
		then := w.block(s.Body.List, maps.Clone(u))
		return then.join(w.stmt(s.Else, u))
	case *ast.ForStmt:
		u = w.stmt(s.Init, u)
		return w.loop(u, func(u keyUses) keyUses {
			w.exprs(u, s.Cond)
			if u = w.block(s.Body.List, u); u != nil {
				u = w.stmt(s.Post, u)
			}
			return u
		})
	case *ast.RangeStmt:
		w.exprs(u, s.X)
		return w.loop(u, func(u keyUses) keyUses {
			w.assigned(u, s.Key, s.Value)
			return w.block(s.Body.List, u)
		})
	case *ast.SwitchStmt:
		u = w.stmt(s.Init, u)
		w.exprs(u, s.Tag)
		return w.cases(s.Body, u)
	case *ast.TypeSwitchStmt:
		return w.cases(s.Body, w.stmt(s.Init, u))
	case *ast.SelectStmt:
		return w.cases(s.Body, u)
	case *ast.AssignStmt:
		w.exprs(u, s)
		w.assigned(u, s.Lhs...)
	case *ast.ExprStmt:
		w.exprs(u, s)
		if w.panics(s.X) {
			return nil
		}
	default:
		w.exprs(u, s)
	}
	return u
}

// panics reports whether x is a call of panic.
func (w *keyWalk) panics(x ast.Expr) bool {
	call, ok := ast.Unparen(x).(*ast.CallExpr)
	if !ok {
		return false
	}
	id, ok := ast.Unparen(call.Fun).(*ast.Ident)
	return ok && w.pass.TypesInfo.Uses[id] == types.Universe.Lookup("panic")
}

// loop is what holds after a loop whose body is run: two times tell what each further one would.
func (w *keyWalk) loop(u keyUses, body func(u keyUses) keyUses) keyUses {
	after := u.join(body(maps.Clone(u)))
	if once := body(maps.Clone(u)); once != nil {
		after = after.join(body(once))
	}
	return after
}

// cases is what holds after one of the clauses, or none.
func (w *keyWalk) cases(body *ast.BlockStmt, u keyUses) keyUses {
	after := u
	for _, c := range body.List {
		var list []ast.Stmt
		switch c := c.(type) {
		case *ast.CaseClause:
			list = c.Body
		case *ast.CommClause:
			list = c.Body
		}
		after = after.join(w.block(list, maps.Clone(u)))
	}
	return after
}

// assigned forgets what the variables held.
func (w *keyWalk) assigned(u keyUses, to ...ast.Expr) {
	for _, x := range to {
		if x != nil {
			delete(u, variable(w.pass.TypesInfo, x))
		}
	}
}

// exprs notes the uses in n, function literals left out.
func (w *keyWalk) exprs(u keyUses, n ast.Node) {
	if n == nil {
		return
	}
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.CallExpr:
			w.call(u, n)
		}
		return true
	})
}

// call notes that a call uses up the key that it is given.
func (w *keyWalk) call(u keyUses, call *ast.CallExpr) {
	if len(call.Args) == 0 {
		return
	}
	pkg, name := callee(w.pass.TypesInfo, call)
	v := variable(w.pass.TypesInfo, call.Args[0])
	if pkg != "random" || v == nil || !isKey(v.Type()) || name == "FoldIn" || name == "Clone" {
		return
	}
	use := keyUse{name, call.Args[0].Pos(), isArray(w.pass.TypesInfo.TypeOf(call))}
	first, used := u[v]
	if !used {
		u[v] = use
		return
	}
	if first.draw || use.draw {
		w.report(v, first, use)
	}
}

func (w *keyWalk) report(v *types.Var, first, use keyUse) {
	if w.said[use.at] {
		return
	}
	w.said[use.at] = true
	line := w.pass.Fset.Position(first.at).Line
	switch {
	case first.at == use.at:
		w.pass.Reportf(use.at, "the key %s comes from outside of the loop, and random.%s draws the same numbers in "+
			"each round: take random.FoldIn(%s, i), or split it before", v.Name(), use.name, v.Name())
	case first.draw && use.draw:
		w.pass.Reportf(use.at, "the key %s was used by random.%s in line %d already, so that these are the same "+
			"random bits again: split it first", v.Name(), first.name, line)
	default:
		w.pass.Reportf(use.at, "the key %s was given to random.%s in line %d already: use the keys that it was split "+
			"into, one for each purpose", v.Name(), first.name, line)
	}
}
