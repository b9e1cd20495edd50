package expr

import (
	"math"
	"math/cmplx"

	"github.com/gojax/gojax/jnp"
)

// operator is what an operator computes: the method where an Array is in front, the function elsewhere.
type operator struct {
	method   func(x jnp.Array, y any) jnp.Array
	function func(x, y jnp.Array) jnp.Array
}

var operators = map[string]operator{
	"+":  {jnp.Array.Add, jnp.Add[jnp.Array, jnp.Array]},
	"-":  {jnp.Array.Sub, jnp.Sub[jnp.Array, jnp.Array]},
	"*":  {jnp.Array.Mul, jnp.Mul[jnp.Array, jnp.Array]},
	"/":  {jnp.Array.Div, jnp.Div[jnp.Array, jnp.Array]},
	"%":  {jnp.Array.Mod, jnp.Mod[jnp.Array, jnp.Array]},
	"**": {jnp.Array.Pow, jnp.Power[jnp.Array, jnp.Array]},
	"==": {jnp.Array.Eq, jnp.Equal[jnp.Array, jnp.Array]},
	"!=": {jnp.Array.Ne, jnp.NotEqual[jnp.Array, jnp.Array]},
	"<":  {jnp.Array.Lt, jnp.Less[jnp.Array, jnp.Array]},
	"<=": {jnp.Array.Le, jnp.LessEqual[jnp.Array, jnp.Array]},
	">":  {jnp.Array.Gt, jnp.Greater[jnp.Array, jnp.Array]},
	">=": {jnp.Array.Ge, jnp.GreaterEqual[jnp.Array, jnp.Array]},
	"&":  {jnp.Array.And, jnp.BitwiseAnd[jnp.Array, jnp.Array]},
	"|":  {jnp.Array.Or, jnp.BitwiseOr[jnp.Array, jnp.Array]},
	"^":  {jnp.Array.Xor, jnp.BitwiseXor[jnp.Array, jnp.Array]},
	"&^": {clearBits, func(x, y jnp.Array) jnp.Array { return clearBits(x, y) }},
	"<<": {nil, jnp.LeftShift[jnp.Array, jnp.Array]},
	">>": {nil, jnp.RightShift[jnp.Array, jnp.Array]},
	"&&": {nil, jnp.LogicalAnd[jnp.Array, jnp.Array]},
	"||": {nil, jnp.LogicalOr[jnp.Array, jnp.Array]},
}

// clearBits is x &^ y.
func clearBits(x jnp.Array, y any) jnp.Array {
	if n, ok := y.(int); ok {
		return x.And(^n)
	}
	return x.And(array(y).Not())
}

// operands are x and y as op takes them. Two Go numbers give one, as Python computes it: that is x then, and done.
func operands(op string, x, y any) (a, b any, o operator, done bool) {
	if v, ok := numbers(op, x, y); ok {
		return v, nil, o, true
	}
	if list, ok := y.([]any); ok {
		y = array(list)
	}
	if a, ok := x.(jnp.Array); ok && op == "^" && a.DType().IsInexact() {
		mistake("^ is exclusive or, of integers; powers are **")
	}
	return x, y, operators[op], false
}

// unary is op x.
func unary(op string, x any) any {
	switch v := x.(type) {
	case int:
		switch op {
		case "-":
			return -v
		case "+":
			return v
		case "^":
			return ^v
		}
	case float64:
		switch op {
		case "-":
			return -v
		case "+":
			return v
		}
	case complex128:
		switch op {
		case "-":
			return -v
		case "+":
			return v
		}
	case bool:
		if op == "!" || op == "^" {
			return !v
		}
	}
	a := array(x)
	switch op {
	case "-":
		return a.Neg()
	case "+":
		return jnp.Positive(a)
	case "^":
		return a.Not()
	}
	return jnp.LogicalNot(a)
}

// numbers is x op y of two Go numbers of the kinds that formulas are written with.
func numbers(op string, x, y any) (v any, ok bool) {
	if a, ok := x.(bool); ok {
		b, ok := y.(bool)
		return bools(op, a, b, ok)
	}
	a, isInt := x.(int)
	b, both := y.(int)
	if isInt && both {
		if v, ok := ints(op, a, b); ok {
			return v, true
		}
	}
	c, okC := toComplex(x)
	d, okD := toComplex(y)
	switch {
	case !okC || !okD:
		return nil, false
	case imag(c) == 0 && imag(d) == 0 && !isComplex(x) && !isComplex(y):
		return floats(op, real(c), real(d))
	}
	switch op {
	case "+":
		return c + d, true
	case "-":
		return c - d, true
	case "*":
		return c * d, true
	case "/":
		return c / d, true
	case "**":
		return cmplx.Pow(c, d), true
	case "==":
		return c == d, true
	case "!=":
		return c != d, true
	}
	return nil, false
}

func isComplex(x any) bool {
	_, ok := x.(complex128)
	return ok
}

func toComplex(x any) (complex128, bool) {
	switch x := x.(type) {
	case int:
		return complex(float64(x), 0), true
	case float64:
		return complex(x, 0), true
	case complex128:
		return x, true
	}
	return 0, false
}

func bools(op string, x, y, both bool) (any, bool) {
	switch {
	case !both:
		return nil, false
	case op == "&&" || op == "&":
		return x && y, true
	case op == "||" || op == "|":
		return x || y, true
	case op == "^" || op == "!=":
		return x != y, true
	case op == "==":
		return x == y, true
	}
	return nil, false
}

// ints is x op y, unless that is no int.
func ints(op string, x, y int) (any, bool) {
	const most = 1 << 53 // beyond this floats tell whether there is room
	var v int
	switch op {
	case "+":
		v = x + y
	case "-":
		v = x - y
	case "*":
		v = x * y
	case "%":
		if y == 0 {
			return nil, false
		}
		if v = x % y; v != 0 && (v < 0) != (y < 0) {
			v += y
		}
		return v, true
	case "**":
		if f := math.Pow(float64(x), float64(y)); y >= 0 && math.Abs(f) <= most {
			return int(f), true
		}
		return nil, false
	case "&":
		return x & y, true
	case "|":
		return x | y, true
	case "^":
		return x ^ y, true
	case "&^":
		return x &^ y, true
	case "<<", ">>":
		if y < 0 || y > 62 {
			return nil, false
		}
		if op == ">>" {
			return x >> y, true
		}
		return x << y, true
	default:
		return nil, false
	}
	f, _ := floats(op, float64(x), float64(y))
	return v, math.Abs(f.(float64)) <= most
}

func floats(op string, x, y float64) (any, bool) {
	switch op {
	case "+":
		return x + y, true
	case "-":
		return x - y, true
	case "*":
		return x * y, true
	case "/":
		return x / y, true
	case "%":
		v := math.Mod(x, y)
		if v != 0 && (v < 0) != (y < 0) {
			v += y
		}
		return v, true
	case "**":
		return math.Pow(x, y), true
	case "==":
		return x == y, true
	case "!=":
		return x != y, true
	case "<":
		return x < y, true
	case "<=":
		return x <= y, true
	case ">":
		return x > y, true
	case ">=":
		return x >= y, true
	}
	return nil, false
}
