package expr

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"

	"github.com/gojax/gojax/jnp"
)

// function is a row of the table of functions. A generic one that is no matter of operands is in several rows.
type function struct {
	pkg, name string
	f         any
	operands  uint              // bit i: parameter i is an operand, an Array or a Go number
	call      func(a []any) any // f of a, which are of its types; nil for those that run has a case for
}

// needsValues are the functions that look at the elements of arrays while they are called: the shape of what they give,
// or whether it is an error, depends on them. A formula that calls one runs call by call.
var needsValues = map[string]bool{
	"ArgWhere": true, "BinCount": true, "Choose": true, "Compress": true, "Delete": true, "Extract": true,
	"FlatNonzero": true, "Insert": true, "Intersect1D": true, "Piecewise": true, "Place": true, "Put": true,
	"RavelMultiIndex": true, "Repeat": true, "Resize": true, "Roots": true, "SegmentMax": true, "SegmentMin": true,
	"SegmentProd": true, "SegmentSum": true, "SetDiff1D": true, "SetXor1D": true, "TrimZeros": true, "Union1D": true,
	"Unique": true, "UniqueValues": true,
}

// functions is the table by names without case and underscores, in its order.
var functions = sync.OnceValue(func() map[string][]function {
	all := map[string][]function{}
	for _, f := range table {
		all[plain(f.name)] = append(all[plain(f.name)], f)
	}
	return all
})

// find is the rows of a function, of one package: pkg, or the first that has the name.
func find(pkg, name string) []function {
	all := functions()[plain(name)]
	if pkg == "" && len(all) > 0 {
		pkg = all[0].pkg
	}
	return slices.DeleteFunc(slices.Clone(all), func(f function) bool { return f.pkg != pkg })
}

// similar says which functions have a name that is nearly name.
func similar(pkg, name string) string {
	var names []string
	for p, all := range functions() {
		if f := all[0]; near(p, plain(name)) && (pkg == "" || f.pkg == pkg) {
			names = append(names, f.name)
		}
	}
	if len(names) == 0 {
		return " in jnp, special, nn or linalg whose result is one array"
	}
	slices.Sort(names)
	return "; there is " + strings.Join(names, ", ")
}

// near reports whether a and b differ by one letter that is wrong, missing, or two that are swapped.
func near(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	switch {
	case len(a) == len(b):
		return i == len(a) || a[i+1:] == b[i+1:] ||
			i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
	case len(a)+1 == len(b):
		return a[i:] == b[i+1:]
	}
	return false
}

// takes reports whether a call may have n arguments.
func (f function) takes(n int) bool {
	t := reflect.TypeOf(f.f)
	if t.IsVariadic() {
		return n >= t.NumIn()-1
	}
	return n == t.NumIn()
}

// arity is how many arguments a call has, in words.
func (f function) arity() string {
	t := reflect.TypeOf(f.f)
	n, least := t.NumIn(), ""
	if t.IsVariadic() {
		n, least = n-1, "at least "
	}
	if n == 1 {
		return least + "1 argument"
	}
	return fmt.Sprintf("%s%d arguments", least, n)
}

// parameter is the type of argument i.
func (f function) parameter(i int) reflect.Type {
	t := reflect.TypeOf(f.f)
	if n := t.NumIn() - 1; t.IsVariadic() && i >= n {
		return t.In(n).Elem()
	}
	return t.In(i)
}

var arrayType = reflect.TypeFor[jnp.Array]()

// use says how the function uses argument i.
func (f function) use(i int) use {
	switch t := f.parameter(i); {
	case t == arrayType, t == reflect.SliceOf(arrayType):
		return 0
	case t.Kind() == reflect.Interface:
		return useInts
	}
	return useValue
}

// call is a call in a formula: of the first of all that takes the arguments.
type call struct {
	name string
	all  []function
	args int
}

// choose is the function, and args in the types of its parameters.
func (c *call) choose(args []any) (f function, in []any) {
	var why string
	for _, f := range c.all {
		if in, why = f.convert(args); why == "" {
			return f, in
		}
	}
	mistake("%s: %s", c.name, why)
	return f, nil
}

// rest is args as the variadic arguments of a call: nil where there are none, as an empty list of axes is another
// thing.
func rest[T any](args []any) (all []T) {
	for _, x := range args {
		v, _ := x.(T) // None is the nil of any
		all = append(all, v)
	}
	return all
}

// convert is args in the types of the parameters, or why they are not.
func (f function) convert(args []any) (in []any, problem string) {
	in = make([]any, len(args))
	for i, x := range args {
		t := f.parameter(i)
		if t == arrayType && f.operands>>min(i, reflect.TypeOf(f.f).NumIn()-1)&1 != 0 {
			in[i] = operand(x)
			continue
		}
		v, ok := convert(x, t)
		if !ok {
			return nil, fmt.Sprintf("argument %d is %s, and not %s", i+1, kind(x), words(t))
		}
		in[i] = v
	}
	return in, ""
}

// convert is x as a t.
func convert(x any, t reflect.Type) (any, bool) {
	if t == arrayType {
		return array(x), true
	}
	if t.Kind() == reflect.Interface {
		return x, true
	}
	if x == nil {
		return nil, false
	}
	r := reflect.ValueOf(x)
	switch k := t.Kind(); {
	case r.Type() == t:
		return x, true
	case t == reflect.TypeFor[jnp.DType](), r.Type() == reflect.TypeFor[jnp.DType]():
		return nil, false
	case k == reflect.Int && r.CanInt(), k == reflect.Float64 && (r.CanInt() || r.CanFloat()):
		return r.Convert(t).Interface(), true
	case k == reflect.Slice || k == reflect.Array:
		if r.Kind() != reflect.Slice || k == reflect.Array && r.Len() != t.Len() {
			return nil, false
		}
		out := reflect.New(t).Elem()
		if k == reflect.Slice {
			out = reflect.MakeSlice(t, r.Len(), r.Len())
		}
		for i := range r.Len() {
			e, ok := convert(r.Index(i).Interface(), t.Elem())
			if !ok {
				return nil, false
			}
			out.Index(i).Set(reflect.ValueOf(e))
		}
		return out.Interface(), true
	}
	return nil, false
}

// kind is what x is, in words.
func kind(x any) string {
	switch x := x.(type) {
	case jnp.Array:
		return fmt.Sprint("an array, ", x.TraceValue().Aval())
	case []any:
		return "a list"
	case nil:
		return "None"
	}
	return fmt.Sprintf("%v, a %T", x, x)
}

// words is what a parameter of type t takes, in words.
func words(t reflect.Type) string {
	switch {
	case t == reflect.TypeFor[jnp.DType]():
		return "a dtype, such as float32"
	case t.Kind() == reflect.Int:
		return "an int that is known while tracing"
	case t.Kind() == reflect.Slice, t.Kind() == reflect.Array:
		return fmt.Sprintf("a list: %v", t)
	}
	return fmt.Sprintf("a %v", t)
}
