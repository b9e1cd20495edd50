package functions

import (
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
)

var promotionTable = Table{
	"jnp.add": f2(jnp.Add), "jnp.subtract": f2(jnp.Subtract), "jnp.true_divide": f2(jnp.TrueDivide),
	"jnp.maximum": f2(jnp.Maximum), "jnp.power": power,
	"jnp.promote_types": func(c *Call) any { return jnp.PromoteTypes(c.DType(c.Args[0]), c.DType(c.Args[1])) },
	"jnp.can_cast":      func(c *Call) any { return jnp.CanCast(c.DType(c.Args[0]), c.DType(c.Args[1])) },
	"jnp.result_type": func(c *Call) any {
		in := make([]any, len(c.Args))
		for i, a := range c.Args {
			if in[i] = a; isString(a) {
				in[i] = c.DType(a)
			}
		}
		return jnp.ResultType(in...)
	},
}

func isString(x any) bool { _, ok := x.(string); return ok }

// power gives a Python integer or bool on as a Go integer, which both take as a constant of the program. Where the
// runner has it traced, the result is made of the type that it has with the constant.
func power(c *Call) any {
	x, v := c.A(0), c.A(1).TraceValue()
	t := v.Aval()
	switch {
	case t.Rank() != 0 || t.DType != ir.Bool && !(t.Weak && t.DType.IsInteger()):
		return jnp.Power(x, c.A(1))
	case !v.Traced():
		return jnp.Power(x, int(c.A(1).Item()))
	}
	d, weak := x.DType(), x.Weak()
	if d == ir.Bool {
		d, weak = ir.Int32, false
	}
	// No function of lax or jnp makes an array weakly typed: ops does.
	return jnp.Wrap(ops.ConvertWeak(jnp.Power(x, c.A(1)).TraceValue(), d, weak))
}

var promotionConcrete = map[string]string{}

var promotionUnmapped = map[string]string{}
