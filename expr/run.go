package expr

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/gojax/gojax/internal/formula"
	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/trace"
)

// machine runs the steps of a formula. On its stack are Arrays, Go numbers, lists of these ([]any), strings and dtypes.
type machine struct {
	vars  []any
	stack []any
}

func (m *machine) push(v any) { m.stack = append(m.stack, v) }

func (m *machine) pop() any { return m.popN(1)[0] }

func (m *machine) popN(n int) []any {
	k := len(m.stack) - n
	top := m.stack[k:]
	m.stack = m.stack[:k:k] // what comes next is written elsewhere
	return top
}

// mistake panics with an error of the user's line, to which run adds the column.
func mistake(format string, args ...any) { trace.Fail("", nil, format, args...) }

// bound are the values of the variables, and whether the formula is to be one program of them: not in a trace, which
// has the steps recorded.
func (f *Formula) bound(op string, b binder) (vars []any, whole bool) {
	vars = make([]any, len(f.vars))
	whole = !f.direct && trace.Current() == nil
	for i, v := range f.vars {
		vars[i] = f.bind(op, v, b)
		if a, ok := vars[i].(jnp.Array); ok {
			whole = whole && !trace.AnyTraced(a.TraceValue())
		}
	}
	return vars, whole
}

// bind is the value of a variable: an Array, a Go number, a string or a dtype, or a Go slice where it is static.
func (f *Formula) bind(op string, v variable, b binder) any {
	name := strings.Join(v.path, ".")
	fail := func(format string, args ...any) {
		trace.Must(formula.Errorf(f.text, v.at, format, args...), op, nil)
	}
	x, found, err := b.lookup(v.path)
	switch {
	case err != nil:
		fail("%v", err)
	case !found && v.defined:
		return v.value
	case !found:
		fail("there is no variable %s among %v", name, b.known())
	}
	switch x := x.(type) {
	case jnp.Array:
		if x.TraceValue() == nil {
			fail("%s is an Array that was never set", name)
		}
		return x
	case string, jnp.DType:
		return x
	}
	r := reflect.ValueOf(x)
	if _, ok := kit.LitOf(r); ok {
		if v.static != 0 && r.CanInt() {
			return int(r.Int())
		}
		return x
	}
	if k := r.Kind(); k == reflect.Slice || k == reflect.Array {
		if v.static&useValue != 0 {
			return x
		}
		return jnp.AsArray(x)
	}
	fail("%s is a %T: want an Array, a Go number, or a slice of numbers", name, x)
	return nil
}

// isStatic reports whether the program of the formula depends on what the variable's value x is.
func (v variable) isStatic(x any) bool {
	switch x := x.(type) {
	case jnp.Array:
		return false
	case int:
		return v.static != 0
	default:
		_, number := kit.LitOf(reflect.ValueOf(x))
		return !number || v.static&useValue != 0
	}
}

// whole is the formula as one program, found again by the text, the types of the variables and the values of the static
// ones. Where there are no others, there is nothing to be gained.
func (f *Formula) whole(vars []any) jnp.Array {
	type params struct{ Text, Static string }
	var in []*trace.Value
	var at []int // of the variables
	var static strings.Builder
	for i, x := range vars {
		if f.vars[i].isStatic(x) {
			fmt.Fprintf(&static, "%d %T %v;", i, x, x)
			continue
		}
		at, in = append(at, i), append(in, kit.LiftAlone("expr.Formula.Eval", x))
	}
	if len(in) == 0 {
		return f.run(vars, false)
	}
	return jnp.Wrap(kit.Whole("expr.Formula.Eval", params{f.text, static.String()}, in,
		func(in []*trace.Value) *trace.Value {
			inner := make([]any, len(vars))
			copy(inner, vars)
			for k, i := range at {
				inner[i] = jnp.Wrap(in[k])
			}
			return f.run(inner, false).TraceValue()
		}))
}

// run computes the formula step by step, or as one program. A mistake gets the column of the step.
func (f *Formula) run(vars []any, whole bool) jnp.Array {
	if whole {
		return f.whole(vars)
	}
	if trace.Current() != nil { // what is recorded has the user's line, however deep the functions go
		line, done := trace.Lines()
		line(&ir.Eqn{Src: ir.Sure(0)})
		defer done()
	}
	m := machine{vars: vars}
	at := 0
	defer func() {
		if r := recover(); r != nil {
			panic(f.placed(r, at))
		}
	}()
	for _, s := range f.code {
		at = s.at
		switch {
		case s.operator != "":
			xy := m.popN(2)
			x, y, o, done := operands(s.operator, xy[0], xy[1])
			switch a, ok := x.(jnp.Array); {
			case done:
				m.push(x)
			case ok && o.method != nil:
				m.push(o.method(a, y))
			default:
				m.push(o.function(operand(x), operand(y)))
			}
		case s.call != nil:
			fn, in := s.call.choose(m.popN(s.call.args))
			switch g := fn.f.(type) { // the usual ones
			case func(jnp.Array) jnp.Array:
				m.push(g(in[0].(jnp.Array)))
			case func(a, b jnp.Array) jnp.Array:
				m.push(g(in[0].(jnp.Array), in[1].(jnp.Array)))
			case func(a jnp.Array, axes ...int) jnp.Array:
				m.push(g(in[0].(jnp.Array), rest[int](in[1:])...))
			default:
				m.push(fn.call(in))
			}
		default:
			s.run(&m)
		}
	}
	return array(m.pop())
}

// placed is what was panicked with in the step at an offset: an error of gojax's says where that is.
func (f *Formula) placed(r any, at int) any {
	e, ok := r.(*trace.Error)
	if !ok {
		return r
	}
	with := *e
	place := formula.Errorf(f.text, at, "")
	with.Err = fmt.Errorf("%s of %s: %w", place.Place(), place.Quote(), e.Err)
	return &with
}

// array is x as an Array.
func array(x any) jnp.Array {
	if a, ok := x.(jnp.Array); ok {
		return a
	}
	return jnp.AsArray(x)
}

// operand is x as an Array that stands for the Go number itself where it is one, weakly typed and as wide as that is:
// what the generic functions make of their operands.
func operand(x any) jnp.Array {
	if _, ok := kit.LitOf(reflect.ValueOf(x)); ok {
		return jnp.Wrap(kit.Lift("", x))
	}
	return array(x)
}

// position is x as a part of an index.
func position(x any) any {
	if x == nil {
		mistake("None stands by itself in an index, for a new axis")
	}
	return x
}

func slice(ends [3]any) jnp.Slice {
	for _, e := range ends {
		if _, ok := e.(int); e != nil && !ok {
			mistake("the ends and the step of a slice are Go ints, as the result's shape depends on them, not %T", e)
		}
	}
	if ends[2] == nil {
		return jnp.S(ends[0], ends[1])
	}
	return jnp.S(ends[0], ends[1], ends[2].(int))
}
