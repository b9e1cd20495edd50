package formula_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/gojax/gojax/internal/formula"
)

// lisp is a formula with its operators in front.
func lisp(n formula.Node) string {
	all := func(ns []formula.Node) (s string) {
		for _, n := range ns {
			s += " " + lisp(n)
		}
		return s
	}
	switch n := n.(type) {
	case nil:
		return "_"
	case formula.Number:
		return fmt.Sprint(n.Value)
	case formula.String:
		return fmt.Sprintf("%q", n.Value)
	case formula.Name:
		return n.Name
	case formula.Member:
		return lisp(n.X) + "." + n.Name
	case formula.Unary:
		return "(" + n.Op + " " + lisp(n.X) + ")"
	case formula.Binary:
		return "(" + n.Op + " " + lisp(n.X) + " " + lisp(n.Y) + ")"
	case formula.Call:
		return "(" + lisp(n.Fun) + all(n.Args) + ")"
	case formula.Index:
		return "(at " + lisp(n.X) + parts(n.Parts) + ")"
	case formula.List:
		return "[" + strings.TrimSpace(all(n.Elems)) + "]"
	}
	return "?"
}

func parts(ps []formula.Part) (s string) {
	for _, p := range ps {
		switch p.Kind {
		case formula.Item:
			s += " " + lisp(p.Item)
		case formula.Slice:
			s += " " + lisp(p.Ends[0]) + ":" + lisp(p.Ends[1]) + ":" + lisp(p.Ends[2])
		case formula.NewAxis:
			s += " new"
		case formula.Ellipsis:
			s += " ..."
		}
	}
	return s
}

func TestParse(t *testing.T) {
	for text, want := range map[string]string{
		"a + b*c":                    "(+ a (* b c))",
		"a*b**c":                     "(* a (** b c))",
		"a**b*c":                     "(* (** a b) c)",
		"-a**b":                      "(- (** a b))",
		"a**-b**c":                   "(** a (- (** b c)))",
		"a**b**c":                    "(** a (** b c))",
		"(a**b)**c":                  "(** (** a b) c)",
		"a/b**c/d":                   "(/ (/ a (** b c)) d)",
		"a % b**2 + -c**2":           "(+ (% a (** b 2)) (- (** c 2)))",
		"f(a**2, -b)[0]**2":          "(** (at (f (** a 2) (- b)) 0) 2)",
		"a.b.c(d).T":                 "(a.b.c d).T",
		"a < b && !c || d":           "(|| (&& (< a b) (! c)) d)",
		"(a < b) == (c < d)":         "(== (< a b) (< c d))",
		"~a ^ ^b":                    "(^ (^ a) (^ b))",
		"x[0, 1:-1, ::2, None, ...]": "(at x 0 1:(- 1):_ _:_:2 new ...)",
		"x[i[0, 1] + 1, [1, 2]][:]":  "(at (at x (+ (at i 0 1) 1) [1 2]) _:_:_)",
		"[[1, 2.5], [], [3i,]]":      "[[1 2.5] [] [(0+3i)]]",
		`e("i,j->", "[", a)`:         `(e "i,j->" "[" a)`,
		"a\n+ b\n":                   "(+ a b)",
		"π*r**2":                     "(* π (** r 2))",
	} {
		n, err := formula.Parse(text)
		if got := lisp(n); err != nil || got != want {
			t.Errorf("%q is %s (%v), want %s", text, got, err, want)
		}
	}
	for text, want := range map[string]string{
		"0": " 0", ":": " _:_:_", "..., 1,": " ... 1", "Ellipsis, newaxis": " ... new", "None:3": " _:3:_",
	} {
		p, err := formula.ParseIndex(text)
		if got := parts(p); err != nil || got != want {
			t.Errorf("index %q is %s (%v), want %s", text, got, err, want)
		}
	}
}
