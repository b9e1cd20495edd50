package main

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"maps"
	"slices"

	"golang.org/x/tools/go/analysis"
)

// keyRef is where a key is kept: a variable, a field of one, or an element at a constant index.
type keyRef struct {
	root *types.Var
	path string // .Field[0], empty for the variable itself
}

func (r keyRef) String() string { return r.root.Name() + r.path }

// refOf is the place that x names, if it is one.
func refOf(info *types.Info, x ast.Expr) (keyRef, bool) {
	switch x := ast.Unparen(x).(type) {
	case *ast.Ident:
		v, _ := info.ObjectOf(x).(*types.Var)
		return keyRef{root: v}, v != nil
	case *ast.SelectorExpr:
		if s := info.Selections[x]; s == nil || s.Kind() != types.FieldVal {
			return keyRef{}, false
		}
		r, ok := refOf(info, x.X)
		r.path += "." + x.Sel.Name
		return r, ok
	case *ast.IndexExpr:
		i := info.Types[x.Index].Value
		if i == nil || i.Kind() != constant.Int {
			return keyRef{}, false
		}
		r, ok := refOf(info, x.X)
		r.path += "[" + i.ExactString() + "]"
		return r, ok
	}
	return keyRef{}, false
}

// idents are names as expressions.
func idents(names []*ast.Ident) []ast.Expr {
	all := make([]ast.Expr, len(names))
	for i, id := range names {
		all[i] = id
	}
	return all
}

// keyState is what is known of keys at a statement. nil is what holds where none is reached.
type keyState struct {
	values map[keyRef]any     // which key is kept where: two places may have one; what is missing has its first
	uses   map[any]keyUse     // how these keys were used up
	roots  map[*types.Var]any // of variables that were assigned whole: since when their fields are new
	since  any                // when all fields were new
}

func newKeyState() *keyState {
	return &keyState{map[keyRef]any{}, map[any]keyUse{}, map[*types.Var]any{}, nil}
}

func (u *keyState) clone() *keyState {
	if u == nil {
		return nil
	}
	return &keyState{maps.Clone(u.values), maps.Clone(u.uses), maps.Clone(u.roots), u.since}
}

// value is the key at r.
func (u *keyState) value(r keyRef) any {
	if v, ok := u.values[r]; ok {
		return v
	}
	type first struct {
		keyRef
		since, all any
	}
	f := first{keyRef: r, since: u.roots[r.root]}
	if r.path != "" {
		f.all = u.since
	}
	return f
}

// set has r keep what is assigned: a key, which may be known, or a value that has keys as its parts.
func (u *keyState) set(r keyRef, isKey bool, key any) {
	if r.path != "" { // pointers and slices may have it under another name
		u.unknown()
	} else {
		u.roots[r.root] = new(int)
		maps.DeleteFunc(u.values, func(part keyRef, _ any) bool { return part.root == r.root })
	}
	if !isKey {
		return
	}
	if key == nil {
		key = new(int)
	}
	u.values[r] = key
}

// unknown forgets what fields and elements keep.
func (u *keyState) unknown() {
	u.since = new(int)
	maps.DeleteFunc(u.values, func(r keyRef, _ any) bool { return r.path != "" })
}

// join is what holds where control comes from u or from v.
func (u *keyState) join(v *keyState) *keyState {
	if u == nil {
		return v
	}
	if v == nil {
		return u
	}
	j := u.clone()
	maps.Copy(j.uses, v.uses)
	if u.since != v.since {
		j.unknown()
	}
	for r, since := range v.roots {
		if u.roots[r] != since {
			j.roots[r] = new(int)
		}
	}
	places := maps.Clone(u.values)
	maps.Copy(places, v.values)
	for r := range places {
		a, b := u.value(r), v.value(r)
		if a == b || r.path != "" && u.since != v.since {
			continue
		}
		either := new(int) // one of two keys: used up where one of them is
		j.values[r] = either
		for _, key := range []any{a, b} {
			if use, ok := j.uses[key]; ok {
				j.uses[either] = use
			}
		}
	}
	return j
}

// looseIn are the variables that may change where it cannot be seen: what is assigned by another function than the one
// that declares it, and what has its address taken.
func looseIn(pass *analysis.Pass) map[*types.Var]bool {
	loose := map[*types.Var]bool{}
	for _, f := range pass.Files {
		ast.PreorderStack(f, nil, func(n ast.Node, stack []ast.Node) bool {
			switch n := n.(type) {
			case *ast.UnaryExpr:
				if r, ok := refOf(pass.TypesInfo, n.X); ok && n.Op == token.AND {
					loose[r.root] = true
				}
			case *ast.AssignStmt:
				for _, x := range n.Lhs {
					r, ok := refOf(pass.TypesInfo, x)
					in := function(stack)
					if ok && in != nil && (r.root.Pos() < in.Pos() || r.root.Pos() > in.End()) {
						loose[r.root] = true
					}
				}
			}
			return true
		})
	}
	return loose
}

// function is the innermost of the nodes that is a function.
func function(stack []ast.Node) ast.Node {
	for _, n := range slices.Backward(stack) {
		switch n.(type) {
		case *ast.FuncLit, *ast.FuncDecl:
			return n
		}
	}
	return nil
}

// takersOf are the functions of a package that use up keys which they are given, whatever else happens: by the number
// of the parameter, how.
func takersOf(pass *analysis.Pass, loose map[*types.Var]bool) map[*types.Func]map[int]keyUse {
	takers := map[*types.Func]map[int]keyUse{}
	w := &keyWalk{pass: pass, takers: takers, loose: loose}
	for range 3 { // functions that call such functions
		for _, f := range pass.Files {
			for _, d := range f.Decls {
				if fn, ok := d.(*ast.FuncDecl); ok && fn.Body != nil {
					w.taker(fn)
				}
			}
		}
	}
	return takers
}

// taker notes which of its parameters a function uses up.
func (w *keyWalk) taker(fn *ast.FuncDecl) {
	number := map[*types.Var]int{}
	o, _ := w.pass.TypesInfo.Defs[fn.Name].(*types.Func)
	if o == nil {
		return
	}
	for i := range o.Signature().Params().Len() {
		if p := o.Signature().Params().At(i); isKey(p.Type()) {
			number[p] = i
		}
	}
	for _, s := range fn.Body.List {
		if len(number) == 0 || mayLeave(s) {
			return
		}
		switch s.(type) {
		case *ast.AssignStmt, *ast.ExprStmt, *ast.DeclStmt, *ast.ReturnStmt:
		default:
			w.forget(s, number)
			continue
		}
		ast.Inspect(s, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncLit:
				return false
			case *ast.CallExpr:
				for _, g := range w.given(n) {
					if i, ok := number[g.key.root]; ok && g.key.path == "" {
						if w.takers[o] == nil {
							w.takers[o] = map[int]keyUse{}
						}
						w.takers[o][i] = g.keyUse
					}
				}
			}
			return true
		})
		w.forget(s, number)
	}
}

// forget takes out the parameters that s assigns to.
func (w *keyWalk) forget(s ast.Stmt, number map[*types.Var]int) {
	ast.Inspect(s, func(n ast.Node) bool {
		if a, ok := n.(*ast.AssignStmt); ok {
			for _, x := range a.Lhs {
				delete(number, variable(w.pass.TypesInfo, x))
			}
		}
		return true
	})
}

// mayLeave reports whether what stands behind s may not be reached.
func mayLeave(s ast.Stmt) (leaves bool) {
	if _, last := s.(*ast.ReturnStmt); last {
		return false
	}
	ast.Inspect(s, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt, *ast.BranchStmt:
			leaves = true
		}
		return !leaves
	})
	return leaves
}
