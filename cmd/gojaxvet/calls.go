package main

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/typeutil"
)

const module = "github.com/gojax/gojax"

// callee is the function of gojax that is called: its package within the module and its name, "jnp" and "Array.Add";
// "" if it is none.
func callee(info *types.Info, call *ast.CallExpr) (pkg, name string) {
	fn, ok := typeutil.Callee(info, call).(*types.Func)
	if !ok || fn.Pkg() == nil {
		return "", ""
	}
	pkg, ok = inModule(fn.Pkg().Path())
	if !ok {
		return "", ""
	}
	name = fn.Name()
	if recv := fn.Signature().Recv(); recv != nil {
		n := namedType(recv.Type())
		if n == nil {
			return "", ""
		}
		name = n.Obj().Name() + "." + name
	}
	return pkg, name
}

// inModule is the path of a package within the module, "gojax" of its root, and whether it is of the module.
func inModule(path string) (pkg string, ok bool) {
	if path == module {
		return "gojax", true
	}
	return strings.CutPrefix(path, module+"/")
}

// namedType is the named type that t is, or points to.
func namedType(t types.Type) *types.Named {
	t = types.Unalias(t)
	if p, ok := t.(*types.Pointer); ok {
		t = types.Unalias(p.Elem())
	}
	n, _ := t.(*types.Named)
	return n
}

// isType reports whether t is a type of gojax: "jnp", "Array".
func isType(t types.Type, pkg, name string) bool {
	n := namedType(t)
	if n == nil || n.Obj().Pkg() == nil || n.Obj().Name() != name {
		return false
	}
	p, ok := inModule(n.Obj().Pkg().Path())
	return ok && p == pkg
}

func isArray(t types.Type) bool { return isType(t, "jnp", "Array") }

func isKey(t types.Type) bool { return isType(t, "random", "KeyArray") }

// inTest reports whether a node is in a test: there results are dropped and keys used twice to see what happens.
func inTest(pass *analysis.Pass, n ast.Node) bool {
	return strings.HasSuffix(pass.Fset.File(n.Pos()).Name(), "_test.go")
}

// variable is the variable that x names, if it is a name.
func variable(info *types.Info, x ast.Expr) *types.Var {
	if id, ok := ast.Unparen(x).(*ast.Ident); ok {
		v, _ := info.ObjectOf(id).(*types.Var)
		return v
	}
	return nil
}

// outside are functions whose arguments are run on the host, not traced.
func outside(pkg, name string) bool {
	return pkg == "debug" || pkg == "gojax" && slices.Contains([]string{"PureCallback", "NewKernel", "Try"}, name)
}

// tracing reports whether a function of gojax calls its arguments that are functions with traced values, and whether it
// does so however it is called itself: the gradients of concrete arguments can be read.
func tracing(pkg, name string) (traces, always bool) {
	switch pkg {
	case "lax":
		return true, true
	case "gojax":
		always = slices.Contains([]string{"Jit", "Vmap", "Vectorize", "Lower", "MakeProgram"}, name)
		return always || !outside(pkg, name), always
	}
	return false, false
}

// asksType reports whether a call is a question about the type of an array, which is known while tracing and the same
// in each round of a loop.
func asksType(info *types.Info, call *ast.CallExpr) bool {
	pkg, name := callee(info, call)
	return pkg == "jnp" && slices.Contains([]string{"Array.Shape", "Array.Len", "Array.NDim", "Array.Size",
		"Array.DType", "Array.NBytes", "Array.Weak", "Shape", "NDim", "Size"}, name)
}
