package expr

import (
	"errors"
	"strings"
	"testing"
)

// Mistakes in a text are found when it is read, with their column.
func TestCompileErrors(t *testing.T) {
	for _, c := range []struct {
		text   string
		column int
		want   string
	}{
		{"", 1, "no formula"},
		{"  ", 1, "no formula"},
		{"x +", 4, ""},
		{"(x", 3, ""},
		{"x)", 2, ""},
		{"x y", 3, ""},
		{"ρ + * y", 5, "* has no operand"},
		{"x * y @ z", 7, "matmul(x, y)"},
		{"sum(x, axis=0)", 12, "by position"},
		{"x // 2", 3, "floor_divide"},
		{"0 < x < 1", 7, "do not chain"},
		{"x = 2", 3, "=="},
		{"x ? y : z", 3, "where("},
		{"x; y", 2, "one expression"},
		{"f(x) + logg(x)", 1, "there is no function f"},
		{"1 + logg(x)", 5, "there is Log"},
		{"expp(x)", 1, "Exp"},
		{"special.logaddexp(x, y)", 9, "there is no function logaddexp"},
		{"exp()", 1, "exp takes 1 argument, not 0"},
		{"where(x, y)", 1, "where takes 3 arguments, not 2"},
		{"sum()", 1, "at least 1 argument"},
		{"modf(x)", 1, "no function modf"},
		{"frexp(x)", 1, "whose result is one array"},
		{"2(x)", 1, "this is no function"},
		{"(x + y)(2)", 1, "this is no function"},
		{"x[]", 2, "no index"},
		{"x[1:2:3:4]", 8, "two colons"},
		{"x[0,, 1]", 5, "missing"},
		{"x[0", 2, "not closed"},
		{"[1, , 2]", 5, "missing"},
		{"[1:2]", 3, "a slice stands in an index"},
		{"func() {}", 8, ""},
		{"x.(int)", 1, "no part of a formula"},
		{"&x", 1, "no operator"},
		{"'a'", 1, "double quotes"},
		{"'ab'", 1, "double quotes"},
		{"010 + x", 1, "octal"},
		{"99999999999999999999*x", 1, "does not fit an int"},
		{"sum(x...)", 6, "... stands in an index"},
		{"sin(x).shape", 8, "shape is no property"},
		{"np.qi*x", 4, "qi is no constant of np"},
		{"x + \n y +* z", 5, ""},
		{"x if x > 0 else y", 3, "where(condition, x, y)"},
		{"x > 0 and y > 0", 7, "&&"},
		{"x > 0 or y", 7, "||"},
		{"not x", 1, "!x"},
		{"2*not(x)", 3, "!x"},
		{"x in y", 3, "isin(x, values)"},
		{"2 + 3j*x", 6, "3i"},
		{"x--1", 2, "x - (-1)"},
		{"--1", 1, "x - (-1)"},
	} {
		_, err := Compile(c.text)
		var e *SyntaxError
		if !errors.As(err, &e) {
			t.Errorf("%q: the error is %v", c.text, err)
			continue
		}
		if e.Column() != c.column || !strings.Contains(e.Msg, c.want) {
			t.Errorf("%q: column %d, not %d: %v; want %q", c.text, e.Column(), c.column, e, c.want)
		}
	}
	_, err := Compile("x + y1*sinh", "x", "y")
	if err == nil || !strings.Contains(err.Error(), "column 5 of \"x + y1*sinh\": y1 is none of the variables x, y") {
		t.Errorf("with names: %v", err)
	}
	if _, err = Compile("x*sin", "x"); err == nil || !strings.Contains(err.Error(), "written sin(...)") {
		t.Errorf("a function without arguments: %v", err)
	}
	long := strings.Repeat("x + ", 50) + "logg(x)" + strings.Repeat(" + x", 50)
	if _, err = Compile(long); !strings.Contains(err.Error(), "column 201 of \"..."+long[170:230]+"...\": there") {
		t.Errorf("of a long text: %v", err)
	}
	if f, err := Compile("not + j*if_ + is.and", "not", "j", "if_", "is"); err != nil {
		t.Errorf("names that are words elsewhere: %v, %v", f, err)
	}
	if _, err = Compile("x + \n y +* z"); !strings.Contains(err.Error(), "line 2, column 5") {
		t.Errorf("of two lines: %v", err)
	}
}
