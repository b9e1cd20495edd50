package expr

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/gojax/gojax/internal/formula"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
)

// constants are what a name means that no variable has.
var constants = map[string]any{
	"pi": math.Pi, "e": math.E, "euler_gamma": jnp.EulerGamma, "inf": math.Inf(1), "nan": math.NaN(),
	"true": true, "false": false, "True": true, "False": false, "None": nil,
}

func init() {
	for d := ir.Bool; d.Valid(); d++ {
		constants[d.String()] = d
	}
}

// packages are the names that may stand in front of a function, and the package of the table that is meant.
var packages = map[string]string{
	"jnp": "jnp", "np": "jnp", "numpy": "jnp", "jax.numpy": "jnp", "nn": "nn", "jax.nn": "nn",
	"linalg": "linalg", "jnp.linalg": "linalg", "np.linalg": "linalg", "jax.numpy.linalg": "linalg",
	"special": "special", "scipy.special": "special", "jax.scipy.special": "special",
}

// properties are what reads like a field of an array and is computed.
var properties = map[string]func(jnp.Array) jnp.Array{
	"T": jnp.Array.T, "mT": jnp.Array.MT, "real": jnp.Real, "imag": jnp.Imag,
}

// compiler makes the steps of a formula.
type compiler struct {
	*Formula
	given bool // the names are given
}

func compile(text string, n formula.Node, given []string) (f *Formula, err error) {
	defer func() {
		if r := recover(); r != nil {
			e, ok := r.(*SyntaxError)
			if !ok {
				panic(r)
			}
			f, err = nil, e
		}
	}()
	c := compiler{&Formula{text: text, names: slices.Clone(given)}, len(given) > 0}
	c.node(n, 0)
	return c.Formula, nil
}

func (c compiler) fail(n formula.Node, format string, args ...any) {
	panic(formula.Errorf(c.text, n.At(), format, args...))
}

func (c compiler) emit(n formula.Node, run func(m *machine)) {
	c.code = append(c.code, step{at: n.At(), run: run})
}

func (c compiler) push(n formula.Node, v any) { c.emit(n, func(m *machine) { m.push(v) }) }

// node makes the steps that put n on the stack; static says how it is used.
func (c compiler) node(n formula.Node, static use) {
	switch n := n.(type) {
	case formula.Number:
		c.push(n, n.Value)
	case formula.String:
		c.push(n, n.Value)
	case formula.Name:
		c.variable(n, []string{n.Name}, static)
	case formula.Member:
		c.member(n, static)
	case formula.Unary:
		c.node(n.X, static)
		c.emit(n, func(m *machine) { m.push(unary(n.Op, m.pop())) })
	case formula.Binary:
		c.node(n.X, static)
		if n.Op == "**" {
			static |= useInts
		}
		c.node(n.Y, static)
		c.code = append(c.code, step{at: n.At(), operator: n.Op})
	case formula.List:
		if static&useValue == 0 {
			c.direct = true // an array of its own, which the program would hold for good
		}
		for _, x := range n.Elems {
			c.node(x, static)
		}
		c.emit(n, func(m *machine) { m.push(slices.Clone(m.popN(len(n.Elems)))) })
	case formula.Index:
		c.index(n, static)
	case formula.Call:
		c.call(n)
	}
}

// names are those of p.q.r, nil if n is something else.
func names(n formula.Node) []string {
	switch n := n.(type) {
	case formula.Name:
		return []string{n.Name}
	case formula.Member:
		if p := names(n.X); p != nil {
			return append(p, n.Name)
		}
	}
	return nil
}

func (c compiler) member(n formula.Member, static use) {
	if property := properties[n.Name]; property != nil {
		c.node(n.X, 0)
		c.emit(n, func(m *machine) { m.push(property(array(m.pop()))) })
		return
	}
	p := names(n)
	if p == nil {
		c.fail(n, "%s is no property of an array: these are T, mT, real and imag, and methods have parentheses", n.Name)
	}
	if packages[strings.Join(p[:len(p)-1], ".")] != "" && !slices.Contains(c.names, p[0]) {
		if v, ok := constants[n.Name]; ok { // np.pi
			c.push(n, v)
			return
		}
		c.fail(n, "%s is no constant of %s", n.Name, strings.Join(p[:len(p)-1], "."))
	}
	c.variable(n, p, static)
}

func (c compiler) variable(n formula.Node, p []string, static use) {
	v := variable{at: n.At(), path: p, static: static}
	if len(p) == 1 {
		v.value, v.defined = constants[p[0]]
	}
	if !slices.Contains(c.names, p[0]) {
		switch {
		case v.defined && (c.given || v.value == nil):
			c.push(n, v.value)
			return
		case v.defined: // unless the caller has a variable of the name
		case c.given:
			c.fail(n, "%s is none of the variables %s%s", p[0], strings.Join(c.names, ", "), c.hint(p[0]))
		default:
			c.names = append(c.names, p[0])
		}
	}
	i := slices.IndexFunc(c.vars, func(w variable) bool { return slices.Equal(w.path, p) })
	if i < 0 {
		i = len(c.vars)
		c.vars = append(c.vars, v)
	}
	c.vars[i].static |= static
	c.emit(n, func(m *machine) { m.push(m.vars[i]) })
}

// hint says so where a name is that of a function.
func (c compiler) hint(name string) string {
	if len(functions()[plain(name)]) > 0 {
		return fmt.Sprintf("; the function is written %s(...)", name)
	}
	return ""
}

// index makes an index of the parts on the stack. Where these may be arrays, the formula needs their values.
func (c compiler) index(n formula.Index, static use) {
	c.node(n.X, static)
	count := 0 // of values on the stack
	for _, p := range n.Parts {
		for _, end := range append(p.Ends[:], p.Item) {
			if end == nil {
				continue
			}
			c.node(end, useValue)
			count++
		}
		if p.Kind == formula.Item && !fixed(p.Item) {
			c.direct = true
		}
	}
	c.emit(n, func(m *machine) {
		values := m.popN(count)
		idx := make([]any, len(n.Parts))
		next := func() (v any) { v, values = values[0], values[1:]; return v }
		for i, p := range n.Parts {
			switch p.Kind {
			case formula.NewAxis:
				idx[i] = jnp.NewAxis
			case formula.Ellipsis:
				idx[i] = jnp.Ellipsis
			case formula.Item:
				idx[i] = position(next())
			case formula.Slice:
				var ends [3]any
				for k, end := range p.Ends {
					if end != nil {
						ends[k] = next()
					}
				}
				idx[i] = slice(ends)
			}
		}
		m.push(array(m.pop()).Index(idx...))
	})
}

// fixed reports whether n is of literals alone.
func fixed(n formula.Node) bool {
	switch n := n.(type) {
	case formula.Number:
		return true
	case formula.Unary:
		return fixed(n.X)
	case formula.List:
		return !slices.ContainsFunc(n.Elems, func(x formula.Node) bool { return !fixed(x) })
	}
	return false
}

// call finds the function: by its name, that of its package and its own, or as a method of its first argument.
func (c compiler) call(n formula.Call) {
	args, pkg, name := n.Args, "", ""
	switch fun := n.Fun.(type) {
	case formula.Name:
		name = fun.Name
	case formula.Member:
		name = fun.Name
		front := names(fun.X)
		if pkg = packages[strings.Join(front, ".")]; pkg == "" || len(front) > 0 && slices.Contains(c.names, front[0]) {
			pkg, args = "", append([]formula.Node{fun.X}, args...)
		}
	}
	all := find(pkg, name)
	if len(all) == 0 {
		c.fail(n, "there is no function %s%s", name, similar(pkg, name))
	}
	takes := func(f function) bool { return f.takes(len(args)) }
	if fit := slices.DeleteFunc(slices.Clone(all), func(f function) bool { return !takes(f) }); len(fit) == 0 {
		c.fail(n, "%s takes %s, not %d", name, all[0].arity(), len(args))
	} else {
		all = fit
	}
	for i, a := range args {
		c.node(a, all[0].use(i))
	}
	c.direct = c.direct || needsValues[all[0].name]
	c.code = append(c.code, step{at: n.At(), call: &call{name, all, len(args)}})
}
