package mlir

import "slices"

// fold are the elements of a result, where they are few integers and known; nil otherwise.
func fold(name string, a Dict, in []*val, out Type) []int64 {
	bits, signed := out.integer()
	n := out.size()
	if bits == 0 || out.Kind != Tensor || n < 0 || n > maxFolded {
		return nil
	}
	if name == "constant" {
		t, _ := a.Get("value").(Dense)
		if v, ok := t.Ints(); ok && t.Type.Equal(out) {
			return v
		}
		return nil
	}
	for _, v := range in {
		if v.c == nil {
			return nil
		}
	}
	var c []int64
	switch {
	case name == "reshape" && len(in) == 1:
		c = in[0].c
	case name == "concatenate":
		c = foldConcatenate(a, in, out)
	case name == "broadcast_in_dim" && len(in) == 1 && len(in[0].c) == 1:
		c = slices.Repeat(in[0].c, n)
	case name == "slice" && len(out.Shape) == 1:
		from, _ := a.ints("start_indices")
		by, _ := a.ints("strides")
		for i := range min(n, len(from)*n, len(by)*n) {
			k := from[0] + i*by[0]
			if k < 0 || k >= len(in[0].c) {
				return nil
			}
			c = append(c, in[0].c[k])
		}
	case name == "convert" && bits == 1 && len(in) == 1:
		for _, x := range in[0].c {
			c = append(c, flag(x != 0))
		}
	default:
		c = foldElements(name, a, in, n)
	}
	if len(c) != n {
		return nil
	}
	c = slices.Clone(c)
	for i := range c {
		switch {
		case bits == 1:
			c[i] &= 1
		case bits < 64 && signed:
			c[i] = c[i] << (64 - bits) >> (64 - bits)
		case bits < 64:
			c[i] &= 1<<bits - 1
		}
	}
	return c
}

// foldConcatenate joins arrays along an axis: runs of each in turn.
func foldConcatenate(a Dict, in []*val, out Type) (c []int64) {
	d, _ := a.number("dimension")
	if d < 0 || d >= len(out.Shape) {
		return nil
	}
	outer := 1
	for _, n := range out.Shape[:d] {
		outer *= n
	}
	for i := range outer {
		for _, v := range in {
			run := len(v.c) / outer
			c = append(c, v.c[i*run:(i+1)*run]...)
		}
	}
	return c
}

// maxFolded bounds the arrays whose elements are computed: shapes are short.
const maxFolded = 256

func foldElements(name string, a Dict, in []*val, n int) []int64 {
	f, ok := folds[name]
	if name == "compare" {
		e, _ := a.Get("comparison_direction").(Enum)
		f, ok = compares[e.Value]
	}
	args := foldArgs[name]
	if args == 0 {
		args = 2
	}
	if !ok || len(in) != args {
		return nil
	}
	x := make([]int64, 3)
	out := make([]int64, n)
	for i := range out {
		for k, v := range in {
			switch {
			case len(v.c) == n:
				x[k] = v.c[i]
			case len(v.c) == 1: // the predicate of select, the ends of clamp
				x[k] = v.c[0]
			default:
				return nil
			}
		}
		if x[1] == 0 && (name == "divide" || name == "remainder") {
			return nil
		}
		out[i] = f(x[0], x[1], x[2])
	}
	return out
}

func flag(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// foldArgs are how many operands operations have, where these are not two.
var foldArgs = map[string]int{"negate": 1, "abs": 1, "sign": 1, "convert": 1, "not": 1, "select": 3, "clamp": 3}

// folds are operations on integers as numbers of 64 bits. Shapes are no unsigned numbers of that width.
var folds = map[string]func(x, y, z int64) int64{
	"add":      func(x, y, _ int64) int64 { return x + y },
	"subtract": func(x, y, _ int64) int64 { return x - y },
	"multiply": func(x, y, _ int64) int64 { return x * y },
	"divide":   func(x, y, _ int64) int64 { return x / y },
	"remainder": func(x, y, _ int64) int64 {
		return x % y
	},
	"maximum":                func(x, y, _ int64) int64 { return max(x, y) },
	"minimum":                func(x, y, _ int64) int64 { return min(x, y) },
	"and":                    func(x, y, _ int64) int64 { return x & y },
	"or":                     func(x, y, _ int64) int64 { return x | y },
	"xor":                    func(x, y, _ int64) int64 { return x ^ y },
	"not":                    func(x, _, _ int64) int64 { return ^x },
	"negate":                 func(x, _, _ int64) int64 { return -x },
	"abs":                    func(x, _, _ int64) int64 { return max(x, -x) },
	"sign":                   func(x, _, _ int64) int64 { return flag(x > 0) - flag(x < 0) },
	"convert":                func(x, _, _ int64) int64 { return x },
	"select":                 func(p, x, y int64) int64 { return p*x + (1-p)*y },
	"clamp":                  func(low, x, high int64) int64 { return min(max(x, low), high) },
	"shift_left":             func(x, y, _ int64) int64 { return x << uint64(y) },
	"shift_right_arithmetic": func(x, y, _ int64) int64 { return x >> uint64(y) },
	"power":                  power,
}

func power(x, y, _ int64) int64 {
	if y < 0 {
		return 0
	}
	z := int64(1)
	for ; y > 0; y >>= 1 {
		if y&1 != 0 {
			z *= x
		}
		x *= x
	}
	return z
}

var compares = map[string]func(x, y, z int64) int64{
	"EQ": func(x, y, _ int64) int64 { return flag(x == y) }, "NE": func(x, y, _ int64) int64 { return flag(x != y) },
	"GE": func(x, y, _ int64) int64 { return flag(x >= y) }, "GT": func(x, y, _ int64) int64 { return flag(x > y) },
	"LE": func(x, y, _ int64) int64 { return flag(x <= y) }, "LT": func(x, y, _ int64) int64 { return flag(x < y) },
}
