package main

import (
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/typeutil"
)

var keyReuse = &analysis.Analyzer{
	Name: "keyreuse",
	Doc: `find random keys that are used twice

Two samples from one key are the same numbers, and numbers from a key that was split depend on those of its children. In
a function, a key may go to one sampler, or to Split, Pair or Keys, until its variable is assigned again; in a loop, and
in the body of a loop of lax, to none if it comes from outside of it. FoldIn gives new keys from one as often as one
likes; random.Clone says that the same numbers are meant.

Seen are variables, fields of structs and elements at constant indices, also by another name (k := key), and keys that
go to functions, of this package or another, which use them up whatever else happens. Not seen are tests, keys that go
through stored functions, through slices at indices that change and channels, and fields once a function that is not
gojax's was called, which might have changed them.`,
	Run:       runKeyReuse,
	FactTypes: []analysis.Fact{(*takesKeys)(nil)},
}

// takesKeys says of a function which of its parameters it uses up, whatever else happens.
type takesKeys struct{ Params []takenKey }

// takenKey is the number of a parameter, and whether a sampler uses it.
type takenKey struct {
	Param int
	Draw  bool
}

func (*takesKeys) AFact() {}

func runKeyReuse(pass *analysis.Pass) (any, error) {
	if pkg, ok := inModule(pass.Pkg.Path()); ok && pkg == "random" {
		return nil, nil // which makes samplers of samplers
	}
	loose := looseIn(pass)
	w := &keyWalk{pass, map[token.Pos]bool{}, loose, takersOf(pass, loose)}
	for fn, params := range w.takers {
		if !fn.Exported() {
			continue
		}
		f := &takesKeys{}
		for _, i := range slices.Sorted(maps.Keys(params)) {
			f.Params = append(f.Params, takenKey{i, params[i].draw})
		}
		pass.ExportObjectFact(fn, f)
	}
	for _, f := range pass.Files {
		if inTest(pass, f) {
			continue
		}
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncDecl:
				if n.Body != nil {
					w.block(n.Body.List, newKeyState())
				}
			case *ast.FuncLit:
				w.block(n.Body.List, newKeyState())
			case *ast.CallExpr:
				w.laxLoop(n)
			}
			return true
		})
	}
	return nil, nil
}

// keyUse is how a key was used first.
type keyUse struct {
	name string // of the function, random.Normal
	at   token.Pos
	draw bool // by a sampler, not split
}

// keyWalk follows the statements of a function, and what they use up.
type keyWalk struct {
	pass   *analysis.Pass
	said   map[token.Pos]bool
	loose  map[*types.Var]bool // see looseIn
	takers map[*types.Func]map[int]keyUse
}

func (w *keyWalk) block(list []ast.Stmt, u *keyState) *keyState {
	for _, s := range list {
		if u == nil {
			return nil
		}
		u = w.stmt(s, u)
	}
	return u
}

// stmt is what holds after s; u is changed.
func (w *keyWalk) stmt(s ast.Stmt, u *keyState) *keyState {
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
		then := w.block(s.Body.List, u.clone())
		return then.join(w.stmt(s.Else, u))
	case *ast.ForStmt:
		u = w.stmt(s.Init, u)
		return w.loop(u, func(u *keyState) *keyState {
			w.exprs(u, s.Cond)
			if u = w.block(s.Body.List, u); u != nil {
				u = w.stmt(s.Post, u)
			}
			return u
		})
	case *ast.RangeStmt:
		w.exprs(u, s.X)
		return w.loop(u, func(u *keyState) *keyState {
			w.assign(u, []ast.Expr{s.Key, s.Value}, nil)
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
		w.assign(u, s.Lhs, s.Rhs)
	case *ast.DeclStmt:
		w.exprs(u, s)
		for _, spec := range s.Decl.(*ast.GenDecl).Specs {
			if v, ok := spec.(*ast.ValueSpec); ok {
				w.assign(u, idents(v.Names), v.Values)
			}
		}
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
func (w *keyWalk) loop(u *keyState, body func(u *keyState) *keyState) *keyState {
	after := u.join(body(u.clone()))
	if once := body(u.clone()); once != nil {
		after = after.join(body(once))
	}
	return after
}

// cases is what holds after one of the clauses, or none.
func (w *keyWalk) cases(body *ast.BlockStmt, u *keyState) *keyState {
	after := u
	for _, c := range body.List {
		var list []ast.Stmt
		switch c := c.(type) {
		case *ast.CaseClause:
			list = c.Body
		case *ast.CommClause:
			list = c.Body
		}
		after = after.join(w.block(list, u.clone()))
	}
	return after
}

// assign gives what is assigned to its new value: that of another key, or one that nothing is known of.
func (w *keyWalk) assign(u *keyState, to, from []ast.Expr) {
	values := make([]any, len(to))
	if len(to) == len(from) {
		for i, x := range from {
			if r, ok := w.key(x); ok {
				values[i] = u.value(r)
			}
		}
	}
	for i, x := range to {
		if x == nil {
			continue
		}
		if r, ok := refOf(w.pass.TypesInfo, x); ok {
			u.set(r, isKey(w.pass.TypesInfo.TypeOf(x)), values[i])
		} else {
			u.unknown() // an element at an index that is not constant, what a pointer points to
		}
	}
}

// exprs notes the uses in n, function literals left out.
func (w *keyWalk) exprs(u *keyState, n ast.Node) {
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

// key is the place of a key that x names, if it is one that is followed.
func (w *keyWalk) key(x ast.Expr) (keyRef, bool) {
	if !isKey(w.pass.TypesInfo.TypeOf(x)) {
		return keyRef{}, false
	}
	r, ok := refOf(w.pass.TypesInfo, x)
	return r, ok && !w.loose[r.root]
}

// call notes that a call uses up the keys that it is given.
func (w *keyWalk) call(u *keyState, call *ast.CallExpr) {
	for _, g := range w.given(call) {
		value := u.value(g.key)
		first, used := u.uses[value]
		switch {
		case !used:
			u.uses[value] = g.keyUse
		case first.draw || g.draw:
			w.report(g, first)
		}
	}
	if !w.harmless(call) {
		u.unknown()
	}
}

// given is a key that a call uses up.
type given struct {
	key keyRef
	keyUse
}

// given are the keys that a call uses up.
func (w *keyWalk) given(call *ast.CallExpr) (all []given) {
	info := w.pass.TypesInfo
	add := func(x ast.Expr, name string, draw bool) {
		if r, ok := w.key(x); ok {
			all = append(all, given{r, keyUse{name, x.Pos(), draw}})
		}
	}
	if pkg, name := callee(info, call); pkg == "random" {
		if len(call.Args) > 0 && name != "FoldIn" && name != "Clone" {
			add(call.Args[0], "random."+name, isArray(info.TypeOf(call)))
		}
		return all
	}
	fn, _ := typeutil.Callee(info, call).(*types.Func)
	if fn == nil || fn.Pkg() == nil {
		return all
	}
	if fn = fn.Origin(); fn.Pkg() != w.pass.Pkg {
		var f takesKeys
		w.pass.ImportObjectFact(fn, &f)
		for _, k := range f.Params {
			if k.Param < len(call.Args) {
				add(call.Args[k.Param], fn.Pkg().Name()+"."+fn.Name(), k.Draw)
			}
		}
		return all
	}
	for i, x := range call.Args {
		if use, ok := w.takers[fn][i]; ok {
			add(x, fn.Name(), use.draw)
		}
	}
	return all
}

// harmless reports whether a call changes no field: gojax's functions, conversions, what is built in.
func (w *keyWalk) harmless(call *ast.CallExpr) bool {
	if pkg, _ := callee(w.pass.TypesInfo, call); pkg != "" {
		return !slices.ContainsFunc(call.Args, func(x ast.Expr) bool {
			_, ok := w.pass.TypesInfo.TypeOf(x).Underlying().(*types.Signature) // which may
			return ok
		})
	}
	t := w.pass.TypesInfo.Types[ast.Unparen(call.Fun)]
	return t.IsType() || t.IsBuiltin()
}

// loops are the functions of lax that call their arguments again and again.
var loops = []string{"ForiLoop", "Scan", "ScanN", "Fold", "Repeat", "WhileLoop", "Map"}

// laxLoop looks for keys from outside of a loop in the functions that it is made of.
func (w *keyWalk) laxLoop(loop *ast.CallExpr) {
	pkg, name := callee(w.pass.TypesInfo, loop)
	if pkg != "lax" || !slices.Contains(loops, name) || inTest(w.pass, loop) {
		return
	}
	for _, a := range loop.Args {
		body, ok := ast.Unparen(a).(*ast.FuncLit)
		if !ok {
			continue
		}
		ast.Inspect(body, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			for _, g := range w.given(call) {
				if at := g.key.root.Pos(); at < body.Pos() || at > body.End() {
					w.sayOnce(g.at, "the key %s comes from outside of the loop of lax.%s, and %s uses the same "+
						"one in each round: take random.FoldIn(%s, i), or scan over random.Keys", g.key, name,
						g.name, g.key)
				}
			}
			return true
		})
	}
}

func (w *keyWalk) sayOnce(at token.Pos, format string, args ...any) {
	if !w.said[at] {
		w.said[at] = true
		w.pass.Reportf(at, format, args...)
	}
}

func (w *keyWalk) report(g given, first keyUse) {
	line := w.pass.Fset.Position(first.at).Line
	switch {
	case first.at == g.at:
		w.sayOnce(g.at, "the key %s comes from outside of the loop, and %s draws the same numbers in each round: take "+
			"random.FoldIn(%s, i), or split it before", g.key, g.name, g.key)
	case first.draw && g.draw:
		w.sayOnce(g.at, "the key %s was used by %s in line %d already, so that these are the same random bits again: "+
			"split it first", g.key, first.name, line)
	default:
		w.sayOnce(g.at, "the key %s was given to %s in line %d already: use the keys that it was split into, one for "+
			"each purpose", g.key, first.name, line)
	}
}
