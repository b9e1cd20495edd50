package harness

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
	"github.com/gojax/gojax/tests/golden"
	"github.com/gojax/gojax/trace"
)

// val is a jnp.Array or a random.KeyArray.
type val = trace.Leaf

// value reads a stored array.
func value(x any) val {
	a, err := golden.Arg(x)
	if err != nil {
		panic(failure{err})
	}
	v, ok := a.(val)
	if !ok {
		panic(failure{fmt.Errorf("%v is no array", x)})
	}
	return v
}

// operand reads a literal: a scalar is a literal to us too, which is what makes it a constant of the program.
func operand(x any) val {
	m, ok := x.(map[string]any)
	if !ok {
		panic(failure{fmt.Errorf("cannot read the literal %v", x)})
	}
	s, err := golden.ReadStored(m)
	if err != nil {
		panic(failure{err})
	}
	if s.Key || len(s.Shape) > 0 {
		return value(x)
	}
	l := s.Data[0]
	l.Weak = s.Weak
	return jnp.Wrap(trace.FromLit(l))
}

// eval runs a program. consts are the values of its constants; nil: its own.
func (j *Jaxpr) eval(consts, x []val) []val {
	if consts == nil {
		for _, c := range j.Consts {
			consts = append(consts, value(c))
		}
	}
	if len(consts) != len(j.ConstVars) || len(x) != len(j.InVars) {
		panic(failure{
			fmt.Errorf("a program of %d constants and %d inputs is given %d and %d", len(j.ConstVars), len(j.InVars),
				len(consts), len(x))})
	}
	env := map[int]val{}
	for i, v := range j.ConstVars {
		env[v.V] = consts[i]
	}
	for i, v := range j.InVars {
		env[v.V] = x[i]
	}
	read := func(o Operand) val {
		if o.V == nil {
			return operand(o.Lit)
		}
		v, ok := env[*o.V]
		if !ok {
			panic(failure{fmt.Errorf("variable %d is not defined", *o.V)})
		}
		return v
	}
	for _, e := range j.Eqns {
		in := make([]val, len(e.In))
		for i, o := range e.In {
			in[i] = read(o)
		}
		for i, y := range e.run(in) {
			if !e.Out[i].Drop {
				env[e.Out[i].V] = y
			}
		}
	}
	out := make([]val, len(j.OutVars))
	for i, o := range j.OutVars {
		out[i] = read(o)
	}
	return out
}

// call is an equation being run.
type call struct {
	*Eqn
	x    []val
	read map[string]bool // the parameters that were
	// a field, since the tables' entries may not refer to what reads the tables
	eval func(j *Jaxpr, consts, x []val) []val
}

// array is an operand, which must be one.
func (c *call) array(i int) jnp.Array {
	if i >= len(c.x) {
		c.fail("has %d operands", len(c.x))
	}
	a, ok := c.x[i].(jnp.Array)
	if !ok {
		c.fail("operand %d is %T", i, c.x[i])
	}
	return a
}

func (c *call) all() []jnp.Array { return c.from(0) }

// from is the operands from number i on.
func (c *call) from(i int) []jnp.Array {
	var out []jnp.Array
	for ; i < len(c.x); i++ {
		out = append(out, c.array(i))
	}
	return out
}

// shape is that of the first output.
func (c *call) shape() []int { return c.Out[0].Aval.Shape }

type (
	// onArrays is a primitive of arrays; it applies to keys too, if it moves elements about.
	onArrays func(c *call) []jnp.Array
	// onValues is a primitive that knows keys, or holds programs, which may.
	onValues func(c *call) []val
)

var (
	arrayTables = []map[string]onArrays{elementwise, shapes, indexing, reductions, products, matrices}
	valueTables = []map[string]onValues{keyed, control}
)

// run runs one equation and checks the types of what comes out.
func (e *Eqn) run(x []val) []val {
	c := &call{e, x, map[string]bool{}, (*Jaxpr).eval}
	y := c.dispatch()
	if u := c.unread(); len(u) > 0 {
		c.fail("the parameters %s are not read", strings.Join(u, ", "))
	}
	if len(y) != len(e.Out) {
		c.fail("gives %d outputs, want %d", len(y), len(e.Out))
	}
	for i, o := range e.Out {
		c.check(i, y[i], o)
	}
	return y
}

func (c *call) dispatch() []val {
	for _, t := range valueTables {
		if f, ok := t[c.Prim]; ok {
			return f(c)
		}
	}
	for _, t := range arrayTables {
		if f, ok := t[c.Prim]; ok {
			return c.onElements(f)
		}
	}
	c.fail("there is no such primitive")
	return nil
}

// check compares the type of an output with the one that the program says.
func (c *call) check(i int, y val, want Var) {
	var shape []int
	var d string
	switch y := y.(type) {
	case random.KeyArray:
		shape, d = y.Shape(), "key<fry>"
	default:
		shape, d = y.TraceValue().Shape(), y.TraceValue().DType().String()
	}
	if !slices.Equal(shape, want.Aval.Shape) || d != want.Aval.DType {
		c.fail("output %d is %s%s, want %s%s", i, d, ir.ShapeString(shape), want.Aval.DType,
			ir.ShapeString(want.Aval.Shape))
	}
}

// onElements applies f. Keys go through it word by word.
func (c *call) onElements(f onArrays) []val {
	isKey := func(v val) bool { _, ok := v.(random.KeyArray); return ok }
	if !slices.ContainsFunc(c.x, isKey) {
		return leaves(f(c))
	}
	in, axes := make([]jnp.Array, len(c.x)), make([]any, len(c.x))
	for i, v := range c.x {
		if k, ok := v.(random.KeyArray); ok {
			in[i], axes[i] = k.Data(), -1
		} else {
			in[i] = v.(jnp.Array)
		}
	}
	words := gojax.Vmap(func(in []jnp.Array) []jnp.Array {
		d := *c
		d.x = leaves(in)
		return f(&d)
	}, gojax.InAxes(axes), gojax.OutAxes(-1))(in)
	out := make([]val, len(words))
	for i, w := range words {
		out[i] = random.WrapKeyData(w)
	}
	return out
}

// leaves are arrays as values.
func leaves(x []jnp.Array) []val {
	out := make([]val, len(x))
	for i, a := range x {
		out[i] = a
	}
	return out
}
