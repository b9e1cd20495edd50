package gojax

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/trace"
	"github.com/gojax/gojax/transforms/vmap"
)

// Vectorize is f, which takes and returns arrays of the core dimensions that the signature names, as a function that broadcasts over
// all further leading dimensions, as NumPy's generalized ufuncs do (jnp.vectorize): with the signature "(n,m),(m)->(n)" f is given a
// matrix and a vector and returns a vector, and the result takes stacks of them, [..., n, m] and [..., m]. Dimensions of one
// name must agree. An empty signature is one of scalars. Arguments that are no jnp.Array, and those whose numbers are in excluded, are
// passed on and have no part in the signature.
//
// The leading dimensions are mapped by Vmap. It panics with *Error where arguments, results and signature do not fit.
func Vectorize[F any](f F, signature string, excluded ...int) F {
	const op = "Vectorize"
	fv := reflect.ValueOf(f)
	if fv.Kind() != reflect.Func || fv.IsNil() {
		trace.Fail(op, nil, "vectorizes a function; this is %s", describe(fv))
	}
	t := fv.Type()
	v := &vectorized{f: fv, t: t, signature: signature}
	array := reflect.TypeFor[jnp.Array]()
	if t.IsVariadic() {
		trace.Fail(op, nil, "the number of arguments must be known: %v is variadic", t)
	}
	for _, i := range excluded {
		if i < 0 || i >= t.NumIn() {
			trace.Fail(op, nil, "there is no argument %d to exclude: the function has %d", i, t.NumIn())
		}
	}
	for i := range t.NumIn() {
		if t.In(i) == array && !slices.Contains(excluded, i) {
			v.args = append(v.args, i)
		}
	}
	for i := range t.NumOut() {
		if t.Out(i) != array {
			trace.Fail(op, nil, "result %d is %v; the results must be jnp.Arrays", i, t.Out(i))
		}
	}
	if signature == "" {
		v.in, v.out = make([][]string, len(v.args)), make([][]string, t.NumOut())
	} else {
		var err error
		v.in, v.out, err = parseSignature(signature)
		trace.Must(err, op, nil)
	}
	if len(v.in) != len(v.args) || len(v.out) != t.NumOut() {
		trace.Fail(op, nil, "the signature %q has %d arguments and %d results, the function %d and %d", signature, len(v.in), len(v.out), len(v.args), t.NumOut())
	}
	return makeFunc[F](t, v.call)
}

type vectorized struct {
	f         reflect.Value
	t         reflect.Type
	signature string
	args      []int // which arguments the signature is about
	in, out   [][]string
}

var (
	dimList       = `\(\s*(?:\w+\s*(?:,\s*\w+\s*)*)?\)`
	dimLists      = `\s*(?:` + dimList + `(?:\s*,\s*` + dimList + `)*)?\s*`
	signatureForm = regexp.MustCompile(`^` + dimLists + `->` + dimLists + `$`)
	listForm      = regexp.MustCompile(dimList)
	nameForm      = regexp.MustCompile(`\w+`)
)

func parseSignature(s string) (in, out [][]string, err error) {
	if !signatureForm.MatchString(s) {
		return nil, nil, fmt.Errorf("%q is not a signature; write the core dimensions of arguments and results, as in \"(n,m),(m)->(n)\"", s)
	}
	from, to, _ := strings.Cut(s, "->")
	lists := func(s string) (l [][]string) {
		for _, d := range listForm.FindAllString(s, -1) {
			l = append(l, nameForm.FindAllString(d, -1))
		}
		return l
	}
	return lists(from), lists(to), nil
}

// bind checks the trailing dimensions of an array against names and notes their sizes.
func (v *vectorized) bind(sizes map[string]int, names []string, a jnp.Array, what string) {
	shape := a.Shape()
	if len(shape) < len(names) {
		trace.Fail("Vectorize", []ir.Aval{a.TraceValue().Aval()}, "%s has %d dimensions, and the signature %q asks for the core dimensions (%s)", what, len(shape), v.signature, strings.Join(names, ","))
	}
	for i, n := range names {
		got := shape[len(shape)-len(names)+i]
		if want, ok := sizes[n]; ok && want != got {
			trace.Fail("Vectorize", []ir.Aval{a.TraceValue().Aval()}, "the dimension %s of the signature %q is %d in %s, and %d before", n, v.signature, got, what, want)
		}
		sizes[n] = got
	}
}

func (v *vectorized) call(args []reflect.Value) []reflect.Value {
	sizes := map[string]int{}
	x := make([]jnp.Array, len(v.args))
	lead := make([][]int, len(v.args))
	for k, i := range v.args {
		x[k] = args[i].Interface().(jnp.Array)
		v.bind(sizes, v.in[k], x[k], fmt.Sprintf("argument %d", i))
		lead[k] = x[k].Shape()[:x[k].NDim()-len(v.in[k])]
	}
	loop := jnp.BroadcastShapes(lead...)
	// Dimensions of size 1 are dropped: what they are broadcast to is an axis that the argument is not mapped over.
	mapped := make([][]bool, len(x)) // by argument, by dimension of loop
	for k := range x {
		mapped[k] = make([]bool, len(loop))
		var shape []int
		for j, n := range lead[k] {
			if n != 1 {
				mapped[k][len(loop)-len(lead[k])+j] = true
				shape = append(shape, n)
			}
		}
		x[k] = jnp.Reshape(x[k], append(shape, x[k].Shape()[len(lead[k]):]...)...)
	}
	f := reflect.MakeFunc(v.t, func(in []reflect.Value) []reflect.Value { return v.core(in, sizes) })
	for j := len(loop) - 1; j >= 0; j-- {
		if loop[j] == 1 {
			continue
		}
		axes := make([]any, v.t.NumIn())
		for k, i := range v.args {
			if mapped[k][j] {
				axes[i] = 0
			}
		}
		f = vmap.Func(f, vmap.Options{In: axes, Size: loop[j]})
	}
	in := slices.Clone(args)
	for k, i := range v.args {
		in[i] = reflect.ValueOf(x[k])
	}
	out := f.Call(in)
	for k, o := range out {
		y := o.Interface().(jnp.Array)
		shape := append(slices.Clone(loop), y.Shape()[y.NDim()-len(v.out[k]):]...)
		out[k] = reflect.ValueOf(jnp.Reshape(y, shape...))
	}
	return out
}

// core calls the function itself and checks what it returns.
func (v *vectorized) core(in []reflect.Value, sizes map[string]int) []reflect.Value {
	out := v.f.Call(in)
	known := map[string]int{}
	for n, s := range sizes {
		known[n] = s
	}
	for k, o := range out {
		y := o.Interface().(jnp.Array)
		what := fmt.Sprintf("result %d", k)
		v.bind(known, v.out[k], y, what)
		if y.NDim() != len(v.out[k]) {
			trace.Fail("Vectorize", []ir.Aval{y.TraceValue().Aval()}, "%s has %d dimensions, and the signature %q promises (%s)", what, y.NDim(), v.signature, strings.Join(v.out[k], ","))
		}
	}
	return out
}
