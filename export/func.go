package export

import (
	"fmt"
	"reflect"

	"github.com/gojax/gojax/trace"
)

// Func is the program as a Go function of type F, whose arguments and result are trees that fit those of the program,
// as at Call: export.Func[func(Params, jnp.Array) jnp.Array](e). A program that returns a tuple may be a function of as
// many results. It is an *Error where F cannot fit. It has no counterpart in JAX, where functions have no types.
func Func[F any](e *Exported) F {
	const op = "export.Func"
	t := reflect.TypeFor[F]()
	if t.Kind() != reflect.Func || t.IsVariadic() {
		trace.Fail(op, nil, "%v is no type of functions with a fixed number of arguments", t)
	}
	for _, v := range e.variants {
		trace.Must(v.fits(t), op, nil)
	}
	return reflect.MakeFunc(t, func(args []reflect.Value) []reflect.Value {
		v, leaves := e.bind(op, args)
		y := v.call(leaves)
		out := make([]reflect.Value, t.NumOut())
		trees := v.results(t)
		for i, n := range trees {
			x := reflect.New(t.Out(i)).Elem()
			y = n.fill(x, y)
			out[i] = x
		}
		return out
	}).Interface().(F)
}

// results are the trees of the results of a function of type t.
func (v *variant) results(t reflect.Type) []*Tree {
	if t.NumOut() == 1 {
		return []*Tree{v.outTree}
	}
	return v.outTree.Children
}

// fits says why v is no function of type t.
func (v *variant) fits(t reflect.Type) error {
	if err := v.arity(t.NumIn()); err != nil {
		return fmt.Errorf("%s: %w in %v", v.name, err, t)
	}
	for i, n := range v.arguments() {
		if err := n.accepts(t.In(i), trace.ArgName(i), 0); err != nil {
			return err
		}
	}
	if k := v.outTree.Kind; t.NumOut() != 1 && (k == Leaf || k == Dict || t.NumOut() != len(v.outTree.Children)) {
		return fmt.Errorf("%v has %d results, and %s returns %v", t, t.NumOut(), v.name, v.outTree)
	}
	for i, n := range v.results(t) {
		if err := n.accepts(t.Out(i), trace.ResultName(i), 0); err != nil {
			return err
		}
	}
	return nil
}
