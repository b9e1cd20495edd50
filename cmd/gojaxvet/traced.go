package main

import (
	"fmt"
	"go/ast"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/inspect"
	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"
)

var traced = &analysis.Analyzer{
	Name: "traced",
	Doc: `find elements that are read where they are not known

A function that goes to gojax.Jit, Vmap or Lower, or into control flow of lax, is traced: what is computed of its
parameters has no elements yet, so that Item, Bool, Int, Float, ToSlice, ItemOf and CopyTo of it panic. Choose with
jnp.Where or lax.Cond, loop with lax.WhileLoop, or return the array and read it outside. Functions are found that are
written as an argument, or have a name in the same package, methods too, and so are functions, of this package or
another, that they call with what is traced. What comes from arrays outside of the function alone can be read, and so
can values under Grad that is not jitted. Not seen are functions of other packages that go to Jit by their name,
functions that are passed on as values, and what is kept in variables outside.`,
	Requires:  []*analysis.Analyzer{inspect.Analyzer},
	Run:       runTraced,
	FactTypes: []analysis.Fact{(*readsElements)(nil)},
}

// readsElements says of a function the numbers of the parameters whose elements it reads. Gojax's own functions have
// none: they look whether an array is traced.
type readsElements struct{ Params []int }

func (*readsElements) AFact() {}

// reads are what reads the elements of its receiver or of an argument.
var reads = []string{"Array.Item", "Array.Bool", "Array.Int", "Array.Float", "ToSlice", "ItemOf", "CopyTo"}

// tracer looks into the functions of a package that are traced.
type tracer struct {
	*analysis.Pass
	bodies map[types.Object]ast.Node // the function literals and declarations that have a name
	done   map[ast.Node]bool
	said   map[ast.Node]bool

	helpers map[string]int // where functions read what they are given, by name and the parameters that are traced
}

func runTraced(pass *analysis.Pass) (any, error) {
	t := &tracer{pass, map[types.Object]ast.Node{}, map[ast.Node]bool{}, map[ast.Node]bool{}, map[string]int{}}
	root := pass.ResultOf[inspect.Analyzer].(*inspector.Inspector).Root()
	t.collect(root)
	for c := range root.Preorder((*ast.CallExpr)(nil)) {
		call := c.Node().(*ast.CallExpr)
		if inTest(pass, call) {
			continue
		}
		pkg, name := callee(pass.TypesInfo, call)
		if _, always := tracing(pkg, name); always {
			t.arguments(call, pkg[strings.LastIndexByte(pkg, '/')+1:]+"."+name)
		}
	}
	if _, own := inModule(pass.Pkg.Path()); own {
		return nil, nil
	}
	for o, f := range t.bodies {
		fn, ok := o.(*types.Func)
		decl, declared := f.(*ast.FuncDecl)
		if ok && declared && fn.Exported() {
			t.export(fn, decl)
		}
	}
	return nil, nil
}

// export tells other packages which parameters' elements a function reads.
func (t *tracer) export(fn *types.Func, decl *ast.FuncDecl) {
	var f readsElements
	params := fn.Signature().Params()
	for i := range params.Len() {
		p := params.At(i)
		if _, basic := p.Type().Underlying().(*types.Basic); basic {
			continue
		}
		if len(t.reads(values{t.TypesInfo, map[types.Object]bool{p: true}}, decl.Body)) > 0 {
			f.Params = append(f.Params, i)
		}
	}
	if f.Params != nil {
		t.ExportObjectFact(fn, &f)
	}
}

// elsewhere reports whether a function of another package reads elements of the traced values that it is given.
func (t *tracer) elsewhere(v values, call *ast.CallExpr) bool {
	fn, _ := typeutil.Callee(t.TypesInfo, call).(*types.Func)
	var f readsElements
	return fn != nil && fn.Pkg() != nil && fn.Pkg() != t.Pkg && t.ImportObjectFact(fn.Origin(), &f) &&
		slices.ContainsFunc(f.Params, func(i int) bool { return i < len(call.Args) && v.has(call.Args[i]) })
}

// collect finds the functions with a name. A variable that is assigned twice is none.
func (t *tracer) collect(root inspector.Cursor) {
	twice := map[types.Object]bool{}
	note := func(id *ast.Ident, f ast.Node) {
		o := t.TypesInfo.ObjectOf(id)
		if o == nil {
			return
		}
		if _, ok := t.bodies[o]; ok {
			twice[o] = true
		}
		t.bodies[o] = f
	}
	for c := range root.Preorder((*ast.FuncDecl)(nil), (*ast.AssignStmt)(nil), (*ast.ValueSpec)(nil)) {
		switch n := c.Node().(type) {
		case *ast.FuncDecl:
			if n.Body != nil {
				note(n.Name, n)
			}
		case *ast.AssignStmt:
			for i, x := range n.Lhs {
				if id, ok := x.(*ast.Ident); ok && len(n.Lhs) == len(n.Rhs) {
					note(id, n.Rhs[i])
				}
			}
		case *ast.ValueSpec:
			for i, id := range n.Names {
				if len(n.Names) == len(n.Values) {
					note(id, n.Values[i])
				}
			}
		}
	}
	for o := range twice {
		delete(t.bodies, o)
	}
}

// arguments looks into the functions that a call has as arguments, and those that transformations of gojax have there.
func (t *tracer) arguments(call *ast.CallExpr, by string) {
	for _, a := range call.Args {
		t.function(a, by, 0)
	}
}

func (t *tracer) function(x ast.Expr, by string, depth int) {
	const deepest = 20
	if depth > deepest {
		return
	}
	var f ast.Node = ast.Unparen(x)
	switch named := f.(type) {
	case *ast.Ident:
		f = t.bodies[t.TypesInfo.ObjectOf(named)]
	case *ast.SelectorExpr:
		f = t.bodies[t.TypesInfo.ObjectOf(named.Sel)]
	}
	switch f := f.(type) {
	case *ast.FuncLit:
		t.body(f, f.Type, f.Body, by)
	case *ast.FuncDecl:
		t.body(f, f.Type, f.Body, by)
	case *ast.CallExpr:
		if traces, _ := tracing(callee(t.TypesInfo, f)); traces {
			for _, a := range f.Args {
				t.function(a, by, depth+1)
			}
		}
	}
}

// body looks for reads of what is computed of the parameters.
func (t *tracer) body(f ast.Node, typ *ast.FuncType, body *ast.BlockStmt, by string) {
	if t.done[f] {
		return
	}
	t.done[f] = true
	v := values{t.TypesInfo, map[types.Object]bool{}}
	v.parameters(typ)
	for call, name := range t.reads(v, body) {
		if t.said[call] {
			continue
		}
		t.said[call] = true
		t.Reportf(call.Pos(), "%s reads elements that are not known while %s traces the function: choose with "+
			"jnp.Where or lax.Cond, or return the array and read it outside", name, by)
	}
}

// reads are the calls in a body that read elements of traced values, themselves or in functions of the package that
// they call, and what reads.
func (t *tracer) reads(v values, body *ast.BlockStmt) map[*ast.CallExpr]string {
	found := map[*ast.CallExpr]string{}
	for range 2 { // what a loop assigns is read above it as well
		v.follow(body)
	}
	ast.Inspect(body, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		pkg, name := callee(t.TypesInfo, call)
		switch {
		case outside(pkg, name):
			return false
		case pkg == "jnp" && slices.Contains(reads, name) && v.read(call):
			found[call] = strings.TrimPrefix(name, "Array.")
		case t.elsewhere(v, call):
			found[call] = types.ExprString(call.Fun)
		default:
			if line := t.helper(v, call); line > 0 {
				found[call] = fmt.Sprintf("%s, in line %d,", types.ExprString(call.Fun), line)
			}
		}
		return true
	})
	return found
}

// helper is the line in which a function of the package, called with traced values, reads elements of these; 0 if it
// reads none.
func (t *tracer) helper(v values, call *ast.CallExpr) int {
	fn, _ := typeutil.Callee(t.TypesInfo, call).(*types.Func)
	decl, _ := t.bodies[fn].(*ast.FuncDecl)
	if fn == nil || decl == nil {
		return 0
	}
	given := values{t.TypesInfo, map[types.Object]bool{}}
	key := fn.FullName()
	note := func(p *types.Var, x ast.Expr) {
		if _, number := p.Type().Underlying().(*types.Basic); !number && v.has(x) {
			given.vars[p] = true
			key += " " + p.Name()
		}
	}
	sig := fn.Signature()
	if s, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok && sig.Recv() != nil {
		note(sig.Recv(), s.X)
	}
	for i, a := range call.Args {
		note(sig.Params().At(min(i, sig.Params().Len()-1)), a)
	}
	first, known := t.helpers[key]
	if known || len(given.vars) == 0 {
		return first
	}
	t.helpers[key] = 0 // while it calls itself
	for c := range t.reads(given, decl.Body) {
		if line := t.Fset.Position(c.Pos()).Line; first == 0 || line < first {
			first = line
		}
	}
	t.helpers[key] = first
	return first
}

// values are the variables that hold what is traced.
type values struct {
	info *types.Info
	vars map[types.Object]bool
}

// parameters are traced, but for Go numbers and strings.
func (v values) parameters(t *ast.FuncType) {
	for _, f := range t.Params.List {
		for _, id := range f.Names {
			v.note(id)
		}
	}
}

// note takes in a variable that can hold arrays.
func (v values) note(x ast.Expr) {
	id, ok := ast.Unparen(x).(*ast.Ident)
	if !ok {
		return
	}
	o := v.info.ObjectOf(id)
	if o == nil {
		return
	}
	if _, basic := o.Type().Underlying().(*types.Basic); !basic {
		v.vars[o] = true
	}
}

// follow notes the variables that traced values are assigned to, and the parameters of functions that are traced in
// turn.
func (v values) follow(body ast.Node) {
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for i, to := range n.Lhs {
				if from := n.Rhs[min(i, len(n.Rhs)-1)]; v.has(from) {
					v.note(to)
				}
			}
		case *ast.ValueSpec:
			for i, to := range n.Names {
				if len(n.Values) > 0 && v.has(n.Values[min(i, len(n.Values)-1)]) {
					v.note(to)
				}
			}
		case *ast.RangeStmt:
			if v.has(n.X) {
				for _, to := range []ast.Expr{n.Key, n.Value} {
					if to != nil {
						v.note(to)
					}
				}
			}
		case *ast.CallExpr:
			pkg, name := callee(v.info, n)
			if outside(pkg, name) {
				return false
			}
			if traces, _ := tracing(pkg, name); traces {
				for _, a := range n.Args {
					if f, ok := ast.Unparen(a).(*ast.FuncLit); ok {
						v.parameters(f.Type)
					}
				}
			}
		}
		return true
	})
}

// has reports whether x is computed of what is traced. What is asked about the type alone is not, nor is a function.
func (v values) has(x ast.Node) (found bool) {
	ast.Inspect(x, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.CallExpr:
			if asksType(v.info, n) {
				return false
			}
		case *ast.Ident:
			found = found || v.vars[v.info.ObjectOf(n)]
		}
		return !found
	})
	return found
}

// read reports whether a call that reads elements is given traced ones.
func (v values) read(call *ast.CallExpr) bool {
	if s, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok && isArray(v.info.TypeOf(s.X)) {
		return v.has(s.X)
	}
	return slices.ContainsFunc(call.Args, func(a ast.Expr) bool { return isArray(v.info.TypeOf(a)) && v.has(a) })
}
