package trace

import (
	"reflect"
	"runtime"
	"strconv"
	"strings"

	"github.com/gojax/gojax/ir"
)

// Function is a Go function of trees to trees as transformations see it: a function of leaves to leaves. Messages call
// its arguments args[0], args[1] and so on, what is in them args[0].W, and its results results[0].
type Function struct {
	Op   string // what transforms the function, for errors: "gojax.Jit(step)"
	Name string // the function's own: "step"

	op   string
	f    reflect.Value
	args []string // what the arguments are called
}

// FunctionOf is the function f, which the function of the library named op transforms. It panics with *Error, at the
// user's line, where f is no function, or where an argument or result cannot be a tree.
func FunctionOf(op string, f any) *Function {
	v := funcValue(op, f)
	fn := &Function{op: op, f: v}
	fn.Rename(funcName(v))
	t := v.Type()
	for i := range t.NumIn() {
		fn.args = append(fn.args, ArgName(i))
		Must(CheckTree(t.In(i), fn.args[i]), fn.Op, nil)
	}
	for i := range t.NumOut() {
		Must(CheckTree(t.Out(i), ResultName(i)), fn.Op, nil)
	}
	return fn
}

// Rename changes the name that messages have for the function.
func (f *Function) Rename(name string) { f.Name, f.Op = name, f.op+"("+name+")" }

// funcValue is f, which must be a function.
func funcValue(op string, f any) reflect.Value {
	v := reflect.ValueOf(f)
	switch {
	case !v.IsValid():
		Fail(op, nil, "want a function, not nil")
	case v.Kind() != reflect.Func:
		Fail(op, nil, "want a function, not %v", v.Type())
	case v.IsNil():
		Fail(op, nil, "want a function, not a nil %v", v.Type())
	}
	return v
}

// funcName is "step" for main.step, "main.func1" for a literal in main, "jnp.Exp" for a function of the library.
func funcName(f reflect.Value) string {
	r := runtime.FuncForPC(f.Pointer())
	if r == nil {
		return "func"
	}
	n := r.Name()
	file, _ := r.FileLine(f.Pointer())
	if own := ir.CallName(n, file); own != "" {
		return own
	}
	n = n[strings.LastIndexByte(n, '/')+1:]
	if _, rest, ok := strings.Cut(n, "."); ok {
		n = rest
	}
	return strings.TrimSuffix(n, "-fm")
}

// ArgName is what messages call argument i.
func ArgName(i int) string { return "args[" + strconv.Itoa(i) + "]" }

// ResultName is what messages call result i.
func ResultName(i int) string { return "results[" + strconv.Itoa(i) + "]" }

// Type is the function's type.
func (f *Function) Type() reflect.Type { return f.f.Type() }

// Make is a function of f's type that calls impl, with the arguments as reflect.MakeFunc hands them over.
func (f *Function) Make(impl func(args []reflect.Value) []reflect.Value) reflect.Value {
	return reflect.MakeFunc(f.Type(), impl)
}

// Trees are the structures of a function's arguments, or of its results.
type Trees []*Def

// Unflatten rebuilds the trees with new leaves.
func (t Trees) Unflatten(leaves []*Value) []reflect.Value {
	out := make([]reflect.Value, len(t))
	for i, d := range t {
		n := d.NumLeaves()
		out[i] = d.Unflatten(leaves[:n])
		leaves = leaves[n:]
	}
	return out
}

// Paths lists what messages call the leaves; name, ArgName or ResultName, names the trees.
func (t Trees) Paths(name func(i int) string) []string {
	var paths []string
	for i, d := range t {
		paths = append(paths, d.PathsFrom(name(i))...)
	}
	return paths
}

// AppendTrees appends the leaves of the arguments and the key of everything else, as AppendTree does: what a call needs
// to find a program again.
func (f *Function) AppendTrees(args []reflect.Value, leaves []*Value, key []byte) ([]*Value, []byte) {
	for i, a := range args {
		leaves, key = appendTree(f.Op, f.args[i], a, leaves, key)
	}
	return leaves, key
}

// Flatten takes the arguments apart, which are as reflect.MakeFunc hands them over.
func (f *Function) Flatten(args ...reflect.Value) (Trees, []*Value) { return f.flatten(args, ArgName) }

func (f *Function) flatten(x []reflect.Value, name func(i int) string) (Trees, []*Value) {
	trees := make(Trees, len(x))
	var all []*Value
	for i, v := range x {
		var leaves []*Value
		trees[i], leaves = flatten(f.Op, name(i), v)
		all = append(all, leaves...)
	}
	return trees, all
}

// Apply calls the function with the trees in, rebuilt with the leaves x, and takes the results apart.
func (f *Function) Apply(in Trees, x []*Value) (out Trees, y []*Value) {
	args := in.Unflatten(x)
	if f.Type().IsVariadic() {
		return f.flatten(f.f.CallSlice(args), ResultName)
	}
	return f.flatten(f.f.Call(args), ResultName)
}

// NeedSet fails for the first of the trees that is an array and was never set. name is ArgName or ResultName.
func (f *Function) NeedSet(t Trees, name func(i int) string) {
	for i, d := range t {
		if d.root.p.kind == planLeaf && d.root.null {
			FailUnset(f.Op, name(i))
		}
	}
}

// Pack makes the arguments of a call from args, which must be assignable to the parameters; those of a variadic
// parameter go into a slice.
func (f *Function) Pack(args []any) []reflect.Value {
	t := f.Type()
	fixed := t.NumIn()
	if t.IsVariadic() {
		fixed--
	}
	if len(args) < fixed || len(args) > fixed && !t.IsVariadic() {
		Fail(f.Op, nil, "%d arguments for a function of %d", len(args), t.NumIn())
	}
	in := make([]reflect.Value, 0, t.NumIn())
	for i := range fixed {
		in = append(in, f.assignable(i, args[i], t.In(i)))
	}
	if t.IsVariadic() {
		s := t.In(fixed)
		rest := reflect.New(s).Elem()
		for i, a := range args[fixed:] {
			rest = reflect.Append(rest, f.assignable(fixed+i, a, s.Elem()))
		}
		in = append(in, rest)
	}
	return in
}

// assignable is the argument a, the i-th, as a value of type t.
func (f *Function) assignable(i int, a any, t reflect.Type) reflect.Value {
	x := reflect.New(t).Elem()
	v := reflect.ValueOf(a)
	switch {
	case v.IsValid() && v.Type().AssignableTo(t):
		x.Set(v)
	case a != nil || !nillable(t):
		Fail(f.Op, nil, "%s is %T, and the function takes %v", ArgName(i), a, t)
	}
	return x
}

// nillable reports whether a tree of type t may be nil.
func nillable(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Interface, reflect.Pointer, reflect.Slice, reflect.Map:
		return true
	}
	return false
}

// WithX64Func is f, which op was given, with 64-bit types in force (or not) while it runs, as WithX64 has it.
func WithX64Func[F any](op string, on bool, f F) F {
	v := funcValue(op, f)
	call := v.Call
	if v.Type().IsVariadic() {
		call = v.CallSlice
	}
	return reflect.MakeFunc(v.Type(), func(args []reflect.Value) (out []reflect.Value) {
		WithX64(on, func() { out = call(args) })
		return out
	}).Interface().(F)
}
