package harness

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/lax"
)

// failure is the panic of an entry that cannot run its equation.
type failure struct{ error }

// fail ends the evaluation of the case.
func (c *call) fail(format string, args ...any) {
	panic(failure{fmt.Errorf("%s: %s", c.Prim, fmt.Sprintf(format, args...))})
}

// raw is a parameter as JSON, and marks it as read; it must be there.
func (c *call) raw(name string) json.RawMessage {
	b, ok := c.Params[name]
	if !ok {
		c.fail("no parameter %s", name)
	}
	c.read[name] = true
	return b
}

// param is a parameter as a T. null is T's zero value.
func param[T any](c *call, name string) (x T) {
	if b := c.raw(name); decode(b, &x) != nil {
		c.fail("cannot read the parameter %s = %s", name, b)
	}
	return x
}

func (c *call) ints(name string) []int { return param[[]int](c, name) }

func (c *call) pairs(name string) [][2]int { return param[[][2]int](c, name) }

// has reports whether the primitive has a parameter, of those that it only has in some versions or for some operands.
func (c *call) has(name string) bool {
	_, ok := c.Params[name]
	return ok
}

// ignore marks parameters as read that do not change what is computed: where it is computed, how precisely at least,
// names.
func (c *call) ignore(names ...string) {
	for _, n := range names {
		c.read[n] = true
	}
}

// absent marks parameters as read that must be null, false or empty: what they would ask for has no counterpart.
func (c *call) absent(names ...string) {
	for _, n := range names {
		if b, ok := c.Params[n]; ok {
			if s := string(b); s != "null" && s != "false" && s != "[]" {
				c.fail("has no counterpart of %s = %s", n, s)
			}
		}
		c.read[n] = true
	}
}

// dtype is a parameter {"dtype_name": ...}; Invalid where it is null.
func (c *call) dtype(name string) ir.DType {
	p := param[*struct {
		Name string `json:"dtype_name"`
	}](c, name)
	if p == nil {
		return ir.Invalid
	}
	d, err := ir.ParseDType(p.Name)
	if err != nil {
		c.fail("%s: %v", name, err)
	}
	return d
}

type enum struct{ Enum, Name string }

// choice is the value that a parameter {"enum": TYPE, "name": NAME} stands for. null is NAME "".
func choice[T any](c *call, name string, of map[string]T) T {
	v, ok := of[param[enum](c, name).Name]
	if !ok {
		c.fail("%s = %s is not known", name, c.Params[name])
	}
	return v
}

// fields are the fields of a parameter {"record": TYPE, "fields": {...}}.
func fields[T any](c *call, name string) T {
	return param[struct{ Fields T }](c, name).Fields
}

// nested is a parameter {"jaxpr": ...}.
type nested struct{ Jaxpr *Jaxpr }

func (c *call) jaxpr(name string) *Jaxpr {
	j := param[nested](c, name).Jaxpr
	if j == nil {
		c.fail("%s holds no program", name)
	}
	return j
}

// values are the arrays of a parameter {"array": VALUE}, or of a list of them.
func (c *call) values(name string) []val {
	var out []val
	for _, x := range param[[]struct{ Array any }](c, name) {
		out = append(out, value(x.Array))
	}
	return out
}

// least tells what the comparison that a parameter {"opaque": "Primitive", "repr": "ge"} names selects: the least
// elements, or the greatest.
func (c *call) least(name string) bool {
	switch p := param[struct{ Opaque, Repr string }](c, name); p.Repr {
	case "ge":
		return false
	case "le":
		return true
	}
	c.fail("%s = %s is neither ge nor le", name, c.Params[name])
	return false
}

// number is a Python number for an array of dtype d as Go has it: null, 3, 1.5, true, "nan".
func (c *call) number(name string, d ir.DType) any {
	b := c.raw(name)
	var s string
	switch text := strings.TrimSpace(string(b)); {
	case text == "null":
		return nil
	case text == "true" || text == "false":
		return text == "true"
	case decode(b, &s) == nil:
		if f, ok := map[string]float64{"nan": math.NaN(), "inf": math.Inf(1),
			"-inf": math.Inf(-1)}[strings.ToLower(s)]; ok {
			return f
		}
	default:
		var n json.Number
		if decode(b, &n) != nil {
			break
		}
		if i, err := n.Int64(); err == nil {
			return int(i)
		}
		if f, err := n.Float64(); err == nil {
			if d == ir.Uint64 && f >= 1<<63 {
				return uint64(math.MaxUint64) // the only default that does not fit int64
			}
			return f
		}
	}
	c.fail("cannot read %s = %s as a number", name, b)
	return nil
}

var precisions = map[string]lax.Precision{"": lax.PrecisionDefault, "DEFAULT": lax.PrecisionDefault,
	"HIGH": lax.PrecisionHigh, "HIGHEST": lax.PrecisionHighest}

// precision is the higher of the operands' precisions: null, one, or a pair of them.
func (c *call) precision(name string) (p lax.Precision) {
	b := c.raw(name)
	var both []enum
	if decode(b, &both) != nil {
		both = []enum{param[enum](c, name)}
	}
	for _, e := range both {
		q, ok := precisions[e.Name]
		if !ok {
			c.fail("%s = %s is not known", name, b)
		}
		p = max(p, q)
	}
	return p
}

// unread lists the parameters that the entry did not read.
func (c *call) unread() []string {
	var out []string
	for n := range c.Params {
		if !c.read[n] {
			out = append(out, n)
		}
	}
	slices.Sort(out)
	return out
}
