package functions

import (
	"github.com/gojax/gojax/jnp"
)

var padModes = map[string]jnp.PadMode{"constant": jnp.PadConstant, "edge": jnp.PadEdge, "reflect": jnp.PadReflect,
	"symmetric": jnp.PadSymmetric,
	"wrap":      jnp.PadWrap, "linear_ramp": jnp.PadLinearRamp, "maximum": jnp.PadMaximum, "minimum": jnp.PadMinimum,
	"mean":   jnp.PadMean,
	"median": jnp.PadMedian, "empty": jnp.PadEmpty}

// pairs are the pairs, before and after, that NumPy makes of a number, a pair for all axes or one for each.
func pairs[T any](x any, number func(x any) T) [][2]T {
	l, ok := x.([]any)
	if !ok {
		n := number(x)
		return [][2]T{{n, n}}
	}
	pair := func(l []any) [2]T {
		if len(l) == 1 {
			return [2]T{number(l[0]), number(l[0])}
		}
		return [2]T{number(l[0]), number(l[1])}
	}
	if _, nested := l[0].([]any); !nested {
		return [][2]T{pair(l)}
	}
	out := make([][2]T, len(l))
	for i, p := range l {
		out[i] = pair(p.([]any))
	}
	return out
}

func pad(c *Call) any {
	var o jnp.Padding
	name, ok := c.arg(2, "mode").(string)
	if !ok {
		name = "constant"
	}
	if o.Mode, ok = padModes[name]; !ok {
		o.Mode = unknown
	}
	float := func(x any) float64 {
		switch x := x.(type) {
		case int:
			return float64(x)
		case float64:
			return x
		}
		return x.(jnp.Array).Item()
	}
	if x, ok := c.Kw("constant_values"); ok {
		if _, list := x.([]any); list {
			o.Values = pairs(x, float)
		} else {
			o.Value = x
		}
	}
	if x, ok := c.Kw("end_values"); ok {
		o.Ends = pairs(x, float)
	}
	if x := c.kw("stat_length"); x != nil {
		o.StatLength = pairs(x, func(x any) int { return x.(int) })
	}
	o.Odd = c.choice(99, "reflect_type", "even", "odd") == "odd"
	return o.Pad(c.A(0), pairs(c.arg(1, "pad_width"), func(x any) int { return x.(int) })...)
}
