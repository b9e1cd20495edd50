package export

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// powers are what JAX writes as b^2, where ^ is another operator in Go.
var powers = regexp.MustCompile(`(\w+)\^(\d+)`)

// length is a length of a shape, as JAX writes it: "8", "2*b + 1", "floordiv(b, 2)".
func length(text string, values map[string]int) (n int, err error) {
	x, err := parser.ParseExpr(powers.ReplaceAllString(text, "pow($1, $2)"))
	if err != nil {
		return 0, fmt.Errorf("%q is no length that is known here", text)
	}
	if n, err = evaluate(x, values, 0); err == nil && n < 0 {
		err = fmt.Errorf("%s would be %d", text, n)
	}
	return n, err
}

var errLength = errors.New("no length that is known here")

func evaluate(x ast.Expr, values map[string]int, depth int) (int, error) {
	if depth > maxNest {
		return 0, errLength
	}
	list := func(args ...ast.Expr) (n []int, err error) {
		for _, a := range args {
			k, err := evaluate(a, values, depth+1)
			if err != nil {
				return nil, err
			}
			n = append(n, k)
		}
		return n, nil
	}
	op, args := "", []ast.Expr(nil)
	switch x := x.(type) {
	case *ast.BasicLit:
		return strconv.Atoi(x.Value)
	case *ast.Ident:
		n, ok := values[x.Name]
		if !ok {
			return 0, fmt.Errorf("there is no value for the variable %s, but for %s", x.Name,
				strings.Join(slices.Sorted(maps.Keys(values)), ", "))
		}
		return n, nil
	case *ast.ParenExpr:
		return evaluate(x.X, values, depth+1)
	case *ast.UnaryExpr:
		op, args = "neg"+x.Op.String(), []ast.Expr{x.X, x.X}
	case *ast.BinaryExpr:
		op, args = x.Op.String(), []ast.Expr{x.X, x.Y}
	case *ast.CallExpr:
		if f, ok := x.Fun.(*ast.Ident); ok && x.Ellipsis == token.NoPos {
			op, args = f.Name, x.Args
		}
	}
	f, n := lengthOps[op], []int(nil)
	if f == nil || len(args) != 2 {
		return 0, errLength
	}
	n, err := list(args...)
	if err != nil || n[1] == 0 && (op == "floordiv" || op == "mod") {
		return 0, errors.Join(err, errLength)
	}
	return f(n[0], n[1]), nil
}

// lengthOps are the operations in lengths of shapes, by the names that JAX writes.
var lengthOps = map[string]func(x, y int) int{
	"+": func(x, y int) int { return x + y }, "-": func(x, y int) int { return x - y },
	"*": func(x, y int) int { return x * y }, "neg-": func(x, _ int) int { return -x },
	"max": func(x, y int) int { return max(x, y) }, "min": func(x, y int) int { return min(x, y) },
	"floordiv": floorDiv, "mod": func(x, y int) int { return x - y*floorDiv(x, y) },
	"pow": func(x, y int) int {
		z := 1
		for range min(y, 64) {
			z *= x
		}
		return z
	},
}

func floorDiv(x, y int) int {
	q := x / y
	if q*y != x && (x < 0) != (y < 0) {
		q--
	}
	return q
}
