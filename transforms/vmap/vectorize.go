package vmap

import (
	"fmt"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Vectorize is f as a function that broadcasts over all dimensions before the core ones that the signature names: see
// gojax.Vectorize. A is the type of the arrays that the signature is about.
func Vectorize[F any, A trace.Leaf](f F, signature string, excluded []int) F {
	v := &vectorized{f: trace.FunctionOf("gojax.Vectorize", f), signature: signature}
	op, t, array := v.f.Op, v.f.Type(), reflect.TypeFor[A]()
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
			trace.Fail(op, nil, "%s is %v; the results must be of type %v", trace.ResultName(i), t.Out(i), array)
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
		trace.Fail(op, nil, "the signature %q has %d arguments and %d results, the function %d and %d",
			signature, len(v.in), len(v.out), len(v.args), t.NumOut())
	}
	return v.f.Make(func(args []reflect.Value) []reflect.Value { return v.call(args) }).Interface().(F)
}

// vectorized is a function with a signature of core dimensions.
type vectorized struct {
	f         *trace.Function
	signature string
	args      []int      // which arguments the signature is about
	in, out   [][]string // the names of the core dimensions of each of those, and of each result
}

var (
	dimList       = `\(\s*(?:\w+\s*(?:,\s*\w+\s*)*)?\)`
	dimLists      = `\s*(?:` + dimList + `(?:\s*,\s*` + dimList + `)*)?\s*`
	signatureForm = regexp.MustCompile(`^` + dimLists + `->` + dimLists + `$`)
	listForm      = regexp.MustCompile(dimList)
	nameForm      = regexp.MustCompile(`\w+`)
)

// parseSignature lists the names in "(n,m),(m)->(n)".
func parseSignature(s string) (in, out [][]string, err error) {
	if !signatureForm.MatchString(s) {
		return nil, nil,
			fmt.Errorf(
				"%q is not a signature; write the core dimensions of arguments and results, as in \"(n,m),(m)->(n)\"",
				s)
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

// bind checks the trailing dimensions of an array against names, and notes their sizes.
func (v *vectorized) bind(sizes map[string]int, names []string, t ir.Aval, what string) {
	core := len(t.Shape) - len(names)
	if core < 0 {
		trace.Fail(v.f.Op, []ir.Aval{t}, "%s has %d dimensions, and the signature %q asks for the core dimensions (%s)",
			what, len(t.Shape), v.signature, strings.Join(names, ","))
	}
	for i, n := range names {
		got := t.Shape[core+i]
		if want, ok := sizes[n]; ok && want != got {
			trace.Fail(v.f.Op, []ir.Aval{t}, "the dimension %s of the signature %q is %d in %s, and %d before", n,
				v.signature, got, what, want)
		}
		sizes[n] = got
	}
}

func (v *vectorized) call(args []reflect.Value) []reflect.Value {
	sizes := map[string]int{}
	x := make([]*trace.Value, len(v.args))
	trees := make(trace.Trees, len(v.args))
	lead := make([][]int, len(v.args)) // the dimensions before the core ones
	for k, i := range v.args {
		in, leaves := v.f.Flatten(args[i])
		v.f.NeedSet(in, func(int) string { return trace.ArgName(i) })
		trees[k], x[k] = in[0], leaves[0]
		v.bind(sizes, v.in[k], x[k].Aval(), trace.ArgName(i))
		lead[k] = x[k].Shape()[:x[k].Rank()-len(v.in[k])]
	}
	loop := v.common(lead, x)
	args = slices.Clone(args)
	mapped := make([][]bool, len(x))
	for k, i := range v.args {
		x[k], mapped[k] = dropOnes(x[k], lead[k], len(loop))
		args[i] = trees[k].Unflatten(x[k : k+1])
	}
	results := v.mapped(loop, mapped, sizes).Call(args)
	for k, r := range results {
		out, y := v.f.Flatten(r)
		core := y[0].Shape()[y[0].Rank()-len(v.out[k]):]
		results[k] = out[0].Unflatten([]*trace.Value{ops.Reshape(y[0], slices.Concat(loop, core))})
	}
	return results
}

// common is what the dimensions in lead, those of x before their core ones, broadcast to.
func (v *vectorized) common(lead [][]int, x []*trace.Value) []int {
	var loop []int
	for _, s := range lead {
		for len(loop) < len(s) {
			loop = append([]int{1}, loop...)
		}
	}
	for _, s := range lead {
		at := len(loop) - len(s)
		for j, n := range s {
			if m := &loop[at+j]; *m == 1 {
				*m = n
			} else if n != 1 && n != *m {
				trace.Fail(v.f.Op, trace.Avals(x),
					"the dimensions before the core ones, %v, cannot be broadcast together: %d and %d must be equal, "+
						"or one of them 1", lead, *m, n)
			}
		}
	}
	return loop
}

// dropOnes takes those of the leading dimensions lead away that have size 1: what they are broadcast to is an axis that
// the argument is not mapped over. mapped marks, among all n dimensions to map over, those that are left.
func dropOnes(x *trace.Value, lead []int, n int) (y *trace.Value, mapped []bool) {
	mapped = make([]bool, n)
	var shape []int
	for j, size := range lead {
		if size != 1 {
			mapped[n-len(lead)+j] = true
			shape = append(shape, size)
		}
	}
	return ops.Reshape(x, append(shape, x.Shape()[len(lead):]...)), mapped
}

// mapped is the function mapped over all dimensions of loop, the last one innermost; over[k][j] says whether the k-th
// array has dimension j.
func (v *vectorized) mapped(loop []int, over [][]bool, sizes map[string]int) reflect.Value {
	f := v.f.Make(func(in []reflect.Value) []reflect.Value { return v.core(in, sizes) })
	for j := len(loop) - 1; j >= 0; j-- {
		if loop[j] == 1 {
			continue
		}
		axes := make([]any, v.f.Type().NumIn())
		for k, i := range v.args {
			if over[k][j] {
				axes[i] = 0
			}
		}
		g := trace.FunctionOf("gojax.Vectorize", f.Interface())
		g.Rename(v.f.Name)
		m := newMapped(g, []Option{func(o *Options) { o.In, o.Size = axes, loop[j] }})
		f = g.Make(m.call)
	}
	return f
}

// core calls the function itself and checks what it returns.
func (v *vectorized) core(args []reflect.Value, sizes map[string]int) []reflect.Value {
	in, x := v.f.Flatten(args...)
	out, y := v.f.Apply(in, x)
	v.f.NeedSet(out, trace.ResultName)
	known := maps.Clone(sizes)
	for k, a := range y {
		t, name := a.Aval(), trace.ResultName(k)
		v.bind(known, v.out[k], t, name)
		if len(t.Shape) != len(v.out[k]) {
			trace.Fail(v.f.Op, []ir.Aval{t}, "%s has %d dimensions, and the signature %q promises (%s)", name,
				len(t.Shape), v.signature, strings.Join(v.out[k], ","))
		}
	}
	return out.Unflatten(y)
}
